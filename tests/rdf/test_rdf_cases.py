"""Golden cases: each folder of tests/data/graphs holds articles with their claims and the graph that they make."""

import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from graph_records import case_lines, read_case
from rdflib import Graph

from kg.config import Settings
from kg.lexicon import load_lexicon
from kg.rdf.nquads import quad_line
from kg.validate import validate_graph

CASES = sorted(path.parent for path in (Path(__file__).parent.parent / "data" / "graphs").glob("*/case.toml"))


def lines(case: Path) -> list[str]:
    return case_lines(read_case(case / "case.toml"), settings=Settings(), lexicon=load_lexicon())


def test_all_cases_are_found():
    assert [case.name for case in CASES] == ["aliases", "loan", "rivals"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_graph_is_the_expected_one(case):
    expected = {str(quad) for quad in ox.parse(path=str(case / "expected.trig"))}
    found = {str(quad) for quad in ox.parse("\n".join(lines(case)).encode(), format=ox.RdfFormat.N_QUADS)}
    assert (sorted(found - expected), sorted(expected - found)) == ([], [])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_graph_conforms_to_the_shapes(case):
    report = validate_graph(union(lines(case)), load_lexicon())
    assert [result.message for result in report.violations] == []


def test_rdflib_reads_the_same_terms():
    written = lines(CASES[1])
    back = {quad_line(triple, "https://a.example/") for triple in union(written)}
    assert back == {re.sub(r"<\S+> \.$", "<https://a.example/> .", line) for line in written}


def union(quads: list[str]) -> Graph:
    graph = Graph()
    return graph.parse(data="\n".join(re.sub(r"<\S+> \.$", ".", line) for line in quads), format="nt")
