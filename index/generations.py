"""Generations of a derived index on disk: written beside the old one, made current in one step, swept when nobody reads them.

    folder/CURRENT              name of the generation and SHA-256 of its manifest, replaced by rename
    folder/generation-7/        complete and never changed; `in-use` in it is locked by its readers
    folder/building-…/          being written; locked by its writer, an orphan when the lock is free

A kill at any moment leaves CURRENT pointing at a complete generation: the old one or the new one.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import IO

from corpus.errors import LibraryCorrupt

try:
    import fcntl
except ImportError:  # Windows: there, a file that a reader holds open cannot be deleted, which serves the same end
    fcntl = None  # type: ignore[assignment]

POINTER = "CURRENT"
LOCK = "in-use"
MANIFEST = "manifest.json"
GRACE = 60
"""Seconds a folder without a lock may be there before it counts as an orphan."""

REMEDY = "请重建索引:policy-assistant reindex"


@dataclass(frozen=True, slots=True)
class Generation:
    """A complete generation, locked against sweeping until `close`."""

    folder: Path
    manifest: bytes
    _lock: int

    def close(self) -> None:
        """Let the generation be swept. To be called once."""
        os.close(self._lock)


@contextmanager
def writing(folder: Path) -> Iterator[Path]:
    """Give a locked new folder inside `folder` to write a generation in; it is removed unless `publish` has moved it."""
    folder.mkdir(parents=True, exist_ok=True)
    building = Path(mkdtemp(prefix="building-", dir=folder))
    with (building / LOCK).open("wb") as lock:
        _try_lock(lock, exclusive=True)
        if fcntl is None:  # a folder with an open file in it could not be renamed
            lock.close()
        try:
            yield building
        finally:
            if building.exists():
                shutil.rmtree(building)


def publish(folder: Path, building: Path, number: int) -> Path:
    """Make the finished `building` the current generation and give its folder. Durable when it returns; readers see the old or
    the new one."""
    manifest = (building / MANIFEST).read_bytes()
    for path in sorted(building.rglob("*"), reverse=True):
        # What is shared with a generation published before is on disk.
        if path.is_dir() or path.stat().st_nlink == 1:
            _sync(path)
    _sync(building)
    name = next(name for name in _names(number) if not (folder / name).exists())
    building.rename(folder / name)
    _sync(folder)
    draft = folder / f"{POINTER}.new"
    with draft.open("w", encoding="utf-8") as pointer:
        pointer.write(f"{name} {hashlib.sha256(manifest).hexdigest()}\n")
        pointer.flush()
        os.fsync(pointer.fileno())
    draft.replace(folder / POINTER)
    _sync(folder)
    return folder / name


def open_current(folder: Path) -> Generation:
    """Lock and give the current generation. Raises LibraryCorrupt when there is none or its manifest is damaged."""
    for _ in range(3):
        name, expected = read_pointer(folder)
        try:
            generation = _lock_generation(folder / name)
        except OSError as error:
            # A writer may have replaced the generation since its name was read.
            if read_pointer(folder)[0] != name:
                continue
            raise LibraryCorrupt("index_corrupt", f"索引 {name} 不完整({error})", REMEDY) from error
        if hashlib.sha256(generation.manifest).hexdigest() == expected:
            return generation
        generation.close()
        raise LibraryCorrupt("index_corrupt", f"索引 {name} 的清单与登记的校验值不符", REMEDY)
    raise LibraryCorrupt("index_corrupt", f"索引 {folder} 正被反复重建", "请稍后再试")


def _lock_generation(folder: Path) -> Generation:
    # A bare descriptor: an index that is dropped without `close` lets go of it silently, a file object would warn.
    lock = os.open(folder / LOCK, os.O_RDONLY)
    try:
        if not _try_lock(lock, exclusive=False):
            raise BlockingIOError(f"{folder.name} 正被清理")
        return Generation(folder, (folder / MANIFEST).read_bytes(), lock)
    except OSError:
        os.close(lock)
        raise


def read_pointer(folder: Path) -> tuple[str, str]:
    """Read which generation is current and the SHA-256 of its manifest. Raises LibraryCorrupt."""
    try:
        words = (folder / POINTER).read_text(encoding="utf-8").split()
    except (OSError, UnicodeDecodeError) as error:
        raise LibraryCorrupt("index_corrupt", f"{folder} 里没有可用的索引({error})", REMEDY) from error
    if len(words) != 2 or Path(words[0]).name != words[0] or not words[0].startswith("generation-"):
        raise LibraryCorrupt("index_corrupt", f"索引指针 {folder / POINTER} 损坏", REMEDY)
    return words[0], words[1]


def sweep(folder: Path) -> None:
    """Remove what is neither current nor in use: replaced generations and the remains of writers that were killed."""
    try:
        current = read_pointer(folder)[0]
    except LibraryCorrupt:
        current = ""
    for path in folder.iterdir():
        if path.is_dir() and path.name != current and path.name.startswith(("generation-", "building-")):
            _remove_unless_in_use(path)


def _remove_unless_in_use(folder: Path) -> None:
    if fcntl is None:
        try:
            (folder / LOCK).unlink(missing_ok=True)
        except OSError:
            return
        shutil.rmtree(folder, ignore_errors=True)
        return
    try:
        lock = (folder / LOCK).open("rb")
    except FileNotFoundError:
        # A writer makes the folder first and the lock a moment later.
        if time.time() - folder.stat().st_mtime > GRACE:
            shutil.rmtree(folder, ignore_errors=True)
        return
    # Held while removing: a reader that comes now cannot lock it, and looks at the pointer again.
    with lock:
        if _try_lock(lock, exclusive=True):
            shutil.rmtree(folder, ignore_errors=True)


def _try_lock(file: IO[bytes] | int, *, exclusive: bool) -> bool:
    if fcntl is None:
        return True
    try:
        fcntl.flock(file, (fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        # A file system without locks: reading goes on unprotected, removing does not.
        return not exclusive
    return True


def _names(number: int) -> Iterator[str]:
    yield f"generation-{number}"
    attempt = 1
    while True:
        yield f"generation-{number}.{attempt}"
        attempt += 1


def _sync(path: Path) -> None:
    """Force a file or a folder's entries to disk."""
    if path.is_dir() and os.name != "posix":
        return
    descriptor = os.open(path, os.O_RDONLY if os.name == "posix" else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
