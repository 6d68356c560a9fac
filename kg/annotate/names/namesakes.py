"""The same name at several places of a text: joined where it was cut, of one class, found where it was missed."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from kg.annotate.clauses.tree import tree_of
from kg.annotate.names.gazetteer import cities_named, load_gazetteer, territory_code
from kg.annotate.names.names import Name, covered
from kg.annotate.names.nouns import gender_of_name, is_given_name, noun_classes, words
from kg.annotate.names.patterns import in_headline, is_title
from kg.annotate.names.types import MISTAKABLE, keyword_class
from kg.annotate.values.amounts.currencies import load_currencies

__all__ = [
    "is_nickname",
    "join_parted",
    "join_quoted",
    "join_touching",
    "nicknames",
    "repeated_names",
    "retype_namesakes",
    "said_again",
    "touches",
]

_TOWNS = frozenset({"schema:Place", "schema:City", "schema:Organization"})
"""What spaCy takes a surname for that stands alone."""
_SAID_AGAIN = frozenset({"schema:Person", "schema:Organization", "schema:Corporation", "kg:PoliticalParty"})
_OPENING, _CLOSING = frozenset("'\"‘“"), frozenset("'\"’”")
_TITLES_AND_SURNAMES = frozenset(
    {"King", "Prince", "Bishop", "Pope", "Dean", "Judge", "Major", "Earl", "Duke", "Marshall"}
)


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
            and last.type in {"schema:Person", *MISTAKABLE}
        ):
            name.end, name.type, name.label = last.end, "schema:Person", "PERSON"
            names.remove(last)


def join_quoted(doc: Doc, names: list[Name]) -> None:
    """Join a person's name around a nickname in quotes: "Ismael | 'El Mayo' | Zambada"; changes ``names``."""
    tree = tree_of(doc)
    for i in range(1, len(tree.texts) - 2):
        if tree.texts[i] not in _OPENING or not tree.spaced[i - 1]:
            continue
        close = next((j for j in range(i + 2, min(i + 5, len(tree.texts) - 1)) if tree.texts[j] in _CLOSING), 0)
        given, surname = doc[i - 1], doc[close + 1]
        if not close or not is_given_name(given.text) or surname.tag_ != "NNP" or not surname.text[0].isupper():
            continue
        if not all(t.text[0].isupper() for t in doc[i + 1 : close]):
            continue
        end = max([n.end for n in names if n.start == close + 1] or [close + 2])
        names[:] = [n for n in names if n.end <= i - 1 or n.start >= end]
        names.append(Name(i - 1, end, "schema:Person", "PERSON"))


def _is_given(doc: Doc, name: Name) -> bool:
    """Tell whether a name is a given name alone, and no place."""
    given = bool(gender_of_name(doc[name.start].text)) and doc[name.start].text not in words("ambiguous_given")
    return given and name.end - name.start == 1 and not cities_named(doc[name.start].text)


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


def retype_namesakes(doc: Doc, names: list[Name]) -> None:
    """Make persons of names of two or three words whose last one is a person elsewhere ("Assaf Rappaport").

    And of a surname alone that spaCy takes for a town, where it stands as no town does: "Sarita Shahi ... Shahi said".
    """
    persons = [n for n in names if n.type == "schema:Person"]
    surnames = {t.text for n in persons for t in doc[n.start + 1 : n.end]}
    surnames |= {doc[n.start].text for n in persons if n.start and is_title(doc[n.start - 1])}
    for name in names:
        town = name.type in _TOWNS and name.end - name.start == 1 and name.reference is None and not name.capital
        if town and doc[name.start].text in surnames and not _is_placed(doc, name):
            name.type, name.label = "schema:Person", "PERSON"
    single = {doc[n.start].text for n in names if n.type == "schema:Person" and n.end - n.start == 1}
    for name in names:
        if name.type == "schema:Organization" and name.reference is None and 2 <= name.end - name.start <= 3:
            plain = not any(keyword_class(t.text) for t in doc[name.start : name.end])
            if plain and doc[name.end - 1].text in single:
                name.type = "schema:Person"


def _is_placed(doc: Doc, name: Name) -> bool:
    """Tell whether a name that is a town's and a person's stands as a town: "in Toledo", "Erie, Ohio"."""
    before = doc[name.start - 1] if name.start else None
    after = doc[name.end + 1].text if name.end + 1 < len(doc) and doc[name.end].text == "," else ""
    placed = before is not None and (
        before.lower_ in words("place_prepositions") | words("place_kinds") | {"the", "to", "from", "of"}
    )
    return placed or bool(territory_code(after))


def said_again(doc: Doc, names: list[Name]) -> Iterator[Name]:
    """Yield the other places where a full name stands that spaCy saw only once: "Ana Silva", first in the headline.

    Where it saw a part of it there, unknown or a town, that part is removed from ``names``.
    """
    owned = covered(names)
    full = {
        tuple(t.text for t in doc[n.start : n.end]): n
        for n in names
        if n.reference is None and n.type in {"schema:Person", "schema:Organization"} and n.end - n.start > 1
    }
    for parts, person in list(full.items()):
        if len(parts) > 2 and person.type == "schema:Person":
            full.setdefault(parts[-2:], person)  # "López Obrador"
    sizes: dict[str, list[int]] = {}
    for parts in sorted(full, key=len, reverse=True):
        sizes.setdefault(parts[0], []).append(len(parts))
    texts = tree_of(doc).texts if full else []
    for i, text in enumerate(texts):
        for size in dict.fromkeys(sizes.get(text, ())):
            name = full.get(tuple(texts[i : i + size]))
            if name is None:
                continue
            pieces = [] if owned.isdisjoint(range(i, i + size)) else _pieces(names, i, i + size)
            if all(p.reference is None and i <= p.start and p.end <= i + size and p is not name for p in pieces):
                names[:] = [n for n in names if all(n is not p for p in pieces)]
                owned.update(range(i, i + size))
                yield Name(i, i + size, name.type, name.label)


def is_nickname(short: str, full: str) -> bool:
    """Tell whether a club is called by what stands behind its place: "Raptors" of the Toronto Raptors."""
    place, _, last = full.rpartition(" ")
    if short != last or keyword_class(last) or last in words("NamesOfClubs"):
        return False
    return bool(cities_named(place)) or place in load_gazetteer().names


def nicknames(doc: Doc, names: list[Name]) -> Iterator[Name]:
    """Yield clubs by their nickname alone, and make bodies of those that are named otherwise; changes ``names``."""
    full = [doc[n.start : n.end] for n in names if n.type == "schema:Organization" and n.end - n.start > 1]
    nick = {s[-1].text for s in full if is_nickname(s[-1].text, s.text)}
    owned = covered(names) if nick else frozenset()
    for name in names if nick else ():
        if name.end - name.start == 1 and doc[name.start].text in nick and name.reference is None:
            name.type, name.label = "schema:Organization", "ORG"
    for i, text in enumerate(tree_of(doc).texts if nick else ()):
        if text in nick and i not in owned and not touches(doc, doc[i]):
            yield Name(i, i + 1, "schema:Organization", "ORG")


def _pieces(names: list[Name], start: int, end: int) -> list[Name]:
    return [n for n in names if n.start < end and start < n.end]


def repeated_names(doc: Doc, names: list[Name]) -> Iterator[Name]:
    """Yield proper nouns that stand alone and come again: as they are named elsewhere, else taken for organisations."""
    owned = covered(names)
    known_letters = {doc[n.start].text for n in names if n.end - n.start == 1 and doc[n.start].is_upper}
    found: dict[str, list[Token]] = {}
    for i, pos in enumerate(tree_of(doc).pos):
        if pos == "PROPN" and i not in owned and _is_name_like(doc[i]):
            letters = doc[i].is_upper and doc[i].text in known_letters
            if letters or not touches(doc, doc[i]):
                found.setdefault(doc[i].text, []).append(doc[i])
    single = {doc[n.start].text: n for n in names if n.end - n.start == 1 and n.reference is None}
    bodies = {t.text for n in names if n.type == "schema:Organization" for t in doc[n.start + 1 : n.end]}
    for text, tokens in found.items():
        known = None if text in bodies else single.get(text)  # "Ronsard" of Banque Ronsard
        if known is not None and known.type in _SAID_AGAIN:
            yield from (Name(t.i, t.i + 1, known.type, known.label) for t in tokens)
            continue
        inner = [t for t in tokens if not t.is_sent_start and not in_headline(doc, t.i)]
        if len(tokens) > 1 and inner and text.isalpha():
            yield from (Name(t.i, t.i + 1, "schema:Organization", "ORG") for t in tokens)


def _is_name_like(token: Token) -> bool:
    """Tell whether a proper noun looks like a name and is no title, keyword or day."""
    text = token.text
    if len(text) < 3 or not text.isalnum() or not text[0].isupper() or token.tag_ != "NNP":
        return False
    return not (
        is_title(token)
        or keyword_class(text)
        or token.lower_ in words("month_day")
        or token.lower_ in words("portfolios")
        or noun_classes(token.lower_)
        or text in load_currencies().codes
    )


def touches(doc: Doc, token: Token) -> bool:
    """Tell whether a capitalised word stands beside, so that a longer name may be meant."""
    near = (doc[j] for j in (token.i - 1, token.i + 1) if 0 <= j < len(doc))
    return any(t.pos_ == "PROPN" and t.text[0].isupper() and not is_title(t) for t in near)
