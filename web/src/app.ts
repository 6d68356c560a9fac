// What every view is given: the data, the state, and what the filters let through now.

import type { Graph, PageData } from "./data";
import { Filter, type ShownEdge } from "./filter";
import type { Source } from "./source";
import { type State, type Store, isFiltered } from "./state";

export class App {
  private known: { key: string; filter: Filter; edges: ShownEdge[] } | null = null;
  private loads = 0;

  constructor(
    readonly data: PageData,
    readonly graph: Graph,
    readonly store: Store,
    readonly source: Source,
  ) {}

  get state(): State {
    return this.store.state;
  }

  get filter(): Filter {
    return this.filtered().filter;
  }

  /** The edges that the filters let through; worked out once for each filter. */
  get edges(): ShownEdge[] {
    return this.filtered().edges;
  }

  get isFiltered(): boolean {
    return isFiltered(this.state);
  }

  /** Ask the source for what surrounds an entity, and take it in. */
  async load(entity: string): Promise<void> {
    const slice = await this.source.surroundings(entity);
    if (!slice) return;
    this.graph.add(slice);
    this.loads += 1;
  }

  private filtered(): { filter: Filter; edges: ShownEdge[] } {
    const { types, classes, sources, modalities, from, to, confidence } = this.state;
    const key = JSON.stringify([types, classes, sources, modalities, from, to, confidence, this.loads]);
    if (this.known?.key !== key) {
      const filter = new Filter(this.graph, this.state);
      this.known = { key, filter, edges: filter.edges() };
    }
    return this.known;
  }
}
