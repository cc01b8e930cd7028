"""Reading windows: the whole section where it fits, with its headings above it, and places that lead back to the document."""

from corpus.parse import parse_source
from corpus.types import Document, Source
from corpus.windows import LIMIT, window_of

ARTICLE = "第三条 申请补贴应当具备下列条件:\n(一)在本县登记;\n(二)连续经营满二年。\n"
REST = "".join(f"第{n}条 {'县商务局应当每季度核对一次补贴名册,发现不符的及时更正。' * 6}\n" for n in "四五六")


def document() -> Document:
    return parse_source(Source(f"云泊县商铺补贴办法\n第一章 申请\n{ARTICLE}{REST}", "text"), "补贴.txt")


def test_an_item_is_read_with_the_words_it_hangs_on() -> None:
    found = document()
    item = next(p for p in found.passages if p.span.of(found.text).startswith("(二)"))
    window = window_of(found, item)
    assert window.span.of(found.text) == ARTICLE.strip()
    assert window.head == "云泊县商铺补贴办法 › 第一章 申请\n"


def test_a_window_is_not_longer_than_the_limit_unless_its_passage_is() -> None:
    found = document()
    for passage in found.passages:
        window = window_of(found, passage)
        assert window.span.covers(passage.span)
        assert len(window.span) <= max(LIMIT, len(passage.span))


def test_a_place_in_the_context_is_a_place_in_the_document() -> None:
    found = document()
    window = window_of(found, found.passages[-1])
    at = window.context.index("每季度")
    span = window.span_at(at, at + 3)
    assert span is not None and span.of(found.text) == "每季度"
    assert window.span_at(0, 3) is None
    assert window.span_at(at, at) is None
