"""Exact match and overlap by the rules of CMRC 2018's official script."""

from __future__ import annotations

import re
from collections.abc import Sequence

IGNORED = frozenset("-:_*^/\\~`+=,。：？！“”；’《》·、「」（）－～『』，…")
"""Punctuation that the script drops."""

_UNIT = re.compile(r"[\u4e00-\u9fa5]|[^\u4e00-\u9fa5\s]+")


def units(text: str) -> list[str]:
    """Split into single Chinese characters and runs of anything else, without the punctuation of IGNORED."""
    kept = "".join(" " if character in IGNORED else character for character in text.lower().strip())
    # A run ends at what is dropped, as in the script.
    return _UNIT.findall(kept)


def exact_match(answers: Sequence[str], given: str) -> float:
    """Give 1.0 when `given` is one of the answers but for punctuation."""
    bare = _bare(given)
    return float(any(_bare(answer) == bare for answer in answers))


def overlap(answers: Sequence[str], given: str) -> float:
    """Give the best F1 over the answers; what is in common is the longest run of units in both."""
    return max((_f1(units(answer), units(given)) for answer in answers), default=0.0)


def _bare(text: str) -> str:
    return "".join(character for character in text.lower().strip() if character not in IGNORED)


def _f1(one: Sequence[str], other: Sequence[str]) -> float:
    common = _longest_run(one, other)
    if not common:
        return 0.0
    precision, recall = common / len(other), common / len(one)
    return 2 * precision * recall / (precision + recall)


def _longest_run(one: Sequence[str], other: Sequence[str]) -> int:
    best = 0
    before = [0] * (len(other) + 1)
    for unit in one:
        now = [0] * (len(other) + 1)
        for at, candidate in enumerate(other):
            if unit == candidate:
                now[at + 1] = before[at] + 1
                best = max(best, now[at + 1])
        before = now
    return best
