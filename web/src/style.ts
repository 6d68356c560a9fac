// The network's look; colours come from the page's own, so that light and dark need one list only.

import type cytoscape from "cytoscape";

import type { Kind } from "./words";

const SHAPES: Record<Kind, cytoscape.Css.NodeShape> = {
  person: "ellipse",
  country: "hexagon",
  place: "diamond",
  organization: "round-rectangle",
  document: "cut-rectangle",
  happening: "star",
  other: "pentagon",
};

/** cytoscape takes double quotes only. */
export const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif';

export const LINE_FONT_SIZE = 11;

export function networkStyle(box: HTMLElement): cytoscape.StylesheetJson {
  const colour = colours(box);
  const kinds = (Object.keys(SHAPES) as Kind[]).map((kind) => ({
    selector: `node.${kind}`,
    style: { shape: SHAPES[kind], "background-color": colour(`${kind}-fill`), "border-color": colour(`${kind}-line`) },
  }));
  return [...nodes(colour), ...kinds, ...lines(colour), ...states(colour)] as cytoscape.StylesheetJson;
}

/** The page's colours by name: a custom property is resolved for light or dark only where it is used. */
function colours(box: HTMLElement): Colour {
  const probe = box.appendChild(document.createElement("span"));
  const names = ["page", "surface-2", "ink", "muted", "edge", "accent", "red", ...Object.keys(SHAPES).flatMap((kind) => [`${kind}-fill`, `${kind}-line`])];
  const found = new Map<string, string>();
  for (const name of names) {
    probe.style.color = `var(--${name})`;
    found.set(name, getComputedStyle(probe).color);
  }
  probe.remove();
  return (name) => found.get(name) ?? "";
}

type Colour = (name: string) => string;

function nodes(colour: Colour): object[] {
  return [
    {
      selector: "node",
      style: {
        width: "data(size)",
        height: "data(size)",
        label: "data(label)",
        color: colour("ink"),
        "border-width": 2,
        "font-family": FONT,
        "font-size": 13,
        "text-valign": "bottom",
        "text-margin-y": 4,
        "text-wrap": "wrap",
        "text-max-width": "130px",
        "text-background-color": colour("page"),
        "text-background-opacity": 0.85,
        "text-background-padding": "1px",
      },
    },
    { selector: "node.focus", style: { "border-width": 4, "font-weight": "bold", "font-size": 15 } },
    {
      selector: "node.bubble",
      style: {
        shape: "ellipse",
        "background-color": colour("surface-2"),
        "border-color": colour("muted"),
        "border-style": "dotted",
        "text-valign": "center",
        "text-margin-y": 0,
        "text-background-opacity": 0,
        "font-size": 11,
        "text-max-width": "86px",
      },
    },
  ];
}

function lines(colour: Colour): object[] {
  return [
    {
      selector: "edge",
      style: {
        width: "data(width)",
        "line-color": colour("edge"),
        "target-arrow-color": colour("edge"),
        "source-arrow-color": colour("edge"),
        "curve-style": "bezier",
        "control-point-step-size": 34,
        "arrow-scale": 0.9,
        label: "data(label)",
        "font-size": LINE_FONT_SIZE,
        "font-family": FONT,
        color: colour("muted"),
        "text-background-color": colour("page"),
        "text-background-opacity": 0.9,
        "text-background-padding": "2px",
        "text-margin-x": "data(dx)",
        "text-margin-y": "data(dy)",
      },
    },
    { selector: "edge.arrow-target, edge.arrow-both", style: { "target-arrow-shape": "triangle" } },
    { selector: "edge.arrow-both", style: { "source-arrow-shape": "triangle" } },
    { selector: "edge.planned", style: { "line-style": "dashed", "line-dash-pattern": [9, 5] } },
    { selector: "edge.possible, edge.desired", style: { "line-style": "dashed", "line-dash-pattern": [2, 5] } },
    {
      selector: "edge.disputed, edge.denied",
      style: {
        "line-color": colour("red"),
        "target-arrow-color": colour("red"),
        "source-arrow-color": colour("red"),
        color: colour("red"),
      },
    },
    { selector: "edge.tie", style: { "line-style": "dotted", opacity: 0.7, events: "no" } },
    { selector: "edge.denied", style: { "target-arrow-shape": "tee" } },
  ];
}

function states(colour: Colour): object[] {
  return [
    { selector: ".faded", style: { opacity: 0.22 } },
    { selector: "edge.hover, edge.chosen", style: { label: "data(words)", color: colour("ink"), "z-index": 10 } },
    { selector: "node.hover", style: { "border-width": 4 } },
    { selector: "node.chosen", style: { "border-width": 5, "border-color": colour("accent") } },
    { selector: "edge.chosen", style: { "underlay-color": colour("accent"), "underlay-opacity": 0.3, "underlay-padding": 6 } },
    {
      selector: ".cursor",
      style: { "underlay-color": colour("accent"), "underlay-opacity": 0.55, "underlay-padding": 8, label: "data(label)" },
    },
    { selector: "edge.cursor", style: { label: "data(words)", color: colour("ink") } },
  ];
}
