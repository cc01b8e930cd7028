"""Old Word files (.doc, .wps of WPS) and RTF, OpenDocument text: converted by LibreOffice and read as Word files.

LibreOffice can lose the tables of a .doc silently: one at the very end of a file comes as a single paragraph of all its cells.
So where antiword is installed, it reads the file a second time, and a table that only it sees is put back, with a remark.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.errors import UnreadableDocument
from corpus.readers import docx
from corpus.readers.assemble import Piece, assemble
from corpus.readers.content import FLAT_TEXT, kind_of
from corpus.readers.office import converted, second_reading
from corpus.readers.package import open_package, parse_xml
from corpus.types import Cell, Note, Source, Span

SUFFIXES: tuple[str, ...] = (".doc", ".wps", ".rtf", ".odt")
PRELOAD = ("lxml.etree",)

_DOCTYPE = re.compile(rb"<!DOCTYPE[^>]*>")
_BLANKS = re.compile(r"\s+")
_MOST_TABLES = 500

Grid = list[list[str]]
"""A table as antiword sees it: rows of cell texts; the lower cells of a merged one are empty."""


def read(data: bytes, name: str) -> Source:
    """Read a file through LibreOffice; raise MissingExtra where it is not installed."""
    kind = kind_of(data)
    kind = ".xml" if kind == FLAT_TEXT else kind
    found = docx.read_package(open_package(converted(data, kind, ".docx")))
    # What LibreOffice lays out anew has other pages and paragraphs than the file.
    pieces = [replace(piece, page=None) for piece in found.pieces]
    pieces, notes = _checked(pieces, second_reading(data)) if kind == ".doc" else (pieces, [])
    return assemble(pieces, kind[1:], title=found.title, notes=(*found.notes, *notes))


def _checked(pieces: list[Piece], second: bytes) -> tuple[list[Piece], list[Note]]:
    """Compare the tables with those of the second reading; put back what is missing, or say that it is."""
    missing = [grid for grid in grids_of(second) if not _is_there(grid, pieces)]
    restored = lost = 0
    for grid in missing:
        at = _flattened(grid, pieces)
        if at < 0:
            lost += 1
            continue
        number = max((piece.table for piece in pieces), default=-1) + 1
        pieces = [*pieces[:at], *_table(grid, number, pieces[at]), *pieces[at + 1 :]]
        restored += 1
    notes = []
    if restored:
        notes.append(Note("table_restored", f"转换时丢失了 {restored} 张表格,已按另一种读法补回;其中合并的单元格可能不全,请对照原文件", Span(0, 0)))
    if lost:
        notes.append(Note("table_missing", f"转换时可能丢失了 {lost} 张表格,请对照原文件,或另存为 .docx 后重新添加", Span(0, 0)))
    return pieces, notes


def grids_of(second: bytes) -> list[Grid]:
    """Give the tables of at least two columns in DocBook."""
    if not second:
        return []
    try:
        root = parse_xml(_DOCTYPE.sub(b"", second, count=1), "DocBook")
    except UnreadableDocument:
        return []
    grids = []
    for table in list(root.iter("informaltable"))[:_MOST_TABLES]:
        rows = [[_BLANKS.sub(" ", "".join(entry.itertext())).strip() for entry in row.iter("entry")] for row in table.iter("row")]
        if any(len(row) > 1 for row in rows):
            grids.append(rows)
    return grids


def _words(text: str) -> str:
    return "".join(c for c in text if c.isalnum())


def _is_there(grid: Grid, pieces: Sequence[Piece]) -> bool:
    """Look for the table among those of the first reading, by the words of its first filled cells."""
    wanted = [words for row in grid for cell in row if (words := _words(cell))]
    if not wanted:
        return True
    cells = {(piece.table, _words(piece.text)) for piece in pieces if piece.table >= 0}
    tables = {number for number, _ in cells}
    sample = wanted[:12]
    return any(sum((number, words) in cells for words in sample) * 2 >= len(sample) for number in tables)


def _flattened(grid: Grid, pieces: Sequence[Piece]) -> int:
    """Find the paragraph that all cells of the table were run into."""
    wanted = "".join(_words(cell) for row in grid for cell in row)
    return next((at for at, piece in enumerate(pieces) if piece.table < 0 and _words(piece.text) == wanted), -1)


def _table(grid: Grid, number: int, where: Piece) -> list[Piece]:
    return [
        Piece(text, table=number, cell=Cell(row, column, Span(0, 0)), line=where.line)
        for row, texts in enumerate(grid)
        for column, text in enumerate(texts)
    ]
