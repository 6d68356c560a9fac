"""An article: its text, and where in the text it says what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from newsmaker.compose import Piece, Sentence
from newsmaker.world import Story

__all__ = ["Article", "Layout", "lay_out", "truth"]

_PARTICIPANTS = {"first": "participant", "second": "participant"}


@dataclass(slots=True, kw_only=True)
class Article:
    """One report of a story.

    ``kind`` is how it came about: ``original`` and ``independent`` are written by their own outlet, ``agency`` prints
    an agency's report in its own words, ``based_on`` retells another outlet's as its metadata say, ``copy`` is a
    near-copy, ``spun`` says the same sentence by sentence in other words. ``lineage`` names the root of the report.
    """

    name: str
    story: Story
    kind: str
    published: date
    publisher: str
    lineage: str
    headline: Sentence
    paragraphs: list[list[Sentence]]
    copy_of: Article | None = None
    based_on: Article | None = None
    cites: Article | None = None
    agency: str = ""
    agency_form: str = ""
    rival: bool = False
    authors: list[str] = field(default_factory=list)

    @property
    def dateline(self) -> str:
        """How the first paragraph begins."""
        city = self.story.city.name.upper()
        if self.agency_form == "dateline":
            return f"{city} ({self.agency}) - "
        return f"{city} - " if self.agency else ""

    @property
    def byline(self) -> str:
        """The line below the headline."""
        return f"By {self.agency}" if self.agency_form == "byline" else ""


@dataclass(frozen=True, slots=True)
class Layout:
    """An article's text with every sentence's place; ``pieces`` are (sentence index, start, end, piece)."""

    text: str
    sentences: tuple[tuple[int, int, Sentence], ...]
    pieces: tuple[tuple[int, int, int, Piece], ...]


def lay_out(article: Article) -> Layout:
    """Return the article as it is written to its file."""
    text, sentences, pieces = "", [], []

    def put(sentence: Sentence) -> None:
        nonlocal text
        start = len(text)
        for piece in sentence.pieces:
            pieces.append((len(sentences), len(text), len(text) + len(piece.text), piece))
            text += piece.text
        sentences.append((start, len(text), sentence))

    put(article.headline)
    text += "\n\n"
    if article.byline:
        text += f"{article.byline}\n\n"
    text += article.dateline
    for paragraph in article.paragraphs:
        for number, sentence in enumerate(paragraph):
            text += " " if number else ""
            put(sentence)
        text += "\n\n"
    return Layout(text.rstrip() + "\n", tuple(sentences), tuple(pieces))


def truth(article: Article) -> dict[str, object]:
    """Return what ``truth.records`` tells about an article."""
    layout = lay_out(article)
    return {
        "record": "article",
        "document": article.name,
        "story": article.story.id,
        "domain": article.story.domain,
        "kind": article.kind,
        "published": article.published.isoformat(),
        "publisher": article.publisher,
        "lineage": article.lineage,
        "copy_of": article.copy_of.name if article.copy_of else None,
        "agency": article.agency or None,
        "agency_form": article.agency_form or None,
        "based_on": article.based_on.name if article.based_on else None,
        "cites": article.cites.name if article.cites else None,
        "words": len(layout.text.split()),
        "statements": [*_statements(article, layout), *_offices(layout)],
        "mentions": [
            {"start": start, "end": end, "key": piece.actor.key, "kind": piece.mention}
            for _, start, end, piece in layout.pieces
            if piece.actor and piece.actor.key
        ],
        "entities": _entities(layout),
    }


def _statements(article: Article, layout: Layout) -> Iterator[dict[str, object]]:
    for number, (start, end, sentence) in enumerate(layout.sentences):
        plan = sentence.plan
        if plan.fact is None:
            continue
        pieces = [(s, e, piece) for at, s, e, piece in layout.pieces if at == number]
        trigger = next(([s, e] for s, e, piece in pieces if piece.trigger), [start, end])
        speaker = plan.speaker
        yield {
            "fact": plan.fact.id,
            "class": plan.fact.event_type,
            "polarity": "negated" if plan.negated else "affirmed",
            "modality": "actual",
            "attributed_to": [speaker.key] if speaker else [],
            "lineage": article.cites.lineage
            if speaker and speaker.kind == "outlet" and article.cites
            else article.lineage,
            "start": start,
            "end": end,
            "trigger": trigger,
            "roles": [_role(s, e, piece) for s, e, piece in pieces if piece.role and piece.role != "speaker"],
        }


def _role(start: int, end: int, piece: Piece) -> dict[str, object]:
    filler = {"kind": "entity", "key": piece.actor.key} if piece.actor else dict(piece.says or {})
    return {"role": _PARTICIPANTS.get(piece.role, piece.role), "start": start, "end": end, **filler}


def _offices(layout: Layout) -> Iterator[dict[str, object]]:
    """Yield who is said to hold which office, told by a title before or after the name."""
    for number, (start, end, sentence) in enumerate(layout.sentences):
        places = [(s, e, piece) for at, s, e, piece in layout.pieces if at == number]
        for who, where, office in sentence.offices:
            person, country, title = places[who], places[where], places[office]
            yield {
                "fact": f"office {person[2].actor.key}",
                "class": "HoldOffice",
                "polarity": "affirmed",
                "modality": "actual",
                "attributed_to": [],
                "lineage": "",
                "start": start,
                "end": end,
                "trigger": [title[0], title[1]],
                "roles": [
                    {
                        "role": "agent",
                        "start": person[0],
                        "end": person[1],
                        "kind": "entity",
                        "key": person[2].actor.key,
                    },
                    {
                        "role": "recipient",
                        "start": country[0],
                        "end": country[1],
                        "kind": "entity",
                        "key": country[2].actor.key,
                    },
                    {"role": "theme", "start": title[0], "end": title[1], "kind": "text", "value": title[2].text},
                ],
            }


_TYPES = {
    "person": ("person", "schema:Person"),
    "country": ("place", "schema:Country"),
    "city": ("place", "schema:City"),
    "company": ("other", "schema:Corporation"),
    "organization": ("other", "schema:Organization"),
    "agreement": ("other", "kg:Agreement"),
    "exercise": ("other", "kg:NamedEvent"),
    "outlet": ("other", "schema:NewsMediaOrganization"),
}


def _entities(layout: Layout) -> list[dict[str, str]]:
    actors = {piece.actor.key: piece.actor for *_, piece in layout.pieces if piece.actor}
    return [
        {"key": key, "label": actor.name, "family": _TYPES[actor.kind][0], "type": _TYPES[actor.kind][1]}
        for key, actor in sorted(actors.items())
    ]
