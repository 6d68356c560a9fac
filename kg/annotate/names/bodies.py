"""Organisations that spaCy takes for persons or places: told by their shape, their last word, or what is said of them.

QatarEnergy     Neurala Labs     the news website Mediapart     China's Sinopec agreed to buy
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Doc, Span, Token

from kg.annotate.clauses.tree import Tree, tree_of
from kg.annotate.names.gazetteer import cities_named
from kg.annotate.names.names import Name
from kg.annotate.names.nouns import gender_of_name, is_given_name, noun_classes, words
from kg.annotate.names.patterns import is_title
from kg.annotate.names.types import keyword_class
from kg.model import MentionKind

__all__ = ["drop_cut_bodies", "is_camel", "names_body", "part_listed", "retype_bodies", "retype_short_firms"]

_MISTAKEN = frozenset({"schema:Person", "schema:Place", "kg:Product", "schema:CreativeWork", "kg:Group"})
_PLACES = frozenset({"schema:Place", "schema:City"})
_RIVALS = frozenset({"schema:Person", "schema:Organization", "schema:Place", "kg:Product"})
_NAMING = frozenset({"called", "named", "dubbed", "codenamed"})
_THINGS = frozenset({"schema:Place", "kg:Product", "schema:CreativeWork"})
_IN = frozenset({"in", "at", "near", "to", "from", "around", "outside"})
_GROUPS = frozenset({"group", "militia", "gang"})
_JOINT = frozenset({"schema:Organization", "kg:GovernmentBody"})
_CAMEL = re.compile(r"(?!Mc|Mac|De|Di|Du|La|Le|Van|Fitz|O['’])[A-Z]+[a-z]+[A-Z][A-Za-z]*")


def is_camel(word: str) -> bool:
    """Tell whether a word has the capitals of a firm's name.

    >>> [is_camel(w) for w in ("QatarEnergy", "BSkyB", "McDonald", "DeSantis", "NATO")]
    [True, True, False, False, False]
    """
    return bool(_CAMEL.fullmatch(word))


def retype_bodies(doc: Doc, names: list[Name]) -> None:
    """Make organisations of names of another class where shape, keyword or description tell so; changes ``names``."""
    plain = [n for n in names if n.reference is None and n.capital is None and n.seat is None]
    lone = _lone_bodies(doc, plain)
    lower = tree_of(doc).words
    texts = [doc[n.start : n.end].text for n in plain]
    named = list(zip(plain, texts, strict=True))
    standing = {text for n, text in named if n.type in _PLACES and _stands_in_space(doc, n)}
    bodies = Counter(text for n, text in named if n.type in _MISTAKEN and _is_body(doc, n))
    surnames = {doc[n.end - 1].text for n in plain if n.type == "schema:Person" and n.end - n.start > 1}
    told = {text for text, times in bodies.items() if times > 1 or text not in surnames} - standing
    told |= {text for n, text in named if n.type in _MISTAKEN and _has_parts(doc, doc[n.start : n.end])}
    if not _GROUPS.isdisjoint(lower):
        told |= {text for n, text in named if _names_group(doc[n.start : n.end])}
    told |= _longer(doc, plain, told) if told else set()
    party = "party" in lower
    parties = {text for n, text in named if party and _is_party(doc, _end_with_letters(doc, n))}
    for name, text in named:
        acts = name.type in _THINGS and text not in standing and _acts(doc, name)
        if name.type in _MISTAKEN and (text in told or text in lone or acts):
            name.type, name.label = "schema:Organization", "ORG"
        if text in parties:
            name.type, name.label = "kg:PoliticalParty", "ORG"
    _retype_standing(doc, [n for n, text in named if text not in told])
    _retype_short(doc, plain, standing)
    _retype_called(doc, plain)


def drop_cut_bodies(doc: Doc, names: list[Name]) -> None:
    """Take "the Fund" for a description where a longer name has that word: the International Monetary Fund."""
    longer = {part for n in names if n.end - n.start > 1 for part in _heads(doc[n.start : n.end])}
    for name in list(names):
        alone = name.end - name.start == 1 and name.reference is None and name.label == "ORG"
        if alone and name.start and doc[name.start - 1].lower_ == "the" and doc[name.start].text in longer:
            names.remove(name)


def _heads(span: Span) -> Iterator[str]:
    """Yield the words that say what a body is: the last one, and that before "of" or "for"."""
    if span[-1].text.istitle() and noun_classes(span[-1].lower_):
        yield span[-1].text
    yield from (span[i].text for i in range(len(span) - 1) if span[i + 1].lower_ in {"of", "for"})


def part_listed(doc: Doc, names: list[Name]) -> None:
    """Part two firms that spaCy takes for one: "Goldman Sachs | and Evercore", not "Marks and Spencer"."""
    for name in list(names):
        listed = name.start > 0 and doc[name.start - 1].lower_ in {"including", "as"}
        person = name.end - name.start == 4 and is_given_name(doc[name.start + 2].text)  # "Reed | and Dawid Kowal"
        link = next(
            (i for i in range(name.start + 2 - (listed or person), name.end - 1) if doc[i].lower_ == "and"), None
        )
        if link is None or name.label not in {"ORG", "PERSON"} or name.reference is not None:
            continue
        left, right = doc[name.start : link].root, doc[link + 1 : name.end].root
        if keyword_class(doc[name.end - 1].text) in _JOINT and not keyword_class(doc[link - 1].text):
            continue  # "Manufacturers and Exporters Association"
        if (
            right.dep_ == "conj"
            and right.head == left
            and doc[name.start : name.end].root == left
            and left.i == link - 1
        ):
            kind, label = ("schema:Person", "PERSON") if person else (name.type, name.label)
            names.append(Name(link + 1, name.end, kind, label))
            name.end = link


def _retype_short(doc: Doc, names: Iterable[Name], standing: set[str]) -> None:
    """Make organisations of places that are the name of a firm or club cut short: "Andes" beside "Andes Air"."""
    bodies = [doc[n.start : n.end] for n in names if n.type in {"schema:Organization", "schema:Corporation"}]
    long = [s for s in bodies if len(s) > 1]
    first = {s[0].text for s in long if keyword_class(s[-1].text) == "schema:Corporation"} - standing
    first |= {s[:-1].text for s in long if s[-1].text in words("NamesOfClubs")} - standing
    for name in names if first else ():
        text = doc[name.start : name.end].text
        if name.type in _PLACES and text in first and (" " in text or not doc[name.start].is_sent_start):
            name.type, name.label = "schema:Organization", "ORG"


def retype_short_firms(doc: Doc, names: Sequence[Name]) -> None:
    """Make a firm of the adjective of a country that is its name cut short: "American" of American Airlines."""
    firms: dict[str, Name] = {}
    for name in names:
        if name.end - name.start > 1 and keyword_class(doc[name.end - 1].text) == "schema:Corporation":
            firms.setdefault(doc[name.start].text, name)
    for name in names if firms else ():
        firm = firms.get(doc[name.start].text)
        if firm is not None and name.kind is MentionKind.DEMONYM and _stands_alone(doc, name):
            name.type, name.label, name.kind = firm.type, "ORG", MentionKind.NAME
            name.reference = firm.reference


def _stands_alone(doc: Doc, name: Name) -> bool:
    """Tell whether an adjective has no noun behind it, no article before it, and is not said of somebody."""
    after, before = doc[name.end] if name.end < len(doc) else None, doc[name.start - 1] if name.start else None
    behind = after is not None and (after.is_punct or after.pos_ in {"AUX", "VERB", "CCONJ", "ADP", "PART", "SCONJ"})
    opened = before is not None and (before.pos_ in {"DET", "AUX", "ADV", "ADJ"} or before.text == "-")
    return behind and after is not None and after.text != "-" and not opened


def _retype_standing(doc: Doc, names: Iterable[Name]) -> None:
    """Make places of single words that are named only behind "in": "seized a yacht in Majorca"."""
    tree = tree_of(doc)
    single: dict[str, list[Name]] = {}
    for name in names:
        if name.end - name.start == 1 or (name.label == "ORG" and cities_named(doc[name.start : name.end].text)):
            single.setdefault(doc[name.start : name.end].text, []).append(name)
    for text, same in single.items():
        placed = [_is_placed(tree, n) for n in same]
        located = all(placed) or (any(placed) and bool(cities_named(text)))
        inside = any(p and tree.words[n.start - 1] in {"in", "at"} for p, n in zip(placed, same, strict=True))
        if located and inside and not text.isupper() and all(n.type == "schema:Organization" for n in same):
            for name in same if not any(_is_body(doc, n) for n in same) else ():
                name.type, name.label = "schema:Place", "GPE"


def _is_placed(tree: Tree, name: Name) -> bool:
    """Tell whether a preposition of place stands before a name, which is not "in" of "shares in Lumora"."""
    if not name.start or tree.words[name.start - 1] not in _IN or tree.deps[name.end - 1] != "pobj":
        return False
    return tree.words[name.start - 1] != "in" or tree.lemmas[tree.heads[name.start - 1]] not in words("figurative_in")


def _retype_called(doc: Doc, names: Iterable[Name]) -> None:
    """Give names the class that the text tells once: "exercises called Unitas" makes an event of "Unitas"."""
    if _NAMING.isdisjoint(tree_of(doc).words):
        return
    names = list(names)
    told = {doc[n.start : n.end].text: kind for n in names if (kind := _called(doc[n.start : n.end].root))}
    for name in names:
        name.type = told.get(doc[name.start : name.end].text, name.type)


def _called(root: Token) -> str:
    """Return the class of what is called so: an exercise or an agreement, "" for others."""
    verb = root.head
    if root.dep_ not in {"oprd", "dobj", "pobj", "attr"} or verb.lower_ not in _NAMING or verb.dep_ != "acl":
        return ""
    noun = verb.head.lemma_.lower()
    if noun in words("exercise_nouns"):
        return "kg:NamedEvent"
    return "kg:Agreement" if noun in words("agreement_nouns") else ""


def _is_body(doc: Doc, name: Name) -> bool:
    span = doc[name.start : name.end]
    if name.start and not span[0].is_sent_start and is_title(doc[name.start - 1]):
        return False
    if len(span) == 1 and (is_camel(span.text) or _is_called_the(span[0], name)):
        return True
    return _ends_as_firm(span) or _is_described(span) or _is_it(doc, name)


def _is_party(doc: Doc, i: int) -> bool:
    """Tell whether "party" at a token ends a name: "the Law and Order party", not "the Obama party donor"."""
    return i < len(doc) and doc[i].lower_ == "party" and doc[i].dep_ not in {"compound", "poss"}


def _end_with_letters(doc: Doc, name: Name) -> int:
    """Return where a name ends, with its short form in brackets: "the Union for Change (UFC) | party"."""
    i = name.end
    return i + 3 if i + 2 < len(doc) and doc[i].text == "(" and doc[i + 2].text == ")" else i


def _is_called_the(token: Token, name: Name) -> bool:
    """Tell whether one word that is taken for a person's name has an article: "the Thunder lost"."""
    led = token.i > 0 and token.nbor(-1).lower_ == "the" and token.nbor(-1).head == token
    return led and name.type == "schema:Person" and token.tag_ == "NNP"


def _has_parts(doc: Doc, span: Span) -> bool:
    """Tell whether an unknown word has what only firms have: "Aero's president", "Aero workers", "shares in Aero"."""
    root = span.root
    if len(span) > 1 or root.dep_ not in {"poss", "compound", "nmod", "pobj"}:
        return False
    owned = root.head.lemma_.lower()
    if root.dep_ == "poss":
        fits = owned in words("body_offices") | words("firm_parts") or (owned == "executive" and _is_chief(root.head))
    elif root.dep_ == "pobj":
        fits = root.head.lower_ == "in" and root.head.head.lower_ in {"shares", "stake"}
    else:
        fits = root.head.i == root.i + 1 and root.head.is_lower and owned in words("firm_parts")
    return fits and not _is_part_of_longer(doc, span.text) and not gender_of_name(span.text)


def _is_chief(noun: Token) -> bool:
    return any(t.lower_ == "chief" for t in noun.children)


def _is_it(doc: Doc, name: Name) -> bool:
    """Tell whether an unknown single word speaks of itself as "it": "Lumora said it had paid"."""
    span = doc[name.start : name.end]
    root = span.root
    if len(span) > 1 or root.dep_ != "nsubj" or root.head.lemma_ not in words("say_verbs"):
        return False
    if _is_part_of_longer(doc, span.text) or gender_of_name(span.text):
        return False
    return any(_speaks_of_it(t) for t in root.head.children if t.dep_ == "ccomp" and t.i > root.head.i)


def _is_part_of_longer(doc: Doc, text: str) -> bool:
    """Tell whether a word stands behind another capitalised word or a title somewhere: "Mr Kim", "Ali Toral"."""
    tree = tree_of(doc)
    places = (i for i, word in enumerate(tree.texts) if word == text and i)
    return any(tree.pos[i - 1] == "PROPN" and tree.sents[i - 1] == tree.sents[i] for i in places)


def _speaks_of_it(verb: Token) -> bool:
    """Tell whether "it" does something in a clause, or is glad or sorry."""
    subject = next((t for t in verb.children if t.dep_ in {"nsubj", "nsubjpass"}), None)
    if subject is None or subject.lower_ != "it" or verb.lemma_ in words("expletive_verbs"):
        return False
    return verb.lemma_ != "be" or any(
        t.dep_ == "acomp" and t.lower_ in words("mental_adjectives") for t in verb.children
    )


def _ends_as_firm(span: Span) -> bool:
    """Tell whether a name of several words ends as firms do ("Neurala Labs"), and does not begin as a person's."""
    firm = keyword_class(span[-1].text) == "schema:Corporation"
    return len(span) > 1 and firm and not gender_of_name(span[0].text)


def _is_described(span: Span) -> bool:
    """Tell whether a noun before the name or in apposition calls it a firm or body."""
    first, root = span[0], span.root
    before = span.doc[span.start - 1] if span.start and not first.is_sent_start else None
    if before is not None and before.head in {root, root.head} and before.dep_ in {"compound", "nmod", "appos", "amod"}:
        return names_body(before)
    if before is not None and root.dep_ == "appos" and root.head == before and names_body(before):
        return True  # "according to the rights group Viasna"
    later = (t for t in root.children if t.dep_ == "appos" and t.i > root.i + 1)
    return any(names_body(t) for t in later)


def _longer(doc: Doc, names: Iterable[Name], told: set[str]) -> set[str]:
    """Return the names of persons that begin with the name of a body: "Hokushin Ferry"."""
    spans = (doc[n.start : n.end] for n in names if n.type == "schema:Person" and n.end - n.start == 2)
    return {s.text for s in spans if s[0].text in told and not gender_of_name(s.text)}


def _names_group(span: Span) -> bool:
    """Tell whether a name is that of the group behind it: "the M23 rebel group", not "a Lagos company"."""
    head = span.root.head
    beside = span.root.dep_ in {"compound", "nmod"} and span.end <= head.i <= span.end + 1
    return beside and head.lower_ in _GROUPS and not cities_named(span.text)


def names_body(token: Token) -> bool:
    """Tell whether a noun in lower case can only mean an organisation."""
    kinds = noun_classes(token.lemma_.lower())
    body = "organization" in kinds or token.lemma_.lower() in words("club_nouns") | {"party"}
    human = kinds & {"person", "office", "leader"} or (token.tag_ == "NN" and token.lemma_ in words("newsmakers"))
    return token.is_lower and body and not human


def _lone_bodies(doc: Doc, names: Iterable[Name]) -> frozenset[str]:
    """Return the single words that are a person once and a body or place elsewhere, without a full name of a person."""
    single: dict[str, set[str]] = {}
    parts: set[str] = set()
    for name in names:
        span = doc[name.start : name.end]
        if len(span) == 1:
            single.setdefault(span.text, set()).add(name.type)
        if name.type == "schema:Person" and (len(span) > 1 or (name.start and is_title(doc[name.start - 1]))):
            parts.update(t.text for t in span)
    both = (text for text, types in single.items() if "schema:Person" in types and len(types & _RIVALS) > 1)
    return frozenset(text for text in both if text not in parts and not cities_named(text))


def _acts(doc: Doc, name: Name) -> bool:
    """Tell whether an unknown place does something, or belongs to a country: "China's Sinopec agreed to buy"."""
    span = doc[name.start : name.end]
    owned = any(t.dep_ == "poss" for t in span.root.children)
    if name.label == "WORK_OF_ART" and span.root.dep_ == "nsubj" and span.root.head.tag_ in {"VBD", "VBZ"}:
        opens = bool(span[0].is_sent_start) and len(span) > 1
        return opens or (name.start > 0 and not doc[name.start - 1].is_quote)  # "Heli Everest flew her home"
    if cities_named(span.text) or not (name.label == "GPE" or (name.label == "PRODUCT" and owned)):
        return False
    return span.root.dep_ == "nsubj" and span.root.head.pos_ == "VERB"


def _stands_in_space(doc: Doc, name: Name) -> bool:
    """Tell whether a preposition of place stands before the name."""
    before = doc[name.start - 1] if name.start else None
    return before is not None and (
        before.lower_ in words("place_prepositions") or before.lower_ in {"to", "from", "of", "the"}
    )
