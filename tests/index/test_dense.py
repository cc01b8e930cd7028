from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

import index.dense
from corpus.errors import LibraryCorrupt
from index.dense import FLAT_LIMIT, GROWTH, Dense, Part, Rows, Segment, to_join
from index.latent import unit_rows
from index.runs import Runs
from index.types import FloatArray

KEYS = [7 * i + 3 for i in range(60)]
RUNS = Runs.of_keys((key, f"文件{i % 3}") for i, key in enumerate(KEYS))


def vectors_of(n: int, dimension: int = 16, seed: int = 0) -> FloatArray:
    return unit_rows(np.random.default_rng(seed).standard_normal((n, dimension)).astype(np.float32))


def brute_force(vector: FloatArray, vectors: FloatArray, keys: Sequence[int]) -> list[int]:
    return [keys[i] for i in np.argsort(-(vectors @ vector), kind="stable")]


def part_of(folder: Path, keys: Sequence[int], vectors: FloatArray, name: str = "dense-1", limit: int = FLAT_LIMIT) -> Part:
    rows = Rows(vectors.shape[1], limit=limit)
    rows.add(keys, vectors)
    return rows.save(folder, name)


def dense_of(folder: Path, *parts: Part, gone: Sequence[int] = ()) -> Dense:
    return Dense(folder, parts, gone=gone, ranges=RUNS.ranges)


def test_the_ranking_is_that_of_a_full_comparison(tmp_path: Path) -> None:
    dense = dense_of(tmp_path, part_of(tmp_path, KEYS, vectors_of(60)))
    for query in vectors_of(5, seed=1):
        found = dense.search(query, k=20)
        assert [key for key, _ in found] == brute_force(query, vectors_of(60), KEYS)[:20]
        assert all(-1.0001 <= score <= 1.0001 for _, score in found)


@pytest.mark.parametrize("few", [0, 2_000])
def test_segments_rank_like_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    monkeypatch.setattr(index.dense, "FEW", few)
    vectors = vectors_of(60)
    parts = [part_of(tmp_path, KEYS[i : i + 20], vectors[i : i + 20], f"dense-{i}") for i in (0, 20, 40)]
    whole = dense_of(tmp_path, part_of(tmp_path, KEYS, vectors, "whole"))
    for query in vectors_of(5, seed=2):
        for documents in (None, ["文件1"], ["文件0", "文件2"]):
            apart = dense_of(tmp_path, *parts).search(query, k=25, documents=documents)
            together = whole.search(query, k=25, documents=documents)
            assert [key for key, _ in apart] == [key for key, _ in together]
            assert [score for _, score in apart] == pytest.approx([score for _, score in together], abs=1e-6)


@pytest.mark.parametrize("few", [0, 2_000])
def test_a_filter_gives_the_best_of_those_documents_however_low_they_rank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    monkeypatch.setattr(index.dense, "FEW", few)
    dense = dense_of(tmp_path, part_of(tmp_path, KEYS, vectors_of(60)))
    query = vectors_of(1, seed=2)[0]
    of_two = {key for first, count in RUNS.ranges("文件2") for key in range(first, first + count)}
    wanted = [key for key in brute_force(query, vectors_of(60), KEYS) if key in of_two]
    assert [key for key, _ in dense.search(query, k=5, documents=["文件2"])] == wanted[:5]
    assert len(dense.search(query, k=50, documents=["文件2"])) == 20
    assert dense.search(query, k=5, documents=["没有"]) == []


@pytest.mark.parametrize("few", [0, 2_000])
def test_keys_that_are_gone_are_passed_over_and_make_room_for_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    monkeypatch.setattr(index.dense, "FEW", few)
    part, query = part_of(tmp_path, KEYS, vectors_of(60)), vectors_of(1, seed=3)[0]
    ranking = brute_force(query, vectors_of(60), KEYS)
    dense = dense_of(tmp_path, part, gone=[*ranking[:5], 999_999])
    assert [key for key, _ in dense.search(query, k=10)] == ranking[5:15]
    left = dense.search(query, k=60, documents=["文件1"])
    assert not {key for key, _ in left} & set(ranking[:5])
    assert dense_of(tmp_path, part, gone=KEYS).search(query, k=3) == []


def test_blocks_of_a_segment_leave_out_what_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index.dense, "BLOCK", 7)
    segment = Segment(tmp_path, part_of(tmp_path, KEYS, vectors_of(60)))
    blocks = list(segment.blocks(np.array(KEYS[5:50], dtype=np.int64)))
    assert np.concatenate([keys for keys, _ in blocks]).tolist() == KEYS[:5] + KEYS[50:]
    assert np.allclose(np.concatenate([rows for _, rows in blocks]), vectors_of(60)[[*range(5), *range(50, 60)]])


def test_keys_must_ascend() -> None:
    rows = Rows(16)
    rows.add([1, 5], vectors_of(2))
    for keys in ([5, 6], [7, 7], [9, 8]):
        with pytest.raises(ValueError, match="ascend"):
            rows.add(keys, vectors_of(2))


def test_a_zero_vector_finds_nothing(tmp_path: Path) -> None:
    dense = dense_of(tmp_path, part_of(tmp_path, KEYS, vectors_of(60)))
    assert dense.search(np.zeros(16, dtype=np.float32), k=5) == []
    assert dense_of(tmp_path, Rows(16).save(tmp_path, "empty")).search(vectors_of(1)[0], k=5) == []


def test_files_that_are_no_segment_are_refused(tmp_path: Path) -> None:
    part = part_of(tmp_path, KEYS, vectors_of(60))
    with pytest.raises(LibraryCorrupt, match="行数"):
        dense_of(tmp_path, Part(part.name, 59))
    (tmp_path / part.files[0]).write_bytes(b"not an index")
    with pytest.raises(LibraryCorrupt, match="格式"):
        dense_of(tmp_path, part)
    with pytest.raises(LibraryCorrupt, match="读不出来"):
        dense_of(tmp_path, Part("missing", 60))


@pytest.mark.parametrize("mapped", [False, True])
def test_large_segments_are_kept_in_eight_bits_and_rank_nearly_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mapped: bool
) -> None:
    monkeypatch.setattr(index.dense, "MAP_FROM", 1 if mapped else 1 << 40)
    vectors, keys = vectors_of(600, 64), list(range(600))
    rows = Rows(64, limit=300)
    for first in range(0, 600, 100):
        rows.add(keys[first : first + 100], vectors[first : first + 100])
    small, large = part_of(tmp_path, keys, vectors, "small"), rows.save(tmp_path, "large")
    size = {part.name: (tmp_path / part.files[0]).stat().st_size for part in (small, large)}
    assert size["large"] < 0.4 * size["small"]
    exact, rounded = dense_of(tmp_path, small), dense_of(tmp_path, large)
    same = sum(rounded.search(v, k=1)[0][0] == exact.search(v, k=1)[0][0] for v in vectors_of(50, 64, seed=1))
    assert same >= 45


def test_joining_keeps_few_segments_and_rewrites_each_row_seldom() -> None:
    rows: list[int] = []
    rewritten = 0
    for _ in range(2_000):
        joined = to_join(rows, 10)
        old, rows = rows[len(rows) - joined :], rows[: len(rows) - joined]
        rewritten += sum(old)
        rows.append(sum(old) + 10)
        assert len(rows) <= 8
    assert sum(rows) == 20_000 and rewritten < 20_000 * 12
    assert to_join([1_000_000], 1_000_000 // GROWTH) == 0
