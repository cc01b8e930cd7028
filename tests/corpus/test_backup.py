"""A backup holds the whole catalog and comes back whole, or not at all."""

from __future__ import annotations

import pytest

from corpus.backup import restore
from corpus.errors import InputError, LibraryCorrupt
from corpus.store import Store
from tests.corpus.catalog_texts import put


def test_a_backup_holds_the_whole_catalog(store, tmp_path):
    outcome = put(store, "甲")
    store.backup(tmp_path / "copy.backup")
    put(store, "乙")
    keys = {entry.key for entry in store.passages()}
    generation = store.generation
    restore(store.database, tmp_path / "copy.backup")
    assert store.document(outcome.document_id).text == "甲" and store.verify() == ()
    assert store.generation > generation, "an index of the catalog before must not fit the one after"
    put(store, "丙")
    assert not keys & {entry.key for entry in store.passages()}


def test_a_backup_restores_into_an_empty_library(store, tmp_path):
    put(store, "甲")
    store.backup(tmp_path / "copy.backup")
    other = Store.open(tmp_path / "other")
    restore(other.database, tmp_path / "copy.backup")
    assert [listing.name for listing in other.documents()] == ["通知.txt"] and other.original("通知.txt") == "甲".encode()
    other.close()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_damaged_backup_is_refused_and_changes_nothing(store, tmp_path):
    put(store, "甲")
    (tmp_path / "bad").write_bytes(b"SQLite format 3\x00" + b"\x00" * 2000)
    with pytest.raises(LibraryCorrupt):
        restore(store.database, tmp_path / "bad")
    with pytest.raises(InputError):
        restore(store.database, tmp_path / "missing")
    assert store.document("通知.txt").text == "甲"


def test_a_backup_into_a_missing_folder_is_refused(store, tmp_path):
    with pytest.raises(InputError):
        store.backup(tmp_path / "no/such/folder/copy")
