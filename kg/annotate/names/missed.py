"""Bodies that spaCy passed over, told by their shape and by what stands beside them.

BSkyB     Elering, the grid operator     the opposition coalition Yarra Sende     a DKP lawmaker
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from kg.annotate.clauses.tree import Tree, tree_of
from kg.annotate.names.bodies import is_camel, names_body
from kg.annotate.names.names import Name, covered
from kg.annotate.names.nouns import words
from kg.annotate.names.patterns import in_headline, is_title
from kg.annotate.values.amounts.currencies import load_currencies

__all__ = ["more_bodies"]

_UNKNOWN = frozenset({"NNP", "VBG"})
_ALLIES = frozenset({"alliance", "bloc", "coalition", "faction"})
_LED = frozenset({"leader", "lawmaker", "government", "coalition", "spokesman", "spokeswoman", "spokesperson", "union"})
"""What a body has whose letters stand before it: "a DKP lawmaker"."""


def more_bodies(doc: Doc, names: Sequence[Name]) -> Iterator[Name]:
    """Yield the bodies among the words that no name covers.

    What is called one beside it ("Elering, the grid operator"), the initials of a name ("the BSP"), names behind what
    they are ("the coalition Yarra Sende"), the letters of a party before its people, and words with inner capitals.
    """
    owned = covered(names)
    long = [doc[n.start : n.end].text.split() for n in names if n.end - n.start > 2]
    initials = {"".join(p[0] for p in parts if p[0].isupper()) for parts in long}
    tree = tree_of(doc)
    for i, text in enumerate(tree.texts):
        if i in owned or not text[0].isupper():
            continue
        told = tree.tags[i] in _UNKNOWN and any(tree.deps[c] == "appos" for c in tree.children[i])
        if (
            (len(text) > 2 and text in initials)
            or (told and _is_called_body(doc[i]))
            or (tree.tags[i] == "NNP" and is_camel(text))
            or _has_people(tree, i)
        ):
            yield Name(i, i + 1, "schema:Organization", "ORG")
        elif (end := _end_of_led(doc, tree, i)) and owned.isdisjoint(range(i, end)):
            owned.update(range(i, end))
            yield Name(i, end, "schema:Organization", "ORG")


def _has_people(tree: Tree, i: int) -> bool:
    """Tell whether letters stand before a party's or government's people: "DKP leader Ana Toral"."""
    text = tree.texts[i]
    letters = 3 <= len(text) <= 6 and text.isupper() and text.isalpha() and text not in load_currencies().codes
    return letters and i + 1 < len(tree.texts) and tree.words[i + 1] in _LED and tree.texts[i + 1].islower()


def _end_of_led(doc: Doc, tree: Tree, start: int) -> int:
    """Return where a name ends that begins at ``start``, right behind the noun that says what it is; 0 if none does."""
    before = start - 1
    if before < 0 or tree.sents[before] != tree.sents[start]:
        return 0
    firm = tree.texts[before] in words("firm_nouns") and tree.texts[start].isupper()
    if not (firm or names_body(doc[before]) or tree.texts[before] in _ALLIES):
        return 0
    end = start
    while end < len(doc) and tree.tags[end] in {"NNP", "NNPS"} and tree.texts[end][0].isupper():
        if is_title(doc[end]) or tree.words[end] in words("month_day"):
            return 0
        end += 1
    heads = {tree.heads[i] for i in range(start, end)} - set(range(start, end))
    beside = heads == {tree.heads[before]} and tree.deps[before] in {"compound", "nmod", "nsubj"}
    called = heads == {before} or beside or start <= tree.heads[before] < end
    return end if called and not in_headline(doc, start) else 0


def _is_called_body(token: Token) -> bool:
    """Tell whether an apposition calls an unknown word a body: "Elering, the Estonian grid operator, said"."""
    if token.dep_ not in {"nsubj", "nsubjpass", "dobj", "pobj"}:
        return False
    beside = (t for t in token.children if t.dep_ == "appos" and t.i > token.i + 1)
    alone = not any(t.dep_ in {"compound", "nmod", "det", "amod"} for t in token.children)
    return alone and any(names_body(t) or (t.is_lower and t.lemma_ in words("firm_nouns")) for t in beside)
