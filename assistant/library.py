"""A library open for questions: the catalog, the index derived from it, and the statistics that weigh words."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

from assistant.clauses import Clause, clauses_of
from assistant.scope import Known
from assistant.tagging import words
from assistant.understand import Knowledge
from corpus.store import Store
from corpus.text import fold
from corpus.types import Document, Duty, Passage
from index.engine import Index

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

    def __init__(self, store: Store, index: Index) -> None:
        self.store = store
        self.index = index
        self.generation = index.generation
        self._frequencies: dict[str, int] = {}
        self._clauses: dict[tuple[str, int], tuple[Clause, ...]] = {}

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        return tuple(self.store.document(listing.id) for listing in self.store.documents())

    @cached_property
    def known(self) -> tuple[Known, ...]:
        return tuple(Known(d.id, d.name, d.title, d.card.places, d.card.years) for d in self.documents)

    @cached_property
    def _folded(self) -> tuple[str, ...]:
        return tuple(
            fold(" ".join(p.path[-1:]) + p.span.of(d.text)) for d in self.documents for p in d.passages
        )

    @cached_property
    def _keys(self) -> dict[int, tuple[Document, Passage]]:
        found: dict[int, tuple[Document, Passage]] = {}
        for key, _, passage, document in self.store.passages():
            found[key] = (document, passage)
        return found

    @cached_property
    def _whole(self) -> dict[str, str]:
        return {d.id: fold(d.text + d.title) for d in self.documents}

    def frequency(self, text: str) -> int:
        """In how many passages the folded `text` occurs."""
        if text not in self._frequencies:
            self._frequencies[text] = sum(text in folded for folded in self._folded)
        return self._frequencies[text]

    def occurs(self, text: str, documents: Collection[str] = ()) -> bool:
        """Does the folded `text` occur anywhere in the documents (all when empty)?"""
        return any(text in whole for identity, whole in self._whole.items() if not documents or identity in documents)

    @property
    def count(self) -> int:
        return max(len(self._folded), 1)

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
        hits = self.index.search(text, k=k, documents=documents or None)
        for rank, hit in enumerate(hits, 1):
            if located := self._keys.get(hit.key):
                yield Found(*located, hit.score, rank)

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
