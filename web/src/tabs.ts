// The views as tabs: arrow keys go from one to the next.

import type { App } from "./app";
import { byId } from "./dom";
import { VIEWS, type View } from "./state";

export class Tabs {
  private readonly views: View[];

  constructor(private readonly app: App) {
    this.views = VIEWS.filter((view) => view !== "query" || app.data.served);
    byId("tab-query").hidden = !app.data.served;
    for (const view of this.views) {
      const tab = byId(`tab-${view}`);
      tab.addEventListener("click", () => app.store.set({ view }));
      tab.addEventListener("keydown", (event) => this.key(event, view));
    }
  }

  refresh(): void {
    const wanted = this.views.includes(this.app.state.view) ? this.app.state.view : "network";
    for (const view of VIEWS) {
      const isShown = view === wanted;
      byId(`tab-${view}`).setAttribute("aria-selected", String(isShown));
      byId(`tab-${view}`).tabIndex = isShown ? 0 : -1;
      byId(`panel-${view}`).hidden = !isShown;
    }
    byId(`tab-${wanted}`).scrollIntoView({ block: "nearest", inline: "center" });
    const many = this.app.filter.disputes().length;
    byId("dispute-count").textContent = many ? ` ${many.toLocaleString("en-GB")}` : "";
  }

  private key(event: KeyboardEvent, view: View): void {
    const at = this.views.indexOf(view);
    const last = this.views.length - 1;
    const next: Record<string, number> = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at === 0 ? last : at - 1, Home: 0, End: last };
    const to = this.views[next[event.key] ?? -1];
    if (!to) return;
    event.preventDefault();
    byId(`tab-${to}`).focus();
    this.app.store.set({ view: to });
  }
}
