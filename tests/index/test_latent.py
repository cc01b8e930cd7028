from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from corpus.errors import LibraryCorrupt
from index.latent import VOCABULARY_FILE, WEIGHTS_FILE, CorpusEncoder, Sparse, fit
from index.types import FloatArray

FIRE = [
    "电动自行车集中充电设施建设",
    "电动自行车违规停放充电整治",
    "高层建筑消防车通道畅通",
    "消防车通道占用整治",
    "高层建筑充电火灾",
]
WATER = ["防汛抗旱物资储备", "水库大坝防汛巡查", "抗旱应急水源建设", "水库除险加固与储备", "大坝安全巡查与水源"]


def random_sparse(rows: int, columns: int, seed: int = 0) -> tuple[Sparse, FloatArray]:
    generator = np.random.default_rng(seed)
    full = generator.standard_normal((rows, columns)).astype(np.float32)
    full[generator.random((rows, columns)) < 0.8] = 0
    full[rows // 2] = 0
    held = [np.flatnonzero(row) for row in full]
    starts = np.cumsum([0, *map(len, held)]).astype(np.int64)
    return Sparse(starts, np.concatenate(held), full[full != 0], columns), full


def test_sparse_products_equal_full_ones() -> None:
    sparse, full = random_sparse(300, 50)
    dense = np.random.default_rng(1).standard_normal((50, 4)).astype(np.float32)
    assert np.allclose(sparse.times(dense), full @ dense, atol=1e-5)
    assert np.allclose(sparse.transposed_times(full @ dense), full.T @ (full @ dense), atol=1e-3)


def test_the_subspace_is_that_of_a_full_decomposition() -> None:
    from index.latent import _principal

    sparse, full = random_sparse(40, 30)
    components, strengths = _principal(sparse, 30, np.random.default_rng(0))
    exact = np.linalg.svd(full, full_matrices=False)
    assert np.allclose(strengths, exact.S[: len(strengths)], rtol=1e-2)
    assert np.allclose(np.abs(np.sum(components[:, :3] * exact.Vh[:3].T, axis=0)), 1, atol=1e-2)


def test_texts_that_share_companions_of_words_come_nearer_than_others() -> None:
    _, vectors = fit([*FIRE, *WATER], dimension=4)
    same = vectors[:5] @ vectors[:5].T
    other = vectors[:5] @ vectors[5:].T
    assert same.mean() > other.mean() + 0.3


@pytest.mark.parametrize("n", [0, 1, 2, 19, 21, 200])
def test_any_number_of_texts_can_be_fitted(n: int) -> None:
    texts = [f"{(FIRE + WATER)[i % 10]}第{i}项" for i in range(n)]
    encoder, vectors = fit(texts, dimension=16)
    assert vectors.shape == (n, encoder.dimension) and vectors.dtype == np.float32
    assert 1 <= encoder.dimension <= 16
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


@pytest.mark.parametrize("texts", [["", ""], ["。。。"], ["安"]])
def test_texts_without_features_give_rows_of_zeros_or_one_direction(texts: list[str]) -> None:
    _, vectors = fit(texts)
    assert np.isfinite(vectors).all()


def test_fitting_twice_gives_the_same_encoder() -> None:
    first, vectors = fit(FIRE)
    second, again = fit(FIRE)
    assert first.name == second.name
    assert np.array_equal(vectors, again)
    assert fit(WATER)[0].name != first.name


def test_the_vectors_of_a_fit_are_those_the_encoder_gives() -> None:
    encoder, vectors = fit([*FIRE, *WATER])
    assert np.allclose(encoder.encode([*FIRE, *WATER]), vectors, atol=1e-6)


def test_an_unknown_text_has_a_zero_vector() -> None:
    encoder, _ = fit(FIRE)
    assert not encoder.encode(["xyz"]).any()
    assert encoder.encode([]).shape == (0, encoder.dimension)


def test_a_saved_encoder_is_the_same_one(tmp_path: Path) -> None:
    encoder, vectors = fit([*FIRE, *WATER])
    encoder.save(tmp_path / "encoder")
    again = CorpusEncoder.load(tmp_path / "encoder")
    assert again.name == encoder.name
    assert np.array_equal(again.encode([*FIRE, *WATER]), encoder.encode([*FIRE, *WATER]))


@pytest.mark.parametrize("name", [WEIGHTS_FILE, VOCABULARY_FILE])
@pytest.mark.parametrize("content", [b"", b"[]", b"\x00" * 64, None])
def test_a_damaged_encoder_is_refused(name: str, content: bytes | None, tmp_path: Path) -> None:
    fit(FIRE)[0].save(tmp_path / "encoder")
    if content is None:
        (tmp_path / "encoder" / name).unlink()
    else:
        (tmp_path / "encoder" / name).write_bytes(content)
    with pytest.raises(LibraryCorrupt, match="语料编码器"):
        CorpusEncoder.load(tmp_path / "encoder")
