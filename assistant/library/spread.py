"""The places of a search spread over documents: one that repeats itself, or many that copy one another, do not take them all.

Passages that say nearly the same as better ones go to the end, and so do those of a document beyond its share; nothing is left out while
there is nothing else to show.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from operator import add

from assistant.library.library import Found
from assistant.library.surroundings import Place, Places
from corpus.text import fold

SAME = 0.7
"""Share of the pairs of characters that two passages have in common, from which on they say the same."""
COPIES_SHOWN = 2
SHARE = 0.5
"""Of the places, as long as other documents have something to show."""

PASSAGES = 2
"""Passages looked at for a place, so that those of one stretch come together."""


def spread(found: Iterable[Found], k: int, *, first: Iterable[Found] = ()) -> list[Place]:
    """Give `k` places of passages, the best first, which are asked for no longer than is needed; scores stay in descending order, each
    place keeps its own.  first: passages whose places come before all others, from whatever document."""
    most = max(1, math.ceil(SHARE * k))
    places = Places()
    copies = _Copies()
    of: Counter[str] = Counter()
    put_off: list[Found] = []
    for one in first:
        places.add(one)
    for seen, one in enumerate(found, 1):
        if not places.holds(one):
            if (of[one.document.id] >= most and not places.extends(one)) or copies.too_many(one):
                put_off.append(one)
            elif places.add(one):
                of[one.document.id] += 1
        if len(places) >= k and seen >= PASSAGES * k:
            break
    for one in put_off:
        if len(places) >= k:
            break
        places.add(one)
    chosen = places.best()[:k]
    scores = sorted((one.score for one in chosen), reverse=True)
    return [replace(one, score=score) for one, score in zip(chosen, scores, strict=True)]


class _Copies:
    """What the passages so far say, and how often each was said."""

    def __init__(self) -> None:
        self._kept: list[tuple[frozenset[str], int]] = []

    def too_many(self, one: Found) -> bool:
        """Note a passage; was the same said often enough before?"""
        pairs = _pairs(one.passage.span.of(one.document.text))
        at = next((n for n, (other, _) in enumerate(self._kept) if _alike(pairs, other)), None)
        if at is None:
            self._kept.append((pairs, 1))
            return False
        first, times = self._kept[at]
        self._kept[at] = (first, times + 1)
        return times >= COPIES_SHOWN


def _pairs(text: str) -> frozenset[str]:
    plain = "".join(filter(str.isalpha, fold(text)))
    return frozenset(map(add, plain, plain[1:])) or frozenset((plain,))


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    if SAME * max(len(one), len(other)) > min(len(one), len(other)):
        return False
    return len(one & other) >= SAME * len(one | other)
