"""Pieces of titles that are taken for names: "Deputy | National Security | Adviser", "Culture | and Sport Minister"."""

from __future__ import annotations

from spacy.tokens import Doc

from kg.annotate.clauses.tree import tree_of
from kg.annotate.names.gazetteer import load_gazetteer
from kg.annotate.names.names import Name
from kg.annotate.names.nouns import words
from kg.annotate.names.patterns import is_title
from kg.model import MentionKind

__all__ = ["drop_offices"]

_IN_OFFICES = frozenset({"state", "chief", "attorney", "assistant", "general", "and", "of", "for"})


def drop_offices(doc: Doc, names: list[Name]) -> None:
    """Remove the names that only say which office somebody holds, but the country before it; changes ``names``."""
    for name in [n for n in names if n.reference is None]:
        if _is_portfolio(doc, name) or (_is_office(doc, name) and not _cut_to_country(doc, name)):
            names.remove(name)


def _is_portfolio(doc: Doc, name: Name) -> bool:
    """Tell whether a name is the portfolio of a title beside it: "Defence Minister", "minister of Defence"."""
    tree, known = tree_of(doc), words("portfolios") | _IN_OFFICES
    if not all(tree.words[i] in known for i in range(name.start, name.end)):
        return False
    end = name.end
    while end < len(doc) and (tree.words[end] in known or tree.words[end] == ","):
        end += 1
    titled = end < len(doc) and is_title(doc[end]) and tree.texts[end - 1] != ","
    return end == len(doc) or titled or (name.start > 0 and tree.words[name.start - 1] == "of")


def _is_office(doc: Doc, name: Name) -> bool:
    """Tell whether a name is the office itself: "the National Security Adviser", "the Turkish Head of State"."""
    tree, known = tree_of(doc), load_gazetteer()
    rest = [i for i in range(name.start, name.end) if not is_title(doc[i])]
    if name.type == "schema:Person" or not 0 < len(rest) < name.end - name.start:
        return False
    office = words("portfolios") | _IN_OFFICES
    return all(
        tree.words[i] in office or tree.texts[i] in known.adjectives or tree.texts[i] in known.names for i in rest
    )


def _cut_to_country(doc: Doc, name: Name) -> bool:
    """Cut an office to the country that it begins with, and tell whether there is one."""
    known, first = load_gazetteer(), doc[name.start].text
    reference = known.names.get(first) or known.adjectives.get(first)
    if reference is not None:
        name.end, name.type, name.reference = name.start + 1, reference.type, reference
        name.kind = MentionKind.NAME if first in known.names else MentionKind.DEMONYM
    return reference is not None
