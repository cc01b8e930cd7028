"""All tasks of a unit, a date or a heading, and how many they are."""

from collections.abc import Iterator

import pytest

from assistant import Assistant
from tests.assistant.asking import asking, assert_citations_hold, marked

LIST = """青岭区消防整治方案

附件1

青岭区消防整治任务清单

主要任务

具体任务

完成时限

牵头单位

责任单位

畅通生命通道

1.完成老旧小区消防车通道划线。

2025年底

区消防救援大队

区住建局、区城管局

2.清理占用消防车通道的障碍物。

2024年底

区城管局

区消防救援大队

整治充电隐患

3.新建电动自行车集中充电桩。

2024年9月底

区住建局

区消防救援大队、区供电公司

强化宣传培训

4.组织网格员消防培训。

常态化

区应急管理局、区消防救援大队

各镇(街道)

改造自建房

5.完成经营性自建房电气线路改造。

2025年底

区住建局、区市场监管局

各镇(街道)

附件2

青岭区重点单位名册

一、青岭大厦。
"""
RULES = """泽安县养犬管理办法

第一章 总则

第一条 为了规范养犬行为,制定本办法。

第二章 行为规范

第二条 遛犬应当牵绳。

第三条 禁止犬只进入医院。

第三章 附则

第四条 本办法自2024年7月1日起施行。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with asking(tmp_path_factory.mktemp("tallies"), {"方案.txt": LIST, "办法.txt": RULES}) as opened:
        yield opened


def numbered(text: str) -> list[str]:
    """The items of a numbered list."""
    return [line.partition(". ")[2] for line in text.split("\n") if line[:1].isdigit()]


@pytest.mark.parametrize("question", ["区住建局牵头哪些任务", "由区住建局牵头的任务有哪些", "区住建局要牵头做什么工作", "住建局牵头的事项都有哪些"])
def test_the_tasks_a_unit_leads_are_complete(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.kind == "reverse"
    assert numbered(answer.answer) == ["新建电动自行车集中充电桩", "完成经营性自建房电气线路改造"]


def test_tasks_led_alone_and_jointly_are_told_apart(assistant: Assistant) -> None:
    assert assistant.ask("区住建局牵头哪些任务").answer.startswith("共2项(单独牵头1项,共同牵头1项)")


def test_tasks_that_are_all_led_jointly_are_said_to_be(assistant: Assistant) -> None:
    assert "均为共同牵头" in assistant.ask("区市场监管局牵头哪些任务").answer


def test_every_listed_task_is_cited_with_the_unit_marked(assistant: Assistant) -> None:
    answer = assistant.ask("区住建局牵头哪些任务")
    assert len(answer.citations) == 2
    assert marked(answer) == ["区住建局", "区住建局"]


def test_the_tasks_a_unit_supports_are_other_ones(assistant: Assistant) -> None:
    answer = assistant.ask("区消防救援大队配合哪些任务")
    assert numbered(answer.answer) == ["清理占用消防车通道的障碍物", "新建电动自行车集中充电桩"]


@pytest.mark.parametrize("question", ["2025年底前要完成哪些任务", "有哪些任务的完成时限是2025年底", "2025年底到期的任务有哪些"])
def test_the_tasks_of_a_date_are_complete(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    first, second = numbered(answer.answer)
    assert first.startswith("完成老旧小区消防车通道划线") and second.startswith("完成经营性自建房电气线路改造")


def test_standing_tasks_are_listed(assistant: Assistant) -> None:
    answer = assistant.ask("哪些任务是常态化推进的").answer
    assert "组织网格员消防培训" in answer and "充电桩" not in answer


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("区住建局牵头几项任务", 2),
        ("区消防救援大队牵头多少项任务", 2),
        ("区城管局牵头的任务有几项", 1),
        ("2025年底前要完成几项任务", 2),
        ("畅通生命通道有几项任务", 2),
        ("青岭区任务清单一共有几项任务", 5),
    ],
)
def test_tasks_are_counted_by_unit_date_measure_and_list(assistant: Assistant, question: str, count: int) -> None:
    answer = assistant.ask(question)
    assert answer.kind == "count" and answer.answer.startswith(f"共{count}项")
    assert sum("。" in citation.quote for citation in answer.citations) == count  # beside the heading of their list


def test_attachments_are_counted_and_named(assistant: Assistant) -> None:
    answer = assistant.ask("青岭区方案有几个附件").answer
    assert answer.startswith("共2个附件")
    assert "青岭区消防整治任务清单" in answer and "青岭区重点单位名册" in answer


def test_articles_are_counted(assistant: Assistant) -> None:
    assert assistant.ask("养犬管理办法共有几条").answer.startswith("共4条")


def test_chapters_are_counted_and_named(assistant: Assistant) -> None:
    answer = assistant.ask("养犬管理办法有几章").answer
    assert "3" in answer and all(title in answer for title in ("总则", "行为规范", "附则"))


def test_a_unit_without_tasks_is_said_to_have_none(assistant: Assistant) -> None:
    answer = assistant.ask("区教育局牵头几项任务")
    assert answer.abstained and "区教育局" in answer.reason


def test_a_date_nothing_falls_due_on_is_said_to_have_none(assistant: Assistant) -> None:
    answer = assistant.ask("2025年3月底前要完成哪些任务")
    assert answer.abstained


@pytest.mark.parametrize("question", ["区住建局牵头哪些任务", "2025年底前要完成几项任务", "养犬管理办法有几章", "青岭区方案有几个附件"])
def test_citations_are_the_stored_words(assistant: Assistant, question: str) -> None:
    assert_citations_hold(assistant, assistant.ask(question))
