"""Read how many people, things or points there are, and which in a row ("sixth meeting")."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from spacy.tokens import Doc, Token

from kg.annotate.clauses.tree import word_set
from kg.annotate.values.amounts.pieces import Pieces
from kg.annotate.values.amounts.sizes import Size, hedged, read_range
from kg.annotate.values.numerals import ordinal_value
from kg.annotate.values.timex.words import UNITS

__all__ = ["Count", "find_counts"]


@dataclass(frozen=True, slots=True)
class Count:
    """A number of things; ``counted`` is the token of what is counted, -1 for "killed 12"."""

    size: Size
    counted: int
    ordinal: bool = False


_DEFINITE = word_set("the these those both its their his her our")
_NO_THING = word_set("percent percentage pc % o'clock am pm degree cent penny pence kopeck")
_NOT_RANKED = word_set("time place half lady hand step minister floor century name sight person party grader world")
_INSIDE = frozenset({"nummod", "quantmod", "compound", "amod", "nmod"})
_ALONE = frozenset({"nsubj", "nsubjpass", "dobj"})
_BEFORE_NUMBER = word_set("no no. number article section chapter page room flight route item figure phase group level")


def find_counts(doc: Doc, pieces: Pieces, taken: frozenset[int]) -> list[Count]:
    """Return counts in text order.

    Args:
        doc: The parsed document.
        pieces: The same, cut.
        taken: Tokens that times and money have already used.
    """
    found: list[Count] = []
    i = 0
    while i < len(pieces.words):
        count = None if pieces.tokens[i] in taken else _number(doc, pieces, i, taken) or _ordinal(doc, pieces, i)
        if count:
            found.append(count)
        i = max(count.size.end if count else 0, i + 1)
    return found


def _number(doc: Doc, pieces: Pieces, i: int, taken: frozenset[int]) -> Count | None:
    size = read_range(pieces, i)
    if size is None or pieces.word(i - 1) in _BEFORE_NUMBER or pieces.tokens[size.end - 1] in taken:
        return None
    if pieces.tokens[i] == (pieces.tokens[i - 1] if i else -1):
        return None  # inside a token that is no plain number
    if size.end < len(pieces.tokens) and pieces.tokens[size.end] == pieces.tokens[size.end - 1]:
        return None
    if size.value is not None and _is_score(pieces, size):
        return None
    counted = _counted(doc, pieces, size)
    if counted is None or not _is_count(doc, pieces, size, counted):
        return None
    start = size.start - 1 if pieces.word(size.start - 1) == "between" and size.maximum else size.start
    return Count(hedged(pieces, replace(size, start=start)), counted)


def _is_score(pieces: Pieces, size: Size) -> bool:
    """Tell "2-1" from a count; true ranges have been read before."""
    joints = pieces.word(size.start - 1), pieces.word(size.end)
    figures = pieces.word(size.start - 2), pieces.word(size.end + 1)
    return any(j in {"-", "–", ":", "/"} and f[:1].isdigit() for j, f in zip(joints, figures, strict=True))


def _counted(doc: Doc, pieces: Pieces, size: Size) -> int | None:
    """Return the token that is counted, -1 for a number that stands for its things, None where nothing is counted."""
    last = doc[pieces.tokens[size.end - 1]]
    if pieces.word(size.end) == "of":
        objects = [c for c in doc[pieces.tokens[size.end]].children if c.dep_ == "pobj"]
        return int(objects[0].i) if objects and objects[0].pos_ in {"NOUN", "PROPN", "PRON"} else None
    noun = _noun_above(last)
    if noun is not None and noun.i > last.i:
        return int(noun.i)
    if pieces.word(size.end) == "-" and size.end + 1 < len(pieces.tokens):
        after = doc[pieces.tokens[size.end + 1]]  # "28-point roadmap"
        return int(after.i) if after.pos_ in {"NOUN", "PROPN"} else None
    if noun is None and last.dep_ in _ALONE and last.head.pos_ in {"VERB", "AUX"}:
        return -1
    return None


def _noun_above(token: Token) -> Token | None:
    """Return the noun that a number modifies, past the other parts of the number."""
    node = token
    while node.dep_ in _INSIDE or (node.dep_ == "conj" and node.head.tag_ == "CD"):
        node = node.head
        if node.pos_ in {"NOUN", "PROPN"} and node.tag_ != "CD":
            return node
    return None


def _is_count(doc: Doc, pieces: Pieces, size: Size, counted: int) -> bool:
    """Tell counts from percentages, names ("10 Downing Street"), scores, and "the two leaders"."""
    definite = pieces.word(size.start - 1) in _DEFINITE
    if counted < 0:
        return pieces.word(size.start) not in {"one", "a"} and not definite
    noun = doc[counted]
    if noun.lower_ in UNITS or (pieces.word(size.start), pieces.word(size.end)) == ("one", "of"):
        return False
    if noun.lemma_.lower() in _NO_THING or noun.lower_ in {"per", "cent"}:
        return False
    if noun.lemma_ == "time" and noun.tag_ == "NN":
        return False
    small = size.value is not None and size.value <= 3
    if noun.tag_ == "NNP" and not noun.text.endswith("s") and size.value != 1 and not size.minimum:
        return noun.text.isupper()  # "28 F-16"
    return not (small and definite) and not (pieces.word(size.start) == "one" and noun.tag_ in {"NNS", "NNPS"})


def _ordinal(doc: Doc, pieces: Pieces, i: int) -> Count | None:
    """Read "sixth meeting"; ranks in names ("Third Reich") and in fixed phrases ("for the first time") are none."""
    value = ordinal_value(pieces.word(i))
    token = doc[pieces.tokens[i]]
    if value is None or not token.text.islower() or token.dep_ not in {"amod", "compound", "nummod"}:
        return None
    noun = token.head
    if noun.i <= token.i or noun.pos_ != "NOUN" or noun.lemma_ in _NOT_RANKED or noun.lower_ in UNITS:
        return None
    between = doc[token.i + 1]
    if between.tag_ in {"JJS", "RBS"} or between.text == "-":
        return None  # "second largest city"
    return Count(Size(i, i + 1, Decimal(value)), int(noun.i), ordinal=True)
