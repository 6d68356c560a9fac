"""The tokens of a query, by the terminals of the grammar (SPARQL 1.1 Query Language, 19.8).

So that a brace in a comment or a text is none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.errors import QueryError

__all__ = ["Token", "closing", "is_word", "tokenize"]

_TOKEN = re.compile(
    r"""
      (?P<comment>\#[^\n\r]*)
    | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<string>\"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
        | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*')
    | (?P<variable>[?$]\w+)
    | (?P<name>(?:[^\W\d_][\w.-]*)?:(?:[\w.:-]|%[0-9A-Fa-f]{2}|\\.)*)
    | (?P<word>[^\W\d_]\w*)
    | (?P<sign>[{}()])
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A token and where it stands in the text."""

    kind: str
    text: str
    start: int
    end: int


def tokenize(text: str) -> Sequence[Token]:
    """Return the tokens of a query without its comments; operators and numbers are left out."""
    return tuple(
        Token(match.lastgroup or "", match[0], match.start(), match.end())
        for match in _TOKEN.finditer(text)
        if match.lastgroup != "comment"
    )


def is_word(token: Token, word: str) -> bool:
    """Say whether a token is a keyword, in any case."""
    return token.kind == "word" and token.text.upper() == word


def closing(tokens: Sequence[Token], opening: int) -> int:
    """Return where the brace that opens there closes.

    Raises:
        QueryError: It does not.
    """
    depth = 0
    for at in range(opening, len(tokens)):
        sign = tokens[at].text if tokens[at].kind == "sign" else ""
        depth += (sign == "{") - (sign == "}")
        if depth == 0:
            return at
    raise QueryError("a brace of the query is never closed")
