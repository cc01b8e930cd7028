"""The program's side of the sandbox on systems that can fork: start the nursery, hand it files, judge what comes back."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

from corpus.sandbox.boot import ENVIRONMENT, import_path
from corpus.sandbox.errand import Errand
from corpus.sandbox.limits import Job, Limits
from corpus.sandbox.wire import failure

_BOOT = """
import sys, json, importlib
sys.path[:] = json.loads(sys.argv[1])
for module in sys.argv[3:]:
    importlib.import_module(module)
from corpus.sandbox.nursery import main
main(int(sys.argv[2]))
"""
_GRACE = 15.0
"""Seconds that the nursery may be late with ending a child before it is itself taken for dead."""
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Ended:
    """How a child ended. signal: 0 when it ended by itself; late: ended by the clock; peak: kilobytes it held at most."""

    exit: int = 0
    signal: int = 0
    late: bool = False
    peak: int = 0


class NurseryGone(Exception):
    """The nursery ended before it said what became of a file."""


class Forked:
    """Starts the nursery at the first file and again whenever it has ended. Safe to use from many threads.

    modules: what the nursery is to import beside the parsers, e.g. one that adds a reader.
    """

    def __init__(self, modules: tuple[str, ...] = ()) -> None:
        self._modules = modules
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._jobs: socket.socket | None = None
        self._all = Errand()

    def start(self) -> None:
        """Start the nursery now, without waiting until it is ready."""
        with self._lock:
            self._ready()

    def answer(self, data: bytes, job: Job, errand: Errand | None = None) -> bytes:
        """Have a child read a file; give its answer as it came. errand: what it can be given up with. Raises ParserFailed."""
        errand = errand or self._all
        for _ in range(2):
            nursery = self._process
            try:
                return self._answer(data, job, errand)
            except NurseryGone:
                if errand.over:
                    break
                with self._lock:
                    if nursery is None or nursery is self._process:
                        self._drop()
        raise failure("parser_crashed")

    def close(self) -> None:
        """End the nursery and every child."""
        with self._lock:
            self._drop()

    # ------------------------------------------------------------ one file

    def _answer(self, data: bytes, job: Job, errand: Errand) -> bytes:
        limits = job.limits
        channel, answer = self._hand_over(data, job)
        stop = partial(_shut, channel, answer)
        errand.wait_on(stop)
        try:
            deadline = time.monotonic() + limits.wall + _GRACE
            received = _read(answer, limits.output, deadline)
            if received is None:
                raise failure("parser_output", f"超过 {limits.output >> 20} MB")
            ended = _ending(channel, deadline)
        finally:
            errand.done_with(stop)
            channel.close()
            answer.close()
        judge(ended, limits)
        return received

    def _hand_over(self, data: bytes, job: Job) -> tuple[socket.socket, socket.socket]:
        channel, theirs = socket.socketpair()
        answer, into = socket.socketpair()
        source = _as_file(data)
        try:
            with theirs, into:
                socket.send_fds(channel, [job.as_json().encode()], [source, into.fileno()])
                with self._lock:
                    socket.send_fds(self._ready(), [b"J"], [theirs.fileno()])
        except OSError as error:
            channel.close()
            answer.close()
            raise NurseryGone from error
        finally:
            os.close(source)
        return channel, answer

    # ------------------------------------------------------------ the nursery

    def _ready(self) -> socket.socket:
        if self._process is not None and self._jobs is not None and self._process.poll() is None:
            return self._jobs
        self._drop()
        ours, theirs = socket.socketpair()
        with theirs:
            python = [sys.executable, "-I", "-S", "-X", "utf8", "-c", _BOOT]
            self._process = subprocess.Popen(
                [*python, json.dumps(import_path()), str(theirs.fileno()), *self._modules],
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                env=ENVIRONMENT, cwd="/", pass_fds=(theirs.fileno(),), start_new_session=True,
            )  # fmt: skip
        self._jobs = ours
        return ours

    def _drop(self) -> None:
        if self._jobs is not None:
            self._jobs.close()
        if self._process is not None:
            try:
                self._process.wait(timeout=2)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._jobs = self._process = None


def judge(ended: Ended, limits: Limits) -> None:
    """Raise ParserFailed when a child ended in another way than by itself."""
    if ended.late or ended.signal == signal.SIGXCPU:
        raise failure("parser_timeout", f"上限 {limits.cpu:.0f} 秒")
    # A library in C that gets no memory dies in ways of its own; what it held when it died tells why. The kernel kills when
    # the machine itself has none left.
    if ended.signal == signal.SIGKILL or (ended.signal and 1024 * ended.peak > 0.7 * limits.memory):
        raise failure("parser_memory", f"上限 {limits.memory >> 20} MB")
    if ended.signal or ended.exit:
        raise failure("parser_crashed", f"信号 {ended.signal}" if ended.signal else f"退出码 {ended.exit}")


def _as_file(data: bytes) -> int:
    """Put bytes where another process can read them without a name; give the descriptor."""
    if sys.platform == "linux":
        descriptor = os.memfd_create("document")
    else:
        with tempfile.TemporaryFile() as file:
            descriptor = os.dup(file.fileno())
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]
    os.lseek(descriptor, 0, os.SEEK_SET)
    return descriptor


def _read(answer: socket.socket, limit: int, deadline: float) -> bytes | None:
    """Read to the end; None when there is more than `limit` bytes."""
    pieces = bytearray()
    while True:
        piece = _receive(answer, deadline)
        if not piece:
            return bytes(pieces)
        pieces += piece
        if len(pieces) > limit:
            return None


def _ending(channel: socket.socket, deadline: float) -> Ended:
    report: dict[str, Any] = {}
    written = _receive(channel, deadline)
    if not written:
        raise NurseryGone
    report = json.loads(written)
    return Ended(**report)


def _receive(source: socket.socket, deadline: float) -> bytes:
    source.settimeout(max(0.01, deadline - time.monotonic()))
    try:
        return source.recv(_PIECE)
    except TimeoutError:
        return b""
    except OSError as error:
        raise NurseryGone from error


def _shut(*waiting: socket.socket) -> None:
    for end in waiting:
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
