// Put the words of lines where they cover neither nodes nor each other; words that find no place show on pointing.

import type { Core, EdgeSingular } from "cytoscape";

import { FONT, LINE_FONT_SIZE } from "./style";

interface Box {
  x1: number;
  y1: number;
  x2: number;
  y2: number;
}

const HEIGHT = 18;
const PADDING = 4;
/** Parts of the way from one end to the other, best first. */
const PLACES = [0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73];

export function placeLabels(cy: Core): void {
  const taken: Box[] = cy.nodes().map((node) => node.boundingBox({ includeLabels: false, includeOverlays: false }));
  taken.push(...cy.nodes().map((node) => node.boundingBox({ includeNodes: false, includeLabels: true, includeOverlays: false })));
  const edges = cy.edges().sort((one, other) => rank(other) - rank(one));
  cy.batch(() => edges.forEach((edge) => placeLabel(edge as EdgeSingular, taken)));
}

/** Words of what is chosen come first, then the best supported. */
function rank(edge: { hasClass(name: string): boolean; data(name: string): unknown }): number {
  return (edge.hasClass("near") ? 1000 : 0) + (edge.hasClass("disputed") ? 0.5 : 0) + Number(edge.data("strength"));
}

function placeLabel(edge: EdgeSingular, taken: Box[]): void {
  const words = String(edge.data("words"));
  const middle = edge.midpoint();
  for (const part of PLACES) {
    const at = pointOn(edge, part);
    const box = around(at, widthOf(words));
    if (!taken.some((other) => overlap(box, other))) {
      taken.push(box);
      edge.data({ label: words, dx: at.x - middle.x, dy: at.y - middle.y });
      return;
    }
  }
  edge.data({ label: "", dx: 0, dy: 0 });
}

function pointOn(edge: EdgeSingular, part: number): { x: number; y: number } {
  const from = edge.sourceEndpoint();
  const to = edge.targetEndpoint();
  const bend = edge.controlPoints()?.[0] ?? { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
  const mix = (a: number, b: number, c: number): number => (1 - part) ** 2 * a + 2 * (1 - part) * part * b + part ** 2 * c;
  return { x: mix(from.x, bend.x, to.x), y: mix(from.y, bend.y, to.y) };
}

function around(at: { x: number; y: number }, width: number): Box {
  const half = width / 2 + PADDING;
  return { x1: at.x - half, x2: at.x + half, y1: at.y - HEIGHT / 2, y2: at.y + HEIGHT / 2 };
}

const pen = document.createElement("canvas").getContext("2d");

function widthOf(words: string): number {
  if (!pen) return words.length * 7;
  pen.font = `${LINE_FONT_SIZE}px ${FONT}`;
  return pen.measureText(words).width;
}

function overlap(one: Box, other: Box): boolean {
  return one.x1 < other.x2 && other.x1 < one.x2 && one.y1 < other.y2 && other.y1 < one.y2;
}
