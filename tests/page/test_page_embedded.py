"""The page in a notebook: in a frame without any right, over a picture that is seen where scripts are off."""

from __future__ import annotations

from pathlib import Path

import pytest
from page_browser import OUT, Open
from playwright.sync_api import Browser, FrameLocator, Page, expect
from pyoxigraph import Store

from kg.iris import DEFAULT_BASE
from kg.lexicon import Lexicon
from kg.show.notebook.graphs import read_view

NO_SCRIPTS = (
    "<meta http-equiv=Content-Security-Policy content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\">"
)


@pytest.fixture(scope="module")
def markup(built: Path, world: Store, lexicon: Lexicon) -> str:
    """What a notebook is given to show of the invented graph."""
    assert built.exists()
    return read_view(world, lexicon, name="Invented", limit=200, height=640, base=DEFAULT_BASE)._repr_html_()


def notebook(folder: Path, output: str, *, head: str = "", width: int = 960) -> Path:
    """Write a page with an output below others, as a notebook shows it."""
    path = folder / "notebook.html"
    cells = "<p>An article.</p>" * 400
    body = f"<body style='margin:20px;width:{width}px'>{output}<div style='height:200px;overflow:auto'>{cells}</div>"
    path.write_text(f"<!doctype html><html data-ready><meta charset=utf-8>{head}{body}", encoding="utf-8")
    return path


def frame(page: Page) -> FrameLocator:
    return page.frame_locator("iframe")


def picture(page: Page, name: str) -> None:
    OUT.mkdir(exist_ok=True)
    page.screenshot(path=OUT / f"notebook-{name}.png")


@pytest.mark.parametrize("width", [960, 560])
def test_network_is_explored_in_the_frame(visit: Open, tmp_path: Path, markup: str, width: int) -> None:
    page = visit(notebook(tmp_path, markup, width=width))
    inside = frame(page)
    expect(inside.locator("#scene-title")).to_have_text("Everything that is linked")
    drawn = inside.locator("#network").evaluate("box => box._cyreg.cy.nodes().map(n => n.renderedPosition().x)")
    assert len(drawn) > 5
    assert all(0 < x < width for x in drawn)
    picture(page, f"frame-{width}")
    inside.get_by_role("tab", name="Relations").click()
    inside.get_by_role("button", name="lends to").first.click()
    expect(inside.locator("#panel h2")).to_have_text("Norway lends to Kenya")
    expect(inside.locator("#panel mark[data-role=trigger]").first).to_have_text("lent")
    inside.locator("#search").fill("tanaka")
    inside.get_by_role("option").first.click()
    expect(inside.locator("#panel h2")).to_have_text("Aiko Tanaka")
    assert page.url.endswith("notebook.html")


def test_frame_that_is_shown_later_arranges_its_network_then(visit: Open, tmp_path: Path, markup: str) -> None:
    page = visit(notebook(tmp_path, f"<div id=cell hidden>{markup}</div>"))
    page.wait_for_timeout(300)
    page.evaluate("document.getElementById('cell').hidden = false")
    inside = frame(page)
    expect(inside.locator("#scene-title")).to_have_text("Everything that is linked")
    places = inside.locator("#network").evaluate("box => box._cyreg.cy.nodes().map(n => n.position().x)")
    assert len(set(places)) > 5
    assert all(isinstance(x, int | float) for x in places)


def test_frame_cannot_reach_the_notebook(visit: Open, tmp_path: Path, markup: str) -> None:
    page = visit(notebook(tmp_path, markup))
    expect(frame(page).locator("html[data-ready]")).to_be_attached()
    assert page.evaluate("document.querySelector('iframe').contentDocument") is None


def test_picture_is_seen_where_scripts_are_off(browser: Browser, tmp_path: Path, markup: str) -> None:
    context = browser.new_context(viewport={"width": 1020, "height": 800})
    page = context.new_page()
    page.goto(notebook(tmp_path, markup, head=NO_SCRIPTS).as_uri())
    image = page.locator("img")
    assert image.evaluate("i => i.complete && i.naturalWidth > 300")
    expect(frame(page).locator("body")).to_be_hidden()
    with_frame = page.screenshot(path=OUT / "notebook-no-scripts.png")
    page.evaluate("document.querySelector('iframe').style.visibility = 'hidden'")
    assert page.screenshot() == with_frame, "the frame that did not start covers the picture"
    context.close()


def test_frame_of_hardly_any_height_draws_all_the_same(visit: Open, tmp_path: Path, markup: str) -> None:
    """Layouts that are not settled yet give such heights for a moment; what is drawn then has to stay right."""
    page = visit(notebook(tmp_path, markup.replace("height:640px", "height:20px")))
    inside = frame(page)
    expect(inside.locator("html[data-ready]")).to_be_attached()
    page.evaluate("document.querySelector('iframe').style.height = '640px'")
    places = inside.locator("#network").evaluate("box => box._cyreg.cy.nodes().map(n => n.position().x)")
    assert len(set(places)) > 5
