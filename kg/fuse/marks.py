"""Marks: what the words make doubtful about an entity that fills a role of a claim.

They are read off the names, pronouns and descriptions of the document, without its parse.

    description  a description stands for it ("the company"); ``stale`` when its name is sentences back
    pronoun      a pronoun stands for it; ``stale`` when its name is sentences back, ``passed`` when another one of its
                 kind was named since and it did not open its sentence
    unsure       its words were resolved with less certainty than direct triples want, or it stands nowhere in the
                 sentence
    early        its name is cut here, and stands in full further down only ("Ruiz" of a firm, before "Ana Ruiz")
    shared       only a part of its name stands here, and another one has it too ("Acme" of "Ben Acme" and "Acme
                 Power"); of persons, two others
    guessed      a person of whom one word is known, who may as well be a firm ("Alstom")
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from kg.model import Annotation, Claim, EntityValue, Family, LocalEntity, Mention, MentionKind, Span

__all__ = ["MARKS", "Surroundings"]

MARKS = ("description", "early", "guessed", "passed", "pronoun", "shared", "stale", "unsure")
"""Every mark, sorted."""

# How sure a filler is that stands nowhere in the sentence.
_INHERITED = 0.5
_SURE = 0.7
# Ends the key of a person of whom only one word is known: see LocalEntity.
_GUESSED = "_person"
_NAMING = frozenset({MentionKind.NAME, MentionKind.DEMONYM, MentionKind.METONYM})
# Other persons of one surname from which on it tells too little.
_NAMESAKES = 2
# Letters of a name that is no acronym.
_WORD = 6


class Surroundings:
    """What a document names where, asked for the parties of its claims."""

    def __init__(self, annotation: Annotation) -> None:
        self._annotation = annotation
        self._starts = sorted(sentence.start for sentence in annotation.sentences)

    @cached_property
    def _entities(self) -> Mapping[str, LocalEntity]:
        return {entity.key: entity for entity in self._annotation.entities}

    def _family(self, key: str) -> Family | None:
        entity = self._entities.get(key)
        return entity.family if entity is not None else None

    @cached_property
    def _mentions(self) -> Mapping[str, Sequence[Mention]]:
        found: dict[str, list[Mention]] = {}
        for mention in self._annotation.mentions:
            for key in mention.entities:
                found.setdefault(key, []).append(mention)
        return found

    def marks(self, claim: Claim) -> dict[str, tuple[str, ...]]:
        """Return the marks of each entity that fills a role of a claim, by its key in the document, sorted.

        Of an entity that fills several roles, those of all.
        """
        found: dict[str, set[str]] = {}
        for value in (role.value for role in claim.roles):
            if isinstance(value, EntityValue):
                found.setdefault(value.key, set()).update(self._marks(value, claim.evidence))
        return {key: tuple(sorted(marks)) for key, marks in found.items()}

    def _marks(self, value: EntityValue, evidence: Span) -> Iterator[str]:
        if value.key.endswith(_GUESSED):
            yield "guessed"
        mention = self._mention(value.key, value.span or evidence)
        if (mention.score if mention is not None else _INHERITED) < _SURE:
            yield "unsure"
        if mention is not None and mention.kind is MentionKind.NAME:
            if self._is_early(value.key, mention):
                yield "early"
            if self._is_shared(value.key, mention):
                yield "shared"
        if mention is None or mention.kind in _NAMING:
            return
        if mention.kind is MentionKind.PRONOUN:
            yield "pronoun"
            yield from self._antecedent(value.key, mention)
        else:
            yield "description"
            yield from (mark for mark in self._antecedent(value.key, mention) if mark == "stale")

    def _mention(self, key: str, span: Span) -> Mention | None:
        """Return the mention of an entity within a span of which is surest that it means it."""
        inside = (m for m in self._mentions.get(key, ()) if m.start < span.end and span.start < m.end)
        return max(inside, key=lambda m: m.score, default=None)

    def _is_early(self, key: str, mention: Mention) -> bool:
        """Tell whether a name is shorter than the whole one, which comes later; a headline may so name a person."""
        entity = self._entities.get(key)
        size = mention.end - mention.start
        if entity is None or entity.same_as or size < _WORD or " " not in entity.label:
            return False
        if entity.family is Family.PERSON and self._sentence(mention.start) == 0:
            return False
        names = [m for m in self._mentions.get(key, ()) if m.kind is MentionKind.NAME]
        whole = max(m.end - m.start for m in names)
        first = min(m.start for m in names if m.end - m.start == whole)
        part = entity.family is not Family.PERSON or any(len(word) == size for word in entity.label.split())
        return size < whole and part and mention.start < first

    def _is_shared(self, key: str, mention: Mention) -> bool:
        """Tell whether a part of a name may mean another entity; two of one surname are told apart elsewhere."""
        entity = self._entities.get(key)
        size = mention.end - mention.start
        part = next((n for n in entity.names if len(n) == size), None) if entity is not None else None
        if entity is None or part is None or size >= len(entity.label) or f" {part} " not in f" {entity.label} ":
            return False
        others = [e for e in self._annotation.entities if e.key != key and f" {part} " in f" {e.label} "]
        namesakes = [e for e in others if e.family is entity.family is Family.PERSON]
        return len(others) > len(namesakes) or len(namesakes) >= _NAMESAKES

    def _antecedent(self, key: str, mention: Mention) -> Iterator[str]:
        """Yield what stands between words and the last name of what they mean."""
        own = self._sentence(mention.start)
        named = [m for m in self._mentions.get(key, ()) if m.kind in _NAMING and m.start < mention.start]
        last = max(named, key=lambda m: m.start, default=None)
        gap = own - self._sentence(last.start) if last is not None else len(self._starts)
        if gap > 1:
            yield "stale"
        since = last is not None and any(last.start < m.start < mention.start for m in self._alike(key))
        if since and last is not None and not self._opens(last):
            yield "passed"

    def _alike(self, key: str) -> Iterator[Mention]:
        """Yield the names of other entities of the same family."""
        family = self._family(key)
        for mention in self._annotation.mentions:
            if mention.kind is MentionKind.NAME and any(
                k != key and self._family(k) is family for k in mention.entities
            ):
                yield mention

    def _opens(self, mention: Mention) -> bool:
        """Tell whether a mention is the first one of its sentence."""
        own = self._sentence(mention.start)
        first = self._starts[max(own, 0)] if self._starts else 0
        return not any(first <= m.start < mention.start for m in self._annotation.mentions)

    def _sentence(self, at: int) -> int:
        return bisect_right(self._starts, at) - 1
