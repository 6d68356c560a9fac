"""Parties that the words around an event tell: of a governing predicate, of the noun above, of a possessive."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.annotate.events.fillers import has_role
from kg.annotate.events.frames import Match, clause_fillers
from kg.annotate.events.governors import Governor
from kg.annotate.events.named import entity_fillers, fillers_of, owners
from kg.annotate.events.nominals import Nominal
from kg.annotate.events.scene import Scene
from kg.annotate.events.slots import heads_of
from kg.annotate.layers import Clause, EntityFiller, EventDraft, Slot, TextFiller
from kg.lexicon import EventClass
from kg.model import MentionKind

__all__ = ["APART", "complete_parties", "parted"]

APART = "/apart"
"""Ends the rule of a claim whose parties deal with somebody else, and not with each other."""

Owners = Mapping[int, Sequence[EventDraft]]
_PLACES = frozenset({"city", "place"})
_PARTY_ROLES = ("participant", "agent")
# Who judges a pact or talks is no party of theirs: "the accord with Chad was condemned by the UN".
_JUDGING = frozenset({"Accuse", "Support", "Reject", "Demand", "Say", "Threaten"})
_ATTENDING = frozenset({"person", "country", "organization", "bloc", "group"})
_AT = frozenset({"after", "following", "during", "at", "before", "in", "of", "without"})
# Where the subject takes part in what a noun names, by class and preposition.
_GATHERING = {
    "Meet": _AT,
    "Negotiate": _AT,
    "Agree": frozenset({"without"}),
    "Border": frozenset({"along", "near", "on", "at", "across", "to"}),
}
_BLAMING = frozenset({"Sanction", "Accuse", "Try", "Coerce", "Support"})


def complete_parties(
    scene: Scene, draft: EventDraft, nominal: Nominal | None, above: Governor | None, drafts: Owners
) -> None:
    """Add the parties of a symmetric event that has fewer than two.

    For a verb: the owners of what it is about ("unify their markets"). For a noun with one party of its own ("talks
    with X"): the party of the noun above ("her visit for talks with X"), else the subject of the verb above.
    """
    kind = scene.lexicon.classes[draft.event_type]
    if not _is_symmetric(kind):
        _complete_one_sided(scene, draft)
        if nominal is not None and above is not None and not has_role(draft.roles, "agent"):
            _add_as(draft, "agent", _blamed(above, drafts))
        return
    if draft.event_type == "Cooperate":
        _prefer_owners(scene, draft)
    if _count(draft) >= 2:
        return
    if nominal is None:
        owned = _owners_of_topic(scene, draft)
        _add(draft, owned if len(owned) > 1 or draft.clause.first(Slot.SUBJECT) is None else [])
    elif _count(draft) == 1 and nominal.light < 0 and "with" in nominal.match.slots:
        _add(draft, _above(scene, nominal.clause.head, above, drafts))
    if nominal is not None and _count(draft) == 0:
        _add(draft, _owners_of_topic(scene, draft))
    if nominal is not None and _count(draft) < 2:
        _add(draft, _attending(scene, draft, nominal, drafts))


def _attending(scene: Scene, draft: EventDraft, nominal: Nominal, drafts: Owners) -> list[EntityFiller]:
    """Return who takes part, as the subject above tells: "said after a meeting with X", "agreed at a summit"."""
    known = _count(draft)
    if draft.event_type not in _GATHERING or (known and "with" not in nominal.match.slots):
        return []
    clause = _setting_clause(scene, nominal.clause.head, _GATHERING[draft.event_type])
    if isinstance(clause, int):
        return [filler for i, m in owners(scene, clause) for filler in fillers_of(m)]
    if clause is None:
        return []
    heads = heads_of(clause_fillers(scene, clause), "object" if clause.passive else "subject")
    heads = tuple(h for h in heads if scene.entity_classes(h) <= _ATTENDING)
    found = [f for h in heads for f in entity_fillers(scene, h)]
    if not found:  # "the talks ended without a deal"
        found = [
            f
            for h in heads_of(clause_fillers(scene, clause), "subject")
            for d in drafts.get(h, ())
            for r, f in d.roles
            if r == "participant" and isinstance(f, EntityFiller)
        ]
    if draft.event_type == "Border":
        found = [f for f in found if scene.doc._.kg_entities[f.entity].type == "schema:Country"]
    return found if len({f.entity for f in found}) + known > 1 else []


def _setting_clause(scene: Scene, i: int, prepositions: frozenset[str]) -> Clause | int | None:
    """Return the clause whose setting a noun names, through nouns: "during a press conference after talks".

    Of a border it is the owned noun before: "its troops along the border".
    """
    tree = scene.tree
    for _ in range(4):
        head = tree.heads[i]
        if tree.deps[i] != "pobj" or tree.words[head] not in prepositions:
            return None
        if tree.words[head] == "of" and tree.words[tree.heads[head]] not in {"ahead", "advance"}:
            return None
        i = tree.heads[head]
        if tree.words[i] in {"ahead", "advance"}:
            i = tree.heads[i] if tree.words[i] == "ahead" else tree.heads[tree.heads[i]]
        clause = scene.clause_at.get(i)
        if clause is not None and tree.is_verb(i):
            return clause
        if "along" in prepositions:
            return i if tree.child(i, "poss") is not None else scene.clause_at.get(tree.heads[i])
    return None


def parted(draft: EventDraft, match: Match) -> bool:
    """Tell "its deals with A and B": both deal with somebody whom the words do not name, and not with each other."""
    listed = {h for filled in match.slots.get("with", ()) for h in filled.conjuncts}
    fillers = [f for r, f in draft.roles if r == "participant" and isinstance(f, EntityFiller)]
    return len(fillers) > 1 and all(any(f.start <= h < f.end for h in listed) for f in fillers)


def _prefer_owners(scene: Scene, draft: EventDraft) -> None:
    """Replace leaders by the states whose things they join ("agreed to merge the armies of Chad and Niger")."""
    owned = _topic_owners(scene, draft)
    if len({f.entity for f in owned}) >= 2:
        draft.roles = [(r, f) for r, f in draft.roles if r != "participant"]
        _add(draft, owned)


def _blamed(above: Governor, drafts: Owners) -> list[EntityFiller]:
    """Return who is blamed or praised for what a noun tells: "sanctioned Chad for a crackdown"."""
    if above.slot not in {"for", "over"}:
        return []
    verbs = [d for d in drafts.get(above.clause.head, ()) if d.event_type in _BLAMING]
    return [f for d in verbs for r, f in d.roles if r == "recipient" and isinstance(f, EntityFiller)]


def _complete_one_sided(scene: Scene, draft: EventDraft) -> None:
    """Add whom a demand addresses ("demanded that Mali leave", "seeks Oslo's help") and who supplied "Swedish jets"."""
    themes = [h for r, h in draft.heads if r == "theme"]
    if draft.event_type == "Demand" and not has_role(draft.roles, "recipient"):
        _add_as(draft, "recipient", [f for h in themes for f in _addressed(scene, h)])
    elif draft.event_type == "Supply" and not has_role(draft.roles, "agent") and has_role(draft.roles, "recipient"):
        _add_as(draft, "agent", [f for h in themes for f in _makers(scene, h)])


def _addressed(scene: Scene, theme: int) -> list[EntityFiller]:
    clause = scene.clause_at.get(theme)
    if clause is None:
        owned = [filler for i, m in owners(scene, theme) if i < theme for filler in fillers_of(m)]
        return owned or _givers(scene, theme)
    subject = clause.first(Slot.SUBJECT)
    if clause.relation != "ccomp" or clause.passive or subject is None or subject.inherited:
        return []  # "demanded that Mali be punished" asks somebody else
    return [f for i in subject.conjuncts or (subject.head,) for f in entity_fillers(scene, i)]


def _givers(scene: Scene, theme: int) -> list[EntityFiller]:
    """Return from whom something is asked: "called for help | from Oslo"."""
    tree = scene.tree
    sources = [c for c in tree.children[theme] if tree.words[c] == "from" and tree.deps[c] == "prep"]
    heads = [g for c in sources for g in tree.children[c] if tree.deps[g] == "pobj"]
    return [f for h in heads if scene.entity_classes(h) <= _ATTENDING for f in entity_fillers(scene, h)]


def _makers(scene: Scene, theme: int) -> list[EntityFiller]:
    tree = scene.tree
    demonyms = [m for c in tree.children[theme] if tree.deps[c] in {"amod", "compound"} and (m := scene.mention(c))]
    return [filler for m in demonyms if m.kind is MentionKind.DEMONYM for filler in fillers_of(m)]


def _add_as(draft: EventDraft, role: str, fillers: Sequence[EntityFiller]) -> None:
    known = {f.entity for _, f in draft.roles if isinstance(f, EntityFiller)}
    draft.roles += [(role, f) for f in fillers if f.entity not in known]


def _is_symmetric(kind: EventClass) -> bool:
    return kind.property is not None and kind.property.symmetric


def _count(draft: EventDraft) -> int:
    return len({f.entity for role, f in draft.roles if role == "participant" and isinstance(f, EntityFiller)})


def _owners_of_topic(scene: Scene, draft: EventDraft) -> list[EntityFiller]:
    return [] if has_role(draft.roles, "participant") else _topic_owners(scene, draft)


def _topic_owners(scene: Scene, draft: EventDraft) -> list[EntityFiller]:
    found = []
    for role, filler in draft.roles:
        if role == "topic" and isinstance(filler, TextFiller):
            for head in (h for r, h in draft.heads if r == "topic"):
                parties = [m for i, m in owners(scene, head) if not scene.entity_classes(i) <= _PLACES]
                found += [filler for m in parties for filler in fillers_of(m)]
    return found


def _above(scene: Scene, i: int, above: Governor | None, drafts: Owners) -> list[EntityFiller]:
    tree = scene.tree
    head = tree.heads[i]
    if tree.deps[i] == "pobj":
        head = tree.heads[head]
    verbs = drafts.get(above.clause.head, ()) if above is not None else ()
    if above is not None and above.slot in {"object", "subject"} and any(d.event_type in _JUDGING for d in verbs):
        return []
    for draft in drafts.get(head, ()):
        for role in _PARTY_ROLES:
            fillers = [f for r, f in draft.roles if r == role and isinstance(f, EntityFiller)]
            if fillers:
                return fillers
    if above is None:
        return []
    subject = heads_of(clause_fillers(scene, above.clause), "subject")
    return [f for h in subject if h != i for f in entity_fillers(scene, h)]


def _add(draft: EventDraft, fillers: Sequence[EntityFiller]) -> None:
    _add_as(draft, "participant", fillers)
