// Who is linked with whom by the edges that the filters let through.

import type { ShownEdge } from "./filter";

export class Links {
  private readonly by = new Map<string, Map<string, number>>();
  readonly ranked: string[];

  constructor(edges: ShownEdge[]) {
    for (const { edge, sources } of edges) {
      if (edge.source === edge.target) continue;
      this.add(edge.source, edge.target, sources);
      this.add(edge.target, edge.source, sources);
    }
    const rank = new Map([...this.by].map(([id, near]) => [id, near.size + [...near.values()].reduce((a, b) => a + b, 0)]));
    this.ranked = [...this.by.keys()].sort((a, b) => (rank.get(b) ?? 0) - (rank.get(a) ?? 0) || (a < b ? -1 : 1));
  }

  private add(one: string, other: string, sources: number): void {
    const near = this.by.get(one) ?? new Map<string, number>();
    near.set(other, Math.max(near.get(other) ?? 0, sources));
    this.by.set(one, near);
  }

  has(id: string): boolean {
    return this.by.has(id);
  }

  /** The most important ones; whoever is linked with none of them gives way to the next that is. */
  connected(top: number): string[] {
    const chosen = new Set(this.ranked.slice(0, top));
    const isLinked = (id: string): boolean => [...(this.by.get(id)?.keys() ?? [])].some((other) => other !== id && chosen.has(other));
    for (const candidate of this.ranked.slice(top)) {
      const alone = [...chosen].filter((id) => !isLinked(id)).at(-1);
      if (!alone) break;
      if (!isLinked(candidate)) continue;
      chosen.delete(alone);
      chosen.add(candidate);
    }
    return [...chosen];
  }

  /** Those linked with an entity, the best linked first. */
  near(id: string): string[] {
    const near = this.by.get(id) ?? new Map<string, number>();
    const order = (other: string): number => (near.get(other) ?? 0) * 1000 + (this.by.get(other)?.size ?? 0);
    return [...near.keys()].sort((a, b) => order(b) - order(a) || (a < b ? -1 : 1));
  }
}

/** The one of those shown that most of the hidden ones are linked with. */
export function nearest(hidden: string[], shown: string[], links: Links): string {
  const many = new Map(shown.map((id) => [id, 0]));
  for (const id of hidden.slice(0, 300)) {
    for (const other of links.near(id)) if (many.has(other)) many.set(other, (many.get(other) ?? 0) + 1);
  }
  const best = [...many].sort((one, other) => other[1] - one[1])[0];
  return best && best[1] > 0 ? best[0] : "";
}
