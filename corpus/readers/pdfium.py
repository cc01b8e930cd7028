"""PDF → pages by PDFium: every glyph with its box, the ruling lines, and which pages are pictures.

Text that a person does not see (white, tiny, off the page, drawn invisibly) is counted and left out; on a scan the
invisible text is what a recogniser put behind the picture, and is kept apart.
"""

from __future__ import annotations

import ctypes
import math
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from corpus.readers.pages import ASCENT, DESCENT, Box, Glyph, Page, Rule, rules_of
from corpus.readers.printed import clean
from corpus.readers.radicals import plain_character

MAX_GLYPHS = 60_000
MAX_OBJECTS = 60_000
MAX_DEPTH = 6
TINY = 1.0
_WHITE = 245
_PICTURE_SHARE = 0.5
_MOST_SEGMENTS = 4000
_PATH, _IMAGE, _FORM = 2, 3, 5
_BEZIER_TO, _MOVE_TO = 1, 2
_INVISIBLE = (3, 7)

LOCK = threading.Lock()
"""PDFium has global state: one thread at a time."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page as the file has it. hidden: visible to no reader.  layer: invisible text over a picture.

    unmapped: glyphs for which the file does not say which character they are.  images: where pictures are drawn.
    picture: share of the page that they cover.  n_drawn: how many objects are drawn.  cut: the page has more than can be read.
    """

    page: Page
    layer: tuple[Glyph, ...] = ()
    hidden: int = 0
    unmapped: int = 0
    images: tuple[Box, ...] = ()
    picture: float = 0.0
    n_drawn: int = 0
    cut: bool = False


class _Style(NamedTuple):
    """What all glyphs of one text object share. turn: clockwise quarter turns of its base line, -1 when it is askew."""

    size: float
    invisible: bool
    white: bool
    turn: int


@dataclass(slots=True)
class _Drawn:
    """What is drawn on a page besides text. fills: places where white text can be seen."""

    rules: list[Rule]
    fills: list[Box]
    images: list[Box]
    count: int = 0


class View:
    """Page coordinates as they are shown: rotated as the page says, cut to its visible box, y downwards."""

    def __init__(self, box: tuple[float, float, float, float], turns: int) -> None:
        self.left, self.low, self.right, self.high = box
        self.turns = turns % 4
        across, up = self.right - self.left, self.high - self.low
        self.width, self.height = (up, across) if self.turns % 2 else (across, up)

    def point(self, x: float, y: float) -> tuple[float, float]:
        a, b = x - self.left, y - self.low
        if self.turns == 0:
            return a, self.height - b
        if self.turns == 1:
            return b, a
        if self.turns == 2:
            return self.width - a, b
        return self.width - b, self.height - a

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        (a, b), (c, d) = self.point(x0, y0), self.point(x1, y1)
        return Box(min(a, c), min(b, d), max(a, c), max(b, d))


def sheet_of(document: Any, index: int) -> Sheet:
    """Read page `index` (from 0) of a pypdfium2 document; PdfiumError when the page cannot be loaded."""
    import pypdfium2.raw as pdfium

    page = document[index]
    try:
        text = page.get_textpage()
        try:
            view = View(page.get_bbox(), main_turn(pdfium, text.raw, pdfium.FPDFPage_GetRotation(page.raw)))
            return _sheet(pdfium, text.raw, view, _drawn(pdfium, page.raw, view), index + 1)
        finally:
            text.close()
    finally:
        page.close()


def main_turn(pdfium: Any, text: Any, stated: int) -> int:
    """By how many quarter turns most of the text is turned on the unrotated page; a table printed across a page is turned."""
    count = pdfium.FPDFText_CountChars(text)
    votes = [0, 0, 0, 0]
    for index in range(0, max(count, 0), max(1, count // 60)):
        if (turn := _turn(pdfium.FPDFText_GetCharAngle(text, index))) >= 0 and not pdfium.FPDFText_IsGenerated(text, index):
            votes[turn] += 1
    return votes.index(max(votes)) if max(votes) > 0.7 * sum(votes) > 0 else stated


def _turn(angle: float) -> int:
    """Give the quarter turns, clockwise, that set text of this angle upright; -1 when it is askew."""
    quarters = -angle / (math.pi / 2)
    nearest = round(quarters)
    return nearest % 4 if abs(quarters - nearest) < 0.06 else -1


# ---------------------------------------------------------------- text


def _sheet(pdfium: Any, text: Any, view: View, drawn: _Drawn, number: int) -> Sheet:
    shown: list[Glyph] = []
    layer: list[Glyph] = []
    hidden = unmapped = 0
    count = max(pdfium.FPDFText_CountChars(text), 0)
    for style, character, box in _characters(pdfium, text, min(count, MAX_GLYPHS), view):
        if not character:
            unmapped += 1
            continue
        glyph = Glyph(character, *box, style.size)
        if not (0 <= glyph.x <= view.width and 0 <= glyph.y <= view.height) or style.size <= TINY:
            hidden += not character.isspace()
        elif style.invisible:
            layer.append(glyph)
        elif style.white and not any(fill.holds(glyph.x, glyph.y) for fill in drawn.fills):
            hidden += not character.isspace()
        elif style.turn == view.turns:
            shown.append(glyph)
    picture = _share(drawn.images, view)
    if picture < _PICTURE_SHARE:
        hidden += sum(not glyph.text.isspace() for glyph in layer)
        layer = []
    page = Page(number, view.width, view.height, tuple(shown), tuple(drawn.rules))
    cut = count > MAX_GLYPHS or drawn.count >= MAX_OBJECTS
    return Sheet(page, tuple(layer), hidden, unmapped, tuple(drawn.images), picture, drawn.count, cut)


def _characters(pdfium: Any, text: Any, count: int, view: View) -> Iterator[tuple[_Style, str, Box]]:
    """Yield every glyph of the text with its box; "" for a glyph whose character is not known."""
    styles: dict[int | None, _Style] = {}
    rectangle, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    for index in range(count):
        if pdfium.FPDFText_IsGenerated(text, index):
            continue
        owner = pdfium.FPDFText_GetTextObject(text, index)
        key = ctypes.cast(owner, ctypes.c_void_p).value
        style = styles.get(key)
        if style is None:
            style = styles[key] = _style(pdfium, text, index, owner)
        pdfium.FPDFText_GetLooseCharBox(text, index, rectangle)
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        code = pdfium.FPDFText_GetUnicode(text, index)
        yield style, _character(code), _box(view, style, rectangle, x.value, y.value)


def _box(view: View, style: _Style, rectangle: Any, x: float, y: float) -> Box:
    """As wide as the font says, as high as a character on this base line: fonts differ in how much room they claim above it."""
    box = view.box(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
    if style.turn != view.turns:
        return box
    base = view.point(x, y)[1]
    return Box(box.x0, base - ASCENT * style.size, max(box.x1, box.x0 + 0.01), base + DESCENT * style.size)


def _character(code: int) -> str:
    if code < 0x20 and code not in (0x09, 0x0A, 0x0D):
        return ""
    if 0xD800 <= code <= 0xF8FF or code > 0x10FFFF or code in (0xFFFD, 0xFFFE, 0xFFFF):
        return ""
    return plain_character(clean(chr(code)) or " ") if code >= 0x20 else " "


def _style(pdfium: Any, text: Any, index: int, owner: Any) -> _Style:
    matrix = pdfium.FS_MATRIX()
    scale = math.hypot(matrix.c, matrix.d) if pdfium.FPDFText_GetMatrix(text, index, matrix) else 1.0
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    coloured = pdfium.FPDFText_GetFillColor(text, index, red, green, blue, alpha)
    mode = pdfium.FPDFTextObj_GetTextRenderMode(owner) if owner else 0
    white = bool(coloured) and min(red.value, green.value, blue.value) >= _WHITE and mode in (0, 4)
    clear = bool(coloured) and alpha.value == 0
    return _Style(
        abs(pdfium.FPDFText_GetFontSize(text, index) * scale),
        mode in _INVISIBLE or clear,
        white,
        _turn(pdfium.FPDFText_GetCharAngle(text, index)),
    )


# ---------------------------------------------------------------- drawings


def _drawn(pdfium: Any, page: Any, view: View) -> _Drawn:
    drawn = _Drawn([], [], [])
    count = max(pdfium.FPDFPage_CountObjects(page), 0)
    objects = (pdfium.FPDFPage_GetObject(page, index) for index in range(min(count, MAX_OBJECTS)))
    _walk(pdfium, objects, (1.0, 0.0, 0.0, 1.0, 0.0, 0.0), view, drawn, 0)
    return drawn


_Matrix = tuple[float, float, float, float, float, float]


def _walk(pdfium: Any, objects: Iterator[Any], outer: _Matrix, view: View, drawn: _Drawn, depth: int) -> None:
    for item in objects:
        drawn.count += 1
        if drawn.count >= MAX_OBJECTS:
            return
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == _PATH:
            _path(pdfium, item, _times(_matrix(pdfium, item), outer), view, drawn)
        elif kind == _IMAGE:
            corners = [_apply(_times(_matrix(pdfium, item), outer), x, y) for x, y in ((0, 0), (1, 0), (0, 1), (1, 1))]
            xs, ys = zip(*corners, strict=True)
            box = view.box(min(xs), min(ys), max(xs), max(ys))
            drawn.images.append(box)
            drawn.fills.append(box)
        elif kind == _FORM and depth < MAX_DEPTH:
            count = max(pdfium.FPDFFormObj_CountObjects(item), 0)
            inner = (pdfium.FPDFFormObj_GetObject(item, index) for index in range(min(count, MAX_OBJECTS)))
            _walk(pdfium, inner, _times(_matrix(pdfium, item), outer), view, drawn, depth + 1)


def _matrix(pdfium: Any, item: Any) -> _Matrix:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, found):
        return (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(m: _Matrix, n: _Matrix) -> _Matrix:
    """Give the matrix that applies `m` first, then `n`."""
    return (
        m[0] * n[0] + m[1] * n[2], m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2], m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4], m[4] * n[1] + m[5] * n[3] + n[5],
    )  # fmt: skip


def _apply(m: _Matrix, x: float, y: float) -> tuple[float, float]:
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


def _path(pdfium: Any, item: Any, matrix: _Matrix, view: View, drawn: _Drawn) -> None:
    count = pdfium.FPDFPath_CountSegments(item)
    if not 2 <= count <= _MOST_SEGMENTS:
        return
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item, mode, stroke)
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    colour = pdfium.FPDFPageObj_GetStrokeColor if stroke.value else pdfium.FPDFPageObj_GetFillColor
    known = colour(item, red, green, blue, alpha)
    if not (stroke.value or mode.value) or (known and (alpha.value == 0 or min(red.value, green.value, blue.value) >= _WHITE)):
        return
    for figure in _figures(pdfium, item, count, matrix, view):
        xs, ys = zip(*figure, strict=True)
        box = Box(min(xs), min(ys), max(xs), max(ys))
        if stroke.value:
            for (x0, y0), (x1, y1) in zip(figure, figure[1:], strict=False):
                if abs(x0 - x1) < 1 or abs(y0 - y1) < 1:
                    drawn.rules += rules_of(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        elif _is_rectangle(figure):
            drawn.rules += rules_of(*box)
        if mode.value:
            drawn.fills.append(box)


def _figures(pdfium: Any, item: Any, count: int, matrix: _Matrix, view: View) -> Iterator[list[tuple[float, float]]]:
    """Yield the corner points of each part of a path; a part with curves is no rule and is left out."""
    figure: list[tuple[float, float]] = []
    curved = False
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(item, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == _MOVE_TO:
            if len(figure) > 1 and not curved:
                yield figure
            figure, curved = [], False
        curved = curved or kind == _BEZIER_TO
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        figure.append(view.point(*_apply(matrix, x.value, y.value)))
        if pdfium.FPDFPathSegment_GetClose(segment) and len(figure) > 2:
            figure.append(figure[0])
    if len(figure) > 1 and not curved:
        yield figure


def _is_rectangle(figure: list[tuple[float, float]]) -> bool:
    straight = all(abs(a[0] - b[0]) < 0.5 or abs(a[1] - b[1]) < 0.5 for a, b in zip(figure, figure[1:], strict=False))
    return straight and 4 <= len(figure) <= 6


def _share(boxes: list[Box], view: View) -> float:
    """How much of the page the images cover together, counted on a grid of 20 × 20 points."""
    places = [((i + 0.5) / 20 * view.width, (j + 0.5) / 20 * view.height) for i in range(20) for j in range(20)]
    return sum(any(box.holds(*place) for box in boxes[:2000]) for place in places) / len(places)
