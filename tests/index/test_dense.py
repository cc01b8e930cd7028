from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import LibraryCorrupt
from index.dense import FLAT_LIMIT, Dense
from index.latent import unit_rows
from index.types import FloatArray

KEYS = [7 * i + 3 for i in range(60)]
DOCUMENTS = [f"文件{i % 3}" for i in range(60)]


def vectors_of(n: int, dimension: int = 16, seed: int = 0) -> FloatArray:
    return unit_rows(np.random.default_rng(seed).standard_normal((n, dimension)).astype(np.float32))


def brute_force(vector: FloatArray, vectors: FloatArray, keys: list[int]) -> list[int]:
    return [keys[i] for i in np.argsort(-(vectors @ vector), kind="stable")]


@pytest.fixture
def dense() -> Dense:
    dense = Dense.empty(16)
    dense.add(KEYS, vectors_of(60), documents=DOCUMENTS)
    return dense


def saved(dense: Dense, path: Path) -> str:
    dense.save(path)
    return hashlib.sha256(path.read_bytes()).hexdigest()


def keys_of() -> dict[str, list[int]]:
    return {name: [key for key, d in zip(KEYS, DOCUMENTS, strict=True) if d == name] for name in set(DOCUMENTS)}


def test_the_ranking_is_that_of_a_full_comparison(dense: Dense) -> None:
    for query in vectors_of(5, seed=1):
        found = dense.search(query, k=20)
        assert [key for key, _ in found] == brute_force(query, vectors_of(60), KEYS)[:20]
        assert all(-1.0001 <= score <= 1.0001 for _, score in found)


def test_a_filter_gives_the_best_of_those_documents_however_low_they_rank(dense: Dense) -> None:
    query = vectors_of(1, seed=2)[0]
    wanted = [key for key in brute_force(query, vectors_of(60), KEYS) if key in keys_of()["文件2"]]
    assert [key for key, _ in dense.search(query, k=5, documents=["文件2"])] == wanted[:5]
    assert len(dense.search(query, k=50, documents=["文件2"])) == 20
    assert dense.search(query, k=5, documents=["没有"]) == []


def test_removed_keys_are_gone_and_new_ones_are_found(dense: Dense) -> None:
    query = vectors_of(60)[0]
    assert dense.search(query, k=1)[0][0] == KEYS[0]
    assert dense.remove([KEYS[0], 999_999]) == 1
    assert dense.search(query, k=1)[0][0] != KEYS[0]
    dense.add([10**12], query[np.newaxis], documents=["新"])
    [(key, score)] = dense.search(query, k=1, documents=["新"])
    assert key == 10**12 and score == pytest.approx(1.0)
    assert len(dense) == 60


def test_a_saved_index_gives_the_same_answers(dense: Dense, tmp_path: Path) -> None:
    digest = saved(dense, tmp_path / "中文.faiss")
    again = Dense.open(tmp_path / "中文.faiss", keys_of(), sha256=digest)
    query = vectors_of(1, seed=3)[0]
    assert again.search(query, k=9, documents=["文件1"]) == dense.search(query, k=9, documents=["文件1"])


def test_a_zero_vector_finds_nothing(dense: Dense) -> None:
    assert dense.search(np.zeros(16, dtype=np.float32), k=5) == []
    assert Dense.empty(16).search(vectors_of(1)[0], k=5) == []


def test_every_damaged_file_is_refused(dense: Dense, tmp_path: Path) -> None:
    path = tmp_path / "dense.faiss"
    digest = saved(dense, path)
    content = path.read_bytes()
    generator = np.random.default_rng(0)
    for place in generator.integers(0, len(content), 40):
        path.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        with pytest.raises(LibraryCorrupt):
            Dense.open(path, {}, sha256=digest)
    path.write_bytes(content[: len(content) // 2])
    with pytest.raises(LibraryCorrupt):
        Dense.open(path, {}, sha256=digest)


def test_a_file_that_is_no_index_is_refused_even_with_the_right_digest(tmp_path: Path) -> None:
    path = tmp_path / "dense.faiss"
    path.write_bytes(b"not an index")
    with pytest.raises(LibraryCorrupt, match="格式"):
        Dense.open(path, {}, sha256=hashlib.sha256(b"not an index").hexdigest())
    with pytest.raises(LibraryCorrupt, match="读不出来"):
        Dense.open(tmp_path / "missing", {}, sha256="")


def test_large_collections_are_kept_in_eight_bits_and_rank_nearly_the_same(tmp_path: Path) -> None:
    vectors = vectors_of(600, 64)
    small, large = Dense.empty(64), Dense.empty(64, expected=FLAT_LIMIT + 1)
    for dense in (small, large):
        dense.add(list(range(600)), vectors, documents=["甲"] * 600)
    small.save(tmp_path / "small")
    large.save(tmp_path / "large")
    assert (tmp_path / "large").stat().st_size < 0.4 * (tmp_path / "small").stat().st_size
    same = sum(large.search(v, k=1)[0][0] == small.search(v, k=1)[0][0] for v in vectors_of(50, 64, seed=1))
    assert same >= 45
