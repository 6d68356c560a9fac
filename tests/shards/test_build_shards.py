import errno
import gzip
import hashlib
import json
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import count
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from shard_files import Bucket, article, bucket_annotator, loaded, quads, sharded, single, write_shards
from worker_functions import deadly_annotator, mortal_annotator

from kg.cli import main
from kg.config import Settings
from kg.errors import KGError, StoreError
from kg.read import read_sources
from kg.shards.quads import QuadsFile
from kg.worker import load_annotator

TWO = Settings(jobs=2)


@pytest.fixture
def news(tmp_path):
    return write_shards(tmp_path / "news")


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out"


def add(news, name, *articles):
    (news / name).write_text("".join(json.dumps(one) + "\n" for one in articles), "utf-8")


def timeless(lines):
    return [line for line in lines if "AtTime>" not in line]


def files_of(out):
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}


# ---- the graph


def test_shards_hold_the_graph_of_one_machine(news, out, tmp_path):
    report = sharded(news, out, settings=TWO)
    wanted = single(news, tmp_path / "graph")
    assert quads(out) == wanted
    assert loaded(out, tmp_path / "store") == wanted
    assert (report.new, report.reused, report.documents, report.failures) == (24, 0, 24, [])
    assert report.quads == len(wanted)
    assert report.claims == {"Meet": 48, "Lend": 24}


def test_copies_in_other_shards_are_known(news, out, tmp_path):
    words = " ".join(f"word{i}" for i in range(60))
    text = f"Kenya lent Peru $7m in the harbour. {words}"
    add(news, "early.jsonl", article(30, text=text, published="2023-03-01"))
    add(news, "reprint.jsonl", article(31, text=f"{text} Once more.", published="2023-03-29"))
    sharded(news, out, settings=TWO)
    assert quads(out) == single(news, tmp_path / "graph")


def test_parts_of_fusing_change_nothing_but_the_number_of_files(news, out, tmp_path, monkeypatch):
    add(
        news,
        "more.jsonl",
        *(article(n, text="Ghana met Fiji. Peru met Chile. Kenya lent Peru $9m.") for n in range(30, 36)),
    )
    monkeypatch.setattr("kg.shards.fuse._CLAIMS", 9)
    sharded(news, out)
    assert len(list(out.glob("world/events-*.nq.gz"))) == 11
    assert quads(out) == single(news, tmp_path / "graph")


def test_equal_input_gives_equal_bytes(news, tmp_path):
    sharded(news, tmp_path / "a")
    sharded(news, tmp_path / "b", settings=TWO)
    assert files_of(tmp_path / "a") == files_of(tmp_path / "b")


def test_parquet_is_read_as_json_lines_are(tmp_path, out):
    news = tmp_path / "news"
    news.mkdir()
    rows = [article(number) | {"published": date(2023, 3, 10 + number)} for number in range(6)]
    pq.write_table(pa.Table.from_pylist([*rows, article(7, text="") | {"published": None}]), news / "a.parquet")
    report = sharded(news, out)
    assert (report.new, [Path(failure.path).name for failure in report.failures]) == (6, ["a.parquet!7"])
    assert quads(out) == single(news, tmp_path / "graph")


def test_object_stores_are_read_and_written(news, tmp_path):
    url = f"bucket://{tmp_path}"
    sharded(f"{url}/news", f"{url}/out", make_annotator=bucket_annotator, settings=TWO)
    assert quads(tmp_path / "out") == single(news, tmp_path / "graph")
    assert not list(tmp_path.rglob("*.part-*"))


# ---- what is written


def test_manifest_names_every_file_with_its_checksum(news, out):
    sharded(news, out)
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    assert manifest["shards"] == ["late/news-008.jsonl.gz", "late/news-016.jsonl", "news-000.jsonl"]
    listed = {file["name"]: (file["bytes"], file["sha256"]) for file in manifest["files"]}
    own = {"manifest.json", "checksums.sha256", "format"}
    there = {n: data for n, data in files_of(out).items() if n not in own and not n.startswith("receipts/")}
    assert listed == {n: (len(data), hashlib.sha256(data).hexdigest()) for n, data in there.items()}
    sums = dict(reversed(line.split("  ")) for line in (out / "checksums.sha256").read_text().splitlines())
    assert sums == {name: checksum for name, (_, checksum) in listed.items()}
    rows = sum(file["rows"] for file in manifest["files"] if file["name"].endswith(".nq.gz"))
    assert rows == len(quads(out))
    assert manifest["failures"] == []


def test_claims_are_a_table(news, out):
    sharded(news, out)
    [row, *_] = pq.read_table(out / "claims" / "news-000.jsonl.parquet").to_pylist()
    assert row["url"] == "https://news.example/0"
    assert (row["type"], row["polarity"], row["modality"]) == ("Lend", "affirmed", "actual")
    assert (row["published"], row["publisher"]) == (date(2023, 3, 10), "The Kenya Courier")
    assert row["sentence"] == "Kenya lent Peru $5m on Tuesday."
    assert isinstance(row["confidence"], Decimal)
    roles = {role["role"]: role for role in row["roles"]}
    assert roles["amount"]["value"] == "5000000"
    assert roles["agent"]["entity"].endswith("Kenya")


# ---- building again


def test_only_what_changed_is_made_again(news, out, tmp_path):
    sharded(news, out)
    before = files_of(out)
    report = sharded(news, out)
    assert (report.new, report.reused) == (0, 24)
    assert files_of(out) == before
    (out / "claims" / "news-000.jsonl.parquet").unlink()
    assert sharded(news, out).new == 8
    assert files_of(out) == before
    add(news, "news-000.jsonl", article(1), article(2))
    (news / "late" / "news-008.jsonl.gz").unlink()
    report = sharded(news, out)
    assert (report.new, report.reused) == (2, 8)
    assert quads(out) == single(news, tmp_path / "graph")
    assert not [name for name in files_of(out) if "news-008" in name]


def test_metadata_beside_the_shards_count(news, out, tmp_path):
    sharded(news, out)
    (news / "sources.toml").write_text('["news-000.jsonl"]\npublisher = "The Other Post"\n', "utf-8")
    report = sharded(news, out)
    assert report.new == 24
    assert quads(out) == single(news, tmp_path / "graph")


# ---- what goes wrong


def test_document_that_ends_or_holds_up_its_process_is_set_aside_alone(news, out, tmp_path, monkeypatch):
    wanted = single(news, tmp_path / "graph")
    monkeypatch.setattr("kg.engine.pool._FIRST", 0.0)
    late = news / "news-000.jsonl"
    for word in ("kill", "hang"):
        late.write_text(
            late.read_text() + json.dumps(article(50, text=f"Ghana met Fiji, please {word}.", url=None, id=word))
        )
        late.write_text(late.read_text() + "\n")
    report = sharded(news, out, make_annotator=deadly_annotator, settings=Settings(time_limit=2))
    assert [failure.path for failure in report.failures] == ["news-000.jsonl!kill", "news-000.jsonl!hang"]
    said = [failure["error"] for failure in json.loads((out / "manifest.json").read_text())["failures"]]
    assert "tried twice, and its process was ended by the signal SIGKILL" in said[0]
    assert "tried twice, and its process took longer than 2 seconds" in said[1]
    assert report.exit_code == 4
    assert quads(out) == wanted


def test_process_that_is_killed_once_loses_nothing(news, out, tmp_path):
    add(news, "stop.jsonl", *(article(n, text="Ghana met Fiji, please stop. Peru met Chile.") for n in range(60, 70)))
    wanted = single(news, tmp_path / "graph")
    mark = tmp_path / "mark"
    report = sharded(news, out, make_annotator=partial(mortal_annotator, mark))
    assert mark.exists()
    assert report.failures == []
    assert quads(out) == wanted


@pytest.mark.parametrize("ending", ["documents/late/news-016.jsonl.nq.gz", "receipts/news-000.jsonl.json"])
def test_full_disk_is_tried_again(news, tmp_path, ending, monkeypatch):
    monkeypatch.setattr(Bucket, "full", {ending: 1})
    report = sharded(news, f"bucket://{tmp_path}/out")
    assert Bucket.full == {ending: 0}
    assert report.failures == []
    assert quads(tmp_path / "out") == single(news, tmp_path / "graph")


def test_full_disk_in_the_middle_of_a_shard_is_tried_again(news, out, tmp_path, monkeypatch):
    calls = count()

    class Full(QuadsFile):
        def add(self, lines):
            if next(calls) == 11:
                raise OSError(errno.ENOSPC, "No space left on device")
            super().add(lines)

    monkeypatch.setattr("kg.shards.task.QuadsFile", Full)
    assert sharded(news, out).failures == []
    assert next(calls) > 24
    assert quads(out) == single(news, tmp_path / "graph")


def test_shard_for_which_there_is_no_room_is_set_aside_and_made_the_next_time(news, tmp_path, monkeypatch):
    out = tmp_path / "out"
    monkeypatch.setattr(Bucket, "full", {"claims/news-000": 2})
    report = sharded(news, f"bucket://{out}")
    [failure] = report.failures
    assert (failure.path, failure.stage) == ("news-000.jsonl", "shard")
    assert "No space left on device. What was written before stays; make room or give the rights" in str(failure.error)
    assert report.exit_code == 4
    assert report.documents == 16
    assert not [name for name in files_of(out) if "news-000" in name or ".part-" in name]
    report = sharded(news, f"bucket://{out}")
    assert (report.new, report.reused, report.failures) == (8, 16, [])
    assert quads(out) == single(news, tmp_path / "graph")


def test_full_disk_while_fusing_ends_the_build_and_keeps_the_documents(news, tmp_path, monkeypatch):
    out = tmp_path / "out"
    monkeypatch.setattr(Bucket, "full", {"world/entities": 1})
    with pytest.raises(StoreError, match="No space left on device"):
        sharded(news, f"bucket://{out}")
    assert not (out / "manifest.json").exists()
    report = sharded(news, f"bucket://{out}")
    assert (report.new, report.reused) == (0, 24)
    assert quads(out) == single(news, tmp_path / "graph")


def test_articles_of_one_address_count_once_and_rivals_are_reported(news, out, tmp_path):
    add(news, "zz.jsonl", article(3), article(4, text="Peru met Chile."), article(90))
    report = sharded(news, out)
    [failure] = report.failures
    assert failure.path == "zz.jsonl!a4"
    assert "has the same address 'https://news.example/4' as news-000.jsonl!a4, but another content" in str(
        failure.error
    )
    wanted = single(news, tmp_path / "graph")
    assert quads(out) == wanted
    assert report.documents == 25
    assert len(pq.read_table(out / "claims" / "zz.jsonl.parquet")) == 3
    sharded(news, out)
    assert quads(out) == wanted


def test_bad_records_are_named_as_the_user_knows_them(news, out):
    add(news, "bad.jsonl", {"id": "x", "title": "No text"})
    report = sharded(news, out)
    [failure] = report.failures
    assert failure.path == f"{news}/bad.jsonl!1"
    assert str(failure.error).startswith(f"{news}/bad.jsonl!1: no column for the text of an article was found")


# ---- what is refused


@pytest.mark.parametrize(
    ("source", "target", "message"),
    [
        (
            "empty",
            "out",
            "empty: no shard in this folder; other files in it: 1. Expected files ending in .jsonl, .ndjson, .parquet, .warc",
        ),
        (
            "news",
            "empty",
            "empty: the folder is not empty and holds no shards of kg. Name another folder with --shards",
        ),
        ("nowhere://x", "out", "nowhere://x: no file system for this address: Protocol not known: nowhere."),
    ],
)
def test_wrong_folders_are_refused(news, tmp_path, source, target, message):
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "notes.doc").touch()
    with pytest.raises(KGError) as error:
        sharded(source if "://" in source else tmp_path / source, tmp_path / target)
    assert message in str(error.value)


def test_shards_of_another_format_are_refused(news, out):
    out.mkdir()
    (out / "format").write_text("kg shards 99\n")
    with pytest.raises(StoreError, match="this version of kg writes 'kg shards 1'"):
        sharded(news, out)


def test_parquet_that_cannot_be_read_is_a_failure(tmp_path):
    (tmp_path / "a.parquet").write_bytes(b"PAR1 and no more")
    with gzip.open(tmp_path / "b.json.gz", "wb") as file:
        file.write(b"PAR1 in gzip")
    said = [str(failure.error) for failure in read_sources(tmp_path)]
    assert "a.parquet: is no whole Parquet file" in said[0]
    assert "b.json.gz: a Parquet file in an archive or under compression cannot be read" in said[1]


# ---- the command


@pytest.mark.model
def test_command_writes_shards(tmp_path, capsys):
    news = write_shards(tmp_path / "news", count=2, each=2)
    out = str(tmp_path / "out")
    assert main(["build", str(news), "--shards", out]) == 0
    assert f"Graph: {out} (" in capsys.readouterr().out
    wanted = single(news, tmp_path / "graph", make_annotator=load_annotator)
    assert timeless(quads(tmp_path / "out")) == timeless(wanted)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["a", "b", "--shards", "out"], "--shards takes one folder as source, found 2"),
        (["a", "--shards", "out", "--sync"], "--sync is about a workspace, and --shards writes none"),
        (["a", "--shards", "out", "--copies", "additions"], "--copies is about a workspace, and --shards writes none"),
    ],
)
def test_wrong_use_is_refused(words, message, capsys):
    assert main(["build", *words]) == 2
    assert message in capsys.readouterr().err.replace("\n", " ")
