"""The places of a search spread over documents: one that repeats itself, or many that copy one another, do not take them all.

Passages that say nearly the same as better ones go to the end, and so do those of a document beyond its share; nothing is left out while
there is nothing else to show.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Protocol

from assistant.surroundings import Place
from corpus.text import fold

SAME = 0.7
"""Share of the pairs of characters that two passages have in common, from which on they say the same."""
COPIES_SHOWN = 2
SHARE = 0.5
"""Of the places, as long as other documents have something to show."""


_DEEPER = (8, 40)
"""How many times as many passages are looked at when copies take the places."""
_DEEPEST = 400


class Search(Protocol):
    """Gives the k best places, the best first."""

    def __call__(self, *, k: int) -> Iterable[Place]: ...


def spread(search: Search, k: int) -> list[Place]:
    """Give `k` places. Only where some were put off is there a search for more; scores stay in descending order, each place keeps its own."""
    found = list(search(k=k))
    placed, put_off = _placed(found, k)
    for times in _DEEPER:
        if not put_off or len(placed) >= k or len(found) >= _DEEPEST:
            break
        found = list(search(k=min(times * k, _DEEPEST)))
        placed, put_off = _placed(found, k)
    chosen = (placed + put_off)[:k]
    scores = sorted((one.score for one in chosen), reverse=True)
    return [replace(one, score=score) for one, score in zip(chosen, scores, strict=True)]


def _placed(found: list[Place], k: int) -> tuple[list[Place], list[Place]]:
    """Part the places, the best first, into those that take one of `k` places and those that go to the end."""
    most = max(1, math.ceil(SHARE * k))
    several = len({one.document.id for one in found}) > 1
    of: Counter[str] = Counter()
    kept: list[tuple[frozenset[str], int]] = []
    placed: list[Place] = []
    put_off: list[Place] = []
    for one in found:
        pairs = _pairs(one.span.of(one.document.text))
        at = next((n for n, (other, _) in enumerate(kept) if _alike(pairs, other)), None)
        if len(placed) >= k or (several and of[one.document.id] >= most) or (at is not None and kept[at][1] >= COPIES_SHOWN):
            put_off.append(one)
            continue
        if at is None:
            kept.append((pairs, 1))
        else:
            kept[at] = (kept[at][0], kept[at][1] + 1)
        of[one.document.id] += 1
        placed.append(one)
    return placed, put_off


def _pairs(text: str) -> frozenset[str]:
    plain = "".join(c for c in fold(text) if c.isalpha())
    return frozenset(a + b for a, b in zip(plain, plain[1:], strict=False)) or frozenset((plain,))


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= SAME * len(one | other)
