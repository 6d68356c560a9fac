"""Where the names are: reference data, shapes, keywords and spaCy's own entities, brought to one reading.

A :class:`Name` is a stretch of tokens with its class; which of them mean the same entity is decided later.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span, Token

from kg.annotate.gazetteer import Reference, cities_named, load_gazetteer
from kg.annotate.name_types import (
    is_name_head,
    is_product,
    is_yearly_event,
    keyword_class,
    type_of_name,
)
from kg.annotate.nouns import noun_classes, words
from kg.model import MentionKind

__all__ = ["Name", "NameFinder", "is_title_case"]

_LABELS = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "LAW", "WORK_OF_ART", "PRODUCT"})
_SWALLOWS = frozenset({"ORG", "FAC", "EVENT", "LAW", "WORK_OF_ART", "PRODUCT"})
_BREAKS = frozenset('/|*()[]:;—–"“”•…')
_FUNCTION = frozenset({"ADP", "AUX", "CCONJ", "DET", "PART", "PRON", "SCONJ"})
_MISTAKABLE = frozenset({"schema:Organization", "schema:Place", "schema:City", "kg:Product", "schema:CreativeWork"})
_LARGE = 300
"""A city of so many thousand people is known without spaCy's help."""


@dataclass(slots=True)
class Name:
    """A stretch of tokens that names something. ``label`` is spaCy's, ``""`` where spaCy saw nothing.

    ``capital`` and ``seat`` give the country or bloc for which it may stand (metonymy).
    """

    start: int
    end: int
    type: str
    label: str = ""
    reference: Reference | None = None
    kind: MentionKind = MentionKind.NAME
    capital: Reference | None = None
    seat: Reference | None = None


class NameFinder:
    """Finds the names of a ``Doc`` that has parts of speech and spaCy's entities; built once per vocabulary."""

    def __init__(self, nlp: Language) -> None:
        self._gazetteer = load_gazetteer()
        self._matcher = PhraseMatcher(nlp.vocab, attr="ORTH")
        patterns = [nlp.tokenizer(text) for text in self._surfaces()]
        self._matcher.add("kg", patterns)

    def _surfaces(self) -> list[str]:
        """Return the surface forms, and those of places in capitals too, as headlines and datelines print them."""
        known = self._gazetteer
        shouted = {
            s.upper() for s in (*known.names, *known.capitals, *known.adjectives) if len(s) > 3 and s[1:].islower()
        }
        return sorted({*known.surfaces(), *shouted})

    def find(self, doc: Doc) -> list[Name]:
        """Return the names in text order; only dated agreements may hold other names."""
        shaped = list(_shaped(doc))
        headed = list(_headed(doc))
        known = self._known(doc)
        ents = [ent for ent in doc.ents if ent.label_ in _LABELS]
        seen = [name for ent in ents for name in _cleaned(ent) if not _is_portfolio(doc, name)]
        chosen = _settle(doc, shaped, headed, known, seen)
        chosen.extend(tuple(_titled(doc, chosen)))
        chosen.extend(tuple(_loose_cities(doc, chosen)))
        chosen.extend((*_bodies(doc), *_dated(doc)))
        return sorted(chosen, key=lambda n: n.start)

    def _known(self, doc: Doc) -> list[Name]:
        matches = [doc[start:end] for _, start, end in self._matcher(doc)]
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
        known, text = self._gazetteer, span.text
        if (
            text not in known.names
            and text not in known.adjectives
            and text not in known.capitals
            and text not in known.seats
        ):
            text = text if text in known.people else _unshout(text)
        if text == "western" and span.root.head.lemma_ not in words("western_heads"):
            return None  # a point of the compass
        if _is_modifier(span) and (reference := known.adjectives.get(text)):
            return Name(span.start, span.end, reference.type, reference=reference, kind=MentionKind.DEMONYM)
        if reference := known.names.get(text):
            return Name(span.start, span.end, reference.type, reference=reference, seat=known.seats.get(text))
        if seat := known.seats.get(text):
            return Name(span.start, span.end, "schema:Place", seat=seat)
        if capital := known.capitals.get(text):
            return Name(span.start, span.end, "schema:City", capital=capital)
        if reference := known.people.get(text) if text.endswith("s") else None:
            return Name(span.start, span.end, reference.type, reference=reference)
        if reference := known.adjectives.get(text):
            return Name(span.start, span.end, reference.type, reference=reference, kind=MentionKind.DEMONYM)
        if reference := known.people.get(text):
            return Name(span.start, span.end, reference.type, reference=reference)
        return None


def is_title_case(sent: Span) -> bool:
    """Tell whether a sentence is a headline in title case or capitals: four words or more, hardly one in lower case."""
    content = [t for t in sent if t.is_alpha and t.pos_ not in _FUNCTION and len(t.text) > 2]
    return len(content) >= 4 and sum(t.text[0].isupper() for t in content) >= 0.9 * len(content)


def _unshout(text: str) -> str:
    return " ".join(part.capitalize() for part in text.split(" "))


def _is_modifier(span: Span) -> bool:
    """Tell whether an adjective of a country stands as one: before a noun, or as a predicate."""
    root = span.root
    if root.dep_ in {"amod", "compound", "nmod", "npadvmod", "acomp"}:
        return True
    return root.pos_ == "ADJ" and root.dep_ not in {"nsubj", "dobj", "pobj", "nsubjpass"}


def _shaped(doc: Doc) -> Iterator[Name]:
    for token in doc:
        if "-" in token.text:
            if is_yearly_event(token.text):
                yield Name(token.i, token.i + 1, "kg:NamedEvent")
            elif is_product(token.text):
                yield Name(token.i, token.i + 1, "kg:Product")


def _dated(doc: Doc) -> Iterator[Name]:
    """Yield agreements and votes called by their year: "the 2015 nuclear deal", "the 2020 presidential election"."""
    for token in doc:
        if token.text.isdigit() and len(token.text) == 4 and token.text[:2] in {"19", "20"}:
            noun = token.head if token.dep_ in {"nummod", "compound", "amod", "nmod"} else token
            lemma = noun.lemma_.lower()
            kind = "kg:Agreement" if lemma in words("agreement_nouns") else "kg:NamedEvent"
            if 0 < noun.i - token.i < 6 and (kind == "kg:Agreement" or lemma in words("vote_nouns")):
                plain = all(t.is_lower or t.is_digit for t in doc[token.i : noun.i + 1])
                yield Name(token.i, noun.i + 1, kind, kind=MentionKind.NOMINAL if plain else MentionKind.NAME)


def _bodies(doc: Doc) -> Iterator[Name]:
    """Yield ministries in lower case: "the defence ministry"."""
    for token in doc:
        if token.text == "ministry" and token.i and doc[token.i - 1].lower_ in words("portfolios"):
            start = token.i - 1
            while start and doc[start - 1].lower_ in words("portfolios"):
                start -= 1
            yield Name(start, token.i + 1, "kg:GovernmentBody", kind=MentionKind.NOMINAL)


def _is_part(token: Token) -> bool:
    """Tell whether a token may be part of a proper name."""
    text = token.text
    if token.lower_ in words("month_day") or token.lower_ in words("determiners"):
        return False
    if text[0].isupper():
        return token.pos_ in {"PROPN", "NOUN", "ADJ", "X", "VERB"} and not (
            token.is_sent_start and token.pos_ == "VERB"
        )
    return len(text) == 4 and text.isdigit()


def _headed(doc: Doc) -> Iterator[Name]:
    """Yield runs of capitalised words around a keyword: "Ministry of Foreign Affairs", "Financial Times"."""
    taken = -1
    headline: dict[int, bool] = {}
    for token in doc:
        if token.i <= taken or not (kind := keyword_class(token.text)):
            continue
        sent = token.sent
        if sent.start not in headline:
            headline[sent.start] = is_title_case(sent)
        if headline[sent.start]:
            continue
        start, end = _leftwards(doc, token.i, sent.start), _rightwards(doc, token.i, sent.end)
        opens = start == token.i and doc[token.i + 1].text[0].isupper() if token.i + 1 < len(doc) else False
        if end - start > 1 and doc[start].text[0].isupper() and not opens:
            parts = [t.text for t in doc[start:end]]
            found = type_of_name(parts, "")
            if found == kind or keyword_class(parts[-1]) or is_name_head(token.text):
                taken = end - 1
                yield Name(start, end, found)


def _leftwards(doc: Doc, i: int, first: int) -> int:
    start = i
    while start > first:
        before = doc[start - 1]
        joined = before.lower_ in {"of", "and", "&", "for"} and start - 2 >= first and _is_part(doc[start - 2])
        if _is_part(before) and not _is_title(before):
            start -= 1
        elif joined and before.lower_ != "and" and keyword_class(doc[start - 2].text):
            start -= 2
        else:
            break
    return start


def _rightwards(doc: Doc, i: int, last: int) -> int:
    end = i + 1
    while end < last:
        if _is_part(doc[end]):
            end += 1
            continue
        ahead = end + 1
        if is_name_head(doc[i].text) and doc[end].lower_ in {"of", "for", "on", "and", "&"}:
            if ahead < last and doc[ahead].lower_ == "the":
                ahead += 1
            on_topic = doc[end].lower_ != "on" or keyword_class(doc[i].text) == "kg:Agreement"
            listed = doc[end].lower_ not in {"and", "&"} or end > i + 2
            if ahead < last and on_topic and listed and _is_part(doc[ahead]) and doc[ahead].text[0].isupper():
                end = ahead + 1
                continue
        break
    return end


def _is_title(token: Token) -> bool:
    """Tell whether a token is a capitalised title of a person: "President", "Mr"."""
    if token.lower_ in words("courtesy"):
        return True
    return token.text[0].isupper() and bool(noun_classes(token.lower_) & {"leader", "office"})


def _cleaned(ent: Span) -> Iterator[Name]:
    """Yield the pieces of one of spaCy's entities without determiners, titles, possessives and stray words."""
    start = ent.start
    label = ent.label_
    for i in range(ent.start, ent.end + 1):
        title = start < i < ent.end - 1 and label in {"ORG", "PERSON"} and _is_inner_title(ent.doc[i], ent.end)
        if i == ent.end or title or ent.doc[i].text in _BREAKS:
            if i > start and (name := _trimmed(ent.doc, start, i, "ORG" if title else label)):
                yield name
            start = i + 1
            label = "PERSON" if title else label


def _is_inner_title(token: Token, end: int) -> bool:
    """Tell whether a title stands within an entity between body and person: "Arab League Secretary General X"."""
    after = token.doc[token.i + 1]
    return _is_title(token) and after.i < end and after.text[0].isupper() and not keyword_class(after.text)


def _is_portfolio(doc: Doc, name: Name) -> bool:
    """Tell whether spaCy took a part of a title for a name: "Defence" in "Defence Minister"."""
    inside = all(t.lower_ in words("portfolios") or t.lower_ == "state" for t in doc[name.start : name.end])
    return inside and (name.end >= len(doc) or _is_title(doc[name.end]) or doc[name.start - 1].lower_ == "of")


def _trimmed(doc: Doc, start: int, end: int, label: str) -> Name | None:
    while start < end and _is_stray(doc[start], label, first=True):
        start += 1
    while end > start and _is_stray(doc[end - 1], label, first=False):
        end -= 1
    if start == end or not any(t.text[0].isupper() for t in doc[start:end]):
        return None
    if label in {"ORG", "PERSON", "WORK_OF_ART", "PRODUCT"} and not any(
        t.pos_ in {"PROPN", "X"} for t in doc[start:end]
    ):
        return None
    if end - start == 1 and end < len(doc) and doc[end].text == ":" and doc[start].lower_ in words("caption"):
        return None
    parts = [t.text for t in doc[start:end]]
    if label == "WORK_OF_ART" and (end - start > 8 or any(t.pos_ in {"VERB", "AUX"} for t in doc[start:end])):
        return None
    return Name(start, end, type_of_name(parts, label), label)


def _is_stray(token: Token, label: str, *, first: bool) -> bool:
    """Tell whether a token at the edge of an entity does not belong to the name."""
    text, lower = token.text, token.lower_
    if token.is_punct or text in {"'s", "’s", "'", "’"} or lower in words("month_day"):
        return True
    if first and (lower in words("determiners") or (label == "PERSON" and _is_title(token))):
        return True
    if not text[0].isupper() and not text[0].isdigit():
        return not (first and lower.startswith(("al-", "el-", "de", "van", "von", "bin")))
    if label == "PERSON" and token.pos_ == "NUM":
        return True
    return token.pos_ in {"VERB", "AUX"} and label != "WORK_OF_ART"


def _settle(doc: Doc, shaped: list[Name], headed: list[Name], known: list[Name], seen: list[Name]) -> list[Name]:
    """Choose among overlapping readings: shapes, then long names, then reference data, then spaCy."""
    owner: dict[int, Name] = {}

    def free(name: Name) -> bool:
        return all(i not in owner for i in range(name.start, name.end))

    def take(names: Iterable[Name]) -> None:
        for name in names:
            if free(name):
                owner.update(dict.fromkeys(range(name.start, name.end), name))

    take(shaped)
    inside = {i: n for n in known for i in range(n.start, n.end)}
    longer = [n for n in (*headed, *seen) if _outweighs(doc, n, inside)]
    take(sorted(longer, key=lambda n: n.start - n.end))
    take(_labelled(known, seen))
    take(_rest(doc, seen, inside))
    return list({id(n): n for n in owner.values()}.values())


def _outweighs(doc: Doc, name: Name, inside: dict[int, Name]) -> bool:
    """Tell whether a name is longer than, and better than, the reference names within it."""
    within = {id(inside[i]): inside[i] for i in range(name.start, name.end) if i in inside}.values()
    if any(n.start < name.start or n.end > name.end or n.end - n.start == name.end - name.start for n in within):
        return False
    if name.label == "PERSON":
        given = doc[name.start].text in words("ambiguous_given")
        surname = all(n.start > name.start for n in within) and name.end - name.start == 2
        return bool(within) and name.end - name.start > 1 and (given or surname) and not _has_verb(doc, name)
    if name.label and name.label not in _SWALLOWS:
        return False
    rest = [doc[i] for i in range(name.start, name.end) if i not in inside]
    return bool(within or not name.label) and any(t.text[0].isupper() and not _is_title(t) for t in rest)


def _has_verb(doc: Doc, name: Name) -> bool:
    return is_title_case(doc[name.start].sent) or any(t.pos_ == "VERB" for t in doc[name.start : name.end])


def _labelled(known: list[Name], seen: list[Name]) -> Iterator[Name]:
    """Yield the reference names, with spaCy's label where it saw the same stretch.

    A person called like a country or a city (Jordan, Chad, Victoria) stays a person where spaCy says so.
    """
    by_span = {(n.start, n.end): n for n in seen}
    for name in known:
        same = by_span.get((name.start, name.end))
        name.label = same.label if same else name.label
        yield name


def _rest(doc: Doc, seen: list[Name], inside: dict[int, Name]) -> Iterator[Name]:
    """Yield spaCy's names outside the reference data, and what is left of those that ran over it."""
    for name in seen:
        pieces = [i for i in range(name.start, name.end) if i not in inside]
        if len(pieces) == name.end - name.start:
            yield _as_city(doc, name)
        elif pieces and name.label == "PERSON" and pieces[-1] - pieces[0] + 1 == len(pieces):
            rest = _trimmed(doc, pieces[0], pieces[-1] + 1, name.label)
            if (
                rest
                and all(t.pos_ == "PROPN" for t in doc[rest.start : rest.end])
                and not is_title_case(doc[rest.start].sent)
            ):
                yield rest


def _as_city(doc: Doc, name: Name) -> Name:
    """Return the name as a city where the table of cities and spaCy's label, or the place in the sentence, agree."""
    before = doc[name.start - 2].lower_ if name.start > 1 and doc[name.start - 1].lower_ == "of" else ""
    after = doc[name.end].lower_ if name.end < len(doc) else ""
    if before in words("place_kinds") or after in words("place_tails"):
        name.type, name.label = "schema:Place", "GPE"
    text = doc[name.start : name.end].text
    cities = cities_named(text)
    if not cities or text in words("not_a_city_alone"):
        return name
    located = name.start > 0 and doc[name.start - 1].lower_ in {"in", "near", "outside"}
    if name.label in {"GPE", "LOC", "FAC"} or (cities[0].thousands >= _LARGE and name.label == "ORG") or located:
        name.type = "schema:City"
    return name


def _titled(doc: Doc, chosen: list[Name]) -> Iterator[Name]:
    """Retype what follows a person's title, and yield capitalised words there, or that speak, that nobody took."""
    at = {n.start: n for n in chosen}
    owned = {i for n in chosen for i in range(n.start, n.end)}
    for token in doc[:-1]:
        name = at.get(token.i + 1)
        if token.i in owned or doc[token.i + 1].is_sent_start or not _heralds_person(token):
            continue
        if name is not None:
            if name.reference is None and name.type in _MISTAKABLE and _is_title(token):
                name.type, name.capital, name.seat = "schema:Person", None, None
        elif not is_title_case(token.sent):
            end = _end_of_person(doc, token.i + 1, owned)
            if end > token.i + 1:
                owned.update(range(token.i + 1, end))
                yield Name(token.i + 1, end, "schema:Person", "PERSON")
    for token in doc:
        if token.i not in owned and _speaks(token):
            yield Name(token.i, token.i + 1, "schema:Person", "PERSON")


def _heralds_person(token: Token) -> bool:
    """Tell whether a name behind this token is a person's: a title, or a human noun in the name's phrase."""
    if _is_title(token):
        return True
    human = noun_classes(token.lower_) & {"leader", "office", "person"}
    return bool(human) and token.dep_ in {"compound", "nmod"} and token.head.pos_ == "PROPN" and token.head.i > token.i


def _end_of_person(doc: Doc, start: int, owned: set[int]) -> int:
    end = start
    last = doc[start].sent.end
    while end < last and end not in owned and doc[end].pos_ == "PROPN" and doc[end].text[0].isupper():
        if _is_title(doc[end]) or keyword_class(doc[end].text):
            break
        end += 1
    return end


def _speaks(token: Token) -> bool:
    """Tell whether an unknown proper noun of one word is the subject of a verb of speech."""
    named = token.pos_ == "PROPN" and token.tag_ == "NNP" and token.text[0].isupper() and not token.text.isupper()
    alone = not any(t.dep_ in {"compound", "det", "amod", "nmod"} for t in token.children)
    return named and alone and token.dep_ == "nsubj" and token.head.lemma_.lower() in words("say_verbs")


def _loose_cities(doc: Doc, chosen: list[Name]) -> Iterator[Name]:
    """Yield large cities that spaCy missed."""
    owned = {i for n in chosen for i in range(n.start, n.end)}
    for token in doc:
        if (
            token.i in owned
            or token.pos_ != "PROPN"
            or not token.text[0].isupper()
            or token.text in words("not_a_city_alone")
        ):
            continue
        cities = cities_named(token.text)
        if cities and cities[0].thousands >= _LARGE and not _beside_name(doc, token.i):
            yield Name(token.i, token.i + 1, "schema:City")


def _beside_name(doc: Doc, i: int) -> bool:
    """Tell whether the token is one of several capitalised words in a row, so that it may be part of a name."""
    near = [doc[j] for j in (i - 1, i + 1) if 0 <= j < len(doc)]
    return any(t.pos_ == "PROPN" and t.text[0].isupper() for t in near)
