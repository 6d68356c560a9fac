"""From a view to shapes with places: node boxes, labels of links, curves. Knows nothing of how it is drawn."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kg.show.layout import Box, place
from kg.show.network import Link, Node, Relation, View
from kg.show.untangle import untangle

__all__ = ["Curve", "LinkLabel", "Measure", "NodeBox", "Scene", "make_scene"]

Measure = Callable[[str, float, bool], float]
"""Gives the width in points of a text, at a size in points, bold or not."""

Point = tuple[float, float]

LINK_SIZE = 8.5
"""Size in points of the words on a link."""
_LEADING = 1.3
_PADDING = (11.0, 7.0)
_LINES = 4
_WRAP = 20
_ARROWS = {(True, True): "→", (True, False): "←", (False, True): "↑", (False, False): "↓"}


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeBox:
    """An entity's box with its label in one or two lines; ``size`` of the type grows with the sources."""

    node: Node
    box: Box
    lines: tuple[str, ...]
    size: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkLabel:
    """What a link says, a relation a line."""

    link: Link
    box: Box
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """A link's line from box to box, through its label; arrow heads where a relation points that way."""

    link: Link
    points: tuple[Point, ...]
    to_first: bool
    to_second: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Everything that is drawn, in points; the lower left corner is the origin."""

    width: float
    height: float
    nodes: tuple[NodeBox, ...]
    labels: tuple[LinkLabel, ...]
    curves: tuple[Curve, ...]


def make_scene(view: View, measure: Measure) -> Scene:
    """Place a view so that no box of a node or label touches another.

    Labels take part in the layout as if they were nodes between their two entities, so each has room of its own.
    """
    index = {node.id: at for at, node in enumerate(view.nodes)}
    texts = [_wrapped(node.label) for node in view.nodes]
    sizes = [_type_size(node, view) for node in view.nodes]
    # The longer of the two texts decides: arrows are as wide in every direction but for up and down.
    drafts = [_link_lines(link, (0.0, 0.0), (1.0, 0.0)) for link in view.links]
    node_sizes = [_size(*text, measure, bold=True, padding=_PADDING) for text in zip(texts, sizes, strict=True)]
    label_sizes = [_size(lines, LINK_SIZE, measure, bold=False, padding=(4.0, 3.0)) for lines in drafts]
    middle = [(index[link.first], len(index) + at, index[link.second]) for at, link in enumerate(view.links)]
    pairs = [pair for one, label, two in middle for pair in ((one, label), (label, two))]
    boxes = untangle(place([*node_sizes, *label_sizes], pairs), middle, nodes=len(index))
    boxes, width, height = _moved(boxes)
    nodes = tuple(
        NodeBox(node=node, box=boxes[at], lines=texts[at], size=sizes[at]) for at, node in enumerate(view.nodes)
    )
    labels, curves = [], []
    for link, (one, at, two) in zip(view.links, middle, strict=True):
        ends = boxes[one], boxes[two]
        lines = _link_lines(link, (ends[0].x, ends[0].y), (ends[1].x, ends[1].y))
        labels.append(LinkLabel(link=link, box=boxes[at], lines=lines))
        curves.append(_curve(link, ends[0], boxes[at], ends[1]))
    return Scene(width=width, height=height, nodes=nodes, labels=tuple(labels), curves=tuple(curves))


def _type_size(node: Node, view: View) -> float:
    """Return 9 to 14 points: the best supported entity is set largest."""
    most = max(other.sources for other in view.nodes)
    return 9.0 + 5.0 * math.sqrt(max(node.sources, 0) / most) if most else 9.0


def _wrapped(label: str) -> tuple[str, ...]:
    """Break a long label in two where its halves are most alike."""
    words = label.split()
    if len(label) <= _WRAP or len(words) < 2:
        return (label,)
    cuts = [(" ".join(words[:n]), " ".join(words[n:])) for n in range(1, len(words))]
    return min(cuts, key=lambda cut: abs(len(cut[0]) - len(cut[1])))


def _link_lines(link: Link, first: Point, second: Point) -> tuple[str, ...]:
    relations = list(link.relations)
    rest = 0
    if len(relations) > _LINES:
        # a red line must say what is disputed
        contested = next((at for at, relation in enumerate(relations) if relation.disputed), 0)
        if contested > _LINES - 2:
            relations.insert(_LINES - 2, relations.pop(contested))
        rest = len(relations) - _LINES + 1
        relations = relations[: _LINES - 1]
    lines = [_relation_line(relation, first, second) for relation in relations]
    return (*lines, f"and {rest} more") if rest else tuple(lines)


def _relation_line(relation: Relation, first: Point, second: Point) -> str:
    notes = [word for word, said in (("planned", relation.planned), ("disputed", relation.disputed)) if said]
    note = f" ({', '.join(notes)})" if notes else ""
    if relation.symmetric:
        return relation.label + note
    dx, dy = second[0] - first[0], second[1] - first[1]
    if not relation.forward:
        dx, dy = -dx, -dy
    flat = abs(dx) >= abs(dy) * 0.5
    arrow = _ARROWS[flat, (dx >= 0) if flat else (dy >= 0)]
    return f"{arrow} {relation.label}{note}" if arrow == "←" else f"{relation.label}{note} {arrow}"


def _size(
    lines: Sequence[str], size: float, measure: Measure, *, bold: bool, padding: tuple[float, float]
) -> tuple[float, float]:
    width = max(measure(line, size, bold) for line in lines)
    return width + 2 * padding[0], len(lines) * size * _LEADING + 2 * padding[1]


def _moved(boxes: list[Box]) -> tuple[list[Box], float, float]:
    """Move all boxes so that the lowest left corner is the origin; return them with the size of the whole."""
    if not boxes:
        return [], 0.0, 0.0
    left = min(box.x - box.width / 2 for box in boxes)
    low = min(box.y - box.height / 2 for box in boxes)
    moved = [Box(box.x - left, box.y - low, box.width, box.height) for box in boxes]
    return moved, max(b.x + b.width / 2 for b in moved), max(b.y + b.height / 2 for b in moved)


def _curve(link: Link, first: Box, label: Box, second: Box) -> Curve:
    """Return a parabola from one box through the label to the other, cut where the boxes begin."""
    # The control point of a quadratic Bézier curve that is at the label when half of it is done.
    control = (2 * label.x - (first.x + second.x) / 2, 2 * label.y - (first.y + second.y) / 2)
    points = []
    for step in range(121):
        t = step / 120
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t**2
        point = (a * first.x + b * control[0] + c * second.x, a * first.y + b * control[1] + c * second.y)
        if not _inside(first, point) and not _inside(second, point):
            points.append(point)
    one_way = [relation for relation in link.relations if not relation.symmetric]
    return Curve(
        link=link,
        points=tuple(points),
        to_first=any(not relation.forward for relation in one_way),
        to_second=any(relation.forward for relation in one_way),
    )


def _inside(box: Box, point: Point) -> bool:
    return abs(point[0] - box.x) < box.width / 2 + 2 and abs(point[1] - box.y) < box.height / 2 + 2
