"""Parsing in a limited child process: a hostile or broken file costs itself a refusal and the program nothing.

`corpus.parse.parse` is the same without a border, for text that is our own. Each file gets a process that ends with it, so that no
file can touch the reading of another.
"""

from __future__ import annotations

import atexit
import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from typing import Protocol

from corpus.containers import Member
from corpus.errors import InputError, PolicyAssistantError
from corpus.readers import check_size, reader_for
from corpus.readers.pageimage import MOST_BOXES, Box
from corpus.sandbox.errand import Errand
from corpus.sandbox.limits import Job, limits_for, limits_for_members, limits_for_page
from corpus.sandbox.wire import page_task, read_answer, read_image, read_members
from corpus.types import Document


class Host(Protocol):
    """What makes processes for files."""

    def start(self) -> None: ...

    def answer(self, data: bytes, job: Job, errand: Errand | None = None) -> bytes: ...

    def close(self) -> None: ...


Parsed = Document | PolicyAssistantError
"""What becomes of a file: a document, or the refusal (an InputError, or MissingExtra)."""


def parse_file(data: bytes, name: str, errand: Errand | None = None) -> Document:
    """Parse a file called `name` in a process of its own. errand: what it can be given up with, from another thread.

    Raises what `corpus.parse.parse` raises, and ParserFailed when the process came to an end without a result.
    """
    reader_for(name)
    check_size(len(data))
    return read_answer(_host().answer(data, Job(name, limits_for(name, len(data))), errand), name)


def members_of(data: bytes, name: str) -> tuple[Member, ...]:
    """Unpack an archive or a mail in a process of its own; see `corpus.containers.members`.

    What breaks the container as a whole, the end of that process too, is a last member without a name.
    """
    job = Job(name, limits_for_members(len(data)), "members")
    try:
        return read_members(_host().answer(data, job))
    except InputError as refusal:
        return (Member("", refusal=refusal),)


def draw_page(data: bytes, name: str, number: int, boxes: Sequence[Box] = ()) -> bytes:
    """Draw page `number` (from 1) of a PDF in a process of its own, with `boxes` marked; give PNG or JPEG.

    Raises UnreadableDocument ("malformed") where there is no such page, ParserFailed.
    """
    return read_image(_host().answer(data, Job(name, limits_for_page(), page_task(number, boxes[:MOST_BOXES]))))


def parse_files(files: Iterable[tuple[bytes, str] | None], workers: int = 0) -> Iterator[Parsed | None]:
    """Parse (bytes, name) pairs side by side and give the results in order, a refusal where there is no document.

    A None among the files is given back in its place: what needs no parsing keeps its turn.  workers: processes at once, 0 for one a core. Of `files` no more is taken than twice that many ahead of what was given, so
    that memory stays bounded. Leaving the loop early ends the processes that are at work.
    """
    count = workers or os.cpu_count() or 1
    waiting: deque[Future[Parsed] | None] = deque()
    errand = Errand()
    with ThreadPoolExecutor(count, thread_name_prefix="parse") as pool:
        try:
            for file in files:
                waiting.append(pool.submit(_parsed, *file, errand) if file else None)
                while len(waiting) >= 2 * count or (waiting and _is_done(waiting[0])):
                    yield _result(waiting.popleft())
            while waiting:
                yield _result(waiting.popleft())
        finally:
            for future in waiting:
                if future is not None:
                    future.cancel()
            errand.give_up()


def _is_done(future: Future[Parsed] | None) -> bool:
    return future is None or future.done()


def _result(future: Future[Parsed] | None) -> Parsed | None:
    return None if future is None else future.result()


def start() -> None:
    """Begin to start what `parse_file` needs, so that it is ready when the first file has been found."""
    _host().start()


def _parsed(data: bytes, name: str, errand: Errand) -> Parsed:
    try:
        return parse_file(data, name, errand)
    except PolicyAssistantError as refusal:
        return refusal


@cache
def _host() -> Host:
    """Give the one host of this program: what makes the children is a process and shared like one."""
    host: Host
    if hasattr(os, "fork"):
        from corpus.sandbox.host import Forked

        host = Forked()
    else:
        from corpus.sandbox.spawned import Spawned

        host = Spawned()
    atexit.register(host.close)
    return host
