"""A library open for questions: the catalog, the index derived from it, and the statistics that weigh words."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from assistant.clauses import Clause, clauses_of
from assistant.editions import Editions
from assistant.scope import Known
from assistant.shelves import Shelves
from assistant.tagging import words
from assistant.understand import Knowledge
from corpus.store import Shelf, Store
from corpus.text import fold
from corpus.types import Document, Duty, Passage
from index.engine import Index
from index.tokens import characters

SURPLUS = 200
"""Passages of documents that are left out which a search looks past before it is limited to the others."""

SMALL = 5000
"""Up to this many passages a word is counted by looking at the passages; beyond, the index's own counts serve."""


@dataclass(frozen=True, slots=True)
class Found:
    """A passage the search gave, with its fused score and 1-based rank."""

    document: Document
    passage: Passage
    score: float
    rank: int


class Library:
    """One generation of the catalog with its index. Made anew when the catalog changes; never modified."""

    def __init__(self, store: Store, index: Index, *, shelves: Shelves | None = None) -> None:
        """shelves: the documents to answer from, None for every current one."""
        self.index = index
        self.generation = index.generation
        self.decided = store.decided
        self._store = store
        self._shelves = shelves or Shelves(store)
        self._views: dict[frozenset[str], Library] = {}
        self._frequencies: dict[str, int] = {}
        self._clauses: dict[tuple[str, int], tuple[Clause, ...]] = {}

    @property
    def documents(self) -> tuple[Document, ...]:
        """Every document that answers may come from, opened part by part."""
        return self._shelves.documents

    @cached_property
    def editions(self) -> Editions:
        """Which documents of the library take the place of which."""
        editions = self._store.editions()
        return Editions(editions, self._store.successions(editions))

    def without(self, aside: frozenset[str]) -> Library:
        """Give the same library without some documents: no answer and no statistics come from them."""
        if not aside:
            return self
        if aside not in self._views:
            self._views[aside] = Library(self._store, self.index, shelves=self._shelves.without(aside))
        return self._views[aside]

    @cached_property
    def known(self) -> tuple[Known, ...]:
        return tuple(Known(d.id, d.name, d.title, d.card.places, d.card.years) for d in self.documents)

    @cached_property
    def count(self) -> int:
        return max(self._shelves.passages(), 1)

    @property
    def small(self) -> bool:
        """Few enough passages to look at each."""
        return self.count <= SMALL

    @cached_property
    def _folded(self) -> tuple[str, ...]:
        return tuple(fold(" ".join(p.path[-1:]) + p.span.of(d.text)) for d in self.documents for p in d.passages)

    @cached_property
    def _starts(self) -> tuple[list[int], tuple[tuple[Shelf, Document], ...]]:
        located = tuple(self._shelves.located())
        return [shelf.first_key for shelf, _ in located], located

    def _located(self, key: int) -> tuple[Document, Passage] | None:
        starts, located = self._starts
        at = bisect_right(starts, key) - 1
        if at < 0:
            return None
        shelf, document = located[at]
        ordinal = key - shelf.first_key
        return (document, document.passages[ordinal]) if ordinal < shelf.passages else None

    def frequency(self, text: str) -> int:
        """In how many passages the folded `text` occurs; in a large library, how many at most (by its rarest pair of characters)."""
        if text not in self._frequencies:
            self._frequencies[text] = sum(text in f for f in self._folded) if self.small else self._indexed(text)
        return self._frequencies[text]

    def _indexed(self, text: str) -> int:
        tokens = characters(text)
        pairs = [t for t in tokens if len(t) > 1] or tokens
        return min((self.index.document_frequency(t) for t in pairs), default=0)

    def occurs(self, text: str, documents: Collection[str] = ()) -> bool:
        """Does the folded `text` occur anywhere in the documents (all when empty)?"""
        if not documents:
            return self.frequency(text) > 0 or any(text in fold(d.title) for d in self.documents)
        chosen = (d for d in self.documents if d.id in documents)
        return any(text in self._whole(d) for d in chosen)

    def _whole(self, document: Document) -> str:
        if document.id not in self._wholes:
            self._wholes[document.id] = fold(document.text + document.title)
        return self._wholes[document.id]

    @cached_property
    def _wholes(self) -> dict[str, str]:
        return {}

    @cached_property
    def knowledge(self) -> Knowledge:
        return Knowledge(self.known, self.frequency, self.count, words(), self._units)

    @cached_property
    def _units(self) -> tuple[str, ...]:
        """Names of organisations in duties, whole and without the leading level (区住建局, 住建局), longest first."""
        names: set[str] = set()
        for _, duty in self.duties():
            for mention in (*duty.lead, *duty.support):
                name = fold(mention.value)
                names.update(form for form in (name, name[1:] if name[0] in "区市县镇省" else name) if 3 <= len(form) <= 16)
        return tuple(sorted(names, key=lambda n: (-len(n), n)))

    def search(self, text: str, *, k: int, documents: Collection[str] = ()) -> Iterator[Found]:
        """Give the `k` best passages for `text`, best first. documents: ids to search in, all when empty."""
        missing = len(self.index) - self._shelves.passages()
        extra = 0 if documents else max(0, min(missing, SURPLUS))
        found = self._found(text, k, extra, documents)
        if len(found) < k and missing > extra > 0:
            found = self._found(text, k, 0, [d.id for d in self.documents])
        yield from found

    def _found(self, text: str, k: int, extra: int, documents: Collection[str]) -> list[Found]:
        """Search for `extra` more passages than wanted, as some may be of documents that are left out."""
        hits = self.index.search(text, k=k + extra, documents=documents or None)
        located = [(place, hit.score) for hit in hits if (place := self._located(hit.key))]
        return [Found(*place, score, rank) for rank, (place, score) in enumerate(located[:k], 1)]

    def described(self, key: int) -> tuple[str, dict[str, Any]]:
        """Give the text of the passage with this index key, and where it stands. Raises KeyError for a key of another generation."""
        located = self._located(key)
        if located is None:
            raise KeyError(key)
        document, passage = located
        span = passage.span
        where = {"doc": document.name, "title": document.title, "path": list(passage.path), "start": span.start, "end": span.end}
        return span.of(document.text), where

    def clauses(self, document: Document, passage: Passage) -> tuple[Clause, ...]:
        key = (document.id, passage.ordinal)
        if key not in self._clauses:
            self._clauses[key] = clauses_of(document, passage)
        return self._clauses[key]

    def duties(self, documents: Collection[str] = ()) -> Iterator[tuple[Document, Duty]]:
        """Give every duty in text order. documents: ids to look in, all when empty."""
        for document in self.documents:
            if not documents or document.id in documents:
                for duty in document.facts.duties:
                    yield document, duty
