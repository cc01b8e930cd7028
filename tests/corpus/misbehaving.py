"""A reader that does to its process what its file says; imported by the process that makes the children, for tests only."""

from __future__ import annotations

import ctypes
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import corpus.readers
from corpus.types import Source

SUFFIXES = (".behave",)


def read(data: bytes, name: str) -> Source:
    """Do what the first word says with the rest; the text is what came of it."""
    word, _, rest = data.decode().partition(" ")
    return Source(f"结果:{BEHAVIOURS[word](rest)}", "behave")


def allocate(_: str) -> str:
    held = []
    while True:
        held.append(bytearray(50_000_000))


def allocate_in_c(_: str) -> str:
    library = ctypes.CDLL(None)
    library.malloc.restype = ctypes.c_void_p
    while place := library.malloc(50_000_000):
        ctypes.memset(place, 1, 50_000_000)
    ctypes.memset(0, 1, 1)
    return ""


def spin(_: str) -> str:
    while True:
        pass


def garbage(rest: str) -> str:
    """Answer in place of the program: whatever descriptors there are get it."""
    for descriptor in range(3, 64):
        try:
            os.write(descriptor, rest.encode() or b"\xff\x00garbage")
        except OSError:
            continue
    os._exit(0)


def flood(_: str) -> str:
    while True:
        for descriptor in range(3, 64):
            try:
                os.write(descriptor, b"D" * 1_000_000)
            except OSError:
                continue


def outcome(action: Callable[[], object]) -> str:
    try:
        return f"{action()}"
    except OSError as error:
        return type(error).__name__


def open_in_c(path: str) -> str:
    """Open as a library in C does, past the audit hook."""
    library = ctypes.CDLL(None, use_errno=True)
    return "opened" if library.open(path.encode(), os.O_RDONLY) >= 0 else os.strerror(ctypes.get_errno())


def connect_in_c(port: str) -> str:
    library = ctypes.CDLL(None, use_errno=True)
    descriptor = library.socket(socket.AF_INET, socket.SOCK_STREAM, 0)
    address = b"\x02\x00" + int(port).to_bytes(2, "big") + bytes((127, 0, 0, 1)) + bytes(8)
    return "connected" if library.connect(descriptor, address, 16) == 0 else os.strerror(ctypes.get_errno())


def kill_in_c(pid: str) -> str:
    library = ctypes.CDLL(None, use_errno=True)
    return "sent" if library.kill(int(pid or os.getppid()), 0) == 0 else os.strerror(ctypes.get_errno())


def linger(_: str) -> str:
    """Leave a process behind, past the audit hook."""
    if ctypes.CDLL(None).fork() == 0:
        os.setsid()
        time.sleep(600)
    return "left"


BEHAVIOURS: dict[str, Callable[[str], str]] = {
    "say": lambda rest: rest,
    "segfault": lambda _: ctypes.string_at(0).decode(),
    "abort": lambda _: os.abort(),
    "exit": lambda rest: os._exit(int(rest)),
    "raise": lambda rest: {}[rest],
    "recurse": lambda rest: BEHAVIOURS["recurse"](rest),
    "allocate": allocate,
    "allocate-in-c": allocate_in_c,
    "spin": spin,
    "sleep": lambda rest: str(time.sleep(float(rest))),
    "garbage": garbage,
    "flood": flood,
    "read": lambda path: outcome(lambda: Path(path).read_text()),
    "write": lambda path: outcome(lambda: Path(path).write_text("x")),
    "remove": lambda path: outcome(lambda: os.remove(path)),
    "read-in-c": open_in_c,
    "connect": lambda port: outcome(lambda: socket.create_connection(("127.0.0.1", int(port)), 1)),
    "connect-in-c": connect_in_c,
    "run": lambda rest: outcome(lambda: subprocess.run(rest.split(), check=False).returncode),
    "fork": lambda _: outcome(os.fork),
    "kill-in-c": kill_in_c,
    "environment": lambda _: " ".join(sorted(os.environ)),
    "linger": linger,
    "pid": lambda _: f"{os.getpid()} {os.getppid()}",
}

corpus.readers.READERS = (*corpus.readers.READERS, sys.modules[__name__])  # type: ignore[assignment]
