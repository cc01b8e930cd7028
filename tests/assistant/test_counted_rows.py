"""Rows of task lists told by what stands in their cells, and counts that keep to what the question says."""

import pytest

from tests.conftest import AssistantOf

PLAN = """# 云岗区养老任务分工表

| 序号 | 任务 | 牵头单位 | 责任领导 | 完成时限 |
|---|---|---|---|---|
| 1 | 新建助餐点30个 | 区民政局、区商务局（联合牵头） | 钱一鸣 | 2026年3月底 |
| 2 | 改造养老床位200张 | 区民政局 | 孙若谷 | 2026年11月底 |
| 3 | 培训护理员90人 | 区人社局 | 钱一鸣 | 长期 |

## 二、监督事项

| 序号 | 任务 | 牵头单位 | 责任领导 | 完成时限 |
|---|---|---|---|---|
| 4 | 排查养老诈骗 | 区公安分局、区民政局（联合牵头） | 孙若谷 | 2026年11月底 |
| 5 | 检查食堂食品安全 | 区市场监管局 | 钱一鸣 | 长期 |
"""


@pytest.mark.parametrize(
    ("question", "said", "silent"),
    [
        ("云岗区养老任务里几家一起牵头的有几项?", ("共2项", "助餐点", "诈骗"), "护理员"),
        ("分工表里标了联合牵头的是哪几项?", ("共2项", "助餐点", "诈骗"), "护理员"),
        ("分工表里完成时间写11月底的有哪些任务?", ("共2项", "床位", "诈骗"), "助餐点"),
        ("钱一鸣名下的任务有多少项?", ("共3项", "助餐点", "护理员", "食堂"), "诈骗"),
        ("区民政局牵头或者参与牵头的任务一共几项?", ("共3项", "助餐点", "床位", "诈骗"), "食堂"),
        ("要长期做的任务有几项?", ("共2项", "护理员", "食堂"), "助餐点"),
    ],
)
def test_rows_are_told_by_their_cells_in_all_tables_of_a_document(assistant_of: AssistantOf, question: str, said: tuple[str, ...], silent: str) -> None:
    answer = assistant_of(**{"分工.md": PLAN}).ask(question)
    assert all(word in answer.answer for word in said) and silent not in answer.answer
    assert len(answer.citations) >= int(answer.answer[1])


RULES = """云岗大学设备管理办法

第一条 设备处履行下列职责:
(一)拟订设备采购、验收制度;
(二)组织巡检、维修和报废;
(三)审批大型设备的外借。

第二条 成立设备管理委员会,由教务处、科研处、财务处、保卫处为成员单位。

第三条 使用人应当爱护设备。

第四条 巡检每月1次。

第五条 本办法自2025年1月1日起施行。
"""


@pytest.mark.parametrize(("question", "number"), [("设备处的职责有几条?", "共3条"), ("设备管理委员会有几个成员单位?", "共4家"), ("云岗大学设备管理办法一共几条?", "共5条")])
def test_what_is_counted_is_what_the_question_tells_apart(assistant_of: AssistantOf, question: str, number: str) -> None:
    assert assistant_of(RULES).ask(question).answer.startswith(number)


LIMITS = """云岗区书房方案

一、重点任务
1.完成老馆改造,2026年6月底前开放。(牵头单位:区文旅局)
2.新建书房12处,2027年底前建成。(牵头单位:区住建局)
"""


def test_limits_that_the_sentence_of_a_task_states_count(assistant_of: AssistantOf) -> None:
    answer = assistant_of(LIMITS).ask("2026年6月底前要完成哪些任务?").answer
    assert "老馆" in answer and "书房12处" not in answer
