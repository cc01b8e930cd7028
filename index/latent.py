"""An encoder fitted on the library itself: latent semantic analysis over characters and bigrams, with NumPy alone.

Deerwester et al., "Indexing by Latent Semantic Analysis" (1990), with the randomised range finder of Halko, Martinsson and
Tropp (2011). It needs no model and no training data, fits five documents in well under a second, and brings passages near each
other that share companions of words rather than words.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.errors import LibraryCorrupt
from index.tokens import characters
from index.types import FloatArray

DIMENSION = 128
FEATURES = 20_000
SAMPLE = 5_000
"""Passages the projection is fitted on at most; the others are only projected."""

OVERSAMPLING = 10
POWER_ITERATIONS = 1
SPREAD = 0.5
"""Components are divided by their singular value to this power: 0 lets the main topic of the library drown the others."""

BLOCK = 256
"""Rows spelled out at once in a product with the transpose: BLOCK x FEATURES x 4 bytes = 20 MB."""

WEIGHTS_FILE = "projection.safetensors"
VOCABULARY_FILE = "vocabulary.json"


@dataclass(frozen=True, slots=True, eq=False)
class Sparse:
    """Rows of a sparse matrix: row i holds `values[starts[i]:starts[i+1]]` in the columns of the same range."""

    starts: NDArray[np.int64]
    columns: NDArray[np.int64]
    values: FloatArray
    n_columns: int

    @property
    def n_rows(self) -> int:
        return len(self.starts) - 1

    def times(self, dense: FloatArray) -> FloatArray:
        """Multiply with `dense`, float32 (n_columns, m).  Returns float32 (n_rows, m).  O(non-zeros x m)."""
        product = np.zeros((self.n_rows, dense.shape[1]), dtype=np.float32)
        for row in range(self.n_rows):
            held = slice(self.starts[row], self.starts[row + 1])
            product[row] = self.values[held] @ dense[self.columns[held]]
        return product

    def transposed_times(self, dense: FloatArray) -> FloatArray:
        """Multiply the transpose with `dense`, float32 (n_rows, m).  Returns float32 (n_columns, m).

        A block of rows is spelled out with its zeros first: a matrix product wins over scattered additions five times.
        """
        product = np.zeros((self.n_columns, dense.shape[1]), dtype=np.float32)
        for first in range(0, self.n_rows, BLOCK):
            last = min(first + BLOCK, self.n_rows)
            held = slice(self.starts[first], self.starts[last])
            block = np.zeros((last - first, self.n_columns), dtype=np.float32)
            block[np.repeat(np.arange(last - first), np.diff(self.starts[first : last + 1])), self.columns[held]] = (
                self.values[held]
            )
            product += block.T @ dense[first:last]
        return product


@dataclass(frozen=True, slots=True, eq=False)
class CorpusEncoder:
    """TF-IDF over `vocabulary`, projected.  idf: float32 (features,).  projection: float32 (features, dimension)."""

    vocabulary: dict[str, int]
    idf: FloatArray
    projection: FloatArray
    name: str

    @property
    def dimension(self) -> int:
        return int(self.projection.shape[1])

    def encode(self, texts: Sequence[str]) -> FloatArray:
        weighted = _weigh(map(characters, texts), self.vocabulary, self.idf)
        return unit_rows(weighted.times(self.projection))

    def save(self, folder: Path) -> None:
        """Write the weights (safetensors, half precision) and the vocabulary (JSON) into `folder`, which must be new."""
        from safetensors.numpy import save_file

        folder.mkdir()
        save_file({"idf": self.idf, "projection": self.projection.astype(np.float16)}, folder / WEIGHTS_FILE)
        (folder / VOCABULARY_FILE).write_text(json.dumps(list(self.vocabulary), ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> CorpusEncoder:
        """Read what `save` wrote. Raises LibraryCorrupt when the files are missing or do not fit together."""
        from safetensors import SafetensorError
        from safetensors.numpy import load_file

        try:
            weights = load_file(folder / WEIGHTS_FILE)
            vocabulary = json.loads((folder / VOCABULARY_FILE).read_text(encoding="utf-8"))
            idf, projection = weights["idf"], weights["projection"].astype(np.float32)
        except (OSError, ValueError, KeyError, SafetensorError) as error:
            raise _corrupt(f"读不出来:{error}") from error
        if not (len(vocabulary) == len(idf) == len(projection)):
            raise _corrupt("词表与权重的长度不一致")
        return cls(
            {token: column for column, token in enumerate(vocabulary)}, idf, projection, _name_of(idf, projection)
        )


def fit(texts: Sequence[str], *, dimension: int = DIMENSION, seed: int = 0) -> tuple[CorpusEncoder, FloatArray]:
    """Fit an encoder on 0 to any number of texts and encode them; the same texts and seed give the same result.

    dimension: at most; fewer when there are fewer texts or features than that, at least 1.
    Returns the encoder and float32 (n, dimension), what its `encode` gives for `texts`.
    """
    generator = np.random.default_rng(seed)
    sample = np.sort(generator.permutation(len(texts))[:SAMPLE])
    tokens = [characters(texts[i]) for i in sample]
    vocabulary, idf = _choose_features(tokens)
    weighted = _weigh(tokens, vocabulary, idf)
    components, strengths = _principal(weighted, dimension, generator)
    projection = components / strengths**SPREAD
    # Only directions count, so the largest weight is set to 1 to use the range of half precision that the file keeps.
    projection = (
        (projection / max(float(np.abs(projection).max(initial=0)), 1e-9)).astype(np.float16).astype(np.float32)
    )
    encoder = CorpusEncoder(vocabulary, idf, projection, _name_of(idf, projection))
    # Tokenising twice would double the time of a build.
    vectors = unit_rows(weighted.times(projection)) if len(texts) <= SAMPLE else encoder.encode(texts)
    return encoder, vectors


def unit_rows(vectors: FloatArray) -> FloatArray:
    """Scale every row to length 1; rows of zeros stay."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.where(lengths > 0, lengths, 1), dtype=np.float32)


def _choose_features(tokens: Sequence[Sequence[str]]) -> tuple[dict[str, int], FloatArray]:
    frequencies: Counter[str] = Counter()
    for passage in tokens:
        frequencies.update(set(passage))
    # A feature of one passage relates it to no other; with a handful of passages it is all there is.
    least = 2 if len(tokens) >= 20 else 1
    kept = sorted(
        (token for token, n in frequencies.items() if n >= least), key=lambda token: (-frequencies[token], token)
    )
    kept = kept[:FEATURES]
    counts = np.array([frequencies[token] for token in kept], dtype=np.float32)
    idf = np.log((1 + len(tokens)) / (1 + counts)) + 1
    return {token: column for column, token in enumerate(kept)}, idf.astype(np.float32)


def _weigh(passages: Iterable[Sequence[str]], vocabulary: dict[str, int], idf: FloatArray) -> Sparse:
    lengths = [0]
    columns: list[int] = []
    counts: list[int] = []
    for passage in passages:
        known = [(vocabulary[token], n) for token, n in Counter(passage).items() if token in vocabulary]
        columns.extend(column for column, _ in known)
        counts.extend(n for _, n in known)
        lengths.append(len(known))
    starts = np.cumsum(lengths).astype(np.int64)
    places = np.array(columns, dtype=np.int64)
    values = (1 + np.log(np.maximum(np.array(counts, dtype=np.float32), 1))) * idf[places]
    squares = np.concatenate(([0.0], np.cumsum(values.astype(np.float64) ** 2)))[starts]
    norms = np.sqrt(np.maximum(np.diff(squares), 1e-12))
    values = values / np.repeat(norms, np.diff(starts))
    return Sparse(starts, places, values.astype(np.float32), len(vocabulary))


def _principal(rows: Sparse, dimension: int, generator: np.random.Generator) -> tuple[FloatArray, FloatArray]:
    """Give the leading right singular vectors, float32 (features, r), and their singular values (r,)."""
    width = min(dimension + OVERSAMPLING, rows.n_rows, rows.n_columns)
    if width == 0:
        return np.zeros((rows.n_columns, 1), dtype=np.float32), np.ones(1, dtype=np.float32)
    basis = rows.times(generator.standard_normal((rows.n_columns, width), dtype=np.float32))
    for _ in range(POWER_ITERATIONS):
        basis = rows.times(rows.transposed_times(_orthonormal(basis)))
    small = rows.transposed_times(_orthonormal(basis))
    squares, turn = np.linalg.eigh((small.T @ small).astype(np.float64))
    order = np.argsort(-squares)[: min(dimension, width)]
    order = order[squares[order] > 1e-8 * squares.max()]
    strengths = np.sqrt(squares[order])
    components = small @ turn[:, order] / strengths
    return components.astype(np.float32), strengths.astype(np.float32)


def _orthonormal(basis: FloatArray) -> FloatArray:
    return np.asarray(np.linalg.qr(basis)[0], dtype=np.float32)


def _name_of(idf: FloatArray, projection: FloatArray) -> str:
    digest = hashlib.sha256(idf.tobytes() + projection.tobytes()).hexdigest()
    return f"corpus-{projection.shape[1]}-{digest[:12]}"


def _corrupt(reason: str) -> LibraryCorrupt:
    return LibraryCorrupt("index_corrupt", f"语料编码器损坏({reason})", "请重建索引:policy-assistant reindex")
