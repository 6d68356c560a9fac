// Which claims the filters let through, and what is left of edges, events and disputes then.

import { type Claim, type Dispute, type Edge, type Graph, type Happening, type Modality, classOf } from "./data";
import type { State } from "./state";

const STRENGTH: Modality[] = ["actual", "planned", "possible", "desired"];

/** An edge with the claims that are let through. */
export interface ShownEdge {
  edge: Edge;
  claims: Claim[];
  against: Claim[];
  /** Independent sources of the claims. */
  sources: number;
  modality: Modality;
  disputed: boolean;
}

export class Filter {
  private readonly types: Set<string>;
  private readonly classes: Set<string>;
  private readonly sources: Set<string>;
  private readonly modalities: Set<string>;

  constructor(
    private readonly graph: Graph,
    private readonly state: State,
  ) {
    this.types = new Set(state.types);
    this.classes = new Set(state.classes);
    this.sources = new Set(state.sources);
    this.modalities = new Set(state.modalities);
  }

  entity(id: string): boolean {
    const type = this.graph.entities.get(id)?.type;
    return type === undefined || !this.types.has(type);
  }

  claim(claim: Claim): boolean {
    const state = claim.negated ? "denied" : (claim.modality ?? "actual");
    return (
      claim.confidence >= this.state.confidence &&
      !this.sources.has(claim.origin) &&
      !this.modalities.has(state) &&
      !this.classes.has(classOf(claim)) &&
      this.isInTime(this.graph.events.get(claim.event))
    );
  }

  /** Events without a date count for the day on which they were first reported. */
  private isInTime(event: Happening | undefined): boolean {
    if (!event) return true;
    const first = event.earliest || event.reported || "";
    const last = event.latest || event.reported || "";
    return (!this.state.from || !last || last >= this.state.from) && (!this.state.to || !first || first <= this.state.to);
  }

  edge(edge: Edge): ShownEdge | null {
    if (!this.entity(edge.source) || !this.entity(edge.target)) return null;
    const claims = this.graph.claimsOf(edge.claims).filter((claim) => this.claim(claim));
    if (!claims.length) return null;
    const against = this.graph.claimsOf(edge.against ?? []).filter((claim) => this.claim(claim));
    return {
      edge,
      claims,
      against,
      sources: new Set(claims.map((claim) => claim.origin)).size,
      modality: strongest(claims),
      disputed: against.length > 0 || claims.some((claim) => this.graph.events.get(claim.event)?.disputed),
    };
  }

  edges(): ShownEdge[] {
    return [...this.graph.edges.values()].flatMap((edge) => this.edge(edge) ?? []);
  }

  event(event: Happening): boolean {
    const named = [...(event.who ?? []), ...(event.whom ?? [])].map(([, entity]) => entity).filter(Boolean);
    return (!named.length || named.some((id) => this.entity(id))) && this.graph.claimsOf(event.claims).some((c) => this.claim(c));
  }

  events(): Happening[] {
    return [...this.graph.events.values()].filter((event) => this.event(event));
  }

  /** A dispute is shown as long as claims of two sides are let through. */
  dispute(dispute: Dispute): boolean {
    const event = this.graph.events.get(dispute.event);
    const sides = dispute.sides.filter((side) => this.graph.claimsOf(side.claims).some((claim) => this.claim(claim)));
    return sides.length > 1 && (!event || this.event(event));
  }

  disputes(): Dispute[] {
    return [...this.graph.disputes.values()].filter((dispute) => this.dispute(dispute));
  }
}

function strongest(claims: Claim[]): Modality {
  const found = new Set(claims.map((claim) => claim.modality ?? "actual"));
  return STRENGTH.find((modality) => found.has(modality)) ?? "actual";
}

/** Strongest first: by independent sources, the disputed before others, then by name. */
export function byStrength(one: ShownEdge, other: ShownEdge): number {
  return (
    other.sources - one.sources ||
    Number(other.disputed) - Number(one.disputed) ||
    other.claims.length - one.claims.length ||
    (one.edge.id < other.edge.id ? -1 : 1)
  );
}
