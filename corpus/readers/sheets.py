"""Sheets of a workbook to lines: the title above a table, its header, one cell a line.

A sheet is what people make of it: a title in a merged row, who filled it in, the header, rows grouped by bands, remarks below.
Only what stands between header and remarks is the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.columns import likely_role
from corpus.errors import DocumentTooLarge, UnreadableDocument
from corpus.readers.assemble import Piece
from corpus.types import Cell, Note, Span

MAX_CELLS = 1_000_000
MAX_COLUMNS = 1000
_DEFAULT_NAME = re.compile(r"(?:sheet|工作表|表)\s?\(?\d*\)?", re.IGNORECASE)
_REMARK = re.compile(r"\s*(?:[（(]?\s?(?:注|备注|说明|附注|填表说明|填报说明)\s?\d*\s?[:：.、]|\*|填表人|填报人|联系人|制表|审核人?[:：])")
_LABELLED = re.compile(r"[:：]|^附[件表]")
_OTHER_LABELS = re.compile(r".{0,6}(?:姓名|名称|电话|手机|职务|职称|地址|地点|数量|金额|日期|性别|编码|代码|人数|面积|规格|型号|邮箱|年龄)(?:[(（].{1,8}[)）])?")
_BLANKS = re.compile(r"[ \t\r\f\v\u00a0\u3000]+")
_HEADER_SEARCH = 8


@dataclass(frozen=True, slots=True)
class Area:
    """A merged range; bounds count from 0 and are inclusive."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as it is seen. cells: (row, column), from 0, → text; hidden: number of filled cells that are not shown."""

    name: str
    cells: dict[tuple[int, int], str]
    areas: tuple[Area, ...] = ()
    hidden: int = 0


@dataclass(frozen=True, slots=True)
class _Box:
    """A filled cell with what it covers, in rows and columns that hold something; address: as printed in the program."""

    row: int
    column: int
    down: int
    across: int
    text: str
    address: str
    line: int


def pieces_of(sheets: Sequence[Sheet], *, places: bool = True) -> tuple[str, list[Piece]]:
    """Give the title of the first sheet and the lines of all. places: sheet and cell are named, else the row as a line number.

    Raises UnreadableDocument ("no_text") and DocumentTooLarge ("too_large").
    """
    if sum(len(sheet.cells) for sheet in sheets) > MAX_CELLS:
        raise DocumentTooLarge("too_large", f"表格中有超过 {MAX_CELLS} 个单元格", "请拆分成几个文件后再添加")
    pieces: list[Piece] = []
    title = ""
    n_tables = 0
    filled = [sheet for sheet in sheets if sheet.cells]
    for sheet in filled:
        blocks = list(_blocks(_boxes(sheet)))
        lines: list[Piece] = []
        for block in blocks:
            lines += _block_pieces(block, n_tables, sheet.name if places else "")
            n_tables += 1
        above = [piece.text for piece in lines[:4] if piece.table < 0]
        title = title or next((piece.text for piece in lines if piece.caption >= 0), above[0] if above else "")
        if _is_telling(sheet.name) and places and not any(sheet.name in line for line in above):
            lines.insert(0, Piece(sheet.name, heading=1, place=f"{sheet.name}!A1"))
        pieces += lines
    if not any(c.isalnum() for piece in pieces for c in piece.text):
        hidden = ",只有隐藏的内容" if any(sheet.hidden for sheet in sheets) else ""
        raise UnreadableDocument("no_text", f"表格中没有文字{hidden}", "请检查文件是否保存完整")
    return title, pieces


def notes_of(sheets: Sequence[Sheet], hidden_sheets: int = 0) -> list[Note]:
    """Say what was left out because the program does not show it."""
    hidden = sum(sheet.hidden for sheet in sheets)
    parts = [f"{hidden_sheets} 张隐藏的工作表"] * bool(hidden_sheets) + [f"{hidden} 个隐藏的单元格"] * bool(hidden)
    return [Note("hidden_text", f"表格中有{'和'.join(parts)},没有作为依据", Span(0, 0))] if parts else []


def address_of(row: int, column: int) -> str:
    """Name a cell as spreadsheets do: (6, 1) → B7."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


def _is_telling(name: str) -> bool:
    return bool(name.strip()) and not _DEFAULT_NAME.fullmatch(name.strip())


# ---------------------------------------------------------------- rows


def _boxes(sheet: Sheet) -> list[list[_Box]]:
    """Give the filled cells row by row; an empty list stands for a blank row between filled ones, absent columns are closed up."""
    texts = {at: text for at, text in sheet.cells.items() if text.strip()}
    areas = {(area.top, area.left): area for area in sheet.areas}
    for area in sheet.areas:
        if (area.bottom - area.top + 1) * (area.right - area.left + 1) <= MAX_CELLS:
            for at in _covered(area, texts):
                del texts[at]
    rows = sorted({row for row, _ in texts})
    columns = sorted({column for _, column in texts})[:MAX_COLUMNS]
    by_row: dict[int, list[_Box]] = {row: [] for row in rows}
    numbers = {row: at for at, row in enumerate(rows)}
    places = {column: at for at, column in enumerate(columns)}
    for (row, column), text in sorted(texts.items()):
        if column not in places:
            continue
        area = areas.get((row, column), Area(row, column, row, column))
        down = _reach(rows, numbers[row], area.bottom)
        across = _reach(columns, places[column], area.right)
        by_row[row].append(_Box(numbers[row], places[column], down, across, text, address_of(row, column), row + 1))
    found: list[list[_Box]] = []
    until = last = -1
    for row in rows:
        # A blank row inside a merged cell parts nothing.
        if found and row > last + 1 and last + 1 > until:
            found.append([])
        found.append(by_row[row])
        until = max([until, *(area.bottom for area in (areas.get((row, c)) for c in columns) if area is not None)])
        last = row
    return found


def _covered(area: Area, texts: dict[tuple[int, int], str]) -> list[tuple[int, int]]:
    """Give the filled cells that a merged range hides: all but its first."""
    size = (area.bottom - area.top + 1) * (area.right - area.left + 1)
    if size > len(texts):
        inside = [at for at in texts if area.top <= at[0] <= area.bottom and area.left <= at[1] <= area.right]
    else:
        inside = [
            (row, column) for row in range(area.top, area.bottom + 1) for column in range(area.left, area.right + 1) if (row, column) in texts
        ]
    return [at for at in inside if at != (area.top, area.left)]


def _reach(kept: Sequence[int], at: int, end: int) -> int:
    """Count the kept rows or columns from number `at` on up to `end`."""
    count = 1
    while at + count < len(kept) and kept[at + count] <= end:
        count += 1
    return count


def _blocks(rows: Sequence[list[_Box]]) -> Iterator[list[list[_Box]]]:
    """Part a sheet into its tables: where a header stands below a blank row or a header is repeated.

    Rows that follow a blank row without a header go on with the table above.
    """
    block: list[list[_Box]] = []
    blank = False
    for at, row in enumerate(rows):
        if not row:
            blank = True
            continue
        headed = _is_header(row)
        begins = blank and block and (headed or any(map(_is_header, rows[at + 1 : at + 4])) and len(row) == 1)
        repeats = headed and any(_labels(row) == _labels(known) for known in block)
        if begins or repeats:
            yield block
            block = []
        block.append(row)
        blank = False
    if block:
        yield block


def _labels(row: Sequence[_Box]) -> list[str]:
    return ["".join(box.text.split()) for box in row]


def _is_header(row: Sequence[_Box]) -> bool:
    labels = _labels(row)
    known = sum(likely_role(label) is not None or bool(_OTHER_LABELS.fullmatch(label)) for label in labels)
    return known >= 2 and known * 2 >= len(labels) and all(len(label) <= 24 for label in labels)


# ---------------------------------------------------------------- lines


def _block_pieces(block: Sequence[list[_Box]], table: int, name: str) -> list[Piece]:
    first = _header_at(block)
    last = len(block)
    while last > first + 1 and len(block[last - 1]) == 1 and _is_remark(block[last - 1][0]):
        last -= 1
    columns = {box.column for row in block[first:last] for box in row}
    if len(columns) < 2 or last - first < 2:
        return [piece for row in block for piece in _paragraph(row, name)]
    pieces = [piece for row in block[:first] for piece in _paragraph(row, name)]
    if pieces:
        # 填报单位:… and dates stand between the title and the table.
        named = max(range(len(pieces)), key=lambda at: (not _LABELLED.search(pieces[at].text), len(pieces[at].text)))
        pieces[named] = replace(pieces[named], caption=table)
    depth = _depth(block[first])
    top = block[first][0].row
    for row in block[first:last]:
        for box in row:
            header = box.row < top + depth
            cell = Cell(box.row - top, box.column, Span(0, 0), box.down, box.across, header)
            pieces += [replace(piece, table=table, cell=cell) for piece in _lines(box, name)]
    return pieces + [piece for row in block[last:] for piece in _paragraph(row, name)]


def _header_at(block: Sequence[list[_Box]]) -> int:
    """Find the header: the first row of known labels, else the first of at least two cells."""
    for at, row in enumerate(block[:_HEADER_SEARCH]):
        if _is_header(row):
            return at
    return next((at for at, row in enumerate(block) if len(row) > 1), len(block))


def _is_remark(box: _Box) -> bool:
    return box.across > 1 or box.column == 0 and bool(_REMARK.match(box.text))


def _depth(header: Sequence[_Box]) -> int:
    tall = max(box.down for box in header)
    return min(3, max(tall, 2 if tall > 1 and any(box.across > 1 for box in header) else 1))


def _paragraph(row: Sequence[_Box], name: str) -> list[Piece]:
    if len(row) == 1:
        return _lines(row[0], name)
    words = " ".join(piece.text for box in row for piece in _lines(box, name))
    return [replace(piece, text=words) for piece in _lines(row[0], name)[:1]]


def _lines(box: _Box, name: str) -> list[Piece]:
    lines = [_BLANKS.sub(" ", line).strip() for line in box.text.split("\n")]
    place = f"{name}!{box.address}" if name else None
    return [Piece(line, line=None if name else box.line, place=place) for line in lines if line]
