from datetime import date

import networkx as nx

from kg.analysis import during, simple


def test_a_pair_has_one_edge_with_what_all_its_relations_say(relations: nx.MultiDiGraph) -> None:
    graph = simple(relations)
    assert not graph.is_directed()
    assert graph.edges["a", "b"] == {
        "relations": 3,
        "weight": 6,
        "labels": "accuses, lends to, meets",
        "disputed": True,
    }
    assert graph.edges["b", "c"] == {"relations": 1, "weight": 1, "labels": "meets", "disputed": False}
    assert graph.edges["c", "c"]["relations"] == 1


def test_entities_without_relation_stay_with_their_attributes(relations: nx.MultiDiGraph) -> None:
    graph = simple(relations)
    assert graph.nodes["d"] == {"label": "D"}
    assert list(nx.isolates(graph)) == ["d"]


def test_measures_take_what_it_gives(relations: nx.MultiDiGraph) -> None:
    graph = simple(relations)
    assert nx.betweenness_centrality(graph)["b"] > nx.betweenness_centrality(graph)["a"]
    assert sorted(map(sorted, nx.bridges(graph))) == [["a", "b"], ["b", "c"]]
    assert sum(map(len, nx.community.louvain_communities(graph, seed=1))) == 4


def test_a_time_holds_what_touches_it(relations: nx.MultiDiGraph) -> None:
    def keys(*days: date | None, **options: bool) -> set[str]:
        return {key for *_, key in during(relations, *days, **options).edges(keys=True)}

    assert keys(date(2021, 6, 1), date(2021, 6, 1)) == {"1"}
    assert keys(date(2021, 12, 31)) == {"1", "2"}
    assert keys(None, date(2020, 5, 1)) == {"4", "5"}
    assert keys(date(2023, 1, 1), undated=True) == {"3"}
    assert keys() == {"1", "2", "4", "5"}


def test_changes_are_differences_of_edges(relations: nx.MultiDiGraph) -> None:
    before, after = during(relations, until=date(2021, 6, 1)), during(relations, since=date(2021, 6, 1))
    assert set(after.edges(keys=True)) - set(before.edges(keys=True)) == {("b", "a", "2")}
    assert "c" not in after


def test_the_network_stays_as_it_is(relations: nx.MultiDiGraph) -> None:
    before = relations.copy()
    during(relations).add_edge("x", "y")
    simple(relations).add_edge("x", "y")
    assert nx.utils.graphs_equal(relations, before)
