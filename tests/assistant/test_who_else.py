"""Who assesses, who pays, who is barred or let off: persons and bodies that a sentence names beside the act."""

from __future__ import annotations

import pytest

from assistant.compose.acts import act_asked
from assistant.question.query import Query
from tests.conftest import AssistantOf

RULES = """柏川市社区工匠评价办法

第一条 工匠按累计授课时间分为四级:一级工匠80小时,二级工匠200小时,三级工匠400小时,四级工匠800小时。
第二条 区县人力资源局评定一级、二级工匠,市人力资源局评定三级工匠和四级工匠,评定每年两次。
第三条 为工匠购买意外保险,保费由邀请单位承担;市级技能大赛期间的保费由市财政承担。
第四条 工匠场地押金由申请人自行负担。
第五条 工匠实训场地分为甲、乙、丙三级,甲级场地面积不少于200平方米。
"""


@pytest.mark.parametrize(
    ("question", "held", "left_out"),
    [
        ("三级工匠四级工匠谁来评?", "市人力资源局", "区县"),
        ("柏川一级工匠谁来评定?", "区县人力资源局", "、市"),
        ("市级技能大赛的保险费谁掏?", "市财政", "邀请单位"),
        ("工匠的保费谁出?", "邀请单位", "市财政"),
        ("场地押金谁来交钱负担?", "申请人", "市财政"),
        ("实训场地等级有哪些?", "甲、乙、丙三级", "200"),
    ],
)
def test_the_one_beside_the_act_is_named(assistant_of: AssistantOf, question: str, held: str, left_out: str) -> None:
    answer = assistant_of(RULES).ask(question).answer
    assert held in answer
    assert left_out not in answer


def test_who_issues_a_rule_on_fees_is_not_who_pays_them() -> None:
    assert act_asked(understood("工匠收费办法谁出?")) is None
    assert act_asked(understood("工匠保险费谁出?")) is not None


def understood(question: str) -> Query:
    return Query(question, question, kind="lead")


def test_who_pays_is_said_not_to_be_stated_where_it_is_not(assistant_of: AssistantOf) -> None:
    assert assistant_of(RULES).ask("工匠的交通费谁出?").status == "refused"
