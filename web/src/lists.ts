// Long lists: their first rows and a button for the others, so that thousands of rows never freeze the page.

import { h } from "./dom";

/** A list that shows its first rows and a button for the others. */
export function chunked<T>(items: T[], rows: (part: T[]) => HTMLElement[], size = 50): HTMLElement[] {
  const list = h("ul", { class: "rows" }, ...rows(items.slice(0, size)));
  return items.length > size ? [list, moreButton(items.slice(size), rows, list, size)] : [list];
}

export function moreButton<T>(items: T[], rows: (part: T[]) => HTMLElement[], list: HTMLElement, size = 100): HTMLElement {
  let rest = items;
  const words = (): string => `Show ${Math.min(size, rest.length)} more of ${rest.length.toLocaleString("en-GB")}`;
  const button = actionButton(words(), () => {
    const added = rows(rest.slice(0, size));
    list.append(...added);
    rest = rest.slice(size);
    button.textContent = words();
    if (!rest.length) button.remove();
    added[0]?.querySelector<HTMLElement>("button, a")?.focus();
  });
  return button;
}

export function actionButton(words: string, action: () => void): HTMLButtonElement {
  return h("button", { type: "button", class: "button", onclick: action }, words);
}
