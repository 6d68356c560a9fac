"""A graph of five thousand entities: what is shown stays little enough to read and to draw, and everything can be reached."""

from __future__ import annotations

from pathlib import Path

import pytest
from page_browser import Open, drawn, labels_overlap, picture, point_of
from page_worlds import label, large_store
from playwright.sync_api import expect

from kg.lexicon import Lexicon
from kg.page.data import PageReader
from kg.page.html import single_file
from kg.page.records import PageData


@pytest.fixture(scope="module")
def many(lexicon: Lexicon) -> PageData:
    return PageReader(large_store(), lexicon).page(title="Five thousand")


@pytest.fixture(scope="module")
def large(many: PageData, built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("large") / "large.html"
    path.write_text(single_file(many, folder=built), encoding="utf-8")
    return path


def test_five_thousand_entities_are_used_by_search_bubbles_filters_and_lists(
    visit: Open, large: Path, many: PageData
) -> None:
    assert (many.counts.entities, many.counts.claims) == (5000, 18000)
    page = visit(large)
    elements = drawn(page)
    assert len([name for name in elements if name.startswith("ent:")]) < 40
    assert len(elements) < 120
    assert labels_overlap(page) == []
    picture(page, "large-desktop-light")

    bubbles = [name for name in elements if name.startswith("group:")]
    assert 5 <= len(bubbles) <= 9
    page.mouse.click(*point_of(page, "group:0"))
    expect(page.locator("#scene-title")).to_contain_text("Around")
    expect(page.locator("#scene-note")).to_contain_text("entities of this group")
    page.mouse.click(*point_of(page, "more"))
    expect(page.get_by_role("button", name="Fewer")).to_be_visible()
    picture(page, "large-group-desktop-light")

    page.get_by_role("combobox").fill(label(4321))
    page.get_by_role("option", name=label(4321)).click()
    expect(page.locator("#scene-title")).to_have_text(f"Around {label(4321)}")
    assert "ent:E4321" in drawn(page)
    page.get_by_role("button", name="← All").click()

    page.get_by_label("Planned").uncheck()
    assert not [e for e in drawn(page).values() if "planned" in e["classes"]]
    assert len(drawn(page)) < 120
    page.get_by_role("tab", name="Timeline").click()
    expect(page.locator(".days .row")).to_have_count(100)
    page.locator("#view-timeline").get_by_role("button", name="Show 100 more").click()
    expect(page.locator(".days .row")).to_have_count(200)
    page.get_by_role("tab", name="Relations").click()
    expect(page.locator("#view-relations tbody tr")).to_have_count(100)


def test_large_graph_on_a_phone(visit: Open, large: Path) -> None:
    page = visit(large, size="phone")
    assert len(drawn(page)) < 60
    assert labels_overlap(page) == []
    picture(page, "large-phone-light")
