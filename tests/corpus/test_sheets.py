"""Workbooks: what a cell shows, which rows are the table, and the duties that a 任务分工表 states."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from corpus.errors import ParseError, UnreadableDocument
from corpus.grids import data_tables
from corpus.parse import parse
from corpus.readers import read
from corpus.readers.number_formats import printed
from corpus.readers.sheets import address_of
from tests.corpus import renderings
from tests.corpus.renderings import NOTICE, TABLE_FACTS, facts

TASKS = (("序号", "具体任务", "牵头单位", "完成时限"), ("1", "排查隐患。", "区应急管理局", "2025年6月底前"), ("2", "整改隐患。", "区住建局", "2025年9月底前"))


def book(write: Callable[[Any], None]) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as made:
        write(made)
    return buffer.getvalue()


def sheet_of(*rows: tuple[object, ...], name: str = "Sheet1") -> bytes:
    def write(made: Any) -> None:
        sheet = made.add_worksheet(name)
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)

    return book(write)


def units_of(data: bytes, name: str = "a.xlsx") -> list[tuple[str, tuple[str, ...]]]:
    return [(fact.task, fact.lead or fact.support) for fact in facts(parse(data, name))]


# ---------------------------------------------------------------- tables


def test_title_remarks_and_address_of_a_task_sheet() -> None:
    data = sheet_of(("附件1",), ("云泊区防汛任务分工表",), ("填报单位：区应急局", "", "", "日期：2025年4月"), *TASKS, ("注：各镇参照执行。",), name="分工")
    source = read(data, "a.xlsx")
    assert source.text.split("\n")[:5] == ["附件1", "云泊区防汛任务分工表", "填报单位：区应急局 日期：2025年4月", "序号", "具体任务"]
    (table,) = source.tables
    assert table.caption == source.title == "云泊区防汛任务分工表"
    assert source.text.endswith("注：各镇参照执行。") and not table.span.of(source.text).endswith("执行。")
    assert {anchor.cell for anchor in source.anchors if source.text.startswith("区住建局", anchor.start)} == {"分工!C6"}
    assert facts(parse(data, "a.xlsx"))[1].until == date(2025, 9, 30)


def test_every_sheet_is_a_table_and_hidden_ones_are_reported() -> None:
    def write(made: Any) -> None:
        for name, unit in (("城区", "甲局"), ("乡镇", "乙局"), ("草稿", "丙局")):
            sheet = made.add_worksheet(name)
            sheet.write_row(0, 0, ("任务", "牵头单位"))
            sheet.write_row(1, 0, (f"{name}排查。", f"区{unit}"))
            if name == "草稿":
                sheet.hide()

    source = read(book(write), "a.xlsx")
    assert [h.span.of(source.text) for h in source.headings] == ["城区", "乡镇"]
    assert len(source.tables) == 2 and "丙局" not in source.text and "隐藏的工作表" in source.notes[0].message


def test_hidden_rows_columns_and_white_letters_are_left_out_and_reported() -> None:
    def write(made: Any) -> None:
        sheet = made.add_worksheet()
        for at, row in enumerate(TASKS):
            sheet.write_row(at, 0, row)
        sheet.write_row(3, 0, ("3", "藏一。", "区甲局", ""))
        sheet.set_row(3, None, None, {"hidden": True})
        sheet.write(0, 4, "备注")
        sheet.write(1, 4, "藏二")
        sheet.set_column(4, 4, 8, None, {"hidden": True})
        sheet.write(2, 5, "藏三", made.add_format({"font_color": "#FFFFFF"}))
        sheet.write(1, 5, "不藏", made.add_format({"font_color": "#FFFFFF", "bg_color": "#1F4E79"}))

    source = read(book(write), "a.xlsx")
    assert "藏一" not in source.text and "藏二" not in source.text and "藏三" not in source.text and "不藏" in source.text
    assert "6 个隐藏的单元格" in source.notes[0].message


def test_two_tables_on_a_sheet_and_a_header_repeated_for_print() -> None:
    rows = (*TASKS, (), ("联系人名单",), ("姓名", "单位", "联系电话"), ("王某", "区应急局", "0599-6012345"))
    source = read(sheet_of(*rows), "a.xlsx")
    assert [len({c.row for c in table.cells}) for table in source.tables] == [3, 2]
    again = (*TASKS, TASKS[0], ("3", "通报情况。", "区政府办", "2025年底"))
    assert [task for task, _ in units_of(sheet_of(*again))] == ["排查隐患。", "整改隐患。", "通报情况。"]


def test_a_blank_row_inside_a_table_does_not_cost_the_header() -> None:
    assert len(units_of(sheet_of(*TASKS[:2], (), TASKS[2]))) == 2


def test_a_header_of_two_rows_and_bands() -> None:
    def write(made: Any) -> None:
        sheet = made.add_worksheet()
        for column, label in enumerate(("序号", "具体任务")):
            sheet.merge_range(0, column, 1, column, label)
        sheet.merge_range(0, 2, 0, 3, "责任单位")
        sheet.write_row(1, 2, ("牵头单位", "配合单位"))
        sheet.merge_range(2, 0, 2, 3, "一、排查阶段")
        sheet.write_row(3, 0, (1, "排查隐患。", "区应急局", "各镇政府"))
        sheet.merge_range(4, 0, 4, 3, "二、整治阶段")
        sheet.write_row(5, 0, (2, "整改隐患。", "区住建局", "区财政局"))

    document = parse(book(write), "a.xlsx")
    assert [(f.task, f.lead, f.support) for f in facts(document)] == [
        ("排查隐患。", ("区应急局",), ("各镇政府",)), ("整改隐患。", ("区住建局",), ("区财政局",)),
    ]  # fmt: skip
    assert [duty.system and duty.system.value for duty in document.facts.duties] == ["一、排查阶段", "二、整治阶段"]


def test_a_sheet_used_as_paper_is_text() -> None:
    source = read(sheet_of(("防汛工作方案",), ("一、目标",), ("确保安全。",)), "a.xlsx")
    assert source.text == "防汛工作方案\n一、目标\n确保安全。" and not source.tables and source.title == "防汛工作方案"


def test_a_table_of_figures_has_its_headings() -> None:
    source = read(sheet_of(("水库名称", "汛限水位(米)", "责任人"), ("青山水库", 128.5, "王某"), ("石门水库", 96, "李某")), "a.xlsx")
    (table,) = data_tables(source, ())
    assert [(h.label, h.unit) for h in table.headings] == [("水库名称", ""), ("汛限水位", "米"), ("责任人", "")]
    assert "128.5" in source.text and "\n96\n" in source.text


# ---------------------------------------------------------------- what a cell shows


@pytest.mark.parametrize(("value", "form", "shown"), [
    (0.95, "0%", "95%"), (0.0025, "0.00%", "0.25%"), (1200, "#,##0", "1,200"), (1234.5, "#,##0.00", "1,234.50"), (3, '0"家"', "3家"), (7, "000", "007"),
    (45838, 'yyyy"年"m"月"d"日"', "2025年6月30日"), (45838, "yyyy/m/d", "2025/6/30"), (45838, "yyyy-mm-dd", "2025-06-30"), (45838, '[$-804]yyyy"年"m"月";@', "2025年6月"),
    (0.5, "h:mm", "12:00"), (45838.5, "yyyy/m/d h:mm", "2025/6/30 12:00"), (12, "General", "12"), (0.1 + 0.2, "", "0.3"), (-5, "0;(0)", "(5)"), (5, '"第"0"项"', "第5项"),
    (1.5, "0.##", "1.5"), (2, "0.##", "2"), (1e20, "yyyy", "1e+20"), (45838, "aaaa", "星期一"), (5, "@", "5"), (45838, "m/d", "6/30"),
])  # fmt: skip
def test_numbers_are_printed_as_their_format_says(value: float, form: str, shown: str) -> None:
    assert printed(value, form) == shown


def test_formats_rich_text_formulas_and_breaks_in_cells() -> None:
    def write(made: Any) -> None:
        sheet = made.add_worksheet()
        sheet.write_row(0, 0, ("指标", "数值", "时限", "说明"))
        sheet.write(1, 0, "整改率")
        sheet.write_number(1, 1, 0.95, made.add_format({"num_format": "0%"}))
        sheet.write_datetime(1, 2, datetime(2025, 6, 30), made.add_format({"num_format": 'yyyy"年"m"月"d"日"'}))
        sheet.write_rich_string(1, 3, "由", made.add_format({"bold": True}), "甲局", "负责")
        sheet.write_formula(2, 1, "=1+1", None, 2)
        sheet.write_string(2, 0, "第一行\n第二行")
        sheet.write_boolean(2, 2, True)

    assert read(book(write), "a.xlsx").text.split("\n")[4:] == ["整改率", "95%", "2025年6月30日", "由甲局负责", "第一行", "第二行", "2", "TRUE"]


def test_addresses() -> None:
    assert [address_of(row, column) for row, column in ((0, 0), (6, 1), (9, 26), (0, 701), (0, 702))] == ["A1", "B7", "AA10", "ZZ1", "AAA1"]


# ---------------------------------------------------------------- other files of tables


@pytest.mark.parametrize("separator", [",", "\t", ";", "，"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_separated_text_is_a_table(separator: str, encoding: str) -> None:
    lines = [separator.join(row) for row in TASKS]
    source = read("\r\n".join(lines).encode(encoding), "任务.csv")
    assert [c.span.of(source.text) for c in source.tables[0].cells][:6] == ["序号", "具体任务", "牵头单位", "完成时限", "1", "排查隐患。"]
    assert [a.line for a in source.anchors] == [1, 2, 3]
    assert units_of("\n".join(lines).encode(encoding), "任务.tsv") == [("排查隐患。", ("区应急管理局",)), ("整改隐患。", ("区住建局",))]


def test_quoted_cells_hold_separators_and_line_ends() -> None:
    text = '任务,牵头单位\n"排查,\n整改",区应急局\n'
    source = read(text.encode(), "a.csv")
    assert source.text == "任务\n牵头单位\n排查,\n整改\n区应急局"


def test_a_web_page_or_a_text_table_called_xls_is_read_for_what_it_is() -> None:
    page = "<html><table><tr><td>任务</td><td>牵头单位</td></tr><tr><td>排查。</td><td>区应急局</td></tr></table></html>"
    assert units_of(page.encode("gb18030"), "导出.xls") == [("排查。", ("区应急局",))]
    assert units_of("任务\t牵头单位\n排查。\t区应急局".encode("gb18030"), "导出.xls") == [("排查。", ("区应急局",))]
    assert units_of(renderings.xlsx(NOTICE), "表.et") == units_of(renderings.xlsx(NOTICE))


def test_an_opendocument_sheet() -> None:
    def row_of(cells: tuple[str, ...]) -> str:
        filled = "".join(f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in cells)
        return f"<table:table-row>{filled}</table:table-row>"

    names = " ".join(f'xmlns:{kind}="urn:oasis:names:tc:opendocument:xmlns:{kind}:1.0"' for kind in ("office", "table", "text"))
    table = f'<table:table table:name="分工">{"".join(map(row_of, TASKS))}</table:table>'
    table = table.replace('office:value-type="string"><text:p>区应急管理局', 'table:number-rows-spanned="2" office:value-type="string"><text:p>区应急管理局')
    table = table.replace('<table:table-cell office:value-type="string"><text:p>区住建局</text:p></table:table-cell>', "<table:covered-table-cell/>")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("META-INF/manifest.xml", '<manifest xmlns="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>')
        package.writestr(
            "content.xml",
            f"<office:document-content {names}><office:body><office:spreadsheet>{table}</office:spreadsheet></office:body></office:document-content>",
        )
    assert units_of(buffer.getvalue(), "a.ods") == [("排查隐患。", ("区应急管理局",)), ("整改隐患。", ("区应急管理局",))]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_an_old_workbook_gives_the_same_duties(tmp_path: Path) -> None:
    (tmp_path / "表.xlsx").write_bytes(renderings.xlsx(NOTICE))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(["soffice", profile, "--headless", "--convert-to", "xls", "--outdir", str(tmp_path), str(tmp_path / "表.xlsx")], check=True, capture_output=True, timeout=120)
    data = (tmp_path / "表.xls").read_bytes()
    assert facts(parse(data, "表.xls")) == facts(parse(data, "表.et")) == TABLE_FACTS


# ---------------------------------------------------------------- what cannot be read


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04rubbish", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), b"\x7fELF" + bytes(99), sheet_of(("", " "))])
@pytest.mark.parametrize("suffix", ["xlsx", "xls", "et"])
def test_what_is_no_workbook_is_refused(data: bytes, suffix: str) -> None:
    with pytest.raises(UnreadableDocument) as refusal:
        read(data, f"a.{suffix}")
    assert refusal.value.remedy


def test_a_panic_of_the_library_is_a_refusal() -> None:
    # A directory cut short in the middle of an entry.
    sectors = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504))
    sectors[24:36] = b"\x3e\x00\x03\x00\xfe\xff\x09\x00\x06\x00\x00\x00"
    sectors[44:80] = (1).to_bytes(4, "little") + (1).to_bytes(4, "little") + bytes(4) + (4096).to_bytes(4, "little") + b"\xfe\xff\xff\xff" + bytes(4) + b"\xfe\xff\xff\xff" + bytes(8)
    table = b"\xfd\xff\xff\xff\xfe\xff\xff\xff" + b"\xff" * 504
    with pytest.raises(UnreadableDocument):
        read(bytes(sectors[:76]) + bytes(4) + b"\xff" * 432 + table + "Workbook".encode("utf-16-le") + bytes(90), "a.xls")


def test_far_cells_and_huge_merged_ranges_cost_nothing() -> None:
    def write(made: Any) -> None:
        sheet = made.add_worksheet()
        sheet.write(0, 0, "左上")
        sheet.write(1_048_575, 16_383, "右下")
        sheet.merge_range(1, 0, 2, 1, "")

    wide = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book(write))) as made, zipfile.ZipFile(wide, "w", zipfile.ZIP_DEFLATED) as package:
        for name in made.namelist():
            package.writestr(name, made.read(name).replace(b'ref="A2:B3"', b'ref="A2:XFC1048575"'))
    assert read(wide.getvalue(), "a.xlsx").text == "左上\n右下"


@pytest.mark.parametrize("spoil", [0, 1, 2, 3, 4, 5, 6, 7])
def test_damaged_workbooks_raise_parse_errors_only(spoil: int) -> None:
    data = bytearray(renderings.xlsx(NOTICE))
    at = len(data) * (spoil + 1) // 9
    data[at : at + 40] = bytes(40)
    try:
        read(bytes(data), "a.xlsx")
    except ParseError as refusal:
        assert refusal.remedy
