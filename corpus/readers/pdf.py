"""PDF: text in reading order without headers, footers and page numbers, tables by their ruling lines, scans by recognition."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from corpus.encodings import found_format
from corpus.errors import DocumentTooLarge, UnreadableDocument
from corpus.readers import ocr
from corpus.readers.layout import doubtful, shown_pages, source_of
from corpus.readers.pages import Glyph, Page
from corpus.types import Note, Source, Span

if TYPE_CHECKING:
    from corpus.readers.pdfium import Sheet

SUFFIXES: tuple[str, ...] = (".pdf",)

MAX_PAGES = 5000
MAX_RECOGNISED = 200
MAX_CHARACTERS = 20_000_000

_FEW_GLYPHS = 50
_DRAWN_TEXT = 60
_WHOLE_PICTURE, _SMALL_PICTURE = 0.9, 0.15
_SCAN = 0.5
_PASSWORD = 4
_UNMAPPED = 0.3


def read(data: bytes, name: str) -> Source:
    """Read a PDF; pages that are pictures are recognised where the optional part for it is installed.

    Raises UnreadableDocument: "empty_file", "binary_file", "encrypted", "malformed", "no_text", "ocr_missing".
    """
    from corpus.readers import pdfium

    with pdfium.LOCK:
        document = _opened(data)
        try:
            return _read(document)
        finally:
            document.close()


def _opened(data: bytes) -> Any:
    import pypdfium2

    if not data:
        raise UnreadableDocument("empty_file", "文件是空的(0 字节)", "请检查文件是否保存完整")
    if b"%PDF-" not in data[:1024] and (found := found_format(data)):
        raise UnreadableDocument("binary_file", f"扩展名是 .pdf,但文件内容是{found}", "请把扩展名改成与内容一致,或用原来的软件另存为 PDF 后再添加")
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == _PASSWORD:
            raise UnreadableDocument("encrypted", "PDF 设有打开密码", "请用 PDF 软件打开,去掉密码后另存一份再添加") from error
        raise UnreadableDocument("malformed", "PDF 打不开:文件损坏、不完整,或不是 PDF", "请重新获取文件,或用 PDF 软件打开后另存一份再添加") from error


def _read(document: Any) -> Source:
    sheets = list(_sheets(document))
    if not sheets:
        raise UnreadableDocument("no_text", "PDF 没有能打开的页", "请重新获取文件,或用 PDF 软件打开后另存一份再添加")
    waiting = [sheet for sheet in sheets if _needs_recognition(sheet)]
    pages = {sheet.page.number: _from_layer(sheet) for sheet in sheets}
    if ocr.available():
        for sheet in waiting[:MAX_RECOGNISED]:
            pages[sheet.page.number] = _recognised(document, sheet)
    source = source_of([pages[number] for number in sorted(pages)], "pdf")
    if not any(character.isalnum() for character in source.text):
        if waiting and not ocr.available():
            raise ocr.missing(f"PDF 的{shown_pages(sheet.page.number for sheet in waiting)}")
        raise UnreadableDocument("no_text", f"PDF 中没有文字(共 {len(sheets)} 页)", "请检查文件是否保存完整")
    return replace(source, notes=(*_notes(sheets, waiting, len(document)), *doubtful(source)))


def _sheets(document: Any) -> Iterator[Sheet]:
    """Read the pages one by one; a damaged one is left out."""
    import pypdfium2

    from corpus.readers.pdfium import sheet_of

    size = 0
    for index in range(min(len(document), MAX_PAGES)):
        try:
            sheet = sheet_of(document, index)
        except pypdfium2.PdfiumError:
            continue
        size += len(sheet.page.glyphs) + len(sheet.layer)
        if size > MAX_CHARACTERS:
            raise DocumentTooLarge("too_large", f"PDF 的文字超过 {MAX_CHARACTERS} 字(到第 {index + 1} 页)", "请拆分成几个文件后再添加")
        yield sheet


# ---------------------------------------------------------------- scans


def _printed(glyphs: Iterable[Glyph]) -> int:
    return sum(not glyph.text.isspace() for glyph in glyphs)


def _needs_recognition(sheet: Sheet) -> bool:
    """A page that is a picture, whose text is drawn as curves, or whose characters nobody can tell."""
    shown = _printed(sheet.page.glyphs)
    if sheet.unmapped > _UNMAPPED * (shown + sheet.unmapped):
        return True
    if shown >= _FEW_GLYPHS:
        return _SMALL_PICTURE <= sheet.picture < _WHOLE_PICTURE
    if _printed(sheet.layer) >= _FEW_GLYPHS:
        return False
    return sheet.picture >= _SMALL_PICTURE or (shown == 0 and sheet.n_drawn >= _DRAWN_TEXT)


def _from_layer(sheet: Sheet) -> Page:
    """A scan that carries its recognised text is read by it."""
    if _printed(sheet.page.glyphs) < _FEW_GLYPHS <= _printed(sheet.layer):
        return replace(sheet.page, glyphs=(*sheet.page.glyphs, *sheet.layer))
    return sheet.page


def _recognised(document: Any, sheet: Sheet) -> Page:
    """Recognise the picture of a page; on a page of text only what stands in its pictures is added."""
    page = document[sheet.page.number - 1]
    try:
        scale = min(ocr.DPI / 72, math.sqrt(ocr.MAX_PIXELS / max(sheet.page.width * sheet.page.height, 1)))
        image = page.render(scale=scale, rev_byteorder=False).to_numpy()[:, :, :3]
        found = ocr.page_of(image, sheet.page.number, page.get_width())
    finally:
        page.close()
    if _printed(sheet.page.glyphs) < _FEW_GLYPHS or sheet.unmapped > _UNMAPPED * len(sheet.page.glyphs):
        return found
    own = [g for g in found.glyphs if any(box.holds(g.x, g.y) for box in sheet.images) and not _covered(g, sheet.page.glyphs)]
    rules = [r for r in found.rules if any(box.holds((r.x0 + r.x1) / 2, (r.y0 + r.y1) / 2) for box in sheet.images)]
    return replace(sheet.page, glyphs=(*sheet.page.glyphs, *own), rules=(*sheet.page.rules, *rules))


def _covered(glyph: Glyph, printed: Sequence[Glyph]) -> bool:
    return any(other.x0 <= glyph.x <= other.x1 and other.top <= glyph.y <= other.bottom for other in printed)


# ---------------------------------------------------------------- notes


def _notes(sheets: Sequence[Sheet], waiting: Sequence[Sheet], count: int) -> Iterator[Note]:
    hidden = [sheet for sheet in sheets if sheet.hidden]
    if hidden:
        total = sum(sheet.hidden for sheet in hidden)
        yield _note("hidden_text", f"PDF {_of(hidden)}有 {total} 个看不见的字(白色、极小、页外或透明),没有作为依据")
    layered = [sheet for sheet in sheets if _from_layer(sheet) is not sheet.page]
    if layered:
        yield _note("ocr_layer", f"{_of(layered)}是扫描图像,文字取自文件自带的识别结果,未与图像核对")
    skipped = waiting[MAX_RECOGNISED:] if ocr.available() else waiting
    if skipped:
        reason = f"一次最多识别 {MAX_RECOGNISED} 页" if ocr.available() else "没有安装文字识别组件"
        yield _note("pages_skipped", f"{_of(skipped)}含有图像,{reason},图像中的文字没有读入")
    if count > MAX_PAGES:
        yield _note("pages_cut", f"PDF 共 {count} 页,只读入前 {MAX_PAGES} 页")
    elif len(sheets) < count:
        yield _note("pages_damaged", f"PDF 共 {count} 页,其中 {count - len(sheets)} 页损坏,没有读入")
    if cut := [sheet for sheet in sheets if sheet.cut]:
        yield _note("page_cut", f"{_of(cut)}的内容过多,只读入一部分")


def _of(sheets: Sequence[Sheet]) -> str:
    return shown_pages(sheet.page.number for sheet in sheets)


def _note(code: str, message: str) -> Note:
    return Note(code, message, Span(0, 0))
