// Make elements. Text only ever becomes a text node, so names and quotes may hold anything.

type Child = Node | string | null | undefined | false;
type Value = string | number | boolean | null | undefined | ((event: Event) => void);

/** Make an HTML element; attributes that begin with "on" are listeners, false and null ones are left out. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, Value> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, String(value));
  }
  element.append(...children.filter(isShown));
  return element;
}

function isShown(child: Child): child is Node | string {
  return child !== null && child !== undefined && child !== false;
}

/** A name of unknown script and direction, kept from turning the text around it. */
export function name(text: string): HTMLElement {
  return h("bdi", {}, text);
}

/** Put children between others: a, b, c. */
export function joined(parts: Node[], separator: string): (Node | string)[] {
  return parts.flatMap((part, at) => (at ? [separator, part] : [part]));
}

/** The element with an id, which the page's HTML is known to have. */
export function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no element #${id}`);
  return found;
}

/** "1 source", "2 sources", "1,200 sources". */
export function count(many: number, one: string, more = `${one}s`): string {
  return `${many.toLocaleString("en-GB")} ${many === 1 ? one : more}`;
}

/** Say that something went wrong, until something else happens; without an error, say nothing any more. */
export function notice(what: string, error?: unknown): void {
  const box = byId("notice");
  box.hidden = error === undefined;
  box.textContent = error === undefined ? "" : `${what}: ${error instanceof Error ? error.message : String(error)}`;
}
