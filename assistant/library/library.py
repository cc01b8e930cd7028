"""A library open for questions: the catalog, the index derived from it, and the statistics that weigh words."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, cast

from assistant.answering.clauses import Clause, clauses_of
from assistant.library.editions import Editions, read_editions
from assistant.library.factbook import Factbook, Row
from assistant.library.occurrences import Occurrences
from assistant.library.shelves import ShelvedDocument, Shelves
from assistant.question.query import Query, search_text
from assistant.question.scope import Catalogue, Known
from assistant.question.tagging import words
from assistant.question.understand import Knowledge
from assistant.reading.types import CHECK, RULES, SHIPPED, PassageReader, network
from corpus.glances import TEXT
from corpus.store import Store
from corpus.text import fold
from corpus.types import Document, Duty, Passage
from index.engine import Index
from index.rerank import CANDIDATES, Reranker, reranked
from index.types import Hit, Strength

SURPLUS = 200
"""Passages of documents that are left out which a search looks past before it is limited to the others."""

SMALL = 5000
"""Up to this many passages a word is counted by looking at the passages; beyond, the index's own counts serve."""

FEW = 20
"""Documents that are looked through for a word; among more of them the index is asked."""

LIKELY = 20
"""Titles, and passages, that name the documents which a question to a large library may mean."""


AMONG_BEST = 60
"""Passages of a ranking that an answer looks at."""

AHEAD = 20
"""Hits whose documents are opened at once while a ranking is gone through."""

SHOWN = ("passages", "sections")
"""Parts of a document that a passage is shown with."""


@dataclass(frozen=True, slots=True)
class Found:
    """A passage the search gave, with its fused score and 1-based rank. raw: see `index.types.Hit`."""

    document: Document
    passage: Passage
    score: float
    rank: int
    raw: Mapping[str, float] = field(default_factory=dict)


class Library:
    """One generation of the catalog with its index. Made anew when the catalog changes; never modified."""

    def __init__(
        self, store: Store, index: Index, *, shelves: Shelves | None = None, whole: Library | None = None, reranker: Reranker | None = None,
        reader: str = RULES,
    ) -> None:
        """shelves: the documents to answer from, None for every current one.  whole: the library that this is a part of.

        reranker: puts the best passages of every search in its own order.  reader: the setting, see `assistant.reading.types`.
        Raises LibraryCorrupt when something that belongs beside the index is not there.
        """
        self.index = index
        self._reranker = reranker
        self._reader = reader
        self.generation = index.generation
        self.decided = store.decided
        self._store = store
        self.factbook: Factbook = whole.factbook if whole else Factbook(index.folder)
        rows = self.factbook.rows
        self._shelves = shelves or Shelves(store, rows, small=sum(row.passages for row in rows) <= SMALL)
        self._views: dict[frozenset[str], Library] = {}
        self._frequencies: dict[str, int] = {}
        self._clauses: dict[tuple[str, int], tuple[Clause, ...]] = {}
        self._fits: dict[tuple[str, frozenset[str]], Sequence[Document]] = {}
        self.editions: Editions = whole.editions if whole else read_editions(store, index.folder, self.document)
        """Which documents of the library take the place of which."""

    @property
    def documents(self) -> tuple[Document, ...]:
        """Every document that answers may come from, opened part by part."""
        return self._shelves.documents

    def document(self, identity: str) -> Document | None:
        """Give a document by id, None when answers do not come from it."""
        return self._shelves.document(identity)

    def without(self, aside: frozenset[str]) -> Library:
        """Give the same library without some documents: no answer and no statistics come from them."""
        if not aside:
            return self
        if aside not in self._views:
            self._views[aside] = Library(
                self._store, self.index, shelves=self._shelves.without(aside), whole=self, reranker=self._reranker, reader=self._reader
            )
        return self._views[aside]

    @property
    def rows(self) -> tuple[Row, ...]:
        """What is known of the documents without opening them."""
        return self._shelves.shelves

    @cached_property
    def known(self) -> Catalogue:
        return Catalogue([Known(r.id, r.name, r.title, r.places, r.years) for r in self.rows])

    @cached_property
    def count(self) -> int:
        return max(self._shelves.passages(), 1)

    @property
    def small(self) -> bool:
        """Few enough passages to look at each."""
        return self.count <= SMALL

    @cached_property
    def _occurrences(self) -> Occurrences:
        return Occurrences(fold(" ".join(p.path[-1:]) + p.span.of(d.text)) for d in self.documents for p in d.passages)

    @cached_property
    def _starts(self) -> tuple[list[int], tuple[tuple[Row, Document], ...]]:
        located = tuple(self._shelves.located())
        return [shelf.first_key for shelf, _ in located], located

    def _located(self, key: int) -> tuple[Document, Passage] | None:
        starts, located = self._starts
        at = bisect_right(starts, key) - 1
        if at < 0:
            return None
        shelf, document = located[at]
        ordinal = key - shelf.first_key
        return (document, cast(ShelvedDocument, document).passage(ordinal)) if ordinal < shelf.passages else None

    def frequency(self, text: str) -> int:
        """In how many passages the folded `text` occurs; in a large library, how many hold all its pairs of characters."""
        if text not in self._frequencies:
            _bound(self._frequencies, 50_000)
            self._frequencies[text] = self._occurrences.count(text) if self.small else self.index.count(text)
        return self._frequencies[text]

    def occurs(self, text: str, documents: Collection[str] = ()) -> bool:
        """Does the folded `text` occur anywhere in the documents (all when empty)?"""
        if not documents:
            return self.frequency(text) > 0 or text in self.known.folded_titles
        if len(documents) > FEW:
            return bool(self.index.holding(text, k=1, documents=documents)) or any(text in fold(d.title) for d in self.among(documents))
        return any(text in self._whole(d) for d in self.among(documents))

    def _whole(self, document: Document) -> str:
        if document.id not in self._wholes:
            _bound(self._wholes, 60)
            self._wholes[document.id] = fold(document.text + document.title)
        return self._wholes[document.id]

    @cached_property
    def _wholes(self) -> dict[str, str]:
        return {}

    @cached_property
    def knowledge(self) -> Knowledge:
        return Knowledge(self.known, self.frequency, self.count, words(), self.factbook.named_units, self.occurs, self.index.holding)

    # ------------------------------------------------------------ which documents to look at

    def among(self, identities: Collection[str]) -> list[Document]:
        """Give the documents with these ids, in the order of the library."""
        found = [self._places[identity] for identity in identities if identity in self._places]
        return [document for _, document in sorted(found, key=lambda pair: pair[0])]

    @cached_property
    def _places(self) -> dict[str, tuple[int, Document]]:
        return {document.id: (at, document) for at, document in enumerate(self.documents)}

    def likely(self, query: Query) -> Sequence[Document]:
        """Give the documents that a question about whole documents may mean: those in scope; else all of a small library, and of a
        large one those whose titles or passages fit it best, by the ranking that its answer is taken from."""
        scope = query.scope.documents
        if self.small or (scope and len(scope) <= FEW):
            return self.among(scope) if scope else self.documents
        return self._fitting(search_text(query), frozenset(scope))

    def _fitting(self, text: str, scope: frozenset[str]) -> Sequence[Document]:
        if (text, scope) not in self._fits:
            hits = self.index.search(text, k=LIKELY, rankers=("characters",), documents=scope or None)
            titled = self.factbook.titled(text, LIKELY, documents=scope or None)
            found = self.among({*titled, *(hit.document_id for hit in hits)})
            self._shelves.fetch(found)
            self._fits = {(text, scope): found}
        return self._fits[text, scope]

    def reading(self, documents: Sequence[Document], *kinds: str) -> Iterator[Document]:
        """Give the documents with these parts read for many of them at once."""
        return self._shelves.in_blocks(documents, kinds)

    def stated(self, documents: Sequence[Document], kind: str) -> Iterator[tuple[Document, Any]]:
        """Give one part of many documents, of which few are looked at for anything else."""
        return self._shelves.stated(documents, kind)

    def fetched(self, documents: Iterable[Document], *kinds: str) -> Sequence[Document]:
        """Give a few documents after reading these parts, and no other, for all of them at once."""
        wanted = tuple(documents)
        self._shelves.fetch(wanted, kinds, first=())
        return wanted

    def holding(self, text: str, documents: Collection[str] = ()) -> Iterable[Document]:
        """Give every document in which the folded `text` may stand (all when `documents` is empty)."""
        if self.small:
            return self.among(documents) if documents else self.documents
        return self.reading(self.among(self.index.holding(text, documents=documents or None)))

    def stating(self, documents: Collection[str], *stated: Collection[str]) -> Sequence[Document]:
        """Give the documents that are in every one of the sets `stated` (and in `documents`, unless that is empty)."""
        if self.small:
            return self.among(documents) if documents else self.documents
        sets = [set(documents), *map(set, stated)] if documents else [*map(set, stated)]
        return self.among(set.intersection(*sets)) if sets else self.documents

    def closest(self, documents: Sequence[Document], text: str, most: int) -> Sequence[Document]:
        """Give at most `most` of the documents: all, or those with the passages that fit `text` best, in the order of the library."""
        if len(documents) <= most:
            return documents
        hits = self.index.search(text, k=4 * most, rankers=("characters",), documents=[document.id for document in documents])
        return self.among(list(dict.fromkeys(hit.document_id for hit in hits))[:most])

    def has_year(self, year: int) -> bool:
        """Does any document cover the year, or mention it?"""
        return any(r.years and r.years[0] <= year <= r.years[1] for r in self.rows) or self.frequency(str(year)) > 0

    def has_attachment(self, number: int) -> bool:
        """Does any document have as many attachments?"""
        return any(row.attachments >= number for row in self.rows)

    def search(self, text: str, *, k: int, documents: Collection[str] = (), question: str = "") -> Iterator[Found]:
        """Give the `k` best passages for `text`, best first. documents: ids to search in, all when empty.

        question: what a reranker reads with the passages, where `text` is only its words; empty for `text` itself.
        """
        wanted, k = k, max(k, CANDIDATES) if self._reranker else k
        extra = self._extra(documents)
        found = self._found(text, k, extra, documents)
        if len(found) < k and self._left_out > extra > 0:
            found = self._found(text, k, 0, [d.id for d in self.documents])
        yield from self._reranked(question or text, found)[:wanted]

    def ranked(self, text: str, *, k: int, documents: Collection[str] = (), question: str = "") -> Iterator[Found]:
        """Give the same passages as `search`, those of a large library opened only as they are asked for."""
        if self.small or self._reranker:
            yield from self.search(text, k=k, documents=documents, question=question)
            return
        here = self._hits(text, k, self._extra(documents), documents)
        for first in range(0, len(here), AHEAD):
            block = here[first : first + AHEAD]
            # With the texts, which are compared with each other: one by one they would take a query each.
            self._shelves.fetch(self.among({hit.document_id for hit in block}), (TEXT,), first=SHOWN)
            for rank, hit in enumerate(block, first + 1):
                if place := self._located(hit.key):
                    yield Found(*place, hit.score, rank, hit.raw)

    def expect(self, text: str, question: str, *, k: int, documents: Collection[str] = (), chosen: Collection[str] = ()) -> None:
        """Begin the longest part of the `search` for `text` and of the `strength` of `question`, which are asked for presently, each in its documents."""
        if not self.small:
            wanted = max(k, CANDIDATES) if self._reranker else k
            self.index.expect(text, k=wanted + self._extra(documents), strength_of=question, documents=documents or None, chosen=chosen or None)

    @cached_property
    def _left_out(self) -> int:
        """Passages of the index that answers do not come from."""
        return len(self.index) - self._shelves.passages()

    def _extra(self, documents: Collection[str]) -> int:
        """How many more passages to search for than wanted, as some may be of documents that are left out."""
        return 0 if documents else max(0, min(self._left_out, SURPLUS))

    def ranks_any(self, text: str, documents: Collection[str]) -> bool:
        """Do passages of the documents stand among the best for `text` in the whole index? In a small library they may always."""
        return self.small or any(self.index.runs.document(key) in documents for key in self.strength(text).keys[:AMONG_BEST])

    def strength(self, text: str, documents: Collection[str] = ()) -> Strength:
        """Say how well the best passages fit `text`. documents: ids to look in, all when empty."""
        return self.index.strength(text, documents=documents or None)

    def passages(self, keys: Sequence[int]) -> list[tuple[Document, Passage]]:
        """Give the passages with these keys of the index, without those of documents that are left out."""
        wanted = [identity for key in keys if (identity := self.index.runs.document(key)) is not None]
        self._shelves.fetch(self.among(wanted), first=SHOWN)
        return [place for key in keys if (place := self._located(key)) is not None]

    @property
    def reader(self) -> PassageReader | None:
        """The network that may overrule the rules; None without the setting for it."""
        return None if self._reader == CHECK else network(self._reader)

    @property
    def rescuer(self) -> PassageReader | None:
        """The network that answers where the rules find nothing; it needs no setting."""
        return None if self._reader == CHECK else self.checker

    @property
    def checker(self) -> PassageReader | None:
        """The network that tells whether passages answer at all and what a draft says; it needs no setting, only "rules" leaves it out."""
        return network(SHIPPED if self._reader in ("", CHECK) else self._reader)

    def _found(self, text: str, k: int, extra: int, documents: Collection[str]) -> list[Found]:
        """Search for `extra` more passages than wanted, as some may be of documents that are left out."""
        hits = self._hits(text, k, extra, documents)
        self._shelves.fetch(self.among({hit.document_id for hit in hits}))
        located = [(place, hit) for hit in hits if (place := self._located(hit.key))]
        return [Found(*place, hit.score, rank, hit.raw) for rank, (place, hit) in enumerate(located, 1)]

    def _hits(self, text: str, k: int, extra: int, documents: Collection[str]) -> list[Hit]:
        """Give the `k` best hits of documents that are not left out, of `extra` more."""
        hits = self.index.search(text, k=k + extra, documents=documents or None)
        return [hit for hit in hits if hit.document_id in self._places][:k]

    def _reranked(self, text: str, found: list[Found]) -> list[Found]:
        """Put the best in the reranker's order. Scores stay in descending order: each place keeps the one it had."""
        if self._reranker is None:
            return found
        texts = (f"{' › '.join(one.passage.path)}\n{one.passage.span.of(one.document.text)}" for one in found)
        order = reranked(self._reranker, text, list(zip(found, texts, strict=True)), before=[one.score for one in found])
        return [replace(one, score=place.score, rank=place.rank) for one, place in zip(order, found, strict=True)]

    def check(self, identities: Collection[str]) -> None:
        """Make sure that the documents to be quoted are as they were written. Raises LibraryCorrupt."""
        self._shelves.check(identities)

    def described(self, key: int) -> tuple[str, dict[str, Any]]:
        """Give the text of the passage with this index key, and where it stands. Raises KeyError for a key of another generation."""
        located = self._located(key)
        if located is None:
            raise KeyError(key)
        document, passage = located
        self.check((document.id,))
        span = passage.span
        where = {"doc": document.name, "title": document.title, "path": list(passage.path), "start": span.start, "end": span.end}
        return span.of(document.text), where

    def clauses(self, document: Document, passage: Passage) -> tuple[Clause, ...]:
        key = (document.id, passage.ordinal)
        if key not in self._clauses:
            _bound(self._clauses, 8_000)
            self._clauses[key] = clauses_of(document, passage)
        return self._clauses[key]

    def duties(self, documents: Collection[str] = (), *stated: Collection[str]) -> Iterator[tuple[Document, Duty]]:
        """Give every duty in text order. documents: ids to look in, all when empty; stated: see `stating`."""
        for document in self.reading(self.stating(documents, *stated), "duties"):
            for duty in document.facts.duties:
                yield document, duty


def _bound(kept: dict[Any, Any], most: int) -> None:
    """Forget everything that is kept when there is too much of it: a server runs for months."""
    if len(kept) >= most:
        kept.clear()
