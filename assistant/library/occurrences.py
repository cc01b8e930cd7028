"""How many passages of a small library hold a text: asked hundreds of times a question, mostly of texts that stand nowhere."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate, pairwise

_BETWEEN = "\0"
"""Stands between two passages; folding leaves no control characters."""


class Occurrences:
    """Folded passages, joined to be searched in one go. Never modified."""

    def __init__(self, passages: Iterable[str]) -> None:
        folded = tuple(passages)
        self._count = len(folded)
        self._joined = _BETWEEN.join(folded)
        self._ends = tuple(accumulate(len(passage) + len(_BETWEEN) for passage in folded))
        self._pairs = frozenset(a + b for passage in folded for a, b in pairwise(passage))

    def count(self, text: str) -> int:
        """Count the passages that hold the folded `text`."""
        if not text:
            return self._count
        # Most of what is asked for was made from a word by changing one character: a pair of it stands nowhere.
        if any(text[at : at + 2] not in self._pairs for at in range(len(text) - 1)):
            return 0
        found, at = 0, self._joined.find(text)
        while at >= 0:
            found += 1
            at = self._joined.find(text, self._ends[bisect_right(self._ends, at)])
        return found
