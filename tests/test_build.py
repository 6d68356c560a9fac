import os
import subprocess
import sys
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest
from graph_records import stub_annotator
from worker_functions import deadly_annotator

import kg
from kg.builder import build_graph
from kg.config import Settings
from kg.errors import StoreError
from kg.store.quads import select, sorted_lines
from kg.store.workspace import Workspace

TEXTS = {
    "one.txt": "Kenya lent Peru $5m on Tuesday. The two sides praised the deal. Norway did not meet Chile.",
    "two.txt": "Officials confirmed that Kenya lent Peru $6m. Norway met Chile in the harbour. It rained.",
    "three.txt": "Ghana said that Nepal met Fiji last week. Kenya lent Peru $5m. Nepal may lend Fiji $3m.",
}
TIMES = iter(range(10_000))


def write(folder: Path, texts: dict[str, str], published: str = "2023-03-14") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    lines = []
    for name, text in texts.items():
        (folder / name).write_text(f"A headline about some news\n\n{text}\n", "utf-8")
        publisher = f"The {name.removesuffix('.txt').title()} Courier"
        lines.append(f'["{name}"]\npublisher = "{publisher}"\npublished = {published}\nlanguage = "en"\n')
    (folder / "sources.toml").write_text("\n".join(lines), "utf-8")
    return folder


def build(sources, graph, **options):
    clock = options.pop("clock", lambda: datetime.fromtimestamp(1_700_000_000 + next(TIMES), UTC))
    options.setdefault("make_annotator", stub_annotator)
    return build_graph(sources, graph=graph, clock=clock, **options)


def lines(graph, *, run=False):
    workspace = Workspace.open(graph)
    generation = workspace.current()
    with generation.open_ledger() as ledger:
        without = [] if run else [workspace.settings().iris.run(ledger.facts()["run_id"])]
    return sorted_lines(generation.open_store(), without=without)


def rows(graph, query):
    return [tuple(term.value for term in row) for row in select(Workspace.open(graph).current().open_store(), query)]


@pytest.fixture
def graph(tmp_path):
    return tmp_path / "kg-graph"


@pytest.fixture
def news(tmp_path):
    return write(tmp_path / "news", TEXTS)


def test_report_counts_what_was_done(news, graph):
    report = build(news, graph)
    assert (report.new, report.reused, report.replaced, report.documents) == (3, 0, 0, 3)
    assert report.claims == {"Lend": 4, "Meet": 3}
    assert (report.quarantined, report.failures, report.exit_code) == (0, [], 0)
    assert report.quads == len(lines(graph, run=True))
    assert report.events == 4
    assert set(report.seconds) == {"read", "fuse", "store"}


def test_second_build_reuses_everything_and_gives_the_same_quads(news, graph):
    build(news, graph)
    before = lines(graph)
    report = build(news, graph)
    assert (report.new, report.reused) == (0, 3)
    assert lines(graph) == before


def test_two_builds_differ_in_their_times_alone(news, tmp_path):
    build(news, tmp_path / "a")
    build(news, tmp_path / "b")
    assert lines(tmp_path / "a") == lines(tmp_path / "b")
    times = set(lines(tmp_path / "a", run=True)) ^ set(lines(tmp_path / "b", run=True))
    assert {line.split()[1] for line in times} == {
        "<http://www.w3.org/ns/prov#startedAtTime>",
        "<http://www.w3.org/ns/prov#endedAtTime>",
    }


def test_order_and_steps_of_reading_do_not_matter(news, tmp_path):
    build([news / "one.txt", news / "two.txt", news / "three.txt"], tmp_path / "a")
    for name in ("three.txt", "one.txt", "two.txt"):
        build(news / name, tmp_path / "b")
    assert lines(tmp_path / "a") == lines(tmp_path / "b")


def test_several_processes_give_the_same_graph(news, tmp_path):
    build(news, tmp_path / "a")
    build(news, tmp_path / "b", settings=Settings(jobs=2))
    assert lines(tmp_path / "a") == lines(tmp_path / "b")


def test_document_that_ends_its_process_is_set_aside_alone(news, tmp_path):
    build(news, tmp_path / "a")
    write(news, TEXTS | {f"{word}.txt": f"Ghana met Fiji, please {word}." for word in ("kill", "exit")})
    report = build(news, tmp_path / "b", settings=Settings(jobs=2), make_annotator=deadly_annotator)
    assert [(failure.stage, Path(failure.path).name) for failure in report.failures] == [
        ("process", "exit.txt"), ("process", "kill.txt"),
    ]  # fmt: skip
    said = [str(failure.error) for failure in report.failures]
    assert "exit.txt: it was tried twice, and its process ended with the exit code 7. Nothing of this doc" in said[0]
    assert "was ended by the signal SIGKILL" in said[1]
    assert report.exit_code == 4
    assert lines(tmp_path / "a") == lines(tmp_path / "b")


@pytest.mark.parametrize("jobs", [1, 2])
def test_document_that_breaks_the_code_is_set_aside_alone(news, tmp_path, jobs):
    build(news, tmp_path / "a")
    write(news, TEXTS | {"odd.txt": "Ghana met Fiji, please lose a sentence."})
    report = build(news, tmp_path / "b", settings=Settings(jobs=jobs), make_annotator=deadly_annotator)
    assert [failure.stage for failure in report.failures] == ["graph"]
    assert "the graph cannot be written: TypeError: " in str(report.failures[0].error)
    assert lines(tmp_path / "a") == lines(tmp_path / "b")


def test_changed_document_replaces_the_old_one(news, tmp_path, graph):
    build(news, graph)
    write(news, TEXTS | {"one.txt": "Ghana met Fiji."})
    report = build(news, graph)
    assert (report.replaced, report.reused, report.new) == (1, 2, 0)
    build(news, tmp_path / "fresh")
    assert lines(graph) == lines(tmp_path / "fresh")


def test_texts_of_replaced_documents_go_with_the_generations_that_hold_them(news, graph):
    build(news, graph)
    for text in ("Ghana met Fiji.", "Ghana met Chile."):
        write(news, TEXTS | {"one.txt": text})
        build(news, graph)
    # the current generation and the one before it
    assert len(list((graph / "texts").iterdir())) == 4


def test_failed_documents_are_collected_and_leave_the_rest(news, graph):
    write(news, TEXTS | {"bad.txt": "This is poison for the stub annotator, and not much else."})
    (news / "empty.txt").write_text("")
    report = build(news, graph)
    assert {(Path(f.path).name, f.stage) for f in report.failures} == {("bad.txt", "annotate"), ("empty.txt", "read")}
    assert (report.documents, report.exit_code) == (3, 4)


def test_document_that_fails_after_a_change_keeps_its_last_good_state(news, graph):
    build(news, graph)
    before = lines(graph)
    write(news, TEXTS | {"one.txt": "Kenya lent Peru poison, of all things."})
    report = build(news, graph)
    assert len(report.failures) == 1
    assert lines(graph) == before


def test_new_threshold_makes_graphs_from_stored_annotations(news, graph, tmp_path):
    build(news, graph)
    strict = Settings(threshold=Decimal("0.9"))
    report = build_graph(news, graph=graph, settings=strict, make_annotator=None)  # nothing is annotated
    assert (report.remade, report.new) == (3, 0)
    assert report.statements == 0
    build(news, tmp_path / "fresh", settings=strict)
    assert lines(graph) == lines(tmp_path / "fresh")


def test_new_base_leaves_nothing_under_the_old_one(news, graph):
    build(news, graph)
    build(news, graph, settings=Settings(base="https://news.example/id/"))
    assert not [line for line in lines(graph, run=True) if "https://w3id.org/kg-news/id/" in line]


def test_documents_of_earlier_builds_are_made_again_from_the_workspace(news, graph):
    build(news / "one.txt", graph)
    report = build(news / "two.txt", graph, settings=Settings(base="https://news.example/id/"))
    assert (report.new, report.remade, report.documents) == (1, 1, 2)


def test_settings_of_the_first_build_hold_for_the_second(news, graph):
    build(news, graph, settings=Settings(base="https://news.example/id/"))
    before = lines(graph)
    assert build(news, graph).reused == 3
    assert lines(graph) == before


def test_dry_run_tells_and_writes_nothing(news, graph):
    report = build(news, graph, dry_run=True)
    assert (report.new, report.documents, graph.exists()) == (3, 3, False)
    build(news, graph)
    write(news, TEXTS | {"one.txt": "Ghana met Fiji.", "four.txt": "Peru met Fiji."})
    report = build(news, graph, dry_run=True)
    assert (report.new, report.replaced, report.reused) == (1, 1, 2)
    assert Workspace.open(graph).current().number == 1


def test_progress_is_told(news, graph):
    seen = []
    build(news, graph, progress=lambda stage, done: seen.append((stage, done)))
    assert {("read", 3), ("documents", 3)} <= set(seen)
    assert any(stage == "fuse" for stage, _ in seen)


def test_rival_amounts_are_a_dispute_and_sources_are_counted(news, graph):
    build(news, graph)
    found = rows(
        graph,
        """SELECT ?kind ?n ?value { ?d a kg:Dispute ; kg:kind ?kind ; kg:role kg:amount ; kg:event ?e ; kg:value ?v .
           ?e kg:sourceCount ?n . ?v schema:value ?value } ORDER BY ?value""",
    )
    assert found == [(f"{KG}differentValue", "3", "5000000"), (f"{KG}differentValue", "3", "6000000")]


def test_denial_is_a_dispute_and_keeps_both_sides(news, graph):
    build(news, graph)
    found = rows(
        graph,
        """SELECT (COUNT(DISTINCT ?yes) AS ?y) (COUNT(DISTINCT ?no) AS ?n) { ?s rdf:subject ent:Norway ;
           rdf:predicate kg:meets ; rdf:object ent:Chile ; kg:supportedBy ?yes ; kg:deniedBy ?no }""",
    )
    assert found == [("1", "1")]


def test_possible_claims_assert_nothing(news, graph):
    build(news, graph)
    assert rows(graph, "SELECT ?o { ent:Nepal kg:lendsTo ?o }") == []
    assert rows(graph, "SELECT ?o { ent:Kenya kg:lendsTo ?o }") == [(f"{ENT}Peru",)]


def test_no_triple_stands_in_two_graphs_and_no_node_is_blank(news, graph):
    build(news, graph)
    store = Workspace.open(graph).current().open_store()
    triples = [quad.triple for quad in store]
    assert len(triples) == len(set(triples))
    assert not [t for t in triples if isinstance(t.subject, ox.BlankNode) or isinstance(t.object, ox.BlankNode)]
    assert ox.DefaultGraph() not in {quad.graph_name for quad in store}


def test_no_iri_of_the_data_is_left_dangling(news, graph):
    build(news, graph)
    found = rows(
        graph,
        """SELECT DISTINCT ?o { ?s ?p ?o FILTER(STRSTARTS(STR(?o), "https://w3id.org/kg-news/id/"))
           FILTER NOT EXISTS { ?o ?q ?x } }""",
    )
    assert found == []


def test_quarantined_claims_are_not_fused(news, graph, monkeypatch):
    monkeypatch.setattr("kg.worker.document_triples", _without_confidence)
    report = build(news, graph, strict=True)
    assert report.quarantined == 7 + 4  # the claims and the amounts that go with them
    assert (report.exit_code, report.events) == (3, 0)
    assert rows(graph, "SELECT ?c { ?r a kg:Rejection ; kg:focus ?c . ?e kg:claim ?c }") == []


def _without_confidence(document, annotation, **options):
    from kg.rdf.document import document_triples

    return [triple for triple in document_triples(document, annotation, **options) if "confidence" not in triple[1]]


def test_api_opens_asks_and_exports(news, graph, tmp_path):
    build(news, graph)
    with kg.open(graph) as opened:
        assert opened.query("SELECT ?o { ent:Kenya kg:lendsTo ?o }").rows == (("ent:Peru",),)
        assert len(opened.dataset) == len(lines(graph, run=True))
        network = opened.network()
        assert opened.text(
            next(iter(opened.store.query("SELECT ?d { GRAPH ?d { ?d a <https://schema.org/NewsArticle> } }")))[
                "d"
            ].value
        )
        found = opened.explain("Norway", "meets", "Chile")
    assert [e.polarity for e in found.supporting] == ["affirmed"]
    assert [e.polarity for e in found.denying] == ["negated"]
    trigger = next(mark for mark in found.supporting[0].marks if mark.role == "trigger")
    assert found.supporting[0].sentence[trigger.start : trigger.end] == "met"
    assert network.nodes["ent:Kenya"] == {"label": "Kenya", "type": "schema:Country", "sources": 3}
    edge = next(data for _, _, data in network.edges("ent:Kenya", data=True))
    assert edge == {
        "property": "kg:lendsTo",
        "label": "lends to",
        "sources": 3,
        "modality": "actual",
        "disputed": True,
        "symmetric": False,
    }
    assert sum(data["symmetric"] for _, _, data in network.edges(data=True)) == 2


def test_missing_graph_is_reported(tmp_path):
    with pytest.raises(StoreError, match="there is no graph here"):
        kg.open(tmp_path / "none")


def test_import_is_light():
    code = "import sys, kg; print(sorted({'rdflib', 'spacy', 'pyoxigraph', 'networkx'} & set(sys.modules)))"
    env = os.environ | {"PYTHONPATH": str(Path(__file__).parent.parent)}
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=env)
    assert found.stdout.strip() == "[]"


def test_public_names_load():
    assert [name for name in kg.__all__ if not hasattr(kg, name)] == []
    with pytest.raises(AttributeError, match="module 'kg' has no attribute 'nothing'"):
        _ = kg.nothing


KG = "https://w3id.org/kg-news/ns#"
ENT = "https://w3id.org/kg-news/id/entity/"
