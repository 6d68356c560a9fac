"""What a paragraph of a file can be, and the form of a rule that tells.

Rules are data: :mod:`links`, :mod:`notices` and :mod:`credits` hold them. They are about forms that many outlets share,
not about single outlets; :mod:`kg.read.article.furniture` applies them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

__all__ = ["AGENCY", "NAME", "Part", "Rule"]


class Part(StrEnum):
    """What a paragraph of the file is; the first three are body."""

    HEADLINE = "headline"
    SUMMARY = "summary"
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    BYLINE = "byline"
    DATE = "date"
    LINK = "link"
    CAPTION = "caption"
    NOTICE = "notice"
    COMMENTS = "comments"
    MARKUP = "markup"


@dataclass(frozen=True)
class Rule:
    """Forms that make a line of at most ``limit`` characters a ``part``.

    A form is a regular expression for the whole line; with ``anyhow`` anything may follow it. Letter case matters only
    with ``cased``.
    """

    part: Part
    limit: int
    forms: tuple[str, ...]
    anyhow: bool = False
    cased: bool = False

    def fits(self, line: str) -> bool:
        """Tell whether the rule applies to a line."""
        return len(line) <= self.limit and bool(self._pattern.fullmatch(line))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        flags = re.DOTALL | (0 if self.cased else re.IGNORECASE)
        return re.compile(f"(?:{'|'.join(self.forms)}){'.*' if self.anyhow else ''}", flags)


AGENCY = "(?:" + "|".join((
    r"AFP|AP|Associated Press|Reuters|REUTERS|Getty(?: Images)?|EPA(?:-EFE)?|EFE|Sputnik|TASS|Xinhua|Bloomberg|Kyodo",
    r"Anadolu(?: Agency)?|Shutterstock|Yonhap(?: News)?|PA(?: Wire| Images| Media)?|DPA|dpa|ANSA|UPI|AAP|ANI|PTI|IANS",
    r"RIA Novosti|Interfax|Rex|Alamy|NurPhoto|ZUMA|SOPA|iStock|Flickr|Wikimedia(?: Commons)?|Handout|HANDOUT|Pool|POOL",
)) + ")"  # fmt: skip
"""Who reports and takes pictures for others."""

NAME = r"[A-Z][\w.’'-]*"
"""A capitalised word, as names consist of."""
