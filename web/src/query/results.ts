// Answers of the endpoint: SPARQL 1.1 Query Results JSON, or triples as N-Triples.

export interface Term {
  type: "uri" | "literal" | "bnode";
  value: string;
}

export interface Answer {
  columns: string[];
  rows: Record<string, Term | undefined>[];
}

interface ResultsJson {
  head: { vars?: string[] };
  boolean?: boolean;
  results?: { bindings: Record<string, Term>[] };
}

export function readJson(text: string): Answer {
  const json = JSON.parse(text) as ResultsJson;
  if (json.boolean !== undefined) {
    return { columns: ["answer"], rows: [{ answer: { type: "literal", value: json.boolean ? "yes" : "no" } }] };
  }
  return { columns: json.head.vars ?? [], rows: json.results?.bindings ?? [] };
}

const TERM = /<([^>]*)>|_:(\S+)|"((?:[^"\\]|\\.)*)"(?:@[\w-]+|\^\^<[^>]*>)?/y;
const ESCAPES: Record<string, string> = { t: "\t", b: "\b", n: "\n", r: "\r", f: "\f" };

/** Triples, a line each, as N-Triples. */
export function readTriples(text: string): Answer {
  const columns = ["subject", "predicate", "object"];
  const rows = text
    .split("\n")
    .filter((line) => line.trim() && !line.startsWith("#"))
    .map((line) => {
      let at = 0;
      const row: Record<string, Term> = {};
      for (const column of columns) {
        while (line[at] === " " || line[at] === "\t") at += 1;
        TERM.lastIndex = at;
        const match = TERM.exec(line);
        if (!match) throw new Error(`this is no triple: ${line.slice(0, 80)}`);
        at = TERM.lastIndex;
        row[column] = termOf(match);
      }
      return row;
    });
  return { columns, rows };
}

function termOf([, iri, node, literal]: RegExpExecArray): Term {
  if (iri !== undefined) return { type: "uri", value: unescaped(iri) };
  if (node !== undefined) return { type: "bnode", value: node };
  return { type: "literal", value: unescaped(literal ?? "") };
}

function unescaped(text: string): string {
  return text.replace(/\\(?:u([\da-fA-F]{4})|U([\da-fA-F]{8})|(.))/g, (_, four?: string, eight?: string, one?: string) =>
    one === undefined ? String.fromCodePoint(parseInt(four ?? eight ?? "fffd", 16)) : (ESCAPES[one] ?? one),
  );
}
