"""Overlapping readings of a name, brought to one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc

from kg.annotate.names.gazetteer import cities_named, load_gazetteer
from kg.annotate.names.names import Name
from kg.annotate.names.ner import trimmed, with_place
from kg.annotate.names.nouns import gender_of_name, words
from kg.annotate.names.patterns import in_headline, is_title
from kg.annotate.names.types import keyword_class
from kg.model import MentionKind

__all__ = ["settle"]

_SWALLOWS = frozenset({"ORG", "FAC", "EVENT", "LAW", "WORK_OF_ART", "PRODUCT"})
"""spaCy's labels of long names that may hold the name of a country ("Bank of Russia")."""


def settle(doc: Doc, shaped: list[Name], headed: list[Name], known: list[Name], seen: list[Name]) -> list[Name]:
    """Choose among overlapping readings: shapes, then long names, then reference data, then spaCy."""
    owner: dict[int, Name] = {}

    def take(names: Iterable[Name]) -> None:
        for name in names:
            if all(i not in owner for i in range(name.start, name.end)):
                owner.update(dict.fromkeys(range(name.start, name.end), name))

    take(shaped)
    inside = {i: n for n in known for i in range(n.start, n.end)}
    longer = [n for n in (*headed, *seen) if _outweighs(doc, n, inside)]
    take(sorted(longer, key=lambda n: n.start - n.end))
    take(_labelled(known, seen))
    take(_rest(doc, seen, inside))
    return list({id(n): n for n in owner.values()}.values())


def _outweighs(doc: Doc, name: Name, inside: dict[int, Name]) -> bool:
    """Tell whether a name is longer than, and better than, the reference names within it."""
    within = {id(inside[i]): inside[i] for i in range(name.start, name.end) if i in inside}.values()
    if any(n.start < name.start or n.end > name.end or n.end - n.start == name.end - name.start for n in within):
        return False
    if name.label == "PERSON" and _is_called_after(doc, name):
        name.type, name.label = "schema:Organization", "ORG"
        return bool(within)
    if name.label == "PERSON":
        given = doc[name.start].text in words("ambiguous_given")
        surname = all(n.start > name.start for n in within) and name.end - name.start == 2
        return bool(within) and (given or surname) and not _has_verb(doc, name)
    if name.label == "GPE":
        return bool(within) and _is_longer(doc, name)
    if name.label and name.label not in _SWALLOWS:
        return False
    if _ends_in_person(doc, name, inside):
        return False
    rest = [doc[i] for i in range(name.start, name.end) if i not in inside]
    if not rest and not name.label:
        return len(within) > 1  # "Sudan | People's Liberation Army"
    return bool(within or not name.label) and any(t.text[0].isupper() and not is_title(t) for t in rest)


def _is_longer(doc: Doc, name: Name) -> bool:
    """Tell whether a place is a town of its own, or something called after a place: "Kansas City", "Derby | Rovers"."""
    text, last = doc[name.start : name.end].text, doc[name.end - 1]
    if cities := cities_named(text):
        name.type = "schema:City" if cities[0].name == text else name.type
        return True
    proper = all(t.tag_ in {"NNP", "NNPS"} and t.is_alpha and not is_title(t) for t in doc[name.start + 1 : name.end])
    if keyword_class(last.text) != "schema:Place" and (last.dep_ == "nsubj" or doc[name.start - 1].lower_ == "the"):
        name.type, name.label = "schema:Organization", "ORG"
    return proper and last.dep_ != "appos" and not in_headline(doc, name.start)


def _ends_in_person(doc: Doc, name: Name, inside: dict[int, Name]) -> bool:
    """Tell whether a body of the tables and a person run together: "the African Union | Alpha Oumar Konare"."""
    body = inside.get(name.start)
    if body is None or body.end >= name.end - 1 or body.type in {"schema:Country", "schema:City", "schema:Place"}:
        return False
    rest = doc[body.end : name.end]
    plain = all(t.is_alpha and t.text[1:].islower() and not (keyword_class(t.text) or is_title(t)) for t in rest)
    return plain and name.label in {"ORG", ""} and body.start == name.start and body.kind is MentionKind.NAME


def _is_called_after(doc: Doc, name: Name) -> bool:
    """Tell "Peruvian Dawn", which is no person, from "Peruvian Ana": the adjective of a country and a noun."""
    adjective = doc[name.start].text in load_gazetteer().adjectives
    return adjective and name.end - name.start == 2 and not gender_of_name(doc[name.end - 1].text)


def _has_verb(doc: Doc, name: Name) -> bool:
    return in_headline(doc, name.start) or any(t.pos_ == "VERB" for t in doc[name.start : name.end])


def _labelled(known: list[Name], seen: list[Name]) -> Iterator[Name]:
    """Yield the reference names, with spaCy's label where it saw the same stretch."""
    by_span = {(n.start, n.end): n for n in seen}
    for name in known:
        same = by_span.get((name.start, name.end))
        name.label = same.label if same else name.label
        yield name


def _rest(doc: Doc, seen: list[Name], inside: dict[int, Name]) -> Iterator[Name]:
    """Yield spaCy's names outside the reference data, and what is left of those that ran over it."""
    for name in seen:
        pieces = [i for i in range(name.start, name.end) if i not in inside]
        if len(pieces) == name.end - name.start:
            yield with_place(doc, name)
        elif (
            pieces
            and (name.label == "PERSON" or _ends_in_person(doc, name, inside))
            and pieces[-1] - pieces[0] + 1 == len(pieces)
        ):
            rest = trimmed(doc, pieces[0], pieces[-1] + 1, "PERSON")
            proper = rest is not None and all(t.pos_ == "PROPN" for t in doc[rest.start : rest.end])
            if rest is not None and proper and not in_headline(doc, rest.start):
                yield rest
