"""Find furniture that only its neighbours give away: lists of links, pull quotes, notes on the authors."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.read.article.credits import BIOGRAPHY
from kg.read.article.furniture import plain
from kg.read.article.lines import ends_sentence
from kg.read.article.links import LIST_LABEL
from kg.read.article.parts import Part

__all__ = ["drop_surroundings"]

_MOST_LINKS = 12
_QUOTED = re.compile(r"\s*(?:>\s*)?[\"“‘'«]|\s*>")
# Pull quotes are looked for by comparing all blocks; no article has so many.
_MOST_BLOCKS = 2000
_PULLED_LETTERS = range(12, 400)
_LAST_BLOCKS = 3


def drop_surroundings(words: Sequence[str], parts: list[Part | None]) -> None:
    """Mark such paragraphs in place; None stands for text of the article."""
    _drop_link_lists(words, parts)
    _drop_pull_quotes(words, parts)
    _drop_biographies(words, parts)


def _drop_link_lists(words: Sequence[str], parts: list[Part | None]) -> None:
    """Mark what follows a label such as "Related stories" up to the next sentence; only behind a first sentence."""
    begun, left = False, 0
    for i, text in enumerate(words):
        if begun and LIST_LABEL.fullmatch(plain(text)):
            parts[i], left = Part.LINK, _MOST_LINKS
        elif parts[i] is None:
            sentence = ends_sentence(text)
            begun |= sentence
            left = 0 if sentence else left
            if left:
                parts[i] = Part.LINK
                left -= 1


def _drop_pull_quotes(words: Sequence[str], parts: list[Part | None]) -> None:
    """Mark quotes and lines without a stop that stand in a longer paragraph too; the first line may be the headline."""
    texts = [i for i, part in enumerate(parts) if part is None]
    if len(texts) > _MOST_BLOCKS:
        return
    letters = {i: "".join(filter(str.isalnum, words[i].casefold())) for i in texts}
    whole = "|".join(letters.values())
    for i in texts[1:]:
        pulled = len(letters[i]) in _PULLED_LETTERS and (_QUOTED.match(words[i]) or not ends_sentence(words[i]))
        if pulled and whole.count(letters[i]) > 1 and any(letters[i] in letters[j] for j in texts[1:] if j != i):
            parts[i] = Part.MARKUP
            whole = "|".join(letters[j] for j in texts if parts[j] is None)


def _drop_biographies(words: Sequence[str], parts: list[Part | None]) -> None:
    """Mark notes on the authors at the end: about people of whom the article itself does not speak."""
    texts = [i for i, part in enumerate(parts) if part is None]
    for i in reversed(texts[-_LAST_BLOCKS:]):
        found = BIOGRAPHY.fullmatch(plain(words[i]))
        if not found or any(found["surname"] in words[j] for j in texts if j < i):
            return
        parts[i] = Part.BYLINE
