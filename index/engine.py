"""The index of a library: passages in, ranked hits out. Derived from the catalog; a generation of it is never changed.

Three rankers see the same passages: words and characters (BM25) and dense (vectors); `index.fusion` makes one ranking of theirs.
"""

from __future__ import annotations

import math
import weakref
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import TYPE_CHECKING

from corpus.errors import ConfigError, LibraryCorrupt, PolicyAssistantError
from index.build import (
    DICTIONARY,
    GONE,
    LEXICAL,
    UNITS,
    Change,
    Plan,
    Progress,
    UnitsOf,
    Wanted,
    must_be_whole,
    write_changed,
    write_whole,
)
from index.encoding import ENCODER
from index.fusion import fuse
from index.generations import REMEDY, Generation, open_current, publish, sweep, writing
from index.lexical import Clause, Lexical, Ranking
from index.manifest import Manifest, read_manifest, remember, tantivy_version, verify_files, verify_unseen
from index.runs import Runs
from index.tokens import Tokens
from index.types import Encoder, Hit, Nearest, Strength, Unit, Vectors

if TYPE_CHECKING:
    from index.types import FloatArray

RANKERS = ("words", "characters", "dense")

POOL = 100
"""Passages each ranker contributes at least, so that a cut at k does not hide the second opinion."""

COMPARED = 5
"""Passages by which `Index.strength` tells whether the best one stands out."""

SATURATED = 2.2
"""What an endless number of a token counts in BM25 at most, k1 + 1, times its inverse document frequency."""

QUESTION_LIMIT = 2_000
"""Characters of a query that count; each token costs a walk through its postings."""


class Index:
    """An open generation of the index, for reading. May be shared between threads; `close` it, or use it with `with`.

    A newer generation does not disturb it: it goes on answering from its own until it is closed.
    """

    def __init__(self, held: Generation, manifest: Manifest, tokens: Tokens, vectors: Vectors | None) -> None:
        """For `open` and `build`."""
        # An index replaced by a newer one is simply dropped while other threads may still search in it.
        self._release = weakref.finalize(self, held.close)
        self._folder = held.folder
        self._manifest = manifest
        self._tokens = tokens
        self._vectors: Nearest | None = vectors
        self._encoder: Encoder | None = None
        self._lock = Lock()
        self._closed = False
        self._lexical = Lexical(self._folder / LEXICAL)

    @classmethod
    def build(
        cls,
        folder: Path,
        units: Iterable[Unit],
        *,
        encoder: str = "corpus",
        generation: int,
        tokens: Tokens | None = None,
        vectors: Vectors | None = None,
        beside: Callable[[Change], None] | None = None,
    ) -> Index:
        """Build a generation from all passages of the catalog, by key, make it current and open it.

        encoder: see `index.encoder`.  vectors: where the dense side is kept instead of a file, e.g. a server; they are
        added under the units' keys.  beside: see `index.build.Plan`.
        Raises ConfigError for an unusable encoder; whatever happens, the former generation stays.
        """
        plan = _plan(encoder, generation, tokens, vectors, beside, None)
        return cls._published(folder, plan, lambda building: write_whole(building, units, plan))

    @classmethod
    def update(
        cls,
        folder: Path,
        wanted: Wanted,
        units_of: UnitsOf,
        *,
        encoder: str = "corpus",
        generation: int,
        tokens: Tokens | None = None,
        vectors: Vectors | None = None,
        beside: Callable[[Change], None] | None = None,
        progress: Progress | None = None,
    ) -> Index:
        """Make a generation that holds what the catalog holds now, from the current one where that is quicker, and open it.

        wanted: document to (first key, number of passages).  units_of: gives the passages of some documents or, for None, of all,
        by key.  progress: called as progress(passages done, passages in all).  The rest as in `build`, with the same results: the
        scores are those of an index built whole, up to removed passages that count in the statistics until a tenth is gone.
        """
        plan = _plan(encoder, generation, tokens, vectors, beside, progress)
        total = sum(count for _, count in wanted.values())
        try:
            held = open_current(folder)
        except LibraryCorrupt:
            return cls._published(folder, plan, lambda building: write_whole(building, units_of(None), plan, total))
        try:
            try:
                manifest = read_manifest(held.manifest)
                verify_unseen(held.folder, manifest)
                _check_versions(manifest, plan.tokens)
                runs = Runs.load(held.folder / UNITS)
                whole = must_be_whole(manifest, runs, wanted, encoder)
            except LibraryCorrupt:
                whole = True
            if whole:
                return cls._published(folder, plan, lambda building: write_whole(building, units_of(None), plan, total))
            before = held.folder
            return cls._published(
                folder, plan, lambda building: write_changed(building, before, manifest, runs, wanted, units_of, plan)
            )
        finally:
            held.close()

    @classmethod
    def _published(cls, folder: Path, plan: Plan, write: Callable[[Path], Manifest]) -> Index:
        folder.mkdir(parents=True, exist_ok=True)
        sweep(folder)
        with writing(folder) as building:
            manifest = write(building)
            published = publish(folder, building, plan.generation)
            remember(published, manifest)
        return cls.open(folder, tokens=plan.tokens, vectors=plan.vectors)

    @classmethod
    def open(cls, folder: Path, *, tokens: Tokens | None = None, vectors: Vectors | None = None) -> Index:
        """Open the current generation; the encoder and FAISS wait for the first dense search.

        tokens: the tokeniser with the user's dictionary as it is now; None takes the dictionary the index was built with.
        Raises LibraryCorrupt ("index_corrupt") when there is no index, when it is damaged, or when it was made with other
        versions or another dictionary: build it again. Raises LibraryTooNew when a newer program wrote it.
        """
        held = open_current(folder)
        try:
            manifest = read_manifest(held.manifest)
            verify_unseen(held.folder, manifest)
            tokens = tokens or Tokens(dictionary=held.folder / DICTIONARY)
            _check_versions(manifest, tokens)
            return cls(held, manifest, tokens, vectors)
        except PolicyAssistantError:
            held.close()
            raise

    @property
    def generation(self) -> int:
        """The catalog's generation this index was built from."""
        return self._manifest.generation

    @property
    def encoder(self) -> str:
        """The encoder setting this index was built with."""
        return self._manifest.encoder

    @property
    def tokens(self) -> Tokens:
        return self._tokens

    @property
    def folder(self) -> Path:
        """Where the files of the generation lie, also those that were written beside the index."""
        return self._folder

    @cached_property
    def runs(self) -> Runs:
        """Which keys belong to which document."""
        return Runs.load(self._folder / UNITS)

    def __len__(self) -> int:
        return self._manifest.passages

    def search(
        self,
        text: str,
        *,
        k: int = 50,
        documents: Collection[str] | None = None,
        rankers: Sequence[str] = RANKERS,
    ) -> tuple[Hit, ...]:
        """Rank the passages for a query: at most k hits, best first, fused scores in (0, sum of `index.fusion.WEIGHTS`].

        documents: only passages of these documents, None for all.  rankers: which of `RANKERS` take part; "dense" is passed
        over when the index has no encoder. Raises LibraryCorrupt when the dense side turns out to be damaged.
        """
        self._check_open()
        if unknown := set(rankers) - set(RANKERS):
            raise ValueError(f"unknown rankers: {sorted(unknown)}")
        among = self._among(documents)
        if k < 1 or among == []:
            return ()
        depth = max(k, POOL)
        hits: list[Hit] = []
        rankings = self._rankings(text, rankers, depth, among)
        for key, score, ranks in fuse(rankings, depth=depth):
            # A server that keeps the vectors may still have passages that are gone.
            if (document := self.runs.document(key)) is not None and len(hits) < k:
                raw = {ranker: rankings[ranker][rank - 1][1] for ranker, rank in ranks.items()}
                hits.append(Hit(key, document, score, ranks, raw))
        return tuple(hits)

    def holding(self, text: str, *, k: int | None = None, documents: Collection[str] | None = None) -> frozenset[str]:
        """Give the documents with a passage that holds every character and pair of characters of `text`: all that may hold the text
        itself, and few others.  k: passages to stop at, None for all.  documents: only of these, None for all."""
        self._check_open()
        pairs = self._pairs(text)
        keys = self._lexical.holding("text", pairs, k=k or max(len(self), 1), documents=documents)
        owners = (self.runs.document(key) for key in keys)
        return frozenset(document for document in owners if document is not None)

    def count(self, text: str) -> int:
        """Count the passages that, with their own heading, hold every pair of characters of `text`."""
        self._check_open()
        pairs = self._pairs(text)
        return self.document_frequency(pairs[0], field="text") if len(pairs) == 1 else self._lexical.count("text", pairs)

    def _pairs(self, text: str) -> list[str]:
        tokens = self._tokens.characters(text)
        return [token for token in tokens if len(token) > 1] or tokens

    def strength(self, text: str, *, documents: Collection[str] | None = None) -> Strength:
        """Say how well the best passages fit `text`. documents: only passages of these, None for all.

        The share of what its tokens could score tells texts with their passage from texts without it much better than the score
        itself, which grows with the length of the text.
        """
        self._check_open()
        among = self._among(documents)
        characters = self._shares(self._distinct("characters", text), among)
        words = self._shares(self._distinct("words", text), among)
        best, fifth = (characters[0][1], characters[COMPARED - 1][1] if len(characters) >= COMPARED else 0.0) if characters else (0.0, 0.0)
        return Strength(best, words[0][1] if words else 0.0, 1 - fifth / best if best else 0.0, tuple(key for key, _ in characters))

    def expect(self, text: str, *, k: int, strength_of: str, documents: Collection[str] | None = None, chosen: Collection[str] | None = None) -> None:
        """Begin the longest part of `search` for `text` and of `strength` for `strength_of` among those `chosen`, both asked for presently."""
        self._check_open()
        among, measured = self._among(documents), self._among(chosen)
        if among != []:
            self._lexical.expect([self._clause("characters", text[:QUESTION_LIMIT])], k=max(k, POOL), documents=among)
        if measured != []:
            self._lexical.expect([self._distinct("characters", strength_of)], k=POOL, documents=measured)

    def _among(self, documents: Collection[str] | None) -> list[str] | None:
        return None if documents is None else [document for document in documents if document in self.runs]

    def _distinct(self, field: str, text: str) -> Clause:
        clause = self._clause(field, text[:QUESTION_LIMIT])
        return replace(clause, tokens=sorted(set(clause.tokens)))

    def _shares(self, clause: Clause, documents: Collection[str] | None) -> Ranking:
        """Give the best passages, their scores as shares of the highest possible one, at most 1."""
        highest = SATURATED * sum(self.idf(token, field=clause.field) for token in clause.tokens)
        if not highest or documents == []:
            return []
        ranked = self._lexical.search([clause], k=POOL, documents=documents)
        return [(key, min(score / highest, 1.0)) for key, score in ranked]

    def rankings(self, text: str, *, depth: int = POOL, rankers: Sequence[str] = RANKERS) -> dict[str, Ranking]:
        """Give what each ranker says by itself, at most `depth` (key, score) pairs each: what `search` fuses."""
        self._check_open()
        return self._rankings(text, rankers, depth, None)

    def _rankings(self, text: str, rankers: Sequence[str], depth: int, documents: Collection[str] | None) -> dict[str, Ranking]:
        text = text[:QUESTION_LIMIT]
        if len(rankers) > 1 and "characters" in rankers:
            self._lexical.expect([self._clause("characters", text)], k=depth, documents=documents)
            others = {ranker: self._rank(ranker, text, k=depth, documents=documents) for ranker in rankers if ranker != "characters"}
            return {r: others[r] if r in others else self._rank(r, text, k=depth, documents=documents) for r in rankers}
        return {ranker: self._rank(ranker, text, k=depth, documents=documents) for ranker in rankers}

    def document_frequency(self, token: str, *, field: str = "characters") -> int:
        """Count the passages that hold a token.  field: one of `index.lexical.FIELDS`."""
        self._check_open()
        return self._lexical.document_frequency(field, token)

    def idf(self, token: str, *, field: str = "characters") -> float:
        """Weigh a token as BM25 does, log(1 + (N - n + 0.5) / (n + 0.5)): near 0 when every passage holds it."""
        n = self.document_frequency(token, field=field)
        return math.log(1 + (len(self) - n + 0.5) / (n + 0.5))

    def encode(self, texts: Sequence[str]) -> FloatArray | None:
        """Encode with the index's own encoder: float32 (n, dimension), rows of length 1; None when it has none."""
        self._check_open()
        encoder, _ = self._dense_side()
        return None if encoder is None else encoder.encode(texts)

    def verify(self) -> None:
        """Compare every file with its SHA-256. Raises LibraryCorrupt for the first that differs."""
        self._check_open()
        verify_files(self._folder, self._manifest)

    def close(self) -> None:
        """Let go of the generation; it may be swept from now on. May be called twice."""
        self._closed = True
        self._release()

    def __enter__(self) -> Index:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _check_open(self) -> None:
        if self._closed:
            raise ValueError("the index is closed")

    def _rank(self, ranker: str, text: str, *, k: int, documents: Collection[str] | None) -> Ranking:
        if ranker in ("words", "characters"):
            return self._lexical.search([self._clause(ranker, text)], k=k, documents=documents)
        encoder, vectors = self._dense_side()
        if encoder is None or vectors is None:
            return []
        return vectors.search(encoder.encode([text])[0], k=k, documents=documents)

    def _clause(self, field: str, text: str) -> Clause:
        return Clause(field, self._tokens.words(text) if field == "words" else self._tokens.characters(text))

    def _dense_side(self) -> tuple[Encoder | None, Nearest | None]:
        if self._manifest.encoder == "none" or not len(self):
            return None, None
        with self._lock:
            if self._encoder is None:
                self._encoder = _open_encoder(self._folder, self._manifest)
            if self._vectors is None:
                self._vectors = self._open_dense()
            return self._encoder, self._vectors

    def _open_dense(self) -> Nearest:
        import numpy as np

        from index.dense import Dense, Part

        if not self._manifest.vectors:
            raise ConfigError(
                "bad_setting", "这个索引的向量存放在外部的向量库里", "请在配置中给出该向量库,或者重建索引"
            )
        parts = [Part(name, rows) for name, rows in self._manifest.vectors]
        gone = np.load(self._folder / GONE, allow_pickle=False).tolist()
        return Dense(self._folder, parts, gone=gone, ranges=self.runs.ranges)


def _plan(
    encoder: str,
    generation: int,
    tokens: Tokens | None,
    vectors: Vectors | None,
    beside: Callable[[Change], None] | None,
    progress: Progress | None,
) -> Plan:
    return Plan(
        encoder, generation, tokens or Tokens(), vectors, beside or (lambda change: None), progress or (lambda done, total: None)
    )


# ---------------------------------------------------------------- opening


def _check_versions(manifest: Manifest, tokens: Tokens) -> None:
    written_by, running = manifest.libraries.get("tantivy", ""), tantivy_version()
    # Tantivy's format may change between releases, and the index is only a copy.
    if written_by != running:
        raise LibraryCorrupt("index_corrupt", f"索引由 {written_by} 写成,现在用的是 {running}", REMEDY)
    if manifest.tokens != tokens.fingerprint:
        raise LibraryCorrupt("index_corrupt", "分词器或词典在建索引之后变过", REMEDY)


def _open_encoder(folder: Path, manifest: Manifest) -> Encoder | None:
    from index.encoder import open_encoder

    encoder = open_encoder(manifest.encoder, fitted=folder / ENCODER)
    if encoder is not None and encoder.name != manifest.encoder_name:
        raise LibraryCorrupt("index_corrupt", f"编码器由 {manifest.encoder_name} 换成了 {encoder.name}", REMEDY)
    return encoder
