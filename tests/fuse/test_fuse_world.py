"""Properties of fusing that hold for any claims."""

from datetime import date
from decimal import Decimal

from graph_records import PERSON, Article, world_lines
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.config import Settings
from kg.fuse import fuse
from kg.fuse.sources import Record
from kg.lexicon import load_lexicon
from kg.model import Modality, Polarity

COUNTRIES = ("Kenya", "Peru", "Norway", "Ghana")
PEOPLE = ("Ada_Mwangi", "Mwangi_person", "Sergei_Orlov", "Sergey_Orlov")
TEXT = "Kenya Peru Norway Ghana Ada Mwangi Sergei Orlov Sergey Orlov met lent $5m $6m $20m on Monday in March over fish and tariffs"

claims = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["Meet", "Lend", "Agree", "HoldOffice", "Act", "Say", "Border"]),
        "who": st.lists(st.sampled_from(COUNTRIES + PEOPLE), max_size=3, unique=True),
        "whom": st.lists(st.sampled_from(COUNTRIES), max_size=2, unique=True),
        "when": st.sampled_from([None, ("on Monday", "2023-03-13"), ("in March", "2023-03"), ("in March", "2022-03")]),
        "amount": st.sampled_from([None, ("$5m", "5000000"), ("$6m", "6000000"), ("$20m", "20000000")]),
        "topic": st.sampled_from([None, "fish", "tariffs", "fish and tariffs"]),
        "polarity": st.sampled_from(list(Polarity)),
        "modality": st.sampled_from(list(Modality)),
        "confidence": st.sampled_from(["0.2", "0.5", "0.9"]),
        "speaker": st.sampled_from([(), ("Peru",)]),
    }
)
documents = st.lists(st.tuples(st.integers(1, 28), st.lists(claims, max_size=4)), min_size=1, max_size=5)


def build(number, day, drafts):
    made = Article(TEXT, path=f"{number}.txt", published=date(2023, 3, day), publisher=f"Paper {number % 3}")
    for name in COUNTRIES:
        made.name(name)
    for key in PEOPLE:
        made.name(key, kind=PERSON)
    for draft in drafts:
        parties = (
            made.who("participant", *draft["who"])
            if draft["kind"] in ("Meet", "Agree", "Border")
            else made.who("agent", *draft["who"]) + made.who("recipient", *draft["whom"])
        )
        roles = list(parties)
        if draft["when"]:
            roles.append(made.when("begin", *draft["when"]))
        if draft["amount"]:
            roles.append(made.money("amount", *draft["amount"]))
        if draft["topic"]:
            roles.append(made.words("content" if draft["kind"] == "Say" else "topic", draft["topic"]))
        more = {name: draft[name] for name in ("polarity", "modality", "confidence")}
        made.claim(draft["kind"], "met", *roles, predicate="meet", attributed_to=draft["speaker"], **more)
    unique = {claim.id: claim for claim in made.claims}
    made.claims = list(unique.values())
    return Record(*made.record())


def records(drafted):
    return [build(number, day, drafts) for number, (day, drafts) in enumerate(drafted)]


def world(sources, threshold="0.5"):
    return fuse(sources, lexicon=load_lexicon(), settings=Settings(threshold=Decimal(threshold)))


@settings(max_examples=150, deadline=None)
@given(documents, st.randoms(use_true_random=False))
def test_order_of_documents_does_not_matter(drafted, random):
    sources = records(drafted)
    before = world(sources)
    random.shuffle(sources)
    assert world(sources) == before


@settings(max_examples=150, deadline=None)
@given(documents)
def test_every_claim_tells_of_one_event_and_every_name_is_known(drafted):
    sources = records(drafted)
    found = world(sources)
    ids = sorted(claim.id for source in sources for claim in source.annotation.claims)
    assert sorted(claim for event in found.events for claim in event.claims) == ids
    assert len({event.id for event in found.events}) == len(found.events)
    known = {entity.key for entity in found.entities}
    canonical = {entity.key for entity in found.entities if entity.same_as_key is None}
    assert {entity.same_as_key for entity in found.entities} - {None} <= canonical
    assert {key for s in found.statements for key in (s.subject, s.object)} <= canonical <= known
    events = {event.id for event in found.events}
    assert {dispute.event for dispute in found.disputes} <= events
    assert {event.id for event in found.events if event.disputed} == {dispute.event for dispute in found.disputes}
    assert all(len(dispute.claims) > 1 for dispute in found.disputes)


@settings(max_examples=150, deadline=None)
@given(documents, st.sampled_from(["0.3", "0.5", "0.95"]))
def test_nothing_else_leaks_into_direct_triples(drafted, threshold):
    """A claim that is negated, possible, desired or unsure asserts nothing, in whatever company it is."""
    sources = records(drafted)
    claims = {claim.id: claim for source in sources for claim in source.annotation.claims}
    for statement in world(sources, threshold).statements:
        assert statement.supported_by
        for claim in (claims[key] for key in statement.supported_by):
            assert claim.polarity is Polarity.AFFIRMED
            assert claim.modality in (Modality.ACTUAL, Modality.PLANNED)
            assert claim.confidence >= Decimal(threshold)
        assert all(claims[key].polarity is Polarity.NEGATED for key in statement.denied_by)
        assert statement.attributed_only == all(claims[key].attributed_to for key in statement.supported_by)


@settings(max_examples=60, deadline=None)
@given(documents)
def test_symmetric_triples_stand_in_both_directions(drafted):
    found = {(s.subject, s.predicate, s.object) for s in world(records(drafted)).statements}
    for subject, predicate, thing in found:
        if predicate.endswith(("meets", "agreesWith", "borders")):
            assert (thing, predicate, subject) in found


@settings(max_examples=60, deadline=None)
@given(documents)
def test_no_line_of_the_world_comes_twice(drafted):
    lines = world_lines(world(records(drafted)), Settings(), load_lexicon())
    assert len(lines) == len(set(lines))
