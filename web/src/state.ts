// What the page shows, kept in the address after "#", so that a link shows the same to somebody else.

export type View = "network" | "relations" | "timeline" | "disputes" | "query";
export const VIEWS: View[] = ["network", "relations", "timeline", "disputes", "query"];

export interface State {
  view: View;
  /** The entity whose surroundings the network shows. */
  about: string;
  /** The group that the network shows, -1 for none. */
  group: number;
  /** How many entities more than at first. */
  more: number;
  /** "relation" or "pair": what one line stands for; empty leaves it to the page. */
  lines: "" | "relation" | "pair";
  /** What the details show: the id of an edge, entity, event, or two entities joined by a bar. */
  open: string;
  types: string[];
  classes: string[];
  sources: string[];
  modalities: string[];
  from: string;
  to: string;
  confidence: number;
  /** The text and the parameters of the SPARQL editor. */
  sparql: string;
}

const FIRST: State = {
  view: "network",
  about: "",
  group: -1,
  more: 0,
  lines: "",
  open: "",
  types: [],
  classes: [],
  sources: [],
  modalities: [],
  from: "",
  to: "",
  confidence: 0,
  sparql: "",
};

/** Filters that are lists hold what is left out: everything is shown at first. */
const LISTS = { types: "without-type", classes: "without-class", sources: "without-source", modalities: "without" } as const;
const LIST_NAMES = Object.keys(LISTS) as (keyof typeof LISTS)[];
/** A frame that a notebook fills has no address of its own, and may not write one. */
const HAS_ADDRESS = location.protocol !== "about:";
const DAY = /^\d{4}-\d{2}-\d{2}$/;

export function readHash(hash: string): State {
  const params = new URLSearchParams(hash.replace(/^#/, ""));
  const text = (name: string): string => params.get(name) ?? "";
  const whole = (name: string, other: number): number => (/^\d+$/.test(text(name)) ? Number(text(name)) : other);
  const view = VIEWS.find((known) => known === text("view")) ?? FIRST.view;
  const lines = text("lines") === "relation" || text("lines") === "pair" ? (text("lines") as "relation" | "pair") : "";
  const share = Number(text("confidence"));
  const state: State = {
    ...FIRST,
    view,
    lines,
    about: text("about"),
    group: whole("group", -1),
    more: whole("more", 0),
    open: text("open"),
    from: DAY.test(text("from")) ? text("from") : "",
    to: DAY.test(text("to")) ? text("to") : "",
    confidence: share > 0 && share <= 1 ? share : 0,
    sparql: text("sparql"),
  };
  for (const list of LIST_NAMES) state[list] = params.getAll(LISTS[list]).sort();
  return state;
}

export function writeHash(state: State): string {
  const params = new URLSearchParams();
  for (const name of ["view", "about", "group", "more", "lines", "open", "from", "to", "confidence", "sparql"] as const) {
    if (state[name] !== FIRST[name]) params.set(name, String(state[name]));
  }
  for (const list of LIST_NAMES) for (const value of state[list]) params.append(LISTS[list], value);
  return params.toString();
}

/** What is left out is the filter; nothing left out shows everything. */
export function isFiltered(state: State): boolean {
  return Boolean(state.from || state.to || state.confidence) || LIST_NAMES.some((list) => state[list].length > 0);
}

export const UNFILTERED = { types: [], classes: [], sources: [], modalities: [], from: "", to: "", confidence: 0 };

export type Listener = (state: State, before: State) => void;

/** Holds the state; every change goes through the address, so that back and forward work. */
export class Store {
  private listeners: Listener[] = [];
  private current = readHash(location.hash);

  constructor() {
    addEventListener("hashchange", () => this.take(readHash(location.hash)));
  }

  get state(): State {
    return this.current;
  }

  onChange(listener: Listener): void {
    this.listeners.push(listener);
  }

  /** Change some of the state; steps that somebody would go back from are kept in the history. */
  set(change: Partial<State>, keep: "step" | "replace" = "step"): void {
    const next = { ...this.current, ...change };
    const hash = writeHash(next);
    if (hash === writeHash(this.current)) return;
    if (HAS_ADDRESS) {
      const address = hash ? `#${hash}` : location.pathname + location.search;
      if (keep === "step") history.pushState(null, "", address);
      else history.replaceState(null, "", address);
    }
    this.take(next);
  }

  private take(next: State): void {
    const before = this.current;
    this.current = next;
    for (const listener of this.listeners) listener(next, before);
  }
}
