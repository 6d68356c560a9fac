"""How likely somebody named before is the one that "he" or "she" means: near ones, subjects, those who report."""

from __future__ import annotations

from spacy.tokens import Token

from kg.annotate.coref.discourse import Discourse
from kg.annotate.coref.tokens import SUBJECTS, acting, is_human, is_plural
from kg.annotate.names.nouns import words

__all__ = ["is_main", "salience"]

_RECENCY = (1.0, 0.65, 0.35, 0.2)


def salience(discourse: Discourse, token: Token, head: int, own: int) -> float:
    """Weigh an antecedent: near ones, subjects, and the subject of the verb that reports the pronoun's clause.

    Args:
        discourse: The document.
        token: The pronoun.
        head: The token by which the antecedent's mention hangs.
        own: The number of the pronoun's sentence.

    Returns:
        From about -1 to 3; one that is named in the sentence has 1.
    """
    candidate = acting(discourse.doc[head])
    distance = own - discourse.sentence(head)
    weight = _RECENCY[min(distance, 3)]
    if discourse.in_quotation(head) and not discourse.in_quotation(token.i):
        weight -= 0.4  # '"Ali is ill," Omar said. He left.': not Ali
    if candidate.dep_ in SUBJECTS or (candidate.dep_ == "attr" and candidate.head.lemma_ == "be"):
        weight += 0.35 if distance < 2 else 0.2
        if token.dep_ in SUBJECTS:
            weight += 0.1
        if distance == 1 and is_main(candidate.head):
            weight += 0.2
    elif candidate.dep_ == "poss" and distance == 0 and (owned := _counted(candidate.head)).dep_ in SUBJECTS:
        # "X's supporters wept outside his house", "his critics say that he"
        weight += 0.6 if owned.head.lemma_ in words("say_verbs") and is_human(candidate.head) else 0.35
    elif candidate.dep_ in {"poss", "compound", "nmod"}:
        weight -= 0.2
    elif (
        candidate.dep_ == "dobj" and candidate.head.lemma_ in words("party_verbs") and candidate.head.is_ancestor(token)
    ):
        weight += 0.6  # "X urged Y to leave his post": either may be meant
    elif candidate.dep_ == "pobj" and candidate.head.lower_ != "by":
        weight -= 0.05
    return weight + (_beside(discourse, token, head, candidate) if distance == 0 else 0.0)


def _beside(discourse: Discourse, token: Token, head: int, candidate: Token) -> float:
    """Return what more is told of a candidate in the sentence of the pronoun."""
    weight = 0.35 if head == _nearest_person(discourse, token) else 0.0
    if token.dep_ == "poss" and token.head in candidate.conjuncts:
        weight += 0.6
    if _is_aside(candidate, token):
        weight -= 0.45  # "X, whom Y dismissed, has made it a theme of his": not Y
    return weight


def _is_aside(candidate: Token, token: Token) -> bool:
    """Tell whether somebody acts in a relative clause that a pronoun is no part of."""
    verb = candidate.head
    return candidate.dep_ in SUBJECTS and verb.dep_ == "relcl" and not verb.is_ancestor(token)


def _counted(noun: Token) -> Token:
    """Return what a noun is counted by: "thousands" for "thousands of supporters", else the noun."""
    above = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else noun
    return above if is_plural(above) or above.like_num else noun


def is_main(verb: Token) -> bool:
    """Tell whether a verb is that of the sentence, or coordinated with it."""
    return verb.dep_ == "ROOT" or (verb.dep_ == "conj" and verb.head.dep_ == "ROOT")


def _nearest_person(discourse: Discourse, token: Token) -> int | None:
    """Return the nearest subject around a pronoun that is a person; "who" counts as its antecedent."""
    for subject in discourse.subjects(token):
        noun = subject.head.head if subject.tag_ in {"WP", "WDT"} and subject.head.dep_ == "relcl" else subject
        mention = discourse.named_by(noun)
        if mention is not None and discourse.kind(mention.entities[0]) == "person":
            return mention.head
    return None
