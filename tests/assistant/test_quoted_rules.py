"""Amendments quote the words of a rule: each figure of the quotation stands in its own piece of it."""

from __future__ import annotations

import pytest

from tests.conftest import AssistantOf

AMENDMENT = """丹溪市人民政府关于修改部分规章的决定

一、《丹溪市河道管理办法》第六条修改为：“新建护岸宽度不低于12米，旧护岸改建不低于8米；景观护岸不高于5米。”
二、《丹溪市集市管理办法》第九条修改为：“经营者应当每日清运垃圾，垃圾存放时间不得超过20小时；6月至8月不得超过10小时。”

丹溪市人民政府
2025年4月2日
"""


@pytest.mark.parametrize(
    ("question", "held", "left_out"),
    [
        ("旧护岸改建宽度最低多少米?", "不低于8米", "12米"),
        ("新建护岸宽度不低于多少?", "不低于12米", "8米"),
        ("垃圾存放时间最长多久?", "20小时", "10小时"),
        ("6到8月垃圾最多存放多久?", "不得超过10小时", "20小时"),
    ],
)
def test_one_figure_of_a_quoted_rule_is_given_in_its_own_words(assistant_of: AssistantOf, question: str, held: str, left_out: str) -> None:
    answer = assistant_of(AMENDMENT).ask(question).answer
    assert held in answer
    assert left_out not in answer
    assert answer.count("“") == answer.count("”")


def test_a_short_quotation_stays_whole(assistant_of: AssistantOf) -> None:
    rule = "丹溪市文明办公约\n\n第一条 办事大厅实行“一次告知、一次办结”制度,每年评选服务窗口6个。\n第二条 大厅悬挂标语:“热心服务”。\n"
    assert "6个" in assistant_of(rule).ask("每年评选多少个服务窗口?").answer
