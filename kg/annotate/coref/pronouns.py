"""To whom "he", "their", "it", "our" refer, by the kind of pronoun."""

from __future__ import annotations

from spacy.tokens import Token

from kg.annotate.coref.discourse import Discourse, Resolution
from kg.annotate.coref.persons import resolve_person
from kg.annotate.coref.plurals import resolve_several
from kg.annotate.coref.speakers import resolve_speakers
from kg.annotate.coref.things import resolve_thing

__all__ = ["resolve_pronoun"]

_HE = frozenset({"he", "him", "his", "himself"})
_SHE = frozenset({"she", "her", "hers", "herself"})
_THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
_IT = frozenset({"it", "its", "itself"})
_I = frozenset({"i", "me", "my", "mine", "myself"})
_WE = frozenset({"we", "us", "our", "ours", "ourselves"})


def resolve_pronoun(discourse: Discourse, token: Token) -> Resolution | None:
    """Return what a personal or possessive pronoun refers to, None for other tokens and where it is not clear."""
    word = token.lower_
    if word in _HE or word in _SHE:
        return resolve_person(discourse, token, "m" if word in _HE else "f")
    if word in _THEY:
        return resolve_several(discourse, token)
    if word in _IT:
        return resolve_thing(discourse, token)
    if word in _I:
        speaker = discourse.speaker(token.i)
        return None if speaker is None or discourse.kind(speaker) != "person" else ((speaker,), 0.9)
    return resolve_speakers(discourse, token) if word in _WE else None
