"""Pictures of pages (photographs, scans, faxes of several pages) → text by recognition."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from corpus.encodings import found_format
from corpus.errors import DocumentTooLarge, UnreadableDocument
from corpus.readers import ocr
from corpus.readers.layout import doubtful, source_of
from corpus.readers.pages import Page
from corpus.types import Note, Source, Span

SUFFIXES: tuple[str, ...] = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp")

MAX_PIXELS = 80_000_000
MAX_PAGES = 200
A4_WIDTH, A4_LONG = 595.0, 842.0
_FORMATS = ("PNG", "JPEG", "TIFF", "BMP")
_SMALLEST = 40


def read(data: bytes, name: str) -> Source:
    """Read a picture, or every page of a TIFF file.

    Raises UnreadableDocument: "empty_file", "binary_file", "malformed", "no_text", "ocr_missing"; DocumentTooLarge.
    """
    if not data:
        raise UnreadableDocument("empty_file", "文件是空的(0 字节)", "请检查文件是否保存完整")
    count, images = _opened(data)
    if not ocr.available():
        raise ocr.missing("文件内容")
    pages = list(_pages(images))
    source = source_of(pages, "image")
    if not any(character.isalnum() for character in source.text):
        raise UnreadableDocument("no_text", "图像中没有认出文字", "请检查图像是否清楚、方向是否正确,或重新扫描后再添加")
    cut = (Note("pages_cut", f"图像共 {count} 页,只读入前 {MAX_PAGES} 页", Span(0, 0)),) if count > MAX_PAGES else ()
    return replace(source, notes=(*cut, *doubtful(source)))


def _opened(data: bytes) -> tuple[int, Iterator[Any]]:
    """Give the number of pages and the pages as RGB pictures, upright as the camera says."""
    from PIL import Image, UnidentifiedImageError

    try:
        # Pillow only warns of large pictures, and where warnings are errors it does not: our own limit comes first.
        image = Image.open(io.BytesIO(data), formats=_FORMATS)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        found = found_format(data)
        message = f"扩展名是图像,但文件内容是{found}" if found and "图片" not in found else "图像打不开:文件损坏或不完整"
        raise UnreadableDocument("malformed", message, "请重新获取文件,或用看图软件另存为 PNG 后再添加") from error
    _check(image.size)
    return int(getattr(image, "n_frames", 1)), _frames(image)


def _check(size: tuple[int, int]) -> None:
    width, height = size
    if width * height > MAX_PIXELS:
        limit = f"上限为 {MAX_PIXELS // 1_000_000} 百万像素"
        raise DocumentTooLarge("too_large", f"图像太大({width}×{height} 像素),{limit}", "请缩小图像,或按 300 dpi 重新扫描后再添加")
    if min(width, height) < _SMALLEST:
        raise UnreadableDocument("no_text", f"图像太小({width}×{height} 像素),不会有文字", "请检查是否选错了文件")


def _frames(image: Any) -> Iterator[Any]:
    from PIL import ImageOps

    for index in range(min(int(getattr(image, "n_frames", 1)), MAX_PAGES)):
        try:
            image.seek(index)
            _check(image.size)
            upright = ImageOps.exif_transpose(image)
            yield _flat(upright)
        except (OSError, EOFError, ValueError, SyntaxError) as error:
            if index:
                return
            raise UnreadableDocument("malformed", "图像打不开:文件损坏或不完整", "请重新获取文件,或用看图软件另存为 PNG 后再添加") from error


def _flat(image: Any) -> Any:
    """Put a picture with transparent parts on white paper."""
    from PIL import Image

    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        paper = Image.new("RGBA", image.size, "white")
        paper.alpha_composite(image)
        image = paper
    return image.convert("RGB")


def _pages(images: Iterator[Any]) -> Iterator[Page]:
    import numpy as np

    for number, image in enumerate(images, 1):
        scaled = _reduced(image)
        pixels = np.ascontiguousarray(np.asarray(scaled)[:, :, ::-1])
        width = A4_LONG if scaled.width > 1.15 * scaled.height else A4_WIDTH
        yield ocr.page_of(pixels, number, width)


def _reduced(image: Any) -> Any:
    """Bring photographs down to about 250 dpi of an A4 sheet, and small pictures up so far that lines can be told apart."""
    long = max(image.size)
    factor = 2900 / long if long > 2900 else 2.0 if long < 900 else 1.0
    return image if factor == 1.0 else image.resize((max(round(image.width * factor), 1), max(round(image.height * factor), 1)))
