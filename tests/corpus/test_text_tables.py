"""Tables drawn with characters in a plain text file."""

from __future__ import annotations

import pytest

from corpus.readers.plain import read
from corpus.readers.text_tables import lines_of, spaced_tables


def cells_of(text: str) -> list[list[str]]:
    source = read(text.encode(), "表.txt")
    rows: dict[int, list[str]] = {}
    for cell in source.tables[0].cells if source.tables else ():
        rows.setdefault(cell.row, []).append(cell.span.of(source.text))
    return list(rows.values())


def test_a_pipe_table_in_plain_text_is_a_table() -> None:
    assert cells_of("清单\n\n| 序号 | 单位 |\n|---|---|\n| 1 | 市水务局 |\n") == [["序号", "单位"], ["1", "市水务局"]]


def test_columns_set_by_blanks_are_a_table() -> None:
    text = "附:联系表\n\n水库名称    责任人    电话\n龙渡水库    秦牧野    139 0000 6201\n青枫水库    段小楼    139 0000 6202\n\n以上。"
    assert cells_of(text) == [["水库名称", "责任人", "电话"], ["龙渡水库", "秦牧野", "139 0000 6201"], ["青枫水库", "段小楼", "139 0000 6202"]]


def test_prose_and_signatures_are_none() -> None:
    assert cells_of("出席:张三  李四  王五\n列席:赵六  钱七  孙八\n请假:无  无  无\n") == []
    assert cells_of("第一段。  第二句。  第三句。\n又一段。  再一句。  完了。\n") == []


def test_the_text_stays_as_it_is() -> None:
    text = "甲    乙    丙\n1    2    3\n4    5    6\n"
    assert read(text.encode(), "表.txt").text == text


STACKED = """附件3
时间安排表

阶段
时间
责任单位

自主申报
4月14日—5月9日
各学校

市级验收
6月9日—9月26日
市市场监管局牵头,市教育局配合
"""


def test_cells_one_a_line_in_blocks_are_a_table() -> None:
    assert cells_of(STACKED) == [
        ["阶段", "时间", "责任单位"],
        ["自主申报", "4月14日—5月9日", "各学校"],
        ["市级验收", "6月9日—9月26日", "市市场监管局牵头,市教育局配合"],
    ]


def test_blocks_of_sentences_or_of_other_sizes_are_none() -> None:
    assert cells_of("甲\n乙\n丙\n\n丁\n戊\n己\n\n庚\n辛\n") == []
    assert cells_of("甲\n乙\n丙\n\n第一句。\n第二句。\n第三句。\n\n第四句。\n第五句。\n第六句。\n") == []


SPACED = "附表\n指标 单位 2024年 2025年目标\n床位占比 % 52 60\n助餐点 个 47 85\n合计 99\n\n序号 任务 牵头单位 完成时间\n1 新建学校 县教育局 8月底\n2 改造医院 县卫健局 9月底\n"


def test_cells_set_apart_by_one_blank_are_tables_where_figures_or_a_known_heading_bear_them_out() -> None:
    found = spaced_tables(lines_of(SPACED))
    assert [[c.span.of(SPACED) for c in table.cells] for table in found] == [
        ["指标", "单位", "2024年", "2025年目标", "床位占比", "%", "52", "60", "助餐点", "个", "47", "85"],
        ["序号", "任务", "牵头单位", "完成时间", "1", "新建学校", "县教育局", "8月底", "2", "改造医院", "县卫健局", "9月底"],
    ]
    assert [c.header for c in found[0].cells] == [True] * 4 + [False] * 8


@pytest.mark.parametrize(
    "text",
    [
        "张三 李四 王五\n赵六 钱七 孙八\n周九 吴十 郑一\n",
        "关于 印发 通知\n各 乡镇 街道\n请 认真 执行。\n",
        "指标 单位 目标\n床位占比 % 60\n",
        "指标 单位 目标\n床位占比 %\n助餐点 个\n",
    ],
)
def test_words_with_blanks_between_them_are_no_table(text: str) -> None:
    assert spaced_tables(lines_of(text)) == ()
