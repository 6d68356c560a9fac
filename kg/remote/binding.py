"""Put parameters into the text of a query, as terms, and declare the prefixes that it takes for granted.

A store of ours is given terms beside the text; the SPARQL protocol has no place for them. So the query's outermost
group begins with ``BIND(<…> AS ?entity)``, whose term the RDF library writes. (``VALUES`` says the same, but Virtuoso
7.2.5 lost rows with it in some questions and never came back from others.)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from kg.errors import QueryError
from kg.query import Term
from kg.query.tokens import Token, closing, is_word, tokenize

__all__ = ["GRAPH_FORMS", "ask_as_select", "bind_terms", "query_form", "with_prefixes"]

_FORMS = frozenset(("SELECT", "ASK", "CONSTRUCT", "DESCRIBE"))
GRAPH_FORMS = frozenset(("CONSTRUCT", "DESCRIBE"))
"""The forms of query that give a graph."""


def query_form(text: str) -> str:
    """Return SELECT, ASK, CONSTRUCT or DESCRIBE; an empty text for what is none of them."""
    tokens = tokenize(text)
    at = _form_at(tokens)
    return tokens[at].text.upper() if at is not None else ""


def ask_as_select(text: str) -> str:
    """Return an ASK as a SELECT of the same pattern, for parsing without asking; other queries as they are."""
    tokens = tokenize(text)
    at = _form_at(tokens)
    if at is None or not is_word(tokens[at], "ASK"):
        return text
    return f"{text[: tokens[at].start]}SELECT (1 AS ?asked) {text[tokens[at].end :]}"


def with_prefixes(text: str, known: Mapping[str, str]) -> str:
    """Return a query with declarations before it of the known prefixes that it uses and does not declare."""
    tokens = tokenize(text)
    declared = {after.text for before, after in pairwise(tokens) if is_word(before, "PREFIX")}
    used = {token.text.partition(":")[0] for token in tokens if token.kind == "name"}
    missing = [prefix for prefix in known if prefix in used and f"{prefix}:" not in declared]
    return "".join(f"PREFIX {prefix}: <{known[prefix]}> " for prefix in missing) + text


def bind_terms(text: str, bound: Mapping[str, Term]) -> str:
    r"""Return a query whose outermost group begins with the terms of its variables.

    >>> from pyoxigraph import Literal
    >>> bind_terms("SELECT ?s WHERE { ?s ?p ?o }", {"o": Literal('"} #')})
    'SELECT ?s WHERE { BIND("\\"} #" AS ?o) ?s ?p ?o }'

    Raises:
        QueryError: It has no group in which they could stand.
    """
    if not bound:
        return text
    tokens = tokenize(text)
    opening = _outermost_group(tokens)
    if opening is None:
        raise QueryError(
            f"the query has no group in which {', '.join(map(repr, bound))} could be bound",
            remedy="Write its WHERE out; CONSTRUCT WHERE { … } and DESCRIBE <…> take no parameters",
        )
    values = "".join(f" BIND({term} AS ?{name})" for name, term in bound.items())
    at = tokens[opening].end
    if is_word(tokens[opening + 1], "SELECT"):  # a group that is one SELECT must become a member of a group
        end = tokens[closing(tokens, opening)].start
        return f"{text[:at]}{values} {{{text[at:end]}}} {text[end:]}"
    return text[:at] + values + text[at:]


def _form_at(tokens: Sequence[Token]) -> int | None:
    return next((at for at, t in enumerate(tokens) if t.kind == "word" and t.text.upper() in _FORMS), None)


def _outermost_group(tokens: Sequence[Token]) -> int | None:
    """Return where the group of the WHERE opens: past a projection's EXISTS { … }, past a CONSTRUCT's template."""
    form = _form_at(tokens)
    if form is None:
        return None
    if is_word(tokens[form], "CONSTRUCT"):
        if form + 1 >= len(tokens) or tokens[form + 1].text != "{":
            return None
        form = closing(tokens, form + 1)
    return next(_openings(tokens, form + 1), None)


def _openings(tokens: Sequence[Token], start: int) -> Iterator[int]:
    """Yield where braces open that no parenthesis holds."""
    depth = 0
    for at in range(start, len(tokens)):
        sign = tokens[at].text if tokens[at].kind == "sign" else ""
        depth += (sign == "(") - (sign == ")")
        if sign == "{" and depth == 0:
            yield at
