"""Bounded fuzzing of all readers: whatever the bytes, there are documents or messages, and nothing is raised."""

from __future__ import annotations

import io
import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from packing import MONEY, ROAD, gz, lines, page, tar, warc, warc_gz, warc_record, zipped, zst

from kg.model import Document
from kg.read import Failure, Limits, ReadOptions, SetAside, read_sources

PAGE = page(
    "<h1>Kenya lends Uganda money</h1>" + "<p>Kenya lent Uganda $20 million on Monday, the ministry said.</p>" * 3
)
RECORDS = lines([{"id": n, "text": MONEY, "date": "2019-03-05"} for n in range(3)])
SEEDS = (
    MONEY.encode(), PAGE.encode(), RECORDS.encode(), json.dumps([json.loads(line) for line in RECORDS.splitlines()]).encode(),
    gz(MONEY), zst(MONEY), zipped({"a.txt": MONEY, "b.html": PAGE}), tar({"a.txt": MONEY, "b.jsonl": RECORDS}),
    warc(warc_record(PAGE), warc_record(ROAD, media="text/plain", url="https://a.example/road", number=2)),
    warc_gz(warc_record(PAGE), warc_record(ROAD, media="text/plain", url="https://a.example/road", number=2)),
    gz(tar({"a.zip": zipped({"b.txt": MONEY})})), f"---\ntitle: A\n---\n{MONEY}".encode(), MONEY.encode("utf-16"),
)  # fmt: skip
OPTIONS = ReadOptions(limits=Limits(unpacked=5_000_000, article=1_000_000))


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """Return a valid source with some of its bytes cut, repeated, changed, or put elsewhere."""
    data = draw(st.sampled_from(SEEDS))
    for _ in range(draw(st.integers(0, 4))):
        start, end = sorted((draw(st.integers(0, len(data))), draw(st.integers(0, len(data)))))
        piece = draw(
            st.one_of(st.just(b""), st.binary(max_size=20), st.just(data[start:end] * 2), st.sampled_from(SEEDS))
        )
        data = data[:start] + piece + data[end if draw(st.booleans()) else start :]
    return data


def read(data: bytes) -> list[Document | Failure | SetAside]:
    return list(read_sources("-", stdin=io.BytesIO(data), options=OPTIONS))


@given(st.one_of(mutated(), st.binary(max_size=600)))
@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_no_bytes_are_too_bad(data: bytes) -> None:
    found = read(data)
    for item in found:
        if isinstance(item, Document):
            assert item.text
            assert item.body
        elif isinstance(item, Failure):
            assert item.error.problem
            assert item.error.remedy
    assert [repr(item) for item in found] == [repr(item) for item in read(data)], "the same bytes give the same"


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=40)),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=8), inner, max_size=4)),
    max_leaves=8,
)
NAMES = ("text", "body", "title", "date", "published", "source", "author", "url", "id", "lang", "articles")


@given(st.lists(st.dictionaries(st.sampled_from(NAMES), JSON, max_size=6), max_size=4))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_record_is_too_bad(records: list[dict[str, object]]) -> None:
    for data in (lines(records), json.dumps(records), json.dumps({"articles": records})):
        for item in read(data.encode()):
            assert isinstance(item, Document | Failure | SetAside)
