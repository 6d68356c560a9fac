"""Write articles: headline, lead, body, background, quotes, with every fact's place in the text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from random import Random

from newsmaker.cast import Actor
from newsmaker.templates import Slot, Trigger, expand, facts, prose, slots
from newsmaker.values import Bound, Money, Number, Text
from newsmaker.world import Fact, Story, Value

__all__ = ["Piece", "Plan", "Sentence", "Writer", "compatible", "filler_line", "outline"]

_ATTEMPTS = 40
_DENIAL_ENDS = (
    "",
    " after all",
    ", [contrary to|despite] [earlier|some|previous] reports",
    ", [people close to the matter|several witnesses|two participants] [insist|say|maintain]",
    " as had been [claimed|suggested|rumoured]",
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence; ``actor`` where it mentions one, ``says`` what a figure or date says."""

    text: str
    role: str = ""
    actor: Actor | None = None
    mention: str = "name"
    says: Mapping[str, object] | None = None
    trigger: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What a sentence is to say: a fact in one form, or a line of prose."""

    fact: Fact | None = None
    form: str = ""
    template: str = ""
    speaker: Actor | None = None
    need: str = ""
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """A written sentence; ``offices`` are the (person, country, office) pieces that it mentions, by position."""

    pieces: tuple[Piece, ...]
    plan: Plan
    offices: tuple[tuple[int, int, int], ...] = ()

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


@dataclass(slots=True)
class Writer:
    """Writes the sentences of one article.

    ``values`` are this article's versions of roles, by (fact, role); ``used`` are sentences that its story has
    already: none is written twice.
    """

    rng: Random
    story: Story
    published: date
    used: set[str]
    values: Mapping[tuple[str, str], Value] = field(default_factory=dict)
    mentioned: set[str] = field(default_factory=set)
    last_person: Actor | None = None

    def write(self, plan: Plan, *, again: bool = False) -> Sentence | None:
        """Return a sentence that the story does not have yet (or ``again`` one that it has), None if none is found."""
        for _ in range(_ATTEMPTS):
            mentioned, last = set(self.mentioned), self.last_person
            sentence = self._attempt(plan)
            if sentence and (again or sentence.text not in self.used):
                self.used.add(sentence.text)
                return sentence
            self.mentioned, self.last_person = mentioned, last
        return None

    def prose(self, kind: str, domain: str) -> Plan:
        """Return the plan of a line of background, or of a quote."""
        return Plan(template=self.rng.choice(prose()[domain][kind]))

    # ---- one attempt

    def _attempt(self, plan: Plan) -> Sentence | None:
        draft = _Draft(self, headline="headline" in plan.form)
        if plan.fact is None:
            draft.fill(plan.template, None)
            return draft.finish(plan)
        template = self._template(plan)
        if plan.speaker is None:
            draft.fill(template, plan.fact)
        else:
            self._attributed(draft, template, plan)
        if plan.need and plan.need not in {piece.role for piece in draft.pieces}:
            return None
        return draft.finish(plan)

    def _template(self, plan: Plan) -> str:
        fact = plan.fact
        forms = facts()[fact.event_type]
        if plan.negated:
            return self.rng.choice(forms["denied"]) + ("" if plan.speaker else self.rng.choice(_DENIAL_ENDS))
        if plan.speaker is not None or plan.form == "long headline":
            options = [t for t in forms["clause"] if not t.startswith("{begin}")]
        elif plan.form == "body":
            options = [*forms["clause"], *forms["sentence"], *forms["sentence"]]
        else:
            options = forms[plan.form]
        fitting = [t for t in options if plan.need in slots(t)] if plan.need else options
        return self.rng.choice(fitting or options)

    def _attributed(self, draft: _Draft, template: str, plan: Plan) -> None:
        verb = "reported" if plan.speaker.kind == "outlet" else self.rng.choice(("said", "said", "announced"))
        if self.rng.random() < 0.6:
            draft.refer(plan.speaker, "speaker")
            draft.add(f" {verb} that ")
            draft.fill(template, plan.fact)
        else:
            draft.fill(template, plan.fact)
            draft.add(", according to " if self.rng.random() < 0.5 and verb != "reported" else f", {verb} ")
            draft.refer(plan.speaker, "speaker")


class _Draft:
    """The pieces of one sentence while it is written."""

    def __init__(self, writer: Writer, *, headline: bool) -> None:
        self.writer = writer
        self.headline = headline
        self.pieces: list[Piece] = []
        self.offices: list[tuple[int, int, int]] = []

    def add(self, text: str, **about: object) -> int:
        self.pieces.append(Piece(text, **about))
        return len(self.pieces) - 1

    def fill(self, template: str, fact: Fact | None) -> None:
        for token in expand(template, self.writer.rng):
            if isinstance(token, Trigger):
                self.add(token.text, trigger=True)
            elif isinstance(token, Slot):
                self._slot(token, fact)
            else:
                self.add(token)

    def finish(self, plan: Plan) -> Sentence:
        first = self.pieces[0]
        capital = first.text[:1].upper() + first.text[1:]
        self.pieces[0] = Piece(capital, first.role, first.actor, first.mention, first.says, first.trigger)
        if not self.headline and not self.pieces[-1].text.endswith((".", '."', '".')):
            self.add(".")
        return Sentence(tuple(self.pieces), plan, tuple(self.offices))

    # ---- fillers

    def _slot(self, slot: Slot, fact: Fact | None) -> None:
        if fact is None:
            self._context(slot.name)
            return
        value = self.writer.values.get((fact.id, slot.name), fact.roles[slot.name])
        rng = self.writer.rng
        if isinstance(value, Actor):
            self.refer(value, slot.name)
        elif isinstance(value, Text):
            self.add(value.text, role=slot.name, says={"kind": "text", "value": value.text})
        else:
            worded = (
                value.word(rng)
                if isinstance(value, Money)
                else value.word(rng, slot.hint)
                if isinstance(value, Number)
                else value.word(rng, self.writer.published, exact=(fact.id, "begin") in self.writer.values)
            )
            self.add(worded.text, role=slot.name, says=worded.says)

    def _context(self, name: str) -> None:
        story, rng = self.writer.story, self.writer.rng
        if name == "topic":
            self.add(story.topic)
        elif name == "pronoun":
            person = self.writer.last_person
            if person is None:
                self.refer(rng.choice(story.speakers), "")
            else:
                self.add("he" if person.gender == "m" else "she", actor=person, mention="pronoun")
        elif name == "speaker":
            self.refer(rng.choice(story.speakers), "")
        else:
            self.refer({"a": story.parties[0], "b": story.parties[1], "city": story.city}[name], "")

    def refer(self, actor: Actor, role: str) -> None:
        """Mention an actor: in full first, shorter later."""
        known = actor.key in self.writer.mentioned
        self.writer.mentioned.add(actor.key)
        if actor.kind == "person":
            self.writer.last_person = actor
            self._person(actor, role, known=known)
        elif actor.kind == "country" and role in ("agent", "recipient", "speaker") and not self.headline:
            self._government(actor, role, known=known)
        elif actor.kind in ("organization", "agreement") and not self.headline:
            self.add("the ")
            self.add(actor.name, role=role, actor=actor)
        else:
            self.add(actor.name, role=role, actor=actor)

    def _government(self, country: Actor, role: str, *, known: bool) -> None:
        chance = self.writer.rng.random()
        if chance < 0.2:
            self.add(f"the {country.adjective} government", role=role, actor=country, mention="nominal")
        elif chance < 0.32 and known and role == "agent":
            self.add(country.capital, role=role, actor=country, mention="metonym")
        else:
            self.add(country.name, role=role, actor=country)

    def _person(self, person: Actor, role: str, *, known: bool) -> None:
        chance = self.writer.rng.random()
        surname = person.name.split()[-1]
        if self.headline:
            self.add(person.name if chance < 0.5 else surname, role=role, actor=person)
        elif person.office and not known:
            self._official(person, role, chance)
        elif known and person.office and chance < 0.25:
            title = f"the {person.country.adjective} {person.office.lower()}"
            self.add(title, role=role, actor=person, mention="nominal")
        else:
            self.add(surname if known and chance < 0.85 else person.name, role=role, actor=person)

    def _official(self, person: Actor, role: str, chance: float) -> None:
        country = person.country
        if chance < 0.5:
            place = self.add(country.adjective, actor=country, mention="demonym")
            self.add(" ")
            office = self.add(person.office)
            self.add(" ")
            who = self.add(person.name, role=role, actor=person)
        else:
            office = self.add(person.office)
            self.add(" ")
            who = self.add(person.name, role=role, actor=person)
            self.add(" of ")
            place = self.add(country.name, actor=country)
        self.writer.mentioned.add(country.key)
        self.offices.append((who, place, office))


def outline(writer: Writer, *, negated: bool, need: str, cited: Actor | None, words: int) -> list[list[Plan]]:
    """Return the paragraphs of an article as plans: the lead, what else happened, quotes and background.

    Args:
        writer: The article's.
        negated: Whether the article denies the story's main fact.
        need: The role that its reports of the main fact must tell.
        cited: The outlet that it cites for the main fact.
        words: About how long it shall be.
    """
    rng, story = writer.rng, writer.story
    main, *sides = story.facts
    denies = negated != main.negated
    speaker = cited or (rng.choice(story.speakers) if rng.random() < 0.2 else None)
    lead = [Plan(main, "clause" if rng.random() < 0.7 else "sentence", speaker=speaker, need=need, negated=denies)]
    again = [Plan(main, "body", need=need if rng.random() < 0.5 else "", negated=denies, speaker=cited)]
    told = [Plan(fact, rng.choice(("body", "clause")), negated=fact.negated) for fact in sides if rng.random() < 0.8]
    if story.earlier and rng.random() < 0.6:
        told.append(Plan(story.earlier, "clause", need="begin"))
    if rng.random() < 0.35:
        told.append(Plan(main, "body", speaker=rng.choice(story.speakers), negated=denies))
    rng.shuffle(told)
    return _paragraphs(writer, [*lead, *again, *told], words)


def _paragraphs(writer: Writer, told: Sequence[Plan], words: int) -> list[list[Plan]]:
    """Put quotes and background between the facts (a line has some 17 words), in paragraphs of up to three lines."""
    rng = writer.rng
    lines = max(2, words // 17 - len(told))
    filler = [filler_line(writer) for _ in range(lines)]
    paragraphs = [[told[0]]]
    rest = list(told[1:])
    while rest or filler:
        paragraph = [rest.pop(0)] if rest and (rng.random() < 0.6 or not filler) else []
        paragraph += [filler.pop() for _ in range(min(len(filler), rng.randrange(1, 3)))]
        paragraphs.append(paragraph)
    return paragraphs


def filler_line(writer: Writer) -> Plan:
    """Return the plan of a quote or of a line of background."""
    domain = writer.rng.choice((writer.story.domain, "any", "any"))
    return writer.prose("quotes", "any") if writer.rng.random() < 0.4 else writer.prose("background", domain)


def compatible(fact: Fact, rng: Random) -> dict[tuple[str, str], Value]:
    """Return a rounding of the fact's figure in some articles, which contradicts nothing."""
    out: dict[tuple[str, str], Value] = {}
    for role, value in fact.roles.items():
        if isinstance(value, Money | Number) and rng.random() < 0.12:
            out[fact.id, role] = replace(value, bound=Bound.ABOUT)
    return out
