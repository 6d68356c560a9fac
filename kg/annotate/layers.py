"""The layers that the components write on a spaCy ``Doc`` and read from one another.

    kg_entities    doc._.kg_entities, doc._.kg_mentions      names, demonyms, metonyms
                   doc._.kg_titles                           who bears which title, of what
    kg_coref       the same, grown by pronouns, descriptions and groups
    kg_time        doc._.kg_times
    kg_quantities  doc._.kg_quantities
    kg_clauses     doc._.kg_clauses                          one clause layer for everything after it
    kg_events      doc._.kg_events                           typed drafts of claims
    kg_factuality  the drafts' polarity, modality, attribution
    kg_confidence  the drafts' confidence and cues

All positions are token indices of the ``Doc``, ends exclusive; :mod:`kg.annotate.records` turns them into offsets
of the user's file when everything is done.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from spacy.tokens import Doc

from kg.model import Family, MentionKind, Modality, Polarity, QuantityKind

__all__ = [
    "Argument",
    "Clause",
    "ClauseKind",
    "DocEntity",
    "DurationExpression",
    "EntityFiller",
    "EntityMention",
    "EventDraft",
    "Filler",
    "QuantityExpression",
    "QuantityFiller",
    "Slot",
    "TextFiller",
    "TimeExpression",
    "TimeFiller",
    "Title",
    "declare_extensions",
]


@dataclass(slots=True)
class DocEntity:
    """An entity of one document; ``id`` is its index in ``doc._.kg_entities``.

    ``name`` is the reference name of a linked place, else the fullest name in the document. ``type`` is a
    CURIE of an entity class. ``country`` is the id of the country it is known to belong to or to govern
    (Putin -> Russia, once a title or an apposition said so), ``gender`` one of ``"m"``, ``"f"``, ``""``.
    """

    id: int
    name: str
    family: Family
    type: str
    names: list[str] = field(default_factory=list)
    wikidata: str | None = None
    geonames: int | None = None
    key: str | None = None
    country: int | None = None
    gender: str = ""


@dataclass(frozen=True, slots=True)
class EntityMention:
    """Tokens that refer to entities (ids into ``doc._.kg_entities``); several for "the two countries".

    ``head`` is the token by which the mention hangs in the tree. Titles before a name are outside the mention.
    """

    start: int
    end: int
    head: int
    kind: MentionKind
    entities: tuple[int, ...]
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Title:
    """A person's title or office as the text gives it: "Russian President", "a former farm boss".

    ``person`` and ``of`` (what is governed, represented or worked for; None where the words do not say) are entity ids,
    ``mention`` is the first token of the person's name, ``start`` to ``end`` the words of the title without the name,
    ``head`` its noun and ``lemma`` that noun's lemma. ``form`` is ``title`` ("President X"), ``appositive`` ("X, the
    president") or ``copula`` ("X is president"); ``former`` is true for "former", "ex-", "then".
    """

    person: int
    mention: int
    start: int
    end: int
    head: int
    lemma: str
    of: int | None
    form: str
    former: bool = False


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A resolved date or interval.

    ``lexical`` is ``2021-09-09``, ``2021-09`` or ``2021`` (empty where nothing so regular fits); ``earliest``
    and ``latest`` the days that it allows. ``role`` says how the words use it: ``at`` ("on Thursday"), ``deadline``
    ("by", "before", "until" the end of), ``since`` ("since 1994"), ``begin``/``end`` for the two halves of a range.
    ``start`` and ``end`` include the preposition's complement only; ``prep`` is the token that governs it, or -1.
    """

    start: int
    end: int
    head: int
    lexical: str
    earliest: date | None
    latest: date | None
    role: str = "at"
    prep: int = -1


@dataclass(frozen=True, slots=True)
class DurationExpression:
    """How long ("nearly 30 years") or how often ("every four years"), ``lexical`` an ``xsd:duration``."""

    start: int
    end: int
    head: int
    lexical: str
    frequency: bool = False
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class QuantityExpression:
    """A sum of money or a count, with bounds; ``head`` is the token by which it hangs in the tree.

    For counts ``unit`` is the lemma of what is counted and ``counted`` its token; for prices ``unit`` is
    what the price is for (``1000 m3``). ``converted`` marks an article's own conversion in brackets.
    """

    start: int
    end: int
    head: int
    kind: QuantityKind
    value: Decimal | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    currency: str | None = None
    unit: str | None = None
    counted: int = -1
    approximate: bool = False
    ordinal: bool = False
    converted: bool = False


class Slot(StrEnum):
    """The grammatical slot of an argument, as it stands on the surface."""

    SUBJECT = "subject"
    OBJECT = "object"
    IOBJECT = "iobject"
    AGENT = "agent"
    ATTRIBUTE = "attribute"
    OBLIQUE = "oblique"
    COMPLEMENT = "complement"
    INFINITIVE = "infinitive"
    ADVERBIAL = "adverbial"
    ADVERBIAL_CLAUSE = "adverbial_clause"
    POSSESSOR = "possessor"
    COMPOUND = "compound"
    MODIFIER = "modifier"


@dataclass(frozen=True, slots=True)
class Argument:
    """A filler of a slot: the head's subtree, cut as a renderer likes.

    ``preposition`` is the lower-case preposition of an oblique ("because of"), ``markers`` its tokens.
    ``conjuncts`` are the heads of all coordinated fillers, ``head`` among them, in text order.
    ``inherited`` tells where a filler from outside the clause came from (``conj``, ``relcl``, ``acl``,
    ``xcomp``, ``advcl``, ``pcomp``, ``raising``), and is empty for the clause's own.
    """

    slot: Slot
    head: int
    preposition: str = ""
    markers: tuple[int, ...] = ()
    conjuncts: tuple[int, ...] = ()
    inherited: str = ""


class ClauseKind(StrEnum):
    """What carries the predication."""

    VERBAL = "verbal"
    COPULAR = "copular"
    NOMINAL = "nominal"
    APPOSITIVE = "appositive"
    TITULAR = "titular"
    PARTICIPIAL = "participial"


@dataclass(slots=True)
class Clause:
    """A predicate with its arguments resolved through coordination, control, relatives and participles.

    ``head`` is the main verb (the copula's verb for a copular clause, the noun for a nominal one), ``verbs`` the
    verb group in text order (auxiliaries, negation, verb, particle), ``lemma`` the verb's lemma with its
    particle (``hand_over``). ``parent`` is the index of the clause that governs this one and ``relation`` how (the
    dependency label: ``ccomp``, ``xcomp``, ``advcl``, ``relcl``, ``acl``, ``conj``, ``pcomp``, ``ROOT``).
    """

    id: int
    kind: ClauseKind
    head: int
    lemma: str
    verbs: tuple[int, ...]
    arguments: tuple[Argument, ...]
    passive: bool = False
    negations: tuple[int, ...] = ()
    parent: int | None = None
    relation: str = ""
    sent: int = 0

    def first(self, slot: Slot) -> Argument | None:
        """Return the first argument in a slot."""
        return next((a for a in self.arguments if a.slot is slot), None)

    def logical(self) -> list[tuple[str, Argument]]:
        """Return the arguments by logical slot, voice undone.

        Slots are ``subject``, ``object``, ``iobject``, ``attribute``, ``complement``, ``infinitive``, ``adverbial``,
        ``possessor``, ``compound``, ``modifier``, or a preposition. In a passive the by-agent is the ``subject``, and
        the surface subject the ``object``, or the ``iobject`` where an object stays behind ("was given a loan").
        """
        retained = any(a.slot is Slot.OBJECT for a in self.arguments)
        out = []
        for argument in self.arguments:
            name = argument.preposition if argument.slot is Slot.OBLIQUE else argument.slot.value
            if self.passive and argument.slot is Slot.SUBJECT:
                name = "iobject" if retained else "object"
            elif argument.slot is Slot.AGENT:
                name = "subject"
            out.append((name, argument))
        return out


@dataclass(frozen=True, slots=True)
class EntityFiller:
    """A role filled by an entity; ``start`` and ``end`` are its mention, equal where there is none."""

    entity: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TextFiller:
    """A role filled by words."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TimeFiller:
    """A role filled by a time or duration: index into ``doc._.kg_times``."""

    index: int


@dataclass(frozen=True, slots=True)
class QuantityFiller:
    """A role filled by an amount or count: index into ``doc._.kg_quantities``."""

    index: int


Filler = EntityFiller | TextFiller | TimeFiller | QuantityFiller


@dataclass(slots=True)
class EventDraft:
    """A claim in the making: typed by ``kg_events``, judged by ``kg_factuality``, weighed by ``kg_confidence``.

    ``head`` is the token whose place in the tree decides polarity, modality and attribution; ``start`` and ``end``
    are the trigger's tokens (``head`` among them). ``heads`` are the role and head token of every filler, whether
    it names an entity or not: actors for event coding. ``cues`` are set with the confidence, see
    :mod:`kg.annotate.cues`.
    """

    event_type: str
    rule: str
    predicate: str
    head: int
    start: int
    end: int
    clause: Clause
    roles: list[tuple[str, Filler]] = field(default_factory=list)
    polarity: Polarity = Polarity.AFFIRMED
    modality: Modality = Modality.ACTUAL
    attributed_to: tuple[int, ...] = ()
    via: tuple[int, ...] = ()
    confidence: Decimal = Decimal("0.5")
    heads: list[tuple[str, int]] = field(default_factory=list)
    cues: tuple[str, ...] = ()


_EXTENSIONS = ("kg_entities", "kg_mentions", "kg_titles", "kg_times", "kg_quantities", "kg_clauses", "kg_events")


def declare_extensions() -> None:
    """Declare the layers on spaCy's ``Doc``; doing so again changes nothing. Every factory calls this."""
    for name in _EXTENSIONS:
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=[])
