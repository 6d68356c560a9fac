"""How long the page of a graph takes to make and to open, and how long it is ever busy, by the size of the graph.

    python benchmarks/page.py [--json FILE] [--entities 500 5000]

Graphs are invented (tests/page/page_worlds.py). The page is opened from a file in Chromium; "busy" is the longest task
that kept the browser from answering, while it opened and while somebody went through views, filters and search.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "page"))

from page_worlds import large_store

from kg.lexicon import load_lexicon
from kg.page.data import PageReader
from kg.page.html import single_file

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WATCH = """
window.busy = 0;
new PerformanceObserver(list =>
  list.getEntries().forEach(task => { window.busy = Math.max(window.busy, task.duration) }))
  .observe({type: "longtask", buffered: true});
"""
COLUMNS = ("entities", "claims", "make_s", "file_mb", "open_s", "busy_opening_s", "busy_using_s")


def measure(browser: Browser, entities: int, folder: Path) -> dict[str, Any]:
    store = large_store(entities, 9 * entities // 5)
    began = time.perf_counter()
    data = PageReader(store, load_lexicon()).page(title=f"{entities} entities", limit=entities)
    path = folder / f"{entities}.html"
    path.write_text(single_file(data), encoding="utf-8")
    made = time.perf_counter() - began
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.add_init_script(WATCH)
    began = time.perf_counter()
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-ready]")
    opened = time.perf_counter() - began
    opening = busy(page)
    use(page)
    row = (entities, len(data.slice.claims), made, path.stat().st_size / 1e6, opened, opening, busy(page))
    page.close()
    return {name: round(value, 2) for name, value in zip(COLUMNS, row, strict=True)}


def busy(page: Page) -> float:
    """Return the seconds of the longest task since the last look."""
    page.wait_for_timeout(300)
    found: float = page.evaluate("(() => { const found = window.busy; window.busy = 0; return found / 1000 })()")
    return found


def use(page: Page) -> None:
    """Go through the page as somebody would."""
    for view in ("timeline", "relations", "disputes", "network"):
        page.click(f"#tab-{view}")
    page.locator("#filters input[type=checkbox]").nth(1).uncheck()
    page.fill("#search", "ada alder")
    page.keyboard.press("Enter")
    page.click("#back-to-all")
    page.click("#more")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--entities", type=int, nargs="+", default=[500, 5000], help="sizes of graphs (500 5000)")
    parser.add_argument("--json", type=Path, help="file to write the figures to")
    arguments = parser.parse_args()
    with sync_playwright() as playwright, TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(FLAGS))
        rows = [measure(browser, entities, Path(folder)) for entities in arguments.entities]
        browser.close()
    print("  ".join(f"{name:>14}" for name in COLUMNS))
    for row in rows:
        print("  ".join(f"{row[name]:>14,}" for name in COLUMNS))
    if arguments.json:
        arguments.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
