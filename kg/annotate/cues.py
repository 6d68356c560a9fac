"""Cues: what in the form of a sentence makes it less sure who did it to whom, as direct triples ask.

A claim that misreads one of its parties still tells something of the other; a direct triple falls with either. Fusing
sees no parse, so the cues are read off here and kept with the claim (:attr:`kg.model.Claim.cues`).

    answered     a noun carries the claim below a verb that turns it down, whose subject need not be addressed
                 ("rejected Kenyan accusations", "a demand of Kenya's")
    bare         the verb has a subject, but the form of none: a noun misread ("aides like budget chief | pick | A")
    borrowed     the verb has its subject from another clause ("plans to ...", "wary of ...", "fled, leaving ...")
    embedded     the verb stands in a clause that something else governs ("said that ...", "of hiding ...")
    ended        a noun carries the claim below a verb that ends it or puts it off ("suspended purchases from Peru")
    cut          a name seems to go on beyond what was recognised, see :mod:`kg.annotate.names.cut`
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from spacy.tokens import Doc

from kg.annotate.clauses.tree import Tree, tree_of
from kg.annotate.layers import EntityFiller, EventDraft, Slot
from kg.annotate.names.cut import Mentions, mention_of

__all__ = ["CUES", "cues_of"]

CUES = ("answered", "bare", "borrowed", "cut", "embedded", "ended")
"""Every cue, sorted."""

_PARTIES = frozenset({"agent", "recipient", "participant", "destination", "theme"})
# What a noun says of posts and places is told by fixed phrases.
_PHRASES = frozenset({"HoldOffice", "Employ", "Member", "Locate"})
_FREE = frozenset({"ROOT", "compound", "dep", "juxtaposed", "parataxis", "relcl"})
_GOVERNED = frozenset({"acl", "ccomp", "pcomp"})
_LENDING = frozenset({"acl", "advcl", "pcomp", "raising", "xcomp"})
_ANSWERING = frozenset({"deny", "dismiss", "ignore", "rebuff", "refuse", "reject", "resist", "shrug_off", "spurn"})
_ENDING = frozenset({
    "abandon", "abrogate", "annul", "cancel", "cease", "delay", "drop", "end", "freeze", "halt", "pause", "postpone",
    "renounce", "revoke", "rip", "scrap", "shelve", "stop", "suspend", "tear", "terminate", "void", "wind_down",
})  # fmt: skip


def cues_of(doc: Doc, draft: EventDraft, mentions: Mentions, cut: Collection[tuple[int, int]]) -> tuple[str, ...]:
    """Return the cues of a draft, sorted.

    Args:
        doc: The document.
        draft: One of ``doc._.kg_events``.
        mentions: The document's mentions by token range.
        cut: Those that are cut: see :func:`kg.annotate.names.cut.cut_names`.
    """
    tree = tree_of(doc)
    found = ("cut",) if _is_cut(doc, draft, mentions, cut) else ()
    return tuple(sorted((*_form(tree, draft), *found)))


def _form(tree: Tree, draft: EventDraft) -> Iterator[str]:
    if not tree.is_verb(draft.head):
        governed = tree.deps[draft.head] in {"dobj", "nsubjpass"}
        verb = tree.lemmas[tree.heads[draft.head]]
        if governed and draft.event_type not in _PHRASES and verb in _ENDING:
            yield "ended"
        if governed and verb in _ANSWERING and any(r == "recipient" for r, _ in draft.roles):
            yield "answered"
        return
    if tree.tags[draft.head] == "VB" and tree.deps[draft.head] in _FREE and tree.child(draft.head, "aux") is None:
        yield "bare"
    if draft.clause.relation in _GOVERNED:
        yield "embedded"
    if any(a.slot is Slot.SUBJECT and a.inherited in _LENDING for a in draft.clause.arguments):
        yield "borrowed"


def _parties(draft: EventDraft) -> Iterator[EntityFiller]:
    for role, filler in draft.roles:
        if role in _PARTIES and isinstance(filler, EntityFiller):
            yield filler


def _is_cut(doc: Doc, draft: EventDraft, mentions: Mentions, cut: Collection[tuple[int, int]]) -> bool:
    if not cut:
        return False
    sentence = range(doc[draft.head].sent.start, doc[draft.head].sent.end)
    found = (mention_of(filler, mentions, sentence) for filler in _parties(draft))
    return any(mention is not None and (mention.start, mention.end) in cut for mention in found)
