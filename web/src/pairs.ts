// The relations of pairs of entities: put together, named, and chosen so that what is drawn can be read.

import { type ShownEdge, byStrength } from "./filter";

const LINES_A_NODE = 1.7;

export type LineState = "undisputed" | "disputed" | "denied";

export function stateOf(shown: ShownEdge): LineState {
  return shown.edge.denied ? "denied" : shown.disputed ? "disputed" : "undisputed";
}

/** What names several relations of a pair: both ends, and their state where they have one in common. */
export function pairId(edges: ShownEdge[]): string {
  const { source, target } = (edges[0] as ShownEdge).edge;
  const states = new Set(edges.map(stateOf));
  const state = states.size === 1 ? `|${[...states][0]}` : "";
  return `pair:${[source, target].sort().join("|")}${state}`;
}

/** All edges by pair, the pair's strongest first. */
export function gather(edges: ShownEdge[]): ShownEdge[][] {
  const pairs = new Map<string, ShownEdge[]>();
  for (const shown of edges) {
    const key = [shown.edge.source, shown.edge.target].sort().join("|");
    pairs.set(key, [...(pairs.get(key) ?? []), shown]);
  }
  return [...pairs.values()].map((pair) => pair.sort(byStrength)).sort((one, other) => compare(one, other));
}

function compare(one: ShownEdge[], other: ShownEdge[]): number {
  return one[0] && other[0] ? byStrength(one[0], other[0]) : 0;
}

/** As many pairs as can be read: those at the focus, those that keep together what hangs together, then the strongest. */
export function strongest(pairs: ShownEdge[][], shown: Set<string>, focus: string): ShownEdge[][] {
  const parent = new Map([...shown].map((id) => [id, id]));
  const root = (id: string): string => {
    let at = id;
    while (parent.get(at) !== at) at = parent.get(at) ?? at;
    return at;
  };
  const first: ShownEdge[][] = [];
  const rest: ShownEdge[][] = [];
  for (const pair of pairs) {
    const { source, target } = (pair[0] as ShownEdge).edge;
    const joins = root(source) !== root(target);
    parent.set(root(source), root(target));
    (joins || source === focus || target === focus ? first : rest).push(pair);
  }
  return [...first, ...rest.slice(0, Math.max(0, Math.round(LINES_A_NODE * shown.size) - first.length))];
}
