"""One writer at a time over all processes, by a lock of the operating system: it ends with the process, however that dies."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import LibraryProblem

_PAUSE = 0.02
# Windows locks byte ranges and lets nobody read locked bytes: the lock lies behind the process id.
_OFFSET = 1024


@contextmanager
def exclusive(path: Path, *, wait: float = 10.0) -> Iterator[None]:
    """Hold the lock file `path`; raise LibraryProblem ("library_busy") when another holds it for `wait` seconds."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        deadline = time.monotonic() + wait
        while not _take(descriptor):
            if time.monotonic() > deadline:
                holder = os.pread(descriptor, 20, 0).decode("ascii", "replace").strip() if hasattr(os, "pread") else ""
                raise LibraryProblem("library_busy", f"另一个进程(进程号 {holder or '未知'})正在写入资料库", "请等它完成后再试")
            time.sleep(_PAUSE)
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode())
        try:
            yield
        finally:
            _release(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def shared(path: Path) -> Iterator[None]:
    """Say, as long as this lasts, that something goes on; others may say so too, and `is_held` tells."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _take_shared(descriptor)
        yield
    finally:
        os.close(descriptor)


def is_held(path: Path) -> bool:
    """Does any process, this one included, hold `path` by `shared`? Never on Windows, which has no shared locks."""
    try:
        descriptor = os.open(path, os.O_RDWR)
    except OSError:
        return False
    try:
        return not _take_alone(descriptor)
    finally:
        os.close(descriptor)


if sys.platform == "win32":
    import msvcrt

    def _take_shared(descriptor: int) -> None:
        pass

    def _take_alone(descriptor: int) -> bool:
        return True

    def _take(descriptor: int) -> bool:
        os.lseek(descriptor, _OFFSET, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        os.lseek(descriptor, 0, os.SEEK_SET)
        return True

    def _release(descriptor: int) -> None:
        os.lseek(descriptor, _OFFSET, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _take_shared(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_SH)

    def _take_alone(descriptor: int) -> bool:
        return _take(descriptor)

    def _take(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _release(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)
