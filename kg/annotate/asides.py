"""Names in captions, bylines and datelines, outside the body: nothing is claimed from them, but they are mentions.

No parser reads such lines, which are half sentences full of credits. What the body names is looked up in them, word for
word; what only they name stays out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg.annotate.names.gazetteer import load_gazetteer
from kg.annotate.names.nouns import is_given_name, noun_classes, words
from kg.model import Document, LocalEntity, Mention, MentionKind, Span

__all__ = ["mentions_aside"]

_KINDS = frozenset({MentionKind.NAME, MentionKind.DEMONYM})
_BEFORE = re.compile(r"([\w.’'-]+)\s$")
_BEHIND = re.compile(r"\s([\w’'-]+)")
_WINDOW = 40
_SHORT = 3


def mentions_aside(
    document: Document, mentions: Iterable[Mention], entities: Iterable[LocalEntity]
) -> tuple[Mention, ...]:
    """Return the mentions in a document's captions, bylines and datelines, in text order.

    Args:
        document: Its text, and where its asides stand.
        mentions: Those of the body.
        entities: Those of the body; their full names count, too.
    """
    if not document.asides:
        return ()
    names = _names(document, mentions, entities)
    if not names:
        return ()
    shouted = {name.upper(): meant for name, meant in names.items() if len(name) > _SHORT}
    names = shouted | names  # "LUSAKA (Reuters)"
    listed = "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))
    pattern = re.compile(rf"(?<!\w)(?:{listed})(?!\w)")
    return tuple(_found(document, pattern, names))


def _names(
    document: Document, mentions: Iterable[Mention], entities: Iterable[LocalEntity]
) -> dict[str, tuple[MentionKind, str]]:
    """Return kind and entity of each name and demonym that means one entity wherever the body has it."""
    meant: dict[str, set[tuple[MentionKind, str]]] = {}
    for mention in mentions:
        if len(mention.entities) == 1:
            text = document.quote(Span(mention.start, mention.end))
            meant.setdefault(text, set()).add((mention.kind, mention.entities[0]))
    for entity in entities:
        if " " in entity.label:
            meant.setdefault(entity.label, {(MentionKind.NAME, entity.key)})
    countries = {entity.key for entity in entities if entity.type == "schema:Country"}
    known = load_gazetteer()
    for table, kind in ((known.names, MentionKind.NAME), (known.adjectives, MentionKind.DEMONYM)):
        for text, reference in table.items():
            if reference.key in countries:  # "Kenyan" in a caption, of which the body says "Kenya"
                meant.setdefault(text, {(kind, reference.key)})
    return {text: only for text, found in meant.items() if (only := _only(text, found)) is not None}


def _only(text: str, found: set[tuple[MentionKind, str]]) -> tuple[MentionKind, str] | None:
    """Return what a text names; a capital that also acts for its country is the city in a caption."""
    naming = sorted(reading for reading in found if reading[0] in _KINDS)
    return naming[0] if len(naming) == 1 and text[:1].isupper() else None


def _found(
    document: Document, pattern: re.Pattern[str], names: Mapping[str, tuple[MentionKind, str]]
) -> Iterator[Mention]:
    for aside in document.asides:
        for match in pattern.finditer(document.text, aside.start, aside.end):
            kind, key = names[match[0]]
            if " " in match[0] or _stands_alone(document.text, aside, match.span()):
                yield Mention(start=match.start(), end=match.end(), kind=kind, entities=(key,), score=1.0)


def _stands_alone(text: str, aside: Span, at: Sequence[int]) -> bool:
    """Tell whether a single word is no part of a longer name: "President Putin", not "Olga Putin", "Kenya Airways"."""
    before = _BEFORE.search(text, max(aside.start, at[0] - _WINDOW), at[0])
    behind = _BEHIND.match(text, at[1], aside.end)
    if before is not None and is_given_name(before[1]):
        return False
    return behind is None or not behind[1][:1].isupper() or _is_title(behind[1])


def _is_title(word: str) -> bool:
    return bool(noun_classes(word.lower())) or word.lower() in words("courtesy") or word.isdigit()
