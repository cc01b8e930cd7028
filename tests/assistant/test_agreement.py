"""Body and table of one document set side by side."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant
from tests.assistant.asking import asking, assert_citations_hold

PLAN = """柳川县养老服务提升方案

一、主要目标

1.建设家庭养老床位。2025年建成家庭养老床位260张。

2.发展老年助餐。2025年新增老年助餐点40个。

3.编制供餐标准。2025年9月底前完成供餐标准编制。

附件1

年度指标表

指标 单位 2025年 2026年
家庭养老床位 张 240 300
老年助餐点 个 40 60

附件2

任务清单

序号 工作任务 牵头单位 完成时限
1 供餐标准编制 县民政局 2025年10月底
2 床位安装验收 县住建局 2025年12月底
"""


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with asking(tmp_path_factory.mktemp("agreement"), {"plan.txt": PLAN}) as assistant:
        yield assistant


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("2025年家庭养老床位建多少张,正文和附表一致吗?", ("260张", "240", "不一致")),
        ("2025年老年助餐点新增多少个,正文跟附件1的数对得上吗?", ("40个", "40", "两处一致")),
        ("供餐标准编制什么时候完成,正文和任务清单说法一样吗?", ("9月底", "10月底", "不一致")),
    ],
)
def test_both_values_are_given_and_whether_they_agree(plan: Assistant, question: str, said: tuple[str, ...]) -> None:
    answer = plan.ask(question)
    assert all(part in answer.answer for part in said), answer.answer
    assert len(answer.citations) == 2
    assert_citations_hold(plan, answer)


def test_how_often_is_the_column_of_frequencies(tmp_path_factory: pytest.TempPathFactory) -> None:
    text = "应急预案\n\n附件 信息报送一览\n级别 坐镇指挥 报送频次 队伍集结时限\n一级 县长 每2小时1次 30分钟内\n二级 副县长 每4小时1次 60分钟内\n"
    with asking(tmp_path_factory.mktemp("frequency"), {"plan.txt": text}) as assistant:
        assert assistant.ask("二级响应多久报送一次?").answer == "每4小时1次"


def test_a_figure_has_the_unit_that_its_row_states(tmp_path_factory: pytest.TempPathFactory) -> None:
    text = "行动计划\n\n附表 年度指标\n指标名称 2024年 2025年 2026年\n冷库总库容(万立方米) 126 145 165\n新能源车占比(%) 9.6 15 23\n"
    with asking(tmp_path_factory.mktemp("units"), {"plan.txt": text}) as assistant:
        assert assistant.ask("2026年新能源车占比目标是多少?").answer == "23%"
        assert assistant.ask("2025年冷库总库容多少?").answer == "145万立方米"


def test_the_total_of_a_table_and_the_figure_of_a_task_are_held_against_the_body(tmp_path: Path) -> None:
    path = tmp_path / "minutes.txt"
    path.write_text(
        "清河片区改造会议纪要\n\n一、改造情况\n该片区共涉及3个小区、3126户。\n\n二、养老服务\n2025年新增养老床位300张。\n\n附件1\n片区改造进度表\n小区 栋数 户数 状态\n"
        "青石里 12 1438 完工\n新村 14 1021 在建\n铁路小区 8 677 在建\n合计 34 3136\n\n附件2\n责任清单\n序号 项目 责任单位 完成时间\n1 新增养老床位280张 县民政局 2025年11月底\n2 改造农贸市场3个 县商务局 2025年9月底\n",
        encoding="utf-8",
    )
    with Assistant.open(tmp_path / "library") as assistant:
        assistant.add([path])
        households = assistant.ask("清河片区改造涉及的户数,纪要正文和后面的进度表是不是一个数?").answer
        beds = assistant.ask("新增养老床位,正文和附件责任清单一致吗?").answer
    assert "3126户" in households and "表中:3136户" in households and "不一致" in households
    assert "300张" in beds and "280张" in beds and "不一致" in beds
