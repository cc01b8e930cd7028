"""Adding many files can be stopped and killed at any moment, and goes on where it was."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from corpus.intake import add_files
from corpus.store import Store
from tests.corpus.killing import Moment, complete_library, kill_rounds, write_files


@pytest.fixture
def store(tmp_path):
    opened = Store.open(tmp_path / "library")
    yield opened
    opened.close()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_killing_an_add_of_many_files_loses_none_that_was_acknowledged(tmp_path):
    folder, library = tmp_path / "files", tmp_path / "library"
    write_files(folder, 30)
    moments = (Moment(0.2), Moment(0.0, working=True), Moment(0.02, working=True), Moment(0.06, working=True))
    kill_rounds(library, folder, moments, set())
    complete_library(library, folder, 30)


def test_ctrl_c_ends_with_a_report_of_what_is_stored(store, tmp_path):
    write_files(tmp_path / "files", 12)

    def stop(done, total, name):
        if done == 4:
            raise KeyboardInterrupt

    report = add_files(store, [tmp_path / "files"], stop)
    assert report.interrupted and [taken.status for taken in report.files] == ["added"] * 4
    assert len(store.documents()) == 4 and not store.is_adding()
    rest = add_files(store, [tmp_path / "files"])
    assert not rest.interrupted and [taken.status for taken in rest.files] == ["unchanged"] * 4 + ["added"] * 8


def test_a_moved_document_keeps_its_id_and_leaves_its_place_to_others(store, tmp_path):
    first, second = tmp_path / "a.txt", tmp_path / "b.txt"
    first.write_text("东江县整治方案\n由县住建局牵头排查。", encoding="utf-8")
    (taken,) = add_files(store, [first]).files
    first.rename(second)
    (origin,) = store.origins()
    store.move(taken.document_id, origin.replace("a.txt", "b.txt"), "b.txt")
    assert add_files(store, [second]).files[0].status == "unchanged" and store.document("b.txt").id == taken.document_id
    first.write_text("东江县另一个方案\n由县城管局牵头拆除。", encoding="utf-8")
    (other,) = add_files(store, [first]).files
    assert other.status == "added" and other.document_id != taken.document_id and len(store.documents()) == 2
    assert store.verify() == ()


def test_everything_that_adds_says_so_and_stops_saying_so(store, tmp_path):
    other = Store.open(tmp_path / "library")
    assert not other.is_adding()
    with store.adding(), other.adding():
        assert store.is_adding() and other.is_adding()
    assert not store.is_adding()
    other.close()


def test_one_bad_file_of_many_never_stops_the_rest(store, tmp_path):
    folder: Path = tmp_path / "files"
    write_files(folder, 5)
    (folder / "0002.txt").write_bytes(b"MZ\x90\x00\x03")
    report = add_files(store, [folder])
    assert [taken.status for taken in report.files] == ["added", "added", "rejected", "added", "added"]
