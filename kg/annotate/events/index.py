"""The lexicon's triggers by kind and lemma, made once for each lexicon."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.iris import KG
from kg.lexicon import EventClass, Lexicon, Trigger

__all__ = ["Entry", "TriggerIndex"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A trigger with its class; ``order`` breaks ties between triggers that fit equally well."""

    kind: EventClass
    trigger: Trigger
    order: int
    phrase: tuple[str, ...] = ()

    @property
    def added(self) -> bool:
        """Whether its class is of a pack that somebody added to those of kg; such a class comes first."""
        return not self.kind.iri.startswith(KG)


@dataclass(slots=True)
class TriggerIndex:
    """Entries by lemma; nouns of several words stand under their last word, phrases under their first."""

    verbs: dict[str, list[Entry]] = field(default_factory=dict)
    nouns: dict[str, list[Entry]] = field(default_factory=dict)
    adjectives: dict[str, list[Entry]] = field(default_factory=dict)
    phrases: dict[str, list[Entry]] = field(default_factory=dict)

    @classmethod
    def of(cls, lexicon: Lexicon) -> TriggerIndex:
        """Return the index of a lexicon."""
        index = cls()
        order = 0
        for kind in lexicon.classes.values():
            for trigger in kind.triggers:
                order += 1
                for lemma in trigger.lemmas:
                    index._add(Entry(kind, trigger, order, tuple(lemma.split())), lemma)
        return index

    def knows(self, word: str, lemma: str) -> bool:
        """Say whether a token may carry or begin a trigger that is no verb."""
        return lemma in self.nouns or word in self.nouns or word in self.adjectives or word in self.phrases

    def _add(self, entry: Entry, lemma: str) -> None:
        words = entry.phrase
        tables = {"verb": self.verbs, "noun": self.nouns, "adjective": self.adjectives, "phrase": self.phrases}
        key = lemma
        if entry.trigger.kind == "noun":
            key = words[0] if "of" in words else words[-1]
        elif entry.trigger.kind == "phrase":
            key = words[0]
        tables[entry.trigger.kind].setdefault(key, []).append(entry)
