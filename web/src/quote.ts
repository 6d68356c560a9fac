// A claim with its source: publisher, day, speaker, and the sentence with the words that carry it marked.

import type { Claim, Graph } from "./data";
import { h, joined, name } from "./dom";
import { dateWords } from "./words";

const TAGS: Record<string, string> = { attributedTo: "speaker", timeExpression: "when" };

/** One claim as a card. */
export function claimCard(graph: Graph, claim: Claim): HTMLElement {
  return h(
    "article",
    { class: "claim" },
    h("p", { class: "who-says" }, ...speaker(graph, claim)),
    sentence(graph.sentences.get(claim.at), claim),
    h("p", { class: "claim-facts" }, ...facts(graph, claim)),
  );
}

function speaker(graph: Graph, claim: Claim): (Node | string)[] {
  const document = graph.documents.get(claim.document);
  const parts: Node[] = [h("strong", {}, name(document?.source ?? claim.document))];
  if (document?.published) parts.push(h("time", { datetime: document.published }, dateWords(document.published)));
  if (claim.origin !== document?.source) parts.push(h("span", {}, "from ", name(claim.origin)));
  if (claim.said_by?.length) parts.push(h("span", {}, "said by ", ...joined(claim.said_by.map(name), ", ")));
  if (claim.via?.length) parts.push(h("span", {}, "told by ", ...joined(claim.via.map(name), ", ")));
  return joined(parts, " · ");
}

/** The sentence; offsets of marks are code points, of which a string of JavaScript may need two units each. */
export function sentence(text: string | undefined, claim: Claim): HTMLElement {
  if (text === undefined) return h("blockquote", { class: "quote waiting" }, "Loading the sentence …");
  const characters = Array.from(text);
  const parts: (Node | string)[] = [];
  let at = 0;
  for (const [start, end, role] of claim.marks ?? []) {
    parts.push(characters.slice(at, start).join(""));
    const words = characters.slice(start, end).join("");
    parts.push(h("mark", { class: markClass(role), "data-role": TAGS[role] ?? role }, words));
    at = end;
  }
  parts.push(characters.slice(at).join(""));
  return h("blockquote", { class: "quote", dir: "auto" }, ...parts);
}

function markClass(role: string): string {
  return ["trigger", "agent", "recipient", "participant"].includes(role) ? `role-${role}` : "role-other";
}

function facts(graph: Graph, claim: Claim): (Node | string)[] {
  const parts: (Node | string)[] = [];
  if (claim.negated) parts.push(h("span", { class: "chip red" }, "denied"));
  if (claim.modality) parts.push(h("span", { class: "chip" }, claim.modality));
  if (claim.review) parts.push(h("span", { class: "chip" }, `marked ${claim.review}${claim.note ? `: ${claim.note}` : ""}`));
  parts.push(h("span", { title: "How likely it is that the sentence says so" }, `confidence ${Math.round(claim.confidence * 100)} %`));
  const link = source(graph, claim);
  if (link) parts.push(link);
  return joined(parts.map((part) => (typeof part === "string" ? h("span", {}, part) : part)), " ");
}

/** A link to the article, where it has an address of the web; else its file's name. */
function source(graph: Graph, claim: Claim): HTMLElement | null {
  const document = graph.documents.get(claim.document);
  if (!document) return null;
  const words = document.headline || document.url || document.path || document.id;
  if (!isWeb(document.url)) return h("span", { class: "article" }, name(words));
  return h("a", { class: "article", href: document.url, target: "_blank", rel: "noopener noreferrer" }, name(words), " ↗");
}

function isWeb(url: string | undefined): url is string {
  return url !== undefined && URL.canParse(url) && ["http:", "https:"].includes(new URL(url).protocol);
}
