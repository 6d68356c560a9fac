"""Open triples in two views over the clause layer, every word of them from the sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from spacy.language import Language
from spacy.tokens import Doc

from kg.annotate.clauses.treebank import read_sentence, surface
from kg.annotate.openie.facts import Fact
from kg.annotate.openie.render_full import full_facts
from kg.annotate.openie.render_minimal import minimal_facts

__all__ = ["OpenTriple", "View", "extract_triples", "to_json", "triples"]

View = Literal["minimal", "full"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTriple:
    """One statement in the sentence's own words; the relation may add a form of "be".

    Attributes:
        subject: The subject's words.
        relation: The predicate's words, in reading order of the fact.
        objects: One string in the minimal view, one a complement in the full view.
        confidence: Rank in [0, 1] by kind of clause; not calibrated.
    """

    subject: str
    relation: str
    objects: tuple[str, ...]
    confidence: float


def triples(doc: Doc, *, view: View) -> list[OpenTriple]:
    """Return the open triples of a ``Doc`` that has clauses, in text order, none twice."""
    facts = minimal_facts(doc) if view == "minimal" else full_facts(doc)
    found: dict[tuple[str, ...], OpenTriple] = {}
    for fact in facts:
        triple = _triple(doc, fact)
        if triple is not None:
            found.setdefault((triple.subject, triple.relation, *triple.objects), triple)
    return list(found.values())


def extract_triples(
    texts: Iterable[tuple[str, str]], nlp: Language, *, view: View = "minimal", batch_size: int = 64
) -> Iterator[tuple[str, list[OpenTriple]]]:
    """Yield each text's id with its open triples, in the order of the texts.

    Args:
        texts: (id, text) pairs; a text may hold several sentences, and treebank escapes ("-LRB-").
        nlp: A pipeline with parser and ``kg_clauses``; nothing else of kg is needed.
        view: ``minimal`` (one fact a complement) or ``full`` (one tuple a predicate).
        batch_size: Texts parsed at a time.
    """
    docs = ((read_sentence(nlp, text), number) for number, text in texts)
    for doc, number in nlp.pipe(docs, as_tuples=True, batch_size=batch_size):
        yield number, triples(doc, view=view)


def to_json(number: str, found: Iterable[OpenTriple]) -> dict[str, object]:
    """Return one text's triples as ``kg extract --format openie`` writes them."""
    return {
        "id": number,
        "triples": [
            {"subject": t.subject, "relation": t.relation, "objects": list(t.objects), "confidence": t.confidence}
            for t in found
        ],
    }


def _triple(doc: Doc, fact: Fact) -> OpenTriple | None:
    subject, relation = surface(doc, fact.subject), surface(doc, fact.relation)
    objects = tuple(surface(doc, o) for o in fact.objects if o)
    if fact.be:
        relation = f"{fact.be} {relation}".strip()
    if not (subject and relation and objects):
        return None
    return OpenTriple(subject=subject, relation=relation, objects=objects, confidence=fact.confidence)
