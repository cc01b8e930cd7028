"""Rosters: who is on duty on a day, when somebody is, who stands in; and the people and papers a document names beside."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant import Assistant
from tests.assistant.asking import asking

ROSTER = """青禾水厂国庆值班安排

日期 | 带班领导 | 值班长 | 值班员
10月1日(周三) | 章亦舟 | 贺兰山 | 柳青
10月2日(周四) | 章亦舟 | 唐小满 | 柳青
10月3日(周五) | 苏望 | 贺兰山 | 季明

因工作调整,10月3日带班领导由苏望调整为章亦舟。
"""

RULES = """青禾市节水条例

第一条 市水行政主管部门负责全市节水监督管理工作。财政、教育、住房城乡建设等部门按照各自职责配合做好节水工作。

第二条 “节水体检”是指由专业机构对用水单位的管网和器具进行检测并出具报告的活动。

第三条 市水务局每季度开展一次“节水体检”。

第四条 发现供水管道破裂的,应当在两小时内关阀抢修。

第五条 本条例自2025年3月1日起施行。《青禾市城市供水节水办法》同时废止。
"""

TABLE = """青禾市节水重点任务分解表

序号

任务

完成时限

牵头单位

配合单位

1

推广节水贷款,发放不少于2亿元。

2025年底

市财政局

人民银行青禾市分行、青禾农商银行

2

改造老旧供水管网60公里。

2026年底

市住建局

市自然资源局、市
水务局、市财政局

3

建设智慧水表平台。

2026年底

市大数据局

市水务局
"""


@pytest.fixture(scope="module")
def works(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with asking(tmp_path_factory.mktemp("rosters"), {"roster.txt": ROSTER, "rules.txt": RULES, "tasks.txt": TABLE}) as assistant:
        yield assistant


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("贺兰山哪几天当值班长?", "10月1日(周三)、10月3日(周五)"),
        ("柳青一共值几天班?", "共2天:10月1日(周三)、10月2日(周四)"),
        ("10月2日谁是值班长?", "唐小满"),
        ("10月2号谁带班", "章亦舟"),
        ("10月3日的带班领导换成谁了?", "章亦舟"),
        ("10月3日带班领导是谁?", "章亦舟(原为苏望,已调整)"),
        ("10月1日都有谁值班?", "带班领导:章亦舟\n值班长:贺兰山\n值班员:柳青"),
    ],
)  # fmt: skip
def test_a_roster_is_read_by_day_and_by_person(works: Assistant, question: str, expected: str) -> None:
    answer = works.ask(question)
    assert not answer.abstained and answer.answer == expected
    assert answer.citations


def test_who_was_replaced_on_a_day_is_said_beside_the_days(works: Assistant) -> None:
    answer = works.ask("苏望哪天带班?")
    assert answer.answer == "10月3日(周五)" and "10月3日(周五)已由苏望调整为章亦舟" in answer.notes


@pytest.mark.parametrize("question", ["10月9日谁值班?", "柳青为什么值班?"])
def test_a_day_or_a_question_that_no_row_has_is_not_answered_from_the_roster(works: Assistant, question: str) -> None:
    assert ("basis", "people") not in works.ask(question).trace


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("节水的事哪些部门搭把手?", "财政、教育、住房城乡建设等部门"),
        ("节水贷款推广,配合市财政局的是哪几家?", "人民银行青禾市分行、青禾农商银行"),
        ("老旧供水管网改造哪些单位配合?", "市自然资源局、市水务局、市财政局"),
    ],
)  # fmt: skip
def test_helpers_are_named_apart_and_whole(works: Assistant, question: str, expected: str) -> None:
    assert works.ask(question).answer == expected


def test_what_a_quoted_term_means_is_said_for_how_it_goes(works: Assistant) -> None:
    answer = works.ask("条例里的“节水体检”是怎么个做法?")
    assert (answer.kind, "专业机构" in answer.answer) == ("definition", True)


def test_what_to_do_is_taken_from_the_case_and_its_rule(works: Assistant) -> None:
    assert "两小时内" in works.ask("看到供水管道破裂了该咋办?").answer


def test_which_paper_is_ended_is_no_question_of_the_own_end(works: Assistant) -> None:
    assert "《青禾市城市供水节水办法》同时废止" in works.ask("节水条例替掉了哪份老文件?").answer
