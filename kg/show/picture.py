"""Draw the network of the most important entities as SVG and PNG."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx

from kg.errors import KGError, QueryError
from kg.extras import not_installed
from kg.show.layout import Box
from kg.show.network import Link, View, select
from kg.show.scene import LINK_SIZE, Curve, LinkLabel, NodeBox, Scene, make_scene

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["draw", "draw_svg", "draw_view"]

_TITLE_TEXT = "Who has to do with whom"
_MARGIN = 24.0
_TITLE = 46.0
_LEGEND = 64.0
_WIDTH = 620.0
"""The least width in points, so that title and legend fit over a small network."""

_FILL = {
    "country": ("#cfe3f6", "#2b5c8a"),
    "person": ("#fde7c4", "#9a6212"),
    "organization": ("#dcd3f0", "#5a3f96"),
    "place": ("#d3ecd4", "#2f6e36"),
    "other": ("#eaeaea", "#5c5c5c"),
}
_NAMES = {
    "country": "country",
    "person": "person",
    "organization": "organisation or group",
    "place": "place",
    "other": "other",
}
_INK = "#222222"
_LINE = "#6b7580"
_DISPUTED = "#c02b2b"


def draw(
    graph: nx.MultiDiGraph[str],
    *paths: Path | str,
    entities: int = 20,
    title: str = _TITLE_TEXT,
) -> View:
    """Draw the most important entities of a network into files; their endings say in which formats.

    The same network gives the same bytes with one version of matplotlib: no date, no random identifiers.

    Args:
        graph: As ``graph.network()`` gives it.
        paths: Files to write, ``.svg``, ``.png`` or ``.pdf``; overwritten.
        entities: How many at most; the picture says of how many.
        title: Stands above.

    Returns:
        What was drawn.

    Raises:
        QueryError: The network has no link, a path has another ending, or matplotlib is not installed.
    """
    view = _selected(graph, entities)
    draw_view(view, paths, title=title)
    return view


def _selected(graph: nx.MultiDiGraph[str], entities: int) -> View:
    view = select(graph, top=entities)
    if not view.links:
        raise QueryError(
            f"the network has {view.entities} entities and no relation between two of them; there is nothing to draw",
            remedy="'kg query timeline' lists the events",
        )
    return view


def draw_svg(graph: nx.MultiDiGraph[str], *, entities: int = 20, title: str = _TITLE_TEXT) -> str:
    """Return the picture of a network's most important entities as SVG, see :func:`draw`.

    Raises:
        QueryError: The network has no link, or matplotlib is not installed.
    """
    view = _selected(graph, entities)
    out = io.StringIO()
    with _style():
        figure = _figure(make_scene(view, _measure), view, title)
        figure.savefig(out, format="svg", metadata=_metadata(Path("x.svg"), title), facecolor="white")
    return out.getvalue()


def draw_view(view: View, paths: Sequence[Path | str], *, title: str) -> Scene:
    """Draw what was chosen, see :func:`draw`; return where everything stands."""
    targets = [Path(path) for path in paths]
    for path in targets:
        if path.suffix.lower() not in {".svg", ".png", ".pdf"}:
            raise QueryError(
                f"{path.name!r} does not end in .svg, .png or .pdf",
                where=str(path),
                remedy="A page for a browser ends in .html; data is written by kg export",
            )
    with _style():
        scene = make_scene(view, _measure)
        figure = _figure(scene, view, title)
        for path in targets:
            try:
                figure.savefig(path, dpi=150, metadata=_metadata(path, title), facecolor="white")
            except OSError as error:
                raise KGError(f"the picture cannot be written: {error}", where=str(path)) from error
    return scene


def _style() -> AbstractContextManager[None]:
    """Return the settings of our pictures; words in SVG become outlines, so that they fit their boxes everywhere."""
    try:
        from matplotlib import rc_context
    except ImportError as error:
        raise not_installed(QueryError, "pictures need matplotlib", extra="picture") from error
    settings: Any = {
        "font.family": ["DejaVu Sans"],
        "svg.fonttype": "path",
        "svg.hashsalt": "kg-news",
        "text.usetex": False,
        "text.parse_math": False,
        "path.simplify": False,
    }
    return rc_context(settings)


def _metadata(path: Path, title: str) -> dict[str, str | None]:
    """Leave out what would differ from run to run."""
    if path.suffix.lower() == ".png":
        return {"Title": title, "Software": None}
    return {"Title": title, "Date": None} if path.suffix.lower() == ".svg" else {"Title": title, "CreationDate": None}


def _measure(text: str, size: float, bold: bool) -> float:
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    properties = FontProperties(family="DejaVu Sans", size=size, weight="bold" if bold else "normal")
    return float(text_to_path.get_text_width_height_descent(text, properties, ismath=False)[0])


def _figure(scene: Scene, view: View, title: str) -> Figure:
    from matplotlib.figure import Figure

    width = max(scene.width, _WIDTH) + 2 * _MARGIN
    height = scene.height + _TITLE + _LEGEND + 2 * _MARGIN
    figure = Figure(figsize=(width / 72, height / 72))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    # One unit is one point; the scene stands above the legend, in the middle of the width.
    left = (width - scene.width) / 2
    low = _MARGIN + _LEGEND
    axes.set_xlim(-left, width - left)
    axes.set_ylim(-low, height - low)
    for curve in scene.curves:
        _draw_curve(axes, curve)
    for label in scene.labels:
        _draw_label(axes, label)
    for node in scene.nodes:
        _draw_node(axes, node)
    _draw_title(axes, view, title, x=_MARGIN - left, y=height - low - _MARGIN)
    _draw_legend(axes, view, x=_MARGIN - left, y=_MARGIN - low)
    return figure


def _colour(link: Link) -> str:
    return _DISPUTED if link.disputed else _LINE


def _draw_curve(axes: Axes, curve: Curve) -> None:
    if len(curve.points) < 2:
        return
    xs, ys = zip(*curve.points, strict=True)
    dashes = (0, (4.5, 2.5)) if curve.link.planned else "-"
    width = 1.0 + 0.6 * min(curve.link.sources - 1, 4)
    axes.plot(xs, ys, color=_colour(curve.link), linewidth=width, linestyle=dashes, zorder=1, solid_capstyle="butt")
    near = min(4, len(curve.points) - 1)
    if curve.to_second:
        _draw_head(axes, curve.points[-1 - near], curve.points[-1], _colour(curve.link))
    if curve.to_first:
        _draw_head(axes, curve.points[near], curve.points[0], _colour(curve.link))


def _draw_head(axes: Axes, tail: tuple[float, float], tip: tuple[float, float], colour: str) -> None:
    angle = math.atan2(tip[1] - tail[1], tip[0] - tail[0])
    corners = [tip]
    for side in (-1, 1):
        turned = angle + math.pi + side * 0.42
        corners.append((tip[0] + 9 * math.cos(turned), tip[1] + 9 * math.sin(turned)))
    axes.fill(*zip(*corners, strict=True), color=colour, linewidth=0, zorder=2)


def _draw_label(axes: Axes, label: LinkLabel) -> None:
    box = label.box
    corners = _outline(box, "country")
    axes.fill(*zip(*corners, strict=True), facecolor="white", edgecolor="none", alpha=0.92, zorder=3)
    for relation_line, y in zip(label.lines, _lines(box, len(label.lines), LINK_SIZE), strict=True):
        colour = _DISPUTED if "disputed)" in relation_line else "#3d454d"
        axes.text(box.x, y, relation_line, size=LINK_SIZE, color=colour, ha="center", va="center", zorder=4)


def _draw_node(axes: Axes, node: NodeBox) -> None:
    fill, edge = _FILL[node.node.kind]
    corners = _outline(node.box, node.node.kind)
    axes.fill(*zip(*corners, strict=True), facecolor=fill, edgecolor=edge, linewidth=1.2, zorder=5)
    for line, y in zip(node.lines, _lines(node.box, len(node.lines), node.size), strict=True):
        axes.text(
            node.box.x, y, line, size=node.size, color=_INK, ha="center", va="center", weight="bold", zorder=6
        )  # fmt: skip


def _lines(box: Box, count: int, size: float) -> list[float]:
    """Return the heights of the middles of lines, the first on top."""
    return [box.y + ((count - 1) / 2 - at) * size * 1.3 for at in range(count)]


def _outline(box: Box, kind: str) -> list[tuple[float, float]]:
    """Return the corners of a box: pill for a person, cut corners for an organisation, points for a place."""
    w, h = box.width / 2, box.height / 2
    cut = min(h, 7.0)
    quarter = {
        "person": [(w - h * (1 - math.cos(a)), h * math.sin(a)) for a in (math.pi / 2 * n / 12 for n in range(13))],
        "organization": [(w, h - cut), (w - cut, h)],
        "place": [(w, 0.0), (w - cut, h)],
    }.get(kind, [(w, h)])
    right = [*((x, -y) for x, y in reversed(quarter)), *quarter]
    return [(box.x + x, box.y + y) for x, y in [*right, *((-x, y) for x, y in reversed(right))]]


def _draw_title(axes: Axes, view: View, title: str, *, x: float, y: float) -> None:
    axes.text(x, y, title, size=15, weight="bold", color=_INK, ha="left", va="top")
    shown = f"{len(view.nodes)} of {view.entities} linked entities, {view.shown} of {view.relations} relations"
    axes.text(x, y - 21, shown, size=9, color="#555555", ha="left", va="top")


def _draw_legend(axes: Axes, view: View, *, x: float, y: float) -> None:
    kinds = [kind for kind in _FILL if any(node.kind == kind for node in view.nodes)]
    at = x
    for kind in kinds:
        fill, edge = _FILL[kind]
        axes.fill(*zip(*_outline(Box(at + 14, y + 36, 28, 14), kind), strict=True), facecolor=fill, edgecolor=edge)
        axes.text(at + 33, y + 36, _NAMES[kind], size=9, color=_INK, ha="left", va="center")
        at += 33 + _measure(_NAMES[kind], 9, False) + 16
    at = x
    for name, colour, dashes in (
        ("told as done", _LINE, "-"),
        ("only planned", _LINE, (0, (4.5, 2.5))),
        ("sources differ", _DISPUTED, "-"),
    ):
        axes.plot([at, at + 28], [y + 12, y + 12], color=colour, linewidth=1.6, linestyle=dashes)
        axes.text(at + 33, y + 12, name, size=9, color=_INK, ha="left", va="center")
        at += 33 + _measure(name, 9, False) + 16
    axes.text(at, y + 12, "the larger or thicker, the more sources", size=9, color=_INK, ha="left", va="center")
