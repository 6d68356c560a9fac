// Choose what the network shows: the most important entities, those around one, or those of a group, and a bubble for
// whatever would be too much to read.

import { arrange } from "./arrange";
import type { Graph, Modality, PageData } from "./data";
import { type Filter, type ShownEdge, byStrength } from "./filter";
import type { Point, Size } from "./layout";
import { Links, nearest } from "./links";
import { gather, pairId, stateOf, strongest } from "./pairs";
import type { State } from "./state";
import { type Kind, kindOf } from "./words";

export interface SceneNode {
  id: string;
  label: string;
  kind: Kind | "bubble";
  /** Independent sources; of a bubble the number of entities in it. */
  weight: number;
  /** The group that a bubble opens, -1 for one that adds more to this view. */
  group: number;
  isFocus: boolean;
  at: Point;
  /** Of a bubble the node that it has most to do with. */
  tie: string;
}

/** What is drawn between two nodes: one relation, or all of a pair. */
export interface SceneLine {
  id: string;
  source: string;
  target: string;
  edges: ShownEdge[];
  label: string;
  sources: number;
  modality: Modality;
  disputed: boolean;
  denied: boolean;
  arrow: "none" | "target" | "both";
}

export interface Scene {
  nodes: SceneNode[];
  lines: SceneLine[];
  /** What it is, and how much of the whole it shows. */
  title: string;
  note: string;
}

/** Pixels of the screen that an entity needs to be readable with its label and lines. */
const ROOM = { overview: 17000, about: 21000, group: 15000 };
const FEWEST = 8;
const MANY = 32;
export const STEP_MORE = 20;
/** Rather a few more than a bubble for so few. */
const SOME_MORE = 3;
const MOST = 140;
/** Up to so many relations of a pair have a line each; of more, those of one state share a line. */
const READABLE = 4;

interface Choice {
  entities: string[];
  focus: string;
  bubbles: { id: string; label: string; size: number; group: number; near: string[] }[];
  title: string;
  note: string;
  places: Map<string, Point>;
}

export class SceneMaker {
  private room: Size = { width: 800, height: 600 };

  constructor(
    private readonly data: PageData,
    private readonly graph: Graph,
  ) {}

  /** How many entities fit at first. */
  private atFirst(kind: keyof typeof ROOM): number {
    const area = this.room.width * this.room.height;
    return Math.max(FEWEST, Math.min(MANY, Math.round(area / ROOM[kind])));
  }

  /** Make the scene of a state; `room` is the screen's, `before` where nodes stand now. */
  make(state: State, filter: Filter, edges: ShownEdge[], isFiltered: boolean, room: Size, before: Map<string, Point>): Scene {
    this.room = room;
    const links = new Links(edges);
    const choice = state.about
      ? this.around(state, filter, links)
      : state.group >= 0
        ? this.group(state, links)
        : this.overview(state, links, isFiltered);
    const lines = this.lines(choice, edges, state.lines);
    return { nodes: this.nodes(choice, lines, links, before), lines, title: choice.title, note: choice.note };
  }

  private overview(state: State, links: Links, isFiltered: boolean): Choice {
    const linked = links.ranked;
    const many = Math.min(this.atFirst("overview") + state.more, MOST);
    const given = (this.data.places ?? []).filter((at) => links.has(at.entity));
    const asGiven = !isFiltered && !state.more && given.length <= many && this.room.width > this.room.height;
    const entities = asGiven ? given.map((at) => at.entity) : links.connected(linked.length <= many + SOME_MORE ? linked.length : many);
    const places = new Map<string, Point>(given.map(({ entity, x, y }) => [entity, { x, y }]));
    for (const { group, x, y } of this.data.bubbles ?? []) places.set(`group:${group}`, { x, y });
    const note = linked.length > entities.length ? `${entities.length} of ${linked.length.toLocaleString("en-GB")} linked entities` : "";
    return { entities, focus: "", bubbles: this.bubbles(entities, links), title: note ? "The most important" : "Everything that is linked", note, places };
  }

  /** The rest of each group, as far as it is linked. */
  private bubbles(shown: string[], links: Links): Choice["bubbles"] {
    const names = new Set(shown);
    const rest = new Map<number, string[]>();
    for (const id of links.ranked) {
      const group = this.graph.entities.get(id)?.group ?? -1;
      if (!names.has(id) && group >= 0) rest.set(group, [...(rest.get(group) ?? []), id]);
    }
    return [...rest].map(([group, members]) => ({
      id: `group:${group}`,
      label: `${members.length.toLocaleString("en-GB")} more\n${this.groupWords(group)}`,
      size: members.length,
      group,
      near: members,
    }));
  }

  private groupWords(group: number): string {
    const names = this.data.groups?.[group]?.names ?? [];
    return names.length ? `around ${names[0]}` : "in small groups";
  }

  private group(state: State, links: Links): Choice {
    const members = links.ranked.filter((id) => (this.graph.entities.get(id)?.group ?? -1) === state.group);
    const entities = members.slice(0, Math.min(this.atFirst("group") + state.more, MOST));
    const names = this.data.groups?.[state.group]?.names ?? [];
    return {
      entities,
      focus: "",
      bubbles: this.rest(members.length - entities.length, members.slice(entities.length)),
      title: names.length ? `Around ${names.slice(0, 2).join(" and ")}` : "Small groups",
      note: `${entities.length} of ${members.length} entities of this group`,
      places: new Map(),
    };
  }

  private around(state: State, filter: Filter, links: Links): Choice {
    const id = state.about;
    const near = filter.entity(id) ? links.near(id) : [];
    const kept = near.slice(0, Math.min(this.atFirst("about") + state.more, MOST));
    const name = this.graph.label(id);
    const all = near.length === kept.length;
    return {
      entities: [id, ...kept],
      focus: id,
      bubbles: this.rest(near.length - kept.length, near.slice(kept.length)),
      title: `Around ${name}`,
      note: near.length ? `${all ? "all" : `${kept.length} of`} ${near.length} linked entities` : "nothing links it",
      places: new Map([[id, { x: 0, y: 0 }]]),
    };
  }

  private rest(many: number, near: string[]): Choice["bubbles"] {
    return many > 0 ? [{ id: "more", label: `${many} more`, size: many, group: -1, near }] : [];
  }

  private lines(choice: Choice, edges: ShownEdge[], wanted: State["lines"]): SceneLine[] {
    const shown = new Set(choice.entities);
    const inside = edges.filter(({ edge }) => edge.source !== edge.target && shown.has(edge.source) && shown.has(edge.target));
    const pairs = strongest(gather(inside), shown, choice.focus);
    return pairs.flatMap((pair) => this.bundles(pair, wanted)).map((bundle) => this.line(bundle));
  }

  /** The relations of a pair that share a line. */
  private bundles(pair: ShownEdge[], wanted: State["lines"]): ShownEdge[][] {
    if (wanted === "pair") return [pair];
    if (wanted === "relation" || pair.length <= READABLE) return pair.map((one) => [one]);
    const states = new Map<string, ShownEdge[]>();
    for (const shown of pair) states.set(stateOf(shown), [...(states.get(stateOf(shown)) ?? []), shown]);
    return [...states.values()];
  }

  private line(bundle: ShownEdge[]): SceneLine {
    const edges = [...bundle].sort(byStrength);
    const first = edges[0] as ShownEdge;
    const { source, target } = first.edge;
    const symmetric = (shown: ShownEdge): boolean => Boolean(this.graph.relation(shown.edge).symmetric);
    const sameWay = edges.every((shown) => shown.edge.source === source && !symmetric(shown));
    const words = `${first.edge.denied ? "not: " : ""}${this.graph.relation(first.edge).label}`;
    return {
      id: edges.length > 1 ? pairId(edges) : first.edge.id,
      source,
      target,
      edges,
      label: edges.length > 1 ? `${words} +${edges.length - 1}` : words,
      sources: Math.max(...edges.map((shown) => shown.sources)),
      modality: edges.some((shown) => shown.modality === "actual") ? "actual" : first.modality,
      disputed: edges.some((shown) => shown.disputed),
      denied: edges.every((shown) => shown.edge.denied),
      arrow: edges.every(symmetric) ? "none" : sameWay ? "target" : "both",
    };
  }

  private nodes(choice: Choice, lines: SceneLine[], links: Links, before: Map<string, Point>): SceneNode[] {
    const nodes = [
      ...choice.entities.map((id) => this.entityNode(id, choice.focus)),
      ...choice.bubbles.map((bubble) => bubbleNode(bubble)),
    ];
    this.arrange(nodes, lines, choice, links, before);
    return nodes;
  }

  private entityNode(id: string, focus: string): SceneNode {
    const entity = this.graph.entities.get(id);
    const kind = kindOf(entity?.type ?? "");
    return { id, label: this.graph.label(id), kind, weight: entity?.sources ?? 1, group: -1, isFocus: id === focus, at: { x: 0, y: 0 }, tie: "" };
  }

  private arrange(nodes: SceneNode[], lines: SceneLine[], choice: Choice, links: Links, before: Map<string, Point>): void {
    for (const node of nodes) {
      const bubble = choice.bubbles.find((one) => one.id === node.id);
      if (bubble) node.tie = nearest(bubble.near, choice.entities, links);
    }
    const isWide = this.room.width > this.room.height;
    const places = isWide ? choice.places : new Map<string, Point>();
    arrange(nodes, lines, this.room, { places, start: choice.focus ? new Map() : new Map([...places, ...before]) });
  }
}

function bubbleNode(bubble: Choice["bubbles"][number]): SceneNode {
  return { id: bubble.id, label: bubble.label, kind: "bubble", weight: bubble.size, group: bubble.group, isFocus: false, at: { x: 0, y: 0 }, tie: "" };
}
