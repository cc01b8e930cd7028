"""What the division of work says of one office, offices by the names people have for them, and what no text states of fees, rewards and degrees."""

from __future__ import annotations

import pytest

from tests.conftest import AssistantOf

RULES = """棠溪市住宅管理办法解读

一、修订情况
本次修订由市住房和城乡建设局牵头,市发展和改革委员会、市财政局配合。

二、职责分工
市住房和城乡建设局监管维修资金;市发展和改革委员会制定指导价;市财政局对资金收支实施年度检查;城市管理部门负责停放点管理。

三、收费标准
物业费每月每平方米1.2元。

四、其他
社区应当组织业主培训,培训结束后发放结业证。受理投诉的部门应当在2小时内到场。社区巡查员每处不少于2名。
"""


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("棠溪发改委在住宅管理里分工干啥?", "制定指导价"),
        ("棠溪财政局负责什么?", "年度检查"),
        ("按棠溪的办法,城管管哪一摊?", "停放点管理"),
    ],
)
def test_the_part_of_an_office_is_told(assistant_of: AssistantOf, question: str, held: str) -> None:
    assert held in assistant_of(RULES).ask(question).answer


@pytest.mark.parametrize("question", ["业主培训收费吗?", "投诉有没有奖金?", "社区巡查员要什么学历?", "棠溪停车费一个月多少?"])
def test_what_is_not_stated_is_not_answered_by_what_stands_near(assistant_of: AssistantOf, question: str) -> None:
    assert assistant_of(RULES).ask(question).status == "refused"


def test_offices_in_one_sentence_are_told_apart(assistant_of: AssistantOf) -> None:
    text = "棠溪市医保待遇问答\n\n一、各部门怎么分工?\n市医疗保障局负责基金监管,市财政局负责资金筹集,市税务局负责保费征收。\n"
    answer = assistant_of(text).ask("棠溪财政局在医保里分工干啥?").answer
    assert "资金筹集" in answer
    assert "保费征收" not in answer


def test_a_fee_in_a_longer_form_is_the_same(assistant_of: AssistantOf) -> None:
    text = "棠溪市摊贩管理办法\n\n第一条 摊位管理费每月不得超过150元,残疾人免收。\n"
    assert "150元" in assistant_of(text).ask("棠溪摊位费一个月封顶多少?").answer


def test_a_fee_that_is_stated_is_told(assistant_of: AssistantOf) -> None:
    assert "1.2元" in assistant_of(RULES).ask("棠溪物业费一个月每平米多少?").answer
