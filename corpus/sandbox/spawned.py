"""The sandbox where processes cannot be forked (Windows): whole new processes, each for a number of files, bound by a job object.

Starting one takes half a second, so it serves files until one of them goes wrong or enough have passed through. It reads a job and a
file from its standard input and answers on its standard output, each with its length before it.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import threading
from functools import partial
from typing import IO

from corpus.sandbox.boot import ENVIRONMENT, import_path
from corpus.sandbox.errand import Errand
from corpus.sandbox.limits import Job, Limits
from corpus.sandbox.wire import failure

FILES_EACH = 50
_BOOT = """
import sys, json, importlib
sys.path[:] = json.loads(sys.argv[1])
for module in sys.argv[3:]:
    importlib.import_module(module)
from corpus.sandbox.spawned import serve
serve(sys.argv[2])
"""
_LENGTH = struct.Struct(">Q")


class Spawned:
    """Hands files to processes of its own and starts new ones as needed. Safe to use from many threads."""

    def __init__(self, modules: tuple[str, ...] = ()) -> None:
        self._modules = modules
        self._lock = threading.Lock()
        self._idle: list[_Process] = []
        self._closed = False
        self._all = Errand()

    def start(self) -> None:
        """Start a process for the first file, without waiting until it is ready."""
        self._give_back(_Process(self._modules, Limits()))

    def answer(self, data: bytes, job: Job, errand: Errand | None = None) -> bytes:
        """Have a process parse a file; give its answer as it came. Raises ParserFailed."""
        errand = errand or self._all
        process = self._take(job.limits)
        stop = partial(process.kill)
        errand.wait_on(stop)
        try:
            answer = process.ask(data, job)
        finally:
            errand.done_with(stop)
        self._give_back(process)
        return answer

    def close(self) -> None:
        """End every process."""
        with self._lock:
            self._closed = True
            for process in self._idle:
                process.kill()
            self._idle.clear()

    def _take(self, limits: Limits) -> _Process:
        with self._lock:
            for process in self._idle:
                if process.limits.fits(limits):
                    self._idle.remove(process)
                    return process
        return _Process(self._modules, limits)

    def _give_back(self, process: _Process) -> None:
        with self._lock:
            if not self._closed and process.is_fresh:
                self._idle.append(process)
            else:
                process.kill()


class _Process:
    """One process, bound to the limits of its first file."""

    def __init__(self, modules: tuple[str, ...], limits: Limits) -> None:
        self.limits = limits
        self._folder = tempfile.mkdtemp(prefix="policy-assistant-") if limits.scratch else ""
        self._files = 0
        python = [sys.executable, "-I", "-S", "-X", "utf8", "-c", _BOOT]
        self._process = subprocess.Popen(
            [*python, json.dumps(import_path()), self._folder, *modules],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_environment(), cwd=self._folder or None,
        )  # fmt: skip
        if sys.platform == "win32":
            from corpus.sandbox.windows import bind

            self._job = bind(self._process, limits)

    @property
    def is_fresh(self) -> bool:
        return self._files < FILES_EACH and self._process.poll() is None

    def ask(self, data: bytes, job: Job) -> bytes:
        limits = job.limits
        late = threading.Event()

        def end() -> None:
            late.set()
            self.kill()

        clock = threading.Timer(limits.wall, end)
        clock.start()
        self._files += 1
        try:
            assert self._process.stdin and self._process.stdout
            for part in (job.as_json().encode(), data):
                self._process.stdin.write(_LENGTH.pack(len(part)) + part)
            self._process.stdin.flush()
            answer = _read(self._process.stdout, limits.output)
        except OSError:
            answer = None
        finally:
            clock.cancel()
        if answer is None:
            self.kill()
            raise failure("parser_timeout", f"上限 {limits.wall:.0f} 秒") if late.is_set() else failure("parser_crashed")
        return answer

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None and not pipe.closed:
                _close(pipe)
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)


def serve(folder: str) -> None:
    """Be such a process: read jobs from standard input until it ends. folder: where it may write, "" for nowhere."""
    from corpus.sandbox.confine import program_paths
    from corpus.sandbox.worker import LastWords, answer_for, preload, shut_in, warm_up

    readable = program_paths()
    source = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    # What a library prints must not get between the answers.
    os.dup2(os.open(os.devnull, os.O_RDWR), 1)
    warm_up()

    def answer(value: bytes) -> None:
        answers.write(_LENGTH.pack(len(value)) + value)
        answers.flush()

    confined = False
    while (written := _read(source, 1 << 16)) is not None and (data := _read(source, 1 << 32)) is not None:
        job = Job.of_json(written)
        preload(job.name)
        with LastWords(answer):
            if not confined:
                shut_in(job.limits, readable, folder)
                confined = True
            answer(answer_for(data, job.name, job.task))


def _read(source: IO[bytes], limit: int) -> bytes | None:
    """Read a value with its length before it; None at the end, and for one over the limit."""
    head = source.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    value = source.read(length) if length <= limit else b""
    return value if len(value) == length else None


def _close(pipe: object) -> None:
    assert isinstance(pipe, io.IOBase)
    try:
        pipe.close()
    except OSError:
        # What was still to be written has nobody to read it.
        return


def _environment() -> dict[str, str]:
    # Windows loads its own libraries through these.
    needed = {name: value for name in ("SYSTEMROOT", "WINDIR", "TEMP", "TMP") if (value := os.environ.get(name))}
    return {**ENVIRONMENT, **needed}
