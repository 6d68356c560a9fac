"""Short forms that a text gives right behind a name: "Serbian Progressive Party (SNS)", "the Front, or FLEC"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from kg.annotate.clauses.tree import tree_of
from kg.annotate.names.names import Name, covered
from kg.annotate.names.nouns import words
from kg.annotate.names.types import keyword_class

__all__ = ["acronym_behind", "drop_common", "initials_of", "missed_acronyms", "settle_acronyms"]

_LONGEST = 8
_BODIES = frozenset({"schema:Organization", "schema:Corporation", "schema:NewsMediaOrganization", "kg:GovernmentBody",
                     "kg:PoliticalParty", "kg:MilitaryUnit", "kg:Bloc", "kg:Agreement", "kg:NamedEvent"})  # fmt: skip


def initials_of(name: str) -> frozenset[str]:
    """Return the initials of a name with and without the word for its legal form.

    >>> sorted(initials_of("General Motors Co")), sorted(initials_of("Bank of Cyprus"))
    (['GM', 'GMC'], ['BC', 'BOC'])
    """
    parts = [p for p in name.replace("-", " ").split() if p[0].isalpha() and p not in {"the", "The"}]
    named = [p for p in parts if p[0].isupper() and p.lower() not in words("name_connectors")]
    forms = [named, named[:-1] if keyword_class(named[-1] if named else "") == "schema:Corporation" else named, parts]
    return frozenset("".join(p[0] for p in form).upper() for form in forms if len(form) > 1)


def acronym_behind(doc: Doc, name: Name) -> int | None:
    """Return the token that is the short form of a body, in brackets or behind "or"; None where there is none."""
    i = name.end + 1
    if name.type not in _BODIES or i >= len(doc):
        return None
    if doc[i - 1].text == "," and doc[i].lower_ == "or":
        i += 1
        closed = i + 1 < len(doc) and doc[i + 1].is_punct
    else:
        closed = doc[i - 1].text == "(" and i + 1 < len(doc) and doc[i + 1].text in {")", ",", ";"}
    return i if closed and i < len(doc) and _is_acronym(doc[i].text) else None


def _is_acronym(text: str) -> bool:
    plain = text.replace(".", "").replace("-", "")
    return 2 <= len(plain) <= _LONGEST and plain.isupper() and plain.isalnum() and plain[0].isalpha()


def missed_acronyms(doc: Doc, names: Sequence[Name]) -> Iterator[Name]:
    """Yield the short forms, there and wherever they come again, that no name covers."""
    owned = covered(names)
    places = ((name, acronym_behind(doc, name)) for name in names if name.end - name.start > 1)
    found = {doc[i].text: name for name, i in places if i is not None}
    for i, text in enumerate(tree_of(doc).texts if found else ()):
        if text in found and i not in owned:
            yield Name(i, i + 1, found[text].type, "ORG")


def settle_acronyms(doc: Doc, names: Sequence[Name]) -> None:
    """Let a short form mean what the text says, though a table knows it otherwise: the Armed Forces (AFP)."""
    by_token = {n.start: n for n in names if n.end - n.start == 1}
    for name in names:
        i = acronym_behind(doc, name)
        short = by_token.get(i) if i is not None else None
        if short is None or i is None or short.reference is name.reference or name.end - name.start < 2:
            continue
        text = doc[i].text
        if short.reference is None or text.replace("-", "") in initials_of(doc[name.start : name.end].text):
            for same in (n for n in by_token.values() if doc[n.start].text == text):
                same.type, same.reference, same.seat = name.type, name.reference, None
        elif name.reference is None:
            name.type, name.reference = short.type, short.reference  # a table knows what FARC is


def drop_common(doc: Doc, names: list[Name]) -> None:
    """Remove letters that stand for common nouns: "electric vehicles (EV)"; changes ``names``."""
    letters = [n for n in names if n.end - n.start == 1 and n.reference is None and doc[n.start].is_upper]
    told = {doc[n.start].text for n in letters}
    texts = tree_of(doc).texts if told else ()
    common = {text for i, text in enumerate(texts) if text in told and _stands_for_nouns(doc, i)}
    names[:] = [n for n in names if n not in letters or doc[n.start].text not in common] if common else names


def _stands_for_nouns(doc: Doc, i: int) -> bool:
    """Tell whether words in small letters right before a bracket have the initials that stand in it."""
    tree, text = tree_of(doc), doc[i].text
    first = i - 1 - len(text)
    if first < 0 or tree.words[i - 1] != "(":
        return False
    return all(tree.texts[first + k][0] == letter.lower() for k, letter in enumerate(text))
