"""What grammar forbids a description to mean: who acts in its own clause, and who is told what it is part of."""

from __future__ import annotations

from spacy.tokens import Token

from kg.annotate.coref.discourse import SUBJECTS, Discourse, acting
from kg.annotate.layers import EntityMention

__all__ = ["is_other"]

_VERBS = frozenset({"VERB", "AUX"})
_OBJECTS = frozenset({"dobj", "dative"})


def is_other(discourse: Discourse, token: Token, mention: EntityMention) -> bool:
    """Tell whether a name and a description are two: "Aero sued the airline", "told Le Monde that the paper".

    Whoever acts in a clause is not called by a description in it: "China, which built the country's first bridge".
    """
    name = acting(discourse.doc[mention.head])
    if discourse.sentence(mention.head) != discourse.sentence(token.i):
        return False
    if any(t.dep_ == "appos" and t.head.i == mention.head for t in (token, *token.ancestors)):
        return True  # "China, the country's creditor"
    if name.dep_ in _OBJECTS and name.head.lemma_ == "tell":
        return True
    return name.i in _acting(token) or (name.head == token.head and name.dep_ != "poss")


def _acting(token: Token) -> frozenset[int]:
    """Return the subject of the clause that a phrase is part of, or what a relative clause hangs by."""
    verb = next((t for t in token.ancestors if t.pos_ in _VERBS), None)
    for _ in range(4):
        if verb is None:
            return frozenset()
        subject = next((t for t in verb.children if t.dep_ in SUBJECTS), None)
        if subject is not None:
            break
        aim = verb.dep_ == "acl" and verb.tag_ == "VB"  # "sent ships in order to guard the country's ports"
        if verb.dep_ in {"relcl", "acl"} and not aim:
            return frozenset({verb.head.i})
        verb = next((t for t in verb.ancestors if t.pos_ in _VERBS), None)
    if verb is None or subject is None or subject == token or subject.is_ancestor(token):
        return frozenset()
    if subject.tag_ in {"WDT", "WP"} and verb.dep_ == "relcl":
        return frozenset({verb.head.i})
    return frozenset({subject.i})
