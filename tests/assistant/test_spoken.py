"""Spoken words for acts that rules name otherwise, and free text that two ways of looking for it find first."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant import Assistant
from assistant.reading import concord
from tests.assistant.asking import asking

RULES = """梧溪市民宿等级管理办法

第一条 民宿经营者伪造住客登记的,取消等级,三年内不得申报。

第二条 年度抽查两次达不到标准的,下调一个等级。

第三条 住客遗失门卡的,按照工本费二十元赔偿。

第四条 擅自采伐院内古木的,由林业部门责令补种,并处五千元罚款。

第五条 因检修设备临时停用热水的,应当提前一日在前台告知,并减收当日房费的三成。
"""

TABLE = """# 梧溪市文旅任务分工

| 序号 | 任务 | 责任单位 | 配合单位 | 完成时限 |
|---|---|---|---|---|
| 1 | 建设游客集散中心 | 市文旅局 | 市财政局、市交通局 | 2026年6月 |
| 2 | 改造旅游厕所 | 市住建局 | 市文旅局 | 2026年9月 |
"""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with asking(tmp_path_factory.mktemp("spoken"), {"rules.txt": RULES, "tasks.md": TABLE}) as assistant:
        yield assistant


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("民宿什么情况会被摘牌?", "伪造住客登记"),
        ("门卡弄丢了要赔多少?", "二十元"),
        ("门卡弄丢了,外面又配不到一样的,怎么赔?", "二十元"),
        ("没批准就把院里的古木砍了,怎么处理?", "五千元"),
    ],
)  # fmt: skip
def test_a_spoken_act_is_found_under_the_word_of_the_rule(town: Assistant, question: str, expected: str) -> None:
    answer = town.ask(question)
    assert not answer.abstained and expected in answer.answer


@pytest.mark.parametrize(("question", "expected"), [("旅游厕所改造归谁管?", "责任单位:市住建局"), ("游客集散中心建设由谁牵头?", "责任单位:市文旅局")])
def test_who_answers_for_a_task_beside_helpers_leads_it(town: Assistant, question: str, expected: str) -> None:
    assert town.ask(question).answer == expected


def test_the_helpers_of_that_table_are_named_alone(town: Assistant) -> None:
    assert town.ask("游客集散中心建设哪些单位配合?").answer == "市财政局、市交通局"


def test_text_that_both_rankings_name_first_is_given_less_surely(town: Assistant) -> None:
    answer = town.ask("搞检修没得洗澡,老板得怎么表示?")
    assert "提前一日" in answer.answer and answer.confidence == concord.RIGHT and ("basis", "agreed") in answer.trace
    assert answer.citations and answer.citations[0].quote.startswith("第五条")


@pytest.mark.parametrize("question", ["搞检修没得洗澡,师傅叫什么名字?", "店家搞宠物没狗粮洗澡,该咋补救?"])
def test_no_text_is_given_for_a_name_or_for_another_matter(town: Assistant, question: str) -> None:
    assert town.ask(question).abstained
