"""What happens in the invented world: stories of a few facts each, some of them with a sequel or a rival version."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import count
from random import Random

from newsmaker.cast import Actor, Cast
from newsmaker.templates import names
from newsmaker.values import Bound, Day, Money, Number, Text

__all__ = ["Fact", "Rival", "Story", "make_stories", "rival_version"]

Value = Actor | Text | Money | Number | Day

_FIRST_DAY = date(2013, 1, 7)
_DAYS = 3650
_SEQUEL = 0.15
_EARLIER = 0.35
# Reports an event has: k with weight k ** -1.2
_MOST_REPORTS = 12
_SKEW = -1.2
_NOT_REACHED = 0.15


@dataclass(frozen=True, slots=True)
class Fact:
    """One event of the world; ``negated`` for what did not come about."""

    id: str
    event_type: str
    roles: dict[str, Value]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Rival:
    """Another version of one role of a fact; for ``polarity`` the fact is denied and ``value`` is None."""

    fact: str
    role: str
    value: Value | None


@dataclass(slots=True)
class Story:
    """Facts that are reported together: the first is what it is about, ``earlier`` a fact of the past."""

    id: str
    domain: str
    plot: str
    parties: tuple[Actor, Actor]
    city: Actor
    speakers: tuple[Actor, ...]
    day: date
    facts: list[Fact]
    reports: int
    earlier: Fact | None = None
    topic: str = ""


@dataclass(slots=True)
class _Scene:
    """What a plot is made from."""

    cast: Cast
    a: Actor
    b: Actor
    city: Actor
    day: date
    topic: str
    speakers: list[Actor] = field(default_factory=list)

    @property
    def rng(self) -> Random:
        return self.cast.rng

    def fact(self, event_type: str, *, negated: bool = False, after: int = 0, **roles: Value) -> Fact:
        known: dict[str, Value] = {"begin": Day(self.day + timedelta(days=after)), "place": self.city, **roles}
        return Fact(f"f{next(self.cast.fact_numbers):05}", event_type, known, negated)

    def text(self, kind: str) -> Text:
        return Text(self.rng.choice(names(kind)))

    def money(self) -> Money:
        millions = self.rng.choice((self.rng.randrange(12, 95), self.rng.randrange(100, 990, 5)))
        millions = self.rng.choice((millions, millions, self.rng.randrange(1100, 9900, 100)))
        return Money(millions, self.rng.choice(("USD", "USD", "EUR", "GBP")))

    def people(self, low: int, high: int) -> Number:
        value = self.rng.randrange(low, high)
        return Number(round(value, -1) if value > 100 else value)


def _talks(s: _Scene) -> list[Fact]:
    first, second = s.cast.officials_of_rank(s.a, s.b)
    s.speakers += [first, second]
    # two officials who meet and their countries that negotiate on one day are one event, not two
    if s.rng.random() < 0.5:
        facts = [s.fact("Meet", first=first, second=second, topic=Text(s.topic))]
    else:
        facts = [s.fact("Negotiate", first=s.a, second=s.b, topic=Text(s.topic))]
    if s.rng.random() < 0.5:
        facts.append(s.fact("Sign", first=s.a, second=s.b, theme=s.cast.accord(s.city)))
    else:
        negated = s.rng.random() < _NOT_REACHED * 3
        facts.append(s.fact("Agree", negated=negated, first=s.a, second=s.b, topic=Text(s.topic)))
    return facts


def _treaty(s: _Scene) -> list[Fact]:
    s.speakers += s.cast.officials_of_rank(s.a, s.b)
    return [
        s.fact("Sign", first=s.a, second=s.b, theme=s.cast.accord(s.city)),
        s.fact("Agree", first=s.a, second=s.b, topic=Text(s.topic)),
    ]


def _visit(s: _Scene) -> list[Fact]:
    guest, host = s.cast.officials_of_rank(s.a, s.b)
    s.speakers += [guest, host]
    return [
        s.fact("Visit", agent=guest, destination=s.b),
        s.fact("Support", agent=s.a, recipient=s.b, theme=Text(s.topic)),
    ]


def _loan(s: _Scene) -> list[Fact]:
    first, second = s.cast.officials_of_rank(s.a, s.b)
    s.speakers += [first, second]
    return [
        s.fact("Lend", agent=s.a, recipient=s.b, amount=s.money()),
        s.fact("Meet", first=first, second=second, topic=Text(s.topic)),
    ]


def _purchase(s: _Scene) -> list[Fact]:
    s.speakers += s.cast.officials_of_rank(s.a, s.b)
    return [s.fact("Buy", agent=s.a, recipient=s.b, theme=s.text("goods"), amount=s.money())]


def _quarrel(s: _Scene) -> list[Fact]:
    s.speakers += s.cast.officials_of_rank(s.a, s.b)
    misdeed = s.text("misdeeds")
    return [
        s.fact("Accuse", agent=s.a, recipient=s.b, theme=misdeed),
        s.fact("Sanction", agent=s.a, recipient=s.b, theme=misdeed),
    ]


def _drill(s: _Scene) -> list[Fact]:
    s.speakers += s.cast.officials_of_rank(s.a, s.b)
    people = s.people(800, 30000)
    theme = s.cast.exercise(s.day.year)
    return [s.fact("Exercise", first=s.a, second=s.b, theme=theme, count=people)]


def _deployment(s: _Scene) -> list[Fact]:
    s.speakers += s.cast.officials_of_rank(s.a, s.b)
    return [
        s.fact("Deploy", agent=s.a, destination=s.b, count=s.people(150, 9000)),
        s.fact("Support", agent=s.a, recipient=s.b, theme=Text(s.topic)),
    ]


def _attack(s: _Scene) -> list[Fact]:
    s.speakers += s.cast.officials_of_rank(s.a, s.b)
    facts = [s.fact("Attack", agent=s.cast.front(), count=s.people(4, 90))]
    facts.append(s.fact("Aid", after=1, agent=s.b, recipient=s.a, amount=s.money()))
    return facts


def _flood(s: _Scene) -> list[Fact]:
    s.speakers += s.cast.officials_of_rank(s.a, s.b)
    return [
        s.fact("Death", count=s.people(5, 400)),
        s.fact("Aid", after=1, agent=s.b, recipient=s.a, amount=s.money()),
    ]


def _takeover(s: _Scene) -> list[Fact]:
    chief, head = s.cast.person(), s.cast.person()
    s.speakers += [chief]
    return [
        s.fact("Acquire", agent=s.a, recipient=s.b, amount=s.money()),
        s.fact("Appoint", agent=s.a, recipient=head, theme=s.text("posts")),
    ]


def _investment(s: _Scene) -> list[Fact]:
    s.speakers += [s.cast.person()]
    return [s.fact("Invest", agent=s.a, recipient=s.b, amount=s.money())]


def _succession(s: _Scene) -> list[Fact]:
    old, new, post = s.cast.person(), s.cast.person(), s.text("posts")
    s.speakers += [new]
    return [
        s.fact("Leave", agent=old, recipient=s.a, theme=post),
        s.fact("Appoint", after=1, agent=s.a, recipient=new, theme=post),
    ]


def _trial(s: _Scene) -> list[Fact]:
    accused, lawyer = s.cast.person(), s.cast.person()
    s.speakers += [lawyer]
    return [s.fact("Try", recipient=accused, theme=s.text("charges"))]


def _election(s: _Scene) -> list[Fact]:
    winner = s.cast.person()
    s.speakers += [winner]
    return [s.fact("Win", agent=winner, theme=Text(f"{s.rng.choice(names('elections'))} in {s.a.name}"))]


def _strike(s: _Scene) -> list[Fact]:
    s.speakers += [s.cast.person()]
    return [s.fact("Protest", agent=s.a, recipient=s.b, count=s.people(200, 40000))]


def _ban(s: _Scene) -> list[Fact]:
    s.speakers += [s.cast.person()]
    return [s.fact("Sanction", agent=s.a, recipient=s.b, theme=s.text("offences"))]


# plot: (what makes its facts, domain of its prose, who its parties are, how often)
_PLOTS = {
    "talks": (_talks, "diplomacy", "countries", 12),
    "treaty": (_treaty, "diplomacy", "countries", 7),
    "visit": (_visit, "diplomacy", "countries", 6),
    "quarrel": (_quarrel, "diplomacy", "countries", 6),
    "loan": (_loan, "economy", "countries", 8),
    "purchase": (_purchase, "economy", "countries", 7),
    "drill": (_drill, "military", "countries", 6),
    "deployment": (_deployment, "military", "countries", 5),
    "attack": (_attack, "military", "countries", 4),
    "flood": (_flood, "disaster", "countries", 6),
    "takeover": (_takeover, "business", "companies", 8),
    "investment": (_investment, "business", "companies", 7),
    "succession": (_succession, "business", "companies", 6),
    "trial": (_trial, "courts", "countries", 5),
    "election": (_election, "politics", "countries", 5),
    "strike": (_strike, "labour", "union", 6),
    "ban": (_ban, "sport", "federation", 5),
}
# Plots whose main fact may come about again between the same parties.
_REPEATED = ("talks", "treaty", "visit", "loan", "purchase", "drill", "investment", "strike", "ban", "quarrel")


def make_stories(rng: Random) -> Iterator[Story]:
    """Yield stories without end."""
    cast, before = Cast(rng), None
    plots, weights = list(_PLOTS), [plot[3] for plot in _PLOTS.values()]
    for number in count(1):
        repeat = before if before and before.plot in _REPEATED and rng.random() < _SEQUEL else None
        plot = repeat.plot if repeat else rng.choices(plots, weights)[0]
        parties = repeat.parties if repeat else _parties(cast, plot)
        # a second round of talks is as likely weeks as months later
        gap = rng.randrange(12, 40) if rng.random() < 0.4 else rng.randrange(60, 400)
        day = repeat.day + timedelta(days=gap) if repeat else _day(rng)
        story = _story(f"s{number:05}", plot, parties, day, cast)
        # only a story of its own can be repeated: three of a kind would look like one yearly event
        before = None if repeat else story
        yield story


def _day(rng: Random) -> date:
    return _FIRST_DAY + timedelta(days=rng.randrange(_DAYS))


def _parties(cast: Cast, plot: str) -> tuple[Actor, Actor]:
    kind = _PLOTS[plot][2]
    if kind == "companies":
        return cast.company(), cast.company()
    if kind == "union":
        return cast.union(cast.country()), cast.company()
    if kind == "federation":
        return cast.federation(), cast.country()
    return cast.two_countries()


def _story(key: str, plot: str, parties: tuple[Actor, Actor], day: date, cast: Cast) -> Story:
    make, domain, _, _ = _PLOTS[plot]
    home = parties[0] if parties[0].kind == "country" else cast.country()
    scene = _Scene(cast, *parties, cast.city(home), day, cast.rng.choice(names("topics")))
    facts = make(scene)
    story = Story(
        key, domain, plot, parties, scene.city, tuple(scene.speakers), day, facts, _reports(cast.rng), topic=scene.topic
    )
    if plot in _REPEATED and cast.rng.random() < _EARLIER:
        past = _past(scene, day - timedelta(days=cast.rng.randrange(400, 900)))
        story.earlier = make(past)[0]
    return story


def _past(scene: _Scene, day: date) -> _Scene:
    """Return the scene of an earlier fact of the same kind and parties."""
    topic = scene.rng.choice([topic for topic in names("topics") if topic != scene.topic])
    return replace(scene, day=day, topic=topic, speakers=[])


def _reports(rng: Random) -> int:
    sizes = range(1, _MOST_REPORTS + 1)
    return rng.choices(sizes, [k**_SKEW for k in sizes])[0]


def rival_version(story: Story, rng: Random) -> Rival | None:
    """Return another version of the main fact: a figure, a date, or a denial."""
    fact = story.facts[0]
    roles = [role for role in ("amount", "count") if role in fact.roles] or ["begin"]
    role = rng.choice((*roles, *roles, "begin", "polarity"))
    if role == "polarity":
        return Rival(fact.id, role, None)
    return Rival(fact.id, role, _other(fact.roles[role], rng))


def _other(value: Value, rng: Random) -> Value:
    if isinstance(value, Day):
        return Day(value.day - timedelta(days=rng.randrange(1, 4)))
    bound = rng.choice((Bound.EXACT, Bound.EXACT, Bound.UP_TO, Bound.AT_LEAST))
    # above ten per cent, else it may be a rounding; below twice as much, else a reader thinks of another event
    factor = rng.uniform(1.15, 1.8)
    if isinstance(value, Money):
        return Money(_rounded(value.millions * factor), value.currency, bound)
    if isinstance(value, Number):
        return Number(_rounded(value.value * factor), bound)
    raise TypeError(f"no other version of {value!r}")


def _rounded(figure: float) -> int:
    """Round up, to two digits."""
    unit = 10 ** max(0, len(str(int(figure))) - 2)
    return (int(figure) // unit + 1) * unit
