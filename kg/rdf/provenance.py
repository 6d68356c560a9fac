"""Layer 4: the run that made a graph, named by what can change a result; the only place for clock times."""

from __future__ import annotations

import hashlib
import importlib.metadata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from kg import resources
from kg.config import Settings
from kg.iris import Iris, digest
from kg.lexicon import Lexicon
from kg.rdf.nquads import Triple
from kg.rdf.terms import KG, PROV, RDF, RDFS, instant, number, text, uri

__all__ = ["RunIdentity", "run_identity", "run_triples"]

_PACKAGE = "kg-news"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunIdentity:
    """What determines a build's result besides the documents.

    ``software`` is name and version, ``code`` the hash of the code itself, so that two states of one version differ.
    ``annotation`` is the hash of what determines mentions and claims; ``run_id`` of that and of the settings that only
    change graphs (base, threshold), so that a new threshold needs no new annotation.
    """

    software: str
    code: str
    model: str
    lexicon: str
    knowledge_base: str | None
    settings: Settings

    @property
    def annotation(self) -> str:
        """The hash under which annotations may be reused."""
        blas = "openblas" if self.settings.openblas else "blis"
        base, copies = self.knowledge_base or "", self.settings.copies
        return digest("annotation", self.software, self.code, self.model, self.lexicon, base, blas, copies)

    @property
    def run_id(self) -> str:
        """The hash that names the run."""
        return digest("run", self.annotation, self.settings.base, str(self.settings.threshold.normalize()))


def run_identity(settings: Settings, lexicon: Lexicon, *, model: str | None = None) -> RunIdentity:
    """Return the identity of a build.

    Args:
        settings: Model, knowledge base, base and threshold.
        lexicon: Gives its digest.
        model: Name and version of what annotates; by default of the settings' spaCy model as installed.
    """
    base = settings.knowledge_base
    return RunIdentity(
        software=f"{_PACKAGE} {_version(_PACKAGE)}",
        code=_code_digest(),
        model=model or f"{settings.model} {_version(settings.model)}",
        lexicon=lexicon.digest,
        knowledge_base=hashlib.sha256(base.read_bytes()).hexdigest() if base else None,
        settings=settings,
    )


def run_triples(
    identity: RunIdentity, iris: Iris, document_ids: Iterable[str], *, started: datetime, ended: datetime
) -> Iterator[Triple]:
    """Yield the run's graph.

    Args:
        identity: What names the run.
        iris: Mints IRIs under the base.
        document_ids: Every document whose graph this run made.
        started: When the build began; aware.
        ended: When it ended; aware.
    """
    node = uri(iris.run(identity.run_id))
    yield node, RDF.type, PROV.Activity
    yield node, RDFS.label, text(f"{identity.software}, {identity.model}")
    yield node, KG.software, text(identity.software)
    yield node, KG.model, text(identity.model)
    yield node, KG.lexicon, text(identity.lexicon)
    if identity.knowledge_base:
        yield node, KG.knowledgeBase, text(identity.knowledge_base)
    yield node, KG.threshold, number(identity.settings.threshold)
    yield node, PROV.startedAtTime, instant(started)
    yield node, PROV.endedAtTime, instant(ended)
    for document_id in document_ids:
        yield node, PROV.used, uri(iris.document(document_id))


@lru_cache(maxsize=1)
def _code_digest() -> str:
    """Return the hash of the files that can change a graph: code, reference data and shapes (3 MB, 10 ms)."""
    package = Path(__file__).resolve().parent.parent
    own = ("model.py", "iris.py", "codec.py", "corrections.py", "revise.py", "worldgraph.py")
    files = [package / name for name in own]
    files += resources.folder("shapes").glob("*.ttl")
    for stage in ("read", "copies", "annotate", "lexicon", "rdf", "validate", "fuse"):
        files += (path for path in (package / stage).rglob("*") if path.is_file() and path.suffix != ".pyc")
    found = hashlib.sha256()
    for path in sorted(files, key=lambda path: path.as_posix()):
        found.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()[:16]


def _version(distribution: str) -> str:
    """Return the version of an installed distribution; models in a folder have none."""
    try:
        return importlib.metadata.version(distribution.replace("_", "-"))
    except (importlib.metadata.PackageNotFoundError, ValueError):
        return "unversioned"
