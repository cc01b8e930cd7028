"""Questions for a time whose answer is a case, not a date."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant import Assistant
from tests.assistant.asking import asking

PLAN = """苇塘县水质污染应急预案

一、响应启动

出现下列情形之一的,启动二级响应:

(一)两个以上取水口超标;

(二)出厂水浊度超过3度。

二、响应终止

连续三日检测合格的,经专家组评估,由县指挥部宣布终止响应。

三、复课

末梢水检测合格后,学校方可复课。

四、时限

二级响应启动后48小时内完成应急供水。取水口改造2026年6月底前结束。
"""


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with asking(tmp_path_factory.mktemp("occasions"), {"plan.txt": PLAN}) as assistant:
        yield assistant


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("二级响应什么时候能解除?", "连续三日检测合格的"),
        ("什么时候启动二级响应?", "1. 两个以上取水口超标\n2. 出厂水浊度超过3度"),
        ("学校啥时候能复课?", "末梢水检测合格后"),
    ],
)  # fmt: skip
def test_the_case_is_given_for_a_time(plan: Assistant, question: str, expected: str) -> None:
    answer = plan.ask(question)
    assert not answer.abstained and expected in answer.answer and answer.citations


def test_a_date_that_is_stated_is_given_all_the_same(plan: Assistant) -> None:
    assert plan.ask("取水口改造什么时候结束?").answer == "2026年6月底前"


def test_another_level_is_not_given(plan: Assistant) -> None:
    assert "取水口超标" not in plan.ask("什么时候启动一级响应?").answer
