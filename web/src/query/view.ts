// The query view: a named query with its parameters, or SPARQL of one's own, and the answer as a table or a network.

import type { App } from "../app";
import type { arrange } from "../arrange";
import { count, h } from "../dom";
import { actionButton } from "../lists";
import type { NetworkView } from "../network";
import { type NamedQuery, askNamed, askSparql, catalogue } from "./asking";
import { type Editor, makeEditor } from "./editor";
import { Names } from "./names";
import { answerScene } from "./picture";
import type { Answer } from "./results";
import { answerTable } from "./table";

/** What the page lends, so that cytoscape.js is bundled once. */
export interface Tools {
  NetworkView: typeof NetworkView;
  arrange: typeof arrange;
}

const OWN = "SELECT ?who ?whom ?sources WHERE {\n  ?statement rdf:subject/rdfs:label ?who ; rdf:predicate kg:meets ;\n    rdf:object/rdfs:label ?whom ; kg:sourceCount ?sources\n} ORDER BY DESC(?sources)";

class QueryView {
  private readonly names: Names;
  private readonly choice = h("select", { id: "named-query" });
  private readonly about = h("p", { class: "muted" });
  private readonly form = h("form", { id: "parameters", class: "parameters", onsubmit: (event) => this.submit(event) });
  private readonly editorBox = h("div", { class: "editor" });
  private readonly state = h("p", { class: "facts", role: "status" });
  private readonly looks = h("div", { class: "switch", role: "group", "aria-label": "Show the answer as", hidden: true });
  private readonly result = h("div", { class: "result" });
  private readonly picture = h("div", { class: "result-network", hidden: true });
  private editor!: Editor;
  private network: NetworkView | null = null;
  private queries: NamedQuery[] = [];
  private inputs: Record<string, HTMLInputElement> = {};
  private running: AbortController | null = null;
  private answer: Answer | null = null;

  constructor(
    private readonly app: App,
    private readonly tools: Tools,
    private readonly box: HTMLElement,
  ) {
    this.names = new Names(app.data.prefixes ?? {});
  }

  async start(): Promise<void> {
    const table = actionButton("Table", () => this.look("table"));
    const network = actionButton("Network", () => this.look("network"));
    this.looks.append(table, network);
    this.box.replaceChildren(
      h("div", { class: "query-head" }, h("label", { for: "named-query" }, "Question"), this.choice, h("button", { type: "submit", form: "parameters", class: "button" }, "Run")),
      this.about,
      this.form,
      this.editorBox,
      h("div", { class: "query-head" }, this.state, h("span", { class: "grow" }), this.looks),
      this.result,
      this.picture,
    );
    this.editor = makeEditor(this.editorBox, this.names.prefixes, () => void this.run());
    this.queries = await catalogue();
    this.choice.append(h("option", { value: "" }, "SPARQL of your own"), ...this.queries.map((query) => h("option", { value: query.name }, query.title)));
    this.choice.addEventListener("change", () => this.choose(this.choice.value, {}));
    const { name, params, text } = readState(this.app.state.sparql);
    this.choose(name || (text ? "" : (this.queries[0]?.name ?? "")), params, text);
    if (this.app.state.sparql) await this.run();
  }

  private get query(): NamedQuery | undefined {
    return this.queries.find((query) => query.name === this.choice.value);
  }

  private choose(name: string, params: Record<string, string>, text = ""): void {
    this.choice.value = name;
    const query = this.query;
    this.about.textContent = query?.description ?? "Prefixes are added as you write them; Control and Space completes.";
    this.inputs = {};
    this.form.replaceChildren(...(query?.parameters ?? []).map((parameter) => this.field(parameter, params[parameter.name] ?? "")));
    this.editor.value = query ? bodyOf(query) : text || this.withPrefixes(OWN);
  }

  private withPrefixes(text: string): string {
    const used = Object.entries(this.names.prefixes).filter(([prefix]) => new RegExp(`\\b${prefix}:`).test(text));
    return [...used.map(([prefix, space]) => `PREFIX ${prefix}: <${space}>`), text].join("\n");
  }

  private field(parameter: NamedQuery["parameters"][number], value: string): HTMLElement {
    const type = parameter.type === "date" ? "text" : ["integer", "decimal"].includes(parameter.type) ? "number" : "text";
    const hint = parameter.type === "date" ? "2022-03-14" : (parameter.default ?? "");
    const input = h("input", { type, value, placeholder: hint, step: "any" });
    this.inputs[parameter.name] = input;
    return h("label", { class: "labelled", title: parameter.text }, h("span", {}, parameter.name), input);
  }

  private submit(event: Event): void {
    event.preventDefault();
    void this.run();
  }

  private params(): Record<string, string> {
    const given = Object.entries(this.inputs).map(([name, input]) => [name, input.value.trim()] as const);
    return Object.fromEntries(given.filter(([, value]) => value));
  }

  /** Ask; a question that is still being answered is given up. */
  private async run(): Promise<void> {
    this.running?.abort();
    const running = new AbortController();
    this.running = running;
    const query = this.query;
    const text = this.editor.value;
    const isNamed = query !== undefined && bodyOf(query) === text;
    if (query && !isNamed) this.choose("", {}, text);
    this.app.store.set({ sparql: isNamed ? writeState(query.name, this.params()) : text }, "replace");
    this.state.replaceChildren("Asking …");
    this.state.classList.remove("red-text");
    const began = performance.now();
    try {
      this.answer = await (isNamed ? askNamed(query.name, this.params(), running.signal) : askSparql(text, running.signal));
      this.tell(`${count(this.answer.rows.length, "row")} in ${((performance.now() - began) / 1000).toFixed(2)} s`);
      this.show();
    } catch (error) {
      if (running.signal.aborted) return;
      this.answer = null;
      this.show();
      this.state.classList.add("red-text");
      this.tell(error instanceof Error ? error.message : String(error));
    }
  }

  private tell(words: string): void {
    this.state.replaceChildren(words);
  }

  private show(): void {
    this.result.replaceChildren(...(this.answer ? answerTable(this.app, this.names, this.answer) : []));
    const scene = this.answer && answerScene(this.app, this.names, this.answer);
    this.looks.hidden = !scene;
    this.look("table");
  }

  private look(as: "table" | "network"): void {
    [...this.looks.children].forEach((button, at) => button.setAttribute("aria-pressed", String((as === "network") === (at === 1))));
    this.result.hidden = as === "network";
    this.picture.hidden = as === "table";
    if (as === "network" && this.answer) this.draw(this.answer);
  }

  private draw(answer: Answer): void {
    const scene = answerScene(this.app, this.names, answer);
    if (!scene) return;
    this.network ??= this.makeNetwork();
    this.tools.arrange(scene.nodes, scene.lines, this.network.room, { places: new Map(), start: new Map() });
    this.network.show(scene);
  }

  private makeNetwork(): NetworkView {
    const inside = h("div", { tabindex: 0, role: "application", "aria-label": "The answer as a network; arrow keys go from one entity to the next" });
    this.picture.replaceChildren(inside);
    const open = (id: string): void => this.app.store.set({ open: id });
    return new this.tools.NetworkView(inside, {
      select: (id) => id?.startsWith("ent:") && open(id),
      open: (node) => open(node.id),
      tell: (words) => this.tell(words),
    });
  }
}

/** A named query without its header, whose words stand above the editor. */
function bodyOf(query: NamedQuery): string {
  return query.sparql.replace(/^#\+.*\n/gm, "").trim();
}

/** The state of a named query reads "@timeline?entity=Norway"; everything else is SPARQL. */
function readState(sparql: string): { name: string; params: Record<string, string>; text: string } {
  if (!sparql.startsWith("@")) return { name: "", params: {}, text: sparql };
  const [name = "", params] = sparql.slice(1).split("?", 2);
  return { name, params: Object.fromEntries(new URLSearchParams(params)), text: "" };
}

function writeState(name: string, params: Record<string, string>): string {
  const given = new URLSearchParams(params).toString();
  return `@${name}${given ? `?${given}` : ""}`;
}

/** Put the query view into a box. */
export async function mount(app: App, tools: Tools, box: HTMLElement): Promise<void> {
  await new QueryView(app, tools, box).start();
}
