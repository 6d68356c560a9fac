"""Put parameters into the sub-selects of a named query.

A variable that a sub-select does not project is its own (SPARQL 1.1 Query Language, 12), so no engine carries a
parameter into it, and a sub-select reads the whole graph where only the events of an entity are asked for. In the files
of ``queries/`` the name of a parameter means the parameter everywhere. To an engine that is not told so, the one inside
is unbound and means "all", and what stands outside selects: the rows are the same, only later.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from kg.query.engine import Term
from kg.query.tokens import Token, closing, is_word, tokenize

__all__ = ["place_terms"]


_LISTS = frozenset(("SELECT", "DISTINCT", "REDUCED", "BY", "VALUES"))


def place_terms(text: str, bound: Mapping[str, Term]) -> str:
    """Return a query with terms in place of the variables in sub-selects that do not project them.

    A sub-select that gives a variable a value of its own, by AS, VALUES or an inner projection, keeps it.

    >>> from pyoxigraph import NamedNode
    >>> place_terms("SELECT ?s ?o { { SELECT ?s { ?s ?p ?o } } ?s ?q ?o }", {"o": NamedNode("urn:a")})
    'SELECT ?s ?o { { SELECT ?s { ?s ?p <urn:a> } } ?s ?q ?o }'
    """
    tokens = tokenize(text) if bound else ()
    places = {at: term for name, term in bound.items() for at in _own(tokens, name)}
    parts, end = [], 0
    for at, term in sorted(places.items()):
        parts += [text[end : tokens[at].start], str(term)]
        end = tokens[at].end
    return "".join((*parts, text[end:]))


def _own(tokens: Sequence[Token], name: str) -> Iterator[int]:
    """Yield where a variable stands in outermost sub-selects that do not project it."""
    last = 0
    for opening, (token, after) in enumerate(pairwise(tokens)):
        if opening < last or token.text != "{" or not is_word(after, "SELECT"):
            continue
        if _projects(tokens, opening + 1, name):
            continue
        last = closing(tokens, opening)
        inside = [at for at in range(opening, last) if tokens[at].kind == "variable" and tokens[at].text[1:] == name]
        if not any(_is_listed(tokens, at) for at in inside):
            yield from inside


def _projects(tokens: Sequence[Token], select: int, name: str) -> bool:
    """Say whether the SELECT there projects a variable: by name, as an expression, or with all others by a star."""
    end = next(at for at in range(select, len(tokens)) if tokens[at].text == "{")
    listed = [at for at in range(select, end) if tokens[at].kind == "variable" and _is_listed(tokens, at)]
    return not listed or name in {tokens[at].text[1:] for at in listed}


def _is_listed(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a variable is named here: in a projection, after AS, by VALUES, GROUP BY or ORDER BY."""
    if is_word(tokens[at - 1], "AS"):
        return True
    at -= 1
    while tokens[at].kind == "variable" or tokens[at].text in ")(":
        if tokens[at].text == "(":  # the list of VALUES (?a ?b)
            return is_word(tokens[at - 1], "VALUES")
        at = (_opening(tokens, at) if tokens[at].text == ")" else at) - 1
    return tokens[at].kind == "word" and tokens[at].text.upper() in _LISTS


def _opening(tokens: Sequence[Token], at: int) -> int:
    """Return where the parenthesis that closes there opens."""
    depth = 0
    while True:
        depth += (tokens[at].text == ")") - (tokens[at].text == "(")
        if depth == 0:
            return at
        at -= 1
