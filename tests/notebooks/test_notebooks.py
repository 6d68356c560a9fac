"""Both notebooks run from a clean kernel, warn of nothing, and show what they promise."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
from built_page import build_page

ROOT = Path(__file__).parents[2]
OUT = ROOT / "out"
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))

pytestmark = pytest.mark.npm  # they show the page


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what a clone holds beside the notebooks, without graphs of earlier runs."""
    folder = tmp_path_factory.mktemp("clone")
    build_page()
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    shutil.copytree(ROOT / "notebooks", folder / "notebooks", ignore=shutil.ignore_patterns("kg-graph*", ".ipynb*"))
    return folder / "notebooks"


def executed(notebook: Path) -> list[Any]:
    """Execute a notebook in place, in a process of its own, and return its cells of code."""
    command = [sys.executable, "-m", "jupyter", "execute", "--inplace", "--timeout=300", notebook.name]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "default"}
    done = subprocess.run(command, cwd=notebook.parent, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    OUT.mkdir(exist_ok=True)
    shutil.copy(notebook, OUT / notebook.name)
    cells = [cell for cell in nbformat.read(notebook, 4).cells if cell.cell_type == "code"]
    said = [output.text for cell in cells for output in cell.outputs if output.get("name") == "stderr"]
    assert said == []
    return cells


def shown(cell: Any, kind: str = "text/plain") -> str:
    """Return the only thing that a cell shows, in a format."""
    (output,) = cell.outputs
    return str(output.data[kind])


def test_explore_goes_from_articles_to_answers_in_ten_cells(clean: Path) -> None:
    cells = executed(clean / "explore.ipynb")
    assert len(cells) == 10
    build, graph, meetings, measures, lending, claim, disputes, timeline, plot, speakers = cells
    assert shown(build).startswith("4 documents (4 new)\n")
    page = shown(graph, "text/html")
    assert "<iframe" in page
    assert "data:image/svg+xml" in page
    assert shown(graph, "image/svg+xml").startswith("<?xml")
    assert "Vladimir Putin" in shown(meetings, "text/html")
    assert "betweenness" in shown(measures, "text/html")
    assert "Russia · lends to · Belarus" in shown(lending)
    assert "<mark" in shown(claim, "text/html")
    assert shown(disputes).count("Disputed: ") == 2
    assert "2021-09-09" in shown(timeline)
    assert len(shown(plot, "image/png")) > 10_000
    assert "Vladimir Putin" in shown(speakers)


def test_a_pack_for_another_domain_types_what_was_untyped(clean: Path) -> None:
    cells = executed(clean / "your-domain.ipynb")
    texts = ["".join(str(o.get("text") or o.data["text/plain"]) for o in cell.outputs) for cell in cells]
    assert "recall" in texts[0]
    assert "LayOff 6" in texts[3]
    assert texts[4] == "predicates without a class: none occurs twice\ntriggers of the pack that never fired: none\n"
    assert "sh:targetClass corp:LayOffClaim" in texts[6]
    assert "found 0 violations" in texts[7]
    assert "1,500" in texts[8]
    assert texts[9].count("«cut»") == 3
    assert "competes with" in texts[10]
    assert "text/html" in cells[11].outputs[0].data


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_are_committed_without_outputs_and_define_nothing(path: Path) -> None:
    """An output would be a copy of the page and go stale; definitions belong into kg."""
    cells = [cell for cell in json.loads(path.read_text("utf-8"))["cells"] if cell["cell_type"] == "code"]
    for cell in cells:
        assert cell["outputs"] == []
        assert cell["execution_count"] is None
        assert not any(line.lstrip().startswith(("def ", "class ")) for line in cell["source"])


def test_both_notebooks_are_there() -> None:
    assert [path.stem for path in NOTEBOOKS] == ["explore", "your-domain"]
