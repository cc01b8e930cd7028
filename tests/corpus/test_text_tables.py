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


def test_a_line_of_totals_belongs_to_the_table() -> None:
    """It has no cells for the columns that cannot be added up; its figures stand below those that can."""
    text = "序号 项目 所在地 投资 受益人口 性质\n1 甲工程 东镇 680 9.6 新建\n2 乙工程 西镇 420 1.3 扩建\n合计 1100 10.9\n\n联系人:王磊\n"
    (table,) = spaced_tables(lines_of(text))
    assert {cell.column: cell.span.of(text) for cell in table.cells if cell.row == 3} == {1: "合计", 3: "1100", 4: "10.9"}
    unclear = text.replace("合计 1100 10.9", "合计 1100")
    assert max(cell.row for cell in spaced_tables(lines_of(unclear))[0].cells) == 2


def test_a_title_and_a_name_are_one_cell() -> None:
    text = "项目 投资(亿元) 年限 责任领导\n新材二期 8.6 2025—2026 副县长 王知秋\n联络线 21.3 2023—2026 常务副县长 车望舒\n"
    (table,) = spaced_tables(lines_of(text))
    assert [cell.span.of(text) for cell in table.cells if cell.column == 3] == ["责任领导", "副县长 王知秋", "常务副县长 车望舒"]


def test_rows_between_pipes_without_a_rule_are_a_table() -> None:
    text = "二、任务\n\n片区 | 雨水管(公里) | 完工时限\n东片 | 5.2 | 9月底\n西片 | 3.6 | 11月底\n\n三、要求\n"
    assert cells_of(text) == [["片区", "雨水管(公里)", "完工时限"], ["东片", "5.2", "9月底"], ["西片", "3.6", "11月底"]]
    assert cells_of("甲 | 乙 | 丙\n只有一行 | 不成表 | 的\n\n正文。\n") == []


NUMBERED = """项目清单
序号 项目名称 建设性质 总投资

一、公路(2个)
1
石桥路改建
续建
5040
2
云岭隧道
新建
23800

二、供水(1个)
3
马河水厂
新建
760

附件2
"""


def test_numbered_rows_one_cell_a_line_go_on_below_the_captions_of_groups() -> None:
    assert cells_of(NUMBERED) == [["序号", "项目名称", "建设性质", "总投资"], ["1", "石桥路改建", "续建", "5040"], ["2", "云岭隧道", "新建", "23800"], ["3", "马河水厂", "新建", "760"]]
    assert cells_of(NUMBERED.replace("新建\n23800", "新建")) == [], "a row that lacks a cell cannot be told from the next"


def test_a_wide_bar_and_a_drawn_one_part_cells_too() -> None:
    rows = [["日期", "带班领导", "值班电话"], ["5月1日", "林舟", "8011"], ["5月2日", "陶然", "8012"]]
    for bar in "｜│":
        assert cells_of("安排\n\n" + "\n".join(bar.join(row) for row in rows) + "\n\n以上。\n") == rows
