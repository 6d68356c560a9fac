import random
import sqlite3
from dataclasses import replace
from datetime import date

import pytest
from graph_records import Article

from kg.fuse.kept.queue import Queue
from kg.fuse.kept.reports import Reports
from kg.fuse.kept.tables import create_tables
from kg.fuse.lineage import is_copy, marks
from kg.fuse.signature import Signature, sign, sketch
from kg.fuse.sources import Record
from kg.model import Annotation, BodyKind, BodySpan, Origin

WORDS = [
    "harbour",
    "crane",
    "tug",
    "pilot",
    "berth",
    "cargo",
    "grain",
    "steel",
    "timber",
    "rail",
    "customs",
    "duty",
    "tariff",
    "union",
    "strike",
    "wage",
    "fleet",
    "storm",
]


def text_of(seed, length=160):
    rng = random.Random(seed)  # noqa: S311 (test data)
    return " ".join(rng.choice(WORDS) + str(rng.randrange(40)) for _ in range(length))


def record(text, **more):
    document, annotation = Article(text, **more).record()
    return Record(document, annotation, sketch(text))


def lineages(*records, canonical=None):
    database = sqlite3.connect(":memory:", isolation_level=None)
    create_tables(database)
    reports = Reports(database)
    for given in records:
        reports.enter(given.document, given.sketch)
    canonical = canonical or {}
    reports.settle(Queue(database, "moved", "key"), lambda key: canonical.get(key, key))
    found = [line for *_, line in reports.changed()]
    database.close()
    by_path = {r.document.id: r.document.source_path for r in records}
    return {by_path[line.document_id]: line for line in found}


def test_near_copy_has_the_lineage_of_the_first_document():
    text = text_of(1)
    first = record(text, path="first.txt", publisher="Quay Weekly", published=date(2023, 1, 2))
    copied = record(
        "Update! " + text.replace("crane1", "lift"), path="copy.txt", publisher="Dockside", published=date(2023, 1, 3)
    )
    other = record(text_of(2), path="other.txt", publisher="Dockside", published=date(2023, 1, 1))
    found = lineages(copied, other, first)
    assert found["copy.txt"].copy_of == first.document.id
    assert found["copy.txt"].source == found["first.txt"].source == "outlet Quay_Weekly"
    assert found["other.txt"].copy_of is None
    assert found["other.txt"].source == "outlet Dockside_other"


def test_short_texts_are_no_copies():
    first, second = (record("Three ships came in.", path=f"{i}.txt", publisher=None) for i in (1, 2))
    found = lineages(first, second)
    assert found["1.txt"].copy_of is found["2.txt"].copy_of is None
    assert found["1.txt"].source != found["2.txt"].source


def test_agency_byline_makes_one_source_of_two_outlets():
    first = record("Rain fell.", path="a.txt", publisher="Quay Weekly", authors=("By Reuters",))
    second = record("Snow fell.", path="b.txt", publisher="Dockside", authors=("reuters",))
    found = lineages(first, second)
    assert found["a.txt"].source == found["b.txt"].source == "outlet Reuters_other"


def test_origin_in_the_metadata_comes_before_byline_and_publisher():
    origin = Origin(publisher="The Fjord Times")
    found = lineages(record("Rain.", path="a.txt", authors=("AFP",), based_on=origin))
    assert found["a.txt"].outlet == "The_Fjord_Times"


def test_outlets_are_canonical():
    found = lineages(
        record("Rain.", path="a.txt", publisher="The Fjord Times"), canonical={"The_Fjord_Times": "Fjord_Times"}
    )
    assert found["a.txt"].outlet == "Fjord_Times"


def test_signature_does_not_change_between_versions():
    """A stored signature must stay comparable: this one was computed with rensa 0.5.0."""
    assert Signature.unpack(sketch(text_of(3))).minhash[:8].hex() == SIGNATURE


SIGNATURE = "e783741b499c7d0f"


def report(wording, *, path="a.txt", names=("Kenya", "Peru", "Norway", "Ghana"), sum_="$5m", **more):
    """Four meetings and a loan, by the wording given."""
    text = (
        ". ".join(wording.format(a, b) for a, b in zip(names, (*names[1:], names[0]), strict=True)) + f". {sum_} flowed"
    )
    made = Article(text, path=path, **more)
    for name in names:
        made.name(name)
    for number, (a, b) in enumerate(zip(names, (*names[1:], names[0]), strict=True)):
        at = made.at(wording.format(a, b))
        kind = "Meet" if number % 2 else "Visit"
        made.claim(kind, "met", *made.who("participant", a, b), at=at)
    made.claim("Lend", "flowed", made.money("amount", sum_, sum_.strip("$m")))
    document, annotation = made.record()
    return Record(document, annotation, sign(document, annotation))


def test_same_names_claims_and_order_in_other_words_are_a_copy():
    first = report("{0} welcomed {1}", path="a.txt", publisher="Quay Weekly", published=date(2023, 1, 1))
    spun = report("Envoys of {0} sat down with {1}", path="b.txt", publisher="Dockside", published=date(2023, 1, 2))
    other = report("{0} greeted {1}", path="c.txt", publisher="Pier", names=("Peru", "Ghana", "Kenya", "Norway"))
    rival = report("{0} received {1}", path="d.txt", publisher="Mole", sum_="$9m")
    found = lineages(first, spun, other, rival)
    assert found["b.txt"].copy_of == first.document.id
    assert found["c.txt"].copy_of is found["d.txt"].copy_of is None


ORDER = tuple(range(1, 13))
SHAPE = bytes((2, 4, 3, 2, 5, 2, 4, 2))


@pytest.mark.parametrize(
    ("order", "shape", "figures", "copy"),
    [
        # three names or claims of twelve are lost in other words, and the paragraphs stay
        ((*ORDER[:9], 91, 92, 93), SHAPE, {5}, True),
        ((*ORDER[:7], 91, 92, 93, 94, 95), SHAPE, {5}, False),
        ((*ORDER[:9], 91, 92, 93), SHAPE, {6}, False),
        ((*ORDER[:9], 91, 92, 93), SHAPE[:4] + b"\x06\x08\x06\x08", {5}, False),
        # nearly all stay, and a paragraph is cut
        (ORDER[:11], SHAPE[:7], {5}, True),
        (ORDER[:11], SHAPE[:3] + b"\x06\x08\x06\x08\x06", {5}, False),
        # too few paragraphs to tell by them
        (ORDER[:11], SHAPE[:3], {5}, True),
        ((*ORDER[:9], 91, 92, 93), SHAPE[:3], {5}, False),
        (tuple(reversed(ORDER)), SHAPE, {5}, False),
    ],
)
def test_rewritten_reports_keep_names_facts_and_paragraphs(order, shape, figures, copy):
    first = Signature(order=ORDER, figures=frozenset({5}), shape=SHAPE)
    second = Signature(order=order, figures=frozenset(figures), shape=shape)
    assert is_copy(first, second) is is_copy(second, first) is copy
    assert not copy or marks(first) & marks(second)


def test_shape_tells_sentences_and_quotes_of_each_paragraph():
    text = 'Kenya met Peru. They talked.\n\n"We agreed," the envoy said.\n\nNo end'
    made = Article(text, path="a.txt").document
    spans = [
        BodySpan(0, 28, BodyKind.PARAGRAPH),
        BodySpan(30, 58, BodyKind.PARAGRAPH),
        BodySpan(60, 66, BodyKind.PARAGRAPH),
    ]
    empty = Annotation(document_id=made.id, sentences=(), entities=(), mentions=(), claims=())
    assert list(Signature.unpack(sign(replace(made, body=tuple(spans)), empty)).shape) == [4, 3, 0]


def test_signature_comes_back_from_its_bytes():
    made = Signature(b"\x01" * 8, "Fjord Newswire", (1, 2, 3), frozenset({9, 7}), SHAPE)
    assert Signature.unpack(made.pack()) == made
    assert Signature.unpack(b"") == Signature()


def test_agency_in_the_dateline_makes_one_source():
    found = []
    for path, lead in (
        ("a.txt", "OSLO, May 3 (Fjordpress) - Rain fell."),
        ("b.txt", "Heavy rain\n\nOSLO (Fjordpress) \u2014 It rained."),
    ):
        document, annotation = Article(lead, path=path, publisher=path).record()
        found.append(Record(document, annotation, sign(document, annotation)))
    assert {line.outlet for line in lineages(*found).values()} == {"Fjordpress_other"}


def test_byline_is_an_agency_where_another_dateline_says_so():
    document, annotation = Article("OSLO (Corvus) - Rain fell.", path="a.txt", publisher="A").record()
    named = Record(document, annotation, sign(document, annotation))
    plain = record("Snow.", path="b.txt", publisher="B", authors=("Corvus",))
    assert {line.outlet for line in lineages(named, plain).values()} == {"Corvus_other"}
    assert lineages(plain)["b.txt"].outlet == "B_other"


def test_agencies_are_known_by_what_their_names_say():
    for author in ("Tundra News Agency", "By Ada Mwangi, Tundra News Agency", "Ada Mwangi / Tundra News Agency"):
        assert lineages(record("Rain.", path="a.txt", authors=(author,)))["a.txt"].outlet == "Tundra_News_Agency"
    assert lineages(record("Rain.", path="a.txt", authors=("Ada Mwangi",)))["a.txt"].outlet == "Harbour_Post"


def test_report_based_on_another_one_has_its_source():
    day = date(2023, 3, 14)
    first = record("Rain.", path="a.txt", publisher="Quay Weekly", published=day, authors=("AFP",))
    second = record("Wet.", path="b.txt", based_on=Origin(publisher="Quay Weekly", published=day), publisher="Pier")
    third = record("Damp.", path="c.txt", based_on=Origin(publisher="Pier", published=day), publisher="Mole")
    assert {line.outlet for line in lineages(first, second, third).values()} == {"AFP_other"}
