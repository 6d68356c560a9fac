"""The frozen records of a lexicon, and the words that a pack may use.

A lexicon is what all packs together say: event classes with their roles, direct property and triggers, and the
operators that change how real the clause below them is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = [
    "ACTORS",
    "COMMON_ROLES",
    "CONDITION_SLOTS",
    "EFFECTS",
    "ENTITY_CLASSES",
    "FILLER_CLASSES",
    "KINDS",
    "OPERATOR_KINDS",
    "PLOVER",
    "ROLES",
    "SLOTS",
    "STANCES",
    "VALUE_KINDS",
    "DirectProperty",
    "EventClass",
    "Lexicon",
    "Operator",
    "RoleSpec",
    "Trigger",
]

VALUE_KINDS = ("entity", "text", "money", "count", "date", "duration")
"""What may fill a role, in the order in which shapes list them."""

ROLES: Mapping[str, tuple[str, ...]] = {
    "agent": ("entity", "text"),
    "recipient": ("entity", "text"),
    "participant": ("entity", "text"),
    "theme": ("entity", "text"),
    "topic": ("entity", "text"),
    "place": ("entity", "text"),
    "origin": ("entity", "text"),
    "destination": ("entity", "text"),
    "begin": ("date",),
    "end": ("date",),
    "deadline": ("date",),
    "duration": ("duration",),
    "frequency": ("duration",),
    "amount": ("money",),
    "price": ("money",),
    "count": ("count",),
    "content": ("text",),
}
"""Every role property of the vocabulary with the kinds of value that it can have in any class."""

COMMON_ROLES = ("begin", "end", "deadline", "place", "count", "duration", "frequency")
"""Roles that every class takes without declaring them."""

KINDS = ("verb", "noun", "adjective", "phrase")
OPERATOR_KINDS = ("verb", "noun", "adjective", "adverb", "auxiliary", "phrase")
PLOVER = (
    "AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST",
    "MOBILIZE", "SANCTION", "COERCE", "ASSAULT", "INVESTIGATE",
)  # fmt: skip
"""Event types of PLOVER, under the names of the vocabulary; INVESTIGATE (CAMEO 09) only for single triggers."""

STANCES = ("friendly", "hostile", "neutral")
EFFECTS = ("actual", "planned", "possible", "desired", "negated", "denied", "said")

FILLER_CLASSES = (
    "person", "organization", "country", "city", "place", "bloc", "group", "product", "agreement", "named_event",
    "office", "law", "work", "actor", "money", "count", "date", "duration", "thing",
    "any",
)  # fmt: skip
"""What ``require`` and ``exclude`` may ask of a filler, besides ``lemma:word`` and the name of a word list."""

ENTITY_CLASSES: Mapping[str, tuple[str, ...]] = {
    "person": ("schema:Person",),
    "organization": (
        "schema:Organization", "kg:GovernmentBody", "kg:PoliticalParty", "schema:NewsMediaOrganization",
        "schema:Corporation", "kg:MilitaryUnit",
    ),
    "country": ("schema:Country",),
    "city": ("schema:City",),
    "place": ("schema:Place",),
    "bloc": ("kg:Bloc",),
    "group": ("kg:Group",),
    "product": ("kg:Product",),
    "agreement": ("kg:Agreement",),
    "named_event": ("kg:NamedEvent",),
    "office": ("kg:Office",),
    "law": ("kg:Law",),
    "work": ("schema:CreativeWork",),
}  # fmt: skip
"""Filler classes that are kinds of entities, with the types of the vocabulary that each of them stands for."""

ACTORS = tuple(kind for name in ("person", "organization", "country", "bloc", "group") for kind in ENTITY_CLASSES[name])
"""The types of entities that act: what the filler class ``actor`` stands for among them."""

_GRAMMATICAL = (
    "subject", "object", "iobject", "attribute", "complement", "infinitive", "adverbial", "adverbial_clause",
    "possessor", "compound", "modifier", "apposition", "year",
)  # fmt: skip

# Closed class of English prepositions, with the complex ones that news uses (Quirk et al. 1985, sections 9.7-9.12).
_PREPOSITIONS = (
    "aboard", "about", "above", "across", "after", "against", "along", "alongside", "amid", "among", "around", "as",
    "at", "before", "behind", "below", "beneath", "beside", "between", "beyond", "by", "concerning", "despite", "down",
    "during", "for", "from", "in", "inside", "into", "like", "near", "of", "off", "on", "onto", "opposite", "out",
    "outside", "over", "past", "per", "regarding", "since", "than", "through", "throughout", "to", "toward", "towards",
    "under", "until", "up", "upon", "versus", "via", "with", "within", "without", "where",
    "according to", "ahead of", "along with", "as of", "as part of", "because of", "close to", "due to",
    "in exchange for", "in favor of", "in favour of", "in front of", "in return for", "in support of", "instead of",
    "next to", "on behalf of", "out of", "over to", "prior to", "thanks to", "together with", "up to",
)  # fmt: skip

SLOTS = frozenset(_GRAMMATICAL + _PREPOSITIONS)
"""The logical slots of ``Clause.logical()``: grammatical ones, or a preposition.

Besides, ``where`` is filled by the place that a relative clause tells of: "Oslo, where they met"; ``year`` by the
year before a noun: "a 1994 treaty".
"""

CONDITION_SLOTS = SLOTS | {"head"}
"""Where ``frame``, ``require`` and ``exclude`` may look: a slot, or the trigger word's own noun phrase (for an
adjective, the noun that it describes)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectProperty:
    """The property of an event's direct triple: from the filler of role ``source`` to that of ``target``.

    ``source_types`` and ``target_types`` are the types (``schema:Person``) that either end may have; empty: any.
    """

    name: str
    iri: str
    label: str
    source: str
    target: str
    source_types: tuple[str, ...] = ()
    target_types: tuple[str, ...] = ()

    def joins(self, source: str | None, target: str | None) -> bool:
        """Tell whether entities of these types may be its ends; a type that is not known may."""
        ends = ((source, self.source_types), (target, self.target_types))
        return all(kind is None or not allowed or kind in allowed for kind, allowed in ends)

    @property
    def symmetric(self) -> bool:
        """True when it joins the fillers of one role with each other, in both directions."""
        return self.source == self.target


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleSpec:
    """What may fill a role of a class.

    ``required`` fillers must be there. ``minimum`` is how many are expected where all are known (2 participants):
    fewer are worth a warning and reject nothing.
    """

    name: str
    values: tuple[str, ...]
    required: bool = False
    minimum: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """Words that carry an event of a class, and where its roles stand in their clause.

    ``frame`` maps logical slots to the roles that they can fill, best first. ``require`` and ``exclude`` map slots
    (or ``head``) to what a filled slot must, or must not, be headed by: filler classes, names of word lists,
    ``lemma:word``, or two of them ("joint_word joint_thing"): a modifier of the one kind, a head of the other.
    ``needs`` are groups of slots, one of each group filled (``subject:plural`` by several, ``subject:force`` by such
    a filler). ``light`` are verbs that lend a noun their arguments (lemmas or names of word lists), ``reversed`` light
    verbs with a frame of their own; ``alone`` is False for a noun that carries the event only under a light verb.
    ``about`` names word lists: the words mean this only in an article about one of them (floods); ``unless_about``: in
    an article about one of them (sport) they mean something else.
    ``polarity`` and ``modality`` are inherent ("abstain"); ``voice`` restricts a verb. ``name`` becomes the claim's
    ``kg:rule``. ``plover`` and ``cameo`` are the code where it is not that of the class. ``direct`` is False where the
    words fit the class, but say less than its property ("investigates" is no "accuses"): no direct triple follows.
    """

    name: str
    kind: str
    lemmas: tuple[str, ...]
    frame: Mapping[str, tuple[str, ...]]
    require: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    exclude: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    needs: tuple[tuple[str, ...], ...] = ()
    light: tuple[str, ...] = ()
    reversed: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    alone: bool = True
    polarity: str | None = None
    modality: str | None = None
    voice: str | None = None
    about: tuple[str, ...] = ()
    unless_about: tuple[str, ...] = ()
    plover: str | None = None
    cameo: str | None = None
    direct: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class EventClass:
    """One class of events with everything that the packs say about it.

    ``roles`` holds the declared roles and :data:`COMMON_ROLES`; ``main_roles`` names the declared ones in order.
    ``claim_iri`` is the class of the claims that tell of such an event (``kg:LendClaim``), which SHACL targets.
    ``plover`` is a PLOVER event type, ``cameo`` its CAMEO root codes (``"07"``, ``"18-20"``).
    """

    name: str
    iri: str
    claim_iri: str
    label: str
    definition: str
    pack: str
    plover: str | None = None
    cameo: str | None = None
    stance: str = "neutral"
    property: DirectProperty | None = None
    main_roles: tuple[str, ...] = ()
    roles: Mapping[str, RoleSpec] = field(default_factory=dict)
    triggers: tuple[Trigger, ...] = ()

    def is_direct(self, rule: str) -> bool:
        """Tell whether a claim of this rule may assert the class's property."""
        return all(trigger.direct for trigger in self.triggers if trigger.name == rule)


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    """Words that change polarity, modality or attribution of the clause in one of their ``slots``.

    ``words`` maps a kind (``verb``, ``noun``, ``adjective``, ``adverb``, ``auxiliary``, ``phrase``) to lemmas.
    """

    name: str
    effect: str
    words: Mapping[str, tuple[str, ...]]
    slots: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """All packs together; equal and hashed by ``digest``, the SHA-256 over the merged content.

    ``words`` are the word lists that triggers and operators name. ``prefixes`` are those of users' packs, prefix to
    namespace. Everything is sorted by name.
    """

    digest: str
    classes: Mapping[str, EventClass] = field(compare=False)
    operators: Mapping[str, Operator] = field(compare=False)
    words: Mapping[str, frozenset[str]] = field(default_factory=dict, compare=False)
    prefixes: Mapping[str, str] = field(default_factory=dict, compare=False)
