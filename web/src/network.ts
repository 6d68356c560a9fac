// Draw a scene with cytoscape.js, and let people walk through it by pointer and by keys.

import cytoscape from "cytoscape";

import { h } from "./dom";
import type { Point, Size } from "./layout";
import { placeLabels } from "./labels";
import type { Scene, SceneLine, SceneNode } from "./scene";
import { networkStyle } from "./style";
import { canvasText } from "./words";

export interface NetworkEvents {
  /** Somebody chose a node or line, by its id; null for none. */
  select(id: string | null): void;
  /** Somebody wants a node opened: an entity's surroundings, or what a bubble holds. */
  open(node: SceneNode): void;
  /** What the keys have come to, in words. */
  tell(words: string): void;
}

/** Pixels around everything, below it, and how much larger than drawn a small network may be. */
const FIT = 24;
const FOOT = 62;
const LARGEST = 1.25;
/** Below this words cannot be read: rather leave some of it beyond the edge, to be drawn in. */
const SMALLEST = 0.55;
/** Pixels that are arranged for even where there are fewer. */
const LEAST = 200;

export class NetworkView {
  private readonly cy: cytoscape.Core;
  private scene: Scene = { nodes: [], lines: [], title: "", note: "" };
  private at = "";

  constructor(
    private readonly box: HTMLElement,
    private readonly events: NetworkEvents,
  ) {
    this.cy = cytoscape({
      container: box,
      style: networkStyle(box),
      minZoom: 0.15,
      maxZoom: 3,
      boxSelectionEnabled: false,
      selectionType: "single",
    });
    this.listen();
    new ResizeObserver(() => this.resized()).observe(box);
  }

  /** Where nodes stand now, for the next scene to begin from. */
  get places(): Map<string, Point> {
    return new Map(this.scene.nodes.map((node) => [node.id, node.at]));
  }

  /** The room on the screen; while a frame is laid out it may be none, in which nothing could be arranged. */
  get room(): Size {
    return { width: Math.max(this.box.clientWidth, LEAST), height: Math.max(this.box.clientHeight, LEAST) };
  }

  show(scene: Scene): void {
    const moved = scene.nodes.map((node) => node.id).join() !== this.scene.nodes.map((node) => node.id).join();
    this.scene = scene;
    this.cy.batch(() => {
      this.cy.elements().remove();
      this.cy.add([...scene.nodes.map(nodeElement), ...scene.lines.map(lineElement), ...scene.nodes.flatMap(tieElement)]);
    });
    if (moved) this.fit();
    this.labels();
    if (!scene.nodes.some((node) => node.id === this.at)) this.at = "";
  }

  /** Show what is chosen and what it touches; everything else steps back. */
  mark(id: string): void {
    this.cy.batch(() => {
      this.cy.elements().removeClass("chosen near faded");
      const chosen = this.cy.getElementById(id);
      if (chosen.empty()) return;
      const near = this.node(id) ? chosen.closedNeighborhood() : chosen.union(chosen.connectedNodes());
      this.cy.elements().difference(near).addClass("faded");
      near.addClass("near");
      chosen.addClass("chosen");
    });
    this.labels();
  }

  restyle(): void {
    this.cy.style(networkStyle(this.box));
    this.labels();
  }

  /** Show everything, clear of the buttons at the lower edge. */
  fit(): void {
    const box = this.cy.elements().boundingBox();
    const { width, height } = this.room;
    const fitting = Math.min((width - 2 * FIT) / box.w, (height - FIT - FOOT) / box.h, LARGEST);
    const zoom = Math.max(fitting, SMALLEST);
    if (!Number.isFinite(zoom) || zoom <= 0) return;
    const pan = { x: (width - zoom * (box.x1 + box.x2)) / 2, y: (height + FIT - FOOT - zoom * (box.y1 + box.y2)) / 2 };
    this.cy.viewport({ zoom, pan });
  }

  zoom(by: number): void {
    const { width, height } = this.box.getBoundingClientRect();
    this.cy.zoom({ level: this.cy.zoom() * by, renderedPosition: { x: width / 2, y: height / 2 } });
  }

  private resized(): void {
    this.cy.resize();
    if (this.scene.nodes.length) this.fit();
    this.labels();
  }

  private labels(): void {
    placeLabels(this.cy);
  }

  private listen(): void {
    this.cy.on("tap", (event) => {
      if (event.target === this.cy) this.events.select(null);
    });
    this.cy.on("tap", "node, edge[strength > 0]", (event) => this.tapped(event.target.id()));
    this.cy.on("dbltap", "node", (event) => this.open(event.target.id()));
    this.cy.on("mouseover", "node, edge[strength > 0]", (event) => event.target.addClass("hover"));
    this.cy.on("mouseout", "node, edge", (event) => event.target.removeClass("hover"));
    this.cy.on("dragfree", "node", (event) => this.dragged(event.target));
    this.box.addEventListener("keydown", (event) => this.key(event));
    this.box.addEventListener("focus", () => this.enter());
    this.box.addEventListener("blur", () => this.cy.elements().removeClass("cursor"));
  }

  private dragged(target: cytoscape.NodeSingular): void {
    const node = this.node(target.id());
    if (node) node.at = { ...target.position() };
    this.labels();
  }

  private tapped(id: string): void {
    this.at = id;
    const node = this.node(id);
    if (node?.kind === "bubble") this.events.open(node);
    else this.events.select(id);
  }

  private node(id: string): SceneNode | undefined {
    return this.scene.nodes.find((node) => node.id === id);
  }

  private open(id: string): void {
    const node = this.node(id);
    if (node) this.events.open(node);
  }

  private enter(): void {
    this.goTo(this.at || this.scene.nodes[0]?.id || "");
  }

  private key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const actions: Record<string, () => void> = {
      ArrowLeft: () => this.step(-1, 0),
      ArrowRight: () => this.step(1, 0),
      ArrowUp: () => this.step(0, -1),
      ArrowDown: () => this.step(0, 1),
      Enter: () => this.enterKey(),
      " ": () => this.at && this.tapped(this.at),
      e: () => this.nextLine(1),
      E: () => this.nextLine(-1),
      "+": () => this.zoom(1.25),
      "-": () => this.zoom(0.8),
      "0": () => this.fit(),
    };
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  }

  private enterKey(): void {
    const node = this.node(this.at);
    if (node) this.events.open(node);
    else if (this.at) this.events.select(this.at);
  }

  /** Go to the nearest node in a direction, those straight ahead before those aside. */
  private step(dx: number, dy: number): void {
    const line = this.scene.lines.find((one) => one.id === this.at);
    const from = this.node(line ? line.source : this.at)?.at;
    if (!from) return this.enter();
    const ahead = this.scene.nodes.flatMap((node) => {
      const along = (node.at.x - from.x) * dx + (node.at.y - from.y) * dy;
      const aside = Math.abs((node.at.x - from.x) * dy) + Math.abs((node.at.y - from.y) * dx);
      return along > 1 ? [{ id: node.id, far: along + 2 * aside }] : [];
    });
    const next = ahead.sort((one, other) => one.far - other.far)[0];
    if (next) this.goTo(next.id);
  }

  /** Go through the lines of the node that the keys are at. */
  private nextLine(by: number): void {
    const now = this.scene.lines.find((line) => line.id === this.at);
    const anchor = now ? this.anchor : this.at;
    const lines = this.scene.lines.filter((line) => line.source === anchor || line.target === anchor);
    if (!lines.length) return;
    this.anchor = anchor;
    const next = lines[(lines.findIndex((line) => line.id === this.at) + by + lines.length) % lines.length];
    if (next) this.goTo(next.id);
  }
  private anchor = "";

  private goTo(id: string): void {
    this.at = id;
    this.cy.elements().removeClass("cursor");
    const found = this.cy.getElementById(id);
    found.addClass("cursor");
    if (found.nonempty() && !isInside(found.renderedBoundingBox(), this.cy)) this.cy.center(found);
    this.events.tell(this.spoken(id));
  }

  private spoken(id: string): string {
    const node = this.node(id);
    if (node) {
      const lines = this.scene.lines.filter((line) => line.source === id || line.target === id).length;
      return node.kind === "bubble" ? node.label.replace("\n", " ") : `${node.label}, ${node.kind}, ${lines} lines`;
    }
    const line = this.scene.lines.find((one) => one.id === id);
    return line ? this.spokenLine(line) : "";
  }

  private spokenLine(line: SceneLine): string {
    const state = [line.modality === "actual" ? "" : line.modality, line.disputed ? "disputed" : ""].filter(Boolean).join(", ");
    const ends = [line.source, line.target].map((id) => this.node(id)?.label ?? id);
    return `${ends[0]} ${line.label} ${ends[1]}, sources: ${line.sources}${state ? `, ${state}` : ""}`;
  }
}

function isInside(box: { x1: number; y1: number; x2: number; y2: number }, cy: cytoscape.Core): boolean {
  return box.x1 >= 0 && box.y1 >= 0 && box.x2 <= cy.width() && box.y2 <= cy.height();
}

function nodeElement(node: SceneNode): cytoscape.ElementDefinition {
  const size = node.kind === "bubble" ? Math.min(100, 72 + 2.5 * Math.sqrt(node.weight)) : 24 + 5 * Math.min(node.weight, 6);
  return {
    group: "nodes",
    data: { id: node.id, label: node.label.split("\n").map(canvasText).join("\n"), size },
    classes: [node.kind, node.isFocus ? "focus" : ""].join(" "),
    position: { ...node.at },
  };
}

function lineElement(line: SceneLine): cytoscape.ElementDefinition {
  const states = [line.modality, line.disputed ? "disputed" : "", line.denied ? "denied" : "", `arrow-${line.arrow}`];
  const sign = line.denied ? "✕ " : line.disputed ? "≠ " : "";
  return {
    group: "edges",
    data: {
      id: line.id,
      source: line.source,
      target: line.target,
      words: sign + canvasText(line.label),
      label: "",
      dx: 0,
      dy: 0,
      width: 1 + 1.5 * Math.min(line.sources, 6),
      strength: line.sources,
    },
    classes: states.join(" "),
  };
}

/** A bubble is tied to the node that it has most to do with. */
function tieElement(node: SceneNode): cytoscape.ElementDefinition[] {
  const data = { id: `tie:${node.id}`, source: node.id, target: node.tie, words: "", label: "", dx: 0, dy: 0, width: 1, strength: 0 };
  return node.tie ? [{ group: "edges", data, classes: "tie", selectable: false }] : [];
}

/** What the network shows, for whoever cannot see it. */
export function describe(scene: Scene): HTMLElement {
  return h("p", { class: "sr" }, `${scene.title}: ${scene.nodes.length} nodes, ${scene.lines.length} lines. ${scene.note}`);
}
