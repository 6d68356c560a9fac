"""Does a capital or a seat of government act for its country, or is it the place where something happens?

"Moscow said", "loans from Moscow", "relied on the Kremlin" are the government; "in Moscow", "flew to Moscow", "the
mayor of Moscow", "talks in the Kremlin" are the place. The decision reads the dependency tree only.
"""

from __future__ import annotations

from spacy.tokens import Token

from kg.annotate.names.nouns import words

__all__ = ["acts_for_government"]

_PARTY_PREPOSITIONS = frozenset({"with", "by", "against", "between", "among", "upon", "towards", "toward", "for"})
_RULERS = frozenset({"government", "regime", "leadership"})
_PARTICIPLES = frozenset({"back", "lead", "control", "ally", "appoint", "install", "support", "sponsor", "fund", "run"})


def acts_for_government(token: Token, *, seat: bool) -> bool:
    """Tell whether the head token of a capital's or seat's name stands for the government.

    Args:
        token: Head of the name.
        seat: True for a seat of government ("Kremlin"), which acts unless something puts it in space; a capital
            ("Moscow") is a place unless something makes it act.
    """
    while token.dep_ == "conj" and token.head.ent_type_ and token.head.pos_ == "PROPN":
        token = token.head
    if token.dep_ in {"nsubj", "csubj"}:
        return _subject_acts(token.head, seat=seat)
    if token.dep_ == "pobj" and token.head.dep_ == "mark":  # "after Ottawa said": read as "after Ottawa"
        return _subject_acts(token.head.head, seat=seat)
    if token.dep_ == "nsubjpass":
        thought = token.head.lemma_ in words("opinion_verbs") and any(t.dep_ == "xcomp" for t in token.head.children)
        return seat or thought or token.head.lemma_ in words("party_verbs")
    if token.dep_ in {"dative", "iobj"} and token.head.lemma_ in words("exchange_verbs"):
        return True
    if token.dep_ in {"dobj", "dative", "iobj"}:
        return token.head.lemma_ in words("party_verbs") or (seat and token.head.lemma_ not in words("motion"))
    if token.dep_ == "poss":
        return _owner_acts(token.head, seat=seat)
    if token.dep_ in {"compound", "nmod", "amod", "npadvmod"}:
        return _modifier_acts(token.head, seat=seat)
    if token.dep_ in {"pobj", "pcomp"}:
        return _complement_acts(token.head, seat=seat)
    return seat


def _subject_acts(verb: Token, *, seat: bool) -> bool:
    """A capital that is somewhere or something is a city; one that does anything is a government."""
    if verb.lemma_ not in words("be_verbs") or verb.pos_ not in {"AUX", "VERB"}:
        return True
    attribute = next((t for t in verb.children if t.dep_ == "attr"), None)
    return seat if attribute is None or attribute.lemma_ in words("place_heads") else attribute.pos_ != "PROPN"


def _owner_acts(owned: Token, *, seat: bool) -> bool:
    if owned.lemma_ in words("place_heads") or owned.lemma_ in words("event_compounds"):
        return False
    return seat or owned.lemma_ in words("party_heads") or owned.pos_ == "VERB"


def _modifier_acts(head: Token, *, seat: bool) -> bool:
    if head.lemma_ in words("event_compounds") or head.lemma_ in words("place_heads"):
        return False
    return seat or head.lemma_ in words("government_heads") or (head.tag_ == "VBN" and head.lemma_ in _PARTICIPLES)


def _complement_acts(preposition: Token, *, seat: bool) -> bool:
    """Read the preposition and what it hangs on."""
    word, governor = preposition.lower_, preposition.head
    if word in words("place_prepositions"):
        if word == "in" and governor.pos_ == "VERB" and preposition.i:
            return preposition.nbor(-1).lemma_ in _RULERS  # "lend the government in X", read as lending in X
        return word in {"in", "over"} and governor.lemma_ in words("government_heads") and governor.pos_ == "NOUN"
    if governor.lemma_ in words("motion"):
        return False
    if word in _PARTY_PREPOSITIONS:
        return seat or word != "for" or governor.pos_ != "VERB"
    if word == "of":
        return governor.lemma_ not in words("place_heads") and (seat or governor.lemma_ in words("government_heads"))
    if word in {"to", "from", "on"}:
        return seat or _exchanged(preposition, governor)
    return seat


def _exchanged(preposition: Token, governor: Token) -> bool:
    """Tell whether something passes to, from or onto a government: loans, pressure, answers, reliance."""
    if governor.pos_ in {"NOUN", "PROPN"}:
        return governor.lemma_ in words("party_heads") or governor.lemma_ in words("exchanged")
    if governor.lemma_ in words("exchange_verbs") or preposition.lower_ == "on":
        return True
    return any(t.dep_ == "dobj" and t.lemma_ in words("exchanged") for t in governor.children)
