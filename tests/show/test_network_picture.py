"""The picture: what is chosen, that nothing collides, that the bytes are the same each time."""

import re
import subprocess
import sys
from itertools import combinations
from pathlib import Path

import networkx as nx
import pytest

from kg.errors import KGError, QueryError
from kg.show.layout import Box, place
from kg.show.network import select
from kg.show.picture import draw, draw_view
from kg.show.scene import Scene, make_scene


def width(text: str, size: float, bold: bool) -> float:
    return len(text) * size * (0.7 if bold else 0.6)


def boxes(scene: Scene) -> list[Box]:
    return [item.box for item in (*scene.nodes, *scene.labels)]


def test_relations_of_a_pair_are_merged_the_best_supported_first(small: nx.MultiDiGraph) -> None:
    view = select(small)
    [link] = [link for link in view.links if (link.first, link.second) == ("ent:Kenya", "ent:Norway")]
    assert [(r.label, r.forward, r.symmetric, r.planned, r.disputed) for r in link.relations] == [
        ("lends to", False, False, False, True),
        ("agrees with", True, True, False, True),
        ("buys from", True, False, False, False),
        ("supplies to", False, False, True, False),
    ]
    assert (link.planned, link.disputed, link.sources) == (False, True, 3)
    assert (view.entities, view.relations, view.shown) == (7, 10, 10)


def test_who_has_no_relation_is_not_drawn(small: nx.MultiDiGraph) -> None:
    assert "ent:Nobody" not in {node.id for node in select(small).nodes}


def test_kinds_come_from_the_entity_classes(small: nx.MultiDiGraph) -> None:
    assert {node.label: node.kind for node in select(small).nodes} == {
        "Norway": "country", "Kenya": "country", "Lars Holm": "person", "Amina Wanjiru": "person", "Oslo": "place",
        "Coastal Development Fund of the North": "organization", "Fishing Treaty": "other",
    }  # fmt: skip


def test_the_most_important_are_chosen_and_hang_together(large: nx.MultiDiGraph) -> None:
    view = select(large, top=20)
    assert len(view.nodes) == 20
    assert len(view.links) <= 32
    linked = {name for link in view.links for name in (link.first, link.second)}
    assert linked == {node.id for node in view.nodes}
    assert view.relations > 500


def test_a_chosen_one_without_links_gives_way() -> None:
    graph = nx.MultiDiGraph()
    for name in "abcdef":
        graph.add_node(name, label=name, type="schema:Person", sources=1)
    # a and b each have many links, but to those that are not chosen
    for source, target in (("a", "c"), ("a", "d"), ("b", "e"), ("b", "f")):
        graph.add_edge(source, target, label="meets", sources=1, modality="actual", disputed=False, symmetric=True)
    chosen = {node.id for node in select(graph, top=2).nodes}
    assert chosen == {"a", "c"}


@pytest.mark.parametrize("name", ["small", "large"])
@pytest.mark.parametrize("top", [5, 20, 40])
def test_no_box_of_a_node_or_label_touches_another(name: str, top: int, request: pytest.FixtureRequest) -> None:
    scene = make_scene(select(request.getfixturevalue(name), top=top), width)
    assert [(a, b) for a, b in combinations(boxes(scene), 2) if a.meets(b, gap=2.0)] == []
    assert all(
        b.x + b.width / 2 <= scene.width + 1e-6 and b.y + b.height / 2 <= scene.height + 1e-6 for b in boxes(scene)
    )


@pytest.mark.parametrize("name", ["small", "large"])
def test_no_line_runs_under_a_box_that_it_does_not_join(name: str, request: pytest.FixtureRequest) -> None:
    scene = make_scene(select(request.getfixturevalue(name)), width)
    hidden = set()
    for curve in scene.curves:
        for node in scene.nodes:
            if node.node.id not in {curve.link.first, curve.link.second}:
                hits = [p for p in curve.points if node.box.meets(Box(*p, 0.0, 0.0))]
                hidden |= {(curve.link.first, curve.link.second, node.node.id)} if hits else set()
    assert len(hidden) <= len(scene.curves) // 16, hidden


def test_labels_say_direction_plan_and_dispute(small: nx.MultiDiGraph) -> None:
    scene = make_scene(select(small), width)
    lines = {line for label in scene.labels for line in label.lines}
    assert {re.sub(r"[→←↑↓] ?| ?[→←↑↓]", "", line) for line in lines} == {
        "lends to (disputed)", "agrees with (disputed)", "buys from", "supplies to (planned)", "holds office in",
        "meets", "located in", "invests in (planned)", "signs (planned, disputed)",
    }  # fmt: skip
    assert "meets" in lines  # a symmetric relation points nowhere
    assert not any(line == "located in" for line in lines)


def test_of_many_relations_a_disputed_one_is_named() -> None:
    graph = nx.MultiDiGraph()
    for name in "ab":
        graph.add_node(name, label=name, type="schema:Country", sources=1)
    for sources in range(1, 8):
        graph.add_edge(
            "a", "b", label=f"act {sources}", sources=sources, modality="actual", disputed=sources == 2, symmetric=True
        )
    [label] = make_scene(select(graph), width).labels
    assert label.lines == ("act 7", "act 6", "act 2 (disputed)", "and 4 more")


def test_arrows_point_to_the_object(small: nx.MultiDiGraph) -> None:
    scene = make_scene(select(small), width)
    curves = {(curve.link.first, curve.link.second): curve for curve in scene.curves}
    assert (curves["ent:Lars_Holm", "ent:Norway"].to_first, curves["ent:Lars_Holm", "ent:Norway"].to_second) == (
        False,
        True,
    )
    assert (curves["ent:Kenya", "ent:Norway"].to_first, curves["ent:Kenya", "ent:Norway"].to_second) == (True, True)
    assert not curves["ent:Amina_Wanjiru", "ent:Lars_Holm"].to_second


def test_long_names_take_two_lines(small: nx.MultiDiGraph) -> None:
    scene = make_scene(select(small), width)
    assert ("Coastal Development", "Fund of the North") in [node.lines for node in scene.nodes]


def test_boxes_on_one_spot_are_parted() -> None:
    placed = place([(50.0, 20.0)] * 6, [])
    assert not any(a.meets(b, gap=8.0) for a, b in combinations(placed, 2))
    assert place([], []) == []
    assert len(place([(10.0, 10.0)], [])) == 1


def test_the_files_are_written_and_equal_each_time(small: nx.MultiDiGraph, tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        draw(small, tmp_path / folder / "n.svg", tmp_path / folder / "n.png", title="$5 & <more>")
    for name in ("n.svg", "n.png"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    svg = (tmp_path / "one" / "n.svg").read_text(encoding="utf-8")
    assert "<dc:date>" not in svg
    assert (tmp_path / "one" / "n.png").read_bytes().startswith(b"\x89PNG")


def test_planned_is_dashed_and_disputed_red(small: nx.MultiDiGraph, tmp_path: Path) -> None:
    draw(small, tmp_path / "n.svg")
    svg = (tmp_path / "n.svg").read_text(encoding="utf-8")
    assert "stroke-dasharray" in svg
    assert "#c02b2b" in svg


def test_drawn_text_stays_in_its_box(large: nx.MultiDiGraph, tmp_path: Path) -> None:
    scene = draw_view(select(large), [tmp_path / "n.svg"], title="Trees")
    assert [(a, b) for a, b in combinations(boxes(scene), 2) if a.meets(b, gap=2.0)] == []


def test_an_empty_network_and_a_wrong_ending_are_refused(small: nx.MultiDiGraph, tmp_path: Path) -> None:
    lonely = nx.MultiDiGraph()
    lonely.add_node("ent:A", label="A", type="schema:Person", sources=1)
    with pytest.raises(QueryError, match="0 entities and no relation between two of them; there is nothing to draw"):
        draw(lonely, tmp_path / "n.svg")
    with pytest.raises(QueryError, match=r"'n.gif' does not end in \.svg, \.png or \.pdf"):
        draw(small, tmp_path / "n.gif")
    with pytest.raises(KGError, match="the picture cannot be written"):
        draw(small, tmp_path / "no" / "n.svg")


def test_without_matplotlib_the_extra_is_named(
    small: nx.MultiDiGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(QueryError, match=r"pip install 'kg-news\[picture\]'"):
        draw(small, tmp_path / "n.svg")


def test_importing_the_picture_loads_no_matplotlib() -> None:
    code = "import sys, kg.show.picture, kg.show.explain; print('matplotlib' in sys.modules, 'rich' in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        == "False False\n"
    )
