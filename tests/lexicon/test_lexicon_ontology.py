"""The ontology declares every term of the vocabulary with label, comment, domain, range and alignment."""

import pytest
from rdflib import OWL, RDF, RDFS, Literal, Namespace, URIRef
from rdflib.namespace import SKOS

from kg.iris import KG as KG_IRI
from kg.iris import PREFIXES
from kg.lexicon import load_lexicon
from kg.lexicon.compile import ontology_graph
from kg.lexicon.model import ROLES

KG, SCHEMA = Namespace(KG_IRI), Namespace(PREFIXES["schema"])
GRAPH = ontology_graph(load_lexicon())

TEXT = ["sha256", "textSha256", "sourceKey", "sourcePath"]
CLAIM = [
    "eventType",
    "predicate",
    "evidence",
    "trigger",
    "polarity",
    "modality",
    "attributedTo",
    "via",
    "confidence",
    "rule",
    "timeExpression",
    "earliest",
    "latest",
    "approximate",
    "claimOf",
]
WORLD = [
    "event",
    "copyOf",
    "lineage",
    "mentionCount",
    "sourceCount",
    "mergedBecause",
    "claim",
    "disputed",
    "role",
    "value",
    "kind",
    "supportedBy",
    "deniedBy",
    "attributedOnly",
]
PROVENANCE = [
    "focus",
    "software",
    "model",
    "lexicon",
    "knowledgeBase",
    "threshold",
    "ploverCode",
    "cameoRoot",
    "propertyOf",
]
CORE_CLASSES = [
    "Claim",
    "Mention",
    "Event",
    "Entity",
    "RoleFiller",
    "Dispute",
    "Rejection",
    "Polarity",
    "Modality",
    "DisputeKind",
]
ENTITY_CLASSES = [
    "GovernmentBody",
    "PoliticalParty",
    "MilitaryUnit",
    "Bloc",
    "Agreement",
    "NamedEvent",
    "Office",
    "Product",
    "Group",
    "Law",
]
REUSED_CLASSES = [
    "Person",
    "Organization",
    "NewsMediaOrganization",
    "Corporation",
    "Country",
    "City",
    "Place",
    "CreativeWork",
]
INDIVIDUALS = ["affirmed", "negated", "actual", "planned", "possible", "desired", "differentValue", "bounds", "denied"]

# The table "Event and relation classes": class, direct property
EVENTS = {
    "Meet": "meets", "Visit": "visits", "Negotiate": "talksWith", "Say": None, "Agree": "agreesWith", "Sign": "signs",
    "Support": "supports", "Cooperate": "cooperatesWith", "Lend": "lendsTo", "Aid": "aids", "Supply": "suppliesTo",
    "Buy": "buysFrom", "Sell": "sellsTo", "Invest": "investsIn", "Concede": "concedesTo", "Demand": "demandsOf",
    "Accuse": "accuses", "Reject": "rejects", "Threaten": "threatens", "Protest": "protestsAgainst",
    "Exercise": "exercisesWith", "Deploy": "deploysTo", "Sanction": "sanctions", "Coerce": "coerces", "Attack": "attacks",
    "HoldOffice": "holdsOfficeIn", "Appoint": "appoints", "Leave": None, "Employ": "worksFor", "Member": "memberOf",
    "Ally": "alliedWith", "Border": "borders", "Locate": "locatedIn", "Own": "owns", "Acquire": "acquires",
    "Found": "founds", "Birth": None, "Death": None, "Try": "tries", "Win": "wins", "Act": None,
}  # fmt: skip
SYMMETRIC = {"meets", "talksWith", "agreesWith", "cooperatesWith", "exercisesWith", "alliedWith", "borders"}
PLOVER = {
    "CONSULT 04": "Meet Visit Negotiate", "AGREE 03": "Agree", "AGREE 05": "Sign", "SUPPORT 05": "Support",
    "COOPERATE 06": "Cooperate Supply Buy Sell Invest", "AID 07": "Lend Aid", "CONCEDE 08": "Concede",
    "REQUEST 10": "Demand", "ACCUSE 11": "Accuse", "REJECT 12": "Reject", "THREATEN 13": "Threaten",
    "PROTEST 14": "Protest", "MOBILIZE 15": "Exercise Deploy", "SANCTION 16": "Sanction", "COERCE 17": "Coerce",
    "ASSAULT 18-20": "Attack",
}  # fmt: skip

ALIGNED = (OWL.equivalentClass, OWL.inverseOf, SKOS.closeMatch, SKOS.related, RDFS.subPropertyOf)


def labelled(term: URIRef) -> bool:
    texts = [list(GRAPH.objects(term, predicate)) for predicate in (RDFS.label, RDFS.comment)]
    return all(len(found) == 1 and isinstance(found[0], Literal) and found[0].language == "en" for found in texts)


@pytest.mark.parametrize("name", [*ROLES, *TEXT, *CLAIM, *WORLD, *PROVENANCE])
def test_property_is_declared(name):
    term = KG[name]
    assert labelled(term)
    assert len(list(GRAPH.objects(term, RDFS.domain))) == 1
    assert len(list(GRAPH.objects(term, RDFS.range))) == 1
    assert any((term, predicate, None) in GRAPH for predicate in ALIGNED)


@pytest.mark.parametrize("name", [*CORE_CLASSES, *ENTITY_CLASSES])
def test_class_is_declared(name):
    assert (KG[name], RDF.type, OWL.Class) in GRAPH
    assert labelled(KG[name])
    assert (KG[name], RDFS.subClassOf, None) in GRAPH


@pytest.mark.parametrize("name", INDIVIDUALS)
def test_individual_is_declared(name):
    assert labelled(KG[name])
    assert GRAPH.value(KG[name], RDF.type) in {KG.Polarity, KG.Modality, KG.DisputeKind}


@pytest.mark.parametrize("term", [*(KG[n] for n in ENTITY_CLASSES), *(SCHEMA[n] for n in REUSED_CLASSES)])
def test_entity_class_is_below_entity_and_aligned(term):
    assert KG.Entity in set(GRAPH.transitive_objects(term, RDFS.subClassOf))
    if str(term).startswith(KG_IRI):
        assert (term, SKOS.closeMatch, None) in GRAPH


def test_event_classes_are_those_of_the_vocabulary():
    assert set(load_lexicon().classes) == set(EVENTS)


@pytest.mark.parametrize(("name", "direct"), EVENTS.items())
def test_event_class_is_declared_with_claim_class_and_direct_property(name, direct):
    assert labelled(KG[name])
    assert (KG[name], RDFS.subClassOf, KG.Event) in GRAPH
    assert (KG[f"{name}Claim"], KG.claimOf, KG[name]) in GRAPH
    assert (KG[f"{name}Claim"], RDFS.subClassOf, KG.Claim) in GRAPH
    assert GRAPH.value(None, KG.propertyOf, KG[name]) == (KG[direct] if direct else None)
    if direct:
        assert labelled(KG[direct])
        assert ((KG[direct], RDF.type, OWL.SymmetricProperty) in GRAPH) is (direct in SYMMETRIC)


def test_plover_and_cameo_codes_are_those_of_the_vocabulary():
    expected = {name: tuple(code.split()) for code, names in PLOVER.items() for name in names.split()}
    found = {name: (c.plover, c.cameo) for name, c in load_lexicon().classes.items() if c.plover}
    assert found == expected


def test_no_own_term_is_used_without_being_declared():
    declared = set(GRAPH.subjects(RDF.type))
    used = {node for node in GRAPH.all_nodes() | set(GRAPH.predicates()) if str(node).startswith(KG_IRI)}
    assert used <= declared
