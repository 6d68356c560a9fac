from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from built_page import ROOT
from pyoxigraph import Store
from serve_worlds import make_workspace

import kg
from kg.analysis.events import COLUMNS, QUAD_CODES, read_events, write_events
from kg.cli import main
from kg.errors import QueryError, StoreError
from kg.lexicon import load_lexicon


@pytest.fixture(scope="module")
def frame(world: Store) -> pd.DataFrame:
    return read_events(world)


def row(frame: pd.DataFrame, event: str, actor: str) -> dict[str, object]:
    (found,) = frame[(frame["event_id"] == event) & (frame["actor_name"] == actor)].to_dict("records")
    return {name: None if value is pd.NA else value for name, value in found.items()}


def test_a_row_tells_who_did_what_to_whom_and_how_surely(frame: pd.DataFrame) -> None:
    assert list(frame.columns) == list(COLUMNS)
    assert row(frame, "evt:lend", "Norway") == {
        "event_id": "evt:lend", "event_date": "2022-03-14", "first_day": pd.Timestamp("2022-03-14"),
        "last_day": pd.Timestamp("2022-03-14"), "dated": False, "event_type": "AID", "cameo_root": "07", "quad_code": 2,
        "actor_name": "Norway", "actor_id": "ent:Norway", "actor_type": "schema:Country", "actor_wikidata": "wd:Q20",
        "recipient_name": "Kenya", "recipient_id": "ent:Kenya", "recipient_type": "schema:Country",
        "recipient_wikidata": "wd:Q114", "place_name": None, "kg_class": "Lend", "polarity": "affirmed",
        "modality": "actual", "disputed": True, "sources": 2, "documents": 2,
    }  # fmt: skip


def test_symmetric_events_give_a_row_in_each_direction(frame: pd.DataFrame) -> None:
    meetings = frame[frame["event_id"] == "evt:meet-oslo"]
    assert list(zip(meetings["actor_id"], meetings["recipient_id"], strict=True)) == [
        ("ent:Amina_Wanjiru", "ent:Lars_Holm"),
        ("ent:Lars_Holm", "ent:Amina_Wanjiru"),
    ]


def test_every_column_has_its_type(frame: pd.DataFrame) -> None:
    kinds = {name: str(dtype) for name, dtype in frame.dtypes.items()}
    assert kinds.pop("first_day").startswith("datetime64")
    assert kinds.pop("last_day").startswith("datetime64")
    assert {kinds.pop(name) for name in ("dated", "disputed")} == {"bool"}
    assert {kinds.pop(name) for name in ("quad_code", "sources", "documents")} == {"int64"}
    assert set(kinds.values()) == {"string"}


def test_rows_are_in_the_order_of_their_days(frame: pd.DataFrame) -> None:
    assert frame["first_day"].is_monotonic_increasing
    assert list(frame.index) == list(range(len(frame)))
    assert len(frame) == 12


def test_parameters_leave_events_out(world: Store) -> None:
    assert set(read_events(world, params={"entity": "Chile"})["event_id"]) == {"evt:accuse", "evt:protest", "evt:sell"}
    with pytest.raises(QueryError, match="no entity is named 'Atlantis'"):
        read_events(world, params={"entity": "Atlantis"})


def test_a_graph_without_events_gives_an_empty_table_of_the_same_types(frame: pd.DataFrame) -> None:
    empty = read_events(Store())
    assert len(empty) == 0
    assert list(empty.dtypes.drop(["first_day", "last_day"])) == list(frame.dtypes.drop(["first_day", "last_day"]))


def test_every_type_that_the_packs_code_is_in_a_quarter() -> None:
    coded = {event_class.plover for event_class in load_lexicon().classes.values()} - {None}
    assert len(coded) > 12
    assert coded <= QUAD_CODES.keys()


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_the_same_table_gives_the_same_bytes(frame: pd.DataFrame, world: Store, tmp_path: Path, suffix: str) -> None:
    other = Store()
    other.extend(sorted(world, key=lambda quad: str(quad)[::-1]))
    paths = [tmp_path / f"{name}{suffix}" for name in ("a", "b")]
    for table, path in zip((frame, read_events(other)), paths, strict=True):
        assert write_events(table, path) == 12
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_files_hold_the_table(frame: pd.DataFrame, tmp_path: Path) -> None:
    write_events(frame, tmp_path / "e.csv")
    write_events(frame, tmp_path / "e.parquet")
    table = pq.read_table(tmp_path / "e.parquet")
    assert table.schema.field("first_day").type == pa.date32()
    assert table.schema.metadata is None
    assert table.column("actor_id").to_pylist() == list(frame["actor_id"])
    lines = (tmp_path / "e.csv").read_text("utf-8").splitlines()
    assert lines[0] == ",".join(COLUMNS)
    read = pd.read_csv(tmp_path / "e.csv", dtype={"cameo_root": str})
    assert list(read["first_day"]) == [day.date().isoformat() for day in frame["first_day"]]
    assert list(read["cameo_root"]) == list(frame["cameo_root"])


def test_a_folder_that_is_not_there_is_a_clear_error(frame: pd.DataFrame, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be written"):
        write_events(frame, tmp_path / "none" / "e.csv")
    with pytest.raises(StoreError, match="cannot be written"):
        write_events(frame, tmp_path / "none" / "e.parquet")


def test_commands_write_tables(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    graph = make_workspace(tmp_path / "news")
    for name in ("events.csv", "events.parquet"):
        assert main(["export", str(tmp_path / name), "--graph", str(graph)]) == 0
        assert capsys.readouterr().out == f"Graph: {tmp_path / name} (12 rows)\n"
    assert len(kg.open(graph).events(since="2022-04")) == 5
    assert main(["export", str(tmp_path / "events.xlsx"), "--graph", str(graph)]) == 1
    assert ".csv or .parquet for the events" in " ".join(capsys.readouterr().err.split())


def test_the_manual_names_every_column() -> None:
    manual = " ".join((ROOT / "docs" / "analysis.md").read_text("utf-8").split())
    for name, meaning in COLUMNS.items():
        assert f"| `{name}` | {meaning} |" in manual
