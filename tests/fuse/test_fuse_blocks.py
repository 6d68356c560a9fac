"""Clustering a block asks few pairs of claims, and finds what asking all of them would find."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from random_documents import random_record

from kg.fuse.blocks import cluster_block, precision, seat_guests
from kg.fuse.facts import facts_of, reading_order
from kg.fuse.fit import fits, guests_fit, sameness
from kg.fuse.when import REACH_DAYS, REACH_OF_SUMS, reach

SIDES = {"Ada_Mwangi": "Kenya", "Sergei_Orlov": "Peru"}


def random_facts(seed):
    rng = Random(seed)  # noqa: S311 (repeatable)
    kind = rng.choice(("HoldOffice", "Border", "Meet", "Say", "Lend", "Act", "Exercise"))
    records = [random_record(rng, number) for number in range(40)]
    facts = (
        fact
        for record in records
        for fact in facts_of(
            record.annotation, record.document.published, canonical={}, source=record.document.id, media=frozenset()
        )
    )
    return [fact for fact in facts if fact.claim.event_type == kind]


def in_order(facts):
    return sorted(facts, key=lambda f: (precision(f), f.earliest or f.published, *reading_order(f)))


def asked_one_by_one(facts):
    events = []
    for fact in in_order(facts):
        home = next((event for event in events if all(fits(fact, other, SIDES) for other in event)), None)
        if home is None:
            events.append([fact])
        else:
            home.append(fact)
    return events


@settings(max_examples=40)
@given(st.integers(0, 2**32))
def test_events_are_those_of_asking_every_pair(seed):
    facts = random_facts(seed)
    assert cluster_block(facts, SIDES) == asked_one_by_one(facts)


@settings(max_examples=20)
@given(st.integers(0, 2**32))
def test_guests_are_those_of_asking_every_pair(seed):
    facts = random_facts(seed)
    seated, left = [], []
    for fact in in_order(facts):
        (seated if all(guests_fit(fact, other) for other in seated) else left).append(fact)
    assert seat_guests(facts) == (seated, left)


@settings(max_examples=20)
@given(st.integers(0, 2**32))
def test_claims_out_of_reach_never_fit(seed):
    facts = random_facts(seed)
    for fact in facts:
        for other in facts:
            a, b = reach([fact]), reach([other])
            days = max(0, b.first - a.last, a.first - b.last)
            within = days <= (REACH_OF_SUMS if a.sums and b.sums else REACH_DAYS) or (a.things and b.things)
            assert within or not fits(fact, other, SIDES)


@settings(max_examples=20)
@given(st.integers(0, 2**32))
def test_claims_that_say_the_same_fit_the_same(seed):
    facts = random_facts(seed)
    alike = {}
    for fact in facts:
        alike.setdefault((sameness(fact), fact.claim.polarity), []).append(fact)
    for group in alike.values():
        for other in facts:
            if other.claim.polarity is group[0].claim.polarity:
                assert len({fits(fact, other, SIDES) for fact in group if fact is not other}) <= 1
