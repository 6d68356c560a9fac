"""Draw the four layers of the model from a real graph, that of seeds/: docs/pictures/*.svg, see tools/readme.py."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cards import Arrow, Card, draw

import kg

__all__ = ["model_pictures"]

# the claim with the shortest sentence on a side of the dispute on an amount
_EXAMPLE = """
SELECT ?event ?dispute ?claim ?sentence ?document WHERE {
  ?dispute a kg:Dispute ; kg:role kg:amount ; kg:event ?event ; kg:claim ?claim .
  ?claim kg:evidence ?sentence ; prov:hadPrimarySource ?document . ?sentence nif:anchorOf ?quote
} ORDER BY STRLEN(?quote) ?claim LIMIT 1"""
_MENTIONS = """
SELECT ?mention WHERE {{
  <{sentence}> nif:beginIndex ?from ; nif:endIndex ?to .
  ?mention a kg:Mention ; nif:referenceContext {document} ; nif:beginIndex ?begin ; itsrdf:taIdentRef ?entity
  FILTER(?begin >= ?from && ?begin < ?to)
}} ORDER BY ?begin"""
_LEFT_OUT = frozenset(("rdf:type", "kg:sha256", "kg:textSha256", "schema:author", "kg:sourceKey"))


def model_pictures(graph: kg.Graph) -> dict[str, str]:
    """Return the pictures by the names of their files."""
    found = dict(zip(*_one(graph, _EXAMPLE), strict=True))
    example = {name: str(value) for name, value in found.items()}
    return {
        "layer-text.svg": _text(graph, example),
        "layer-claims.svg": _claims(graph, example),
        "layer-world.svg": _world(graph, example),
        "layer-provenance.svg": _provenance(graph, example),
    }


def _text(graph: kg.Graph, example: Mapping[str, str]) -> str:
    document, sentence, claim = example["document"], example["sentence"], example["claim"]
    query = _MENTIONS.format(document=document, sentence=_iri(sentence, graph))
    fillers = [str(row[0]) for row in graph.query(query).rows]
    trigger = _values(graph, claim, "kg:trigger")[0]
    mentions = sorted((*fillers[:3], trigger), key=_begin)
    cards = [_card(graph, name, "kg:Mention", "text", width=46, skip=("nif:referenceContext",)) for name in mentions]
    entities = list(dict.fromkeys(_values(graph, name, "itsrdf:taIdentRef")[0] for name in fillers[:3]))
    columns = [
        [
            _card(graph, document, "schema:NewsArticle", "text", width=52, skip=("kg:lineage", "kg:copyOf")),
            _card(graph, sentence, "nif:Sentence", "text", width=52, skip=("nif:referenceContext",)),
        ],
        cards,
        [_entity(graph, name) for name in entities],
    ]
    arrows = [Arrow(_local(name), _local(sentence), "in") for name in mentions]
    arrows += [Arrow(_local(name), _values(graph, name, "itsrdf:taIdentRef")[0], "taIdentRef") for name in fillers[:3]]
    return draw("Layer 1, text: an article, a sentence of it, and mentions of entities", columns, arrows, gap=110)


def _claims(graph: kg.Graph, example: Mapping[str, str]) -> str:
    claim, sentence, document = example["claim"], example["sentence"], example["document"]
    amount = _values(graph, claim, "kg:amount")[0]
    trigger = _values(graph, claim, "kg:trigger")[0]
    parties = [_values(graph, claim, f"kg:{role}")[0] for role in ("agent", "recipient")]
    speaker = _values(graph, claim, "kg:attributedTo")[0]
    skip = ("kg:event", "prov:wasGeneratedBy", "kg:confidence", "kg:timeExpression")
    columns = [
        [
            _card(graph, sentence, "nif:Sentence", "text", width=46, skip=("nif:referenceContext",)),
            _card(graph, trigger, "kg:Mention", "text", width=46, skip=("nif:referenceContext",)),
            _entity(graph, document, kind="schema:NewsArticle", width=46),
        ],
        [_card(graph, claim, "kg:LendClaim", "claim", width=50, skip=skip)],
        [
            *(_entity(graph, name) for name in dict.fromkeys((*parties, speaker))),
            _card(graph, amount, "schema:MonetaryAmount", "claim", width=42),
        ],
    ]
    ends = [("evidence", sentence), ("trigger", trigger), ("hadPrimarySource", document)]
    ends += [("agent", parties[0]), ("recipient", parties[1]), ("attributedTo", speaker), ("amount", amount)]
    arrows = [Arrow(claim, _local(name), words) for words, name in ends]
    return draw("Layer 2, claims: what one source says, with its evidence", columns, arrows)


def _world(graph: kg.Graph, example: Mapping[str, str]) -> str:
    event, dispute = example["event"], example["dispute"]
    claims = _values(graph, event, "kg:claim")
    statement = str(
        graph.query(f"SELECT ?s {{ ?s kg:event {event} ; rdf:predicate kg:lendsTo }} ORDER BY ?s").rows[0][0]
    )
    ends = [_values(graph, statement, f"rdf:{part}")[0] for part in ("subject", "object")]
    told = ("rdfs:label", "owl:sameAs", "kg:sourceCount")
    columns = [
        [_entity(graph, name, kind="kg:LendClaim", layer="claim", width=36) for name in claims],
        [_card(graph, event, "kg:Lend", "world", width=37, skip=("kg:claim",))],
        [
            _card(graph, statement, "rdf:Statement", "world", width=46, skip=("kg:supportedBy", "kg:event")),
            _card(graph, dispute, "kg:Dispute", "world", width=46, skip=("kg:event",), name="…/dispute/amount"),
        ],
        [_card(graph, name, _kind(graph, name), "entity", width=29, only=told) for name in ends],
    ]
    arrows = [Arrow(event, claim, "claim") for claim in claims]
    arrows += [Arrow(name, event, "event") for name in (statement, "…/dispute/amount")]
    arrows += [Arrow(statement, ends[0], "subject"), Arrow(statement, ends[1], "object")]
    return draw(
        "Layer 3, world: claims fused to an event, what they dispute, and the direct triple", columns, arrows, gap=78
    )


def _provenance(graph: kg.Graph, example: Mapping[str, str]) -> str:
    run = _values(graph, example["claim"], "prov:wasGeneratedBy")[0]
    documents = _values(graph, run, "prov:used")
    skip = ("prov:used", "prov:startedAtTime", "prov:endedAtTime", "rdfs:label")
    columns = [
        [_entity(graph, example["claim"], kind="kg:LendClaim", layer="claim", width=36)],
        [_card(graph, run, "prov:Activity", "run", width=46, skip=skip, name="run:…")],
        [_entity(graph, name, kind="schema:NewsArticle", layer="text", width=40) for name in documents],
    ]
    arrows = [Arrow(example["claim"], "run:…", "wasGeneratedBy"), *(Arrow("run:…", name, "used") for name in documents)]
    return draw("Layer 4, provenance: the run that made a claim, and what it used", columns, arrows)


def _card(
    graph: kg.Graph,
    subject: str,
    kind: str,
    layer: str,
    *,
    width: int,
    name: str = "",
    skip: Sequence[str] = (),
    only: Sequence[str] = (),
) -> Card:
    rows = [
        (prop.partition(":")[2], _told(graph, prop, value))
        for prop, value in graph.query(f"SELECT ?p ?v {{ <{_iri(subject, graph)}> ?p ?v }} ORDER BY ?p ?v").rows
        if prop not in _LEFT_OUT and prop not in skip and (not only or prop in only)
    ]
    return Card(name=name or _local(subject), kind=kind, layer=layer, rows=rows, width=width)


def _entity(graph: kg.Graph, name: str, *, kind: str = "", layer: str = "entity", width: int = 42) -> Card:
    return Card(name=_local(name), kind=kind or _kind(graph, name), layer=layer, width=width)


def _kind(graph: kg.Graph, name: str) -> str:
    return _values(graph, name, "rdf:type")[0]


def _values(graph: kg.Graph, subject: str, prop: str) -> list[str]:
    query = f"SELECT DISTINCT ?v {{ <{_iri(subject, graph)}> {prop} ?v }} ORDER BY ?v"
    return [str(row[0]) for row in graph.query(query).rows]


def _begin(span: str) -> int:
    return int(span.partition("#char=")[2].partition(",")[0])


def _one(graph: kg.Graph, query: str) -> tuple[Sequence[str], Sequence[object]]:
    result = graph.query(query)
    return result.columns, result.rows[0]


def _iri(name: str, graph: kg.Graph) -> str:
    """Return the address of a name as results give it, a CURIE where one fits."""
    prefix, colon, local = name.partition(":")
    return graph.prefixes[prefix] + local if colon and not local.startswith("//") else name


def _local(name: str) -> str:
    """Return a name that fits on a card: of a span the part behind the document's."""
    return "#" + name.partition("#")[2] if "#char=" in name else name


def _told(graph: kg.Graph, prop: str, value: object) -> str:
    if prop == "kg:lexicon":
        return "SHA-256 of all lexicon packs"  # the digits would change with every word in them
    if str(value).startswith("qty:"):
        parts = {"value": "", "minValue": "at least ", "maxValue": "at most ", "currency": ""}
        known = [w + found for name, w in parts.items() for found in _values(graph, str(value), f"schema:{name}")]
        return f"{value} ({' '.join(known)})"
    text = _local(str(value)) if "#char=" in str(value) else str(value)
    return {"True": "true", "False": "false"}.get(text, text)
