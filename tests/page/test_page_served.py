"""The page that kg serve gives: data on demand, the query editor, and a policy without inline scripts."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from page_browser import Open, drawn, labels_overlap, picture, point_of
from page_worlds import label, large_store
from playwright.sync_api import Page, expect
from pyoxigraph import RdfFormat, Store
from serve_worlds import make_workspace

from kg.lexicon import Lexicon
from kg.page.data import PageReader
from kg.page.html import single_file
from kg.page.records import PageData
from kg.serve.routes.page import page_or_reason


@contextmanager
def serving(graph: Path) -> Iterator[str]:
    """Serve a graph from a process of its own as long as the block lasts."""
    command = [sys.executable, "-m", "kg", "serve", "--graph", str(graph), "--port", "0", "--workers", "1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            line = process.stdout.readline()
            yield re.search(r"http://\S+/", line)[0]
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(20)


@pytest.fixture(scope="module")
def served(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server of the invented graph."""
    assert (built / "query.js").is_file()
    with serving(make_workspace(tmp_path_factory.mktemp("served") / "invented")) as address:
        yield address


def get(address: str, **headers: str) -> tuple[str, dict[str, str]]:
    with urlopen(Request(address, headers=headers)) as response:  # noqa: S310
        return response.read().decode(), dict(response.headers)


def test_browsers_get_the_page_and_programs_what_there_is(served: str) -> None:
    page, headers = get(served, Accept="text/html,application/xhtml+xml,*/*;q=0.8")
    assert "<title>invented</title>" in page
    assert "'unsafe" not in headers["content-security-policy"]
    index, _ = get(served, Accept="*/*")
    assert json.loads(index)["sparql"] == "/sparql"


def test_installation_without_the_page_says_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.page.html.STATIC", tmp_path)
    monkeypatch.setattr("kg.page.html.frame.__kwdefaults__", {"folder": tmp_path})
    assert "the web page was not built: page.js is missing. Run 'make web'" in str(page_or_reason("x"))


def test_first_data_are_those_of_the_file_without_sentences(served: str, data: PageData) -> None:
    found, _ = get(f"{served}page/data")
    first = json.loads(found)
    assert first["served"] is True
    assert "sentences" not in first["slice"]
    assert len(first["slice"]["edges"]) == len(data.slice.edges)


def test_sentences_come_when_a_line_is_chosen(visit: Open, served: str) -> None:
    page = visit(served)
    page.mouse.click(*point_of(page, "stmt:lend"))
    expect(page.locator("#panel .quote").first).to_have_text(re.compile("Norway lent Kenya 200 million"))
    assert not page.locator(".waiting").count()
    page.get_by_role("tab", name="Disputes").click()
    expect(page.locator("#view-disputes .quote").first).to_have_text(re.compile("^(Norway|The|Kenya)"))


def test_search_and_surroundings_come_from_the_server(visit: Open, served: str) -> None:
    page = visit(served)
    page.keyboard.press("/")
    page.keyboard.type("wanj")
    expect(page.get_by_role("option").first).to_contain_text("Amina Wanjiru")
    with page.expect_response(re.compile("page/surroundings")):
        page.keyboard.press("Enter")
    expect(page.locator("#scene-title")).to_have_text("Around Amina Wanjiru")


def ask(page: Page, text: str) -> None:
    """Write a query into the editor as a person would, and ask it."""
    page.locator(".CodeMirror").click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(text)
    page.keyboard.press("Control+Enter")


def test_named_query_with_a_parameter_as_table_and_network(visit: Open, served: str) -> None:
    page = visit(served, "#view=query")
    page.get_by_label("Question").select_option(label="Who met whom")
    expect(page.locator(".CodeMirror-code")).to_contain_text("PREFIX")
    page.get_by_label("entity", exact=True).fill("Lars Holm")
    page.get_by_role("button", name="Run").click()
    rows = page.locator(".answer tbody tr")
    expect(rows).to_have_count(2)
    expect(page.locator("#view-query [role=status]")).to_have_text(re.compile(r"^2 rows in \d"))
    picture(page, "query-table-desktop-light")
    page.locator("#view-query").get_by_role("button", name="Network").click()
    expect(page.locator(".result-network")).to_be_visible()
    names = page.evaluate("document.querySelector('.result-network > div')._cyreg.cy.nodes().map(n => n.id())")
    assert set(names) == {"ent:Lars_Holm", "ent:Amina_Wanjiru", "ent:Aiko_Tanaka"}
    page.locator(".result-network").scroll_into_view_if_needed()
    picture(page, "query-network-desktop-light")
    assert "sparql=%40who-met-whom%3Fentity%3DLars%2BHolm" in page.url


def test_address_of_a_query_asks_it_again(visit: Open, served: str) -> None:
    page = visit(served, "#view=query&sparql=%40who-met-whom%3Fentity%3DLars%2BHolm", size="phone", dark=True)
    expect(page.locator(".answer tbody tr")).to_have_count(2)
    expect(page.get_by_label("entity", exact=True)).to_have_value("Lars Holm")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    picture(page, "query-phone-dark")


def test_own_sparql_answers_rows_that_lead_into_the_graph(visit: Open, served: str) -> None:
    page = visit(served, "#view=query")
    expect(page.locator(".CodeMirror-code")).to_contain_text("SELECT")
    ask(page, "PREFIX kg: <https://w3id.org/kg-news/ns#> SELECT ?a ?b { ?a kg:lendsTo ?b }")
    page.locator(".answer").get_by_role("button", name="Norway").click()
    expect(page.locator("#panel h2")).to_have_text("Norway")
    expect(page.get_by_label("Question")).to_have_value("")


def test_triples_are_drawn_as_well(visit: Open, served: str) -> None:
    page = visit(served, "#view=query")
    expect(page.locator(".CodeMirror-code")).to_contain_text("SELECT")
    ask(page, "PREFIX kg: <https://w3id.org/kg-news/ns#> CONSTRUCT { ?a kg:meets ?b } WHERE { ?a kg:meets ?b }")
    expect(page.locator(".answer th")).to_have_text(["subject", "predicate", "object"])
    page.locator("#view-query").get_by_role("button", name="Network").click()
    expect(page.locator(".result-network canvas").first).to_be_visible()


def test_mistakes_and_refusals_are_told(visit: Open, served: str) -> None:
    page = visit(served, "#view=query", allow=("status of 400", "status of 403"))
    expect(page.locator(".CodeMirror-code")).to_contain_text("SELECT")
    status = page.locator("#view-query [role=status]")
    ask(page, "SELECT ?x WHERE {")
    expect(status).to_have_class(re.compile("red-text"))
    ask(page, "SELECT ?x { SERVICE <http://example.org/> { ?x ?y ?z } }")
    expect(status).to_contain_text("Federation is switched off")


def test_prefixes_and_terms_are_completed_from_the_graph(visit: Open, served: str) -> None:
    page = visit(served, "#view=query")
    expect(page.locator(".CodeMirror-code")).to_contain_text("SELECT")
    page.locator(".CodeMirror").click()
    page.keyboard.press("Control+A")
    page.keyboard.type("PREFIX k")
    expect(page.locator(".CodeMirror-hint").first).to_have_text("kg: <https://w3id.org/kg-news/ns#>")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.keyboard.type("SELECT * { ?a kg:lend")
    expect(page.locator(".CodeMirror-hint")).to_have_text(["kg:lendsTo"])
    page.keyboard.press("Enter")
    expect(page.locator(".CodeMirror-code")).to_contain_text("kg:lendsTo")


def test_served_network_is_the_same(visit: Open, served: str, html: Path) -> None:
    assert drawn(visit(served)) == drawn(visit(html))
    assert labels_overlap(visit(served, size="tablet")) == []


def test_server_that_has_gone_is_told(visit: Open, served: str) -> None:
    page = visit(served, allow=("ERR_FAILED", "net::"))
    page.route("**/page/sentences*", lambda route: route.abort())
    page.mouse.click(*point_of(page, "stmt:lend"))
    expect(page.get_by_role("alert")).to_contain_text("The sentences cannot be loaded")
    page.keyboard.press("Escape")
    expect(page.locator("#notice")).to_be_hidden()


def test_part_of_a_graph_says_so(visit: Open, built: Path, world: Store, lexicon: Lexicon, tmp_path: Path) -> None:
    part = PageReader(world, lexicon).page(title="Part", limit=4)
    path = tmp_path / "part.html"
    path.write_text(single_file(part, folder=built), encoding="utf-8")
    page = visit(path)
    expect(page.locator("#gist")).to_contain_text("This page holds the 4 most important entities.")
    page.get_by_role("tab", name="Timeline").click()
    expect(page.locator("#view-timeline figcaption")).to_contain_text("in this page; the graph has 12")


@pytest.mark.usefixtures("built")
def test_what_is_beyond_the_first_data_is_loaded_when_it_is_asked_for(visit: Open, tmp_path: Path) -> None:
    more = large_store(2060, 2060).dump(format=RdfFormat.TRIG).decode()
    with serving(make_workspace(tmp_path / "larger", more)) as address:
        page = visit(address)
        expect(page.locator("#gist")).to_contain_text("begins with the 2,000 most important entities")
        first = {entity["id"] for entity in json.loads(get(f"{address}page/data")[0])["slice"]["entities"]}
        far = next(at for at in range(2059, 0, -1) if f"ent:E{at}" not in first)
        page.get_by_role("combobox").fill(label(far))
        page.get_by_role("option", name=label(far)).first.click()
        expect(page.locator("#panel h2")).to_have_text(label(far))
        expect(page.locator("#scene-title")).to_have_text(f"Around {label(far)}")
        assert f"ent:E{far}" in drawn(page)
        expect(page.locator("#panel .row")).not_to_have_count(0)
