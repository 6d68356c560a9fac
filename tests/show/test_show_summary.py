import io
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import Store
from rich.console import Console

from kg.query import load_query, run
from kg.read import SetAside
from kg.show.summary import render_summary, summary_lines
from kg.show.tables import result_table


@dataclass
class FakeReport:
    graph: Path = Path("kg-graph")
    dry_run: bool = False
    new: int = 3
    replaced: int = 1
    reused: int = 0
    remade: int = 0
    removed: int = 0
    copies: int = 0
    near_copies: int = 0
    documents: int = 4
    mentions: int = 1262
    quarantined: int = 1
    entities: int = 67
    events: int = 90
    statements: int = 1
    disputes: int = 2
    quads: int = 12345
    failures: list[str] = field(default_factory=list)
    set_aside: list[SetAside] = field(default_factory=list)
    claims: Counter[str] = field(default_factory=lambda: Counter({c: n for n, c in enumerate("ABCDEFGHIJ", start=1)}))
    seconds: dict[str, float] = field(default_factory=lambda: {"read": 0.11, "fuse": 2.0})


def test_the_summary_counts_every_layer() -> None:
    assert summary_lines(FakeReport()) == [
        "4 documents (3 new, 1 replaced)",
        "  text     1,262 mentions, 55 claims",
        "  claims   J 10, I 9, H 8, G 7, F 6, E 5, D 4, C 3, others 3",
        "  world    67 entities, 90 events, 1 direct triple, 2 disputes",
        "  quarantine  1 node that did not conform to the shapes",
        "Graph: kg-graph (12,345 quads)",
    ]


def test_failures_and_times_are_told() -> None:
    lines = summary_lines(FakeReport(failures=["x"]), verbose=True)
    assert lines[-2:] == ["1 document failed, see the messages above.", "Time: read 0.1 s, fuse 2.0 s"]


def test_a_dry_run_says_that_nothing_was_written() -> None:
    assert summary_lines(FakeReport(dry_run=True)) == [
        "Nothing was written. The build would hold 4 documents (3 new, 1 replaced)"
    ]


def test_an_empty_graph_has_a_summary() -> None:
    lines = summary_lines(FakeReport(documents=0, new=0, replaced=0, claims=Counter()))
    assert lines[:2] == ["0 documents", "  text     1,262 mentions, 0 claims"]


def test_the_summary_is_printed_as_it_is() -> None:
    out = io.StringIO()
    render_summary(FakeReport(graph=Path("[bold]x")), Console(file=out, width=20))
    assert "Graph: [bold]x (12,345 quads)\n" in out.getvalue()


def test_results_become_tables_on_a_terminal(world: Store) -> None:
    out = io.StringIO()
    Console(file=out, width=200).print(result_table(run(world, load_query("disputes"))))
    assert "at most 250000000 EUR" in out.getvalue()
    out = io.StringIO()
    Console(file=out, width=60).print(
        result_table(run(world, 'SELECT DISTINCT ?a ?n { BIND("[red]" AS ?a) BIND(12345 AS ?n) }'))
    )
    assert "[red]" in out.getvalue()
    assert "12,345" in out.getvalue()
