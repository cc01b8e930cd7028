"""Tables drawn with characters: rows of cells between pipes, and rows of words set in columns by blanks or tabs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.text import trim
from corpus.types import Cell, Span, Table

_PIPE = re.compile(r"(?<!\\)\|")
_BARS = str.maketrans("｜│┃", "|||")
_RULE = re.compile(r":?-+:?")
_GAP = re.compile(r"[ \u3000]{2,}|\t+|\u3000")
_LABEL = 12
_SENTENCE = re.compile(r"[。;;!?!?]$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text without its line end."""

    span: Span
    text: str


def lines_of(text: str) -> list[Line]:
    """Give the lines of a text whose line ends are unified."""
    lines = []
    start = 0
    for line in text.split("\n"):
        lines.append(Line(Span(start, start + len(line)), line))
        start += len(line) + 1
    return lines


def pipe_tables(lines: Sequence[Line]) -> tuple[Table, ...]:
    """Find the tables of Markdown: a header row, a rule below it, rows of cells between pipes; without the rule, rows of as many cells.

    A wide bar (｜) or one drawn (│) is a pipe too, as Chinese keyboards give them.
    """
    lines = [Line(line.span, line.text.translate(_BARS)) for line in lines]
    tables = []
    index = 0
    while index + 1 < len(lines):
        header = _cells_of(lines[index])
        if header and "|" in lines[index].text and _is_rule(lines[index + 1], len(header)):
            end = index + 2
            while end < len(lines) and "|" in lines[end].text:
                end += 1
            rows = [lines[index], *lines[index + 2 : end]]
            tables.append(_table((_cells_of(line)[: len(header)] for line in rows), _across(lines[index:end])))
            index = end
        elif (end := _without_rule(lines, index)) - index >= _LEAST_DRAWN:
            tables.append(_table((_cells_of(line) for line in lines[index:end]), _across(lines[index:end])))
            index = end
        else:
            index += 1
    return tuple(tables)


_LEAST_DRAWN = 3
"""Lines of a table that has no rule below its headings; cells of each."""


def _without_rule(lines: Sequence[Line], index: int) -> int:
    """Give where the rows of a table end that begins at `index` with a row of headings and no rule below it."""
    header = _cells_of(lines[index]) if "|" in lines[index].text else []
    if len(header) < _LEAST_DRAWN or not all(is_heading(_said(lines[index], cell)) for cell in header):
        return index
    end = index + 1
    while end < len(lines) and "|" in lines[end].text and len(_cells_of(lines[end])) == len(header):
        end += 1
    return end


def _table(rows: Iterable[Iterable[Span | None]], span: Span) -> Table:
    """Make the table of rows of cells, the first of them the header; None: the cell is empty."""
    cells = (Cell(row=at, column=column, span=cell, header=at == 0) for at, row in enumerate(rows) for column, cell in enumerate(row) if cell is not None)
    return Table(span, tuple(cells))


def _across(lines: Sequence[Line]) -> Span:
    return Span(lines[0].span.start, lines[-1].span.end)


def _is_rule(line: Line, width: int) -> bool:
    cells = _cells_of(line)
    start = line.span.start
    return "|" in line.text and len(cells) == width and all(_RULE.fullmatch(line.text, c.start - start, c.end - start) for c in cells)


def _cells_of(line: Line) -> list[Span]:
    r"""Split a row at its pipes; `\|` does not split, and the outer pipes bound no cell."""
    text = line.text.rstrip()
    first = len(text) - len(text.lstrip())
    edges = [found.start() for found in _PIPE.finditer(text)]
    starts = [edge + 1 for edge in edges]
    if not edges or edges[0] != first:
        starts.insert(0, first)
    if edges and edges[-1] == len(text) - 1:
        starts.pop()
    ends = [edge for edge in edges if edge >= starts[0]] if starts else []
    ends += [len(text)] * (len(starts) - len(ends))
    return [trimmed(line, start, end) for start, end in zip(starts, ends, strict=True)]


def aligned_tables(lines: Sequence[Line]) -> tuple[Table, ...]:
    """Find tables whose cells are set apart by tabs or several blanks: a row of short labels and two rows or more of as many cells."""
    tables = []
    index = 0
    while index < len(lines):
        header = list(_columns(lines[index]))
        end = index + 1
        if len(header) >= 3 and _labels(lines[index], header):
            while end < len(lines) and len(list(_columns(lines[end]))) == len(header) and not _SENTENCE.search(lines[end].text.rstrip()):
                end += 1
        if end - index >= 3:
            rows: list[Sequence[Span | None]] = [list(_columns(line)) for line in lines[index:end]]
            end = _with_total(rows, lines, end)
            tables.append(_table(rows, _across(lines[index:end])))
        index = end
    return tuple(tables)


def spaced_tables(lines: Sequence[Line]) -> tuple[Table, ...]:
    """Find tables whose cells are set apart by one blank, as text copied from a page has them.

    Words have blanks between them for other reasons too, so a column of figures, or a heading that is known, has to bear the table out.
    """
    tables = []
    index = 0
    while index < len(lines):
        header = _words(lines[index])
        end = index + 1
        if len(header) >= _LEAST_STACKED and all(map(is_heading, header)):
            while end < len(lines) and len(row := _words(lines[end], len(header))) == len(header) and not _SENTENCE.search(row[-1]):
                end += 1
        rows = [_words(line, len(header)) for line in lines[index:end]]
        if end - index >= 3 and (FIRST.fullmatch(header[0]) or any(all(map(_FIGURE.fullmatch, column[1:])) for column in zip(*rows, strict=True))):
            places: list[Sequence[Span | None]] = [list(_places(line, len(header))) for line in lines[index:end]]
            end = _with_total(places, lines, end)
            tables.append(_table(places, _across(lines[index:end])))
        index = end
    return tuple(tables)


def _with_total(rows: list[Sequence[Span | None]], lines: Sequence[Line], end: int) -> int:
    """Add the line of totals at `end` to the rows, its figures below the columns of figures; give the line the table ends at.

    Such a line (合计 54600 29260) has no cells for the columns that cannot be added up, so it is shorter than the rows.
    """
    words = list(_places(lines[end])) if end < len(lines) else []
    if len(words) < 2 or not _TOTAL.fullmatch(_said(lines[end], words[0])) or not all(_FIGURE.fullmatch(_said(lines[end], w)) for w in words[1:]):
        return end
    body = lines[end - len(rows) + 1 : end]
    heads = [_said(lines[end - len(rows)], head) if head else "" for head in rows[0]]
    columns = [
        at for at, cells in enumerate(zip(*rows[1:], strict=True))
        if not _SERIAL.fullmatch(heads[at]) and all(cell and _FIGURE.fullmatch(_said(line, cell)) for line, cell in zip(body, cells, strict=True))
    ]  # fmt: skip
    label = next((at for at in range(len(heads)) if at not in columns and not _SERIAL.fullmatch(heads[at])), None)
    if label is None or len(columns) != len(words) - 1:
        return end
    placed = {label: words[0], **dict(zip(columns, words[1:], strict=True))}
    rows.append([placed.get(at) for at in range(len(heads))])
    return end + 1


def _said(line: Line, span: Span) -> str:
    return line.text[span.start - line.span.start : span.end - line.span.start]


_WORD = re.compile(r"\S+")
_FIGURE = re.compile(r"[-+<>≤≥约]?[\d.,]+(?:[-—~～至][\d.,]+)?(?:%|‰|[年月日]|[万亿]?[\u4e00-\u9fff]{1,2})?|[-—–/无]+")
_TOTAL = re.compile(r"(?:全[省市县区]|本表)?(?:合计|总计|共计|小计)")
_SERIAL = re.compile(r"序号?|项次|no\.?", re.IGNORECASE)
FIRST = re.compile(r"序号|编号|项次|级别|等级|类别|类型|档次|指标(?:名称)?|项目(?:名称)?|名称|单位(?:名称)?|区域|地区|年度|时间|日期|姓名|阶段")


_YEARS = re.compile(r"20\d\d年?度?|[((][^()()]{1,12}[))]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_NO_HEADING = re.compile(r"[\d,。;:,;:、|《》“”>]|^[#*-]")
_TITLED = re.compile(r"\S*(?:[省市县区镇乡局处科校院队站所]长|主任|书记|常委|委员|主席|经理)[ \u3000](?=[\u4e00-\u9fff]{2,4}(?:\s|$))\S+|\S+")
"""A title and the name behind it (副县长 王磊) are one cell where the line has more words than the header."""


def _words(line: Line, width: int = 0) -> list[str]:
    return [_said(line, span) for span in _places(line, width)]


def _places(line: Line, width: int = 0) -> Iterator[Span]:
    """Give the words of a line. width: how many cells its table has, 0 when that is not known."""
    words = list(_WORD.finditer(line.text))
    if width and len(words) > width:
        words = list(_TITLED.finditer(line.text))
    for word in words:
        yield Span(line.span.start + word.start(), line.span.start + word.end())


def is_heading(word: str) -> bool:
    """May a word be the heading of a column? A year may stand in it, no other figure."""
    bare = _YEARS.sub("年", word)
    return len(word) <= _LABEL + 4 and bool(_HAN.search(bare)) and not _NO_HEADING.search(bare)


def stacked_tables(lines: Sequence[Line]) -> tuple[Table, ...]:
    """Find tables printed one cell a line: a block of short labels, then two blocks or more of as many lines, parted by blank lines."""
    blocks = list(blocks_of(lines))
    tables = []
    index = 0
    while index < len(blocks):
        header = blocks[index]
        width = len(header)
        end = index + 1
        rows: list[Sequence[Line | None]] = [header]
        if width >= _LEAST_STACKED and all(_is_label(line.text.strip()) for line in header):
            while end < len(blocks) and (taken := _stacked_row(blocks[end:], width, rows[-1])):
                row, used = taken
                rows.append(row)
                end += used
        if len(rows) >= 3:
            whole = Span(header[0].span.start, blocks[end - 1][-1].span.end)
            tables.append(_table(([trimmed(line, 0, len(line.text)) if line else None for line in row] for row in rows), whole))
        index = end
    return tuple(tables)


def _stacked_row(blocks: Sequence[list[Line]], width: int, before: Sequence[Line | None]) -> tuple[Sequence[Line | None], int] | None:
    """Take the next row off the blocks, and how many of them it is printed in: (row, blocks); None where no row follows.

    An empty cell leaves one blank line more, which cuts the row in two. Only a row number that goes on tells that from the end of the table.
    """
    row: list[Line | None] = list(blocks[0])
    used = 1
    while len(row) < width and used < len(blocks) and _goes_on(before, blocks[0]) and not _is_number(blocks[used][0]):
        row += [None, *blocks[used]]
        used += 1
    lines = [line for line in row[:-1] if line is not None]
    return (row, used) if len(row) == width and not any(_SENTENCE.search(line.text.rstrip()) for line in lines) else None


def _goes_on(before: Sequence[Line | None], block: Sequence[Line]) -> bool:
    first = before[0]
    return first is not None and _is_number(block[0]) and _is_number(first) and int(block[0].text) == int(first.text) + 1


def _is_number(line: Line) -> bool:
    return bool(re.fullmatch(r"\s*\d{1,4}\s*", line.text, re.ASCII))


_LEAST_STACKED = 3
_YEAR = re.compile(r"^20\d\d年")


def blocks_of(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Give the runs of lines between blank ones."""
    block: list[Line] = []
    for line in lines:
        if line.text.strip():
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _is_label(text: str) -> bool:
    # A column may stand for a year; any other figure belongs to a row.
    return len(text) <= _LABEL and not re.search(r"[\d,。;:,;:、|]|^[#*(（-]", _YEAR.sub("年", text))


def _labels(line: Line, header: Sequence[Span]) -> bool:
    start = line.span.start
    return all(len(span) <= _LABEL and not re.search(r"[\d,。;:,;:]", line.text[span.start - start : span.end - start]) for span in header)


def _columns(line: Line) -> Iterator[Span]:
    """The cells of a line; a character alone is a part of the word beside it (王 磊)."""
    inner = trimmed(line, 0, len(line.text))
    text = line.text[inner.start - line.span.start : inner.end - line.span.start]
    at = 0
    for gap in _GAP.finditer(text):
        yield Span(inner.start + at, inner.start + gap.start())
        at = gap.end()
    if text:
        yield Span(inner.start + at, inner.end)


def trimmed(line: Line, start: int, end: int) -> Span:
    """Give the place, in the whole text, of a part of the line without blanks at its ends."""
    inner = trim(line.text, Span(start, end))
    return Span(line.span.start + inner.start, line.span.start + inner.end)
