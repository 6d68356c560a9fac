"""The built page, graphs to show on it, and a real browser that tolerates neither errors nor foreign requests."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from built_page import build_page
from page_browser import Open, is_here
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright
from pyoxigraph import Store

from kg.lexicon import Lexicon, load_lexicon
from kg.page.data import PageReader
from kg.page.html import single_file
from kg.page.records import PageData

ROOT = Path(__file__).parents[2]
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update",
    "--disable-sync",
)  # fmt: skip
SIZES = {"phone": (360, 740), "tablet": (820, 1100), "desktop": (1440, 900)}


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return load_lexicon()


@pytest.fixture(scope="session")
def data(world: Store, lexicon: Lexicon) -> PageData:
    """What the page of the invented graph shows."""
    return PageReader(world, lexicon).page(title="Invented news")


@pytest.fixture(scope="session")
def built() -> Path:
    """The folder of the built page."""
    return build_page()


@pytest.fixture(scope="session")
def html(built: Path, data: PageData, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented graph's page in one file."""
    path = tmp_path_factory.mktemp("page") / "world.html"
    path.write_text(single_file(data, folder=built), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    assert chromium, "these tests need Chromium: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Open]:
    """Open a page; at the end nothing may have been written to the console or asked of another machine."""
    contexts, complaints = [], []

    def note(message: object) -> None:
        complaints.append(message)

    def open_page(
        path: Path | str,
        hash_: str = "",
        *,
        size: str = "desktop",
        dark: bool = False,
        allow: tuple[str, ...] = (),
        **options: Any,
    ) -> Page:
        width, height = SIZES[size]
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            **{"reduced_motion": "reduce", "has_touch": size == "phone"} | options,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)  # machines that do much else are slow

        def console(message: ConsoleMessage) -> None:
            # a browser notes each refusal of a server; a test that wants one says so
            if not any(words in message.text for words in allow):
                note(f"{message.type}: {message.text}")

        page.on("console", console)
        page.on("pageerror", lambda error: note(f"uncaught: {error}"))
        page.on("request", lambda request: None if is_here(request.url) else note(f"asked for {request.url}"))
        page.goto(f"{path.as_uri() if isinstance(path, Path) else path}{hash_}")
        page.wait_for_selector("html[data-ready]")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []
