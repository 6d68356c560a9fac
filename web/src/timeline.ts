// Events in the order of their days, below a chart of how many there were when.

import type { App } from "./app";
import type { Happening } from "./data";
import { byDay, eventRow } from "./details";
import { count, h } from "./dom";
import { moreButton } from "./lists";
import { dateWords, dayOf, whenWords } from "./words";

const AT_FIRST = 100;
const MOST_BARS = 60;
const UNITS = [10, 7, 4] as const;

interface Bar {
  key: string;
  words: string;
  /** What stands below the bar: no year where the bar before has the same one. */
  short: string;
  from: string;
  to: string;
  told: number;
  open: number;
  denied: number;
}

export function timelineView(app: App): HTMLElement[] {
  const events = app.filter.events().sort(byDay);
  if (!events.length) return [h("p", { class: "empty" }, app.graph.events.size ? "The filters leave no event." : "This graph has no events.")];
  const list = h("div", { class: "days" });
  const fill = (part: Happening[]): HTMLElement[] => addDays(app, list, part);
  fill(events.slice(0, AT_FIRST));
  const rest = events.slice(AT_FIRST);
  return [chart(app, events), list, ...(rest.length ? [moreButton(rest, fill, list, AT_FIRST)] : [])];
}

/** Put events below the headings of their days; the last heading that is there is gone on with. */
function addDays(app: App, list: HTMLElement, events: Happening[]): HTMLElement[] {
  const sections: HTMLElement[] = [];
  let section = list.lastElementChild as HTMLElement | null;
  for (const event of events) {
    const words = heading(event);
    if (section?.dataset["day"] !== words) {
      section = h("section", { "data-day": words }, h("h3", {}, words), h("ul", { class: "rows" }));
      sections.push(section);
      list.append(section);
    }
    section.querySelector("ul")?.append(h("li", { class: event.negated ? "denied" : "" }, eventRow(app, event, words)));
  }
  return sections;
}

function heading(event: Happening): string {
  if (event.begin) return dateWords(event.begin);
  return whenWords(event) || (event.reported ? `No date given, reported ${dateWords(event.reported)}` : "No date given");
}

function chart(app: App, events: Happening[]): HTMLElement {
  const days = events.map(dayOf).filter(Boolean);
  const bars = makeBars(days, events);
  const top = Math.max(1, ...bars.map((bar) => bar.told + bar.open + bar.denied));
  return h(
    "figure",
    { class: "chart" },
    h(
      "figcaption",
      {},
      `${count(events.length, "event")}${held(app)} · `,
      h("span", { class: "key told" }, "said to be so"),
      h("span", { class: "key open" }, "planned, possible or wished for"),
      h("span", { class: "key denied" }, "denied"),
    ),
    h("div", { class: "bars", role: "group", "aria-label": "Events by time; a bar shows only its time" }, ...bars.map((bar) => barButton(app, bar, top))),
  );
}

/** Of how many, where the page does not hold all of them. */
function held(app: App): string {
  const { events } = app.data.counts;
  return app.graph.events.size < events ? ` of the ${app.graph.events.size.toLocaleString("en-GB")} in this page; the graph has ${events.toLocaleString("en-GB")}` : "";
}

function barButton(app: App, bar: Bar, top: number): HTMLElement {
  const many = bar.told + bar.open + bar.denied;
  const part = (kind: "told" | "open" | "denied"): HTMLElement => {
    const block = h("span", { class: kind });
    block.style.height = `${(100 * bar[kind]) / top}%`;
    return block;
  };
  const isChosen = app.state.from === bar.from && app.state.to === bar.to;
  return h(
    "button",
    {
      type: "button",
      class: "bar",
      "aria-pressed": isChosen ? "true" : "false",
      "aria-label": `${bar.words}: ${count(many, "event")}`,
      title: `${bar.words}: ${count(many, "event")}`,
      onclick: () => app.store.set(isChosen ? { from: "", to: "" } : { from: bar.from, to: bar.to }),
    },
    h("span", { class: "stack" }, ...(["denied", "open", "told"] as const).map(part)),
    h("span", { class: "bar-name", "aria-hidden": "true" }, bar.short),
  );
}

/** Bars of days, months, years or decades, whichever are not too many; only times that have events. */
function makeBars(days: string[], events: Happening[]): Bar[] {
  const length = UNITS.find((unit) => new Set(days.map((day) => day.slice(0, unit))).size <= MOST_BARS) ?? 3;
  const bars = new Map<string, Bar>();
  for (const event of events) {
    const day = dayOf(event);
    if (!day) continue;
    const key = day.slice(0, length);
    const bar = bars.get(key) ?? { key, ...period(key), short: "", told: 0, open: 0, denied: 0 };
    bar[event.negated ? "denied" : event.modality ? "open" : "told"] += 1;
    bars.set(key, bar);
  }
  const sorted = [...bars.values()].sort((one, other) => (one.key < other.key ? -1 : 1));
  sorted.forEach((bar, at) => (bar.short = shortWords(bar, sorted[at - 1])));
  return sorted;
}

function shortWords(bar: Bar, before: Bar | undefined): string {
  const isSameYear = bar.key.length > 4 && before !== undefined && before.key.slice(0, 4) === bar.key.slice(0, 4);
  return isSameYear ? bar.words.replace(/ \d{4}$/, "") : bar.words;
}

function period(key: string): { words: string; from: string; to: string } {
  const [year = "", month, day] = key.split("-");
  if (year.length === 3) return { words: `${year}0s`, from: `${year}0-01-01`, to: `${year}9-12-31` };
  if (!month) return { words: year, from: `${year}-01-01`, to: `${year}-12-31` };
  const last = day ?? String(new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate());
  return { words: dateWords(key), from: `${year}-${month}-${day ?? "01"}`, to: `${year}-${month}-${last}` };
}
