"""What a claim rests on: its source, its sentence, and which words of the sentence carry it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pyoxigraph import NamedNode, Store

from kg.iris import DEFAULT_BASE, KG, Iris, shorten
from kg.query.engine import solutions
from kg.show.marks import Mark, SpanIndex, role_terms
from kg.show.notebook.display import Printer, fill

__all__ = ["Evidence", "Mark", "Texts", "read_evidence"]

Texts = Callable[[str], str]
"""Gives the stored text of a document by its id, as ``Workspace.text`` does."""

_CLAIM = """
SELECT DISTINCT ?claim ?class ?polarity ?modality ?confidence ?rule ?document ?path ?date ?publisher
  ?begin ?end ?quote ?review ?note ?url WHERE {
  ?claim kg:eventType ?class ; kg:polarity ?polarity ; kg:modality ?modality ; kg:evidence ?sentence ;
    prov:hadPrimarySource ?document .
  ?sentence nif:beginIndex ?begin ; nif:endIndex ?end ; nif:anchorOf ?quote .
  OPTIONAL { ?claim kg:confidence ?confidence }
  OPTIONAL { ?claim kg:rule ?rule }
  OPTIONAL { ?claim kg:reviewedAs ?review }
  OPTIONAL { ?claim rdfs:comment ?note }
  OPTIONAL { ?document kg:sourcePath ?path }
  OPTIONAL { ?document schema:datePublished ?date }
  OPTIONAL { ?document schema:url ?url }
  OPTIONAL { ?document schema:publisher/rdfs:label ?publisher }
}"""
_PEOPLE = """
SELECT DISTINCT ?claim ?property ?name WHERE {
  VALUES ?property { kg:attributedTo kg:via } ?claim ?property ?entity . ?entity rdfs:label ?name
} ORDER BY ?name"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One claim with its source.

    ``begin`` and ``end`` are the sentence's offsets in the stored text; ``said_by`` names whom the source quotes, empty
    when it says so itself, ``via`` who passed it on; ``marks`` do not overlap and are in reading order. ``review`` is
    wrong or confirmed where somebody judged the claim, with a ``note``; ``url`` tells where to read the article.
    """

    claim: str
    kind: str
    polarity: str
    modality: str
    confidence: Decimal | None
    rule: str
    document: str
    path: str
    publisher: str | None
    published: date | None
    said_by: tuple[str, ...]
    via: tuple[str, ...]
    sentence: str
    begin: int
    end: int
    marks: tuple[Mark, ...]
    review: str = ""
    note: str = ""
    url: str = ""

    @property
    def source(self) -> str:
        """The publisher, else the file."""
        return self.publisher or self.path or self.document

    @property
    def heading(self) -> str:
        """Who says it and when, what it is, how sure it is, and where it stands, in one line."""
        parts = [self.source]
        parts += [self.published.isoformat()] if self.published else []
        parts += [f"said by {', '.join(self.said_by)}"] if self.said_by else []
        parts += [f"via {', '.join(self.via)}"] if self.via else []
        parts += [self.kind, self.polarity, self.modality]
        parts += [f"confidence {self.confidence}"] if self.confidence is not None else []
        parts += [f"marked {self.review}{f': {self.note}' if self.note else ''}"] if self.review else []
        place = f"{self.path} " if self.path else ""
        return f"{', '.join(parts)} ({place}{self.begin}-{self.end}, {self.claim})"

    @property
    def marked_sentence(self) -> str:
        """The sentence as plain text: its trigger in «…», the words that fill its roles in […], newlines as blanks."""
        signs = {None: ("", ""), "trigger": ("«", "»")}
        parts = ((" ".join(words.splitlines()), signs.get(role, ("[", "]"))) for words, role in self.pieces)
        return "".join(f"{opening}{words}{closing}" for words, (opening, closing) in parts)

    @property
    def pieces(self) -> Iterator[tuple[str, str | None]]:
        """The sentence in pieces, each with its role; None for words that carry nothing."""
        at = 0
        for mark in self.marks:
            if at < mark.start:
                yield self.sentence[at : mark.start], None
            yield self.sentence[mark.start : mark.end], mark.role
            at = mark.end
        if at < len(self.sentence):
            yield self.sentence[at:], None

    def _repr_html_(self) -> str:
        """Show the claim in a notebook: who says it, the sentence with the words marked, how sure."""
        return fill("claim.html", it=self)

    def _repr_pretty_(self, printer: Printer, cycle: bool) -> None:
        printer.text(f"{self.heading}\n  {self.marked_sentence}")


def read_evidence(
    store: Store, claims: Iterable[str], *, texts: Texts | None = None, base: str = DEFAULT_BASE
) -> tuple[Evidence, ...]:
    """Return the evidence of claims, by date, source and place in the text.

    Args:
        store: Read only.
        claims: Their IRIs; unknown ones are left out.
        texts: The stored texts; without them the quotes in the graph serve, which an export may have cut.
        base: The base of the graph's IRIs.
    """
    spans = SpanIndex(store)
    found = [item for claim in sorted(set(claims)) for item in _read(store, spans, NamedNode(claim), texts, base)]
    return tuple(sorted(found, key=lambda item: (item.published or date.min, item.source, item.begin, item.claim)))


def _read(store: Store, spans: SpanIndex, claim: NamedNode, texts: Texts | None, base: str) -> Iterator[Evidence]:
    quads = store.quads_for_pattern(claim, None, None, None)
    roles = role_terms((quad.predicate.value, quad.object) for quad in quads)
    for row in solutions(store, _CLAIM, base=base, claim=claim):
        begin, end = int(row["begin"].value), int(row["end"].value)
        document = row["document"].value
        text = texts(document.removeprefix(Iris(base).document(""))) if texts else None
        people = [(p["property"].value, p["name"].value) for p in solutions(store, _PEOPLE, base=base, claim=claim)]
        yield Evidence(
            claim=shorten(claim.value, base),
            kind=_local(row["class"].value),
            polarity=_local(row["polarity"].value),
            modality=_local(row["modality"].value),
            confidence=Decimal(row["confidence"].value) if row["confidence"] else None,
            rule=row["rule"].value if row["rule"] else "",
            document=shorten(document, base),
            path=row["path"].value if row["path"] else "",
            publisher=row["publisher"].value if row["publisher"] else None,
            published=date.fromisoformat(row["date"].value) if row["date"] else None,
            said_by=tuple(name for kind, name in people if kind == KG + "attributedTo"),
            via=tuple(name for kind, name in people if kind == KG + "via"),
            sentence=text[begin:end] if text else row["quote"].value,
            begin=begin,
            end=end,
            marks=spans.marks(document, begin, end, roles),
            review=row["review"].value if row["review"] else "",
            note=row["note"].value if row["note"] else "",
            url=row["url"].value if row["url"] else "",
        )


def _local(iri: str) -> str:
    return iri.replace("/", "#").rsplit("#", 1)[-1]
