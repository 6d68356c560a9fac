// What sources differ on, with their sides next to each other.

import type { App } from "./app";
import type { Claim, Dispute } from "./data";
import { count, h, name } from "./dom";
import { actionButton, chunked } from "./lists";
import { sentence } from "./quote";
import { dateWords, eventLine, fillerWords, roleWords } from "./words";

const AT_FIRST = 3;

const KINDS: Record<string, string> = {
  differentValue: "sources give different values",
  bounds: "one gives a bound, another a value",
  denied: "affirmed and denied",
};

export function disputesView(app: App): HTMLElement[] {
  const disputes = app.filter.disputes();
  if (!disputes.length) return [h("p", { class: "empty" }, empty(app))];
  return chunked(disputes, (part) => part.map((dispute) => h("li", {}, card(app, dispute))), 30);
}

function empty(app: App): string {
  if (app.graph.disputes.size) return "The filters leave no dispute: nothing that two sources which are let through differ on.";
  return "The sources in this graph contradict each other nowhere.";
}

/** The claims of disputes that are shown at first, whose sentences are needed. */
export function disputeClaims(app: App): Claim[] {
  const shown = app.filter.disputes().slice(0, 30);
  return shown.flatMap((dispute) => dispute.sides.flatMap((side) => app.graph.claimsOf(side.claims)));
}

function card(app: App, dispute: Dispute): HTMLElement {
  const event = app.graph.events.get(dispute.event);
  return h(
    "article",
    { class: "dispute", "data-id": dispute.id },
    h("h3", {}, event ? name(eventLine(event)) : dispute.event),
    h(
      "p",
      { class: "facts" },
      h("span", { class: "chip red" }, `≠ ${roleWords(dispute.role)}`),
      h("span", {}, KINDS[dispute.kind] ?? dispute.kind),
      event && event.place?.length ? h("span", {}, "in ", name(fillerWords(event.place))) : null,
    ),
    sides(app, dispute),
    actionButton("All that is said of it", () => app.store.set({ open: dispute.event })),
  );
}

/** The sides of a dispute; on a narrow screen below each other. */
export function sides(app: App, dispute: Dispute): HTMLElement {
  const shown = dispute.sides.map((side) => ({ ...side, claims: app.graph.claimsOf(side.claims).filter((c) => app.filter.claim(c)) }));
  const kept = shown.filter((side) => side.claims.length);
  return h("div", { class: "sides" }, ...kept.map((side) => sideBlock(app, dispute, side.value, side.claims)));
}

function sideBlock(app: App, dispute: Dispute, value: string, claims: Claim[]): HTMLElement {
  const words = dispute.role === "polarity" ? (value === "negated" ? "It is not so" : "It is so") : valueWords(value);
  const [first, rest] = voices(claims);
  const more = rest.length > 0 && h("details", { class: "fold" }, h("summary", {}, `${rest.length} more`), ...rest.map((claim) => voice(app, claim)));
  const sources = count(new Set(claims.map((claim) => claim.origin)).size, "independent source");
  return h("section", { class: "side" }, h("h4", {}, name(words)), h("p", { class: "muted" }, sources), ...first.map((claim) => voice(app, claim)), more);
}

/** A claim of each of a few independent sources, and the other claims. */
function voices(claims: Claim[]): [Claim[], Claim[]] {
  const origins = new Set<string>();
  const first = claims.filter((claim) => !origins.has(claim.origin) && origins.add(claim.origin).size <= AT_FIRST);
  return [first, claims.filter((claim) => !first.includes(claim))];
}

/** Days in words, everything else as it is. */
function valueWords(value: string): string {
  return /^\d{4}(-\d{2}){1,2}$/.test(value) ? dateWords(value) : value;
}

function voice(app: App, claim: Claim): HTMLElement {
  const document = app.graph.documents.get(claim.document);
  const parts = [claim.origin, dateWords(document?.published), claim.said_by?.length ? `said by ${claim.said_by.join(", ")}` : ""];
  return h("figure", { class: "voice" }, h("figcaption", {}, name(parts.filter(Boolean).join(" · "))), sentence(app.graph.sentences.get(claim.at), claim));
}
