"""Make copies: light rewording and cuts, or the same facts in the same order in other words."""

from __future__ import annotations

import re
from random import Random

from newsmaker.compose import Piece, Plan, Sentence, Writer

__all__ = ["near_copy", "spun"]

_SWAPS = {
    "said": "stated", "told": "informed", "called": "described", "remain": "stay", "unclear": "uncertain",
    "expected": "anticipated", "few": "hardly any", "people": "persons", "next": "following", "later": "afterwards",
    "nobody": "no one", "delay": "postponement", "difficult": "hard", "important": "significant", "took": "drew",
    "added": "continued", "matter": "issue", "affair": "case", "closely": "carefully", "much": "a good deal of",
    "wide": "broad", "in recent years": "of late", "quiet": "calm", "began": "started", "held": "staged",
    "several": "various", "announced": "made known", "debate": "discussion", "news": "reports", "hard": "difficult",
}  # fmt: skip
_WORDS = re.compile(r"\b(" + "|".join(sorted(_SWAPS, key=len, reverse=True)) + r")\b")

_REWORDED = 0.5
_CUT = 0.08
# The last paragraph of background is what editors cut first.
_LAST_CUT = 0.4
# Shorter articles, in words, are not cut.
_LONG = 180


def near_copy(paragraphs: list[list[Sentence]], rng: Random) -> list[list[Sentence]]:
    """Return a lightly edited copy: some words replaced, a few lines and perhaps the end cut; the lead stays."""
    long = sum(len(sentence.text.split()) for paragraph in paragraphs for sentence in paragraph) > _LONG
    kept = paragraphs[:-1] if long and rng.random() < _LAST_CUT else paragraphs
    cut = _CUT if long else 0
    out = [[_reword(sentence, rng) for sentence in paragraph if rng.random() >= cut] for paragraph in kept[1:]]
    return [[_reword(sentence, rng) for sentence in kept[0]], *(paragraph for paragraph in out if paragraph)]


def _reword(sentence: Sentence, rng: Random) -> Sentence:
    pieces = tuple(piece if _is_fixed(piece) else Piece(_swap(piece.text, rng)) for piece in sentence.pieces)
    return Sentence(pieces, sentence.plan, sentence.offices)


def _is_fixed(piece: Piece) -> bool:
    return bool(piece.role or piece.actor or piece.trigger or piece.says)


def _swap(text: str, rng: Random) -> str:
    return _WORDS.sub(lambda found: _SWAPS[found[1]] if rng.random() < _REWORDED else found[1], text)


def spun(paragraphs: list[list[Sentence]], writer: Writer) -> list[list[Sentence]]:
    """Return the same facts, names and figures in the same order, every sentence written anew."""
    out = []
    for paragraph in paragraphs:
        written = [writer.write(_again(sentence.plan)) for sentence in paragraph]
        out.append([sentence for sentence in written if sentence])
    return [paragraph for paragraph in out if paragraph]


def _again(plan: Plan) -> Plan:
    """Return the plan with the form left open, so that another wording can be found."""
    if plan.fact is None or "headline" in plan.form:
        return plan
    return Plan(plan.fact, "body", speaker=plan.speaker, need=plan.need, negated=plan.negated)
