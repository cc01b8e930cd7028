"""Files and folders into the catalog: every file met is reported once, and a bad one never stops the rest."""

from __future__ import annotations

import os
import stat
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from corpus.containers import INSIDE, holds_files, is_archive
from corpus.errors import (
    InputError,
    MissingExtra,
    NoDocuments,
    PolicyAssistantError,
    UnreadableDocument,
    UnsupportedFormat,
)
from corpus.holding import place, target
from corpus.readers import MAX_BYTES, check_size, reader_for
from corpus.rows import Outcome
from corpus.sandbox import members_of, parse_file, parse_files
from corpus.store import Store
from corpus.succession import Succession
from corpus.types import Document

TAKEN = frozenset(("added", "new_version"))
"""Statuses of files that changed the catalog."""

Progress = Callable[[int, int, str], object]

# Neither follow a link that was put in place of the file, nor wait for a pipe that nobody writes to.
_OPEN_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)


@dataclass(frozen=True, slots=True)
class Found:
    """A file that was met. refusal: why it is not to be read, None when it is; given: named by the user, so links count.

    member, content: path and bytes of a file inside the archive or mail `path`, "" for a file of its own.
    """

    path: Path
    refusal: PolicyAssistantError | None = None
    given: bool = False
    member: str = ""
    content: bytes = b""

    @property
    def name(self) -> str:
        """The name it is read by."""
        return PurePosixPath(self.member).name if self.member else printable(self.path.name)

    @property
    def shown(self) -> str:
        """The path it is reported by: 通知.zip!/附件.docx."""
        return printable(self.path) + (INSIDE + self.member if self.member else "")

    @property
    def origin(self) -> str:
        """Where it comes from, the same on every run."""
        return printable(_place(self.path)) + (INSIDE + self.member if self.member else "")


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file. status: "added", "unchanged", "new_version", "duplicate", "rejected".

    path: as given or found.  code, reason: why it was rejected, "" otherwise; the reason is Chinese and says what to do.
    supersedes: links from earlier documents to this one.  superseded_by: links from it to later ones; both only for what was taken.
    """

    path: str
    status: str
    document_id: str = ""
    code: str = ""
    reason: str = ""
    supersedes: tuple[Succession, ...] = ()
    superseded_by: tuple[Succession, ...] = ()


@dataclass(frozen=True, slots=True)
class AddReport:
    """What became of every file, in the order met, and how long all took.

    labels: short title with edition of every document that a report names, by id.
    interrupted: stopped by Ctrl-C; what is reported is stored, the rest is taken when the same is added again.
    """

    files: tuple[FileReport, ...]
    seconds: float
    labels: Mapping[str, str] = field(default_factory=dict)
    interrupted: bool = False


def add_files(store: Store, paths: Sequence[str | Path], progress: Progress | None = None, collection: str = "") -> AddReport:
    """Add files and folders to the catalog.

    collection: id or name of the one all that is taken goes into, also what was there already; "" for the usual one.
    progress: called as progress(done, total, name) before each file and once at the end. Can be repeated without doubling: each file
    that was reported is stored for good, so a call that was stopped or killed goes on where it was. Ctrl-C ends it with the report so far.
    Raises NoDocuments before anything is stored when a path does not exist or holds no file, UnknownCollection; LibraryProblem when the catalog
    cannot be written, with what was reported so far stored.
    """
    started = time.monotonic()
    files, goes_to = find_files(paths), _goes_to(store, collection)
    stale = frozenset(store.stale())
    reports = []
    met: deque[_Met] = deque()

    def to_parse() -> Iterator[tuple[bytes, str] | None]:
        for found in files:
            for file in _looked(store, found, stale):
                met.append(file)
                yield (file.data, file.found.name) if file.unread else None

    interrupted, done = False, 0
    # What all documents say of each other is asked for at the end; the first file is parsed in another process meanwhile.
    with ThreadPoolExecutor(1, "editions") as aside, store.adding():
        aside.submit(store.editions)
        try:
            if progress:
                progress(0, len(files), files[0].name)
            for parsed in parse_files(to_parse()):
                file = met.popleft()
                reports.append(_report(store, file, parsed, goes_to))
                done += file.last
                if progress and file.last:
                    progress(done, len(files), files[done].name if done < len(files) else "")
        except KeyboardInterrupt:
            interrupted = True
    return replace(_linked(store, reports, started), interrupted=interrupted)


def _linked(store: Store, reports: Sequence[FileReport], started: float) -> AddReport:
    """Say of every document taken which earlier or later edition of it the catalog holds."""
    editions = store.editions()
    links = store.successions(editions) if any(report.status in TAKEN for report in reports) else ()
    before, after = defaultdict(list), defaultdict(list)
    for link in links:
        before[link.later].append(link)
        after[link.earlier].append(link)
    linked = [
        replace(r, supersedes=tuple(before[r.document_id]), superseded_by=tuple(after[r.document_id])) if r.status in TAKEN else r
        for r in reports
    ]
    named = {report.document_id for report in reports} | {one for link in links for one in (link.earlier, link.later)}
    labels = {one.id: one.short_label for one in editions if one.id in named}
    return AddReport(tuple(linked), time.monotonic() - started, labels)


def refresh(store: Store, progress: Progress | None = None) -> tuple[str, ...]:
    """Parse again, from the stored bytes, what other versions of the parsers read; give the ids.

    A document that the parsers of today refuse stays as it was read before.
    """
    stale = store.stale()
    read = []
    names = [store.name_of(document_id) for document_id in stale]
    parsed = parse_files((store.original(document_id), name) for document_id, name in zip(stale, names, strict=True))
    for done, document in enumerate(parsed):
        if progress:
            progress(done, len(stale), names[done])
        if isinstance(document, Document):
            store.reparse(stale[done], document)
            read.append(stale[done])
        elif document is not None and not isinstance(document, InputError | MissingExtra):
            raise document
    return tuple(read)


def find_files(paths: Sequence[str | Path]) -> tuple[Found, ...]:
    """Give every file at or below `paths`, each once: folders in sorted order, without hidden files and links.

    Raises NoDocuments ("path_not_found", "no_documents").
    """
    found: dict[Path, Found] = {}
    for given in map(Path, paths):
        if not os.path.exists(given):
            raise NoDocuments("path_not_found", f"找不到文件或文件夹:{printable(given)}", "请检查路径是否写对")
        below = list(_walk(given)) if os.path.isdir(given) else [_met(given, given=True)]
        if not below:
            raise NoDocuments("no_documents", f"文件夹中没有文件:{printable(given)}", "请换一个文件夹,或直接给出文件")
        for file in below:
            found.setdefault(_place(file.path), file)
    if not found:
        raise NoDocuments("no_documents", "没有给出文件或文件夹", "请给出要添加的文件或文件夹")
    return tuple(found.values())


def printable(path: str | Path) -> str:
    """Give a path as text that can be stored and printed, also where the file system holds bytes that are no text."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _walk(folder: Path) -> Iterator[Found]:
    waiting = [folder]
    while waiting:
        current = waiting.pop()
        if os.path.isdir(current) and (current == folder or not os.path.islink(current)):
            try:
                names = sorted(os.listdir(current))
            except OSError as error:
                yield Found(current, _unreadable(error))
                continue
            # Office leaves ~$ files beside a document that is open.
            waiting += [current / name for name in reversed(names) if not name.startswith((".", "~$"))]
        elif not os.path.islink(current):
            yield _met(current)


def _met(path: Path, *, given: bool = False) -> Found:
    try:
        if not os.path.isfile(path):
            raise UnreadableDocument("not_a_file", "不是普通文件(管道、设备或套接字)", "请给出普通文件")
        if not is_archive(path.name):
            reader_for(path.name)
    except (UnreadableDocument, UnsupportedFormat) as refusal:
        return Found(path, refusal, given)
    return Found(path, None, given)


def _place(path: Path) -> Path:
    """Give the absolute path, with links in the folders above resolved: the identity of a file."""
    return path.parent.resolve() / path.name


@dataclass(frozen=True, slots=True)
class _Met:
    """A file on its way. unread: its bytes have to be parsed; known: what the catalog says of them already.

    last: it is the last of what one file that was met holds.
    """

    found: Found
    data: bytes = b""
    unread: bool = False
    known: Outcome | None = None
    refusal: PolicyAssistantError | None = None
    last: bool = True


def _looked(store: Store, found: Found, stale: frozenset[str]) -> Iterator[_Met]:
    """Look at a file or, one after another, at the files inside an archive, at a mail and its attachments."""
    if found.refusal is not None or not holds_files(found.name):
        yield _look(store, found, stale)
        return
    try:
        data = _read(found)
    except InputError as refusal:
        yield _Met(found, refusal=refusal)
        return
    before = None if is_archive(found.name) else _look(store, replace(found, content=data), stale)
    for member in members_of(data, found.name):
        if before is not None and not member.name and not is_archive(found.name):
            # What is wrong with a mail is said of the mail itself.
            break
        if before is not None:
            yield replace(before, last=False)
        before = _look(store, Found(found.path, member.refusal, found.given, member.name, member.data), stale)
    if before is not None:
        yield before


def _look(store: Store, found: Found, stale: frozenset[str]) -> _Met:
    """Read a file and ask the catalog whether it is new."""
    if found.refusal is not None:
        return _Met(found, refusal=found.refusal)
    try:
        data = _read(found)
    except InputError as refusal:
        return _Met(found, refusal=refusal)
    known = store.recognise(data, found.origin)
    return _Met(found, data, known is None or (known.status == "unchanged" and known.document_id in stale), known)


def _goes_to(store: Store, collection: str) -> str:
    if not collection:
        return ""
    with store.database.reading() as connection:
        return target(connection, collection, store.seen)


def _report(store: Store, file: _Met, parsed: Document | PolicyAssistantError | None, collection: str) -> FileReport:
    path = file.found.shown
    try:
        outcome = _store(store, file, parsed, collection)
    except (InputError, MissingExtra) as refused:
        reason = f"{refused.message};{refused.remedy}" if refused.remedy else refused.message
        return FileReport(path, "rejected", code=refused.code, reason=reason)
    return FileReport(path, outcome.status, outcome.document_id)


def _store(store: Store, file: _Met, parsed: Document | PolicyAssistantError | None, collection: str) -> Outcome:
    refused = parsed if isinstance(parsed, PolicyAssistantError) else file.refusal
    if refused is not None:
        raise refused
    origin = file.found.origin
    known = file.known
    if known is not None and known.status == "duplicate":
        # Files are looked at ahead of those before them: what this one is a copy of may have been replaced since.
        known = store.recognise(file.data, origin)
        parsed = parse_file(file.data, file.found.name) if known is None else None
    if known is None:
        assert isinstance(parsed, Document)
        return store.put(parsed, file.data, origin, collection)
    if isinstance(parsed, Document):
        store.reparse(known.document_id, parsed)
    if collection:
        with store.database.writing() as connection:
            place(connection, known.document_id, collection)
    return known


def _read(found: Found) -> bytes:
    """Read the file through one descriptor, so that what was checked is what is read."""
    if found.member or found.content:
        return found.content
    try:
        descriptor = os.open(found.path, _OPEN_FLAGS | (0 if found.given else _NO_LINK))
        with open(descriptor, "rb") as file:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise UnreadableDocument("not_a_file", "不是普通文件", "请给出普通文件")
            check_size(status.st_size)
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise _unreadable(error) from error
    check_size(len(data))
    return data


def _unreadable(error: OSError) -> UnreadableDocument:
    return UnreadableDocument("not_readable", f"无法读取({error.strerror})", "请检查文件是否存在、是否有读取权限")
