"""Slides: titles, numbered points, tables with merged cells; what is hidden or furniture stays out."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation
from pptx.util import Cm

from corpus.errors import UnreadableDocument
from corpus.parse import parse
from corpus.readers import read
from corpus.readers.office import _run, office_program
from tests.corpus.renderings import facts


def slides(write: Callable[[Any], None]) -> bytes:
    made = Presentation()
    write(made)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def plan(made: Any) -> None:
    slide = made.slides.add_slide(made.slide_layouts[1])
    slide.shapes.title.text = "防汛工作部署"
    body = slide.placeholders[1].text_frame
    body.text = "一、加强值守"
    body.add_paragraph().text = "二、排查隐患"
    tasks = made.slides.add_slide(made.slide_layouts[5])
    tasks.shapes.title.text = "任务分工"
    table = tasks.shapes.add_table(3, 3, Cm(1), Cm(5), Cm(20), Cm(5)).table
    for row, texts in enumerate((("具体任务", "牵头单位", "完成时限"), ("巡查堤防。", "区水利局", "2025年5月底前"), ("储备物资。", "", "2025年6月底前"))):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    table.cell(1, 1).merge(table.cell(2, 1))
    low = tasks.shapes.add_textbox(Cm(1), Cm(15), Cm(5), Cm(1))
    low.text_frame.text = "注：长期坚持"
    high = tasks.shapes.add_textbox(Cm(1), Cm(4), Cm(5), Cm(1))
    high.text_frame.text = "单位：区防指办"
    secret = made.slides.add_slide(made.slide_layouts[1])
    secret.shapes.title.text = "内部讨论稿"
    secret._element.set("show", "0")


def test_slides_give_titles_points_and_duties() -> None:
    document = parse(slides(plan), "部署.pptx")
    source = document.source
    assert source.text.split("\n")[:5] == ["防汛工作部署", "一、加强值守", "二、排查隐患", "任务分工", "单位：区防指办"] and source.text.endswith("注：长期坚持")
    assert [(fact.task, fact.lead) for fact in facts(document)] == [("巡查堤防。", ("区水利局",)), ("储备物资。", ("区水利局",))]
    assert [(heading.level, heading.span.of(source.text)) for heading in source.headings] == [(1, "防汛工作部署"), (1, "任务分工")]
    assert [anchor.page for anchor in source.anchors] == [1, 2] and document.notes[0].code == "hidden_text"


def test_automatic_numbers_are_printed() -> None:
    def write(made: Any) -> None:
        body = made.slides.add_slide(made.slide_layouts[1]).placeholders[1].text_frame
        for at, (text, form, level) in enumerate((("总则", "ea1ChsPeriod", 0), ("范围", "arabicPeriod", 1), ("原则", "arabicPeriod", 1), ("分则", "ea1ChsPeriod", 0), ("职责", "arabicPeriod", 1))):
            paragraph = body.paragraphs[0] if at == 0 else body.add_paragraph()
            paragraph.text, paragraph.level = text, level
            paragraph._p.get_or_add_pPr().makeelement("x", {})
            paragraph._p.get_or_add_pPr().append(paragraph._p.makeelement("{http://schemas.openxmlformats.org/drawingml/2006/main}buAutoNum", {"type": form}))

    assert read(slides(write), "a.pptx").text.split("\n") == ["一.总则", "1.范围", "2.原则", "二.分则", "1.职责"]


@pytest.mark.skipif(not office_program(), reason="LibreOffice is not installed")
def test_old_slides_are_converted(tmp_path: Path) -> None:
    (tmp_path / "file.pptx").write_bytes(slides(plan))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    _run([office_program(), profile, "--headless", "--convert-to", "ppt", "--outdir", str(tmp_path), str(tmp_path / "file.pptx")], tmp_path)
    source = read((tmp_path / "file.ppt").read_bytes(), "部署.ppt")
    assert source.format == "ppt" and "二、排查隐患" in source.text and "区水利局" in source.text


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", slides(lambda made: None), slides(plan)[:4000]])
def test_what_holds_no_slides_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableDocument) as refusal:
        read(data, "a.pptx")
    assert refusal.value.remedy
