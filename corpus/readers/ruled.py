"""Ruling lines → the grid of a table: its cells with the rows and columns that merged ones cover.

Lines that touch belong to one table. Where a line is missing between two places of the grid, they are one cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from corpus.readers.pages import Box, Rule

_TOUCH = 3.5
_SAME = 5.0
_COVERED = 0.6
_SHORTEST = 6.0
_OVERHANG = 10.0
_MOST_PAIRS = 4_000_000
_MOST_PLACES = 20_000


@dataclass(frozen=True, slots=True)
class GridBox:
    """A cell: its first row and column, how many it covers, and its place on the page."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box


@dataclass(frozen=True, slots=True)
class Grid:
    box: Box
    cells: tuple[GridBox, ...]


@dataclass(slots=True)
class _Line:
    """A ruling line as (place, start, end): a horizontal one at y = place from x = start to x = end."""

    place: float
    start: float
    end: float


@dataclass(slots=True)
class _Part:
    """Lines that touch each other."""

    across: list[_Line] = field(default_factory=list)
    down: list[_Line] = field(default_factory=list)


def grids(rules: Iterable[Rule]) -> list[Grid]:
    """Find the tables that the ruling lines draw, from top to bottom; a frame around text is none."""
    rules = tuple(rules)
    across = _merged(_Line(r.y0, r.x0, r.x1) for r in rules if r.horizontal)
    down = _merged(_Line(r.x0, r.y0, r.y1) for r in rules if not r.horizontal)
    found = [grid for part in _parts(across, down) if (grid := _grid(part))]
    inner = {id(a) for a in found for b in found if a is not b and _inside(a.box, b.box)}
    return sorted((grid for grid in found if id(grid) not in inner), key=lambda grid: grid.box.top)


def _inside(a: Box, b: Box) -> bool:
    return b.x0 - 2 <= a.x0 and a.x1 <= b.x1 + 2 and b.top - 2 <= a.top and a.bottom <= b.bottom + 2


def _merged(lines: Iterable[_Line]) -> list[_Line]:
    """Join pieces of one line: drawn cell by cell, twice, or as dashes."""
    found: list[_Line] = []
    row: list[_Line] = []
    for line in sorted(lines, key=lambda line: line.place):
        if row and line.place - row[0].place > 1.5:
            found += _pieces(row)
            row = []
        row.append(line)
    return [line for line in found + _pieces(row) if line.end - line.start >= _SHORTEST]


def _pieces(row: list[_Line]) -> list[_Line]:
    joined: list[_Line] = []
    for line in sorted(row, key=lambda line: line.start):
        if joined and line.start <= joined[-1].end + _TOUCH:
            joined[-1].end = max(joined[-1].end, line.end)
        else:
            joined.append(_Line(row[0].place, line.start, line.end))
    return joined


def _parts(across: list[_Line], down: list[_Line]) -> list[_Part]:
    if len(across) * len(down) > _MOST_PAIRS:
        return []
    owner = list(range(len(across) + len(down)))

    def root(at: int) -> int:
        while owner[at] != at:
            owner[at] = owner[owner[at]]
            at = owner[at]
        return at

    for i, a in enumerate(across):
        for j, d in enumerate(down):
            if _between(d.place, a) and _between(a.place, d):
                owner[root(i)] = root(len(across) + j)
    parts: dict[int, _Part] = {}
    for i, a in enumerate(across):
        parts.setdefault(root(i), _Part()).across.append(a)
    for j, d in enumerate(down):
        parts.setdefault(root(len(across) + j), _Part()).down.append(d)
    return [part for part in parts.values() if len(part.across) >= 2 and part.down]


def _between(place: float, line: _Line) -> bool:
    return line.start - _TOUCH <= place <= line.end + _TOUCH


# ---------------------------------------------------------------- cells


def _grid(part: _Part) -> Grid | None:
    """Give the grid of lines that touch; None unless it has two cells at least."""
    # Many forms draw no lines at their left and right edge: the horizontal ones end there.
    xs = _bounded(_places([d.place for d in part.down]), min(a.start for a in part.across), max(a.end for a in part.across))
    ys = _bounded(_places([a.place for a in part.across]), min(d.start for d in part.down), max(d.end for d in part.down))
    n_columns, n_rows = len(xs) - 1, len(ys) - 1
    if n_columns < 1 or n_rows < 1 or n_columns * n_rows < 2 or n_columns * n_rows > _MOST_PLACES:
        return None
    right = _borders(part.down, xs, ys)
    below = _borders(part.across, ys, xs)
    cells = []
    for places in _joined(n_rows, n_columns, right, below):
        row, column = min(r for r, _ in places), min(c for _, c in places)
        last_row, last_column = max(r for r, _ in places), max(c for _, c in places)
        box = Box(xs[column], ys[row], xs[last_column + 1], ys[last_row + 1])
        cells.append(GridBox(row, column, last_row - row + 1, last_column - column + 1, box))
    if len(cells) < 2:
        return None
    return Grid(Box(xs[0], ys[0], xs[-1], ys[-1]), tuple(_dense(cells)))


def _places(values: Sequence[float]) -> list[float]:
    """Take places that are nearly the same for one: both lines of a double rule."""
    found: list[list[float]] = []
    for value in sorted(values):
        if found and value - found[-1][0] <= _SAME:
            found[-1].append(value)
        else:
            found.append([value])
    return [sum(group) / len(group) for group in found]


def _bounded(places: list[float], start: float, end: float) -> list[float]:
    """Add the ends of the lines across where no line stands; what only sticks out a little is no further cell."""
    first = [start] if start < places[0] - _OVERHANG else []
    last = [end] if end > places[-1] + _OVERHANG else []
    return [*first, *places, *last]


def _borders(lines: Sequence[_Line], places: Sequence[float], steps: Sequence[float]) -> list[list[bool]]:
    """For each place a line may stand at and each step along it: whether it is drawn there."""
    drawn = [[False] * (len(steps) - 1) for _ in places]
    for line in lines:
        near = min(range(len(places)), key=lambda at: abs(places[at] - line.place))
        for step, (start, end) in enumerate(zip(steps, steps[1:], strict=False)):
            covered = min(line.end, end) - max(line.start, start)
            drawn[near][step] = drawn[near][step] or covered >= _COVERED * (end - start)
    return drawn


def _joined(n_rows: int, n_columns: int, right: list[list[bool]], below: list[list[bool]]) -> list[list[tuple[int, int]]]:
    """Join the places of the grid that no line parts; what would not be a rectangle stays apart."""
    group: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for row in range(n_rows):
        for column in range(n_columns):
            place = (row, column)
            group[place] = [place]
            if column and not right[column][row]:
                _unite(group, (row, column - 1), place)
            if row and not below[row][column]:
                _unite(group, (row - 1, column), place)
    found = {id(places): places for places in group.values()}.values()
    cells: list[list[tuple[int, int]]] = []
    for places in found:
        height = max(r for r, _ in places) - min(r for r, _ in places) + 1
        width = max(c for _, c in places) - min(c for _, c in places) + 1
        cells += [places] if height * width == len(places) else [[place] for place in places]
    return sorted(cells, key=min)


def _unite(group: dict[tuple[int, int], list[tuple[int, int]]], a: tuple[int, int], b: tuple[int, int]) -> None:
    if group[a] is group[b]:
        return
    small, large = sorted((group[a], group[b]), key=len)
    large += small
    for place in small:
        group[place] = large


def _dense(cells: list[GridBox]) -> list[GridBox]:
    """Leave out rows and columns in which no cell begins: lines that only another cell's edge made."""
    rows = {row: n for n, row in enumerate(sorted({cell.row for cell in cells}))}
    columns = {column: n for n, column in enumerate(sorted({cell.column for cell in cells}))}
    found = []
    for cell in cells:
        down = sum(cell.row <= row < cell.row + cell.row_span for row in rows)
        wide = sum(cell.column <= column < cell.column + cell.column_span for column in columns)
        found.append(GridBox(rows[cell.row], columns[cell.column], down, wide, cell.box))
    return found
