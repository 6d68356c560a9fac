from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import ReadError
from kg.model import Document
from kg.read import read_text
from kg.read.article.body import body_spans
from kg.read.article.front_matter import read_front_matter
from kg.read.article.imprint import metadata_from_text
from kg.read.article.layout import lay_out

PIECES = st.sampled_from(
    [
        "Kenya lent money.", "kenya", "By Ana Lima", "© 2019", "Photo: X", "**bold**", "[a](b)", "[", "](", "*", "_", "---",
        "# Title", "> quote", "- item", "1. item", "LIMA (AP) - ", "[ad_1]", "Leave a reply", "5 March 2019", "```", "|",
        "\r\n", "\n", "\n\n", "\u2028", "\r", " ", "\t", "\ufeff", "\u200b", "\x00", "<b>", "<!--", "-->", "https://x.y/z",
        "(right)", "É", "日本", "🙂", "\u202e", "?", '."', "+++", "key: value", "date: x",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=40).map("".join))


@given(TEXTS)
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_spans_only_select(text: str) -> None:
    try:
        _, start = read_front_matter(text, where="x")
    except ReadError:
        start = 0
    blocks = lay_out(text, start)
    end = start
    for span in body_spans(text, blocks):
        assert end <= span.start < span.end <= len(text)
        quote = text[span.start : span.end]
        assert quote == quote.strip()
        end = span.end
    assert [b.start for b in blocks] == sorted(b.start for b in blocks)
    metadata_from_text(text, blocks)


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_a_text_gives_the_same_document_or_the_same_error(text: str) -> None:
    def outcome() -> Document | str:
        try:
            return read_text(text, default_published=date(2019, 3, 5))
        except ReadError as error:
            return str(error)

    first = outcome()
    assert first == outcome()
    if isinstance(first, Document):
        assert first.text == text


@pytest.mark.parametrize(
    "text",
    [
        "a" * 2_000_000,
        "word " * 400_000,
        "[" * 300_000,
        "[a](" * 100_000,
        "**a " * 100_000,
        "http://a" * 100_000,
        "A.B-" * 200_000,
        "MINSK, " * 100_000,
        "\n" * 1_000_000 + "a",
        "By A and " * 200,
        "Share on " * 11,
        "x / " * 100,
        "home |" * 30 + "!",
        "a\n" * 100_000,
    ],
)
def test_long_and_nasty_texts_take_little_time(text: str) -> None:
    begun = time.process_time()
    body_spans(text, lay_out(text))
    assert time.process_time() - begun < 10
