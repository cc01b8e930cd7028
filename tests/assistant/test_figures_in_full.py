"""Figures of tables said in full, also of one printed one cell a line; of two dates in a sentence the one of the event asked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant import Assistant
from tests.assistant.asking import asking, continued

TABLES = """岚川市教育局关于示范食堂名额分配的通知

一、安排
临时食堂4月25日前搭建完成,5月1日起启用。一期工程5月6日开工、9月20日前完工。

附件1
名额分配表

| 县(市、区) | 小学 | 中学 | 合计 |
|---|---|---|---|
| 白渡县 | 2 | 3 | 5 |
| 石桥县 | 1 | 3 | 4 |

附件2
食堂指标表

指标
2023年(基数)
2025年
2027年

陪餐率
53%
58%
65%

食堂数(个)
2100
3600
5000
"""


@pytest.fixture(scope="module")
def allotted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with asking(tmp_path_factory.mktemp("allotted"), {"名额.txt": TABLES}) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("白渡县的名额有几个?", "5个"),
        ("石桥县小学有多少个名额?", "1个"),
        ("2023年食堂数的基数是多少个?", "2100个"),
        ("2027年底要达到哪些指标?", "陪餐率:65%\n食堂数(个):5000个"),
    ],
)
def test_figures_of_a_table_are_said_in_full(question: str, answer: str, allotted: Assistant) -> None:
    assert allotted.ask(question).answer == answer


def test_another_row_is_asked_after(allotted: Assistant) -> None:
    assert continued(allotted, "白渡县的名额有几个?", "石桥县呢").answer == "4个"


@pytest.mark.parametrize(
    ("question", "answer"),
    [("临时食堂哪天启用?", "5月1日起"), ("临时食堂什么时候搭建好?", "4月25日前"), ("一期工程哪天开工?", "5月6日"), ("一期工程什么时候完工?", "9月20日前")],
)
def test_of_two_dates_the_one_of_the_event_asked_is_given(question: str, answer: str, allotted: Assistant) -> None:
    assert allotted.ask(question).answer == answer


def test_the_measure_word_names_the_column(tmp_path_factory: pytest.TempPathFactory) -> None:
    text = "# 临溪县保障房办法\n\n| 项目 | 套数 | 户型(平方米) | 交付时间 |\n|---|---|---|---|\n| 东湖公寓 | 320 | 45 | 2026年9月 |\n| 北站新居 | 180 | 60 | 2027年3月 |\n"
    with asking(tmp_path_factory.mktemp("homes"), {"办法.md": text}) as homes:
        assert homes.ask("东湖公寓有几套,什么时候交房").answer == "320套\n2026年9月"
