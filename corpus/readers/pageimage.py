"""One page of a PDF as a picture, with the lines of a clause marked, the way `pdfium.sheet_of` sees the page."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from corpus.errors import UnreadableDocument

Box = tuple[float, float, float, float]
"""left, top, right, bottom in points from the upper left corner of the page as it is shown."""

WIDEST, HIGHEST = 1240, 2600
"""Pixels; a page of A4 has 150 to the inch."""
MOST_BOXES = 400
_LARGE = 1_500_000
_MARK = (255, 226, 120)


def page_image(data: bytes, number: int, boxes: Sequence[Box] = ()) -> bytes:
    """Draw page `number` (from 1) as PNG, as JPEG where that would be large; `boxes` are marked like by a text marker.

    Raises UnreadableDocument ("malformed") where the file has no such page or it cannot be drawn.
    """
    import pypdfium2

    from corpus.readers import pdfium

    with pdfium.LOCK:
        try:
            document = pypdfium2.PdfDocument(data)
            try:
                page = document[number - 1]
                try:
                    picture, scale = _drawn(page)
                finally:
                    page.close()
            finally:
                document.close()
        except (pypdfium2.PdfiumError, IndexError) as error:
            raise UnreadableDocument("malformed", f"第{number}页画不出来", "请在原来的软件中打开这份文件") from error
    return _encoded(_marked(picture, scale, boxes[:MOST_BOXES]))


def _drawn(page: Any) -> tuple[Any, float]:
    """Give the picture (PIL, RGB) and its pixels a point."""
    import pypdfium2.raw as raw

    from corpus.readers.pdfium import View, main_turn

    stated = raw.FPDFPage_GetRotation(page.raw)
    text = page.get_textpage()
    try:
        turn = main_turn(raw, text.raw, stated)
    finally:
        text.close()
    view = View(page.get_bbox(), turn)
    scale = min(WIDEST / max(view.width, 1.0), HIGHEST / max(view.height, 1.0), 4.0)
    bitmap = page.render(scale=scale, rotation=90 * ((turn - stated) % 4), may_draw_forms=False)
    return bitmap.to_pil().convert("RGB"), scale


def _marked(picture: Any, scale: float, boxes: Sequence[Box]) -> Any:
    from PIL import Image, ImageChops, ImageDraw

    if not boxes:
        return picture
    layer = Image.new("RGB", picture.size, (255, 255, 255))
    draw = ImageDraw.Draw(layer)
    for left, top, right, bottom in boxes:
        x0, y0, x1, y1 = (scale * value for value in (left - 1, top - 1, right + 1, bottom + 1))
        if x1 > x0 and y1 > y0:
            draw.rectangle((x0, y0, x1, y1), fill=_MARK)
    return ImageChops.multiply(picture, layer)


def _encoded(picture: Any) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", compress_level=6)
    if buffer.tell() > _LARGE:
        buffer = io.BytesIO()
        picture.save(buffer, "JPEG", quality=80)
    return buffer.getvalue()
