"""Write a corpus: every story's reports, and the truth about them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from random import Random

from newsmaker.article import Article, lay_out, truth
from newsmaker.cast import Actor
from newsmaker.compose import Plan, Sentence, Writer, compatible, filler_line, outline
from newsmaker.copies import near_copy, spun
from newsmaker.templates import names
from newsmaker.values import Day
from newsmaker.world import Rival, Story, Value, make_stories, rival_version

__all__ = ["Corpus", "contradictions", "make_articles", "make_corpus", "write_corpus"]

_KINDS = {"independent": 56, "copy": 17, "agency": 13, "based_on": 7, "spun": 7}
_CONTRADICTED = 0.5
_CITES = 0.15
_FORMS = ("byline", "dateline", "metadata")
_WORDS = (145, 350)


@dataclass(frozen=True, slots=True)
class Corpus:
    """Articles with the contradictions that were planned and written."""

    articles: tuple[Article, ...]
    contradictions: tuple[dict[str, object], ...]


def make_corpus(count: int, seed: int) -> Corpus:
    """Return a corpus; that of more articles begins with the same ones.

    Args:
        count: The number of articles, 1 or more.
        seed: Of the random numbers.
    """
    if count < 1:
        raise ValueError(f"a corpus of {count} articles cannot be made; expected 1 or more")
    articles, rivals = [], []
    for reports, rival in make_articles(seed):
        articles += reports[: count - len(articles)]
        if rival:
            rivals.append(rival)
        if len(articles) == count:
            break
    return Corpus(tuple(articles), tuple(contradictions(articles, rivals)))


def make_articles(seed: int) -> Iterator[tuple[list[Article], Rival | None]]:
    """Yield the articles of one story after another, without end, with the rival version that some of them tell."""
    rng = Random(seed)  # noqa: S311 (made to be repeatable)
    number = 0
    for story in make_stories(rng):
        desk = _Desk(rng, story, number)
        yield desk.reports(), desk.rival
        number = desk.number


@dataclass(slots=True)
class _Desk:
    """Writes all reports of one story."""

    rng: Random
    story: Story
    number: int
    used: set[str] = field(default_factory=set)
    articles: list[Article] = field(default_factory=list)
    rival: Rival | None = None
    outlets: list[str] = field(default_factory=list)
    sides: dict[str, bool] = field(default_factory=dict)
    agency: str = ""

    def reports(self) -> list[Article]:
        story = self.story
        every = [f"{a} {b}" for a in names("outlet_starts") for b in names("outlet_ends")]
        self.outlets = self.rng.sample(every, story.reports)
        self.agency = self.rng.choice(names("agencies"))
        if story.reports > 1 and self.rng.random() < _CONTRADICTED:
            self.rival = rival_version(story, self.rng)
        for outlet in self.outlets:
            self.articles.append(self._report(outlet))
        return self.articles

    # ---- one report

    def _report(self, outlet: str) -> Article:
        self.number += 1
        rng, name = self.rng, f"a{self.number:05}.txt"
        kind = rng.choices(list(_KINDS), list(_KINDS.values()))[0] if self.articles else "original"
        if not self.articles and rng.random() < 0.25:
            kind = "agency"
        before = [article for article in self.articles if article.copy_of is None]
        source = rng.choice(before) if before and kind in ("copy", "spun", "based_on") else None
        if source and kind in ("copy", "spun"):
            return self._copied(name, kind, outlet, source)
        agency = self.agency if kind == "agency" else ""
        return self._written(name, kind, outlet, agency, source)

    def _written(self, name: str, kind: str, outlet: str, agency: str, source: Article | None) -> Article:
        rng, story = self.rng, self.story
        lineage = f"{agency} on {story.id}" if agency else source.lineage if source else name
        rival = self._side(lineage)
        denies = rival and self.rival is not None and self.rival.role == "polarity"
        values, need = self._version(rival=rival)
        earliest = source.published if source else story.day + timedelta(days=1)
        published = earliest + timedelta(days=rng.choice((0, 0, 1, 1, 2, 4) if source is None else (0, 1)))
        writer = Writer(rng, story, published, self.used, values)
        cites = self._cited(kind, lineage, rival=rival)
        cited = Actor(cites.publisher, "outlet") if cites else None
        headline = self._headline(writer, denies=denies)
        plans = outline(writer, negated=denies, need=need, cited=cited, words=rng.randrange(*_WORDS))
        paragraphs = _write(writer, plans)
        return Article(
            name=name,
            story=story,
            kind=kind,
            published=published,
            publisher=outlet,
            lineage=lineage,
            headline=headline,
            paragraphs=paragraphs,
            based_on=source,
            cites=cites,
            agency=agency,
            agency_form=rng.choice(_FORMS) if agency else "",
            rival=rival,
        )

    def _copied(self, name: str, kind: str, outlet: str, source: Article) -> Article:
        rng = self.rng
        published = source.published + timedelta(days=rng.choice((0, 0, 1)))
        # a copier leaves "on Monday" as it was, so nothing is dated anew
        values, _ = self._version(rival=source.rival)
        writer = Writer(rng, self.story, source.published, self.used, values)
        headline = self._headline(writer, denies=source.headline.plan.negated)
        paragraphs = near_copy(source.paragraphs, rng) if kind == "copy" else spun(source.paragraphs, writer)
        return Article(
            name=name,
            story=self.story,
            kind=kind,
            published=published,
            publisher=outlet,
            lineage=source.lineage,
            headline=headline,
            paragraphs=paragraphs,
            copy_of=source,
            cites=source.cites,
            agency=source.agency,
            agency_form=source.agency_form,
            rival=source.rival,
        )

    def _headline(self, writer: Writer, *, denies: bool) -> Sentence:
        main = self.story.facts[0]
        # a story of many reports runs out of short headlines
        plan = Plan(main, "headline", negated=denies != main.negated)
        found = (
            writer.write(plan) or writer.write(replace(plan, form="long headline")) or writer.write(plan, again=True)
        )
        if found is None:
            raise ValueError(f"no headline is left for story {self.story.id}")
        # the text introduces everybody again, by full name and office
        writer.mentioned.clear()
        writer.last_person = None
        return found

    # ---- which version, and whose

    def _side(self, lineage: str) -> bool:
        """Tell whether a report tells the rival version: all of one lineage tell the same; both sides are told."""
        if self.rival is None:
            return False
        if lineage not in self.sides:
            told = set(self.sides.values())
            self.sides[lineage] = False if not told else self.rng.random() < 0.5 or told == {False}
        return self.sides[lineage]

    def _version(self, *, rival: bool) -> tuple[dict[tuple[str, str], Value], str]:
        """Return the values that differ from the facts', and the role that has to be told."""
        main = self.story.facts[0]
        if self.rival is None:
            return compatible(main, self.rng), ""
        role = self.rival.role
        if role == "polarity":
            return {}, ""
        value = self.rival.value if rival else main.roles[role]
        # a disputed day is told as a day, on both sides
        return ({(main.id, role): value} if rival or isinstance(value, Day) else {}), role

    def _cited(self, kind: str, lineage: str, *, rival: bool) -> Article | None:
        """Return the earlier report that an article cites for the main fact; one of its own version."""
        options = [a for a in self.articles if a.copy_of is None and a.rival is rival and a.lineage != lineage]
        if kind != "independent" or not options or self.rng.random() > _CITES:
            return None
        return self.rng.choice(options)


def _write(writer: Writer, plans: Iterable[Iterable[Plan]]) -> list[list[Sentence]]:
    paragraphs = [[sentence for plan in paragraph if (sentence := writer.write(plan))] for paragraph in plans]
    paragraphs = [paragraph for paragraph in paragraphs if paragraph]
    words = sum(len(sentence.text.split()) for paragraph in paragraphs for sentence in paragraph)
    while words < _WORDS[0]:
        # lines that its story has already were left out
        line = writer.write(filler_line(writer))
        if line:
            paragraphs.append([line])
            words += len(line.text.split())
    return paragraphs


# ------------------------------------------------------------------ truth


def contradictions(articles: Iterable[Article], rivals: Iterable[Rival]) -> Iterator[dict[str, object]]:
    """Yield the planned contradictions of which both sides are told by some article."""
    planned = {rival.fact: rival for rival in rivals}
    told: dict[str, dict[bool, list[str]]] = {key: {True: [], False: []} for key in planned}
    for article in articles:
        fact = article.story.facts[0].id
        if fact in planned and _tells(article, planned[fact]):
            told[fact][article.rival].append(article.name)
    for key, rival in planned.items():
        if told[key][True] and told[key][False]:
            yield {
                "record": "contradiction",
                "fact": key,
                "role": rival.role,
                "sides": [told[key][False], told[key][True]],
            }


def _tells(article: Article, rival: Rival) -> bool:
    sentences = [s for paragraph in (*article.paragraphs, [article.headline]) for s in paragraph]
    of_fact = [s for s in sentences if s.plan.fact and s.plan.fact.id == rival.fact]
    return rival.role == "polarity" or any(piece.role == rival.role for s in of_fact for piece in s.pieces)


def write_corpus(corpus: Corpus, out: Path) -> None:
    """Write the articles, ``sources.toml`` and ``truth.records`` to a folder."""
    out.mkdir(parents=True, exist_ok=True)
    tables = []
    for article in corpus.articles:
        (out / article.name).write_text(lay_out(article).text, encoding="utf-8")
        tables.append(_table(article))
    (out / "sources.toml").write_text("\n".join(tables), encoding="utf-8")
    with (out / "truth.records").open("w", encoding="utf-8") as file:
        for record in (*map(truth, corpus.articles), *_facts(corpus), *corpus.contradictions):
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


def _facts(corpus: Corpus) -> Iterator[dict[str, object]]:
    seen = set()
    for article in corpus.articles:
        story = article.story
        for fact in (*story.facts, story.earlier):
            if fact and fact.id not in seen:
                seen.add(fact.id)
                day = fact.roles["begin"]
                when = day.day.isoformat() if isinstance(day, Day) else None
                yield {"record": "fact", "fact": fact.id, "class": fact.event_type, "story": story.id, "begin": when}


def _table(article: Article) -> str:
    lines = [
        f'["{article.name}"]',
        f'publisher = "{article.publisher}"',
        f"published = {article.published.isoformat()}",
        'language = "en"',
    ]
    if article.agency_form == "metadata":
        lines.append(f'authors = ["{article.agency}"]')
    if article.based_on:
        origin = article.based_on
        lines.append(f'based_on = {{ publisher = "{origin.publisher}", published = {origin.published.isoformat()} }}')
    return "\n".join(lines) + "\n"
