"""The user's own knowledge base: people and organisations with their Wikidata items.

A file of JSON lines, one entity each::

    {"id": "Q9960", "names": ["Ronald Reagan", "Reagan"], "type": "schema:Person", "wikidata": "Q9960"}

``names`` begins with the name to show; ``type`` is a class of the vocabulary, in full or without prefix; ``wikidata``
may be left out where ``id`` is a Wikidata item. kg ships no such file: identifiers are the user's to vouch for.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.annotate.layers import DocEntity
from kg.annotate.names.spelling import loose_form
from kg.errors import LinkError
from kg.iris import entity_key
from kg.model import Family

__all__ = ["KnowledgeBase", "KnownEntity", "entities_from_sparql", "link_entities", "read_knowledge_base"]

_EXAMPLE = '{"id": "Q9960", "names": ["Ronald Reagan"], "type": "schema:Person", "wikidata": "Q9960"}'
_OTHER_CITY = re.compile(r"_[A-Z]{2}$")
_ITEM = re.compile(r"Q[1-9]\d*")
_TYPES = {
    curie.partition(":")[2]: curie
    for curie in (
        "schema:Person",
        "schema:Organization",
        "schema:Corporation",
        "schema:NewsMediaOrganization",
        "schema:Country",
        "schema:City",
        "schema:Place",
        "schema:CreativeWork",
        "kg:GovernmentBody",
        "kg:PoliticalParty",
        "kg:MilitaryUnit",
        "kg:Bloc",
        "kg:Agreement",
        "kg:NamedEvent",
        "kg:Office",
        "kg:Product",
        "kg:Group",
        "kg:Law",
    )
}
_PLACES = frozenset({"schema:Country", "schema:City", "schema:Place"})


@dataclass(frozen=True, slots=True)
class KnownEntity:
    """An entity of the user's file; ``names`` begins with the name to show."""

    id: str
    names: tuple[str, ...]
    type: str
    wikidata: str | None

    @property
    def family(self) -> Family:
        """The family that the class belongs to."""
        if self.type == "schema:Person":
            return Family.PERSON
        return Family.PLACE if self.type in _PLACES else Family.OTHER


class KnowledgeBase:
    """Known entities, looked up by name: as it is written but for case and spacing, else in another spelling."""

    def __init__(self, entities: Iterable[KnownEntity]) -> None:
        self._by_name: dict[str, list[KnownEntity]] = {}
        self._by_form: dict[str, list[KnownEntity]] = {}
        for entity in entities:
            for name in dict.fromkeys(map(_folded, entity.names)):
                self._by_name.setdefault(name, []).append(entity)
            for form in dict.fromkeys(_form(name, entity.family) for name in entity.names):
                self._by_form.setdefault(form, []).append(entity)

    def find(self, names: Sequence[str], family: Family) -> KnownEntity | None:
        """Return the one entity of a family that bears the first of the names that is known; None if two do."""
        for name in names:
            same, alike = self._by_name.get(_folded(name), ()), self._by_form.get(_form(name, family), ())
            fits = [e for e in same if e.family is family] or [e for e in alike if e.family is family]
            if fits:
                return fits[0] if len({e.id for e in fits}) == 1 else None
        return None


def link_entities(entities: Iterable[DocEntity], base: KnowledgeBase) -> None:
    """Give unlinked entities the Wikidata item, name and key of the known entity that bears their fullest name.

    A city of the gazetteer keeps its name and key; one that shares its name with a larger one gets nothing.
    """
    for entity in entities:
        if entity.wikidata or _is_namesake(entity):
            continue
        names = sorted({entity.name, *entity.names}, key=lambda n: (-len(n.split()), -len(n), n))
        known = base.find(names, entity.family)
        if known is not None and entity.geonames is not None:
            entity.wikidata = known.wikidata if known.type == entity.type else None
        elif known is not None:
            entity.wikidata = known.wikidata
            entity.name = known.names[0]
            entity.type = known.type
            entity.key = "_".join(known.names[0].split()) if entity.family is Family.PLACE else _key(known)


@lru_cache(maxsize=8)
def read_knowledge_base(path: Path) -> KnowledgeBase:
    """Read a knowledge base; the same path is read once a process.

    Raises:
        LinkError: The file is missing, or a line is not an entity; says which line and why. Nothing was linked.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise LinkError(
            f"the knowledge base cannot be read ({error})",
            where=str(path),
            remedy="Give --kb a UTF-8 file of JSON lines with id, names, type, wikidata",
        ) from error
    lines = enumerate(text.splitlines(), start=1)
    return KnowledgeBase([_entity(line, path, number) for number, line in lines if line.strip()])


def _entity(line: str, path: Path, number: int) -> KnownEntity:
    def refuse(problem: str) -> LinkError:
        return LinkError(
            problem,
            where=f"{path} line {number}",
            remedy=f"Expected {_EXAMPLE}. Nothing was linked",
        )

    try:
        row: Any = json.loads(line)
    except json.JSONDecodeError as error:
        raise refuse(f"not JSON: {error}") from error
    names = row.get("names") if isinstance(row, dict) else None
    if not isinstance(names, list) or not names or not all(isinstance(n, str) and n.strip() for n in names):
        raise refuse("'names' must be a list of at least one name")
    kind = _TYPES.get(str(row.get("type", "")).rpartition(":")[2])
    if kind is None:
        raise refuse(f"unknown type {row.get('type')!r}; known: {', '.join(sorted(_TYPES.values()))}")
    number_id = str(row.get("id", names[0]))
    item = row.get("wikidata") or (number_id if _ITEM.fullmatch(number_id) else None)
    if item is not None and not _ITEM.fullmatch(str(item)):
        raise refuse(f"'wikidata' must be an item such as Q42, found {item!r}")
    return KnownEntity(number_id, tuple(" ".join(n.split()) for n in names), kind, item)


def entities_from_sparql(text: str, *, kind: str = "schema:Person") -> Iterator[dict[str, object]]:
    """Yield the rows of a knowledge base from a SPARQL result, JSON or CSV, as a query service saves it.

    Columns: ``item`` (the Wikidata IRI), ``itemLabel`` or ``label``, and if there are any ``altLabel``
    (one a row, or several with `` | `` between them) and ``type``. Rows of one item are joined.

    Raises:
        LinkError: The text is neither, or has no column ``item``.
    """
    found: dict[str, dict[str, object]] = {}
    for row in _rows(text):
        item = row.get("item", "").rpartition("/")[2]
        if not _ITEM.fullmatch(item):
            raise LinkError(
                f"column 'item' holds {row.get('item')!r}, no Wikidata item",
                remedy="SELECT ?item ?itemLabel ?altLabel, with ?item a Wikidata IRI",
            )
        entry = found.setdefault(item, {"id": item, "names": [], "type": row.get("type") or kind, "wikidata": item})
        label = row.get("itemLabel") or row.get("label", "")
        names = entry["names"]
        if isinstance(names, list):
            others = [n.strip() for n in row.get("altLabel", "").split(" | ")]
            names.extend(n for n in dict.fromkeys((label, *others)) if n and n not in names)
    yield from (entry for entry in found.values() if entry["names"])


def _rows(text: str) -> Iterator[dict[str, str]]:
    if text.lstrip().startswith(("{", "[")):
        try:
            data: Any = json.loads(text)
        except json.JSONDecodeError as error:
            raise LinkError(f"the SPARQL result is not JSON: {error}", remedy="Save it as JSON or CSV") from error
        bindings = data["results"]["bindings"] if isinstance(data, dict) else data
        for row in bindings:
            yield {k: str(v["value"] if isinstance(v, dict) else v) for k, v in row.items()}
    else:
        yield from csv.DictReader(io.StringIO(text))


def _is_namesake(entity: DocEntity) -> bool:
    """Tell whether a city is not the largest of its name, so that its key ends in its country's code."""
    return entity.geonames is not None and bool(_OTHER_CITY.search(entity.key or ""))


def _form(name: str, family: Family) -> str:
    return loose_form(name, person=family is Family.PERSON)


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _key(known: KnownEntity) -> str:
    return entity_key(known.names[0], known.family.value)
