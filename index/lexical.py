"""The lexical index: BM25 (k1 = 1.2, b = 0.75) by tantivy over our own tokens, one document per passage.

Frequencies and lengths are summed over all segments of the index, so what was added later scores as if it had been there from the
start. Removed passages stay in these sums until their segment is rewritten; `index.build` rewrites all when they are many.

Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009). Tantivy's own tokenisers take a whole
Chinese clause for one word, so the tokens come ready made and are only split at blanks.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from corpus.errors import LibraryCorrupt
from index.tokens import Tokens
from index.types import Unit

if TYPE_CHECKING:
    import tantivy

FIELDS = ("words", "characters", "title", "path", "text")
"""words, characters: title, heading path and text together. title, path: the characters of that part alone.  text: the characters of
the passage and its own heading, for counting: without frequencies, so it is not to be ranked by."""

HEADING_MARK = " › "
"""Between the headings of `Unit.path`."""

ANALYZER = "blanks"
WRITER_HEAP = 128_000_000
"""Bytes; one writer thread fills it before it cuts a segment, so that an office library is one segment."""

SMALL_HEAP = 16_000_000
"""Bytes for a few documents: tantivy touches the whole heap at once."""

RECENT = 32
"""Rankings that are kept; an index never changes. A question of several parts asks for some ten."""

HELPED_FROM = 50_000
"""Passages from which a search takes long enough, some milliseconds, to be begun in another thread."""

Ranking = list[tuple[int, float]]
"""(key, score) pairs, best first, equal scores by key."""


@dataclass(frozen=True, slots=True)
class Clause:
    """Tokens to look for in one field; their scores count `boost` times."""

    field: str
    tokens: Sequence[str]
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Entry:
    """A passage as the index takes it in; tokens of each field joined by blanks."""

    key: int
    document_id: str
    words: str
    characters: str
    title: str
    path: str
    text: str


def full_text(unit: Unit) -> str:
    """Give the text that stands for a passage in every ranker: title, heading path and the passage itself."""
    return f"{unit.title}\n\n{unit.path}\n\n{unit.text}"


def entry_of(unit: Unit, tokens: Tokens) -> Entry:
    """Tokenise a passage."""
    title = tokens.spaced(unit.title)
    headings = [tokens.spaced(heading) for heading in unit.path.split(HEADING_MARK)]
    text = tuple(map(" ".join, tokens.both(unit.text)))
    # No token reaches over a blank line or the mark between headings, so the tokens of `full_text` are those of its parts.
    words, characters = (" ".join(parts) for parts in zip(title, *headings, text, strict=True))
    path = " ".join(characters for _, characters in headings)
    return Entry(unit.key, unit.document_id, words, characters, title[1], path, f"{headings[-1][1]} {text[1]}")


class LexicalWriter:
    """Adds to and removes from a lexical index on disk; nothing of it counts before `commit`.

    Finished files of the index are never written again, only replaced and removed, so a folder of hard links to another
    index's files can be changed without that index noticing.
    """

    def __init__(self, folder: Path, *, heap: int = WRITER_HEAP) -> None:
        """Open the index in `folder`, making both when there is none.  heap: bytes of passages that make a segment."""
        import tantivy

        folder.mkdir(exist_ok=True)
        index = tantivy.Index(_schema(), str(folder))
        index.register_tokenizer(ANALYZER, _analyzer())
        self._writer = index.writer(heap_size=heap, num_threads=1)

    def remove(self, documents: Iterable[str]) -> None:
        """Remove the passages of these documents that are in the index so far."""
        for document in documents:
            self._writer.delete_documents_by_term("document", document)

    def add(self, entry: Entry) -> None:
        import tantivy

        taken = tantivy.Document()
        taken.add_unsigned("key", entry.key)
        taken.add_text("document", entry.document_id)
        for field in FIELDS:
            taken.add_text(field, getattr(entry, field))
        self._writer.add_document(taken)

    def commit(self) -> None:
        """Write everything to disk and end; to be called once."""
        self._writer.commit()
        self._writer.wait_merging_threads()


def build_lexical(folder: Path, units: Iterable[Unit], tokens: Tokens) -> None:
    """Write the lexical index of `units` into `folder`, which must be new; durable on disk when it returns."""
    folder.mkdir()
    writer = LexicalWriter(folder)
    for unit in units:
        writer.add(entry_of(unit, tokens))
    writer.commit()


def _schema() -> tantivy.Schema:
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("key", fast=True)
    builder.add_text_field("document", tokenizer_name="raw", index_option="basic")
    for field in FIELDS:
        builder.add_text_field(field, tokenizer_name=ANALYZER, index_option="basic" if field == "text" else "freq")
    return builder.build()


def _analyzer() -> tantivy.TextAnalyzer:
    import tantivy

    return tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()


def _asked(clauses: Sequence[Clause], documents: Collection[str] | None) -> Hashable:
    """What tells one ranking from another; where it is cut does not, as its length costs next to nothing."""
    return tuple((c.field, tuple(c.tokens), c.boost) for c in clauses), None if documents is None else frozenset(documents)


@dataclass(frozen=True, slots=True)
class _Ranked:
    """A ranking that is known, or begun in another thread, down to place k."""

    k: int
    ranking: Ranking | Future[Ranking]


@cache
def _helpers() -> ThreadPoolExecutor | None:
    """Threads for searches begun ahead, which tantivy does without holding up Python; None on a single core."""
    cores = os.cpu_count() or 1
    return ThreadPoolExecutor(min(cores, _MOST_HELPERS), thread_name_prefix="ranking") if cores > 1 else None


_MOST_HELPERS = 4
_FEW = 100
"""Documents among which a search is over before another thread has begun it."""


class Lexical:
    """An open lexical index, for reading. May be shared between threads."""

    def __init__(self, folder: Path) -> None:
        """Open what `build_lexical` wrote. Raises LibraryCorrupt when the files cannot be read."""
        import tantivy

        self._schema = _schema()
        self._recent: dict[Hashable, _Ranked] = {}
        self._lock = Lock()
        try:
            index = tantivy.Index.open(str(folder))
            # The default policy starts a thread that polls the folder; a generation never changes.
            index.config_reader(reload_policy="Manual")
            self._searcher = index.searcher()
        except (ValueError, OSError) as error:
            raise LibraryCorrupt(
                "index_corrupt", f"关键词索引打不开({error})", "请重建索引:policy-assistant reindex"
            ) from error

    def __len__(self) -> int:
        return self._searcher.num_docs

    def search(self, clauses: Sequence[Clause], *, k: int, documents: Collection[str] | None = None) -> Ranking:
        """Rank the passages that hold any of the tokens by the boosted sum of their BM25 scores.

        documents: only passages of these documents, which does not change the scores; None for all. What one question asks for several
        times is ranked once.
        """
        asked = _asked(clauses, documents)
        with self._lock:
            begun = self._recent.get(asked)
        if begun is not None and begun.k >= k:
            known = begun.ranking
            if not isinstance(known, Future):
                return known[:k]
            # Where the helpers are still busy with others, the asker does it himself.
            ranking = self._search(clauses, begun.k, documents) if known.cancel() else known.result()
            self._keep(asked, _Ranked(begun.k, ranking))
            return ranking[:k]
        ranking = self._search(clauses, k, documents)
        self._keep(asked, _Ranked(k, ranking))
        return list(ranking)

    def expect(self, clauses: Sequence[Clause], *, k: int, documents: Collection[str] | None = None) -> None:
        """Begin a search in another thread that this one is going to ask for; nothing where it would be done before that thread starts."""
        asked = _asked(clauses, documents)
        long = len(self) >= HELPED_FROM and (documents is None or len(documents) > _FEW)
        with self._lock:
            begun = self._recent.get(asked)
        if long and (begun is None or begun.k < k) and (helpers := _helpers()):
            self._keep(asked, _Ranked(k, helpers.submit(self._search, clauses, k, documents)))

    def _keep(self, asked: Hashable, ranked: _Ranked) -> None:
        with self._lock:
            self._recent[asked] = ranked
            while len(self._recent) > RECENT:
                self._recent.pop(next(iter(self._recent)))

    def _search(self, clauses: Sequence[Clause], k: int, documents: Collection[str] | None) -> Ranking:
        import tantivy

        wanted = list(self._term_queries(clauses))
        if not wanted or k < 1 or not len(self):
            return []
        query = tantivy.Query.boolean_query([(tantivy.Occur.Should, term) for term in wanted])
        if documents is not None:
            among = tantivy.Query.term_set_query(self._schema, "document", sorted(documents))
            free = tantivy.Query.const_score_query(among, 0.0)
            query = tantivy.Query.boolean_query([(tantivy.Occur.Must, query), (tantivy.Occur.Must, free)])
        hits = self._searcher.search(query, limit=k, count=False).hits
        keys = self._searcher.fast_field_values("key", [address for _, address in hits])
        return sorted(
            ((int(key or 0), score) for key, (score, _) in zip(keys, hits, strict=True)),
            key=lambda pair: (-pair[1], pair[0]),
        )

    def holding(self, field: str, tokens: Collection[str], *, k: int, documents: Collection[str] | None = None) -> list[int]:
        """Give the keys of up to k passages, in no order, whose `field` holds every one of the tokens."""
        import tantivy

        if not tokens or k < 1 or not len(self):
            return []
        query = tantivy.Query.const_score_query(self._all_of(field, tokens, documents), 1.0)
        hits = self._searcher.search(query, limit=min(k, len(self)), count=False).hits
        return [int(key or 0) for key in self._searcher.fast_field_values("key", [address for _, address in hits])]

    def count(self, field: str, tokens: Collection[str]) -> int:
        """Count the passages whose `field` holds every one of the tokens."""
        if not tokens or not len(self):
            return 0
        found = self._searcher.search(self._all_of(field, tokens, None), limit=1, count=True)
        return int(found.count or 0)  # type: ignore[attr-defined]

    def _all_of(self, field: str, tokens: Collection[str], documents: Collection[str] | None) -> tantivy.Query:
        import tantivy

        terms = [tantivy.Query.term_query(self._schema, field, token, "basic") for token in sorted(set(tokens))]
        if documents is not None:
            terms.append(tantivy.Query.term_set_query(self._schema, "document", sorted(documents)))
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, term) for term in terms])

    def document_frequency(self, field: str, token: str) -> int:
        """Count the passages whose `field` holds `token`."""
        return self._searcher.doc_freq(field, token)

    def _term_queries(self, clauses: Sequence[Clause]) -> Iterator[tantivy.Query]:
        import tantivy

        for clause in clauses:
            for token, times in Counter(clause.tokens).items():
                term = tantivy.Query.term_query(self._schema, clause.field, token, "freq")
                weight = clause.boost * times
                yield term if weight == 1.0 else tantivy.Query.boost_query(term, weight)
