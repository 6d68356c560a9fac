"""What a source may unpack to: limits against archives that are made to fill memory, disk or time."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace

from kg.errors import ConfigError, ReadError
from kg.read.spelling import suggestion

__all__ = ["DEFAULT_LIMITS", "Budget", "LimitError", "Limits", "parse_limits"]

# A small file of equal letters may well shrink to a thousandth: the ratio counts only from here on.
_GRACE = 10_000_000
_UNITS = {"": 1, "K": 10**3, "M": 10**6, "G": 10**9, "T": 10**12}


class LimitError(ReadError):
    """A source unpacks to more than is allowed: what is left of it is not read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Limits of one source.

    ``article`` is the size of one article's file or record in bytes (the longest newspaper articles have some 100,000),
    ``unpacked`` the bytes that all archives in one source unpack to, ``ratio`` those in relation to the size of the
    source, ``members`` the number of members of its archives, ``nesting`` how many layers lie in one another (an
    article in a ``.tar.gz`` lies in two).
    """

    article: int = 20_000_000
    unpacked: int = 100_000_000_000
    ratio: int = 200
    members: int = 1_000_000
    nesting: int = 4


DEFAULT_LIMITS = Limits()


def parse_limits(given: Iterable[str]) -> Limits:
    """Return the limits that texts such as ``ratio=500`` or ``article=50MB`` change.

    Raises:
        ConfigError: A name is unknown, or a value is no whole number above 0.
    """
    known = [field.name for field in fields(Limits)]
    values: dict[str, int] = {}
    for text in given:
        name, _, value = text.partition("=")
        if name not in known:
            raise ConfigError(
                f"--limit {text!r} names no limit; known: {', '.join(known)}",
                remedy=f"{suggestion(name, known)}Write for example --limit ratio=500",
            )
        number = re.fullmatch(r"(\d{1,15}) ?([KMGT]?)B?", value.strip(), re.IGNORECASE)
        if not number or not int(number[1]):
            raise ConfigError(
                f"--limit {text!r}: {value!r} is no whole number above 0",
                remedy="Write for example --limit ratio=500 or --limit article=50MB",
            )
        values[name] = int(number[1]) * _UNITS[number[2].upper()]
    return replace(DEFAULT_LIMITS, **values)


class Budget:
    """What one source has used up of its limits.

    Args:
        limits: What is allowed.
        size: The bytes of the source; None where that is not known before it was read (standard input).
        where: The source, for messages.
    """

    def __init__(self, limits: Limits, size: int | None, where: str) -> None:
        self.limits = limits
        self._size = size
        self._where = where
        self._taken = 0
        self._unpacked = 0
        self._members = 0

    def take(self, count: int) -> None:
        """Note bytes that were read of the source itself."""
        self._taken += count

    def unpack(self, count: int) -> None:
        """Note bytes that were unpacked.

        Raises:
            LimitError: They are more than is allowed.
        """
        self._unpacked += count
        if self._unpacked > self.limits.unpacked:
            raise self._exceeded("unpacked", f"unpacks to more than {self.limits.unpacked:,} bytes")
        size = self._size if self._size is not None else self._taken
        if self._unpacked > max(_GRACE, self.limits.ratio * size):
            raise self._exceeded("ratio", f"unpacks to more than {self.limits.ratio:,} times its size")

    def member(self) -> None:
        """Note one more member of an archive.

        Raises:
            LimitError: There are more than is allowed.
        """
        self._members += 1
        if self._members > self.limits.members:
            raise self._exceeded("members", f"its archives have more than {self.limits.members:,} members")

    def _exceeded(self, name: str, problem: str) -> LimitError:
        return LimitError(
            f"{problem}; what is left of it was not read",
            where=self._where,
            remedy=f"If it is no trap, allow more with --limit {name}=NUMBER",
        )
