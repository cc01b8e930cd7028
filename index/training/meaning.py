"""Where token vectors start: words that keep the same company, from whole documents, before any pair is seen.

Positive pointwise mutual information of words within a few words of each other, reduced by a truncated singular value
decomposition (Levy, Goldberg and Dagan, "Improving distributional similarity with lessons learned from word embeddings", 2015).
The pairs alone say little about a word that few of them use; company says that 工资 and 劳动报酬 go together.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.latent import unit_rows
from index.types import FloatArray

if TYPE_CHECKING:
    from tokenizers import Tokenizer

WINDOW = 5
LEAST = 2
"""Meetings that two words need: what met once may be chance, and it is most of the table."""

SMOOTHING = 0.75
"""Power of the frequency of the word met, which keeps rare words from looking telling."""

SPREAD = 0.5
"""Components are weighted with their singular value to this power."""

OVERSAMPLING, ROUNDS = 10, 1
CHUNK = 3_000_000
"""Tokens counted at once."""

CUT = 5_000
"""Characters of a document tokenised at once."""


def starting_vectors(texts: Iterable[str], tokenizer: Tokenizer, dimension: int, *, seed: int) -> FloatArray:
    """Give every token a vector of length 1, or of zeros when it keeps no company: float32 (tokens, dimension)."""
    size = tokenizer.get_vocab_size()
    information = mutual_information(_meetings(texts, tokenizer, size))
    return unit_rows(_reduced(information, dimension, np.random.default_rng(seed)))


def _meetings(texts: Iterable[str], tokenizer: Tokenizer, size: int) -> Any:
    """Count how often two tokens stand within WINDOW of each other: a sparse matrix (size, size), near ones counting more."""
    from scipy import sparse

    total: Any = sparse.csr_matrix((size, size), dtype=np.float32)
    for ids in _chunks(texts, tokenizer):
        for apart in range(1, WINDOW + 1):
            left, right = ids[:-apart], ids[apart:]
            held = (left >= 0) & (right >= 0)
            weight = np.full(int(held.sum()), (WINDOW + 1 - apart) / WINDOW, dtype=np.float32)
            total = total + sparse.coo_matrix((weight, (left[held], right[held])), shape=(size, size)).tocsr()
    return total + total.T


def _chunks(texts: Iterable[str], tokenizer: Tokenizer) -> Iterable[NDArray[np.int32]]:
    """Give token ids of many texts in a row, WINDOW times -1 between two texts."""
    waiting: list[NDArray[np.int32]] = []
    held = 0
    between = np.full(WINDOW, -1, dtype=np.int32)
    for text in texts:
        pieces = [text[start : start + CUT] for start in range(0, len(text), CUT)]
        for encoding in tokenizer.encode_batch_fast(pieces, add_special_tokens=False):
            waiting += [np.array(encoding.ids, dtype=np.int32), between]
            held += len(encoding.ids)
        if held >= CHUNK:
            yield np.concatenate(waiting)
            waiting, held = [], 0
    if waiting:
        yield np.concatenate(waiting)


def mutual_information(meetings: Any) -> Any:
    """Turn counts into positive pointwise mutual information, in place of the counts: log p(a, b) / p(a) p(b), 0 when negative."""
    meetings = meetings.tocsr()
    meetings.data[meetings.data < LEAST] = 0
    meetings.eliminate_zeros()
    often = np.maximum(np.asarray(meetings.sum(axis=1)).ravel(), 1e-9)
    met = often**SMOOTHING
    rows = np.repeat(np.arange(meetings.shape[0]), np.diff(meetings.indptr))
    ratio = meetings.data * met.sum() / (often[rows] * met[meetings.indices])
    meetings.data = np.maximum(np.log(np.maximum(ratio, 1e-9)), 0).astype(np.float32)
    meetings.eliminate_zeros()
    return meetings


def _reduced(matrix: Any, dimension: int, generator: np.random.Generator) -> FloatArray:
    """Give the left singular vectors weighted by SPREAD, float32 (rows, dimension) (Halko, Martinsson and Tropp, 2011)."""
    width = min(dimension + OVERSAMPLING, *matrix.shape)
    basis = matrix @ generator.standard_normal((matrix.shape[1], width)).astype(np.float32)
    for _ in range(ROUNDS):
        basis = matrix @ (matrix.T @ np.linalg.qr(basis)[0])
    basis = np.linalg.qr(basis)[0]
    small = (matrix.T @ basis).T
    squares, turn = np.linalg.eigh((small @ small.T).astype(np.float64))
    order = np.argsort(-squares)[:dimension]
    strengths = np.sqrt(np.maximum(squares[order], 0))
    vectors = np.zeros((matrix.shape[0], dimension), dtype=np.float32)
    vectors[:, : len(order)] = (basis @ turn[:, order]) * strengths**SPREAD
    return vectors
