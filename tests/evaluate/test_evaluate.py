"""The scorer against a text of our own, whose graph is written by hand."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, Store

from kg.errors import ReadError
from kg.evaluate import evaluate, read_gold, read_prediction
from kg.evaluate.report import error_lines

TEXT = "Chad lent Niger $5 million, Chad said. It did not visit Mali."
DOC = "https://w3id.org/kg-news/id/document/0123456789abcdef"
PREFIXES = """
@prefix kg: <https://w3id.org/kg-news/ns#> .
@prefix ent: <https://w3id.org/kg-news/id/entity/> .
@prefix schema: <https://schema.org/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#> .
@prefix itsrdf: <http://www.w3.org/2005/11/its/rdf#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix wd: <http://www.wikidata.org/entity/> .
"""


def span(quote: str) -> tuple[int, int]:
    start = TEXT.index(quote)
    return start, start + len(quote)


def iri(quote: str) -> str:
    return "<{}#char={},{}>".format(DOC, *span(quote))


def gold_claim(
    identifier: str, quote: str, trigger: str, kind: str, roles: dict[str, list[str]], **more: object
) -> dict:
    begin, end = span(quote)
    at, to = span(trigger)
    return {
        "id": identifier, "doc": "note", "quote": quote, "begin": begin, "end": end, "trigger": trigger,
        "trigger_begin": at, "trigger_end": to, "type": kind, "roles": roles, "polarity": "affirmed",
        "modality": "actual", "attributedTo": None, "repeat": False, **more,
    }  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "note.txt").write_text(TEXT, encoding="utf-8")
    claims = [
        gold_claim("1", "Chad lent Niger $5 million", "lent", "Lend",
                   {"agent": ["Chad"], "recipient": ["Niger"], "amount": ["5000000 USD"]}, attributedTo="Chad"),
        gold_claim("2", "It did not visit Mali.", "visit", "Visit",
                   {"agent": ["Chad"], "destination": ["Mali"]}, polarity="negated"),
        gold_claim("3", "Chad said", "said", "Say", {"agent": ["Chad"]}, ignore=True),
    ]  # fmt: skip
    entities = [
        {"doc": "note", "name": "Chad", "type": "schema:Country", "wikidata": "Q657", "aliases": [],
         "mentions": [[0, 4, "Chad", "name"], [*span("It did")[:1], span("It did")[0] + 2, "It", "pronoun"]]},
        {"doc": "note", "name": "Niger", "type": "schema:Country", "wikidata": "Q1032", "aliases": [],
         "mentions": [[*span("Niger"), "Niger", "name"]]},
        {"doc": "note", "name": "Mali", "type": "schema:Country", "wikidata": None, "aliases": [],
         "mentions": [[*span("Mali"), "Mali", "name"]]},
    ]  # fmt: skip
    for name, records in (("claims", claims), ("entities", entities)):
        (tmp_path / f"{name}.jsonl").write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
    return tmp_path


def store_of(turtle: str) -> Store:
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    store = Store()
    store.load(f'{PREFIXES} <{DOC}> kg:sha256 "{digest}" . {turtle}'.encode(), format=RdfFormat.TURTLE)
    return store


LOAN = f"""
<claim:1> a kg:Claim ; kg:eventType kg:Lend ; kg:agent ent:Chad ; kg:recipient ent:Niger ; kg:amount <qty:1> ;
    kg:attributedTo ent:Chad ; kg:polarity kg:affirmed ; kg:modality kg:actual ; prov:hadPrimarySource <{DOC}> ;
    kg:evidence {iri("Chad lent Niger $5 million, Chad said.")} ; kg:trigger {iri("lent")} .
<qty:1> schema:value 5000000 ; schema:currency "USD" .
ent:Chad a schema:Country ; rdfs:label "Chad" ; owl:sameAs wd:Q657 .
ent:Niger a schema:Country ; rdfs:label "Niger" ; owl:sameAs wd:Q1033 .
{iri("Chad")} nif:anchorOf "Chad" ; itsrdf:taIdentRef ent:Chad .
{iri("Niger")} nif:anchorOf "Nigeria" ; itsrdf:taIdentRef ent:Niger .
"""


def report_of(folder: Path, turtle: str):
    gold = read_gold([folder / "claims.jsonl"], [folder / "entities.jsonl"], folder)
    return evaluate(gold, read_prediction(store_of(turtle), gold))


def test_counts_claims_roles_and_attributes(folder: Path) -> None:
    report = report_of(folder, LOAN)
    assert (report.detection.right, report.detection.predicted, report.detection.gold) == (1, 1, 2)
    assert report.full_match_with_attributes.right == 1
    assert report.rates()["recall on negated"].value == 0.0
    assert report.rates()["attribution"].value == 1.0


def test_wrong_amount_is_no_full_match(folder: Path) -> None:
    report = report_of(folder, LOAN.replace("schema:value 5000000", "schema:maxValue 5000000"))
    assert report.detection.right == 1
    assert report.full_match.right == 0


def test_wrong_class_is_missed_and_spurious(folder: Path) -> None:
    report = report_of(folder, LOAN.replace("kg:Lend", "kg:Aid"))
    assert [g.id for g in report.missed] == ["1", "2"]
    assert len(report.spurious) == 1


def test_arguable_claim_neither_helps_nor_harms(folder: Path) -> None:
    say = f"""<claim:2> a kg:Claim ; kg:eventType kg:Say ; kg:agent ent:Chad ; prov:hadPrimarySource <{DOC}> ;
        kg:evidence {iri("Chad lent Niger $5 million, Chad said.")} ; kg:trigger {iri("said")} ."""
    report = report_of(folder, LOAN + say)
    assert (len(report.aside), report.detection.predicted) == (1, 1)


def test_entities_links_and_offsets(folder: Path) -> None:
    report = report_of(folder, LOAN)
    assert report.entities is not None
    assert (report.entities.mentions.right, report.entities.mentions.gold) == (2, 4)
    assert report.entities.coreference.value == 0.0
    assert (report.entities.link_precision.right, report.entities.link_precision.total) == (1, 2)
    assert [b.rsplit("=", 1)[-1] for b in report.bad_offsets] == ["{},{}".format(*span("Niger"))]


def test_errors_tell_what_a_mention_should_refer_to(folder: Path) -> None:
    turtle = LOAN + f"{iri('Mali')} nif:anchorOf 'Mali' ; itsrdf:taIdentRef ent:Chad ."
    gold = read_gold([folder / "claims.jsonl"], [folder / "entities.jsonl"], folder)
    lines = list(error_lines(evaluate(gold, read_prediction(store_of(turtle), gold)), gold))
    told = [line for line in lines if line.startswith("MENTION")]
    assert [line.splitlines()[0] for line in told] == [
        "MENTION   note pronoun gold Chad, found nobody",
        "MENTION   note name gold Mali, found Chad",
    ]
    assert told[1].endswith("It did not visit ⟦Mali⟧")


def test_entities_alone_are_scored_without_claims(folder: Path) -> None:
    gold = read_gold([], [folder / "entities.jsonl"], folder)
    report = evaluate(gold, read_prediction(store_of(LOAN), gold))
    assert report.entities is not None
    assert report.entities.mentions.gold > 0
    assert (report.detection.gold, report.detection.predicted) == (0, 0)


def test_gold_of_nothing_is_refused(folder: Path) -> None:
    with pytest.raises(ReadError, match="hold no claim for the documents asked for"):
        read_gold([], [], folder)


def test_gold_of_another_text_is_refused(folder: Path) -> None:
    (folder / "note.txt").write_text(TEXT.replace("Chad", "Tchad"), encoding="utf-8")
    with pytest.raises(ReadError, match=r"gold claim 1.*another version of the text"):
        read_gold([folder / "claims.jsonl"], [], folder)


def test_broken_line_is_named(folder: Path) -> None:
    (folder / "claims.jsonl").write_text('{"id": "1"}\n', encoding="utf-8")
    with pytest.raises(ReadError, match=r"claims\.jsonl line 1: not a gold record: KeyError"):
        read_gold([folder / "claims.jsonl"], [], folder)


def test_quarantined_claims_do_not_count(folder: Path) -> None:
    gold = read_gold([folder / "claims.jsonl"], [folder / "entities.jsonl"], folder)
    store = store_of(LOAN)
    quarantine = NamedNode("https://w3id.org/kg-news/id/graph/quarantine/0123456789abcdef")
    for quad in list(store.quads_for_pattern(NamedNode("claim:1"), None, None, None)):
        store.remove(quad)
        store.add(Quad(quad.subject, quad.predicate, quad.object, quarantine))
    assert read_prediction(store, gold).claims == []
