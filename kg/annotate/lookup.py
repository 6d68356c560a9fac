"""Find the entities, times and quantities at a place in a ``Doc``; every later component asks here."""

from __future__ import annotations

from spacy.tokens import Doc

from kg.annotate.layers import DocEntity, EntityMention

__all__ = ["entity", "mention_headed_by"]


def mention_headed_by(doc: Doc, i: int) -> EntityMention | None:
    """Return the mention that hangs in the tree by token ``i``, the longest if several do; else None."""
    hits = [m for m in doc._.kg_mentions if m.head == i]
    return max(hits, key=lambda m: m.end - m.start, default=None)


def entity(doc: Doc, index: int) -> DocEntity:
    """Return an entity of the document by its id."""
    found: DocEntity = doc._.kg_entities[index]
    return found
