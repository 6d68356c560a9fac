"""The Python that the manual shows runs."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import networkx as nx
import pandas as pd
import pytest
from built_page import ROOT
from serve_worlds import make_workspace

DOCS = ROOT / "docs"
# the page speaks of the graph of seeds/; the invented graph has these instead
OTHERS = {"ent:Belarus": "ent:Kenya", "ent:Poland": "ent:Japan", "ent:Vladimir_Putin": "ent:Norway"}


def python_of(page: str) -> str:
    return "\n".join(re.findall(r"```python\n(.*?)```", (DOCS / page).read_text("utf-8"), re.DOTALL))


@pytest.fixture
def analysed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """What the code of docs/analysis.md defines."""
    make_workspace(tmp_path / "kg-graph")
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    exec(python_of("analysis.md"), names)  # noqa: S102
    return names


def test_the_code_of_the_page_on_analysis_runs(analysed: dict[str, object]) -> None:
    assert isinstance(analysed["pairs"], nx.Graph)
    assert isinstance(analysed["events"], pd.DataFrame)
    assert isinstance(analysed["new"], set)


def test_every_call_of_its_table_runs(analysed: dict[str, object]) -> None:
    page = (DOCS / "analysis.md").read_text("utf-8")
    rows = re.findall(r"^\| (?:who|which|how)[^|]*\| (.*) \|$", page, re.MULTILINE)
    for name, other in OTHERS.items():
        rows = [row.replace(name, other) for row in rows]
    calls = [call for row in rows for call in re.findall(r"`([^`]+\))`", row)]
    assert len(calls) > 8
    for call in calls:
        assert eval(call, analysed) is not None, call  # noqa: S307


def test_the_code_of_the_how_to_page_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(DOCS / "examples" / "articles", tmp_path / "articles")
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    exec(python_of("how-to.md"), names)  # noqa: S102
    assert len(names["frame"]) == 2
