// All relations as a table: the network for whoever reads rather than looks.

import type { App } from "./app";
import { count, h, name } from "./dom";
import { type ShownEdge, byStrength } from "./filter";
import { moreButton } from "./lists";
import { spanWords } from "./words";

const AT_FIRST = 100;

export function relationsView(app: App): HTMLElement[] {
  const edges = app.edges.filter(({ edge }) => !app.state.about || edge.source === app.state.about || edge.target === app.state.about);
  if (!edges.length) return [h("p", { class: "empty" }, app.graph.edges.size ? "The filters leave no relation." : "This graph links no two entities.")];
  const sorted = [...edges].sort(byStrength);
  const body = h("tbody", {}, ...rows(app, sorted.slice(0, AT_FIRST)));
  const rest = sorted.slice(AT_FIRST);
  return [
    h("p", { class: "lead" }, `${count(edges.length, "relation")}${app.state.about ? ` of ${app.graph.label(app.state.about)}` : ""}, the best supported first.`),
    h(
      "table",
      {},
      h("thead", {}, h("tr", {}, ...["Who", "Relation", "Whom", "Sources", "When", "State"].map((words) => h("th", { scope: "col" }, words)))),
      body,
    ),
    ...(rest.length ? [moreButton(rest, (part) => rows(app, part), body, AT_FIRST)] : []),
  ];
}

function rows(app: App, edges: ShownEdge[]): HTMLElement[] {
  return edges.map((shown) => row(app, shown));
}

function row(app: App, shown: ShownEdge): HTMLElement {
  const { edge } = shown;
  const relation = app.graph.relation(edge);
  const days = shown.claims
    .flatMap((claim) => [app.graph.events.get(claim.event)?.earliest, app.graph.events.get(claim.event)?.latest])
    .filter(Boolean)
    .sort();
  const state = [shown.modality === "actual" ? "" : shown.modality, shown.disputed ? "≠ disputed" : "", edge.denied ? "✕ denied" : ""];
  const open = (): void => app.store.set({ open: edge.id });
  return h(
    "tr",
    { class: app.state.open === edge.id ? "chosen" : "" },
    h("td", { "data-name": "Who" }, name(app.graph.label(edge.source))),
    h(
      "td",
      {},
      h(
        "button",
        { type: "button", class: `link ${edge.denied || shown.disputed ? "red-text" : ""}`, onclick: open },
        `${edge.denied ? "not: " : ""}${relation.label}`,
      ),
    ),
    h("td", { "data-name": "Whom" }, name(app.graph.label(edge.target))),
    h("td", { "data-name": "Sources", class: "number" }, String(shown.sources)),
    h("td", { "data-name": "When" }, days.length ? spanWords(days[0], days.at(-1)) : ""),
    h("td", { class: edge.denied || shown.disputed ? "red-text" : "muted" }, state.filter(Boolean).join(", ")),
  );
}
