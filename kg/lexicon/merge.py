"""Merge packs into one lexicon, refusing what cannot stand together."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from kg.errors import LexiconError
from kg.iris import KG
from kg.lexicon.model import EventClass, Lexicon, Operator, Trigger
from kg.lexicon.parse import Pack, parse_pack, word_lists
from kg.lexicon.table import Table
from kg.lexicon.triggers import Scope, parse_triggers

__all__ = ["merge_packs"]


def merge_packs(tables: Sequence[Table]) -> Lexicon:
    """Return what the packs with these top tables say together, the same for every order of them.

    Raises:
        LexiconError: A pack breaks the format, two packs clash in name, prefix, word list, class, property, operator,
            rule or trigger, or a class to be extended does not exist.
    """
    words = _words(tables)
    packs = sorted((parse_pack(table, words) for table in tables), key=lambda pack: pack.name)
    _refuse_twice((pack.name, f"{pack.file}: pack.name", "pack name") for pack in packs)
    prefixes = _prefixes(packs)
    classes = _extended(_classes(packs), packs, words)
    _refuse_equal_triggers(classes.values())
    operators = _operators(packs)
    return Lexicon(
        digest=_digest(classes, operators, words),
        classes=classes,
        operators=operators,
        words=words,
        prefixes=prefixes,
    )


def _words(tables: Sequence[Table]) -> dict[str, frozenset[str]]:
    found = [(name, words, table.file) for table in tables for name, words in word_lists(table).items()]
    _refuse_twice((name, f"{file}: words.{name}", "word list") for name, _, file in found)
    return {name: words for name, words, _ in sorted(found, key=lambda item: item[0])}


def _prefixes(packs: list[Pack]) -> dict[str, str]:
    seen: dict[str, Pack] = {}
    for pack in packs:
        other = seen.setdefault(pack.prefix, pack)
        if other.namespace != pack.namespace:
            raise LexiconError(
                f"the prefix {pack.prefix!r} means another namespace in {other.file}",
                where=f"{pack.file}: pack.prefix",
                remedy="Choose another prefix",
            )
    return {prefix: pack.namespace for prefix, pack in sorted(seen.items()) if pack.namespace != KG}


def _refuse_twice(names: Iterable[tuple[str, str, str]]) -> None:
    """Raise at the second of two equal names; each comes with its place and what it names."""
    seen: dict[str, str] = {}
    for name, where, what in names:
        if name in seen:
            raise LexiconError(
                f"the {what} {name!r} is taken by {seen[name]}", where=where, remedy="Rename one of them"
            )
        seen[name] = where


def _classes(packs: list[Pack]) -> dict[str, EventClass]:
    found: dict[str, tuple[EventClass, Pack]] = {}
    for pack in packs:
        for event_class in pack.classes:
            name = event_class.name
            if name in found:
                raise LexiconError(
                    f"the class {name!r} is declared by {found[name][1].file} too",
                    where=f"{pack.file}: classes.{name}",
                    remedy="Rename it, or write extends = true and only triggers to add to the other one",
                )
            found[name] = event_class, pack
    _refuse_twice(
        (c.property.iri, f"{p.file}: classes.{c.name}.property", "property") for c, p in found.values() if c.property
    )
    return {name: found[name][0] for name in sorted(found)}


def _extended(classes: dict[str, EventClass], packs: list[Pack], lists: Collection[str]) -> dict[str, EventClass]:
    for pack in packs:
        for extension in pack.extensions:
            table, name = extension.table, extension.class_name
            base = classes[table.known(name, classes, what="class to extend")]
            taken = {trigger.name for trigger in base.triggers}
            added = tuple(
                replace(trigger, name=_free(trigger.name, taken, pack.name))
                for trigger in parse_triggers(table, name, Scope(base.roles, lists))
            )
            classes[name] = replace(base, triggers=base.triggers + added)
    return classes


def _free(name: str, taken: set[str], pack: str) -> str:
    """Return a rule name that no trigger of the class has: another pack's is marked by that pack's name."""
    return f"{name}@{pack}" if name in taken else name


def _refuse_equal_triggers(classes: Iterable[EventClass]) -> None:
    """Refuse a lemma that two triggers claim under exactly the same conditions: nothing could choose between them."""
    seen: dict[str, str] = {}
    for event_class in classes:
        for trigger in event_class.triggers:
            for lemma in trigger.lemmas:
                key = _canonical([trigger.kind, lemma, _conditions(trigger)])
                where = f"classes.{event_class.name}: trigger {trigger.name!r}"
                if key in seen:
                    raise LexiconError(
                        f"the {trigger.kind} {lemma!r} has the same frame and conditions as {seen[key]}",
                        where=where,
                        remedy="Remove one, or tell them apart by require, exclude, needs or voice",
                    )
                seen[key] = where


def _conditions(trigger: Trigger) -> list[object]:
    return [
        trigger.frame, _sorted(trigger.require), _sorted(trigger.exclude), sorted(trigger.needs), sorted(trigger.light),
        trigger.alone, trigger.voice, sorted(trigger.about),
        sorted(trigger.unless_about),
    ]  # fmt: skip


def _sorted(fillers: Mapping[str, tuple[str, ...]]) -> dict[str, list[str]]:
    return {slot: sorted(words) for slot, words in fillers.items()}


def _operators(packs: list[Pack]) -> dict[str, Operator]:
    found = [(operator, pack) for pack in packs for operator in pack.operators]
    _refuse_twice((op.name, f"{pack.file}: operators.{op.name}", "operator") for op, pack in found)
    return {op.name: op for op, _ in sorted(found, key=lambda item: item[0].name)}


def _digest(classes: dict[str, EventClass], operators: dict[str, Operator], words: dict[str, frozenset[str]]) -> str:
    content = [
        list(classes.values()),
        list(operators.values()),
        {name: sorted(listed) for name, listed in words.items()},
    ]
    return hashlib.sha256(_canonical(content).encode()).hexdigest()


def _canonical(value: object) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_fields)


def _fields(record: Any) -> dict[str, object]:
    """Return a dataclass as a table, one level deep: ``asdict`` copies every string and takes most of a start."""
    return {field.name: getattr(record, field.name) for field in fields(record)}
