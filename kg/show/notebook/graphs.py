"""Show a graph in a notebook: what it holds, and its network to explore, or as a picture where that cannot be."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass, field

from pyoxigraph import Store

from kg.errors import KGError
from kg.iris import Iris
from kg.lexicon import Lexicon
from kg.page.data import PageReader
from kg.page.html import embedded
from kg.show.counts import Counts, counted, read_counts
from kg.show.notebook.display import Printer, fill
from kg.show.picture import draw_svg
from kg.store.network import network

__all__ = ["GraphView", "read_view"]


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphView:
    """A graph as a notebook shows it.

    The page runs in a frame without access to the notebook, and asks no server for anything. The picture is below it:
    it is seen while the page starts, and instead of it where scripts or frames are not allowed. ``page`` is the page's
    HTML and ``picture`` SVG, each empty where it cannot be made; ``notes`` say why, and what to do about it.
    """

    name: str
    counts: Counts
    page: str = field(default="", repr=False)
    picture: str = field(default="", repr=False)
    height: int = 680
    notes: tuple[str, ...] = ()

    @property
    def gist(self) -> str:
        """What the graph holds, in a sentence."""
        counts = self.counts
        days = " to ".join(dict.fromkeys(day for day in (counts.first, counts.last) if day))
        articles = f"{counted(counts.documents, 'article')} by {counted(counts.publishers, 'publisher')}"
        what = (
            (counts.entities, "entity"), (counts.relations, "relation"), (counts.events, "event"),
            (counts.claims, "claim"), (counts.disputes, "dispute"),
        )  # fmt: skip
        return f"{articles}{f', {days}' if days else ''}: {', '.join(counted(*pair) for pair in what)}."

    @property
    def words(self) -> str:
        """What the picture shows, for whoever cannot see it."""
        return "The most important entities and the strongest relations between them"

    @property
    def picture_uri(self) -> str:
        """The picture as an address that holds it."""
        return f"data:image/svg+xml;base64,{base64.b64encode(self.picture.encode()).decode()}" if self.picture else ""

    def _repr_html_(self) -> str:
        return fill("graph.html", it=self)

    def _repr_svg_(self) -> str | None:
        return self.picture or None

    def _repr_pretty_(self, printer: Printer, cycle: bool) -> None:
        printer.text(f"{self.name}\n{self.gist}")


def read_view(store: Store, lexicon: Lexicon, *, name: str, limit: int, height: int, base: str) -> GraphView:
    """Return a graph as a notebook shows it.

    Args:
        store: Read only.
        lexicon: The one that the graph was built with.
        name: Stands above it.
        limit: The most entities that the page holds, the most important ones first.
        height: Of the frame, in pixels.
        base: The base of the graph's IRIs.
    """
    page, no_page = _attempt(lambda: embedded(PageReader(store, lexicon, base=base).page(title=name, limit=limit)))
    picture, no_picture = _attempt(lambda: draw_svg(network(store, Iris(base))))
    counts = read_counts(store, base=base)
    notes = (*no_page, *no_picture)
    return GraphView(name=name, counts=counts, page=page, picture=picture, height=height, notes=notes)


def _attempt(make: Callable[[], str]) -> tuple[str, tuple[str, ...]]:
    """Return what is made, or an empty text and why it could not be."""
    try:
        return make(), ()
    except KGError as error:
        return "", (str(error),)
