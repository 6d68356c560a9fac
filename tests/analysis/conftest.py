import networkx as nx
import pytest


@pytest.fixture
def relations() -> nx.MultiDiGraph:
    """Four entities and five relations, as ``graph.network()`` gives them, one of them without a date."""
    graph: nx.MultiDiGraph = nx.MultiDiGraph()
    graph.add_nodes_from([(name, {"label": name.title()}) for name in ("a", "b", "c", "d")])
    for key, source, target, label, sources, days in (
        ("1", "a", "b", "lends to", 2, ("2021-01-01", "2021-12-31")),
        ("2", "b", "a", "accuses", 1, ("2022-03-04", "2022-03-04")),
        ("3", "a", "b", "meets", 3, None),
        ("4", "b", "c", "meets", 1, ("2020-05-01", "2020-05-31")),
        ("5", "c", "c", "leads", 1, ("2020-05-01", "2020-05-31")),
    ):
        dates = {"first": days[0], "last": days[1]} if days else {}
        graph.add_edge(source, target, key, label=label, sources=sources, disputed=key == "2", **dates)
    return graph
