"""Documents opened part by part: a question touches a few parts of a few documents, never a whole library.

A `ShelvedDocument` has the attributes of `corpus.types.Document`; each is read from the catalog when first asked for. Fact kinds that
whole-library questions walk through (duties, definitions, …) are read for all documents in one go.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from copy import copy
from typing import Any, cast

from corpus.store import Shelf, Store
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


class Shelves:
    """The current documents of a catalog, opened as needed. May be shared between threads: a part read twice is the same part."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._bulk: dict[str, Mapping[str, Any]] = {}
        self.shelves = store.shelves()
        self.documents: tuple[Document, ...] = tuple(cast(Document, ShelvedDocument(shelf, self)) for shelf in self.shelves)
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

    def located(self) -> Iterator[tuple[Shelf, Document]]:
        """Give the shelves with their documents, by first key."""
        return zip(self.shelves, self.documents, strict=True)

    def part(self, document: ShelvedDocument, kind: str) -> Any:
        """Read one part of a document; a bulk kind for all documents at once."""
        if kind not in IN_BULK:
            return document.raw().part(kind)
        if kind not in self._bulk:
            self._bulk[kind] = dict(self._store.facts(kind))
        return self._bulk[kind].get(document.id, Card() if kind == "card" else ())

    def read(self, identity: str) -> Any:
        return self._store.raw(identity)


class ShelvedDocument:
    """Stands in for a `Document`; see the module."""

    def __init__(self, shelf: Shelf, shelves: Shelves) -> None:
        self.id = shelf.id
        self.name = shelf.name
        self.version = shelf.version
        self.facts = ShelvedFacts(self)
        self._shelves = shelves
        self._parts: dict[str, Any] = {}
        self._raw: Any = None

    def raw(self) -> Any:
        if self._raw is None:
            self._raw = self._shelves.read(self.id)
        return self._raw

    def part(self, kind: str) -> Any:
        if kind not in self._parts:
            self._parts[kind] = self._shelves.part(self, kind)
        return self._parts[kind]

    @property
    def text(self) -> str:
        return cast(str, self.raw().text)

    @property
    def title(self) -> str:
        return self.card.title or self.name

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
