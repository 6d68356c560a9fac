"""To which place "the city", "the province" refer: the one of which the text told last."""

from __future__ import annotations

from spacy.tokens import Token

from kg.annotate.coref.discourse import Discourse, Resolution

__all__ = ["described_place"]

_TOWNS = frozenset({"city", "town"})
_FAR = 2


def described_place(discourse: Discourse, token: Token) -> Resolution | None:
    """Return the city or region that a definite description means, None where two are near.

    A description with words of its own ("the northern city") may mean a place that the text has not named.
    """
    if any(t.dep_ not in {"det", "case", "poss"} and t.i < token.i for t in token.children):
        return None
    wanted = {"schema:City"} if token.lemma_.lower() in _TOWNS else {"schema:Place"}
    near = [m for m in discourse.before(token.i, _FAR) if discourse.entities[m.entities[0]].type in wanted]
    named = list(dict.fromkeys(e for m in near if len(m.entities) == 1 for e in m.entities))
    if len(named) > 1:
        own = discourse.sentence(token.i)
        named = list(dict.fromkeys(e for m in near if discourse.sentence(m.start) >= own - 1 for e in m.entities))
    return ((named[0],), 0.7) if len(named) == 1 else None
