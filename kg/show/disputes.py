"""What sources differ on, side by side, and which independent sources there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.iris import KG, PREFIXES
from kg.show.notebook.display import Printer, fill, printed
from kg.store.claims import ClaimReader, StoredClaim, role_words

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

__all__ = [
    "DisputeView",
    "Disputes",
    "Side",
    "Voice",
    "dispute_table",
    "dispute_text",
    "print_dispute",
    "quote_line",
    "read_disputes",
    "read_voices",
    "voice_text",
]

_MEDIA = f"{PREFIXES['schema']}NewsMediaOrganization"
_NARROW = 34
"""Columns below which a side is no longer readable; more sides go below each other."""

_HEDGE = "about "

_KINDS = {"differentValue": "sources differ", "bounds": "one gives a bound", "denied": "affirmed and denied"}


@dataclass(frozen=True, slots=True)
class Side:
    """One rival value with the claims that give it, the earliest first."""

    value: str
    claims: tuple[StoredClaim, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeView:
    """A dispute: the role (``polarity`` for a denial), how the sources differ, and the sides by value.

    ``about`` is the event in words: its class, and the roles on which its sources agree.
    """

    iri: str
    about: str
    role: str
    kind: str
    sides: tuple[Side, ...]

    @property
    def title(self) -> str:
        """The dispute in a few words: amount, one gives a bound."""
        what = "whether it is so" if self.role == "polarity" else self.role
        return f"{what}: {_KINDS.get(self.kind, self.kind)}"

    def _repr_html_(self) -> str:
        """Show the sides next to each other in a notebook."""
        return fill("dispute.html", it=self)

    def _repr_pretty_(self, printer: Printer, cycle: bool) -> None:
        printer.text(dispute_text(self))


class Disputes(tuple[DisputeView, ...]):
    """Disputes that show themselves in a notebook, one below the other."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        """Show the disputes in a notebook, one below the other."""
        return fill("disputes.html", it=self)

    def _repr_pretty_(self, printer: Printer, cycle: bool) -> None:
        printer.text("\n".join(map(dispute_text, self)) or "The sources differ on nothing.")


@dataclass(frozen=True, slots=True, order=True)
class Voice:
    """One independent source: whose report it is, and the publishers that pass it on."""

    name: str
    told_by: tuple[str, ...]


def read_disputes(reader: ClaimReader, event: str) -> tuple[DisputeView, ...]:
    """Return the disputes on an event, by role."""
    return tuple(_dispute(reader, node) for node in _disputes(reader.store, event))


def _disputes(store: ox.Store, event: str) -> list[ox.NamedNode]:
    quads = store.quads_for_pattern(None, ox.NamedNode(f"{KG}event"), ox.NamedNode(event), None)
    own = f"{event}/dispute/"
    return [ox.NamedNode(iri) for iri in sorted({_iri(quad.subject) for quad in quads}) if iri.startswith(own)]


def _dispute(reader: ClaimReader, node: ox.NamedNode) -> DisputeView:
    role = reader.one(node, f"{KG}role").removeprefix(KG)
    quads = reader.store.quads_for_pattern(node, ox.NamedNode(f"{KG}claim"), None, None)
    sides: dict[str, list[StoredClaim]] = {}
    for claim in reader.some(_iri(quad.object) for quad in quads):
        sides.setdefault(_stated(claim, role), []).append(claim)
    event = ox.NamedNode(node.value.partition("/dispute/")[0])
    words = role_words(reader.roles(event)) or "the sources agree on no role"
    return DisputeView(
        iri=node.value,
        about=f"{next((claims[0].kind for claims in sides.values()), 'Event')} · {words}",
        role=role,
        kind=reader.one(node, f"{KG}kind").removeprefix(KG),
        sides=_sides(sides),
    )


def _sides(stated: dict[str, list[StoredClaim]]) -> tuple[Side, ...]:
    """Return the sides in the order of their first claims; about as much is on the side of exactly as much."""
    sides: dict[str, list[StoredClaim]] = {}
    for value, claims in stated.items():
        exact = value.removeprefix(_HEDGE)
        sides.setdefault(exact if exact in stated else value, []).extend(claims)
    return tuple(Side(value, tuple(claims)) for value, claims in sides.items())


def _stated(claim: StoredClaim, role: str) -> str:
    """Return what a claim says of a role."""
    if role == "polarity":
        return claim.polarity
    return " and ".join(item.text for item in claim.roles if item.name == role) or "says nothing of it"


def read_voices(reader: ClaimReader, claims: Iterable[StoredClaim]) -> tuple[Voice, ...]:
    """Return the independent sources of claims: the outlet that a claim cites, else its document's lineage."""
    found: dict[str, set[str]] = {}
    for claim in claims:
        found.setdefault(_origin(reader, claim), set()).add(claim.source)
    return tuple(sorted(Voice(name, tuple(sorted(told))) for name, told in found.items()))


def _origin(reader: ClaimReader, claim: StoredClaim) -> str:
    node = ox.NamedNode(reader.iris.claim(claim.id))
    for name in ("attributedTo", "via"):
        for quad in reader.store.quads_for_pattern(node, ox.NamedNode(KG + name), None, None):
            if _MEDIA in _types(reader.store, quad.object):
                return reader.text(quad.object)
    document = ox.NamedNode(reader.iris.document(claim.document.removeprefix("doc:")))
    origin = reader.one(document, f"{KG}lineage")
    if not origin or origin == document.value:
        return claim.source
    if origin.startswith(reader.iris.entity("")):
        return reader.text(ox.NamedNode(origin))
    publisher = reader.one(ox.NamedNode(origin), f"{PREFIXES['schema']}publisher")
    return reader.text(ox.NamedNode(publisher)) if publisher else origin.rpartition("/")[2]


def _types(store: ox.Store, node: object) -> set[str]:
    if not isinstance(node, ox.NamedNode):
        return set()
    return {_iri(quad.object) for quad in store.quads_for_pattern(node, ox.NamedNode(f"{PREFIXES['rdf']}type"), None)}


def _iri(term: object) -> str:
    return str(getattr(term, "value", ""))


def voice_text(voices: Sequence[Voice]) -> str:
    """Return sources in one line: Reuters (told by Coast Mail, Harbour Post); Island Mail."""
    return "; ".join(v.name if v.told_by == (v.name,) else f"{v.name} (told by {', '.join(v.told_by)})" for v in voices)


def quote_line(claim: StoredClaim) -> tuple[str, str]:
    """Return who says it and when, and the sentence in quotes."""
    parts = [claim.source]
    parts += [claim.published.isoformat()] if claim.published else []
    parts += [f"said by {', '.join(claim.said_by)}"] if claim.said_by else []
    parts += [f"via {', '.join(claim.via)}"] if claim.via else []
    parts += [claim.modality] if claim.modality != "actual" else []
    parts += [f"marked {claim.review}{f': {claim.note}' if claim.note else ''}"] if claim.review else []
    return ", ".join(parts), f"“{' '.join(claim.quote.split())}”"


def dispute_table(dispute: DisputeView, console: Console, *, width: int) -> Table:
    """Return the sides next to each other, as many as fit into the width, the others below."""
    from rich.table import Table

    across = max(1, min(len(dispute.sides), width // _NARROW))
    table = Table.grid(padding=(0, 3, 0, 0), expand=False)
    for _ in range(across):
        table.add_column(width=max(_NARROW - 3, width // across - 3), overflow="fold")
    for number, row in enumerate(_batches(dispute.sides, across)):
        if number:
            table.add_row()
        table.add_row(*(_side(side, console) for side in row))
    return table


def dispute_text(dispute: DisputeView) -> str:
    """Return a dispute as plain text: what it is about, and its sides next to each other."""
    title = f"Disputed: {dispute.about} – {dispute.title}"
    return f"{title}\n{printed(lambda console: print_dispute(dispute, console))}"


def print_dispute(dispute: DisputeView, console: Console) -> None:
    """Print the sides, indented by two columns; plain text has no blanks at the ends of its lines."""
    from rich.padding import Padding

    body = Padding(dispute_table(dispute, console, width=console.width - 2), (0, 0, 0, 2))
    if console.is_terminal:
        console.print(body)
        return
    with console.capture() as captured:
        console.print(body)
    text = "\n".join(line.rstrip() for line in captured.get().rstrip("\n").split("\n"))
    console.print(text, markup=False, highlight=False, soft_wrap=True)


def _batches(sides: Sequence[Side], size: int) -> Iterator[list[Side]]:
    waiting = iter(sides)
    while row := list(islice(waiting, size)):
        yield row


def _side(side: Side, console: Console) -> Text:
    from rich.text import Text

    colour = console.is_terminal and console.color_system is not None
    text = Text(side.value, style="bold" if colour else "")
    for claim in side.claims:
        who, quote = quote_line(claim)
        text.append(f"\n{who}", style="cyan not bold" if colour else "")
        text.append(f"\n{quote}", style="not bold" if colour else "")
    return text
