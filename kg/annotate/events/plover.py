"""PLOVER and CAMEO events as a view over the drafts: class, mood and polarity together decide the code.

The graph keeps class and modality apart; event coders do not. A friendly act that is only promised is AGREE, a hostile
one THREATEN, one that must happen REQUEST, a friendly one that does not happen REJECT. Speech, offices and what lasts
have no code. Events are ranked, and few are kept for each sentence, one a class.

PLOVER: https://github.com/openeventdata/PLOVER; CAMEO: Schrodt 2012, http://eventdata.parusanalytics.com.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from spacy.tokens import Doc

from kg.annotate.clauses.tree import Tree, tree_of
from kg.annotate.events.plover_actors import Actors
from kg.annotate.layers import Clause, EntityFiller, EventDraft, Slot
from kg.lexicon import Lexicon, Trigger
from kg.model import Modality, Polarity

__all__ = ["PloverEvent", "events_json", "plover_events"]

_SOURCES = ("agent", "participant")
_TARGETS = ("recipient", "participant", "theme", "destination", "topic", "place")
_GOVERNING = frozenset({"Demand", "Reject", "Threaten", "Agree"})
_MUST = frozenset({"must", "should", "ought"})
_AGREE, _REQUEST, _REJECT, _THREATEN = ("AGREE", "03"), ("REQUEST", "10"), ("REJECT", "12"), ("THREATEN", "13")


@dataclass(frozen=True, slots=True, kw_only=True)
class PloverEvent:
    """One coded event: actors in the words of the text, empty where unknown.

    ``plover`` is the PLOVER class, ``cameo`` a CAMEO root code or range of them; ``score`` ranks within a sentence.
    """

    source: str
    target: str
    plover: str
    cameo: str
    sent: int
    head: int
    score: float

    @property
    def code(self) -> str:
        """The CAMEO root, or the PLOVER class where several roots make it up."""
        return self.cameo if self.cameo.isdigit() else self.plover


def plover_events(doc: Doc, lexicon: Lexicon, *, limit: int = 2) -> list[PloverEvent]:
    """Return the coded events of an annotated ``Doc``, sentence by sentence, best first.

    Args:
        doc: With ``doc._.kg_events`` judged by ``kg_factuality``.
        lexicon: What the drafts were typed with.
        limit: At most this many a sentence.
    """
    view = _View(doc, lexicon)
    by_sentence: dict[int, list[PloverEvent]] = {}
    for event in view.events():
        by_sentence.setdefault(event.sent, []).append(event)
    return [event for sent in sorted(by_sentence) for event in _ranked(by_sentence[sent], limit)]


def events_json(identifier: str, events: Iterable[PloverEvent]) -> dict[str, Any]:
    """Return events in the format of event coders: ``{"id", "events": [{"source", "code", "target"}]}``."""
    rows = [{"source": e.source, "code": e.code, "target": e.target} for e in events]
    return {"id": identifier, "events": rows}


def _ranked(events: list[PloverEvent], limit: int) -> list[PloverEvent]:
    """Return the best events, one a class; after the first only those with both actors or nearly as good."""
    kept: list[PloverEvent] = []
    for event in sorted(events, key=lambda e: (-e.score, e.head)):
        if len(kept) < limit and all(e.plover != event.plover for e in kept):
            kept.append(event)
    return kept


def _merge_protests(events: list[PloverEvent]) -> Iterator[PloverEvent]:
    """Give a protest the target of the demand or reproach that it makes, and leave that out."""
    protests = {e.sent: e for e in events if e.plover == "PROTEST"}
    for event in events:
        protest = protests.get(event.sent)
        if event is not protest and (protest is None or not _below(event, protest)):
            yield event
        elif event is protest:
            aims = [e for e in events if _below(e, event) and e.target]
            source = event.source or next((e.source for e in aims), "")
            target = aims[0].target if aims else event.target
            yield replace(event, source=source, target=target, score=event.score + 2)


def _below(event: PloverEvent, protest: PloverEvent) -> bool:
    same = event.sent == protest.sent and event.plover in {"REQUEST", "ACCUSE"}
    return same and event.head > protest.head and event.source in {"", protest.source}


class _View:
    """The drafts of one document, with what decides their codes."""

    def __init__(self, doc: Doc, lexicon: Lexicon) -> None:
        self.doc = doc
        self.lexicon = lexicon
        self.tree: Tree = tree_of(doc)
        self.triggers: dict[str, Trigger] = {t.name: t for c in lexicon.classes.values() for t in c.triggers}
        self.clauses: dict[int, Clause] = {c.id: c for c in doc._.kg_clauses}
        self.actors = Actors(doc)
        self.drafts: list[EventDraft] = list(doc._.kg_events)
        self.governed = self._governed()

    def _governed(self) -> dict[int, EventDraft]:
        """Return for each draft that another one governs ("urged them to withdraw") the one above, by position."""
        found: dict[int, EventDraft] = {}
        for above in self.drafts:
            if above.event_type not in _GOVERNING:
                continue
            ranges = [(self.tree.left[h], self.tree.right[h]) for r, h in above.heads if r in {"theme", "topic"}]
            for n, draft in enumerate(self.drafts):
                if draft is not above and any(a <= draft.head < b for a, b in ranges):
                    found.setdefault(n, above)
        return found

    def events(self) -> Iterator[PloverEvent]:
        found = [e for n, d in enumerate(self.drafts) if n not in self.governed and (e := self._event(d)) is not None]
        yield from _merge_protests(found)
        yield from self._requests()

    def _event(self, draft: EventDraft) -> PloverEvent | None:
        code = self._code(draft)
        if code is None:
            return None
        source_head = self._first(draft, _SOURCES)
        source = self.actors.actor(source_head) or self._place(draft)
        target = self._target(draft, source_head, source)
        return self._make(draft, code, source, target)

    def _make(self, draft: EventDraft, code: tuple[str, str], source: str, target: str) -> PloverEvent:
        verbal = self.tree.is_verb(draft.head)
        score = 2.0 * bool(source) + 1.5 * bool(target) + 1.5 * verbal - 0.5 * self._depth(draft.head)
        return PloverEvent(
            source=source,
            target=target,
            plover=code[0],
            cameo=code[1],
            sent=draft.clause.sent,
            head=draft.head,
            score=score,
        )

    def _depth(self, i: int) -> int:
        """Return how many clauses lie above a token, the clause of a verb of speech not counted."""
        depth = 0
        for above in (i, *self.tree.ancestors(i)):
            if self.tree.deps[above] in {"advcl", "relcl", "acl", "pcomp", "xcomp"}:
                depth += 1
        return depth

    def _code(self, draft: EventDraft) -> tuple[str, str] | None:
        kind = self.lexicon.classes[draft.event_type]
        trigger = self.triggers.get(draft.rule)
        plover, cameo = kind.plover, kind.cameo
        if trigger is not None and trigger.plover is not None:
            plover, cameo = trigger.plover, trigger.cameo
        if plover is None or cameo is None:
            return None
        return self._in_mood(draft, kind.stance, (plover, cameo))

    def _in_mood(self, draft: EventDraft, stance: str, code: tuple[str, str]) -> tuple[str, str]:
        if draft.polarity is Polarity.NEGATED:
            return _REJECT if stance == "friendly" else code
        if draft.event_type in {"Agree", "Demand", "Threaten"} or draft.modality is Modality.ACTUAL:
            return code
        if draft.clause.relation in {"advcl", "acl"} and "to" in {self.tree.words[v] for v in draft.clause.verbs}:
            return code  # a purpose ("sent a team to investigate") is what is done
        if self._must(draft.clause):
            return _REQUEST
        if draft.modality is Modality.PLANNED:
            return {"friendly": _AGREE, "hostile": _THREATEN}.get(stance, code)
        return code

    def _must(self, clause: Clause) -> bool:
        return any(self.tree.words[v] in _MUST for v in clause.verbs)

    def _first(self, draft: EventDraft, roles: tuple[str, ...]) -> int | None:
        return next((h for role in roles for r, h in draft.heads if r == role), None)

    def _target(self, draft: EventDraft, source_head: int | None, source: str) -> str:
        """Return the other actor: the first filler that names somebody, of the draft or of what it governs."""
        if self._reciprocal(draft, source_head):
            return source
        known = {source_head, *(h for r, h in draft.heads if r in _SOURCES[:1])}
        parties = [h for role in _TARGETS[:2] for r, h in draft.heads if r == role and h not in known]
        if not parties and not any(r == "recipient" for r, _ in draft.heads):
            parties = [h for r, h in draft.heads if r == "agent" and h != source_head and self._friendly(draft)]
        wider = [g for h in self._wider(draft, source_head) for g in self.actors.opened(h)]
        candidates = [h for h in (*parties, *wider) if not self.actors.is_time(h)]
        named = [h for h in candidates if self.actors.names(h)]
        human = [h for h in parties if h not in named]
        for head in (*named, *human, *self._mentioned_behind(draft), *candidates):
            actor = self.actors.actor(head)
            if actor and actor != source:
                return actor
        return ""

    def _place(self, draft: EventDraft) -> str:
        """Return the country in which an act without an agent happens: its authorities did it."""
        places = [f for r, f in draft.roles if r == "place" and isinstance(f, EntityFiller)]
        passive = draft.clause.passive and draft.event_type in {"Coerce", "Try", "Sanction"}
        return str(self.doc._.kg_entities[places[0].entity].name) if places and passive else ""

    def _friendly(self, draft: EventDraft) -> bool:
        return self.lexicon.classes[draft.event_type].stance == "friendly"

    def _wider(self, draft: EventDraft, source_head: int | None) -> Iterator[int]:
        """Yield what else may name the target: the other roles, those of governed drafts, the phrases of the clause."""
        yield from (h for role in _TARGETS for r, h in draft.heads if r == role and h != source_head)
        inner = [d for n, d in enumerate(self.drafts) if self.governed.get(n) is draft]
        yield from (h for d in inner for role in _TARGETS for r, h in d.heads if r == role and h != source_head)
        yield from (a.head for a in draft.clause.arguments if a.slot is Slot.OBLIQUE)

    def _mentioned_behind(self, draft: EventDraft) -> Iterator[int]:
        """Yield the names behind the trigger in its part of the sentence."""
        top = draft.clause.head
        span = range(draft.end, self.tree.right[top])
        yield from (m.head for m in self.doc._.kg_mentions if m.start in span and not self.actors.is_time(m.head))

    def _reciprocal(self, draft: EventDraft, head: int | None) -> bool:
        """Say whether one plural party stands for both sides ("the Greek and Turkish envoys met")."""
        kind = self.lexicon.classes[draft.event_type]
        symmetric = kind.property is not None and kind.property.symmetric
        parties = [h for r, h in draft.heads if r == "participant"]
        return symmetric and len(parties) == 1 and parties[0] == head and self.tree.tags[head] in {"NNS", "NNPS"}

    def _requests(self) -> Iterator[PloverEvent]:
        """Yield the demand in "X said that Y must ...": X to Y."""
        for clause in self.doc._.kg_clauses:
            above = self.clauses.get(clause.parent) if clause.parent is not None else None
            if above is None or clause.relation != "ccomp" or not self._must(clause) or clause.negations:
                continue
            speaker, doer = above.first(Slot.SUBJECT), clause.first(Slot.SUBJECT)
            if speaker is not None and doer is not None:
                source, target = self.actors.actor(speaker.head), self.actors.actor(doer.head)
                yield PloverEvent(
                    source=source,
                    target=target,
                    plover="REQUEST",
                    cameo="10",
                    sent=clause.sent,
                    head=clause.head,
                    score=5.0,
                )
