"""The nearest task where a better sentence names nobody; the rule in force beside the former one; what an office has to do; the next year."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant import Assistant
from tests.assistant.asking import asking, continued

PLAN = """柳川县养老服务实施方案

一、重点任务

1.改造县中心敬老院。对县中心敬老院实施整体改造,新增床位180张。(牵头单位:县民政局;责任单位:县财政局)

2.建设区域中心。2025年底前护理型床位占比达到60%,2026年底前达到68%。(牵头单位:县卫健局)

二、资金保障

县财政安排专项资金3170万元(不含县中心敬老院改造项目资金)。
"""
RULES = """柳川市停车收费通告

一、一类区域原规定首小时6元,现降为首小时5元。

二、成员单位职责

市城管局:负责停车秩序巡查和乱停整治。
市公安局:施划停车泊位,查处违法停车。
市发改委:制定停车收费标准,开展监测。
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with asking(tmp_path_factory.mktemp("nearest"), {"plan.txt": PLAN, "rules.txt": RULES}) as assistant:
        yield assistant


def test_a_sentence_that_names_nobody_gives_way_to_the_task_it_speaks_of(library: Assistant) -> None:
    assert library.ask("县中心敬老院改造这个项目由谁牵头?").answer == "县民政局"


def test_a_task_that_is_not_there_has_no_lead(library: Assistant) -> None:
    assert library.ask("县中心医院改造由谁牵头?").status == "refused"


def test_what_once_held_is_not_given_for_what_holds(library: Assistant) -> None:
    answer = library.ask("一类区域停车首小时多少钱?").answer
    assert "5元" in answer and "6元" not in answer


def test_the_former_rule_is_given_when_it_is_asked_for(library: Assistant) -> None:
    assert "6元" in library.ask("一类区域停车原规定首小时多少钱?").answer


def test_what_an_office_has_to_see_to_are_its_tasks(library: Assistant) -> None:
    answer = library.ask("停车这块,市公安局都要管些什么?")
    assert answer.kind == "reverse" and "施划停车泊位" in answer.answer and "收费标准" not in answer.answer


def test_the_year_after_is_that_after_the_one_asked_about(library: Assistant) -> None:
    assert "68%" in continued(library, "2025年底护理型床位占比要到多少?", "那后一年呢?").answer
