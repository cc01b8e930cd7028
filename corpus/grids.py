"""Tables read by row and column: heading rows joined, units told from labels, the caption and the path of the section found.

`corpus.tables` fills merged cells; here the filled grid becomes rows under headings. The header that a converter left of a
blank form in plain text (one heading a line) is read too; it has no rows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.columns import role_of
from corpus.tables import GridCell, grid, task_table
from corpus.text import fold, squeeze, trim
from corpus.types import Section, Source, Span, Table

UNITS = (
    "米", "厘米", "毫米", "公里", "千米", "平方米", "平方公里", "平方千米", "立方米", "万立方米", "亿立方米", "万方", "立方米/秒", "立方米每秒", "亩", "万亩", "公顷",
    "元", "万元", "亿元", "元/年", "元/月", "元/吨", "人", "万人", "名", "位", "户", "万户", "家", "个", "处", "座", "所", "栋", "套", "台", "辆", "艘", "只", "件", "条", "部",
    "顶", "床", "支", "把", "根", "块", "张", "份", "次", "次/年", "人次", "组", "场", "期", "班", "起", "株", "头", "项", "口", "眼", "孔", "箱", "袋", "桶", "瓶", "双", "吨", "万吨", "千克", "公斤", "升", "千瓦", "万千瓦", "千伏",
    "%", "‰", "℃", "度", "天", "日", "小时", "分钟", "学时", "课时", "年", "个月", "月", "周", "岁", "分", "级", "m", "km", "mm", "cm", "m2", "m3", "km2", "kw", "kg", "t", "h", "mg/l",
)  # fmt: skip
"""What the bracket in a heading like 汛限水位(米) may hold to be the unit of its column."""

_UNIT = re.compile(r"[(\[](?:单位[::]?)?([^()\[\]]{1,8})[)\]]$|[/,]([^/,()]{1,5})$")
_LINES = re.compile(r"[^\n]+")
_MAYBE_NUMBER = re.compile(r"^[^\n]{0,40}[号號次][^\n]{0,40}$", re.MULTILINE)
_NUMBER = re.compile(r"\d{1,4}|[.…·]{2,}")
_CAPTION_LENGTH, _LABEL_LENGTH, _CONTEXT = 50, 24, 240


@dataclass(frozen=True, slots=True)
class Heading:
    """label: folded words of the heading.  unit: unit its figures are in, "" when it states none.  printed: as it stands, in one line."""

    label: str
    unit: str
    printed: str
    span: Span


@dataclass(frozen=True, slots=True)
class DataRow:
    """cells: one for each heading, merged ones repeated.  span: from the first to the last cell that begins in this row."""

    cells: tuple[GridCell | None, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class DataTable:
    """caption: the line that names the table, "" when none does.  context: the text shortly before it.

    path: headings of the section it stands in.  section: index of that section, -1 when it stands before the first.
    tasks: it assigns tasks to units, so that its rows are duties.
    """

    span: Span
    header: Span
    caption: str
    context: str
    section: int
    path: tuple[str, ...]
    headings: tuple[Heading, ...]
    rows: tuple[DataRow, ...]
    tasks: bool = False


def data_tables(source: Source, sections: Sequence[Section]) -> tuple[DataTable, ...]:
    """Read every table that has headings and at least two columns; tables of document data (索引号:…) are left out."""
    found = [read for table in source.tables if (read := _read(table, source, sections))]
    if not source.tables:
        found += _forms(source, sections)
    return tuple(found)


def heading_of(text: str, span: Span) -> Heading:
    """Split a printed heading into words and unit: 汛限水位(米) → 汛限水位, 米."""
    printed = squeeze(span.of(text))
    return _heading(printed, span)


def _heading(printed: str, span: Span) -> Heading:
    folded = fold(printed)
    match = _UNIT.search(folded)
    unit = (match.group(1) or match.group(2)) if match else ""
    if match and match.start() and unit in UNITS:
        return Heading(folded[: match.start()], unit, printed[: _cut(printed)], span)
    return Heading(folded, "", printed, span)


def _cut(printed: str) -> int:
    at = max(printed.rfind(mark) for mark in "(（[【/,，")
    return at if at > 0 else len(printed)


# ---------------------------------------------------------------- real tables


def _read(table: Table, source: Source, sections: Sequence[Section]) -> DataTable | None:
    text = source.text
    rows = grid(table, text)
    first = next((at for at, row in enumerate(rows) if not _spanning(row)), len(rows))
    caption = "".join(squeeze(c.span.of(text)) for row in rows[:first] for c in row[:1] if c)
    depth = _header_depth(table, first)
    headings = _headings(rows[first : first + depth], text)
    if not _usable(headings):
        return None
    data = tuple(r for row in rows[first + depth :] if not _spanning(row) and (r := _row(row)))
    section = _section(table.span.start, source, sections)
    above = _above(text, table.span.start, sections[section].span.start if section >= 0 else 0)
    caption = caption or table.caption or _caption(above)
    header = Span(min(h.span.start for h in headings), max(h.span.end for h in headings))
    path = sections[section].path if section >= 0 else ()
    return DataTable(table.span, header, caption, above, section, path, headings, data, task_table(table, text) is not None)


def _spanning(row: Sequence[GridCell | None]) -> bool:
    """Is the row one cell across (a title in the table, a group of rows), or empty?"""
    spans = {cell.span for cell in row if cell is not None}
    return len(row) > 1 and len(spans) < 2


def _header_depth(table: Table, first: int) -> int:
    """How many rows the header takes: those all of header cells, else as many as its tallest cell reaches down."""
    marked = {c.row for c in table.cells if c.header} - {c.row for c in table.cells if not c.header}
    depth = 0
    while first + depth in marked:
        depth += 1
    tall = max((c.row_span for c in table.cells if c.row == first), default=1)
    split = any(c.column_span > 1 for c in table.cells if c.row == first)
    return max(depth, min(tall, 3) if split else 1, 1)


def _headings(rows: Sequence[Sequence[GridCell | None]], text: str) -> tuple[Heading, ...]:
    columns: list[Heading] = []
    for cells in zip(*rows, strict=True):
        spans = list(dict.fromkeys(c.span for c in cells if c is not None and len(c.span)))
        if not spans:
            columns.append(Heading("", "", "", Span(0, 0)))
        elif len(spans) == 1:
            columns.append(heading_of(text, spans[0]))
        else:
            parts = [squeeze(s.of(text)) for s in spans]
            named = parts[-1] if fold(parts[0]) in fold(parts[-1]) else "".join(parts)
            columns.append(_heading(named, spans[-1]))
    where = [c.span for c in columns if len(c.span)]
    return tuple(c if len(c.span) or not where else Heading("", "", "", where[0]) for c in columns)


def _usable(headings: Sequence[Heading]) -> bool:
    labels = [h.label for h in headings if h.label]
    if len(labels) < 2 or len(labels) * 2 < len(headings):
        return False
    if sum(label.endswith(":") for label in labels) * 2 >= len(labels):
        return False
    return all(len(label) <= _LABEL_LENGTH for label in labels) and not any(re.fullmatch(r"[\d.,%-]+", label) for label in labels)


def _row(cells: Sequence[GridCell | None]) -> DataRow | None:
    own = [c.span for c in cells if c is not None and not c.merged and len(c.span)]
    if not own:
        return None
    return DataRow(tuple(cells), Span(min(s.start for s in own), max(s.end for s in own)))


def _section(at: int, source: Source, sections: Sequence[Section]) -> int:
    """The innermost section around `at` whose heading is not itself part of a table."""
    found = -1
    for section in sections:
        if section.span.start > at:
            break
        inside = any(t.span.covers(section.heading) for t in source.tables)
        if at < section.span.end and not inside:
            found = section.index
    return found


def _above(text: str, end: int, start: int) -> str:
    return text[max(start, end - _CONTEXT) : end].strip("\n |")


def _caption(above: str) -> str:
    last = above.rsplit("\n", 1)[-1].strip(" *#")
    return last if 2 < len(last) <= _CAPTION_LENGTH and last[-1] not in "。;；，," else ""


# ---------------------------------------------------------------- blank forms


def _forms(source: Source, sections: Sequence[Section]) -> list[DataTable]:
    """Headers of flattened tables: from a line 序号 on, short lines without punctuation, up to the first number or long line."""
    text = source.text
    if not any(role_of(match.group()) == "number" for match in _MAYBE_NUMBER.finditer(text)):
        return []
    lines = [trim(text, Span(m.start(), m.end())) for m in _LINES.finditer(text)]
    lines = [line for line in lines if len(line)]
    found: list[DataTable] = []
    for at, line in enumerate(lines):
        if role_of(line.of(text)) != "number" or len(line) < 2:
            continue
        headings = _lines_of_header(text, lines[at : at + 20])
        if len(headings) < 4:
            continue
        span = Span(line.start, headings[-1].span.end)
        section = _section(span.start, source, sections)
        names = [squeeze(before.of(text)) for before in lines[max(at - 3, 0) : at]]
        caption = next((n for n in reversed(names) if len(n) <= _CAPTION_LENGTH and re.search("(?:表|台账|清单|名单|目录|一览)$", fold(n))), "")
        path = sections[section].path if section >= 0 else ()
        found.append(DataTable(span, span, caption, "\n".join(names), section, path, tuple(headings), ()))
    return found


def _lines_of_header(text: str, lines: Sequence[Span]) -> list[Heading]:
    """The headings on `lines`; where no row number follows, those after the last known label are cells of the first row."""
    headings: list[Heading] = []
    for line in lines:
        printed = squeeze(line.of(text))
        folded = fold(printed)
        if _NUMBER.fullmatch(folded):
            return headings
        if len(folded) > 14 or re.search(r"[。;;:!?]|^[\d一二三四五六七八九十]+[、.]|^\(", folded):
            break
        before = headings[-1] if headings else None
        if before and role_of(before.printed) is None and role_of(before.printed + printed) is not None:
            headings[-1] = _heading(before.printed + printed, Span(before.span.start, line.end))
        else:
            headings.append(_heading(printed, line))
    while headings and role_of(headings[-1].label) is None:
        headings.pop()
    return headings
