"""Reference data on countries, regions, cities, international bodies and news organisations.

Names, Wikidata identifiers and territory codes of countries come from rigour, compiled by
``tools/compile_territories.py``; cities from GeoNames (CC BY 4.0),
compiled by ``tools/compile_gazetteer.py``; adjectives, peoples, capitals and seats of government are tables of general
English beside this module. An identifier is given only where rigour or GeoNames vouches for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, lru_cache

from kg.annotate.tables import get_territories, get_territory, read_lines, read_table
from kg.iris import entity_key
from kg.model import Family

__all__ = [
    "City",
    "Gazetteer",
    "Reference",
    "cities_named",
    "city_reference",
    "load_gazetteer",
    "read_table",
    "territory_code",
]

_SHORT_NAMES = {"hk": "Hong Kong", "mo": "Macao", "nr": "Nauru", "va": "Vatican"}
"""Where rigour's name is not the one that news uses."""

_STATES_OF = frozenset({"us", "ca", "au", "in", "cn", "de", "ua"})
"""Countries whose provinces and states are known by name; elsewhere they bear the names of their chief towns."""

_CITY_TERRITORIES = ("ru-mow", "ru-spe", "ua-30", "cn-bj", "cn-sh", "cn-tj", "cn-cq", "de-be", "de-hh")
"""Territories of rigour that are one city, so that their Wikidata item is the city's."""

_CALLED_COUNTRY = frozenset({"gb-eng", "gb-nir", "gb-sct", "gb-wls", "ps", "hk", "mo"})
_FAMILY = {"schema:Place": Family.PLACE, "schema:Country": Family.PLACE, "schema:City": Family.PLACE}


@dataclass(frozen=True, slots=True)
class Reference:
    """An entity of the reference data. ``code`` is its territory code, or that of the country it lies in."""

    key: str
    name: str
    type: str
    family: Family
    wikidata: str | None = None
    geonames: int | None = None
    code: str = ""


@dataclass(frozen=True, slots=True)
class City:
    """A city of GeoNames; ``division`` is the state (United States only, else empty), ``thousands`` its people."""

    geonames: int
    name: str
    country: str
    division: str
    thousands: int


@dataclass(slots=True)
class Gazetteer:
    """Surface forms as news prints them, by what they do.

    ``names`` name the thing itself; ``adjectives`` ("Belarusian") mean the country or region, ``people``
    ("Belarusians") a group; ``capitals`` ("Minsk") and ``seats`` ("Kremlin") may stand for the government of theirs;
    ``abbreviated`` are states behind a town ("Rockford, Wash.").
    """

    names: dict[str, Reference] = field(default_factory=dict)
    adjectives: dict[str, Reference] = field(default_factory=dict)
    people: dict[str, Reference] = field(default_factory=dict)
    capitals: dict[str, Reference] = field(default_factory=dict)
    abbreviated: dict[str, Reference] = field(default_factory=dict)
    seats: dict[str, Reference] = field(default_factory=dict)

    def surfaces(self) -> tuple[str, ...]:
        """Return every surface form once, sorted."""
        tables = (self.names, self.adjectives, self.people, self.capitals, self.abbreviated, self.seats)
        return tuple(sorted({surface for table in tables for surface in table}))


@cache
def load_gazetteer() -> Gazetteer:
    """Return the reference data without the cities; read once."""
    gazetteer = Gazetteer()
    _add_divisions(gazetteer)
    _add_abbreviations(gazetteer)
    _add_regions(gazetteer)
    _add_organizations(gazetteer)
    _add_countries(gazetteer)
    _add_rest_of_world(gazetteer)
    return gazetteer


@cache
def _city_lines() -> dict[str, str]:
    """Return the lines of the table by each name they give, unread: few of 34,000 cities are ever asked for."""
    found: dict[str, str] = {}
    for line in read_lines("cities.tsv.gz"):
        _, name, others, _ = line.split("\t", 3)
        for surface in (name, *_split(others)) if others else (name,):
            found[surface] = f"{found[surface]}\n{line}" if surface in found else line
    return found


@lru_cache(maxsize=1 << 14)
def cities_named(name: str) -> tuple[City, ...]:
    """Return the cities of that name, the largest first; empty when there is none of 15,000 people."""
    lines = _city_lines().get(name)
    rows = [line.split("\t") for line in lines.split("\n")] if lines else []
    return tuple(City(int(row[0]), row[1], row[3], row[4], int(row[5])) for row in rows)


def city_reference(city: City, surface: str) -> Reference:
    """Return a city as a reference; a smaller namesake is told apart by its country code."""
    first = cities_named(surface)[0]
    key = _key(city.name) if city == first else f"{_key(city.name)}_{city.country}"
    code = city.country.lower()
    wikidata = _city_items().get((city.name, code)) if city == first else None
    return Reference(key, city.name, "schema:City", Family.PLACE, wikidata, city.geonames, code)


def territory_code(name: str) -> str:
    """Return the code of a country, or of a state of the United States, by its plain name; else ``""``.

    >>> territory_code("Idaho"), territory_code("Poland")
    ('us-id', 'pl')
    """
    return _codes().get(name, "")


@cache
def _codes() -> dict[str, str]:
    wanted = (t for t in get_territories() if t.is_country or t.code.startswith("us-"))
    codes = {t.name.removesuffix(" (USA)"): t.code for t in wanted if t.name != "Georgia"}
    return codes | {name: r.code for name, r in load_gazetteer().names.items() if r.type == "schema:Country"}


@cache
def _city_items() -> dict[tuple[str, str], str]:
    found = (get_territory(code) for code in _CITY_TERRITORIES)
    return {(t.name, t.code[:2]): t.qid for t in found if t is not None}


def _key(name: str) -> str:
    return "_".join(name.split())


def _split(cell: str) -> list[str]:
    return [part for part in cell.split(";") if part]


def _family(kind: str) -> Family:
    return _FAMILY.get(kind, Family.OTHER)


def _qid(code: str) -> str | None:
    territory = get_territory(code) if code else None
    return territory.qid if territory is not None else None


def _put(table: dict[str, Reference], surfaces: Iterable[str], reference: Reference) -> None:
    """Add surface forms; one that is there already belongs to the more important thing and stays."""
    for surface in surfaces:
        table.setdefault(surface, reference)


def _country(code: str) -> Reference:
    territory = get_territory(code)
    if territory is None:
        raise LookupError(f"countries.tsv: rigour has no territory {code!r}")
    name = _SHORT_NAMES.get(code, territory.name)
    kind = "schema:Country" if territory.is_country or code in _CALLED_COUNTRY else "schema:Place"
    return Reference(_key(name), name, kind, Family.PLACE, territory.qid, None, code)


def _add_countries(gazetteer: Gazetteer) -> None:
    """Countries overrule divisions and regions of the same name (Georgia)."""
    for code, adjectives, people, others, capitals, seats in read_table("countries.tsv"):
        reference = _country(code)
        territory = get_territory(code)
        full = [territory.full_name] if territory is not None and "(" not in territory.full_name else []
        for surface in (reference.name, *full, *_split(others)):
            gazetteer.names[surface] = reference
        _put(gazetteer.adjectives, _split(adjectives), reference)
        _add_people(gazetteer, _split(people), reference.code)
        _put(gazetteer.capitals, _split(capitals), reference)
        _put(gazetteer.seats, _split(seats), reference)


def _add_people(gazetteer: Gazetteer, plurals: list[str], code: str) -> None:
    """Add peoples under their plural, and the singular where it is no adjective ("Serbs", "Briton")."""
    for plural in plurals:
        group = Reference(entity_key(plural, Family.OTHER), plural, "kg:Group", Family.OTHER, None, None, code)
        _put(gazetteer.people, [plural, *([plural[:-1]] if plural.endswith("s") else [])], group)


def _add_regions(gazetteer: Gazetteer) -> None:
    for name, kind, code, adjectives, people, others in read_table("regions.tsv"):
        key = _key(name) if kind != "kg:Group" else entity_key(name, Family.OTHER)
        reference = Reference(key, name, kind, _family(kind), _qid(code), None, code)
        for surface in (name, *_split(others)):
            gazetteer.names[surface] = reference
        _put(gazetteer.adjectives, _split(adjectives), reference)
        _add_people(gazetteer, _split(people), code)


def _add_organizations(gazetteer: Gazetteer) -> None:
    for name, kind, code, others, seats in read_table("organizations.tsv"):
        reference = Reference(entity_key(name, Family.OTHER), name, kind, Family.OTHER, _qid(code), None, code)
        for surface in (name, *_split(others)):
            gazetteer.names[surface] = reference
        _put(gazetteer.seats, _split(seats), reference)


def _add_divisions(gazetteer: Gazetteer) -> None:
    """Add states and provinces, but those that share the name of a city of half a million people or more."""
    for territory in get_territories():
        parent, _, rest = territory.code.partition("-")
        if not rest or parent not in _STATES_OF or "(" in territory.name:
            continue
        if not any(city.thousands >= 500 for city in cities_named(territory.name)):
            name = territory.name
            gazetteer.names[name] = Reference(
                name, name, "schema:Place", Family.PLACE, territory.qid, None, territory.code
            )


def _add_abbreviations(gazetteer: Gazetteer) -> None:
    names = {r.code: r for r in gazetteer.names.values()}
    for code, abbreviation in read_table("states.tsv"):
        if code in names:
            gazetteer.abbreviated[abbreviation] = names[code]


def _add_rest_of_world(gazetteer: Gazetteer) -> None:
    """Add the small territories that the table of countries does not list."""
    for territory in get_territories():
        if territory.is_country and "-" not in territory.code:
            name = _SHORT_NAMES.get(territory.code, territory.name)
            reference = Reference(_key(name), name, "schema:Country", Family.PLACE, territory.qid, None, territory.code)
            _put(gazetteer.names, [name], reference)
