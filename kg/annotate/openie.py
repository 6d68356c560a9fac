"""Open triples in two views over the clause layer, every word of them from the sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from spacy.language import Language
from spacy.tokens import Doc

from kg.annotate.render_full import full_facts
from kg.annotate.render_minimal import Fact, minimal_facts

__all__ = ["OpenTriple", "read_sentence", "triples"]

_SURFACE = "kg_surface"
_ESCAPES = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}", "``": '"', "''": '"'}


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


def triples(doc: Doc, *, view: Literal["minimal", "full"]) -> list[OpenTriple]:
    """Return the open triples of a ``Doc`` that has clauses, in text order, none twice."""
    facts = minimal_facts(doc) if view == "minimal" else full_facts(doc)
    found: dict[tuple[str, ...], OpenTriple] = {}
    for fact in facts:
        triple = _triple(doc, fact)
        if triple is not None:
            found.setdefault((triple.subject, triple.relation, *triple.objects), triple)
    return list(found.values())


def _triple(doc: Doc, fact: Fact) -> OpenTriple | None:
    subject, relation = _text(doc, fact.subject), _text(doc, fact.relation)
    objects = tuple(_text(doc, o) for o in fact.objects if o)
    if fact.be:
        relation = f"{fact.be} {relation}".strip()
    if not (subject and relation and objects):
        return None
    return OpenTriple(subject=subject, relation=relation, objects=objects, confidence=fact.confidence)


def _text(doc: Doc, tokens: tuple[int, ...]) -> str:
    surface = doc.user_data.get(_SURFACE, {})
    pieces: list[str] = []
    for at, after in zip(tokens, (*tokens, -1)[1:], strict=True):
        pieces.append(surface.get(at, doc[at].text))
        pieces.append(doc[at].whitespace_ if after == at + 1 else " ")
    return "".join(pieces).strip()


def read_sentence(nlp: Language, text: str) -> Doc:
    """Tokenise a text for ``nlp``; the treebank's escapes for brackets and quotes are read as what they stand for.

    The parser never saw "-LRB-" or "``" as words and stumbles over them; the triples show them as they were.
    """
    words: list[str] = []
    spaces: list[bool] = []
    surface: dict[int, str] = {}
    for word, space in _treebank_tokens(nlp.make_doc(text)):
        if word in _ESCAPES:
            surface[len(words)] = word
        words.append(_ESCAPES.get(word, word))
        spaces.append(space)
    doc = Doc(nlp.vocab, words=words, spaces=spaces)
    doc.user_data[_SURFACE] = surface
    return doc


def _treebank_tokens(doc: Doc) -> Iterator[tuple[str, bool]]:
    """Yield words and whether a space follows, a pair of grave accents as one word."""
    skip = False
    for token in doc:
        if skip or token.is_space:
            skip = False
            continue
        pair = token.text == "`" and not token.whitespace_ and token.i + 1 < len(doc) and doc[token.i + 1].text == "`"
        skip = pair
        yield ("``", bool(doc[token.i + 1].whitespace_)) if pair else (token.text, bool(token.whitespace_))
