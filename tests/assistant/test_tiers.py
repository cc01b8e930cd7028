"""Steps of a scale: a text that gives a range answers for the figures within it, and for no others."""

import pytest

from assistant.question.tiers import fits, steps_in
from tests.conftest import AssistantOf

GUIDE = """松岚市老楼装电梯补助指南

一、补助标准

三层:每台8万元;

四至六层:每台14万元;

七层及以上:每台19万元。

二、乘坐规定

未满十二周岁的儿童应当由成年人陪同乘坐电梯。
"""


@pytest.mark.parametrize(
    ("asked", "text", "expected"),
    [
        ("5层的楼", "五层:15万元", True),
        ("3层的楼", "四层:12万元", False),
        ("9层", "七层及以上", True),
        ("6层", "七层以上", False),
        ("17岁的孩子", "未满十八周岁的", True),
        ("18岁", "未满十八周岁的", False),
        ("90岁老人", "85周岁以上老人", True),
        ("82岁", "80—89周岁", True),
        ("12岁", "不超过十周岁", False),
        ("三年级学生", "一至三年级", True),
        ("5层", "每台15万元", None),
        ("住几层", "五层", None),
        ("3层和5层", "五层", None),
        ("第三层意思", "五层", None),
    ],
)
def test_a_step_lies_in_the_ranges_a_text_gives(asked: str, text: str, expected: bool | None) -> None:
    assert fits(asked, text) is expected


def test_a_step_keeps_its_printed_words() -> None:
    assert [step.text for step in steps_in("四至六层每台,七层及以上另算")] == ["四至六层", "七层及以上"]


@pytest.mark.parametrize(("question", "figure"), [("3层的楼装电梯补几万", "8万"), ("五层的老楼装电梯补多少钱", "14万"), ("11层的楼装电梯补几万", "19万")])
def test_the_amount_is_that_of_the_step(assistant_of: AssistantOf, question: str, figure: str) -> None:
    answer = assistant_of(GUIDE).ask(question)
    assert figure in answer.answer


def test_a_step_below_the_scale_has_no_amount(assistant_of: AssistantOf) -> None:
    answer = assistant_of(GUIDE).ask("2层的楼装电梯补几万")
    assert answer.abstained
    assert "2层" in answer.reason
