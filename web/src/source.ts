// Where data come from: the page itself, or the server that gave it.

import type { Claim, Graph, PageData, Slice } from "./data";

export interface Found {
  id: string;
  label: string;
  type: string;
  name?: string;
}

export interface Source {
  /** What surrounds an entity; null where everything is loaded already. */
  surroundings(entity: string): Promise<Slice | null>;
  /** Make sure that the sentences of claims are in the graph. */
  sentences(graph: Graph, claims: Claim[]): Promise<void>;
  /** Entities by name that may not be loaded. */
  search(text: string): Promise<Found[]>;
}

/** A page that holds everything. */
export class Embedded implements Source {
  async surroundings(): Promise<null> {
    return null;
  }

  async sentences(): Promise<void> {}

  async search(): Promise<Found[]> {
    return [];
  }
}

/** A page whose server knows more than it holds. */
export class Served implements Source {
  private readonly asked = new Set<string>();

  async surroundings(entity: string): Promise<Slice | null> {
    if (this.asked.has(entity)) return null;
    const slice = await get<Slice>("page/surroundings", { entity });
    this.asked.add(entity);
    return slice;
  }

  async sentences(graph: Graph, claims: Claim[]): Promise<void> {
    const missing = claims.filter((claim) => !graph.sentences.has(claim.at));
    for (let at = 0; at < missing.length; at += 50) {
      const part = missing.slice(at, at + 50).map((claim) => claim.id);
      graph.add({ sentences: await get<Record<string, string>>("page/sentences", { claims: part.join(",") }) });
    }
  }

  async search(text: string): Promise<Found[]> {
    return get<Found[]>("page/search", { q: text });
  }
}

async function get<T>(path: string, params: Record<string, string>): Promise<T> {
  const response = await fetch(`${path}?${new URLSearchParams(params)}`, { headers: { accept: "application/json" } });
  if (!response.ok) throw new Error(`the server answered ${response.status} for ${path}`);
  return (await response.json()) as T;
}

/** The data that the page begins with: inside it, or from its server. */
export async function firstData(): Promise<PageData> {
  const inside = document.getElementById("data");
  return inside ? (JSON.parse(inside.textContent ?? "") as PageData) : get<PageData>("page/data", {});
}
