"""The dense index: passage vectors in immutable segments, compared with the question's by FAISS.

A segment is a FAISS file and the keys of its rows. What is added later becomes a segment of its own, what is removed is passed
over, and small segments are joined as they grow in number, so that adding a document never rewrites a large library (O'Neil et al.,
"The log-structured merge-tree", 1996). Rows are compared one by one, exactly up to `FLAT_LIMIT` vectors and with eight bits per
component beyond (recall .99 at a quarter of the memory); see `FLAT_LIMIT` for what was measured.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import LibraryCorrupt
from index.lexical import Ranking
from index.types import FloatArray

FLAT_LIMIT = 50_000
"""Rows of a segment kept as float32; larger ones are kept in eight bits per component. What graphs and lists would bring at 100,000 and a
million rows, and why they are not used, is measured in `eval/bench/README.md`."""

MAP_FROM = 32 << 20
"""Bytes from which a segment is mapped into memory instead of read."""

BYTE_LIMIT = 4 << 30
LOOP_LIMIT = 10**7
"""What one vector of a file may claim to hold; FAISS itself would try to allocate a terabyte."""

GROWTH = 4
"""A segment is joined with the ones after it once they hold more than 1 / GROWTH of its rows: each row is rewritten
O(log n) times, and there are O(log n) segments."""

BLOCK = 20_000
"""Rows copied at once while segments are joined."""

FEW = 2_000
"""Rows of the documents searched in up to which they are taken out and compared by themselves: to pass over a million others takes 1.8 ms."""

Keys = NDArray[np.int64]
Ranges = Callable[[str], Sequence[tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class Part:
    """A segment on disk: the files `name`.faiss and `name`.npy."""

    name: str
    rows: int

    @property
    def files(self) -> tuple[str, str]:
        return f"{self.name}.faiss", f"{self.name}.npy"


class Rows:
    """Vectors on their way into a segment: float32 while they are few, eight bits from `limit` on."""

    def __init__(self, dimension: int, *, limit: int = FLAT_LIMIT) -> None:
        import faiss

        self._index: Any = faiss.IndexFlatIP(dimension)
        self._limit = limit
        self._keys: list[Keys] = []
        self._last = -1

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def add(self, keys: Sequence[int] | Keys, vectors: FloatArray) -> None:
        """Take in rows, float32 (n, dimension), L2-normalised. Raises ValueError unless the keys ascend from call to call."""
        taken = np.asarray(keys, dtype=np.int64)
        if not len(taken):
            return
        if taken[0] <= self._last or (np.diff(taken) <= 0).any():
            raise ValueError("keys must ascend")
        self._last = int(taken[-1])
        self._keys.append(taken)
        self._index.add(np.ascontiguousarray(vectors, dtype=np.float32))
        if len(self) > self._limit and self._index.code_size == 4 * self._index.d:
            self._index = _in_eight_bits(self._index)

    def save(self, folder: Path, name: str) -> Part:
        """Write the segment into `folder`."""
        import faiss

        part = Part(name, len(self))
        vectors, keys = (folder / file for file in part.files)
        if _maps_files() and self._index.code_size * len(self) >= MAP_FROM:
            faiss.write_index(self._index, str(vectors))
        else:
            # FAISS opens files by narrow names, which fails for Chinese folders on Windows.
            vectors.write_bytes(faiss.serialize_index(self._index).tobytes())
        np.save(keys, np.concatenate(self._keys) if self._keys else np.empty(0, dtype=np.int64))
        return part


def _in_eight_bits(flat: Any) -> Any:
    import faiss

    index = faiss.IndexScalarQuantizer(flat.d, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT)
    # Rows to come may lie a little outside the range of the first ones.
    index.sq.rangestat_arg = 0.05
    rows = flat.reconstruct_n(0, flat.ntotal)
    index.train(rows)
    index.add(rows)
    return index


class Segment:
    """A segment open for reading."""

    def __init__(self, folder: Path, part: Part) -> None:
        """Open the files, which have been verified: FAISS itself answers wrongly after one changed bit. Raises LibraryCorrupt."""
        vectors, keys = (folder / file for file in part.files)
        try:
            self.index = _open(vectors)
            self.keys: Keys = np.load(keys, mmap_mode="r", allow_pickle=False)
        except OSError as error:
            raise _corrupt(f"读不出来:{error}") from error
        except (RuntimeError, ValueError) as error:
            raise _corrupt("格式不对") from error
        if self.keys.shape != (self.index.ntotal,) or self.index.ntotal != part.rows:
            raise _corrupt("行数与登记的不符")

    def places(self, ranges: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """Give where the rows begin and end whose key lies in one of the ranges (first key, number)."""
        bounds = np.array(ranges, dtype=np.int64).reshape(-1, 2)
        bounds[:, 1] += bounds[:, 0]
        found: list[tuple[int, int]] = [(start, stop) for start, stop in np.searchsorted(self.keys, bounds).tolist() if start < stop]
        return found

    def blocks(self, gone: Keys) -> Iterator[tuple[Keys, FloatArray]]:
        """Give keys and vectors without those `gone`, block by block."""
        for first in range(0, len(self.keys), BLOCK):
            keys = np.asarray(self.keys[first : first + BLOCK])
            kept = ~np.isin(keys, gone)
            yield keys[kept], self.index.reconstruct_n(first, len(keys))[kept]


def _open(path: Path) -> Any:
    import faiss

    faiss.set_deserialization_vector_byte_limit(BYTE_LIMIT)
    faiss.set_deserialization_loop_limit(LOOP_LIMIT)
    if _maps_files() and path.stat().st_size >= MAP_FROM:
        return faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
    return faiss.deserialize_index(np.frombuffer(path.read_bytes(), dtype=np.uint8))


def _maps_files() -> bool:
    return os.name == "posix"


class Dense:
    """Segments open for searching, with what was removed since they were written. May be shared between threads."""

    def __init__(self, folder: Path, parts: Sequence[Part], *, gone: Collection[int], ranges: Ranges) -> None:
        """Open the segments. gone: keys to pass over.  ranges: where the keys of a document lie. Raises LibraryCorrupt."""
        self._segments = [Segment(folder, part) for part in parts if part.rows]
        self._gone = np.fromiter(sorted(gone), dtype=np.int64, count=len(gone))
        self._ranges = ranges
        self._lock = Lock()
        self._present: dict[int, NDArray[np.bool_] | None] = {}

    def search(self, vector: FloatArray, *, k: int, documents: Collection[str] | None = None) -> Ranking:
        """Rank by inner product with `vector`, float32 (dimension,).  Scores in [-1, 1]; a zero vector finds nothing."""
        if not vector.any() or k < 1:
            return []
        found: Ranking = []
        ranges = None if documents is None else [place for document in documents for place in self._ranges(document)]
        for at, segment in enumerate(self._segments):
            rows = self._still_there(at)
            if ranges is None:
                found += _nearest(segment, vector, k, rows)
                continue
            places = segment.places(ranges)
            if sum(stop - start for start, stop in places) <= FEW:
                found += _compared(segment, vector, places, rows)
                continue
            chosen = np.zeros(len(segment.keys), dtype=np.bool_)
            for start, stop in places:
                chosen[start:stop] = True
            found += _nearest(segment, vector, k, chosen if rows is None else chosen & rows)
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:k]

    def _still_there(self, at: int) -> NDArray[np.bool_] | None:
        """Mark the rows of a segment that were not removed; None when none was."""
        with self._lock:
            if at not in self._present:
                kept = ~np.isin(self._segments[at].keys, self._gone) if len(self._gone) else None
                self._present[at] = None if kept is None or kept.all() else kept
            return self._present[at]


def _compared(segment: Segment, vector: FloatArray, places: Sequence[tuple[int, int]], rows: NDArray[np.bool_] | None) -> Ranking:
    """Compare the vector with the rows at these places one by one, without those not among `rows`."""
    found: Ranking = []
    for start, stop in places:
        kept = slice(None) if rows is None else rows[start:stop]
        scores = segment.index.reconstruct_n(start, stop - start) @ vector
        found += zip(segment.keys[start:stop][kept].tolist(), scores[kept].tolist(), strict=True)
    return found


def _nearest(segment: Segment, vector: FloatArray, k: int, rows: NDArray[np.bool_] | None) -> Ranking:
    import faiss

    parameters = None
    if rows is not None:
        if not rows.any():
            return []
        bits = np.packbits(rows, bitorder="little")
        selector: Any = faiss.IDSelectorBitmap
        parameters = faiss.SearchParameters(sel=selector(bits))  # type: ignore[call-arg]
    with _one_thread():
        scores, places = segment.index.search(vector[np.newaxis], min(k, len(segment.keys)), params=parameters)
    # FAISS pads with -1 when the filter leaves fewer than k.
    held = places[0] >= 0
    return list(zip(segment.keys[places[0][held]].tolist(), scores[0][held].tolist(), strict=True))


def to_join(rows: Sequence[int], added: int) -> int:
    """Tell how many of the last segments, by their rows, are to be joined with `added` new rows."""
    joined = 0
    while joined < len(rows) and rows[-1 - joined] < GROWTH * added:
        added += rows[-1 - joined]
        joined += 1
    return joined


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
