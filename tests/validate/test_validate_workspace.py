from datetime import UTC, datetime

import pyoxigraph
import pytest
from graph_records import stub_annotator

from kg.builder import build_graph
from kg.errors import StoreError
from kg.graph import open_graph
from kg.iris import KG as KG_IRI
from kg.validate import ValidationReport, validate_file


def validate_workspace(path) -> ValidationReport:
    with open_graph(path) as graph:
        return graph.validate()


TEXT = "Kenya lent Peru $5m on Tuesday. The two sides praised the deal. Norway did not meet Chile."


@pytest.fixture
def workspace(tmp_path):
    news, graph = tmp_path / "news", tmp_path / "kg-graph"
    news.mkdir()
    for name, text in (("a", TEXT), ("b", TEXT.replace("$5m", "$6m").replace("did not meet", "met"))):
        (news / f"{name}.txt").write_text(f"A headline about some news\n\n{text}\n", "utf-8")
    (news / "sources.toml").write_text(
        "".join(
            f'["{n}.txt"]\npublisher = "{n.upper()} Post"\npublished = 2023-03-14\nlanguage = "en"\n' for n in "ab"
        ),
        "utf-8",
    )
    clock = lambda: datetime(2023, 3, 15, tzinfo=UTC)  # noqa: E731 (shorter than a function)
    build_graph(news, graph=graph, make_annotator=stub_annotator, clock=clock)
    return graph


def test_whole_graph_of_a_workspace_conforms_in_all_layers(workspace):
    report = validate_workspace(workspace)
    assert report.results == ()
    assert report.conforms
    for shape in ("Document", "Span", "Mention", "Claim", "Money", "Entity", "Event", "Statement", "Dispute", "Run"):
        assert report.focus_nodes[f"{KG_IRI}{shape}Shape"] > 0, shape


def test_exported_turtle_conforms_as_well(workspace, tmp_path):
    path = tmp_path / "graph.ttl"
    with open_graph(workspace) as graph:
        graph.export(path)
    report = validate_file(path)
    assert report.results == ()
    assert report.focus_nodes == validate_workspace(workspace).focus_nodes


def test_dangling_iri_in_the_world_is_caught(workspace, tmp_path):
    path = tmp_path / "graph.nq"
    with open_graph(workspace) as graph:
        graph.export(path)
    victim = next(q.subject for q in pyoxigraph.parse(path=str(path)) if q.predicate.value == f"{KG_IRI}disputed")
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith(str(victim))]
    path.write_text("\n".join(lines), "utf-8")
    shapes = {result.shape.removeprefix(KG_IRI) for result in validate_file(path).results}
    assert "ClaimEventShape" in shapes


def test_no_workspace_is_no_verdict(tmp_path):
    with pytest.raises(StoreError):
        validate_workspace(tmp_path / "none")
