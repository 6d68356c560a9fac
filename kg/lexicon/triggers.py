"""Turn the triggers of a class table into records."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kg.lexicon.model import FILLER_CLASSES, KINDS, OPERATOR_KINDS, SLOTS, RoleSpec, Trigger
from kg.lexicon.table import Table
from kg.model import Modality, Polarity

__all__ = ["PLURAL", "parse_triggers", "slots"]

PLURAL: Mapping[str, str] = {kind: f"{kind}s" for kind in (*KINDS, *OPERATOR_KINDS)} | {"auxiliary": "auxiliaries"}
"""The key of a pack under which the words of a kind stand."""

_TRIGGER_KEYS = (
    *(PLURAL[k] for k in KINDS), "frame", "require", "exclude", "needs", "light", "reversed", "polarity", "modality",
    "voice", "name",
)  # fmt: skip


def parse_triggers(table: Table, class_name: str, roles: Mapping[str, RoleSpec]) -> tuple[Trigger, ...]:
    """Return the triggers below a class table, named ``Class/lemma``, numbered where a lemma comes again."""
    triggers: list[Trigger] = []
    for entry in table.tables("triggers"):
        triggers.append(_trigger(entry, class_name, roles, [t.name for t in triggers]))
    return tuple(triggers)


def _trigger(table: Table, class_name: str, roles: Mapping[str, RoleSpec], taken: list[str]) -> Trigger:
    table.allow(*_TRIGGER_KEYS)
    kind, lemmas = _lemmas(table)
    table = Table(table.file, f"{table.entry} ({lemmas[0]})", table.data)
    light, turned = table.words("light"), table.table("reversed")
    if kind != "noun" and (light or turned.data):
        table.fail("only nouns take light verbs", remedy="Remove light and reversed")
    if kind != "verb" and "voice" in table.data:
        table.fail("only verbs have a voice", remedy="Remove voice")
    return Trigger(
        name=_rule(table, class_name, lemmas[0], taken),
        kind=kind,
        lemmas=lemmas,
        frame=_frame(table.table("frame"), roles),
        require=_fillers(table.table("require")),
        exclude=_fillers(table.table("exclude")),
        needs=slots(table, "needs"),
        light=light,
        reversed={verb: _frame(turned.table(verb), roles) for verb in turned.data},
        polarity=table.choice("polarity", list(Polarity)),
        modality=table.choice("modality", list(Modality)),
        voice=table.choice("voice", ("active", "passive")),
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


def _frame(table: Table, roles: Mapping[str, RoleSpec]) -> dict[str, str]:
    frame = {}
    for slot in table.data:
        table.known(slot, SLOTS, what="slot")
        frame[slot] = table.known(table.text(slot), roles, what="role of this class", key=slot)
    return frame


def _fillers(table: Table) -> dict[str, tuple[str, ...]]:
    fillers = {}
    for slot in table.data:
        table.known(slot, SLOTS, what="slot")
        fillers[slot] = table.words(slot)
        for word in fillers[slot]:
            if not re.fullmatch(r"lemma:\S.*", word):
                table.known(word, (*FILLER_CLASSES, "lemma:<word>"), what="filler class", key=slot)
    return fillers


def slots(table: Table, key: str) -> tuple[str, ...]:
    """Return a list of known slots."""
    return tuple(table.known(slot, SLOTS, what="slot", key=key) for slot in table.words(key))
