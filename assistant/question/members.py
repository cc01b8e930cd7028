"""Whether the surroundings of a value speak of the same member of a family (二级 of 一级、二级、三级) as the question does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from assistant.lexicon.members import NUMBERED, OPPOSITES

SAME, AMONG, OTHER = "same", "among", "other"
"""The text names the member asked for alone, among others, or only others."""

_OPPOSITES = tuple(re.compile("|".join(f"({words})" for words in row)) for row in OPPOSITES)
_NUMBERED = tuple(re.compile(pattern) for pattern in NUMBERED)
_EQUAL = dict(zip(("i", "ii", "iii", "iv", "v", "1", "2", "3", "4", "5", "6", "两"), "一二三四五一二三四五六二", strict=True))


@lru_cache(maxsize=4096)
def members_in(folded: str) -> dict[int, frozenset[str]]:
    """Give the members that folded text names, by family."""
    found: dict[int, frozenset[str]] = {}
    for at, pattern in enumerate(_OPPOSITES):
        if named := frozenset(str(match.lastindex) for match in pattern.finditer(folded)):
            found[at] = named
    for at, pattern in enumerate(_NUMBERED, len(_OPPOSITES)):
        if named := frozenset(_EQUAL.get(match[1], match[1]) for match in pattern.finditer(folded)):
            found[at] = named
    return found


def held_against(asked: str, around: Sequence[str]) -> Iterator[tuple[int, str, int]]:
    """For each family of which a question names one member: its number, what the nearest text that names any says of it, and which text that is.

    asked, around: folded; the nearest of the surroundings first.
    """
    for family, wanted in members_in(asked).items():
        named = ((members_in(text).get(family), at) for at, text in enumerate(around))
        there, at = next(((members, at) for members, at in named if members), (None, 0))
        if there and len(wanted) == 1:
            yield family, SAME if there == wanted else AMONG if wanted < there else OTHER, at
