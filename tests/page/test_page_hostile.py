"""Names, quotes and addresses that hold anything, graphs that hold nothing, and people who want no motion."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from page_browser import Open, picture
from playwright.sync_api import expect
from pyoxigraph import Store

from kg.lexicon import Lexicon
from kg.page.data import PageReader
from kg.page.html import single_file
from kg.page.records import PageData

NAME = "</script><img src=x onerror=alert(1)>\u202e\"'&amp; 😀 עברית"
QUOTE = "<b>Norway</b> lent 😀 Kenya </script><script>alert(2)</script> 'all' \u2067of\u2069 \"it\" &lt;"


def write(data: PageData, built: Path, folder: Path) -> Path:
    path = folder / "page.html"
    path.write_text(single_file(data, folder=built), encoding="utf-8")
    return path


def test_names_and_quotes_are_text_wherever_they_stand(
    visit: Open, built: Path, data: PageData, tmp_path: Path
) -> None:
    entities = tuple(replace(e, label=NAME) if e.id == "ent:Norway" else e for e in data.slice.entities)
    (lent,) = [claim for claim in data.slice.claims if claim.id == "claim:lend-herald"]
    at = QUOTE.index("Kenya")
    claims = tuple(replace(c, marks=((at, at + 5, "recipient"),)) if c is lent else c for c in data.slice.claims)
    part = replace(data.slice, entities=entities, claims=claims, sentences={**data.slice.sentences, lent.at: QUOTE})
    page = visit(write(replace(data, title=NAME, slice=part), built, tmp_path), "#open=stmt:lend")
    expect(page.locator("h1")).to_have_text(NAME)
    assert page.title() == NAME
    quote = page.locator("#panel .quote").first
    assert quote.text_content() == QUOTE
    assert quote.locator("mark").text_content() == "Kenya"
    assert page.locator("#panel h2 bdi").first.text_content() == NAME
    for view in ("relations", "timeline", "disputes"):
        page.locator(f"#tab-{view}").click()
    page.get_by_role("combobox").fill("onerror")
    assert page.get_by_role("option").locator("bdi").first.text_content() == NAME
    assert page.locator("img, b, script:not([id]):not(:last-of-type)").count() == 0
    page.locator("#tab-network").click()
    picture(page, "hostile-desktop-light")


def test_articles_are_linked_by_addresses_of_the_web_only(
    visit: Open, built: Path, data: PageData, tmp_path: Path
) -> None:
    addresses = {"doc:herald": "https://example.org/a?b=1&c=<d>", "doc:courier": "javascript:alert(1)"}
    documents = tuple(replace(d, url=addresses.get(d.id, "")) for d in data.slice.documents)
    page = visit(
        write(replace(data, slice=replace(data.slice, documents=documents)), built, tmp_path), "#open=stmt:lend"
    )
    links = page.locator("#panel a.article")
    expect(links).to_have_count(1)
    expect(links).to_have_attribute("href", "https://example.org/a?b=1&c=<d>")
    expect(links).to_have_attribute("rel", "noopener noreferrer")
    expect(links).to_have_text("Norway funds a Kenyan port ↗")
    expect(page.locator("#panel span.article")).to_have_text("Wanjiru back from Oslo")


def test_empty_graph_says_what_to_do(visit: Open, built: Path, lexicon: Lexicon, tmp_path: Path) -> None:
    page = visit(write(PageReader(Store(), lexicon).page(title="Nothing yet"), built, tmp_path))
    expect(page.locator("#panel-body")).to_contain_text("Run “kg build” on a folder of articles")
    expect(page.locator("#network-empty")).to_contain_text("no relation links two entities")
    for view, words in (("relations", "links no two entities"), ("timeline", "no events"), ("disputes", "nowhere")):
        page.locator(f"#tab-{view}").click()
        expect(page.locator(f"#view-{view}")).to_contain_text(words)
    picture(page, "empty-desktop-light")


def test_nothing_moves_for_whoever_wants_no_motion(visit: Open, html: Path) -> None:
    name = "getComputedStyle(document.getElementById('panel')).animationName"
    assert visit(html, "#open=stmt:lend").evaluate(name) == "none"
    assert visit(html, "#open=stmt:lend", reduced_motion="no-preference").evaluate(name) == "arrive"
