"""Load the spaCy pipeline that kg runs, and annotate documents with it.

Importing this module loads neither spaCy nor numpy, so that commands without language processing start fast and the
number of matrix threads can still be chosen.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from kg.annotate.base.matrix import one_blas_thread, use_openblas
from kg.annotate.base.model import ignores_neighbours, load_model
from kg.config import Settings
from kg.errors import AnnotateError
from kg.model import Annotation, Document

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["COMPONENTS", "annotate", "load_pipeline"]

COMPONENTS = (
    "kg_entities",
    "kg_coref",
    "kg_time",
    "kg_quantities",
    "kg_clauses",
    "kg_events",
    "kg_factuality",
    "kg_confidence",
)
"""Our components, in the order in which they run."""

_BATCH = 16
"""Articles a batch; 8 to 32 is fastest for articles."""


def load_pipeline(settings: Settings = Settings(), *, exclude: Collection[str] = ()) -> Language:
    """Return the base model with kg's components behind it.

    Components of the model that nothing here reads (sentence recogniser, text classifiers) are left out, and slow ones
    replaced by equals of theirs (:data:`kg.annotate.base.model.EQUALS`) under the same names.

    Args:
        settings: ``model`` names any installed spaCy English pipeline with parser and NER, or a folder with one;
            ``openblas`` chooses the matrix product.
        exclude: Names among :data:`COMPONENTS` that are not added.

    Raises:
        AnnotateError: The model is not installed, not English, or has no parser or NER.
        LinkError: The knowledge base of the settings cannot be read.
    """
    if settings.openblas:
        one_blas_thread()
    nlp = load_model(settings.model)
    for name in COMPONENTS:
        if name not in exclude:
            nlp.add_pipe(name, config=_config(name, settings))
    if settings.openblas:
        use_openblas(nlp)
    return nlp


def _config(component: str, settings: Settings) -> dict[str, object]:
    """Return what the settings say to a component."""
    if component == "kg_entities" and settings.knowledge_base is not None:
        return {"knowledge_base": str(settings.knowledge_base)}
    if component == "kg_events" and settings.lexicon:
        return {"packs": [str(path) for path in settings.lexicon]}
    return {}


def annotate(
    documents: Iterable[Document], nlp: Language, *, batch_size: int | None = None
) -> Iterator[tuple[Document, Annotation | AnnotateError]]:
    """Annotate documents in order; one that fails gives its error in place of an annotation.

    A batch that fails is run again one document at a time, so that only the bad one is lost.

    Args:
        documents: Taken lazily, ``batch_size`` at a time.
        nlp: From :func:`load_pipeline`, with all of its components.
        batch_size: Articles a batch, 1 or more. By default 16, or 1 where neighbours in a batch could change the last
            bits of an article's numbers: its annotation depends on the article alone.
    """
    batch_size = batch_size or (_BATCH if ignores_neighbours(nlp) else 1)
    waiting = iter(documents)
    while batch := list(islice(waiting, batch_size)):
        yield from zip(batch, _annotate_batch(batch, nlp), strict=True)


def _annotate_batch(batch: list[Document], nlp: Language) -> list[Annotation | AnnotateError]:
    from kg.annotate.align import make_doc

    try:
        docs = list(nlp.pipe((make_doc(nlp, document) for document in batch), batch_size=len(batch)))
    except Exception:
        # Any component may fail in any way; one by one tells which document it was.
        return [_annotate_one(document, nlp) for document in batch]
    return [_to_annotation(doc, document) for doc, document in zip(docs, batch, strict=True)]


def _annotate_one(document: Document, nlp: Language) -> Annotation | AnnotateError:
    from kg.annotate.align import make_doc

    try:
        doc = nlp(make_doc(nlp, document))
    except Exception as error:
        return _failure(document, error)
    return _to_annotation(doc, document)


def _to_annotation(doc: Doc, document: Document) -> Annotation | AnnotateError:
    from kg.annotate.records import to_annotation

    try:
        return to_annotation(doc, document)
    except Exception as error:
        return _failure(document, error)


def _failure(document: Document, error: Exception) -> AnnotateError:
    """Return the error of one document, chained to its cause."""
    failure = AnnotateError(
        f"the language pipeline failed: {type(error).__name__}: {error}",
        where=document.source_path,
        remedy="Nothing of this document is in the graph; please report it with the text",
    )
    failure.__cause__ = error
    return failure
