"""Cues: what in the form of a sentence makes it less sure who did it to whom, as direct triples ask.

A claim that misreads one of its parties still tells something of the other; a direct triple falls with either. Fusing
sees no parse, so the cues are read off here and kept with the claim (:attr:`kg.model.Claim.cues`).

    noun         a noun carries the claim, so that its parties stand in looser slots ("their deals with Peru")
    embedded     the verb stands in a clause that something else governs ("said that ...", "of hiding ...")
    ended        a noun carries the claim below a verb that ends it or puts it off ("suspended purchases from Peru")
    cut          a name seems to go on beyond what was recognised ("Neft" of "Gazprom Neft")
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from kg.annotate.clauses.tree import Tree, tree_of
from kg.annotate.layers import EntityFiller, EntityMention, EventDraft
from kg.annotate.names.patterns import is_title
from kg.model import MentionKind

__all__ = ["CUES", "Mentions", "cues_of"]

CUES = ("cut", "embedded", "ended", "noun")
"""Every cue, sorted."""

_PARTIES = frozenset({"agent", "recipient", "participant", "destination", "theme"})
# What a noun says of posts and places is told by fixed phrases.
_PHRASES = frozenset({"HoldOffice", "Employ", "Member", "Locate"})
_GOVERNED = frozenset({"ccomp", "pcomp", "acl"})
_INNER = frozenset({"compound", "nmod", "amod", "npadvmod", "punct", "dep"})
_PROPER = frozenset({"NNP", "NNPS"})
_ENDING = frozenset({
    "abandon", "cancel", "cease", "delay", "drop", "end", "freeze", "halt", "pause", "postpone", "scrap", "shelve",
    "stop", "suspend", "terminate", "wind_down",
})  # fmt: skip

Mentions = dict[tuple[int, int], EntityMention]
"""The mentions of a document by their token ranges."""


def cues_of(doc: Doc, draft: EventDraft, mentions: Mentions) -> tuple[str, ...]:
    """Return the cues of a draft, sorted.

    Args:
        doc: The document.
        draft: One of ``doc._.kg_events``.
        mentions: The document's mentions by token range; a token that none covers is no part of a name that is known.
    """
    tree = tree_of(doc)
    return tuple(sorted((*_form(tree, draft), *_names(doc, tree, draft, mentions))))


def _form(tree: Tree, draft: EventDraft) -> Iterator[str]:
    verbal = tree.is_verb(draft.head)
    if not verbal and draft.event_type not in _PHRASES:
        yield "noun"
        if tree.deps[draft.head] in {"dobj", "nsubjpass"} and tree.lemmas[tree.heads[draft.head]] in _ENDING:
            yield "ended"
    if verbal and draft.clause.relation in _GOVERNED:
        yield "embedded"


def _parties(draft: EventDraft) -> Iterator[EntityFiller]:
    for role, filler in draft.roles:
        if role in _PARTIES and isinstance(filler, EntityFiller) and filler.start < filler.end:
            yield filler


def _names(doc: Doc, tree: Tree, draft: EventDraft, mentions: Mentions) -> Iterator[str]:
    for filler in _parties(draft):
        mention = mentions.get((filler.start, filler.end))
        named = mention is not None and mention.kind is MentionKind.NAME
        if mention is not None and named and (_goes_on(doc, tree, mention) or _is_hyphened(tree, mention, mentions)):
            yield "cut"
            return


def _goes_on(doc: Doc, tree: Tree, mention: EntityMention) -> bool:
    """Tell whether a capitalised word that is no title hangs on a name, right before or behind it."""
    before, behind = mention.start - 1, mention.end
    if behind < len(tree.tags) and _is_named(tree, behind) and _joined(tree, behind, mention):
        return not is_title(doc[behind])
    return before >= 0 and _is_named(tree, before) and _joined(tree, before, mention) and not is_title(doc[before])


def _is_hyphened(tree: Tree, mention: EntityMention, mentions: Mentions) -> bool:
    """Tell whether a word that is no name of its own is part of one: "Hind-Mittal Energy", "Search and Rescue Unit"."""
    link = mention.start - 1
    if link < 1 or not _is_named(tree, link - 1):
        return False
    if tree.words[link] in {"and", "&"} and mention.start <= tree.heads[link - 1] < mention.end:
        return True
    joins = (tree.texts[link] == "-" and not tree.spaced[link]) or tree.words[link] in {"and", "&"}
    return joins and tree.deps[link - 1] in _INNER and not any(m.start < link <= m.end for m in mentions.values())


def _is_named(tree: Tree, i: int) -> bool:
    return tree.tags[i] in _PROPER and tree.texts[i][:1].isupper()


def _joined(tree: Tree, i: int, mention: EntityMention) -> bool:
    """Tell whether a token is one compound with a mention."""
    inside = range(mention.start, mention.end)
    around = tree.heads[i] in inside or tree.heads[mention.head] == i
    return around and "compound" in {tree.deps[i], tree.deps[mention.head]}
