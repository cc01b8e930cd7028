from __future__ import annotations

import time

import pytest

from corpus.outline import outline
from corpus.readers import read
from corpus.types import Section, Source


def sections_of(text: str) -> tuple[Section, ...]:
    return outline(Source(text, "txt"))


@pytest.mark.parametrize(
    "form",
    ["问：{}\n答：{}\n", "Q{n}：{}\nA{n}：{}\n", "{n}.问：{}\n答：{}\n", "{n}、问:{}答：{}\n", "【问】{}\n【答】{}\n", "问题{n}：{}\n{}\n"],
)
def test_each_question_is_a_section_and_its_answer_the_body(form: str) -> None:
    asked = [("为什么要修订？", "形势需要。"), ("缴费多少？什么时候交？", "400元。")]
    text = "政策解读\n\n" + "".join(form.format(*pair, n=n) for n, pair in enumerate(asked, 1))
    found = sections_of(text)
    assert [(s.family, s.number, s.level, s.title) for s in found] == [("question", n, 1, q) for n, (q, _) in enumerate(asked, 1)]
    assert [s.body.of(text).endswith(answer) for s, (_, answer) in zip(found, asked, strict=True)] == [True, True]


def test_numbers_of_an_answer_lie_below_its_question() -> None:
    text = "问：有哪些材料？\n答：如下。\n1.表。\n2.证。\n（一）原件。\n（二）复印件。\n问：多久？\n答：三天。"
    found = sections_of(text)
    tops = [s for s in found if s.family == "question"]
    assert [s.level for s in tops] == [1, 1]
    assert len(found) == 6
    assert all(tops[0].span.covers(s.span) for s in found[1:5])


def test_questions_below_a_numbered_heading_leave_the_next_one_outside() -> None:
    text = "一、背景\n文。\n二、问答\n问：谁？\n答：甲。\n问：何时？\n答：五月。\n三、实施\n文。"
    assert [(s.level, s.family) for s in sections_of(text)] == [(1, "cn"), (1, "cn"), (2, "question"), (2, "question"), (1, "cn")]


def test_faults_of_a_list_are_no_questions() -> None:
    text = "一、清单\n问题：台账不全。\n整改：补齐。\n问题：值班不严。\n整改：严。\n二、要求\n文。"
    assert [s.label for s in sections_of(text)] == ["一、", "二、"]


@pytest.mark.parametrize("text", ["# 解读\n\n**问：**多久？\n\n**答：**三天。\n\n**问：**多少？\n\n**答：**五元。\n", "# 解读\n\n## 问：多久？\n\n答：三天。\n\n## 问：多少？\n\n答：五元。\n"])
def test_questions_of_markdown_are_sections_with_clean_titles(text: str) -> None:
    found = outline(read(text.encode(), "a.md"))
    assert [s.path for s in found] == [("解读",), ("解读", "问：多久？"), ("解读", "问：多少？")]


@pytest.mark.parametrize("unit", ["问：\n", "问：甲？", "问：甲？\n", "Q1", "答：\n", "?", "问：" + "甲" * 40 + "?乙"])
def test_hostile_questions_are_read_in_linear_time(unit: str) -> None:
    started = time.process_time()
    sections_of("问：甲？\n答：乙。\n" + unit * (50_000 // len(unit)))
    assert time.process_time() - started < 5


def test_an_empty_label_asks_nothing() -> None:
    found = outline(read("问:\n问:谁可以申请?\n答:老年人。\n".encode(), "a.txt"))
    assert [section.title for section in found if section.family == "question"] == ["谁可以申请?"]
