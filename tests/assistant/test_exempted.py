"""Who is let off, why a document was made, and fines that are stated and that are not."""

from __future__ import annotations

import pytest

from tests.conftest import AssistantOf

PLAN = """芦洲县普惠食堂行动方案

为解决老年人“吃饭难”问题,促进助餐服务健康发展,结合我县实际,制定本方案。
一、低保家庭、特困家庭的老年人减免餐费的20%,烈士遗属免交餐费。
二、摊位管理费每月不超过90元;残疾人、低保对象免收。
三、对现役军人、消防救援人员免收停车费。
四、一级食堂每个每年补助1200元,二级食堂每个每年补助800元。
五、食堂分为一级、二级。擅自停业的,处2000元罚款。
"""


@pytest.mark.parametrize(
    ("question", "held", "left_out"),
    [
        ("芦洲哪些人不用交餐费?", "烈士遗属", "20%"),
        ("芦洲哪些人不用交摊位费?", "残疾人、低保对象", "90元"),
        ("芦洲哪些人停车不用交钱?", "现役军人、消防救援人员", "餐费"),
        ("芦洲为什么要搞这个方案?", "吃饭难", "1200元"),
        ("芦洲为什么出台这个方案?", "吃饭难", "1200元"),
        ("擅自停业的食堂罚多少?", "2000元", "1200元"),
    ],
)
def test_those_let_off_and_the_purpose_are_told(assistant_of: AssistantOf, question: str, held: str, left_out: str) -> None:
    answer = assistant_of(PLAN).ask(question)
    assert held in answer.answer, answer.reason
    assert left_out not in answer.answer


def test_a_subsidy_is_no_fine(assistant_of: AssistantOf) -> None:
    assert "1200元" not in assistant_of(PLAN.replace("擅自停业的,处2000元罚款。", "")).ask("一级食堂关门罚多少?").answer
