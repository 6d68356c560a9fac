"""The events of a graph as the table that political scientists use: one row for each event and pair of actors.

Columns are named as in data sets that are coded by PLOVER (Open Event Data Alliance): event, date, type, actor,
recipient, place. What such data sets lack stands beside it: polarity, modality, dispute, independent sources.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from pyoxigraph import Store

from kg.errors import QueryError, StoreError
from kg.extras import not_installed
from kg.iris import DEFAULT_BASE, shorten
from kg.query import Value, load_query, run
from kg.query.engine import solutions

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

__all__ = ["COLUMNS", "ENDINGS", "QUAD_CODES", "read_events", "write_events"]

COLUMNS: Mapping[str, str] = MappingProxyType(
    {
        "event_id": "The event.",
        "event_date": "When it began, as precise as it was told (`2021`, `2021-09`, `2021-09-09`), else when the first "
        "article about it appeared.",
        "first_day": "The first day on which it may have been.",
        "last_day": "The last day on which it may have been.",
        "dated": "Whether a source dates it; else the days are that of the first report.",
        "event_type": "The PLOVER event type.",
        "cameo_root": "The CAMEO root code or codes.",
        "quad_code": "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict; 0 for "
        "a type of a pack of yours that PLOVER lacks.",
        "actor_name": "Who acts.",
        "actor_id": "The same as an entity.",
        "actor_type": "Its class.",
        "actor_wikidata": "Its Wikidata item, where it is linked.",
        "recipient_name": "Towards whom; empty where no entity is told.",
        "recipient_id": "The same as an entity.",
        "recipient_type": "Its class.",
        "recipient_wikidata": "Its Wikidata item, where it is linked.",
        "place_name": "Where.",
        "kg_class": "The class of the event, finer than the type.",
        "polarity": "affirmed, or negated when every source says that it did not happen.",
        "modality": "actual, planned, possible or desired.",
        "disputed": "Whether sources differ on anything.",
        "sources": "Independent sources.",
        "documents": "Documents that report it.",
    }
)
"""The columns in their order, with what they hold."""

QUAD_CODES: Mapping[str, int] = MappingProxyType(
    dict.fromkeys(("AGREE", "CONSULT", "SUPPORT"), 1)
    | dict.fromkeys(("CONCEDE", "COOPERATE", "AID", "RETREAT"), 2)
    | dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), 3)
    | dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), 4)
)
"""PLOVER's event types in the four quarters of event data: verbal or material, cooperation or conflict."""

ENDINGS = (".csv", ".parquet")
"""Of the files that :func:`write_events` writes."""

_NAMES = {
    "event": "event_id", "date": "event_date", "plover": "event_type", "cameo": "cameo_root",
    "source_actor": "actor_name", "target_actor": "recipient_name", "place": "place_name", "class": "kg_class",
}  # fmt: skip
_DAYS, _FLAGS, _NUMBERS = ("first_day", "last_day"), ("dated", "disputed"), ("quad_code", "sources", "documents")
_ORDER = ["first_day", "event_date", "event_type", "actor_id", "recipient_id", "place_name", "event_id"]
_EVENTS = """
SELECT ?event ?disputed ?earliest ?latest (MIN(?published) AS ?reported) WHERE {
  ?event a kg:Event ; kg:disputed ?disputed ; kg:claim/prov:hadPrimarySource/schema:datePublished ?published .
  OPTIONAL { ?event kg:begin ?begin ; kg:earliest ?earliest ; kg:latest ?latest }
} GROUP BY ?event ?disputed ?earliest ?latest"""
_PARTIES = """
SELECT DISTINCT ?event ?label ?entity WHERE {{
  ?event a kg:Event ; {roles} ?entity . ?entity rdfs:label ?label
}} ORDER BY DESC(?entity)"""
_ROLES = {"actor": "kg:agent|kg:participant", "recipient": "kg:recipient|kg:destination|kg:participant"}
_ENTITIES = """
SELECT ?entity (MIN(STR(?class)) AS ?type) (MIN(STR(?item)) AS ?wikidata) WHERE {
  ?entity kg:mentionCount ?mentions ; a ?class .
  OPTIONAL { ?entity owl:sameAs ?item FILTER(STRSTARTS(STR(?item), STR(wd:))) }
} GROUP BY ?entity"""


def read_events(store: Store, *, params: Mapping[str, Value] | None = None, base: str = DEFAULT_BASE) -> pd.DataFrame:
    """Return the table of events, in an order that depends on nothing but the graph.

    Args:
        store: Read only.
        params: Of the named query ``plover-events``, which codes the events: ``entity``, ``since``, ``until``.
        base: The base of the graph's IRIs.

    Returns:
        The columns of :data:`COLUMNS`: days as ``datetime64``, truth values as ``bool``, numbers as ``int64``, all
        others as ``string``. Symmetric events give a row in each direction.

    Raises:
        QueryError: pandas is not installed, or a parameter is wrong.
    """
    frame = run(store, load_query("plover-events"), params=params or {}, base=base).frame().rename(columns=_NAMES)
    events, entities = _events(store, base), _entities(store, base)
    for at, name in enumerate((*_FLAGS, *_DAYS)):
        frame[name] = [events[event][at] for event in frame["event_id"]]
    for role, properties in _ROLES.items():
        parties = _parties(store, properties, base)
        frame[f"{role}_id"] = [parties.get(pair) for pair in zip(frame["event_id"], frame[f"{role}_name"], strict=True)]
        for at, name in enumerate(("type", "wikidata")):
            frame[f"{role}_{name}"] = [entities.get(entity, (None, None))[at] for entity in frame[f"{role}_id"]]
    frame["quad_code"] = [QUAD_CODES.get(kind, 0) for kind in frame["event_type"]]
    return _typed(frame).sort_values(_ORDER, na_position="first", kind="stable", ignore_index=True)


def write_events(frame: pd.DataFrame, path: Path) -> int:
    """Write a table of events as CSV or Parquet; the same table gives the same bytes with one version of pyarrow.

    Args:
        frame: As :func:`read_events` returns it.
        path: Ends in ``.csv`` or ``.parquet``; overwritten in one step.

    Returns:
        The number of rows.

    Raises:
        StoreError: The file cannot be written.
        QueryError: pyarrow is not installed.
    """
    part = path.with_name(path.name + ".part")
    try:
        if path.suffix == ".csv":
            frame.to_csv(part, index=False, lineterminator="\n", date_format="%Y-%m-%d", encoding="utf-8")
        else:
            _write_parquet(frame, part)
        os.replace(part, path)  # noqa: PTH105 (atomic)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise StoreError(f"cannot be written: {error.strerror or error}", where=str(path)) from error
    return len(frame)


def _events(store: Store, base: str) -> dict[str, tuple[bool, bool, str, str]]:
    """Return, by event, whether it is dated and disputed, and its days."""
    found = {}
    for row in solutions(store, _EVENTS, base=base):
        days = [row[name].value if row["earliest"] else row["reported"].value for name in ("earliest", "latest")]
        event, disputed = shorten(row["event"].value, base), row["disputed"].value == "true"
        found[event] = (row["earliest"] is not None, disputed, days[0], days[1])
    return found


def _parties(store: Store, properties: str, base: str) -> dict[tuple[str, str], str]:
    """Return the entities that play a role, by event and label."""
    rows = solutions(store, _PARTIES.format(roles=properties), base=base)
    return {(shorten(r["event"].value, base), r["label"].value): shorten(r["entity"].value, base) for r in rows}


def _entities(store: Store, base: str) -> dict[str, tuple[str, str | None]]:
    return {
        shorten(row["entity"].value, base): (
            shorten(row["type"].value, base),
            shorten(row["wikidata"].value, base) if row["wikidata"] else None,
        )
        for row in solutions(store, _ENTITIES, base=base)
    }


def _typed(frame: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd

    types = dict.fromkeys(COLUMNS, "string") | dict.fromkeys(_FLAGS, "bool") | dict.fromkeys(_NUMBERS, "int64")
    for name in _DAYS:
        frame[name] = pd.to_datetime(frame[name])
        del types[name]
    frame["event_date"] = [str(value) for value in frame["event_date"]]
    return frame[list(COLUMNS)].astype(types)


def _write_parquet(frame: pd.DataFrame, path: Path) -> None:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise not_installed(QueryError, "Parquet needs pyarrow", extra="frames", or_else="use .csv") from error
    # without the metadata of pandas, which would name its version
    table = pa.Table.from_pandas(frame, schema=_schema(), preserve_index=False).replace_schema_metadata(None)
    pq.write_table(table, path, compression="zstd")


def _schema() -> pa.Schema:
    import pyarrow as pa

    types = dict.fromkeys(_DAYS, pa.date32()) | dict.fromkeys(_FLAGS, pa.bool_()) | dict.fromkeys(_NUMBERS, pa.int64())
    return pa.schema([(name, types.get(name, pa.string())) for name in COLUMNS])
