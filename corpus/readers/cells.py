"""Tables of pages → tables of the document: texts of the cells, parts on following pages joined, repeated headers dropped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from corpus.readers.flow import PageTable, TableCell
from corpus.readers.pages import Glyph
from corpus.readers.paragraphs import cell_paragraphs
from corpus.readers.printed import NOT_FIRST, Line, fragments, lines_of
from corpus.readers.ruled import Grid

_SAME_EDGE = 6.0
_MOST_PAD = 8.0
_HEADER_ROWS = 3


@dataclass(slots=True)
class JoinedCell:
    """A cell of a whole table. parts: its paragraphs, each of printed lines."""

    row: int
    column: int
    row_span: int
    column_span: int
    parts: list[list[Line]] = field(default_factory=list)
    header: bool = False

    @property
    def words(self) -> str:
        return "".join("".join(line.text.split()) for part in self.parts for line in part)


@dataclass(slots=True)
class JoinedTable:
    """A table over all its pages. edges: left edges of its columns on the page it ends on."""

    cells: list[JoinedCell]
    edges: list[float]
    last_page: int

    @property
    def n_rows(self) -> int:
        return max((cell.row + cell.row_span for cell in self.cells), default=0)


def filled(grid: Grid, glyphs: Iterable[Glyph], page: int) -> PageTable | None:
    """Put the glyphs inside a grid into its cells; None when fewer than two cells hold text."""
    homes: list[list[Glyph]] = [[] for _ in grid.cells]
    before: tuple[Glyph, int] | None = None
    for glyph in glyphs:
        home = next((at for at, cell in enumerate(grid.cells) if cell.box.holds(glyph.x, glyph.y)), None)
        if before is not None and _hangs(before[0], glyph):
            home = before[1]
        if home is not None:
            homes[home].append(glyph)
            before = (glyph, home)
    if sum(bool(home) for home in homes) < 2:
        return None
    cells = tuple(TableCell(cell, tuple(lines_of(fragments(home, page)))) for cell, home in zip(grid.cells, homes, strict=True))
    return PageTable(page, grid.box, cells)


def _hangs(before: Glyph, glyph: Glyph) -> bool:
    """Typesetters let a closing mark stand out over the edge of a cell rather than begin a line with it."""
    return glyph.text in NOT_FIRST and abs(glyph.x0 - before.x1) < 0.3 * glyph.size and abs(glyph.bottom - before.bottom) < 1


def joined_table(table: PageTable) -> JoinedTable:
    """Read the texts of the cells of one page's table."""
    pads = _pads(table)
    cells = []
    for cell in table.cells:
        place = cell.place
        pad = pads.get(place.column, 2.0)
        parts = cell_paragraphs(cell.lines, place.box.x0 + pad, place.box.x1 - pad)
        cells.append(JoinedCell(place.row, place.column, place.row_span, place.column_span, parts))
    return JoinedTable(cells, _edges(table), table.page)


def _pads(table: PageTable) -> dict[int, float]:
    """How far the text of each column keeps from its edge."""
    pads: dict[int, float] = {}
    for cell in table.cells:
        for line in cell.lines:
            pad = min(max(line.box.x0 - cell.place.box.x0, 1.0), _MOST_PAD)
            pads[cell.place.column] = min(pads.get(cell.place.column, _MOST_PAD), pad)
    return pads


def _edges(table: PageTable) -> list[float]:
    edges: dict[int, float] = {}
    for cell in table.cells:
        edges[cell.place.column] = cell.place.box.x0
    return [edges[column] for column in sorted(edges)]


# ---------------------------------------------------------------- tables that go on


def goes_on(table: JoinedTable, following: PageTable) -> bool:
    """Tell whether a table at the top of the next page is the rest of this one: its columns stand in the same places."""
    edges = _edges(following)
    if following.page != table.last_page + 1 or len(edges) != len(table.edges):
        return False
    shift = edges[0] - table.edges[0]
    return all(abs(a + shift - b) <= _SAME_EDGE for a, b in zip(table.edges, edges, strict=True))


def append(table: JoinedTable, following: PageTable) -> None:
    """Add the rest of a table: without the header it repeats, a cell that was cut by the page's end in one piece again."""
    rest = joined_table(following)
    dropped = _repeated_rows(table, rest)
    for cell in table.cells:
        cell.header = cell.header or cell.row + cell.row_span <= dropped
    cells = [cell for cell in rest.cells if cell.row >= dropped]
    shift = table.n_rows - dropped
    first_row = [cell for cell in cells if cell.row == dropped]
    if _is_torn_row(table, first_row):
        _mend_row(table, first_row)
        cells = [cell for cell in cells if cell not in first_row]
        shift -= 1
    for cell in cells:
        above = _above(table, cell, shift) if cell.row == dropped else None
        if above is not None:
            above.row_span += cell.row_span
        else:
            table.cells.append(replace(cell, row=cell.row + shift))
    table.cells.sort(key=lambda cell: (cell.row, cell.column))
    table.edges, table.last_page = rest.edges, rest.last_page


def _repeated_rows(table: JoinedTable, rest: JoinedTable) -> int:
    """How many rows at the top of the rest repeat those of the table."""
    for rows in range(_HEADER_ROWS, 0, -1):
        own, again = ([(c.row, c.column, c.words) for c in part.cells if c.row < rows and c.words] for part in (table, rest))
        if own and own == again and rest.n_rows >= rows:
            return rows
    return 0


def _is_torn_row(table: JoinedTable, row: Sequence[JoinedCell]) -> bool:
    """A row that goes on has no number and no text in the columns that every row of the table fills."""
    if not row or all(not cell.words for cell in row):
        return False
    empty = {cell.column for cell in row if not cell.words and cell.row_span == 1}
    own = [cell for cell in table.cells if cell.row_span == 1 and cell.row > 0]
    always = {c.column for c in own} - {c.column for c in own if not c.words}
    number = min((cell.column for cell in own if cell.words.rstrip(".、．").isdigit()), default=None)
    if number is not None:
        return number in empty
    last = {cell.column for cell in table.cells if cell.row + cell.row_span == table.n_rows}
    return bool(always & empty) and len(table.cells) > 2 * len(row) and last >= empty


def _mend_row(table: JoinedTable, row: Sequence[JoinedCell]) -> None:
    last = {cell.column: cell for cell in table.cells if cell.row + cell.row_span == table.n_rows}
    for cell in row:
        above = last.get(cell.column)
        if above is not None and cell.parts:
            above.parts = [*above.parts[:-1], [*above.parts[-1], *cell.parts[0]], *cell.parts[1:]] if above.parts else cell.parts
        if above is not None and cell.row_span > 1:
            above.row_span += cell.row_span - 1


def _above(table: JoinedTable, cell: JoinedCell, shift: int) -> JoinedCell | None:
    """The merged cell that an empty one at the top of the page belongs to."""
    if cell.words:
        return None
    for above in table.cells:
        if above.column == cell.column and above.row + above.row_span == cell.row + shift and above.column_span == cell.column_span:
            return above if above.row_span > 1 or cell.row_span > 1 else None
    return None


def plain_rows(cells: Iterable[JoinedCell]) -> list[JoinedCell]:
    """Give the cells in reading order."""
    return sorted(cells, key=lambda cell: (cell.row, cell.column))
