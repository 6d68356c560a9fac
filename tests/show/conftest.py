import networkx as nx
import pytest

ENTITIES = [
    ("ent:Norway", "Norway", "schema:Country", 4),
    ("ent:Kenya", "Kenya", "schema:Country", 3),
    ("ent:Lars_Holm", "Lars Holm", "schema:Person", 2),
    ("ent:Amina_Wanjiru", "Amina Wanjiru", "schema:Person", 2),
    ("ent:Oslo", "Oslo", "schema:City", 1),
    ("ent:Fund", "Coastal Development Fund of the North", "schema:Organization", 1),
    ("ent:Treaty", "Fishing Treaty", "kg:Agreement", 1),
    ("ent:Nobody", "Nobody", "schema:Person", 1),
]
RELATIONS = [
    ("ent:Norway", "ent:Kenya", "lends to", 3, "actual", True, False),
    ("ent:Norway", "ent:Kenya", "supplies to", 1, "planned", False, False),
    ("ent:Kenya", "ent:Norway", "agrees with", 2, "actual", True, True),
    ("ent:Kenya", "ent:Norway", "buys from", 1, "actual", False, False),
    ("ent:Lars_Holm", "ent:Norway", "holds office in", 2, "actual", False, False),
    ("ent:Amina_Wanjiru", "ent:Lars_Holm", "meets", 2, "actual", False, True),
    ("ent:Amina_Wanjiru", "ent:Kenya", "holds office in", 1, "actual", False, False),
    ("ent:Fund", "ent:Oslo", "located in", 1, "actual", False, False),
    ("ent:Fund", "ent:Kenya", "invests in", 1, "planned", False, False),
    ("ent:Norway", "ent:Treaty", "signs", 1, "planned", True, False),
]


@pytest.fixture
def small() -> nx.MultiDiGraph:
    """A network as ``graph.network()`` gives it, with planned, disputed and merged relations."""
    graph = nx.MultiDiGraph()
    for name, label, type_, sources in ENTITIES:
        graph.add_node(name, label=label, type=type_, sources=sources)
    for key, (source, target, label, sources, modality, disputed, symmetric) in enumerate(RELATIONS):
        graph.add_edge(
            source, target, f"{key:016x}", property="kg:x", label=label, sources=sources, modality=modality,
            disputed=disputed, symmetric=symmetric,
        )  # fmt: skip
    return graph


@pytest.fixture
def large() -> nx.MultiDiGraph:
    """Two hundred entities and six hundred relations, a few of them hubs."""
    kinds = ["schema:Person", "schema:Country", "schema:Organization", "schema:City", "kg:Agreement"]
    words = ["Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Ginkgo", "Hazel", "Ironwood", "Juniper", "Larch"]
    verbs = ["meets", "lends to", "supplies to", "accuses", "cooperates with", "holds office in", "demands of"]
    graph = nx.MultiDiGraph()
    for at in range(200):
        label = " ".join(words[(at * k + at // 7) % len(words)] for k in range(1, 2 + at % 4))
        graph.add_node(f"ent:{at}", label=f"{label} {at}", type=kinds[at % 5], sources=1 + at % 6)
    for at in range(600):
        source, target = (at * at) % 23, (at * 7 + at // 3) % 200
        if source != target:
            graph.add_edge(
                f"ent:{source}", f"ent:{target}", f"{at:016x}", property="kg:x", label=verbs[at % 7], sources=1 + at % 3,
                modality="planned" if at % 4 == 0 else "actual", disputed=at % 9 == 0, symmetric=at % 7 in {0, 4},
            )  # fmt: skip
    return graph
