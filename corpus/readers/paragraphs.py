"""Printed lines → paragraphs: where a line break is only the edge of the column, and where it was meant.

A break was meant where the first word of the next line would still have fitted. In documents that indent first lines (Chinese
official style, GB/T 9704) the indent says the rest; in others list marks and full stops do.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.numbers import CN
from corpus.readers.flow import Placed
from corpus.readers.printed import Line

_MARK = re.compile(
    rf"[(（]?[{CN}]{{1,4}}[、)）.．]|\d{{1,3}}\s?[、)）]|\d{{1,2}}(?:[.．]\d{{1,2}}){{0,3}}[.．]?(?![\d年月日%])\s?(?=[\u4e00-\u9fff“《A-Z])|[(（]\d{{1,3}}[)）]|第[{CN}\d]{{1,6}}[编章节条款]"
    r"|附\s?[件录表图]|[①-⑳]|[-•●■◆▪·]\s|[A-Z][.、]|[A-Za-z]{1,2}[)）]"
)
_STOP = tuple("。！？；：!?;:")
_LARGER = 1.12
_INDENTED = 0.7


@dataclass(frozen=True, slots=True)
class Style:
    """How a document is set. size: of its text.  leading: usual gap between two lines of a paragraph.  indented: first lines are."""

    size: float
    leading: float
    indented: bool


def style_of(placed: Sequence[Placed]) -> Style:
    """Read the style off all lines of a document."""
    size = body_size(item.line for item in placed)
    gaps = Counter(
        round(b.line.box.top - a.line.box.bottom)
        for a, b in zip(placed, placed[1:], strict=False)
        if _follows(a, b) and abs(a.line.size - size) < 1 and abs(b.line.size - size) < 1 and a.slack < 3 * size
    )
    begun = [b.indent / size for a, b in zip(placed, placed[1:], strict=False) if _follows(a, b) and a.slack > 4 * size and a.indent < 3 * size]
    indented, flush = sum(1.4 <= indent <= 3 for indent in begun), sum(indent < 0.5 for indent in begun)
    return Style(size, float(gaps.most_common(1)[0][0]) if gaps else size, indented > flush)


def body_size(lines: Iterable[Line]) -> float:
    """Give the font size that most characters are set in, rounded to half points."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.glyphs)
    return max(sizes.most_common(1)[0][0], 1.0) if sizes else 12.0


def _follows(a: Placed, b: Placed) -> bool:
    return a.line.page == b.line.page and a.left == b.left and b.line.box.top > a.line.box.top


def paragraphs(placed: Iterable[Placed], style: Style) -> list[list[Placed]]:
    """Group the lines of one stretch of text without tables."""
    found: list[list[Placed]] = []
    for item in placed:
        if found and _joins(found[-1], item, style):
            found[-1].append(item)
        else:
            found.append([item])
    return found


def _joins(paragraph: Sequence[Placed], item: Placed, style: Style) -> bool:
    last = paragraph[-1]
    size = max(last.line.size, 1.0)
    if not 1 / _LARGER < item.line.size / size < _LARGER:
        return False
    if size > _LARGER * style.size:
        return _same_title(last, item, size)
    gap = item.line.box.top - last.line.box.bottom
    if _follows(last, item) and gap > style.leading + 0.6 * size:
        return False
    if last.indent > 4.5 * size:
        # Signature, date, caption: set off to the right or in the middle, each line by itself.
        return False
    if _is_centred(last) or (_is_centred(item) and item.slack > 2 * size):
        return False
    spare = last.slack - item.line.first_token
    return _joins_indented(paragraph, item, spare / size) if style.indented else _joins_flush(paragraph, item, spare / size)


def _joins_indented(paragraph: Sequence[Placed], item: Placed, spare: float) -> bool:
    size = item.line.size
    if item.indent >= _INDENTED * size:
        return spare <= 1 and _continues_block(paragraph, item)
    last = paragraph[-1]
    # Line breakers leave up to a third of a line empty before what they keep together (a word, a bracket, digits).
    torn = last.slack < 0.3 * (last.right - last.left) and not last.line.text.endswith(_STOP)
    return spare <= 2.5 or torn


def _continues_block(paragraph: Sequence[Placed], item: Placed) -> bool:
    """A block set in as a whole, or an item whose further lines hang below its text."""
    first, size = paragraph[0], item.line.size
    if len(paragraph) > 1:
        return abs(item.line.box.x0 - paragraph[-1].line.box.x0) < 0.5 * size and paragraph[-1].indent >= _INDENTED * size
    return bool(_MARK.match(first.line.text)) and item.indent > first.indent + _INDENTED * size and not _MARK.match(item.line.text)


def _joins_flush(paragraph: Sequence[Placed], item: Placed, spare: float) -> bool:
    size, last = item.line.size, paragraph[-1]
    if spare > 1.2 or _MARK.match(item.line.text):
        return False
    shifted = item.line.box.x0 - last.line.box.x0
    if shifted > _INDENTED * size:
        return len(paragraph) == 1 and bool(_MARK.match(last.line.text))
    return not last.line.text.endswith(_STOP)


def _is_centred(item: Placed) -> bool:
    size = item.line.size
    return item.indent > 2.6 * size and abs(item.indent - item.slack) < 1.2 * size


def _same_title(last: Placed, item: Placed, size: float) -> bool:
    """The lines of a title: one size, close together, both in the middle or the first one full."""
    near = last.line.page == item.line.page and 0 < item.line.box.top - last.line.box.bottom < 1.3 * size
    if not near or _MARK.match(item.line.text) or re.fullmatch(r"附\s?件\s?\d*[:：]?", last.line.text):
        return False
    middle = abs(last.line.box.x0 + last.line.box.x1 - item.line.box.x0 - item.line.box.x1) < 2 * size
    return (middle and not item.line.text.startswith(("(", "（"))) or last.slack - item.line.first_token < size


# ---------------------------------------------------------------- cells


def cell_paragraphs(lines: Sequence[Line], left: float, right: float) -> list[list[Line]]:
    """Group the lines of a cell whose text may reach from `left` to `right`; a break was meant where much room was left."""
    found: list[list[Line]] = []
    for line in lines:
        if found and not _cell_breaks(found[-1][-1], line, left, right):
            found[-1].append(line)
        else:
            found.append([line])
    return found


def _cell_breaks(last: Line, line: Line, left: float, right: float) -> bool:
    size = max(last.size, 1.0)
    spare = (right - left - last.box.width - line.first_token) / size
    if spare < 0.5:
        return bool(_MARK.match(line.text)) and last.text.endswith(_STOP) and spare > -1
    return spare > 2 or last.text.endswith(_STOP) or bool(_MARK.match(line.text))
