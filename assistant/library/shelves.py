"""Documents opened part by part: a question touches a few parts of a few documents, never a whole library.

A `ShelvedDocument` has the attributes of `corpus.types.Document`; each is read from the catalog when first asked for. In a small library
the fact kinds that whole-library questions walk through (duties, definitions, …) are read for all documents in one go.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from copy import copy
from threading import Lock
from typing import Any, cast

from assistant.library.factbook import Row
from corpus.errors import UnknownDocument
from corpus.glances import TEXT
from corpus.rows import Raw
from corpus.store import Store
from corpus.types import (
    Card,
    Contact,
    Deadline,
    Definition,
    Document,
    Duty,
    Enumeration,
    Member,
    Note,
    Passage,
    Repeal,
    Section,
    Source,
    Target,
)

IN_BULK = frozenset(("card", "duties", "definitions", "members", "contacts", "repeals"))

ONE_BY_ONE = frozenset(("passages", "sections", "duties", "deadlines", "targets", "enumerations", "definitions"))
"""Of a large library, parts whose elements are decoded as they are asked for: a search looks at one passage of each document."""

FIRST = (TEXT, "card", "passages", "sections", "duties")
"""What nearly every question needs of a document that was found."""

BLOCK = 50
"""Documents read at once while many are gone through."""

OPEN = 160
"""Documents of a large library that stay open; one takes some hundred kilobytes."""


class Shelves:
    """The current documents of a catalog, opened as needed. May be shared between threads: a part read twice is the same part."""

    def __init__(self, store: Store, rows: Sequence[Row], *, small: bool) -> None:
        """rows: what is known of the documents without opening them.  small: read the kinds of `IN_BULK` for all at once."""
        self._store = store
        self.small = small
        self._bulk: dict[str, Mapping[str, Any]] = {}
        self._open: deque[ShelvedDocument] = deque()
        self._lock = Lock()
        self._checked: set[str] = set()
        self.shelves = tuple(rows)
        self._passages = sum(row.passages for row in self.shelves)
        self.documents: tuple[Document, ...] = tuple(cast(Document, ShelvedDocument(row, self)) for row in self.shelves)
        self._by_id = {document.id: document for document in self.documents}

    def without(self, aside: Collection[str]) -> Shelves:
        """Give these shelves without some documents; what has been read is shared."""
        fewer = copy(self)
        kept = [(shelf, document) for shelf, document in self.located() if document.id not in aside]
        fewer.shelves, fewer.documents = tuple(s for s, _ in kept), tuple(d for _, d in kept)
        fewer._passages = sum(shelf.passages for shelf in fewer.shelves)
        fewer._by_id = {document.id: document for document in fewer.documents}
        return fewer

    def document(self, identity: str) -> Document | None:
        return self._by_id.get(identity)

    def passages(self) -> int:
        return self._passages

    def located(self) -> Iterator[tuple[Row, Document]]:
        """Give the shelves with their documents, by first key."""
        return zip(self.shelves, self.documents, strict=True)

    def part(self, document: ShelvedDocument, kind: str) -> Any:
        """Read one part of a document; a bulk kind for all documents at once."""
        if not self.small:
            raw = document.holding((kind, TEXT) if kind == "source" else (kind,))
            return raw.each(kind) if kind in ONE_BY_ONE else raw.part(kind)
        if kind not in IN_BULK:
            return document.raw().part(kind)
        if kind not in self._bulk:
            self._bulk[kind] = dict(self._store.facts(kind))
        return self._bulk[kind].get(document.id, Card() if kind == "card" else ())

    def opened(self, document: ShelvedDocument) -> dict[str, Any]:
        """Give the place for the parts of a document that is opened now; of a large library the ones opened first are shut."""
        if not self.small:
            with self._lock:
                self._open.append(document)
                while len(self._open) > OPEN:
                    self._open.popleft().shut()
        return {}

    def fetch(self, documents: Iterable[Document], kinds: Collection[str] = (), *, first: Collection[str] = FIRST) -> None:
        """Read the parts `first` and `kinds` of several documents at once; in a large library that saves many queries."""
        wanted = frozenset((*first, *kinds))
        waiting = {document.id: document for document in map(_shelved, documents) if not document.has(wanted)}
        if self.small or not waiting:
            return
        alike: dict[frozenset[str], list[str]] = {}
        for identity, document in waiting.items():
            alike.setdefault(document.lacks(wanted), []).append(identity)
        for missing, identities in alike.items():
            for identity, raw in self.unchecked(identities, sorted(missing)).items():
                waiting[identity].take(raw)

    def in_blocks(self, documents: Sequence[Document], kinds: Collection[str] = ()) -> Iterator[Document]:
        """Give the documents, reading them some at a time."""
        for first in range(0, len(documents), BLOCK):
            block = documents[first : first + BLOCK]
            self.fetch(block, kinds)
            yield from block

    def stated(self, documents: Sequence[Document], kind: str) -> Iterator[tuple[Document, Any]]:
        """Give one part of many documents. Those of a large library are not opened for it: they would shut the ones that are looked at."""
        for first in range(0, len(documents), BLOCK):
            block = documents[first : first + BLOCK]
            read = {} if self.small else self.unchecked([document.id for document in block], (kind,))
            for document in block:
                if kind == TEXT:
                    yield document, document.text if self.small else read[document.id].text
                else:
                    yield document, _shelved(document).part(kind) if self.small else read[document.id].part(kind)

    def unchecked(self, identities: Sequence[str], kinds: Sequence[str]) -> dict[str, Raw]:
        """Read parts of some documents. Raises UnknownDocument when one of them is gone."""
        found = self._store.unchecked(identities, kinds)
        if gone := [identity for identity in identities if identity not in found]:
            raise _gone(gone[0])
        return found

    def check(self, identities: Iterable[str]) -> None:
        """Make sure that what is to be quoted is as it was written. Raises LibraryCorrupt."""
        if not self.small and (unchecked := set(identities) - self._checked):
            found = self._store.check(unchecked)
            if gone := unchecked - found:
                raise _gone(min(gone))
            self._checked |= found

    def read(self, document: ShelvedDocument) -> Raw:
        if self.small:
            return self._store.raw(document.id)
        return self.unchecked([document.id], FIRST)[document.id]


def _gone(identity: str) -> UnknownDocument:
    return UnknownDocument("unknown_document", f"文件 {identity} 刚被删除", "请重新提问")


def _shelved(document: Document) -> ShelvedDocument:
    return cast(ShelvedDocument, document)


def _holds(raw: Raw, kind: str) -> bool:
    return raw.text is not None if kind == TEXT else kind in raw.payloads


class ShelvedDocument:
    """Stands in for a `Document`; see the module."""

    __slots__ = ("id", "name", "title", "version", "_parts", "_raw", "_shelves", "__weakref__")

    def __init__(self, row: Row, shelves: Shelves) -> None:
        self.id = row.id
        self.name = row.name
        self.title = row.title
        self.version = row.version
        self._shelves = shelves
        self._parts: dict[str, Any] | None = None
        self._raw: Any = None

    @property
    def facts(self) -> ShelvedFacts:
        return ShelvedFacts(self)

    def raw(self) -> Raw:
        raw: Raw | None = self._raw
        if raw is None:
            raw = self._raw = self._shelves.read(self)
        return raw

    def has(self, kinds: Collection[str]) -> bool:
        """Are these parts read?"""
        return self._raw is not None and not self.lacks(kinds)

    def lacks(self, kinds: Collection[str]) -> frozenset[str]:
        """Give those of these parts that are not read."""
        raw: Raw | None = self._raw
        return frozenset(kinds if raw is None else (kind for kind in kinds if not _holds(raw, kind)))

    def take(self, raw: Raw) -> None:
        """Take in what was read together with other documents."""
        if self._parts is None:
            self._parts = self._shelves.opened(self)
        known: Raw | None = self._raw
        # A new one, as other threads may be looking through the former.
        self._raw = raw if known is None else known.joined(raw)

    def holding(self, kinds: Sequence[str]) -> Raw:
        """Give what is read of the document, after reading what it lacks of these parts."""
        raw = self.raw()
        missing = [kind for kind in kinds if not _holds(raw, kind)]
        if missing:
            # Joined here as well: another thread may shut the document meanwhile.
            more = self._shelves.unchecked([self.id], missing)[self.id]
            self.take(more)
            raw = raw.joined(more)
        return raw

    def part(self, kind: str) -> Any:
        parts = self._parts
        if parts is None:
            parts = self._parts = self._shelves.opened(self)
        if kind not in parts:
            parts[kind] = self._shelves.part(self, kind)
        return parts[kind]

    def shut(self) -> None:
        """Forget what was read."""
        self._raw = self._parts = None

    @property
    def text(self) -> str:
        raw: Raw | None = self._raw
        return cast(str, raw.text if raw is not None and raw.text is not None else self.holding((TEXT,)).text)

    @property
    def card(self) -> Card:
        return cast(Card, self.part("card"))

    @property
    def source(self) -> Source:
        return cast(Source, self.part("source"))

    @property
    def sections(self) -> tuple[Section, ...]:
        return cast(tuple[Section, ...], self.part("sections"))

    @property
    def passages(self) -> tuple[Passage, ...]:
        return cast(tuple[Passage, ...], self.part("passages"))

    def passage(self, ordinal: int) -> Passage:
        """Give one passage; of a large library the others are not read."""
        parts = self._parts
        if self._shelves.small or (parts is not None and "passages" in parts):
            return self.passages[ordinal]
        raw = self.raw()
        if "passages" not in raw.payloads:
            return self.passages[ordinal]
        one = raw.passage(ordinal)
        return one if one.ordinal == ordinal else self.passages[ordinal]

    @property
    def notes(self) -> tuple[Note, ...]:
        return cast(tuple[Note, ...], self.part("notes"))


class ShelvedFacts:
    """Stands in for `Facts`."""

    def __init__(self, document: ShelvedDocument) -> None:
        self._document = document

    @property
    def duties(self) -> tuple[Duty, ...]:
        return cast(tuple[Duty, ...], self._document.part("duties"))

    @property
    def targets(self) -> tuple[Target, ...]:
        return cast(tuple[Target, ...], self._document.part("targets"))

    @property
    def deadlines(self) -> tuple[Deadline, ...]:
        return cast(tuple[Deadline, ...], self._document.part("deadlines"))

    @property
    def definitions(self) -> tuple[Definition, ...]:
        return cast(tuple[Definition, ...], self._document.part("definitions"))

    @property
    def enumerations(self) -> tuple[Enumeration, ...]:
        return cast(tuple[Enumeration, ...], self._document.part("enumerations"))

    @property
    def members(self) -> tuple[Member, ...]:
        return cast(tuple[Member, ...], self._document.part("members"))

    @property
    def contacts(self) -> tuple[Contact, ...]:
        return cast(tuple[Contact, ...], self._document.part("contacts"))

    @property
    def repeals(self) -> tuple[Repeal, ...]:
        return cast(tuple[Repeal, ...], self._document.part("repeals"))
