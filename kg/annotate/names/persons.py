"""Persons that spaCy missed or mistook: behind titles, with verbs of speech, by a part of their name."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import takewhile

from spacy.tokens import Doc, Token

from kg.annotate.clauses.tree import tree_of
from kg.annotate.names.gazetteer import cities_named
from kg.annotate.names.names import Name
from kg.annotate.names.nouns import gender_of_name, is_given_name, noun_classes, words
from kg.annotate.names.patterns import in_headline, is_title
from kg.annotate.names.types import keyword_class
from kg.annotate.values.amounts.currencies import load_currencies

__all__ = [
    "join_parted",
    "join_touching",
    "more_persons",
    "repeated_names",
    "retype_namesakes",
    "retype_titled",
    "said_again",
]

_MISTAKABLE = frozenset({"schema:Organization", "schema:Place", "schema:City", "kg:Product", "schema:CreativeWork"})

_PLACES = frozenset({"schema:Place", "schema:City"})
_BODIES_AND_PLACES = frozenset({"ORG", "GPE", "LOC", "FAC"})
_TITLES_AND_SURNAMES = frozenset(
    {"King", "Prince", "Bishop", "Pope", "Dean", "Judge", "Major", "Earl", "Duke", "Marshall"}
)
_SAID_AGAIN = frozenset({"schema:Person", "schema:Organization", "schema:Corporation"})
_HUMAN = frozenset({"leader", "office", "person"})


def retype_titled(doc: Doc, names: list[Name]) -> None:
    """Make persons of names that follow a person's title, and of short names that are part of a person's."""
    for name in names:
        if name.reference is None and name.type in _MISTAKABLE and _is_person(doc, name):
            name.type, name.capital, name.seat = "schema:Person", None, None


def _is_person(doc: Doc, name: Name) -> bool:
    return (
        _is_titled(doc, name)
        or _holds_office(doc, name)
        or _is_given_and_surname(doc, name)
        or _is_apposed_to_office(doc, name)
        or _is_described(doc, name)
        or _is_who(doc, name)
    )


def _is_who(doc: Doc, name: Name) -> bool:
    """Tell whether "who" or "whom" is said of a name: "Rigathi Gachagua, whom Ruto dismissed"."""
    span = doc[name.start : name.end]
    if len(span) > 4 or span.text.isupper() or any(keyword_class(t.text) for t in span) or name.end + 1 >= len(doc):
        return False
    return doc[name.end].text == "," and doc[name.end + 1].tag_ == "WP"


def _is_apposed_to_office(doc: Doc, name: Name) -> bool:
    """Tell whether a name stands beside one person's office: "the prime minister, X", "X, the mayor"."""
    span = doc[name.start : name.end]
    beside = [span.root.head] if span.root.dep_ == "appos" else [t for t in span.root.children if t.dep_ == "appos"]
    plain = len(span) < 5 and not any(keyword_class(t.text) for t in span) and not span.text.isupper()
    return plain and any(
        t.is_lower and t.tag_ == "NN" and noun_classes(t.lower_) & {"leader", "office"} for t in beside
    )


def _is_described(doc: Doc, name: Name) -> bool:
    """Tell whether a place of two words or more is somebody: "X Y, a separatist leader", however it is parsed."""
    plain = name.end - name.start > 1 and not any(keyword_class(t.text) for t in doc[name.start : name.end])
    behind = doc[name.end : name.end + 6]
    if not plain or name.type not in _PLACES or len(behind) < 3 or behind[0].text != ",":
        return False
    if behind[1].lower_ not in {"a", "an", "the"}:
        return False
    phrase = list(takewhile(lambda t: t.tag_ in {"JJ", "NN", "VBN", "CD", "HYPH"}, behind[2:]))
    return bool(phrase) and phrase[-1].tag_ == "NN" and bool(noun_classes(phrase[-1].lower_) & _HUMAN)


def _is_given_and_surname(doc: Doc, name: Name) -> bool:
    """Tell whether what spaCy calls a body or place is a common given name with one more name ("Tina Okafor")."""
    first, last = doc[name.start], doc[name.end - 1]
    if (
        name.label not in _BODIES_AND_PLACES
        or name.end - name.start != 2
        or not gender_of_name(f"{first.text} {last.text}")
    ):
        return False
    if name.label != "ORG" and (cities_named(doc[name.start : name.end].text) or not _is_given_by(doc, name)):
        return False
    return first.tag_ == "NNP" == last.tag_ and last.text[1:].islower() and not keyword_class(last.text)


def _is_given_by(doc: Doc, name: Name) -> bool:
    """Tell whether a name stands where no place does: first, or behind no preposition of place."""
    before = doc[name.start - 1] if name.start else None
    return before is None or before.lower_ not in words("place_prepositions") | {"the", "to", "of"}


def _is_titled(doc: Doc, name: Name) -> bool:
    """Tell whether a title, or a human noun that fits, stands before a name."""
    if not name.start or doc[name.start].is_sent_start:
        return False
    before = doc[name.start - 1]
    plain = not any(keyword_class(t.text) for t in doc[name.start : name.end])
    given = bool(gender_of_name(doc[name.start].text)) and name.end - name.start > 1
    return is_title(before) or (plain and _heralds_person(before) and (given or name.label == "PERSON"))


def _holds_office(doc: Doc, name: Name) -> bool:
    """Tell whether the sentence says "X is the president"."""
    head = doc[name.start : name.end].root
    attribute = next((t for t in head.head.children if t.dep_ == "attr"), None) if head.dep_ == "nsubj" else None
    return attribute is not None and bool(noun_classes(attribute.lemma_.lower()) & {"leader", "office"})


def more_persons(doc: Doc, names: list[Name]) -> Iterator[Name]:
    """Yield persons among the words that no name covers."""
    owned = {i for n in names for i in range(n.start, n.end)}
    parts = _name_parts(doc, names)
    tree = tree_of(doc)
    common = {text for text in tree.texts if text.islower()} if parts else set()
    for i, text in enumerate(tree.texts):
        if i in owned:
            continue
        noun = tree.pos[i] in {"PROPN", "NOUN"} or (text in parts and text.lower() not in common)
        known = text in parts and noun and not _touches(doc, doc[i])
        first = _first_of_speaker(doc[i]) if tree.tags[i] == "NNP" else None
        if known or (tree.pos[i] == "PROPN" and _speaks(doc[i])):
            yield Name(i, i + 1, "schema:Person", "PERSON")
        elif first is not None and owned.isdisjoint(range(first, i)):
            owned.update(range(first, i + 1))
            yield Name(first, i + 1, "schema:Person", "PERSON")
        elif tree.pos[i] == "PROPN" and (end := _end_of_given(doc, i, owned)):
            owned.update(range(i, end))
            yield Name(i, end, "schema:Person", "PERSON")
        elif _may_herald(tree.words[i]) and _heralds_person(doc[i]) and not in_headline(doc, i):
            end = _end_of_person(doc, i + 1, owned)
            if end > i + 1:
                owned.update(range(i + 1, end))
                yield Name(i + 1, end, "schema:Person", "PERSON")


def _end_of_given(doc: Doc, i: int, owned: Collection[int]) -> int:
    """Return where a given name and a surname end that spaCy missed, 0 where there are none: "Ana Toral"."""
    surname = doc[i + 1] if i + 1 < len(doc) else None
    if surname is None or surname.pos_ != "PROPN" or i + 1 in owned or not _is_plain(surname):
        return 0
    alone = i + 2 >= len(doc) or doc[i + 2].pos_ != "PROPN"
    before = i == 0 or doc[i].is_sent_start or doc[i - 1].pos_ != "PROPN"
    known = _is_plain(doc[i]) and is_given_name(doc[i].text) and doc[i].text not in words("ambiguous_given")
    return i + 2 if alone and before and known and not in_headline(doc, i) and not cities_named(doc[i].text) else 0


def _is_plain(token: Token) -> bool:
    """Tell whether a word is written as names of persons are, and says nothing else."""
    return token.text[:1].isupper() and token.text[1:].islower() and not keyword_class(token.text)


def join_touching(doc: Doc, names: list[Name]) -> None:
    """Join persons between whom nothing stands and of whom one hangs on the other: "Carlos Amador | Pérez Silva"."""
    starts = {n.start: n for n in names if n.label == "PERSON" and n.type == "schema:Person"}
    for name in [n for n in names if n.start in starts and n is starts[n.start]]:
        last = starts.get(name.end)
        if last is None or name not in names or in_headline(doc, name.start):
            continue
        if is_title(doc[name.end - 1]):
            names.remove(name)  # "Harris County Fire Marshal | Denise Rourke"
            continue
        if doc[name.end - 1].dep_ == "compound" and name.end <= doc[name.end - 1].head.i < last.end:
            name.end = last.end
            names.remove(last)


def join_parted(doc: Doc, names: list[Name]) -> None:
    """Join what spaCy cut in two: "Christine | King | Farris", where a surname is also a title; changes ``names``."""
    starts = {n.start: n for n in names}
    for name in list(names):
        last = starts.get(name.end + 1)
        if last is None or last.reference is not None or name.reference is not None or name.end - name.start > 2:
            continue
        between = doc[name.end]
        if (
            between.text in _TITLES_AND_SURNAMES
            and _is_given(doc, name)
            and last.type in {"schema:Person", *_MISTAKABLE}
        ):
            name.end, name.type, name.label = last.end, "schema:Person", "PERSON"
            names.remove(last)


def _is_given(doc: Doc, name: Name) -> bool:
    """Tell whether a name is a given name alone, and no place."""
    given = bool(gender_of_name(doc[name.start].text)) and doc[name.start].text not in words("ambiguous_given")
    return given and name.end - name.start == 1 and not cities_named(doc[name.start].text)


def retype_namesakes(doc: Doc, names: list[Name]) -> None:
    """Make persons of names of two or three words whose last one is a person elsewhere ("Assaf Rappaport").

    And of a surname alone that spaCy takes for a town, where it speaks: "Sarita Shahi ... Shahi said".
    """
    surnames = {doc[n.end - 1].text for n in names if n.type == "schema:Person" and n.end - n.start > 1}
    for name in names:
        if name.type in _PLACES and name.end - name.start == 1 and name.reference is None and not name.capital:
            head = doc[name.start].head
            speaks = doc[name.start].dep_ == "nsubj" and head.lemma_.lower() in words("say_verbs")
            if speaks and doc[name.start].text in surnames:
                name.type, name.label = "schema:Person", "PERSON"
    single = {doc[n.start].text for n in names if n.type == "schema:Person" and n.end - n.start == 1}
    for name in names:
        if name.type == "schema:Organization" and name.reference is None and 2 <= name.end - name.start <= 3:
            plain = not any(keyword_class(t.text) for t in doc[name.start : name.end])
            if plain and doc[name.end - 1].text in single:
                name.type = "schema:Person"


def said_again(doc: Doc, names: list[Name]) -> Iterator[Name]:
    """Yield the other places where a full name stands that spaCy saw only once: "Ana Silva", first in the headline."""
    owned = {i for n in names for i in range(n.start, n.end)}
    full = {
        tuple(t.text for t in doc[n.start : n.end]): n
        for n in names
        if n.reference is None and n.type in {"schema:Person", "schema:Organization"} and n.end - n.start > 1
    }
    sizes: dict[str, list[int]] = {}
    for parts in sorted(full, key=len, reverse=True):
        sizes.setdefault(parts[0], []).append(len(parts))
    texts = tree_of(doc).texts if full else []
    for i, text in enumerate(texts):
        for size in dict.fromkeys(sizes.get(text, ())):
            name = full.get(tuple(texts[i : i + size]))
            if name is not None and owned.isdisjoint(range(i, i + size)):
                owned.update(range(i, i + size))
                yield Name(i, i + size, name.type, name.label)


def repeated_names(doc: Doc, names: list[Name]) -> Iterator[Name]:
    """Yield proper nouns that stand alone and come again: as they are named elsewhere, else taken for organisations."""
    owned = {i for n in names for i in range(n.start, n.end)}
    found: dict[str, list[Token]] = {}
    for i, pos in enumerate(tree_of(doc).pos):
        if pos == "PROPN" and i not in owned and _is_name_like(doc[i]) and not _touches(doc, doc[i]):
            found.setdefault(doc[i].text, []).append(doc[i])
    single = {doc[n.start].text: n for n in names if n.end - n.start == 1 and n.reference is None}
    bodies = {t.text for n in names if n.type == "schema:Organization" for t in doc[n.start + 1 : n.end]}
    for text, tokens in found.items():
        known = None if text in bodies else single.get(text)  # "Ronsard" of Banque Ronsard
        if known is not None and known.type in _SAID_AGAIN:
            yield from (Name(t.i, t.i + 1, known.type, known.label) for t in tokens)
            continue
        inner = [t for t in tokens if not t.is_sent_start and not in_headline(doc, t.i)]
        if len(tokens) > 1 and inner:
            yield from (Name(t.i, t.i + 1, "schema:Organization", "ORG") for t in tokens)


def _is_name_like(token: Token) -> bool:
    """Tell whether a proper noun looks like a name and is no title, keyword or day."""
    text = token.text
    if len(text) < 3 or not text.isalpha() or not text[0].isupper() or token.tag_ != "NNP":
        return False
    return not (
        is_title(token)
        or keyword_class(text)
        or token.lower_ in words("month_day")
        or token.lower_ in words("portfolios")
        or noun_classes(token.lower_)
        or text in load_currencies().codes
    )


def _name_parts(doc: Doc, names: list[Name]) -> frozenset[str]:
    """Return the words of the full names of persons, but short ones and particles."""
    full = (doc[n.start : n.end] for n in names if n.type == "schema:Person" and n.end - n.start > 1)
    return frozenset(t.text for span in full for t in span if len(t.text) > 3 and t.text[0].isupper())


def _touches(doc: Doc, token: Token) -> bool:
    """Tell whether a capitalised word stands beside, so that a longer name may be meant."""
    near = (doc[j] for j in (token.i - 1, token.i + 1) if 0 <= j < len(doc))
    return any(t.pos_ == "PROPN" and t.text[0].isupper() and not is_title(t) for t in near)


def _may_herald(word: str) -> bool:
    """Tell whether a word in lower case can be a title or a human noun; a quick test, most words end here."""
    return word in words("courtesy") or bool(noun_classes(word))


def _heralds_person(token: Token) -> bool:
    """Tell whether a name behind this token is a person's: a title, or a human noun in the name's phrase."""
    titled = is_title(token)
    human = titled or noun_classes(token.lower_) & {"leader", "office", "person"}
    if not human or token.i + 1 >= len(token.doc) or token.doc[token.i + 1].is_sent_start:
        return False
    if token.doc[token.i + 1].lower_ in words("portfolios"):
        return False  # "Chief Financial Officer"
    if titled:
        return True
    return token.dep_ in {"compound", "nmod"} and token.head.pos_ == "PROPN" and token.head.i > token.i


def _end_of_person(doc: Doc, start: int, owned: set[int]) -> int:
    end = start
    last = doc[start].sent.end
    while end < last and end not in owned and doc[end].pos_ == "PROPN" and doc[end].text[0].isupper():
        if is_title(doc[end]) or keyword_class(doc[end].text) or doc[end].lower_ in words("month_day"):
            break
        end += 1
    return end


def _first_of_speaker(token: Token) -> int | None:
    """Return where a full name begins that spaCy missed: of who speaks, is somebody, is arrested, or is called so."""
    if token.tag_ != "NNP" or not token.text[0].isupper() or token.i == 0:
        return None
    first = token.i
    while first > token.sent.start and _is_given_part(token.doc[first - 1], token):
        first -= 1
    if first == token.i or token.i - first > 2 or token.doc[first].is_upper or keyword_class(token.text):
        return None
    others = [t for t in token.children if t.i < first and t.dep_ in {"det", "amod", "poss", "compound"}]
    speaks = token.dep_ == "nsubj" and token.head.lemma_.lower() in words("say_verbs")
    called = token.dep_ == "oprd" and token.head.lemma_ in {"call", "name"}
    beside = [*(t for t in token.children if t.dep_ == "appos"), *([token.head] if token.dep_ == "appos" else [])]
    described = any(t.is_lower and t.tag_ == "NN" and noun_classes(t.lemma_.lower()) & _HUMAN for t in beside)
    suffers = token.dep_ in {"dobj", "nsubjpass"} and token.head.lemma_.lower() in words("done_to_persons")
    return first if not others and (speaks or called or described or suffers) else None


def _is_given_part(token: Token, name: Token) -> bool:
    plain = (
        token.text[0].isupper() and token.text[1:].islower() and not is_title(token) and not keyword_class(token.text)
    )
    return token.tag_ == "NNP" and token.dep_ == "compound" and token.head == name and plain and not token.ent_type_


def _speaks(token: Token) -> bool:
    """Tell whether an unknown proper noun of one word is the subject of a verb of speech."""
    if token.tag_ != "NNP" or token.dep_ != "nsubj" or token.pos_ != "PROPN":  # most tokens end here
        return False
    if not token.text[0].isupper() or token.text.isupper() or token.head.lemma_.lower() not in words("say_verbs"):
        return False
    return not any(t.dep_ in {"compound", "det", "amod", "nmod"} for t in token.children)
