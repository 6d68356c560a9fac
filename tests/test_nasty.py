"""Hundreds of nasty inputs through the whole pipeline: each gives documents or a useful message, and valid graphs.

The inputs are made by ``tests/data/nasty``; those that take more time or memory run in ``benchmarks/nasty.py --all``.
"""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest

import kg
from kg.builder import build_graph
from kg.config import Settings
from kg.errors import QueryError
from kg.lexicon import load_lexicon
from kg.model import Document
from kg.rdf.provenance import run_identity
from kg.read import Failure, SetAside, read_sources
from kg.worker import Outcome, Recipe, Task, load_annotator, run_tasks

sys.path.insert(0, str(Path(__file__).parent / "data" / "nasty"))

from case import Case
from corpus import every, small
from texts import INJECTIONS

pytestmark = pytest.mark.model


@dataclass
class Result:
    """What came of one case."""

    place: Path
    outcomes: list[Outcome] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    aside: list[SetAside] = field(default_factory=list)

    def add(self, *items: Outcome | Failure | SetAside) -> None:
        for item in items:
            kinds: dict[type, list] = {Outcome: self.outcomes, Failure: self.failures, SetAside: self.aside}
            kinds[type(item)].append(item)


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Case, Result]]:
    """Read, annotate, write and validate every small case, with the real pipeline."""
    settings, lexicon = Settings(), load_lexicon(())
    annotator = load_annotator(settings)
    recipe = Recipe(settings, lexicon, run_identity(settings, lexicon).run_id, lambda _settings: annotator)
    folder = tmp_path_factory.mktemp("nasty")
    found = []
    for case in small():
        result = Result(case.write(folder))
        for item in read_sources([result.place]):
            if isinstance(item, Document):
                result.add(*run_tasks([Task(item)], recipe))
            else:
                result.add(item)
        found.append((case, result))
    return found


def test_there_are_hundreds_of_many_kinds() -> None:
    assert len(small()) >= 800
    assert len({case.kind for case in every()}) >= 30
    assert len({(case.kind, case.name) for case in every()}) == len(every())


def test_each_gives_documents_or_messages(results: list[tuple[Case, Result]]) -> None:
    silent = [case for case, result in results if not (result.outcomes or result.failures or result.aside)]
    assert silent == []


def test_what_can_be_read_is_read(results: list[tuple[Case, Result]]) -> None:
    expected = [(case, result) for case, result in results if case.reads]
    assert len(expected) > 400
    assert [case for case, result in expected if not result.outcomes] == []


def test_messages_say_where_what_and_what_to_do(results: list[tuple[Case, Result]]) -> None:
    failures = [(result.place, failure) for _, result in results for failure in result.failures]
    assert len(failures) > 200
    assert [str(f.error) for _, f in failures if f.stage != "read"] == []
    assert [str(f.error) for _, f in failures if not (f.error.problem and f.error.remedy)] == []
    assert [str(f.error) for place, f in failures if not str(f.error.where).startswith(str(place))] == []


def test_every_graph_conforms_and_parses(results: list[tuple[Case, Result]]) -> None:
    graphs = [(case, outcome) for case, result in results for outcome in result.outcomes]
    assert [case for case, outcome in graphs if outcome.quarantined or not outcome.lines] == []
    for _, outcome in graphs:
        lines = "".join(line if line.endswith("\n") else f"{line}\n" for line in outcome.lines)
        assert sum(1 for _ in ox.parse(lines.encode(), format=ox.RdfFormat.N_QUADS)) == len(outcome.lines)


# ------------------------------------------------------------------ names that try to break out of the outputs


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the graph of the cases that put markup, queries and escapes into names and metadata."""
    folder = tmp_path_factory.mktemp("hostile")
    for case in small():
        if case.kind in ("injection", "metadata"):
            case.write(folder / "in")
    report = build_graph([folder / "in"], graph=folder / "graph")
    assert (report.documents, report.failures, report.quarantined) == (60, [], 0)
    return folder / "graph"


@pytest.mark.parametrize("name", ["graph.nq", "graph.trig", "graph.ttl", "graph.jsonld"])
def test_exports_read_back_as_they_were_written(hostile: Path, tmp_path: Path, name: str) -> None:
    with kg.open(hostile) as graph:
        count = graph.export(tmp_path / name)
        stored = set(graph.store)
    read = set(ox.parse(path=tmp_path / name))
    assert len(read) == count
    if name == "graph.ttl":
        assert {quad.triple for quad in read} == {quad.triple for quad in stored}
    else:
        assert read == stored


def test_the_json_export_cannot_end_a_script(hostile: Path, tmp_path: Path) -> None:
    with kg.open(hostile) as graph:
        graph.export(tmp_path / "graph.jsonld")
    json.loads((tmp_path / "graph.jsonld").read_text("utf-8"))


def test_pictures_and_networks_are_well_formed(hostile: Path, tmp_path: Path) -> None:
    from kg.show.picture import draw

    with kg.open(hostile) as graph:
        network = graph.network()
        graph.export(tmp_path / "graph.graphml")
    draw(network, tmp_path / "network.svg", entities=40)
    for name in ("network.svg", "graph.graphml"):
        tags = {element.tag.rpartition("}")[2] for element in ElementTree.parse(tmp_path / name).iter()}  # noqa: S314
        assert not tags & {"script", "img", "foreignObject", "iframe"}
        assert "<script" not in (tmp_path / name).read_text("utf-8").lower()


MARKED = "SELECT DISTINCT ?label WHERE { ?entity rdfs:label ?label } ORDER BY ?label"


def test_tables_keep_their_shape_and_show_no_markup(hostile: Path) -> None:
    with kg.open(hostile) as graph:
        result = graph.query(MARKED)
    rows = result.to_markdown().splitlines()
    assert len(rows) > 100
    assert {row.replace("\\\\", "").replace("\\|", "").count("|") for row in rows} == {2}
    assert not any("<" in row or "\x1b" in row for row in rows)
    assert not any("](" in row.replace("\\]", "") for row in rows)
    assert "\x1b" not in result.to_table()


@pytest.fixture(scope="module")
def opened(hostile: Path) -> Iterator[kg.Graph]:
    with kg.open(hostile) as graph:
        yield graph


@pytest.mark.parametrize("name", INJECTIONS)
def test_names_are_bound_as_values_not_as_query_text(opened: kg.Graph, name: str) -> None:
    """No such name breaks a query: it is found, or refused as a name that the graph does not have."""
    before = len(opened.store)
    with contextlib.suppress(QueryError):
        opened.query("who-met-whom", entity=INJECTIONS[name])
    assert len(opened.store) == before
