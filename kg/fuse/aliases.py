"""Find entity keys that mean the same entity. A false merge is worse than a miss: every merge needs a reason.

Four reasons are good enough: one linked identifier, two spellings of a full name with or without titles, a bare
surname or an acronym that only one full name of the corpus explains, and an organisation's name with and without
article or legal form.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from kg.fuse.components import Components
from kg.fuse.names import acronym, bare_name, bare_person, fold, legal_form, person_keys, same_person_name
from kg.fuse.told import NOTHING_TOLD, Told
from kg.model import Family

__all__ = ["Name", "find_aliases", "traits"]


@dataclass(frozen=True, slots=True)
class Name:
    """What merging looks at: label, family, linked identifiers and number of mentions; whether it is an outlet."""

    label: str
    family: Family
    same_as: tuple[str, ...]
    mentions: int
    is_media: bool = False

    @property
    def bare(self) -> str:
        """The label, of a person without titles."""
        return bare_person(self.label) if self.family is Family.PERSON else self.label


@dataclass(frozen=True, slots=True, order=True)
class _Merge:
    first: str
    second: str
    reason: str


def traits(name: Name) -> tuple[str, ...]:
    """Return what a name must share with another one for the two to be compared at all.

    Names that are joined by traits, directly or through others, are found by an index, and what becomes of them depends
    on nobody else. The largest such groups are all persons of one surname.
    """
    found = [f"link {link}" for link in name.same_as]
    full = " " in name.bare
    if name.family is Family.PERSON:
        found.append(f"surname {_surname(name.bare) if full else fold(name.bare)}")
        found += [f"spelt {key}" for key in sorted(set(person_keys(name.bare)))] if full else []
    elif name.family is Family.OTHER:
        initials = _initials(name.label) if full else name.label
        bare = bare_name(name.label)
        found += [f"initials {initials}"] if initials else []
        found += [f"bare {bare}"] if bare else []
    return tuple(found)


def find_aliases(names: Mapping[str, Name], told: Told = NOTHING_TOLD) -> dict[str, tuple[str, str]]:
    """Return alias to (canonical key, reason).

    What people ``told`` wins over everything. The canonical one of a group is linked rather than not, has a full name
    rather than a single word, and no title, is mentioned most, and comes first in the alphabet.

    Args:
        names: By key; with each name all those that share a trait with it (:func:`traits`) or that people tied to it.
        told: What people said of keys, these or others.
    """
    merger = _Merger(names, told.apart)
    merger.apply((_Merge(*merge) for merge in told.same if merge[0] in names), forced=True)
    for find in (_same_identifier, _same_spelling, _same_organization):
        merger.apply(find(names))
    # surnames and acronyms need to know which full names are one and the same
    merger.apply(_explained(names, merger.groups, Family.PERSON, _surname, "full name with this surname"))
    merger.apply(_explained(names, merger.groups, Family.OTHER, _initials, "name with these initials"))
    return merger.aliases()


class _Merger:
    """Joins keys whose families and identifiers do not contradict each other."""

    def __init__(self, names: Mapping[str, Name], apart: Mapping[frozenset[str], str]) -> None:
        self.names = names
        self.apart = apart
        self.groups = Components()
        self.reasons: dict[str, list[_Merge]] = defaultdict(list)

    def apply(self, merges: Iterable[_Merge], *, forced: bool = False) -> None:
        for merge in sorted(merges):
            if self._may_join(merge.first, merge.second) and (forced or self._agree(merge.first, merge.second)):
                self.groups.join(merge.first, merge.second)
                self.reasons[merge.first].append(merge)
                self.reasons[merge.second].append(merge)

    def _may_join(self, first: str, second: str) -> bool:
        if self.groups.together(first, second):
            return False
        a, b = self.groups.members(first), self.groups.members(second)
        return not self.apart or all(frozenset((x, y)) not in self.apart for x in a for y in b)

    def _agree(self, first: str, second: str) -> bool:
        a, b = self.groups.members(first), self.groups.members(second)
        if {self.names[key].family for key in a} != {self.names[key].family for key in b}:
            return False
        links_a, links_b = (_wikidata(self.names[key] for key in group) for group in (a, b))
        return not links_a or not links_b or bool(links_a & links_b)

    def aliases(self) -> dict[str, tuple[str, str]]:
        out = {}
        for group in self.groups.groups():
            canonical = min(group, key=self._rank)
            for key in group:
                if key != canonical:
                    out[key] = canonical, min(self.reasons[key]).reason
        return out

    def _rank(self, key: str) -> tuple[bool, bool, bool, int, str]:
        name = self.names[key]
        return not name.same_as, " " not in name.bare, name.bare != name.label, -name.mentions, key


def _wikidata(names: Iterable[Name]) -> set[str]:
    return {link for name in names for link in name.same_as if "wikidata" in link}


def _same_identifier(names: Mapping[str, Name]) -> Iterator[_Merge]:
    linked: dict[str, list[str]] = defaultdict(list)
    for key in sorted(names):
        for link in names[key].same_as:
            linked[link].append(key)
    for link, keys in linked.items():
        yield from (_Merge(keys[0], key, f"both are linked to {link}") for key in keys[1:])


def _same_spelling(names: Mapping[str, Name]) -> Iterator[_Merge]:
    """Yield full names of persons that are spellings of each other."""
    groups: dict[str, list[str]] = defaultdict(list)
    for key in _keys(names, Family.PERSON, full=True):
        for spelt in set(person_keys(names[key].bare)):
            groups[spelt].append(key)
    pairs = {pair for keys in groups.values() for pair in combinations(keys, 2)}
    for first, second in sorted(pairs):
        a, b = names[first], names[second]
        if same_person_name(a.bare, b.bare):
            same = fold(a.bare) == fold(b.bare) and a.bare + b.bare != a.label + b.label
            reason = "differ only in a title" if same else "are spellings of one name"
            yield _Merge(first, second, f"{a.label} and {b.label} {reason}")


def _same_organization(names: Mapping[str, Name]) -> Iterator[_Merge]:
    groups: dict[str, list[str]] = defaultdict(list)
    for key, name in sorted(names.items()):
        if name.family is Family.OTHER:
            groups[bare_name(name.label)].append(key)
    for bare, keys in groups.items():
        # of a company and its namesake of another legal form nobody can tell which one the bare name means
        forms = {form for key in keys if (form := legal_form(names[key].label))} if bare else set()
        for first, second in combinations(keys, 2) if bare else ():
            a, b = names[first].label, names[second].label
            if legal_form(a) == legal_form(b) or len(forms) == 1:
                yield _Merge(first, second, f"{a} and {b} differ only in article, case, accents or legal form")


def _explained(
    names: Mapping[str, Name],
    groups: Components,
    family: Family,
    short_form: Callable[[str], str | None],
    reason: str,
) -> Iterator[_Merge]:
    """Yield single-word names that exactly one full name of the corpus explains.

    Who tells a story is not who does something in it: "AFP", the agency, is not the Armed Forces of the Philippines.
    """
    full: dict[str, list[str]] = defaultdict(list)
    for key in _keys(names, family, full=True):
        short = short_form(names[key].bare)
        if short:
            full[short].append(key)
    for key in _keys(names, family, full=False):
        label = names[key].bare
        found = full.get(label if family is Family.OTHER else fold(label), ())
        candidates = [candidate for candidate in found if names[candidate].is_media is names[key].is_media]
        if candidates and all(groups.together(candidates[0], candidate) for candidate in candidates):
            best = min(candidates, key=lambda candidate: (-names[candidate].mentions, candidate))
            yield _Merge(best, key, f"{names[best].label} is the only {reason} in the corpus")


def _initials(name: str) -> str | None:
    """Return initials long enough not to stand for many names."""
    found = acronym(name)
    return found if found and len(found) > 2 else None


def _surname(name: str) -> str | None:
    return fold(name).rpartition(" ")[2]


def _keys(names: Mapping[str, Name], family: Family, *, full: bool) -> list[str]:
    """Return the keys of a family whose label has two or more words, or one."""
    return [key for key in sorted(names) if names[key].family is family and (" " in names[key].bare) is full]
