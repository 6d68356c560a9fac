"""The component ``kg_entities``: who and what is named, of which class, under which identifier.

spaCy's entities, reference data and patterns give the names (:mod:`kg.annotate.names.spans`), the tree tells capitals
that act from capitals that are places (:mod:`kg.annotate.names.metonyms`), names are joined into entities
(:mod:`kg.annotate.names.clusters`), and titles tell who governs what (:mod:`kg.annotate.names.titles`).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from kg.annotate.layers import DocEntity, EntityMention, Title, declare_extensions
from kg.annotate.names.acronyms import acronym_behind, settle_acronyms
from kg.annotate.names.clusters import Named, group_names
from kg.annotate.names.gazetteer import City, Reference, cities_named, city_reference, load_gazetteer, territory_code
from kg.annotate.names.homonyms import settle_homonyms
from kg.annotate.names.knowledge import link_entities, read_knowledge_base
from kg.annotate.names.metonyms import acts_for_government
from kg.annotate.names.names import Name
from kg.annotate.names.nouns import noun_classes, words
from kg.annotate.names.spans import NameFinder
from kg.annotate.names.titles import find_titles, link_countries
from kg.model import Family, MentionKind

__all__ = ["EntityFinder", "Found", "make_entities"]


_LARGE = 150
"""A city of fewer thousand people is linked only where the text names its country: most such names come twice."""

_LETTERS = 4
"""Longer words in capitals are no acronyms."""
_OWNED = frozenset({"kg:GovernmentBody", "kg:MilitaryUnit"})
_WITH_COUNTRY = frozenset({"kg:GovernmentBody", "kg:PoliticalParty", "kg:MilitaryUnit", "schema:Organization"})


@dataclass(frozen=True, slots=True)
class Found:
    """What the component found; it is written to the ``Doc`` afterwards."""

    entities: list[DocEntity]
    mentions: list[EntityMention]
    titles: list[Title]


class EntityFinder:
    """Finds named entities. Needs tags, dependencies and spaCy's entities."""

    def __init__(self, nlp: Language, *, minimum_city: int = 15, knowledge_base: Path | None = None) -> None:
        self._names = NameFinder(nlp)
        self._known = read_knowledge_base(knowledge_base) if knowledge_base else None
        self._minimum = minimum_city

    def __call__(self, doc: Doc) -> Doc:
        """Annotate a document."""
        return self.set_annotations(doc, self.predict(doc))

    def predict(self, doc: Doc) -> Found:
        """Return entities, mentions in text order, and titles, without changing the document."""
        names = self._names.find(doc)
        settle_homonyms(doc, names)
        settle_acronyms(doc, names)
        _resolve_metonyms(doc, names)
        self._link_cities(doc, names)
        names = [n for i, n in enumerate(names) if not _is_anonymous(doc, n, names, i)]
        named = [_named(doc, name, names, i) for i, name in enumerate(names)]
        entities, ids = group_names(named)
        if self._known is not None:
            link_entities(entities, self._known)
        mentions = [_mention(doc, name, number) for name, number in zip(names, ids, strict=True)]
        titles = find_titles(doc, mentions, entities)
        _link_organizations(doc, entities, mentions)
        _link_owned_persons(doc, entities, mentions)
        link_countries(entities, titles)
        return Found(entities, mentions, titles)

    def set_annotations(self, doc: Doc, found: Found) -> Doc:
        """Write the layers ``kg_entities``, ``kg_mentions`` and ``kg_titles``."""
        doc._.kg_entities = found.entities
        doc._.kg_mentions = found.mentions
        doc._.kg_titles = found.titles
        return doc

    def _link_cities(self, doc: Doc, names: list[Name]) -> None:
        """Give cities their GeoNames entry, chosen by the country named behind them or in the document."""
        counts = Counter(n.reference.code for n in names if n.reference and n.reference.type == "schema:Country")
        before: dict[str, Reference] = {}
        for i, name in enumerate(names):
            if name.reference is not None or name.type not in {"schema:City", "schema:Place"}:
                continue
            text = doc[name.start : name.end].text
            hint = _country_behind(doc, name, names[i + 1] if i + 1 < len(names) else None)
            home = name.capital.code if name.capital else ""
            city = _choose(cities_named(text), hint, home, counts)
            known = city is not None and (bool(hint) or counts[city.country.lower()] > 0 or city.thousands >= _LARGE)
            if city is not None and known and city.thousands >= self._minimum and (name.type == "schema:City" or hint):
                found = city_reference(city, text)
                name.reference = found if hint else before.setdefault(text, found)
                name.type = "schema:City"


def _choose(cities: tuple[City, ...], hint: str, home: str, counts: Counter[str]) -> City | None:
    """Return the city that a name means: in the country named with it, else the capital, else the likeliest."""
    if hint:
        country, _, state = hint.upper().partition("-")
        fits = [c for c in cities if c.country == country and (not state or c.division in {"", state})]
        return fits[0] if fits else None
    if home and (own := next((c for c in cities if c.country.lower() == home), None)):
        return own
    if not cities:
        return None
    first = cities[0]
    if not counts[first.country.lower()]:
        for city in cities[1:]:
            if counts[city.country.lower()] and city.thousands * 5 > first.thousands:
                return city
    return first


def _country_behind(doc: Doc, name: Name, following: Name | None) -> str:
    """Return the code of the state or country in "Moscow, Idaho"; ``""`` if none follows or if it is a list."""
    if following is None or following.start != name.end + 1 or doc[name.end].text != ",":
        return ""
    text = doc[following.start : following.end].text
    code = following.reference.code if following.reference is not None else ""
    if code.startswith("us-"):
        return code
    listed = following.end < len(doc) and doc[following.end].lower_ in {"and", "or"}
    return "" if listed else territory_code(text) or (code if "-" in code else "")


def _resolve_metonyms(doc: Doc, names: list[Name]) -> None:
    """Turn capitals and seats that act into their countries."""
    for name in names:
        government = name.seat or name.capital
        if government is None or (name.reference is not None and name.seat is None):
            continue
        head = doc[name.start : name.end].root
        if name.start and doc[name.start - 1].text in {"capital", "city", "town", "port"}:
            continue  # "in the capital Abuja"
        if name.end < len(doc) and doc[name.end].text == "state" and name.seat is None:
            name.capital = None  # "in Victoria state"
            continue
        if not _is_dateline(doc, name) and acts_for_government(head, seat=name.seat is not None):
            name.kind, name.reference, name.type = MentionKind.METONYM, government, government.type


def _is_dateline(doc: Doc, name: Name) -> bool:
    """Tell whether a name opens a paragraph as the place of writing: "PARIS (AP) —", "Minsk, 3 May"."""
    if not doc[name.start].is_sent_start or name.end >= len(doc):
        return False
    after = doc[name.end].text
    return after in {"(", "-", "--", "—", "–"} or (
        after == "," and doc[name.start].is_upper and len(doc[name.start]) > 2
    )


def _named(doc: Doc, name: Name, names: list[Name], i: int) -> Named:
    short = acronym_behind(doc, name)
    return Named(
        text=_printed(doc, name),
        type=name.type,
        reference=name.reference,
        titles=_titles_before(doc, name),
        acronym=doc[short].text if short is not None and name.reference is None else "",
        proper=name.kind is MentionKind.NAME,
        owner=_owner(doc, names, i) if name.type in _OWNED and name.reference is None else "",
    )


def _printed(doc: Doc, name: Name) -> str:
    """Return a name as printed; bodies in lower case get capitals, so that they meet those that have them."""
    text = doc[name.start : name.end].text
    first, _, rest = text.partition(" ")
    if len(first) > _LETTERS and first.isupper() and rest[:1].isupper() and not rest.isupper():
        return f"{first.capitalize()} {rest}"  # "BRITISH Airways", as papers open an article
    return " ".join(p.capitalize() for p in text.split()) if name.type in _OWNED and text.islower() else text


def _is_anonymous(doc: Doc, name: Name, names: list[Name], i: int) -> bool:
    """Tell whether a body in lower case has no country: "the foreign ministry" may be any."""
    return name.kind is MentionKind.NOMINAL and name.type in _OWNED and not _owner(doc, names, i)


def _owner(doc: Doc, names: list[Name], i: int) -> str:
    """Return the country that a body without a country in its name belongs to, "" if the words do not say.

    "Kenya's Foreign Ministry", "the Kenyan foreign ministry", "the Foreign Ministry of Kenya", "... in Nairobi".
    """
    name = names[i]
    if any(n is not name and n.start >= name.start and n.end <= name.end for n in names):
        return ""
    if i and names[i - 1].end <= name.start and all(t.dep_ == "case" for t in doc[names[i - 1].end : name.start]):
        return _country_name(names[i - 1])
    after = names[i + 1] if i + 1 < len(names) else None
    if after is not None and [t.lower_ for t in doc[name.end : after.start]] in (["in"], ["of"]):
        return _country_name(after)
    return ""


def _country_name(name: Name) -> str:
    """Return the country that a name means, or whose capital it is."""
    reference = name.capital or name.reference
    return reference.name if reference is not None and reference.type == "schema:Country" else ""


def _titles_before(doc: Doc, name: Name) -> tuple[str, ...]:
    """Return the lower-case titles right before a name: ("spokeswoman",) in "Kremlin spokeswoman Jane Doe"."""
    if name.type != "schema:Person" or name.start == 0:
        return ()
    before = doc[name.start - 1]
    word = before.lower_
    return (word,) if word in words("courtesy") or noun_classes(word) else ()


def _link_organizations(doc: Doc, entities: list[DocEntity], mentions: list[EntityMention]) -> None:
    """Set the country of organisations that bear it in or before their name: "Minsk Ministry of Defense"."""
    known = load_gazetteer()
    by_name = {e.name: e.id for e in entities if e.type == "schema:Country"}
    for mention, before in zip(mentions, [None, *mentions], strict=False):
        entity = entities[mention.entities[0]]
        if entity.family is not Family.OTHER or entity.country is not None or entity.type not in _WITH_COUNTRY:
            continue
        parts = [t.text for t in doc[mention.start : mention.end]]
        tables = (known.adjectives, known.names, known.capitals)
        found = next((table[p] for p in parts for table in tables if p in table), None)
        owner = found.name if found is not None else entity.name.rpartition(" of ")[2]
        entity.country = by_name.get(owner)
        gap = doc[before.end : mention.start] if before is not None else ()
        if entity.country is None and before is not None and all(t.dep_ == "case" for t in gap):
            country = before.entities[0]
            entity.country = country if entities[country].type == "schema:Country" else None


def _link_owned_persons(doc: Doc, entities: list[DocEntity], mentions: list[EntityMention]) -> None:
    """Set the country of "Hungary's Viktor Orban"."""
    for before, mention in pairwise(mentions):
        gap = doc[before.end : mention.start]
        person, owner = entities[mention.entities[0]], entities[before.entities[0]]
        if (
            person.type == "schema:Person"
            and owner.type == "schema:Country"
            and len(gap)
            and all(t.dep_ == "case" for t in gap)
        ):
            person.country = owner.id


def _mention(doc: Doc, name: Name, number: int) -> EntityMention:
    return EntityMention(name.start, name.end, _head(doc, name), name.kind, (number,))


def _head(doc: Doc, name: Name) -> int:
    """Return the token by which a name hangs in the tree; a verb of its own is none ("Committee to Protect ...")."""
    root = doc[name.start : name.end].root
    if root.pos_ != "VERB":
        return root.i
    nouns = (t for t in doc[name.start : name.end] if t.pos_ in {"PROPN", "NOUN"})
    return next((t.i for t in nouns if not name.start <= t.head.i < name.end), root.i)


@Language.factory(
    "kg_entities",
    default_config={"minimum_city": 15, "knowledge_base": None},
    assigns=["doc._.kg_entities", "doc._.kg_mentions", "doc._.kg_titles"],
    requires=["doc.ents", "token.tag", "token.pos", "token.dep", "token.lemma"],
)
def make_entities(nlp: Language, name: str, minimum_city: int, knowledge_base: str | None) -> EntityFinder:
    """Return the component.

    Args:
        nlp: The pipeline, for its vocabulary.
        name: The component's name in the pipeline.
        minimum_city: Cities below so many thousand people get no identifier.
        knowledge_base: Path of the user's file of people and organisations, see :mod:`kg.annotate.names.knowledge`.

    Raises:
        LinkError: The knowledge base cannot be read.
    """
    declare_extensions()
    return EntityFinder(nlp, minimum_city=minimum_city, knowledge_base=Path(knowledge_base) if knowledge_base else None)
