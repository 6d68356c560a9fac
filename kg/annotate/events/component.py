"""The component ``kg_events``: which clauses and nouns tell of which class of event, with their roles filled.

events_scene      what the rules ask about a Doc
events_index      the lexicon's triggers by lemma
events_frames     a trigger's conditions and frame against filled slots
events_verbs      verbs, adjectives, fixed phrases
events_nominals   event nouns, light verbs, inherited parties
events_speech     what is said
events_structure  titles, places inside places
events_fillers    roles from matches
events_parties    parties that the context tells
events_times      dates, durations
events_values     amounts, counts, places
events            (here) in which order, and what is left over as kg:Act
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from kg.annotate.events.acts import act
from kg.annotate.events.fillers import fill
from kg.annotate.events.frames import Match
from kg.annotate.events.governors import governor_of
from kg.annotate.events.index import TriggerIndex
from kg.annotate.events.nominals import Nominal, match_noun
from kg.annotate.events.parties import APART, complete_parties, parted
from kg.annotate.events.scene import Scene
from kg.annotate.events.speech import around, with_content
from kg.annotate.events.structure import POSTS, employed, located, partisans, shared_titles, titled
from kg.annotate.events.times import attach_times
from kg.annotate.events.values import attach_places, attach_quantities
from kg.annotate.events.verbs import clause_slots, match_adjectives, match_phrases, match_verb
from kg.annotate.layers import (
    Clause,
    ClauseKind,
    EntityFiller,
    EventDraft,
    Filler,
    QuantityFiller,
    TextFiller,
    TimeFiller,
    declare_extensions,
)
from kg.lexicon import Lexicon, load_lexicon
from kg.model import Modality, Polarity

__all__ = ["EventTyper", "make_events"]

# The verb's own event says the same as the noun's: "sign a deal" is no agreement besides, "lift sanctions" no sanction.
_COVERED = {
    "Sign": {"Agree"},
    "Agree": {"Sign"},
    "Concede": {"Sanction", "Coerce", "Protest", "Threaten", "Agree", "Attack"},
    "Reject": {"Negotiate", "Agree", "Meet"},
    "Sanction": {"Negotiate", "Aid", "Visit", "Cooperate", "Supply"},
}


# What these say of a thing another class tells better: "denied the claim" is a rejection.
_LESSER = frozenset({"Say/announce", "Say/deny"})
# Events of which it tells something that there was none; that there was no warning is told of nobody.
_DENIED = frozenset({"Agree", "Attack", "Coerce", "Meet", "Negotiate", "Protest", "Sanction", "Sign", "Visit"})
_LACKING = frozenset({"absence", "lack"})


class EventTyper:
    """spaCy component that writes ``doc._.kg_events``."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._index = TriggerIndex.of(lexicon)

    def __call__(self, doc: Doc) -> Doc:
        """Annotate a ``Doc`` that has entities, times, quantities and clauses, and return it."""
        doc._.kg_events = self.predict(doc)
        return doc

    def predict(self, doc: Doc) -> list[EventDraft]:
        """Return the drafts of a ``Doc`` in text order without writing them."""
        scene = Scene(doc, self.lexicon)
        work = _Work(scene, self._index)
        for clause in scene.clauses:
            if clause.kind not in {ClauseKind.APPOSITIVE, ClauseKind.TITULAR}:
                work.verb(clause)
        for i, (word, lemma) in enumerate(zip(scene.tree.words, scene.tree.lemmas, strict=True)):
            if self._index.knows(word, lemma):
                work.token(i)
        work.structure()
        work.acts()
        work.values()
        return work.result()


class _Work:
    """The drafts of one document in the making."""

    def __init__(self, scene: Scene, index: TriggerIndex) -> None:
        self.scene = scene
        self.index = index
        self.drafts: list[EventDraft] = []
        self.owners: dict[int, list[EventDraft]] = {}
        self.typed: set[int] = set()
        self.verbs: dict[int, Match] = {}

    def verb(self, clause: Clause) -> None:
        slots = clause_slots(self.scene, clause)
        spoken, quoted = with_content(self.scene, clause, slots) if self._speaks(clause) else (slots, None)
        said, done = match_verb(self.scene, self.index, clause, spoken)
        if quoted is not None or spoken is not slots:
            done = match_verb(self.scene, self.index, clause, slots)[1]
        if said is not None and done is not None and said.trigger.name in _LESSER:
            said = None
        for match in (done, said):
            if match is not None:
                draft = self._add(match, clause, clause.head, (clause.head, clause.head + 1), (clause.head,))
                if match is said:
                    draft.roles = [(r, around(self.scene, clause, f) if r == "content" else f) for r, f in draft.roles]
                if quoted is not None and match is said:
                    draft.roles = [(r, f) for r, f in draft.roles if r != "content"] + [
                        ("content", TextFiller(*quoted))
                    ]
        if done is not None:
            self.verbs[clause.head] = done

    def _speaks(self, clause: Clause) -> bool:
        return any(e.kind.name == "Say" for e in self.index.verbs.get(clause.lemma, ()))

    def token(self, i: int) -> None:
        nominal = match_noun(self.scene, self.index, i)
        if nominal is not None:
            self._noun(i, nominal)
        found = match_adjectives(self.scene, self.index, i)
        if found is not None:
            match, clause = found
            self._add(match, clause or self._bare(i), i, (i, i + 1), (i,))
        for match, start, end in match_phrases(self.scene, self.index, i):
            above = self.scene.clause_at.get(self.scene.tree.heads[i])
            self._add(match, above or self._bare(i), i, (start, end), (i, self.scene.tree.heads[i]))

    def _noun(self, i: int, nominal: Nominal) -> None:
        above = governor_of(self.scene, i)
        verb = self.verbs.get(above.clause.head) if above is not None else None
        supported = above is not None and nominal.light in {-1, above.clause.head}
        if verb is not None and above is not None and supported and _covers(verb, nominal.match, above.via):
            told = any(d.roles for d in self.owners.get(above.clause.head, ()))
            if told or verb.entry.kind.name != nominal.match.entry.kind.name:
                return
        if nominal.match.entry.kind.name in POSTS and self.scene.title_at(i) is not None:
            return
        carriers = (i, nominal.light) if nominal.light >= 0 else (i,)
        draft = self._add(nominal.match, nominal.clause, i, (nominal.start, nominal.end), carriers)
        complete_parties(self.scene, draft, nominal, above, self.owners)
        if parted(draft, nominal.match):
            draft.rule += APART

    def _bare(self, i: int) -> Clause:
        return Clause(-1, ClauseKind.NOMINAL, i, self.scene.tree.lemmas[i], (), (), sent=self.scene.tree.sents[i])

    def _add(
        self, match: Match, clause: Clause, head: int, span: tuple[int, int], carriers: Iterable[int]
    ) -> EventDraft:
        roles, heads = fill(self.scene, match)
        lemma = clause.lemma if span[1] - span[0] == 1 else "_".join(self.scene.tree.lemmas[slice(*span)])
        draft = EventDraft(match.entry.kind.name, match.trigger.name, lemma, head, *span, clause, roles, heads=heads)
        _set_inherent(draft, match)
        attach_places(self.scene, draft, match, {h for _, h in heads})
        if head == clause.head and self.scene.tree.is_verb(head):
            complete_parties(self.scene, draft, None, None, self.owners)
        self.drafts.append(draft)
        for carrier in carriers:
            self.owners.setdefault(carrier, []).append(draft)
            self.typed.add(carrier)
        return draft

    def structure(self) -> None:
        titles = (*titled(self.scene, self.index), *shared_titles(self.scene, self.index))
        for draft in (*titles, *partisans(self.scene), *employed(self.scene), *located(self.scene)):
            self.drafts.append(draft)

    def acts(self) -> None:
        for clause in self.scene.clauses:
            if clause.head not in self.typed and clause.kind not in {ClauseKind.APPOSITIVE, ClauseKind.TITULAR}:
                draft = act(self.scene, clause, clause_slots(self.scene, clause))
                if draft is not None:
                    self.drafts.append(draft)
                    self.owners.setdefault(clause.head, []).append(draft)

    def values(self) -> None:
        attach_times(self.scene, self.owners)
        attach_quantities(self.scene, self.owners, self.scene.lexicon)

    def result(self) -> list[EventDraft]:
        """Return the drafts that say something, each once, in text order."""
        kept: dict[tuple[object, ...], EventDraft] = {}
        for draft in sorted(self.drafts, key=lambda d: (d.head, d.start, d.event_type)):
            if (draft.roles or draft.heads or self._is_denied(draft)) and self._has_required(draft):
                kept.setdefault(_identity(draft), draft)
        return list(kept.values())

    def _is_denied(self, draft: EventDraft) -> bool:
        """Tell "there was no signing ceremony", which says something though nobody is named."""
        tree = self.scene.tree
        if draft.event_type not in _DENIED:
            return False
        above = tree.heads[tree.heads[draft.head]]
        lacking = tree.deps[draft.head] == "pobj" and tree.lemmas[above] in _LACKING
        return lacking or any(tree.words[c] == "no" for c in tree.children[draft.head] if c < draft.start)

    def _has_required(self, draft: EventDraft) -> bool:
        """Tell whether every role that has to be there is filled, by as many as its shape asks for."""
        roles = self.scene.lexicon.classes[draft.event_type].roles.values()
        return all(_count(draft, spec.name) >= max(1, spec.minimum) for spec in roles if spec.required)


def _count(draft: EventDraft, role: str) -> int:
    """Count what fills a role, an entity once."""
    return len({f.entity if isinstance(f, EntityFiller) else f for name, f in draft.roles if name == role})


def _set_inherent(draft: EventDraft, match: Match) -> None:
    """Take over what the trigger itself says of polarity and modality ("abstain", "offer")."""
    trigger = match.trigger
    draft.polarity = Polarity(trigger.polarity) if trigger.polarity else draft.polarity
    draft.modality = Modality(trigger.modality) if trigger.modality else draft.modality


def _covers(verb: Match, noun: Match, via: int) -> bool:
    """Say whether the verb above a noun tells the noun's event already."""
    a, b = verb.entry.kind.name, noun.entry.kind.name
    inside = any(via in filled.conjuncts for fillers in verb.slots.values() for filled in fillers)
    return inside and (a == b or b in _COVERED.get(a, ()))


def _identity(draft: EventDraft) -> tuple[object, ...]:
    return (
        draft.event_type,
        draft.clause.sent,
        tuple(sorted(_role_key(*role) for role in draft.roles)),
        draft.head if not draft.roles else -1,
    )


def _role_key(role: str, filler: Filler) -> tuple[str, str, int, int, int]:
    match filler:
        case EntityFiller():
            return role, "entity", filler.entity, filler.start, filler.end
        case TextFiller():
            return role, "text", filler.start, filler.end, 0
        case TimeFiller():
            return role, "time", filler.index, 0, 0
        case QuantityFiller():
            return role, "quantity", filler.index, 0, 0


@Language.factory(
    "kg_events",
    default_config={"packs": []},
    requires=["doc._.kg_entities", "doc._.kg_mentions", "doc._.kg_clauses"],
    assigns=["doc._.kg_events"],
)
def make_events(nlp: Language, name: str, packs: list[str]) -> EventTyper:
    """Return the component.

    Args:
        nlp: The pipeline.
        name: The component's name in the pipeline.
        packs: Lexicon packs (TOML files) besides those that ship with kg.

    Raises:
        LexiconError: A pack breaks the format.
    """
    declare_extensions()
    return EventTyper(load_lexicon(tuple(Path(p) for p in packs)))
