"""A watched folder is kept in step: what is new, changed, renamed and gone, at its own pace, without losing anything."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Event

import pytest

from assistant import Assistant
from assistant.cli.main import main
from assistant.config import Config
from assistant.library.watch import Watch, watch

ROOT = Path(__file__).resolve().parents[2]
FIRST = "东江县危险房屋整治方案\n由县住建局牵头排查危险房屋,2025年6月底前完成。"
SECOND = "东江县燃气管道整治方案\n由县城管局牵头改造燃气管道,2026年6月底前完成。"


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "共享"
    made.mkdir()
    return made


@pytest.fixture
def assistant(tmp_path):
    with Assistant.open(tmp_path / "library", Config()) as opened:
        yield opened


def happened(looks):
    return [(one.kind, Path(one.path).name) for one in looks.look()]


def names(assistant):
    return sorted(listing.name for listing in assistant.store.documents())


def test_a_file_counts_when_it_looked_the_same_twice(assistant, folder):
    looks = Watch(assistant, folder)
    (folder / "a.txt").write_text(FIRST, encoding="utf-8")
    assert happened(looks) == []
    (folder / "a.txt").write_text(FIRST + "还在复制", encoding="utf-8")
    assert happened(looks) == [] and happened(looks) == [("added", "a.txt")] and happened(looks) == []
    assert "县住建局" in assistant.ask("排查危险房屋由谁牵头").answer


def test_changes_make_new_versions_and_bad_files_are_told_once(assistant, folder):
    looks = Watch(assistant, folder, patient=False)
    (folder / "a.txt").write_text(FIRST, encoding="utf-8")
    (folder / "坏.txt").write_bytes(b"MZ\x90\x00\x03")
    assert happened(looks) == [("added", "a.txt"), ("rejected", "坏.txt")] and happened(looks) == []
    (folder / "a.txt").write_text(FIRST.replace("住建", "民政"), encoding="utf-8")
    assert happened(looks) == [("new_version", "a.txt")] and "县民政局" in assistant.ask("排查危险房屋由谁牵头").answer


def test_a_renamed_file_keeps_its_document(assistant, folder):
    looks = Watch(assistant, folder, remove=True)
    (folder / "a.txt").write_text(FIRST, encoding="utf-8")
    happened(looks), happened(looks)
    (before,) = assistant.store.documents()
    (folder / "下级").mkdir()
    (folder / "a.txt").rename(folder / "下级" / "b.txt")
    assert happened(looks) + happened(looks) + happened(looks) == [("renamed", "b.txt")]
    (after,) = assistant.store.documents()
    assert (after.id, after.name, after.version) == (before.id, "b.txt", 1)


def test_what_is_gone_is_told_once_and_removed_only_on_request(assistant, folder):
    for name, text in (("a.txt", FIRST), ("b.txt", SECOND)):
        (folder / name).write_text(text, encoding="utf-8")
    keeping = Watch(assistant, folder)
    happened(keeping), happened(keeping)
    (folder / "a.txt").unlink()
    assert happened(keeping) == [] and happened(keeping) == [("missing", "a.txt")] and happened(keeping) == []
    assert names(assistant) == ["a.txt", "b.txt"]
    removing = Watch(assistant, folder, remove=True)
    assert happened(removing) + happened(removing) == [("removed", "a.txt")] and names(assistant) == ["b.txt"]


def test_a_file_that_is_saved_by_replacing_it_is_no_loss(assistant, folder):
    looks = Watch(assistant, folder, remove=True)
    for name, text in (("a.txt", FIRST), ("b.txt", SECOND)):
        (folder / name).write_text(text, encoding="utf-8")
    happened(looks), happened(looks)
    (folder / "a.txt").unlink()
    assert happened(looks) == []
    (folder / "a.txt").write_text(FIRST + "。", encoding="utf-8")
    assert happened(looks) + happened(looks) == [("new_version", "a.txt")]


def test_a_drive_that_is_not_there_removes_nothing(assistant, folder):
    looks = Watch(assistant, folder, remove=True, patient=False)
    (folder / "a.txt").write_text(FIRST, encoding="utf-8")
    happened(looks)
    (folder / "a.txt").unlink()
    assert happened(looks) == [("missing", "a.txt")] and names(assistant) == ["a.txt"]
    folder.rmdir()
    assert happened(looks) == [("unreachable", "共享")] and happened(looks) == [] and names(assistant) == ["a.txt"]


def test_documents_from_elsewhere_are_left_alone(assistant, folder, files_of):
    assistant.add(files_of(**{"别处.txt": SECOND}))
    assert happened(Watch(assistant, folder, remove=True, patient=False)) == [] and names(assistant) == ["别处.txt"]


def test_a_busy_library_is_tried_again(assistant, folder, monkeypatch):
    from corpus import database
    from corpus.lock import exclusive

    monkeypatch.setattr(database, "_BUSY_SECONDS", 0.1)
    (folder / "a.txt").write_text(FIRST, encoding="utf-8")
    looks = Watch(assistant, folder, patient=False)
    with exclusive(assistant.folder / "catalog.lock"):
        assert happened(looks) == [("busy", "共享")]
    assert happened(looks) == [("added", "a.txt")]


def test_a_successor_is_told(assistant, folder):
    text = "东江县人民政府\n东江县危险房屋管理办法\n第一条 每年检查{}次。\n东江县人民政府\n{}年5月6日\n"
    (folder / "a.txt").write_text(text.format(1, 2019), encoding="utf-8")
    looks = Watch(assistant, folder, patient=False)
    happened(looks)
    (folder / "b.txt").write_text(text.format(4, 2023), encoding="utf-8")
    assert ("superseded", "b.txt") in happened(looks)


def test_the_loop_stops_when_told(assistant, folder):
    (folder / "a.txt").write_text(FIRST, encoding="utf-8")
    stop, told = Event(), []

    def tell(happening):
        told.append(happening.kind)
        stop.set()

    assert watch(Watch(assistant, folder), tell, stop, every=0.01)
    assert told == ["added"]


# ---------------------------------------------------------------- the command line


def test_once_brings_the_folder_in_step_and_ends(capsys, folder, tmp_path):
    (folder / "a.txt").write_text(FIRST, encoding="utf-8")
    (folder / "坏.txt").write_bytes(b"")
    words = ["watch", str(folder), "--once", "--library", str(tmp_path / "library")]
    assert main([*words, "--json"]) == 3
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(one["event"], Path(one["path"]).name) for one in told] == [("added", "a.txt"), ("rejected", "坏.txt")]
    (folder / "坏.txt").unlink()
    (folder / "a.txt").rename(folder / "b.txt")
    assert main(words) == 0 and "改名" in capsys.readouterr().out


def test_a_folder_that_is_not_there_is_wrong_use(capsys, tmp_path):
    assert main(["watch", str(tmp_path / "fehlt"), "--json", "--library", str(tmp_path / "library")]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "path_not_found"


@pytest.mark.skipif(os.name != "posix", reason="needs signals")
def test_sigterm_ends_it_cleanly(folder, tmp_path):
    (folder / "a.txt").write_text(FIRST, encoding="utf-8")
    command = [sys.executable, "-m", "assistant", "watch", str(folder), "--every", "0.1", "--library", str(tmp_path / "library")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert process.stdout is not None
    assert "已加入" in process.stdout.readline()
    started = time.monotonic()
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=30) == 0 and time.monotonic() - started < 20
    process.stdout.close()
