"""The per-document function: annotate, write the graph, validate; in this process or in several.

Its result depends on the document, the lexicon, the model, the knowledge base and the settings alone, so it may run
anywhere and in any order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from typing import Any

from kg.config import Settings
from kg.engine import Engine, HopelessError, Lost, Pool, open_engine
from kg.errors import AnnotateError, KGError, MappingError, ShapeError
from kg.fuse.signature import sign
from kg.iris import Iris
from kg.lexicon import Lexicon
from kg.model import Annotation, BodySpan, Claim, Document
from kg.rdf.document import document_triples, publisher_key
from kg.rdf.nquads import lines
from kg.read import Failure
from kg.validate import Split, judge_document, screen_document, split

__all__ = ["Annotator", "Outcome", "Recipe", "Task", "TaskPool", "entity_types", "load_annotator", "run_tasks"]

# documents that are annotated together, in one process and in several, where smaller ones share the work out evenly
_BATCH = 16
_SHARED_BATCH = 8

Annotator = Callable[[Iterable[Document]], Iterator[tuple[Document, Annotation | AnnotateError]]]
"""Annotates documents in order; an error stands in place of the annotation that failed."""


@dataclass(frozen=True, slots=True)
class Task:
    """One document to process: with its annotation where that is known already, else with what is to be annotated.

    ``body`` is a part of the document's body, None for all of it.
    """

    document: Document
    annotation: Annotation | None = None
    body: tuple[BodySpan, ...] | None = None

    def read(self) -> Document:
        """Return the document as the annotator reads it."""
        return self.document if self.body is None else replace(self.document, body=self.body)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What processing one document gave.

    ``lines`` and ``quarantine`` are the sorted N-Quads of its two graphs. ``conforming`` is what may be fused, None
    where the document itself failed validation; ``quarantined`` counts the nodes that did.
    """

    document: Document
    annotation: Annotation
    conforming: Annotation | None
    lines: tuple[str, ...]
    quarantine: tuple[str, ...]
    quarantined: int
    sketch: bytes


@dataclass(frozen=True, slots=True)
class Recipe:
    """What every process needs to know; picklable. ``make_annotator`` is called once a process."""

    settings: Settings
    lexicon: Lexicon
    run_id: str
    make_annotator: Callable[[Settings], Annotator]


def load_annotator(settings: Settings) -> Annotator:
    """Return the spaCy pipeline of the settings as an annotator."""
    from kg.annotate.pipeline import annotate, load_pipeline

    return partial(annotate, nlp=load_pipeline(settings))


def run_tasks(tasks: Iterable[Task], recipe: Recipe) -> Iterator[Outcome | Failure]:
    """Yield what each task gives, in order, in ``settings.jobs`` workers of the engine; tasks are taken lazily.

    A document whose worker ends or takes longer than ``settings.time_limit`` is tried once more, alone, and then set
    aside; with one local job everything happens in this process.

    Raises:
        ShapeError: The shapes themselves are broken.
        AnnotateError: The pipeline cannot be loaded, or no document can be processed.
        EngineError: The engine cannot be started or reached.
    """
    settings = recipe.settings
    if settings.engine == "local" and settings.jobs == 1:
        worker = _Worker(recipe)
        for batch in _batched(tasks, _BATCH):
            yield from worker(batch)
        return
    with open_engine(settings) as engine, closing(TaskPool(recipe, engine)) as pool:
        yield from pool.run(tasks)


class TaskPool:
    """Workers that process tasks; they load what they need once, for as many runs as there are."""

    def __init__(self, recipe: Recipe, engine: Engine) -> None:
        start = partial(_Worker, recipe)
        self._pool: Pool[Task, Outcome | Failure] = Pool(start, engine, recipe.settings.time_limit)

    def run(self, tasks: Iterable[Task]) -> Iterator[Outcome | Failure]:
        """Yield what each task gives, as :func:`run_tasks` does."""
        try:
            for task, found in self._pool.run(_batched(tasks, _SHARED_BATCH)):
                yield _lost(task, found) if isinstance(found, Lost) else found
        except HopelessError as error:
            raise AnnotateError(str(error), remedy="Run again with --jobs 1 to see what ends them") from error

    def close(self) -> None:
        """End the workers."""
        self._pool.close()


def _lost(task: Task, found: Lost) -> Failure:
    error = AnnotateError(
        f"it was tried twice, and its process {found.reason}",
        where=task.document.source_path,
        remedy="Nothing of this document is in the graph; a long text may need --time-limit, a large one more memory",
    )
    return Failure(task.document.source_path, "process", error)


def _batched(tasks: Iterable[Task], size: int) -> Iterator[list[Task]]:
    waiting = iter(tasks)
    while batch := list(islice(waiting, size)):
        yield batch


class _Worker:
    """Processes batches; the annotator is loaded when the first document needs it."""

    def __init__(self, recipe: Recipe) -> None:
        self.recipe = recipe
        self._annotator: Annotator | None = None

    def __call__(self, tasks: Sequence[Task]) -> list[Outcome | Failure]:
        annotations = iter(self._annotate([task.read() for task in tasks if task.annotation is None]))
        return [self._process(task.document, task.annotation or next(annotations)) for task in tasks]

    def _annotate(self, documents: list[Document]) -> list[Annotation | AnnotateError]:
        if not documents:
            return []
        if self._annotator is None:
            self._annotator = self.recipe.make_annotator(self.recipe.settings)
        try:
            return [found for _, found in self._annotator(documents)]
        except Exception as error:  # an annotator of somebody else's may raise it rather than give it
            if len(documents) == 1:
                return [_annotate_error(documents[0], error)]
        return [found for document in documents for found in self._annotate([document])]

    def _process(self, document: Document, annotation: Annotation | AnnotateError) -> Outcome | Failure:
        if isinstance(annotation, AnnotateError):
            return Failure(document.source_path, "annotate", annotation)
        try:
            return self._finish(document, annotation)
        except ShapeError:
            raise
        except Exception as error:  # one bad document must not stop a build, whatever is wrong with it
            return Failure(document.source_path, "graph", _mapping_error(document, error))

    def _finish(self, document: Document, annotation: Annotation) -> Outcome | Failure:
        triples = document_triples(document, annotation, **_options(self.recipe))
        types, iris = entity_types(document, annotation), self.recipe.settings.iris
        screening = screen_document(triples, types, self.recipe.lexicon, iris=iris)
        if not screening.checked:
            return Failure(document.source_path, "validate", _unchecked(document))
        if screening.conforms:
            return self._outcome(document, annotation, Split(kept=triples))
        report = judge_document(triples, screening, types, self.recipe.lexicon, iris=iris)
        return self._outcome(document, annotation, split(triples, report, iris=iris, document_id=document.id))

    def _outcome(self, document: Document, annotation: Annotation, parts: Split) -> Outcome:
        iris = self.recipe.settings.iris
        return Outcome(
            document=document,
            annotation=annotation,
            conforming=_conforming(document, annotation, parts, iris),
            lines=tuple(sorted(lines(parts.kept, iris.document(document.id)))),
            quarantine=tuple(sorted(lines(parts.quarantine, iris.quarantine_graph(document.id)))),
            quarantined=len(parts.rejected),
            sketch=sign(document, annotation),
        )


def _options(recipe: Recipe) -> dict[str, Any]:
    return {"settings": recipe.settings, "lexicon": recipe.lexicon, "run_id": recipe.run_id}


def _unchecked(document: Document) -> ShapeError:
    return ShapeError(
        "no shape looks at anything in its graph, so nothing says that it conforms",
        where=document.source_path,
        remedy="Restore the shapes that ship with kg-news",
    )


def _annotate_error(document: Document, error: Exception) -> AnnotateError:
    return AnnotateError(f"annotating failed: {type(error).__name__}: {error}", where=document.source_path)


def _mapping_error(document: Document, error: Exception) -> KGError:
    if isinstance(error, KGError):
        return error
    return MappingError(
        f"the graph cannot be written: {type(error).__name__}: {error}",
        where=document.source_path,
        remedy="Nothing of this document is in the graph; please report it with the text",
    )


def entity_types(document: Document, annotation: Annotation) -> dict[str, str]:
    """Return the class of every entity that a document's graph names; they stand in the world graph."""
    origin = document.based_on.publisher if document.based_on else None
    outlets = {publisher_key(name): "schema:NewsMediaOrganization" for name in (document.publisher, origin) if name}
    return outlets | {entity.key: entity.type for entity in annotation.entities}


def _conforming(document: Document, annotation: Annotation, parts: Split, iris: Iris) -> Annotation | None:
    """Return the annotation without what went to the quarantine, None where the document itself did."""
    if not parts.rejected:
        return annotation
    if iris.document(document.id) in parts.rejected:
        return None
    mentions, asides = (
        tuple(m for m in found if iris.span(document.id, m.start, m.end) not in parts.rejected)
        for found in (annotation.mentions, annotation.asides)
    )
    claims = tuple(claim for claim in annotation.claims if claim.id not in parts.rejected_claims)
    named = {key for mention in (*mentions, *asides) for key in mention.entities}
    named |= {key for claim in claims for key in _keys(claim)}
    entities = tuple(entity for entity in annotation.entities if entity.key in named)
    return replace(annotation, mentions=mentions, asides=asides, claims=claims, entities=entities)


def _keys(claim: Claim) -> set[str]:
    roles = {key for role in claim.roles for key in claim.entities(role.name)}
    return roles.union(claim.attributed_to, claim.via)
