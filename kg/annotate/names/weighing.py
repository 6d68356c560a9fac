"""The class of an unknown name by all that a document says of it: signs are added up over its mentions.

spaCy decides mention by mention, and for a name it never saw by its letters. Its class stands unless the signs
(:mod:`kg.annotate.names.signs`) are clear: enough for one class, and more than for any other.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from spacy.tokens import Doc

from kg.annotate.clauses.tree import Tree, tree_of
from kg.annotate.names.gazetteer import cities_named
from kg.annotate.names.names import Name, covered
from kg.annotate.names.nouns import gender_of_name, is_given_name, noun_classes, words
from kg.annotate.names.patterns import in_headline, is_title
from kg.annotate.names.signs import BODY, FIRM, MEDIA, PARTY, PERSON, PLACE, PRODUCT, Sign, signs_of
from kg.annotate.names.types import keyword_class

__all__ = ["weigh_classes"]

_OPEN = frozenset({PERSON, BODY, PLACE, PRODUCT, "schema:CreativeWork", "kg:Group"})
_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "poss"})
_SAID = frozenset({PERSON, BODY})
_EXACT = frozenset({FIRM, MEDIA, PARTY})
_LABELS = {PERSON: "PERSON", BODY: "ORG", FIRM: "ORG", MEDIA: "ORG", PARTY: "ORG", PLACE: "GPE", PRODUCT: "PRODUCT"}
_CLEAR = 2.0
"""So much must speak for a class before it replaces spaCy's or makes a name of a word that spaCy passed over."""
_LEAD = 1.0
"""And so much more than for any other class; spaCy's own counts as one sign of that weight."""

_GIVEN = 1.5
"""A common given name speaks for a person besides."""

_Weights = defaultdict[str, float]
_Spans = Mapping[str, list[tuple[int, int]]]


def weigh_classes(doc: Doc, names: list[Name]) -> None:
    """Give unknown names the class that the text tells, and add those that spaCy passed over; changes ``names``."""
    tree = tree_of(doc)
    known = [n for n in names if _is_unknown(tree, n)]
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    classes: dict[str, Counter[str]] = defaultdict(Counter)
    for name in known:
        text = _text(tree, name.start, name.end)
        spans[text].append((name.start, name.end))
        classes[text][name.type] += 1
    missed = _missed(doc, tree, names)
    for text, places in missed.items():
        spans[text].extend((i, i + 1) for i in places)
    told = {text: kind for text, kind in _told(tree, spans, classes) if kind}
    told |= {text: kind for text in missed if text not in told and (kind := _only(tree, missed[text], classes[text]))}
    for name in known:
        if (kind := told.get(_text(tree, name.start, name.end), name.type)) != name.type:
            name.type, name.label = _exact(kind, _text(tree, name.start, name.end)), _LABELS[kind]
    for text, places in missed.items():
        if text in told:
            names.extend(Name(i, i + 1, _exact(told[text], text), _LABELS[told[text]]) for i in places)


def _only(tree: Tree, places: list[int], classes: Counter[str]) -> str:
    """Return the one class of a person or body that proper nouns have elsewhere, "" where it is not one."""
    proper = all(tree.tags[i] in {"NNP", "NNPS"} for i in places)
    return next(iter(classes)) if proper and len(classes) == 1 and set(classes) <= _SAID else ""


def _text(tree: Tree, start: int, end: int) -> str:
    return " ".join(tree.texts[start:end])


def _exact(kind: str, text: str) -> str:
    """Return the class of a place that is a known town's, so that it can be linked."""
    return "schema:City" if kind == PLACE and cities_named(text) else kind


def _is_unknown(tree: Tree, name: Name) -> bool:
    """Tell whether nothing but spaCy vouches for a name's class."""
    if name.reference is not None or name.capital is not None or name.seat is not None or name.type not in _OPEN:
        return False
    texts = tree.texts[name.start : name.end]
    return not any(map(keyword_class, texts)) and not (name.type == PLACE and cities_named(" ".join(texts)))


def _missed(doc: Doc, tree: Tree, names: Iterable[Name]) -> dict[str, list[int]]:
    """Return the single capitalised words that no name covers, of those that are tagged as a proper noun somewhere.

    Or that come again and do or suffer something: the tagger takes "Arvendal" for an adjective.
    """
    owned = covered(names)
    found: dict[str, list[int]] = defaultdict(list)
    proper: set[str] = set()
    for i, text in enumerate(tree.texts):
        if i not in owned and text[0].isupper() and len(text) > 2 and text[1:].islower() and _is_lone(doc, tree, i):
            found[text].append(i)
            again = len(found[text]) > 1 and any(tree.deps[j] in _ARGUMENTS for j in found[text])
            proper.update({text} if again or tree.tags[i] == "NNP" else ())
    proper.update(_text(tree, n.start, n.end) for n in names if n.end - n.start == 1)
    common = set(tree.texts)
    return {text: places for text, places in found.items() if text in proper and text.lower() not in common}


def _is_lone(doc: Doc, tree: Tree, i: int) -> bool:
    """Tell whether a capitalised word stands alone, is no word of a title or date, and may be a name."""
    word = tree.words[i]
    if tree.tags[i] not in {"NNP", "NNPS", "NN", "JJ"} or word in words("month_day") or word in words("portfolios"):
        return False
    if noun_classes(word) or keyword_class(tree.texts[i]) or is_title(doc[i]) or in_headline(doc, i):
        return False
    if i > 1 and tree.texts[i - 1] == "-" and not tree.spaced[i - 1]:
        return False  # "Samruk-Kazyna"
    near = [j for j in (i - 1, i + 1) if 0 <= j < len(doc) and tree.sents[j] == tree.sents[i]]
    return not any(tree.pos[j] == "PROPN" and tree.texts[j][0].isupper() for j in near)


def _told(tree: Tree, spans: _Spans, classes: Mapping[str, Counter[str]]) -> Iterator[tuple[str, str]]:
    """Yield each name with the class that is clear, "" where none is."""
    signs: dict[str, _Weights] = {}
    for text, places in spans.items():
        signs[text] = defaultdict(float)
        _add(signs[text], (sign for start, end in places for sign in signs_of(tree, start, end)))
    surnames = {text.rpartition(" ")[2] for text, seen in classes.items() if PERSON in seen and _is_full(text)}
    for text in spans:
        known = text in surnames
        yield text, _chosen(text, _with_short(text, signs, classes), classes.get(text, {}), known=known)


def _add(total: _Weights, signs: Iterable[Sign]) -> None:
    for kind, weight in signs:
        total[kind] += weight
        total[BODY] += weight if kind in _EXACT else 0


def _with_short(text: str, signs: Mapping[str, _Weights], classes: Mapping[str, Counter[str]]) -> _Weights:
    """Return a name's signs with those of its long or short form, where spaCy takes both for the same.

    A long name of which nothing is said is a person where the short one is: "Gukesh wept" tells of Gukesh Dommaraju.
    """
    own = classes.get(text)
    total = defaultdict(float, signs[text])
    for other, more in signs.items():
        if not more or not _is_part(text, other):
            continue
        if not own or other not in classes or not own.keys().isdisjoint(classes[other]):
            for kind, weight in more.items():
                total[kind] += weight
        elif " " in text and not signs[text] and PERSON in more:
            total[PERSON] += more[PERSON]
    return total


def _is_part(a: str, b: str) -> bool:
    """Tell whether one of two names is the last word or words of the other, or the first."""
    short, long = sorted((a, b), key=len)
    return long.endswith(f" {short}") or long.startswith(f"{short} ")


def _chosen(text: str, signs: Mapping[str, float], classes: Mapping[str, int], *, known: bool = False) -> str:
    """Return the class that the signs make clear against spaCy's, "" where they do not.

    ``known`` tells that the name is the last one of a person's full name, which speaks for a person, too.
    """
    exact = max(_EXACT, key=lambda k: (signs.get(k, 0), k))
    sure = signs.get(exact, 0) >= _CLEAR
    signs = {kind: weight for kind, weight in signs.items() if kind not in _EXACT}
    best = max(signs, key=lambda k: (signs[k], k), default="")
    if not best or signs[best] < _CLEAR:
        return ""
    rivals = {kind: weight for kind, weight in signs.items() if kind != best}
    before = max(classes, key=lambda k: (classes[k], k), default=best)
    if before != best:
        rivals[before] = rivals.get(before, 0) + _LEAD + _GIVEN * (before == PERSON and (known or _is_full(text)))
    if rivals and signs[best] - max(rivals.values()) < _LEAD:
        return ""
    return exact if best == BODY and sure else best


def _is_full(text: str) -> bool:
    """Tell whether a name begins with a given name: a common one, or any with one more name behind it."""
    given, _, rest = text.partition(" ")
    return bool(gender_of_name(text)) or (rest[:1].isupper() and not rest.isupper() and is_given_name(given))
