"""To whom "her husband", "his counterpart", "Ali's successor" refer: one who is said to be that of somebody.

The text says so beside a name: "her husband, Luis Rey", "Ana Rey, the wife of Luis Rey", "his brother Juan".
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.annotate.coref.discourse import Discourse, Resolution
from kg.annotate.layers import EntityMention
from kg.annotate.names.nouns import words
from kg.model import MentionKind

__all__ = ["related_person"]

_SPOUSES = frozenset({"wife", "husband", "spouse"})
_MUTUAL = (_SPOUSES, frozenset({"brother", "sister", "sibling"}), frozenset({"rival"}), frozenset({"partner"}))
"""Who is one of these of somebody has him for one."""


def related_person(discourse: Discourse, token: Token) -> Resolution | None:
    """Return who is said to be the relative, aide or peer of the owner in "his ...", None where nobody is."""
    lemma = token.lemma_.lower()
    if lemma != "counterpart" and lemma not in words("relational_persons"):
        return None
    owner = _owner(discourse, token)
    if owner is None or discourse.kind(owner) != "person":
        return None
    if lemma == "counterpart":
        peer = _counterpart(discourse, token, owner)
        return ((peer,), 0.7) if peer is not None else None
    mutual = next((nouns for nouns in _MUTUAL if lemma in nouns), frozenset())
    found = {b for noun, a, b in _told(discourse) if a == owner and (noun == lemma or noun in mutual)}
    found |= {a for noun, a, b in _told(discourse) if b == owner and noun in mutual}
    return (tuple(found), 0.75) if len(found) == 1 else None


def _owner(discourse: Discourse, noun: Token) -> int | None:
    """Return whose a noun is: "his wife", "Ali's wife", "the wife of Ali"."""
    inner = (t for prep in noun.children if prep.lower_ == "of" for t in prep.children if t.dep_ == "pobj")
    named = (
        discourse.heads[t.i] for t in (*noun.children, *inner) if t.dep_ in {"poss", "pobj"} and t.i in discourse.heads
    )
    return next((m.entities[0] for m in named if len(m.entities) == 1), None)


def _told(discourse: Discourse) -> Iterator[tuple[str, int, int]]:
    """Yield what persons are said to be of others beside their names: noun, of whom, who."""
    for mention in discourse.mentions:
        if mention.kind is MentionKind.NAME and discourse.kind(mention.entities[0]) == "person":
            for noun in _beside(discourse, mention):
                lemma = noun.lemma_.lower()
                owner = _owner(discourse, noun) if lemma in words("relational_persons") else None
                if owner is not None and owner != mention.entities[0]:
                    yield lemma, owner, mention.entities[0]


def _beside(discourse: Discourse, mention: EntityMention) -> Iterator[Token]:
    """Yield the nouns in apposition to a name or before it."""
    name = discourse.doc[mention.head]
    if name.dep_ == "appos":
        yield name.head
    yield from (
        t for t in name.children if t.dep_ == "appos" or (t.dep_ in {"compound", "nmod"} and t.i < mention.start)
    )


def _counterpart(discourse: Discourse, token: Token, owner: int) -> int | None:
    """Return the one near who holds the same office as somebody."""
    held = {t.lemma for t in discourse.titles if t.person == owner and not t.former}
    peers = {t.person for t in discourse.titles if t.lemma in held and not t.former} - {owner}
    near = (m.entities[0] for m in discourse.before(token.i, 2) if len(m.entities) == 1)
    return next((e for e in near if e in peers), None)
