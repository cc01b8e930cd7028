"""Values for either side of one bound: what holds for 以上 is no answer for 以下."""

from __future__ import annotations

import pytest

from assistant.question.sided import of_the_other_side
from tests.conftest import AssistantOf

RULES = """泷水县小水库管护意见

一、划定管护范围。库容30万立方米以上的水库,2026年5月底前完成划界;库容30万立方米以下的水库,2027年10月底前完成。
"""


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("库容三十万立方米以下的水库划界最晚什么时候弄完?", "2027年10月底前"),
        ("库容30万立方米以上的水库什么时候完成划界?", "2026年5月底前"),
    ],
)
def test_the_value_of_the_side_asked_about_is_given(assistant_of: AssistantOf, question: str, held: str) -> None:
    assert held in assistant_of(RULES).ask(question).answer


def test_a_bound_is_told_from_its_other_side() -> None:
    assert of_the_other_side("不足30平方米的", "30平方米以上的补5万元")
    assert not of_the_other_side("30平方米以上的", "30平方米以上50平方米以下的")
    assert not of_the_other_side("30平方米以上的", "60平方米以下的")
