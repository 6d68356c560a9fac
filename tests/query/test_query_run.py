import json
import subprocess
import sys
from datetime import date
from decimal import Decimal

import pytest
from pyoxigraph import Literal, Store

from kg.errors import QueryError
from kg.query import Result, load_query, parse_query, run
from kg.query.formats import cell_text

LABELS = "SELECT DISTINCT ?entity ?label WHERE { ?entity a schema:Country ; rdfs:label ?label } ORDER BY ?label"


@pytest.fixture
def amounts(world: Store) -> Result:
    text = "SELECT DISTINCT ?q ?value ?day ?flag ?none WHERE { ?q schema:value ?value ; a schema:MonetaryAmount . "
    text += 'BIND("2022-03-14"^^xsd:date AS ?day) BIND(true AS ?flag) }'
    return run(world, text)


def test_prefixes_of_the_vocabulary_are_known(world: Store) -> None:
    result = run(world, LABELS)
    assert result.columns == ("entity", "label")
    assert result.rows[0] == ("ent:Chile", "Chile")
    assert len(result) == 4


def test_cells_are_python_values(amounts: Result) -> None:
    assert amounts.rows == (("qty:lend-herald", Decimal(200000000), date(2022, 3, 14), True, None),)


def test_rows_become_tables_for_reading(amounts: Result) -> None:
    assert amounts.to_table().splitlines()[2] == "qty:lend-herald  200,000,000  2022-03-14  yes"
    assert amounts.to_markdown().splitlines()[2] == "| qty:lend-herald | 200,000,000 | 2022-03-14 | yes |  |"


def test_rows_become_standard_csv_and_json(amounts: Result) -> None:
    iri = "https://w3id.org/kg-news/id/quantity/lend-herald"
    assert amounts.to_csv() == f"q,value,day,flag,none\r\n{iri},200000000,2022-03-14,true,\r\n"
    document = json.loads(amounts.to_json())
    assert document["head"]["vars"] == ["q", "value", "day", "flag", "none"]
    [row] = document["results"]["bindings"]
    assert row["q"] == {"type": "uri", "value": iri}
    assert row["value"]["datatype"].endswith("#decimal")
    assert "none" not in row


def test_json_keeps_languages_and_falsy_values(world: Store) -> None:
    rows = json.loads(run(world, 'SELECT DISTINCT ?a ?b WHERE { BIND("hei"@no AS ?a) BIND("" AS ?b) }').to_json())
    assert rows["results"]["bindings"] == [
        {"a": {"type": "literal", "value": "hei", "xml:lang": "no"}, "b": {"type": "literal", "value": ""}}
    ]


def test_frames_have_numbers(amounts: Result) -> None:
    frame = amounts.frame()
    assert list(frame.columns) == ["q", "value", "day", "flag", "none"]
    assert frame["value"].sum() == 200000000.0


def test_frames_name_the_extra_that_brings_pandas(amounts: Result, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(QueryError, match=r"pip install 'kg-news\[frames\]'"):
        amounts.frame()


def test_ask_answers_yes_or_no(world: Store) -> None:
    result = run(world, "ASK { ent:Norway kg:lendsTo ent:Kenya }")
    assert result.boolean is True
    assert result.to_csv() == "answer\r\ntrue\r\n"
    assert json.loads(result.to_json()) == {"head": {}, "boolean": True}
    assert "yes" in result.to_table()


def test_construct_gives_a_graph_in_one_order(world: Store) -> None:
    result = run(world, "CONSTRUCT { ?a kg:meets ?b } WHERE { ?a kg:meets ?b }")
    assert result.rows[0] == ("ent:Aiko_Tanaka", "kg:meets", "ent:Lars_Holm")
    assert result.to_turtle().startswith("@prefix kg: <https://w3id.org/kg-news/ns#> .\n@prefix ent:") or (
        result.to_turtle().startswith("@prefix ent: <https://w3id.org/kg-news/id/entity/> .\n@prefix kg:")
    )
    with pytest.raises(QueryError, match="a CONSTRUCT query gives a graph"):
        result.to_json()
    with pytest.raises(QueryError, match="only a CONSTRUCT query gives a graph"):
        run(world, LABELS).to_turtle()


def test_parameters_that_are_no_columns_are_left_out(world: Store) -> None:
    result = run(world, load_query("timeline"), params={"entity": "Oslo"})
    assert "entity" not in result.columns
    assert [row[-1] for row in result.rows] == ["evt:meet-oslo"]


def test_values_are_bound_and_never_read_as_sparql(world: Store) -> None:
    attack = '") || true) #'
    assert len(run(world, load_query("agreements"), params={"topic": attack})) == 0
    assert len(run(world, "SELECT ?s WHERE { ?s rdfs:label ?l }", params={"s": Literal(attack)})) == 0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT ?x\nWHERE { ?x a kg:Event", "ports line 2, column 22: this is not SPARQL at 'WHERE { ?x a kg:Event': expected , or . or ; or {"),
        ("SELECT ?x {\n ?x schem:name ?y }", "ports line 2, column 15: the prefix 'schem' is not declared (did you mean 'schema'?)"),
        ("", "ports line 1, column 1: this is not SPARQL at 'the end of the query'"),
        ("DELETE WHERE { ?s ?p ?o }", "queries read; updates are refused"),
    ],
)  # fmt: skip
def test_what_is_no_query_is_refused_with_its_place(text: str, message: str, world: Store) -> None:
    with pytest.raises(QueryError) as caught:
        run(world, parse_query(text, name="ports"))
    assert message in str(caught.value)


def test_a_parameter_that_is_not_projected_is_named(world: Store) -> None:
    query = parse_query("#+ param: x (string) y\nSELECT ?s WHERE { ?s ?p ?o FILTER(?o = ?x) }", name="ports")
    with pytest.raises(QueryError, match=r"the parameter 'x' is not among the variables .* Add \?x to its SELECT"):
        run(world, query, params={"x": "1"})


def test_cells_read_well() -> None:
    assert [cell_text(c) for c in (1234567, Decimal("0.5"), False, "two\nlines", date(2022, 1, 2))] == [
        "1,234,567", "0.5", "no", "two lines", "2022-01-02",
    ]  # fmt: skip


def test_asking_loads_nothing_heavy() -> None:
    code = "import sys, kg.query; print([m for m in ('spacy', 'pandas', 'rdflib', 'pyshacl', 'numpy', 'networkx') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
