"""Slogans that count their parts, figures for two years, and rosters that are counted."""

from __future__ import annotations

import pytest

from tests.conftest import AssistantOf

PLAN = """青山区矿山安全方案

一、总体要求。持续落实省安委会二十条“铁办法”,全面推行“三自主两公开一承诺”,定期会商、联合执法、信息共享。

二、防治水。推广水患区域“四线”(积水线、警戒线、探水线、停采线)和煤矿探水基准线“两把锁”管理,强化水害防治。

三、组织领导。成立青山区矿山安全领导小组。组长:田周明 区长 副组长:向阳华 副区长 李亚斌 局长、书记
"""


@pytest.mark.parametrize(
    ("question", "answered"),
    [
        ("方案里说的省安委会“铁办法”是多少条?", "20条"),
        ("防治水提到的“两把锁”是哪两样?", "1. 水患区域“四线”(积水线、警戒线、探水线、停采线)\n2. 煤矿探水基准线"),
        ("矿山安全领导小组设了几位副组长?", "共2位:向阳华(副区长)、李亚斌(局长、书记)"),
    ],
)
def test_the_parts_of_a_slogan_and_of_a_group_are_told(assistant_of: AssistantOf, question: str, answered: str) -> None:
    answer = assistant_of(PLAN).ask(question)
    assert answer.answer == answered
    assert answer.citations


def test_a_slogan_that_nothing_spells_out_is_refused(assistant_of: AssistantOf) -> None:
    answer = assistant_of(PLAN).ask("“三自主两公开一承诺”展开说是哪几项?")
    assert answer.abstained and "没有" in answer.reason


AIMS = """柳溪县应急工作要点

一、改革。建立健全与山区县发展需要相适应的网格化巡查、清单化交办、闭环化整改的三化机制。

二、技改。加快推进化工、采矿领域机器化换岗、远程化值守“两化”改造,年底前扩大到全部企业。
"""


@pytest.mark.parametrize(
    ("question", "answered"),
    [
        ("应急工作要点讲的“三化机制”包括哪些内容?", "1. 网格化巡查\n2. 清单化交办\n3. 闭环化整改"),
        ("化工和采矿的“两化”改造是哪两项?", "1. 采矿领域机器化换岗\n2. 远程化值守"),
    ],
)
def test_parts_before_a_name_are_told_without_quotation_marks_and_among_others(assistant_of: AssistantOf, question: str, answered: str) -> None:
    assert assistant_of(AIMS).ask(question).answer == answered
