// What shapes, colours and lines mean.

import { h } from "./dom";
import { KIND_WORDS, type Kind } from "./words";

const LINES: [kind: string, words: string][] = [
  ["thin", "one source"],
  ["thick", "several independent sources"],
  ["dashed", "planned"],
  ["dotted", "possible or wished for"],
  ["red", "≠ disputed"],
  ["red", "✕ denied"],
];

export function legend(): HTMLElement[] {
  const kinds = (Object.keys(KIND_WORDS) as Kind[]).map((kind) => h("li", {}, h("span", { class: `shape ${kind}`, "aria-hidden": "true" }), KIND_WORDS[kind]));
  const lines = LINES.map(([kind, words]) => h("li", {}, h("span", { class: `line ${kind}`, "aria-hidden": "true" }), words));
  return [h("ul", { class: "legend" }, ...kinds, ...lines)];
}
