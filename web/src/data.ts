// The page's records, as kg/page/records.py writes them, and the graph that they make up.

export type Modality = "actual" | "planned" | "possible" | "desired";
export type Filler = [words: string, entity: string];

export interface Entity {
  id: string;
  label: string;
  type: string;
  mentions: number;
  sources: number;
  degree?: number;
  group?: number;
  names?: string[];
  same_as?: string[];
}

export interface Doc {
  id: string;
  source: string;
  headline?: string;
  published?: string;
  url?: string;
  path?: string;
}

export interface Happening {
  id: string;
  kind: string;
  claims: string[];
  sources: number;
  who?: Filler[];
  whom?: Filler[];
  what?: Filler[];
  place?: Filler[];
  details?: [role: string, words: string][];
  begin?: string;
  end?: string;
  deadline?: string;
  earliest?: string;
  latest?: string;
  reported?: string;
  negated?: boolean;
  modality?: Modality;
  disputed?: boolean;
}

export interface Claim {
  id: string;
  event: string;
  kind: string;
  document: string;
  origin: string;
  at: string;
  confidence: number;
  negated?: boolean;
  modality?: Modality;
  said_by?: string[];
  via?: string[];
  rule?: string;
  marks?: [start: number, end: number, role: string][];
  review?: string;
  note?: string;
}

export interface Relation {
  id: string;
  label: string;
  symmetric?: boolean;
}

export interface Edge {
  id: string;
  source: string;
  target: string;
  relation: string;
  claims: string[];
  against?: string[];
  denied?: boolean;
  asserted?: string;
}

export interface Dispute {
  id: string;
  event: string;
  role: string;
  kind: string;
  sides: { value: string; claims: string[] }[];
}

export interface Group {
  id: number;
  names: string[];
  size: number;
}

export interface Slice {
  entities?: Entity[];
  documents?: Doc[];
  relations?: Relation[];
  edges?: Edge[];
  events?: Happening[];
  claims?: Claim[];
  disputes?: Dispute[];
  sentences?: Record<string, string>;
}

export interface Counts {
  documents: number;
  publishers: number;
  claims: number;
  events: number;
  disputes: number;
  entities: number;
  relations: number;
  first?: string;
  last?: string;
}

export interface PageData {
  title: string;
  version: string;
  counts: Counts;
  slice: Slice;
  groups?: Group[];
  places?: { entity: string; x: number; y: number }[];
  bubbles?: { group: number; x: number; y: number }[];
  prefixes?: Record<string, string>;
  served?: boolean;
}

/** Everything that is loaded, by id; slices that come later are added. */
export class Graph {
  readonly entities = new Map<string, Entity>();
  readonly documents = new Map<string, Doc>();
  readonly relations = new Map<string, Relation>();
  readonly edges = new Map<string, Edge>();
  readonly events = new Map<string, Happening>();
  readonly claims = new Map<string, Claim>();
  readonly disputes = new Map<string, Dispute>();
  readonly sentences = new Map<string, string>();
  private readonly edgesBy = new Map<string, Edge[]>();
  private readonly eventsBy = new Map<string, Happening[]>();

  add(slice: Slice): void {
    for (const entity of slice.entities ?? []) this.entities.set(entity.id, entity);
    for (const document of slice.documents ?? []) this.documents.set(document.id, document);
    for (const relation of slice.relations ?? []) this.relations.set(relation.id, relation);
    for (const claim of slice.claims ?? []) this.claims.set(claim.id, claim);
    for (const dispute of slice.disputes ?? []) this.disputes.set(dispute.id, dispute);
    for (const [key, text] of Object.entries(slice.sentences ?? {})) this.sentences.set(key, text);
    for (const edge of slice.edges ?? []) this.addEdge(edge);
    for (const event of slice.events ?? []) this.addEvent(event);
  }

  private addEdge(edge: Edge): void {
    if (this.edges.has(edge.id)) return;
    this.edges.set(edge.id, edge);
    for (const end of [edge.source, edge.target]) listed(this.edgesBy, end).push(edge);
  }

  private addEvent(event: Happening): void {
    if (this.events.has(event.id)) return;
    this.events.set(event.id, event);
    for (const entity of partiesOf(event)) listed(this.eventsBy, entity).push(event);
  }

  edgesOf(entity: string): Edge[] {
    return this.edgesBy.get(entity) ?? [];
  }

  eventsOf(entity: string): Happening[] {
    return this.eventsBy.get(entity) ?? [];
  }

  label(entity: string): string {
    return this.entities.get(entity)?.label ?? entity.replace(/^[^:]*:/, "").replaceAll("_", " ");
  }

  relation(edge: Edge): Relation {
    return this.relations.get(edge.relation) ?? { id: edge.relation, label: edge.relation };
  }

  /** The claims of ids, without those that are not loaded. */
  claimsOf(ids: string[]): Claim[] {
    return ids.flatMap((id) => this.claims.get(id) ?? []);
  }
}

function listed<T>(lists: Map<string, T[]>, key: string): T[] {
  const found = lists.get(key) ?? [];
  lists.set(key, found);
  return found;
}

/** The entities that play a role in an event, each once. */
export function partiesOf(event: Happening): Set<string> {
  const fillers = [event.who, event.whom, event.what, event.place].flatMap((part) => part ?? []);
  return new Set(fillers.map(([, entity]) => entity).filter(Boolean));
}

/** The class of a claim or event; an act's predicate is not part of it. */
export function classOf(item: { kind: string }): string {
  return item.kind.split(" ")[0] ?? item.kind;
}
