"""What the networks see of a text: characters, words and their kinds, and what question and passage have in common.

Everything is per character of the text as it is, so a span of the network is a span of the text. NumPy and the segmenter only.
"""

from __future__ import annotations

import unicodedata
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.types import FloatArray

Whole = NDArray[np.int32]

TAGS = (
    "", "n", "nr", "ns", "nt", "nz", "nrt", "ng", "v", "vn", "vd", "vg", "a", "ad", "an", "ag", "d", "m", "q", "t", "s", "f", "r",
    "p", "c", "u", "e", "y", "o", "h", "k", "i", "l", "j", "b", "z", "eng", "x", "zg", "number", "stop", "comma", "mark", "title",
)  # fmt: skip
"""Kinds of words: the segmenter's, and our own for figures and punctuation. A network is trained for this order; add at the end."""

_TAG_OF = {tag: row for row, tag in enumerate(TAGS)}
_MARKS = {**dict.fromkeys("。!?;\n", "stop"), **dict.fromkeys(",、:", "comma"), **dict.fromkeys("《》〈〉“”‘’「」『』\"", "title")}

FEATURES = 13
"""Columns of `shared`."""

NEAR = (8, 24, 80)
"""Characters to each side over which matches are summed."""

RARE = 10.0
"""Weight of a word that the table does not list."""


@dataclass(frozen=True, slots=True)
class Analysed:
    """A text for the networks. All arrays are per character (n,).

    codes: folded code points.  rows: rows of the character table.  keys: checksum of the word here.  words: its row in the word
    table, 0 for none.  tags: its kind.  places: first (0), inside (1), last (2) character of it, or its only one (3).
    weights: its rarity.  sizes: its length.  sentences: number of the sentence.
    """

    text: str
    codes: Whole
    rows: Whole
    keys: NDArray[np.uint32]
    words: Whole
    tags: Whole
    places: Whole
    weights: FloatArray
    sizes: FloatArray
    sentences: Whole

    def __len__(self) -> int:
        return len(self.codes)

    def part(self, start: int, end: int) -> Analysed:
        """Cut out the characters from `start` to `end`."""
        at = slice(start, end)
        return Analysed(
            self.text[at], self.codes[at], self.rows[at], self.keys[at], self.words[at], self.tags[at], self.places[at],
            self.weights[at], self.sizes[at], self.sentences[at],
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What is known of characters and words before any text is seen.

    characters: code points in the order of their rows, row 0 stands for all others and row 1 for padding.
    keys: sorted checksums of words, uint32 (n,); rows: their rows in the word table, from 1; weights: rarity by row, (n + 1,).
    """

    characters: NDArray[np.uint32]
    keys: NDArray[np.uint32]
    rows: Whole
    weights: FloatArray

    def analyser(self) -> Callable[[str], Analysed]:
        """Give the function that analyses a text."""
        table = np.zeros(0x10000, dtype=np.int32)
        known = self.characters[self.characters < len(table)]
        table[known] = np.arange(2, 2 + len(known), dtype=np.int32)
        cut = segmenter()

        def analyse(text: str) -> Analysed:
            return _analysed(text, table, self, cut)

        return analyse

    def rows_of(self, keys: NDArray[np.uint32]) -> Whole:
        """Give the rows of words in the word table by their checksums, 0 for one that is not there."""
        if not len(self.keys):
            return np.zeros(len(keys), dtype=np.int32)
        at = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        rows: Whole = np.where(self.keys[at] == keys, self.rows[at], 0).astype(np.int32)
        return rows


@cache
def segmenter() -> Callable[[str], list[tuple[str, str]]]:
    """Give the segmenter that also tells kinds; its own dictionary only, so that a network always sees the same words.

    It is the one that the package opens when it is imported, and that nothing here teaches a word: another takes 25 MB.
    """
    import rjieba

    tag: Any = rjieba.tag
    return tag  # type: ignore[no-any-return]


@cache
def folding() -> NDArray[np.uint32]:
    """Give the folded code point of every code point of the first plane: NFKC and lower case where that is one character."""
    table = np.arange(0x10000, dtype=np.uint32)
    for code in (*range(0x80), *range(0xA0, 0x250), *range(0x370, 0x530), *range(0x2000, 0x3100), *range(0xF900, 0x10000)):
        if code in range(0xD800, 0xE000):
            continue
        folded = unicodedata.normalize("NFKC", chr(code)).lower()
        if len(folded) == 1:
            table[code] = ord(folded)
    return table


def codes_of(text: str) -> Whole:
    """Give the folded code points; characters beyond the first plane become one code."""
    raw = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    codes: Whole = folding()[np.where(raw < 0x10000, raw, 0xFFFD)].astype(np.int32)
    return codes


def key_of(word: str) -> int:
    """Give the checksum a word is known by."""
    return zlib.crc32(word.encode("utf-8", "surrogatepass"))


def _analysed(
    text: str, table: Whole, lexicon: Lexicon, cut: Callable[[str], list[tuple[str, str]]]
) -> Analysed:
    codes = codes_of(text)
    folded = codes.astype("<u4").tobytes().decode("utf-32-le", "replace")
    pieces = cut(folded)
    keys = np.array([key_of(word) for word, _ in pieces], dtype=np.uint32)
    rows = lexicon.rows_of(keys)
    sizes = np.array([len(word) for word, _ in pieces], dtype=np.int32)
    tags = np.array([_TAG_OF.get(_kind(word, tag), 0) for word, tag in pieces], dtype=np.int32)
    heavy = np.array([_weight(row, tag, lexicon.weights) for row, tag in zip(rows, tags, strict=True)], dtype=np.float32)
    ends = np.cumsum(sizes)
    where = np.ones(len(codes), dtype=np.int32)
    if len(ends):
        where[ends - 1] = 2
        where[ends - sizes] = 0
        where[(ends - 1)[sizes == 1]] = 3
    spread = np.repeat(np.arange(len(pieces)), sizes)
    tag_here = tags[spread]
    stops = tag_here == _TAG_OF["stop"]
    sentences = np.cumsum(stops) - stops
    return Analysed(
        text, codes, table[codes], keys[spread], rows[spread], tag_here, where,
        heavy[spread], sizes[spread].astype(np.float32), sentences.astype(np.int32),
    )  # fmt: skip


def _kind(word: str, tag: str) -> str:
    if tag == "x" and len(word) == 1:
        return _MARKS.get(word, "mark" if not word.isalnum() else "x")
    if word[0].isdigit() and word[-1].isdigit():
        return "number"
    return tag


def _weight(row: int, tag: int, weights: FloatArray) -> float:
    if TAGS[tag] in {"stop", "comma", "mark", "title"}:
        return 0.0
    return float(weights[row]) if row else RARE


def shared(text: Analysed, other: Analysed) -> FloatArray:
    """Tell what each character of `text` has in common with `other`: (n, FEATURES), all about 0 to 1."""
    size = len(text)
    found = np.zeros((size, FEATURES), dtype=np.float32)
    if not size or not len(other):
        return found
    one = np.isin(text.codes, other.codes)
    two = _runs(text.codes, other.codes, 2)
    three = _runs(text.codes, other.codes, 3)
    found[:, 0] = one
    found[: size - 1, 1] = two
    found[1:, 2] = two
    if len(three):
        covered = np.zeros(size, dtype=bool)
        for at in range(3):
            covered[at : size - 2 + at] |= three
        found[:, 3] = covered
    asked, first = np.unique(other.keys, return_index=True)
    weighed = other.weights[first]
    word = np.isin(text.keys, asked[weighed > 0])
    total = max(float(weighed.sum()), 1.0)
    found[:, 4] = word
    found[:, 5] = word * text.weights / RARE
    mass: FloatArray = (word * text.weights / np.maximum(text.sizes, 1) / total).astype(np.float32)
    for column, near in enumerate(NEAR, 6):
        found[:, column] = _around(mass, near)
    found[: size - 1, 9] = two
    found[:, 9] = _around(found[:, 9], NEAR[1]) / max(len(other), 1)
    found[:, 10], found[:, 11] = _covered(text, asked, weighed / total)
    found[:, 12] = text.weights / RARE
    return np.minimum(found, 2.0)


def _runs(codes: Whole, other: Whole, size: int) -> NDArray[np.bool_]:
    """Tell which runs of `size` characters of `codes` are also in `other`: (n - size + 1,)."""
    if len(codes) < size or len(other) < size:
        return np.zeros(max(len(codes) - size + 1, 0), dtype=bool)
    return np.isin(_joined(codes, size), _joined(other, size))


def _joined(codes: Whole, size: int) -> NDArray[np.int64]:
    wide = codes.astype(np.int64)
    joined = wide[: len(wide) - size + 1].copy()
    for at in range(1, size):
        joined = (joined << 16) | wide[at : len(wide) - size + 1 + at]
    return joined


def _around(mass: FloatArray, near: int) -> FloatArray:
    """Sum `mass` from `near` characters before to `near` behind."""
    sums = np.concatenate([[0.0], np.cumsum(mass, dtype=np.float64)])
    at = np.arange(len(mass))
    around: FloatArray = (sums[np.minimum(at + near + 1, len(mass))] - sums[np.maximum(at - near, 0)]).astype(np.float32)
    return around


def _covered(text: Analysed, asked: NDArray[np.uint32], shares: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Tell how much of what is asked the sentence here says, and whether no other says more."""
    starts = np.flatnonzero(np.diff(text.sentences, prepend=text.sentences[0] - 1))
    said = np.maximum.reduceat(text.keys[:, np.newaxis] == asked, starts, axis=0)
    share = said @ shares
    sizes = np.diff(starts, append=len(text))
    return np.repeat(share, sizes).astype(np.float32), np.repeat(share >= share.max() - 1e-6, sizes).astype(np.float32)


def batches(sizes: Sequence[int], most: int) -> list[list[int]]:
    """Group places of `sizes` so that no group holds more than `most` in sum, one at least."""
    groups: list[list[int]] = []
    held = most
    for at, size in enumerate(sizes):
        if held + size > most:
            groups.append([])
            held = 0
        groups[-1].append(at)
        held += size
    return groups
