"""OFD, the national format for fixed layout (GB/T 33190-2016): text by position, tables by their lines, pictures by recognition.

The container holds documents, each with pages that may stand on templates; annotations, seals and signatures are no text.
"""

from __future__ import annotations

import io
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from corpus.encodings import found_format
from corpus.errors import DocumentTooLarge, UnreadableDocument
from corpus.readers import ocr
from corpus.readers.layout import doubtful, shown_pages, source_of
from corpus.readers.ofd_page import POINT, Drawing, draw, name_of, numbers
from corpus.readers.package import Element, Package, open_package
from corpus.readers.pages import Page
from corpus.types import Note, Source, Span

SUFFIXES: tuple[str, ...] = (".ofd",)

MAX_PAGES = 5000
MAX_RECOGNISED = 200
MAX_CHARACTERS = 20_000_000
_MOST_IMAGE = 80_000_000
_FEW_GLYPHS = 20
_PAPER = (210.0, 297.0)


@dataclass(slots=True)
class _Body:
    """One document of the container. media: numbers of pictures → members.  units: composite graphics.  templates: members."""

    pages: list[str] = field(default_factory=list)
    media: dict[str, str] = field(default_factory=dict)
    units: dict[str, Element] = field(default_factory=dict)
    templates: dict[str, str] = field(default_factory=dict)
    area: tuple[float, float] = _PAPER


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A page as it was read."""

    number: int
    drawing: Drawing
    media: dict[str, str]


def read(data: bytes, name: str) -> Source:
    """Read an OFD file. Raises UnreadableDocument ("empty_file", "binary_file", "encrypted", "malformed", "no_text", "ocr_missing")."""
    if not data:
        raise UnreadableDocument("empty_file", "文件是空的(0 字节)", "请检查文件是否保存完整")
    if not data.startswith(b"PK") and (found := found_format(data)):
        raise UnreadableDocument("binary_file", f"扩展名是 .ofd,但文件内容是{found}", "请把扩展名改成与内容一致后再添加")
    package = open_package(data)
    count, leaves = _leaves(package)
    waiting = [leaf for leaf in leaves if len(leaf.drawing.glyphs) < _FEW_GLYPHS and leaf.drawing.pictures]
    pages = {leaf.number: _page(leaf) for leaf in leaves}
    if ocr.available():
        for leaf in waiting[:MAX_RECOGNISED]:
            pages[leaf.number] = _recognised(package, leaf) or pages[leaf.number]
    source = source_of([pages[number] for number in sorted(pages)], "ofd")
    if not any(character.isalnum() for character in source.text):
        if waiting and not ocr.available():
            raise ocr.missing(f"OFD 的{shown_pages(leaf.number for leaf in waiting)}")
        raise UnreadableDocument("no_text", f"OFD 文件中没有文字(共 {len(leaves)} 页)", "请用 OFD 阅读器打开检查;可另存为 PDF 后再添加")
    return replace(source, notes=(*_notes(leaves, waiting, count), *doubtful(source)))


def _leaves(package: Package) -> tuple[int, list[_Leaf]]:
    bodies = list(_bodies(package))
    count = sum(len(body.pages) for body in bodies)
    leaves: list[_Leaf] = []
    size = 0
    for body in bodies:
        for path in body.pages[: max(0, MAX_PAGES - len(leaves))]:
            leaves.append(_Leaf(len(leaves) + 1, _drawing(package, body, path), body.media))
            size += len(leaves[-1].drawing.glyphs)
            if size > MAX_CHARACTERS:
                raise DocumentTooLarge("too_large", f"OFD 的文字超过 {MAX_CHARACTERS} 字", "请拆分成几个文件后再添加")
    return count, leaves


# ---------------------------------------------------------------- the container


def _bodies(package: Package) -> Iterator[_Body]:
    root = package.xml("OFD.xml")
    if root is None:
        if any("encrypt" in name for name in package.names):
            raise UnreadableDocument("encrypted", "OFD 文件已加密", "请用 OFD 阅读器打开,去掉保护后另存一份再添加")
        raise UnreadableDocument("malformed", "不是 OFD 文件:其中没有 OFD.xml", "请重新获取文件后再添加")
    for element in root.iter("{*}DocRoot"):
        path = _path("", _words(element))
        document = package.xml(path)
        if document is not None:
            yield _body(package, document, posixpath.dirname(path))


def _body(package: Package, document: Element, folder: str) -> _Body:
    body = _Body()
    area = document.find(".//{*}CommonData/{*}PageArea/{*}PhysicalBox")
    body.area = _area(area) or _PAPER
    for element in document.iter("{*}PublicRes", "{*}DocumentRes"):
        _resources(package, _path(folder, _words(element)), body)
    for element in document.iter("{*}TemplatePage"):
        body.templates[element.get("ID", "")] = _path(folder, element.get("BaseLoc", ""))
    for element in document.iterfind("{*}Pages/{*}Page"):
        body.pages.append(_path(folder, element.get("BaseLoc", "")))
    return body


def _resources(package: Package, path: str, body: _Body) -> None:
    root = package.xml(path)
    if root is None:
        return
    folder = _path(posixpath.dirname(path), root.get("BaseLoc", ""))
    for media in root.iter("{*}MultiMedia"):
        file = media.find("{*}MediaFile")
        if file is not None:
            body.media[media.get("ID", "")] = _path(folder, _words(file))
    for unit in root.iter("{*}CompositeGraphicUnit", "{*}CompositeGraphicUnits"):
        if name_of(unit) == "CompositeGraphicUnit":
            body.units[unit.get("ID", "")] = unit


def _path(folder: str, location: str) -> str:
    """Resolve a location: absolute in the container with a leading stroke, else relative to `folder`; it never leaves the container."""
    location = location.strip().replace("\\", "/")
    joined = location if location.startswith("/") else posixpath.join(folder, location)
    return posixpath.normpath("/" + joined).lstrip("/")


def _words(element: Element) -> str:
    return "".join(element.itertext()).strip()


def _area(element: Element | None) -> tuple[float, float] | None:
    box = numbers(element.text, 4) if element is not None else []
    return (box[2], box[3]) if box and 10 < box[2] < 5000 and 10 < box[3] < 5000 else None


# ---------------------------------------------------------------- pages


def _drawing(package: Package, body: _Body, path: str) -> Drawing:
    root = package.xml(path)
    stated = _area(root.find("{*}Area/{*}PhysicalBox")) if root is not None else None
    width, height = stated or body.area
    drawing = Drawing(width * POINT, height * POINT)
    if root is None:
        return drawing
    for template in root.iterfind("{*}Template"):
        below = package.xml(body.templates.get(template.get("TemplateID", ""), ""))
        for content in below.iterfind("{*}Content") if below is not None else ():
            draw(content, drawing, body.units)
    for content in root.iterfind("{*}Content"):
        draw(content, drawing, body.units)
    drawing.settle()
    return drawing


def _page(leaf: _Leaf) -> Page:
    drawing = leaf.drawing
    return Page(leaf.number, drawing.width, drawing.height, tuple(drawing.glyphs), tuple(drawing.rules))


def _recognised(package: Package, leaf: _Leaf) -> Page | None:
    """Recognise what the pictures of a page show together; None when none of them can be opened."""
    from PIL import Image

    scale = ocr.DPI / 72
    drawing = leaf.drawing
    sheet = Image.new("RGB", (max(round(drawing.width * scale), 1), max(round(drawing.height * scale), 1)), "white")
    if sheet.width * sheet.height > ocr.MAX_PIXELS:
        return None
    found = False
    for picture in drawing.pictures:
        image = _image(package, leaf.media.get(picture.resource, ""))
        box = picture.box
        size = (round(box.width * scale), round(box.height * scale))
        if image is None or min(size) < 1 or size[0] * size[1] > ocr.MAX_PIXELS:
            continue
        sheet.paste(image.resize(size), (round(box.x0 * scale), round(box.top * scale)))
        found = True
    return _read_sheet(sheet, leaf) if found else None


def _read_sheet(sheet: Any, leaf: _Leaf) -> Page:
    import numpy as np

    page = ocr.page_of(np.ascontiguousarray(np.asarray(sheet)[:, :, ::-1]), leaf.number, leaf.drawing.width)
    return replace(page, glyphs=(*leaf.drawing.glyphs, *page.glyphs))


def _image(package: Package, member: str) -> Any:
    from PIL import Image

    data = package.read(member) if member else b""
    if not data:
        return None
    try:
        image = Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "TIFF", "BMP"))
        if image.width * image.height > _MOST_IMAGE:
            return None
        return image.convert("RGB")
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        # JBIG2 and what is damaged: the page is reported as not read.
        return None


def _notes(leaves: list[_Leaf], waiting: list[_Leaf], count: int) -> Iterator[Note]:
    hidden = [leaf for leaf in leaves if leaf.drawing.hidden]
    if hidden:
        total = sum(leaf.drawing.hidden for leaf in hidden)
        yield _note("hidden_text", f"OFD {_of(hidden)}有 {total} 个看不见的字(白色、极小、页外或不显示),没有作为依据")
    skipped = waiting[MAX_RECOGNISED:] if ocr.available() else waiting
    if skipped:
        reason = f"一次最多识别 {MAX_RECOGNISED} 页" if ocr.available() else "没有安装文字识别组件"
        yield _note("pages_skipped", f"{_of(skipped)}是图像,{reason},没有读入")
    if unknown := [leaf for leaf in leaves if leaf.drawing.unknown]:
        yield _note("unmapped_text", f"{_of(unknown)}有文字没有对应的字符,没有读入")
    if count > MAX_PAGES:
        yield _note("pages_cut", f"OFD 共 {count} 页,只读入前 {MAX_PAGES} 页")
    if cut := [leaf for leaf in leaves if leaf.drawing.cut]:
        yield _note("page_cut", f"{_of(cut)}的内容过多,只读入一部分")


def _of(leaves: list[_Leaf]) -> str:
    return shown_pages(leaf.number for leaf in leaves)


def _note(code: str, message: str) -> Note:
    return Note(code, message, Span(0, 0))
