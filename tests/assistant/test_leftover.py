"""What is left of a whole that a text states, runs of batches, and a workbook with a title row."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant

RESULTS = """金湖市2024年度安全生产考核结果通报

一、隐患整改
全年共排查隐患1286处,已整改1214处,整改率94.4%;其中重大隐患15处,已整改14处。

二、执法检查
全年检查企业三批:第一批检查化工企业42家,发现问题137个;第二批检查建筑企业65家,发现问题208个;第三批检查商贸企业88家,发现问题176个。

附表 各县(市)事故情况

县(市)    事故起数    死亡人数    同比
东湖县    6    2    -25%
西岭县    9    3    -10%
北川县    2    0    -50%
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder: Path = tmp_path_factory.mktemp("leftover")
    _workbook(folder / "funds.xlsx")
    (folder / "results.txt").write_text(RESULTS, encoding="utf-8")
    with Assistant.open(folder / "library") as opened:
        opened.add([folder / "results.txt", folder / "funds.xlsx"])
        yield opened


def _workbook(path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "资金分配"
    for row in (["松山县2025年衔接资金项目安排表"], ["单位:万元"], ["序号", "项目名称", "实施地点", "资金来源", "", "合计"], ["", "", "", "中央资金", "省级资金", ""]):
        sheet.append(row)
    for across in ("A1:F1", "A2:F2", "D3:E3", "A3:A4", "B3:B4", "C3:C4", "F3:F4"):
        sheet.merge_cells(across)
    for row in ([1, "茶园灌溉工程", "青山乡", 120, 30, 150], [2, "冷库建设", "双河镇", 200, 80, 280], [3, "产业道路硬化", "青山乡", 90, 0, 90]):
        sheet.append(row)
    sheet.append(["", "合计", "", 410, 110, 520])
    households = book.create_sheet("监测户")
    for row in (["乡镇", "监测户数", "已消除风险户数"], ["青山乡", 42, 30], ["双河镇", 65, 52]):
        households.append(row)
    book.save(path)


@pytest.mark.parametrize(
    ("question", "starts"),
    [
        ("金湖市还有多少处隐患没整改", "还有72处"),
        ("金湖市还有几处重大隐患没有整改", "还有1处"),
        ("金湖市三批检查一共检查了多少家企业", "合计195家"),
        ("金湖市哪一批检查发现的问题最多", "第二批检查建筑企业(208个)"),
        ("金湖市死亡人数为0的县是哪个", "北川县"),
        ("松山县衔接资金一共安排多少", "520万元"),
        ("松山县中央资金合计多少万元", "410万元"),  # of two heading rows the lower one tells the column
        ("青山乡的项目资金加起来多少", "合计240万元"),
        ("松山县还有多少户没消除风险", "差25户"),
        ("青山乡监测户比双河镇少多少户", "青山乡更少,相差23户"),
    ],
)
def test_what_is_left_and_what_several_batches_come_to(assistant: Assistant, question: str, starts: str) -> None:
    answer = assistant.ask(question)
    assert answer.status == "answered", answer.reason
    assert answer.answer.startswith(starts), answer.answer


def test_what_the_figures_do_not_count_is_not_added_up(assistant: Assistant) -> None:
    """The batches count companies and problems: units are neither."""
    assert "合计" not in assistant.ask("金湖市考核一共通报了几个单位").answer


def test_a_workbook_is_called_what_the_row_above_its_table_says(assistant: Assistant) -> None:
    assert "松山县2025年衔接资金项目安排表" in {document.title for document in assistant.library().documents}
