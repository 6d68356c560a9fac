"""Persons that spaCy missed or mistook: behind titles, with verbs of speech, by a part of their name."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import takewhile

from spacy.tokens import Doc, Token

from kg.annotate.clauses.tree import tree_of
from kg.annotate.names.gazetteer import cities_named
from kg.annotate.names.names import Name, covered
from kg.annotate.names.namesakes import touches
from kg.annotate.names.ner import is_joined
from kg.annotate.names.nouns import gender_of_name, is_given_name, is_human_noun, noun_classes, words
from kg.annotate.names.patterns import in_headline, is_title
from kg.annotate.names.types import MISTAKABLE, keyword_class

__all__ = [
    "more_persons",
    "retype_titled",
]


_PLACES = frozenset({"schema:Place", "schema:City"})
_SURNAMES = ("vic", "vić", "enko", "shvili", "adze", "oglu", "poulos", "sson", "ski", "sky", "yan", "ov", "ova")
_BODIES_AND_PLACES = frozenset({"ORG", "GPE", "LOC", "FAC"})


def retype_titled(doc: Doc, names: list[Name]) -> None:
    """Make persons of names that follow a person's title, and of short names that are part of a person's."""
    for name in names:
        if name.reference is None and name.type in MISTAKABLE and _is_person(doc, name):
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
    return bool(phrase) and phrase[-1].tag_ == "NN" and is_human_noun(phrase[-1].lower_)


def _is_given_and_surname(doc: Doc, name: Name) -> bool:
    """Tell whether what spaCy calls a body or place is a given name with one more name ("Tina Okafor").

    The given name has to be a common one, or the other end as surnames do ("Goran Mitrovic"), or another person stand
    beside ("Ana Silva, Tyrell Okafor and Cade Marsh"), or something be done to the name that is done to persons.
    """
    first, last = doc[name.start], doc[name.end - 1]
    if name.label not in _BODIES_AND_PLACES or name.end - name.start != 2:
        return False
    surname = last.text.endswith(_SURNAMES)
    told = is_given_name(first.text) and (surname or _is_beside_person(last) or _suffers(last))
    if not gender_of_name(f"{first.text} {last.text}") and not told:
        return False
    if name.label != "ORG" and (cities_named(doc[name.start : name.end].text) or not _is_given_by(doc, name)):
        return False
    proper = first.tag_ == "NNP" and last.tag_ in {"NNP", "NNPS"}
    return proper and last.text[1:].islower() and not keyword_class(last.text)


def _suffers(token: Token) -> bool:
    return token.dep_ in {"dobj", "nsubjpass"} and token.head.lemma_.lower() in words("done_to_persons")


def _is_beside_person(surname: Token) -> bool:
    """Tell whether a name is coordinated with one of two words or more that spaCy takes for a person's."""
    beside = [surname.head] if surname.dep_ == "conj" else []
    beside += [t for t in surname.children if t.dep_ == "conj"]
    full = (t for t in beside if t.ent_type_ == "PERSON" and t.ent_iob_ == "I")
    return any(True for _ in full) or any(
        _is_beside_person(t) for t in beside if surname.dep_ == "conj" and t.i < surname.i
    )


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
    called = name.end - name.start > 2 and bool(keyword_class(doc[name.end - 1].text))  # "Sir Omar Brandt | Airport"
    titled = is_title(before) and not called
    return titled or (plain and _heralds_person(before) and (given or name.label == "PERSON"))


def _holds_office(doc: Doc, name: Name) -> bool:
    """Tell whether the sentence says "X is the president"."""
    head = doc[name.start : name.end].root
    attribute = next((t for t in head.head.children if t.dep_ == "attr"), None) if head.dep_ == "nsubj" else None
    return attribute is not None and bool(noun_classes(attribute.lemma_.lower()) & {"leader", "office"})


def more_persons(doc: Doc, names: list[Name]) -> Iterator[Name]:
    """Yield persons among the words that no name covers."""
    owned = covered(names)
    parts = _name_parts(doc, names)
    tree = tree_of(doc)
    common = {text for text in tree.texts if text.islower()} if parts else set()
    for i, text in enumerate(tree.texts):
        if i in owned:
            continue
        noun = tree.pos[i] in {"PROPN", "NOUN"} or (text in parts and text.lower() not in common)
        known = text in parts and noun and not touches(doc, doc[i])
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
            if end > i + 1 and not (tree.words[i] in words("firm_nouns") and doc[i + 1].is_upper):
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


def _name_parts(doc: Doc, names: list[Name]) -> frozenset[str]:
    """Return the words of the full names of persons, but short ones and particles."""
    full = (doc[n.start : n.end] for n in names if n.type == "schema:Person" and n.end - n.start > 1)
    return frozenset(t.text for span in full for t in span if len(t.text) > 3 and t.text[0].isupper())


def _may_herald(word: str) -> bool:
    """Tell whether a word in lower case can be a title or a human noun; a quick test, most words end here."""
    return word in words("courtesy") or bool(noun_classes(word)) or is_human_noun(word)


def _heralds_person(token: Token) -> bool:
    """Tell whether a name behind this token is a person's: a title, or a human noun in the name's phrase."""
    titled = is_title(token)
    human = titled or is_human_noun(token.lower_)
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
        while end + 1 < last and doc[end].text == "-" and is_joined(doc, end):
            end += 2  # "Mayor Twu Shiing-jer"
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
    described = any(t.is_lower and t.tag_ == "NN" and is_human_noun(t.lemma_.lower()) for t in beside)
    return first if not others and (speaks or called or described or _suffers(token)) else None


def _is_given_part(token: Token, name: Token) -> bool:
    plain = (
        token.text[0].isupper() and token.text[1:].islower() and not is_title(token) and not keyword_class(token.text)
    )
    return token.tag_ == "NNP" and token.dep_ == "compound" and token.head == name and plain and not token.ent_type_


def _speaks(token: Token) -> bool:
    """Tell whether an unknown proper noun of one word is the subject of a verb of speech."""
    if token.tag_ != "NNP" or token.dep_ != "nsubj" or token.pos_ != "PROPN":  # most tokens end here
        return False
    if not token.text[0].isupper() or token.text.isupper() or keyword_class(token.text):
        return False
    if token.head.lemma_.lower() not in words("say_verbs"):
        return False
    return not any(t.dep_ in {"compound", "det", "amod", "nmod"} for t in token.children)
