"""Real tables: a rectangular grid with merged cells filled, and its header recognised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.columns import Column, columns_of, is_task_header, role_of
from corpus.types import Span, Table

_HEADER_ROWS = 3
_MAX_CELLS = 400_000


@dataclass(frozen=True, slots=True)
class GridCell:
    """A position of the grid. merged: the cell begins in another row or column and only reaches here."""

    span: Span
    merged: bool = False


_Grid = tuple[tuple[GridCell | None, ...], ...]


@dataclass(frozen=True, slots=True)
class TaskTable:
    """A table whose header assigns tasks to units: its columns and the rows below the header."""

    columns: tuple[Column, ...]
    rows: _Grid


def grid(table: Table, text: str) -> _Grid:
    """Give the table as rows of equal length, merged cells repeated; None where the table has no cell.

    Spans that reach beyond 400,000 positions are not filled, so that a hostile `rowspan` costs nothing.
    """
    height = max((cell.row + 1 for cell in table.cells), default=0)
    width = max((cell.column + 1 for cell in table.cells), default=0)
    if height * width > _MAX_CELLS:
        height = _MAX_CELLS // max(width, 1)
    rows: list[list[GridCell | None]] = [[None] * width for _ in range(height)]
    for cell in table.cells:
        for row in range(cell.row, min(cell.row + max(cell.row_span, 1), height)):
            for column in range(cell.column, min(cell.column + max(cell.column_span, 1), width)):
                merged = row != cell.row or column != cell.column
                if rows[row][column] is None or not merged:
                    rows[row][column] = GridCell(cell.span, merged)
    return tuple(map(tuple, rows))


def task_table(table: Table, text: str) -> TaskTable | None:
    """Read the header of a table; None unless it has a column of tasks and one of units.

    A header may take up to three rows (a merged 责任单位 over 牵头 and 配合): the lowest known label of a column counts.
    """
    rows = grid(table, text)
    best: TaskTable | None = None
    labels: list[str] = []
    for at, row in enumerate(rows[:_HEADER_ROWS]):
        printed = [cell.span.of(text) if cell else "" for cell in row]
        known = sum(role_of(label) is not None for label in printed)
        if known * 2 < len([label for label in printed if label.strip()]) or not known:
            if best is not None:
                break
            continue
        labels = [_lowest(new, old) for new, old in zip(printed, labels or [""] * len(printed), strict=True)]
        columns = columns_of(labels)
        if is_task_header(columns):
            best = TaskTable(columns, rows[at + 1 :])
    return best


def _lowest(new: str, old: str) -> str:
    if role_of(new) is not None or not old.strip():
        return new
    return old


def cells_of(table: TaskTable, row: Sequence[GridCell | None]) -> dict[str, GridCell]:
    """Give the cells of a row by the role of their column, the first column of a role only; a cell may be empty."""
    found: dict[str, GridCell] = {}
    for column, cell in zip(table.columns, row, strict=True):
        if cell is not None and column.role not in found:
            found[column.role] = cell
    return found
