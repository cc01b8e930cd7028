"""Documents with pages: citations name the page, and what was hard to recognise is said beside the answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.answer import _doubts
from assistant.answering.draft import Draft, Quote
from assistant.config import Config
from assistant.web.conversation import as_copied
from assistant.web.source import Place, path_at, render_panel
from assistant.web.texts import TEXTS
from corpus.types import Anchor, Document, Note, Source, Span
from tests.assistant.asking import assert_citations_hold
from tests.corpus import renderings


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder: Path = tmp_path_factory.mktemp("pages")
    path = folder / "通知.pdf"
    path.write_bytes(renderings.pdf(renderings.NOTICE))
    with Assistant.open(folder / "library", Config()) as opened:
        assert [file.status for file in opened.add([path]).files] == ["added"]
        yield opened


def test_a_citation_of_a_pdf_names_its_page(assistant: Assistant) -> None:
    answer = assistant.ask("防盗窗、广告牌由谁牵头拆除?")
    assert "区综合行政执法局" in answer.answer
    assert_citations_hold(assistant, answer)
    assert answer.citations[0].page == 3 and answer.as_json()["citations"][0]["page"] == 3
    assert "第3页" in as_copied(answer, TEXTS["zh"]) and "Page 3" in as_copied(answer, TEXTS["en"])


def test_the_source_panel_names_the_page_of_the_clause(assistant: Assistant) -> None:
    citation = assistant.ask("防盗窗、广告牌由谁牵头拆除?").citations[0]
    document = assistant.store.document(citation.document_id)
    place = Place(Span(citation.start, citation.end))
    panel = render_panel(document, place, path_at(document, place), TEXTS["zh"], "/")
    assert "<li>第3页</li>" in panel
    assert "第3页" not in render_panel(document, Place(), (), TEXTS["zh"], "/")


def test_a_doubt_about_a_page_is_said_where_that_page_is_cited() -> None:
    text = "区财政局牵头。\n区民政局配合。"
    source = Source(text, "image", anchors=(Anchor(0, page=1), Anchor(8, page=2)))
    document = Document("a.png", source, notes=(Note("ocr_doubtful", "第 2 页由图像识别,把握较低", Span(8, 15)), Note("pages_cut", "只读入前 2 页", Span(0, 0))))

    def said(start: int, end: int) -> tuple[str, ...]:
        return _doubts(Draft("lead", "区财政局", (Quote(document, Span(start, end), ()),), 1.0))

    assert said(0, 7) == () and said(8, 15) == ("第 2 页由图像识别,把握较低",)
    assert [source.page_at(offset) for offset in (0, 7, 8, 14)] == [1, 1, 2, 2]
    assert Source("正文", "plain").page_at(0) is None
