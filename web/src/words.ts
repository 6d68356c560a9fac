// How classes, days, numbers and events read.

import { type Filler, type Graph, type Happening, classOf } from "./data";

export type Kind = "person" | "country" | "place" | "organization" | "document" | "happening" | "other";

const KINDS: Record<string, Kind> = {
  "schema:Person": "person",
  "schema:Country": "country",
  "kg:Bloc": "country",
  "schema:City": "place",
  "schema:Place": "place",
  "schema:Organization": "organization",
  "schema:NewsMediaOrganization": "organization",
  "schema:Corporation": "organization",
  "kg:GovernmentBody": "organization",
  "kg:PoliticalParty": "organization",
  "kg:MilitaryUnit": "organization",
  "kg:Group": "organization",
  "kg:Agreement": "document",
  "kg:Law": "document",
  "schema:CreativeWork": "document",
  "kg:NamedEvent": "happening",
};

export const KIND_WORDS: Record<Kind, string> = {
  person: "Person",
  country: "Country or bloc",
  place: "Place",
  organization: "Organisation or group",
  document: "Agreement, law or work",
  happening: "Named event",
  other: "Office, product, other",
};

export const MODALITY_WORDS: Record<string, string> = {
  actual: "said to be so",
  planned: "planned",
  possible: "possible",
  desired: "wished for",
  denied: "denied",
};

const ROLE_WORDS: Record<string, string> = { polarity: "whether it is so", begin: "when it begins", end: "when it ends" };

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

export function kindOf(type: string): Kind {
  return KINDS[type] ?? "other";
}

/** The last part of a class: schema:NewsMediaOrganization reads "News media organization". */
export function typeWords(type: string): string {
  const words = type.replace(/^[^:]*:/, "").replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function roleWords(role: string): string {
  return ROLE_WORDS[role] ?? role;
}

/** A day, month or year as it was told: 2022-03-14 reads "14 Mar 2022", 2030-06 "Jun 2030". */
export function dateWords(iso: string | undefined): string {
  const [year = "", month, day] = (iso ?? "").split("-");
  if (!month) return year;
  const name = MONTHS[Number(month) - 1] ?? month;
  return [day ? String(Number(day)) : "", name, year].filter(Boolean).join(" ");
}

/** One day, or the days between which something lies. */
export function spanWords(first: string | undefined, last: string | undefined): string {
  if (!first || !last || first === last) return dateWords(first || last);
  return `${dateWords(first)} – ${dateWords(last)}`;
}

/** An xsd:duration: P4Y reads "4 years". */
export function durationWords(value: string): string {
  const match = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(value);
  const units = ["year", "month", "week", "day", "hour", "minute", "second"];
  const parts = (match?.slice(1) ?? []).map((n, at) => (n ? `${n} ${units[at]}${n === "1" ? "" : "s"}` : ""));
  return parts.filter(Boolean).join(" ") || value;
}

export function detailWords(role: string, value: string): string {
  return role === "duration" ? durationWords(value) : role === "frequency" ? `every ${durationWords(value)}` : value;
}

/** When an event was, is or will be, in words; empty where no source says. */
export function whenWords(event: Happening): string {
  if (event.begin && event.end) return spanWords(event.begin, event.end);
  if (event.begin) return dateWords(event.begin);
  if (event.end) return `until ${dateWords(event.end)}`;
  return event.deadline ? `by ${dateWords(event.deadline)}` : "";
}

/** The day, month or year that an event stands at in time: as a source dates it, else when it was first reported. */
export function dayOf(event: Happening): string {
  return event.begin || event.end || event.deadline || event.reported || "";
}

/** The class of an event in words: "Hold office", of an act its predicate: "renovate". */
export function eventWords(event: { kind: string }): string {
  const [first = "", ...rest] = event.kind.split(" ");
  return classOf(event) === "Act" && rest.length ? rest.join(" ") : typeWords(first);
}

export function fillerWords(fillers: Filler[] | undefined): string {
  return (fillers ?? []).map(([words]) => words).join(", ");
}

/** An event in one line: Lend: Norway → Kenya, port of Lamu. */
export function eventLine(event: Happening): string {
  const ends = [fillerWords(event.who), fillerWords(event.whom)].filter(Boolean).join(" → ");
  const rest = [ends, fillerWords(event.what)].filter(Boolean).join(": ");
  return rest ? `${eventWords(event)} · ${rest}` : eventWords(event);
}

/** A label for the canvas: its direction is isolated and what would turn it around is taken out. */
export function canvasText(text: string): string {
  const plain = text.replace(/[\u0000-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g, " ");
  return `\u2068${plain.length > 60 ? `${plain.slice(0, 58)}…` : plain}\u2069`;
}

/** Two names with a relation between them. */
export function edgeLine(graph: Graph, edge: { source: string; target: string; relation: string; denied?: boolean }): string {
  const relation = graph.relations.get(edge.relation)?.label ?? edge.relation;
  return `${graph.label(edge.source)} ${edge.denied ? "not: " : ""}${relation} ${graph.label(edge.target)}`;
}
