"""When two values say the same: names, words, dates and numbers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TypeVar

from kg.errors import ReadError
from kg.evaluate.gold import Gold, GoldClaim
from kg.evaluate.graph import NUMBERS, Number, PredictedClaim, Prediction, Value

__all__ = ["Names", "RoleScore", "compare_roles", "same_value"]

_V = TypeVar("_V")
_PARTIES = ("agent", "recipient", "participant")
_DATES = ("begin", "end", "deadline")
_WORDS_WILL_DO = ("theme", "topic", "content", "place", "origin", "destination")
_COMPARED_AS = {"topic": "theme", "end": "deadline"}
_STOP = frozenset(
    [
        "a",
        "an",
        "the",
        "this",
        "that",
        "these",
        "those",
        "to",
        "of",
        "in",
        "on",
        "at",
        "for",
        "and",
        "or",
        "as",
        "by",
        "with",
        "from",
        "into",
        "be",
        "is",
        "are",
        "was",
        "were",
        "been",
        "has",
        "have",
        "had",
        "will",
        "would",
        "may",
        "might",
        "could",
        "can",
        "its",
        "his",
        "her",
        "their",
        "our",
        "s",
    ]
)


def normalise(text: str) -> str:
    """Make case, quotes, determiners, possessives and white space alike."""
    text = re.sub(r"[“”‘’\"'`]", "'", text).casefold()
    text = re.sub(r"^\W*(?:(?:the|a|an|this|these)\s+)?", "", " ".join(text.split()))
    return re.sub(r"(?:'s|'|[\s.,;:])+$", "", text)


def content_words(text: str) -> set[str]:
    """Return the words that carry meaning, or all where none does."""
    words = set(re.findall(r"\w+(?:[-.]\w+)*", normalise(text)))
    return (words - _STOP) or words


def same_words(a: str, b: str) -> bool:
    """Tell whether two texts say the same.

    That is Dice >= 0.5 over content words, or that one of three or more words lies in the other.
    """
    left, right = content_words(a), content_words(b)
    if not left or not right:
        return False
    both = len(left & right)
    return 2 * both / (len(left) + len(right)) >= 0.5 or (both >= 3 and both == min(len(left), len(right)))


class Names:
    """Which gold entity a name or an entity of the graph stands for."""

    def __init__(self, gold: Gold, prediction: Prediction) -> None:
        self.prediction = prediction
        self.texts: dict[str, set[str]] = defaultdict(set)
        self.groups: set[str] = set()
        self._surface: dict[str, str] = {}
        self._wikidata: dict[str, str] = {}
        loose: dict[str, set[str]] = defaultdict(set)
        for entity in gold.entities:
            self._surface[normalise(entity.name)] = entity.name
            shown = {gold.texts[entity.doc][m.begin : m.end]: m.kind for m in entity.mentions}
            self.texts[entity.name] |= {entity.name, *entity.aliases}
            if entity.optional:
                self.groups.add(entity.name)
                self.texts[entity.name] |= {text for text, kind in shown.items() if kind in ("name", "nominal")}
            if entity.wikidata:
                self._wikidata[entity.wikidata] = entity.name
            for alias in (*entity.aliases, *(text for text, kind in shown.items() if kind == "name")):
                loose[normalise(alias)].add(entity.name)
        for alias, names in loose.items():
            if len(names) == 1:
                self._surface.setdefault(alias, next(iter(names)))

    def named(self, text: str) -> str | None:
        """Return the gold entity of a name."""
        return self._surface.get(normalise(text))

    def of(self, iri: str) -> str:
        """Return the gold entity that an entity of the graph stands for, else its own normalised label."""
        labels = self.prediction.labels.get(iri, (iri,))
        for label in labels:
            if found := self.named(label):
                return found
        for item in sorted(self.prediction.wikidata.get(iri, ())):
            if item in self._wikidata:
                return self._wikidata[item]
        return normalise(labels[0])


def same_value(role: str, gold: str, value: Value, names: Names) -> bool:
    """Tell whether a filler of the graph is what the gold wants in this role."""
    if role in _DATES:
        return any(_same_date(gold, text) for text in value.texts)
    if role in NUMBERS:
        return value.number is not None and _same_number(gold, value.number)
    wanted, found = names.named(gold), names.of(value.entity) if value.entity else None
    if wanted and found == wanted:
        return True
    if wanted and wanted not in names.groups and role not in _WORDS_WILL_DO:
        return False
    if wanted and found in names.texts:
        return False
    return any(
        same_words(text, shown) for text in (names.texts[wanted] if wanted else (gold,)) for shown in value.texts
    )


def _same_date(gold: str, found: str) -> bool:
    return gold == found or (gold.endswith("-12-31") and found in (gold[:4], gold[:7]))


def _same_number(gold: str, found: Number) -> bool:
    match = re.fullmatch(r"(?:(min|max|about) )?([\d.]+)(?: ([A-Z]{3}))?(?: per .+)?", gold)
    if not match:
        raise ReadError(f"{gold!r} is no number of the gold format", remedy="Write [min|max] NUMBER [CUR] [per UNIT]")
    have = {"min": found.minimum, "max": found.maximum}.get(match[1] or "", found.value)
    wanted = float(match[2])
    near = have is not None and abs(have - wanted) <= 1e-6 * max(1, abs(wanted))
    return near and match[3] in (None, found.currency)


class RoleScore(tuple[int, int, int, bool]):
    """Right, missing and wrong fillers, and whether all required ones are right with no wrong one among them."""

    __slots__ = ()

    @property
    def balance(self) -> tuple[bool, int]:
        """What makes one way to read the gold better than another."""
        return self[3], self[0] - self[1] - self[2]


def compare_roles(gold: GoldClaim, claim: PredictedClaim, names: Names) -> RoleScore:
    """Compare the fillers of a matched pair, in the gold's frame that suits the claim best.

    Parties count as one role where the class is an alternative one, agent and participant where it is a signature.
    """
    pool: Iterable[str] = ()
    if claim.event_type != gold.event_type:
        pool = _PARTIES
    elif gold.event_type == "Sign":
        pool = ("agent", "participant")
    scores = [_compare_frame(frame, gold.optional, claim.roles, pool, names) for frame in gold.frames]
    return max(scores, key=lambda score: score.balance)


def _compare_frame(
    frame: Mapping[str, tuple[str, ...]],
    optional: Mapping[str, tuple[str, ...]],
    found: Mapping[str, tuple[Value, ...]],
    pool: Iterable[str],
    names: Names,
) -> RoleScore:
    want, may, have = _pooled(frame, pool), _pooled(optional, pool), _pooled(found, pool)
    right = missing = wrong = 0
    full = True
    for role in sorted({*want, *have}):
        left = list(have.get(role, ()))
        for value in want.get(role, ()):
            hit = next((v for v in left if same_value(role, value, v, names)), None)
            if hit is None:
                missing, full = missing + 1, False
            else:
                right += 1
                left.remove(hit)
        spare = [v for v in may.get(role, ()) if v not in want.get(role, ())]
        bad = [v for v in left if not any(same_value(role, s, v, names) for s in spare)]
        wrong += len(bad)
        full = full and not (bad and role in want)
    return RoleScore((right, missing, wrong, full))


def _pooled(roles: Mapping[str, tuple[_V, ...]], pool: Iterable[str]) -> dict[str, list[_V]]:
    out: dict[str, list[_V]] = defaultdict(list)
    for role, values in roles.items():
        name = "party" if role in pool else _COMPARED_AS.get(role, role)
        out[name] += [v for v in values if v not in out[name]]
    return out
