"""Turn the tables of a pack into records, refusing what the format does not know."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from kg.iris import KG, PREFIXES, prefixes
from kg.lexicon.model import (
    ACTORS,
    COMMON_ROLES,
    EFFECTS,
    ENTITY_CLASSES,
    FILLER_CLASSES,
    OPERATOR_KINDS,
    ROLES,
    STANCES,
    VALUE_KINDS,
    DirectProperty,
    EventClass,
    Operator,
    RoleSpec,
)
from kg.lexicon.table import Table
from kg.lexicon.triggers import PLURAL, Scope, event_codes, parse_triggers, slots

__all__ = ["Extension", "Pack", "parse_pack", "word_lists"]

_CLASS_NAME = re.compile(r"[A-Z][A-Za-z0-9]*")
_PROPERTY_NAME = re.compile(r"[a-z][A-Za-z0-9]*")
_PREFIX = re.compile(r"[a-z][a-z0-9]*")
# Classes of the core vocabulary: an event class of that name would declare them twice.
_RESERVED = frozenset(
    ("Claim", "Event", "Entity", "Mention", "Dispute", "Rejection", "GovernmentBody", "PoliticalParty", "MilitaryUnit",
     "Bloc", "Agreement", "NamedEvent", "Office", "Product", "Group", "Law", "Polarity", "Modality", "DisputeKind",
     "Lineage", "Filler")
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """Triggers that a pack adds to a class of another pack."""

    table: Table
    class_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """What one file says; extensions wait for the class that they extend."""

    name: str
    file: str
    prefix: str
    namespace: str
    classes: tuple[EventClass, ...]
    extensions: tuple[Extension, ...]
    operators: tuple[Operator, ...]


def parse_pack(top: Table, lists: Collection[str]) -> Pack:
    """Return the pack that a file's top table describes; ``lists`` are the names of all packs' word lists.

    Raises:
        LexiconError: A key, role, slot, filler class or value is unknown, missing or of the wrong kind.
    """
    top.allow("pack", "classes", "operators", "words")
    head = top.table("pack")
    head.allow("name", "title", "namespace", "prefix")
    name, (prefix, namespace) = head.text("name"), _namespace(head)
    head.optional("title")
    classes, extensions = [], []
    for key in top.table("classes").data:
        table = top.table("classes").table(key)
        if table.flag("extends"):
            table.allow("extends", "triggers")
            extensions.append(Extension(table=table, class_name=key))
        else:
            classes.append(_event_class(table, key, head=(name, namespace), lists=lists))
    operators = [_operator(top.table("operators").table(key), key) for key in top.table("operators").data]
    return Pack(
        name=name,
        file=top.file,
        prefix=prefix,
        namespace=namespace,
        classes=tuple(classes),
        extensions=tuple(extensions),
        operators=tuple(operators),
    )


def word_lists(top: Table) -> dict[str, frozenset[str]]:
    """Return the word lists of a file."""
    table = top.table("words")
    for name in table.data:
        if not re.fullmatch(r"[a-z][a-z0-9_]*", name) or name in FILLER_CLASSES:
            table.fail(f"{name!r} cannot name a word list: small letters, digits and _, not a filler class", key=name)
    return {name: frozenset(table.words(name)) for name in table.data}


def _namespace(head: Table) -> tuple[str, str]:
    prefix, namespace = head.optional("prefix"), head.optional("namespace")
    if prefix is None and namespace is None:
        return "kg", KG
    if prefix is None or namespace is None:
        head.fail("namespace and prefix go together; one of them is missing", remedy="Add the other one")
    if prefix in prefixes() or not _PREFIX.fullmatch(prefix):
        head.fail(
            f"the prefix {prefix!r} is taken or not of the form [a-z][a-z0-9]*", key="prefix", remedy="Choose another"
        )
    if not re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+[/#]", namespace) or namespace in PREFIXES.values():
        head.fail(
            f"expected an http(s) IRI of your own that ends in # or /, found {namespace!r}",
            key="namespace",
            remedy='For example namespace = "https://example.org/ns#"',
        )
    return prefix, namespace


def _event_class(table: Table, name: str, *, head: tuple[str, str], lists: Collection[str]) -> EventClass:
    pack, namespace = head
    table.allow("label", "definition", "plover", "cameo", "stance", "property", "roles", "triggers", "extends")
    if not _CLASS_NAME.fullmatch(name) or name in _RESERVED or name.endswith("Claim"):
        table.fail(
            f"{name!r} cannot name an event class: expected capital letter first, letters and digits only, "
            "not ending in 'Claim', and not a class of the core vocabulary",
            remedy="Choose another name",
        )
    plover, cameo = event_codes(table)
    declared = _roles(table.table("roles"))
    roles = {role: RoleSpec(name=role, values=ROLES[role]) for role in COMMON_ROLES} | declared
    return EventClass(
        name=name,
        iri=namespace + name,
        claim_iri=f"{namespace}{name}Claim",
        label=table.text("label"),
        definition=table.text("definition"),
        pack=pack,
        plover=plover,
        cameo=cameo,
        stance=table.choice("stance", STANCES, "neutral") or "neutral",
        property=_property(table.table("property"), roles, namespace) if "property" in table.data else None,
        main_roles=tuple(declared),
        roles=roles,
        triggers=parse_triggers(table, name, Scope(roles, lists)),
    )


def _roles(table: Table) -> dict[str, RoleSpec]:
    roles = {}
    for name in table.data:
        table.known(name, ROLES, what="role")
        spec = table.table(name)
        spec.allow("values", "required", "min")
        values = spec.words("values")
        for value in values:
            spec.known(value, VALUE_KINDS, what="value kind", key="values")
            if value not in ROLES[name]:
                spec.fail(
                    f"the role {name!r} cannot be filled by {value!r}; allowed: {', '.join(ROLES[name])}", key="values"
                )
        ordered = tuple(v for v in VALUE_KINDS if v in (values or ROLES[name]))
        roles[name] = RoleSpec(name=name, values=ordered, required=spec.flag("required"), minimum=spec.number("min"))
    return roles


def _property(table: Table, roles: Mapping[str, RoleSpec], namespace: str) -> DirectProperty:
    table.allow("name", "label", "from", "to", "from_types", "to_types")
    name = table.text("name")
    if not _PROPERTY_NAME.fullmatch(name) or name in ROLES:
        table.fail(
            f"{name!r} cannot name a property: small letter first, letters and digits only, not a role", key="name"
        )
    ends = []
    for key in ("from", "to"):
        role = table.known(table.text(key), roles, what="role", key=key)
        if "entity" not in roles[role].values:
            table.fail(f"a direct triple joins entities, but {role!r} takes {', '.join(roles[role].values)}", key=key)
        ends.append(role)
    return DirectProperty(
        name=name,
        iri=namespace + name,
        label=table.text("label"),
        source=ends[0],
        target=ends[1],
        source_types=_entity_types(table, "from_types"),
        target_types=_entity_types(table, "to_types"),
    )


def _entity_types(table: Table, key: str) -> tuple[str, ...]:
    """Return the types of entities that a property's end may have, in the order of the vocabulary; empty: any."""
    kinds = {"actor": ACTORS, **ENTITY_CLASSES}
    words = table.words(key) if key in table.data else ()
    allowed = {kind for word in words for kind in kinds[table.known(word, kinds, what="class of entities", key=key)]}
    return tuple(kind for group in ENTITY_CLASSES.values() for kind in group if kind in allowed)


def _operator(table: Table, name: str) -> Operator:
    table.allow("effect", "slots", *(PLURAL[k] for k in OPERATOR_KINDS))
    words = {kind: table.words(PLURAL[kind]) for kind in OPERATOR_KINDS if PLURAL[kind] in table.data}
    if not words:
        table.fail("an operator without words", remedy=f"Add {', '.join(PLURAL[k] for k in OPERATOR_KINDS)}")
    table.text("effect")
    return Operator(name=name, effect=table.choice("effect", EFFECTS) or "", words=words, slots=slots(table, "slots"))
