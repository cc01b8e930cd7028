"""Some three hundred files that mean harm or are broken, through the command line and the upload route.

Held throughout: the program lives, each file met is reported once, nothing outside the library is read or written, no connection is opened.
"""

from __future__ import annotations

import ctypes
import json
import os
import socket
import struct
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path, PurePath
from typing import Any

import httpx
import pytest

from assistant import Assistant
from assistant.web.uploads import UPLOAD_PATH
from corpus.containers import INSIDE, holds_files
from corpus.readers import SUFFIXES
from tests.hostile import CASES, Canary, Case
from tests.hostile.case import SECRET
from tests.web_server import served

ROOT = Path(__file__).resolve().parents[1]
WHOLE = bool(os.environ.get("HOSTILE_WHOLE"))
"""`make hostile` sends every file, and every file through both ways in."""
SENT = [case for case in CASES if WHOLE or not case.costly]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the special files are those of Unix")


@contextmanager
def listening() -> Iterator[tuple[int, list[object]]]:
    """Listen on a port that nobody has a reason to call; give it and the list of those who did."""
    called: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        over = threading.Event()

        def wait() -> None:
            while not over.is_set():
                try:
                    connection, caller = server.accept()
                except TimeoutError:
                    continue
                called.append(caller)
                connection.close()

        thread = threading.Thread(target=wait)
        thread.start()
        try:
            yield server.getsockname()[1], called
        finally:
            over.set()
            thread.join()


class Watch:
    """Counts who opens, reads or changes anything in a folder, by inotify."""

    EVENTS = 0x1 | 0x2 | 0x4 | 0x20 | 0x40 | 0x80 | 0x100 | 0x200 | 0x400

    def __init__(self, folder: Path) -> None:
        self.descriptor = -1
        if sys.platform == "linux":
            library = ctypes.CDLL(None)
            self.descriptor = library.inotify_init1(os.O_NONBLOCK)
            library.inotify_add_watch(self.descriptor, os.fsencode(folder), self.EVENTS)

    def seen(self) -> list[tuple[int, str]]:
        if self.descriptor < 0:
            return []
        try:
            data = os.read(self.descriptor, 1 << 16)
        except BlockingIOError:
            return []
        finally:
            os.close(self.descriptor)
        found = []
        while data:
            _, mask, _, length = struct.unpack_from("iIII", data)
            found.append((mask, data[16 : 16 + length].rstrip(b"\0").decode()))
            data = data[16 + length :]
        return found


class Trap:
    """The folder with the secret, and the port."""

    def __init__(self, folder: Path, port: int, called: list[object]) -> None:
        folder.mkdir()
        (folder / "机密.txt").write_text(SECRET, encoding="utf-8")
        self.canary = Canary(str(folder / "机密.txt"), port)
        self.called = called
        self.watch = Watch(folder)
        self.beside = {path.name for path in folder.parent.iterdir()}

    def check(self) -> None:
        assert self.called == []
        assert self.watch.seen() == []
        outside = Path(self.canary.path).parent.parent
        assert not [path for path in (outside, outside.parent, Path("/tmp"), Path("/")) if list(path.glob("滑*"))]


@pytest.fixture
def trap(tmp_path: Path) -> Iterator[Trap]:
    with listening() as (port, called):
        yield Trap(tmp_path / "别处", port, called)


def expected(case: Case) -> tuple[str, ...]:
    return case.verdict if PurePath(case.name).suffix.lower() in SUFFIXES else ("unsupported_format", *case.verdict)


def judge(case: Case, status: str, code: str, reason: str, text: str) -> str:
    """Give what is wrong with the outcome of a case, "" when nothing is."""
    outcome = "taken" if status in ("added", "duplicate") else code
    if outcome not in expected(case):
        return f"{case.name} ({case.why}): {outcome} instead of {case.verdict}: {reason}"
    if outcome != "taken" and not reason:
        return f"{case.name}: refused without a reason"
    lost = [words for words in case.present if outcome == "taken" and words not in text]
    leaked = [words for words in (*case.absent, SECRET) if words in text or words in reason]
    return f"{case.name} ({case.why}): lost {lost}, leaked {leaked}" if lost or leaked else ""


def add(folder: Path, library: Path) -> tuple[int, list[dict[str, Any]]]:
    done = subprocess.run(
        [sys.executable, "-m", "assistant", "add", str(folder), "--library", str(library), "--json"],
        capture_output=True, text=True, check=False, timeout=900, env={**os.environ, "PYTHONPATH": str(ROOT), "SECRET_TOKEN": SECRET},
    )  # fmt: skip
    assert "Traceback" not in done.stderr, done.stderr[-2000:]
    assert SECRET not in done.stdout
    return done.returncode, json.loads(done.stdout)["files"]


def test_p01_every_hostile_file_is_judged_as_the_manifest_says(tmp_path: Path, trap: Trap) -> None:
    assert len(SENT) >= 300 and len({case.name for case in CASES}) == len(CASES)
    folder = tmp_path / "来件"
    folder.mkdir()
    for case in SENT:
        (folder / case.name).write_bytes(case.make(trap.canary))
    code, files = add(folder, tmp_path / "library")
    reported = defaultdict(list)
    for file in files:
        reported[Path(file["path"].partition(INSIDE)[0]).name].append(file)
    assert code == 3 and set(reported) == {case.name for case in SENT} and all(len(reported[c.name]) == 1 for c in SENT if not holds_files(c.name))
    with Assistant.open(tmp_path / "library") as assistant:
        found = []
        for case in SENT:
            met = reported[case.name]
            texts = "\n".join(assistant.store.document(file["document_id"]).text for file in met if file["document_id"])
            # What holds files is judged by one of them; every one is kept from leaking.
            judged = [judge(case, file["status"], file["code"], file["reason"], texts) for file in met]
            found.append("" if "" in judged and holds_files(case.name) else "".join(judged))
        assert not [wrong for wrong in found if wrong], "\n".join(filter(None, found))
        assert assistant.verify() == ()
        assert "区应急管理局" in assistant.ask("清理楼道杂物由谁牵头?").answer
    trap.check()


def test_p20_special_files_in_a_folder_end_the_walk_of_nobody(tmp_path: Path, trap: Trap) -> None:
    folder = tmp_path / "来件"
    (folder / "文件夹.docx" / "里面").mkdir(parents=True)
    (folder / "好.txt").write_text("关于检查的通知\n请落实。\n", encoding="utf-8")
    os.mkfifo(folder / "管道.txt")
    with socket.socket(socket.AF_UNIX) as unix:
        os.chdir(folder)
        unix.bind("套接字.txt")
        os.chdir(ROOT)
        (folder / "链接.txt").symlink_to(trap.canary.path)
        (folder / "自环.txt").symlink_to(folder / "自环.txt")
        (folder / "环").symlink_to(folder, target_is_directory=True)
        (folder / "外面").symlink_to(Path(trap.canary.path).parent, target_is_directory=True)
        (folder / "设备.txt").symlink_to("/dev/zero")
        with open(folder / "稀疏.txt", "wb") as sparse:
            sparse.truncate(2 << 30)
        (folder / "不可读.txt").write_text("x")
        (folder / "不可读.txt").chmod(0)
        deep = folder
        for _ in range(60):
            deep = deep / "层"
        deep.mkdir(parents=True)
        started = time.monotonic()
        _, files = add(folder, tmp_path / "library")
    outcomes = {Path(file["path"]).name: file["code"] or file["status"] for file in files}
    assert outcomes.pop("不可读.txt") in ("not_readable", "no_text", "added")
    assert outcomes == {"好.txt": "added", "管道.txt": "not_a_file", "套接字.txt": "not_a_file", "稀疏.txt": "too_large"}
    assert time.monotonic() - started < 60
    trap.check()


def test_p01_the_upload_route_gives_the_same_verdicts(tmp_path: Path, trap: Trap) -> None:
    """One file of each cause: the way in is what is tried here, and each file that is taken rebuilds the index."""
    chosen = SENT if WHOLE else list({case.why: case for case in SENT}.values())
    with served(tmp_path) as address, httpx.Client(base_url=address, trust_env=False, timeout=120) as client:

        def send(case: Case) -> str:
            data = case.make(trap.canary)
            reply = client.post(UPLOAD_PATH, params={"name": case.name}, content=data)
            body = reply.json()
            if reply.status_code < 300:
                return judge(case, "added" if body["status"] != "rejected" else "rejected", "", "", "".join(case.present))
            error = body["error"]
            allowed = (*expected(case), "bad_name", "unsupported_format")
            return "" if error["code"] in allowed and error["message"] and SECRET not in reply.text else f"{case.name}: {body}"

        with ThreadPoolExecutor(2) as pool:
            wrong = [found for found in pool.map(send, chosen) if found]
        assert not wrong, "\n".join(wrong)
        assert client.get("/healthz").status_code == 200
    trap.check()
