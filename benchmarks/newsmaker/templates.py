"""A small grammar: ``[a|b]`` is a choice, ``{role}`` or ``{count:people/workers}`` a filler, ``*word*`` the trigger."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

__all__ = ["DATA", "Slot", "Trigger", "expand", "facts", "names", "prose", "slots"]

DATA = Path(__file__).resolve().parent.parent / "articles_data"

_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_TOKEN = re.compile(r"(\{[^}]+\}|\*[^*]+\*)")


@dataclass(frozen=True, slots=True)
class Slot:
    """A place to be filled; ``hint`` offers nouns of what is counted."""

    name: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Trigger:
    """The word that carries the fact."""

    text: str


@cache
def _load(name: str) -> dict:
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


def facts() -> dict[str, dict[str, list[str]]]:
    """Return class to form (headline, clause, sentence, denied) to templates."""
    return _load("facts")


def prose() -> dict[str, dict[str, list[str]]]:
    """Return domain to kind (background, quotes) to templates."""
    return _load("prose")


@cache
def names(kind: str) -> tuple[str, ...]:
    """Return one of the lists of ``names.toml``."""
    text = _load("names")[kind].strip()
    separator = "\n" if "\n" in text and "|" in text else "|" if "|" in text else None
    return tuple(text.split(separator))


def expand(template: str, rng: Random) -> list[str | Slot | Trigger]:
    """Return the tokens of a template, every choice made."""
    while found := _CHOICE.search(template):
        chosen = rng.choice(found[1].split("|"))
        template = template[: found.start()] + chosen + template[found.end() :]
    return [_token(part) for part in _TOKEN.split(re.sub(r" +", " ", template).strip()) if part]


def _token(part: str) -> str | Slot | Trigger:
    if part.startswith("{"):
        name, _, hint = part[1:-1].partition(":")
        return Slot(name, hint)
    return Trigger(part[1:-1]) if part.startswith("*") else part


def slots(template: str) -> frozenset[str]:
    """Return the fillers that a template may ask for."""
    return frozenset(part[1:-1].partition(":")[0] for part in _TOKEN.split(template) if part.startswith("{"))
