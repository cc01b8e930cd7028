"""What the reader knows before training: the table of characters, and word vectors reduced from the shipped encoder's."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.latent import unit_rows
from index.reading.features import RARE, Lexicon, codes_of, key_of
from index.static import TOKENIZER_FILE, StaticEncoder
from index.types import FloatArray

WORDS = 50_000
"""Words whose vectors are kept, the most frequent ones."""

NEIGHBOURS, NEIGHBOURED, ALIKE = 5, 20_000, 0.5
"""Words nearest in meaning that may stand for a word; for so many words; least cosine."""


Start = tuple[Lexicon, FloatArray, dict[str, list[str]]]
"""The lexicon, vectors of its words, and words that may stand for a word."""


def start_of(encoder: Path, texts: Iterable[str], *, size: int) -> Start:
    """Give the lexicon, word vectors (words + 1, size) of about length 1 with row 0 zero, and the neighbours of words."""
    words, rarity = _words(encoder)
    vectors = StaticEncoder(encoder).encode(words)
    near = neighbours(words[:NEIGHBOURED], vectors[:NEIGHBOURED])
    keys = np.array([key_of(word) for word in words], dtype=np.uint32)
    order = np.argsort(keys, kind="stable")
    lexicon = Lexicon(
        _characters(texts),
        keys[order],
        (order + 1).astype(np.int32),
        np.concatenate([[RARE], rarity]).astype(np.float32),
    )
    return lexicon, np.concatenate([np.zeros((1, size), dtype=np.float32), reduced(vectors, size)]), near


def _words(encoder: Path) -> tuple[list[str], FloatArray]:
    """Read words and their rarity, the negative log of their share less that of everyday words."""
    pieces = json.loads((encoder / TOKENIZER_FILE).read_text(encoding="utf-8"))["model"]["vocab"]
    kept = sorted((pair for pair in pieces[1:] if pair[0].strip("▁")), key=lambda pair: -pair[1])[:WORDS]
    rarity = np.clip(np.array([-score for _, score in kept]) - 5.0, 0.1, RARE)
    return [str(piece) for piece, _ in kept], rarity.astype(np.float32)


def _characters(texts: Iterable[str], least: int = 3) -> NDArray[np.uint32]:
    counts: Counter[int] = Counter()
    for text in texts:
        codes, times = np.unique(codes_of(text), return_counts=True)
        counts.update(dict(zip(codes.tolist(), times.tolist(), strict=True)))
    return np.array(sorted(code for code, times in counts.items() if times >= least and code != 0xFFFD), dtype=np.uint32)


def reduced(vectors: FloatArray, size: int) -> FloatArray:
    """Turn vectors onto their `size` principal axes, scaled so that a component is about 1 in the mean."""
    centred = vectors - vectors.mean(axis=0)
    squares, turn = np.linalg.eigh((centred.T @ centred).astype(np.float64))
    axes = turn[:, np.argsort(-squares)[:size]].astype(np.float32)
    return unit_rows(np.ascontiguousarray(centred @ axes)) * np.float32(np.sqrt(size) / 2)


def neighbours(words: Sequence[str], vectors: FloatArray) -> dict[str, list[str]]:
    """Find the words nearest in meaning to each, two characters long at least."""
    found: dict[str, list[str]] = {}
    long = np.array([len(word) > 1 for word in words])
    for first in range(0, len(words), 1000):
        likeness = vectors[first : first + 1000] @ vectors.T
        likeness[:, ~long] = -1
        best = np.argpartition(-likeness, NEIGHBOURS + 1, axis=1)[:, : NEIGHBOURS + 1]
        for row, places in enumerate(best.tolist()):
            word = words[first + row]
            kept = [words[place] for place in places if likeness[row, place] > ALIKE and words[place] != word]
            if len(word) > 1 and kept:
                found[word] = kept
    return found
