"""Read and write the two files in which a workspace keeps what people decided: ``review.jsonl``, ``entities.toml``."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from itertools import combinations
from pathlib import Path
from typing import Any

from kg.corrections import Corrections, NameRule, Review, ReviewVerdict
from kg.errors import ConfigError

__all__ = ["ENTITIES", "REVIEWS", "read_corrections", "read_reviews", "read_rules", "write_reviews"]

ENTITIES = "entities.toml"
REVIEWS = "review.jsonl"

_CLAIM = re.compile(r"[0-9a-f]{8,}")
_EXAMPLE = '[[same]] with names = ["Ann Lee", "Anne Lee"] and a note'


def read_corrections(folder: Path) -> Corrections:
    """Return the corrections of a workspace folder; none where the files are missing.

    Raises:
        ConfigError: A file is broken, or contradicts itself; file and place are named.
    """
    return Corrections(reviews=read_reviews(folder / REVIEWS), rules=read_rules(folder / ENTITIES))


def read_reviews(path: Path) -> tuple[Review, ...]:
    """Return the reviews of a ``review.jsonl``, sorted by claim.

    Raises:
        ConfigError: A line is no review, or a claim is judged twice.
    """
    found: dict[str, Review] = {}
    for number, line in enumerate(_text(path).splitlines(), 1):
        if line.strip():
            review = _review(line, where=f"{path} line {number}")
            if review.claim in found:
                raise ConfigError(
                    f"the claim {review.claim} is judged twice", where=f"{path} line {number}", remedy="Keep one line"
                )
            found[review.claim] = review
    return tuple(sorted(found.values()))


def write_reviews(path: Path, reviews: Iterable[Review]) -> None:
    """Write a ``review.jsonl`` in one step, one object a line, sorted by claim."""
    lines = [json.dumps({k: v for k, v in asdict(r).items() if v}, ensure_ascii=False) for r in sorted(reviews)]
    part = path.with_suffix(".part")
    part.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    part.replace(path)


def read_rules(path: Path) -> tuple[NameRule, ...]:
    """Return the rules of an ``entities.toml``, in order, ``same`` before ``different``.

    Raises:
        ConfigError: The file is no TOML, has an unknown key or a wrong value, or says of two names both.
    """
    try:
        table = tomllib.loads(_text(path))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"cannot be read: {error}", where=str(path), remedy="Correct the file") from error
    for key in table:
        if key not in ("same", "different"):
            raise ConfigError(f"unknown key {key!r}; known: same, different", where=str(path), remedy=f"Try {_EXAMPLE}")
    rules = tuple(rule for key in ("same", "different") for rule in _rules(table.get(key, []), key, path))
    _check_contradictions(rules, path)
    return rules


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"cannot be read: {error}", where=str(path), remedy="Correct the file") from error


def _review(line: str, *, where: str) -> Review:
    remedy = 'Write {"claim": "0123456789abcdef", "verdict": "wrong", "note": "…"}, or use kg review'
    try:
        record = json.loads(line)
    except ValueError as error:
        raise ConfigError(f"expected a JSON object, found {line[:60]!r}", where=where, remedy=remedy) from error
    if not isinstance(record, dict) or not all(isinstance(value, str) for value in record.values()):
        raise ConfigError(f"expected a JSON object of strings, found {line[:60]!r}", where=where, remedy=remedy)
    unknown = sorted(record.keys() - {"claim", "verdict", "note", "source", "quote", "says"})
    if unknown:
        raise ConfigError(f"unknown key {unknown[0]!r}", where=where, remedy=remedy)
    claim = record.get("claim", "").rpartition("/")[2].rpartition(":")[2]
    if not _CLAIM.fullmatch(claim):
        raise ConfigError(f"claim is {record.get('claim')!r}, expected its hash", where=where, remedy=remedy)
    if record.get("verdict") not in set(ReviewVerdict):
        known = " or ".join(ReviewVerdict)
        raise ConfigError(f"verdict is {record.get('verdict')!r}, expected {known}", where=where, remedy=remedy)
    return Review(**record | {"claim": claim, "verdict": ReviewVerdict(record["verdict"])})


def _rules(tables: Any, key: str, path: Path) -> Iterable[NameRule]:
    if not isinstance(tables, list):
        raise ConfigError(f"{key} is no list of tables", where=str(path), remedy=f"Write {_EXAMPLE}")
    for number, table in enumerate(tables, 1):
        where = f"{path}, [[{key}]] {number}"
        _check_rule(table, where)
        names = tuple(" ".join(name.split()) for name in table["names"])
        try:
            yield NameRule(same=key == "same", names=names, note=table.get("note", ""))
        except ValueError as error:
            raise ConfigError(str(error), where=where, remedy=f"Write {_EXAMPLE}") from error


def _check_rule(table: Any, where: str) -> None:
    if not isinstance(table, Mapping):
        raise ConfigError(f"{table!r} is no table", where=where, remedy=f"Write {_EXAMPLE}")
    for key in table:
        if key not in ("names", "note"):
            raise ConfigError(f"unknown key {key!r}; known: names, note", where=where)
    names = table.get("names")
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise ConfigError(f"names is {names!r}, expected a list of strings", where=where, remedy=f"Write {_EXAMPLE}")
    if not isinstance(table.get("note", ""), str):
        raise ConfigError(f"note is {table['note']!r}, expected a string", where=where)


def _check_contradictions(rules: Iterable[NameRule], path: Path) -> None:
    """Refuse two names that rules make one entity, perhaps over a third name, and others keep apart."""
    group: dict[str, str] = {}

    def find(name: str) -> str:
        while group.get(name, name) != name:
            name = group[name]
        return name

    listed = list(rules)
    for rule in (rule for rule in listed if rule.same):
        for name in rule.names[1:]:
            group[find(name)] = find(rule.names[0])
    for rule in (rule for rule in listed if not rule.same):
        for first, second in combinations(rule.names, 2):
            if find(first) == find(second):
                raise ConfigError(
                    f"{first!r} and {second!r} are said to be the same, and to be different",
                    where=str(path),
                    remedy="Remove one of the two rules",
                )
