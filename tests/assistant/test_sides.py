"""Two places, years or documents beside each other: the verdict first, then the value of each."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant import Assistant
from assistant.types import Turn
from tests.assistant.asking import asking

EAST = """东沛县泳池开放方案
一、泳池每场限80人。水质检测记录保存期不少于90日。
二、开放前由县体育局牵头验收。
三、东沛县泳池于2025年6月底前开放。
四、未成年人票价15元。
五、对救生器材每周检查1次。

| 指标 | 2024年 | 2025年 |
|---|---|---|
| 救生器材检查率 | 80% | 95% |
"""
WEST = """西沛县泳池开放方案
一、泳池每场限60人。水质检测记录保存期不少于60日。
二、开放前由县教育局牵头验收。
三、西沛县泳池于2025年8月底前开放。
四、未成年人票价15元。
五、对救生器材每月检查1次。

| 指标 | 2024年 | 2025年 |
|---|---|---|
| 救生器材检查率 | 70% | 90% |
"""
OLD = """南沛市2023年果园补贴办法
第一条 每亩补贴300元。
第二条 公示期不少于5日。
第三条 本办法自2023年5月1日起施行。
"""
CAMPS = """夏令营安排
一、青石营地:收费每人480元,接收营员320名。
二、白桦营地:收费每人520元,接收营员240名。
"""
NEW = """南沛市2024年果园补贴办法
第一条 每亩补贴450元。
第二条 公示期不少于7日。
第三条 本办法自2024年5月1日起施行,《南沛市2023年果园补贴办法》同时废止。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    texts = {"东.txt": EAST, "西.txt": WEST, "旧.txt": OLD, "新.txt": NEW, "营.txt": CAMPS}
    with asking(tmp_path_factory.mktemp("sides"), texts) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "verdict", "values"),
    [
        ("东沛县和西沛县的水质检测记录哪个要存得更久", "东沛县更久", ("90日", "60日")),
        ("东沛和西沛的未成年人票价一样吗", "一样", ("15元",)),
        ("东沛县和西沛县水质检测记录的保存期一样吗", "不一样", ("90日", "60日")),
        ("南沛市果园每亩补贴,2024年比2023年多吗", "是", ("450元", "300元")),
        ("青石营地和白桦营地哪个收费便宜", "青石营地更便宜", ("480元", "520元")),
        ("对救生器材的检查频次,东沛县与西沛县有什么不同?", "不一样", ("每周", "每月")),
        ("南沛市新旧办法里公示期一样吗", "不一样", ("5日", "7日")),
    ],
)
def test_the_verdict_leads_the_values_of_both(assistant: Assistant, question: str, verdict: str, values: tuple[str, ...]) -> None:
    answer = assistant.ask(question)
    assert answer.answer.startswith(verdict) and all(value in answer.answer for value in values), answer.answer
    assert len(answer.citations) == 2


def test_the_edition_of_a_year_named_answers_though_it_is_replaced(assistant: Assistant) -> None:
    assert "300元" in assistant.ask("南沛市2023年果园每亩补贴多少钱").answer
    assert "450元" in assistant.ask("南沛市果园每亩补贴多少钱").answer


def test_a_follow_up_compares_with_the_question_before(assistant: Assistant) -> None:
    answer = assistant.ask("比西沛县早吗", history=(Turn("东沛县泳池什么时候开放", "2025年6月底前"),))
    assert answer.answer.startswith("是,东沛县比西沛县早\n") and "8月底" in answer.answer


GOALS = """北坪县水厂改造计划
一、到2023年底,全县供水能力达到12万吨,漏损率控制在14%以内。
二、到2025年底,全县供水能力达到18万吨,漏损率控制在9%以内。
"""
REPORT = """中坪县政府工作报告
一、2024年工作回顾
新建村卫生室26所,2023年为17所。修复水毁农田400亩。
二、2025年重点工作
新建村卫生室31所,6月底前开诊。修复水毁农田520亩。
"""


@pytest.fixture(scope="module")
def in_years(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with asking(tmp_path_factory.mktemp("years"), {"计划.txt": GOALS, "报告.txt": REPORT}) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "lines"),
    [
        ("北坪县2025年的供水能力跟2023年比,是升是降,各多少?", ("2025年升", "2025年:全县供水能力达到18万吨", "2023年:全县供水能力达到12万吨")),
        ("请分别给出北坪县2023年末与2025年末的漏损率目标", ("14%", "9%")),
        ("中坪县2024年新建村卫生室比前一年多还是少,各几所?", ("2024年多", "26所", "17所")),
        ("中坪县新建村卫生室,去年和今年分别多少所?", ("去年:新建村卫生室26所", "今年:新建村卫生室31所")),
        ("中坪县水毁农田修复,2024年修了多少亩,2025年又要修多少亩?", ("2024年:修复水毁农田400亩", "2025年:修复水毁农田520亩")),
    ],
)
def test_two_years_of_one_document_stand_beside_each_other(in_years: Assistant, question: str, lines: tuple[str, ...]) -> None:
    answer = in_years.ask(question).answer
    assert all(line in answer for line in lines), answer


def test_the_figure_of_a_year_that_says_no_more_than_the_year_is_of_what_stands_before_it(in_years: Assistant) -> None:
    assert "17所" in in_years.ask("中坪县2023年新建村卫生室多少所?").answer
    assert "17所" not in in_years.ask("中坪县2024年新建村卫生室多少所?").answer


def test_the_greater_is_asked_for_after_the_question_itself(assistant: Assistant) -> None:
    answer = assistant.ask("泳池每场限多少人,东沛县和西沛县哪个多?").answer
    assert answer.startswith("东沛县更多") and "80人" in answer and "60人" in answer
