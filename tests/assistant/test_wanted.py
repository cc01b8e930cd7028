"""The kinds of values that questions demand, and the words that state them."""

from __future__ import annotations

import pytest

from assistant.compose.wanted import TELLING, wanted
from assistant.question.demands import Demands
from assistant.question.query import Query


@pytest.mark.parametrize(
    ("measure", "holds", "lacks"),
    [
        ("久", "应当在二十四小时内报告", "三月为宣传月"),
        ("久", "每月巡查一次", "7月15日公布"),
        ("久", "每季度末月25日前报送", "三年行动方案"),
        ("久", "公示7日", "三月十五日施行"),
        ("久", "保存6个月", "2024年7月"),
        ("%", "由财政承担七成", "成立领导小组"),
        ("元", "每吨1.35元", "每吨1.35度"),
        ("人", "三分之二以上的业主", "本单元业主"),
    ],
)
def test_a_text_holds_the_kind_of_value_asked_for(measure: str, holds: str, lacks: str) -> None:
    kind = wanted(Query(text="", folded="", kind="number", measure_word=measure))
    assert kind.held(holds)
    assert not kind.held(lacks)


def test_the_holder_of_a_post_is_no_office_but_who_leads_is() -> None:
    assert wanted(Query(text="", folded="组长是谁", kind="meta", demands=Demands(("lead",)))).name == TELLING
    assert wanted(Query(text="", folded="谁牵头出台", kind="meta", demands=Demands(("lead",)))).name == "body"
