"""Whether two claims of one class and one pair of parties can tell of the same event.

Parties, matter, time and size must not contradict each other. What may still differ between reports of one event (a
figure, the day of a known exercise, one more lender) becomes a dispute, not a second event.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from kg.fuse.compare import Relation, alike, comparable, compare_quantities, far_apart, gap, similar
from kg.fuse.facts import Fact
from kg.fuse.kinds import GATHERINGS, STATES
from kg.fuse.matter import MATTER_ROLES, matter_fits, matters, same_matter, share_matter, share_place, share_sum
from kg.fuse.when import times_fit
from kg.model import EntityValue, Modality, Polarity, Quantity, Span, TextValue

__all__ = [
    "anchored",
    "fits",
    "guests_fit",
    "same_party",
    "sameness",
    "taken_up",
]

# One party is all that there is to name: one may speak, resign, die or win without anybody else.
_ALONE = frozenset({"Birth", "Death", "Found", "HoldOffice", "Leave", "Say", "Win"})

# Of so wide a kind that one document tells of several by the same party: these are told apart by what they are about.
_WIDE = frozenset({"Accuse", "Aid", "Coerce", "Concede", "Cooperate", "Demand", "Reject", "Support", "Threaten"})

_NOWHERE = Span(0, 1)


def fits(a: Fact, b: Fact, sides: Mapping[str, str]) -> bool:
    """Tell whether two claims of one class may tell of one event.

    Args:
        a: A claim.
        b: Another one, of the same class and, for acts, the same predicate.
        sides: The country or organisation that a person acts for, by office.
    """
    # the cheapest and most selective first
    return times_fit(a, b) and _parties_fit(a, b, sides) and _content_fits(a, b)


def guests_fit(a: Fact, b: Fact) -> bool:
    """Tell whether two claims that each name one party of an event, or none, may both tell of it."""
    return times_fit(a, b) and _content_fits(a, b)


def sameness(fact: Fact) -> object:
    """Return what is equal for claims that fit the same other claims of their polarity and are found by the same names.

    Reports of a state fit by what they say alone, if they name a party; of any other claim, date and document count.
    """
    claim = fact.claim
    if claim.event_type not in STATES or not any(fact.parties):
        return claim.id
    matters = tuple((role.name, _plain(role.value)) for role in claim.roles if role.name in MATTER_ROLES)
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
    return _amounts_fit(a, b) and _series_fit(a, b) and _moods_fit(a, b) and matter_fits(a.claim, b.claim)


def _parties_fit(a: Fact, b: Fact, sides: Mapping[str, str]) -> bool:
    """Where both name the fillers of a role, those of one must all stand among the other's.

    Two claims without any party need a common place, or at least documents that name some of the same.
    """
    if not any(a.parties) and not any(b.parties) and a.claim.document_id != b.claim.document_id:
        return len(a.near & b.near) > 1 or share_place(a, b)
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
    if kind in GATHERINGS or kind in _ALONE or (recipients and recipients == b.parties[1]) or share_place(a, b):
        return True
    first, second = a.interval, b.interval
    same_time = bool(first and second and gap(first, second) == 0)
    return same_time or share_sum(a, b) or share_matter(a.claim, b.claim, same)


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
    return share_matter(a.claim, b.claim) or any(comparable(x, y) for x, y in sums)


def _denies(a: Fact, b: Fact) -> bool:
    """Tell whether one claim denies the other: the same matter in nearly the same words, or no matter named by either.

    Who did not meet did not meet over anything, but who did not talk about something has not denied that there were
    talks. Where nobody is named, an event is known by its place. Without a matter it takes somebody else, since nobody
    takes back what he says.
    """
    if not any(a.parties) and not any(b.parties):
        return share_place(a, b) and a.claim.event_type not in GATHERINGS
    about = [fact for fact in (a, b) if matters(fact.claim)]
    gathered = a.claim.event_type in GATHERINGS and not any(f.claim.polarity is Polarity.NEGATED for f in about)
    if about and not gathered:
        return any(same_matter(x, y, alike) for x in matters(a.claim) for y in matters(b.claim))
    speakers = [(fact.claim.document_id, fact.claim.attributed_to) for fact in (a, b)]
    denial = a if a.claim.polarity is Polarity.NEGATED else b
    return speakers[0] != speakers[1] and denial.claim.event_type != "Negotiate"


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
