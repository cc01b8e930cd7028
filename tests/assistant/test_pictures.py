"""A page of a PDF as it looks: drawn in the sandbox, the clause marked, for those who may see the document."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from PIL import Image, ImageChops
from starlette.testclient import TestClient

from assistant import Assistant
from assistant.config import Config
from assistant.web.guard import GuardedApp
from assistant.web.pictures import Pictures, boxes_on
from assistant.web.routes import add_page_routes
from assistant.web.source import Place, render_panel
from assistant.web.texts import CHINESE
from corpus.errors import UnreadableDocument
from corpus.readers import pdf
from corpus.readers.pageimage import page_image
from corpus.sandbox import draw_page
from corpus.types import Document, Span
from tests.corpus.test_pdf import lines, made

CLAUSE = "1.防盗窗动态清零。(牵头单位:区消防救援大队)"
DATA = made(lines("关于印发整治方案的通知", "各街道办事处:"), lines("一、主要任务", CLAUSE, "二、工作要求"))


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Assistant]:
    (tmp_path / "方案.pdf").write_bytes(DATA)
    (tmp_path / "通知.txt").write_text("关于检查的通知\n\n一、要求\n开展检查。\n", encoding="utf-8")
    with Assistant.open(tmp_path / "library", Config()) as library:
        library.add([tmp_path / "方案.pdf", tmp_path / "通知.txt"])
        yield library


def pdf_of(library: Assistant) -> tuple[Document, Span]:
    document = library.store.document("方案.pdf")
    start = document.text.index(CLAUSE)
    return document, Span(start, start + len(CLAUSE))


def yellow(picture: bytes) -> tuple[int, int, int, int] | None:
    """Give the box of what is marked, in pixels."""
    red, _, blue = Image.open(io.BytesIO(picture)).convert("RGB").split()
    return ImageChops.multiply(red.point(lambda v: 255 * (v > 250)), blue.point(lambda v: 255 * (v < 125))).getbbox()


def dark(picture: bytes) -> tuple[int, int, int, int] | None:
    """Give the box of what is written, in pixels."""
    return Image.open(io.BytesIO(picture)).convert("L").point(lambda v: 255 * (v < 90)).getbbox()


def test_the_lines_of_the_clause_are_marked_where_they_stand(library: Assistant) -> None:
    document, clause = pdf_of(library)
    boxes = boxes_on(document, clause, 2)
    assert len(boxes) == 1 and boxes_on(document, clause, 1) == () and boxes_on(document, None, 2) == ()
    picture = Pictures().picture(library, document, 2, clause)
    box = yellow(picture)
    assert box is not None
    scale = Image.open(io.BytesIO(picture)).width / 595
    assert box == pytest.approx([scale * value for value in boxes[0]], abs=2 * scale + 2)
    assert yellow(Pictures().picture(library, document, 1, clause)) is None


@pytest.mark.parametrize("turn", [0, 180])
def test_marks_lie_where_the_words_are_however_the_page_is_turned(turn: int) -> None:
    def turned(canvas: Any) -> None:
        canvas.setPageRotation(turn)
        lines("一行字二三四五六七八九")(canvas)

    data = made(turned)
    boxes = [anchor.box for anchor in pdf.read(data, "a.pdf").anchors if anchor.box]
    picture = page_image(data, 1, boxes)
    words, marked = dark(picture), yellow(picture)
    assert words and marked and len(boxes) == 1
    assert marked[0] <= words[0] and marked[1] <= words[1] and marked[2] >= words[2] and marked[3] >= words[3]


def test_what_is_no_page_is_refused_in_the_child() -> None:
    with pytest.raises(UnreadableDocument, match="第9页"):
        draw_page(DATA, "a.pdf", 9)
    with pytest.raises(UnreadableDocument):
        draw_page(b"%PDF-1.4 nothing", "a.pdf", 1)


def test_only_so_much_is_kept_and_what_is_kept_is_not_drawn_again(library: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    document, clause = pdf_of(library)
    pictures = Pictures(largest=1 << 20)
    first = pictures.picture(library, document, 2, clause)
    monkeypatch.setattr("assistant.web.pictures.draw_page", lambda *_: pytest.fail("drawn again"))
    assert pictures.picture(library, document, 2, clause) == first
    monkeypatch.undo()
    small = Pictures(largest=10)
    small.picture(library, document, 2, clause)
    assert not small._kept


@pytest.fixture
def client(library: Assistant) -> Iterator[TestClient]:
    app: FastAPI = GuardedApp(paths=("/source", "/page"), hosts=(), large={}, page_title="x", config=Config)
    add_page_routes(app, library, Config())
    with TestClient(app) as client:
        yield client


def test_the_panel_leads_to_the_picture_of_the_page(client: TestClient, library: Assistant) -> None:
    document, clause = pdf_of(library)
    panel = client.get(f"/source/{document.id}/panel", params={"start": clause.start, "end": clause.end}).text
    assert "第2页原貌" in panel
    address = panel.split('<img src="')[1].split('"')[0].replace("&amp;", "&")
    reply = client.get(address)
    assert reply.headers["content-type"] == "image/png" and reply.headers["x-content-type-options"] == "nosniff" and yellow(reply.content)
    plain = library.store.document("通知.txt")
    assert "<img" not in render_panel(plain, Place(Span(0, 4)), (), CHINESE, "/x")


@pytest.mark.parametrize("page", ["0", "3", "x", "-1", "99999999", "²"])
def test_a_page_that_is_not_there_is_not_found(client: TestClient, library: Assistant, page: str) -> None:
    """U-08: nor is one of an unknown document, in the same words."""
    known = client.get(f"/source/{pdf_of(library)[0].id}/pages/{page}")
    unknown = client.get(f"/source/d000000000000/pages/{page}")
    assert known.status_code == unknown.status_code == 404 and known.content == unknown.content == b""
