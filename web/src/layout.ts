// Place boxes so that linked ones are near and none touches another; equal input gives equal places.
// Stress majorisation (Gansner, Koren, North 2004), as in kg/show/layout.py; at most 150 boxes, so it takes milliseconds.

export interface Point {
  x: number;
  y: number;
}

export interface Size {
  width: number;
  height: number;
}

const ROUNDS = 120;
const GAP = 12;
/** Far ones are wanted a little nearer than their steps say, so that chains bend instead of running off the screen. */
const BEND = 0.8;

/** Steps between two parts that nothing links. */
const APART = 2.6;

/**
 * Return a place for each size.
 *
 * `start` are places to begin from, where there are any; `step` is how far linked boxes are wanted from each other;
 * `shape` is the screen's width by its height.
 */
export function place(sizes: Size[], links: [number, number][], start: (Point | undefined)[], step: number, shape: number): Point[] {
  const wanted = distances(sizes.length, links);
  let points = begin(sizes.length, start, step);
  for (let round = 0; round < ROUNDS; round++) points = improve(points, wanted, step);
  if (!start.length) points = turn(points, shape);
  return apart(
    points.map(({ x, y }) => ({ x: x * Math.sqrt(shape), y: y / Math.sqrt(shape) })),
    sizes,
  ).map(({ x, y }) => ({ x: Math.round(x), y: Math.round(y) }));
}

function begin(count: number, start: (Point | undefined)[], step: number): Point[] {
  const radius = (step * Math.sqrt(count)) / 2;
  return Array.from({ length: count }, (_, at) => {
    const angle = (2 * Math.PI * at) / count;
    // the first is what the others surround
    const ring = at === 0 ? 0 : radius;
    return start[at] ?? { x: ring * Math.cos(angle), y: ring * Math.sin(angle) };
  });
}

/** Turn everything so that its longest way lies along the screen's longer side. */
function turn(points: Point[], shape: number): Point[] {
  const middle = { x: mean(points.map((point) => point.x)), y: mean(points.map((point) => point.y)) };
  const off = points.map(({ x, y }) => ({ x: x - middle.x, y: y - middle.y }));
  const [xx, yy, xy] = [mean(off.map((p) => p.x * p.x)), mean(off.map((p) => p.y * p.y)), mean(off.map((p) => p.x * p.y))];
  const angle = (shape < 1 ? Math.PI / 2 : 0) - Math.atan2(2 * xy, xx - yy) / 2;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return off.map(({ x, y }) => ({ x: x * cos - y * sin, y: x * sin + y * cos }));
}

function mean(numbers: number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / Math.max(1, numbers.length);
}

/** Steps between all pairs, breadth first; unlinked parts lie a little apart. */
function distances(count: number, links: [number, number][]): number[][] {
  const near: number[][] = Array.from({ length: count }, () => []);
  for (const [one, other] of links) {
    near[one]?.push(other);
    near[other]?.push(one);
  }
  return near.map((_, from) => {
    const steps = new Array<number>(count).fill(Infinity);
    steps[from] = 0;
    let edge = [from];
    for (let step = 1; edge.length; step++) {
      const next = edge.flatMap((at) => near[at] ?? []).filter((at) => steps[at] === Infinity);
      for (const at of next) steps[at] = step;
      edge = [...new Set(next)];
    }
    return steps.map((found) => (Number.isFinite(found) ? found : APART));
  });
}

/** Move every point to where its distances to all others want it, weighted by the square of the nearness. */
function improve(points: Point[], wanted: number[][], step: number): Point[] {
  return points.map((point, at) => {
    let x = 0;
    let y = 0;
    let total = 0;
    points.forEach((other, to) => {
      if (to === at) return;
      const want = (wanted[at]?.[to] ?? 1) ** BEND * step;
      const dx = point.x - other.x;
      const dy = point.y - other.y;
      const far = Math.hypot(dx, dy) || 1e-6;
      const weight = 1 / (want * want);
      x += weight * (other.x + (want * dx) / far);
      y += weight * (other.y + (want * dy) / far);
      total += weight;
    });
    return total ? { x: x / total, y: y / total } : point;
  });
}

/** Push overlapping boxes apart along the shorter way; where that does not end, stretch everything and go on. */
export function apart(points: Point[], sizes: Size[]): Point[] {
  let now = points;
  for (let stretch = 0; stretch < 60; stretch++) {
    for (let round = 0; round < 40; round++) {
      const next = push(now, sizes);
      if (next === now) return now;
      now = next;
    }
    now = now.map(({ x, y }) => ({ x: x * 1.05, y: y * 1.05 }));
  }
  return now;
}

function push(points: Point[], sizes: Size[]): Point[] {
  const moved = points.map((point) => ({ ...point }));
  let any = false;
  for (let at = 0; at < points.length; at++) {
    for (let to = at + 1; to < points.length; to++) {
      const [one, other, a, b] = [moved[at], moved[to], sizes[at], sizes[to]];
      if (!one || !other || !a || !b) continue;
      const overX = (a.width + b.width) / 2 + GAP - Math.abs(one.x - other.x);
      const overY = (a.height + b.height) / 2 + GAP - Math.abs(one.y - other.y);
      if (overX <= 0 || overY <= 0) continue;
      any = true;
      const axis = overX < overY ? "x" : "y";
      const half = (Math.min(overX, overY) + 0.5) / 2;
      const way = one[axis] <= other[axis] ? -1 : 1;
      one[axis] += way * half;
      other[axis] -= way * half;
    }
  }
  return any ? moved : points;
}
