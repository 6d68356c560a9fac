"""Turn the triggers of a class table into records."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from kg.lexicon.model import (
    CONDITION_SLOTS,
    FILLER_CLASSES,
    KINDS,
    OPERATOR_KINDS,
    PLOVER,
    SLOTS,
    RoleSpec,
    Trigger,
)
from kg.lexicon.table import Table
from kg.model import Modality, Polarity

__all__ = ["PLURAL", "TRIGGER_KEYS", "Scope", "event_codes", "parse_triggers", "slots"]

PLURAL: Mapping[str, str] = {kind: f"{kind}s" for kind in (*KINDS, *OPERATOR_KINDS)} | {"auxiliary": "auxiliaries"}
"""The key of a pack under which the words of a kind stand."""

TRIGGER_KEYS = (
    *(PLURAL[k] for k in KINDS), "frame", "require", "exclude", "needs", "light", "reversed", "alone", "polarity",
    "modality", "voice", "about", "unless_about", "name", "plover", "cameo", "direct",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scope:
    """What triggers may name: the roles of their class, and the word lists of all packs."""

    roles: Mapping[str, RoleSpec]
    lists: Collection[str]

    @property
    def fillers(self) -> tuple[str, ...]:
        """What ``require`` and ``exclude`` may name, besides ``lemma:word``."""
        return (*FILLER_CLASSES, "lemma:<word>", *self.lists)


def parse_triggers(table: Table, class_name: str, scope: Scope) -> tuple[Trigger, ...]:
    """Return the triggers below a class table, named ``Class/lemma``, numbered where a lemma comes again."""
    triggers: list[Trigger] = []
    for entry in table.tables("triggers"):
        triggers.append(_trigger(entry, class_name, scope, [t.name for t in triggers]))
    return tuple(triggers)


def _trigger(table: Table, class_name: str, scope: Scope, taken: list[str]) -> Trigger:
    table.allow(*TRIGGER_KEYS)
    kind, lemmas = _lemmas(table)
    table = Table(table.file, f"{table.entry} ({lemmas[0]})", table.data)
    plover, cameo = event_codes(table)
    light, turned = table.words("light"), table.table("reversed")
    if kind != "noun" and (light or turned.data or "alone" in table.data):
        table.fail("only nouns take light verbs", remedy="Remove light, reversed and alone")
    if kind != "verb" and "voice" in table.data:
        table.fail("only verbs have a voice", remedy="Remove voice")
    return Trigger(
        name=_rule(table, class_name, lemmas[0], taken),
        kind=kind,
        lemmas=lemmas,
        frame=_frame(table.table("frame"), scope),
        require=_fillers(table.table("require"), scope),
        exclude=_fillers(table.table("exclude"), scope),
        needs=_needs(table, scope),
        light=light,
        reversed={verb: _frame(turned.table(verb), scope) for verb in turned.data},
        alone=table.flag("alone", default=True),
        polarity=table.choice("polarity", list(Polarity)),
        modality=table.choice("modality", list(Modality)),
        voice=table.choice("voice", ("active", "passive")),
        about=_topics(table, scope, "about"),
        unless_about=_topics(table, scope, "unless_about"),
        plover=plover,
        cameo=cameo,
        direct=table.flag("direct", default=True),
    )


def _lemmas(table: Table) -> tuple[str, tuple[str, ...]]:
    kinds = [kind for kind in KINDS if PLURAL[kind] in table.data]
    if len(kinds) != 1:
        found = ", ".join(PLURAL[k] for k in kinds) or "none"
        table.fail(
            f"a trigger has exactly one of {', '.join(PLURAL[k] for k in KINDS)}; found {found}",
            remedy="Write one [[triggers]] table for each",
        )
    return kinds[0], table.words(PLURAL[kinds[0]])


def _rule(table: Table, class_name: str, lemma: str, taken: list[str]) -> str:
    if given := table.optional("name"):
        name = given if "/" in given else f"{class_name}/{given}"
        if name in taken:
            table.fail(
                f"the name {name!r} is taken by another trigger of the class", key="name", remedy="Choose another"
            )
        return name
    name, number = f"{class_name}/{lemma}", 2
    while name in taken:
        name, number = f"{class_name}/{lemma}-{number}", number + 1
    return name


def _frame(table: Table, scope: Scope) -> dict[str, tuple[str, ...]]:
    frame = {}
    for slot in table.data:
        table.known(slot, CONDITION_SLOTS, what="slot")
        frame[slot] = table.word_or_words(slot)
        for role in frame[slot]:
            table.known(role, scope.roles, what="role of this class", key=slot)
    return frame


def _fillers(table: Table, scope: Scope) -> dict[str, tuple[str, ...]]:
    fillers = {}
    for slot in table.data:
        table.known(slot, CONDITION_SLOTS, what="slot")
        fillers[slot] = table.words(slot)
        for word in fillers[slot]:
            for part in [] if re.fullmatch(r"lemma:\S.*", word) else word.split():
                table.known(part, scope.fillers, what="filler class or word list", key=slot)
    return fillers


def _needs(table: Table, scope: Scope) -> tuple[tuple[str, ...], ...]:
    groups = [tuple(need.split("|")) for need in table.words("needs")]
    for group in groups:
        for need in group:
            slot, colon, filler = need.partition(":")
            table.known(slot, CONDITION_SLOTS, what="slot", key="needs")
            if colon:
                table.known(filler, ("plural", *scope.fillers), what="filler class or word list", key="needs")
    return tuple(groups)


def _topics(table: Table, scope: Scope, key: str) -> tuple[str, ...]:
    return tuple(table.known(name, scope.lists, what="word list", key=key) for name in table.words(key))


def event_codes(table: Table) -> tuple[str | None, str | None]:
    """Return the PLOVER event type and the CAMEO root codes of a class or trigger, or None for both."""
    plover, cameo = table.choice("plover", PLOVER), table.optional("cameo")
    if (plover is None) != (cameo is None):
        table.fail("plover and cameo go together; one of them is missing", remedy="Add the other one")
    if cameo is not None and not re.fullmatch(r"\d\d(-\d\d)?", cameo):
        table.fail(f"expected a CAMEO root code or range ('07', '18-20'), found {cameo!r}", key="cameo")
    return plover, cameo


def slots(table: Table, key: str) -> tuple[str, ...]:
    """Return a list of known slots."""
    return tuple(table.known(slot, SLOTS, what="slot", key=key) for slot in table.words(key))
