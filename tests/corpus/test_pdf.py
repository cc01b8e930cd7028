"""PDF: reading order, what belongs to the page and not to the text, tables, and what is refused."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest

from corpus.errors import ParseError, UnreadableDocument
from corpus.parse import parse
from corpus.readers import pdf
from tests.corpus import renderings
from tests.corpus.renderings import EXPECTED, NOTICE, facts

FULL = "各镇人民政府要按照属地管理的要求把工作任务逐级分解到村到户并按月报送工作进展情况区政府督查室定期通报"


def made(*pages: Callable[[Any], object], **settings: Any) -> bytes:
    """Write a PDF: each page is drawn by a function on reportlab's canvas."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842), **settings)
    for draw in pages:
        canvas.setFont("STSong-Light", 16)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def lines(*texts: str, x: float = 80, top: float = 700, step: float = 28, **indents: float) -> Callable[[Any], object]:
    def draw(canvas: Any) -> None:
        for n, text in enumerate(texts):
            canvas.drawString(x + (32 if text.startswith("  ") else 0), top - n * step, text.strip())

    return draw


def text_of(data: bytes) -> list[str]:
    return pdf.read(data, "a.pdf").text.split("\n")


# ---------------------------------------------------------------- the whole


def test_every_duty_comes_out_of_the_pdf_of_a_notice() -> None:
    data = renderings.pdf(NOTICE)
    document = parse(data, "通知.pdf")
    assert facts(document) == EXPECTED
    assert document.title == NOTICE[0].text
    assert "— 2 —" not in document.text and "办公室文件" not in document.text


def test_each_line_of_the_text_knows_its_page_and_its_box() -> None:
    source = pdf.read(renderings.pdf(NOTICE), "a.pdf")
    pages = {source.text[a.start : a.start + 2]: a.page for a in source.anchors}
    assert pages["澄江"] and pages["序号"] == 3
    assert [a.start for a in source.anchors] == sorted(a.start for a in source.anchors)
    assert all(a.box and 0 < a.box[0] < a.box[2] < 596 and 0 < a.box[1] < a.box[3] < 843 for a in source.anchors)
    at = next(a for a in source.anchors if source.text.startswith("一、工作目标", a.start))
    assert at.box is not None and at.box[0] == pytest.approx(117, abs=1)


# ---------------------------------------------------------------- paragraphs


def test_lines_of_a_paragraph_are_joined_and_headings_stand_alone() -> None:
    drawn = lines("  一、总体要求", "  " + FULL[:25], FULL[25:], "  （一）压实责任", "  由区应急管理局牵头。")
    assert text_of(made(drawn)) == ["一、总体要求", FULL, "（一）压实责任", "由区应急管理局牵头。"]


def test_a_paragraph_goes_on_over_the_page() -> None:
    def numbered(*texts: str) -> Callable[[Any], object]:
        def draw(canvas: Any) -> None:
            lines(*texts)(canvas)
            canvas.drawString(280, 40, f"- {canvas.getPageNumber()} -")

        return draw

    found = text_of(made(numbered("  工作要求如下。", "  " + FULL[:25]), numbered(FULL[25:], "  二、其他", "  " + FULL[:25], FULL[:20])))
    assert found == ["工作要求如下。", FULL, "二、其他", FULL[:25] + FULL[:20]]


@pytest.mark.parametrize("number", ["- {} -", "— {} —", "第{}页 共9页", "{}", "第 {} 页", "{} / 9", "Page {} of 9"])
def test_page_numbers_are_left_out(number: str) -> None:
    def page(n: int) -> Callable[[Any], object]:
        def draw(canvas: Any) -> None:
            lines(f"  第{n}部分的正文。")(canvas)
            canvas.drawString(270, 40, number.format(n))

        return draw

    assert text_of(made(page(1), page(2), page(3))) == ["第1部分的正文。", "第2部分的正文。", "第3部分的正文。"]


def test_a_running_title_is_left_out_and_a_number_in_the_text_stays() -> None:
    def page(text: str) -> Callable[[Any], object]:
        def draw(canvas: Any) -> None:
            canvas.setFont("STSong-Light", 10)
            canvas.drawString(80, 800, "消防安全集中整治工作方案")
            canvas.setFont("STSong-Light", 16)
            lines("  目标值(万元)", text, "  其余不变。")(canvas)

        return draw

    assert text_of(made(page("  1200"), page("  1300"))) == ["目标值(万元)", "1200", "其余不变。", "目标值(万元)", "1300", "其余不变。"]


def test_two_columns_are_read_one_after_the_other() -> None:
    def draw(canvas: Any) -> None:
        canvas.drawString(200, 780, "工作简报的标题")
        for x, name in ((60, "左"), (320, "右")):
            for n in range(8):
                canvas.drawString(x, 740 - 24 * n, f"{name}栏第{n}行的文字要写满一整行")

    found = "".join(text_of(made(draw)))
    assert found.index("标题") < found.index("左栏第0行") < found.index("左栏第7行") < found.index("右栏第0行")


def test_a_page_printed_sideways_is_read_upright() -> None:
    def draw(canvas: Any) -> None:
        canvas.rotate(90)
        canvas.translate(0, -595)
        lines("  一、总体要求", "  " + FULL[:40], FULL[40:], top=500)(canvas)

    assert text_of(made(draw)) == ["一、总体要求", FULL]


# ---------------------------------------------------------------- hidden text, refusals


def test_hidden_text_is_no_evidence_and_is_reported() -> None:
    def draw(canvas: Any) -> None:
        lines("  由区应急管理局牵头。")(canvas)
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(80, 500, "白色文字")
        canvas.setFillColorRGB(0, 0, 0)
        canvas.drawString(80, 2000, "页外文字")
        canvas.setFont("STSong-Light", 0.5)
        canvas.drawString(80, 450, "极小文字")
        canvas.setFont("STSong-Light", 16)
        hidden = canvas.beginText(80, 400)
        hidden.setTextRenderMode(3)
        hidden.textOut("不可见字")
        canvas.drawText(hidden)

    source = pdf.read(made(draw), "a.pdf")
    assert source.text == "由区应急管理局牵头。"
    assert [(note.code, "16 个" in note.message) for note in source.notes] == [("hidden_text", True)]


def test_white_text_on_a_dark_ground_is_read() -> None:
    def draw(canvas: Any) -> None:
        lines("  由区应急管理局牵头。")(canvas)
        canvas.rect(80, 480, 300, 40, fill=1)
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(90, 492, "重点任务一览")

    assert text_of(made(draw)) == ["由区应急管理局牵头。", "重点任务一览"]


def test_a_locked_pdf_is_refused_with_what_to_do() -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    data = made(lines("  由区应急管理局牵头。"), encrypt=StandardEncryption("secret", strength=128))
    with pytest.raises(UnreadableDocument) as refusal:
        pdf.read(data, "a.pdf")
    assert refusal.value.code == "encrypted" and "密码" in refusal.value.remedy


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"", "empty_file"), (b"%PDF-1.7\n%%EOF", "malformed"), (b"PK\x03\x04rest", "binary_file"), (b"not a PDF at all", "malformed")],
)
def test_what_is_no_pdf_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(UnreadableDocument) as refusal:
        pdf.read(data, "a.pdf")
    assert refusal.value.code == code and refusal.value.remedy


def test_a_cut_pdf_is_read_as_far_as_it_goes_or_refused() -> None:
    whole = renderings.pdf(NOTICE)
    for share in (0.3, 0.6, 0.9, 0.99):
        try:
            assert pdf.read(whole[: int(share * len(whole))], "a.pdf").format == "pdf"
        except ParseError as refusal:
            assert refusal.code in ("malformed", "no_text")


def test_an_empty_page_is_no_document() -> None:
    with pytest.raises(UnreadableDocument) as refusal:
        pdf.read(made(lambda canvas: canvas.line(10, 10, 90, 10)), "a.pdf")
    assert refusal.value.code == "no_text"


def raw(*objects: bytes) -> bytes:
    """Write a PDF of these objects; the first one is its catalog."""
    written, offsets = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size, start = len(objects) + 1, len(written)
    return written + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, table, size, start)


TEXT = b"BT /F1 12 Tf 72 700 Td (Plan of work) Tj ET"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>"


def of_pages(pages: bytes, box: bytes = b"0 0 595 842") -> bytes:
    return raw(
        b"<</Type/Catalog/Pages 2 0 R>>", pages, PAGE % box, b"<</Length %d>>\nstream\n%s\nendstream" % (len(TEXT), TEXT),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )  # fmt: skip


def test_a_tree_of_pages_that_leads_back_to_itself_is_refused() -> None:
    with pytest.raises(UnreadableDocument) as refusal:
        pdf.read(of_pages(b"<</Type/Pages/Count 5/Kids[2 0 R 2 0 R]>>"), "a.pdf")
    assert refusal.value.code in ("malformed", "no_text")


@pytest.mark.parametrize("box", [b"0 0 1000000000 1000000000", b"5 5 5 5", b"0 0 nan 842"])
def test_absurd_counts_and_page_sizes_do_no_harm(box: bytes) -> None:
    assert pdf.read(of_pages(b"<</Type/Pages/Count 1000000000/Kids[3 0 R]>>", box), "a.pdf").text == "Plan of work"


def test_pages_beyond_the_limit_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MAX_PAGES", 3)
    source = pdf.read(of_pages(b"<</Type/Pages/Count 5/Kids[" + b"3 0 R " * 5 + b"]>>"), "a.pdf")
    assert [(note.code, "共 5 页" in note.message and "前 3 页" in note.message) for note in source.notes] == [("pages_cut", True)]
