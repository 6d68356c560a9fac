"""Who imports whom: no circles, and each library where the layout says."""

import ast
from pathlib import Path

import networkx as nx

ROOT = Path(__file__).parents[1]
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in (ROOT / "kg").rglob("*.py")
}


def imported(path: Path) -> set[str]:
    """Every module that a file imports, in its functions too, but not what only type checkers read."""
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            node.body = []
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= names & MODULES.keys() or {node.module}
    return found


def test_nothing_imports_itself_by_way_of_others():
    graph = nx.DiGraph((name, other) for name, path in MODULES.items() for other in imported(path) if other in MODULES)
    assert len(graph) > 150
    assert [sorted(circle) for circle in nx.strongly_connected_components(graph) if len(circle) > 1] == []


def test_spacy_stays_inside_annotate():
    users = {name for name, path in MODULES.items() for other in imported(path) if other.partition(".")[0] == "spacy"}
    assert users
    assert all(name.startswith("kg.annotate") for name in users)


def test_annotating_reading_and_fusing_know_no_rdflib():
    users = {name for name, path in MODULES.items() for other in imported(path) if other.partition(".")[0] == "rdflib"}
    assert "kg.rdf.terms" in users
    assert not {name.split(".")[1] for name in users} & {"read", "annotate", "fuse", "model", "iris"}
