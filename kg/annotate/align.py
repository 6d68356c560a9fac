"""Make one spaCy ``Doc`` of a document's body and keep where each token stands in the user's file.

White space is dropped and body spans are set apart by sentence boundaries, so the parser sees clean sentences while
every token still knows its offset in the untouched text.
"""

from __future__ import annotations

from datetime import date

from spacy.language import Language
from spacy.tokens import Doc

from kg.annotate.casing import HEADLINES, Casing, is_title_cased
from kg.model import Document, Span

__all__ = ["PARAGRAPHS", "char_span", "make_doc", "published", "set_published", "token_start"]

_STOPS = frozenset(".?!:;…\"'”’»)]–—-•|*")
"""A sentence begins behind one of these only; the parser is told so, since it cuts long names ("Ta Muen | Thom")."""

_SCALES = {"m": "million", "mn": "million", "bn": "billion", "tn": "trillion", "trn": "trillion"}
_SUMS = frozenset({"m.", "bn.", "tn."})
_STRAIGHT = {word.replace("'", "’"): word for word in ("n't", "'re", "'ll", "'ve", "'d", "'m")}
"""Contractions with a curly apostrophe, which the tagger reads in straight form only: "didn’t" was no negation."""

PARAGRAPHS = "kg_paragraphs"
"""Key in ``user_data`` of the set of tokens that begin a paragraph, heading or item of a list."""

_STARTS = "kg_starts"
_PUBLISHED = "kg_published"


def make_doc(nlp: Language, document: Document) -> Doc:
    """Tokenise the body of a document; the result goes through ``nlp.pipe``.

    Each body span begins a sentence, unless it continues the one before it, or starts in lower case where that ends
    without a stop. A piece that follows cut-out markup without white space is joined ("[Reuters](…),"). Common words
    of a headline in title case are in lower case in the ``Doc``, and the apostrophe of "didn’t" is straight.
    """
    pieces = [[t for t in nlp.make_doc(document.text[b.start : b.end]) if not t.is_space] for b in document.body]
    texts = [[_STRAIGHT.get(t.text, t.text) for t in tokens] for tokens in pieces]
    words: list[str] = []
    spaces: list[bool] = []
    starts: list[int] = []
    paragraphs: set[int] = set()
    boundaries: list[bool | int | None] = []
    before = "."
    ended = 0
    for body, tokens, said in zip(document.body, pieces, texts, strict=True):
        piece = document.text[body.start : body.end]
        carried_on = body.continues or (before[-1:].isalnum() and piece[:1].islower())
        glued = body.continues and bool(starts) and not any(map(str.isspace, document.text[ended : body.start]))
        for i, token in enumerate(tokens):
            at = body.start + token.idx
            if starts and (glued if i == 0 else starts[-1] + len(words[-1]) == at):
                spaces[-1] = False
            words.append(said[i])
            spaces.append(True)
            starts.append(at)
            inside = i > 0 and words[-2][-1] not in _STOPS
            opens = (i == 0 and not carried_on) or (i > 1 and _ends_with_sum(words, token.text))
            boundaries.append(True if opens else False if inside else None)
        paragraphs |= set() if carried_on else {len(words) - len(tokens)}
        before = piece.rstrip() or before
        ended = body.end
    words, headlines = _cased(nlp, texts)
    doc = Doc(nlp.vocab, words=words, spaces=spaces, sent_starts=boundaries if words else None)
    _spell_out_scales(doc)
    doc.user_data[PARAGRAPHS] = frozenset(paragraphs)
    doc.user_data[_STARTS] = starts
    doc.user_data[HEADLINES] = headlines
    doc.user_data[_PUBLISHED] = document.published
    return doc


def _ends_with_sum(words: list[str], word: str) -> bool:
    """Tell whether a word in capitals follows a sum that ends its sentence: "claims of €200m. | The"."""
    return words[-2] in _SUMS and words[-3][-1].isdigit() and word[0].isupper()


def _cased(nlp: Language, pieces: list[list[str]]) -> tuple[list[str], frozenset[int]]:
    """Return the words of all pieces, headlines in title case brought to the usual case, and where those begin."""
    titles = [is_title_cased(words) for words in pieces]
    casing = Casing(nlp, pieces) if any(titles) else None
    words: list[str] = []
    found = []
    for piece, title in zip(pieces, titles, strict=True):
        if title and casing is not None:
            found.append(len(words))
            words += casing.lowered(piece)
        else:
            words += piece
    return words, frozenset(found)


def _spell_out_scales(doc: Doc) -> None:
    """Tell the tagger that "m" behind a number is "million": it takes it for a noun or verb."""
    for i, word in enumerate(doc.to_array("ORTH").tolist()):
        scale = _SCALES.get(doc.vocab.strings[word]) if i else None
        if scale is not None and doc[i - 1].like_num:
            doc[i].norm_ = scale


def token_start(doc: Doc, i: int) -> int:
    """Return where a token begins: in the document's text, or in ``doc.text`` for a plain spaCy ``Doc``."""
    starts = doc.user_data.get(_STARTS)
    return starts[i] if starts is not None else doc[i].idx


def char_span(doc: Doc, start: int, end: int) -> Span:
    """Return the text offsets of the tokens ``start`` to ``end`` (exclusive)."""
    return Span(token_start(doc, start), token_start(doc, end - 1) + len(doc[end - 1].text))


def published(doc: Doc) -> date | None:
    """Return the publication date against which relative dates are read, None for a plain ``Doc``.

    Users of plain spaCy pipelines may set ``doc.user_data["kg_published"]`` themselves.
    """
    day = doc.user_data.get(_PUBLISHED)
    return day if isinstance(day, date) else None


def set_published(doc: Doc, day: date | None) -> Doc:
    """Set the publication date of a ``Doc``, None for an unknown one, and return it."""
    doc.user_data[_PUBLISHED] = day
    return doc
