"""Which names mean the same entity: references by key, surnames to full names, short names to long ones.

Entities are numbered by their first mention, so that equal text gives equal numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from kg.annotate.layers import DocEntity
from kg.annotate.names.acronyms import initials_of
from kg.annotate.names.gazetteer import Reference
from kg.annotate.names.namesakes import is_nickname
from kg.annotate.names.nouns import gender_of_person, gender_of_title, is_given_name, words
from kg.annotate.names.types import keyword_class
from kg.iris import entity_key
from kg.model import Family

__all__ = ["Named", "group_names"]

_PLACES = frozenset({"schema:Place", "schema:City", "schema:Country"})
_MISTAKABLE = frozenset({"schema:Organization", "schema:Place", "kg:Group", "kg:Product", "schema:CreativeWork"})
"""Classes that spaCy gives to a surname that stands alone."""
_TOLD_BY_NAME = frozenset({*_PLACES, "kg:Group", "schema:Organization"})
"""Classes that a short name is given where the last word of the long one tells better."""
_BODIES = frozenset({"schema:Organization", "schema:Corporation"})
_SHORT = 3
_FIRM_WORDS = frozenset({"schema:Corporation", "schema:NewsMediaOrganization"})
_CERTAIN = frozenset({"kg:NamedEvent", "kg:Product", "kg:Agreement", "kg:GovernmentBody", "kg:MilitaryUnit"})


@dataclass(slots=True)
class Named:
    """One name in the text on its way to an entity.

    ``titles`` stand before it; ``acronym`` is its short form given in brackets; ``proper`` is false for demonyms and
    metonyms, whose words are no names of the entity; ``owner`` is the country of a body that does not name it itself.
    """

    text: str
    type: str
    reference: Reference | None = None
    titles: tuple[str, ...] = ()
    acronym: str = ""
    proper: bool = True
    owner: str = ""


@dataclass(slots=True)
class _Cluster:
    types: Counter[str] = field(default_factory=Counter)
    texts: list[str] = field(default_factory=list)
    reference: Reference | None = None
    gender: str = ""
    owner: str = ""


def group_names(names: Sequence[Named]) -> tuple[list[DocEntity], list[int]]:
    """Return the entities of a document and, for each name, the id of its entity.

    Args:
        names: In text order.
    """
    full = _full_names(names)
    clusters: dict[str, _Cluster] = {}
    order: list[str] = []
    owners: dict[str, str] = {}
    for name in names:
        key = _cluster_key(name, full)
        owner = owners[key] = name.owner or owners.get(key, "")
        key = f"{key} of {owner}" if owner else key
        cluster = clusters.setdefault(key, _Cluster())
        _join(cluster, name, counted=name.type != "schema:Person" or key.startswith("person "))
        order.append(key)
    ids = {key: i for i, key in enumerate(clusters)}
    entities = [_entity(ids[key], cluster, person=key.startswith("person ")) for key, cluster in clusters.items()]
    return entities, [ids[key] for key in order]


def _join(cluster: _Cluster, name: Named, *, counted: bool) -> None:
    cluster.types[name.type] += 3 if name.type in _CERTAIN else int(counted)
    cluster.owner = cluster.owner or name.owner
    if (name.proper or not cluster.texts) and name.reference is None and name.text not in cluster.texts:
        cluster.texts.append(name.text)
    if name.proper and name.text not in cluster.texts:
        cluster.texts.append(name.text)
    cluster.reference = cluster.reference or name.reference
    found = (gender_of_title(title) for title in name.titles)
    cluster.gender = cluster.gender or next((g for g in found if g), "")


def _entity(number: int, cluster: _Cluster, *, person: bool) -> DocEntity:
    if cluster.reference is not None:
        known = cluster.reference
        return DocEntity(
            id=number,
            name=known.name,
            family=known.family,
            type=known.type,
            names=list(cluster.texts),
            wikidata=known.wikidata,
            geonames=known.geonames,
            key=known.key,
        )
    kind = "schema:Person" if person else _told_by_name(cluster) or _voted(cluster)
    family = Family.PERSON if kind == "schema:Person" else Family.PLACE if kind in _PLACES else Family.OTHER
    name = max(cluster.texts, key=lambda t: (len(t.split()), len(t)))
    name = _as_printed(name) if family is Family.PERSON else f"{name} of {cluster.owner}" if cluster.owner else name
    gender = (cluster.gender or gender_of_person(name)) if family is Family.PERSON else ""
    texts = list(cluster.texts)
    return DocEntity(
        id=number, name=name, family=family, type=kind, names=texts, key=entity_key(name, family), gender=gender
    )


def _voted(cluster: _Cluster) -> str:
    """Return the class that most names of an entity were given."""
    return max(cluster.types, key=lambda t: (cluster.types[t], t))


def _told_by_name(cluster: _Cluster) -> str:
    """Return the class that the last word of a full name tells of what is elsewhere taken for a place by a part of it.

    "Halden Pharma" makes a firm of "Halden", though there is a town of that name.
    """
    full = next((text for text in cluster.texts if " " in text), "")
    told = keyword_class(full.rpartition(" ")[2])
    return told if told in cluster.types and _voted(cluster) in _TOLD_BY_NAME else ""


def _as_printed(name: str) -> str:
    """Return a name in capitals ("SHAMIL ZHUMATOV") in the usual case; initials stay."""
    parts = [p.capitalize() if p.isupper() and len(p) > 2 and "." not in p else p for p in name.split()]
    return " ".join(parts) if len(parts) > 1 else name


class _FullNames:
    """The full names of a document, asked for their short forms."""

    def __init__(self) -> None:
        self.persons: list[str] = []
        self.others: list[str] = []
        self.single: set[str] = set()
        self.bodies: set[str] = set()
        self.acronyms: dict[str, str] = {}
        self.initials: dict[str, Reference] = {}

    def person(self, text: str, gender: str = "") -> str:
        """Return the full name that a person's name stands for, the latest that fits; else itself.

        ``gender`` is what a title before it tells: "Mr Toral" is not Ana Toral.
        """
        parts = _as_printed(text).split()
        fits = [full for full in self.persons if _same_person(parts, full.split())] or self._called_by_given(parts)
        fits = [full for full in fits if not gender or gender_of_person(full) in {"", gender}]
        return max(fits, key=lambda f: len(f.split()), default=" ".join(parts)) if fits else " ".join(parts)

    def _called_by_given(self, parts: list[str]) -> list[str]:
        """Return the one person whose first name stands alone, and last one never does: "Najib" of Najib Razak."""
        fits = [full for full in self.persons if parts == full.split()[:1]]
        return fits if len(fits) == 1 and fits[0].split()[-1] not in self.single else []

    def firm(self, name: Named) -> str:
        """Return the firm whose first word a name is: "Barrick" beside "Barrick Mining"; "" if there is none."""
        if " " in name.text or name.titles or self.person(name.text) != name.text:
            return ""
        longer = [f for f in self.others if f.startswith(f"{name.text} ")]
        fits = [f for f in longer if f in self.bodies or keyword_class(f.split()[-1]) in _FIRM_WORDS]
        return fits[0] if len(fits) == 1 else ""

    def with_form(self, text: str) -> str:
        """Return the firm whose name with its legal form is told elsewhere: "Tata Sons"; "" if there is none."""
        long = [f for f in self.others if " " in text and f.startswith(f"{text} ") and _is_short_for(text, f)]
        return long[0] if len(long) == 1 else ""

    def party(self, text: str) -> str:
        """Return the party that a name taken for a person's is short for: "Siam Unity"; "" if there is none."""
        full = f"{text} Party"
        return full if " " in text and full in self.others else ""

    def reference(self, name: Named) -> Reference | None:
        """Return what a name refers to: its own reference, else that of a body whose initials it is."""
        return name.reference or (self.initials.get(name.text) if name.type in _BODIES else None)

    def other(self, text: str, *, place: bool = False) -> str:
        """Return the long name of an organisation that a short one stands for; else itself.

        A ``place`` is one that a firm may be named after, not a cartel or club: "Sinaloa".
        """
        if text in self.acronyms:
            return self.acronyms[text]
        fits = [full for full in self.others if _is_short_for(text, full)]
        fits = [f for f in fits if not any(g != f and _is_short_for(f, g) for g in fits)]  # "BA": British Airways (PLC)
        if not fits and " " not in text and (len(text) > _SHORT or text[1:].islower()):  # "Kansala" of Kansala Traders
            longer = [full for full in self.others if full in self.bodies and full.startswith(f"{text} ")]
            fits = [f for f in longer if not place or keyword_class(f.split()[-1]) in _FIRM_WORDS]
        return fits[0] if len(fits) == 1 else text


def _full_names(names: Iterable[Named]) -> _FullNames:
    found = _FullNames()
    for name in names:
        if name.reference is not None:
            if name.type in _BODIES and " " in name.text:
                found.initials.update(dict.fromkeys(initials_of(name.text), name.reference))
            continue
        if name.type == "schema:Person":
            text = _as_printed(name.text)
            if " " not in text:
                found.single.add(text)
            elif text not in found.persons:
                found.persons.append(text)
        elif " " in name.text and name.text not in found.others:
            found.others.append(name.text)
        if name.type in _BODIES:
            found.bodies.add(name.text)
    for name in names:
        if name.acronym:
            found.acronyms[name.acronym] = name.text
    return found


def _cluster_key(name: Named, full: _FullNames) -> str:
    """Return a key that equal entities share: the reference's, or that of the full name."""
    if (reference := full.reference(name)) is not None:
        return f"ref {reference.key}"
    if name.type == "schema:Person":
        firm = full.firm(name) or full.party(name.text) or full.with_form(name.text)
        if " " not in name.text and not words("relational_nouns").isdisjoint(name.titles):
            return f"person {name.text}"  # "his son Michael"
        told = next((g for title in name.titles if (g := gender_of_title(title))), "")
        return f"name {firm}" if firm else f"person {full.person(name.text, told)}"
    text = full.other(name.text, place=name.type in _PLACES)
    if " " not in text and name.type in _MISTAKABLE:
        person = full.person(text)
        if person != text:  # "Obama" that spaCy takes for a firm
            return f"person {person}"
    return f"name {text}"


def _same_person(short: Sequence[str], full: Sequence[str]) -> bool:
    """Tell whether two names may be one person's: same surname, and given names that do not clash.

    >>> _same_person(["Aleksandr", "Lukashenko"], ["Alexander", "Lukashenko"]), _same_person(["Xi"], ["Xi", "Jinping"])
    (True, True)
    """
    if list(short) == list(full):
        return True
    if len(short) == 1:
        return short[0] in {full[-1], full[-1].removeprefix("al-").removeprefix("el-")} or (
            short[0] in full[:-1] and (len(full[0]) <= 4 or short[0] != full[0])
        )
    if short[-1] != full[-1]:
        both = len(short) == 2 and short[0] == full[-1] and not is_given_name(short[0])  # "Rocha Moya", "Rubén Rocha"
        return both or (len(short) == 2 and list(full[:2]) == list(short))
    return _given_fits(short[0], full[0]) or list(full[-len(short) :]) == list(short)


def _given_fits(a: str, b: str) -> bool:
    """Tell whether two given names are spellings, short forms or initials of one."""
    if a.rstrip(".") == b.rstrip(".") or (min(len(a.rstrip(".")), len(b.rstrip("."))) == 1 and a[0] == b[0]):
        return True
    return a[0] == b[0] and SequenceMatcher(None, a, b).ratio() >= 0.7


def _is_short_for(short: str, full: str) -> bool:
    """Tell whether a short name of an organisation is the long one cut or abbreviated.

    >>> _is_short_for("SCO", "Shanghai Cooperation Organisation"), _is_short_for("Boeing", "Boeing Co")
    (True, True)
    """
    parts = full.split()
    if short.isupper() and short.replace(".", "").replace("-", "") in initials_of(full):
        return True
    rest = parts[len(short.split()) :]
    if not full.startswith(f"{short} "):
        return is_nickname(short, full)
    firm = all(keyword_class(p) == "schema:Corporation" for p in rest)
    return firm or (rest == ["Party"] and (" " in short or short.isupper()))
