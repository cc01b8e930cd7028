"""Rows and columns of tables named as people name them: shortened, by what they ask of a figure, by the caption of the table."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant import Assistant
from assistant.tables.cell_names import short_forms
from tests.assistant.asking import asking

PROJECTS = """# 青栎区2026年重点项目清单

全年安排项目18个。

## 一、新开工项目

| 项目名称 | 建设规模 | 总投资(亿元) | 2026年计划投资(亿元) | 开工时间 | 竣工时间 | 业主单位 | 责任部门 |
|---|---|---|---|---|---|---|---|
| 青栎第二人民医院 | 床位400张 | 6.3 | 1.4 | 2026年3月 | 2028年12月 | 青栎城投公司 | 区卫健局 |
| 柳湾实验小学 | 36个班 | 2.2 | 0.9 | 2026年4月 | 2027年8月 | 区教育局 | 区教育局 |
| 白鹭路快速化改造 | 5.1公里 | 9.4 | 3.3 | 2026年5月 | 2028年10月 | 青栎交投公司 | 区交通局 |

## 二、续建项目

| 项目名称 | 建设规模 | 总投资(亿元) | 2026年计划投资(亿元) | 截至2025年底累计完成(亿元) | 竣工时间 | 业主单位 | 责任部门 |
|---|---|---|---|---|---|---|---|
| 松冈文化中心 | 3.8万平方米 | 4.6 | 1.2 | 2.7 | 2026年11月 | 青栎文旅公司 | 区文旅局 |
| 石桥安置房 | 1620套 | 11.5 | 4.1 | 6.2 | 2027年3月 | 青栎城投公司 | 区住建局 |
| 北塘冷链物流园 | 冷库9万吨 | 5.8 | 2.5 | 2.6 | 2026年12月 | 远帆物流公司 | 区商务局 |
"""
FIGURES = """# 青栎市2025年统计公报

## 一、分县(区)指标

| 县(区) | 生产总值(亿元) | 增速 | 社会消费品零售总额(亿元) |
|---|---|---|---|
| 东塘区 | 512.3 | 6.1% | 201.4 |
| 南岭县 | 244.8 | 5.2% | 88.6 |
| 西川县 | 198.5 | 4.7% | 73.2 |

## 二、近年指标

| 指标 | 2023年 | 2024年 | 2025年 |
|---|---|---|---|
| 粮食产量(万吨) | 80.2 | 79.4 | 82.6 |
| 货物进出口总额(亿元) | 91.3 | 99.7 | 95.1 |
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with asking(tmp_path_factory.mktemp("names"), {"projects.md": PROJECTS, "figures.md": FIGURES}) as assistant:
        yield assistant


@pytest.mark.parametrize(
    ("said", "meant"),
    [("青栎二院投多少", 0), ("柳湾那个小学", 1), ("北塘冷链园归谁", 2), ("柳湾实验小学", None), ("二院", None), ("医院和小学", None)],
)
def test_a_short_form_begins_and_ends_as_the_name_does(said: str, meant: int | None) -> None:
    names = ("青栎第二人民医院", "柳湾实验小学", "北塘冷链物流园")
    assert [at for _, at in short_forms(said, names)] == ([] if meant is None else [meant])


def test_what_is_short_for_two_names_is_none() -> None:
    assert short_forms("东山中学", ("东山第一中学", "东山第二中学")) == []


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("青栎二院总共投多少?", "6.3亿元"), ("青栎二院今年计划花几个亿?", "1.4亿元"), ("松冈文化中心到25年底已经完成多少投资?", "2.7亿元"),
        ("柳湾那个小学啥时候能建好?", "2027年8月"), ("白鹭路改造什么时候动工?", "2026年5月"), ("北塘冷链园归哪个部门管?", "区商务局"),
        ("续建项目里哪个总投资最大?", "石桥安置房(11.5亿元)"), ("哪个区县增速最慢?", "西川县(4.7%)"), ("东塘区社零总额是多少?", "201.4亿元"),
        ("2024年外贸多少?", "99.7亿元"),
    ],
)  # fmt: skip
def test_the_cell_that_is_meant_answers(library: Assistant, question: str, answer: str) -> None:
    assert library.ask(question).answer == answer


def test_the_rows_of_the_table_named_are_listed(library: Assistant) -> None:
    answer = library.ask("今年新开工的项目有哪些?").answer
    assert all(name in answer for name in ("青栎第二人民医院", "柳湾实验小学", "白鹭路快速化改造")) and "石桥" not in answer


def test_a_measure_that_the_row_has_no_column_for_is_refused(library: Assistant) -> None:
    assert library.ask("青栎二院到25年底已经完成多少投资?").status == "refused"


def test_two_measures_of_two_years_are_no_series(library: Assistant) -> None:
    answer = library.ask("石桥安置房今年计划投多少?")
    assert answer.answer == "4.1亿元"
