"""Compare a fused world with the truth: merging, lineage, sources, disputes; pairs are counted, not events."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from math import comb
from pathlib import Path
from typing import Any

from kg.fuse.sources import Record
from kg.model import Claim, Document, World

__all__ = ["Counts", "Truth", "World", "extraction", "load_truth", "match_claims", "score_world", "statement_of"]

_PARTIES = ("agent", "recipient", "participant", "destination", "place")
_DISPUTED = ("amount", "count", "begin", "polarity")


@dataclass(frozen=True, slots=True)
class Truth:
    """``truth.records``: articles by name, planned contradictions by (fact, role)."""

    articles: dict[str, dict[str, Any]]
    contradictions: dict[tuple[str, str], list[list[str]]]
    begins: dict[str, str]


@dataclass(slots=True)
class Counts:
    """Right ones among those found and among those that are."""

    right: int = 0
    found: int = 0
    gold: int = 0
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 1.0

    def figures(self) -> dict[str, float]:
        """Return what goes to the JSON."""
        return {
            "precision": round(self.precision, 4),
            "recall": round(self.recall, 4),
            "right": self.right,
            "found": self.found,
            "gold": self.gold,
        }


def load_truth(folder: Path) -> Truth:
    """Read ``truth.records`` of a folder."""
    articles, contradictions, begins = {}, {}, {}
    for record in map(json.loads, (folder / "truth.records").read_text(encoding="utf-8").splitlines()):
        if record["record"] == "article":
            articles[record["document"]] = record
        elif record["record"] == "contradiction":
            contradictions[record["fact"], record["role"]] = record["sides"]
        else:
            begins[record["fact"]] = record["begin"]
    return Truth(articles, contradictions, begins)


# ------------------------------------------------------------------ claims and facts


def match_claims(records: Iterable[Record], truth: Truth, canonical: Mapping[str, str]) -> dict[str, str]:
    """Return claim to fact: of one class, told in one sentence, with a party in common."""
    out = {}
    for record in records:
        article = truth.articles[record.document.source_path]
        for claim in record.annotation.claims:
            statement = statement_of(claim, article, canonical)
            if statement and claim.event_type != "HoldOffice":
                out[claim.id] = statement["fact"]
    return out


def statement_of(claim: Claim, article: Mapping[str, Any], canonical: Mapping[str, str]) -> dict[str, Any] | None:
    """Return the statement that a claim was found in, None where nothing planned is told there."""
    return next((statement for statement in article["statements"] if _same(claim, statement, canonical)), None)


def _same(claim: Claim, statement: Mapping[str, Any], canonical: Mapping[str, str]) -> bool:
    if claim.event_type != statement["class"]:
        return False
    if claim.evidence.end <= statement["start"] or statement["end"] <= claim.evidence.start:
        return False
    told = {role["key"] for role in statement["roles"] if role["kind"] == "entity"}
    named = {canonical.get(key, key) for role in _PARTIES for key in claim.entities(role)}
    return not told or not named or bool(told & named)


def extraction(records: Sequence[Record], truth: Truth, claims: Mapping[str, str]) -> dict[str, Counts]:
    """Return, by class, how many of the statements have a claim, and how many of those classes' claims are planned."""
    out: dict[str, Counts] = defaultdict(Counts)
    for record in records:
        statements = truth.articles[record.document.source_path]["statements"]
        planned = [s for s in statements if s["class"] != "HoldOffice"]
        classes = {s["class"] for s in planned}
        found = [c for c in record.annotation.claims if c.event_type in classes]
        for claim in found:
            out[claim.event_type].found += 1
        for statement in planned:
            counts = out[statement["class"]]
            counts.gold += 1
            if any(claims.get(c.id) == statement["fact"] and _same(c, statement, {}) for c in found):
                counts.right += 1
            else:
                counts.missed.append(record.document.text[statement["start"] : statement["end"]])
    return dict(out)


# ------------------------------------------------------------------ the world


def score_world(world: World, records: Sequence[Record], truth: Truth, claims: Mapping[str, str]) -> dict[str, Counts]:
    """Return the counts of every measure by its name."""
    document_of = {claim.id: record.document.source_path for record in records for claim in record.annotation.claims}
    lineages = {lineage.document_id: lineage for lineage in world.lineages}
    by_path = {record.document.source_path: record.document for record in records}
    disputed = {fact for fact, _ in truth.contradictions}
    calm = {claim: fact for claim, fact in claims.items() if fact not in disputed}
    out = {
        "merging": _merging(world, claims, document_of, across=False),
        "merging of undisputed facts": _merging(world, calm, document_of, across=False),
        "merging across documents": _merging(world, claims, document_of, across=True),
        "copies": _copies(truth, by_path, lineages),
        "lineage": _lineage(truth, by_path, lineages),
        "sources of a fact": _sources(world, truth, claims),
        "disputes": _disputes(world, truth, claims, document_of, _DISPUTED),
    }
    out |= {f"lineage by {kind}": _kind(kind, truth, by_path, lineages) for kind in _SHARED}
    out |= {f"disputes of {r}": _disputes(world, truth, claims, document_of, (r,)) for r in _DISPUTED}
    return out


def _merging(world: World, claims: Mapping[str, str], document_of: Mapping[str, str], *, across: bool) -> Counts:
    """Count pairs of claims of one fact, and those of one event."""
    event_of = {claim: event for claim, event in world.claim_events() if claim in claims}

    def pairs(key: Any) -> Counter[Any]:
        return Counter(key(claim) for claim in event_of)

    def total(key: Any) -> int:
        every = sum(comb(n, 2) for n in pairs(key).values())
        same = sum(comb(n, 2) for n in pairs(lambda c: (key(c), document_of[c])).values())
        return every - same if across else every

    out = Counts(total(lambda c: (event_of[c], claims[c])), total(event_of.__getitem__), total(claims.__getitem__))
    facts_of, events_of = defaultdict(set), defaultdict(set)
    for claim, event in event_of.items():
        facts_of[event].add(claims[claim])
        events_of[claims[claim]].add(event)
    out.wrong = [f"{event}: {sorted(facts)}" for event, facts in facts_of.items() if len(facts) > 1]
    out.missed = [f"{fact}: {len(events)} events" for fact, events in sorted(events_of.items()) if len(events) > 1]
    return out


def _copies(truth: Truth, documents: Mapping[str, Document], lineages: Mapping[str, Any]) -> Counts:
    """Count pairs of documents with one text, whatever story they are on."""
    gold = {name: _root(name, truth) for name in documents}
    found = {name: lineages[document.id].origin for name, document in documents.items()}
    return _pairs(gold, found)


def _root(name: str, truth: Truth) -> str:
    while truth.articles[name]["copy_of"]:
        name = truth.articles[name]["copy_of"]
    return name


def _pairs(gold: Mapping[str, str], found: Mapping[str, str]) -> Counts:
    right = Counter((gold[name], found[name]) for name in gold)
    return Counts(
        *(sum(comb(n, 2) for n in c.values()) for c in (right, Counter(found.values()), Counter(gold.values())))
    )


def _lineage(truth: Truth, documents: Mapping[str, Document], lineages: Mapping[str, Any]) -> Counts:
    """Count pairs of reports of one story that rest on one report."""
    out = Counts()
    stories: dict[str, list[str]] = defaultdict(list)
    for name in documents:
        stories[truth.articles[name]["story"]].append(name)
    for names in stories.values():
        for first, second in combinations(names, 2):
            gold = truth.articles[first]["lineage"] == truth.articles[second]["lineage"]
            found = lineages[documents[first].id].source == lineages[documents[second].id].source
            out.right += gold and found
            out.gold += gold
            out.found += found
            if gold is not found:
                (out.missed if gold else out.wrong).append(f"{first} {second}")
    return out


_SHARED = (
    "copy", "spun", "based_on", "agency in byline", "agency in dateline", "agency in metadata", "agency in two ways"
)  # fmt: skip


def _kind(kind: str, truth: Truth, documents: Mapping[str, Document], lineages: Mapping[str, Any]) -> Counts:
    """Count the recall of lineage by how a report shares it with an earlier one that is no copy of the same."""
    out = Counts()
    for name, document in documents.items():
        record = truth.articles[name]
        for other in _earlier(record, truth, documents):
            if _way(record, truth.articles[other]) == kind:
                out.gold += 1
                out.right += lineages[document.id].source == lineages[documents[other].id].source
    out.found = out.right
    return out


def _earlier(record: Mapping[str, Any], truth: Truth, documents: Mapping[str, Document]) -> list[str]:
    if record["copy_of"] or record["based_on"]:
        return [record["copy_of"] or record["based_on"]]
    if not record["agency"]:
        return []
    same = (n for n, r in truth.articles.items() if r["lineage"] == record["lineage"] and n < record["document"])
    return [name for name in same if name in documents and truth.articles[name]["kind"] == "agency"]


def _way(record: Mapping[str, Any], other: Mapping[str, Any]) -> str:
    if record["kind"] != "agency":
        return record["kind"]
    forms = {record["agency_form"], other["agency_form"]}
    return f"agency in {forms.pop()}" if len(forms) == 1 else "agency in two ways"


def _sources(world: World, truth: Truth, claims: Mapping[str, str]) -> Counts:
    """Count facts whose number of independent sources is right; an event stands for the fact of most of its claims."""
    gold: dict[str, set[str]] = defaultdict(set)
    for record in truth.articles.values():
        for statement in record["statements"]:
            gold[statement["fact"]].add(statement["lineage"])
    best: dict[str, tuple[int, int]] = {}
    for event in world.events:
        votes = Counter(claims[claim] for claim in event.claims if claim in claims)
        for fact, n in votes.most_common(1):
            best[fact] = max(best.get(fact, (0, 0)), (n, event.source_count))
    out = Counts(found=len(best), gold=len(best))
    for fact, (_, sources) in sorted(best.items()):
        if sources == len(gold[fact]):
            out.right += 1
        else:
            out.wrong.append(f"{fact}: {sources} instead of {len(gold[fact])}")
    return out


def _disputes(
    world: World, truth: Truth, claims: Mapping[str, str], document_of: Mapping[str, str], roles: Sequence[str]
) -> Counts:
    """Count disputes on the right role of the right fact, with a document of either side."""
    event_of = {event.id: event for event in world.events}
    gold = {key: sides for key, sides in truth.contradictions.items() if key[1] in roles}
    hit: set[tuple[str, str]] = set()
    out = Counts(gold=len(gold))
    for dispute in world.disputes:
        votes = Counter(claims[claim] for claim in event_of[dispute.event].claims if claim in claims)
        whole = len(roles) > 1
        if not votes or (dispute.role not in roles and not whole):
            continue
        key = (votes.most_common(1)[0][0], dispute.role)
        documents = {document_of[claim] for claim in dispute.claims}
        out.found += 1
        if key in gold and all(documents.intersection(side) for side in gold[key]):
            hit.add(key)
            out.right += 1
        else:
            out.wrong.append(f"{key} {sorted(documents)}")
    out.missed = [f"{key} {gold[key]}" for key in sorted(gold.keys() - hit)]
    # a fact told as two events may have its dispute twice
    out.found -= out.right - len(hit)
    out.right = len(hit)
    return out
