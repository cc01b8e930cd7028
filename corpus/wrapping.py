"""Texts whose lines were cut at a fixed width: where a line only goes on in the next one."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

_NARROWEST, _WIDEST = 20, 60
_RAGGED = 2
"""Characters by which a full line may be shorter: figures and Latin letters are half as wide."""
_LEAST_FULL, _LEAST_SHARE = 10, 0.2
_MOST_LONGER = 0.05
_ENDS = re.compile(r"[。;；!！?？:：]\s*$")
_OPENS = re.compile(r"\s*(?:[(（]?[一二三四五六七八九十百\d]{1,4}[)）、.．]|第[一二三四五六七八九十百\d]{1,4}[章节条编]|[①-⑳]|附件|$)")


def unwrapped(text: str) -> str:
    """Give a copy of the same length in which a blank stands for every line end that only wraps; the text itself where none does.

    Such texts have many lines of nearly the greatest length and hardly any that is longer.
    """
    lines = text.split("\n")
    width = _width([len(line.rstrip()) for line in lines if line.strip()])
    if width is None:
        return text
    joined = [lines[0]]
    for before, line in pairwise(lines):
        wraps = len(before.rstrip()) >= width - _RAGGED and not _ENDS.search(before) and not _OPENS.match(line)
        joined += [" " if wraps else "\n", line]
    return "".join(joined)


def _width(lengths: list[int]) -> int | None:
    """The length at which lines were cut, None where they were not."""
    of = Counter(lengths)
    longer = sum(count for length, count in of.items() if length > _WIDEST + 1)
    for width in range(_WIDEST, _NARROWEST - 1, -1):
        full = sum(of[length] for length in range(width - _RAGGED, width + 1))
        longer += of[width + 1]
        if full >= max(_LEAST_FULL, _LEAST_SHARE * len(lengths)) and longer <= _MOST_LONGER * len(lengths):
            return width
    return None
