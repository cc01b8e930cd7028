"""What Word stores and what a reader of the page sees of it are two things; the canonical text is what is seen."""

from __future__ import annotations

import contextlib
import zipfile
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import ParseError, UnreadableDocument
from corpus.parse import parse
from corpus.readers import read
from corpus.readers.word_numbering import printed_number
from corpus.types import Source
from tests.corpus import renderings
from tests.corpus.word_files import docx, level, listed, lists, p, r, tbl, tc, tr

GRID = {"继续": "<w:vMerge/>", "开始": '<w:vMerge w:val="restart"/>'}


def source_of(body: str, **parts: str) -> Source:
    return read(docx(body, **parts), "通知.docx")


def lines_of(body: str, **parts: str) -> list[str]:
    return source_of(body, **parts).text.split("\n")


def grid_of(source: Source) -> list[tuple[int, int, int, int, str]]:
    (table,) = source.tables
    return [(c.row, c.column, c.row_span, c.column_span, c.span.of(source.text)) for c in table.cells]


# ---------------------------------------------------------------- automatic numbers

CHINESE = lists(
    level(0, "chineseCountingThousand", "%1、"), level(1, "chineseCountingThousand", "（%2）"), level(2, "decimal", "%3."), level(3, "decimal", "%1.%4", "<w:isLgl/>"),
)  # fmt: skip


def test_automatic_numbers_stand_in_the_text() -> None:
    body = p("总体要求", listed()) + p("重点任务", listed()) + p("压实责任", listed(1)) + p("签责任书。", listed(2)) + p("约谈。", listed(2)) + p("整治隐患", listed(1))
    body += p("清理场所。", listed(2)) + p("见上。", listed(3))
    assert lines_of(body, numbering=CHINESE) == [
        "一、总体要求", "二、重点任务", "（一）压实责任", "1.签责任书。", "2.约谈。", "（二）整治隐患", "1.清理场所。", "2.1 见上。",
    ]  # fmt: skip


def test_a_list_that_starts_anew_and_a_bullet() -> None:
    again = '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    numbering = lists(level(0, "decimal", "%1."), level(1, "bullet", "\uf0b7"), more=again)
    body = p("甲", listed()) + p("乙", listed()) + p("点", listed(1)) + p("丙", listed(0, 2)) + p("丁", listed(0, 2)) + p("无", listed(0, 0))
    assert lines_of(body, numbering=numbering) == ["1.甲", "2.乙", "点", "1.丙", "2.丁", "无"]


def test_a_heading_style_carries_its_number_and_level() -> None:
    styles = (
        f'<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:pPr>{listed()}<w:outlineLvl w:val="0"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="章"/><w:basedOn w:val="1"/></w:style>'
    )
    body = p("总则", '<w:pStyle w:val="1"/>') + p("正文。") + p("罚则", '<w:pStyle w:val="2"/>') + p("附则", '<w:pStyle w:val="1"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    source = source_of(body, styles=styles, numbering=lists(level(0, "chineseCounting", "第%1章")))
    assert source.text.split("\n") == ["第一章 总则", "正文。", "第二章 罚则", "附则"]
    assert [(h.level, h.span.of(source.text)) for h in source.headings] == [(1, "第一章 总则"), (1, "第二章 罚则"), (1, "附则")]


def test_the_serial_numbers_of_a_table_are_printed_even_in_empty_paragraphs() -> None:
    rows = [tr(tc(p("", listed())), f"任务{n}", "区应急管理局") for n in (1, 2)]
    source = source_of(tbl(tr("序号", "任务", "牵头单位"), *rows), numbering=lists(level(0, "decimal", "%1")))
    assert [text for _, column, _, _, text in grid_of(source) if column == 0] == ["序号", "1", "2"]


@pytest.mark.parametrize(("form", "printed"), [
    ("decimal", "12"), ("chineseCounting", "十二"), ("ideographDigital", "一二"), ("chineseLegalSimplified", "拾贰"), ("upperRoman", "XII"), ("lowerLetter", "l"),
    ("ideographTraditional", "乙"), ("decimalEnclosedCircleChinese", "⑫"), ("decimalFullWidth", "１２"), ("decimalZero", "12"), ("unknown", "12"),
])  # fmt: skip
def test_number_formats(form: str, printed: str) -> None:
    assert printed_number(12, form) == printed


def test_a_heading_style_that_only_some_headings_of_a_kind_have_is_left_to_their_numbers() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>'
    body = p("一、目标") + p("（一）扩面", '<w:pStyle w:val="1"/>') + p("全面覆盖。") + p("（二）提质") + p("持续提升。") + p("二、保障") + p("加强领导。")
    document = parse(docx(body, styles=styles), "a.docx")
    assert [s.path for s in document.sections] == [("一、目标",), ("一、目标", "（一）扩面"), ("一、目标", "（二）提质"), ("二、保障",)]


# ---------------------------------------------------------------- what is not shown


def test_deleted_text_is_out_and_inserted_text_in() -> None:
    body = f"<w:p>{r('由')}<w:del><w:r><w:delText>甲局</w:delText></w:r></w:del><w:ins>{r('乙局')}</w:ins>{r('牵头')}</w:p>"
    moved = f"<w:p><w:moveFrom>{r('旧处')}</w:moveFrom><w:moveTo>{r('新处')}</w:moveTo></w:p>"
    gone = "<w:trPr><w:del/></w:trPr>"
    table = tbl(tr("任务", "单位"), tr("甲", "乙"), f"<w:tr>{gone}{tc('丙')}{tc('丁')}</w:tr>")
    source = source_of(body + moved + table)
    assert source.text.split("\n") == ["由乙局牵头", "新处", "任务", "单位", "甲", "乙"]
    (note,) = source.notes
    assert note.code == "tracked_changes" and "3 处" in note.message


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next() -> None:
    assert lines_of(p("各镇", "<w:rPr><w:del/></w:rPr>") + p("人民政府：")) == ["各镇人民政府："]


@pytest.mark.parametrize("run", ["<w:vanish/>", '<w:color w:val="FFFFFF"/>', '<w:color w:val="auto" w:themeColor="background1"/>', '<w:sz w:val="2"/>'])
def test_unseen_text_is_no_evidence_and_is_reported(run: str) -> None:
    source = source_of(p("由甲局牵头。") + p("由乙局牵头。", run=run))
    assert source.text == "由甲局牵头。" and source.notes[0].code == "hidden_text"


def test_text_hidden_by_its_style() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="h"><w:name w:val="暗"/><w:rPr><w:vanish/></w:rPr></w:style>'
    body = p("见", '<w:pStyle w:val="h"/>', '<w:vanish w:val="0"/>') + p("不见", '<w:pStyle w:val="h"/>')
    assert lines_of(body, styles=styles) == ["见"]


def test_white_letters_on_a_dark_header_are_seen() -> None:
    dark = '<w:shd w:val="clear" w:fill="1F4E79"/>'
    white = '<w:color w:val="FFFFFF"/>'
    source = source_of(tbl(tr(tc(p("任务", run=white), dark), tc(p("单位", run=white), dark)), tr("甲", "乙")))
    assert source.text == "任务\n单位\n甲\n乙" and not source.notes


# ---------------------------------------------------------------- fields, symbols, boxes, notes


def field(instruction: str, result: str) -> str:
    def char(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    return f"{char('begin')}<w:r><w:instrText>{instruction}</w:instrText></w:r>{char('separate')}{r(result)}{char('end')}"


def test_fields_show_their_results_but_for_page_numbers() -> None:
    body = f"<w:p>{r('见')}{field('REF _x', '附件2')}{field(' PAGE ', '7')}<w:fldSimple w:instr='PAGE'>{r('8')}</w:fldSimple></w:p>"
    assert lines_of(body) == ["见附件2"]


def test_a_table_of_contents_is_left_out_with_its_heading() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o "1-3" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    contents = f"{p('目  录')}<w:p>{begin}{r('一、目标	1')}</w:p>{p('二、任务	2')}<w:p>{r('三、保障	3')}<w:r><w:fldChar w:fldCharType='end'/></w:r></w:p>"
    assert lines_of(p("某方案") + contents + p("一、目标") + p("正文。")) == ["某方案", "一、目标", "正文。"]


def test_line_breaks_symbols_tabs_and_controls() -> None:
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{r('张三')}</w:sdtContent></w:sdt><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{r('单击此处输入文字')}</w:sdtContent></w:sdt>"
    tick = '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
    body = f"<w:p>{r('联系人：')}{control}<w:r><w:tab/></w:r>{r('电话：123')}<w:r><w:br/></w:r>{tick}{r('同意')}</w:p>"
    assert lines_of(body + f"<w:sdt><w:sdtContent>{p('一段')}</w:sdtContent></w:sdt>") == ["联系人：张三 电话：123", "☑同意", "一段"]


def test_a_title_broken_by_hand_is_one_line() -> None:
    body = f"<w:p><w:pPr><w:jc w:val='center'/></w:pPr>{r('关于印发防汛')}<w:r><w:br/></w:r>{r('工作方案的通知')}</w:p>"
    assert lines_of(body) == ["关于印发防汛工作方案的通知"]


def test_a_text_box_stands_before_its_paragraph_and_once() -> None:
    box = f"<wps:txbx><w:txbxContent>{p('云泊区人民政府文件')}</w:txbxContent></wps:txbx>"
    old = f"<v:shape><v:textbox><w:txbxContent>{p('云泊区人民政府文件')}</w:txbxContent></v:textbox></v:shape>"
    choice = f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{old}</w:pict></mc:Fallback></mc:AlternateContent>'
    lettering = '<w:p><w:r><w:pict><v:shape><v:textpath string="内部资料"/></v:shape></w:pict></w:r></w:p>'
    assert lines_of(f"<w:p><w:r>{choice}</w:r>{r('云政发〔2025〕1号')}</w:p>" + lettering) == ["云泊区人民政府文件", "云政发〔2025〕1号", "内部资料"]


def test_footnotes_come_at_the_end() -> None:
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    notes = f'<w:footnote w:id="0" w:type="separator">{p("分隔")}</w:footnote><w:footnote w:id="2">{p("含园区。")}</w:footnote>'
    assert lines_of(f"<w:p>{r('各镇')}{mark}{r('负责。')}</w:p>" + p("末段。"), footnotes=notes) == ["各镇负责。", "末段。", "含园区。"]


# ---------------------------------------------------------------- tables


def test_merged_cells_reach_over_rows_and_columns() -> None:
    across = '<w:gridSpan w:val="2"/>'
    source = source_of(tbl(
        tr("任务", tc("责任单位", across), properties="<w:tblHeader/>"),
        tr(tc("排查", GRID["开始"]), "甲局", tc("各镇", GRID["开始"])),
        tr(tc("", GRID["继续"]), "乙局", tc("", GRID["继续"])),
        tr(tc("全区推进", '<w:gridSpan w:val="3"/>')),
    ))  # fmt: skip
    assert grid_of(source) == [
        (0, 0, 1, 1, "任务"), (0, 1, 1, 2, "责任单位"), (1, 0, 2, 1, "排查"), (1, 1, 1, 1, "甲局"), (1, 2, 2, 1, "各镇"), (2, 1, 1, 1, "乙局"), (3, 0, 1, 3, "全区推进"),
    ]  # fmt: skip
    assert [cell.header for cell in source.tables[0].cells][:3] == [True, True, False]


def test_a_frame_around_the_page_is_no_table_and_a_small_table_inside_a_cell_is_text() -> None:
    inner = tbl(tr("任务", "单位"), tr("甲", "乙"))
    framed = source_of(tbl(tr(tc(p("通知") + inner))))
    assert framed.text == "通知\n任务\n单位\n甲\n乙" and len(framed.tables) == 1 and len(framed.tables[0].cells) == 4
    outer = source_of(tbl(tr("任务", "牵头单位"), tr(tc(p("完成下列各项改造任务，按季度通报工作进展情况：") + inner), "区应急管理局")))
    (table,) = outer.tables
    assert [cell.span.of(outer.text) for cell in table.cells][2:] == ["完成下列各项改造任务，按季度通报工作进展情况：\n任务\n单位\n甲\n乙", "区应急管理局"]


def test_a_table_cut_in_two_is_one() -> None:
    header = tr("具体任务", "牵头单位", "完成时限")
    first, second = tr("排查隐患。", "区应急局", "2025年5月底前"), tr("整改隐患。", "区住建局", "2025年6月底前")
    document = parse(docx(p("任务分工表") + tbl(header, first) + "<w:p/>" + tbl(second) + p("完。")), "a.docx")
    assert [(fact.task, fact.lead) for fact in renderings.facts(document)] == [("排查隐患。", ("区应急局",)), ("整改隐患。", ("区住建局",))]
    (table,) = document.source.tables
    assert [cell.row for cell in table.cells][::3] == [0, 1, 2]
    assert len(source_of(tbl(header, first) + p("另有：") + tbl(second)).tables) == 2
    assert len(source_of(tbl(header, first) + tbl(tr("甲", "乙"), tr("丙", "丁"))).tables) == 2


def test_the_strict_schema_is_read_as_well() -> None:
    strict = in_strict_schema(docx(p("正文", '<w:pStyle w:val="1"/>') + p("由甲局牵头。", run="<w:vanish/>"), styles='<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>'))
    source = read(strict, "a.docx")
    assert source.text == "正文" and source.headings[0].level == 1 and source.notes[0].code == "hidden_text"


def in_strict_schema(data: bytes) -> bytes:
    """Put the namespaces of the strict schema in place of the usual ones."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            part = old.read(name).replace(b"http://schemas.openxmlformats.org/wordprocessingml/2006/main", b"http://purl.oclc.org/ooxml/wordprocessingml/main")
            new.writestr(name, part.replace(b"http://schemas.openxmlformats.org/officeDocument/2006/relationships", b"http://purl.oclc.org/ooxml/officeDocument/relationships"))
    return buffer.getvalue()


def test_absurd_spans_are_clamped() -> None:
    source = source_of(tbl(tr(tc("甲", '<w:gridSpan w:val="2000000000"/>'), "乙"), tr("丙", "丁")))
    assert max(cell.column + cell.column_span for cell in source.tables[0].cells) <= 1000


def test_anchors_name_paragraph_and_page() -> None:
    body = p("甲") + "<w:p/>" + f"<w:p><w:r><w:lastRenderedPageBreak/></w:r>{r('乙')}</w:p>"
    assert [(a.start, a.line, a.page) for a in source_of(body).anchors] == [(0, 1, 1), (2, 3, 2)]
    assert [(a.line, a.page) for a in source_of(p("甲")).anchors] == [(1, None)]


# ---------------------------------------------------------------- what cannot be read


def test_a_protected_file_asks_for_an_open_copy() -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
    with pytest.raises(UnreadableDocument) as refusal:
        read(data, "a.docx")
    assert refusal.value.code == "encrypted" and "密码" in refusal.value.remedy


@pytest.mark.parametrize("damage", ["half", "no body", "entity", "pictures only", "zip"])
def test_damaged_files_are_refused_saying_why(damage: str) -> None:
    whole = docx(p("正文"))
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("word/document.xml", '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]><d>&a;</d>' if damage == "entity" else "<d/>")
    data = {
        "half": whole[: len(whole) // 2], "no body": buffer.getvalue(), "entity": buffer.getvalue(), "zip": zip_of("a.txt", b"a"),
        "pictures only": docx("<w:p><w:r><w:drawing><a:blip/></w:drawing></w:r></w:p>"),
    }[damage]  # fmt: skip
    with pytest.raises(UnreadableDocument) as refusal:
        read(data, "a.docx")
    assert refusal.value.remedy and "root:" not in str(refusal.value)


def zip_of(name: str, data: bytes) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(name, data)
    return buffer.getvalue()


def test_a_bomb_is_refused() -> None:
    with pytest.raises(ParseError) as refusal:
        read(zip_of("word/document.xml", bytes(150_000_000)), "a.docx")
    assert refusal.value.code == "too_large"


def test_an_office_file_is_read_by_its_content() -> None:
    assert read(docx(p("正文")), "a.docm").text == "正文"
    assert read("<html><body><p>网页正文</p></body></html>".encode(), "a.docx").format == "html"


PARTS = st.sampled_from([b"<w:", b"/>", b'w:val="9"', b"<w:tbl>", b"</w:p>", b"&lt;", b"999999999", b"\xff", b"%1"])


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4000), PARTS), max_size=6))
def test_whatever_the_xml_says_only_parse_errors_escape(changes: list[tuple[int, bytes]]) -> None:
    content = bytearray(SPOILED)
    for at, part in changes:
        content[at % len(content) : at % len(content) + len(part)] = part
    with contextlib.suppress(ParseError):
        read(zip_of("word/document.xml", bytes(content)), "a.docx")


SPOILED = zipfile.ZipFile(BytesIO(renderings.docx(renderings.NOTICE))).read("word/document.xml")
