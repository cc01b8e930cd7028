"""Levelled text, sentences over line breaks, quotes and brackets."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus.clauses import level, read, split, wrap_width
from corpus.types import Source, Span

POLICY = st.text(alphabet="一二三、。,；：（）“”《》\n 1是到年%abc组长", max_size=300)


def read_text(text: str):
    return read(Source(text, "txt"))


def test_levelling_keeps_every_offset_and_pairs_straight_quotes() -> None:
    text = "（一）落实“三同时”，严守\"红线\"：２０２４年"
    assert level(text) == '(一)落实“三同时”,严守“红线”:2024年'
    assert len(level(text)) == len(text)


def test_a_sentence_goes_on_over_a_break_after_a_semicolon_but_not_into_a_heading() -> None:
    text = "各镇负责;\n各部门配合。\n一、目标;\n二、任务"
    assert [span.of(text) for span in read_text(text).sentences] == ["各镇负责;\n各部门配合。", "一、目标;", "二、任务"]


def test_a_hard_wrapped_text_is_read_in_whole_sentences() -> None:
    line = "这是一份每行都由转换程序按固定宽度断开的工作报告其中的句子"
    text = "\n".join([line] * 14) + "\n到此为止。"
    assert wrap_width(text) == len(line)
    assert len(read_text(text).sentences) == 1


def test_a_wrong_closing_quote_still_closes_a_short_term() -> None:
    text = "推广“四线“(积水线、警戒线)和“三同时”"
    assert [span.of(text) for span in read_text(text).quotes] == ["四线", "三同时"]


def test_a_thousands_separator_does_not_split_a_clause() -> None:
    text = "储备1,200件,演练2次"
    assert [part.of(text) for part in split(text, Span(0, len(text)), ",")] == ["储备1,200件", "演练2次"]


def test_brackets_and_quotes_are_not_split() -> None:
    text = "甲(乙、丙)、“丁、戊”、己"
    assert [part.of(text) for part in split(text, Span(0, len(text)), "、")] == ["甲(乙、丙)", "“丁、戊”", "己"]


@given(POLICY)
def test_sentences_are_in_order_do_not_overlap_and_leave_out_only_blanks(text: str) -> None:
    sentences = read_text(text).sentences
    at = 0
    for span in sentences:
        assert span.start >= at and not text[at : span.start].strip()
        at = span.end
    assert not text[at:].strip()
