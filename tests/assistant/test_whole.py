"""Spans end where their last word ends."""

from collections.abc import Sequence

import pytest

from assistant.reading.whole import WholeWords
from index.reader import Reading


class Points:
    """Points at one string."""

    name = "points"

    def __init__(self, wanted: str) -> None:
        self.wanted = wanted

    def read(self, question: str, passages: Sequence[str]) -> tuple[Reading, ...]:
        return tuple(Reading(text.index(self.wanted), text.index(self.wanted) + len(self.wanted), 0.8, 0.1) for text in passages)


@pytest.mark.parametrize(
    ("question", "text", "pointed", "whole"),
    [
        ("几分钟内报告?", "应当在20分钟内电话报告", "20分", "20分钟"),
        ("几天办完?", "承诺28个工作日办结", "28个", "28个工作日"),
        ("有多少具灭火器?", "储备灭火器186具", "186", "186具"),
        ("考了几分?", "总分90分以上为优秀", "90分", "90分"),
        ("电话是什么?", "电话0553-7718 201件数另计", "201", "201"),
        ("谁负责?", "由区商务局负责", "区商务局", "区商务局"),
        ("多少?", "共120", "120", "120"),
    ],
)
def test_a_cut_measure_word_is_completed(question: str, text: str, pointed: str, whole: str) -> None:
    (found,) = WholeWords(Points(pointed)).read(question, (text,))
    assert text[found.start : found.end] == whole
    assert (found.score, found.no_answer) == (0.8, 0.1)
