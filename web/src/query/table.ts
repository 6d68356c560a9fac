// An answer as a table; names of the graph's entities, events and direct triples open their details.

import type { App } from "../app";
import { h, name } from "../dom";
import { moreButton } from "../lists";
import type { Names } from "./names";
import type { Answer, Term } from "./results";

const AT_FIRST = 200;

export function answerTable(app: App, names: Names, answer: Answer): HTMLElement[] {
  const rows = (part: Answer["rows"]): HTMLElement[] =>
    part.map((row) => h("tr", {}, ...answer.columns.map((column) => h("td", { "data-name": column }, cell(app, names, row[column])))));
  const body = h("tbody", {}, ...rows(answer.rows.slice(0, AT_FIRST)));
  const head = h("tr", {}, ...answer.columns.map((column) => h("th", { scope: "col" }, column.replaceAll("_", " "))));
  const rest = answer.rows.slice(AT_FIRST);
  return [
    h("div", { class: "wide", tabindex: 0, role: "group", "aria-label": "The answer as a table" }, h("table", { class: "answer" }, h("thead", {}, head), body)),
    ...(rest.length ? [moreButton(rest, rows, body, AT_FIRST)] : []),
  ];
}

function cell(app: App, names: Names, term: Term | undefined): Node | string {
  if (!term) return "";
  if (term.type !== "uri") return name(term.value);
  const short = names.short(term.value);
  const isShown = app.graph.entities.has(short) || app.graph.events.has(short) || app.graph.edges.has(short) || short.startsWith("ent:");
  if (isShown) {
    const words = app.graph.entities.get(short)?.label ?? short;
    return h("button", { type: "button", class: "link", onclick: () => app.store.set({ open: short }) }, name(words));
  }
  return h("span", { title: term.value }, name(short));
}
