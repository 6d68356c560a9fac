from __future__ import annotations

import json
import random
import sys
from collections import defaultdict
from itertools import combinations
from pathlib import Path

import pytest

from kg.model import Document
from kg.read import read_sources

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"


@pytest.fixture(scope="module")
def maker():
    """The generator, which lies beside the package and not in it."""
    sys.path.insert(0, str(BENCHMARKS))
    try:
        import newsmaker
        import newsmaker.article
        import newsmaker.oracle
        import newsmaker.score
    finally:
        sys.path.remove(str(BENCHMARKS))
    return newsmaker


@pytest.fixture(scope="module")
def corpus(maker):
    return maker.make_corpus(150, 7)


@pytest.fixture(scope="module")
def folder(maker, corpus, tmp_path_factory):
    out = tmp_path_factory.mktemp("articles")
    maker.write_corpus(corpus, out)
    return out


@pytest.fixture(scope="module")
def records(folder):
    return [json.loads(line) for line in (folder / "truth.records").read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def articles(records):
    return {record["document"]: record for record in records if record["record"] == "article"}


@pytest.fixture(scope="module")
def documents(folder):
    found = [item for item in read_sources(sorted(folder.glob("*.txt"))) if isinstance(item, Document)]
    return {document.source_path: document for document in found}


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_same_seed_gives_the_same_bytes(maker, folder, tmp_path):
    random.seed(1)
    maker.write_corpus(maker.make_corpus(150, 7), tmp_path)
    assert content(tmp_path) == content(folder)


def test_another_seed_gives_other_articles(maker, corpus):
    assert [a.headline.text for a in maker.make_corpus(10, 8).articles] != [
        a.headline.text for a in corpus.articles[:10]
    ]


def test_larger_corpus_begins_with_the_smaller_one(maker, corpus):
    lay_out = maker.article.lay_out
    small = [lay_out(article).text for article in maker.make_corpus(40, 7).articles]
    assert small == [lay_out(article).text for article in corpus.articles[:40]]


def test_refuses_a_corpus_of_nothing(maker):
    with pytest.raises(ValueError, match="expected 1 or more"):
        maker.make_corpus(0, 7)


def test_every_article_is_read_with_its_metadata(documents, articles):
    assert documents.keys() == articles.keys()
    for name, document in documents.items():
        truth = articles[name]
        assert document.published.isoformat() == truth["published"]
        assert document.publisher == truth["publisher"]
        assert (document.based_on is not None) == (truth["based_on"] is not None)


def test_articles_have_the_length_of_news(articles):
    words = [record["words"] for record in articles.values()]
    assert min(words) >= 120
    assert max(words) <= 400


def test_statements_lie_in_body_text(documents, articles):
    checked = 0
    for name, document in documents.items():
        for statement in articles[name]["statements"]:
            assert any(b.start <= statement["start"] and statement["end"] <= b.end for b in document.body)
            checked += 1
    assert checked > 600


def test_fillers_stand_where_the_truth_says(documents, articles):
    kinds = set()
    for name, document in documents.items():
        labels = {entity["key"]: entity["label"] for entity in articles[name]["entities"]}
        names = {(m["start"], m["end"]) for m in articles[name]["mentions"] if m["kind"] == "name"}
        for statement in articles[name]["statements"]:
            for role in statement["roles"]:
                words = document.text[role["start"] : role["end"]]
                kinds.add(role["kind"])
                assert statement["start"] <= role["start"] < role["end"] <= statement["end"]
                if role["kind"] == "entity" and (role["start"], role["end"]) in names:
                    # a name, or a person's last name
                    assert labels[role["key"]].endswith(words)
                if role["kind"] == "text":
                    assert words.lower() == role["value"].lower()
    assert kinds == {"entity", "text", "date", "money", "count"}


def test_independent_reports_of_a_story_share_no_sentence(corpus):
    """Headlines of a much reported story may repeat, since short ones run out."""
    stories = defaultdict(list)
    for article in corpus.articles:
        if article.copy_of is None:
            stories[article.story.id].append({s.text for paragraph in article.paragraphs for s in paragraph})
    pairs = [pair for reports in stories.values() for pair in combinations(reports, 2)]
    assert len(pairs) > 100
    assert not any(first & second for first, second in pairs)


def test_near_copies_share_most_and_spun_ones_nothing(corpus):
    shared = defaultdict(list)
    for article in corpus.articles:
        if article.copy_of:
            mine, other = (
                {s.text for paragraph in each.paragraphs for s in paragraph} for each in (article, article.copy_of)
            )
            shared[article.kind].append(len(mine & other) / len(mine))
    assert min(shared["copy"]) > 0.3
    assert max(shared["spun"]) == 0


def test_copies_tell_what_their_original_tells(articles):
    copies = [record for record in articles.values() if record["kind"] == "copy"]
    assert len(copies) > 10
    for record in copies:
        original = articles[record["copy_of"]]
        assert record["lineage"] == original["lineage"]
        assert {s["fact"] for s in record["statements"]} <= {s["fact"] for s in original["statements"]}


def test_both_sides_of_a_contradiction_are_told(records, articles):
    planned = [record for record in records if record["record"] == "contradiction"]
    assert len(planned) >= 5
    for record in planned:
        sides = [_told(articles, names, record["fact"], record["role"]) for names in record["sides"]]
        assert sides[0]
        assert sides[1]
        assert not sides[0] & sides[1]


def _told(articles, names, fact, role):
    statements = [s for name in names for s in articles[name]["statements"] if s["fact"] == fact]
    if role == "polarity":
        return {s["polarity"] for s in statements}
    return {_figure(r) for s in statements for r in s["roles"] if r["role"] == role}


def _figure(role):
    return tuple((key, role[key]) for key in ("value", "minimum", "maximum") if key in role)


def test_lineages_are_of_one_story(articles):
    stories = defaultdict(set)
    for record in articles.values():
        stories[record["lineage"]].add(record["story"])
    assert all(len(found) == 1 for found in stories.values())


def test_number_of_reports_is_skewed(maker):
    sizes = defaultdict(int)
    for article in maker.make_corpus(600, 3).articles:
        sizes[article.story.id] += 1
    counts = sorted(sizes.values())
    assert counts[len(counts) // 2] <= 2
    assert counts[-1] >= 9


def test_no_pair_of_parties_has_many_stories(maker):
    stories = defaultdict(set)
    for article in maker.make_corpus(1000, 3).articles:
        stories[frozenset(party.name for party in article.story.parties)].add(article.story.id)
    assert max(map(len, stories.values())) <= 6


def test_oracle_records_quote_the_text(maker, documents, articles):
    for record in maker.oracle.oracle_records(documents.values(), articles):
        for claim in record.annotation.claims:
            assert claim.evidence.start <= claim.trigger.start < claim.trigger.end <= claim.evidence.end
        keys = {entity.key for entity in record.annotation.entities}
        assert {key for mention in record.annotation.mentions for key in mention.entities} <= keys


def test_every_class_of_the_templates_is_told(maker):
    told = {
        s.plan.fact.event_type
        for a in maker.make_corpus(600, 3).articles
        for p in a.paragraphs
        for s in p
        if s.plan.fact
    }
    assert told == set(maker.templates.facts())
