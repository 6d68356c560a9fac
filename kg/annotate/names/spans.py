"""Where the names are: reference data, shapes, keywords and spaCy's own entities, brought to one reading."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span

from kg.annotate.clauses.tree import tree_of
from kg.annotate.names.acronyms import drop_common, missed_acronyms
from kg.annotate.names.bodies import drop_cut_bodies, part_listed, retype_bodies, retype_short_firms
from kg.annotate.names.clubs import retype_clubs
from kg.annotate.names.gazetteer import cities_named, load_gazetteer
from kg.annotate.names.headlines import trim_headlines
from kg.annotate.names.missed import more_bodies
from kg.annotate.names.names import Name, covered
from kg.annotate.names.namesakes import (
    join_parted,
    join_quoted,
    join_touching,
    nicknames,
    repeated_names,
    retype_namesakes,
    said_again,
)
from kg.annotate.names.ner import ner_names
from kg.annotate.names.nouns import words
from kg.annotate.names.offices import drop_offices, part_holders
from kg.annotate.names.overlaps import settle
from kg.annotate.names.patterns import (
    dated_names,
    in_headline,
    is_title,
    joined_bodies,
    keyword_names,
    led_places,
    lower_case_bodies,
    shaped_names,
)
from kg.annotate.names.persons import more_persons, retype_titled
from kg.annotate.names.weighing import weigh_classes
from kg.model import MentionKind

__all__ = ["NameFinder"]

_NOBODY = "nobody"
"""Class of "the Norwegian", "a Kenyan": a person without a name, and not the country."""

_LARGE = 300
"""A city of so many thousand people is known without spaCy's help."""


class NameFinder:
    """Finds the names of a ``Doc`` that has parts of speech and spaCy's entities; built once per vocabulary."""

    def __init__(self, nlp: Language) -> None:
        self._gazetteer = load_gazetteer()
        self._matcher = PhraseMatcher(nlp.vocab, attr="ORTH")
        self._matcher.add("kg", [nlp.tokenizer(text) for text in self._surfaces()])

    def _surfaces(self) -> list[str]:
        """Return the surface forms, and those of places in capitals too, as headlines and datelines print them."""
        known = self._gazetteer
        printed = (*known.names, *known.capitals, *known.adjectives)
        shouted = {s.upper() for s in printed if len(s) > 3 and s[1:].islower()}
        curly = {s.replace("'", "’") for s in known.surfaces() if "'" in s}
        return sorted({*known.surfaces(), *shouted, *curly})

    def find(self, doc: Doc) -> list[Name]:
        """Return the names in text order; only dated agreements may hold other names."""
        chosen = settle(
            doc,
            [*shaped_names(doc), *led_places(doc), *joined_bodies(doc)],
            list(keyword_names(doc)),
            self._known(doc),
            list(ner_names(doc)),
        )
        join_parted(doc, chosen)
        join_quoted(doc, chosen)
        part_listed(doc, chosen)
        _strip_demonyms(doc, chosen)
        _widen_places(doc, chosen)
        chosen.extend(list(said_again(doc, chosen)))
        trim_headlines(doc, chosen)
        retype_titled(doc, chosen)
        retype_bodies(doc, chosen)
        weigh_classes(doc, chosen)
        chosen.extend(list(more_persons(doc, chosen)))
        join_touching(doc, chosen)
        chosen.extend(list(_loose_cities(doc, chosen)))
        retype_clubs(doc, chosen)
        chosen.extend(list(more_bodies(doc, chosen)))
        chosen.extend(list(missed_acronyms(doc, chosen)))
        chosen.extend(list(nicknames(doc, chosen)))
        chosen.extend(list(repeated_names(doc, chosen)))
        retype_bodies(doc, chosen)
        retype_namesakes(doc, chosen)
        retype_short_firms(doc, chosen)
        drop_cut_bodies(doc, chosen)
        part_holders(doc, chosen)
        drop_offices(doc, chosen)
        drop_common(doc, chosen)
        chosen.extend((*lower_case_bodies(doc), *dated_names(doc)))
        return sorted((n for n in chosen if n.type != _NOBODY), key=lambda n: (n.start, n.end))

    def _known(self, doc: Doc) -> list[Name]:
        """Return the names of the reference data, the longest where they overlap."""
        matches = [doc[start:end] for _, start, end in self._matcher(doc)]
        if not any(_acts_as_west(span) for span in matches):
            matches = [span for span in matches if span.text != "west"]
        matches.sort(key=lambda s: (s.start - s.end, s.start))
        taken: set[int] = set()
        names = []
        for span in matches:
            if taken.isdisjoint(range(span.start, span.end)) and (name := self._name(span)):
                taken.update(range(span.start, span.end))
                names.append(name)
        return names

    def _name(self, span: Span) -> Name | None:
        """Return what a surface form means where it stands."""
        known, text = self._gazetteer, span.text.replace("’", "'")
        start, end = span.start, span.end
        if text.isupper() and not (text in known.names or text in known.adjectives or text in known.capitals):
            text = " ".join(part.capitalize() for part in text.split(" "))
        if (text == "west" and not _is_the_west(span)) or (text == "West" and _goes_on(span)):
            return None
        if text == "western" and span.root.head.lemma_ not in words("western_heads"):
            return None  # a point of the compass
        if (reference := known.adjectives.get(text)) and _is_modifier(span):
            return Name(start, end, reference.type, reference=reference, kind=MentionKind.DEMONYM)
        if (reference := known.abbreviated.get(text)) and start and span.doc[start - 1].text == ",":
            return Name(start, end, reference.type, reference=reference)
        if reference := known.names.get(text):
            return Name(start, end, reference.type, reference=reference, seat=known.seats.get(text))
        if seat := known.seats.get(text):
            is_city = bool(cities_named(text)) and text not in words("not_a_city_alone")
            return Name(start, end, "schema:City" if is_city else "schema:Place", seat=seat)
        if capital := known.capitals.get(text):
            return Name(start, end, "schema:City", capital=capital)
        return self._people(span, text)

    def _people(self, span: Span, text: str) -> Name | None:
        """Return a people ("Serbs", "a Briton"), or the country of an adjective that stands as a noun."""
        known = self._gazetteer
        group = known.people.get(text)
        if group and not text.endswith("s") and text not in known.adjectives and _is_somebody(span):
            return Name(span.start, span.end, _NOBODY)  # "the Spaniard said"
        if group and (text.endswith("s") or text not in known.adjectives):
            return Name(span.start, span.end, group.type, reference=group)
        if reference := known.adjectives.get(text):
            if text in known.people and _is_somebody(span):
                return Name(span.start, span.end, _NOBODY)
            return Name(span.start, span.end, reference.type, reference=reference, kind=MentionKind.DEMONYM)
        return None


def _goes_on(span: Span) -> bool:
    """Tell whether a capitalised word follows, so that a longer name is meant: "West Ham", "West German"."""
    after = span.doc[span.end] if span.end < len(span.doc) else None
    return after is not None and after.text[0].isupper() and after.lower_ not in words("month_day")


def _is_the_west(span: Span) -> bool:
    """Tell whether "the west" may be the western countries, not a side of something: "the west of the country"."""
    before = span.doc[span.start - 1].lower_ if span.start else ""
    parted = any(t.dep_ == "prep" and t.lower_ == "of" for t in span.root.children)
    return before == "the" and not parted and span.root.dep_ in {"nsubj", "nsubjpass", "dobj", "pobj", "poss", "conj"}


def _acts_as_west(span: Span) -> bool:
    """Tell whether "the west" does something, or something is done against it, so that the text calls countries so."""
    root = span.root
    if span.text != "west" or not _is_the_west(span):
        return False
    acts = root.dep_ in {"nsubj", "poss"} or root.head.dep_ == "agent"
    return acts or root.head.lower_ in {"with", "against"} or root.head.lemma_ in words("party_verbs")


def _is_modifier(span: Span) -> bool:
    """Tell whether an adjective of a country stands as one: before a noun, or as a predicate."""
    root = span.root
    if root.dep_ in {"amod", "compound", "nmod", "npadvmod", "acomp"}:
        return True
    return root.pos_ == "ADJ" and root.dep_ not in {"nsubj", "dobj", "pobj", "nsubjpass"}


def _is_somebody(span: Span) -> bool:
    """Tell whether an adjective stands for one person: "the Norwegian said"."""
    return any(t.dep_ == "det" for t in span.root.children) and span.root.pos_ in {"NOUN", "PROPN", "ADJ"}


def _strip_demonyms(doc: Doc, names: list[Name]) -> None:
    """Part a person's name from the adjective of a country before it: "the Italian | Luca Bartoli"."""
    known = load_gazetteer()
    for name in list(names):
        reference = known.adjectives.get(doc[name.start].text) if name.type == "schema:Person" else None
        if reference is not None and name.end - name.start > 2:
            names.append(
                Name(name.start, name.start + 1, reference.type, reference=reference, kind=MentionKind.DEMONYM)
            )
            name.start += 1


def _widen_places(doc: Doc, names: list[Name]) -> None:
    """Make a firm of a place that only ends an unknown name: "Finland's Aker | Arctic", not "southern | Peru"."""
    owned = covered(names)
    for name in names:
        last, before = doc[name.start], doc[name.start - 1] if name.start else None
        if before is None or name.end - name.start > 1 or name.kind is not MentionKind.NAME or before.i in owned:
            continue
        place = name.type in {"schema:Place", "schema:City", "schema:Country"} and before.tag_ == last.tag_ == "NNP"
        club = before.text in words("NamesOfClubs")  # "Real | Madrid"
        part = (
            before.dep_ in ({"compound", "amod"} if club else {"compound"})
            and before.head == last
            and before.text[1:].islower()
        )
        plain = not is_title(before) and before.lower_ not in words("compass") and not in_headline(doc, before.i)
        if place and part and plain and (club or not before.is_sent_start):
            name.start, name.type, name.label = before.i, "schema:Organization", "ORG"
            name.reference = name.capital = name.seat = None


def _loose_cities(doc: Doc, chosen: list[Name]) -> Iterator[Name]:
    """Yield large cities that spaCy missed."""
    owned = covered(chosen)
    tree = tree_of(doc)
    for i, text in enumerate(tree.texts):
        if tree.pos[i] != "PROPN" or i in owned or text in words("not_a_city_alone"):
            continue
        cities = cities_named(text)
        if cities and cities[0].thousands >= _LARGE and not _beside_name(doc, i):
            yield Name(i, i + 1, "schema:City")


def _beside_name(doc: Doc, i: int) -> bool:
    """Tell whether the token is one of several capitalised words in a row, so that it may be part of a name."""
    near = [doc[j] for j in (i - 1, i + 1) if 0 <= j < len(doc)]
    return any(t.pos_ == "PROPN" and t.text[0].isupper() for t in near)
