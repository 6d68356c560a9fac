"""The conventions of news pages as data: what bylines, captions, notices and datelines look like.

Patterns are about forms that many outlets share, not about single outlets. :mod:`kg.read.furniture` applies them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

__all__ = ["AGENCY", "BY", "CONNECTORS", "CREDIT", "DATELINE", "DATE_WORDS", "JOB", "RULES", "WEEKDAY", "Part", "Rule"]


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


@dataclass(frozen=True, slots=True)
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
        return len(line) <= self.limit and bool(_compiled(self).fullmatch(line))


@cache
def _compiled(rule: Rule) -> re.Pattern[str]:
    flags = re.DOTALL | (0 if rule.cased else re.IGNORECASE)
    return re.compile(f"(?:{'|'.join(rule.forms)}){'.*' if rule.anyhow else ''}", flags)


AGENCY = "(?:" + "|".join((
    r"AFP|AP|Associated Press|Reuters|REUTERS|Getty(?: Images)?|EPA(?:-EFE)?|EFE|Sputnik|TASS|Xinhua|Bloomberg|Kyodo",
    r"Anadolu(?: Agency)?|Shutterstock|Yonhap(?: News)?|PA(?: Wire| Images| Media)?|DPA|dpa|ANSA|UPI|AAP|ANI|PTI|IANS",
    r"RIA Novosti|Interfax|Rex|Alamy|NurPhoto|ZUMA|SOPA|iStock|Flickr|Wikimedia(?: Commons)?|Handout|HANDOUT|Pool|POOL",
)) + ")"  # fmt: skip
_URL = r"<?(?:https?://|www\.)\S+>?"
_NAME = r"[A-Z][\w.’'-]*"
_ROLE = r"(?:reporters?|correspondents?|editors?|writers?|staff|desk|bureau|newsroom|agency|journalists?|columnist)"
_SITES = r"(?:facebook|twitter|x|whatsapp|telegram|linkedin|reddit|instagram|youtube|google news|pinterest)"
_SHARE = r"(?:share|tweet|print|e-?mail|save|copy link|comment|like|pin|bookmark)"
_SHARED = r"(?:article|story|page|post|link|friends?)"
_PICTURE = r"(?:photo(?:graph)?s?|pictures?|pics?|images?|illustrations?|graphics?|videos?|map|cartoon)"

_LINKS = (
    Rule(Part.LINK, 2000, (rf"{_URL}(?:\s+{_URL})*", r"\[\^?[^\[\]]{1,40}\]:\s.*")),
    Rule(Part.LINK, 400, (
        rf"(?:original(?:ly)?(?: published)?(?: url| link| article| source| at| on)?|view original)\s*:?\s*(?:{_URL})?",
        rf"(?:source(?: url| link)?|(?:perma|short ?)?link|url)\s*:?\s*(?:{_URL})?",
        rf"read (?:the )?(?:original|full)(?: article| story| text)?(?: here| at)?\s*:?\s*(?:{_URL})?",
    )),
    Rule(Part.LINK, 300, tuple(rf"(?:{label})\s*(?:[:|»>→–—-].*)?" for label in (
        r"read more|see more|see also|also read|read also|read next|further reading|watch|listen|sources?",
        r"related(?: stories| articles| content| topics| news| posts)?|recommended(?: stories| reading)?",
        r"most (?:read|popular|viewed)|editor[’']?s picks?|don[’']?t miss|you (?:may|might) (?:also )?like",
        r"more (?:on|from|about) (?:this|the|our)\b[^.]*|up next|next article|previous article",
    ))),
    Rule(Part.LINK, 160, (
        r"read (?:more|the full|also)\b[^.]*",
        r"(?:click here|continue reading|back to top|skip to|jump to)\b.*",
        rf"(?:follow|find|like|join|connect with) (?:us|@?\w+) on {_SITES}.*|follow us\b.*",
    )),
    Rule(Part.LINK, 100, (
        rf"{_SHARE}(?:[\s,|/]+(?:(?:this|the|it|via|on|by|with|to)[\s,|/]+)*(?:{_SHARE}|{_SHARED}|{_SITES}))*",
    )),
)  # fmt: skip

_FOOTER = "(?:" + "|".join((
    r"privacy (?:policy|notice)|terms (?:of (?:use|service)|and conditions)|cookie (?:policy|settings)|home|help",
    r"contact us|about us|advertise with us|careers|menu|search|site ?map|accessibility",
)) + ")"  # fmt: skip
_NOTICES = (
    Rule(Part.NOTICE, 400, (
        r"©",
        r"\(c\)\s*(?:copyright\b|\d{4})",
        r"copyright\b(?=\s*(?:notice|©|\(c\)|\d{4}|by\b|$))",
        r".{0,90}\ball rights? reserved\b",
        r"this (?:material|article|story|content) (?:may not be|is protected|first appeared)\b",
        r"this (?:article|story) was (?:originally |first )?published\b",
        r"this (?:site|website) uses cookies\b|we use cookies\b|(?:accept|manage|reject)(?: all)? cookies\b",
        r"no part of this\b|reproduction (?:in (?:whole|part)|without|(?:is )?prohibited)\b",
        r"by (?:continuing to (?:use|browse)|using this (?:site|website))\b",
    ), anyhow=True),
    Rule(Part.NOTICE, 120, (r"Copyright(?: (?:of|the|and|&|[A-Z\d][\w.&’'-]*)){1,7}[,.]?",), cased=True),
    Rule(Part.NOTICE, 200, (
        rf"(?:{_FOOTER}[\s|·•,]*)+",
    )),
    Rule(Part.NOTICE, 300, (
        r"(?:subscribe|sign up|sign in|log in|register (?:now|here|today)|already a subscriber)\b",
        r"get (?:the|our|all the) (?:latest|best|daily|news)\b|enter your e-?mail\b|want more\b",
        r"thank you for (?:reading|subscribing)\b|support (?:our|independent) journalism\b",
        r"become a (?:member|subscriber)\b|to (?:continue|keep) reading\b",
    ), anyhow=True),
    Rule(Part.NOTICE, 200, (
        r".{0,80}\bnewsletters?\b.{0,60}\b(?:inbox|sign up|subscribe)\b.*",
        r".{0,60}\b(?:sign up|subscribe)\b.{0,60}\bnewsletters?\b.*|newsletters?",
        r"(?:tags?|topics?|filed under|categor(?:y|ies)|keywords?|posted in|section|more on):.*",
        r"our standards:.*|(?:the views expressed|opinions expressed|this is an opinion)\b.*",
    )),
    Rule(Part.NOTICE, 60, (
        r"advertisements?|ads?|sponsored(?: content| by .*)?|promoted(?: content)?|paid (?:content|post)|loading\W*",
        r"story continues below.*|article continues (?:below|after).*|play video|this video (?:can ?not|is not).*",
        r"\d{1,2} ?-?min(?:ute)?s? (?:read|listen)|reading time.*|listen to (?:this )?article",
        r"page \d+(?: of \d+)?|ends?|more to (?:come|follow)\W*|\(?(?:more|end)\)?",
    )),
    Rule(Part.COMMENTS, 60, (
        r"leave (?:a|your) (?:reply|comment)(?: cancel reply)?|(?:post|write|add) (?:a |your )?comment|reader comments",
        r"join the (?:discussion|conversation)|comments?(?: \(?\d+\)?)?|\d+ comments?|no comments(?: yet)?",
    )),
    Rule(Part.NOTICE, 200, (
        r"your e-?mail address will not be published.*|required fields are marked.*|save my name.*",
        r"comments are (?:closed|off|moderated).*|notify me of .*|(?:name|e-?mail|website|comment)\s*\*?",
    )),
)  # fmt: skip

_SHOT = r"(?:(?:file|handout|undated) )?(?:photo|image|picture|handout|combination)"
_SIDE = r"(?:left|right|centre|center|pictured)"
_CAPTIONS = (
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
_BYLINES = (
    Rule(Part.BYLINE, 300, (r".{0,150}\bcontributed (?:to this (?:report|story|article)|(?:further )?reporting)\b.*",)),
    Rule(Part.BYLINE, 100, (rf"(?:the author|[\w.’'-]+ [\w.’'-]+) is an? [^.]{{0,60}}\b{_ROLE}\b[^.]{{0,60}}\.?",)),
    Rule(Part.BYLINE, 80, (
        rf"(?:{_MADE} )?(?:through|via|courtesy of|in partnership with) [\w’' -]{{2,60}}",
    )),
    Rule(Part.BYLINE, 60, (
        rf"[\[(]?{AGENCY}[\])]?",
        rf"in {_NAME}(?: {_NAME}){{0,3}}(?:(?:,| and) {_NAME}(?: {_NAME}){{0,2}}){{0,3}}",
    ), cased=True),
)  # fmt: skip

RULES: tuple[Rule, ...] = (*_LINKS, *_NOTICES, *_CAPTIONS, *_BYLINES)
"""All rules in the order in which they are tried."""

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
    r"(?:By|BY|(?i:written|reported|story|text|words|posted|analysis|interview) [Bb]y)\s*:?\s+(?P<who>.+)", re.DOTALL
)
"""A byline; it is one only if ``who`` looks like names."""

JOB = re.compile(rf"{_NAME}(?: [A-Z][\w.’'&-]*){{1,3}}, .{{0,40}}\b(?i:{_ROLE})\b.{{0,40}}")
"""A writer's name with the office: "Ana Lima, Political Editor"."""

CONNECTORS = frozenset(
    [
        *("and", "in", "for", "of", "the", "our", "with", "at", "from", "by", "&", "|", "-", "–", "—", "/", "•", "·"),
        *("staff", "desk", "correspondent", "correspondents", "reporter", "reporters", "editor", "editors", "newsroom"),
        *(
            "team",
            "bureau",
            "agency",
            "agencies",
            "writer",
            "writers",
            "chief",
            "senior",
            "news",
            "political",
            "foreign",
        ),
        *(
            "economics",
            "business",
            "diplomatic",
            "defence",
            "editing",
            "writing",
            "reporting",
            "additional",
            "research",
        ),
        *("translation", "de", "van", "von", "der", "den", "bin", "al", "el", "la", "da", "di", "du", "le", "dos", "y"),
    ]
)
"""Lower-case words that may stand between names."""

WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?"
DATE_WORDS = re.compile(
    r"\b(?:first |originally |last )?(?:published|posted|updated|modified|created|issued|released|dated?|edited)\b:?"
    r"|\b\d+ (?:years?|months?|weeks?|days?|hours?|minutes?) ago\b"
    rf"|\b(?:on|at|time|ago)\b:?|\b{WEEKDAY}\b|\d{{1,2}}[:.]\d{{2}}(?::\d{{2}})?(?:\.\d+)?Z?|T(?=\d)"
    r"|\d{1,2} ?[ap]\.?m\b\.?|\b[ap]\.?m\b\.?|\b(?:utc|gmt|[ecmp][sd]?t|ce?st|bst|ist|eat|wat|cat|sgt|jst|hkt)\b"
    r"|[+-]\d{2}:?\d{2}\b",
    re.IGNORECASE,
)
"""What stands around the date in a date line."""

_PLACE = r"[A-Z][\w.’'-]*(?:[ /][A-Z][\w.’'-]*){0,4}"
_CAPITALS = r"[A-Z][A-Z.’'-]+(?: [A-Z][A-Z.’'-]+){0,4}"
_MONTHS = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_WHEN = rf"(?i:{_MONTHS} \d{{1,2}}|\d{{1,2}} {_MONTHS})(?:,? \d{{4}})?"
_DASH = r"\s*(?:--?|[–—])(?:\s+|$)"

DATELINE = re.compile(
    rf"(?:{_PLACE}(?:, {_PLACE}){{0,2}}(?:,? ?{_WHEN})?,? ?(?:\([^()\n]{{2,40}}\)|/[^/\n]{{2,40}}/){_DASH}"
    rf"|{_CAPITALS}(?:, {_PLACE})?(?:,? {_WHEN})?{_DASH}|{_PLACE}, {_WHEN}{_DASH}|\(?{AGENCY}\)?{_DASH})"
    r"(?=[\"“'‘(\[]?[A-Z\d]|$)"
)
"""An agency's dateline at the start of a paragraph: "OSLO, May 3 (Agency) -", "LAGOS, Nigeria (AP) —", "LIMA –".

Without an agency in brackets the place is in capitals, and what follows begins a sentence, so that "NATO – the
alliance – said" stays whole.
"""
