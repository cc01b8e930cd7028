"""Each of several asked for: the members that a text sets side by side, the rows of a table, two years of one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant import Assistant
from tests.assistant.asking import asking, assert_citations_hold, marked

RATES = """河湾市公园停车和演练办法

第一条 公园停车收费按以下标准执行:
小型车:每小时4元;
中型车:每小时6元;
大型车:每小时10元。
第二条 老年餐补贴按年龄分档:60至69周岁每餐补2元,70至79周岁每餐补3元,80周岁以上每餐补5元。
第三条 老旧公园改造率2021年完成40%,2022年完成70%,2023年全部完成。
第四条 实行“一园一档、一季一评”制度:公园管理单位建立档案,区园林部门每季度评价。
第五条 举办活动的保证金为2000元。
"""

SUMMARY = """松岭县造林工作总结

各乡镇完成情况如下:
乡镇\t计划面积(亩)\t成活率
青坪镇\t9000\t91%
石门乡\t8000\t86%
双溪镇\t7000\t93%

历年情况
年度\t造林面积(万亩)\t投资(万元)
2022\t2.4\t3100
2023\t2.7\t3650
2024\t2.9\t2980
"""


@pytest.fixture(scope="module")
def rates(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with asking(tmp_path_factory.mktemp("rates"), {"办法.txt": RATES}) as opened:
        yield opened


@pytest.fixture(scope="module")
def summary(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with asking(tmp_path_factory.mktemp("summary"), {"总结.txt": SUMMARY}) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("公园停车各种车型分别收多少钱?", "小型车:每小时4元\n中型车:每小时6元\n大型车:每小时10元"),
        ("老年餐补贴每一档补多少元", "60至69周岁每餐补2元\n70至79周岁每餐补3元\n80周岁以上每餐补5元"),
        ("老旧公园改造三年进度各是多少", "第三条 老旧公园改造率2021年完成40%\n2022年完成70%\n2023年全部完成"),
    ],
)
def test_each_member_of_a_run_is_read_out(rates: Assistant, question: str, answer: str) -> None:
    given = rates.ask(question)
    assert given.answer.replace(",", "\n") == answer
    assert len(marked(given)) > 1
    assert_citations_hold(rates, given)


def test_one_member_alone_is_asked_for_as_before(rates: Assistant) -> None:
    assert rates.ask("公园停车大型车收多少钱?").answer == "大型车:每小时10元"


def test_what_a_colon_announces_is_the_meaning(rates: Assistant) -> None:
    for question in ("啥叫“一园一档、一季一评”", "“一园一档、一季一评”是什么意思"):
        assert "区园林部门每季度评价" in rates.ask(question).answer


def test_every_row_of_a_table_where_each_is_asked_for(summary: Assistant) -> None:
    assert summary.ask("各乡镇的成活率分别是多少").answer == "青坪镇:91%\n石门乡:86%\n双溪镇:93%"


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("松岭造林2024年比2022年多多少万亩?", "2022年2.4万亩;2024年2.9万亩;后者多0.5万亩(计算得出)"),
        ("松岭造林投资2024年比2023年少多少", "2023年3650万元;2024年2980万元;后者少670万元(计算得出)"),
    ],
)
def test_two_rows_of_years_are_told_apart_by_a_computed_difference(summary: Assistant, question: str, answer: str) -> None:
    assert summary.ask(question).answer == answer


def test_a_measure_word_names_the_column_of_the_year(summary: Assistant) -> None:
    assert summary.ask("松岭2023年造林花了多少钱").answer == "3650万元"
