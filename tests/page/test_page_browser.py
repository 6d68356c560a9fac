"""The page in Chromium, as a person uses it: by clicks and keys, at three widths, in light and dark."""

from __future__ import annotations

from pathlib import Path

import pytest
from page_browser import Open, drawn, labels_overlap, picture, point_of
from playwright.sync_api import Page, expect

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
LEND, AGREE, MEET, SELL = "stmt:lend", "stmt:agree1", "stmt:meet1", "stmt:sell"


def click(page: Page, id_: str) -> None:
    page.mouse.click(*point_of(page, id_))


# ------------------------------------------------------------------ the network


def test_first_view_says_what_is_in_here(visit: Open, html: Path) -> None:
    page = visit(html)
    expect(page.locator("#gist")).to_have_text(
        "4 articles by 4 publishers, 14 Mar 2022 – 3 Apr 2022: 17 entities, 12 relations, 12 events, 2 disputes."
    )
    expect(page.locator("#panel-title")).to_have_text("What is in here")
    expect(page.locator("#panel-body")).to_contain_text("Norway lends to Kenya 2 independent sources")
    expect(page.locator("#panel-body")).to_contain_text("≠ Kenya agrees with Norway")
    assert labels_overlap(page) == []
    picture(page, "first-desktop-light")


def test_nodes_differ_by_class_and_lines_by_what_is_said(visit: Open, html: Path) -> None:
    elements = drawn(visit(html))
    shapes = {elements[f"ent:{name}"]["style"] for name in ("Norway", "Lars_Holm", "Valparaiso")}
    assert len(shapes) == 3
    assert elements["ent:Norway"]["style"] == elements["ent:Chile"]["style"]
    assert elements[MEET]["width"] > elements["stmt:accuse"]["width"], "two sources are thicker than one"
    assert elements[SELL]["style"] == "dashed"
    assert elements[AGREE]["colour"] != elements[MEET]["colour"]
    assert elements[AGREE]["words"].startswith("≠ ")
    (bought,) = [e for name, e in elements.items() if name.startswith("edge:")]
    assert "possible" in bought["classes"]
    assert bought["style"] == "dashed"


def test_click_on_a_line_shows_its_evidence(visit: Open, html: Path) -> None:
    page = visit(html)
    click(page, LEND)
    panel = page.locator("#panel")
    expect(panel.locator("h2")).to_have_text("Norway lends to Kenya")
    expect(panel.locator(".facts").first).to_contain_text("2 independent sources")
    expect(panel.locator(".claim")).to_have_count(2)
    first = panel.locator(".claim").first
    expect(first.locator(".who-says")).to_have_text("Coastal Herald · 14 Mar 2022")
    expect(first.locator("mark[data-role=agent]")).to_have_text("Norway")
    expect(first.locator("mark[data-role=trigger]")).to_have_text("lent")
    expect(first.locator("mark[data-role=recipient]")).to_have_text("Kenya")
    expect(first.locator(".quote")).to_have_text(
        "Norway lent Kenya 200 million euros for the port of Lamu, to be repaid by June 2030."
    )
    expect(panel.locator(".sides .side h4")).to_have_text(["200,000,000 EUR", "at most 250,000,000 EUR"])
    picture(page, "evidence-desktop-light")


def test_denied_claims_stand_against_what_others_affirm(visit: Open, html: Path) -> None:
    page = visit(html)
    click(page, AGREE)
    panel = page.locator("#panel")
    expect(panel.locator(".facts").first).to_contain_text("≠ disputed")
    expect(panel.get_by_role("heading", name="Says so (1)")).to_be_visible()
    expect(panel.get_by_role("heading", name="Denies it (1)")).to_be_visible()
    expect(panel.locator(".who-says").first).to_have_text("Nairobi Courier · 15 Mar 2022 · said by Lars Holm")


def test_click_on_a_node_shows_it_and_its_network_on_request(visit: Open, html: Path) -> None:
    page = visit(html)
    click(page, "ent:Lars_Holm")
    expect(page.locator("#panel h2")).to_have_text("Lars Holm")
    expect(page.locator("#panel")).to_contain_text("Person")
    page.get_by_role("button", name="Show its network").click()
    expect(page.locator("#scene-title")).to_have_text("Around Lars Holm")
    assert {name for name in drawn(page) if name.startswith("ent:")} == {
        "ent:Lars_Holm", "ent:Amina_Wanjiru", "ent:Norway", "ent:Aiko_Tanaka",
    }  # fmt: skip
    picture(page, "around-desktop-light")
    page.get_by_role("button", name="← All").click()
    expect(page.locator("#scene-title")).to_have_text("Everything that is linked")


def test_search_finds_an_entity_by_any_of_its_names(visit: Open, html: Path) -> None:
    page = visit(html)
    page.keyboard.press("/")
    page.keyboard.type("kingdom of")
    options = page.get_by_role("option")
    expect(options).to_have_text(["Norway Country · Kingdom of Norway"])
    expect(page.get_by_role("combobox")).to_have_attribute("aria-activedescendant", "found-0")
    page.keyboard.press("Enter")
    expect(page.locator("#scene-title")).to_have_text("Around Norway")
    expect(page.locator("#panel h2")).to_have_text("Norway")


def test_search_says_when_there_is_nothing(visit: Open, html: Path) -> None:
    page = visit(html)
    page.get_by_role("combobox").fill("zzz")
    expect(page.get_by_role("option")).to_have_text("No entity of this name")


def test_pair_can_share_one_line(visit: Open, html: Path) -> None:
    page = visit(html)
    page.get_by_role("button", name="By pair").click()
    click(page, "pair:ent:Kenya|ent:Norway")
    expect(page.locator("#panel h2")).to_have_text("Kenya and Norway")
    expect(page.locator("#panel details.fold")).to_have_count(4)
    page.locator("#panel details.fold summary").first.click()
    expect(page.locator("#panel details.fold").first.locator(".quote").first).to_be_visible()
    page.get_by_role("button", name="By relation").click()
    assert LEND in drawn(page)


# ------------------------------------------------------------------ filters


def test_filter_by_modality(visit: Open, html: Path) -> None:
    page = visit(html)
    page.get_by_label("Planned").uncheck()
    page.get_by_label("Possible").uncheck()
    elements = drawn(page)
    assert SELL not in elements
    assert LEND in elements
    assert not [name for name in elements if name.startswith("edge:")]
    page.get_by_role("button", name="Clear").click()
    assert SELL in drawn(page)


def test_filter_by_source_thins_lines(visit: Open, html: Path) -> None:
    page = visit(html)
    before = drawn(page)[LEND]["width"]
    page.get_by_label("Nairobi Courier").uncheck()
    after = drawn(page)
    assert after[LEND]["width"] < before
    assert AGREE not in after
    expect(page.locator("#filter-count")).to_have_text(" (1)")


def test_filter_by_class_of_entity_and_of_event(visit: Open, html: Path) -> None:
    page = visit(html)
    page.get_by_role("checkbox", name="Person").uncheck()
    assert "ent:Lars_Holm" not in drawn(page)
    page.get_by_role("checkbox", name="Lend").uncheck()
    assert LEND not in drawn(page)


def test_filter_by_date(visit: Open, html: Path) -> None:
    page = visit(html)
    page.locator("#day-from").fill("2022-04-01")
    page.locator("#day-to").fill("2022-04-02")
    page.locator("#day-to").blur()
    elements = drawn(page)
    assert "stmt:meet3" in elements
    assert MEET not in elements


def test_filter_by_confidence(visit: Open, html: Path) -> None:
    page = visit(html)
    page.get_by_label("Confidence at least").focus()
    for _ in range(14):
        page.keyboard.press("ArrowRight")
    expect(page.locator("output")).to_have_text("70 %")
    elements = drawn(page)
    assert "stmt:renovate" not in elements
    assert "stmt:accuse" in elements


def test_filters_that_leave_nothing_say_so(visit: Open, html: Path) -> None:
    page = visit(html)
    page.locator("fieldset", has_text="How real").get_by_role("button", name="none").click()
    expect(page.locator("#network-empty")).to_have_text("The filters leave nothing to draw.")
    for tab, words in (("Relations", "no relation"), ("Timeline", "no event"), ("Disputes", "no dispute")):
        page.get_by_role("tab", name=tab).click()
        expect(page.locator(f"#view-{tab.lower()}")).to_contain_text(words)


# ------------------------------------------------------------------ other views


def test_timeline_lists_events_by_day_and_its_bars_filter(visit: Open, html: Path) -> None:
    page = visit(html)
    page.get_by_role("tab", name="Timeline").click()
    view = page.locator("#view-timeline")
    headings = view.locator("h3").all_inner_texts()
    assert "14 Mar 2022" in headings
    assert any(words.startswith("No date given, reported") for words in headings)
    picture(page, "timeline-desktop-light")
    view.get_by_role("button", name="1 Apr 2022: 1 event").click()
    expect(view.locator(".days .row")).to_have_count(1)
    view.locator(".days .row").click()
    expect(page.locator("#panel h2")).to_have_text("Meet")
    expect(page.locator("#panel dl")).to_contain_text("Tokyo")
    view.get_by_role("button", name="1 Apr 2022: 1 event").click()
    expect(view.locator(".days .row")).to_have_count(12)


def test_disputes_stand_side_by_side(visit: Open, html: Path) -> None:
    page = visit(html)
    page.get_by_role("tab", name="Disputes 2").click()
    card = page.locator(".dispute", has_text="200,000,000 EUR")
    one, other = (card.locator(".side").nth(at).bounding_box() for at in (0, 1))
    assert one["y"] == other["y"]
    assert one["x"] + one["width"] <= other["x"]
    expect(card.locator(".side").nth(1)).to_contain_text("Norway lent Kenya")
    expect(page.locator(".dispute", has_text="It is not so").locator("h4")).to_have_text(["It is not so", "It is so"])
    card.get_by_role("button", name="All that is said of it").click()
    expect(page.locator("#panel h2")).to_have_text("Lend")
    picture(page, "disputes-desktop-light")


def test_relations_are_a_table(visit: Open, html: Path) -> None:
    page = visit(html)
    page.get_by_role("tab", name="Relations").click()
    rows = page.locator("#view-relations tbody tr")
    expect(rows).to_have_count(10)
    page.get_by_role("button", name="lends to", exact=True).click()
    expect(page.locator("#panel h2")).to_have_text("Norway lends to Kenya")
    picture(page, "relations-desktop-light")


# ------------------------------------------------------------------ addresses and keys


def test_address_brings_the_same_view_back(visit: Open, html: Path) -> None:
    page = visit(html)
    page.get_by_label("Possible").uncheck()
    click(page, "ent:Norway")
    page.get_by_role("button", name="Show its network").click()
    page.get_by_role("tab", name="Timeline").click()
    address = page.url.partition("#")[2]
    assert "about=ent%3ANorway" in address
    again = visit(html, f"#{address}")
    expect(again.get_by_role("tab", name="Timeline")).to_have_attribute("aria-selected", "true")
    expect(again.get_by_label("Possible")).not_to_be_checked()
    expect(again.locator("#panel h2")).to_have_text("Norway")
    page.go_back()
    expect(page.locator("#scene-title")).to_have_text("Around Norway")
    page.go_back()
    expect(page.locator("#scene-title")).to_have_text("Everything that is linked")


@pytest.mark.parametrize(
    "hash_", ["#view=nowhere&group=x&confidence=7&from=soon", "#open=ent:Nobody", "#%%%&about=ent:Nobody"]
)
def test_addresses_of_nothing_do_no_harm(visit: Open, html: Path, hash_: str) -> None:
    page = visit(html, hash_)
    expect(page.locator("#panel h2")).to_have_text("Not in this page" if "open" in hash_ else "What is in here")


def test_keys_alone_go_from_a_node_to_its_evidence_and_back(visit: Open, html: Path) -> None:
    page = visit(html, "#about=ent:Norway")
    page.locator("#network").focus()
    expect(page.locator("#status")).to_contain_text("Norway, country")
    page.keyboard.press("e")
    expect(page.locator("#status")).to_contain_text("sources: 2")
    page.keyboard.press("Enter")
    expect(page.locator("#panel .claim")).not_to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator("#panel h2")).to_have_text("What is in here")
    expect(page.locator("#network")).to_be_focused()
    before = page.locator("#status").inner_text()
    moved = set()
    for key in ("ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"):
        page.keyboard.press(key)
        moved.add(page.locator("#status").inner_text())
    assert moved - {before}
    page.keyboard.press("Enter")
    expect(page.locator("#back-to-all")).to_be_visible()


def test_tab_key_reaches_everything_with_visible_focus(visit: Open, html: Path) -> None:
    page = visit(html)
    reached = []
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("""() => {
          const at = document.activeElement;
          const style = getComputedStyle(at);
          return [at.id || at.textContent.trim(), at === document.body || parseFloat(style.outlineWidth) >= 2];
        }"""))  # fmt: skip
    names = [name for name, _ in reached]
    assert {"search", "theme", "tab-network", "network", "day-from", "confidence", "zoom-in", "lines"} <= set(names)
    assert all(visible for _, visible in reached)


def test_tabs_change_with_arrow_keys(visit: Open, html: Path) -> None:
    page = visit(html)
    page.locator("#tab-network").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#tab-timeline")).to_be_focused()
    expect(page.locator("#view-timeline")).to_be_visible()
    page.keyboard.press("End")
    expect(page.locator("#tab-disputes")).to_be_focused()


# ------------------------------------------------------------------ looks


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", ["phone", "tablet", "desktop"])
def test_every_view_fits_its_screen(visit: Open, html: Path, size: str, dark: bool) -> None:
    page = visit(html, size=size, dark=dark)
    look = f"{size}-{'dark' if dark else 'light'}"
    for view in ("network", "relations", "timeline", "disputes"):
        page.locator(f"#tab-{view}").click()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), view
        picture(page, f"{view}-{look}")
    page.locator("#tab-network").click()
    assert labels_overlap(page) == []
    click(page, MEET)
    expect(page.locator("#panel .quote").first).to_be_visible()
    picture(page, f"evidence-{look}")


@pytest.mark.parametrize("size", ["phone", "tablet"])
def test_filters_come_over_the_view_on_small_screens(visit: Open, html: Path, size: str) -> None:
    page = visit(html, size=size)
    expect(page.locator("#filters")).to_be_hidden()
    page.get_by_role("button", name="Filters").click()
    page.get_by_label("Planned").uncheck()
    picture(page, f"filters-{size}-light")
    page.get_by_role("button", name="Close the filters").click()
    expect(page.locator("#filters")).to_be_hidden()
    expect(page.get_by_role("button", name="Filters (1)")).to_be_visible()
    assert SELL not in drawn(page)


def test_dark_colours_on_request(visit: Open, html: Path) -> None:
    page = visit(html)
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_role("button", name="Dark colours").click()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != before
    expect(page.get_by_role("button", name="Dark colours")).to_have_attribute("aria-pressed", "true")
    page.reload()
    expect(page.get_by_role("button", name="Dark colours")).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_no_barrier_that_axe_knows(visit: Open, html: Path, dark: bool) -> None:
    page = visit(html, dark=dark, bypass_csp=True)
    page.add_script_tag(path=AXE)
    for view in (
        "",
        "view=relations",
        "view=timeline&open=evt:lend",
        "view=disputes",
        f"open={LEND}",
        "open=ent:Norway",
    ):
        page.evaluate("hash => { location.hash = hash }", view)
        page.wait_for_timeout(100)
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        violations = [(v["id"], [node["html"][:120] for node in v["nodes"]]) for v in found["violations"]]
        assert violations == [], view
        assert len(found["passes"]) > 15


def test_skipping_leads_to_the_table(visit: Open, html: Path) -> None:
    page = visit(html)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#view-relations table")).to_be_visible()
    expect(page.locator("#tab-relations")).to_be_focused()
