"""The measures of a reading network; they stand in its card and in the header of its weights."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shape:
    """characters: rows of the character table.  embedding, words, tags: components of a character, a word, a kind of word.
    width: of every layer.  kernel: characters a block looks at.  below, above: dilations of the blocks before and after question
    and passage meet.  head: width before the logits.
    """

    characters: int
    embedding: int = 64
    words: int = 64
    tags: int = 16
    width: int = 128
    kernel: int = 7
    below: tuple[int, ...] = (1, 1)
    above: tuple[int, ...] = (1, 2, 4, 8, 1, 2)
    head: int = 64
