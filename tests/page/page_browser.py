"""What tests ask of a page in the browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

OUT = Path(__file__).parents[2] / "out"

Open = Callable[..., Page]


def is_here(url: str) -> bool:
    return url.startswith(("file:", "data:", "http://127.0.0.1:"))


def picture(page: Page, name: str) -> None:
    """Keep a picture of the page in out/, for whoever looks at it."""
    OUT.mkdir(exist_ok=True)
    page.screenshot(path=OUT / f"page-{name}.png")


def point_of(page: Page, id_: str) -> tuple[float, float]:
    """Return where a node or line of the network is on the screen; cytoscape.js keeps itself at its element."""
    return page.evaluate(
        """id => {
          const box = document.getElementById("network");
          const found = box._cyreg.cy.getElementById(id);
          if (found.empty()) throw new Error("not drawn: " + id);
          const at = found.isNode() ? found.renderedPosition() : found.renderedMidpoint();
          const corner = box.getBoundingClientRect();
          return [corner.x + at.x, corner.y + at.y];
        }""",
        id_,
    )


def drawn(page: Page) -> dict[str, dict[str, Any]]:
    """Return every node and line of the network by id, with its classes, and its width as it is drawn."""
    return page.evaluate(
        """() => Object.fromEntries(document.getElementById("network")._cyreg.cy.elements().map(e =>
          [e.id(), {classes: e.classes(), width: e.width(), label: e.data("label"), words: e.data("words"),
                    style: e.isEdge() ? e.style("line-style") : e.style("shape"), colour: e.style("line-color")}]))"""
    )


def labels_overlap(page: Page) -> list[str]:
    """Return the pairs of labels of the network that cover each other."""
    return page.evaluate(
        """() => {
          const cy = document.getElementById("network")._cyreg.cy;
          const label = {includeNodes: false, includeEdges: false, includeLabels: true, includeOverlays: false};
          const boxes = [
            ...cy.nodes().map(n => [n.id(), n.boundingBox({includeLabels: false, includeOverlays: false})]),
            ...cy.nodes().filter(n => !n.hasClass("bubble")).map(n => ["label of " + n.id(), n.boundingBox(label)]),
            ...cy.edges().filter(e => e.data("label")).map(e => [e.id(), e.boundingBox(label)]),
          ];
          const hits = [];
          boxes.forEach(([a, one], i) => boxes.slice(i + 1).forEach(([b, two]) => {
            if (one.x1 < two.x2 - 2 && two.x1 < one.x2 - 2 && one.y1 < two.y2 - 2 && two.y1 < one.y2 - 2) hits.push(a + " " + b);
          }));
          return hits;
        }"""
    )
