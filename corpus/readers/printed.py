"""Glyphs → printed lines: what stands side by side on one base line, with the blanks that gaps stand for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from corpus.readers.pages import Box, Glyph, around

SAME_LINE = 0.5
_FRAGMENT_GAP = 0.8
_NEAR_ROWS = 6
_WORD_GAP, _MIXED_GAP, _WIDE_GAP = 0.2, 0.55, 0.9
_BLANKS = re.compile(r"[ \t\xa0\u2002-\u200a\u3000]+")
_NOTHING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffe\uffff]")
_LATIN = re.compile(r"[!-~\u00c0-\u024f]")


@dataclass(frozen=True)
class Line:
    """Glyphs on one base line, from left to right, without blanks at either end."""

    glyphs: tuple[Glyph, ...]
    page: int = 0

    @cached_property
    def box(self) -> Box:
        return around(self.glyphs)

    @cached_property
    def size(self) -> float:
        """The font size that most of the line is set in."""
        sizes = sorted(glyph.size for glyph in self.glyphs)
        return sizes[len(sizes) // 2]

    @cached_property
    def text(self) -> str:
        return text_of(self.glyphs)

    @property
    def sure(self) -> float:
        return sum(glyph.sure for glyph in self.glyphs) / len(self.glyphs)

    @property
    def first_token(self) -> float:
        """Width of what a line break may not divide at the beginning: a word, a number, a character with its closing mark."""
        first = self.glyphs[0]
        end = first.x1
        latin = bool(_LATIN.match(first.text))
        for glyph in self.glyphs[1:]:
            if glyph.text.isspace() or (not (latin and _LATIN.match(glyph.text)) and glyph.text not in NOT_FIRST):
                break
            end = glyph.x1
        return end - first.x0


NOT_FIRST = frozenset("。,、;:!?)》】」』”’%‰…—.,;:!?)]}·〉〕，；：！？）％")
"""Closing marks: no line begins with one."""


def text_of(glyphs: Sequence[Glyph]) -> str:
    """Join glyphs of one line: a gap in Latin text is a blank, as is a wide gap in Chinese."""
    parts: list[str] = []
    before: Glyph | None = None
    for glyph in glyphs:
        if before is not None and _is_gap(before, glyph):
            parts.append(" ")
        parts.append(glyph.text)
        before = glyph
    return _BLANKS.sub(" ", "".join(parts)).strip()


def _is_gap(a: Glyph, b: Glyph) -> bool:
    gap = b.x0 - a.x1
    size = min(a.size, b.size)
    if gap <= _WORD_GAP * size or a.text.isspace() or b.text.isspace():
        return False
    latin = bool(_LATIN.match(a.text)) + bool(_LATIN.match(b.text))
    return gap > (_WIDE_GAP, _MIXED_GAP, _WORD_GAP)[latin] * size


def clean(text: str) -> str:
    """Drop control characters and marks that print nothing."""
    return _NOTHING.sub("", text)


def joined(first: str, second: str) -> str:
    """Join two lines of a paragraph: without a blank in Chinese, with one between Latin words."""
    if not first or not second:
        return first + second
    left, right = first[-1], second[0]
    words = left.isascii() and right.isascii() and (left.isalpha() or left in ",.;:)") and right.isalnum()
    words = words or (left.isascii() and left.isalnum() and right.isascii() and right.isalpha())
    return f"{first} {second}" if words else first + second


def same_line(a: Box | Glyph, b: Box | Glyph) -> bool:
    overlap = min(a.bottom, b.bottom) - max(a.top, b.top)
    return overlap >= SAME_LINE * min(a.bottom - a.top, b.bottom - b.top)


def fragments(glyphs: Iterable[Glyph], page: int) -> list[Line]:
    """Group glyphs into stretches without wide gaps, each on one base line: whole lines, or the parts of them in columns."""
    found: list[Line] = []
    for row in rows(_runs(glyphs)):
        current: list[Glyph] = []
        reach = 0.0
        for run in sorted(row, key=lambda run: run[0].x0):
            if current and run[0].x0 - reach > _FRAGMENT_GAP * max(run[0].size, current[-1].size):
                found.append(Line(tuple(_in_order(current)), page))
                current = []
            # Some programs write quotation marks after the words between which they left room.
            current += run
            reach = max(reach if len(current) > len(run) else 0.0, run[-1].x1)
        found.append(Line(tuple(_in_order(current)), page))
    return found


def _in_order(glyphs: list[Glyph]) -> list[Glyph]:
    return glyphs if all(a.x0 <= b.x0 + 0.5 for a, b in zip(glyphs, glyphs[1:], strict=False)) else sorted(glyphs, key=lambda g: g.x0)


def _runs(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Cut the glyphs, in the order of the file, where the line or the place on it changes; blanks at the ends are left out."""
    runs: list[list[Glyph]] = []
    for glyph in glyphs:
        last = runs[-1][-1] if runs else None
        if last is None or not same_line(last, glyph) or not -0.5 * last.size <= glyph.x0 - last.x1 <= _FRAGMENT_GAP * glyph.size:
            runs.append([glyph])
        else:
            runs[-1].append(glyph)
    return [stripped for run in runs for stripped in _without_wide_blanks(run)]


def _without_wide_blanks(run: list[Glyph]) -> list[list[Glyph]]:
    """Cut a run where three blanks and more keep two things apart, and drop the blanks at its ends."""
    parts: list[list[Glyph]] = [[]]
    blanks: list[Glyph] = []
    for glyph in run:
        if glyph.text.isspace():
            blanks.append(glyph)
            continue
        if parts[-1] and blanks and blanks[-1].x1 - blanks[0].x0 > 1.6 * glyph.size:
            parts.append([])
        elif parts[-1]:
            parts[-1] += blanks
        blanks = []
        parts[-1].append(glyph)
    return [part for part in parts if part]


def rows(runs: Sequence[list[Glyph]]) -> list[list[list[Glyph]]]:
    """Group runs that stand on one base line. A row is as high as its first run, so that rows do not drift into each other."""
    found: list[tuple[Box, list[list[Glyph]]]] = []
    for run in sorted(runs, key=lambda run: run[0].y):
        box = around(run)
        near = [row for row in found[-_NEAR_ROWS:] if same_line(row[0], box)]
        if near:
            min(near, key=lambda row: abs(row[0].bottom - box.bottom))[1].append(run)
        else:
            found.append((box, [run]))
    return [row for _, row in found]


def lines_of(fragments: Iterable[Line]) -> list[Line]:
    """Join the fragments of one column that stand on one base line, from top to bottom."""
    found: list[list[Line]] = []
    for fragment in sorted(fragments, key=lambda f: f.box.top):
        home = next((row for row in reversed(found[-4:]) if same_line(row[0].box, fragment.box)), None)
        if home is None:
            found.append([fragment])
        else:
            home.append(fragment)
    return [_merged(row) for row in found]


def _merged(row: list[Line]) -> Line:
    if len(row) == 1:
        return row[0]
    return Line(tuple(glyph for part in sorted(row, key=lambda part: part.box.x0) for glyph in part.glyphs), row[0].page)
