"""Checksums of a store's tables: damage is found, and no table is read twice for nothing."""

import os

import pytest

from kg.errors import StoreError
from kg.store.checksums import check_tables, sum_up_tables


def generation(folder, **tables):
    store = folder / "oxigraph"
    store.mkdir(parents=True)
    for name, content in tables.items():
        (store / f"{name}.sst").write_bytes(content)
    return folder, store


def test_tables_as_they_were_written_are_fine(tmp_path):
    one = generation(tmp_path / "1", a=b"rows", b=b"more rows" * 500_000)
    sum_up_tables(*one, None)
    check_tables(*one)
    check_tables(*one, whole=True)


def test_changed_table_is_named(tmp_path):
    folder, store = generation(tmp_path / "1", a=b"rows", b=b"more rows")
    sum_up_tables(folder, store, None)
    (store / "b.sst").write_bytes(b"more rowz")
    with pytest.raises(StoreError, match=r"oxigraph/b\.sst: the store is damaged: a file is not as it was written"):
        check_tables(folder, store)


def test_large_stores_are_checked_only_where_it_is_asked_for(tmp_path, monkeypatch):
    monkeypatch.setattr("kg.store.checksums.SMALL", 3)
    folder, store = generation(tmp_path / "1", a=b"rows")
    sum_up_tables(folder, store, None)
    (store / "a.sst").write_bytes(b"rowz")
    check_tables(folder, store)
    with pytest.raises(StoreError, match="damaged"):
        check_tables(folder, store, whole=True)


def test_store_of_an_older_version_has_no_checksums(tmp_path):
    check_tables(*generation(tmp_path / "1", a=b"rows"))


def test_damaged_checksums_are_no_damage_of_the_store(tmp_path):
    folder, store = generation(tmp_path / "1", a=b"rows")
    (folder / "checksums").write_bytes(b"\xff\xfe")
    check_tables(folder, store)


def test_only_new_tables_are_read(tmp_path, monkeypatch):
    first, second = generation(tmp_path / "1", a=b"rows"), generation(tmp_path / "2", b=b"new", a2=b"other")
    sum_up_tables(*first, None)
    os.link(first[1] / "a.sst", second[1] / "a.sst")
    read = []
    monkeypatch.setattr("kg.store.checksums._sum", lambda table: read.append(table.name) or "0")
    sum_up_tables(*second, first[0])
    assert read == ["a2.sst", "b.sst"]


def test_table_of_another_store_with_the_same_name_is_read(tmp_path):
    first, second = generation(tmp_path / "1", a=b"rows"), generation(tmp_path / "2", a=b"other rows")
    sum_up_tables(*first, None)
    sum_up_tables(*second, first[0])
    check_tables(*second)
