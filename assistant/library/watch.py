"""A folder kept in step with the library: what is new or changed is added, what was renamed keeps its document, what is gone is told.

The folder is looked at again and again (network drives tell nobody of changes). A file counts when it looked the same twice, so that
one still being copied waits; what is gone counts when it was gone twice, so that a program that saves by replacing loses nothing.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

from corpus.containers import INSIDE
from corpus.errors import InputError, LibraryProblem
from corpus.intake import find_files, printable

if TYPE_CHECKING:
    from assistant.session import Assistant

BATCH = 40
"""Files that are added between two looks at whether to stop."""
_PIECE = 1 << 20

Stamp = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened. kind: a status of `FileReport` ("unchanged" is not told), "renamed", "removed", "missing" (gone, its
    document kept), "superseded" (`detail` says what by), "unreachable" (the folder), "busy" (the library; tried again).
    """

    kind: str
    path: str
    document_id: str = ""
    detail: str = ""
    at: float = 0.0

    def as_json(self) -> dict[str, Any]:
        return {
            "event": self.kind, "path": self.path, "document_id": self.document_id, "detail": self.detail,
            "at": time.strftime("%Y-%m-%dT%H:%M:%S%z", time.localtime(self.at)),
        }  # fmt: skip


@dataclass(slots=True)
class Watch:
    """Keeps one folder in step. remove: documents whose files are gone leave the library, else that is only told.

    patient: wait for a second look that is the same before anything counts.
    """

    assistant: Assistant
    folder: Path
    remove: bool = False
    patient: bool = True
    _done: dict[str, Stamp] = field(default_factory=dict)
    _seen: dict[str, Stamp] = field(default_factory=dict)
    _gone: set[str] = field(default_factory=set)
    _told: set[str] = field(default_factory=set)
    _away: bool = False

    def look(self, stop: Event | None = None) -> Iterator[Happening]:
        """Look once and bring the library up to what the folder holds; yields what happened as it happens."""
        files = self._files()
        if files is None:
            if not self._away:
                yield self._happened("unreachable", printable(self.folder))
            self._away = True
            return
        self._away = False
        try:
            yield from self._in_step(files, stop or Event())
        except LibraryProblem as problem:
            if problem.code != "library_busy":
                raise
            # Nothing that was not reported counts as done: the next look tries it again.
            yield self._happened("busy", printable(self.folder), detail=problem.message)

    def _in_step(self, files: dict[str, tuple[Path, Stamp]], stop: Event) -> Iterator[Happening]:
        ready = [origin for origin, (_, stamp) in files.items() if self._done.get(origin) != stamp and self._settled(origin, stamp)]
        self._seen = {origin: stamp for origin, (_, stamp) in files.items()}
        gone = self._gone_now(files)
        renamed = []
        for happening, origin in self._renamed(ready, gone, files):
            renamed.append(origin)
            self._done[origin] = files[origin][1]
            yield happening
        fresh = [origin for origin in ready if origin not in renamed]
        for at in range(0, len(fresh), BATCH):
            if stop.is_set():
                return
            yield from self._added(fresh[at : at + BATCH], files)
        yield from self._left(gone, empty=not files)

    def _files(self) -> dict[str, tuple[Path, Stamp]] | None:
        """Give every file by where it is, with size and time; None when the folder cannot be reached."""
        if not self.folder.is_dir():
            return None
        try:
            found = find_files([self.folder])
        except InputError:
            return {}
        files: dict[str, tuple[Path, Stamp]] = {}
        for file in found:
            try:
                status = os.stat(file.path)
            except OSError:
                continue
            files[file.origin] = (file.path, (status.st_size, status.st_mtime_ns))
        return files

    def _settled(self, origin: str, stamp: Stamp) -> bool:
        return not self.patient or self._seen.get(origin) == stamp

    def _gone_now(self, files: dict[str, tuple[Path, Stamp]]) -> dict[str, tuple[str, str]]:
        """Give the documents from below the folder whose files are gone, now and at the look before: origin to (id, SHA-256)."""
        below = printable(self.folder.resolve()) + os.sep
        held = {origin: known for origin, known in self.assistant.store.origins().items() if origin.startswith(below)}
        missing = {origin for origin in held if origin.split(INSIDE)[0] not in files}
        twice = missing & self._gone if self.patient else missing
        self._gone = missing
        self._told &= missing
        return {origin: held[origin] for origin in twice}

    def _renamed(
        self, ready: Sequence[str], gone: dict[str, tuple[str, str]], files: dict[str, tuple[Path, Stamp]]
    ) -> Iterator[tuple[Happening, str]]:
        """Let a document follow its file: the same bytes under a new name, and the old name gone."""
        store = self.assistant.store
        known = store.origins()
        # A file may be gone for one look only when its bytes turn up under another name.
        lost = {sha: (origin, identity) for origin, (identity, sha) in known.items() if origin in self._gone and INSIDE not in origin}
        for origin in ready:
            before = lost.pop(_sha256(files[origin][0]), None) if lost and origin not in known else None
            if before is not None:
                store.move(before[1], origin, printable(files[origin][0].name))
                gone.pop(before[0], None)
                self._gone.discard(before[0])
                yield self._happened("renamed", origin, before[1], before[0]), origin

    def _added(self, origins: Sequence[str], files: dict[str, tuple[Path, Stamp]]) -> Iterator[Happening]:
        report = self.assistant.add([files[origin][0] for origin in origins])
        for taken in report.files:
            if taken.status != "unchanged":
                detail = taken.reason or (report.labels.get(taken.document_id, "") if taken.status == "duplicate" else "")
                yield self._happened(taken.status, taken.path, taken.document_id, detail)
            for link in taken.supersedes:
                words = f"{report.labels.get(link.earlier, link.earlier)}:{link.evidence}"
                yield self._happened("superseded" if link.accepted else "proposed", taken.path, link.earlier, words)
        self._done.update((origin, files[origin][1]) for origin in origins)

    def _left(self, gone: dict[str, tuple[str, str]], *, empty: bool) -> Iterator[Happening]:
        """Remove or tell what is gone. An empty folder removes nothing: most likely a drive that is not there."""
        for origin, (identity, _) in sorted(gone.items()):
            if self.remove and not empty:
                self.assistant.remove(identity)
                yield self._happened("removed", origin, identity)
            elif origin not in self._told:
                self._told.add(origin)
                yield self._happened("missing", origin, identity, "文件夹是空的,没有移除任何文件" if empty and self.remove else "")

    def _happened(self, kind: str, path: str, document_id: str = "", detail: str = "") -> Happening:
        return Happening(kind, path, document_id, detail, time.time())


def watch(looks: Watch, tell: Callable[[Happening], object], stop: Event, *, every: float, once: bool = False) -> bool:
    """Look at the folder every so many seconds until `stop` is set, or once; give whether every file was taken."""
    fine = True
    while not stop.is_set():
        for happening in looks.look(stop):
            fine = fine and happening.kind not in ("rejected", "unreachable", "busy")
            tell(happening)
        if once or stop.wait(every):
            break
    return fine


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            digest = hashlib.sha256()
            while piece := file.read(_PIECE):
                digest.update(piece)
            return digest.hexdigest()
    except OSError:
        return ""
