"""Exact match and overlap by the rules of CMRC 2018's official script (version 5, for its SQuAD-style files)."""

from __future__ import annotations

import re
from collections.abc import Sequence

IGNORED = frozenset("-:_*^/\\~`+=，。：？！“”；’《》·、「」（）－～『』")
"""Punctuation that the script drops. It names ……, which is no single character there, so … is kept."""

_UNIT = re.compile(r"[\u4e00-\u9fa5]|[^\W\u4e00-\u9fa5]+(?:[.,][^\W\u4e00-\u9fa5]+)*|\S")
"""A Chinese character, or a word or sign of the rest, about as the script's tokeniser of English splits it."""


def bare(text: str) -> str:
    """Give the text as it is compared: lower case, without the punctuation of IGNORED."""
    return "".join(character for character in text.lower().strip() if character not in IGNORED)


def units(text: str) -> list[str]:
    """Split into single Chinese characters and words of anything else, punctuation dropped."""
    return _UNIT.findall(bare(text))


def exact_match(answers: Sequence[str], given: str) -> float:
    """Give 1.0 when `given` is one of the answers but for punctuation, else 0.0."""
    return float(any(bare(answer) == bare(given) for answer in answers))


def overlap(answers: Sequence[str], given: str) -> float:
    """Give the best F1 over the answers; what is in common is the longest run of units in both."""
    return max((_f1(units(answer), units(given)) for answer in answers), default=0.0)


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
