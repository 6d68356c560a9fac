"""What the words around one name say of its class, whatever spaCy takes it for: each sign with a weight.

Lumora's customers     the mayor of Tolm     Sarr, 34,     Okoye wept     in Dalm     carmakers such as Lumora
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from kg.annotate.clauses.tree import Tree
from kg.annotate.names.nouns import is_human_noun, noun_classes, words
from kg.annotate.tables import read_table

__all__ = ["BODY", "FIRM", "MEDIA", "PARTY", "PERSON", "PLACE", "PRODUCT", "Sign", "signs_of"]

PERSON, BODY, PLACE, PRODUCT = "schema:Person", "schema:Organization", "schema:Place", "kg:Product"
FIRM, PARTY, MEDIA = "schema:Corporation", "kg:PoliticalParty", "schema:NewsMediaOrganization"
"""What a body may be more exactly, whatever else speaks for a body."""

Sign = tuple[str, float]
"""A class and how much speaks for it."""

_BY_DEP = {"nsubj": "subject", "nsubjpass": "passive", "dobj": "object", "poss": "owns"}
_HE = frozenset({"he", "she", "his", "her", "him", "himself", "herself"})
_IT = frozenset({"it", "its", "itself"})
_PHRASE = frozenset({"JJ", "JJS", "NN", "VBN", "VBG", "CD", "HYPH", "NNP", "POS", "RB", "NNS"})
_PUBLIC = frozenset({"bank", "operator", "utility"})
"""Firms that may be the state's: "the central bank"."""
_AGE = 3.0
"""Nothing tells a person as clearly."""
_LONGEST = 8
"""An apposition's noun stands at most so many words behind its comma."""


@cache
def _table() -> Mapping[tuple[str, str], Sign]:
    rows = ((where, kind, float(weight), listed) for where, kind, weight, listed in read_table("name_signs.tsv"))
    return {(where, word): (kind, weight) for where, kind, weight, listed in rows for word in listed.split()}


def signs_of(tree: Tree, start: int, end: int) -> Iterator[Sign]:
    """Yield what speaks for a class of the name at tokens ``start`` to ``end`` (exclusive)."""
    root = next((i for i in range(end - 1, start - 1, -1) if not start <= tree.heads[i] < end), end - 1)
    first = _first_conjunct(tree, root)
    yield from _listed(tree, start, end, first)
    yield from _among(tree, first)
    yield from _called(tree, start, end)
    yield from _spoken_of(tree, root)


def _among(tree: Tree, root: int) -> Iterator[Sign]:
    """Yield the class of those among whom a name is listed: "carmakers such as Lumora", "towns including Dalm"."""
    prep = tree.heads[root]
    if tree.deps[root] != "pobj" or prep > root or tree.words[prep] not in {"including", "like", "as"}:
        return
    noun = tree.heads[prep]
    such = tree.words[prep] != "as" or any(tree.words[c] == "such" for c in tree.children[prep])
    if such and noun < prep and tree.tags[noun] == "NNS":
        kinds = noun_classes(tree.lemmas[noun])
        yield from [(PRODUCT, 2.0)] if kinds == {"product"} else _class_of_noun(tree.lemmas[noun])


def _first_conjunct(tree: Tree, root: int) -> int:
    """Return the first of coordinated names, which shows how all of them stand: "visited Bassari and Lomande"."""
    while tree.deps[root] == "conj" and tree.pos[tree.heads[root]] == "PROPN":
        root = tree.heads[root]
    return root


def _listed(tree: Tree, start: int, end: int, root: int) -> Iterator[Sign]:
    """Yield the signs of the table."""
    table = _table()
    found = (table.get(place) for place in _places(tree, start, end, root))
    yield from (sign for sign in found if sign is not None)


def _places(tree: Tree, start: int, end: int, root: int) -> Iterator[tuple[str, str]]:
    """Yield where a name stands: ("owns", "share") in "Lumora's shares", ("passive", "found") in "it was founded"."""
    dep, head = tree.deps[root], tree.heads[root]
    if dep in _BY_DEP:
        chief = any(tree.words[c] == "chief" for c in tree.children[head]) and dep == "poss"
        yield (_BY_DEP[dep], "headquarters" if chief else tree.lemmas[head])
        yield from _done(tree, head) if dep == "nsubj" else ()
    elif dep in {"compound", "nmod", "amod"} and end <= head <= end + 1 and tree.texts[head].islower():
        yield ("before", tree.lemmas[head])
    elif dep == "pobj":
        yield from _behind(tree, start, head)
    if end + 2 < len(tree.words) and tree.words[end] == ",":
        whose = tree.words[end + 1] == "whose"
        yield ("owns", tree.lemmas[end + 2]) if whose else ("relative", tree.words[end + 1])


def _done(tree: Tree, verb: int) -> Iterator[tuple[str, str]]:
    """Yield what the subject of a verb does besides: "agreed to merge", "reported a loss"."""
    if (thing := tree.child(verb, "dobj")) is not None:
        yield ("result", tree.lemmas[thing])
    if (aim := tree.child(verb, "xcomp")) is not None:
        yield ("subject", tree.lemmas[aim])
        if (thing := tree.child(aim, "dobj")) is not None:
            yield ("result", tree.lemmas[thing])


def _behind(tree: Tree, start: int, prep: int) -> Iterator[tuple[str, str]]:
    """Yield what a preposition says: a place behind "near", not in "shares in Lumora"; what stands before "of"."""
    governor = tree.lemmas[tree.heads[prep]]
    if prep < start and governor not in words("figurative_in"):
        yield ("behind", tree.words[prep])
    if tree.words[prep] in {"of", "in", "at", "from", "to", "into", "for"}:
        yield ("of", governor)


def _called(tree: Tree, start: int, end: int) -> Iterator[Sign]:
    """Yield what a name is called beside it: "the carmaker Lumora", "Lumora, a carmaker", "Sarr, 34"."""
    last = len(tree.words)
    if start and tree.sents[start - 1] == tree.sents[start]:
        yield from _title(tree, start - 1)
    if end + 2 >= last or tree.words[end] != ",":
        return
    if tree.texts[end + 1].isdigit() and len(tree.texts[end + 1]) == 2 and tree.words[end + 2] in {",", "."}:
        yield (PERSON, _AGE)
    elif tree.words[end + 1] in {"a", "an", "the"}:
        noun = _noun_behind(tree, end + 2)
        if tree.tags[noun] == "NN" and tree.deps[noun] not in {"nsubj", "nsubjpass"}:
            yield from _class_of_noun(tree.lemmas[noun])


def _title(tree: Tree, i: int) -> Iterator[Sign]:
    """Yield what a word right before a name calls it: "Striker Okoye", "the carmaker Lumora"."""
    opens = i == 0 or tree.sents[i - 1] != tree.sents[i]
    if tree.words[i] == "old" and tree.texts[i - 1] == "-":
        yield (PERSON, _AGE)  # "the 32-year-old McGee"
    noun = tree.pos[i] in {"NOUN", "PROPN"} and tree.deps[i] != "amod" and tree.heads[i] >= i
    if not noun or not (opens or tree.texts[i].islower()):
        return
    if opens and tree.words[i] in words("newsmakers"):
        yield (PERSON, 2.5)
    elif tree.words[i] == "party" or tree.words[i] in words("media_nouns"):
        yield (PARTY if tree.words[i] == "party" else MEDIA, 2)
    elif tree.words[i] in words("firm_nouns"):
        yield (BODY if tree.words[i] in _PUBLIC else FIRM, 2)


def _noun_behind(tree: Tree, i: int) -> int:
    """Return the head of a noun phrase that begins at ``i``: its last noun before anything else."""
    end = i
    while end + 1 < len(tree.words) and end - i < _LONGEST and tree.tags[end + 1] in _PHRASE:
        end += 1
    return end


def _class_of_noun(noun: str) -> Iterator[Sign]:
    """Yield the class that a noun of one meaning tells: a mayor, a shipbuilder, a village; none for "rival"."""
    if noun in words("either_nouns"):
        return
    if noun == "party" or noun in words("media_nouns"):
        yield (PARTY if noun == "party" else MEDIA, 2)
        return
    kinds = noun_classes(noun)
    human = is_human_noun(noun) or noun in words("newsmakers")
    body = "organization" in kinds or noun in words("firm_nouns")
    place = "place" in kinds
    if human + body + place == 1:
        firm = FIRM if noun in words("firm_nouns") - _PUBLIC else BODY
        yield (PERSON if human else firm if body else PLACE, 2)


def _spoken_of(tree: Tree, root: int) -> Iterator[Sign]:
    """Yield what a clause says its subject is ("Sarr is a farmer"), and its pronouns: "Hadiza lost her brothers"."""
    verb = tree.heads[root]
    if tree.deps[root] not in {"nsubj", "nsubjpass"} or tree.deps[verb] not in {"ROOT", "ccomp"}:
        return
    if tree.lemmas[verb] == "be" and (noun := tree.child(verb, "attr")) is not None and tree.tags[noun] == "NN":
        yield from _class_of_noun(tree.lemmas[noun])
    later = range(verb + 1, tree.right[verb])
    if any(tree.pos[i] == "PROPN" and tree.deps[i] != "pobj" for i in later):
        return
    said = {tree.words[i] for i in later if tree.pos[i] == "PRON"}
    if said & _HE and not said & _IT:
        yield (PERSON, 1.5)
    elif "its" in said and not said & _HE:
        yield (BODY, 1)
