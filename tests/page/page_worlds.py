"""Large invented graphs for the page, written as N-Quads without the language pipeline."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pyoxigraph as ox

from kg.iris import prefixes

CLASSES = (
    ("Meet", "kg:meets", ("participant", "participant"), "met"),
    ("Lend", "kg:lendsTo", ("agent", "recipient"), "lent to"),
    ("Accuse", "kg:accuses", ("agent", "recipient"), "accused"),
    ("Supply", "kg:suppliesTo", ("agent", "recipient"), "supplied"),
)  # fmt: skip
TYPES = ("schema:Person", "schema:Country", "schema:Organization", "schema:City", "kg:Agreement", "kg:NamedEvent")
FIRST = ("Ada", "Bo", "Cleo", "Dara", "Edo", "Finn", "Gus", "Hana", "Ivo", "Jun", "Kai", "Lea", "Mila", "Nils", "Ola")
LAST = ("Alder", "Birch", "Cedar", "Dogan", "Elmer", "Firth", "Gorse", "Hazel", "Ivers", "Juniper", "Larch", "Maple")
PUBLISHERS = tuple(f"{word} Gazette" for word in LAST)
GROUP = 100


def large_store(entities: int = 5000, events: int = 9000, seed: int = 3) -> ox.Store:
    """Return a graph whose entities keep mostly to groups of a hundred, with a few that everybody deals with."""
    store = ox.Store()
    lines = "\n".join(f"{line} ." for line in _lines(entities, events, random.Random(seed)))  # noqa: S311
    declared = "\n".join(f"@prefix {prefix}: <{space}> ." for prefix, space in prefixes().items())
    store.load(
        f"{declared}\n{lines}",
        format=ox.RdfFormat.TURTLE,
        to_graph=ox.NamedNode("https://w3id.org/kg-news/id/graph/world"),
    )
    return store


def label(at: int) -> str:
    """Return an entity's name."""
    return f"{FIRST[at % len(FIRST)]} {LAST[at // len(FIRST) % len(LAST)]} {at}"


def _lines(entities: int, events: int, chance: random.Random) -> Iterator[str]:
    for at in range(entities):
        yield (
            f'ent:E{at} a {TYPES[at % len(TYPES)]} ; rdfs:label "{label(at)}" ; kg:mentionCount {1 + at % 9} ;'
            f" kg:sourceCount {1 + at % 4}"
        )
    for at, publisher in enumerate(PUBLISHERS):
        yield f'ent:P{at} rdfs:label "{publisher}"'
        yield (
            f'doc:d{at} schema:publisher ent:P{at} ; schema:datePublished "2024-0{1 + at % 9}-11"^^xsd:date ;'
            f' schema:headline "Report {at}" ; kg:sourcePath "d{at}.txt" ; kg:lineage doc:d{at}'
        )
    for at in range(events):
        yield from _event(at, entities, chance)


def _event(at: int, entities: int, chance: random.Random) -> Iterator[str]:
    name, relation, (one, other), trigger = CLASSES[at % len(CLASSES)]
    subject = at % entities
    thing = chance.randrange(12) * GROUP % entities if chance.random() < 0.06 else _near(subject, entities, chance)
    modality = ("actual", "actual", "actual", "planned", "possible")[at % 5]
    polarity = "negated" if at % 23 == 0 else "affirmed"
    day = f"20{10 + at % 15}-{1 + at % 12:02}-{1 + at % 28:02}"
    when = f'kg:begin "{day}"^^xsd:date ; kg:earliest "{day}"^^xsd:date ; kg:latest "{day}"^^xsd:date'
    told = [f"{at}-{number}" for number in range(1 + at % 3)]
    for number, claim in enumerate(told):
        document = (at + number) % len(PUBLISHERS)
        yield from _claim(claim, document, f"{label(subject)} {trigger} {label(thing)} on that day.", 100 * at)
        yield (
            f"claim:{claim} kg:eventType kg:{name} ; kg:{one} ent:E{subject} ; kg:{other} ent:E{thing} ;"
            f" kg:polarity kg:{polarity} ; kg:modality kg:{modality} ; kg:confidence {0.5 + (at % 50) / 100} ; kg:event evt:{at}"
        )
    yield (
        f"evt:{at} a kg:Event, kg:{name} ; kg:{one} ent:E{subject} ; kg:{other} ent:E{thing} ; kg:polarity kg:{polarity} ;"
        f" kg:modality kg:{modality} ; kg:disputed {str(at % 31 == 0).lower()} ; kg:sourceCount {len(told)} ; {when} ;"
        f" kg:claim {', '.join(f'claim:{claim}' for claim in told)}"
    )
    if polarity == "affirmed" and modality in ("actual", "planned"):
        yield (
            f"stmt:{at} a rdf:Statement ; rdf:subject ent:E{subject} ; rdf:predicate {relation} ; rdf:object ent:E{thing} ;"
            f" kg:sourceCount {len(told)} ; kg:event evt:{at} ; kg:supportedBy {', '.join(f'claim:{c}' for c in told)}"
        )


def _near(subject: int, entities: int, chance: random.Random) -> int:
    group = subject // GROUP * GROUP
    other = group + chance.randrange(GROUP)
    return (other if other != subject else group + (other + 1) % GROUP) % entities


def _claim(claim: str, document: int, sentence: str, begin: int) -> Iterator[str]:
    span = f"<https://w3id.org/kg-news/id/document/d{document}#char={begin},{begin + len(sentence)}>"
    yield (
        f'{span} nif:beginIndex {begin} ; nif:endIndex {begin + len(sentence)} ; nif:anchorOf "{sentence}" ;'
        f" nif:referenceContext doc:d{document}"
    )
    yield f"claim:{claim} kg:evidence {span} ; prov:hadPrimarySource doc:d{document}"
