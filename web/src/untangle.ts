// Move boxes a little so that no line runs under a box that it does not join, and few lines cross: plain descent, as in
// kg/show/untangle.py. The order is fixed and nothing is random, so equal input gives equal places.

import type { Point, Size } from "./layout";

const STEPS = [110, 60, 30, 60, 30, 15];
const DIRECTIONS = [[1, 0], [0, 1], [-1, 0], [0, -1], [0.7, 0.7], [-0.7, 0.7], [-0.7, -0.7], [0.7, -0.7]] as const;
const GAP = 10;
/** Costs: of a line under a box that is not its own, of two lines that cross, and of a pixel more or less than wanted. */
const UNDER = 150;
const CROSSING = 60;
const LENGTH = 0.3;
const SHORT = 0.9;

type Line = [one: number, other: number];

/**
 * Return the points at better places.
 *
 * `lines` are drawn, `ties` keep what nothing links near the rest, `wanted` is how long a line is best, so that there is
 * room for its words.
 */
export function untangle(points: Point[], sizes: Size[], lines: Line[], ties: Line[], wanted: number): Point[] {
  const tangle = new Tangle(points.map((point) => ({ ...point })), sizes, lines, ties, wanted);
  for (const step of STEPS) for (let at = 0; at < points.length; at++) tangle.improve(at, step);
  return tangle.points;
}

class Tangle {
  private readonly own: Line[][];
  private readonly springs: Line[][];

  constructor(
    readonly points: Point[],
    private readonly sizes: Size[],
    private readonly lines: Line[],
    ties: Line[],
    private readonly wanted: number,
  ) {
    this.own = points.map((_, at) => lines.filter((line) => line.includes(at)));
    this.springs = points.map((_, at) => [...lines, ...ties].filter((line) => line.includes(at)));
  }

  /** Move one box by a step where that lowers the cost. */
  improve(at: number, step: number): void {
    const start = this.points[at] as Point;
    let place = start;
    let best = this.cost(at);
    for (const [x, y] of DIRECTIONS) {
      this.points[at] = { x: start.x + x * step, y: start.y + y * step };
      if (!this.isFree(at)) continue;
      const cost = this.cost(at);
      if (cost >= best - 1e-6) continue;
      best = cost;
      place = this.points[at] as Point;
    }
    this.points[at] = place;
  }

  private isFree(at: number): boolean {
    const [point, size] = [this.points[at] as Point, this.sizes[at] as Size];
    return this.points.every((other, to) => {
      const room = this.sizes[to] as Size;
      const isApart =
        Math.abs(other.x - point.x) >= (room.width + size.width) / 2 + GAP || Math.abs(other.y - point.y) >= (room.height + size.height) / 2 + GAP;
      return to === at || isApart;
    });
  }

  /** What the place of one box costs: all that changes when it moves. */
  private cost(at: number): number {
    let cost = 0;
    for (const line of this.springs[at] ?? []) {
      const [a, b] = this.ends(line);
      const over = Math.hypot(a.x - b.x, a.y - b.y) - this.wanted;
      cost += over > 0 ? LENGTH * over : -SHORT * over;
    }
    for (const line of this.own[at] ?? []) {
      this.points.forEach((_, to) => (cost += line.includes(to) ? 0 : UNDER * this.isUnder(line, to)));
      for (const other of this.lines) cost += CROSSING * this.cross(line, other);
    }
    for (const line of this.lines) if (!line.includes(at)) cost += UNDER * this.isUnder(line, at);
    return cost;
  }

  private ends([one, other]: Line): [Point, Point] {
    return [this.points[one] as Point, this.points[other] as Point];
  }

  /** 1 where a line runs under a box, else 0. */
  private isUnder(line: Line, at: number): number {
    const [a, b] = this.ends(line);
    const box = this.points[at] as Point;
    const size = this.sizes[at] as Size;
    let from = 0;
    let to = 1;
    for (const [start, way, half] of [
      [a.x - box.x, b.x - a.x, size.width / 2 + 3],
      [a.y - box.y, b.y - a.y, size.height / 2 + 3],
    ] as const) {
      if (way === 0) {
        if (Math.abs(start) > half) return 0;
        continue;
      }
      const [near, far] = [(-half - start) / way, (half - start) / way];
      from = Math.max(from, Math.min(near, far));
      to = Math.min(to, Math.max(near, far));
    }
    return from < to ? 1 : 0;
  }

  /** 1 where two lines that share no end cross, else 0. */
  private cross(line: Line, other: Line): number {
    if (other.includes(line[0]) || other.includes(line[1])) return 0;
    const [a, b] = this.ends(line);
    const [c, d] = this.ends(other);
    return side(a, b, c) !== side(a, b, d) && side(c, d, a) !== side(c, d, b) ? 1 : 0;
  }
}

function side(a: Point, b: Point, c: Point): boolean {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x) > 0;
}
