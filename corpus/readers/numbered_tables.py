"""Tables printed one cell a line below a line of headings, their rows numbered, with captions of groups between the rows.

A page copied as text leaves `序号 项目名称 总投资` as one line and each cell of a row as a line of its own. The numbers that go on by one
tell where the rows begin; a line between two rows that is no number heads a group (一、农村公路) and is no cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.readers.text_tables import Line, is_heading, trimmed
from corpus.types import Cell, Span, Table

_SERIAL = re.compile(r"序号|编号|项次|No\.?", re.IGNORECASE)
_WORD = re.compile(r"\S+")
_LEAST_COLUMNS, _LEAST_ROWS = 4, 3
_LONGEST_GROUP, _MOST_BETWEEN = 40, 2
"""Characters of the caption of a group, and how many such lines may stand between two rows."""
_GROUP = re.compile(r"\s*(?:[(（][一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}、)")
_LONGEST = 200
"""Characters of a cell."""


def numbered_tables(lines: Sequence[Line]) -> tuple[Table, ...]:
    """Find such tables; a row with fewer lines than there are headings ends one, for it cannot be told which cell it lacks."""
    printed = [line for line in lines if line.text.strip()]
    found: list[Table] = []
    at = 0
    while at < len(printed):
        heads = _heads(printed[at])
        rows = list(_rows(printed, at + 1, len(heads))) if heads else []
        if len(rows) >= _LEAST_ROWS:
            cells = [[*heads], *([trimmed(line, 0, len(line.text)) for line in printed[start : start + len(heads)]] for start in rows)]
            last = rows[-1] + len(heads) - 1
            table = (Cell(row=r, column=c, span=span, header=r == 0) for r, row in enumerate(cells) for c, span in enumerate(row))
            found.append(Table(Span(heads[0].start, printed[last].span.end), tuple(table)))
            at = last
        at += 1
    return tuple(found)


def _heads(line: Line) -> list[Span]:
    words = list(_WORD.finditer(line.text))
    if len(words) < _LEAST_COLUMNS or not _SERIAL.fullmatch(words[0].group()) or not all(is_heading(word.group()) for word in words):
        return []
    return [Span(line.span.start + word.start(), line.span.start + word.end()) for word in words]


def _rows(printed: Sequence[Line], at: int, width: int) -> Iterator[int]:
    """Give where the rows begin."""
    number = 1
    while at < len(printed):
        between = 0
        while between < _MOST_BETWEEN and at < len(printed) and not _is(printed[at], number) and len(printed[at].text.strip()) <= _LONGEST_GROUP:
            at, between = at + 1, between + 1
        row = printed[at : at + width]
        if len(row) < width or not _is(row[0], number) or any(len(line.text) > _LONGEST or _GROUP.match(line.text) or _is(line, number + 1) for line in row[1:]):
            return
        yield at
        at, number = at + width, number + 1


def _is(line: Line, number: int) -> bool:
    return line.text.strip() == str(number)
