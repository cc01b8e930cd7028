"""The nouns of the index: what is put in, what a search gives back, and the protocol of an encoder."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Unit:
    """One passage as the index takes it in.

    key: the catalog's integer id of the passage; never reused.  document_id: for filters.
    title: document title; path: heading path joined with " › "; text: the passage's own text.
    """

    key: int
    document_id: str
    title: str
    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found. score: fused, higher is better; ranks: 1-based rank per ranker that listed it ("words",
    "characters", "dense").  raw: what those rankers gave it by themselves, BM25 or cosine."""

    key: int
    document_id: str
    score: float
    ranks: Mapping[str, int] = field(default_factory=dict)
    raw: Mapping[str, float] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Strength:
    """How well the best passages fit a text, comparable between texts and libraries.

    characters, words: the best BM25 score as a share of the highest that the text's tokens could get, 0 to 1.
    ahead: how far the fifth passage is behind the best by characters, as a share of the best; 0 where all are alike.
    keys: the best passages by characters, best first.
    """

    characters: float = 0.0
    words: float = 0.0
    ahead: float = 0.0
    keys: tuple[int, ...] = field(default=(), compare=False)


class Encoder(Protocol):
    """Text to vectors. name identifies model and version, it is stored with the index."""

    @property
    def name(self) -> str: ...

    @property
    def dimension(self) -> int: ...

    def encode(self, texts: Sequence[str]) -> FloatArray:
        """Return float32 (n, dimension), rows L2-normalised (a text without any known token gives a zero row)."""
        ...


class Nearest(Protocol):
    """Compares a vector with those of the passages."""

    def search(
        self, vector: FloatArray, *, k: int, documents: Collection[str] | None = None
    ) -> list[tuple[int, float]]:
        """Rank by similarity with `vector`, float32 (dimension,): (key, score) pairs, best first, at most k."""
        ...


class Vectors(Nearest, Protocol):
    """A place outside the index that keeps the passage vectors, e.g. a server through `index.remote`."""

    def add(self, keys: Sequence[int], vectors: FloatArray, *, documents: Sequence[str]) -> None:
        """Take in vectors, float32 (n, dimension), L2-normalised, with the document each belongs to."""
        ...

    def remove(self, keys: Iterable[int]) -> int:
        """Forget these keys; gives the number of vectors removed."""
        ...
