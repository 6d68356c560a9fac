"""Event coreference on pairs of claims of our own making: precision and recall are reported and held."""

import re
import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from graph_records import PERSON, Article

from kg.config import Settings
from kg.fuse import fuse
from kg.fuse.sources import Record
from kg.lexicon import load_lexicon
from kg.model import Modality, Polarity

PAIRS = tomllib.loads((Path(__file__).parents[1] / "data/coreference/pairs.toml").read_text("utf-8"))
PRESIDENTS = {"Ada Mwangi": "Kenya", "Luis Quispe": "Peru", "Ingrid Dahl": "Norway"}
PEOPLE = {*PRESIDENTS, "Joe Ouma", "Bruno Paz", "Ines Rojas"}
NUMBERS = ("count", "amount", "price")
FLOOR_PRECISION, FLOOR_RECALL = 0.97, 0.95


def key(name):
    return name.replace(" ", "_")


def named(article, name):
    article.name(key(name), name, kind=PERSON if name in PEOPLE else "schema:Country")


def offices():
    article = Article("Ada Mwangi Kenya Luis Quispe Peru Ingrid Dahl Norway president", path="offices.txt")
    for name, country in PRESIDENTS.items():
        named(article, name)
        named(article, country)
        at = article.at(name)
        article.claim(
            "HoldOffice", "president", *article.who("agent", key(name)), *article.who("recipient", country), at=at
        )
    return article


def quantity(article, role, words):
    bound, number, unit = re.fullmatch(r"(<=|>=|~)?([\d.]+)(?: (\w+))?", words).groups()
    make = article.number if role == "count" else article.money
    more = {"unit": unit} if role == "count" else {"currency": unit}
    if bound in ("<=", ">="):
        return make(role, words, **{"maximum" if bound == "<=" else "minimum": number}, **more)
    return make(role, words, number, approximate=bound == "~", **more)


def add_claim(article, parts):
    """Add a claim; return its identifier."""
    event_type, _, *given = parts
    polarity, modality, predicate, roles = Polarity.AFFIRMED, Modality.ACTUAL, event_type.casefold(), []
    for part in given:
        role, _, words = part.partition(" ")
        if part in tuple(Modality):
            modality = Modality(part)
        elif part == "negated":
            polarity = Polarity.NEGATED
        elif role == "predicate":
            predicate = words
        elif role == "near":
            for name in words.split(", "):
                named(article, name)
        elif role.endswith(":"):
            roles.append(article.words(role.removesuffix(":"), words))
        elif role in ("begin", "end", "deadline"):
            roles.append(article.when(role, words, words))
        elif role in NUMBERS:
            roles.append(quantity(article, role, words))
        else:
            for name in words.split(", "):
                named(article, name)
                roles += article.who(role, key(name))
    at = article.at(" | ".join(parts))
    return article.claim(
        event_type, event_type, *roles, predicate=predicate, polarity=polarity, modality=modality, at=at
    ).id


def together(pair):
    """Tell whether the two claims of a pair come into one event."""
    lines = [line.split(" | ") for line in pair]
    one_document = all(parts[0] == "doc" for parts in lines)
    lines = [parts[parts[0] == "doc" :] for parts in lines]
    texts = ["\n".join(" | ".join(parts) for parts in lines)] * 2 if one_document else [" | ".join(p) for p in lines]
    articles = []
    for number, (text, parts) in enumerate(zip(texts, lines, strict=True)):
        if not (one_document and articles):
            day = date.fromisoformat(parts[1])
            articles.append(Article(text, path=f"{number}.txt", published=day, publisher=f"Paper {number}"))
    ids = [add_claim(articles[-1] if one_document else articles[i], parts) for i, parts in enumerate(lines)]
    records = [Record(*article.record()) for article in (offices(), *articles)]
    world = fuse(records, lexicon=load_lexicon(), settings=Settings(threshold=Decimal("0.5")))
    events = dict(world.claim_events())
    return events[ids[0]] == events[ids[1]]


def test_pairs_are_as_many_as_the_report_says():
    assert (len(PAIRS["same"]), len(PAIRS["different"])) == (73, 73)
    every = [tuple(pair) for pairs in PAIRS.values() for pair in pairs]
    assert len(set(every)) == len(every)


def test_precision_and_recall_of_event_coreference():
    missed = [pair for pair in PAIRS["same"] if not together(pair)]
    wrong = [pair for pair in PAIRS["different"] if together(pair)]
    right = len(PAIRS["same"]) - len(missed)
    precision, recall = right / (right + len(wrong)), right / len(PAIRS["same"])
    report = "\n".join([f"precision {precision:.3f}, recall {recall:.3f}", *map(str, [*missed, "wrong:", *wrong])])
    assert precision >= FLOOR_PRECISION, report
    assert recall >= FLOOR_RECALL, report


@pytest.mark.parametrize("pair", PAIRS["same"][:3] + PAIRS["different"][:3])
def test_order_of_a_pair_does_not_matter(pair):
    assert together(pair) == together(pair[::-1])
