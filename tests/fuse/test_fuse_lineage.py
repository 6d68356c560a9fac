import random
from datetime import date

from graph_records import Article

from kg.fuse.lineage import find_lineages, sketch
from kg.fuse.sources import Record
from kg.model import Origin

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
    found = find_lineages(records, canonical=canonical or {})
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
    assert sketch(text_of(3))[:8].hex() == SIGNATURE


SIGNATURE = "e783741b499c7d0f"
