"""Every file of queries/: header, conventions, exact rows on the invented graph, effect of each parameter."""

import re
import runpy
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, Store, parse
from query_cases import BOUND

from kg.query import NamedQuery, list_queries, load_query, query_catalogue, run

DATA = Path(__file__).parents[1] / "data" / "queries"
DOCS = Path(__file__).parents[2] / "docs" / "queries.md"
QUERIES = list_queries()
NAMES = [query.name for query in QUERIES]
TABLES = [name for name in NAMES if name != "neighbourhood"]

ASKED_FOR = {
    "who-met-whom", "transfers", "agreements", "denied", "planned", "statements-by-speaker", "timeline",
    "entity-profile", "evidence", "single-source", "corroborated", "disputes", "co-mentions", "coverage",
    "plover-events", "data-quality",
}  # fmt: skip


def body(query: NamedQuery) -> str:
    return "\n".join(line for line in query.text.splitlines() if not line.lstrip().startswith("#"))


def test_every_question_that_was_asked_for_has_a_file() -> None:
    assert set(NAMES) >= ASKED_FOR
    assert len(NAMES) == 20


@pytest.mark.parametrize("query", QUERIES, ids=NAMES)
def test_the_header_is_complete(query: NamedQuery) -> None:
    assert query.title
    assert query.description.endswith(".")
    assert all(item.text.endswith(".") for item in (*query.params, *query.columns))
    assert max(map(len, query.text.splitlines())) <= 120


@pytest.mark.parametrize("query", QUERIES, ids=NAMES)
def test_the_conventions_of_the_contract_are_kept(query: NamedQuery) -> None:
    text = body(query)
    assert not re.search(r"\bGRAPH\b|\bFROM\b|\bSERVICE\b", text)
    assert "DISTINCT" in text or "CONSTRUCT" in text
    assert not re.search(r"BOUND\(\?(" + "|".join([p.name for p in query.params] or ["-"]) + r")\)", text)
    declared = re.findall(r"^PREFIX (\w+): <", text, re.MULTILINE)
    used = set(re.findall(r"(?<![\w:])([a-z]\w*):\w", re.sub(r"<[^>\s]*>|\"[^\"]*\"", "", text)))
    assert declared == sorted(used)


@pytest.mark.parametrize("name", TABLES)
def test_columns_and_parameters_are_what_is_projected(name: str, world: Store) -> None:
    query = load_query(name)
    projected = [v.value for v in world.query(query.text, use_default_graph_as_union=True).variables]
    columns = [column.name for column in query.columns]
    assert projected[: len(columns)] == columns
    assert set(projected) == set(columns) | {param.name for param in query.params}


@pytest.mark.parametrize("query", QUERIES, ids=NAMES)
def test_events_show_or_filter_polarity_and_modality(query: NamedQuery) -> None:
    if query.name in {"coverage", "co-mentions", "mentions", "data-quality"}:
        return  # these list no events
    assert "kg:polarity" in query.text or "?polarity" in query.text
    assert "kg:modality" in query.text or "?modality" in query.text


@pytest.mark.parametrize("name", TABLES)
def test_rows_are_exactly_the_expected_ones(name: str, world: Store) -> None:
    expected = (DATA / "expected" / f"{name}.md").read_text(encoding="utf-8")
    assert run(world, load_query(name)).to_markdown() == expected


def test_the_neighbourhood_is_exactly_the_expected_graph(world: Store) -> None:
    expected = (DATA / "expected" / "neighbourhood.ttl").read_bytes()
    found = run(world, load_query("neighbourhood"), params={"entity": "Kenya"}).to_turtle()
    assert sorted(map(str, parse(found.encode(), format=RdfFormat.TURTLE))) == sorted(
        map(str, parse(expected, format=RdfFormat.TURTLE))
    )


def test_the_folder_of_expected_answers_holds_nothing_else() -> None:
    assert sorted(path.stem for path in (DATA / "expected").iterdir()) == sorted(NAMES)


@pytest.mark.parametrize(("name", "param", "value"), BOUND)
def test_each_parameter_selects(name: str, param: str, value: str, world: Store) -> None:
    assert len(run(world, load_query(name), params={param: value})) == BOUND[name, param, value]


def test_every_parameter_has_a_case() -> None:
    declared = {(query.name, param.name) for query in QUERIES for param in query.params}
    assert {(name, param) for name, param, _ in BOUND} == declared


@pytest.mark.parametrize("name", TABLES)
def test_answers_do_not_depend_on_the_order_of_loading(name: str, world: Store) -> None:
    other = Store()
    for quad in sorted(world, key=str, reverse=True):
        other.add(quad)
    assert run(other, load_query(name)).to_csv() == run(world, load_query(name)).to_csv()


def test_a_quarantined_claim_answers_nothing(world: Store) -> None:
    for name in TABLES:
        assert "broken" not in run(world, load_query(name)).to_csv()


def test_the_manual_is_generated_from_the_headers() -> None:
    assert DOCS.read_text(encoding="utf-8") == query_catalogue(), "write docs/queries.md anew with query_catalogue()"


def test_the_invented_graph_is_written_by_its_script() -> None:
    script = runpy.run_path(str(DATA / "make_world.py"))
    assert (DATA / "world.trig").read_text(encoding="utf-8") == script["trig"]()


def test_an_event_without_a_target_gives_one_plover_row(world: Store) -> None:
    result = run(world, load_query("plover-events"), params={"entity": "Chile", "until": "2022-03"})
    assert [row[1:4] for row in result.rows] == [("Chile", None, "PROTEST")]


def test_a_document_without_a_publisher_is_covered(world: Store) -> None:
    publisher = NamedNode("https://schema.org/publisher")
    other = Store()
    other.extend(quad for quad in world if quad.predicate != publisher or "wire" not in quad.subject.value)
    rows = {row[0]: row[1] for row in run(other, load_query("coverage")).rows}
    assert rows == {"Coastal Herald": 1, "Nairobi Courier": 1, "Copy Post": 1, "(unknown)": 1}
