// Give the nodes of a scene their places.

import { type Point, type Size, place } from "./layout";
import type { SceneLine, SceneNode } from "./scene";
import { untangle } from "./untangle";

/** Pixels that a line is best long: its words need about so much, less on a narrow screen. */
const STEP = 170;
const SHORT_STEP = 120;
const NARROW = 500;

/** `places` are kept where they are given for all nodes; `start` is where nodes that are known begin. */
export interface Known {
  places: Map<string, Point>;
  start: Map<string, Point>;
}

export function arrange(nodes: SceneNode[], lines: SceneLine[], room: Size, known: Known): void {
  const step = room.width < NARROW ? SHORT_STEP : STEP;
  const links = linksBetween(nodes, lines);
  const ties = tiesBetween(nodes.length, links);
  const sizes = nodes.map(roomFor);
  const given = nodes.flatMap((node) => known.places.get(node.id) ?? []);
  const points = given.length === nodes.length ? given : laidOut(nodes, sizes, [...links, ...ties], room, known.start, step);
  untangle(points, sizes, links, ties, step).forEach((point, index) => ((nodes[index] as SceneNode).at = point));
}

/** Places for a view that was not laid out beforehand; what was shown before stays about where it was. */
function laidOut(nodes: SceneNode[], sizes: Size[], links: [number, number][], room: Size, start: Map<string, Point>, step: number): Point[] {
  const begin = nodes.map((node) => start.get(node.id));
  const isKnown = begin.filter(Boolean).length > nodes.length / 2;
  const shape = Math.max(0.5, Math.min(1.6, room.width / room.height));
  return place(sizes, links, isKnown ? begin : [], step, shape);
}

function linksBetween(nodes: SceneNode[], lines: SceneLine[]): [number, number][] {
  const at = new Map(nodes.map((node, index) => [node.id, index]));
  const ends = [...lines.map((line) => [line.source, line.target]), ...nodes.filter((node) => node.tie).map((node) => [node.id, node.tie])];
  const pairs = ends.map(([one, other]) => [at.get(one ?? ""), at.get(other ?? "")]);
  return pairs.filter((pair): pair is [number, number] => pair[0] !== undefined && pair[1] !== undefined);
}

/** Ties from the first of each part to the first of all, so that parts which nothing links stay near each other. */
function tiesBetween(count: number, links: [number, number][]): [number, number][] {
  const part = Array.from({ length: count }, (_, at) => at);
  const root = (at: number): number => (part[at] === at ? at : root(part[at] as number));
  for (const [one, other] of links) part[Math.max(root(one), root(other))] = Math.min(root(one), root(other));
  return part.flatMap((_, at) => (at && root(at) === at ? [[0, at] as [number, number]] : []));
}

/** The room that a node needs with its label below. */
export function roomFor(node: SceneNode): Size {
  const width = node.label.length * 7.5;
  if (node.kind === "bubble") return { width: 100, height: 100 };
  return { width: Math.max(44, Math.min(width, 130)), height: 44 + 18 * (1 + Math.floor(width / 130)) };
}
