// Start the page: read the data, make the views, and keep them at what the state says.

import { App } from "./app";
import { arrange } from "./arrange";
import { Graph, type PageData } from "./data";
import { disputeClaims, disputesView } from "./disputes";
import { byId, h, notice } from "./dom";
import { Filters } from "./filters";
import { legend } from "./legend";
import { NetworkView, describe } from "./network";
import { Panel } from "./panel";
import { relationsView } from "./relations";
import { type SceneNode, STEP_MORE, SceneMaker } from "./scene";
import { Search } from "./search";
import { Embedded, Served, firstData } from "./source";
import { type State, Store } from "./state";
import { overviewWords } from "./summary";
import { Tabs } from "./tabs";
import { useTheme } from "./theme";
import { timelineView } from "./timeline";

class Page {
  private readonly panel: Panel;
  private readonly filters: Filters;
  private readonly tabs: Tabs;
  private readonly scenes: SceneMaker;
  private readonly network: NetworkView;
  private isQueryLoaded = false;

  constructor(private readonly app: App) {
    this.panel = new Panel(app);
    this.filters = new Filters(app);
    this.tabs = new Tabs(app);
    this.scenes = new SceneMaker(app.data, app.graph);
    this.network = new NetworkView(byId("network"), {
      select: (id) => app.store.set({ open: id ?? "" }),
      open: (node) => this.open(node),
      tell: (words) => (byId("status").textContent = words),
    });
    new Search(app);
    useTheme(() => this.network.restyle());
    this.buttons();
    byId("legend-body").replaceChildren(...legend());
    byId("headline").textContent = app.data.title;
    byId("gist").textContent = overviewWords(app);
    document.title = app.data.title;
    app.store.onChange((state, before) => void this.change(state, before));
  }

  /** Show everything for the first time. */
  async start(): Promise<void> {
    await this.loaded(this.app.state);
    this.draw();
    this.network.mark(this.app.state.open);
    this.panel.refresh();
    document.documentElement.dataset["ready"] = "true";
  }

  private async change(state: State, before: State): Promise<void> {
    notice("");
    if (await this.loaded(state)) this.filters.build();
    this.filters.refresh();
    const isOnlyOpen = JSON.stringify({ ...state, open: "" }) === JSON.stringify({ ...before, open: "" });
    if (!isOnlyOpen || state.view === "relations" || state.view === "timeline") this.draw();
    this.network.mark(state.open);
    this.panel.refresh();
  }

  /** Load what the state shows and the page does not hold yet; say whether there was anything. */
  private async loaded(state: State): Promise<boolean> {
    const before = this.app.graph.entities.size;
    for (const id of [state.about, state.open.startsWith("ent:") ? state.open : ""]) {
      if (!id) continue;
      await this.app.load(id).catch((error: unknown) => notice("What surrounds it cannot be loaded", error));
    }
    return this.app.graph.entities.size !== before;
  }

  private draw(): void {
    this.tabs.refresh();
    const drawn = { network: () => this.drawNetwork(), relations: relationsView, timeline: timelineView, disputes: disputesView, query: () => this.drawQuery() };
    const view = this.app.state.view;
    const content = drawn[view](this.app);
    if (content) byId(`view-${view}`).replaceChildren(...content);
    if (view === "disputes") this.waitForQuotes().catch((error: unknown) => notice("The sentences cannot be loaded", error));
  }

  private async waitForQuotes(): Promise<void> {
    const waiting = disputeClaims(this.app).filter((claim) => !this.app.graph.sentences.has(claim.at));
    if (!waiting.length) return;
    await this.app.source.sentences(this.app.graph, waiting);
    if (this.app.state.view === "disputes") byId("view-disputes").replaceChildren(...disputesView(this.app));
  }

  private drawNetwork(): null {
    const scene = this.scenes.make(this.app.state, this.app.filter, this.app.edges, this.app.isFiltered, this.network.room, this.network.places);
    this.network.show(scene);
    byId("scene-title").textContent = scene.title;
    byId("scene-note").textContent = scene.note;
    byId("network-words").replaceChildren(describe(scene));
    byId("network-empty").hidden = scene.nodes.length > 0;
    byId("network-empty").textContent = this.app.isFiltered ? "The filters leave nothing to draw." : "There is nothing to draw: no relation links two entities.";
    const { about, group, more } = this.app.state;
    byId("back-to-all").hidden = !about && group < 0;
    for (const [id, lines] of [["lines", "pair"], ["split", "relation"]] as const) {
      byId(id).setAttribute("aria-pressed", String(this.app.state.lines === lines));
    }
    byId("fewer").hidden = !more;
    byId("more").hidden = !scene.note.includes(" of ");
    return null;
  }

  /** The query view is a bundle of its own, loaded when it is first looked at; a page without server has none. */
  private drawQuery(): null {
    if (!this.app.data.served || this.isQueryLoaded) return null;
    this.isQueryLoaded = true;
    const box = byId("view-query");
    box.replaceChildren(h("p", { class: "empty" }, "Loading the editor …"));
    document.head.append(h("link", { rel: "stylesheet", href: "static/query.css" }));
    this.mountQuery(box).catch((error: unknown) => box.replaceChildren(h("p", { class: "empty", role: "alert" }, `The editor cannot be shown: ${String(error)}`)));
    return null;
  }

  private async mountQuery(box: HTMLElement): Promise<void> {
    const address = new URL("static/query.js", document.baseURI).href;
    const { mount } = (await import(address)) as typeof import("./query/view");
    await mount(this.app, { NetworkView, arrange }, box);
  }

  private open(node: SceneNode): void {
    if (node.kind !== "bubble") this.app.store.set({ about: node.id, group: -1, more: 0, open: node.id });
    else if (node.group >= 0) this.app.store.set({ group: node.group, about: "", more: 0, open: "" });
    else this.app.store.set({ more: this.app.state.more + STEP_MORE });
  }

  /** Whoever cannot see the network goes to the same as a table. */
  private skip(): void {
    this.app.store.set({ view: "relations" });
    byId("tab-relations").focus();
  }

  private buttons(): void {
    const on = (id: string, action: () => void): void => byId(id).addEventListener("click", action);
    const { store } = this.app;
    on("skip", () => this.skip());
    on("zoom-in", () => this.network.zoom(1.3));
    on("zoom-out", () => this.network.zoom(1 / 1.3));
    on("zoom-fit", () => this.network.fit());
    on("back-to-all", () => store.set({ about: "", group: -1, more: 0 }));
    on("more", () => store.set({ more: store.state.more + STEP_MORE }));
    on("fewer", () => store.set({ more: Math.max(0, store.state.more - STEP_MORE) }));
    on("lines", () => store.set({ lines: store.state.lines === "pair" ? "" : "pair" }));
    on("split", () => store.set({ lines: store.state.lines === "relation" ? "" : "relation" }));
    on("show-filters", () => document.body.classList.toggle("filters-open"));
    on("hide-filters", () => document.body.classList.remove("filters-open"));
  }
}

/** A frame that is not laid out yet, or not shown, has no room in which to arrange anything. */
async function room(): Promise<void> {
  const hasRoom = (): boolean => innerWidth > 0 && innerHeight > 0;
  if (hasRoom()) return;
  await new Promise<void>((resolve) => {
    const observer = new ResizeObserver(() => {
      if (!hasRoom()) return;
      observer.disconnect();
      resolve();
    });
    observer.observe(document.documentElement);
  });
}

async function begin(): Promise<void> {
  await room();
  const data: PageData = await firstData();
  const graph = new Graph();
  graph.add(data.slice);
  await new Page(new App(data, graph, new Store(), data.served ? new Served() : new Embedded())).start();
}

begin().catch((error: unknown) => {
  const words = error instanceof Error ? error.message : String(error);
  byId("gist").replaceChildren(h("strong", { role: "alert" }, `The page cannot be shown: ${words}`));
  throw error;
});
