"""Documents at random that touch each other in every way that fusing knows: names, links, offices, copies, origins."""

from __future__ import annotations

from datetime import date
from random import Random

from graph_records import COUNTRY, ORGANIZATION, PERSON, PLACE, Article

from kg.corrections import NameRule
from kg.fuse.signature import sign
from kg.fuse.sources import Record
from kg.model import Modality, Origin, Polarity, Role

COUNTRIES = ("Kenya", "Peru", "Norway", "Ghana", "Moscow_US")
PEOPLE = (
    "Ada_Mwangi", "Mwangi_person", "Sergei_Orlov", "Sergey_Orlov", "Juma_Mwangi", "Orlov_person", "Aleksandr_Petrov",
    "Alexander_Petrov",
)  # fmt: skip
OTHERS = (
    "World_Health_Organization", "WHO_other", "Blue_Line", "The_Blue_Line_Ltd", "Dock_Press", "Reuters_other",
    "Paper_1", "Quay_Wire",
)  # fmt: skip
THINGS = ("Zapad_2021", "Su-30_other", "Su-30SM_other")
LINKS = {
    "Ada_Mwangi": ("http://www.wikidata.org/entity/Q1",),
    "Mwangi_person": ("http://www.wikidata.org/entity/Q1",),
    "Sergei_Orlov": ("http://www.wikidata.org/entity/Q2",),
    "Sergey_Orlov": ("http://www.wikidata.org/entity/Q3",),
}
TAIL = " ".join(f"word{i}" for i in range(60))
TEXT = (
    " ".join(key.partition("_person")[0].partition("_other")[0].replace("_", " ") for key in
             (*COUNTRIES, *PEOPLE, *OTHERS, *THINGS))
    + " met lent talks $5m $6m $20m on Monday in March six meetings 300 people fish and tariffs the president director "
)  # fmt: skip
SYMMETRIC = ("Meet", "Negotiate", "Agree", "Border", "Exercise")
CLASSES = (*SYMMETRIC, "Lend", "HoldOffice", "HoldOffice", "Act", "Say", "Sign", "Visit", "Appoint", "Deploy")
RULES = (
    (),
    (NameRule(same=True, names=("Kenya", "Ghana"), note="A test"),),
    (
        NameRule(same=False, names=("Sergei Orlov", "Sergey Orlov")),
        NameRule(same=True, names=("Ada Mwangi", "ent:Juma_Mwangi")),
    ),
    (NameRule(same=False, names=("Ada Mwangi", "Mwangi")),),
)


def random_record(rng: Random, number: int) -> Record:
    """A document from a small world; the same number is the same source."""
    made = _article(rng, number)
    named = [
        *rng.sample(COUNTRIES, rng.randrange(1, 4)),
        *rng.sample(PEOPLE, rng.randrange(4)),
        *rng.sample(OTHERS, rng.randrange(3)),
        *rng.sample(THINGS, rng.randrange(2)),
    ]
    for key in named:
        words = {"Moscow_US": "Moscow"}.get(key)
        links = LINKS.get(key, ()) if rng.random() < 0.3 else ()
        made.name(key, words, kind=_kind(rng, key), same_as=links)
    for _ in range(rng.randrange(6)):
        _claim(rng, made, named)
    made.claims = list({claim.id: claim for claim in made.claims}.values())
    document, annotation = made.record()
    return Record(document, annotation, sign(document, annotation))


def _article(rng: Random, number: int) -> Article:
    copied = rng.choice((TAIL, TAIL.replace("word3 ", "other "), "", " ".join(rng.sample(TAIL.split(), 50))))
    dateline = rng.choice(("", "", "", "", "OSLO (Quay Wire) - ", "OSLO (WX) - "))
    origins = (
        None,
        None,
        None,
        Origin(publisher="Paper 1", published=date(2023, 3, 5)),
        Origin(publisher="Dock Press"),
    )
    return Article(
        dateline + TEXT + copied,
        path=f"{number}.txt",
        published=rng.choice((date(2023, 3, 5), date(2023, rng.choice((1, 3, 4)), rng.randrange(1, 28)))),
        publisher=rng.choice((None, "Paper 1", "Paper 2", "Dock Press", "The Paper 2", "Quay Wire")),
        url=f"https://news.example/{number}" if rng.random() < 0.4 else None,
        authors=rng.choice(((), ("By Reuters",), ("Jane Doe, Quay Wire",), ("Jane Doe for Reuters",), ("WX",))),
        based_on=rng.choice((*origins, Origin(url=f"https://news.example/{rng.randrange(8)}"))),
    )


def _kind(rng: Random, key: str) -> str:
    if rng.random() < 0.1:
        return rng.choice((PLACE, ORGANIZATION, "schema:Corporation"))
    if key in THINGS:
        return rng.choice(("kg:NamedEvent", "kg:Product"))
    return COUNTRY if key in COUNTRIES else PERSON if key in PEOPLE else ORGANIZATION


def _claim(rng: Random, made: Article, named: list[str]) -> None:
    kind = rng.choice(CLASSES)

    def some(most: int) -> list[str]:
        return rng.sample(named, min(len(named), rng.randrange(most + 1)))

    if kind in SYMMETRIC:
        roles = [*made.who("participant", *some(3))]
    else:
        roles = [*made.who("agent", *some(2)), *made.who("recipient", *some(2))]
    roles += made.who("destination", *some(1)) if kind in ("Visit", "Deploy") else ()
    roles += made.who("theme", *[key for key in named if key in THINGS]) if rng.random() < 0.4 else ()
    roles += made.who("place", *some(1)) if rng.random() < 0.3 else ()
    made.claim(
        kind,
        rng.choice(("met", "lent", "talks")),
        *roles,
        *_figures(rng, made),
        *_words(rng, made, kind),
        predicate=rng.choice(("meet", "deploy_to", "lend")),
        polarity=rng.choice((Polarity.AFFIRMED, Polarity.AFFIRMED, Polarity.NEGATED)),
        modality=rng.choice((Modality.ACTUAL, Modality.ACTUAL, *Modality)),
        confidence=rng.choice(("0.2", "0.5", "0.9")),
        attributed_to=some(1),
        via=some(1) if rng.random() < 0.2 else (),
    )


def _figures(rng: Random, made: Article) -> list[Role]:
    days = ("2023-03-13", "2023-03-14", "2023-03", "2022-03", "2023")
    found = [made.when("begin", "on Monday", rng.choice(days))] if rng.random() < 0.5 else []
    sums = (("$5m", "5000000"), ("$6m", "6000000"), ("$20m", "20000000"))
    found += [made.money("amount", *rng.choice(sums))] if rng.random() < 0.3 else []
    found += [made.number("count", "six meetings", "6", unit="meeting")] if rng.random() < 0.1 else []
    return found


def _words(rng: Random, made: Article, kind: str) -> list[Role]:
    role = "content" if kind == "Say" else "topic"
    found = [made.words(role, rng.choice(("fish", "tariffs", "fish and tariffs")))] if rng.random() < 0.4 else []
    office = kind == "HoldOffice" and rng.random() < 0.6
    return found + ([made.words("theme", rng.choice(("president", "director")))] if office else [])
