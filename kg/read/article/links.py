"""Links to other pages and the labels that announce them; what sharing and following buttons say."""

from __future__ import annotations

import re

from kg.read.article.parts import Part, Rule

__all__ = ["LINKS", "LIST_LABEL"]

_URL = r"<?(?:https?://|www\.)\S+>?"
_SITES = r"(?:facebook|twitter|x|whatsapp|telegram|linkedin|reddit|instagram|youtube|google news|pinterest)"
_SHARE = r"(?:share|tweet|print|e-?mail|save|copy link|comment|like|pin|bookmark)"
_SHARED = r"(?:article|story|page|post|link|friends?)"

_ITEMS = r"(?:news|stories|coverage|articles|headlines|videos)"
LINKS = (
    Rule(Part.LINK, 2000, (rf"{_URL}(?:\s+{_URL})*", r"\[\^?[^\[\]]{1,40}\]:\s.*")),
    Rule(Part.LINK, 400, (
        rf"(?:original(?:ly)?(?: published)?(?: url| link| article| source| at| on)?|view original)\s*:?\s*(?:{_URL})?",
        rf"(?:source(?: url| link)?|(?:perma|short ?)?link|url)\s*:?\s*(?:{_URL})?",
        rf"read (?:the )?(?:original|full)(?: article| story| text)?(?: here| at)?\s*:?\s*(?:{_URL})?",
    )),
    Rule(Part.LINK, 300, tuple(rf"(?:{label})\s*(?:[:|»>→–—-].*)?" for label in (
        r"read more|see more|see also|also read|read also|read next|further reading|watch|listen|sources?",
        r"related(?: stories| articles| content| topics| news| posts| coverage| links?)?",
        r"recommended(?: stories| reading| for you)?",
        r"most (?:read|popular|viewed|watched|shared)|editor[’']?s picks?|don[’']?t miss",
        r"you (?:may|might)(?: also)? like(?: to read)?",
        r"trending(?: now)?|in pictures",
        r"up next|next (?:article|story)|previous (?:article|story)|what to read next|go deeper|dig deeper",
        r"explore more|in case you missed it",
    ))),
    Rule(Part.LINK, 80, (
        rf"(?:more|also|latest|top|other)(?: top)?(?: {_ITEMS})? (?:on|from|about|in) [^.:]{{1,60}}:?",
        rf"(?:more|other|top|latest|trending|today[’']s top) {_ITEMS}:?",
    )),
    Rule(Part.LINK, 160, (
        r"read (?:more|the full|also)\b[^.]*",
        r"(?:click here|continue reading|back to top|skip to|jump to)\b.*",
        rf"(?:follow|find|like|join|connect with) (?:us|@?\w+) on {_SITES}.*|follow us\b.*",
    )),
    Rule(Part.LINK, 100, (
        rf"{_SHARE}(?:[\s,|/]+(?:(?:this|the|it|via|on|by|with|to)[\s,|/]+)*(?:{_SHARE}|{_SHARED}|{_SITES}))*",
    )),
)  # fmt: skip

LIST_LABEL = re.compile(
    r"(?i)(?:also read|read(?: also| next| more)?|see also|related(?: \w+)?|recommended(?: \w+){0,2}"
    r"|most (?:read|popular|viewed|watched|shared)|editor[’']?s picks?|you (?:may|might)(?: also)? like"
    rf"|(?:more|other|top|latest|trending) {_ITEMS}(?: \w+){{0,4}}|more (?:on|from|about) [^.:]{{1,60}}"
    r"|trending(?: now)?|up next|what to read next|in case you missed it)\s*:?"
)
"""A label that announces a list of links: lines below it that are no sentences are titles of other articles."""
