"""One invented document as data, and what writes it as a file of each format: all files have to give the same facts.

`NOTICE` is the document, `EXPECTED` who has to do what until when after it, written by hand. A renderer is a function
`Sequence[Block] → bytes`; `xlsx` writes the tables only (`TABLE_FACTS`), and `txt` cannot tell that a cell was merged. `facts` gives what a parsed document says in the same form.
"""

from __future__ import annotations

import html as markup
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from corpus.types import Document


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph. kind: "title", "number" (发文字号), "addressee", "heading", "text", "signature", "attachment", "caption".

    level: of a heading, from 1; 0 for all else.
    """

    text: str
    kind: str = "text"
    level: int = 0


@dataclass(frozen=True, slots=True)
class Box:
    """A cell of a table that covers `down` rows and `across` columns."""

    text: str
    down: int = 1
    across: int = 1


@dataclass(frozen=True, slots=True)
class Form:
    """A table: rows of equal length, None where a merged cell covers the place; the first `n_headers` rows are its header."""

    rows: tuple[tuple[Box | None, ...], ...]
    n_headers: int = 1

    def boxes(self) -> Iterator[tuple[int, int, Box]]:
        """Give (row, column, box) in reading order."""
        for row, cells in enumerate(self.rows):
            for column, box in enumerate(cells):
                if box is not None:
                    yield row, column, box


Block = Line | Form


@dataclass(frozen=True, slots=True)
class Fact:
    """Who has to do what until when. until: last day of the time limit, None where none is set."""

    task: str
    lead: tuple[str, ...]
    support: tuple[str, ...]
    until: date | None


_HEADER = ("序号", "主要任务", "具体任务", "牵头单位", "配合单位", "完成时限")
_TASKS = (
    ("1", Box("开展全面排查", down=3), "对人员密集场所开展拉网式排查，建立隐患台账。", "区消防救援大队", "区商务局、区文化广电旅游局", "2025年6月底前"),
    ("2", None, "核查高层住宅小区消防水源和消防车通道。", "区住房和城乡建设局", "区消防救援大队、区综合行政执法局", "2025年7月15日前"),
    ("3", None, "抽检在售电动自行车及蓄电池质量。", "区市场监督管理局", Box("各镇人民政府、各街道办事处", down=2), "2025年8月底前"),
    ("4", Box("实施集中整治", down=4), "拆除影响逃生和救援的防盗窗、广告牌。", "区综合行政执法局", None, "2025年9月30日前"),
    ("5", None, "建成电动自行车集中充电桩1200个。", "区住房和城乡建设局", "区发展和改革局、国网澄江供电公司", "2025年10月底前"),
    ("6", None, "完成24家养老机构火灾自动报警系统改造。", "区民政局", "区财政局", "2025年11月30日前"),
    ("7", None, "停用达不到防火要求的彩钢板临时建筑。", "区自然资源和规划局", "区综合行政执法局、各镇人民政府", "2025年12月10日前"),
    ("8", Box("健全长效机制", down=2), "修订区级重大火灾隐患挂牌督办办法。", "区消防安全委员会办公室", "区司法局", "2025年11月底前"),
    ("9", None, "把消防安全纳入镇（街道）年度综合考核。", "区委组织部", "区消防救援大队", "2025年12月底前"),
)  # fmt: skip


def _row(cells: Sequence[str | Box | None]) -> tuple[Box | None, ...]:
    return tuple(Box(cell) if isinstance(cell, str) else cell for cell in cells)


NOTICE: tuple[Block, ...] = (
    Line("澄江区人民政府办公室关于印发澄江区消防安全集中整治工作方案的通知", "title"),
    Line("澄政办发〔2025〕12号", "number"),
    Line("各镇人民政府，各街道办事处，区级有关部门：", "addressee"),
    Line("《澄江区消防安全集中整治工作方案》已经区政府同意，现印发给你们，请认真组织实施。"),
    Line("一、工作目标", "heading", 1),
    Line("到2025年底，重大火灾隐患整改率达到100%，居民小区电动自行车集中充电设施覆盖率达到95%以上。"),
    Line("二、重点任务", "heading", 1),
    Line("（一）压实责任", "heading", 2),
    Line("1.签订责任书。与各镇（街道）签订消防安全目标责任书。（责任单位：区消防安全委员会办公室；完成时限：2025年5月底前）"),
    Line("2.约谈通报。对整改不力的单位开展警示约谈。（责任单位：区应急管理局、区消防救援大队）"),
    Line("（二）整治隐患", "heading", 2),
    Line("1.整治“三合一”场所。清理违规住人的生产经营场所。（牵头单位：区消防救援大队；配合单位：区公安分局、区市场监督管理局；完成时限：2025年9月底前）"),
    Line("2.改造老旧线路。更新老旧小区楼道电气线路。（牵头单位：区住房和城乡建设局；配合单位：区财政局、国网澄江供电公司；完成时限：2025年11月底前）"),
    Line("三、保障措施", "heading", 1),
    Line("（一）加强宣传。组织消防安全进社区活动。（责任单位：区委宣传部、区融媒体中心）"),
    Line("（二）强化督查。定期通报工作进展。（责任单位：区政府督查室）"),
    Line("联系人：李明，联系电话：0599-6012345。"),
    Line("附件：澄江区消防安全集中整治任务分工表"),
    Line("澄江区人民政府办公室", "signature"),
    Line("2025年4月18日", "signature"),
    Line("附件", "attachment"),
    Line("澄江区消防安全集中整治任务分工表", "caption"),
    Form((_row(_HEADER), *map(_row, _TASKS))),
)  # fmt: skip

_ALL_TOWNS = ("各镇人民政府", "各街道办事处")

BRACKET_FACTS: tuple[Fact, ...] = (
    Fact("1.签订责任书。与各镇（街道）签订消防安全目标责任书。", (), ("区消防安全委员会办公室",), date(2025, 5, 31)),
    Fact("2.约谈通报。对整改不力的单位开展警示约谈。", (), ("区应急管理局", "区消防救援大队"), None),
    Fact("1.整治“三合一”场所。清理违规住人的生产经营场所。", ("区消防救援大队",), ("区公安分局", "区市场监督管理局"), date(2025, 9, 30)),
    Fact("2.改造老旧线路。更新老旧小区楼道电气线路。", ("区住房和城乡建设局",), ("区财政局", "国网澄江供电公司"), date(2025, 11, 30)),
    Fact("（一）加强宣传。组织消防安全进社区活动。", (), ("区委宣传部", "区融媒体中心"), None),
    Fact("（二）强化督查。定期通报工作进展。", (), ("区政府督查室",), None),
)
TABLE_FACTS: tuple[Fact, ...] = (
    Fact("对人员密集场所开展拉网式排查，建立隐患台账。", ("区消防救援大队",), ("区商务局", "区文化广电旅游局"), date(2025, 6, 30)),
    Fact("核查高层住宅小区消防水源和消防车通道。", ("区住房和城乡建设局",), ("区消防救援大队", "区综合行政执法局"), date(2025, 7, 15)),
    Fact("抽检在售电动自行车及蓄电池质量。", ("区市场监督管理局",), _ALL_TOWNS, date(2025, 8, 31)),
    Fact("拆除影响逃生和救援的防盗窗、广告牌。", ("区综合行政执法局",), _ALL_TOWNS, date(2025, 9, 30)),
    Fact("建成电动自行车集中充电桩1200个。", ("区住房和城乡建设局",), ("区发展和改革局", "国网澄江供电公司"), date(2025, 10, 31)),
    Fact("完成24家养老机构火灾自动报警系统改造。", ("区民政局",), ("区财政局",), date(2025, 11, 30)),
    Fact("停用达不到防火要求的彩钢板临时建筑。", ("区自然资源和规划局",), ("区综合行政执法局", "各镇人民政府"), date(2025, 12, 10)),
    Fact("修订区级重大火灾隐患挂牌督办办法。", ("区消防安全委员会办公室",), ("区司法局",), date(2025, 11, 30)),
    Fact("把消防安全纳入镇（街道）年度综合考核。", ("区委组织部",), ("区消防救援大队",), date(2025, 12, 31)),
)


EXPECTED = BRACKET_FACTS + TABLE_FACTS


def facts(document: Document) -> tuple[Fact, ...]:
    """Give all duties of a parsed document as facts, in text order."""
    return tuple(
        Fact(
            duty.task.value,
            tuple(mention.value for mention in duty.lead),
            tuple(mention.value for mention in duty.support),
            duty.deadline.until if duty.deadline else None,
        )
        for duty in document.facts.duties
    )


# ---------------------------------------------------------------- renderers


def txt(blocks: Sequence[Block]) -> bytes:
    """Write plain text; a table as web pages flatten it, one cell a line, merged cells once."""
    lines = []
    for block in blocks:
        lines += [block.text] if isinstance(block, Line) else [box.text for _, _, box in block.boxes()]
    return "\n\n".join(lines).encode()


def html(blocks: Sequence[Block]) -> bytes:
    """Write a web page of a government site, with its navigation, document data and footer."""
    title = next(block.text for block in blocks if isinstance(block, Line) and block.kind == "title")
    body = "\n".join(_html_line(block) if isinstance(block, Line) else _html_table(block) for block in blocks)
    page = (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}_澄江区人民政府</title></head><body>"
        "<div class='nav'><a href='/'>首页</a><a href='/a'>政务公开</a><a href='/b'>办事服务</a><a href='/c'>互动交流</a></div>"
        f"<div id='zoom'>{body}</div><div class='share'>分享到：微信 微博</div>"
        "<div class='footer'>主办：澄江区人民政府办公室　ICP备00000000号</div></body></html>"
    )
    return page.encode()


def _html_line(line: Line) -> str:
    tag = "h1" if line.kind == "title" else f"h{line.level + 1}" if line.kind == "heading" else "p"
    return f"<{tag}>{markup.escape(line.text)}</{tag}>"


def _html_table(form: Form) -> str:
    rows = []
    for at, cells in enumerate(form.rows):
        tag = "th" if at < form.n_headers else "td"
        rows.append("".join(
            f"<{tag} rowspan='{box.down}' colspan='{box.across}'>{markup.escape(box.text)}</{tag}>" for box in cells if box
        ))  # fmt: skip
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


def docx(blocks: Sequence[Block]) -> bytes:
    """Write a Word file: heading styles, merged cells."""
    from docx import Document as new_document

    document = new_document()
    for block in blocks:
        if isinstance(block, Line):
            document.add_paragraph(block.text, style=_word_style(block))
            continue
        table = document.add_table(len(block.rows), len(block.rows[0]), style="Table Grid")
        for row, column, box in block.boxes():
            cell = table.cell(row, column)
            if box.down > 1 or box.across > 1:
                cell = cell.merge(table.cell(row + box.down - 1, column + box.across - 1))
            cell.text = box.text
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _word_style(line: Line) -> str | None:
    return "Title" if line.kind == "title" else f"Heading {line.level}" if line.kind == "heading" else None


def xlsx(blocks: Sequence[Block]) -> bytes:
    """Write a workbook of the tables, one a sheet, with the caption over the header."""
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        caption = ""
        for block in blocks:
            if isinstance(block, Line):
                caption = block.text
                continue
            sheet = book.add_worksheet("任务分工")
            sheet.merge_range(0, 0, 0, len(block.rows[0]) - 1, caption)
            for row, column, box in block.boxes():
                if box.down > 1 or box.across > 1:
                    sheet.merge_range(row + 1, column, row + box.down, column + box.across - 1, box.text)
                else:
                    sheet.write_string(row + 1, column, box.text)
    return buffer.getvalue()


def pdf(blocks: Sequence[Block]) -> bytes:
    """Write a PDF in official style: first lines indented, running title, page numbers, a table over two pages with its header repeated."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import SimpleDocTemplate

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    buffer = io.BytesIO()
    document = SimpleDocTemplate(buffer, pagesize=A4, leftMargin=79, rightMargin=74, topMargin=105, bottomMargin=99)
    story = [flowable for block in blocks for flowable in (_pdf_line(block) if isinstance(block, Line) else _pdf_table(block))]
    document.build(story, onFirstPage=_pdf_margins, onLaterPages=_pdf_margins)
    return buffer.getvalue()


def _pdf_style(line: Line) -> Any:
    from reportlab.lib.styles import ParagraphStyle

    size = {"title": 22, "caption": 18}.get(line.kind, 16)
    alignment = {"title": 1, "caption": 1, "number": 1, "signature": 2}.get(line.kind, 0)
    indent = 32 if line.kind in ("text", "heading") else 0
    return ParagraphStyle(
        line.kind, fontName="STSong-Light", fontSize=size, leading=1.75 * size, firstLineIndent=indent, alignment=alignment, wordWrap="CJK"
    )


def _pdf_line(line: Line) -> list[Any]:
    from reportlab.platypus import PageBreak, Paragraph

    return [*([PageBreak()] if line.kind == "attachment" else []), Paragraph(markup.escape(line.text), _pdf_style(line))]


def _pdf_table(form: Form) -> list[Any]:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, Table

    style = ParagraphStyle("cell", fontName="STSong-Light", fontSize=12, leading=18, wordWrap="CJK")
    rows = [[Paragraph(markup.escape(box.text), style) if box else "" for box in row] for row in form.rows]
    merged = [
        ("SPAN", (column, row), (column + box.across - 1, row + box.down - 1))
        for row, column, box in form.boxes()
        if box.down > 1 or box.across > 1
    ]
    lines = [("GRID", (0, 0), (-1, -1), 0.5, "#000000"), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
    return [Table(rows, colWidths=(32, 66, 120, 78, 80, 66), style=[*lines, *merged], repeatRows=form.n_headers)]


def _pdf_margins(canvas: Any, document: Any) -> None:
    canvas.setFont("STSong-Light", 10)
    canvas.drawString(79, 780, "澄江区人民政府办公室文件")
    canvas.drawCentredString(297, 50, f"— {document.page} —")
