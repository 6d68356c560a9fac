"""Cut a document finer than its tokens, so that "630m", "€2bn" and "1m-$2" fall into number, scale and sign."""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Doc

from kg.annotate.clauses.tree import tree_of

__all__ = ["Pieces", "cut"]

_SIGNS = "$€£¥₩₹₽₴₪₱₫฿₺₦"
_PIECE = re.compile(rf"[A-Za-z]{{0,3}}[{_SIGNS}]|\d+(?:[.,]\d+)*|\.\d+|[A-Za-z]+|.")
_CUT = re.compile(rf"(?:[A-Z]{{0,3}}[{_SIGNS}]|[A-Z]{{3}})?\.?\d.*|[A-Z]{{0,3}}[{_SIGNS}]")


@dataclass(frozen=True, slots=True)
class Pieces:
    """Parallel lists: the piece as written, in lower case, and the index of its token.

    Names with figures inside ("Su-30", "G7") stay whole.
    """

    texts: list[str]
    words: list[str]
    tokens: list[int]

    def word(self, i: int) -> str:
        """Return a piece in lower case, empty outside the document."""
        return self.words[i] if 0 <= i < len(self.words) else ""


def cut(doc: Doc) -> Pieces:
    """Cut a document; one list entry for each piece, tokens without figures and currency signs stay one piece."""
    texts: list[str] = []
    tokens: list[int] = []
    for i, text in enumerate(tree_of(doc).texts):
        if text.isalpha() or not _CUT.fullmatch(text):
            texts.append(text)
            tokens.append(i)
        else:
            found = _PIECE.findall(text)
            texts += found
            tokens += [i] * len(found)
    return Pieces(texts, list(map(str.lower, texts)), tokens)
