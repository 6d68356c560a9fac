"""Names that a country or city shares with a state of the United States: Georgia, New York.

The words around decide, then the document: a governor, a legislature or another state speak for the state.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from kg.annotate.names.gazetteer import Reference
from kg.annotate.names.names import Name
from kg.annotate.names.nouns import words
from kg.annotate.tables import get_territory
from kg.model import Family

__all__ = ["settle_homonyms"]

_STATES = {"ge": "us-ga"}
"""The country's code and the state's."""

_CITIES = {"New York": "us-ny", "Washington": "us-wa"}
"""Cities by name, and the code of the state of the same name."""

_ABROAD = frozenset({"ge", "ru", "am", "az", "ua", "md"})
"""Countries whose mention speaks for the country of that name."""


def settle_homonyms(doc: Doc, names: Sequence[Name]) -> None:
    """Let the names of a country mean the state of the same name where the context says so; changes ``names``."""
    for i, name in enumerate(names):
        code = name.reference.code if name.reference is not None else ""
        if code in _STATES and doc[name.start : name.end].text == "Georgia" and _means_state(doc, names, i):
            name.reference, name.type = _state(_STATES[code]), "schema:Place"
        text = doc[name.start : name.end].text
        called = name.end < len(doc) and doc[name.end].text == "state"
        if text in _CITIES and (called or doc[name.end - 1].head.lemma_.lower() in words("state_heads")):
            name.reference, name.type = _state(_CITIES[text]), "schema:Place"
            name.capital = name.seat = None


def _means_state(doc: Doc, names: Sequence[Name], i: int) -> bool:
    name = names[i]
    head = doc[name.start].head
    if head.lemma_.lower() in words("state_heads") or (i and _is_city_before(doc, names[i - 1], name)):
        return True
    codes = {n.reference.code for j, n in enumerate(names) if j != i and n.reference is not None}
    same = {doc[n.start : n.end].text for n in names if n.reference is not None and n.reference.code in _STATES}
    before = {n.reference.code for n in names[:i] if n.reference is not None}  # what was settled stays so
    states = any(code.startswith("us-") and (code in before or code not in _STATES.values()) for code in codes)
    return states and not codes & (_ABROAD - {"ge"}) and not same & {"Georgian", "Georgians"}


def _is_city_before(doc: Doc, before: Name, name: Name) -> bool:
    """Tell whether an American city stands before: "Atlanta, Georgia"."""
    if before.end + 1 != name.start or doc[before.end].text != ",":
        return False
    return before.type == "schema:City" and before.capital is None


def _state(code: str) -> Reference | None:
    territory = get_territory(code)
    if territory is None:
        return None
    name = territory.name.removesuffix(" (USA)")
    return Reference(f"{'_'.join(name.split())}_US", name, "schema:Place", Family.PLACE, territory.qid, None, code)
