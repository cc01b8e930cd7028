"""A library that an older program wrote opens, keeps all it held and gains what is new; `layout1.sql` was written by that program."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from corpus.backup import restore
from corpus.migrations import STEPS
from corpus.schema import SCHEMA
from corpus.store import Store

LAYOUT_1 = Path(__file__).with_name("layout1.sql")


@pytest.fixture
def old_library(tmp_path: Path) -> Path:
    folder = tmp_path / "library"
    folder.mkdir()
    with closing(sqlite3.connect(folder / "catalog.sqlite")) as connection:
        connection.executescript(LAYOUT_1.read_text(encoding="utf-8"))
    return folder


def layout_of(folder: Path) -> int:
    with closing(sqlite3.connect(folder / "catalog.sqlite")) as connection:
        number: int = connection.execute("SELECT value FROM library WHERE key = 'schema'").fetchone()[0]
    return number


def test_an_old_library_opens_whole_and_takes_decisions(old_library):
    store = Store.open(old_library)
    (listing,) = store.documents()
    assert listing.number == "云应急〔2024〕4号" and "2025年底前" in store.document(listing.id).text
    assert store.document(listing.id).facts.repeals == () and store.successions() == ()
    assert store.decided == 0 and store.trail() == () and store.verify() == ()
    # Its parsers were others: it is read again before its facts count as today's.
    assert store.stale() == (listing.id,)
    store.close()
    assert layout_of(old_library) == SCHEMA


def test_opening_twice_migrates_once(old_library):
    for _ in range(2):
        Store.open(old_library).close()
    assert layout_of(old_library) == SCHEMA


def test_a_migration_that_fails_leaves_the_old_layout(old_library, monkeypatch):
    def stumble(connection):
        STEP_1(connection)
        raise RuntimeError("power cut")

    STEP_1 = STEPS[1]
    monkeypatch.setitem(STEPS, 1, stumble)
    with pytest.raises(RuntimeError):
        Store.open(old_library)
    assert layout_of(old_library) == 1
    monkeypatch.undo()
    store = Store.open(old_library)
    assert len(store.documents()) == 1
    store.close()


def test_a_backup_of_an_old_library_can_be_restored(old_library, tmp_path):
    store = Store.open(tmp_path / "new")
    restore(store.database, old_library / "catalog.sqlite")
    assert len(store.documents()) == 1 and store.trail() == ()
    store.close()
    assert layout_of(old_library) == 1


def test_every_older_layout_has_a_step():
    assert sorted(STEPS) == list(range(1, SCHEMA))
