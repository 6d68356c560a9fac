"""The document as the unit of change: any sequence of changes gives the graph of a build from scratch."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from graph_records import stub_annotator
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.builder import build_graph, update_graph
from kg.errors import ConfigError, QueryError, StoreError
from kg.retract import find_documents, find_stored
from kg.review import judge, list_reviews
from kg.store.quads import select, sorted_lines
from kg.store.workspace import Workspace

NAMES = ("one.txt", "two.txt", "three.txt", "four.txt")
TEXTS = (
    "Kenya lent Peru $5m on Tuesday. The two sides praised the deal. Norway did not meet Chile.",
    "Officials confirmed that Kenya lent Peru $6m. Norway met Chile in the harbour. It rained.",
    "Ghana said that Nepal met Fiji last week. Kenya lent Peru $5m. Nepal may lend Fiji $3m.",
    "Kenya lent Peru $5m on Tuesday. The two sides praised the deal. Norway did not meet Chile. Once more.",
    "Nothing of note was heard from any of the capitals on that day, said those who listened.",
)
DANGLING = """
SELECT DISTINCT ?o { ?s ?p ?o FILTER(STRSTARTS(STR(?o), "https://w3id.org/kg-news/id/"))
  FILTER NOT EXISTS { ?o ?q ?x } }"""


def clock():
    return datetime.fromtimestamp(1_700_000_000, UTC)


def write(folder: Path, texts: dict[str, str]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.txt"):
        old.unlink()
    lines = []
    for name, text in sorted(texts.items()):
        (folder / name).write_text(f"A headline about some news\n\n{text}\n", "utf-8")
        publisher = f"The {name.removesuffix('.txt').title()} Courier"
        lines.append(f'["{name}"]\npublisher = "{publisher}"\npublished = 2023-03-14\nlanguage = "en"\n')
    (folder / "sources.toml").write_text("\n".join(lines), "utf-8")
    return folder


def build(sources, graph, **options):
    return build_graph(sources, graph=graph, make_annotator=stub_annotator, clock=clock, **options)


def update(graph, **options):
    return update_graph(graph, make_annotator=stub_annotator, clock=clock, **options)


def lines(graph) -> list[str]:
    workspace = Workspace.open(graph)
    generation = workspace.current()
    with generation.open_ledger() as ledger:
        run = workspace.settings().iris.run(ledger.facts()["run_id"])
    return sorted_lines(generation.open_store(), without=[run])


def rows(graph, query):
    return [tuple(term.value for term in row) for row in select(Workspace.open(graph).current().open_store(), query)]


def documents(graph):
    with Workspace.open(graph).current().open_ledger() as ledger:
        return list(ledger.documents())


@pytest.fixture
def graph(tmp_path):
    return tmp_path / "kg-graph"


@pytest.fixture
def news(tmp_path):
    return write(tmp_path / "news", dict(zip(NAMES, TEXTS[:3], strict=False)))


# ---- any sequence

steps = st.lists(
    st.tuples(
        st.sampled_from(["put", "put", "remove", "sync", "judge", "rule"]),
        st.sampled_from(NAMES),
        st.sampled_from(TEXTS),
    ),
    min_size=1,
    max_size=6,
)


def _apply(step, folder, graph, held):
    action, name, text = step
    if action == "put":
        held[name] = text
        write(folder, held)
        build(folder / name, graph)
    elif action == "remove" and name in held:
        found = [d.id for d in documents(graph) if d.source_path == name]
        update(graph, remove=found)
        del held[name]
    elif action == "sync" and len(held) > 1:
        held.pop(name, None)
        build(write(folder, held), graph, sync=True)
    elif action == "judge":
        claims = rows(graph, f"SELECT ?c {{ ?c prov:hadPrimarySource/kg:sourceKey '{name}' }} ORDER BY ?c")
        if claims:
            mark(graph, claims[0][0].rpartition("/")[2], "wrong" if len(text) % 2 else "confirmed", "A note")
    elif action == "rule":
        kind = "same" if len(text) % 2 else "different"
        (graph / "entities.toml").write_text(f'[[{kind}]]\nnames = ["Kenya", "Ghana"]\nnote = "{name}"\n')
        update(graph)


def fresh_with(graph, fresh):
    """A workspace without a graph that has the corrections of another one."""
    fresh.mkdir()
    for name in ("format", "review.jsonl", "entities.toml"):
        if (graph / name).exists():
            (fresh / name).write_text((graph / name).read_text())
    return fresh


@pytest.mark.slow
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps)
def test_any_sequence_of_changes_equals_a_build_from_scratch(changes):
    with TemporaryDirectory() as root:
        folder, graph, held = Path(root) / "news", Path(root) / "kg-graph", {"one.txt": TEXTS[0]}
        build(write(folder, held), graph)
        for step in changes:
            _apply(step, folder, graph, held)
        assert rows(graph, DANGLING) == []
        if held:
            build(write(folder, held), fresh_with(graph, Path(root) / "fresh"))
            assert lines(graph) == lines(Path(root) / "fresh")
        else:
            assert rows(graph, "SELECT ?d { ?d a schema:NewsArticle }") == []


# ---- sync


def test_sync_drops_what_is_gone(news, graph, tmp_path):
    build(news, graph)
    (news / "two.txt").unlink()
    (news / "sources.toml").write_text((news / "sources.toml").read_text().split('["two')[0])
    report = build(news, graph, sync=True)
    assert (report.removed, report.reused, report.documents) == (1, 2, 2)
    build(news, tmp_path / "fresh")
    assert lines(graph) == lines(tmp_path / "fresh")


def test_without_sync_nothing_goes(news, graph):
    build(news, graph)
    assert build(news / "one.txt", graph).documents == 3


def test_sync_of_one_file_leaves_that_file_alone(news, graph):
    build(news, graph)
    report = build(news / "one.txt", graph, sync=True, dry_run=True)
    assert (report.removed, report.documents) == (2, 1)
    assert build(news / "one.txt", graph, sync=True).documents == 1


def test_sync_keeps_a_file_that_became_unreadable(news, graph):
    build(news, graph)
    before = lines(graph)
    (news / "one.txt").write_bytes(b"")
    report = build(news, graph, sync=True)
    assert (len(report.failures), report.removed) == (1, 0)
    assert lines(graph) == before


def test_sync_keeps_what_lies_in_an_archive_that_became_unreadable(news, graph):
    import zipfile

    with zipfile.ZipFile(news / "more.zip", "w") as archive:
        archive.writestr("four.txt", f"A loan\n\n14 March 2023\n\n{TEXTS[2]}\n")
        archive.writestr("five.txt", f"A meeting\n\n14 March 2023\n\n{TEXTS[1]}\n")
    assert build(news, graph).documents == 5
    data = (news / "more.zip").read_bytes()
    (news / "more.zip").write_bytes(data[:50])
    report = build(news, graph, sync=True)
    assert (len(report.failures), report.removed, report.documents) == (1, 0, 5)
    (news / "more.zip").unlink()
    assert build(news, graph, sync=True).documents == 3


def test_sync_refuses_to_empty_the_graph(news, graph, tmp_path):
    build(news, graph)
    (tmp_path / "empty").mkdir()
    with pytest.raises(
        StoreError, match=r"no document could be read, and --sync would empty the graph\. Nothing was dr"
    ):
        build(tmp_path / "empty", graph, sync=True)
    assert Workspace.open(graph).current().number == 1


def test_sync_refuses_a_source_that_is_missing_as_a_whole(news, graph, tmp_path):
    build(news, graph)
    with pytest.raises(StoreError, match="newz: nothing was read from this source, and --sync would drop all of it"):
        build([str(news), str(tmp_path / "newz")], graph, sync=True)


# ---- remove


def test_removing_a_document_removes_what_it_alone_supported(news, graph, tmp_path):
    build(news / "one.txt", graph)
    build(news / "two.txt", graph)
    before = lines(graph)
    build(news / "three.txt", graph)
    report = update(graph, remove=[d.id for d in documents(graph) if d.source_path == "three.txt"])
    assert (report.removed, report.documents) == (1, 2)
    assert lines(graph) == before
    assert rows(graph, DANGLING) == []


def test_documents_are_found_by_whatever_names_them(news, graph):
    build(news, graph)
    stored = documents(graph)
    one = next(d for d in stored if d.source_path == "one.txt")
    base = "https://w3id.org/kg-news/id/document/"
    for name in (one.id, one.id[:8], f"doc:{one.id}", base + one.id, "one.txt", "news/one.txt", str(news / "one.txt")):
        assert find_documents([name], stored) == [one]
    assert len(find_documents(["one.txt", one.id, "two.txt"], stored)) == 2


def test_names_are_found_by_index_as_by_going_through_all(news, graph):
    build(news, graph)
    stored = documents(graph)
    with Workspace.open(graph).current().open_ledger() as ledger:
        for name in (stored[0].id, f"doc:{stored[0].id}", stored[0].id[:8], "two.txt", "news/two.txt"):
            assert find_stored([name, "one.txt"], ledger) == find_documents([name, "one.txt"], stored)
        assert [document.id for document in ledger.known_as("two.txt")] == [
            document.id for document in stored if document.source_path == "two.txt"
        ]
        assert ledger.known_as("news/two.txt") == []


def test_unknown_document_is_refused_with_what_is_near(news, graph):
    build(news, graph)
    with pytest.raises(StoreError, match=r"no document 'ome.txt' \(did you mean 'one.txt'\?\).*Nothing was removed"):
        find_documents(["one.txt", "ome.txt"], documents(graph))


# ---- reviews


def claim_of(graph, path, kind="Lend"):
    query = f"SELECT ?c {{ ?c kg:eventType kg:{kind} ; prov:hadPrimarySource/kg:sourcePath ?p FILTER(?p = '{path}') }}"
    return rows(graph, query)[0][0].rpartition("/")[2]


def mark(graph, claim, verdict, note=""):
    return judge(graph, claim, verdict, note=note, make_annotator=stub_annotator, clock=clock)


def test_wrong_claim_leaves_the_world_and_stays_in_its_document(news, graph):
    build(news / "one.txt", graph)
    claim = claim_of(graph, "one.txt")
    told, report = mark(graph, claim[:8], "wrong", "Another Kenya")
    assert told.startswith(
        f"Noted as wrong: claim:{claim}, The One Courier\n  Lend: agent Kenya, recipient Peru, amount 5,000,000 USD"
    )
    assert report.claims == {"Meet": 1}
    assert rows(graph, "SELECT ?o { ent:Kenya kg:lendsTo ?o }") == []
    assert rows(graph, f"SELECT ?v ?n {{ claim:{claim} kg:reviewedAs ?v ; rdfs:comment ?n ; kg:polarity ?p }}") == [
        ("wrong", "Another Kenya")
    ]


def test_confirmed_claim_counts_as_sure(news, graph):
    from kg.config import Settings

    build(news / "one.txt", graph, settings=Settings(threshold=Decimal("0.9")))
    assert rows(graph, "SELECT ?o { ent:Kenya kg:lendsTo ?o }") == []
    mark(graph, claim_of(graph, "one.txt"), "confirmed")
    assert len(rows(graph, "SELECT ?o { ent:Kenya kg:lendsTo ?o }")) == 1


def test_review_that_is_cleared_leaves_nothing(news, graph):
    build(news, graph)
    before = lines(graph)
    claim = claim_of(graph, "one.txt")
    mark(graph, claim, "wrong", "A slip")
    assert lines(graph) != before
    told, _ = mark(graph, f"claim:{claim}", None)
    assert told == f"Cleared claim:{claim}"
    assert lines(graph) == before


def test_reviews_hold_over_rebuilds_and_equal_a_fresh_build(news, graph, tmp_path):
    build(news, graph)
    mark(graph, claim_of(graph, "two.txt"), "wrong")
    after = lines(graph)
    build(news, graph)
    assert lines(graph) == after
    build(news, fresh_with(graph, tmp_path / "fresh"))
    assert lines(tmp_path / "fresh") == after


def test_review_follows_its_claim_when_the_article_changes_elsewhere(news, graph):
    build(news / "one.txt", graph)
    old = claim_of(graph, "one.txt")
    mark(graph, old, "wrong")
    write(news, {"one.txt": f"{TEXTS[0]} It was a fine day for bankers."})
    report = build(news / "one.txt", graph)
    new = claim_of(graph, "one.txt")
    assert new != old
    assert report.notes == []
    assert rows(graph, "SELECT ?o { ent:Kenya kg:lendsTo ?o }") == []
    assert list_reviews(graph).startswith(f"wrong  claim:{new}, The One Courier\n  Lend: ")


def test_vanished_claim_is_reported(news, graph):
    build(news / "one.txt", graph)
    old = claim_of(graph, "one.txt")
    mark(graph, old, "wrong", "No such loan")
    write(news, {"one.txt": "Ghana met Fiji on a hill, and the two of them looked at the sea."})
    report = build(news / "one.txt", graph)
    quote = "'A headline about some news Kenya lent Peru $5m on Tuesday.'"
    assert report.notes == [
        f"review.jsonl: the claim {old} (wrong) is no longer in the graph, one.txt: {quote}",
    ]
    assert list_reviews(graph) == (
        f"wrong  claim:{old}, no longer in the graph\n  “A headline about some news Kenya lent Peru $5m on Tuesday.”\n  Note: No such loan"
    )


def test_unknown_claims_are_refused(news, graph):
    build(news, graph)
    with pytest.raises(QueryError, match=r"the graph has no claim 'ffffffff00'.*Nothing was noted"):
        mark(graph, "ffffffff00", "wrong")
    with pytest.raises(QueryError, match="'ffff' is no claim that was judged"):
        mark(graph, "ffff", None)


# ---- entities.toml


def test_names_said_to_be_the_same_are_one_entity(news, graph):
    build(news, graph)
    note = '[[same]]\nnames = ["Norway", "ent:Ghana"]\nnote = "For a test"\n'
    (graph / "entities.toml").write_text(note)
    report = update(graph)
    assert report.notes == []
    assert rows(graph, "SELECT ?a ?why { ?a kg:mergedBecause ?why }") == [
        ("https://w3id.org/kg-news/id/entity/Ghana", "entities.toml says so: For a test")
    ]
    build(news, graph)
    assert len(rows(graph, "SELECT ?a { ?a kg:mergedBecause ?why }")) == 1


def test_names_that_mean_nothing_are_reported(news, graph):
    build(news, graph)
    (graph / "entities.toml").write_text('[[different]]\nnames = ["Norway", "Atlantis"]\n')
    assert update(graph).notes == ["entities.toml: no entity is named 'Atlantis'"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[[sane]]\nnames = []", r"unknown key 'sane'; known: same, different"),
        ("[[same]]\nnames = ['Norway']", r"\[\[same\]\] 1: a rule needs two different names or more"),
        ("[[same]]\nnames = 'Norway'", r"names is 'Norway', expected a list of strings"),
        ("[[same]]\nname = 'Norway'", r"unknown key 'name'; known: names, note"),
        ("[[same]]\nnames = ['a', 'b']\nnote = 1", r"note is 1, expected a string"),
        ("same = 1", r"same is no list of tables"),
        ("[[same]", "cannot be read"),
        (
            "[[same]]\nnames = ['a', 'b']\n[[same]]\nnames = ['b', 'c']\n[[different]]\nnames = ['a', 'c']",
            "'a' and 'c' are said to be the same, and to be different. Remove one of the two rules",
        ),
    ],
)
def test_broken_rules_are_refused(news, graph, content, message):
    build(news / "one.txt", graph)
    (graph / "entities.toml").write_text(content)
    with pytest.raises(ConfigError, match=message):
        build(news, graph)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", r"review.jsonl line 1: expected a JSON object, found '\{'"),
        ("[1]", "expected a JSON object of strings"),
        ('{"claim": "x", "verdict": "wrong"}', "claim is 'x', expected its hash"),
        ('{"claim": "0123456789abcdef", "verdict": "bad"}', "verdict is 'bad', expected wrong or confirmed"),
        ('{"claim": "0123456789abcdef", "verdict": "wrong", "why": "x"}', "unknown key 'why'"),
        (
            2 * '{"claim": "0123456789abcdef", "verdict": "wrong"}\n',
            "line 2: the claim 0123456789abcdef is judged twice",
        ),
    ],
)
def test_broken_reviews_are_refused(news, graph, line, message):
    build(news / "one.txt", graph)
    (graph / "review.jsonl").write_text(line)
    with pytest.raises(ConfigError, match=message):
        build(news, graph)


def test_reviews_are_lines_that_people_can_write(news, graph):
    build(news / "one.txt", graph)
    claim = claim_of(graph, "one.txt")
    (graph / "review.jsonl").write_text(json.dumps({"claim": f"claim:{claim}", "verdict": "wrong"}))
    update(graph)
    assert rows(graph, "SELECT ?o { ent:Kenya kg:lendsTo ?o }") == []
