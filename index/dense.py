"""The dense index: every passage vector compared with the question's, exactly, by FAISS.

Flat inner product up to 50,000 vectors, eight bits per component beyond (recall .99 at a quarter of the memory). Graph and
inverted-file indexes lost recall or took minutes to build at the sizes this product serves.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from corpus.errors import LibraryCorrupt
from index.lexical import Ranking
from index.types import FloatArray

FLAT_LIMIT = 50_000
"""Vectors kept as float32; more than that are kept in eight bits per component."""

BYTE_LIMIT = 4 << 30
LOOP_LIMIT = 10**7
"""What one vector of a file may claim to hold; FAISS itself would try to allocate a terabyte."""


class Dense:
    """Vectors under the catalog's keys. Not to be changed while another thread searches."""

    def __init__(self, index: Any, keys_of: Mapping[str, Sequence[int]]) -> None:
        """For `empty` and `open`."""
        self._index = index
        self._keys_of = {document: list(keys) for document, keys in keys_of.items()}

    @classmethod
    def empty(cls, dimension: int, *, expected: int = 0) -> Dense:
        """Make an index for `dimension` components; `expected` vectors decide how they are kept."""
        import faiss

        kind = "IDMap2,Flat" if expected <= FLAT_LIMIT else "IDMap2,SQ8"
        return cls(faiss.index_factory(dimension, kind, faiss.METRIC_INNER_PRODUCT), {})

    @classmethod
    def open(cls, path: Path, keys_of: Mapping[str, Sequence[int]], *, sha256: str) -> Dense:
        """Read the file that `save` wrote.

        keys_of: the keys of each document, for filters.
        Raises LibraryCorrupt unless the file's SHA-256 is `sha256`: FAISS itself answers wrongly after one changed bit.
        """
        import faiss

        try:
            content = path.read_bytes()
        except OSError as error:
            raise _corrupt(f"读不出来:{error}") from error
        if hashlib.sha256(content).hexdigest() != sha256:
            raise _corrupt("内容与登记的校验值不符")
        faiss.set_deserialization_vector_byte_limit(BYTE_LIMIT)
        faiss.set_deserialization_loop_limit(LOOP_LIMIT)
        try:
            return cls(faiss.deserialize_index(np.frombuffer(content, dtype=np.uint8)), keys_of)
        except RuntimeError as error:
            raise _corrupt("格式不对") from error

    def save(self, path: Path) -> None:
        """Write everything to `path`, which must be new."""
        import faiss

        path.write_bytes(faiss.serialize_index(self._index).tobytes())

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def add(self, keys: Sequence[int], vectors: FloatArray, *, documents: Sequence[str]) -> None:
        """Take in vectors, float32 (n, dimension), L2-normalised, under new keys, with the document each belongs to."""
        if not len(keys):
            return
        if not self._index.is_trained:
            self._index.train(vectors)
        self._index.add_with_ids(vectors, np.asarray(keys, dtype=np.int64))
        for key, document in zip(keys, documents, strict=True):
            self._keys_of.setdefault(document, []).append(key)

    def remove(self, keys: Iterable[int]) -> int:
        """Forget these keys; gives the number of vectors removed."""
        return int(self._index.remove_ids(np.fromiter(keys, dtype=np.int64)))

    def search(self, vector: FloatArray, *, k: int, documents: Collection[str] | None = None) -> Ranking:
        """Rank by inner product with `vector`, float32 (dimension,).  Scores in [-1, 1]; a zero vector finds nothing."""
        import faiss

        if not vector.any() or k < 1 or not len(self):
            return []
        parameters = None
        if documents is not None:
            keys = [key for document in sorted(documents) for key in self._keys_of.get(document, ())]
            if not keys:
                return []
            selector = faiss.IDSelectorBatch(np.asarray(keys, dtype=np.int64))
            parameters = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
        with _one_thread():
            scores, found = self._index.search(vector[np.newaxis], min(k, len(self)), params=parameters)
        # FAISS pads with key -1 when the filter leaves fewer than k.
        pairs = [(int(key), float(score)) for key, score in zip(found[0], scores[0], strict=True) if key >= 0]
        return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))


@contextmanager
def _one_thread() -> Iterator[None]:
    """Hold FAISS to the calling thread: a second one gains nothing for a single query, and waiting for it on a busy machine
    took ten times as long as the search."""
    import faiss

    before = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)
    try:
        yield
    finally:
        faiss.omp_set_num_threads(before)


def _corrupt(reason: str) -> LibraryCorrupt:
    return LibraryCorrupt("index_corrupt", f"向量索引文件损坏({reason})", "请重建索引:policy-assistant reindex")
