"""Who bears which title, of what: before the name, beside it in apposition, or said of it with "is".

Russian President Vladimir Putin        the Belarusian leader, Alexander Lukashenko
Angela Merkel, the German chancellor    Emmanuel Macron is the president of France
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from kg.annotate.layers import DocEntity, EntityMention, Title
from kg.annotate.names.nouns import noun_classes, words
from kg.model import MentionKind

__all__ = ["find_titles", "is_title_noun", "link_countries", "owner_of", "phrase"]

_INNER = frozenset({"amod", "compound", "nmod", "poss", "nummod", "det", "advmod", "case", "punct", "quantmod"})
_FIRMS = frozenset({"schema:Corporation", "schema:Organization"})
_TOWNS = frozenset({"schema:City", "schema:Place"})
_POSSESSIVE = frozenset({"'s", "’s", "'", "’", "-"})
_OFFICES = frozenset({"leader", "office"})
_MINISTERS = frozenset({"minister", "secretary", "undersecretary"})

_ENVOYS = frozenset({"ambassador", "diplomat", "emissary", "envoy", "negotiator", "representative"})
_PRIVATE = frozenset({"boss", "coach", "director", "editor", "executive", "manager"})
"""Posts that no country gives: an adjective tells where the holder is from."""
Heads = Mapping[int, EntityMention]
"""The mentions by the token that they hang by."""


def is_title_noun(token: Token) -> bool:
    """Tell whether a token is an office or a kind of leader ("minister", "strongman")."""
    return token.pos_ in {"NOUN", "PROPN"} and bool(noun_classes(token.lower_) & _OFFICES)


def find_titles(doc: Doc, mentions: Sequence[EntityMention], entities: Sequence[DocEntity]) -> list[Title]:
    """Return the titles of the named persons of a document, in text order; at most one a mention."""
    return [_of_state(_of_firm(title, entities), entities) for title in _find(doc, mentions, entities)]


def _of_state(title: Title, entities: Sequence[DocEntity]) -> Title:
    """Take no portfolio for a firm or town: "Commerce Secretary X", "Police minister X"."""
    if title.of is None or title.lemma not in _MINISTERS:
        return title
    owner = entities[title.of]
    known = owner.wikidata is not None or owner.geonames is not None or " " in owner.name or owner.name.isupper()
    portfolio = owner.type in _FIRMS | _TOWNS and not known
    return replace(title, of=None) if portfolio else title


def _of_firm(title: Title, entities: Sequence[DocEntity]) -> Title:
    """Let an executive of a place work for the firm named after it: "Alaska chief executive X" of Alaska Air Group."""
    if title.of is None or title.lemma not in {"executive", "ceo", "cfo", "chairman", "founder"}:
        return title
    owner = entities[title.of]
    if owner.type not in {"schema:Place", "schema:City", "schema:Country"}:
        return title
    firms = [e.id for e in entities if e.type in _FIRMS and e.name.startswith(f"{owner.name} ")]
    return replace(title, of=firms[0] if len(firms) == 1 else None)


def _find(doc: Doc, mentions: Sequence[EntityMention], entities: Sequence[DocEntity]) -> list[Title]:
    heads = {m.head: m for m in mentions}
    near = ((m, mentions[max(0, i - 8) : i]) for i, m in enumerate(mentions))
    persons = [(m, before) for m, before in near if entities[m.entities[0]].type == "schema:Person"]
    readings = (
        (_before(doc, m, before), _beside(doc[m.head], m, heads), _said(doc[m.head], m, heads)) for m, before in persons
    )
    return [title for reading in readings if (title := next(filter(None, reading), None))]


def owner_of(head: Token, heads: Heads) -> int | None:
    """Return the entity that an office noun belongs to ("head of the EU"), None if none is named."""
    before = [m for t in head.children if t.dep_ in {"amod", "compound", "nmod", "poss"} and (m := heads.get(t.i))]
    behind = _owner_behind(head, heads)
    if head.lower_ != "counterpart" and any(t.tag_ == "PRP$" for t in head.children):
        return behind  # "its Nigeria director": whose, is told when pronouns are resolved
    if before and _is_origin(before[0], head):
        return behind
    if before and head.lemma_.lower() in _ENVOYS:
        return before[0].entities[0]  # "the US envoy for Syria"
    if before and (behind is None or any(t.dep_ == "poss" and t.i in heads for t in head.children)):
        return before[0].entities[0]
    return behind


def _owner_behind(head: Token, heads: Heads) -> int | None:
    """Return the entity in the of-phrase of an office noun."""
    for child in head.children:
        if child.dep_ == "prep" and child.lower_ in {"of", "for", "at"}:
            owner = next((m for t in child.children if t.dep_ == "pobj" and (m := _named(t, heads))), None)
            if owner is not None:
                return owner.entities[0]
    return None


def _named(noun: Token, heads: Heads) -> EntityMention | None:
    """Return the name that a noun is or bears, or whose organ it is: "of the carmaker | X", "of the board of | X"."""
    if noun.i in heads or noun.pos_ == "PROPN":
        return heads.get(noun.i)
    named = next((heads[t.i] for t in noun.children if t.dep_ == "appos" and t.i in heads), None)
    if named is not None:
        return named if named.start == noun.i + 1 else None
    if noun.lemma_ not in words("organs"):
        return None
    inner = (t for p in noun.children if p.dep_ == "prep" and p.lower_ in {"of", "in", "at"} for t in p.children)
    return next((m for t in inner if t.dep_ == "pobj" and (m := _named(t, heads))), None)


def phrase(head: Token) -> tuple[int, int]:
    """Return the tokens of a noun's phrase without clauses and appositions: its inner modifiers and its of-phrase."""
    start, end = head.i, head.i + 1
    for child in head.children:
        if child.dep_ in _INNER and child.i < head.i and not (child.is_punct and child.text != "-"):
            start = min(start, child.left_edge.i)
        elif child.dep_ == "prep" and child.lower_ == "of" and child.i == head.i + 1:
            end = max([t.right_edge.i + 1 for t in child.children if t.dep_ == "pobj"], default=end)
    return start, end


def link_countries(entities: Sequence[DocEntity], titles: Sequence[Title]) -> None:
    """Set the country of persons whose title names it; a leader's title overrules others."""
    for leading in (False, True):
        for title in titles:
            if title.of is not None and ("leader" in noun_classes(title.lemma)) is leading and not title.former:
                owner = entities[title.of]
                country = title.of if owner.type in {"schema:Country", "kg:Bloc"} else owner.country
                entities[title.person].country = country if country is not None else entities[title.person].country


def _is_ex(token: Token) -> bool:
    """Tell what stands before a title without being part of it: "ex | -president", "ousted | governor"."""
    return token.lower_ in {"ex", "ex-"} or token.tag_ in {"VBN", "VBG"}


def _title(mention: EntityMention, span: tuple[int, int], head: Token, of: int | None, form: str) -> Title:
    former = any(
        t.lower_ in words("former") for t in head.doc[max(0, span[0] - 2) : span[1]] if t.i >= span[0] or _is_ex(t)
    )
    return Title(mention.entities[0], mention.start, *span, head.i, head.lemma_.lower(), of, form, former)


def _before(doc: Doc, mention: EntityMention, mentions: Sequence[EntityMention]) -> Title | None:
    """Read a title right before the name: "Russian President X", "Foreign Minister of Ukraine X".

    ``mentions`` are the few before it.
    """
    if mention.start == 0 or doc[mention.start].is_sent_start:
        return None
    head = doc[mention.start - 1]
    inside = [m for m in mentions if m.end <= mention.start and m.start > mention.start - 12]
    if inside and inside[-1].end == mention.start:
        office = _office_before_of(doc, inside[-1].start)
        if office is not None:
            return _title(mention, (office.i, mention.start), office, inside[-1].entities[0], "title")
    head = _portfolio_holder(head) or head
    if not is_title_noun(head):
        return None
    start = head.i
    while start > head.sent.start and _in_title(doc[start - 1], mention.end):
        start -= 1
    owner = next((m for m in reversed(inside) if m.start >= start), None)
    if owner is not None and (_is_anothers(doc, owner.end, head.i) or _is_origin(owner, head)):
        owner = None
    return _title(mention, (start, mention.start), head, owner.entities[0] if owner else None, "title")


def _is_origin(owner: EntityMention, head: Token) -> bool:
    """Tell whether an adjective says where somebody is from: "Cameroon dismissed the Dutch coach X"."""
    return owner.kind is MentionKind.DEMONYM and head.lemma_.lower() in _PRIVATE


def _is_anothers(doc: Doc, start: int, end: int) -> bool:
    """Tell whether a noun behind a country owns the office: "Kenyan | group's leader"."""
    return any(doc[i].text in _POSSESSIVE and doc[i].dep_ == "case" for i in range(start + 1, end))


def _portfolio_holder(token: Token) -> Token | None:
    """Return the office noun of "Secretary of State", "Minister of Foreign Affairs" that ends with a token."""
    if token.pos_ not in {"PROPN", "NOUN"}:
        return None  # "Secretary of State Ana Ruiz met | Jon Lee"
    for i in range(token.i - 1, max(token.i - 5, 0), -1):
        before = token.doc[i]
        if before.lower_ == "of":
            office = token.doc[i - 1]
            return office if office.text[0].isupper() and is_title_noun(office) else None
        if before.pos_ not in {"PROPN", "NOUN", "CCONJ"}:
            return None
    return None


def _office_before_of(doc: Doc, i: int) -> Token | None:
    """Return the office noun of "president of (the)" right before token ``i``."""
    j = i - 1
    if j > 0 and doc[j].lower_ == "the":
        j -= 1
    return doc[j - 1] if j > 0 and doc[j].lower_ == "of" and is_title_noun(doc[j - 1]) else None


def _in_title(token: Token, end: int) -> bool:
    """Tell whether a token before a title belongs to it."""
    if token.text in _POSSESSIVE:
        return True
    if token.pos_ not in {"ADJ", "NOUN", "PROPN", "ADV"} or token.lower_ in words("month_day"):
        return False
    return token.i < token.head.i < end and token.dep_ in _INNER


def _beside(token: Token, mention: EntityMention, heads: Heads) -> Title | None:
    """Read an apposition: "X, the foreign minister of Italy" or "the Italian leader, X"."""
    if token.dep_ == "dobj" and token.head.lemma_ in {"call", "brand", "label", "dub", "consider"}:
        return None  # 'called Ortega a "dictator"'
    noun = next((t for t in token.children if t.dep_ == "appos" and t.i not in heads), None)
    if noun is None and token.dep_ == "appos" and token.head.i not in heads:
        noun = token.head
    if noun is None or not noun_classes(noun.lemma_.lower()) & _OFFICES or noun.tag_ in {"NNS", "NNPS"}:
        return None
    if any(t.text == ";" for t in token.doc[min(noun.i, token.i) : max(noun.i, token.i)]):
        return None  # the next one of a list
    return _title(mention, phrase(noun), noun, owner_of(noun, heads), "appositive")


def _said(token: Token, mention: EntityMention, heads: Heads) -> Title | None:
    """Read "X is (became) the president of Y"."""
    if token.dep_ != "nsubj" or token.head.lemma_ not in {"be", "become", "remain"}:
        return None
    if any(t.dep_ == "neg" for t in token.head.children):
        return None
    first = any(t.dep_ == "attr" and any(c.tag_ == "VB" for c in t.children) for t in token.head.children)
    if first:  # "became the first leader to visit"
        return None
    noun = next((t for t in token.head.children if t.dep_ == "attr"), None)
    if noun is None or not noun_classes(noun.lemma_.lower()) & _OFFICES:
        return None
    return _title(mention, phrase(noun), noun, owner_of(noun, heads), "copula")
