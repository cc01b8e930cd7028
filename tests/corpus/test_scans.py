"""Scans and photographs: recognised without any network, with confidence, tables by their lines."""

from __future__ import annotations

import socket
from datetime import date

import pytest

from corpus.errors import UnreadableDocument
from corpus.parse import parse
from corpus.readers import ocr, pdf, picture
from corpus.text import fold
from corpus.types import Document
from tests.corpus import paper
from tests.corpus.renderings import NOTICE, TABLE_FACTS, Fact, facts

Known = tuple[str, tuple[str, ...], tuple[str, ...], date | None]

recognises = pytest.mark.skipif(not (ocr.available() and paper.font_path()), reason="no recogniser or no Chinese font installed")


def known(found: Fact) -> Known:
    """Give a fact without the difference between wide and narrow marks, which no picture shows."""
    return fold(found.task), tuple(map(fold, found.lead)), tuple(map(fold, found.support)), found.until


@pytest.fixture(scope="module")
def table_page() -> Document:
    """The page of the notice with its table of tasks, scanned slightly askew and noisy, read while every connection fails."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("no connection may be opened")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", refuse)
        patch.setattr(socket.socket, "connect_ex", refuse)
        return parse(paper.scan_pdf([paper.scanned(paper.sheets(NOTICE)[-1])]), "扫描件.pdf")


@recognises
def test_a_scanned_table_of_tasks_gives_its_duties(table_page: Document) -> None:
    found = [known(fact) for fact in facts(table_page)]
    wanted = [known(fact) for fact in TABLE_FACTS]
    assert sum(fact in found for fact in wanted) >= 0.9 * len(wanted)


@recognises
def test_how_sure_each_line_is_stays_with_it(table_page: Document) -> None:
    sure = [anchor.sure for anchor in table_page.source.anchors]
    assert all(value is not None and 0 < value <= 1 for value in sure) and {a.page for a in table_page.source.anchors} == {1}
    assert not table_page.notes


@recognises
def test_a_blurred_photograph_on_its_side_is_read_and_flagged() -> None:
    from PIL import Image, ImageFilter

    sheet = paper.Sheet([(30.0, 40.0 + 9 * n, 5.6, text) for n, text in enumerate(("工作要求", "由区应急管理局牵头。", "区财政局配合。"))])
    small = paper.drawn(sheet, 150).crop((0, 150, 900, 420)).filter(ImageFilter.GaussianBlur(2.4))
    source = picture.read(paper.png(small.transpose(Image.Transpose.ROTATE_90)), "照片.png")
    assert "应急管理局" in source.text
    assert all(note.code == "ocr_doubtful" and len(note.span) for note in source.notes)


def test_without_a_recogniser_a_scan_is_refused_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    from PIL import Image

    monkeypatch.setattr(ocr, "find_spec", lambda name: None)
    blank = Image.new("L", (800, 1100), 250)
    for data, name in ((paper.scan_pdf([blank]), "a.pdf"), (paper.png(blank), "a.png")):
        with pytest.raises(UnreadableDocument) as refusal:
            (pdf if name.endswith("pdf") else picture).read(data, name)
        assert refusal.value.code == "ocr_missing" and "pip install" in refusal.value.remedy


@pytest.mark.parametrize(("data", "code"), [(b"", "empty_file"), (b"\x89PNG\r\n\x1a\nrest", "malformed"), (b"%PDF-1.7", "malformed")])
def test_what_is_no_picture_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(UnreadableDocument) as refusal:
        picture.read(data, "a.png")
    assert refusal.value.code == code


def test_a_picture_beyond_the_limit_is_refused_before_it_is_unpacked() -> None:
    from PIL import Image

    from corpus.errors import DocumentTooLarge

    with pytest.raises(DocumentTooLarge):
        picture.read(paper.png(Image.new("1", (9400, 9000))), "a.png")
