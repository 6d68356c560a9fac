"""Names that show by their shape or their words: designations, ministries, treaties, papers, dated agreements."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from kg.annotate.clauses.tree import tree_of
from kg.annotate.names.gazetteer import load_gazetteer
from kg.annotate.names.names import Name
from kg.annotate.names.nouns import noun_classes, words
from kg.annotate.names.types import is_name_head, is_product, is_yearly_event, keyword_class, type_of_name
from kg.model import MentionKind

__all__ = [
    "dated_names",
    "in_headline",
    "is_determiner",
    "is_hyphened",
    "is_title",
    "joined_bodies",
    "keyword_names",
    "led_places",
    "lower_case_bodies",
    "shaped_names",
]

_KEY = "kg_title_case"
_FUNCTION = frozenset({"ADP", "AUX", "CCONJ", "DET", "PART", "PRON", "SCONJ"})
_POSSESSIVES = frozenset({"'s", "’s", "'", "’"})
_ON = frozenset({"Authority", "Commission", "Committee", "Conference", "Council", "Subcommittee"})
"""Bodies that may be named by what they are on: "Committee on Rules"."""
_TITLES_IN_BODIES = frozenset({"General", "Chief", "Attorney"})
"""Titles that are also parts of names: "General Assembly", "Chief Prosecutor's Office"."""


def is_title(token: Token) -> bool:
    """Tell whether a token is a capitalised title of a person ("President"), or a courtesy ("Mr")."""
    if token.lower_ in words("courtesy"):
        return True
    return token.text[0].isupper() and bool(noun_classes(token.lower_) & {"leader", "office"})


def is_determiner(token: Token) -> bool:
    """Tell whether a token only opens a name: "the", "Former"; not what belongs to it ("the All Blacks")."""
    if token.lower_ not in words("determiners"):
        return False
    if token.text == "Former" and token.i and token.nbor(-1).lower_ == "the":
        return False
    return token.text != "All" or bool(token.is_sent_start) or not token.nbor(1).text[0].isupper()


def in_headline(doc: Doc, i: int) -> bool:
    """Tell whether token ``i`` stands in a headline in title case or capitals; found once and kept with the ``Doc``."""
    headlines: list[bool] | None = doc.user_data.get(_KEY)
    if headlines is None or len(headlines) != len(doc):
        headlines = doc.user_data[_KEY] = []
        for sent in doc.sents:
            headlines += [_is_title_case(doc, sent.start, sent.end)] * len(sent)
    return headlines[i]


def _is_title_case(doc: Doc, start: int, end: int) -> bool:
    """Tell whether a sentence is a headline: four words of content, hardly one in small letters, none before a stop."""
    tree = tree_of(doc)
    words = zip(tree.texts[start:end], tree.pos[start:end], strict=True)
    content = [text for text, pos in words if len(text) > 2 and pos not in _FUNCTION and text.isalpha()]
    share = 1 if tree.texts[end - 1] == "." else 0.9
    return len(content) >= 4 and sum(text[0].isupper() for text in content) >= share * len(content)


def shaped_names(doc: Doc) -> Iterator[Name]:
    """Yield weapons and machines ("Su-30") and events with their year ("Zapad-2021")."""
    for i, text in enumerate(tree_of(doc).texts):
        if "-" in text:
            if is_yearly_event(text):
                yield Name(i, i + 1, "kg:NamedEvent")
            elif is_product(text):
                yield Name(i, i + 1, "kg:Product")


def joined_bodies(doc: Doc) -> Iterator[Name]:
    """Yield bodies whose words an Urdu "-e-" joins, with the country before them: "Pakistan Tehreek-e-Insaf"."""
    tree = tree_of(doc)
    for i in range(2, len(tree.texts) - 2):
        if tree.words[i] in {"e", "i"} and tree.texts[i - 1] == "-" == tree.texts[i + 1] and not tree.spaced[i - 2]:
            first, last = i - 2, i + 2
            if tree.texts[first][0].isupper() and tree.texts[last][0].isupper():
                led = first > 0 and tree.texts[first - 1] in load_gazetteer().names
                yield Name(first - led, last + 1, "schema:Organization", "ORG")


def led_places(doc: Doc) -> Iterator[Name]:
    """Yield places whose kind stands first: "Lake Victoria", "Mount Kenya"."""
    leaders = words("PlaceLeaders")
    for i, text in enumerate(tree_of(doc).texts):
        if text in leaders:
            end = i + 1
            while (
                end < len(doc)
                and doc[end].pos_ == "PROPN"
                and doc[end].text[0].isupper()
                and not doc[end].is_sent_start
            ):
                end += 1
            if end > i + 1:
                yield Name(i, end, "schema:Place", "LOC")
            elif end + 1 < len(doc) and doc[end].lower_ == "of" and doc[end + 1].pos_ == "PROPN":
                yield Name(i, end + 2, "schema:Place", "LOC")  # "Gulf of Finland"


def dated_names(doc: Doc) -> Iterator[Name]:
    """Yield agreements and votes called by their year: "the 2015 nuclear deal", "the Oslo peace treaty of 1999"."""
    for i, text in enumerate(tree_of(doc).texts):
        if len(text) == 4 and text[:2] in {"19", "20"} and text.isdigit():
            token = doc[i]
            if (treaty := _treaty_before(token)) is not None:
                yield treaty
            noun = token.head if token.dep_ in {"nummod", "compound", "amod", "nmod"} else token
            lemma = noun.lemma_.lower()
            kind = "kg:Agreement" if lemma in words("agreement_nouns") else "kg:NamedEvent"
            if 0 < noun.i - token.i < 6 and (kind == "kg:Agreement" or lemma in words("vote_nouns")):
                plain = all(t.is_lower or t.is_digit for t in doc[token.i : noun.i + 1])
                yield Name(token.i, noun.i + 1, kind, kind=MentionKind.NOMINAL if plain else MentionKind.NAME)


def _treaty_before(year: Token) -> Name | None:
    """Return the treaty that is called by a name and signed in a year: "a Common State creation treaty in 1999"."""
    prep = year.head
    treaty = year.doc[prep.i - 1] if prep.i else prep
    if year.dep_ != "pobj" or prep.lower_ not in {"in", "of"} or treaty.lower_ not in words("treaty_nouns"):
        return None
    start = treaty.i
    while start > treaty.sent.start and year.doc[start - 1].dep_ in {"compound", "nmod", "amod"}:
        start -= 1
    named = [t.i for t in year.doc[start : treaty.i] if t.pos_ == "PROPN" and t.text[0].isupper()]
    return Name(named[0], treaty.i + 1, "kg:Agreement") if named else None


def lower_case_bodies(doc: Doc) -> Iterator[Name]:
    """Yield ministries in lower case: "the defence ministry"."""
    tree, portfolios = tree_of(doc), words("portfolios")
    for i, text in enumerate(tree.texts):
        if text == "ministry" and i and tree.words[i - 1] in portfolios:
            start = i - 1
            while start and tree.words[start - 1] in portfolios:
                start -= 1
            yield Name(start, i + 1, "kg:GovernmentBody", kind=MentionKind.NOMINAL)


def keyword_names(doc: Doc) -> Iterator[Name]:
    """Yield runs of capitalised words around a keyword: "Ministry of Foreign Affairs", "Financial Times"."""
    taken = -1
    for i, text in enumerate(tree_of(doc).texts):
        if i <= taken or not keyword_class(text) or in_headline(doc, i):
            continue
        if (name := _around(doc, doc[i], doc[i].sent)) is not None:
            taken = name.end - 1
            yield name


def _around(doc: Doc, token: Token, sent: Span) -> Name | None:
    """Return the name around a keyword, None where the keyword does not make one ("Bill Clinton")."""
    start, end = _leftwards(doc, token.i, sent.start), _rightwards(doc, token.i, sent.end)
    opens = start == token.i and end > start + 1 and doc[start + 1].text[0].isupper()
    titled = end < sent.end and is_title(doc[end]) and doc[end - 1].lower_ in words("portfolios")
    if end - start < 2 or opens or titled or not doc[start].text[0].isupper():
        return None
    parts = [t.text for t in doc[start:end]]
    found = type_of_name(parts, "")
    fits = found == keyword_class(token.text) or keyword_class(parts[-1]) or is_name_head(token.text)
    return Name(start, end, found) if fits else None


def _is_part(token: Token) -> bool:
    """Tell whether a token may be part of a proper name."""
    text = token.text
    if token.text == "Sunday" and token.i + 1 < len(token.doc):
        return keyword_class(token.nbor(1).text) == "schema:NewsMediaOrganization"
    if token.lower_ in words("month_day") or is_determiner(token) or text == "X.":
        return False  # "he wrote on X. Treasury officials"
    if text[0].isupper():
        return text == "All" or (
            token.pos_ in {"PROPN", "NOUN", "ADJ", "X", "VERB"} and not (token.is_sent_start and token.pos_ == "VERB")
        )
    return len(text) == 4 and text.isdigit()


def _leftwards(doc: Doc, i: int, first: int) -> int:
    """Return where the name around keyword ``i`` begins."""
    start = i
    while start > first:
        before = doc[start - 1]
        if _is_part(before) and (not is_title(before) or before.text in _TITLES_IN_BODIES):
            start -= 1
        elif start - 2 >= first and (_joins(doc[start - 2], before) or _coordinates(doc, i, start - 1)):
            start -= 2
        else:
            break
    return start - 2 if is_hyphened(doc, start) else start


def is_hyphened(doc: Doc, start: int) -> bool:
    """Tell whether a hyphen without spaces joins a capitalised word, which is no name by itself, to a name."""
    if start < 2 or doc[start - 1].text != "-" or doc[start - 1].whitespace_ or doc[start - 2].whitespace_:
        return False
    before = doc[start - 2]
    alone = not before.ent_type_ or doc[start].ent_iob_ == "I"
    return before.is_alpha and before.text[0].isupper() and alone


def _joins(outer: Token, joint: Token) -> bool:
    """Tell whether a name reaches over a joint: "Bank of ...", "People's Party"."""
    if joint.lower_ in {"of", "for"}:
        return bool(keyword_class(outer.text))
    return joint.text in _POSSESSIVES and (outer.text in words("Owners") or outer.text in _TITLES_IN_BODIES)


def _coordinates(doc: Doc, i: int, joint: int) -> bool:
    """Tell whether a body's name goes on before a hyphen or "and": "the Ethics and Anti-Corruption | Commission"."""
    body = keyword_class(doc[i].text) in {"kg:GovernmentBody", "schema:Organization"}
    if joint < 2 or not body or not _is_part(doc[joint - 1]):
        return False
    if doc[joint].text == "-":
        return True
    known = load_gazetteer()
    plain = doc[joint - 1].text not in known.names and doc[joint - 1].text not in known.adjectives
    parted = keyword_class(doc[joint - 1].text) not in {"", "schema:Corporation"}
    first = joint - 1
    while first > doc[joint].sent.start and doc[joint - 1].tag_ == "NNPS" and _is_part(doc[first - 1]):
        first -= 1  # "the Garment Manufacturers | and Exporters Association"
    whole = not parted and doc[first - 1].lower_ == "the"
    return doc[joint].lower_ in {"and", "&"} and plain and whole


def _rightwards(doc: Doc, i: int, last: int) -> int:
    """Return where the name around keyword ``i`` ends; "of", "for", "on" go on behind words like Ministry, Treaty."""
    end = i + 1
    while end < last:
        hyphenated = doc[end].text == "-" and end + 1 < last and _is_part(doc[end + 1])
        if hyphenated or (_is_part(doc[end]) and not is_title(doc[end])):
            end += 1
        elif is_name_head(doc[i].text) and (ahead := _behind_connector(doc, i, end, last)):
            end = ahead
        else:
            break
    return end


def _behind_connector(doc: Doc, i: int, end: int, last: int) -> int:
    """Return where the name stands after "of the X" at ``end``, 0 where it does not go on."""
    connector = doc[end].lower_
    if connector not in {"of", "for", "on", "and", "&"}:
        return 0
    if connector == "on" and keyword_class(doc[i].text) != "kg:Agreement" and doc[i].text not in _ON:
        return 0
    if connector in {"and", "&"} and end <= i + 2:
        return 0
    ahead = end + 2 if end + 1 < last and doc[end + 1].lower_ == "the" else end + 1
    if ahead < last and _is_part(doc[ahead]) and doc[ahead].text[0].isupper() and not is_title(doc[ahead]):
        return ahead + 1
    return 0
