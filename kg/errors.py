"""Everything that kg raises on purpose.

    KGError
    ├── ReadError (ValueError)          a source cannot be read as a news article
    ├── ConfigError (ValueError)        a setting or workspace file is wrong
    ├── LexiconError (ValueError)       a lexicon pack is wrong
    ├── AnnotateError (RuntimeError)    the language pipeline cannot be made or failed on a document
    ├── LinkError (LookupError)         an entity or knowledge base entry cannot be resolved
    ├── MappingError (ValueError)       records cannot be turned into RDF
    ├── ShapeError (ValueError)         shapes or the data to validate cannot be used
    ├── StoreError (OSError)            a workspace or store cannot be opened or written
    ├── RemoteError (ConnectionError)   another server cannot be reached, refuses, or answers nonsense
    ├── QueryError (ValueError)         a query, parameter or output format is wrong
    ├── ServeError (RuntimeError)        the server cannot be started
    ├── EngineError (RuntimeError)      what runs documents on several machines cannot be started or reached
    └── ResourceError (FileNotFoundError)  a file of the installation is missing

Facts are attributes; the message says what was found, where, what was expected and what to do.
"""

from __future__ import annotations

__all__ = [
    "AnnotateError",
    "ConfigError",
    "EngineError",
    "KGError",
    "LexiconError",
    "LinkError",
    "MappingError",
    "QueryError",
    "ReadError",
    "RemoteError",
    "ResourceError",
    "ServeError",
    "ShapeError",
    "StoreError",
]


class KGError(Exception):
    """Root of all errors of kg.

    Args:
        problem: What was found, and what was expected.
        where: File, document, entry or place in it.
        remedy: What to do now.
    """

    def __init__(self, problem: str, *, where: str | None = None, remedy: str | None = None) -> None:
        self.problem = problem
        self.where = where
        self.remedy = remedy
        super().__init__(problem, where, remedy)

    def __reduce__(self) -> tuple[object, ...]:
        # without its keywords, an error could not come back from another process
        return _again, (type(self), self.problem, self.where, self.remedy)

    def __str__(self) -> str:
        parts = [f"{self.where}: {self.problem}" if self.where else self.problem]
        if self.remedy:
            parts.append(self.remedy)
        return ". ".join(part.rstrip(".") for part in parts) + "."


def _again(kind: type[KGError], problem: str, where: str | None, remedy: str | None) -> KGError:
    return kind(problem, where=where, remedy=remedy)


class ReadError(KGError, ValueError):
    """A source cannot be read as a news article."""


class ConfigError(KGError, ValueError):
    """A setting or a workspace file is wrong."""


class LexiconError(KGError, ValueError):
    """A lexicon pack is wrong."""


class AnnotateError(KGError, RuntimeError):
    """The language pipeline cannot be made, or failed on a document."""


class LinkError(KGError, LookupError):
    """An entity cannot be resolved."""


class MappingError(KGError, ValueError):
    """Records cannot be turned into RDF."""


class ShapeError(KGError, ValueError):
    """Shapes, or data to be validated, cannot be used."""


class StoreError(KGError, OSError):
    """A workspace or store cannot be opened or written."""


class RemoteError(KGError, ConnectionError):
    """Another server cannot be reached, refuses what it is asked, or answers nonsense."""


class QueryError(KGError, ValueError):
    """A query, one of its parameters or an output format is wrong."""


class ServeError(KGError, RuntimeError):
    """The server cannot be started."""


class EngineError(KGError, RuntimeError):
    """What runs documents in several processes or machines cannot be started or reached."""


class ResourceError(KGError, FileNotFoundError):
    """A file that belongs to the installation is missing."""
