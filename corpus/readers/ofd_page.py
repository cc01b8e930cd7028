"""A page of an OFD file (GB/T 33190-2016): its text, paths and pictures in page coordinates.

Lengths in the file are millimetres, here points. An object is placed by its boundary, within it by its own matrix.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corpus.readers.package import Element
from corpus.readers.pages import ASCENT, DESCENT, Box, Glyph, Rule, rules_of
from corpus.readers.printed import clean
from corpus.readers.radicals import plain_character

POINT = 72 / 25.4
MAX_GLYPHS = 60_000
MAX_OBJECTS = 60_000
_MOST_DEPTH = 12
_TINY, _WHITE = 1.0, 245
_TOKEN = re.compile(r"[A-Za-z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?")
_TAKES = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
_UNKNOWN = "\xa4"
_BLOCKS = ("PageBlock", "Layer", "Content", "Page")

Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Picture:
    """An image on the page: the resource it is and where it is drawn."""

    resource: str
    box: Box


@dataclass(slots=True)
class Drawing:
    """What was read of a page so far. hidden: characters that nobody sees.  unknown: glyphs without a character."""

    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    fills: list[Box] = field(default_factory=list)
    white: list[Glyph] = field(default_factory=list)
    hidden: int = 0
    unknown: int = 0
    count: int = 0

    @property
    def cut(self) -> bool:
        return self.count >= MAX_OBJECTS or len(self.glyphs) >= MAX_GLYPHS

    def settle(self) -> None:
        """Take white text as read where something darker lies under it."""
        for glyph in self.white:
            if any(fill.holds(glyph.x, glyph.y) for fill in self.fills):
                self.glyphs.append(glyph)
            else:
                self.hidden += not glyph.text.isspace()
        self.white = []


def draw(root: Element, drawing: Drawing, units: dict[str, Element], depth: int = 0, shift: tuple[float, float] = (0.0, 0.0)) -> None:
    """Read every object below `root`. units: composite graphics by their number, drawn where an object names them."""
    for child in root:
        if drawing.cut or depth > _MOST_DEPTH:
            return
        kind = name_of(child)
        if child.get("Visible", "true").strip().lower() in ("false", "0"):
            drawing.hidden += sum(len("".join(text.split())) for text in child.itertext())
            continue
        drawing.count += 1
        if kind in _BLOCKS:
            draw(child, drawing, units, depth + 1, shift)
        elif kind == "TextObject":
            _text(child, drawing, shift)
        elif kind == "PathObject":
            _path(child, drawing, shift)
        elif kind == "ImageObject":
            box = _boundary(child, shift)
            drawing.pictures.append(Picture(child.get("ResourceID", ""), box))
            drawing.fills.append(box)
        elif kind == "CompositeObject" and (unit := units.get(child.get("ResourceID", ""))) is not None:
            box = _boundary(child, shift)
            draw(unit, drawing, units, depth + 1, (box.x0, box.top))


def name_of(element: Element) -> str:
    """Give the local name of an element."""
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


def numbers(text: str | None, count: int) -> list[float]:
    """Read `count` numbers that are finite and not absurd; [] when there are not as many."""
    found = []
    for word in (text or "").split()[:count]:
        try:
            value = float(word)
        except ValueError:
            return []
        if not math.isfinite(value) or abs(value) > 1e6:
            return []
        found.append(value)
    return found if len(found) == count else []


def _boundary(element: Element, shift: tuple[float, float]) -> Box:
    x, y, width, height = numbers(element.get("Boundary"), 4) or (0.0, 0.0, 0.0, 0.0)
    x0, top = x * POINT + shift[0], y * POINT + shift[1]
    return Box(x0, top, x0 + width * POINT, top + height * POINT)


def _matrix(element: Element) -> Matrix:
    a, b, c, d, e, f = numbers(element.get("CTM"), 6) or (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    return a, b, c, d, e, f


def _placed(matrix: Matrix, box: Box, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return box.x0 + (a * x + c * y + e) * POINT, box.top + (b * x + d * y + f) * POINT


# ---------------------------------------------------------------- text


def _text(element: Element, drawing: Drawing, shift: tuple[float, float]) -> None:
    matrix, box = _matrix(element), _boundary(element, shift)
    stated = (numbers(element.get("Size"), 1) or [3.5])[0]
    wide = (numbers(element.get("HScale"), 1) or [1.0])[0] or 1.0
    size = stated * POINT * (math.hypot(matrix[2], matrix[3]) or 1.0)
    across = math.hypot(matrix[0], matrix[1]) or 1.0
    white, clear = _colour(element)
    for code in element:
        if name_of(code) != "TextCode":
            continue
        for character, x, y, step in _positions(code, stated * wide):
            x0, base = _placed(matrix, box, x, y)
            glyph = Glyph(character, x0, base - ASCENT * size, x0 + max(step * across * POINT, 0.01), base + DESCENT * size, size)
            _add(drawing, glyph, white, clear)


def _add(drawing: Drawing, glyph: Glyph, white: bool, clear: bool) -> None:
    inside = 0 <= glyph.x <= drawing.width and 0 <= glyph.y <= drawing.height
    if glyph.text == _UNKNOWN or not glyph.text:
        drawing.unknown += 1
    elif clear or not inside or glyph.size <= _TINY:
        drawing.hidden += not glyph.text.isspace()
    elif white:
        drawing.white.append(glyph)
    elif len(drawing.glyphs) < MAX_GLYPHS:
        drawing.glyphs.append(glyph)


def _colour(element: Element) -> tuple[bool, bool]:
    """Tell whether the text is white, and whether it is fully transparent."""
    colour = next((child for child in element if name_of(child) == "FillColor"), None)
    alpha = (numbers(element.get("Alpha"), 1) or [255.0])[0]
    if colour is None:
        return False, alpha == 0
    alpha = min(alpha, (numbers(colour.get("Alpha"), 1) or [255.0])[0])
    value = numbers(colour.get("Value"), 3)
    return bool(value) and min(value) >= _WHITE, alpha == 0


def _positions(code: Element, size: float) -> Iterator[tuple[str, float, float, float]]:
    """Yield every character with its place and width inside the object, in millimetres."""
    text = "".join(code.itertext())
    x = (numbers(code.get("X"), 1) or [0.0])[0]
    y = (numbers(code.get("Y"), 1) or [0.0])[0]
    right, down = deltas(code.get("DeltaX"), len(text)), deltas(code.get("DeltaY"), len(text))
    for at, character in enumerate(text):
        own = size * (0.5 if character.isascii() else 1.0)
        step = right[at] if at < len(right) else None
        width = min(own, step) if step and step > 0 else own
        shown = plain_character(clean(character)) if not character.isspace() else " "
        yield shown, x, y, width
        # Without steps a program leaves the characters to follow each other by their own widths.
        x += step if step is not None else own if not right and not down else 0.0
        y += down[at] if at < len(down) else 0.0


def deltas(text: str | None, count: int) -> list[float]:
    """Read distances between characters: `5.6 5.6` or, for runs of equal ones, `g 2 5.6`; `count` at most."""
    words = (text or "").split()
    found: list[float] = []
    at = 0
    while at < len(words) and len(found) < count:
        if words[at] == "g":
            run, value = numbers(" ".join(words[at + 1 : at + 2]), 1), numbers(" ".join(words[at + 2 : at + 3]), 1)
            found += (value or [0.0]) * max(0, min(int(run[0]) if run else 0, count - len(found)))
            at += 3
        else:
            found.append((numbers(words[at], 1) or [0.0])[0])
            at += 1
    return found


# ---------------------------------------------------------------- paths


def _path(element: Element, drawing: Drawing, shift: tuple[float, float]) -> None:
    matrix, box = _matrix(element), _boundary(element, shift)
    stroked = element.get("Stroke", "true").strip().lower() != "false"
    filled = element.get("Fill", "false").strip().lower() == "true"
    colours = {name_of(child): numbers(child.get("Value"), 3) for child in element}
    ink = colours.get("StrokeColor" if stroked else "FillColor") or [0.0]
    data = next(("".join(child.itertext()) for child in element if name_of(child) == "AbbreviatedData"), "")
    if min(ink) >= _WHITE and not filled:
        return
    for figure in figures(data):
        points = [_placed(matrix, box, x, y) for x, y in figure]
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        around = Box(min(xs), min(ys), max(xs), max(ys))
        if stroked:
            drawing.rules += [rule for pair in zip(points, points[1:], strict=False) for rule in _straight(*pair)]
        elif _is_rectangle(points):
            drawing.rules += rules_of(*around)
        if filled and min(colours.get("FillColor") or [0.0]) < _WHITE:
            drawing.fills.append(around)


def _straight(a: tuple[float, float], b: tuple[float, float]) -> Sequence[Rule]:
    if min(abs(a[0] - b[0]), abs(a[1] - b[1])) >= 1:
        return ()
    return rules_of(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))


def _is_rectangle(points: list[tuple[float, float]]) -> bool:
    straight = all(abs(a[0] - b[0]) < 0.5 or abs(a[1] - b[1]) < 0.5 for a, b in zip(points, points[1:], strict=False))
    return straight and 4 <= len(points) <= 6


def figures(data: str) -> Iterator[list[tuple[float, float]]]:
    """Yield the corners of each part of a path `M x y L x y … C`; a part with curves is left out."""
    tokens = _TOKEN.findall(data[:200_000])
    points: list[tuple[float, float]] = []
    curved = False
    at = 0
    while at < len(tokens):
        operator = tokens[at]
        takes = _TAKES.get(operator)
        if takes is None:
            at += 1
            continue
        values = numbers(" ".join(tokens[at + 1 : at + 1 + takes]), takes) if takes else []
        at += 1 + takes
        if operator in "SM":
            if len(points) > 1 and not curved:
                yield points
            points, curved = [], False
        if operator == "C" and len(points) > 2:
            points.append(points[0])
        elif operator in "SML" and values:
            points.append((values[0], values[1]))
        curved = curved or operator in "QBA"
    if len(points) > 1 and not curved:
        yield points
