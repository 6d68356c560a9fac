"""What a notebook shows of graphs, answers, claims, disputes and explanations; the page's frame is tested in tests/page."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from built_page import build_page
from lxml import html as parsing
from pyoxigraph import Store
from serve_worlds import make_workspace

import kg
from kg.errors import QueryError, ResourceError
from kg.iris import DEFAULT_BASE, expand
from kg.lexicon import load_lexicon
from kg.query import load_query, run
from kg.show.counts import read_counts
from kg.show.disputes import Disputes, read_disputes
from kg.show.evidence import Evidence, read_evidence
from kg.show.explain import explain
from kg.show.notebook import graphs
from kg.show.notebook.graphs import GraphView, read_view
from kg.show.notebook.results import result_html, result_text
from kg.store.claims import ClaimReader

NASTY = "</bdi><script>alert(1)</script><img src=x onerror=alert(1)> {{ 7*7 }} \" ' &"


class Terminal:
    """IPython's pretty printer, as far as it is used."""

    def __init__(self) -> None:
        self.printed = ""

    def text(self, text: str) -> None:
        self.printed += text


def pretty(shown: object) -> str:
    terminal = Terminal()
    shown._repr_pretty_(terminal, False)
    return terminal.printed


def tree(markup: str) -> parsing.HtmlElement:
    return parsing.fragment_fromstring(markup, create_parent="div")


def words(markup: str) -> str:
    """Return what a reader sees where styles and frames were taken out, as notebooks do that are not trusted."""
    root = tree(markup)
    for element in root.xpath("//style | //iframe"):
        element.drop_tree()
    return " ".join(root.text_content().split())


def only_ours(markup: str) -> bool:
    """Tell whether nothing but our own elements is in there, and none has a handler."""
    elements = list(tree(markup).iter())
    known = {"div", "style", "p", "strong", "bdi", "blockquote", "mark", "small", "span", "a", "table", "thead", "tbody",
             "tr", "th", "td", "h3", "h4", "ul", "li", "iframe", "img"}  # fmt: skip
    return {e.tag for e in elements} <= known and not any(name.startswith("on") for e in elements for name in e.attrib)


@pytest.fixture
def claim(world: Store) -> Evidence:
    return read_evidence(world, [expand("claim:supply-herald")])[0]


@pytest.fixture
def disputes(world: Store) -> Disputes:
    rows = run(world, load_query("disputes")).terms
    events = dict.fromkeys(term.value for row in rows for term in row if term and "/event/" in term.value)
    return Disputes(d for event in events for d in read_disputes(ClaimReader(world), event.partition("/dispute")[0]))


def view(world: Store, **options: object) -> GraphView:
    given = {"name": "Invented", "limit": 200, "height": 400, "base": DEFAULT_BASE} | options
    return read_view(world, load_lexicon(), **given)


def test_claim_shows_who_says_it_the_marked_sentence_and_how_sure(claim: Evidence) -> None:
    markup = claim._repr_html_()
    root = tree(markup)
    assert [(m.text.strip(), m.get("class")) for m in root.xpath("//mark")] == [
        ("Holm", "attributedTo"), ("Norway", "agent"), ("deliver", "trigger"), ("ferries", "theme"),
        ("Kenya", "recipient"), ("next year", "timeExpression"),
    ]  # fmt: skip
    shown = words(markup)
    for told in (
        "Coastal Herald, 2022-03-14, said by Lars Holm",
        "planned",
        f"confidence {claim.confidence}",
        "claim:supply-herald",
    ):
        assert told in shown
    assert pretty(claim) == f"{claim.heading}\n  {claim.marked_sentence}"


def test_claim_links_to_its_article_only_on_the_web(claim: Evidence) -> None:
    def links(item: Evidence) -> list[str]:
        return tree(item._repr_html_()).xpath("//a/@href")

    assert links(replace(claim, url="https://news.example/1?a=b&c=d")) == ["https://news.example/1?a=b&c=d"]
    assert links(replace(claim, url="javascript:alert(1)")) == []


def test_nothing_that_a_text_says_becomes_markup(claim: Evidence, disputes: Disputes, world: Store) -> None:
    nasty = replace(
        claim, sentence=NASTY + claim.sentence[len(NASTY) :], marks=(), publisher=NASTY, path=NASTY, said_by=(NASTY,), via=(NASTY,),
        review="wrong", note=NASTY, url=f"https://x.example/{NASTY}", published=date(2030, 1, 1),
    )  # fmt: skip
    side = replace(disputes[0].sides[0], value=NASTY)
    dispute = replace(disputes[0], about=NASTY, sides=(side, *disputes[0].sides[1:]))
    explanation = replace(
        explain(world, None, "Norway", "lendsTo", "Kenya"), subject=NASTY, supporting=(nasty,), disputes=(dispute,), merges=((NASTY, NASTY),)
    )  # fmt: skip
    graph = replace(view(world), name=NASTY, page=f"<p>{NASTY}", notes=(NASTY,))
    for shown in (nasty, dispute, Disputes([dispute]), explanation, graph):
        assert NASTY in words(shown._repr_html_())
        assert only_ours(shown._repr_html_())
    table = result_html([NASTY], [[NASTY]])
    assert only_ours(table)
    assert words(table).count(NASTY) == 2


def test_dispute_shows_its_sides_next_to_each_other(disputes: Disputes) -> None:
    assert len(disputes) == 2
    (amount,) = (d for d in disputes if d.role == "amount")
    root = tree(amount._repr_html_())
    assert root.xpath("//th//bdi/text()") == ["200,000,000 EUR", "at most 250,000,000 EUR"]
    assert len(root.xpath("//tr[2]/td")) == 2
    assert [m.text for m in root.xpath("//mark")] == ["lent", "lent"]
    assert words(amount._repr_html_()).startswith("Disputed Lend · agent Norway, recipient Kenya")
    assert pretty(amount).startswith(f"Disputed: {amount.about} – amount: one gives a bound\n  200,000,000 EUR")


def test_disputes_stand_below_each_other_and_none_is_said_too(disputes: Disputes) -> None:
    assert words(disputes._repr_html_()).count("Disputed") == 2
    assert pretty(disputes).count("Disputed: ") == 2
    assert words(Disputes()._repr_html_()) == pretty(Disputes()) == "The sources differ on nothing."


def test_explanation_shows_all_that_the_command_prints(world: Store) -> None:
    found = explain(world, None, "Kenya", "agreesWith", "Norway")
    shown = words(found._repr_html_())
    for told in ("Kenya · agrees with · Norway", "no source says it in its own voice", "Supported by", "Denied by", "negated",
                 "claim:agree-herald", "whether it is so: affirmed and denied"):  # fmt: skip
        assert told in shown
    assert pretty(found).startswith("Kenya · agrees with · Norway\n1 independent source, actual")


def test_result_shows_a_table_with_numbers_to_the_right(world: Store) -> None:
    result = run(world, load_query("transfers"))
    root = tree(result._repr_html_())
    assert root.xpath("//th/text()") == list(result.columns)
    assert len(root.xpath("//tbody/tr")) == len(result)
    numbers = [th.text for th in root.xpath("//th[@class='number']")]
    assert "amount" in numbers
    assert "who" not in numbers
    assert pretty(result) == result.to_table() + f"{len(result)} rows"


def test_long_result_says_how_much_is_left_out() -> None:
    rows = [[number] for number in range(1234)]
    assert words(result_html(["n"], rows)).endswith("48 49 50 of 1,234 rows; .frame() and .to_csv() have them all")
    assert result_text(["n"], rows).endswith("\n49\n50 of 1,234 rows; .frame() and .to_csv() have them all")
    assert words(result_html(["n"], [[1]])).endswith("1 row")
    assert words(result_html(["n"], [])) == "n 0 rows"


def test_graph_shows_what_it_holds_and_a_picture(world: Store) -> None:
    shown = view(world)
    gist = "4 articles by 4 publishers, 2022-03-14 to 2022-04-03: 17 entities, 12 relations, 12 events, 16 claims, 2 disputes."
    assert words(shown._repr_html_()).startswith(f"Invented {gist}")
    assert pretty(shown) == f"Invented\n{gist}"
    assert shown._repr_svg_().startswith("<?xml")
    (picture,) = tree(shown._repr_html_()).xpath("//img")
    assert picture.get("src").startswith("data:image/svg+xml;base64,")
    assert picture.get("alt")


def test_frame_has_no_access_to_the_notebook(world: Store) -> None:
    (frame,) = tree(replace(view(world), page="<p>x")._repr_html_()).xpath("//iframe")
    assert "allow-same-origin" not in frame.get("sandbox")
    assert frame.get("srcdoc") == "<p>x"
    assert "src" not in frame.attrib


def test_without_the_built_page_the_picture_stays_and_a_note_says_why(
    world: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(*_: object) -> str:
        raise ResourceError("the web page was not built: page.js is missing", remedy="Run 'make web'")

    monkeypatch.setattr(graphs, "embedded", missing)
    markup = view(world)._repr_html_()
    assert "<iframe" not in markup
    assert "<img" in markup
    assert words(markup).endswith("the web page was not built: page.js is missing. Run 'make web'.")


def test_graph_without_relations_says_so() -> None:
    shown = view(Store())
    assert shown._repr_svg_() is None
    assert "<img" not in shown._repr_html_()
    assert words(shown._repr_html_()).startswith("Invented 0 articles by 0 publishers: 0 entities, 0 relations")
    assert "the network has 0 entities and no relation between two of them" in words(shown._repr_html_())


def test_counts_leave_out_merged_names_and_count_symmetric_relations_once(world: Store) -> None:
    counts = read_counts(world)
    assert (counts.entities, counts.relations, counts.disputes) == (17, 12, 2)


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> kg.Graph:
    build_page()
    return kg.open(make_workspace(tmp_path_factory.mktemp("graph") / "news"))


def test_graph_gives_claims_and_disputes_that_show_themselves(graph: kg.Graph) -> None:
    assert graph.claim("claim:lend-herald") == graph.claim("lend-herald") == graph.claim(expand("claim:lend-herald"))
    assert graph.claim("lend-herald").marks
    assert {d.role for d in graph.disputes()} == {"amount", "polarity"}
    assert graph.disputes("Chile") == ()
    with pytest.raises(QueryError, match=r"the graph has no claim 'claim:none'\. 'kg query evidence' lists the claims"):
        graph.claim("claim:none")
    with pytest.raises(QueryError, match="no entity is named 'Atlantis'"):
        graph.disputes("Atlantis")


def test_graph_shows_itself_and_its_view_is_bounded(graph: kg.Graph) -> None:
    assert words(graph._repr_html_()).startswith("news 4 articles by 4 publishers")
    assert graph._repr_svg_() == graph.view()._repr_svg_()
    small = graph.view(limit=4, height=300)
    assert len(small.page) < len(graph.view().page)
    assert 'height="300"' in small._repr_html_()


def test_templates_hold_no_place_outside_the_machine() -> None:
    templates = Path(graphs.__file__).parent / "templates"
    files = [p for p in templates.iterdir() if p.is_file()]
    assert len(files) > 5
    for path in files:
        assert not re.search(r"(src|href|url\()=?[\"']?(https?:)?//", path.read_text("utf-8")), path.name
