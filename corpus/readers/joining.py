"""Tables that were cut in two, at the end of a page or by hand: the part without a header belongs to the table above it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.columns import likely_role
from corpus.readers.assemble import Piece


def rejoined(pieces: Sequence[Piece]) -> list[Piece]:
    """Number the rows of a headless table on from the table right above it, where that has a header and as many columns."""
    joined: list[Piece] = []
    above: list[Piece] = []
    for run in _runs(pieces):
        if above and run[0].table >= 0 and _goes_on(above, run):
            down = 1 + max(piece.cell.row for piece in above)
            run = [replace(piece, table=above[0].table, cell=replace(piece.cell, row=piece.cell.row + down)) for piece in run]
            above += run
        else:
            above = list(run) if run[0].table >= 0 else []
        joined += run
    return joined


def _runs(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Part the lines into tables and what stands between them."""
    run: list[Piece] = []
    for piece in pieces:
        if run and piece.table != run[-1].table:
            yield run
            run = []
        run.append(piece)
    if run:
        yield run


def _goes_on(above: Sequence[Piece], run: Sequence[Piece]) -> bool:
    header, first = _labels(above), _labels(run)
    return _is_header(header) and not _is_header(first) and first != header and _width(above) == _width(run)


def _labels(table: Sequence[Piece]) -> list[str]:
    """Give the texts of the first row of more than one cell."""
    rows: dict[int, dict[int, str]] = {}
    for piece in table:
        if piece.cell.row > table[0].cell.row + 2:
            break
        cells = rows.setdefault(piece.cell.row, {})
        cells[piece.cell.column] = cells.get(piece.cell.column, "") + "".join(piece.text.split())
    return next((list(cells.values()) for cells in rows.values() if len(cells) > 1), [])


def _is_header(labels: Sequence[str]) -> bool:
    known = sum(likely_role(label) is not None for label in labels)
    return known >= 2 and known * 2 >= len(labels) and all(len(label) <= 24 for label in labels)


def _width(table: Sequence[Piece]) -> int:
    return max(piece.cell.column + piece.cell.column_span for piece in table)
