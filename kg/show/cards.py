"""Answers as cards: what a row says, who says so independently, what is disputed, and the sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import QueryError
from kg.iris import DEFAULT_BASE, KG, PREFIXES, Iris, shorten
from kg.query.formats import cell_text
from kg.show.disputes import DisputeView, Voice, dispute_table, quote_line, read_disputes, read_voices, voice_text
from kg.store.claims import ClaimReader, StoredClaim, role_words

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from kg.query import Result

__all__ = ["Card", "read_cards", "render_cards"]

_RDF = PREFIXES["rdf"]
_ELSEWHERE = frozenset((
    "claims", "confidence", "date", "differ", "disputed", "modality", "polarity", "quote", "role", "said_by",
    "sentence", "source", "sources",
))  # fmt: skip
"""Columns whose matter a card shows in a place of its own."""
_QUOTES = 6
"""Quotes a card shows of one side before it only counts them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One claim, event or direct triple of an answer.

    ``answer`` holds the cells that are the same in all of its rows and tell more than the title; ``supporting`` and
    ``denying`` are sorted by date; ``facts`` are words such as planned or disputed.
    """

    iri: str
    title: str
    facts: tuple[str, ...]
    answer: tuple[tuple[str, str], ...]
    voices: tuple[Voice, ...]
    supporting: tuple[StoredClaim, ...]
    denying: tuple[StoredClaim, ...]
    disputes: tuple[DisputeView, ...]


def read_cards(store: ox.Store, result: Result, *, base: str = DEFAULT_BASE) -> tuple[Card, ...]:
    """Return a card for each event, statement or claim of a result, in the order of the rows.

    A row that names several is put on the card of the one that holds most: an event before a statement before a claim.

    Raises:
        QueryError: No column of the result holds any of them.
    """
    column = _column(result, Iris(base))
    rows: dict[str, list[int]] = {}
    for number, terms in enumerate(result.terms):
        term = terms[column] if column is not None else None
        if isinstance(term, ox.NamedNode):
            rows.setdefault(term.value.partition("/dispute/")[0], []).append(number)
    reader = ClaimReader(store, base=base)
    return tuple(_card(reader, iri, tuple(_answer(result, numbers))) for iri, numbers in rows.items())


def _column(result: Result, iris: Iris) -> int | None:
    """Return the column to make cards of, None for a result without rows."""
    if result.triples is None and result.boolean is None:
        for space in (iris.event(""), iris.statement(""), iris.claim("")):
            for at in range(len(result.columns)):
                cells = [row[at] for row in result.terms if row[at] is not None]
                if cells and all(isinstance(c, ox.NamedNode) and c.value.startswith(space) for c in cells):
                    return at
        if not result.terms:
            return None
    raise QueryError(
        "no column of this answer holds claims, events or statements, so there is nothing to make cards of",
        where=result.name,
        remedy="Use another --format, or add ?event, ?claim or ?statement to the query",
    )


def _answer(result: Result, rows: Sequence[int]) -> Iterator[tuple[str, str]]:
    """Yield the cells that are the same in all rows of a card; IRIs of ours and quotes stand elsewhere on it."""
    for at, name in enumerate(result.columns):
        cells = {cell_text(result.rows[row][at]) for row in rows}
        if len(cells) == 1 and name not in _ELSEWHERE:
            text = cells.pop()
            if text and not text.startswith(("evt:", "claim:", "stmt:", "doc:")):
                yield name, text


def _card(reader: ClaimReader, iri: str, answer: tuple[tuple[str, str], ...]) -> Card:
    node = ox.NamedNode(iri)
    if iri.startswith(reader.iris.claim("")):
        return _of_claim(reader, iri, answer)
    if iri.startswith(reader.iris.statement("")):
        events = _objects(reader, node, "event")
        terms = (
            reader.text(ox.NamedNode(reader.one(node, _RDF + name))) for name in ("subject", "predicate", "object")
        )
        title, supporting, denying = " · ".join(terms), *(_claims(reader, node, n) for n in ("supportedBy", "deniedBy"))
    else:
        events = [iri]
        claims = _claims(reader, node, "claim")
        kind = claims[0].kind if claims else "Event"
        title = f"{kind} · {role_words(reader.roles(node)) or 'the sources agree on no role'}"
        # a denial that nobody contests is what the event is about
        turned = reader.one(node, f"{KG}polarity").removeprefix(KG)
        supporting = tuple(claim for claim in claims if claim.polarity == turned)
        denying = tuple(claim for claim in claims if claim.polarity != turned)
    return Card(
        iri=shorten(iri, reader.iris.base),
        title=title,
        facts=tuple(_facts(reader, node, events)),
        answer=_news(answer, title),
        voices=read_voices(reader, supporting if iri.startswith(reader.iris.statement("")) else supporting + denying),
        supporting=supporting,
        denying=denying,
        disputes=tuple(dispute for event in events for dispute in read_disputes(reader, event)),
    )


def _of_claim(reader: ClaimReader, iri: str, answer: tuple[tuple[str, str], ...]) -> Card:
    claim = reader.claim(iri)
    claims = (claim,) if claim else ()
    turns = [
        word for c in claims for word, usual in ((c.polarity, "affirmed"), (c.modality, "actual")) if word != usual
    ]
    title = f"{claim.kind} · {role_words(claim.roles)}" if claim else "Unknown claim"
    disputes = read_disputes(reader, claim.event) if claim and claim.event else ()
    return Card(
        iri=shorten(iri, reader.iris.base),
        title=title,
        facts=(*turns, *((f"confidence {claim.confidence}",) if claim else ())),
        answer=_news(answer, title),
        voices=read_voices(reader, claims),
        supporting=claims,
        denying=(),
        # of the event's disputes, those that the claim takes part in
        disputes=tuple(d for d in disputes if any(c in claims for side in d.sides for c in side.claims)),
    )


def _news(answer: tuple[tuple[str, str], ...], title: str) -> tuple[tuple[str, str], ...]:
    """Leave out the cells that say what the title says."""
    usual = ("affirmed", "actual")
    return tuple((n, text) for n, text in answer if text not in usual and not all(p in title for p in text.split(", ")))


def _facts(reader: ClaimReader, node: ox.NamedNode, events: Sequence[str]) -> Iterator[str]:
    count = int(reader.one(node, f"{KG}sourceCount") or 0)
    yield f"{count} independent source{'' if count == 1 else 's'}"
    # of the events behind a triple the strongest counts; "actual" sorts before "planned"
    words = sorted({reader.one(ox.NamedNode(e), f"{KG}modality").removeprefix(KG) for e in events})
    yield from [word for word in words[:1] if word not in ("", "actual")]
    if reader.one(node, f"{KG}polarity").removeprefix(KG) == "negated":
        yield "negated"
    if reader.one(node, f"{KG}attributedOnly") == "true":
        yield "no source says it in its own voice"
    if any(reader.one(ox.NamedNode(event), f"{KG}disputed") == "true" for event in events):
        yield "disputed"


def _claims(reader: ClaimReader, node: ox.NamedNode, name: str) -> tuple[StoredClaim, ...]:
    return tuple(reader.some(_objects(reader, node, name)))


def _objects(reader: ClaimReader, node: ox.NamedNode, name: str) -> list[str]:
    quads = reader.store.quads_for_pattern(node, ox.NamedNode(KG + name), None, None)
    return sorted({quad.object.value for quad in quads if isinstance(quad.object, ox.NamedNode)})


# ------------------------------------------------------------------ printing


def render_cards(cards: Sequence[Card], console: Console) -> None:
    """Print cards in frames of the console's width, disputes with their sides next to each other."""
    from rich.console import Group
    from rich.panel import Panel
    from rich.text import Text

    if not cards:
        console.print("The answer is empty.", markup=False, highlight=False)
    for card in cards:
        title = Text(card.title)
        # a frame's title is one line: what does not fit stands in the frame
        fits = len(card.title) <= console.width - 6
        body = list(_body(card, console))
        console.print(
            Panel(
                Group(*(body if fits else [title, *body])),
                title=title if fits else Text(card.title.partition(" · ")[0]),
                subtitle=Text(card.iri),
                title_align="left",
                subtitle_align="right",
                padding=(0, 1),
            )
        )


def _body(card: Card, console: Console) -> Iterator[RenderableType]:
    from rich.padding import Padding
    from rich.text import Text

    colour = console.is_terminal and console.color_system is not None
    yield Text(", ".join(card.facts), style="bold" if colour else "")
    if card.answer:
        yield Text(" · ".join(f"{name.replace('_', ' ')} {text}" for name, text in card.answer))
    if card.voices:
        yield Text(f"Sources: {voice_text(card.voices)}")
    for dispute in card.disputes:
        yield Text(f"\nDisputed: {dispute.title}", style="bold" if colour else "")
        yield Padding(dispute_table(dispute, console, width=console.width - 6), (0, 0, 0, 2))
    shown = {_words(claim) for dispute in card.disputes for side in dispute.sides for claim in side.claims}
    too = ", too" if shown else ""
    for title, claims in (("Says so", card.supporting), ("Denies it", card.denying)):
        # one sentence may make several claims of an event
        left = [claim for words, claim in {_words(claim): claim for claim in claims}.items() if words not in shown]
        if left:
            yield Text(f"\n{title}{too}", style="bold" if colour else "")
        for claim in left[:_QUOTES]:
            who, quote = quote_line(claim)
            yield Padding(Text(who, style="cyan" if colour else ""), (0, 0, 0, 2))
            yield Padding(Text(quote), (0, 0, 0, 4))
        if len(left) > _QUOTES:
            yield Text(f"  and {len(left) - _QUOTES} more sentences")


def _words(claim: StoredClaim) -> tuple[str, int, str]:
    return claim.document, claim.begin, claim.polarity
