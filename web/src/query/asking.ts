// Ask the server: the catalogue of named queries, one of them, or SPARQL.

import { type Answer, readJson, readTriples } from "./results";

export interface Parameter {
  name: string;
  type: string;
  default: string | null;
  text: string;
}

export interface NamedQuery {
  name: string;
  title: string;
  description: string;
  parameters: Parameter[];
  sparql: string;
}

const RESULTS = "application/sparql-results+json";
const TRIPLES = "application/n-triples";

export async function catalogue(): Promise<NamedQuery[]> {
  const response = await fetch("queries", { headers: { accept: "application/json" } });
  if (!response.ok) throw new Error(await complaint(response));
  return ((await response.json()) as { queries: NamedQuery[] }).queries;
}

export async function askNamed(name: string, params: Record<string, string>, signal?: AbortSignal): Promise<Answer> {
  const given = Object.entries(params).filter(([, value]) => value.trim());
  const query = new URLSearchParams(given);
  return answer(`queries/${encodeURIComponent(name)}${given.length ? `?${query}` : ""}`, signal ? { signal } : {});
}

export async function askSparql(text: string, signal?: AbortSignal): Promise<Answer> {
  const headers = { "content-type": "application/sparql-query" };
  return answer("sparql", { method: "POST", body: text, headers, ...(signal ? { signal } : {}) });
}

async function answer(path: string, options: RequestInit): Promise<Answer> {
  // a query that makes a graph answers with triples, every other one with rows
  const accept = `${RESULTS}, ${TRIPLES};q=0.9, text/turtle;q=0.1`;
  const response = await fetch(path, { ...options, headers: { ...options.headers, accept } });
  if (!response.ok) throw new Error(await complaint(response));
  const text = await response.text();
  return response.headers.get("content-type")?.includes("json") ? readJson(text) : readTriples(text);
}

/** What a problem body says: what was found, and what to do. */
async function complaint(response: Response): Promise<string> {
  const text = await response.text();
  try {
    const { detail, remedy } = JSON.parse(text) as { detail?: string; remedy?: string };
    return [detail, remedy].filter(Boolean).join(". ") || `the server answered ${response.status}`;
  } catch {
    return `the server answered ${response.status}`;
  }
}
