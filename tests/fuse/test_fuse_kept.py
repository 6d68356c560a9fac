"""What fusing keeps between builds: after any changes it is what the documents that are left would give at once."""

import sqlite3
from random import Random

import pytest
from graph_records import PERSON, Article
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from random_documents import RULES, random_record

from kg.config import Settings
from kg.corrections import Review, ReviewVerdict, reviewed
from kg.fuse import Fuser, fuse
from kg.fuse.sources import Record
from kg.lexicon import load_lexicon

LEXICON = load_lexicon()


class Told:
    """What a fuser told, applied to what it told before."""

    def __init__(self):
        self.events, self.statements, self.entities, self.lineages = {}, {}, {}, {}

    def follow(self, fuser):
        for name in fuser.gone_events():
            del self.events[name]
        for event, disputes in fuser.events():
            assert event.id not in self.events
            self.events[event.id] = event, disputes
        for held, told in (
            (self.statements, fuser.statements()),
            (self.entities, fuser.entities()),
            (self.lineages, fuser.lineages()),
        ):
            for key, known, record in told:
                assert (held.pop(key, None) is not None) == known
                if record:
                    held[key] = record
        return self


class Newsroom:
    """Documents, reviews and rules that come and go, and the fuser that follows them."""

    def __init__(self):
        self.records, self.reviews, self.rules = {}, {}, ()
        self.fuser, self.told = self.make(), Told()

    def make(self):
        database = sqlite3.connect(":memory:", isolation_level=None)
        return Fuser(database, self.annotation, lexicon=LEXICON, settings=Settings())

    def annotation(self, document):
        return reviewed(self.records[document].annotation, {c: review for c, (_, review) in self.reviews.items()})

    def change(self, rng, pool):
        action = rng.random()
        if action < 0.6 or not self.records:
            self.put(rng.choice(pool))
        elif action < 0.8:
            self.drop(rng.choice(sorted(self.records)))
        elif action < 0.9:
            self.rules = rng.choice(RULES)
        else:
            self.judge(rng)

    def put(self, record):
        for document, held in list(self.records.items()):
            if held.document.source_key == record.document.source_key:
                self.drop(document)
        self.records[record.document.id] = record
        self.fuser.enter(record)

    def drop(self, document):
        del self.records[document]
        self.fuser.leave(document)

    def judge(self, rng):
        claims = [(c.id, key) for key, held in sorted(self.records.items()) for c in held.annotation.claims]
        if claims:
            claim, document = rng.choice(claims)
            verdict = rng.choice([None, *ReviewVerdict])
            self.reviews.pop(claim, None)
            if verdict:
                self.reviews[claim] = document, Review(claim=claim, verdict=verdict)

    def settle(self):
        self.reviews = {claim: found for claim, found in self.reviews.items() if found[0] in self.records}
        self.fuser.settle(reviews=self.reviews, rules=self.rules)
        self.told.follow(self.fuser)

    def afresh(self, rng):
        fuser, records = self.make(), list(self.records.values())
        rng.shuffle(records)
        for record in records:
            fuser.enter(record)
        fuser.settle(reviews=self.reviews, rules=self.rules)
        return fuser


def totals(fuser):
    return fuser.totals.under("")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 2**32))
def test_any_changes_leave_the_world_of_the_documents_that_are_left(seed):
    rng, room = Random(seed), Newsroom()  # noqa: S311 (repeatable)
    pool = [random_record(rng, number) for number in range(rng.randrange(2, 12))]
    pool += [random_record(rng, number) for number in range(4)]
    for _ in range(rng.randrange(2, 8)):
        for _ in range(rng.choice((1, 1, 1, 2, 4))):
            room.change(rng, pool)
        room.settle()
        fresh = room.afresh(rng)
        assert vars(room.told) == vars(Told().follow(fresh))
        assert totals(room.fuser) == totals(fresh)


def test_unchanged_documents_are_not_told_again():
    rng, room = Random(3), Newsroom()  # noqa: S311 (repeatable)
    for number in range(30):
        room.put(random_record(rng, number))
    room.settle()
    room.put(Record(*Article("Fiji met Nepal.", path="far away.txt", publisher="Reef").name("Fiji").record()))
    room.settle()
    room.fuser.settle(rules=room.rules)
    assert list(room.fuser.events()) == list(room.fuser.statements()) == list(room.fuser.entities()) == []


def test_only_what_an_added_document_touches_is_told():
    room = Newsroom()
    for number, pair in enumerate((("Kenya", "Peru"), ("Norway", "Ghana"))):
        made = Article("Kenya Peru Norway Ghana met.", path=f"{number}.txt", publisher=f"Paper {number}")
        made.name(pair[0]).name(pair[1]).claim("Meet", "met", *made.who("participant", *pair))
        room.put(Record(*made.record()))
    room.settle()
    made = Article("Kenya and Peru met.", path="2.txt", publisher="Paper 2").name("Kenya").name("Peru")
    made.claim("Meet", "met", *made.who("participant", "Kenya", "Peru"))
    room.fuser.enter(Record(*made.record()))
    room.records[made.document.id] = Record(*made.record())
    room.fuser.settle()
    assert len(list(room.fuser.gone_events())) == 1
    assert [len(event.claims) for event, _ in room.fuser.events()] == [2]
    assert {(s.subject, s.object) for _, _, s in room.fuser.statements()} == {("Kenya", "Peru"), ("Peru", "Kenya")}
    assert sorted(key for key, _, _ in room.fuser.entities()) == ["Kenya", "Paper_2", "Peru"]
    assert [document for document, _, _ in room.fuser.lineages()] == [made.document.id]


def test_a_second_full_name_takes_a_surname_back():
    room = Newsroom()
    texts = (("1", "Ada Ferry", "Ada_Ferry"), ("2", "Ferry", "Ferry_person"), ("3", "Bo Ferry", "Bo_Ferry"))
    records = {}
    for path, words, key in texts:
        made = Article(f"{words} met Kenya.", path=path).name(key, words, kind=PERSON).name("Kenya")
        made.claim("Meet", "met", *made.who("participant", key, "Kenya"))
        records[path] = Record(*made.record())
    for path, met in (("1", {"Ada_Ferry"}), ("2", {"Ada_Ferry"}), ("3", {"Ada_Ferry", "Ferry_person", "Bo_Ferry"})):
        room.put(records[path])
        room.settle()
        assert {subject for subject, _, _ in room.told.statements} - {"Kenya"} >= met - {"Ferry_person"}
        assert (room.told.entities.get("Ferry_person") is not None) == (path != "1")
    assert room.told.entities["Ferry_person"].same_as_key is None
    room.drop(records["3"].document.id)
    room.settle()
    assert room.told.entities["Ferry_person"].same_as_key == "Ada_Ferry"


def test_document_given_twice_is_refused():
    record = Record(*Article("Kenya.").record())
    with pytest.raises(ValueError, match=r"\(article\.txt\) comes twice"):
        fuse([record, record], lexicon=LEXICON, settings=Settings())
