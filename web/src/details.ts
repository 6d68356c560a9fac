// The details of what was chosen: an edge with its evidence, a pair, an entity, or an event.

import type { App } from "./app";
import type { Claim, Dispute, Edge, Entity, Happening } from "./data";
import { sides } from "./disputes";
import { count, h, joined, name } from "./dom";
import { type ShownEdge, byStrength } from "./filter";
import { actionButton, chunked, moreButton } from "./lists";
import { stateOf } from "./pairs";
import { claimCard } from "./quote";
import { dayOf, detailWords, eventWords, roleWords, spanWords, typeWords, whenWords } from "./words";

const AT_FIRST = 20;

/** Return what the panel shows for an id, null where nothing of that name is loaded. */
export function details(app: App, id: string): { title: Node; body: Node[]; claims: Claim[] } | null {
  const { graph } = app;
  if (id.startsWith("pair:")) return pairDetails(app, id);
  const edge = graph.edges.get(id);
  if (edge) return edgeDetails(app, edge);
  const entity = graph.entities.get(id);
  if (entity) return entityDetails(app, entity);
  const event = graph.events.get(id);
  return event ? eventDetails(app, event) : null;
}

type Details = NonNullable<ReturnType<typeof details>>;

// ------------------------------------------------------------------ edges

function edgeDetails(app: App, edge: Edge): Details {
  const claims = app.graph.claimsOf([...edge.claims, ...(edge.against ?? [])]);
  return { title: edgeTitle(app, edge), body: edgeBody(app, edge), claims };
}

function edgeTitle(app: App, edge: Edge): HTMLElement {
  const relation = app.graph.relation(edge);
  return h(
    "span",
    {},
    entityLink(app, edge.source),
    " ",
    h("em", { class: edge.denied ? "red-text" : "" }, `${edge.denied ? "not: " : ""}${relation.label}`),
    " ",
    entityLink(app, edge.target),
  );
}

function edgeBody(app: App, edge: Edge): Node[] {
  const shown = app.filter.edge(edge);
  if (!shown) return [h("p", { class: "empty" }, "The filters leave nothing of this relation. Clear them to see it.")];
  const events = [...new Set(shown.claims.map((claim) => claim.event))].flatMap((id) => app.graph.events.get(id) ?? []);
  const disputes = [...app.graph.disputes.values()].filter((dispute) => events.some((event) => event.id === dispute.event));
  return [
    edgeFacts(edge, shown, events),
    ...claimList(app, edge.denied ? "Denied by" : "Says so", shown.claims),
    ...claimList(app, "Denies it", shown.against),
    ...disputes.filter((dispute) => dispute.role !== "polarity").map((dispute) => disputeBlock(app, dispute)),
    ...eventList(app, "Events behind it", events),
  ];
}

function edgeFacts(edge: Edge, shown: ShownEdge, events: Happening[]): HTMLElement {
  const days = events.flatMap((event) => [event.earliest, event.latest]).filter(Boolean).sort();
  const only = events.length === 1 ? events[0] : undefined;
  const when = (only && whenWords(only)) || spanWords(days[0], days.at(-1));
  const own = shown.claims.some((claim) => !claim.said_by?.length);
  return h(
    "p",
    { class: "facts" },
    h("span", { class: "chip strong" }, count(shown.sources, "independent source")),
    shown.modality !== "actual" && h("span", { class: "chip" }, shown.modality),
    shown.disputed && h("span", { class: "chip red" }, "≠ disputed"),
    edge.denied && h("span", { class: "chip red" }, "✕ denied"),
    !own && h("span", { class: "chip" }, "only quoted: no source says it in its own voice"),
    !edge.asserted && !edge.denied && h("span", { class: "chip" }, "not asserted by the graph"),
    when && h("span", { class: "when" }, when),
  );
}

function claimList(app: App, title: string, claims: Claim[]): Node[] {
  if (!claims.length) return [];
  const day = (claim: Claim): string => app.graph.documents.get(claim.document)?.published ?? "";
  const sorted = [...claims].sort((a, b) => (day(a) < day(b) ? -1 : day(a) > day(b) ? 1 : a.id < b.id ? -1 : 1));
  const list = h("div", { class: "claims" }, ...sorted.slice(0, AT_FIRST).map((claim) => claimCard(app.graph, claim)));
  const rest = sorted.slice(AT_FIRST);
  const more = rest.length > 0 && moreButton(rest, (part) => part.map((claim) => claimCard(app.graph, claim)), list);
  return [h("h3", {}, `${title} (${claims.length})`), list, ...(more ? [more] : [])];
}

function disputeBlock(app: App, dispute: Dispute): HTMLElement {
  return h("section", { class: "dispute-inline" }, h("h3", {}, `Sources differ: ${roleWords(dispute.role)}`), sides(app, dispute));
}

function pairDetails(app: App, id: string): Details | null {
  const [one = "", other = "", state] = id.replace("pair:", "").split("|");
  const isPair = ({ edge }: ShownEdge): boolean => [edge.source, edge.target].sort().join("|") === [one, other].sort().join("|");
  const between = app.edges.filter((shown) => isPair(shown) && (!state || stateOf(shown) === state));
  if (!between.length) return null;
  const first = [...between].sort(byStrength);
  return {
    title: h("span", {}, entityLink(app, one), " and ", entityLink(app, other)),
    body: [h("p", { class: "facts" }, `${count(between.length, "relation")}${state ? `, ${state}` : ""}`), ...first.map((shown) => relationFold(app, shown, first.length === 1))],
    claims: between.flatMap((shown) => [...shown.claims, ...shown.against]),
  };
}

function relationFold(app: App, shown: ShownEdge, open: boolean): HTMLElement {
  const state = [
    shown.modality !== "actual" ? shown.modality : "",
    shown.disputed ? "≠ disputed" : "",
    shown.edge.denied ? "✕ denied" : "",
  ].filter(Boolean);
  return h(
    "details",
    { class: "fold", open },
    h(
      "summary",
      {},
      edgeWords(app, shown.edge),
      h("span", { class: "muted" }, ` ${count(shown.sources, "source")}${state.length ? `, ${state.join(", ")}` : ""}`),
    ),
    ...edgeBody(app, shown.edge),
  );
}

function edgeWords(app: App, edge: Edge): HTMLElement {
  const words = `${edge.denied ? " not: " : " "}${app.graph.relation(edge).label} `;
  return h("span", {}, name(app.graph.label(edge.source)), words, name(app.graph.label(edge.target)));
}

// ------------------------------------------------------------------ entities

function entityDetails(app: App, entity: Entity): Details {
  const edges = app.graph.edgesOf(entity.id).flatMap((edge) => app.filter.edge(edge) ?? []);
  const events = app.graph.eventsOf(entity.id).filter((event) => app.filter.event(event));
  const isAbout = app.state.about === entity.id && app.state.view === "network";
  return {
    title: h("span", {}, name(entity.label)),
    body: [
      h("p", { class: "facts" }, ...entityFacts(entity)),
      !isAbout && actionButton("Show its network", () => app.store.set({ view: "network", about: entity.id, group: -1, more: 0 })),
      ...relationList(app, entity, edges),
      ...eventList(app, "Events", [...events].sort(byDay)),
    ].filter((node): node is HTMLElement => node instanceof Node),
    claims: [],
  };
}

function entityFacts(entity: Entity): (Node | string)[] {
  const links = (entity.same_as ?? []).filter((link) => /^https?:/.test(link));
  const words = (link: string): string => (link.includes("wikidata") ? `Wikidata ${link.replace(/.*\//, "")}` : "GeoNames");
  const parts: Node[] = [
    h("span", { class: "chip strong" }, typeWords(entity.type)),
    h("span", {}, `${count(entity.mentions, "mention")} in ${count(entity.sources, "independent source")}`),
    ...links.map((link) => h("a", { href: link, target: "_blank", rel: "noopener noreferrer" }, `${words(link)} ↗`)),
  ];
  if (entity.names?.length) parts.push(h("span", { class: "muted" }, "also ", ...joined(entity.names.slice(0, 8).map(name), ", ")));
  return joined(parts, " ");
}

function relationList(app: App, entity: Entity, edges: ShownEdge[]): Node[] {
  if (!edges.length) return [h("p", { class: "empty" }, "No relation with another entity that the filters let through.")];
  const rows = (part: ShownEdge[]): HTMLElement[] => part.map((shown) => relationRow(app, entity, shown));
  return [h("h3", {}, `Relations (${edges.length})`), ...chunked([...edges].sort(byStrength), rows)];
}

function relationRow(app: App, entity: Entity, shown: ShownEdge): HTMLElement {
  const { edge } = shown;
  const isOut = edge.source === entity.id;
  const relation = app.graph.relation(edge);
  const arrow = relation.symmetric ? "" : isOut ? "→ " : "← ";
  const state = [shown.modality === "actual" ? "" : shown.modality, shown.disputed ? "≠ disputed" : ""].filter(Boolean);
  return h(
    "li",
    {},
    h(
      "button",
      { type: "button", class: "row", onclick: () => app.store.set({ open: edge.id }) },
      h("span", { class: edge.denied || shown.disputed ? "red-text" : "" }, `${arrow}${edge.denied ? "not: " : ""}${relation.label} `),
      name(app.graph.label(isOut ? edge.target : edge.source)),
      h("span", { class: "muted" }, ` ${count(shown.sources, "source")}${state.length ? `, ${state.join(", ")}` : ""}`),
    ),
  );
}

/** An entity's name that opens its details. */
export function entityLink(app: App, id: string): HTMLElement {
  return h("button", { type: "button", class: "link", onclick: () => app.store.set({ open: id }) }, name(app.graph.label(id)));
}

// ------------------------------------------------------------------ events

function eventDetails(app: App, event: Happening): Details {
  const claims = app.graph.claimsOf(event.claims).filter((claim) => app.filter.claim(claim));
  const affirmed = claims.filter((claim) => Boolean(claim.negated) === Boolean(event.negated));
  const denied = claims.filter((claim) => Boolean(claim.negated) !== Boolean(event.negated));
  const disputes = [...app.graph.disputes.values()].filter((dispute) => dispute.event === event.id && dispute.role !== "polarity");
  return {
    title: h("span", {}, eventWords(event)),
    body: [
      h(
        "p",
        { class: "facts" },
        h("span", { class: "chip strong" }, count(event.sources, "independent source")),
        event.negated && h("span", { class: "chip red" }, "✕ denied"),
        event.modality && h("span", { class: "chip" }, event.modality),
        event.disputed && h("span", { class: "chip red" }, "≠ disputed"),
      ),
      roleTable(app, event),
      ...claimList(app, event.negated ? "Denied by" : "Says so", affirmed),
      ...claimList(app, event.negated ? "Affirmed by" : "Denies it", denied),
      ...disputes.map((dispute) => disputeBlock(app, dispute)),
    ],
    claims,
  };
}

function roleTable(app: App, event: Happening): HTMLElement {
  const rows: HTMLElement[] = [];
  const add = (role: string, ...value: (Node | string)[]): void => {
    if (value.length) rows.push(h("dt", {}, role), h("dd", {}, ...value));
  };
  for (const part of ["who", "whom", "what", "place"] as const) {
    const fillers = (event[part] ?? []).map(([words, id]) => (app.graph.entities.has(id) ? entityLink(app, id) : name(words)));
    add(part === "place" ? "where" : part, ...joined(fillers, ", "));
  }
  for (const [role, value] of event.details ?? []) add(roleWords(role), detailWords(role, value));
  if (whenWords(event)) add("when", whenWords(event));
  else if (event.reported) add("reported", spanWords(event.reported, event.reported));
  return h("dl", { class: "roles" }, ...rows);
}

function eventList(app: App, title: string, events: Happening[]): Node[] {
  if (!events.length) return [];
  const rows = (part: Happening[]): HTMLElement[] => part.map((event) => h("li", {}, eventRow(app, event)));
  return [h("h3", {}, `${title} (${events.length})`), ...chunked(events, rows)];
}

/** An event in one line, to be opened; `told` is what stands above it of its time. */
export function eventRow(app: App, event: Happening, told = ""): HTMLElement {
  const parts = (fillers: Happening["who"]): (Node | string)[] => joined((fillers ?? []).map(([words]) => name(words)), ", ");
  const when = whenWords(event) === told ? "" : whenWords(event);
  return h(
    "button",
    { type: "button", class: "row", onclick: () => app.store.set({ open: event.id }), "aria-current": app.state.open === event.id },
    h("span", { class: "event-kind" }, `${event.negated ? "✕ not: " : ""}${eventWords(event)}`),
    ...(event.who?.length ? [" ", ...parts(event.who)] : []),
    ...(event.whom?.length ? [" → ", ...parts(event.whom)] : []),
    ...(event.what?.length ? [": ", ...parts(event.what)] : []),
    ...(event.place?.length ? [" in ", ...parts(event.place)] : []),
    h("span", { class: "muted" }, `${when ? ` · ${when}` : ""} · ${count(event.sources, "source")}${eventState(event)}`),
  );
}

function eventState(event: Happening): string {
  const states = [event.negated ? "denied" : "", event.modality ?? "", event.disputed ? "≠ disputed" : ""].filter(Boolean);
  return states.length ? ` · ${states.join(", ")}` : "";
}

/** In the order of days; of one day those that a source dates come before those that were only reported on it. */
export function byDay(one: Happening, other: Happening): number {
  const key = (event: Happening): string => `${dayOf(event)} ${whenWords(event) ? 0 : 1} ${event.id}`;
  return key(one) < key(other) ? -1 : 1;
}
