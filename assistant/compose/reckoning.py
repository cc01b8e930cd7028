"""Answers reckoned from the rows of a table: what is asked for is told by its words, the rest of the question chooses the table.

Here are the rows that hold a name or keep a bound, listed and counted; `sums` and `ranks` hold the rest. What is reckoned says so and
shows its figures, each cited.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.answering.draft import Draft, Quote, names, shortened
from assistant.answering.evidence import Gathered
from assistant.compose.moments import time_column
from assistant.compose.ranks import gap, place_of, ranked, share, times
from assistant.compose.rows import cell_value, draft_of, refusal, row_name
from assistant.compose.selecting import (
    MOST_NAMED,
    Request,
    bounded_column,
    counts_rows,
    in_measure_of,
    request_of,
    rows_of,
    without_names,
)
from assistant.compose.sums import added, mean, over_years
from assistant.compose.taskrows import role_in, year_fits
from assistant.lexicon.headers import COMPARED
from assistant.lexicon.reckoning import HOW_MANY_ROWS, MEASURE_ASKED, MEASURES, WHICH_ROWS
from assistant.question.query import Query
from assistant.question.terms import Term
from assistant.tables.readings import Reading, read
from assistant.tables.sheets import Sheet
from corpus.numbers import CN
from corpus.types import Span

UNEXPLAINED = 0.3
_UNEXPLAINED_OF_ITEMS, _UNEXPLAINED_OF_ALL = 0.45, 0.16
"""The same for items, and where all rows are meant: a word more may be a restriction that was not understood."""


def reckoned(query: Query, text: str, gathered: Gathered, sheets: Sequence[Sheet]) -> Draft | None:
    """Answer what has to be reckoned from a table; None when nothing of the kind is asked or no table clearly has it."""
    request = request_of(text)
    if request is None or (request.operation == "rows" and COMPARED.search(text)):
        return None
    asked = replace(query, terms=_telling(query.terms, text, request.text))
    readings = [r for sheet in sheets if sheet.table.rows and (r := read(asked, without_names(query, request.text, sheet), sheet)) and _is_meant(query, r, request)]
    readings.sort(key=lambda r: -r.score)
    for reading in readings[:3]:
        if reading.sheet.table.tasks and not _beside_duties(reading, request):
            continue
        for operation, compose in _COMPOSERS:
            if operation == request.operation and (draft := compose(query, reading, request, gathered)):
                return _with_header(draft, reading.sheet)
    return None


def _with_header(draft: Draft, sheet: Sheet) -> Draft:
    """Cite the headings as well: without them the rows do not say what their figures are."""
    table = sheet.table
    if not draft.text or not table.headings[0].printed or draft.basis != "cell":
        return draft
    above = table.header.start - table.span.start  # a row across the table names it
    span = Span(table.span.start, table.header.end) if 0 <= above <= _TITLE_ROWS else table.header
    header = Quote(sheet.document, span, table.path, tuple(h.span for h in table.headings if len(h.span) and span.covers(h.span)))
    return replace(draft, quotes=(*draft.quotes[:1], header, *draft.quotes[1:]))


_TITLE_ROWS = 120


def _is_meant(query: Query, reading: Reading, request: Request) -> bool:
    """Does the table leave hardly a word unexplained? Items speak in few words (在院9人): of theirs the measure asked for says much."""
    items = not any(h.label for h in reading.sheet.table.headings[:1])
    if not (reading.hits or request.restricts or items) and (1 - reading.explained > _UNEXPLAINED_OF_ALL or _DATED.search(reading.text)):
        return False
    measured_items = items and request.operation in ("sum", "rows") and in_measure_of(query, reading, request)
    return 1 - reading.explained <= (_UNEXPLAINED_OF_ITEMS if measured_items else UNEXPLAINED)


_DATED = re.compile(r"\d{1,2}月|\d[号日](?![楼线])|年底|季度")
"""A time that no cell was found for is a restriction as well."""


def _telling(terms: Sequence[Term], text: str, left: str) -> tuple[Term, ...]:
    """Terms that the words for what is to be reckoned have no part in; of 张床位 beside 床位 and 撤并后 beside 撤并 the plainer."""
    every = {t.text for t in terms}
    terms = tuple(replace(t, text=t.text[1:]) if _MEASURED.search(left.partition(t.text)[0]) and t.text[0] in MEASURES and len(t.text) > 1 else t for t in terms)
    kept = [t for t in terms if (t.text in left or t.text not in text) and not _IDLE.fullmatch(t.text)]
    return tuple(t for t in kept if t.text[1:] not in every and not (t.text[:-1] in every and t.text[-1] in "后前中里内上下的要时了"))


_MEASURED = re.compile(rf"[哪几些每{CN}\d]$|多少$")
_IDLE = re.compile(rf"[两二三四五六七]年|(?:[{CN}]+|\d+)[个家所座处项条名位户种类件台辆支]|地方|地区|单位|东西|那些|这些|几个|哪个")
"""Words that say how many rows or years there are, or that they are rows."""


def _beside_duties(reading: Reading, request: Request) -> bool:
    """Of a task list only what no duty holds is reckoned: figures, columns that name neither task nor unit nor time, and what a heading named holds."""
    sheet = reading.sheet
    if request.operation == "rows" and _spelled_out(reading):
        return True
    free = {c for c in reading.named if role_in(sheet, c) in ("", "text") and c != sheet.key}
    return bool(request.bounds) or bool(free) or (bool(sheet.numeric) and request.operation != "rows")


def _spelled_out(reading: Reading) -> bool:
    """Does the question say the heading and what stands below it (责任单位为甲县人民政府的)?"""
    stated = [(m, h) for h in reading.hits for m in reading.mentions if m.score > _NAMED_OUT and m.column in {c for _, c in h.places}]
    return any(m.span.end <= h.span.start and _IS.fullmatch(reading.text[m.span.end : h.span.start]) for m, h in stated)


_NAMED_OUT = 0.95
_IS = re.compile(r"(?:一?[栏列项])?(?:里)?(?:都)?(?:为|是|等于|写着?|填的?是?|标着?|列着?|在|=|:)?[\"“《(]?(?:20\d\d年)?")


def _rows(query: Query, reading: Reading, request: Request, gathered: Gathered) -> Draft | None:
    """Which rows, or how many, hold the name or keep the bounds."""
    sheet = reading.sheet
    rows = rows_of(reading, request)
    restricted = (bool(reading.hits) and sheet.key not in reading.named) or request.restricts
    counted = HOW_MANY_ROWS.search(request.text)
    if counted and not (counted.groupdict().get("measure") or counted.group() == "howmany" or counts_rows(reading, request)):
        counted = None  # 电话是多少, 带几天班
    which = WHICH_ROWS.search(request.text)
    listed = not restricted and counted and counts_rows(reading, request) and not reading.hits
    if rows is None or not (restricted or listed) or not (counted or which) or _asks_a_cell(reading, request):
        return None
    if counted and in_measure_of(query, reading, request):
        return None
    dated = reading.named & set(sheet.dated)
    rows = tuple(r for r in rows if all(year_fits(sheet.values[r][c], query.scope.years) for c in dated))
    figures = [c for bound in request.bounds if (c := bounded_column(reading, bound)) is not None]
    when = time_column(sheet) if request.month else None
    columns = list(dict.fromkeys([sheet.key, *sorted(reading.named - set(sheet.years)), *figures, *([when] if when is not None else [])]))
    if not rows:
        return refusal(query, "表中没有符合条件的行") if request.restricts else None
    told = [row_name(sheet, r) + (f"({cell_value(sheet, r, figures[0])})" if figures else "") for r in rows[:MOST_NAMED]]
    every = names(told, etc=len(rows) > MOST_NAMED)
    itemised = sheet.table.tasks and not figures and role_in(sheet, sheet.key) != "text"
    if itemised:
        # Items of a task list that are called by their place are told apart by their number and what they are about.
        every = "\n" + "\n".join(f"{n}. {_item(reading, row)}" for n, row in enumerate(rows, 1))
    measure = MEASURE_ASKED.search(request.text)
    text = f"共{len(rows)}{measure.group(1) if measure else '个'}:{every}" if counted or itemised or query.kind in ("number", "count") else every
    return draft_of(query, reading, text, rows, columns)


def _item(reading: Reading, row: int) -> str:
    """Name an item of a task list: its number, whose it is and what it is about (ZG-05 甲县 拨付率48%)."""
    sheet = reading.sheet
    number = [c for c in sheet.codes if c < sheet.key and c not in sheet.numeric]
    about = [c for c in range(sheet.key + 1, len(sheet.table.headings)) if c not in reading.named and c not in sheet.codes and c not in sheet.numeric]
    told = [cell_value(sheet, row, c) for c in (*number[:1], sheet.key, *about[:1])]
    return shortened(" ".join(filter(None, told)), _ITEM)


_ITEM = 80


def _asks_a_cell(reading: Reading, request: Request) -> bool:
    """Is another column asked for than what the rows are called?"""
    sheet = reading.sheet
    return any(m.column not in (sheet.key, *sheet.codes) and m.column not in reading.named and m.score > 0.95 and not request.bounds for m in reading.mentions)


_Composer = Callable[[Query, Reading, Request, Gathered], Draft | None]
_COMPOSERS: tuple[tuple[str, _Composer], ...] = (
    ("times", times), ("share", share), ("mean", mean), ("rank", ranked), ("place", place_of),
    ("rows", gap), ("sum", over_years), ("sum", added), ("rows", added), ("rows", _rows), ("sum", _rows),
)  # fmt: skip
