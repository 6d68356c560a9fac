// An answer as a network: rows that name two entities are lines between them.

import type { App } from "../app";
import type { Scene, SceneLine, SceneNode } from "../scene";
import { kindOf } from "../words";
import type { Names } from "./names";
import type { Answer, Term } from "./results";

const MOST = 60;
const LONGEST = 40;

type Row = Answer["rows"][number];

/** The scene of an answer, not yet laid out; null where no rows name two entities. */
export function answerScene(app: App, names: Names, answer: Answer): Scene | null {
  const entity = finder(app, names);
  const [one, other] = ends(answer, entity);
  if (!one || !other) return null;
  const words = answer.columns.find((column) => column !== one && column !== other && isWord(answer.rows, column));
  const pairs = new Map<string, { source: string; target: string; labels: Set<string>; many: number }>();
  for (const row of answer.rows) {
    const [source, target] = [entity(row[one]), entity(row[other])];
    if (!source || !target || source === target) continue;
    const key = `${source} ${target}`;
    const pair = pairs.get(key) ?? { source, target, labels: new Set<string>(), many: 0 };
    pair.many += 1;
    if (words && row[words]) pair.labels.add(spoken(names, row[words]));
    pairs.set(key, pair);
  }
  const kept = [...pairs.values()].sort((a, b) => b.many - a.many);
  const shown = new Set<string>();
  for (const { source, target } of kept) if (shown.size + 2 <= MOST || (shown.has(source) && shown.has(target))) shown.add(source).add(target);
  const lines = kept.filter(({ source, target }) => shown.has(source) && shown.has(target)).map(lineOf);
  if (!lines.length) return null;
  return { nodes: [...shown].map((id) => nodeOf(app, id)), lines, title: "The answer", note: "" };
}

/** What finds the entity that a cell names: by its IRI, or by its label. */
function finder(app: App, names: Names): (term: Term | undefined) => string {
  const labels = new Map([...app.graph.entities.values()].map((entity) => [entity.label, entity.id]));
  return (term) => {
    if (!term) return "";
    const short = term.type === "uri" ? names.short(term.value) : "";
    return short.startsWith("ent:") ? short : term.type === "literal" ? (labels.get(term.value) ?? "") : "";
  };
}

/** The first two columns in which most cells name entities. */
function ends(answer: Answer, entity: (term: Term | undefined) => string): string[] {
  return answer.columns.filter((column) => {
    const filled = answer.rows.filter((row) => row[column]);
    return filled.length > 0 && filled.filter((row) => entity(row[column])).length * 2 > filled.length;
  });
}

/** Tell whether a column holds words that can stand on a line. */
function isWord(rows: Row[], column: string): boolean {
  const filled = rows.flatMap((row) => row[column] ?? []);
  return filled.length > 0 && filled.every((term) => term.value.length <= LONGEST || term.type === "uri") && filled.some((term) => !/^[\d.-]*$/.test(term.value));
}

function spoken(names: Names, term: Term): string {
  return term.type === "uri" ? names.short(term.value).replace(/^[^:]*:/, "").replaceAll("_", " ") : term.value;
}

function lineOf(pair: { source: string; target: string; labels: Set<string>; many: number }): SceneLine {
  const [first = "", ...rest] = [...pair.labels];
  return {
    id: `line:${pair.source}|${pair.target}`,
    source: pair.source,
    target: pair.target,
    edges: [],
    label: rest.length ? `${first} +${rest.length}` : first,
    sources: pair.many,
    modality: "actual",
    disputed: false,
    denied: false,
    arrow: "target",
  };
}

function nodeOf(app: App, id: string): SceneNode {
  const entity = app.graph.entities.get(id);
  return {
    id,
    label: app.graph.label(id),
    kind: kindOf(entity?.type ?? ""),
    weight: entity?.sources ?? 1,
    group: -1,
    isFocus: false,
    at: { x: 0, y: 0 },
    tie: "",
  };
}
