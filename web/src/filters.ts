// The filters: class, source, date, modality, confidence. What is unticked is left out.

import type { App } from "./app";
import { type Claim, classOf } from "./data";
import { byId, h, name } from "./dom";
import { type State, UNFILTERED } from "./state";
import { MODALITY_WORDS, eventWords, typeWords } from "./words";

type ListName = "types" | "classes" | "sources" | "modalities";

interface Option {
  value: string;
  words: string;
  many: number;
}

const LONG = 8;

export class Filters {
  private readonly box = byId("filters-body");
  private readonly from: HTMLInputElement;
  private readonly to: HTMLInputElement;
  private readonly confidence: HTMLInputElement;
  private readonly share: HTMLElement;
  private readonly ticks: { list: ListName; value: string; input: HTMLInputElement }[] = [];

  constructor(private readonly app: App) {
    this.from = this.day("from", "From");
    this.to = this.day("to", "To");
    this.confidence = h("input", { type: "range", id: "confidence", min: 0, max: 100, step: 5, oninput: () => this.setConfidence() });
    this.share = h("output", { for: "confidence" });
    byId("clear-filters").addEventListener("click", () => app.store.set({ ...UNFILTERED }));
    this.build();
    this.refresh();
  }

  /** Make the lists anew, when more has been loaded. */
  build(): void {
    const claims = [...this.app.graph.claims.values()];
    this.ticks.length = 0;
    this.box.replaceChildren(
      this.fieldset("How real", "modalities", modalities(claims)),
      h("fieldset", {}, h("legend", {}, "When"), h("div", { class: "days-between" }, labelled(this.from, "From"), labelled(this.to, "To"))),
      h("fieldset", {}, h("legend", {}, "Confidence at least ", this.share), labelled(this.confidence, "Confidence at least", true)),
      this.fieldset("Independent source", "sources", sorted(tally(claims, (claim) => claim.origin), (value) => value)),
      this.fieldset("What happened", "classes", sorted(tally(claims, classOf), (value) => (value === "Act" ? "Other acts" : eventWords({ kind: value })))),
      this.fieldset("Kind of entity", "types", sorted(tally([...this.app.graph.entities.values()], (e) => e.type), typeWords)),
    );
  }

  /** Show what the state says. */
  refresh(): void {
    const { state } = this.app;
    for (const { list, value, input } of this.ticks) input.checked = !state[list].includes(value);
    this.from.value = state.from;
    this.to.value = state.to;
    this.confidence.value = String(Math.round(state.confidence * 100));
    this.share.textContent = `${this.confidence.value} %`;
    this.confidence.setAttribute("aria-valuetext", `${this.confidence.value} percent`);
    const active = activeFilters(state);
    byId("clear-filters").hidden = !active;
    byId("filter-count").textContent = active ? ` (${active})` : "";
  }

  private day(side: "from" | "to", words: string): HTMLInputElement {
    const change = (): void => this.app.store.set({ [side]: this[side].value });
    return h("input", { type: "date", id: `day-${side}`, "aria-label": words, onchange: change });
  }

  private setConfidence(): void {
    this.app.store.set({ confidence: Number(this.confidence.value) / 100 }, "replace");
  }

  private fieldset(title: string, list: ListName, options: Option[]): HTMLElement {
    const rows = options.map((option) => this.tick(list, option));
    const long = rows.length > LONG && h("details", { class: "rest" }, h("summary", {}, `${rows.length - LONG + 1} more`), ...rows.slice(LONG - 1));
    const shown = long ? rows.slice(0, LONG - 1) : rows;
    const none = h("button", { type: "button", class: "link small", onclick: () => this.all(list, options, false) }, "none");
    const all = h("button", { type: "button", class: "link small", onclick: () => this.all(list, options, true) }, "all");
    const both = options.length > 2 && h("p", { class: "all-none" }, all, " · ", none);
    return h("fieldset", {}, h("legend", {}, title), ...shown, long, both);
  }

  private tick(list: ListName, option: Option): HTMLElement {
    const input = h("input", { type: "checkbox", onchange: () => this.toggle(list, option.value, input.checked) });
    this.ticks.push({ list, value: option.value, input });
    return h("label", { class: "tick" }, input, h("span", { class: "words" }, name(option.words)), h("span", { class: "muted" }, option.many.toLocaleString("en-GB")));
  }

  private toggle(list: ListName, value: string, isShown: boolean): void {
    const rest = this.app.state[list].filter((one) => one !== value);
    this.app.store.set({ [list]: isShown ? rest : [...rest, value].sort() });
  }

  private all(list: ListName, options: Option[], isShown: boolean): void {
    this.app.store.set({ [list]: isShown ? [] : options.map((option) => option.value).sort() });
  }
}

function activeFilters(state: State): number {
  const lists = [state.types, state.classes, state.sources, state.modalities].filter((list) => list.length).length;
  return lists + Number(Boolean(state.from || state.to)) + Number(state.confidence > 0);
}

function labelled(input: HTMLElement, words: string, hidden = false): HTMLElement {
  return h("label", { class: "labelled" }, h("span", { class: hidden ? "sr" : "" }, words), input);
}

function modalities(claims: Claim[]): Option[] {
  const found = tally(claims, (claim) => (claim.negated ? "denied" : (claim.modality ?? "actual")));
  return Object.entries(MODALITY_WORDS).flatMap(([value, words]) => (found.has(value) ? [{ value, words: capital(words), many: found.get(value) ?? 0 }] : []));
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function tally<T>(items: T[], key: (item: T) => string): Map<string, number> {
  const found = new Map<string, number>();
  for (const item of items) found.set(key(item), (found.get(key(item)) ?? 0) + 1);
  return found;
}

function sorted(found: Map<string, number>, words: (value: string) => string): Option[] {
  const options = [...found].map(([value, many]) => ({ value, words: words(value), many }));
  return options.sort((one, other) => other.many - one.many || (one.words < other.words ? -1 : 1));
}
