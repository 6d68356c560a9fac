"""Read lexicon packs and merge them into one lexicon."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from functools import lru_cache
from pathlib import Path

from kg import resources
from kg.errors import LexiconError
from kg.iris import KG
from kg.lexicon.model import EventClass, Lexicon, Operator, Trigger
from kg.lexicon.parse import Pack, parse_pack
from kg.lexicon.table import Table
from kg.lexicon.triggers import parse_triggers

__all__ = ["load_lexicon", "merge_packs", "read_pack"]


def load_lexicon(extra: Sequence[Path] = ()) -> Lexicon:
    """Return the packs that ship with kg, and the given ones, as one lexicon.

    It is read once for each tuple of paths, so a changed pack needs a new process.

    Args:
        extra: More packs (TOML). Their order does not matter.

    Raises:
        LexiconError: A pack cannot be read, breaks the format or clashes with another; says file, entry and reason.
    """
    return _load(tuple(Path(p).resolve() for p in extra))


@lru_cache(maxsize=8)
def _load(extra: tuple[Path, ...]) -> Lexicon:
    return merge_packs(read_pack(path) for path in dict.fromkeys((*resources.packs(), *extra)))


def read_pack(path: Path) -> Pack:
    """Return one pack, checked by itself.

    Raises:
        LexiconError: The file cannot be read, is no TOML or breaks the format.
    """
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise LexiconError(f"cannot be read: {error.strerror}", where=str(path), remedy="Check the path") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LexiconError(f"is not TOML in UTF-8: {error}", where=str(path), remedy="Correct the file") from error
    return parse_pack(Table(str(path), "", data))


def merge_packs(packs: Iterable[Pack]) -> Lexicon:
    """Return what the packs say together, the same for every order of them.

    Raises:
        LexiconError: Two packs clash in name, prefix, class, property, operator, rule or trigger, or a class to be
            extended does not exist.
    """
    ordered = sorted(packs, key=lambda pack: pack.name)
    _refuse_twice((pack.name, f"{pack.file}: pack.name", "pack name") for pack in ordered)
    own = {pack.prefix: pack for pack in ordered if pack.namespace != KG}
    for pack in ordered:
        if pack.namespace != own.get(pack.prefix, pack).namespace:
            other = own[pack.prefix].file
            raise LexiconError(f"the prefix {pack.prefix!r} means another namespace in {other}", where=pack.file)
    classes = _extended(_classes(ordered), ordered)
    _refuse_equal_triggers(classes.values())
    operators = _operators(ordered)
    return Lexicon(
        digest=_digest(classes, operators),
        classes=classes,
        operators=operators,
        prefixes={prefix: pack.namespace for prefix, pack in sorted(own.items())},
    )


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


def _extended(classes: dict[str, EventClass], packs: list[Pack]) -> dict[str, EventClass]:
    for pack in packs:
        for extension in pack.extensions:
            table, name = extension.table, extension.class_name
            base = classes[table.known(name, classes, what="class to extend")]
            taken = {trigger.name for trigger in base.triggers}
            added = tuple(
                replace(trigger, name=_free(trigger.name, taken, pack.name))
                for trigger in parse_triggers(table, name, base.roles)
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
        trigger.voice,
    ]  # fmt: skip


def _sorted(fillers: object) -> object:
    return {slot: sorted(words) for slot, words in fillers.items()} if isinstance(fillers, dict) else fillers


def _operators(packs: list[Pack]) -> dict[str, Operator]:
    found = [(operator, pack) for pack in packs for operator in pack.operators]
    _refuse_twice((op.name, f"{pack.file}: operators.{op.name}", "operator") for op, pack in found)
    return {op.name: op for op, _ in sorted(found, key=lambda item: item[0].name)}


def _digest(classes: dict[str, EventClass], operators: dict[str, Operator]) -> str:
    content = [[asdict(c) for c in classes.values()], [asdict(o) for o in operators.values()]]
    return hashlib.sha256(_canonical(content).encode()).hexdigest()


def _canonical(value: object) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
