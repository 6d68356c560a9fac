"""Who acts in the stories: real countries and cities, invented persons, companies and organisations.

Every pair of parties is used in a few stories only, so that what has to be compared does not grow with the corpus.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from random import Random

from newsmaker.templates import names

__all__ = ["Actor", "Cast"]

# More stories about one pair would make blocks grow with the corpus.
_STORIES_A_PAIR = 3
_RANKS = ("Foreign Minister", "Defence Minister", "Finance Minister", "Trade Minister")


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody or something with a name; officials act for a country in an office."""

    name: str
    kind: str
    adjective: str = ""
    capital: str = ""
    gender: str = ""
    office: str = ""
    country: Actor | None = None

    @property
    def key(self) -> str:
        """The key that the name would have in the graph."""
        if " " in self.name or self.kind in ("country", "city"):
            return "_".join(self.name.split())
        return f"{self.name}_{'person' if self.kind == 'person' else 'other'}"


class Cast:
    """Hands out actors; names are never given twice."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.fact_numbers = count(1)
        self.taken: set[str] = set()
        self.pairs: Counter[tuple[str, str]] = Counter()
        self.countries: list[Actor] = []
        self.cities: dict[str, list[Actor]] = {}
        self.officials: dict[str, list[Actor]] = {}
        for line in names("countries"):
            self._add_country(*line.split("|"))
        self.outlets = [f"{a} {b}" for a in names("outlet_starts") for b in names("outlet_ends")]

    def _add_country(self, name: str, adjective: str, capital: str, second: str) -> None:
        country = Actor(name, "country", adjective, capital)
        self.countries.append(country)
        self.cities[name] = [Actor(city, "city", country=country) for city in (capital, second)]
        self.officials[name] = [self.person(office=office, country=country) for office in _RANKS]

    # ---- countries

    def two_countries(self) -> tuple[Actor, Actor]:
        """Return two countries that few stories are about; the first pair found where all are taken."""
        for _ in range(200):
            first, second = self.rng.sample(self.countries, 2)
            pair = (min(first.name, second.name), max(first.name, second.name))
            if self.pairs[pair] < _STORIES_A_PAIR:
                break
        self.pairs[pair] += 1
        return first, second

    def country(self) -> Actor:
        """Return any country."""
        return self.rng.choice(self.countries)

    def city(self, country: Actor) -> Actor:
        """Return one of its cities."""
        return self.rng.choice(self.cities[country.name])

    def officials_of_rank(self, first: Actor, second: Actor) -> tuple[Actor, Actor]:
        """Return a minister of each, both of one rank."""
        rank = self.rng.randrange(len(_RANKS))
        return self.officials[first.name][rank], self.officials[second.name][rank]

    # ---- invented names

    def person(self, *, office: str = "", country: Actor | None = None) -> Actor:
        """Return a new person."""
        gender = self.rng.choice("mf")
        given = names("men" if gender == "m" else "women")
        name = self._new(lambda: f"{self.rng.choice(given)} {self.rng.choice(names('surnames'))}")
        return Actor(name, "person", gender=gender, office=office, country=country)

    def company(self) -> Actor:
        """Return a new company."""
        sectors = names("sectors")
        name = self._new(lambda: f"{self._coin()} {self.rng.choice(sectors)}")
        return Actor(name, "company")

    def union(self, country: Actor) -> Actor:
        """Return a labour union of a country."""
        return Actor(f"{country.adjective} {self.rng.choice(names('unions'))}", "organization")

    def federation(self) -> Actor:
        """Return a sports federation."""
        return Actor(f"World {self.rng.choice(names('federations'))} Federation", "organization")

    def front(self) -> Actor:
        """Return an armed group."""
        name = self._new(lambda: f"{self._coin()} {self.rng.choice(names('fronts'))}")
        return Actor(name, "organization")

    def exercise(self, year: int) -> Actor:
        """Return a military exercise."""
        first, second = names("exercises"), names("exercise_ends")
        return Actor(f"{self.rng.choice(first)} {self.rng.choice(second)} {year}", "exercise")

    def accord(self, city: Actor) -> Actor:
        """Return an agreement."""
        kind, end = self.rng.choice(names("accords")), self.rng.choice(names("accord_ends"))
        return Actor(f"{city.name} {kind} {end}", "agreement")

    def _coin(self) -> str:
        return self.rng.choice(names("company_starts")) + self.rng.choice(names("company_ends"))

    def _new(self, coin: Callable[[], str]) -> str:
        name = coin()
        while name in self.taken:
            name = coin()
        self.taken.add(name)
        return name
