"""Whatever a parser does to its own process, the program gets a document or a refusal with a stable code, and goes on."""

from __future__ import annotations

import contextlib
import io
import json
import os
import signal
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.codec import encode
from corpus.containers import members
from corpus.errors import ParserFailed, UnreadableDocument, UnsupportedFormat
from corpus.parse import parse
from corpus.sandbox import members_of, parse_file, parse_files
from corpus.sandbox.host import Forked
from corpus.sandbox.limits import MEBIBYTE, Job, Limits, limits_for
from corpus.sandbox.spawned import Spawned
from corpus.sandbox.wire import read_answer, read_members
from corpus.types import Document, Passage, Source, Span

if sys.platform == "win32":
    pytest.skip("needs fork", allow_module_level=True)

ROOT = Path(__file__).resolve().parents[2]
NOTICE = "关于开展检查的通知\n\n一、总体要求\n(一)落实责任。2025年底前完成整治。(牵头单位:区教育局)\n".encode()
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="the kernel's own barriers are Linux's")


@pytest.fixture(scope="module")
def host() -> Iterator[Forked]:
    here = str(Path(__file__).parent)
    sys.path.append(here)
    made = Forked(modules=("misbehaving",))
    yield made
    made.close()
    sys.path.remove(here)


def told(host: Forked, behaviour: str, **limits: float) -> str:
    """Give the text that a file of this behaviour is read as."""
    answer = host.answer(behaviour.encode(), Job("x.behave", Limits(**limits)))  # type: ignore[arg-type]
    return read_answer(answer, "x.behave").text.removeprefix("结果:")


# ---------------------------------------------------------------- the same result as without a border


def test_a_document_comes_out_as_it_is_parsed_here() -> None:
    assert parse_file(NOTICE, "通知.txt") == parse(NOTICE, "通知.txt")


def test_refusals_come_out_as_they_are_raised_here() -> None:
    with pytest.raises(UnreadableDocument) as refusal:
        parse_file(b"", "空.txt")
    assert (refusal.value.code, refusal.value.message) == ("empty_file", "文件是空的(0 字节)")
    with pytest.raises(UnsupportedFormat):
        parse_file(NOTICE, "通知.xyz")


def test_many_files_come_out_in_order_and_what_needs_no_parsing_keeps_its_turn() -> None:
    files = [(NOTICE * (9 - number) + str(number).encode(), f"{number}.txt") for number in range(9)]
    results = list(parse_files([files[0], None, *files[1:], (b"", "空.txt"), None]))
    assert [getattr(result, "name", result) for result in results[:-2]] == ["0.txt", None, *(f"{n}.txt" for n in range(1, 9))]
    assert isinstance(results[-2], UnreadableDocument) and results[-1] is None


def test_no_more_files_are_taken_than_are_worked_on() -> None:
    taken = []

    def files() -> Iterator[tuple[bytes, str]]:
        for number in range(40):
            taken.append(number)
            yield NOTICE, f"{number}.txt"

    for done, _ in enumerate(parse_files(files(), workers=2)):
        assert len(taken) <= done + 5


def test_leaving_early_ends_what_is_at_work() -> None:
    started = time.monotonic()
    for _ in parse_files([(NOTICE, "a.txt"), *[(NOTICE * 8000, f"{n}.txt") for n in range(4)]], workers=2):
        break
    assert time.monotonic() - started < 8
    assert isinstance(parse_file(NOTICE, "通知.txt"), Document)


def test_a_container_is_unpacked_as_it_is_here() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("甲.txt", NOTICE)
        archive.writestr("../乙.txt", NOTICE)
        archive.writestr("空.txt", b"")
    here, there = tuple(members(packed.getvalue(), "包.zip")), members_of(packed.getvalue(), "包.zip")
    assert [(m.name, m.data, m.refusal and (m.refusal.code, m.refusal.message)) for m in there] == [
        (m.name, m.data, m.refusal and (m.refusal.code, m.refusal.message)) for m in here
    ]
    (broken,) = members_of(packed.getvalue()[:-9], "包.zip")
    assert broken.name == "" and broken.refusal is not None and broken.refusal.code == "malformed"


@pytest.mark.parametrize("answer", [b"", b"M", b"M[]", b"M[[1,2,null]]\n", b'M[["a",9,null]]\nx', b'M[["a",-1,null]]\nx', b'M[["\\ud800",0,null]]\n', b"D{}"])
def test_members_that_are_none_are_refused(answer: bytes) -> None:
    with pytest.raises(ParserFailed):
        read_members(answer)


# ---------------------------------------------------------------- a parser that comes to a bad end


@pytest.mark.parametrize(
    ("behaviour", "limits", "code"),
    [
        ("segfault", {}, "parser_crashed"),
        ("abort", {}, "parser_crashed"),
        ("exit 0", {}, "parser_crashed"),
        ("exit 7", {}, "parser_crashed"),
        ("raise", {}, "parser_failed"),
        ("recurse", {}, "parser_failed"),
        ("garbage", {}, "parser_crashed"),
        ("garbage D", {}, "parser_crashed"),
        ("garbage D[[[[[", {}, "parser_crashed"),
        ('garbage R["UnreadableDocument"]', {}, "parser_crashed"),
        ('garbage R["SystemExit","code","",""]', {}, "parser_crashed"),
        ("garbage D" + "[" * 90_000, {}, "parser_crashed"),
        ("allocate", {"memory": 200 * MEBIBYTE}, "parser_memory"),
        ("allocate-in-c", {"memory": 200 * MEBIBYTE}, "parser_memory"),
        ("spin", {"cpu": 1}, "parser_timeout"),
        ("sleep 100", {"wall": 0.3}, "parser_timeout"),
        ("flood", {"output": 10 * MEBIBYTE}, "parser_output"),
    ],
)  # fmt: skip
def test_p23_it_costs_one_file_with_a_stable_code(host: Forked, behaviour: str, limits: dict[str, float], code: str) -> None:
    started = time.monotonic()
    with pytest.raises(ParserFailed) as refusal:
        told(host, behaviour, **limits)
    assert refusal.value.code == code
    assert refusal.value.message and refusal.value.remedy and time.monotonic() - started < 8
    assert told(host, "say 好") == "好"


def test_answers_that_could_not_be_stored_are_refused() -> None:
    good = Document("a.txt", Source("正文", "plain"))
    for forged in (
        Document("b.txt", Source("正文", "plain")),
        Document("a.txt", Source("正文", "plain"), id="d1"),
        Document("a.txt", Source("正文", "plain"), passages=(Passage(0, "text", -1, Span(0, 99), ()),)),
        Document("a.txt", Source(5, "plain")),  # type: ignore[arg-type]
        Document("a.txt", Source("正文", "plain"), passages=(Passage("0", "text", -1, Span(0, 1), ()),)),  # type: ignore[arg-type]
    ):
        assert read_answer(b"D" + encode(good, Document).encode(), "a.txt") == good
        with pytest.raises(ParserFailed):
            read_answer(b"D" + encode(forged, Document).encode(), "a.txt")
    lone = json.dumps(json.loads(encode(good, Document))).replace("\\u6b63", "\\ud800")
    with pytest.raises(ParserFailed):
        read_answer(b"D" + lone.encode(), "a.txt")


def test_the_words_of_a_refusal_are_cut_and_cleaned() -> None:
    forged = b"R" + json.dumps(["UnreadableDocument", "malformed", "\x1b[31m坏" + "长" * 9999, ""]).encode()
    with pytest.raises(UnreadableDocument) as refusal:
        read_answer(forged, "a.txt")
    assert len(refusal.value.message) <= 500 and "\x1b" not in refusal.value.message


# ---------------------------------------------------------------- what a parser cannot reach


def test_nothing_outside_is_read_written_or_removed(host: Forked, tmp_path: Path) -> None:
    secret = tmp_path / "机密.txt"
    secret.write_text("机密")
    refused = "PermissionError"
    assert told(host, f"read {secret}") == refused
    assert told(host, "read /etc/passwd") == refused
    assert told(host, f"write {tmp_path}/new.txt") == refused
    assert told(host, f"remove {secret}") == refused
    assert [path.name for path in tmp_path.iterdir()] == ["机密.txt"]


@on_linux
def test_the_kernel_refuses_what_python_does_not_see(host: Forked) -> None:
    if told(host, "read-in-c /etc/hostname") == "opened":
        pytest.skip("a kernel without Landlock")
    assert told(host, "read-in-c /etc/passwd") == "Permission denied"
    assert told(host, f"read-in-c /proc/{os.getpid()}/environ") == "Permission denied"


def test_no_connection_is_opened(host: Forked) -> None:
    with socket.create_server(("127.0.0.1", 0)) as canary:
        canary.settimeout(0.2)
        port = canary.getsockname()[1]
        assert told(host, f"connect {port}") == "PermissionError"
        if sys.platform == "linux":
            assert told(host, f"connect-in-c {port}") != "connected"
        with pytest.raises(TimeoutError):
            canary.accept()


def test_no_program_is_started_and_no_process_is_left(host: Forked) -> None:
    assert told(host, "run /bin/true") == "PermissionError"
    assert told(host, "fork") == "PermissionError"


@on_linux
def test_a_process_that_a_library_left_is_ended(host: Forked) -> None:
    nursery = int(told(host, "pid").split()[1])
    with contextlib.suppress(ParserFailed):
        told(host, "linger", wall=3)
    deadline = time.monotonic() + 5
    listed = Path(f"/proc/{nursery}/task/{nursery}/children")
    while listed.read_text().strip() and time.monotonic() < deadline:
        told(host, "say 好")
    assert listed.read_text().strip() == ""


@on_linux
def test_no_signal_reaches_the_program(host: Forked) -> None:
    if told(host, f"kill-in-c {os.getpid()}") == "sent":
        pytest.skip("a kernel whose Landlock does not bind signals")
    assert told(host, "kill-in-c ") == "Operation not permitted"


def test_nothing_of_the_environment_is_there_to_leak(host: Forked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_TOKEN", "x")
    assert set(told(host, "environment").split()) <= {"PATH", "LANG", "LC_ALL", "LC_CTYPE", "OPENBLAS_NUM_THREADS"}


# ---------------------------------------------------------------- the nursery


def test_a_nursery_that_was_killed_is_started_again(host: Forked) -> None:
    os.kill(int(told(host, "pid").split()[1]), signal.SIGKILL)
    assert told(host, "say 好") == "好"


@on_linux
def test_nothing_is_left_running_when_the_program_is_killed() -> None:
    code = (
        "import threading, time; from corpus.sandbox.host import Forked; from corpus.sandbox.limits import Job, Limits; host = Forked(('misbehaving',))\n"
        "threading.Thread(target=host.answer, args=(b'sleep 60', Job('x.behave', Limits()))).start()\n"
        "print(host._process.pid if host._process else time.sleep(0.5) or host._process.pid, flush=True)"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(Path(__file__).parent)))},
    )  # fmt: skip
    with process:
        assert process.stdout is not None
        nursery = int(process.stdout.readline())
        process.kill()
    deadline = time.monotonic() + 10
    while Path(f"/proc/{nursery}").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not Path(f"/proc/{nursery}").exists()


def test_a_kind_of_file_has_limits_that_grow_with_its_size() -> None:
    assert limits_for("a.txt", 10).cpu == pytest.approx(20, abs=1)
    assert limits_for("a.pdf", 5_000_000).cpu > limits_for("a.pdf", 50_000).cpu
    assert limits_for("a.DOC", 10).scratch and not limits_for("a.docx", 10).scratch


# ---------------------------------------------------------------- where processes cannot be forked


@pytest.fixture(scope="module")
def spawned() -> Iterator[Spawned]:
    here = str(Path(__file__).parent)
    sys.path.append(here)
    made = Spawned(modules=("misbehaving",))
    yield made
    made.close()
    sys.path.remove(here)


@pytest.mark.parametrize(
    ("behaviour", "limits", "code"),
    [
        ("segfault", {}, "parser_crashed"),
        ("exit 0", {}, "parser_crashed"),
        ("raise", {}, "parser_failed"),
        ("garbage", {}, "parser_crashed"),
        ("allocate", {"memory": 200 * MEBIBYTE}, "parser_memory"),
        ("sleep 100", {"wall": 1}, "parser_timeout"),
        ("flood", {"output": 10 * MEBIBYTE}, "parser_crashed"),
    ],
)
def test_a_process_for_many_files_costs_one_file_as_well(spawned: Spawned, behaviour: str, limits: dict[str, float], code: str) -> None:
    with pytest.raises(ParserFailed) as refusal:
        read_answer(spawned.answer(behaviour.encode(), Job("x.behave", Limits(**limits))), "x.behave")  # type: ignore[arg-type]
    assert refusal.value.code == code


def test_a_process_for_many_files_reads_as_it_is_read_here(spawned: Spawned, tmp_path: Path) -> None:
    for number in range(3):
        data = NOTICE + str(number).encode()
        assert read_answer(spawned.answer(data, Job("通知.txt", Limits())), "通知.txt") == parse(data, "通知.txt")
    (tmp_path / "机密.txt").write_text("机密")
    answer = spawned.answer(f"read {tmp_path}/机密.txt".encode(), Job("x.behave", Limits()))
    assert read_answer(answer, "x.behave").text == "结果:PermissionError"
