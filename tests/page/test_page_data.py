"""What the page is given: entities, edges with what is said for and against them, events, disputes, marked sentences."""

from __future__ import annotations

import json
from pathlib import Path

import networkx as nx
import pytest
from pyoxigraph import Store

from kg.errors import QueryError
from kg.lexicon import Lexicon
from kg.page.data import PageReader
from kg.page.overview import TOP, overview
from kg.page.ranking import rank
from kg.page.records import PageData, PageEdge, plain

DOCS = Path(__file__).parents[2] / "docs"


def edge(data: PageData, source: str, relation: str, target: str) -> PageEdge:
    (found,) = [e for e in data.slice.edges if (e.source, e.relation, e.target) == (source, relation, target)]
    return found


def test_whatever_edges_events_and_claims_name_is_there(data: PageData) -> None:
    part = data.slice
    entities = {entity.id for entity in part.entities}
    claims = {claim.id: claim for claim in part.claims}
    documents = {document.id for document in part.documents}
    events = {event.id for event in part.events}
    relations = {relation.id for relation in part.relations}
    assert len(part.edges) > 5
    for item in part.edges:
        assert {item.source, item.target} <= entities
        assert item.relation in relations
        assert {*item.claims, *item.against} <= claims.keys()
    for event in part.events:
        assert set(event.claims) <= claims.keys()
        named = {entity for fillers in (event.who, event.whom, event.what, event.place) for _, entity in fillers}
        assert named - {""} <= entities
    for claim in part.claims:
        assert claim.event in events
        assert claim.document in documents
        assert part.sentences[claim.at]
    assert {claim for dispute in part.disputes for side in dispute.sides for claim in side.claims} <= claims.keys()


def test_symmetric_triple_gives_one_edge_with_what_denies_it(data: PageData) -> None:
    agreed = edge(data, "ent:Kenya", "kg:agreesWith", "ent:Norway")
    assert agreed.claims == ("claim:agree-courier",)
    assert agreed.against == ("claim:agree-herald",)
    assert not agreed.denied
    assert not [
        e for e in data.slice.edges if (e.source, e.target) == ("ent:Norway", "ent:Kenya") and "agrees" in e.relation
    ]


def test_possible_claims_give_an_edge_that_no_triple_asserts(data: PageData) -> None:
    bought = edge(data, "ent:Kenya", "kg:buysFrom", "ent:Norway")
    assert bought.asserted == ""
    assert edge(data, "ent:Norway", "kg:lendsTo", "ent:Kenya").asserted == "stmt:lend"


def test_sentence_is_marked_with_trigger_agent_and_recipient(data: PageData) -> None:
    (claim,) = [c for c in data.slice.claims if c.id == "claim:lend-herald"]
    sentence = data.slice.sentences[claim.at]
    marked = {role: sentence[start:end] for start, end, role in claim.marks}
    assert marked == {
        "agent": "Norway", "trigger": "lent", "recipient": "Kenya", "theme": "Lamu", "timeExpression": "by June 2030",
    }  # fmt: skip


def test_copy_counts_for_the_source_it_copies(data: PageData) -> None:
    origins = {claim.id: claim.origin for claim in data.slice.claims}
    assert origins["claim:sell-post"] == origins["claim:sell-wire"] == "Pacific Wire"
    assert origins["claim:meet-post"] == "Pacific Wire"


def test_dispute_has_its_sides_with_their_claims(data: PageData) -> None:
    sides = {dispute.role: {side.value: side.claims for side in dispute.sides} for dispute in data.slice.disputes}
    assert sides["amount"] == {
        "200,000,000 EUR": ("claim:lend-herald",),
        "at most 250,000,000 EUR": ("claim:lend-courier",),
    }
    assert sides["polarity"] == {"negated": ("claim:agree-herald",), "affirmed": ("claim:agree-courier",)}


def test_merged_name_is_another_name_of_its_entity(data: PageData) -> None:
    (tanaka,) = [entity for entity in data.slice.entities if entity.id == "ent:Aiko_Tanaka"]
    assert "Tanaka" in tanaka.names
    assert "ent:Tanaka_person" not in {entity.id for entity in data.slice.entities}


def test_limit_keeps_the_most_important_and_names_nothing_else(world: Store, lexicon: Lexicon) -> None:
    reader = PageReader(world, lexicon)
    part = reader.page(title="few", limit=3).slice
    assert [entity.id for entity in part.entities] == list(reader.catalogue.ranking.order[:3])
    kept = {entity.id for entity in part.entities}
    assert all({e.source, e.target} <= kept for e in part.edges)
    whole = reader.page(title="all").slice
    assert 0 < len(part.edges) < len(whole.edges)
    assert 0 < len(part.claims) < len(whole.claims)


def test_served_page_asks_for_sentences_later(world: Store, lexicon: Lexicon, data: PageData) -> None:
    reader = PageReader(world, lexicon)
    served = reader.page(title="served", served=True)
    assert served.slice.sentences == {}
    assert served.slice.claims == data.slice.claims
    found = reader.sentences(["claim:lend-herald", "claim:nowhere"])
    (claim,) = [c for c in data.slice.claims if c.id == "claim:lend-herald"]
    assert found == {claim.at: data.slice.sentences[claim.at]}


def test_surroundings_hold_neighbours_and_events_of_an_entity(world: Store, lexicon: Lexicon) -> None:
    part = PageReader(world, lexicon).surroundings("ent:Lars_Holm")
    assert {entity.id for entity in part.entities} == {
        "ent:Lars_Holm",
        "ent:Amina_Wanjiru",
        "ent:Norway",
        "ent:Aiko_Tanaka",
    }
    assert {event.id for event in part.events} >= {"evt:meet-oslo", "evt:meet-tokyo", "evt:office"}
    assert part.sentences == {}


def test_surroundings_of_nobody_are_an_error(world: Store, lexicon: Lexicon) -> None:
    with pytest.raises(QueryError, match=r"no entity 'ent:Nobody'. Search it by name"):
        PageReader(world, lexicon).surroundings("ent:Nobody")


def test_empty_graph_gives_an_empty_page(lexicon: Lexicon) -> None:
    page = PageReader(Store(), lexicon).page(title="empty")
    assert page.counts.documents == page.counts.entities == 0
    assert page.slice.entities == page.slice.edges == page.places == ()


def test_defaults_are_left_out_of_json(data: PageData) -> None:
    claims = {claim["id"]: claim for claim in plain(data)["slice"]["claims"]}
    assert "modality" not in claims["claim:lend-herald"]
    assert claims["claim:buy-courier"]["modality"] == "possible"
    assert claims["claim:lend-herald"]["confidence"] == 0.92
    assert claims["claim:agree-herald"]["negated"] is True


def communities(parts: int, size: int) -> nx.MultiDiGraph:
    """Parts whose members know each other, each with a few links to the next."""
    graph = nx.MultiDiGraph()
    for at in range(parts * size):
        graph.add_node(f"ent:{at}", label=f"Name {at}", type="schema:Person", sources=1 + at % 3)
    for at in range(parts * size):
        part = at // size
        for step in (1, 2, 5):
            other = part * size + (at + step) % size
            graph.add_edge(f"ent:{at}", f"ent:{other}", f"{at}-{step}", label="meets", sources=1 + at % 2)
        if at % size == 0:
            graph.add_edge(f"ent:{at}", f"ent:{(at + size) % (parts * size)}", f"{at}-far", label="meets", sources=1)
    return graph


def test_groups_are_found_and_the_rest_of_each_is_a_bubble() -> None:
    graph = communities(5, 30)
    ranking = rank(graph)
    assert [group.size for group in ranking.groups] == [30] * 5
    assert {ranking.group[f"ent:{at}"] for at in range(30)} == {ranking.group["ent:0"]}
    places, bubbles = overview(graph, ranking)
    assert len(places) == TOP
    assert {bubble.group for bubble in bubbles} == set(range(5))
    assert rank(graph) == ranking
    assert overview(graph, ranking) == (places, bubbles)


def test_places_of_the_first_view_do_not_touch() -> None:
    graph = communities(4, 40)
    places, bubbles = overview(graph, rank(graph))
    points = [(place.x, place.y) for place in places] + [(bubble.x, bubble.y) for bubble in bubbles]
    pairs = [(one, other) for at, one in enumerate(points) for other in points[at + 1 :]]
    assert min(max(abs(a[0] - b[0]), abs(a[1] - b[1])) for a, b in pairs) >= 40


def test_what_is_too_small_for_a_group_is_gathered() -> None:
    graph = communities(1, 12)
    for at in range(6):
        graph.add_node(f"ent:x{at}", label=f"Other {at}", type="schema:City", sources=1)
    for at in range(0, 6, 2):
        graph.add_edge(f"ent:x{at}", f"ent:x{at + 1}", f"x{at}", label="is located in", sources=1)
    graph.add_node("ent:alone", label="Alone", type="schema:City", sources=1)
    ranking = rank(graph)
    *_, rest = ranking.groups
    assert (rest.size, rest.names) == (6, ())
    assert "ent:alone" not in ranking.group
    assert ranking.order[-1] == "ent:alone"


def test_figures_in_the_docs_are_those_of_the_benchmark() -> None:
    text = (DOCS / "page.md").read_text(encoding="utf-8")
    rows = json.loads((DOCS / "page.json").read_text(encoding="utf-8"))
    assert max(row["entities"] for row in rows) >= 5000
    for row in rows:
        assert f"| {' | '.join(f'{value:,}' for value in row.values())} |" in text
