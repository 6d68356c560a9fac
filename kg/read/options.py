"""What reading depends on besides the sources themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kg.read.columns import Columns
from kg.read.limits import DEFAULT_LIMITS, Limits
from kg.read.metadata import Metadata

__all__ = ["DEFAULT_OPTIONS", "ReadOptions"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """How sources are read.

    ``published`` is the date of articles of which nothing tells it, ``columns`` the mapping for tables of articles of
    which ``sources.toml`` has none, ``limits`` what a source may unpack to. With ``assume_english`` no article is set
    aside for its language.
    """

    published: date | None = None
    columns: Columns = ()
    limits: Limits = DEFAULT_LIMITS
    assume_english: bool = False

    @property
    def defaults(self) -> Metadata:
        """The metadata of articles of which nothing tells them."""
        return Metadata(published=self.published, language="en")


DEFAULT_OPTIONS = ReadOptions()
"""How sources are read where nothing is said."""
