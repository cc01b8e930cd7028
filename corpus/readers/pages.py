"""A page as PDF, OFD and scans all give it: glyphs with their boxes, ruling lines, and how sure the reading is.

Lengths are in points (1/72 inch); x counts from the left edge of the page as it is shown, y from its top.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

ASCENT, DESCENT = 0.88, 0.12
"""Where the box of a Chinese character lies around its base line, in shares of its size."""


class Box(NamedTuple):
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def y(self) -> float:
        return (self.top + self.bottom) / 2

    def holds(self, x: float, y: float) -> bool:
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom


class Glyph(NamedTuple):
    """One printed character (rarely several: a ligature). size: of its font.  sure: how sure it was read, 1.0 unless recognised."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    sure: float = 1.0

    @property
    def x(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def y(self) -> float:
        return (self.top + self.bottom) / 2


class Rule(NamedTuple):
    """A ruling line: horizontal where y0 == y1, vertical where x0 == x1."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def horizontal(self) -> bool:
        return self.y0 == self.y1


@dataclass(frozen=True, slots=True)
class Page:
    """number: from 1.  glyphs: in the order of the file.  recognised: read from an image by OCR."""

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...] = ()
    rules: tuple[Rule, ...] = ()
    recognised: bool = False


def around(boxes: Iterable[Box | Glyph]) -> Box:
    """Give the smallest box that holds all `boxes`; there has to be one."""
    x0, top, x1, bottom = zip(*((box.x0, box.top, box.x1, box.bottom) for box in boxes), strict=True)
    return Box(min(x0), min(top), max(x1), max(bottom))


def rules_of(x0: float, y0: float, x1: float, y1: float, *, thick: float = 4.0) -> tuple[Rule, ...]:
    """Turn a filled rectangle or a stroke into ruling lines: one where it is thin, else its four edges."""
    width, height = x1 - x0, y1 - y0
    if height <= thick and width > height:
        return (Rule(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2),)
    if width <= thick and height > width:
        return (Rule((x0 + x1) / 2, y0, (x0 + x1) / 2, y1),)
    if width <= thick or height <= thick:
        return ()
    return (Rule(x0, y0, x1, y0), Rule(x0, y1, x1, y1), Rule(x0, y0, x0, y1), Rule(x1, y0, x1, y1))
