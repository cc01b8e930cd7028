"""Lines to `Source`: a reader gives the lines of a document in order, here they become text, cells, headings and anchors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from corpus.types import Anchor, Cell, HeadingMark, Note, Source, Span, Table

NO_CELL = Cell(-1, -1, Span(0, 0))


@dataclass(frozen=True, slots=True)
class Piece:
    """One line of the canonical text: a paragraph, a heading, a list item, a line of a table cell.

    heading: its level, 0 for none.  table, cell: number of the table and cell it belongs to, -1 outside; an empty cell has no text.
    caption: number of the table it is the caption of.  line, page, place: where it stands in the source ("任务分工!B7").
    """

    text: str
    heading: int = 0
    table: int = -1
    cell: Cell = NO_CELL
    caption: int = -1
    line: int | None = None
    page: int | None = None
    place: str | None = None


def assemble(pieces: Sequence[Piece], format: str, *, title: str = "", encoding: str = "utf-8", notes: Iterable[Note] = ()) -> Source:
    """Join the lines to the canonical text and turn their marks into spans."""
    texts: list[str] = []
    headings: list[HeadingMark] = []
    cells: dict[int, list[Cell]] = {}
    anchors: list[Anchor] = []
    captions: dict[int, str] = {}
    at = 0
    for piece in pieces:
        # An empty cell has no line of its own: it stands at the end of the line before.
        span = Span(at, at + len(piece.text)) if piece.text else Span(max(0, at - 1), max(0, at - 1))
        if piece.table >= 0:
            _add_cell(cells.setdefault(piece.table, []), piece, span)
        if not piece.text:
            continue
        if piece.heading:
            headings.append(HeadingMark(span, piece.heading))
        if piece.caption >= 0:
            captions[piece.caption] = piece.text
        anchor = Anchor(at, piece.line, piece.page, piece.place)
        if (piece.line or piece.page or piece.place) and (not anchors or _place_of(anchors[-1]) != _place_of(anchor)):
            anchors.append(anchor)
        texts.append(piece.text)
        at = span.end + 1
    tables = tuple(Table(_table_span(c), tuple(c), captions.get(number, "")) for number, c in sorted(cells.items()))
    return Source(
        "\n".join(texts), format, encoding, title, tables=tables, headings=tuple(headings), anchors=tuple(anchors), notes=tuple(notes)
    )


def _place_of(anchor: Anchor) -> tuple[int | None, int | None, str | None]:
    return anchor.line, anchor.page, anchor.cell


def _add_cell(cells: list[Cell], piece: Piece, span: Span) -> None:
    """Add the cell of a line; the further lines of a cell extend it."""
    if cells and (cells[-1].row, cells[-1].column) == (piece.cell.row, piece.cell.column):
        start = cells[-1].span.start if len(cells[-1].span) else span.start
        cells[-1] = replace(cells[-1], span=Span(start, max(cells[-1].span.end, span.end)))
    else:
        cells.append(replace(piece.cell, span=span))


def _table_span(cells: list[Cell]) -> Span:
    filled = [cell.span for cell in cells if len(cell.span)] or [cells[0].span]
    return Span(min(span.start for span in filled), max(span.end for span in filled))
