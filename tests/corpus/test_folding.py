"""The shortcuts of reading give what the long way gives."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.spans import lie_within, spans_in
from corpus.text import _FOLDED, _fold_character, fold
from corpus.types import Card, Deadline, Duty, Field, Mention, Span
from corpus.width import narrow
from corpus.wrapping import unwrapped


def test_folding_passes_over_nothing_that_it_changes() -> None:
    plain = [chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000 and not _FOLDED.match(chr(code))]
    assert len(plain) > 20_000
    assert all(_fold_character.__wrapped__(character) == character for character in plain)


def test_folding_changes_what_stands_between() -> None:
    assert fold("ＡＢ级 Ⅱ级,第①项") == "ab级二级,第1项"


def test_a_long_text_is_narrowed_as_a_short_one() -> None:
    text = "(一)加强:「安全」　A；\t乙"
    assert narrow(text * 500) == narrow(text) * 500


def test_spans_are_found_at_every_depth_and_nowhere_else() -> None:
    duty = Duty(
        0, "sentence", 0, ("一、要求",), None, Span(0, 9), Span(2, 9), Mention("验收", Span(1, 3)), lead=(Mention("市水务局", Span(4, 8)),),
        deadline=Deadline("6月底前", Span(5, 7), "by", None, date(2031, 6, 30)),
    )  # fmt: skip
    assert sorted(spans_in((duty,))) == [Span(0, 9), Span(1, 3), Span(2, 9), Span(4, 8), Span(5, 7)]
    assert list(spans_in(Card(fields=(Field("title", "", "通知", Span(2, 4)),)))) == [Span(2, 4)]
    assert not list(spans_in(("字", 3, None, date(2031, 1, 1))))


def test_a_span_beyond_the_text_is_noticed_at_every_depth() -> None:
    duty = Duty(0, "sentence", 0, (), None, Span(0, 4), Span(2, 4), Mention("验收", Span(1, 3)), lead=(Mention("市水务局", Span(4, 8)),))
    assert lie_within((duty,), 8)
    assert not lie_within((duty,), 7)
    assert not lie_within(Mention("验收", Span(3, 1)), 8)
    assert lie_within(("字", 3, None), 0)


@pytest.mark.parametrize("text", ["（一）加强：「安全」、 Ａ；乙，丙", "各，单位： 要 做好\n检查；（试行）"])
def test_a_long_text_is_folded_as_a_short_one(text: str) -> None:
    assert fold(text * 50) == fold(text) * 50


@pytest.mark.parametrize("width", [20, 21, 40, 59, 60])
def test_lines_cut_at_any_width_between_the_bounds_are_joined(width: int) -> None:
    text = "\n".join(["水" * width] * 12)
    assert "\n" not in unwrapped(text)


@pytest.mark.parametrize("width", [17, 61])
def test_lines_beyond_the_bounds_stay(width: int) -> None:
    text = "\n".join(["水" * width] * 12)
    assert unwrapped(text) == text
