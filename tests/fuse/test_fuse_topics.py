"""Four articles on one subject, through the pipeline into fusing: who agrees, who differs, what are two things."""

import tomllib
from pathlib import Path

import pytest

from kg.config import Settings
from kg.fuse import fuse
from kg.fuse.sources import Record
from kg.lexicon import load_lexicon
from kg.model import Document, DurationValue, EntityValue, Quantity, TextValue, TimeValue
from kg.read import read_sources
from kg.worker import load_annotator

pytestmark = pytest.mark.model

TOPICS = Path(__file__).parents[1] / "data/topics"
FACTS = {path.name: tomllib.loads((path / "facts.toml").read_text("utf-8")) for path in sorted(TOPICS.iterdir())}
CASES = [
    (topic, kind, number)
    for topic, facts in FACTS.items()
    for kind in ("same", "apart")
    for number in range(len(facts[kind]))
]


class Topic:
    """The world of a topic's articles, with a way to find claims by who says what in which words."""

    def __init__(self, folder, annotate):
        self.documents = {d.id: d for d in read_sources([folder]) if isinstance(d, Document)}
        found = list(annotate(list(self.documents.values())))
        self.world = fuse([Record(d, a) for d, a in found], lexicon=load_lexicon(), settings=Settings())
        self.claims = [claim for _, annotation in found for claim in annotation.claims]
        self.event_of = dict(self.world.claim_events())
        self.events = {event.id: event for event in self.world.events}
        self.labels = {entity.key: entity.label for entity in self.world.entities}

    def publisher(self, claim_id):
        return next(self.documents[c.document_id].publisher for c in self.claims if c.id == claim_id)

    def events_told(self, line):
        """Return the events of the claims that "publisher | class | words" describes; there must be one at least."""
        publisher, kind, words = line.split(" | ")
        found = {
            self.event_of[c.id]
            for c in self.claims
            if c.event_type == kind
            and self.documents[c.document_id].publisher == publisher
            and words in " ".join(self.documents[c.document_id].quote(c.evidence).split())
        }
        assert found, f"no claim: {line}; there are {sorted({c.event_type for c in self.claims})}"
        return found

    def words(self, value):
        if isinstance(value, EntityValue):
            return self.labels[value.key]
        if isinstance(value, TextValue):
            return value.text
        if isinstance(value, Quantity):
            number = (
                value.value
                if value.value is not None
                else f"≤{value.maximum}"
                if value.maximum
                else f"≥{value.minimum}"
            )
            return f"{number} {value.unit}" if value.unit else str(number)
        assert isinstance(value, TimeValue | DurationValue)
        return value.lexical


@pytest.fixture(scope="module")
def topics():
    annotate = load_annotator(Settings())
    return {name: Topic(TOPICS / name, annotate) for name in FACTS}


def test_every_fact_is_asked():
    assert {topic: {kind: len(facts[kind]) for kind in ("same", "apart")} for topic, facts in FACTS.items()} == {
        "quake": {"same": 11, "apart": 5},
        "railway": {"same": 7, "apart": 3},
    }


@pytest.mark.parametrize(("name", "kind", "number"), CASES)
def test_claims_share_an_event_or_not(topics, name, kind, number):
    topic, fact = topics[name], FACTS[name][kind][number]
    told = [topic.events_told(line) for line in fact["claims"]]
    if kind == "apart":
        assert not set.intersection(*told)
        return
    (event_id,) = set.intersection(*told)
    event = topic.events[event_id]
    assert event.source_count == fact["sources"]
    assert event.polarity == fact.get("polarity", "affirmed")
    assert event.modality == fact.get("modality", event.modality)
    for role, expected in fact.get("roles", {}).items():
        assert sorted(topic.words(r.value) for _, _, r in event.roles if r.name == role) == expected
    disputes = [d for d in topic.world.disputes if d.event == event_id]
    assert not (fact.get("undisputed") and disputes)
    if expected := fact.get("dispute"):
        (dispute,) = [d for d in disputes if d.role == expected["role"]]
        assert dispute.kind == expected["kind"]
        assert sorted(topic.words(r.value) for _, _, r in dispute.values) == sorted(expected["values"])
        assert sorted({topic.publisher(claim) for claim in dispute.claims}) == expected["publishers"]


@pytest.mark.parametrize("name", FACTS)
def test_direct_triples(topics, name):
    found = {f"{s.subject} {s.predicate.rpartition('#')[2]} {s.object}" for s in topics[name].world.statements}
    triples = FACTS[name]["triples"]
    assert set(triples["stand"]) <= found
    assert not set(triples["fall"]) & found
