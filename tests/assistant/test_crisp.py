"""Answers fit to read aloud: the one value asked for, without marks of the list it stands in, cells of a row kept apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import Assistant
from assistant.question.kinds import kinds_of

NOTICE = """霖溪县便民服务改进办法

第一条 公租房月租金为每平方米4元,低保家庭按10%收取,二人户保障面积不超过55平方米,一人户不超过25平方米。
第二条 退役军人笔试加3分。
第三条 无证摆摊的,责令改正;拒不改正的,处50元罚款。

一、重点任务
1.新建便民服务点42个。
2.配备轮椅16台、血压计9台。
"""

TASKS = """# 霖溪县整改任务清单

| 序号 | 问题 | 整改措施 | 牵头单位 | 完成时限 |
|---|---|---|---|---|
| 1 | 锅炉房未装烟气监测 | 督促业主安装监测设备并联网,逾期未完成的停炉 | 县生态环境局 | 2026年3月底 |
| 2 | 菜市场积水 | 更换排水管道,每月清掏一次 | 县商务局 | 2026年5月底 |
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("crisp")
    (folder / "notice.txt").write_text(NOTICE, encoding="utf-8")
    (folder / "tasks.md").write_text(TASKS, encoding="utf-8")
    opened = Assistant.open(folder / "library")
    opened.add([Path(folder / "notice.txt"), Path(folder / "tasks.md")])
    return opened


@pytest.mark.parametrize(
    ("question", "held", "absent"),
    [
        ("霖溪公租房这块,一人户保障面积最多几平方米?", "25平方米", "55"),
        ("便民服务点新建多少个?", "新建便民服务点42个", "1."),
        ("配备几台轮椅?", "轮椅16台", "血压计"),
        ("锅炉房没装烟气监测怎么处理?", "逾期未完成的停炉", "生态环境局"),
        ("无证摆摊怎么处理?", "责令改正", "第三条"),
    ],
)
def test_an_answer_says_what_is_asked_and_no_more(assistant: Assistant, question: str, held: str, absent: str) -> None:
    answer = assistant.ask(question)
    assert answer.status == "answered", answer.reason
    assert held in answer.answer and absent not in answer.answer, answer.answer


@pytest.mark.parametrize("question", ["迁建项目总投资概算", "2025年gdp", "今年新增就业任务数", "居民人均可支配收入?"])
def test_the_name_of_a_figure_alone_asks_for_it(question: str) -> None:
    assert kinds_of(question, question, ()) == ("number", ("number",))


@pytest.mark.parametrize("question", ["谁核定概算", "怎么提高收入", "哪些人享受这笔收入"])
def test_with_a_question_word_that_word_decides(question: str) -> None:
    assert kinds_of(question, question, ())[0] != "number"
