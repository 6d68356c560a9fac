"""Copies are not parsed, and the graph is the one that parsing them would give."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from graph_records import stub_annotator
from test_changes import TEXTS, build, documents, lines, update, write

import kg.copies.exact
from kg.builder import build_graph
from kg.config import Settings
from kg.model import Annotation, Document


class Watched:
    """An annotator that notes what it is given."""

    def __init__(self) -> None:
        self.given: list[str] = []

    def __call__(self, settings: Settings) -> Watched:
        self.annotate = stub_annotator(settings)
        return self

    def watch(self, documents: Iterable[Document]) -> Iterator[tuple[Document, Annotation]]:
        for document in documents:
            self.given.append(document.source_path)
            yield from self.annotate([document])


def watched_build(sources: object, graph: Path, **options: object) -> tuple[object, list[str]]:
    watched = Watched()
    report = build_graph(sources, graph=graph, make_annotator=lambda s: watched(s).watch, **options)
    return report, sorted(watched.given)


def many(folder: Path, texts: Iterable[str]) -> Path:
    return write(folder, {f"{number:04}.txt": text for number, text in enumerate(texts)})


def parsed(monkeypatch: pytest.MonkeyPatch, sources: Path, graph: Path) -> list[str]:
    """Return the graph that comes from parsing every document."""
    with monkeypatch.context() as patch:
        patch.setattr(kg.copies.exact, "reading_key", lambda document: document.id.encode())
        assert build(sources, graph).copies == 0
    return lines(graph)


def test_one_of_equal_texts_is_parsed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    news = many(tmp_path / "news", [TEXTS[0], TEXTS[1], TEXTS[0], TEXTS[0]])
    report, given = watched_build(news, tmp_path / "graph")
    assert given == ["0000.txt", "0001.txt"]
    assert (report.documents, report.new, report.copies) == (4, 4, 2)
    assert lines(tmp_path / "graph") == parsed(monkeypatch, news, tmp_path / "all")


def test_copies_of_what_a_former_build_parsed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    news = many(tmp_path / "news", [TEXTS[0], TEXTS[1]])
    build(news, tmp_path / "graph")
    many(news, [TEXTS[0], TEXTS[1], TEXTS[1], TEXTS[2]])
    report, given = watched_build(news, tmp_path / "graph")
    assert given == ["0003.txt"]
    assert (report.new, report.reused, report.copies) == (2, 2, 1)
    assert lines(tmp_path / "graph") == parsed(monkeypatch, news, tmp_path / "all")


def test_a_copy_outlives_the_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    news = many(tmp_path / "news", [TEXTS[0], TEXTS[0]])
    build(news, tmp_path / "graph")
    first = next(d.id for d in documents(tmp_path / "graph") if d.source_path == "0000.txt")
    update(tmp_path / "graph", remove=[first])
    (news / "0000.txt").unlink()
    (news / "0002.txt").write_bytes((news / "0001.txt").read_bytes())
    sidecar = (news / "sources.toml").read_text("utf-8")
    (news / "sources.toml").write_text(sidecar.replace("0000", "0002"), "utf-8")
    report, given = watched_build(news, tmp_path / "graph")
    assert (given, report.copies) == ([], 1)
    assert lines(tmp_path / "graph") == parsed(monkeypatch, news, tmp_path / "all")


def test_two_processes_make_the_same_of_many_copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    news = many(tmp_path / "news", [TEXTS[number % 3] for number in range(60)])
    report = build(news, tmp_path / "graph", settings=Settings(jobs=2))
    assert report.copies == 57
    assert lines(tmp_path / "graph") == parsed(monkeypatch, news, tmp_path / "all")


def test_no_more_copies_wait_than_memory_should_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kg.copies.exact, "_HELD", 5)
    news = many(tmp_path / "news", [TEXTS[0]] * 40)
    report, given = watched_build(news, tmp_path / "graph")
    # the first; five wait for it; what fills its batch of sixteen is parsed; all others have their annotation
    assert len(given) == 16
    assert report.copies == 24
    assert report.documents == 40


def test_copies_of_what_cannot_be_annotated_fail_each_with_its_name(tmp_path: Path) -> None:
    news = many(tmp_path / "news", ["A poison of a text.", TEXTS[0], "A poison of a text."])
    report, given = watched_build(news, tmp_path / "graph")
    assert given == ["0000.txt", "0001.txt", "0002.txt"]
    assert sorted(failure.path for failure in report.failures) == ["0000.txt", "0002.txt"]
    assert (report.documents, report.copies) == (1, 0)


def test_the_summary_tells_of_copies(tmp_path: Path) -> None:
    from kg.show.summary import summary_lines

    report = build(many(tmp_path / "news", [TEXTS[0], TEXTS[0]]), tmp_path / "graph")
    assert "  copies   1 document with the words and date of another, not parsed again" in summary_lines(report)
