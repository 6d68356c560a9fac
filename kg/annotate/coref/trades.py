"""What bodies a noun may name: firms, clubs, authorities, papers; and which of them a name or the text says it is."""

from __future__ import annotations

from kg.annotate.coref.discourse import Discourse
from kg.annotate.layers import DocEntity
from kg.annotate.names.nouns import words

__all__ = [
    "AUTHORITIES",
    "CLASSES",
    "CLUBS",
    "FIRMS",
    "NAMED_BODIES",
    "RATING",
    "called_otherwise",
    "is_named_so",
    "like",
    "may_be",
]

FIRMS = frozenset({"schema:Corporation", "schema:Organization"})
CLUBS = frozenset({"schema:Organization", "kg:MilitaryUnit", "kg:Group"})
AUTHORITIES = frozenset({"kg:GovernmentBody", "schema:Organization"})
_PAPERS = frozenset({"schema:NewsMediaOrganization"})
_PRINT = frozenset({"newspaper", "paper", "magazine", "daily", "weekly", "tabloid"})
_BROADCASTERS = frozenset({"broadcaster", "channel", "network", "station"})
NAMED_BODIES = FIRMS | AUTHORITIES | _PAPERS | {"kg:PoliticalParty", "kg:MilitaryUnit"}
CLASSES: dict[str, frozenset[str]] = {
    **dict.fromkeys(words("firm_nouns"), FIRMS),
    **dict.fromkeys(words("club_nouns"), CLUBS),
    **dict.fromkeys(words("authority_nouns"), frozenset({"kg:GovernmentBody"})),
    **dict.fromkeys(("group", "organisation", "organization"), FIRMS | CLUBS | {"kg:Bloc"}),
    "agency": AUTHORITIES | _PAPERS,
    **dict.fromkeys(("army", "military"), frozenset({"kg:MilitaryUnit", "kg:GovernmentBody", "schema:Organization"})),
    "institution": FIRMS | AUTHORITIES,
    "force": frozenset({"kg:GovernmentBody", "kg:MilitaryUnit", "schema:Organization"}),
    "ministry": frozenset({"kg:GovernmentBody"}),
    "party": frozenset({"kg:PoliticalParty"}),
    **dict.fromkeys((*_PRINT, *_BROADCASTERS), _PAPERS),
}
_CONTESTS = frozenset({"Bundesliga", "Championship", "Cup", "LaLiga", "League", "Liga"})
_FORCES = frozenset({"army", "force", "military"})
RATING = frozenset({"Fitch Ratings", "Moody's", "S&P Global Ratings"})
_TRADES = {
    **dict.fromkeys(("bank", "lender"), words("NamesOfBanks")),
    **dict.fromkeys(("airline", "carrier"), words("NamesOfAirlines")),
    **dict.fromkeys(("drugmaker", "pharmaceutical"), words("NamesOfDrugmakers")),
    "insurer": words("NamesOfInsurers"),
    **dict.fromkeys(("club", "team", "side"), words("NamesOfClubs")),
    "force": frozenset({"Police", "Constabulary", "Gendarmerie"}),
    **dict.fromkeys(("army", "military"), frozenset({"Army", "Armed", "Military"})),
    **dict.fromkeys(_BROADCASTERS, words("NamesOfBroadcasters")),
    "museum": words("NamesOfMuseums"),
}
_PLAYERS = frozenset({"club", "side", "squad", "team"})
_SYNONYMS = (frozenset({"airline", "carrier"}), frozenset({"bank", "lender"}), frozenset({"carmaker", "automaker"}))


_KINDS = (
    words("firm_nouns") | {"bank", "company"},
    words("club_nouns") | {"party"},
    words("authority_nouns") | {"agency", "court", "ministry"},
    _PRINT,
    _BROADCASTERS,
)
"""Words for bodies of one kind; who is called one of these is none of another, unless the text says so, too."""


def may_be(entity: DocEntity, lemma: str) -> bool:
    """Tell whether a body is of a class that a noun may name."""
    if lemma == "agency" and entity.name in RATING:
        return True
    of_class = entity.type in CLASSES[lemma] or (lemma in _BROADCASTERS and is_named_so(entity, lemma))
    if not of_class or (lemma in _FORCES and not is_named_so(entity, lemma)):
        return False
    if lemma in _PLAYERS and not _CONTESTS.isdisjoint(entity.name.split()[-1:]):
        return False  # "the Europa League" is no team
    return lemma not in words("firm_nouns") or not _is_institution(entity, lemma)


def _is_institution(entity: DocEntity, lemma: str) -> bool:
    """Tell whether a name says that its bearer is no firm: "the University of Ghent"."""
    kinds = {w.lower() for w in entity.name.split()} & words("institutions")
    lends = lemma in {"bank", "lender"} and "Building Society" in entity.name
    return bool(kinds - {lemma}) and not lends


def is_named_so(entity: DocEntity, lemma: str) -> bool:
    """Tell whether a name says of what trade its bearer is: "the bank" for Banque Ronsard."""
    names = _TRADES.get(lemma, frozenset())
    return any(part in names for name in (entity.name, *entity.names) for part in name.split())


def like(lemma: str) -> frozenset[str]:
    """Return a noun and those that mean the same."""
    return next((alike for alike in _SYNONYMS if lemma in alike), frozenset({lemma}))


def called_otherwise(discourse: Discourse, entity: int, lemma: str) -> bool:
    """Tell whether the text calls a body what a noun does not mean: a planemaker is no airline, a union no firm."""
    called = discourse.known_as(entity)
    if lemma in words("firm_nouns") and called & words("firm_nouns"):
        trades = called & words("firm_nouns") - words("general_firm_nouns")
        return bool(trades) and lemma not in words("general_firm_nouns") and not trades & like(lemma)
    kind = next((nouns for nouns in _KINDS if lemma in nouns), frozenset())
    return bool(kind) and not called & kind and any(called & nouns for nouns in _KINDS)
