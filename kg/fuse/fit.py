"""Whether two claims of one class and one pair of parties can tell of the same event.

Parties, matter, time and size must not contradict each other. What may still differ between reports of one event (a
figure, the day of a known exercise, one more lender) becomes a dispute, not a second event.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kg.fuse.compare import Relation, alike, comparable, compare_quantities, far_apart, gap, normal_text, similar
from kg.fuse.facts import ACT, Fact
from kg.fuse.measures import counted_text
from kg.model import Claim, EntityValue, Modality, Polarity, Quantity, Span, TextValue

__all__ = [
    "CASUALTIES",
    "GATHERINGS",
    "REACH_DAYS",
    "REACH_OF_SUMS",
    "STATES",
    "Reach",
    "about_same",
    "anchored",
    "fits",
    "guests_fit",
    "reach",
    "same_party",
    "sameness",
    "taken_up",
]

STATES = frozenset({"HoldOffice", "Employ", "Member", "Ally", "Border", "Locate", "Own"})
"""Classes that hold over time: reports of any date tell of the same state."""

GATHERINGS = frozenset({"Meet", "Visit", "Negotiate", "Exercise", "Protest"})
"""Classes that parties and day identify, whatever is talked about; what was not talked about is told apart."""

# Roles that say which matter an event is about; begin, place, count and amount may be reported differently.
_MATTER = ("theme", "topic", "content", "destination")

# What may happen again the next day: reports of other days are rival reports only of the same matter or number.
_REPEATED = frozenset({
    "Accuse", "Act", "Attack", "Coerce", "Demand", "Deploy", "Protest", "Reject", "Say", "Support", "Threaten",
})  # fmt: skip

CASUALTIES = frozenset({"Attack", "Death"})
"""Classes whose counts are of people who were killed or hurt; a toll rises as more of them are found."""

# Things and people that these are about come in numbers; a treaty or a programme does not.
_COUNTED = CASUALTIES | {"Aid", "Buy", "Deploy", "Sell", "Supply"}
_INJURING = frozenset({"hurt", "injure", "maim", "wound"})

# One party is all that there is to name: one may speak, resign, die or win without anybody else.
_ALONE = frozenset({"Birth", "Death", "Found", "HoldOffice", "Leave", "Say", "Win"})

# Of so wide a kind that one document tells of several by the same party: these are told apart by what they are about.
_WIDE = frozenset({"Accuse", "Aid", "Coerce", "Concede", "Cooperate", "Demand", "Reject", "Support", "Threaten"})

_NOWHERE = Span(0, 1)

_NOT = re.compile(r"\b(?:not|never|no|cannot|without)\b|n['\u2019]t\b", re.IGNORECASE)

# Letters and a number: a model of aircraft, missile or ship.
_MODEL = re.compile(r"\b[A-Z][A-Za-z]*-\d+[A-Za-z]*\b")

# Offices by words that stand for any.
_ANY_OFFICE = frozenset({"boss", "chief", "counterpart", "head", "leader", "ruler", "strongman"})

# An undated report tells of what happened around its publication.
_RECENT = 31
# An undated report of a known sum may look back this much further.
_BACKGROUND = 366
# Two undated reports of this many days apart tell of different events.
_SAME_NEWS = 10
# Reports of one named event may disagree on its day by this much; a yearly one is another event.
_RIVAL_DAYS = 31
# Reports of an event without a name, all written after it, by this much.
_RIVAL_REPORTS = 3
# A number this large comes twice by chance no more often than two reports err.
_MANY = 100


def fits(a: Fact, b: Fact, sides: Mapping[str, str]) -> bool:
    """Tell whether two claims of one class may tell of one event.

    Args:
        a: A claim.
        b: Another one, of the same class and, for acts, the same predicate.
        sides: The country or organisation that a person acts for, by office.
    """
    # the cheapest and most selective first
    return _times_fit(a, b) and _parties_fit(a, b, sides) and _content_fits(a, b)


def guests_fit(a: Fact, b: Fact) -> bool:
    """Tell whether two claims that each name one party of an event, or none, may both tell of it."""
    return _times_fit(a, b) and _content_fits(a, b)


def sameness(fact: Fact) -> object:
    """Return what is equal for claims that fit the same other claims of their polarity and are found by the same names.

    Reports of a state fit by what they say alone, if they name a party; of any other claim, date and document count.
    """
    claim = fact.claim
    if claim.event_type not in STATES or not any(fact.parties):
        return claim.id
    matters = tuple((role.name, _plain(role.value)) for role in claim.roles if role.name in _MATTER)
    figures = tuple(_plain(value) for values in (*fact.sums, fact.series) for value in (*values, ""))
    named = tuple(sorted((r.name, r.value.key) for r in claim.roles if isinstance(r.value, EntityValue)))
    return claim.event_type, claim.modality, named, matters, figures


def _plain(value: object) -> object:
    """Return a value without its place in the text."""
    if isinstance(value, EntityValue):
        return "entity", value.key
    if isinstance(value, TextValue):
        return "text", value.text
    return replace(value, span=_NOWHERE) if isinstance(value, Quantity) else value


def _content_fits(a: Fact, b: Fact) -> bool:
    return _amounts_fit(a, b) and _series_fit(a, b) and _moods_fit(a, b) and _matter_fits(a.claim, b.claim)


def _parties_fit(a: Fact, b: Fact, sides: Mapping[str, str]) -> bool:
    """Where both name the fillers of a role, those of one must all stand among the other's.

    Two claims without any party need a common place, or at least documents that name some of the same.
    """
    if not any(a.parties) and not any(b.parties) and a.claim.document_id != b.claim.document_id:
        return len(a.near & b.near) > 1 or _share_place(a, b)
    if not _as_much_named(a, b) or not _places_fit(a, b):
        return False
    for first, second in zip(a.parties, b.parties, strict=True):
        if first and second and first != second:
            small, large = sorted((first, second), key=len)
            if not all(any(same_party(x, y, sides) for y in large) for x in small):
                return False
    return True


def _as_much_named(a: Fact, b: Fact) -> bool:
    """Tell whether no party that matters is left out by one of them alone.

    A state is known by all its parties: who is said to be a member, without of what, is no member of anything that
    another names. Of two who only say who did it, each may tell of something else, unless they tell more.
    """
    if a.claim.event_type in STATES - {"HoldOffice"}:
        return [bool(keys) for keys in _named(a)] == [bool(keys) for keys in _named(b)]
    lone = all(len(set().union(*_named(fact))) == 1 for fact in (a, b))
    return not lone or a.claim.document_id == b.claim.document_id or anchored(a, b, alike)


def _places_fit(a: Fact, b: Fact) -> bool:
    """Tell whether one attack or protest may be meant: in two towns there were two. What is attacked holds the town."""
    if a.claim.event_type not in ("Attack", "Protest"):
        return True
    places = [{*fact.claim.entities("place")}.difference(*a.parties, *b.parties) for fact in (a, b)]
    return not all(places) or bool(places[0] & places[1])


def _named(fact: Fact) -> tuple[tuple[str, ...], ...]:
    return (*fact.parties, fact.claim.entities("place")) if fact.claim.event_type in STATES else fact.parties


def anchored(a: Fact, b: Fact, same: Callable[[str, str], bool] = similar) -> bool:
    """Tell whether a claim with one party says enough to mean an event that another document tells of.

    Whom it is done to is enough, or a day, a sum, a matter or a place of it. Who does it alone is not: "Kenyan support"
    may be anything that Kenya does for anybody.

    Args:
        a: A claim with one party.
        b: A claim of the event.
        same: Tells whether two texts name one matter.
    """
    kind, recipients = a.claim.event_type, a.parties[1]
    if kind in GATHERINGS or kind in _ALONE or (recipients and recipients == b.parties[1]) or _share_place(a, b):
        return True
    first, second = a.interval, b.interval
    same_time = bool(first and second and gap(first, second) == 0)
    return same_time or _share_sum(a, b) or _share_matter(a.claim, b.claim, same)


def taken_up(a: Fact, b: Fact) -> bool:
    """Tell whether a claim with one party may take up an event that its own document tells of ("the loan will …")."""
    return a.claim.event_type not in _WIDE or a.claim.predicate == b.claim.predicate or anchored(a, b)


def same_party(first: str, second: str, sides: Mapping[str, str]) -> bool:
    """Tell whether two keys may stand for one party: equal, or a person and the country it acts for."""
    return first == second or sides.get(first) == second or sides.get(second) == first


def _moods_fit(a: Fact, b: Fact) -> bool:
    """Tell whether polarity and modality allow one event.

    What is wished for is no report of what happens. Plan and deed need something that links them, and so do denial and
    assertion: else each loan would be the one that was promised, and each agreement the one that was not reached.
    """
    first, second = a.claim, b.claim
    if (first.modality is Modality.DESIRED) is not (second.modality is Modality.DESIRED):
        return False
    if (first.modality is Modality.ACTUAL) is not (second.modality is Modality.ACTUAL) and not _linked(a, b):
        return False
    return first.polarity is second.polarity or _denies(a, b)


def _linked(a: Fact, b: Fact) -> bool:
    """Tell whether two claims share a day, a sum or a matter, or are of a class that needs no more."""
    first, second = a.interval, b.interval
    if a.claim.event_type in GATHERINGS or (first and second and gap(first, second) == 0):
        return True
    sums = [(x, y) for xs, ys in zip(a.sums, b.sums, strict=True) for x in xs for y in ys]
    return _share_matter(a.claim, b.claim) or any(comparable(x, y) for x, y in sums)


def _denies(a: Fact, b: Fact) -> bool:
    """Tell whether one claim denies the other: the same matter in nearly the same words, or no matter named by either.

    Who did not meet did not meet over anything, but who did not talk about something has not denied that there were
    talks. Where nobody is named, an event is known by its place. Without a matter it takes somebody else, since nobody
    takes back what he says.
    """
    if not any(a.parties) and not any(b.parties):
        return _share_place(a, b) and a.claim.event_type not in GATHERINGS
    matters = [fact for fact in (a, b) if _matters(fact.claim)]
    gathered = a.claim.event_type in GATHERINGS and not any(f.claim.polarity is Polarity.NEGATED for f in matters)
    if matters and not gathered:
        return any(_same_matter(x, y, alike) for x in _matters(a.claim) for y in _matters(b.claim))
    speakers = [(fact.claim.document_id, fact.claim.attributed_to) for fact in (a, b)]
    denial = a if a.claim.polarity is Polarity.NEGATED else b
    return speakers[0] != speakers[1] and denial.claim.event_type != "Negotiate"


def about_same(a: Fact, b: Fact) -> bool:
    """Tell whether two claims name one matter in nearly the same words, or one sum."""
    return _share_sum(a, b) or any(_same_matter(x, y, alike) for x in _matters(a.claim) for y in _matters(b.claim))


def _about_the_same(a: Fact, b: Fact) -> bool:
    """Tell whether two claims name one matter, or count exactly as many."""
    counts = [{q.value for q in fact.claim.values("count") if isinstance(q, Quantity)} - {None} for fact in (a, b)]
    return about_same(a, b) or any(number is not None and number >= _MANY for number in counts[0] & counts[1])


def _share_sum(a: Fact, b: Fact) -> bool:
    sums = ((x, y) for xs, ys in zip(a.sums, b.sums, strict=True) for x in xs for y in ys)
    return any(compare_quantities(x, y) is Relation.SAME for x, y in sums)


def _share_place(a: Fact, b: Fact) -> bool:
    return not {*a.claim.entities("place")}.isdisjoint(b.claim.entities("place"))


def _share_matter(a: Claim, b: Claim, same: Callable[[str, str], bool] = similar) -> bool:
    return any(_same_matter(x, y, same) for x in _matters(a) for y in _matters(b))


def _matters(claim: Claim) -> list[EntityValue | TextValue]:
    return [r.value for r in claim.roles if r.name in _MATTER and isinstance(r.value, EntityValue | TextValue)]


def _matter_fits(a: Claim, b: Claim) -> bool:
    if a.event_type in GATHERINGS - {"Protest"} and Polarity.AFFIRMED in (a.polarity, b.polarity):
        return _entities_fit(a.entities("theme"), b.entities("theme"))
    if a.event_type == "Say" and _contents(a) != _contents(b):
        return False
    if a.event_type == "HoldOffice" and any(_words(v) in _ANY_OFFICE for c in (a, b) for v in c.values("theme")):
        return True
    if a.event_type in _COUNTED and _as_counted(a, b):
        return True
    return all(_role_fits(a.values(role), b.values(role)) for role in _MATTER)


def _as_counted(a: Claim, b: Claim) -> bool:
    """Tell whether two claims count the same things, as many or nearly: "12 helicopters", "14 helicopters".

    Of casualties one report may know of many more; but the dead are not the injured.
    """
    if a.event_type in CASUALTIES and (a.predicate in _INJURING) is not (b.predicate in _INJURING):
        return False
    pairs = [
        (x, y)
        for v in a.values("theme")
        for w in b.values("theme")
        if isinstance(v, TextValue) and isinstance(w, TextValue)
        if (x := counted_text(v.text)) and (y := counted_text(w.text))
    ]
    return any(
        _same_words(what, other, similar) and (a.event_type in CASUALTIES or not far_apart(number, rival))
        for (number, what), (rival, other) in pairs
    )


def _contents(claim: Claim) -> set[bool]:
    """Return for each content whether it denies: who says that it will close has not said that it will not."""
    return {bool(_NOT.search(_words(value))) for value in claim.values("content")}


def _entities_fit(first: Sequence[str], second: Sequence[str]) -> bool:
    return not first or not second or any(_same_thing(x, y) for x in first for y in second)


def _role_fits(first: Sequence[object], second: Sequence[object]) -> bool:
    """Two reports that both name the matter must have one in common."""
    pairs = [(x, y) for x in first for y in second]
    return not pairs or any(_same_matter(x, y) for x, y in pairs)


def _same_matter(first: object, second: object, same: Callable[[str, str], bool] = similar) -> bool:
    if isinstance(first, EntityValue) and isinstance(second, EntityValue):
        return _same_thing(first.key, second.key)
    a, b = (_words(value) for value in (first, second))
    return _same_words(a, b, same)


def _same_words(a: str, b: str, same: Callable[[str, str], bool]) -> bool:
    return normal_text(a) == normal_text(b) or same(a, b) or _same_model(a, b)


def _same_model(first: str, second: str) -> bool:
    """Tell whether two texts name one model, or its variant: "Su-30", "Su-30SM fighter jets"."""
    return any(_same_thing(x, y) for x in _MODEL.findall(first) for y in _MODEL.findall(second))


def _words(value: object) -> str:
    if isinstance(value, TextValue):
        return value.text
    return value.key.replace("_", " ") if isinstance(value, EntityValue) else ""


def _same_thing(first: str, second: str) -> bool:
    """Equal, or a designation and its variant: Su-30 and Su-30SM."""
    short, long = sorted((first.partition("_")[0], second.partition("_")[0]), key=len)
    return first == second or (short[-1:].isdigit() and long.startswith(short) and long[len(short) :].isalpha())


def _amounts_fit(a: Fact, b: Fact) -> bool:
    for first, second in zip(a.sums, b.sums, strict=True):
        if first and second and all(far_apart(x, y) for x in first for y in second):
            return False
    return True


def _series_fit(a: Fact, b: Fact) -> bool:
    """Six meetings are not one of them, and a report that counts as many tells of the same six."""
    pairs = [(x, y) for x in a.series for y in b.series]
    if pairs:
        return any(compare_quantities(x, y) is Relation.SAME or x.value == y.value for x, y in pairs)
    return not a.series and not b.series


def _times_fit(a: Fact, b: Fact) -> bool:
    if a.claim.event_type in STATES:
        return True
    published = abs((a.published - b.published).days)
    if a.series and b.series:
        # reports may disagree on since when they count
        return published <= _RECENT
    first, second = a.interval, b.interval
    if first and second:
        days = gap(first, second)
        near = days <= _RIVAL_DAYS and _share_named_matter(a.claim, b.claim)
        return days == 0 or near or (days <= _RIVAL_REPORTS and _rival_reports(a, b))
    if not first and not second:
        return published <= _SAME_NEWS or _share_named_matter(a.claim, b.claim)
    days = gap(first or _around(a), second or _around(b))
    return days == 0 or _share_named_matter(a.claim, b.claim) or (days < _BACKGROUND and _share_sum(a, b))


def _rival_reports(a: Fact, b: Fact) -> bool:
    """Tell whether two documents may disagree on the day of one event: each was written after both days."""
    if a.claim.document_id == b.claim.document_id or not (a.latest and b.latest):
        return False
    if a.claim.event_type in _REPEATED and not _about_the_same(a, b):
        return False
    if max((fact.latest - fact.earliest).days for fact in (a, b) if fact.latest and fact.earliest) > _RIVAL_REPORTS:
        return False
    written = min(a.published, b.published)
    close = abs((a.published - b.published).days) <= _SAME_NEWS
    return close and max(a.latest, b.latest) <= written


def _around(fact: Fact) -> tuple[date, date]:
    days = timedelta(days=_RECENT)
    return fact.published - days, fact.published + days


def _share_named_matter(a: Claim, b: Claim) -> bool:
    """Tell whether both name the same treaty, exercise or product, which then identifies the event."""
    if a.event_type == ACT:
        return False
    return any(_same_thing(x, y) for role in ("theme", "topic") for x in a.entities(role) for y in b.entities(role))


# ------------------------------------------------------------------ what is too far away to fit

REACH_DAYS = _RIVAL_DAYS
"""Claims whose :class:`Reach` lies further apart than this, in days, fit only by a sum or a thing that both name."""

REACH_OF_SUMS = _BACKGROUND
"""Claims that name sums fit up to this many days."""


@dataclass(frozen=True, slots=True)
class Reach:
    """When something may have happened, as ordinal days, and by what it may be known at other times.

    Claims out of each other's reach never fit; so candidates are found by an index, and the others are not read.
    """

    first: int
    last: int
    sums: bool
    things: bool


def reach(facts: Iterable[Fact]) -> Reach:
    """Return what a claim must reach to fit all of some claims of one class."""
    each = [_reach(fact) for fact in facts]
    return Reach(
        first=max(one.first for one in each),
        last=min(one.last for one in each),
        sums=any(one.sums for one in each),
        things=any(one.things for one in each),
    )


def _reach(fact: Fact) -> Reach:
    claim, around = fact.claim, _around(fact)
    first, last = fact.interval or around
    if fact.series:
        first, last = min(first, around[0]), max(last, around[1])
    named = claim.event_type != ACT and any(claim.entities(role) for role in ("theme", "topic"))
    return Reach(
        first=first.toordinal(),
        last=last.toordinal(),
        sums=any(fact.sums),
        things=named or claim.event_type in STATES,
    )
