"""Commands that change a graph or tell about a change, run in this process."""

import json
import re
from pathlib import Path

import pytest
from graph_records import stub_annotator

from kg.builder import build_graph
from kg.cli import main
from kg.store.workspace import Workspace

TEXTS = {
    "one.txt": "Kenya lent Peru $5m on Tuesday. The two sides praised the deal. Norway did not meet Chile.",
    "two.txt": "Officials confirmed that Kenya lent Peru $6m. Norway met Chile in the harbour. It rained.",
    "three.txt": "Ghana said that Nepal met Fiji last week. Kenya lent Peru $5m. Nepal may lend Fiji $3m.",
}


def write(folder: Path, texts: dict[str, str]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(f"A headline about some news\n\n{text}\n", "utf-8")
    table = "\n".join(f'["{n}"]\npublisher = "{n[:-4].title()} Post"\npublished = 2023-03-14' for n in texts)
    (folder / "sources.toml").write_text(table, "utf-8")
    return folder


@pytest.fixture
def graph(tmp_path, monkeypatch):
    monkeypatch.setattr("kg.builder.load_annotator", stub_annotator)
    build_graph(write(tmp_path / "news", TEXTS), graph=tmp_path / "kg-graph", make_annotator=stub_annotator)
    return tmp_path / "kg-graph"


def run(capsys, graph, *arguments):
    code = main([*arguments, "--graph", str(graph)])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def documents(graph):
    with Workspace.open(graph).current().open_ledger() as ledger:
        return {document.source_path: document.id for document in ledger.documents()}


def claim_of(capsys, graph, text):
    _, out, _ = run(capsys, graph, "explain", "Kenya", "lendsTo", "Peru")
    line = next(line for line in out.splitlines() if text in line and "claim:" in line)
    return re.search(r"claim:([0-9a-f]{16})", line)[1]


def test_remove_names_what_it_removes(capsys, graph):
    ids = documents(graph)
    code, out, err = run(capsys, graph, "remove", "two.txt", f"doc:{ids['three.txt']}")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert set(lines[:2]) == {
        f"Removed doc:{ids['two.txt']} (Two Post, two.txt)",
        f"Removed doc:{ids['three.txt']} (Three Post, three.txt)",
    }
    assert lines[2] == "1 document (2 removed)"
    assert documents(graph).keys() == {"one.txt"}


def test_remove_can_be_rehearsed(capsys, graph):
    code, out, _ = run(capsys, graph, "remove", "two.txt", "--dry-run")
    assert (code, out.splitlines()[-1]) == (0, "Nothing was written.")
    assert len(documents(graph)) == 3


def test_remove_of_an_unknown_document_fails(capsys, graph):
    code, out, err = run(capsys, graph, "remove", "too.txt")
    assert (code, out) == (1, "")
    assert "the graph has no document 'too.txt' (did you mean 'two.txt'?)" in err
    assert len(documents(graph)) == 3


def test_sync_drops_what_is_gone(capsys, graph, tmp_path):
    write(tmp_path / "less", {"one.txt": TEXTS["one.txt"]})
    code, out, _ = run(capsys, graph, "build", str(tmp_path / "less"), "--sync", "--dry-run")
    assert (code, out) == (0, "Nothing was written. The build would hold 1 document (1 unchanged, 2 removed)\n")
    code, out, _ = run(capsys, graph, "build", str(tmp_path / "less"), "--sync")
    assert (code, out.splitlines()[0]) == (0, "1 document (1 unchanged, 2 removed)")


def test_review_marks_lists_and_clears(capsys, graph):
    claim = claim_of(capsys, graph, "Two Post")
    code, out, _ = run(capsys, graph, "review", f"claim:{claim}", "wrong", "--note", "A misprint")
    assert code == 0
    assert out.startswith(f"Noted as wrong: claim:{claim}, Two Post\n  Lend: agent Kenya, recipient Peru, amount 6,0")
    _, listed, _ = run(capsys, graph, "review", "--list")
    assert listed.startswith(f"wrong  claim:{claim}, Two Post\n")
    assert listed.endswith("  Note: A misprint\n")
    _, explained, _ = run(capsys, graph, "explain", "Kenya", "lendsTo", "Peru")
    assert "Marked wrong, and left out\n  Two Post" in explained
    code, out, _ = run(capsys, graph, "review", claim[:6], "clear")
    assert (code, out.splitlines()[0]) == (0, f"Cleared claim:{claim}")
    _, listed, _ = run(capsys, graph, "review", "--list")
    assert listed == "No claim has been judged; kg review CLAIM wrong --note WHY does it.\n"


def test_review_needs_a_claim_and_a_verdict(capsys, graph):
    code, _, err = run(capsys, graph, "review")
    assert code == 1
    assert "a claim and a verdict are needed. Write for example: kg review claim:0123456789abcdef wrong" in err
    assert run(capsys, graph, "review", "ab12", "silly")[0] == 2


def test_a_marked_graph_still_conforms(capsys, graph):
    run(capsys, graph, "review", claim_of(capsys, graph, "Two Post"), "wrong", "--note", "A misprint")
    code, out, _ = run(capsys, graph, "validate")
    assert (code, "0 violations" in out or "conforms" in out) == (0, True)


def test_why_not_tells_what_stopped_a_triple(capsys, graph):
    code, out, _ = run(capsys, graph, "explain", "Nepal", "lendsTo", "Fiji", "--why-not")
    assert code == 0
    assert out.startswith("Nepal · lends to · Fiji\n- only possible (claim:")
    assert "    Three Post, 2023-03-14: “Nepal may lend Fiji $3m.”\n" in out


def test_cards_are_a_format_of_queries(capsys, graph):
    code, out, _ = run(capsys, graph, "query", "disputes", "--format", "cards")
    assert code == 0
    assert out.count("Disputed: ") == 2
    assert re.search(r"5,000,000 USD +6,000,000 USD", out)


def test_cards_of_other_answers_are_refused(capsys, graph):
    code, _, err = run(capsys, graph, "query", "coverage", "--format", "cards")
    assert code == 1
    assert "no column of this answer holds claims, events or statements" in err


def test_entities_are_listed_and_explained(capsys, graph):
    code, out, _ = run(capsys, graph, "entities", "--type", "country", "--limit", "2")
    assert code == 0
    assert [line.split()[0] for line in out.splitlines()[2:]] == ["Kenya", "Peru"]
    code, out, _ = run(capsys, graph, "entities", "--why", "Kenya")
    assert (code, out.splitlines()[0]) == (0, "Kenya (ent:Kenya), schema:Country, 3 mentions, 3 sources")
    code, _, err = run(capsys, graph, "entities", "--format", "cards")
    assert (code, "entities are not printed as cards" in err) == (1, True)


def test_notes_on_corrections_go_to_standard_error(capsys, graph, tmp_path):
    (graph / "entities.toml").write_text('[[different]]\nnames = ["Kenya", "Atlantis"]\n')
    code, _, err = run(capsys, graph, "build", str(tmp_path / "news"))
    assert (code, err) == (0, "kg: entities.toml: no entity is named 'Atlantis'.\n")


def test_diff_compares_two_graphs(capsys, graph, tmp_path):
    other = tmp_path / "other"
    texts = TEXTS | {"one.txt": TEXTS["one.txt"].replace("did not meet", "met")}
    build_graph(write(tmp_path / "later", texts), graph=other, make_annotator=stub_annotator)
    assert main(["diff", str(graph), str(other)]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Claims: 1 added, 1 removed\n")
    assert "    One Post, 2023-03-14: “Norway met Chile.”\n" in out
    assert main(["diff", str(graph), str(other), "--exit-code", "--format", "json"]) == 1
    assert json.loads(capsys.readouterr().out)["counts"]["claim"] == {"added": 1, "removed": 1, "changed": 0}
    assert main(["diff", str(graph), str(graph), "--exit-code"]) == 0


@pytest.mark.parametrize("command", ["build", "remove", "review", "diff", "entities", "explain", "query"])
def test_help_has_an_example(capsys, command):
    assert main([command, "--help"]) == 0
    assert f"Example: kg {command}" in capsys.readouterr().out


def test_refresh_takes_up_corrections_without_sources(capsys, graph, tmp_path):
    (graph / "entities.toml").write_text('[[same]]\nnames = ["Kenya", "Norway"]\nnote = "For a test"\n')
    code, out, _ = run(capsys, graph, "build", "--refresh")
    assert (code, out.splitlines()[0]) == (0, "3 documents")
    _, out, _ = run(capsys, graph, "entities", "--why", "Kenya")
    assert "    Norway (ent:Norway): entities.toml says so: For a test" in out.splitlines()
    code, _, err = run(capsys, tmp_path / "none", "build", "--refresh")
    assert (code, "there is no graph here. Make one with: kg build SOURCES" in err) == (1, True)
