"""Captions, and who wrote an article, took its pictures and helped."""

from __future__ import annotations

import re

from kg.read.article.parts import AGENCY, NAME, Part, Rule

__all__ = ["BIOGRAPHY", "BY", "BYLINES", "CAPTIONS", "CONNECTORS", "CREDIT", "JOB"]

_ROLE = r"(?:reporters?|correspondents?|editors?|writers?|staff|desk|bureau|newsroom|agency|journalists?|columnist)"
_PICTURE = r"(?:photo(?:graph)?s?|pictures?|pics?|images?|illustrations?|graphics?|videos?|map|cartoon)"


_SHOT = r"(?:(?:file|handout|undated) )?(?:photo|image|picture|handout|combination)"
_SIDE = r"(?:left|right|centre|center|pictured)"
CAPTIONS = (
    Rule(Part.CAPTION, 600, (
        rf"(?:(?:file|stock|undated|handout) )?{_PICTURE}(?: (?:credits?|by|source|courtesy|from))?(?: of)?\s*[:©/]",
        r"image (?:source|caption|copyright),|(?:media|image|photo) caption\b|photo(?:graph)?s? (?:by|courtesy)\b",
        r"pictured:|file photo\b|a? ?(?:file|handout) (?:photo|picture|image) (?:of|shows|taken|released)\b|file ?[–—]",
        rf"in this {_SHOT}(?: (?:photo|image|taken|made|released|provided|from|posted)\b|,)",
    ), anyhow=True),
    Rule(Part.CAPTION, 700, (
        r".*\bPhotographs?(?: by)?:.*|.*\bPhotos?(?: [Cc]redit| [Bb]y)?:.*|.*\bREUTERS/[A-Z].*",
        r".*[\[(|]\s*(?:[Ii]mage|[Pp]hoto|[Pp]icture|[Vv]ideo)s?\s*(?:[Ss]ource|[Cc]redit|[Bb]y|[Cc]ourtesy|=|:|/).*",
        r".*\((?:AP|AFP|Reuters|REUTERS|EPA|TASS) ?(?:[Pp]hotos?\b|/).*",
        r".*\b(?:Getty Images|Shutterstock|AP Photo|Alamy Stock Photo|iStock|EPA-EFE)[\])]*",
        rf".*[\w.)\"]\s*/(?:[^/.;:]{{1,40}}/)*\s*{AGENCY}[\])]*",
        r".{0,100}\b[Cc]redits?:\s.{1,60}",
    ), cased=True),
    Rule(Part.CAPTION, 400, (
        rf".*\((?:(?:far|top|bottom|second|third|from|front|seated|standing|pictured)[ ,-]+)*{_SIDE}\).*",
        r".*\(L\).*\(R\).*|.*\(R\).*\(L\).*",
        rf".*\b[A-Z][\w’'-]*, {_SIDE}, (?:and|with|meets?|greets?|shakes?|speaks?|talks?|listens?|looks?|poses?)\b.*",
    ), cased=True),
)  # fmt: skip

_MADE = r"(?:go|story|provided|published|distributed|reported)"
BYLINES = (
    Rule(Part.BYLINE, 300, (r".{0,150}\bcontributed (?:to this (?:report|story|article)|(?:further )?reporting)\b.*",)),
    Rule(Part.BYLINE, 100, (rf"(?:the author|[\w.’'-]+ [\w.’'-]+) is an? [^.]{{0,60}}\b{_ROLE}\b[^.]{{0,60}}\.?",)),
    Rule(Part.BYLINE, 80, (
        rf"(?:{_MADE} )?(?:through|via|courtesy of|in partnership with) [\w’' -]{{2,60}}",
    )),
    Rule(Part.BYLINE, 80, (r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|@\w{2,30}(?: on (?:x|twitter))?",)),
    Rule(Part.BYLINE, 60, (
        rf"[-–—\s]*[\[(]?{AGENCY}[\])]?",
        rf"in {NAME}(?: {NAME}){{0,3}}(?:(?:,| and) {NAME}(?: {NAME}){{0,2}}){{0,3}}",
    ), cased=True),
)  # fmt: skip

CREDIT = re.compile(
    r"[-–—(\[*\s]*(?:(?:(?:additional |with |further )*(?:reporting|writing|editing) (?:by|from)"
    r"|additional (?:research|production|translation|graphics) by"
    r"|(?:edited|translated|compiled|written|reported|produced) by"
    r"|with (?:assistance|contributions?|inputs?|files|additional reporting) (?:by|from)"
    r"|with the (?:help|assistance) of))\s+(?P<who>.+)",
    re.DOTALL | re.IGNORECASE,
)
"""A line that thanks helpers; it is one only if ``who`` looks like names."""

BY = re.compile(
    r"(?:By|BY|by(?= [A-Z]\S* [A-Z])|(?i:written|reported|story|text|words|posted|analysis|interview) [Bb]y)"
    r"\s*:?\s+(?P<who>.+)",
    re.DOTALL,
)
"""A byline; it is one only if ``who`` looks like names."""

JOB = re.compile(rf"{NAME}(?: [A-Z][\w.’'&-]*){{1,3}}, .{{0,40}}\b(?i:{_ROLE})\b.{{0,40}}")
"""A writer's name with the office: "Ana Lima, Political Editor"."""

BIOGRAPHY = re.compile(
    rf"{NAME} (?:(?:{NAME}|d[aeiou]s?|van|von|der|bin|el|al) ){{0,3}}(?P<surname>{NAME}) "
    rf"(?:(?:is|was) (?:the|an?|our|based)\b.{{0,200}}\b{_ROLE}"
    r"|covers|writes (?:about|on|for)|reports (?:on|from|for)|has (?:covered|written|reported)|joined|can be reached)\b"
    r".{0,300}"
)
"""A note on an author: "Ana Lima covers trade for The Daily"; it is one only at the end of an article."""

_BETWEEN_NAMES = """
and in for of the our with at from by & | - – — / • · staff desk correspondent correspondents reporter
reporters editor editors newsroom team bureau agency agencies writer writers chief senior news political
foreign economics business diplomatic defence editing writing reporting additional research translation
photographs photos pictures video graphics de van von der den bin al el la da di du le dos y
"""
CONNECTORS = frozenset(_BETWEEN_NAMES.split())
"""Lower-case words that may stand between names."""
