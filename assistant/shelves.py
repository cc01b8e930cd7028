"""Documents opened part by part: a question touches a few parts of a few documents, never a whole library.

A `ShelvedDocument` has the attributes of `corpus.types.Document`; each is read from the catalog when first asked for. In a small library
the fact kinds that whole-library questions walk through (duties, definitions, …) are read for all documents in one go.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from copy import copy
from threading import Lock
from typing import Any, cast

from assistant.factbook import Row
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

OPEN = 400
"""Documents of a large library that stay open; one takes some hundred kilobytes."""


class Shelves:
    """The current documents of a catalog, opened as needed. May be shared between threads: a part read twice is the same part."""

    def __init__(self, store: Store, rows: Sequence[Row], *, small: bool) -> None:
        """rows: what is known of the documents without opening them.  small: read the kinds of `IN_BULK` for all at once."""
        self._store = store
        self._small = small
        self._bulk: dict[str, Mapping[str, Any]] = {}
        self._open: deque[ShelvedDocument] = deque()
        self._lock = Lock()
        self.shelves = tuple(rows)
        self.documents: tuple[Document, ...] = tuple(cast(Document, ShelvedDocument(row, self)) for row in self.shelves)
        self._by_id = {document.id: document for document in self.documents}

    def without(self, aside: Collection[str]) -> Shelves:
        """Give these shelves without some documents; what has been read is shared."""
        fewer = copy(self)
        kept = [(shelf, document) for shelf, document in self.located() if document.id not in aside]
        fewer.shelves, fewer.documents = tuple(s for s, _ in kept), tuple(d for _, d in kept)
        fewer._by_id = {document.id: document for document in fewer.documents}
        return fewer

    def document(self, identity: str) -> Document | None:
        return self._by_id.get(identity)

    def passages(self) -> int:
        return sum(shelf.passages for shelf in self.shelves)

    def located(self) -> Iterator[tuple[Row, Document]]:
        """Give the shelves with their documents, by first key."""
        return zip(self.shelves, self.documents, strict=True)

    def part(self, document: ShelvedDocument, kind: str) -> Any:
        """Read one part of a document; a bulk kind for all documents at once."""
        if kind not in IN_BULK or not self._small:
            return document.raw().part(kind)
        if kind not in self._bulk:
            self._bulk[kind] = dict(self._store.facts(kind))
        return self._bulk[kind].get(document.id, Card() if kind == "card" else ())

    def opened(self, document: ShelvedDocument) -> dict[str, Any]:
        """Give the place for the parts of a document that is opened now; of a large library the ones opened first are shut."""
        if not self._small:
            with self._lock:
                self._open.append(document)
                while len(self._open) > OPEN:
                    self._open.popleft().shut()
        return {}

    def read(self, identity: str) -> Raw:
        return self._store.raw(identity)


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
            raw = self._raw = self._shelves.read(self.id)
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
        return self.raw().text

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
