"""What grammar forbids a description or pronoun to mean: who acts in its own clause, who is told what it is part of."""

from __future__ import annotations

from spacy.tokens import Token

from kg.annotate.coref.discourse import Discourse
from kg.annotate.coref.tokens import SUBJECTS, acting
from kg.annotate.layers import EntityMention
from kg.annotate.names.nouns import words

__all__ = ["is_bound", "is_other"]

_TOWARDS = frozenset({"to", "for", "against", "about", "from", "by", "at", "toward", "towards"})
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


def is_bound(discourse: Discourse, token: Token, mention: EntityMention) -> bool:
    """Tell whether grammar forbids it: "his brother Ali" is not his own brother, "X saw him" is not X."""
    head = discourse.doc[mention.head]
    if token.dep_ == "poss" and (token.head.i == mention.head or token.head in (head.head, *head.children)):
        return token.head.i == mention.head or head.dep_ == "appos" or any(t.dep_ == "appos" for t in head.children)
    if token.lower_.endswith("self"):
        return False
    if _subject_verb(token.head).dep_ == "relcl" and token.dep_ in {"dobj", "dative"}:
        verb = _subject_verb(token.head)
        named = verb.head.head if verb.head.dep_ == "appos" else verb.head  # "X, a doctor who examined her"
        if (head in {verb.head, named} or acting(head) == verb.head) and any(
            t.dep_ in SUBJECTS and t.tag_ == "WP" for t in verb.children
        ):
            return True  # "X, who promoted Y and decorated him": not X
    if acting(head).dep_ not in SUBJECTS:
        return False
    if token.dep_ == "pobj" and token.head.lower_ in _TOWARDS:  # "X apologised to him" is not X
        return acting(head).head == _subject_verb(token.head.head)
    return token.dep_ in {"dobj", "dative", "iobj"} and acting(head).head == _subject_verb(token.head)


def _subject_verb(verb: Token) -> Token:
    """Return the verb whose subject a verb shares: "wrote" for "asking" in "she wrote, asking him to stay"."""
    for _ in range(4):
        above = verb.head
        if verb.dep_ == "pcomp":
            above = next((t for t in above.ancestors if t.pos_ in {"VERB", "AUX"}), verb)
        elif verb.dep_ not in {"advcl", "xcomp", "conj"} or _tells_result(verb):
            return verb
        own = any(t.dep_ in SUBJECTS for t in verb.children)
        asked = verb.dep_ in {"xcomp", "pcomp"} or (verb.dep_ == "advcl" and verb.tag_ == "VB")
        if own or (asked and any(t.dep_ == "dobj" and t.i < verb.i for t in above.children)):
            return verb  # "asked X to help him": the object is who helps
        verb = above
    return verb


def _tells_result(verb: Token) -> bool:
    """Tell whether a participle tells what came of its clause: "Ali is ill, preventing him from playing"."""
    return verb.dep_ == "advcl" and verb.tag_ == "VBG" and verb.i > verb.head.i and verb.lemma_ in words("result_verbs")
