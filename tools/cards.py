"""Draw cards with rows of words, and arrows between them, as SVG that depends on nothing but its input."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

__all__ = ["Arrow", "Card", "draw"]

_CHARACTER, _LINE, _PADDING, _GAP = 7.23, 18, 10, 26
_COLOURS = {
    "text": ("#e8f1fa", "#2b5c8a"), "claim": ("#fdf0d8", "#9a6212"), "world": ("#e2f2e3", "#2f6e36"),
    "run": ("#ece6f6", "#5a3f96"), "entity": ("#ffffff", "#5c5c5c"),
}  # fmt: skip
_INK = "#1b1f23"
_FONT = "ui-monospace, 'DejaVu Sans Mono', 'Liberation Mono', Menlo, Consolas, monospace"


@dataclass(frozen=True, kw_only=True)
class Card:
    """A resource: its name, its class, and rows of property and value; ``width`` in characters."""

    name: str
    kind: str
    layer: str
    rows: Sequence[tuple[str, str]] = ()
    width: int = 44
    lines: list[tuple[str, str]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        lines = []
        indent = max((len(key) for key, _ in self.rows), default=0) + 1
        for key, value in self.rows:
            parts = textwrap.wrap(value, self.width - indent, break_on_hyphens=False) or [""]
            lines += [(key if at == 0 else "", part) for at, part in enumerate(parts)]
        object.__setattr__(self, "lines", lines)

    @property
    def indent(self) -> int:
        """Characters before the values."""
        return max((len(key) for key, _ in self.rows), default=0) + 1

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in pixels."""
        return self.width * _CHARACTER + 2 * _PADDING, (len(self.lines) + 1) * _LINE + 2 * _PADDING + 6


@dataclass(frozen=True)
class Arrow:
    """From one card to another, by their names, with the property's name."""

    source: str
    target: str
    words: str


def draw(title: str, columns: Sequence[Sequence[Card]], arrows: Sequence[Arrow], *, gap: int = 150) -> str:
    """Return a picture: cards in columns, each column from top to bottom; arrows between cards of different columns."""
    boxes: dict[str, tuple[float, float, float, float]] = {}
    heights = [sum(card.size[1] for card in column) + _GAP * (len(column) - 1) for column in columns]
    full, left = max(heights), 20.0
    body = []
    for column, height in zip(columns, heights, strict=True):
        top = 20 + (full - height) / 2
        for card in column:
            boxes[card.name] = (left, top, *card.size)
            body.append(_card(card, left, top))
            top += card.size[1] + _GAP
        left += max(card.size[0] for card in column) + gap
    lines = [_arrow(arrow, boxes) for arrow in arrows]
    width, height = left - gap + 20, full + 40
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" '
        f'height="{height:.0f}" role="img" font-family="{_FONT}" font-size="12">\n<title>{escape(title)}</title>\n'
        '<rect width="100%" height="100%" fill="#ffffff"/>\n'
        '<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" '
        'markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0L8 4L0 8z" fill="#5c6670"/></marker></defs>\n'
    )
    return head + "\n".join([*lines, *body]) + "\n</svg>\n"


def _card(card: Card, left: float, top: float) -> str:
    fill, edge = _COLOURS[card.layer]
    width, height = card.size
    x, y, right = left + _PADDING, top + _PADDING + 11, left + width - _PADDING
    frame = f'x="{left:.1f}" y="{top:.1f}" width="{width:.1f}" height="{height:.1f}" rx="6"'
    parts = [
        f'<rect {frame} fill="{fill}" stroke="{edge}"/>',
        _words(card.name, x, y, _INK, 'font-weight="bold"'),
        _words(card.kind, right, y, edge, 'text-anchor="end"'),
    ]
    for at, (key, value) in enumerate(card.lines):
        down = y + (at + 1) * _LINE + 6
        parts += [_words(key, x, down, edge)] if key else []
        parts.append(_words(value, x + card.indent * _CHARACTER, down, _INK))
    return "\n".join(parts)


def _words(words: str, x: float, y: float, colour: str, more: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" fill="{colour}" {more}>{escape(words)}</text>'.replace(" >", ">")


def _arrow(arrow: Arrow, boxes: dict[str, tuple[float, float, float, float]]) -> str:
    """Draw from the side of one card to the facing side of the other, ending at the height that both share best."""
    one, other = boxes[arrow.source], boxes[arrow.target]
    forward = one[0] < other[0]
    x1, x2 = (one[0] + one[2], other[0]) if forward else (one[0], other[0] + other[2])
    y1, y2 = _heights(one, other)
    middle = (x1 + x2) / 2
    half = len(arrow.words) * _CHARACTER / 2 + 3
    y = (y1 + y2) / 2
    return (
        f'<path d="M{x1:.1f} {y1:.1f}C{middle:.1f} {y1:.1f} {middle:.1f} {y2:.1f} {x2:.1f} {y2:.1f}" fill="none" '
        f'stroke="#5c6670" stroke-width="1.3" marker-end="url(#head)"/>\n'
        f'<rect x="{middle - half:.1f}" y="{y - 9:.1f}" width="{2 * half:.1f}" height="17" fill="#ffffff"/>\n'
        f'<text x="{middle:.1f}" y="{y + 4:.1f}" text-anchor="middle" fill="#3d454d">{escape(arrow.words)}</text>'
    )


def _heights(one: tuple[float, ...], other: tuple[float, ...]) -> tuple[float, float]:
    low, high = max(one[1], other[1]), min(one[1] + one[3], other[1] + other[3])
    if low < high:
        return (low + high) / 2, (low + high) / 2
    return one[1] + one[3] / 2, other[1] + other[3] / 2
