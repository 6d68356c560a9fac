"""Why does the graph say so: every claim behind a direct triple, or what comes near where there is none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Store

from kg.iris import DEFAULT_BASE, KG, shorten
from kg.query.engine import solutions
from kg.query.resolve import resolve_entity, resolve_property
from kg.show.disputes import DisputeView, Voice, print_dispute, read_disputes, read_voices, voice_text
from kg.show.evidence import Evidence, Texts, read_evidence
from kg.show.notebook.display import Printer, fill, printed
from kg.store.claims import ClaimReader

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

__all__ = ["Explanation", "explain", "render"]

_STATEMENT = """
SELECT DISTINCT ?statement ?sources ?attributed ?first ?last ?subject ?predicate ?object WHERE {
  ?statement rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ; kg:sourceCount ?sources ;
    kg:attributedOnly ?attributed .
  OPTIONAL { ?statement kg:earliest ?first }
  OPTIONAL { ?statement kg:latest ?last }
}"""
_EVENTS = """
SELECT DISTINCT ?event ?modality ?disputed ?statement WHERE {
  ?statement kg:event ?event . ?event kg:modality ?modality ; kg:disputed ?disputed
} ORDER BY ?modality"""
_CLAIMS = "SELECT DISTINCT ?claim ?statement ?stance WHERE { ?statement ?stance ?claim }"
_ALIASES = "SELECT DISTINCT ?alias ?entity WHERE { ?alias owl:sameAs ?entity }"
# Whoever is only quoted plays no part in what is claimed.
_RELATED = """
SELECT DISTINCT ?claim ?subject ?object WHERE {
  ?claim ?one ?subject ; ?other ?object ; kg:evidence ?sentence .
  FILTER NOT EXISTS { ?rejection kg:focus ?claim }
  FILTER(?one NOT IN (kg:attributedTo, kg:via) && ?other NOT IN (kg:attributedTo, kg:via))
}"""
_MERGED = """
SELECT DISTINCT ?alias ?label ?why ?entity WHERE {
  ?alias owl:sameAs ?entity ; kg:mergedBecause ?why ; rdfs:label ?label
}"""
_LABEL = "SELECT DISTINCT ?label ?term WHERE { ?term rdfs:label ?label } ORDER BY ?label"


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What speaks for and against a triple.

    ``found`` is False where the graph has no such direct triple; ``related`` then holds the claims in which both
    entities play a role. ``sources`` counts independent ones, which ``voices`` names; ``modality`` is the strongest of
    the events behind it, ``disputes`` what sources differ on in them. ``wrong`` holds the claims that somebody marked
    as wrong; ``merges`` tells (name, reason) of each alias of the two entities.
    """

    subject: str
    relation: str
    object: str
    curies: tuple[str, str, str]
    found: bool
    sources: int = 0
    attributed_only: bool = False
    modality: str | None = None
    disputed: bool = False
    first: date | None = None
    last: date | None = None
    supporting: tuple[Evidence, ...] = ()
    denying: tuple[Evidence, ...] = ()
    related: tuple[Evidence, ...] = ()
    wrong: tuple[Evidence, ...] = ()
    voices: tuple[Voice, ...] = ()
    disputes: tuple[DisputeView, ...] = ()
    merges: tuple[tuple[str, str], ...] = ()

    @property
    def facts(self) -> str:
        """How many sources say it, how real it is, when it was, and whether it is disputed, in one line."""
        if not self.found:
            near = "the claims that name both follow" if self.related else "and no claim names both"
            return f"No direct triple {' '.join(self.curies)}; {near}."
        parts = [f"{self.sources} independent source{'s' if self.sources != 1 else ''}"]
        parts += [self.modality] if self.modality else []
        if self.first and self.last:
            parts.append(str(self.first) if self.first == self.last else f"{self.first} to {self.last}")
        parts += ["no source says it in its own voice"] if self.attributed_only else []
        parts += ["disputed"] if self.disputed else []
        return ", ".join(parts)

    @property
    def sources_text(self) -> str:
        """The independent sources with those that pass them on; empty where each tells its own report."""
        return voice_text(self.voices) if any(voice.told_by != (voice.name,) for voice in self.voices) else ""

    @property
    def groups(self) -> tuple[tuple[str, tuple[Evidence, ...], bool], ...]:
        """The claims under their headings, and whether they speak against the triple."""
        return (
            ("Supported by", self.supporting, False),
            ("Denied by", self.denying, True),
            ("Claims that name both", self.related, False),
            ("Marked wrong, and left out", self.wrong, True),
        )

    def _repr_html_(self) -> str:
        """Show the explanation in a notebook."""
        return fill("explanation.html", it=self)

    def _repr_pretty_(self, printer: Printer, cycle: bool) -> None:
        printer.text(printed(lambda console: render(self, console)))


def explain(
    store: Store, texts: Texts | None, subject: str, predicate: str, object_: str, *, base: str = DEFAULT_BASE
) -> Explanation:
    """Explain a triple.

    Args:
        store: Read only.
        texts: The stored texts by document id; None takes the quotes in the graph.
        subject: A name, CURIE or IRI of an entity.
        predicate: A CURIE, local name (``lendsTo``) or label ("lends to") of a property.
        object_: As the subject.
        base: The base of the graph's IRIs.

    Raises:
        QueryError: An entity or property is unknown, or a name may mean several entities.
    """
    s, o = (resolve_entity(store, name, base=base) for name in (subject, object_))
    p = resolve_property(store, predicate, base=base)
    labels = tuple(_label(store, term, base) for term in (s, p, o))
    curies = (shorten(s.value, base), shorten(p.value, base), shorten(o.value, base))
    rows = list(solutions(store, _STATEMENT, base=base, subject=s, predicate=p, object=o))
    named = read_evidence(store, _related(store, s, o, base), texts=texts, base=base)
    wrong = tuple(item for item in named if item.review == "wrong")
    merges = (*_merges(store, s, base), *_merges(store, o, base))
    if not rows:
        return Explanation(
            subject=labels[0],
            relation=labels[1],
            object=labels[2],
            curies=curies,
            found=False,
            related=tuple(item for item in named if item.review != "wrong"),
            wrong=wrong,
            merges=merges,
        )
    reader = ClaimReader(store, base=base)
    row = rows[0]
    events = list(solutions(store, _EVENTS, base=base, statement=row["statement"]))
    for_it, against = (_claims(store, row["statement"], stance, base) for stance in ("supportedBy", "deniedBy"))
    return Explanation(
        subject=labels[0],
        relation=labels[1],
        object=labels[2],
        curies=curies,
        found=True,
        sources=int(row["sources"].value),
        attributed_only=row["attributed"].value == "true",
        # "actual" sorts before "planned", and nothing weaker is behind a direct triple
        modality=min((shorten(event["modality"].value).partition(":")[2] for event in events), default=None),
        disputed=bool(against) or any(event["disputed"].value == "true" for event in events),
        first=date.fromisoformat(row["first"].value) if row["first"] else None,
        last=date.fromisoformat(row["last"].value) if row["last"] else None,
        supporting=read_evidence(store, for_it, texts=texts, base=base),
        denying=read_evidence(store, against, texts=texts, base=base),
        wrong=wrong,
        voices=read_voices(reader, reader.some(for_it)),
        disputes=tuple(d for iri in sorted({e["event"].value for e in events}) for d in read_disputes(reader, iri)),
        merges=merges,
    )


def render(explanation: Explanation, console: Console) -> None:
    """Print an explanation.

    In colour the words that carry a claim are bold, its trigger underlined; in plain text the trigger stands
    in «…» and the words that fill its roles in […].
    """
    colour = console.is_terminal and console.color_system is not None
    triple = f"{explanation.subject} · {explanation.relation} · {explanation.object}"
    console.print(triple, style="bold" if colour else "", markup=False, highlight=False)
    console.print(explanation.facts, markup=False, highlight=False, soft_wrap=True)
    if explanation.sources_text:
        console.print(f"Sources: {explanation.sources_text}", markup=False, highlight=False, soft_wrap=True)
    for title, items, _ in explanation.groups:
        if items:
            _heading(title, console)
        for item in items:
            console.print(f"  {item.heading}", markup=False, highlight=False, soft_wrap=True)
            console.print("    ", _sentence(item, colour=colour), sep="", highlight=False, soft_wrap=True)
    for dispute in explanation.disputes:
        _heading(f"Disputed: {dispute.title}", console)
        print_dispute(dispute, console)
    if explanation.merges:
        _heading("Names taken as one", console)
        for name, reason in explanation.merges:
            console.print(f"  {name}: {reason}", markup=False, highlight=False, soft_wrap=True)


def _heading(title: str, console: Console) -> None:
    colour = console.is_terminal and console.color_system is not None
    console.print(f"\n{title}", style="bold" if colour else "", markup=False, highlight=False)


def _sentence(item: Evidence, *, colour: bool) -> Text:
    from rich.text import Text

    if not colour:
        return Text(item.marked_sentence)
    text = Text()
    for words, role in item.pieces:
        style = "" if role is None else "bold underline" if role == "trigger" else "bold cyan"
        text.append(" ".join(words.splitlines()), style=style)
    return text


def _label(store: Store, term: NamedNode, base: str) -> str:
    labels = [row["label"].value for row in solutions(store, _LABEL, base=base, term=term)]
    return labels[0] if labels else shorten(term.value, base).partition(":")[2]


def _claims(store: Store, statement: NamedNode, stance: str, base: str) -> list[str]:
    rows = solutions(store, _CLAIMS, base=base, statement=statement, stance=NamedNode(KG + stance))
    return [row["claim"].value for row in rows]


def _related(store: Store, subject: NamedNode, other: NamedNode, base: str) -> set[str]:
    """Return the claims in which both play a role, under any of their names."""
    ones, others = ([e, *_aliases(store, e, base)] for e in (subject, other))
    return {
        row["claim"].value
        for one in ones
        for another in others
        for row in solutions(store, _RELATED, base=base, subject=one, object=another)
    }


def _merges(store: Store, entity: NamedNode, base: str) -> list[tuple[str, str]]:
    """Return (name, reason) of the aliases that were merged into an entity."""
    label = _label(store, entity, base)
    rows = solutions(store, _MERGED, base=base, entity=entity)
    return sorted((f"{row['label'].value} is {label}", row["why"].value) for row in rows)


def _aliases(store: Store, entity: NamedNode, base: str) -> list[NamedNode]:
    return [row["alias"] for row in solutions(store, _ALIASES, base=base, entity=entity)]
