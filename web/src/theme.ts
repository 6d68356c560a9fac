// Light or dark: what the system says, until somebody chooses; the choice is kept where the browser allows it.

import { byId } from "./dom";

const KEY = "kg-theme";

export function useTheme(onChange: () => void): void {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const isDark = (): boolean => (document.documentElement.dataset["theme"] ?? (system.matches ? "dark" : "light")) === "dark";
  const button = byId("theme");
  const refresh = (): void => {
    button.setAttribute("aria-pressed", String(isDark()));
    onChange();
  };
  const kept = recall();
  if (kept) document.documentElement.dataset["theme"] = kept;
  button.addEventListener("click", () => {
    const next = isDark() ? "light" : "dark";
    document.documentElement.dataset["theme"] = next;
    keep(next);
    refresh();
  });
  system.addEventListener("change", refresh);
  refresh();
}

function recall(): string | null {
  try {
    const kept = localStorage.getItem(KEY);
    return kept === "light" || kept === "dark" ? kept : null;
  } catch {
    return null;
  }
}

function keep(theme: string): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // a browser that keeps nothing asks again next time
  }
}
