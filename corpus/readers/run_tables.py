"""Tables printed one cell a line without any blank line between the rows: what repeats is the kind of the cells.

A page copied as text often leaves only the cells, one below the other. The headings come first; that they are three or five shows
in the cells after them: every third or fifth is a day, a figure, a telephone number. A block that no width fits is no table.
Within running text a table begins at a line that only the first heading of a table is made of (序号, 日期, 项目) and ends with the
last line that is no sentence. Cells left empty at the ends of rows leave no line: then the figures tell where the rows begin.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.readers.text_tables import FIRST, Line, blocks_of, is_heading, trimmed
from corpus.types import Cell, Span, Table

WIDTHS = range(2, 9)
_LEAST_ROWS = 3
_LONGEST = 80
"""Characters of a cell."""

_KINDS = (
    re.compile(r"(?:20\d\d年)?\d{1,2}月\d{1,2}日.{0,6}|20\d\d年(?:\d{1,2}月)?(?:底|前)*"),
    re.compile(r"[(]?0\d{2,3}[)]?[-—]?\d{7,8}(?:[、/]\d{4,8})*|1\d{10}|\d{7,8}"),
    re.compile(r"第?[+-]?\d[\d,]*(?:\.\d+)?(?:%|‰|[万亿]?元|[\u4e00-\u9fff]{1,2})?"),
    re.compile(r"[\u4e00-\u9fff]{1,6}[省市县区镇乡村]"),
    re.compile(r"[^,。;:]{1,16}(?:局|委|办|中心|公司|医院|学校|水库|街道|社区|支队|大队|集团)"),
)
"""What the cells of a column are: days, telephone numbers, figures, places, bodies."""
_STRONG = _KINDS[:3]
"""Kinds that no heading is of."""
_SENTENCE = re.compile(r"[。;;!?!?::]$")
_ITEM = re.compile(r"^\s*(?:[(（]?[一二三四五六七八九十]{1,3}[)）、.]|第[一二三四五六七八九十\d]+[章条]|附件|#)")


def run_tables(lines: Sequence[Line]) -> tuple[Table, ...]:
    """Find the tables that are runs of lines, one cell each, or stand within such a run."""
    found: list[Table] = []
    for block in blocks_of(lines):
        for run in _runs(block):
            table = _table(run)
            found += [table] if table else _within(run)
    return tuple(found)


_CAPTION = re.compile(r".{2,}(?:表|清单|名单|名录|目录)$")


def _runs(block: Sequence[Line]) -> list[Sequence[Line]]:
    """Cut a block at the lines that are no cells: the sentences before it, the caption above it."""
    runs: list[Sequence[Line]] = []
    start = 0
    for at, line in enumerate(block):
        text = line.text.strip()
        if len(text) > _LONGEST or _SENTENCE.search(text) or _ITEM.match(text) or _CAPTION.fullmatch(text):
            runs.append(block[start:at])
            start = at + 1
    return [run for run in (*runs, block[start:]) if run]


def _within(run: Sequence[Line]) -> list[Table]:
    texts = [line.text.strip() for line in run]
    found: list[Table] = []
    at = 0
    while at < len(run):
        rows = _rows(texts[at : at + _MOST_LINES]) if FIRST.fullmatch(texts[at]) else []
        if rows:
            used = sum(map(len, rows))
            cells = tuple(Cell(row=r, column=c, span=trimmed(run[at + n], 0, len(run[at + n].text)), header=r == 0) for r, row in enumerate(rows) for c, n in enumerate(row))
            found.append(Table(Span(run[at].span.start, run[at + used - 1].span.end), cells))
        at += sum(map(len, rows)) or 1
    return found


def _rows(texts: Sequence[str]) -> list[range]:
    """Deal lines out to rows, the first of them the headings: all of one length, else some without their last cell."""
    full = [(shown, -width) for width in WIDTHS if len(texts) >= width * (_LEAST_ROWS + 1) and (shown := _shown(texts[: len(texts) // width * width], width))]
    if full:
        width = -max(full)[1]
        return [range(at, at + width) for at in range(0, len(texts) // width * width, width)]
    ragged = [rows for width in WIDTHS[1:] if all(map(is_heading, texts[:width])) and (rows := _ragged(texts, width))]
    return ragged[0] if len(ragged) == 1 else []


def _ragged(texts: Sequence[str], width: int) -> list[range]:
    """Rows that may lack their last cell, told by a column of figures; nothing where they can be cut in no way or in several."""
    fitting = []
    for column in range(1, width - 1):
        for kind in _STRONG:
            marks = [n for n in range(width, len(texts)) if kind.fullmatch(texts[n])]
            starts = [n - column for n in marks]
            ends = [*starts[1:], len(texts)]
            if len(starts) > _LEAST_ROWS - 1 and starts[0] == width and all(b - a in (width - 1, width) for a, b in zip(starts, ends, strict=True)):
                fitting.append([range(width), *(range(a, b) for a, b in zip(starts, ends, strict=True))])
    return fitting[0] if len(fitting) == 1 else []


_MOST_LINES = 400
"""Lines of one table within running text."""


def _table(block: Sequence[Line]) -> Table | None:
    texts = [line.text.strip() for line in block]
    if len(texts) < 2 * (_LEAST_ROWS + 1):
        return None
    fitting = [(shown, width) for width in WIDTHS if (shown := _shown(texts, width))]
    if not fitting:
        return None
    width = max(fitting)[1]
    cells = tuple(Cell(row=at // width, column=at % width, span=trimmed(line, 0, len(line.text)), header=at < width) for at, line in enumerate(block))
    return Table(Span(block[0].span.start, block[-1].span.end), cells)


def _shown(texts: Sequence[str], width: int) -> float:
    """The share of columns whose cells are all of one kind, 0 where the lines are no rows of that width below headings."""
    rows = len(texts) // width
    if len(texts) % width or rows <= _LEAST_ROWS or not all(map(is_heading, texts[:width])):
        return 0.0
    columns = [texts[width + at :: width] for at in range(width)]
    kinds = [next((kind for kind in _KINDS if all(kind.fullmatch(cell) for cell in column)), None) for column in columns]
    # A heading that is a day or a figure itself, or a first column that repeats one word, speaks for another width.
    if any(kind.fullmatch(head) for kind in _STRONG for head in texts[:width]) or len(set(columns[0])) == 1:
        return 0.0
    typed = sum(kind is not None for kind in kinds)
    strong = sum(kind in _STRONG for kind in kinds)
    return (typed + strong) / width if strong else 0.0
