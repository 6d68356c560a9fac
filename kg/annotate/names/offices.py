"""Pieces of titles that are taken for names: "Deputy | National Security | Adviser", "Culture | and Sport Minister"."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Doc, Token

from kg.annotate.clauses.tree import tree_of
from kg.annotate.names.gazetteer import cities_named, load_gazetteer
from kg.annotate.names.names import Name
from kg.annotate.names.nouns import noun_classes, words
from kg.annotate.names.patterns import is_title
from kg.annotate.names.types import keyword_class

__all__ = ["drop_offices", "part_holders"]

_IN_OFFICES = frozenset({
    "and", "assistant", "attorney", "cabinet", "chief", "circuit", "district", "for", "general", "magistrate", "of",
    "special", "state",
})  # fmt: skip
_POSTS = frozenset({"adviser", "advisor", "attorney"})
_LEVELS = frozenset({"Federal", "Union"})


def part_holders(doc: Doc, names: list[Name]) -> None:
    """Part a person from the body that he heads: "chair of the Port Council | Ana Ruiz"; changes ``names``."""
    full = [doc[n.start : n.end].text for n in names if n.type == "schema:Person"]
    surnames = {text.rpartition(" ")[2] for text in full}
    for name in [n for n in names if n.type != "schema:Person" and n.reference is None and n.end - n.start > 2]:
        person = doc[name.end - 2 : name.end]
        named = person.text in full or (_is_headed(doc, name.start) and person[1].text in surnames)
        if named and all(t.text[0].isupper() and not keyword_class(t.text) for t in person):
            name.end -= 2
            names.append(Name(name.end, name.end + 2, "schema:Person", "PERSON"))


def _is_headed(doc: Doc, start: int) -> bool:
    """Tell whether an office stands before a name: "chair of the"."""
    at = start - 2 if start > 2 and doc[start - 1].lower_ == "the" else start - 1
    return at > 0 and doc[at].lower_ == "of" and bool(noun_classes(doc[at - 1].lower_) & {"leader", "office"})


@cache
def _office_words() -> frozenset[str]:
    return words("portfolios") | _IN_OFFICES


def drop_offices(doc: Doc, names: list[Name]) -> None:
    """Remove the names that only say which office somebody holds, but the country before it; changes ``names``."""
    for name in [n for n in names if n.reference is None]:
        office = _is_portfolio(doc, name) or _is_office(doc, name)
        if (office or _precedes_post(doc, name)) and not _cut_to_owner(doc, name) and (office or _is_level(doc, name)):
            names.remove(name)


def _is_level(doc: Doc, name: Name) -> bool:
    """Tell whether a name begins with a word for the whole of a country: "Union | Home Minister"."""
    return doc[name.start].text in _LEVELS


def _is_portfolio(doc: Doc, name: Name) -> bool:
    """Tell whether a name is the portfolio of a title beside it: "Defence Minister", "minister of Defence"."""
    tree, known = tree_of(doc), _office_words()
    if not all(tree.words[i] in known for i in range(name.start, name.end)):
        return False
    end = name.end
    while end < len(doc) and (tree.words[end] in known or tree.words[end] == ","):
        end += 1
    titled = end < len(doc) and is_title(doc[end]) and tree.texts[end - 1] != ","
    return end == len(doc) or titled or (name.start > 0 and tree.words[name.start - 1] == "of")


def _is_office(doc: Doc, name: Name) -> bool:
    """Tell whether a name is the office itself: "the National Security Adviser", "the United Nations Special Envoy"."""
    known, office = load_gazetteer(), _office_words()
    titles = [i for i in range(name.start, name.end) if is_title(doc[i])]
    if name.type == "schema:Person" or not 0 < len(titles) < name.end - name.start:
        return False
    first = name.start
    while doc[first].lower_ not in office and first not in titles:
        first += 1
    text = doc[name.start : first].text
    owned = not text or text in known.names or text in known.adjectives
    return owned and all(i in titles or doc[i].lower_ in office for i in range(first, name.end))


def _precedes_post(doc: Doc, name: Name) -> bool:
    """Tell whether the end of a name is the portfolio of a title behind it: "U.S. District | Judge"."""
    tree, office = tree_of(doc), _office_words()
    end = name.end
    while end < len(doc) and tree.words[end] in office and not _is_post(doc[end]):
        end += 1
    post = name.type != "schema:Person" and end < len(doc) and _is_post(doc[end])
    return post and (end > name.end or tree.words[end - 1] in office)


def _is_post(token: Token) -> bool:
    return is_title(token) or (token.is_title and token.lower_ in _POSTS)


def _cut_to_owner(doc: Doc, name: Name) -> bool:
    """Cut an office to the body, country, town or seat that it begins with, and tell whether there is one."""
    known, office = load_gazetteer(), _office_words()
    end = name.end
    while end > name.start and doc[end - 1].lower_ in office:
        end -= 1
    if end > name.start + 1 and keyword_class(doc[end - 1].text):
        name.end = end
        return True
    end = name.start
    while end < name.end and not (doc[end].lower_ in office or is_title(doc[end])):
        end += 1
    text = doc[name.start : end].text
    seat = known.seats.get(text)
    if not name.refer(text):
        if seat is not None or (text not in _LEVELS and cities_named(text)):
            name.type, name.label, name.seat = "schema:Place" if seat is not None else "schema:City", "GPE", seat
        elif not (end == name.start + 1 < name.end and text.isalpha() and text.isupper()):
            return False  # but "AFN | National Chief"
    name.end = end
    return True
