"""The table of benchmarks/queries.py, and how it gives up."""

import importlib
import itertools
import re
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"


@pytest.fixture(scope="module")
def queries() -> ModuleType:
    """The benchmark, which lies beside the package and not in it."""
    sys.path.insert(0, str(BENCHMARKS))
    return importlib.import_module("queries")


def row(name: str, seconds: float, **more: object) -> dict[str, object]:
    return {"query": name, "rows": 1_200, "embedded": seconds, "server": 0.5, **more}


def test_each_row_says_how_many_times_longer_rdflib_takes(queries: ModuleType) -> None:
    rows = [
        row("fast", 0.0001, rdflib=0.02, **{"given up": False}),
        row("slow", 0.5, rdflib=15.0, **{"given up": True}),
        row("steady", 0.1, rdflib=5.0, **{"given up": False}),
        row("broken", 0.1),
    ]
    text = queries.report({"1 million": {"quads": 1_000_000, "queries": rows}})
    cells = {line.split()[0]: re.split(r"\s{2,}", line) for line in text.splitlines()[2:]}
    assert cells["fast"][1:] == ["1,200", "0.000", "0.50", "0.02", "20"]  # times below a millisecond count as one
    assert cells["slow"][-2:] == ["> 15.00", "> 30"]
    assert cells["broken"][-2:] == ["fails", "-"]
    assert text.splitlines()[0] == "1 million: 1,000,000 quads, processor seconds"
    assert text.splitlines()[-1] == "rdflib over embedded: median 30, least 20.0; 1 of 3 given up (>)"


def test_a_graph_without_rdflib_has_no_column_for_it(queries: ModuleType) -> None:
    text = queries.report({"10 million": {"quads": 10_000_000, "queries": [row("fast", 0.1)]}})
    assert "rdflib" not in text


def test_python_that_takes_too_long_is_given_up(queries: ModuleType) -> None:
    with pytest.raises(queries.TimeUp), queries.at_most(0.05):
        for _ in itertools.count():
            pass
    with queries.at_most(0.05):
        begun = time.process_time()
    while time.process_time() < begun + 0.1:
        pass  # nothing rings later
