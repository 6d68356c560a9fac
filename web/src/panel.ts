// The panel beside the view: what is in here, or the details of what was chosen.

import type { App } from "./app";
import { details } from "./details";
import { byId, h, notice } from "./dom";
import { summary } from "./summary";

export class Panel {
  private readonly box = byId("panel");
  private readonly title = byId("panel-title");
  private readonly body = byId("panel-body");
  private readonly close = byId("panel-close");
  private shown = "";
  private back: HTMLElement | null = null;

  constructor(private readonly app: App) {
    this.close.addEventListener("click", () => this.leave());
    document.addEventListener("keydown", (event) => {
      const isWriting = (event.target as HTMLElement).closest("input, textarea, dialog, .CodeMirror");
      if (event.key === "Escape" && this.app.state.open && !isWriting) this.leave();
    });
  }

  /** Show what the state has open. */
  refresh(): void {
    const id = this.app.state.open;
    const found = id ? details(this.app, id) : null;
    const { title, body } = found ?? (id ? missing() : summary(this.app));
    const isNew = id !== this.shown;
    if (isNew && id && !this.shown) this.back = document.activeElement as HTMLElement | null;
    this.shown = id;
    this.title.replaceChildren(title);
    this.body.replaceChildren(...body);
    this.close.hidden = !id;
    this.box.classList.toggle("open", Boolean(id));
    if (isNew) this.body.scrollTop = 0;
    if (isNew && id && !this.back?.closest("#network")) this.title.focus({ preventScroll: true });
    const waiting = (found?.claims ?? []).filter((claim) => !this.app.graph.sentences.has(claim.at));
    if (waiting.length) this.load(id, waiting).catch((error: unknown) => notice("The sentences cannot be loaded", error));
  }

  private async load(id: string, claims: Parameters<App["source"]["sentences"]>[1]): Promise<void> {
    await this.app.source.sentences(this.app.graph, claims);
    if (this.app.state.open === id && claims.some((claim) => this.app.graph.sentences.has(claim.at))) this.refresh();
  }

  private leave(): void {
    this.app.store.set({ open: "" });
    this.back?.focus();
    this.back = null;
  }
}

function missing(): { title: Node; body: Node[] } {
  return {
    title: h("span", {}, "Not in this page"),
    body: [h("p", { class: "empty" }, "The address names something that this page does not hold. It may have changed with a later build, or lie beyond the page's limit.")],
  };
}
