"""Tables read by row and column from small files."""

from corpus.grids import DataTable, data_tables
from corpus.parse import parse


def _tables(text: str, name: str) -> tuple[DataTable, ...]:
    document = parse(text.encode(), name)
    return data_tables(document.source, document.sections)


def test_the_unit_in_a_heading_is_told_from_its_words() -> None:
    (table,) = _tables("# 指标\n\n| 水库 | 库容（万立方米） | 说明（可不填） |\n|---|---|---|\n| 东湖 | 12 | 无 |\n", "a.md")
    assert [(h.label, h.unit) for h in table.headings] == [("水库", ""), ("库容", "万立方米"), ("说明(可不填)", "")]


def test_a_header_of_two_rows_is_joined_by_column_and_a_title_row_is_the_caption() -> None:
    html = (
        "<h1>河长名单公告</h1><p>现予公布。</p><table><tr><th colspan=4>河道河长一览</th></tr>"
        "<tr><th rowspan=2>河道</th><th colspan=2>联系方式</th><th rowspan=2>长度（公里）</th></tr><tr><th>电话</th><th>邮箱</th></tr>"
        "<tr><td>南河</td><td>5551234</td><td>a@example.com</td><td>7.5</td></tr></table>"
    )
    (table,) = _tables(html, "a.html")
    assert table.caption == "河道河长一览"
    assert [h.label for h in table.headings] == ["河道", "联系方式电话", "联系方式邮箱", "长度"]
    assert len(table.rows) == 1


def test_a_merged_cell_stands_in_every_row_it_spans_but_a_row_is_cited_from_its_own_cells() -> None:
    html = (
        "<p>值班</p><table><tr><th>日期</th><th>值班人</th><th>司机</th></tr><tr><td>5月1日</td><td>甲某</td><td rowspan=2>丙某</td></tr>"
        "<tr><td>5月2日</td><td>乙某</td></tr></table>"
    )
    document = parse(html.encode(), "a.html")
    (table,) = data_tables(document.source, document.sections)
    last = table.rows[1]
    cell = last.cells[2]
    assert cell is not None and cell.span.of(document.text) == "丙某"
    assert "丙某" not in last.span.of(document.text) and last.span.of(document.text).endswith("乙某")


def test_document_data_is_no_table_of_data() -> None:
    html = "<table><tr><td>索引号：</td><td>1/2</td></tr><tr><td>发布机构：</td><td>某局</td></tr></table><p>正文一段。</p>"
    assert _tables(html, "a.html") == ()


def test_the_headings_of_a_blank_form_in_plain_text_stand_one_a_line() -> None:
    text = "关于排查的通知\n\n各部门要填报台账。\n\n附件\n\n隐患排查台账\n\n序号\n\n隐患内容\n\n检查日期\n\n责任\n\n单位\n\n备注\n\n1\n\n2\n"
    (form,) = _tables(text, "a.txt")
    assert form.caption == "隐患排查台账" and form.rows == ()
    assert [h.label for h in form.headings][:3] == ["序号", "隐患内容", "检查日期"]


def test_cells_of_the_first_row_are_not_headings_of_a_flattened_table() -> None:
    text = "任务清单\n\n序号\n\n具体任务\n\n完成时限\n\n牵头单位\n\n强化举措\n\n1.开展排查。\n\n6月底\n\n区住建局\n"
    (form,) = _tables(text, "a.txt")
    assert [h.label for h in form.headings] == ["序号", "具体任务", "完成时限", "牵头单位"]
