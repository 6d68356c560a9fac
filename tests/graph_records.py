"""Documents and annotations for tests of graph, fusing, store and build, written by hand from a text."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from kg.annotate.claim_ids import claim_id, role_order
from kg.config import Settings
from kg.errors import AnnotateError
from kg.fuse import fuse
from kg.fuse.signature import sketch
from kg.fuse.sources import Record
from kg.iris import digest
from kg.lexicon import Lexicon
from kg.model import (
    Annotation,
    BodyKind,
    BodySpan,
    Claim,
    Document,
    EntityValue,
    Family,
    LocalEntity,
    Mention,
    MentionKind,
    Modality,
    Origin,
    Polarity,
    Quantity,
    QuantityKind,
    Role,
    Span,
    TextValue,
    TimeValue,
    World,
)
from kg.rdf.document import document_triples
from kg.rdf.nquads import lines
from kg.rdf.world import WorldWriter

COUNTRY, PERSON, ORGANIZATION, PLACE = "schema:Country", "schema:Person", "schema:Organization", "schema:Place"
_FAMILIES = {PERSON: Family.PERSON, COUNTRY: Family.PLACE, PLACE: Family.PLACE, "schema:City": Family.PLACE}


class Article:
    """An article with what is found in it; words are found in the text, so that offsets are always right."""

    def __init__(
        self,
        text: str,
        *,
        path: str = "article.txt",
        published: date = date(2023, 3, 14),
        publisher: str | None = "Harbour Post",
        url: str | None = None,
        authors: tuple[str, ...] = (),
        based_on: Origin | None = None,
    ) -> None:
        text_hash = hashlib.sha256(text.encode()).hexdigest()
        key = url or path
        self.document = Document(
            id=digest(key, text_hash, publisher or "", published.isoformat(), url or ""),
            source_key=key,
            source_path=path,
            text=text,
            body=(BodySpan(0, len(text), BodyKind.PARAGRAPH),),
            headline=None,
            published=published,
            publisher=publisher,
            authors=authors,
            url=url,
            language="en",
            sha256=text_hash,
            text_sha256=text_hash,
            based_on=based_on,
        )
        self.entities: dict[str, LocalEntity] = {}
        self.mentions: set[Mention] = set()
        self.claims: list[Claim] = []

    def at(self, words: str, *, after: int = 0) -> Span:
        start = self.document.text.index(words, after)
        return Span(start, start + len(words))

    def name(
        self, key: str, words: str | None = None, *, kind: str = COUNTRY, same_as: tuple[str, ...] = ()
    ) -> Article:
        """Mention an entity by all places of its words."""
        words = words or key.removesuffix("_person").removesuffix("_other").replace("_", " ")
        family = _FAMILIES.get(kind, Family.OTHER)
        before = self.entities.get(key)
        names = tuple(sorted({*(before.names if before else ()), words} - {before.label if before else words}))
        label = before.label if before else words
        self.entities[key] = LocalEntity(key=key, label=label, family=family, type=kind, names=names, same_as=same_as)
        start = self.document.text.find(words)
        while start >= 0:
            self.mentions.add(Mention(start=start, end=start + len(words), kind=MentionKind.NAME, entities=(key,)))
            start = self.document.text.find(words, start + 1)
        return self

    def claim(
        self,
        event_type: str,
        trigger: str,
        *roles: Role,
        predicate: str = "",
        polarity: Polarity = Polarity.AFFIRMED,
        modality: Modality = Modality.ACTUAL,
        attributed_to: Sequence[str] = (),
        via: Sequence[str] = (),
        confidence: str = "0.8",
        rule: str = "",
        cues: Sequence[str] = (),
        at: Span | None = None,
    ) -> Claim:
        at = at or self.at(trigger)
        evidence = self.sentence(at)
        parts = [f"{role.name}={role.value!r}" for role in roles]
        found = Claim(
            id=digest(self.document.id, event_type, f"{at}", f"{evidence}", parts, polarity, modality, attributed_to),
            document_id=self.document.id,
            event_type=event_type,
            predicate=predicate or trigger,
            roles=tuple(roles),
            evidence=evidence,
            trigger=at,
            polarity=polarity,
            modality=modality,
            attributed_to=tuple(attributed_to),
            via=tuple(via),
            confidence=Decimal(confidence),
            rule=rule or f"{event_type}/{event_type.lower()}",
            cues=tuple(cues),
        )
        self.claims.append(found)
        return found

    def sentence(self, at: Span) -> Span:
        return next(s for s in self.sentences() if s.start <= at.start < s.end)

    def sentences(self) -> tuple[Span, ...]:
        out, start, text = [], 0, self.document.text
        while start < len(text):
            end = text.find(". ", start)
            end = len(text) if end < 0 else end + 1
            out.append(Span(start, end))
            start = end + 1
        return tuple(out)

    def annotation(self) -> Annotation:
        return Annotation(
            document_id=self.document.id,
            sentences=self.sentences(),
            entities=tuple(self.entities[key] for key in sorted(self.entities)),
            mentions=tuple(sorted(self.mentions)),
            claims=tuple(self.claims),
        )

    def record(self) -> tuple[Document, Annotation]:
        return self.document, self.annotation()

    # ---- role values

    def who(self, role: str, *keys: str) -> tuple[Role, ...]:
        return tuple(Role(role, EntityValue(key)) for key in keys)

    def words(self, role: str, words: str) -> Role:
        at = self.at(words)
        return Role(role, TextValue(at, words))

    def money(self, role: str, words: str, value: str | None = None, **more: object) -> Role:
        base = Quantity(kind=QuantityKind.MONEY, span=self.at(words), value=Decimal(1), currency="USD")
        return Role(role, replace(base, value=Decimal(value) if value else None, **_decimals(more)))

    def number(self, role: str, words: str, value: str | None = None, **more: object) -> Role:
        base = Quantity(kind=QuantityKind.COUNT, span=self.at(words), value=Decimal(1))
        return Role(role, replace(base, value=Decimal(value) if value else None, **_decimals(more)))

    def when(self, role: str, words: str, lexical: str) -> Role:
        earliest, latest = bounds(lexical)
        return Role(role, TimeValue(lexical=lexical, earliest=earliest, latest=latest, span=self.at(words)))


def _decimals(values: dict[str, object]) -> dict[str, object]:
    return {name: Decimal(v) if name in ("minimum", "maximum") else v for name, v in values.items()}


def bounds(lexical: str) -> tuple[date, date]:
    """First and last day of 2021, 2021-09 or 2021-09-09."""
    parts = [int(part) for part in lexical.split("-")]
    if len(parts) == 3:
        return (date(*parts),) * 2
    if len(parts) == 1:
        return date(parts[0], 1, 1), date(parts[0], 12, 31)
    year, month = parts
    after = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, 1), date.fromordinal(after.toordinal() - 1)


# ---------------------------------------------------------------- an annotator without a model

_NAMES = ("Kenya", "Peru", "Norway", "Ghana", "Chile", "Nepal", "Fiji")
_SENTENCE = re.compile(
    rf"(?:(?P<speaker>{'|'.join(_NAMES)}) said that )?(?P<a>{'|'.join(_NAMES)}) (?P<not>did not )?"
    rf"(?P<verb>lent|lend|met|meet|may lend) (?P<b>{'|'.join(_NAMES)})(?: \$(?P<amount>\d+)m)?"
)


def annotate_document(document: Document) -> Annotation:
    """Find "Kenya lent Peru $5m", "Norway did not meet Chile", "Peru said that Ghana met Fiji"."""
    article = Article(document.text)
    article.document = document
    for name in _NAMES:
        if name in document.text:
            article.name(name)
    for match in _SENTENCE.finditer(document.text):
        _add_claim(article, match)
    found = article.annotation()
    return replace(
        found, claims=tuple(sorted(map(_named, found.claims), key=lambda c: (c.trigger, c.event_type, c.id)))
    )


def _named(claim: Claim) -> Claim:
    """Return a claim with the hash that the pipeline would give it."""
    roles = tuple(sorted(claim.roles, key=role_order))
    name = claim_id(
        claim.document_id,
        claim,
        trigger=claim.trigger,
        evidence=claim.evidence,
        roles=roles,
        attributed=claim.attributed_to,
    )
    return replace(claim, id=name, roles=roles)


def _add_claim(article: Article, match: re.Match[str]) -> None:
    verb, at = match["verb"], Span(*match.span("verb"))
    if verb in ("met", "meet"):
        event_type, roles = "Meet", article.who("participant", match["a"], match["b"])
    else:
        event_type, roles = "Lend", (*article.who("agent", match["a"]), *article.who("recipient", match["b"]))
    if match["amount"]:
        span = Span(match.start("amount") - 1, match.end("amount") + 1)
        value = Decimal(match["amount"]) * 1_000_000
        roles += (Role("amount", Quantity(kind=QuantityKind.MONEY, span=span, value=value, currency="USD")),)
    article.claim(
        event_type,
        verb,
        *roles,
        at=at,
        polarity=Polarity.NEGATED if match["not"] else Polarity.AFFIRMED,
        modality=Modality.POSSIBLE if verb == "may lend" else Modality.ACTUAL,
        attributed_to=(match["speaker"],) if match["speaker"] else (),
    )


def stub_annotator(_settings: object) -> object:
    """An annotator for builds without a language model; a text that says "poison" fails."""

    def annotate(documents: Iterable[Document]) -> Iterator[tuple[Document, Annotation | AnnotateError]]:
        for document in documents:
            if "poison" in document.text:
                yield document, AnnotateError("the stub dislikes it", where=document.source_path)
            else:
                yield document, annotate_document(document)

    return annotate


# ---------------------------------------------------------------- cases in folders


def read_case(path: Path) -> list[Article]:
    """The articles of a ``case.toml``."""
    return [_article(table) for table in tomllib.loads(path.read_text("utf-8"))["articles"]]


def _article(table: dict[str, Any]) -> Article:
    entities, claims = table.pop("entities"), table.pop("claims")
    origin = table.pop("based_on", None)
    authors = tuple(table.pop("authors", ()))
    article = Article(**table, authors=authors, based_on=Origin(**origin) if origin else None)
    for entity in entities:
        article.name(entity["key"], entity.get("words"), kind=entity["kind"], same_as=tuple(entity.get("same_as", ())))
    for claim in claims:
        roles = [_role(article, role) for role in claim.pop("roles")]
        event_type, trigger = claim.pop("type"), claim.pop("trigger")
        polarity, modality = Polarity(claim.pop("polarity", "affirmed")), Modality(claim.pop("modality", "actual"))
        claim.setdefault("rule", "test")
        article.claim(event_type, trigger, *roles, polarity=polarity, modality=modality, **claim)
    return article


def _role(article: Article, role: dict[str, str]) -> Role:
    name = role.pop("name")
    if "entity" in role:
        return article.who(name, role["entity"])[0]
    if "time" in role:
        return article.when(name, role["time"], role["lexical"])
    if "words" in role:
        return article.words(name, role["words"])
    make, words = (article.money, role.pop("money")) if "money" in role else (article.number, role.pop("number"))
    return make(name, words, role.pop("value", None), **role)


def case_lines(articles: Iterable[Article], *, settings: Settings, lexicon: Lexicon) -> list[str]:
    """The sorted N-Quads of all documents and the world, without validation."""
    out = []
    records = []
    for article in articles:
        document, annotation = article.record()
        triples = document_triples(document, annotation, settings=settings, lexicon=lexicon, run_id="case")
        out += lines(triples, settings.iris.document(document.id))
        records.append(Record(document, annotation, sketch(document.text)))
    return sorted(out + world_lines(fuse(records, lexicon=lexicon, settings=settings), settings, lexicon))


def world_lines(world: World, settings: Settings, lexicon: Lexicon) -> list[str]:
    writer = WorldWriter(settings, lexicon)
    parts = (
        *map(writer.entity, world.entities),
        *map(writer.lineage, world.lineages),
        *map(writer.event, world.events),
        *map(writer.dispute, world.disputes),
        *map(writer.statement, world.statements),
    )
    return sorted(line for triples in parts for line in lines(triples, settings.iris.world_graph))
