"""Names that go on beyond what was recognised of them, and names that only stand beside others."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from kg.annotate.layers import DocEntity, EntityFiller, EntityMention, declare_extensions
from kg.annotate.names.cut import cut_names, mention_of
from kg.annotate.pipeline import load_pipeline
from kg.model import Family, MentionKind

pytestmark = pytest.mark.model


def found(text: str, *names: str, kind: MentionKind = MentionKind.NAME) -> tuple[Doc, dict]:
    """Parse a text and give it these mentions and no others."""
    doc = load_pipeline()(text)
    mentions = {}
    for number, name in enumerate(names):
        span = doc.char_span(text.index(name), text.index(name) + len(name))
        mentions[span.start, span.end] = EntityMention(span.start, span.end, span.root.i, kind, (number,))
    return doc, mentions


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Norway sued Cassa dei Bravi di Ravenna in May.", "Ravenna"),
        ("Norway sued Cassa dei Bravi di Ravenna in May.", "Cassa"),
        ("The envoy met Ahmed al-Tarouq in May.", "Tarouq"),
        ("Peru arrested Carlos Amador Quispe Rojas in May.", "Quispe Rojas"),
        ("She sits for the Party for the Meadows in parliament.", "Party"),
        ("Denmark wants the Frigate 31, a warship.", "Frigate"),
        ("Yesterday Raúl Castro received To Lam in the palace.", "Lam"),
        ("Norway gave Armenia 36 HERON howitzers.", "Armenia 36 HERON"),
        ("Norway blacklisted the Harbour and Mining Union on Monday.", "Mining Union"),
    ],
)
def test_a_name_that_goes_on_is_cut(text: str, name: str) -> None:
    doc, mentions = found(text, name)
    assert cut_names(doc, mentions) == set(mentions)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Norway sued Cassa dei Bravi di Ravenna in May.", ("Cassa dei Bravi di Ravenna",)),
        ("President Ana Toral met Norway's Kari Lund on Tuesday.", ("Ana Toral", "Kari Lund")),
        ("On Tuesday Ana Toral met Kari Lund.", ("Ana Toral", "Kari Lund")),
        ("Norway gave Armenia 36 howitzers.", ("Norway", "Armenia")),
        ("The Peru-Chile talks failed.", ("Peru", "Chile")),
        ('He said, "In Peru it rains."', ("Peru",)),
    ],
)
def test_a_whole_name_is_not_cut(text: str, names: tuple[str, ...]) -> None:
    doc, mentions = found(text, *names)
    assert not cut_names(doc, mentions)


def test_descriptions_and_headlines_are_not_cut() -> None:
    doc, mentions = found("Peru arrested Carlos Amador Quispe Rojas in May.", "Rojas", kind=MentionKind.NOMINAL)
    assert not cut_names(doc, mentions)
    doc, mentions = found("Norway Sues Cassa Bravi Over Missing Grain Payments", "Cassa")
    assert not cut_names(doc, mentions)


def test_a_filler_means_its_own_mention_or_the_nearest_of_its_entity() -> None:
    declare_extensions()
    doc, mentions = found("Ana Toral fired Kari Lund.", "Ana Toral", "Kari Lund")
    first, second = mentions.values()
    assert DocEntity(0, "Ana Toral", Family.PERSON, "schema:Person").id in first.entities
    whole = range(len(doc))
    assert mention_of(EntityFiller(0, 0, 2), mentions, whole) is first
    assert mention_of(EntityFiller(1, 3, 4), mentions, whole) is second
    assert mention_of(EntityFiller(1, 0, 0), mentions, whole) is second
    assert mention_of(EntityFiller(7, 0, 0), mentions, whole) is None
