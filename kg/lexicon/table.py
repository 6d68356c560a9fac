"""Read a TOML table strictly: every key known, every value of the right kind, every fault with its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NoReturn

from kg.errors import LexiconError
from kg.spelling import nearest

__all__ = ["Table", "suggestion"]

_SHOWN = 30  # choices in a message


def suggestion(word: str, allowed: Iterable[str]) -> str:
    """Return what is allowed, and which of it was probably meant.

    >>> suggestion("agnet", ["agent", "theme"])
    "allowed: agent, theme. Did you mean 'agent'?"
    """
    choices = sorted(allowed)
    shown = ", ".join(choices[:_SHOWN]) + (f" and {len(choices) - _SHOWN} more" if len(choices) > _SHOWN else "")
    near = nearest(word, choices)
    hint = f". Did you mean {near!r}?" if near else ""
    return f"allowed: {shown}{hint}"


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a pack; ``file`` and ``entry`` say where it stands (``classes.Lend.triggers[2]``, from 0)."""

    file: str
    entry: str
    data: dict[str, Any]

    def fail(self, problem: str, *, remedy: str | None = None, key: str | None = None) -> NoReturn:
        """Raise a LexiconError about this table, or about one of its keys."""
        entry = ".".join(part for part in (self.entry, key) if part)
        raise LexiconError(problem, where=f"{self.file}: {entry}" if entry else self.file, remedy=remedy)

    def allow(self, *keys: str) -> None:
        """Refuse every key that is not named."""
        for key in self.data:
            if key not in keys:
                self.fail(f"unknown key {key!r}; {suggestion(key, keys)}")

    def text(self, key: str) -> str:
        """Return a string that must be there and not be empty."""
        if key not in self.data:
            self.fail(f"the key {key!r} is missing", remedy=f'Add {key} = "..."')
        value = self.data[key]
        if not isinstance(value, str) or not value.strip():
            self.fail(f"expected a string that is not empty, found {value!r}", key=key)
        return value

    def optional(self, key: str) -> str | None:
        """Return a string, or None where the key is missing."""
        return self.text(key) if key in self.data else None

    def choice(self, key: str, allowed: Iterable[str], default: str | None = None) -> str | None:
        """Return a string that is one of those allowed, or the default where the key is missing."""
        value = self.optional(key)
        return default if value is None else self.known(value, allowed, what=key, key=key)

    def known(self, word: str, allowed: Iterable[str], *, what: str, key: str | None = None) -> str:
        """Return the word if it is allowed; else say what is."""
        allowed = tuple(allowed)
        if word not in allowed:
            self.fail(f"unknown {what} {word!r}; {suggestion(word, allowed)}", key=key)
        return word

    def words(self, key: str) -> tuple[str, ...]:
        """Return a list of strings, repetitions dropped, empty where the key is missing."""
        value = self.data.get(key, [])
        if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
            self.fail(f"expected a list of strings, found {value!r}", key=key)
        if key in self.data and not value:
            self.fail("the list is empty", key=key, remedy="Leave the key out, or add a word")
        return tuple(dict.fromkeys(value))

    def word_or_words(self, key: str) -> tuple[str, ...]:
        """Return a string, or a list of them, that must be there."""
        return self.words(key) if isinstance(self.data.get(key), list) else (self.text(key),)

    def flag(self, key: str, *, default: bool = False) -> bool:
        """Return a boolean, or the default where the key is missing."""
        value = self.data.get(key, default)
        if not isinstance(value, bool):
            self.fail(f"expected true or false, found {value!r}", key=key)
        return value

    def number(self, key: str) -> int:
        """Return a whole number of 0 or more, 0 where the key is missing."""
        value = self.data.get(key, 0)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            self.fail(f"expected a whole number of 0 or more, found {value!r}", key=key)
        return value

    def table(self, key: str) -> Table:
        """Return a table below this one, empty where the key is missing."""
        value = self.data.get(key, {})
        entry = f"{self.entry}.{key}" if self.entry else key
        if not isinstance(value, dict):
            raise LexiconError(f"expected a table, found {value!r}", where=f"{self.file}: {entry}")
        return Table(self.file, entry, value)

    def tables(self, key: str) -> Iterator[Table]:
        """Yield the tables of an array, none where the key is missing."""
        value = self.data.get(key, [])
        if not isinstance(value, list) or not all(isinstance(v, dict) for v in value):
            self.fail(f"expected [[{key}]] tables, found {value!r}", key=key)
        for i, item in enumerate(value):
            yield Table(self.file, f"{self.entry}.{key}[{i}]", item)
