"""Where a page's lines stand → the order in which a person reads them: columns one after the other, tables in their place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.readers.pages import Box, around
from corpus.readers.printed import Line, lines_of, same_line
from corpus.readers.ruled import GridBox

_MOST_CUTS = 6
_FEWEST_LINES = 4
_FILLED = 0.4
_MAY_CROSS = 0.34
_STEP, _GUTTER = 2.0, 0.7
_WIDEST = 15_000.0


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell and what is printed in it."""

    place: GridBox
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table, or the part of one that is on this page."""

    page: int
    box: Box
    cells: tuple[TableCell, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """A line in its column. left, right: where the column's text begins and ends.  note: it is a footnote.

    whole: the column is as wide as the page's text.
    """

    line: Line
    left: float
    right: float
    note: bool = False
    whole: bool = True

    @property
    def indent(self) -> float:
        return self.line.box.x0 - self.left

    @property
    def slack(self) -> float:
        return self.right - self.line.box.x1


Item = Placed | PageTable
_Piece = Line | PageTable


def reading_order(fragments: Sequence[Line], tables: Sequence[PageTable]) -> list[Item]:
    """Order the fragments and tables of one page."""
    return _ordered([*fragments, *tables], _MOST_CUTS, True) if fragments or tables else []


def _ordered(pieces: list[_Piece], cuts: int, whole: bool) -> list[Item]:
    gutter = _gutter([p for p in pieces if isinstance(p, Line)], around([p.box for p in pieces])) if cuts else None
    if gutter is None:
        return _one_column(pieces, whole)
    found: list[Item] = []
    band: list[_Piece] = []
    across: list[_Piece] = []
    for piece in sorted(pieces, key=lambda p: p.box.top):
        if piece.box.x0 < gutter < piece.box.x1:
            found += _columns(band, gutter, cuts)
            band = []
            across.append(piece)
        elif across and same_line(across[-1].box, piece.box):
            # Beside the last line over both columns, not below it: a heading with something at its right.
            across.append(piece)
        else:
            found += _one_column(across, whole)
            across = []
            band.append(piece)
    return [*found, *_columns(band, gutter, cuts), *_one_column(across, whole)]


def _columns(pieces: list[_Piece], gutter: float, cuts: int) -> list[Item]:
    left = [p for p in pieces if p.box.x1 <= gutter]
    right = [p for p in pieces if p.box.x1 > gutter]
    return [item for side in (left, right) if side for item in _ordered(side, cuts - 1, False)]


def _gutter(lines: list[Line], area: Box) -> float | None:
    """Find the middle of the strip that parts two columns of running text; None when there is none."""
    if len(lines) < 2 * _FEWEST_LINES or area.width > _WIDEST:
        return None
    width = max(int(area.width / _STEP) + 1, 1)
    covered = [0] * (width + 1)
    for line in lines:
        for step in range(int((line.box.x0 - area.x0) / _STEP), int((line.box.x1 - area.x0) / _STEP) + 1):
            covered[min(max(step, 0), width)] += 1
    size = sorted(line.size for line in lines)[len(lines) // 2]
    inner = range(int(0.2 * width), int(0.8 * width))
    for limit in sorted({0, 1, 2, 3, int(_MAY_CROSS * len(lines))}):
        free = [step for step in inner if covered[step] <= limit]
        for start, end in sorted(_stretches(free), key=lambda s: s[0] - s[1]):
            middle = area.x0 + _STEP * (start + end + 1) / 2
            if _STEP * (end + 1 - start) >= _GUTTER * size and _both_filled(lines, middle, area):
                return middle
    return None


def _stretches(steps: list[int]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for step in steps:
        if found and step == found[-1][1] + 1:
            found[-1] = (found[-1][0], step)
        else:
            found.append((step, step))
    return found


def _both_filled(lines: list[Line], middle: float, area: Box) -> bool:
    """Running text fills its column, the cells of a table or the page numbers of a list of contents do not."""
    for side in ([line for line in lines if line.box.x1 <= middle], [line for line in lines if line.box.x0 >= middle]):
        if len(side) < _FEWEST_LINES:
            return False
        width = around([line.box for line in side]).width
        full = sum(line.box.width >= 0.8 * around([other.box for other in column]).width for column in _by_start(side) for line in column)
        if width < 0.2 * area.width or full < _FILLED * len(side):
            return False
    return True


def _by_start(lines: list[Line]) -> list[list[Line]]:
    """Group lines that begin at about the same place: one side may hold several columns."""
    groups: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.box.x0):
        if groups and line.box.x0 - groups[-1][-1].box.x0 < 3 * line.size:
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _one_column(pieces: list[_Piece], whole: bool) -> list[Item]:
    lines = lines_of([p for p in pieces if isinstance(p, Line)])
    left, right = _edges(lines)
    placed: list[Item] = [Placed(line, left, right, whole=whole) for line in lines]
    placed += [p for p in pieces if isinstance(p, PageTable)]
    return sorted(placed, key=lambda item: (item.line.box if isinstance(item, Placed) else item.box).top)


def _edges(lines: Sequence[Line]) -> tuple[float, float]:
    """Where the text of a column begins and ends: at the left where two lines agree, at the right as far as any reaches."""
    if not lines:
        return 0.0, 0.0
    starts = Counter(round(line.box.x0 / 3) for line in lines)
    agreed = [line.box.x0 for line in lines if starts[round(line.box.x0 / 3)] >= 2]
    return min(agreed or [line.box.x0 for line in lines]), max(line.box.x1 for line in lines)
