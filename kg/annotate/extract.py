"""Extract from plain texts without any graph: claims, coded events or open triples, as data for JSON Lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Literal

from kg.annotate.align import make_doc, set_published
from kg.annotate.events.plover import events_json, plover_events
from kg.annotate.openie.triples import extract_triples, to_json
from kg.annotate.pipeline import COMPONENTS, load_pipeline
from kg.annotate.records import claims_json, to_annotation
from kg.config import Settings
from kg.lexicon import load_lexicon
from kg.model import BodyKind, BodySpan, Document

__all__ = ["extract"]

What = Literal["claims", "events", "openie"]
View = Literal["minimal", "full"]

# any day will do for the record: texts without a date are told so on their Doc
_SOME_DAY = date(1970, 1, 1)


def extract(
    texts: Iterable[tuple[str, str]],
    *,
    what: What = "claims",
    view: View = "minimal",
    settings: Settings = Settings(),
    published: date | None = None,
) -> Iterator[dict[str, Any]]:
    """Yield what each text says, in the order of the texts.

    Args:
        texts: (id, text) pairs; a text may hold several sentences and paragraphs.
        what: ``claims`` gives ``{"id", "claims"}``, ``events`` ``{"id", "events"}``, ``openie`` ``{"id", "triples"}``.
        view: For open triples: one fact a complement, or one tuple a predicate.
        settings: Model and lexicon.
        published: The day against which relative dates are read; without it only full dates are resolved.

    Raises:
        AnnotateError: The pipeline cannot be loaded.
        LexiconError: A pack is wrong.
    """
    if what == "openie":
        nlp = load_pipeline(settings, exclude=[name for name in COMPONENTS if name != "kg_clauses"])
        yield from (to_json(number, found) for number, found in extract_triples(texts, nlp, view=view))
        return
    nlp = load_pipeline(settings)
    lexicon = load_lexicon(settings.lexicon)
    documents = (_document(number, text) for number, text in texts)
    pairs = ((set_published(make_doc(nlp, document), published), document) for document in documents)
    for doc, document in nlp.pipe(pairs, as_tuples=True, batch_size=64):
        if what == "events":
            yield events_json(document.id, plover_events(doc, lexicon))
        else:
            yield claims_json(to_annotation(doc, document), document.text)


def _document(number: str, text: str) -> Document:
    """Return a text as a document: each block between blank lines is a paragraph."""
    return Document(
        id=number,
        source_key=number,
        source_path=number,
        text=text,
        body=tuple(_paragraphs(text)),
        headline=None,
        published=_SOME_DAY,
        publisher=None,
        authors=(),
        url=None,
        language="en",
        sha256="",
        text_sha256="",
    )


def _paragraphs(text: str) -> Iterator[BodySpan]:
    start = 0
    for block in text.split("\n\n"):
        words = block.strip()
        if words:
            begin = text.index(words, start)
            yield BodySpan(begin, begin + len(words), BodyKind.PARAGRAPH)
        start += len(block) + 2
