"""Tables without ruling lines between their columns: fragments that stand below each other in three columns or more.

Where no lines part the rows, a row begins at each line that has something in its first column (the number of the row).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.readers.flow import PageTable, TableCell
from corpus.readers.pages import Box, Rule, around
from corpus.readers.printed import Line, lines_of, same_line
from corpus.readers.ruled import GridBox

_FEWEST_COLUMNS, _FEWEST_ROWS = 3, 3
_GUTTER = 0.35
_FILLED = 0.6
_NUMBER = re.compile(r"\d{1,3}[.、．]?")


@dataclass(slots=True)
class _Row:
    """Fragments on one base line. places: the column of each."""

    parts: list[Line]
    places: list[int] = field(default_factory=list)

    @property
    def box(self) -> Box:
        return around([part.box for part in self.parts])


def aligned(fragments: Sequence[Line], rules: Sequence[Rule], page: int) -> tuple[list[PageTable], list[Line]]:
    """Give the tables found among the fragments of a page, and the fragments that are in none."""
    rows = _rows(fragments)
    tables: list[PageTable] = []
    rest: list[Line] = []
    at = 0
    while at < len(rows):
        end, columns = _region(rows, at)
        if end and _is_table(rows[at:end], columns):
            tables.append(_table(rows[at:end], columns, rules, page))
            at = end
        else:
            rest += rows[at].parts
            at += 1
    return tables, rest


def _rows(fragments: Sequence[Line]) -> list[_Row]:
    rows: list[_Row] = []
    for fragment in sorted(fragments, key=lambda f: f.box.top):
        home = next((row for row in reversed(rows[-4:]) if same_line(row.parts[0].box, fragment.box)), None)
        if home is None:
            rows.append(_Row([fragment]))
        else:
            home.parts.append(fragment)
    for row in rows:
        row.parts.sort(key=lambda part: part.box.x0)
    return rows


def _region(rows: list[_Row], first: int) -> tuple[int, list[tuple[float, float]]]:
    """Go on below `first` while every fragment stands in one of its columns; (0, []) where no region begins."""
    columns = [(part.box.x0, part.box.x1) for part in rows[first].parts]
    if len(columns) < _FEWEST_COLUMNS:
        return 0, []
    end = first + 1
    while end < len(rows):
        row = rows[end]
        far = row.box.top - rows[end - 1].box.bottom > 2.5 * max(row.parts[0].size, 1.0)
        widened = None if far else _widened(columns, row.parts)
        if widened is None:
            break
        columns = widened
        end += 1
    # A line that stands in one column only is text again unless something follows in the others.
    while end > first + 1 and len(rows[end - 1].parts) == 1 and rows[end - 1].parts[0].box.x0 < columns[1][0]:
        end -= 1
    return end, columns


def _widened(columns: list[tuple[float, float]], parts: Sequence[Line]) -> list[tuple[float, float]] | None:
    """Widen the columns so that they hold the fragments; None when one would reach into the next column."""
    wide = list(columns)
    for part in parts:
        touched = [at for at, (x0, x1) in enumerate(wide) if part.box.x0 < x1 and x0 < part.box.x1]
        if len(touched) != 1:
            return None
        at = touched[0]
        wide[at] = (min(wide[at][0], part.box.x0), max(wide[at][1], part.box.x1))
        gap = _GUTTER * part.size
        if (at and wide[at][0] - wide[at - 1][1] < gap) or (at + 1 < len(wide) and wide[at + 1][0] - wide[at][1] < gap):
            return None
    return wide


def _is_table(rows: Sequence[_Row], columns: Sequence[tuple[float, float]]) -> bool:
    """Three columns of running text fill their columns line by line; the cells of a table do not."""
    full = [row for row in rows if len(row.parts) >= 2]
    if len(full) < _FEWEST_ROWS or len(full) * 2 < len(rows):
        return False
    parts = [part for row in rows for part in row.parts]
    wide = [x1 - x0 for x0, x1 in columns]
    for row in rows:
        row.places = [_place(columns, part) for part in row.parts]
    filled = sum(part.box.width > 0.85 * wide[_place(columns, part)] for part in parts)
    return filled <= _FILLED * len(parts) or any(width < 4 * parts[0].size for width in wide)


def _place(columns: Sequence[tuple[float, float]], part: Line) -> int:
    middle = (part.box.x0 + part.box.x1) / 2
    return max(bisect_right([x0 for x0, _ in columns], middle) - 1, 0)


# ---------------------------------------------------------------- cells


def _table(rows: Sequence[_Row], columns: Sequence[tuple[float, float]], rules: Sequence[Rule], page: int) -> PageTable:
    area = around([row.box for row in rows])
    starts = _starts(rows, area, rules)
    edges = [area.x0 - 2, *((a[1] + b[0]) / 2 for a, b in zip(columns, columns[1:], strict=False)), area.x1 + 2]
    homes: dict[tuple[int, int], list[Line]] = {}
    for at, row in enumerate(rows):
        for part, place in zip(row.parts, row.places, strict=True):
            homes.setdefault((bisect_right(starts, at) - 1, place), []).append(part)
    cells = []
    for number, start in enumerate(starts):
        last = (starts[number + 1] if number + 1 < len(starts) else len(rows)) - 1
        for column in range(len(columns)):
            box = Box(edges[column], rows[start].box.top, edges[column + 1], rows[last].box.bottom)
            cells.append(TableCell(GridBox(number, column, 1, 1, box), tuple(lines_of(homes.get((number, column), ())))))
    return PageTable(page, area, tuple(cells))


def _starts(rows: Sequence[_Row], area: Box, rules: Sequence[Rule]) -> list[int]:
    """Give the lines at which the rows of the table begin."""
    across = sorted(rule.y0 for rule in rules if rule.horizontal and rule.x1 - rule.x0 > 0.7 * area.width and area.top < rule.y0 < area.bottom)
    parted = [0] + [at for at in range(1, len(rows)) if any(rows[at - 1].box.top < y < rows[at].box.bottom and rows[at].box.y > y for y in across)]
    if len(parted) > 2:
        return parted
    first = [at for at, row in enumerate(rows) if 0 in row.places]
    numbered = [at for at in first if at and _NUMBER.fullmatch(rows[at].parts[0].text)]
    if len(numbered) >= 2 and numbered[0] > 1:
        return _around_numbers(rows, numbered)
    return sorted({0, *(numbered if len(numbered) * 2 > len(first) else first)})


def _around_numbers(rows: Sequence[_Row], numbered: Sequence[int]) -> list[int]:
    """Numbers that stand at half the height of their rows: a row begins after the widest gap between two numbers."""
    starts = [0]
    for before, at in zip([0, *numbered], numbered, strict=False):
        gaps = [(rows[n].box.top - rows[n - 1].box.top, -abs(2 * n - before - at - 1), n) for n in range(before + 1, at + 1)]
        if gaps:
            starts.append(max(gaps)[2])
    return sorted(set(starts))
