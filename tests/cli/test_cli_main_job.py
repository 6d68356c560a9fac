"""Every command of the main job, in process, on the digests; and what it says when something is wrong."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
import typer

from kg.cli import app, main

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds"

pytestmark = pytest.mark.model


def commands(group: typer.Typer, *, before: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for command in group.registered_commands:
        yield (*before, str(command.name))
    for sub in group.registered_groups:
        assert sub.typer_instance is not None
        yield from commands(sub.typer_instance, before=(*before, str(sub.name)))


COMMANDS = sorted(commands(app))


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli") / "graph"
    assert main(["build", str(SEEDS), "--graph", str(folder)]) == 0
    return folder


def said(capsys: pytest.CaptureFixture[str], *arguments: object, code: int = 0) -> tuple[str, str]:
    assert main([str(a) for a in arguments]) == code
    out, err = capsys.readouterr()
    return out, err


def test_there_are_all_commands() -> None:
    assert {c[0] for c in COMMANDS} >= {
        "build", "extract", "query", "explain", "validate", "export", "show", "evaluate", "lexicon", "kb",
    }  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_has_help_with_an_example(command: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    out, _ = said(capsys, *command, "--help")
    assert f"kg {' '.join(command)}" in " ".join(out.split("Example:")[-1].split())


def test_build_prints_a_summary_and_is_quiet_on_errors(graph: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, err = said(capsys, "build", SEEDS, "--graph", graph, "--verbose")
    assert "4 documents" in out
    assert err == ""


def test_dry_run_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, _ = said(capsys, "build", SEEDS, "--graph", tmp_path / "g", "--dry-run")
    assert "4" in out
    assert not (tmp_path / "g").exists()


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    news = tmp_path / "news"
    shutil.copytree(SEEDS, news)
    (news / "broken.txt").write_bytes(b"%PDF-1.4 \x00\x00")
    out, err = said(capsys, "build", news, "--graph", tmp_path / "g", code=4)
    assert "broken.txt" in err
    assert "PDF" in err
    assert "4 documents" in out


@pytest.mark.parametrize("form", ["table", "csv", "json", "markdown"])
def test_query_formats(graph: Path, form: str, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("who-met-whom", "--param", "entity=Vladimir Putin", "--format", form)
    out, _ = said(capsys, "query", *arguments, "--graph", graph)
    assert "Alexander Lukashenko" in out


def test_query_from_file_and_standard_input(
    graph: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "SELECT DISTINCT ?label WHERE { ent:Belarus rdfs:label ?label }"
    (tmp_path / "own.rq").write_text(text, encoding="utf-8")
    out, _ = said(capsys, "query", tmp_path / "own.rq", "--graph", graph)
    assert "Belarus" in out
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))
    assert said(capsys, "query", "-", "--graph", graph)[0] == out


def test_construct_gives_turtle(graph: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, _ = said(capsys, "query", "neighbourhood", "-p", "entity=Belarus", "--graph", graph)
    assert "@prefix" in out


def test_list_names_each_query_first(capsys: pytest.CaptureFixture[str]) -> None:
    out, _ = said(capsys, "query", "--list")
    names = [line.split()[0] for line in out.splitlines()]
    assert names == sorted(p.stem for p in (ROOT / "queries").glob("*.rq"))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("query", "who-met-wohm"), "who-met-whom"),
        (("query", "who-met-whom", "-p", "entity=Atlantis"), "Atlantis"),
        (("query", "who-met-whom", "-p", "nobody=x"), "entity"),
        (("query", "who-met-whom", "-p", "entity"), "NAME=VALUE"),
        (("export", "graph.doc"), ".ttl"),
        (("build", str(SEEDS), "--threshold", "two"), "0 to 1"),
        (("build", str(SEEDS), "--published", "yesterday"), "YYYY-MM-DD"),
    ],
)
def test_mistakes_are_named_with_a_remedy(
    graph: Path, arguments: tuple[str, ...], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    _, err = said(capsys, *arguments, "--graph", graph, code=1)
    assert message in err


def test_wrong_usage_is_exit_code_two(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build"]) == 2
    assert "sources" in capsys.readouterr().err.lower()


def test_missing_graph_says_how_to_make_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, err = said(capsys, "query", "timeline", "--graph", tmp_path / "none", code=1)
    assert "kg build" in err


def test_explain_marks_the_words(graph: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, _ = said(capsys, "explain", "Putin", "meets", "Lukashenko", "--graph", graph)
    assert "«met»" in out
    assert "moscow-times.txt" in out


def test_validate_workspace_and_file(graph: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, _ = said(capsys, "validate", "--graph", graph)
    assert "conforms" in out
    said(capsys, "export", tmp_path / "graph.ttl", "--graph", graph)
    broken = (tmp_path / "graph.ttl").read_text(encoding="utf-8").replace("kg:polarity kg:negated", "kg:polarity 3")
    (tmp_path / "broken.ttl").write_text(broken, encoding="utf-8")
    out, _ = said(capsys, "validate", tmp_path / "broken.ttl", code=3)
    assert "polarity" in out


def test_show_draws_both_formats(graph: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "show", tmp_path / "n.svg", tmp_path / "n.png", "--graph", graph)
    assert (tmp_path / "n.svg").read_text(encoding="utf-8").count("Belarus")
    assert (tmp_path / "n.png").read_bytes().startswith(b"\x89PNG")


def test_export_round_trips_and_cuts_quotes(graph: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("g.ttl", "g.nq", "g.trig", "g.jsonld", "g.graphml"):
        said(capsys, "export", tmp_path / name, "--graph", graph)
    # there are no blank nodes, so equal sets are isomorphic graphs
    turtle = {q.triple for q in ox.parse(path=tmp_path / "g.ttl")}
    for name in ("g.nq", "g.trig", "g.jsonld"):
        quads = ox.parse(path=tmp_path / name, format=ox.RdfFormat.from_extension(name.rpartition(".")[2]))
        assert {q.triple for q in quads if "/graph/quarantine/" not in str(q.graph_name)} == turtle
    said(capsys, "export", tmp_path / "none.ttl", "--quotes", "none", "--graph", graph)
    assert "nif:anchorOf" not in (tmp_path / "none.ttl").read_text(encoding="utf-8")


@pytest.mark.parametrize(("form", "key"), [("claims", "claims"), ("events", "events"), ("openie", "triples")])
def test_extract_reads_and_writes_json_lines(
    form: str, key: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [{"id": "7", "text": "Ghana sold Peru three ships."}, {"id": "8", "text": "It rained."}]
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(json.dumps(line) + "\n" for line in lines)))
    out, _ = said(capsys, "extract", "--format", form)
    found = [json.loads(line) for line in out.splitlines()]
    assert [record["id"] for record in found] == ["7", "8"]
    assert found[0][key]


def test_extract_names_the_bad_line(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO('{"id": "1", "text": "Ghana sold Peru ships."}\n{"id": 2}\n'))
    _, err = said(capsys, "extract", code=1)
    assert "standard input line 2" in err


def test_lexicon_of_the_user_brings_classes_properties_and_shapes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pack = tmp_path / "football.toml"
    pack.write_text(
        """
[pack]
name = "football"
title = "Transfers of players"
namespace = "https://example.org/football#"
prefix = "fb"

[classes.Hire]
label = "hire"
definition = "A club takes a player under contract."
property = { name = "hires", label = "hires", from = "agent", to = "recipient" }
[classes.Hire.roles]
agent = { values = ["entity"], required = true }
recipient = { values = ["entity"], required = true }
[[classes.Hire.triggers]]
verbs = ["snatch"]
frame = { subject = "agent", object = "recipient" }
""",
        encoding="utf-8",
    )
    (tmp_path / "a.txt").write_text(
        "Peru and Chile talk\n\n9 May 2022\n\nPeru snatched Chile on Monday, officials in the capital said to reporters.\n"
    )
    graph = tmp_path / "g"
    said(capsys, "build", tmp_path / "a.txt", "--lexicon", pack, "--graph", graph)
    query = "SELECT DISTINCT ?s ?o WHERE { ?s <https://example.org/football#hires> ?o }"
    (tmp_path / "q.rq").write_text(query, encoding="utf-8")
    out, _ = said(capsys, "query", tmp_path / "q.rq", "--graph", graph)
    assert "ent:Peru" in out
    out, _ = said(capsys, "validate", "--graph", graph)
    assert "HireClaimShape" in out.split("checked nothing")[0]


def test_module_runs_as_the_command() -> None:
    done = subprocess.run([sys.executable, "-m", "kg", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("kg 0.")
