"""The four digests that ship with the project: what is out of the body, and what their metadata are."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kg.model import Document
from kg.read import read_sources

SEEDS = Path(__file__).parents[2] / "seeds"

OUT = {
    "asia-business-daily.txt": ["[Economy desk, Seoul]", "Copyright notice"],
    "bloomberg.txt": ["[ad_1]", "through our news partner", "[ad_2]", "Source link"],
    "guardian.txt": [
        "Photograph: the two presidents shake hands in the Kremlin on Thursday.",
        "in Moscow",
        "Leave a comment",
        "Your email address will not be published.",
    ],
    "moscow-times.txt": ["By our Moscow desk", "September 9, 2021"],
}
SUMMARIES = {"asia-business-daily.txt": 2, "bloomberg.txt": 0, "guardian.txt": 1, "moscow-times.txt": 1}


@pytest.fixture(scope="module")
def digests() -> dict[str, Document]:
    return {d.source_path: d for d in read_sources([SEEDS]) if isinstance(d, Document)}


def test_all_four_are_read(digests: dict[str, Document]) -> None:
    assert sorted(digests) == sorted(OUT)


@pytest.mark.parametrize("name", sorted(OUT))
def test_exactly_these_lines_are_left_out(digests: dict[str, Document], name: str) -> None:
    document = digests[name]
    inside = {span.start for span in document.body}
    at, out = 0, []
    for line in document.text.splitlines(keepends=True):
        if line.strip() and at not in inside:
            out.append(line.strip())
        at += len(line)
    assert out == OUT[name]


@pytest.mark.parametrize("name", sorted(OUT))
def test_the_kinds_of_the_spans(digests: dict[str, Document], name: str) -> None:
    kinds = [span.kind.value for span in digests[name].body]
    summaries = SUMMARIES[name]
    assert kinds == ["headline"] + ["summary"] * summaries + ["paragraph"] * (len(kinds) - 1 - summaries)


def test_the_metadata_come_from_sources_toml(digests: dict[str, Document]) -> None:
    document = digests["asia-business-daily.txt"]
    assert (document.published, document.publisher, document.url) == (date(2021, 9, 10), "kg-news digest", None)
    assert document.based_on is not None
    assert document.based_on.publisher == "The Asia Business Daily"
    assert document.headline == "Russia and Belarus adopt 28 roadmaps and plan a single electricity market"
    assert document.source_key == "asia-business-daily.txt"
