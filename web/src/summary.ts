// What is in here: the first answer of the page, shown while nothing is chosen.

import type { App } from "./app";
import { entityLink } from "./details";
import { count, h, joined, name } from "./dom";
import { byStrength } from "./filter";
import { spanWords } from "./words";

const BEST = 6;

export function summary(app: App): { title: Node; body: Node[] } {
  const { counts } = app.data;
  return {
    title: h("span", {}, "What is in here"),
    body: [
      h("p", { class: "lead" }, overviewWords(app)),
      ...(counts.documents ? [...strongest(app), ...contested(app), ...mostLinked(app), reading()] : [emptyWords()]),
    ],
  };
}

/** How much there is, in one sentence. */
export function overviewWords(app: App): string {
  const { counts } = app.data;
  const when = spanWords(counts.first, counts.last);
  const from = `${count(counts.documents, "article")} by ${count(counts.publishers, "publisher")}${when ? `, ${when}` : ""}`;
  const what = [count(counts.entities, "entity", "entities"), count(counts.relations, "relation"), count(counts.events, "event")].join(", ");
  const held = app.graph.entities.size.toLocaleString("en-GB");
  const how = app.data.served ? `begins with the ${held} most important entities; search finds the others` : `holds the ${held} most important entities`;
  const part = app.graph.entities.size < counts.entities ? ` This page ${how}.` : "";
  return `${from}: ${what}, ${counts.disputes ? count(counts.disputes, "dispute") : "no disputes"}.${part}`;
}

function emptyWords(): HTMLElement {
  return h("p", { class: "empty" }, "There is no article in this graph yet. Run “kg build” on a folder of articles, then make the page again.");
}

function strongest(app: App): Node[] {
  const best = [...app.edges].filter(({ edge }) => !edge.denied).sort(byStrength).slice(0, BEST);
  if (!best.length) return [];
  const rows = best.map(({ edge, sources }) =>
    h(
      "li",
      {},
      h(
        "button",
        { type: "button", class: "row", onclick: () => app.store.set({ open: edge.id }) },
        name(app.graph.label(edge.source)),
        ` ${app.graph.relation(edge).label} `,
        name(app.graph.label(edge.target)),
        h("span", { class: "muted" }, ` ${count(sources, "independent source")}`),
      ),
    ),
  );
  return [h("h3", {}, "Best supported"), h("ul", { class: "rows" }, ...rows)];
}

function contested(app: App): Node[] {
  const edges = [...app.edges].filter(({ edge, disputed }) => edge.denied || disputed).sort(byStrength).slice(0, BEST);
  if (!edges.length) return [];
  const rows = edges.map(({ edge }) =>
    h(
      "li",
      {},
      h(
        "button",
        { type: "button", class: "row", onclick: () => app.store.set({ open: edge.id }) },
        h("span", { class: "red-text" }, edge.denied ? "✕ " : "≠ "),
        name(app.graph.label(edge.source)),
        ` ${edge.denied ? "not: " : ""}${app.graph.relation(edge).label} `,
        name(app.graph.label(edge.target)),
      ),
    ),
  );
  return [h("h3", {}, "Disputed or denied"), h("ul", { class: "rows" }, ...rows)];
}

function mostLinked(app: App): Node[] {
  const ranked = [...app.graph.entities.values()].filter((e) => e.degree).sort((a, b) => (b.degree ?? 0) - (a.degree ?? 0));
  if (!ranked.length) return [];
  const links = ranked.slice(0, 12).map((entity) => entityLink(app, entity.id));
  return [h("h3", {}, "Most linked"), h("p", {}, ...joined(links, ", "))];
}

function reading(): HTMLElement {
  return h(
    "p",
    { class: "muted" },
    "Choose a line to read who says so, in which sentence. A thicker line rests on more independent sources; a dashed one is planned, a dotted one only possible; a red one is disputed (≠) or denied (✕).",
  );
}
