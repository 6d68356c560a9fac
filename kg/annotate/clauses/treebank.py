"""Bring a text to the tokens that the parser was trained on.

The treebanks behind spaCy's English models split "trade-off" into three tokens, but keep a prefix with its word
("re-elected", "non-residents"; the affix list of the LDC's treebank guidelines), and never hold the escapes of older
treebanks ("-LRB-", "``") as words. spaCy's tokenizer splits both kinds, and the parser stumbles over the pieces.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.language import Language
from spacy.tokens import Doc

from kg.annotate.clauses.tree import word_set

__all__ = ["read_sentence", "surface"]

_SURFACE = "kg_surface"
_ESCAPES = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}", "``": '"', "''": '"'}
_PREFIXES = word_set(
    """
    agro ante anti arch bi bio co counter cross cyber de e eco ex extra inter intra macro mega micro mid mini mis
    multi neo non over pan para peri post pre pro pseudo quasi re semi sub super tri ultra un uni vice
    """
)

Piece = tuple[str, bool]  # a word, and whether a space follows


def read_sentence(nlp: Language, text: str) -> Doc:
    """Tokenise a text for ``nlp``, to go through ``nlp.pipe``; :func:`surface` shows its words as written.

    Offsets of the tokens are those of ``doc.text``, in which the escapes are replaced.
    """
    words: list[str] = []
    spaces: list[bool] = []
    written: dict[int, str] = {}
    tokens = [(t.text, bool(t.whitespace_)) for t in nlp.make_doc(text) if not t.is_space]
    for word, space in _join_prefixes(_join_accents(tokens)):
        if word in _ESCAPES:
            written[len(words)] = word
        words.append(_ESCAPES.get(word, word))
        spaces.append(space)
    doc = Doc(nlp.vocab, words=words, spaces=spaces)
    doc.user_data[_SURFACE] = written
    return doc


def surface(doc: Doc, tokens: Iterable[int]) -> str:
    """Return tokens as the text has them, the escapes restored; pieces from different places are set apart."""
    written = doc.user_data.get(_SURFACE, {})
    pieces: list[str] = []
    before = -2
    for at in tokens:
        if pieces and (at != before + 1 or doc[before].whitespace_):
            pieces.append(" ")
        pieces.append(written.get(at, doc[at].text))
        before = at
    return "".join(pieces)


def _join_accents(tokens: list[Piece]) -> list[Piece]:
    """Make one word of two grave accents."""
    joined: list[Piece] = []
    for word, space in tokens:
        if word == "`" and joined and joined[-1] == ("`", False):
            joined[-1] = ("``", space)
        else:
            joined.append((word, space))
    return joined


def _join_prefixes(tokens: list[Piece]) -> Iterator[Piece]:
    """Make one word of prefix, hyphen and word."""
    at = 0
    while at < len(tokens):
        word, space = tokens[at]
        hyphened = at + 2 < len(tokens) and not space and tokens[at + 1] == ("-", False)
        if hyphened and word.lower() in _PREFIXES and tokens[at + 2][0][:1].isalpha():
            yield f"{word}-{tokens[at + 2][0]}", tokens[at + 2][1]
            at += 3
        else:
            yield word, space
            at += 1
