"""Load the spaCy pipeline that kg runs, and annotate documents with it.

Importing this module loads neither spaCy nor numpy, so that commands without language processing start fast and the
number of matrix threads can still be chosen.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import importlib.util
import os
import sys
from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from kg.config import Settings
from kg.errors import AnnotateError
from kg.model import Annotation, Document

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["COMPONENTS", "annotate", "installed_models", "load_pipeline", "use_openblas"]

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

_NEEDED = ("parser", "ner")
_USED = frozenset(
    {"tok2vec", "transformer", "tagger", "morphologizer", "parser", "attribute_ruler", "lemmatizer", "ner"}
)
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


def load_pipeline(settings: Settings = Settings(), *, exclude: Collection[str] = ()) -> Language:
    """Return the base model with kg's components behind it.

    Components of the model that nothing here reads (sentence recogniser, text classifiers) are left out.

    Args:
        settings: ``model`` names any installed spaCy English pipeline with parser and NER, or a folder with one;
            ``openblas`` chooses the matrix product.
        exclude: Names among :data:`COMPONENTS` that are not added.

    Raises:
        AnnotateError: The model is not installed, not English, or has no parser or NER.
        LinkError: The knowledge base of the settings cannot be read.
    """
    if settings.openblas:
        _one_blas_thread()
    nlp = _load_model(settings.model)
    _check_model(nlp, settings.model)
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


def installed_models() -> tuple[str, ...]:
    """Return the names of the installed spaCy pipelines, sorted."""
    return tuple(sorted(point.name for point in importlib.metadata.entry_points(group="spacy_models")))


def use_openblas(nlp: Language) -> bool:
    """Send the matrix products of a pipeline to numpy's OpenBLAS instead of BLIS; tell whether that was done.

    Measured 1.3 to 1.4 times faster at equal annotations. It sets ``node.ops``, which is public but no documented
    switch, so versions of thinc that nobody tried are left alone, and so are pipelines on a GPU.
    """
    import thinc
    from thinc.api import NumpyOps, get_current_ops

    if not thinc.__version__.startswith("8.3.") or get_current_ops().device_type != "cpu":
        return False
    ops = NumpyOps(use_blis=False)
    for _, pipe in nlp.pipeline:
        model = getattr(pipe, "model", None)
        for node in model.walk() if model is not None and hasattr(model, "walk") else ():
            node.ops = ops
    return True


def annotate(
    documents: Iterable[Document], nlp: Language, *, batch_size: int = 16
) -> Iterator[tuple[Document, Annotation | AnnotateError]]:
    """Annotate documents in order; one that fails gives its error in place of an annotation.

    A batch that fails is run again one document at a time, so that only the bad one is lost.

    Args:
        documents: Taken lazily, ``batch_size`` at a time.
        nlp: From :func:`load_pipeline`, with all of its components.
        batch_size: Articles a batch, 1 or more; 8 to 32 is fastest for articles.
    """
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


def _load_model(name: str) -> Language:
    """Load a pipeline package or folder without the components that nobody reads."""
    import spacy

    try:
        path = Path(name)
        if path.is_dir():
            return spacy.load(path, exclude=_unused(path))
        module = importlib.import_module(name)
        nlp: Language = module.load(exclude=_unused(Path(str(module.__file__)).parent))
    except (ImportError, OSError, AttributeError, TypeError, ValueError) as error:
        raise AnnotateError(
            f"the language model {name!r} cannot be loaded ({error})",
            remedy=f"Installed: {', '.join(installed_models()) or 'none'}. Name one of them as the model, or install "
            f"{name!r} with pip",
        ) from error
    return nlp


def _unused(folder: Path) -> list[str]:
    """Return the components of a packaged pipeline that kg does not read."""
    from spacy.util import load_config

    configs = sorted(folder.glob("config.cfg")) or sorted(folder.glob("*/config.cfg"))
    names = load_config(configs[0])["nlp"]["pipeline"] if configs else []
    return [name for name in names if name not in _USED]


def _check_model(nlp: Language, name: str) -> None:
    """Refuse a pipeline that cannot carry ours."""
    others = f"Use an English pipeline with parser and NER; installed: {', '.join(installed_models()) or 'none'}"
    if nlp.lang != "en":
        raise AnnotateError(f"the language model {name!r} is for {nlp.lang!r}, not for English", remedy=others)
    if missing := [part for part in _NEEDED if part not in nlp.pipe_names]:
        raise AnnotateError(f"the language model {name!r} has no {' and no '.join(missing)}", remedy=others)


def _one_blas_thread() -> None:
    """Ask for one matrix thread: two waste processor time, and work is shared out by process."""
    if "numpy" not in sys.modules:
        for variable, value in _ONE_THREAD.items():
            os.environ.setdefault(variable, value)
    elif importlib.util.find_spec("threadpoolctl"):
        importlib.import_module("threadpoolctl").threadpool_limits(1, user_api="blas")
