"""Of near-copies only the additions are read, and which documents are copies the set of documents decides."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from graph_records import stub_annotator
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_changes import build, documents, lines, rows, update

from kg.builder import build_graph, update_graph
from kg.config import Settings
from kg.copies.first import FirstReaders
from kg.copies.passages import passage_hashes
from kg.errors import AnnotateError
from kg.fuse.lineage import is_copy, marks
from kg.fuse.signature import sign_words
from kg.model import Annotation, Document
from kg.read import read_sources
from kg.report import BuildReport
from kg.show.summary import summary_lines

ADDITIONS = Settings(copies="additions")
NAMES = ("Kenya", "Peru", "Norway", "Ghana", "Chile", "Nepal", "Fiji")
# words of its own for each passage, and a claim
PASSAGES = tuple(
    f"{NAMES[i % 7]} lent {NAMES[(i + 1 + i // 7) % 7]} ${i + 1}m. " + " ".join(f"w{i}x{j}" for j in range(14)) + "."
    for i in range(24)
)
FIRST, SECOND, OTHER = PASSAGES[:8], PASSAGES[8:16], PASSAGES[16:24]


@dataclass(frozen=True)
class Item:
    """An article: its passages, and its day of March."""

    passages: tuple[str, ...]
    day: int = 14


def write(folder: Path, items: Mapping[str, Item]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.txt"):
        old.unlink()
    sidecar = []
    for name, item in items.items():
        (folder / name).write_text("\n\n".join(item.passages) + "\n", "utf-8")
        sidecar.append(
            f'["{name}"]\npublisher = "The {name} Courier"\npublished = 2023-03-{item.day:02}\nlanguage = "en"\n'
        )
    (folder / "sources.toml").write_text("\n".join(sidecar), "utf-8")
    return folder


class Reader:
    """The stub annotator, which finds what stands in the body that it is given, and notes how much that is."""

    def __init__(self, *, fails: frozenset[str] = frozenset()) -> None:
        self.read: list[tuple[str, int]] = []
        self.fails = fails

    def __call__(self, _settings: Settings) -> Reader:
        return self

    def annotate(self, found: Iterable[Document]) -> Iterator[tuple[Document, Annotation | AnnotateError]]:
        for document in found:
            self.read.append((document.source_path, len(document.body)))
            if document.source_path in self.fails:
                yield document, AnnotateError("it is on the list", where=document.source_path)
            else:
                yield from within_body(document)


def within_body(document: Document) -> Iterator[tuple[Document, Annotation]]:
    def inside(start: int) -> bool:
        return any(span.start <= start < span.end for span in document.body)

    for _, whole in stub_annotator(None)([document]):
        mentions = tuple(m for m in whole.mentions if inside(m.start))
        named = {key for mention in mentions for key in mention.entities}
        yield (
            document,
            replace(
                whole,
                sentences=tuple(span for span in whole.sentences if inside(span.start)),
                mentions=mentions,
                claims=tuple(claim for claim in whole.claims if inside(claim.trigger.start)),
                entities=tuple(entity for entity in whole.entities if entity.key in named),
            ),
        )


def annotator(_settings: Settings) -> object:
    return Reader().annotate


def read_build(sources: object, graph: Path, **options: object) -> tuple[BuildReport, list[tuple[str, int]]]:
    reader = Reader(**{"fails": options.pop("fails")} if "fails" in options else {})
    report = build_graph(
        sources, graph=graph, settings=ADDITIONS, make_annotator=lambda _settings: reader.annotate, **options
    )
    return report, sorted(reader.read)


def from_scratch(items: Mapping[str, Item], folder: Path) -> list[str]:
    write(folder / "news", items)
    build_graph(folder / "news", graph=folder / "graph", settings=ADDITIONS, make_annotator=annotator)
    return lines(folder / "graph")


# ---- what is read


def test_of_a_later_copy_only_the_additions_are_read(tmp_path: Path) -> None:
    items = {"a.txt": Item(FIRST), "b.txt": Item((*FIRST[:6], OTHER[0], *FIRST[6:]), 15), "c.txt": Item(SECOND)}
    report, read = read_build(write(tmp_path / "news", items), tmp_path / "graph")
    assert read == [("a.txt", 8), ("b.txt", 1), ("c.txt", 8)]
    assert (report.near_copies, report.copies, report.claims["Lend"]) == (1, 0, 17)


def test_an_equal_text_is_not_read_at_all(tmp_path: Path) -> None:
    items = {"a.txt": Item(FIRST), "b.txt": Item(FIRST, 20)}
    report, read = read_build(write(tmp_path / "news", items), tmp_path / "graph")
    assert read == [("a.txt", 8)]
    assert (report.documents, report.near_copies) == (2, 1)
    copy = "SELECT ?path { ?d kg:copyOf ?o . ?d kg:sourcePath ?path }"
    assert rows(tmp_path / "graph", copy) == [("b.txt",)]


def test_a_changed_word_is_an_addition_and_another_quotation_mark_none(tmp_path: Path) -> None:
    quoted = 'Officials said "it is done" and left the hall with all of the papers in their hands.'
    items = {
        "a.txt": Item((*FIRST, quoted)),
        "b.txt": Item((*FIRST, quoted.replace('"it', "\u201cit").replace('done"', "done\u201d")), 15),
        "c.txt": Item((*FIRST[:-1], FIRST[-1].replace("$8m", "$9m"), quoted), 16),
    }
    _, read = read_build(write(tmp_path / "news", items), tmp_path / "graph")
    assert read == [("a.txt", 9), ("c.txt", 1)]


def test_short_texts_are_read_whole(tmp_path: Path) -> None:
    items = {"a.txt": Item(("Kenya lent Peru $5m.",)), "b.txt": Item(("Kenya lent Peru $5m.",), 15)}
    report, read = read_build(write(tmp_path / "news", items), tmp_path / "graph")
    assert (len(read), report.near_copies, report.claims["Lend"]) == (2, 0, 2)


def test_copies_are_read_whole_unless_asked(tmp_path: Path) -> None:
    news = write(tmp_path / "news", {"a.txt": Item(FIRST), "b.txt": Item((*FIRST, OTHER[0]), 15)})
    assert build(news, tmp_path / "graph").claims["Lend"] == 17


# ---- documents that come and go


def test_a_document_that_came_before_its_original_is_read_again(tmp_path: Path) -> None:
    late, early = Item((*FIRST, OTHER[0]), 20), Item(FIRST, 10)
    news = write(tmp_path / "news", {"late.txt": late})
    read_build(news, tmp_path / "graph")
    write(news, {"late.txt": late, "early.txt": early})
    report, read = read_build(news, tmp_path / "graph")
    assert read == [("early.txt", 8), ("late.txt", 1)]
    assert (report.new, report.reused, report.near_copies) == (1, 1, 1)
    assert lines(tmp_path / "graph") == from_scratch({"late.txt": late, "early.txt": early}, tmp_path / "anew")


def test_a_copy_that_loses_its_original_is_read_whole(tmp_path: Path) -> None:
    items = {"a.txt": Item(FIRST), "b.txt": Item((*FIRST, OTHER[0]), 15), "c.txt": Item((*FIRST, OTHER[1]), 16)}
    read_build(write(tmp_path / "news", items), tmp_path / "graph")
    first = next(d.id for d in documents(tmp_path / "graph") if d.source_path == "a.txt")
    update_graph(tmp_path / "graph", remove=[first], make_annotator=annotator)
    del items["a.txt"]
    assert lines(tmp_path / "graph") == from_scratch(items, tmp_path / "anew")


def test_a_new_state_of_a_document_is_no_copy_of_the_old_one(tmp_path: Path) -> None:
    news = write(tmp_path / "news", {"a.txt": Item(FIRST)})
    read_build(news, tmp_path / "graph")
    write(news, {"a.txt": Item((*FIRST, OTHER[0]), 15)})
    report, read = read_build(news, tmp_path / "graph")
    assert read == [("a.txt", 9)]
    assert (report.replaced, report.near_copies) == (1, 0)


def test_what_fails_is_nobodys_original(tmp_path: Path) -> None:
    items = {"a.txt": Item(FIRST), "b.txt": Item((*FIRST, OTHER[0]), 15)}
    news = write(tmp_path / "news", items)
    report, read = read_build(news, tmp_path / "graph", fails=frozenset({"a.txt"}))
    assert read == [("a.txt", 8), ("b.txt", 1), ("b.txt", 9)]
    assert [failure.path for failure in report.failures] == ["a.txt"]
    assert report.claims["Lend"] == 9


def test_what_fails_when_it_is_read_again_leaves_the_graph_and_comes_back(tmp_path: Path) -> None:
    late, early = Item((*FIRST, OTHER[0]), 20), Item(FIRST, 10)
    news = write(tmp_path / "news", {"late.txt": late})
    read_build(news, tmp_path / "graph")
    write(news, {"late.txt": late, "early.txt": early})
    report, _ = read_build(news, tmp_path / "graph", fails=frozenset({"late.txt"}))
    assert ([failure.path for failure in report.failures], report.documents) == (["late.txt"], 1)
    read_build(news, tmp_path / "graph")
    assert lines(tmp_path / "graph") == from_scratch({"late.txt": late, "early.txt": early}, tmp_path / "anew")


def test_a_failing_change_leaves_the_old_state_as_original(tmp_path: Path) -> None:
    news = write(tmp_path / "news", {"a.txt": Item(FIRST)})
    read_build(news, tmp_path / "graph")
    write(news, {"a.txt": Item((*FIRST, OTHER[0])), "b.txt": Item((*FIRST, OTHER[1]), 15)})
    report, read = read_build(news, tmp_path / "graph", fails=frozenset({"a.txt"}))
    assert read[-1] == ("b.txt", 1)
    assert (report.documents, report.near_copies) == (2, 1)


def test_changing_to_and_fro_between_the_ways_of_reading(tmp_path: Path) -> None:
    items = {"a.txt": Item(FIRST), "b.txt": Item((*FIRST, OTHER[0]), 15)}
    news = write(tmp_path / "news", items)
    read_build(news, tmp_path / "graph")
    whole = Settings(copies="whole")
    report = build_graph(news, graph=tmp_path / "graph", settings=whole, make_annotator=annotator)
    assert (report.claims["Lend"], report.near_copies) == (17, 0)
    first = next(d.id for d in documents(tmp_path / "graph") if d.source_path == "a.txt")
    update(tmp_path / "graph", remove=[first])
    del items["a.txt"]
    read_build(write(news, items), tmp_path / "graph")
    assert lines(tmp_path / "graph") == from_scratch(items, tmp_path / "anew")


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_order_of_sources_and_the_number_of_processes_change_nothing(tmp_path: Path, jobs: int) -> None:
    items = {f"{n:02}.txt": Item((*(FIRST, SECOND)[n % 2][n % 3 :], OTHER[n % 8]), 28 - n) for n in range(20)}
    news = write(tmp_path / "news", items)
    backwards = [news / name for name in sorted(items, reverse=True)]
    chosen = replace(ADDITIONS, jobs=jobs)
    report = build_graph(backwards, graph=tmp_path / "graph", settings=chosen, make_annotator=annotator)
    assert report.near_copies == 18
    assert lines(tmp_path / "graph") == from_scratch(items, tmp_path / "anew")


# ---- any sequence

texts = st.builds(
    lambda passages, cut, more, day: Item((*passages[cut:], *more), day),
    st.sampled_from([FIRST, SECOND, FIRST[:4] + SECOND[:4]]),
    st.integers(0, 3),
    st.lists(st.sampled_from(OTHER), max_size=3, unique=True).map(tuple),
    st.integers(1, 4),
)
steps = st.lists(st.tuples(st.sampled_from("abcde"), st.none() | texts), min_size=2, max_size=9)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps)
def test_any_sequence_of_changes_gives_the_graph_of_a_build_from_scratch(steps: list[tuple[str, Item | None]]) -> None:
    held: dict[str, Item] = {}
    with TemporaryDirectory() as name:
        folder = Path(name)
        for letter, item in steps:
            held.pop(f"{letter}.txt", None)
            held.update({f"{letter}.txt": item} if item else {})
            if held:
                news = write(folder / "news", held)
                build_graph(news, graph=folder / "graph", settings=ADDITIONS, make_annotator=annotator, sync=True)
        if held:
            assert lines(folder / "graph") == from_scratch(held, folder / "anew")


@settings(max_examples=60, deadline=None)
@given(st.lists(texts, min_size=1, max_size=9), st.data())
def test_each_passage_is_read_where_the_rule_says(items: list[Item], data: st.DataObject) -> None:
    with TemporaryDirectory() as name:
        found = read_sources(write(Path(name), {f"{n}.txt": item for n, item in enumerate(items)}))
        texts = [document for document in found if isinstance(document, Document)]
    readers = FirstReaders(sqlite3.connect(":memory:"))
    for document in data.draw(st.permutations(texts)):
        readers.enter(document)
    gone = data.draw(st.sets(st.sampled_from(texts), max_size=3))
    for document in gone:
        readers.leave(document.id)
    left = sorted((d for d in texts if d not in gone), key=lambda d: (d.published, d.id))
    for place, document in enumerate(left):
        before = {h for other in left[:place] if _alike(other, document) for h in passage_hashes(other)}
        held = passage_hashes(document)
        expected = None if before.isdisjoint(held) else {passage for passage in held if passage not in before}
        assert readers.read(document.id) == expected


def _alike(first: Document, second: Document) -> bool:
    one, other = sign_words(first), sign_words(second)
    return bool(marks(one) & marks(other)) and is_copy(one, other)


# ---- what is told


def test_the_summary_tells_of_near_copies(tmp_path: Path) -> None:
    news = write(tmp_path / "news", {"a.txt": Item(FIRST), "b.txt": Item((*FIRST, OTHER[0]), 15)})
    report, _ = read_build(news, tmp_path / "graph")
    assert "  copies   1 near-copy, read for what no earlier one has" in summary_lines(report)


@pytest.mark.model
def test_additions_are_read_at_their_place(tmp_path: Path) -> None:
    report = (
        "Farmers blocked the road to the harbour for a third day, demanding cheaper diesel and fewer forms to fill in.",
        "Analysts believe that interest rates may fall by the end of next year unless oil becomes more expensive again.",
        "Two fishing boats sank off the island in the night; nine sailors were rescued and one of them is still missing.",
    )
    items = {
        "a.txt": Item(report),
        "b.txt": Item((report[0], "Kenya lent Peru $5 million on Monday.", *report[1:]), 15),
    }
    build_graph(write(tmp_path / "news", items), graph=tmp_path / "graph", settings=ADDITIONS)
    found = """
        SELECT ?path ?words { ?claim a kg:LendClaim ; kg:evidence ?sentence ; prov:hadPrimarySource ?document .
          ?document kg:sourcePath ?path . ?sentence nif:anchorOf ?words ; nif:beginIndex ?begin }"""
    assert rows(tmp_path / "graph", found) == [("b.txt", "Kenya lent Peru $5 million on Monday.")]
    per_document = (
        "SELECT ?path (COUNT(?c) AS ?n) { ?c a kg:Claim ; prov:hadPrimarySource/kg:sourcePath ?path } GROUP BY ?path"
    )
    counts = dict(rows(tmp_path / "graph", per_document))
    assert counts == {"a.txt": "1", "b.txt": "1"}
