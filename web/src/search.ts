// Search an entity by any of its names: a combobox as the ARIA Authoring Practices describe it.

import type { App } from "./app";
import { byId, h, name } from "./dom";
import type { Found } from "./source";
import { typeWords } from "./words";

const MOST = 12;
const WAIT = 150;

export class Search {
  private readonly input = byId("search") as HTMLInputElement;
  private readonly list = byId("found");
  private results: Found[] = [];
  private at = -1;
  private timer = 0;

  constructor(private readonly app: App) {
    this.input.addEventListener("input", () => void this.update());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => setTimeout(() => this.close(), WAIT));
    document.addEventListener("keydown", (event) => this.shortcut(event));
  }

  /** "/" goes to the search from wherever nothing is being written. */
  private shortcut(event: KeyboardEvent): void {
    const target = event.target as HTMLElement;
    if (event.key !== "/" || target.closest("input, textarea, select, [contenteditable], .CodeMirror")) return;
    event.preventDefault();
    this.input.focus();
    this.input.select();
  }

  private async update(): Promise<void> {
    const text = this.input.value.trim();
    this.show(text ? this.loaded(text) : []);
    clearTimeout(this.timer);
    if (text.length < 2 || !this.app.data.served) return;
    this.timer = window.setTimeout(() => void this.askServer(text), WAIT);
  }

  private async askServer(text: string): Promise<void> {
    const more = await this.app.source.search(text).catch(() => []);
    if (this.input.value.trim() !== text) return;
    const known = new Set(this.results.map((found) => found.id));
    this.show([...this.results, ...more.filter((found) => !known.has(found.id))].slice(0, MOST));
  }

  /** Names that begin with the text come before those that hold it, entities with more links before others. */
  private loaded(text: string): Found[] {
    const wanted = fold(text);
    const hits = [...this.app.graph.entities.values()].flatMap((entity) => {
      const names = [entity.label, ...(entity.names ?? [])];
      const ranks = names.map((one) => rank(fold(one), wanted));
      const best = Math.min(...ranks);
      const alias = best < Infinity && ranks[0] !== best ? names[ranks.indexOf(best)] : undefined;
      const found: Found = { id: entity.id, label: entity.label, type: entity.type, ...(alias ? { name: alias } : {}) };
      return best < Infinity ? [{ best, degree: entity.degree ?? 0, mentions: entity.mentions, found }] : [];
    });
    hits.sort((a, b) => a.best - b.best || b.degree - a.degree || b.mentions - a.mentions || (a.found.id < b.found.id ? -1 : 1));
    return hits.slice(0, MOST).map((hit) => hit.found);
  }

  private show(results: Found[]): void {
    this.results = results;
    this.at = results.length ? 0 : -1;
    const empty = this.input.value.trim() && !results.length;
    const options = results.map((found, at) => this.option(found, at));
    this.list.replaceChildren(...options, ...(empty ? [h("li", { class: "none", role: "option", "aria-disabled": "true" }, "No entity of this name")] : []));
    this.list.hidden = !this.list.childElementCount;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
    this.point();
  }

  private option(found: Found, at: number): HTMLElement {
    return h(
      "li",
      { role: "option", id: `found-${at}`, onmousedown: (event) => this.press(event, found) },
      name(found.label),
      h("span", { class: "muted" }, ` ${typeWords(found.type)}`),
      found.name ? h("span", { class: "muted" }, " · ", name(found.name)) : null,
    );
  }

  private press(event: Event, found: Found): void {
    event.preventDefault();
    this.choose(found);
  }

  private point(): void {
    [...this.list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === this.at)));
    if (this.at >= 0) this.input.setAttribute("aria-activedescendant", `found-${this.at}`);
    else this.input.removeAttribute("aria-activedescendant");
    this.list.children[this.at]?.scrollIntoView({ block: "nearest" });
  }

  private key(event: KeyboardEvent): void {
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    if (step && this.results.length) {
      event.preventDefault();
      this.at = (this.at + step + this.results.length) % this.results.length;
      this.point();
    } else if (event.key === "Enter") {
      const found = this.results[this.at];
      if (found) this.choose(found);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      if (this.list.hidden) this.input.value = "";
      this.close();
    }
  }

  private choose(found: Found): void {
    this.close();
    this.input.value = "";
    this.app.store.set({ view: "network", about: found.id, group: -1, more: 0, open: found.id });
  }

  private close(): void {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

/** Lower case without accents. */
function fold(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

function rank(text: string, wanted: string): number {
  if (text === wanted) return 0;
  if (text.startsWith(wanted)) return 1;
  if (text.includes(` ${wanted}`)) return 2;
  return text.includes(wanted) ? 3 : Infinity;
}
