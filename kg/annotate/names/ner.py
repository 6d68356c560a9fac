"""spaCy's own entities without the noise at their edges, and the class that their neighbours give them."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from kg.annotate.clauses.tree import tree_of
from kg.annotate.names.clubs import is_score
from kg.annotate.names.gazetteer import cities_named, load_gazetteer
from kg.annotate.names.names import Name
from kg.annotate.names.nouns import is_given_name, noun_classes, words
from kg.annotate.names.patterns import in_headline, is_determiner, is_hyphened, is_title
from kg.annotate.names.types import keyword_class, type_of_name
from kg.annotate.values.amounts.currencies import load_currencies

__all__ = ["is_joined", "ner_names", "trimmed", "with_place"]

_LABELS = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "LAW", "WORK_OF_ART", "PRODUCT"})
_NEED_PROPER = frozenset({"ORG", "PERSON", "WORK_OF_ART", "PRODUCT"})
_BREAKS = frozenset('/|*()[]:;—–"“”•…')
_SCALES = frozenset({"thousand", "million", "billion", "trillion"})
_PARTICLES = frozenset({"von", "van", "der", "den", "de", "del", "della", "da", "dos", "bin", "ibn", "al", "el", "ter"})
_ARTICLES = frozenset({"al", "el", "ul", "ad", "an", "ar", "as", "ash", "at", "az"})
_PREPOSITIONS = frozenset({"de", "del", "dei", "degli", "della", "di", "do", "da", "dos", "das", "du", "des"})
_GATHERINGS = frozenset({"accord", "accords", "conference", "meeting", "summit", "talks"})
_LARGE = 300
"""A city of so many thousand people outweighs the label ORG."""


def ner_names(doc: Doc) -> Iterator[Name]:
    """Yield spaCy's entities, cleaned and cut where two ran together."""
    for ent in doc.ents:
        if ent.label_ in _LABELS:
            yield from (_whole(doc, name) for name in _pieces(ent))


def _whole(doc: Doc, name: Name) -> Name:
    """Return a name with what spaCy cut off."""
    if _has_article(doc, name.start):
        name.start -= 2  # "al- | Burhan"
    if name.label == "PERSON":
        return _with_surname(doc, _with_particles(doc, _with_given(doc, name)))
    if _is_first_name(doc, name):
        return Name(name.start, name.end + 1, "schema:Person", "PERSON")  # "Steffi | Graf", seen as a town
    if name.label == "ORG":
        if is_hyphened(doc, name.start):
            name.start -= 2  # "Ha- | Meem Group"
        _join_prepositions(doc, name)
    return name


def _is_first_name(doc: Doc, name: Name) -> bool:
    """Tell whether a place of one word is a given name that hangs on the surname behind it."""
    given = doc[name.start]
    if name.label != "GPE" or name.end - name.start > 1 or name.end >= len(doc) or given.dep_ != "compound":
        return False
    after = doc[name.end]
    plain = after.pos_ == "PROPN" and after.text[0].isupper() and after.text[1:].islower() and not after.ent_type_
    known = is_given_name(given.text) and not cities_named(given.text) and given.text not in load_gazetteer().names
    return given.head == after and plain and known and not (is_title(after) or keyword_class(after.text))


def _has_article(doc: Doc, start: int) -> bool:
    """Tell whether the article of an Arabic name stands before it, with a hyphen."""
    if start < 2 or doc[start - 1].text != "-" or doc[start - 1].whitespace_ or doc[start - 2].whitespace_:
        return False
    return doc[start - 2].text in _ARTICLES and doc[start].text[0].isupper()


def _join_prepositions(doc: Doc, name: Name) -> None:
    """Add what Romance prepositions join to a body: "Monte dei Paschi di | Siena", "Banco de | Chile"."""
    sent = doc[name.start].sent
    while name.start - 2 >= sent.start and _is_joint(doc, name.start - 1):
        name.start -= 2
        while name.start > sent.start and doc[name.start - 1].dep_ == "compound" and _is_proper(doc[name.start - 1]):
            name.start -= 1
    while name.end + 1 < sent.end and _is_joint(doc, name.end):
        name.end += 2


def _is_joint(doc: Doc, i: int) -> bool:
    """Tell whether a Romance preposition stands between two proper nouns."""
    return doc[i].text in _PREPOSITIONS and _is_proper(doc[i - 1]) and _is_proper(doc[i + 1])


def _is_proper(token: Token) -> bool:
    return token.tag_ in {"NNP", "NNPS"} and token.text[0].isupper() and not is_title(token)


def _with_given(doc: Doc, name: Name) -> Name:
    """Return a name with the first one that spaCy left out: "Ana | Yap", "the cleric Nimr | Baqir al-Nimr"."""
    before = doc[name.start - 1] if name.start and not doc[name.start].is_sent_start else None
    if before is None or before.ent_type_ or not name.start <= before.head.i < name.end or is_title(before):
        return name
    plain = before.text[0].isupper() and before.text[1:].islower() and not keyword_class(before.text)
    if before.dep_ == "compound" and before.tag_ == "NNP" and plain:
        unknown = before.text not in load_gazetteer().names and before.text not in load_gazetteer().adjectives
        name.start -= is_given_name(before.text) or (unknown and _is_human_noun(doc, before.i - 1))
    return name


def _is_human_noun(doc: Doc, i: int) -> bool:
    """Tell whether a token is a noun in small letters for what somebody is: "the cleric"."""
    if i < 0 or not doc[i].is_lower or doc[i].sent.end <= i + 1:
        return False
    return doc[i].lower_ in words("newsmakers") or bool(noun_classes(doc[i].lower_) & {"leader", "office", "person"})


def _with_surname(doc: Doc, name: Name) -> Name:
    """Return a person's name with the last surname that it leads to: "Maria Corina | Machado"."""
    if name.end - name.start < 2 or name.end >= len(doc):
        return name
    after, last = doc[name.end], doc[name.end - 1]
    led = last.dep_ == "compound" and last.head.i == after.i and after.pos_ == "PROPN" and not after.ent_type_
    capitalised = after.is_alpha and after.text[0].isupper() and after.text[1:].islower()
    if led and capitalised and not (is_title(after) or keyword_class(after.text) or in_headline(doc, after.i)):
        name.end += 1
    return name


def _with_particles(doc: Doc, name: Name) -> Name:
    """Return a person's name with the surname behind its particles, where spaCy stopped: "Ursula | von der Leyen"."""
    last = doc[name.start].sent.end
    while name.end + 1 < last and doc[name.end].text == "-" and is_joined(doc, name.end):
        name.end += 2  # "Son Woo-min"
    end = name.end
    while end < last and doc[end].text in _PARTICLES:
        end += 1
    particle = doc[end - 1].text in _PARTICLES
    if particle and end < last and doc[end].text[0].isupper() and doc[end].is_alpha:
        name.end = end + 1
    return name


def is_joined(doc: Doc, hyphen: int) -> bool:
    """Tell whether a hyphen joins a part of a given name in lower case, without spaces around it."""
    after = doc[hyphen + 1]
    return not doc[hyphen - 1].whitespace_ and not doc[hyphen].whitespace_ and after.is_alpha and after.is_lower


def _pieces(ent: Span) -> Iterator[Name]:
    """Yield the pieces between breaks and titles: "Arab League | Secretary General | Chedli Klibi"."""
    start, label = ent.start, ent.label_
    if (of := _speaker_of(ent)) is not None:
        yield from (n for n in (trimmed(ent.doc, start, of, "PERSON"), trimmed(ent.doc, of + 1, ent.end, "ORG")) if n)
        return
    texts = tree_of(ent.doc).texts
    for i in range(ent.start, ent.end + 1):
        title = start < i < ent.end - 1 and label in {"ORG", "PERSON"} and _is_inner_title(ent.doc[i], ent.end)
        inside = ent.start < i < ent.end - 1
        parted = inside and (_is_owner_break(ent, i) or _is_counted(ent, i) or _is_way(ent, i))
        if i == ent.end or title or parted or texts[i] in _BREAKS:
            if i > start and (name := trimmed(ent.doc, start, i, "ORG" if title else label)):
                yield name
            start = i + 1
            label = "PERSON" if title else label


def _is_way(ent: Span, i: int) -> bool:
    """Tell whether "to" parts two places: "from Rishiri | to | Wakkanai", not "of the Committee to Protect ..."."""
    if ent.doc[i].lower_ != "to" or not ent.start or ent.doc[i + 1].pos_ == "VERB":
        return False
    return ent.doc[ent.start - 1].lower_ in {"from", "of", "between"}


def _speaker_of(ent: Span) -> int | None:
    """Return where "of" parts a speaker from his body: "said Suely Coutinho | of | Greenpeace", None elsewhere."""
    of = ent.start + 2
    if ent.label_ not in {"ORG", "PERSON"} or of + 1 >= ent.end or ent.doc[of].lower_ != "of":
        return None
    given, surname = ent.doc[ent.start], ent.doc[of - 1]
    plain = all(t.text[0].isupper() and t.text[1:].islower() and not keyword_class(t.text) for t in (given, surname))
    speaks = surname.dep_ == "nsubj" and surname.head.lemma_.lower() in words("say_verbs")
    return of if plain and given.head == surname and (speaks or is_given_name(given.text)) else None


def _is_owner_break(ent: Span, i: int) -> bool:
    """Tell whether a possessive parts two names: "Alphabet's | Google", but not "People's Party", "Moody's"."""
    if ent.label_ not in {"ORG", "PERSON"} or ent.doc[i].text not in {"'s", "’s"}:
        return False
    before, after = ent.doc[i - 1].text, ent.doc[i + 1].text
    kept = before in words("Owners") or before in words("BrandOwners") or keyword_class(ent[-1].text)
    if before in load_gazetteer().names:
        return True  # "Peru's | Congress"
    return after[0].isupper() and not kept


def _is_counted(ent: Span, i: int) -> bool:
    """Tell whether a number parts a country from what it is given: "Armenia | 36 | CAESAR"."""
    known = load_gazetteer().names
    return ent.doc[i].text.isdigit() and ent.doc[ent.start : i].text in known


def _is_inner_title(token: Token, end: int) -> bool:
    """Tell whether a title stands within an entity between body and person."""
    after = token.doc[token.i + 1]
    led = after.i < end and after.text[0].isupper() and after.text != "General"
    return led and is_title(token) and not keyword_class(after.text)


def trimmed(doc: Doc, start: int, end: int, label: str) -> Name | None:
    """Return the name in a stretch of tokens without titles, possessives and stray words; None if empty."""
    if doc[start].lower_ in words("honorifics") and not keyword_class(doc[end - 1].text):
        label = "PERSON"  # but "Sir Omar Brandt Airport"
    start, end = _without_strays(doc, start, end, label)
    inner = doc[start:end]
    if start == end or not any(t.text[0].isupper() for t in inner) or _is_caption(doc, start, end):
        return None
    if label in _NEED_PROPER and not any(t.pos_ in {"PROPN", "X"} for t in inner) and not _is_shaped(inner):
        return None
    if _is_money(doc, start, end):
        return None
    if label == "WORK_OF_ART" and (len(inner) > 8 or any(t.pos_ in {"VERB", "AUX"} for t in inner)):
        return None
    if label == "NORP" and len(inner) == 1 and inner.text in words("party_members") and _is_member(inner[0]):
        return None
    bracketed = start > 0 and doc[start - 1].text == "("
    if label in {"PERSON", "ORG"} and len(inner) == 1 and _is_no_name(inner[0]):
        return None
    if label == "PERSON" and len(inner) == 1 and keyword_class(inner.text) == "kg:GovernmentBody":
        return None  # "the US Attorney's | Office"
    if label == "PERSON" and len(inner) == 1 and inner.text.isupper() and len(inner.text) > 3 and not bracketed:
        return None  # a word in capitals, as in photo credits
    return Name(start, end, type_of_name([t.text for t in inner], label), label)


def _without_strays(doc: Doc, start: int, end: int, label: str) -> tuple[int, int]:
    """Return the stretch without the words at its edges that belong to no name; it may be empty."""
    if label == "PERSON" and end - start > 1 and doc[start].is_sent_start and doc[start].lower_ in words("newsmakers"):
        start += 1  # "Defender | Marchetti"
    if end - start > 3 and is_score(tree_of(doc), end - 3):
        end -= 3  # "Chelsea | 2-1"
    while start < end and _is_stray(doc[start], label, first=True):
        start += 1
    while end > start and _is_stray(doc[end - 1], label, first=False):
        end -= 1
    if start + 1 < end and start > 1 and doc[start - 1].text == "-" and doc[start - 2].lower_ in {"pro", "anti"}:
        start += 1  # "the pro-European | D66"
    return start, end


def _is_shaped(span: Span) -> bool:
    """Tell whether words that the tagger takes for common ones are written as a name: "shares of Bright Loom"."""
    shaped = len(span) > 1 and all(t.is_title for t in span) and not is_title(span[-1])
    return shaped and not span[0].is_sent_start and not in_headline(span.doc, span.start)


def _is_money(doc: Doc, start: int, end: int) -> bool:
    """Tell whether a sum was taken for a name: "USD | 47-billion", "S$76.1"."""
    sign = doc[start].text
    code = end < len(doc) and doc[start + 1].text[0].isdigit() and sign in load_currencies().codes
    return "$" in sign or (code and all(t.text[0].isdigit() for t in doc[start + 1 : end]))


def _is_member(token: Token) -> bool:
    """Tell whether a party's adjective stands for one person: "The Republican said"."""
    return any(t.dep_ == "det" for t in token.children) and token.dep_ not in {"amod", "compound", "nmod"}


def _is_no_name(token: Token) -> bool:
    """Tell abbreviations in the plural ("MPs") and a word that only opens its sentence ("Riot police")."""
    text = token.text
    if len(text) > 2 and text.endswith("s") and text[:-1].isupper() and text.isalpha():
        return True
    opens = bool(token.is_sent_start) and token.dep_ in {"compound", "amod", "nmod"} and token.head.i == token.i + 1
    return opens and token.head.is_lower and bool(noun_classes(token.head.lemma_) & {"person", "group", "product"})


def _is_caption(doc: Doc, start: int, end: int) -> bool:
    """Tell whether a word announces a picture or a kind of article: "Photograph:"."""
    return end - start == 1 and end < len(doc) and doc[end].text == ":" and doc[start].lower_ in words("caption")


def _is_stray(token: Token, label: str, *, first: bool) -> bool:
    """Tell whether a token at the edge of an entity does not belong to the name."""
    text, lower = token.text, token.lower_
    if token.is_punct or text in {"'s", "’s", "'", "’"} or lower in words("month_day"):
        return True
    if first and (is_determiner(token) or text == "X." or (label == "PERSON" and is_title(token))):
        return True
    if not text[0].isupper() and not text[0].isdigit():
        return not (first and lower.startswith(("al-", "el-", "de", "van", "von", "bin")))
    if not first and text.upper().startswith("COVID"):
        return True  # "GSK | COVID vaccine"
    if not first and token.pos_ == "NUM" and (label == "PERSON" or _opens_amount(token)):
        return True
    return token.pos_ in {"VERB", "AUX"} and label != "WORK_OF_ART"


def _opens_amount(token: Token) -> bool:
    """Tell whether a number behind a name begins a sum or a share: "fined Acme | 1.2 billion euros"."""
    after = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    scale = after is not None and (after.lower_ in _SCALES or after.pos_ == "SYM" or after.text in {"%", "percent"})
    return scale or (after is not None and "." in token.text and after.is_alpha and after.is_lower)


def with_place(doc: Doc, name: Name) -> Name:
    """Return the name as a place where its neighbours, or the table of cities with spaCy's label, say so."""
    before = doc[name.start - 2].lower_ if name.start > 1 and doc[name.start - 1].lower_ == "of" else ""
    after = doc[name.end].lower_ if name.end < len(doc) else ""
    kind = after in words("place_kinds") and doc[name.end].is_lower and doc[name.end].dep_ != "compound"
    if before in words("place_kinds") or ((kind or after in words("place_tails")) and name.label != "NORP"):
        name.type, name.label = "schema:Place", "GPE"
    if _extends_left(doc, name):
        return _widened(doc, name)
    text = doc[name.start : name.end].text
    cities = cities_named(text)
    located = name.start > 0 and doc[name.start - 1].lower_ in {"in", "near", "outside"}
    located = located or (name.label in {"ORG", "NORP"} and after in _GATHERINGS)
    if not cities or (text in words("not_a_city_alone") and not (located and name.label == "GPE")):
        return name
    if name.label in {"GPE", "LOC", "FAC"} or (cities[0].thousands >= _LARGE and name.label == "ORG") or located:
        name.type = "schema:City"
    return name


def _extends_left(doc: Doc, name: Name) -> bool:
    """Tell whether spaCy cut a given name off: "Oshima" in "Kenzo Oshima"."""
    if name.label not in {"GPE", "ORG"} or name.end - name.start != 1 or doc[name.start].is_sent_start:
        return False
    before = doc[name.start - 1]
    proper = before.pos_ == "PROPN" and before.text[0].isupper() and before.text[1:].islower() and not before.ent_type_
    joined = before.dep_ == "compound" and before.head.i == name.start and not keyword_class(doc[name.start].text)
    return proper and joined and not is_title(before) and not in_headline(doc, before.i)


def _widened(doc: Doc, name: Name) -> Name:
    full = doc[name.start - 1 : name.end].text
    name.start -= 1
    name.type = "schema:City" if cities_named(full) else "schema:Person"
    name.label = "GPE" if name.type == "schema:City" else "PERSON"
    return name
