"""Sums and means of the rows of a table that a question means, and what cannot be added up.

A line of totals is read, not reckoned, and held against its rows. Shares, figures of different units and empty cells are not added up:
then the answer is the reason. What the text states as the whole comes before what an excerpt adds up to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.answering.draft import Draft, names
from assistant.answering.evidence import Gathered
from assistant.compose import values
from assistant.compose.amounts import Amount, amount, amount_in, bare, of_one_unit, said, summed
from assistant.compose.rows import cell_value, draft_of, measured, refusal, row_name
from assistant.compose.selecting import (
    MOST_NAMED,
    RECKONED,
    Request,
    counts_rows,
    in_measure_of,
    measured_column,
    of_another_thing,
    rows_of,
)
from assistant.lexicon.headers import EACH
from assistant.lexicon.reckoning import FLOW, NOT_SUMMED, STOCK, WHICH_ROWS
from assistant.question.query import Query
from assistant.tables.readings import Reading
from assistant.tables.sheets import Sheet


def added(query: Query, reading: Reading, request: Request, gathered: Gathered) -> Draft | None:
    """The figures of the rows meant added up, or the line of totals where all rows are meant."""
    sheet = reading.sheet
    rows = rows_of(reading, request)
    column = measured_column(query, reading, request)
    if column is None and sheet.years and len(reading.years) == 1 and not reading.rows:
        column = next((c for c in sheet.years if sheet.years[c] == reading.years[0]), None)
    if rows is None or column is None:
        return None
    fits = column in in_measure_of(query, reading, request) or column in {m.column for m in reading.mentions}
    if not fits and (counts_rows(reading, request) or of_another_thing(reading, request, column)):
        return None
    whole = not reading.hits and not request.restricts
    if len(rows) < 2 or (request.operation == "rows" and (whole or column not in in_measure_of(query, reading, request) or not _together(reading, request))):
        return None
    label = sheet.table.headings[column].printed
    amounts = [amount_in(sheet, r, column) for r in rows]
    if whole and any(a and a.share for a in amounts) and re.search("加|相加|总和", query.folded):
        return refusal(query, f"“{label}”不能相加")
    if whole and (totals := grand_total(sheet, column)):
        return _read_off(query, reading, column, totals, [a for a in amounts if a])
    if request.operation == "rows" and (NOT_SUMMED.search(sheet.table.headings[column].label) or request.goal):
        return None
    if NOT_SUMMED.search(sheet.table.headings[column].label) or any(a and a.share for a in amounts):
        return refusal(query, f"“{label}”不能相加")
    if empty := [row_name(sheet, r) for r, a in zip(rows, amounts, strict=True) if a is None]:
        return refusal(query, f"表中“{label}”一栏{names(empty[:3], etc=len(empty) > 3)}没有填写数字,不能合计")
    known = [a for a in amounts if a]
    if not of_one_unit(known):
        return refusal(query, f"表中“{label}”一栏各行单位不同({names([a.printed or '无单位' for a in known][:6])}),不能相加")
    if whole and (stated := _stated(query, gathered, sheet, known)):
        return stated
    total = summed(known) if known[0].printed else measured(query, summed(known))
    return draft_of(query, reading, f"合计{total}:{_shown(sheet, rows, column)}{RECKONED}", rows, [sheet.key, column])


def _together(reading: Reading, request: Request) -> bool:
    """Without a word for it several rows are added up when one cell they share names them: 市医院招几个人."""
    shared = reading.sheet.key not in reading.named and (bool(reading.hits) or request.restricts)
    return shared and bool(re.search("几|多少", request.text)) and not EACH.search(request.text) and not WHICH_ROWS.search(request.text)


def _shown(sheet: Sheet, rows: Sequence[int], column: int) -> str:
    shown = [f"{row_name(sheet, r)}{cell_value(sheet, r, column)}" for r in rows[:MOST_NAMED]]
    return "、".join(shown) + ("等" if len(rows) > MOST_NAMED else "")


def grand_total(sheet: Sheet, column: int) -> int | None:
    """The line of totals of the whole table; subtotals and a line that leaves the column empty are none."""
    found = [r for r in sheet.totals if not any("小计" in v for v in sheet.values[r]) and amount_in(sheet, r, column)]
    return found[0] if len(found) == 1 else None


def _read_off(query: Query, reading: Reading, column: int, total: int, amounts: Sequence[Amount]) -> Draft:
    sheet = reading.sheet
    printed = measured(query, cell_value(sheet, total, column))
    stated = amount_in(sheet, total, column)
    rows_add_up = len(amounts) == len(sheet.body) and of_one_unit(amounts) and stated is not None and not stated.share
    notes: tuple[str, ...] = ()
    if rows_add_up and stated and sum((a.value for a in amounts), Decimal(0)) != stated.value:
        notes = (f"表中合计为{printed},各行相加为{summed(amounts)},两数不一致",)
    return draft_of(query, reading, printed, (total,), [column], notes)


def _stated(query: Query, gathered: Gathered, sheet: Sheet, amounts: Sequence[Amount]) -> Draft | None:
    """What the text itself states as the whole comes before what a table, perhaps an excerpt, adds up to."""
    draft = values.number(query, gathered)
    if draft is None or not draft.text or draft.coverage < _SURE or not draft.quotes or draft.quotes[0].document.id != sheet.document.id:
        return None
    quote = draft.quotes[0]
    figure = re.search(r"(\d[\d,]*(?:\.\d+)?)\s*([^\d\s,，。;；、()（）]{0,4})", quote.highlights[0].of(quote.document.text)) if quote.highlights else None
    found = amount(*figure.groups()) if figure else None
    added = sum((a.value for a in amounts), Decimal(0))
    if found is None or found.unit != amounts[0].unit or found.value < added:
        return None
    note = f"表中所列各行相加为{summed(amounts)}"
    return replace(draft, notes=(*draft.notes, note)) if found.value != added else draft


_SURE = 0.75


def over_years(query: Query, reading: Reading, request: Request, gathered: Gathered) -> Draft | None:
    """One row over several years: what each year adds is added up, what has been added up already is said once."""
    sheet = reading.sheet
    if not sheet.years or len(reading.rows) != 1:
        return None
    row = reading.rows[0]
    name = sheet.values[row][sheet.key] + (sheet.values[row][sheet.measure] if sheet.measure >= 0 else "")
    columns = _years_meant(reading, request)
    amounts = [amount_in(sheet, row, c) for c in columns]
    if len(columns) < 2:
        return None
    if "累计" in name and amounts[-1]:
        last = columns[-1]
        return draft_of(query, reading, f"{cell_value(sheet, row, last)}(到{sheet.years[last]}年的累计数)", (row,), (last,))
    if STOCK.search(name) or not FLOW.search(name + request.text) or any(a and a.share for a in amounts):
        return None
    known = [a for a in amounts if a]
    if len(known) < len(amounts) or not of_one_unit(known):
        return refusal(query, f"表中“{row_name(sheet, row)}”有的年份没有填写数字,不能合计")
    shown = "、".join(f"{sheet.years[c]}年{cell_value(sheet, row, c)}" for c in columns)
    return draft_of(query, reading, f"合计{summed(known)}:{shown}{RECKONED}", (row,), columns)


def _years_meant(reading: Reading, request: Request) -> list[int]:
    """The columns of the years asked for; 2025—2027年 means those between as well, 三年 the last three of the plan."""
    sheet = reading.sheet
    by_year = sorted(sheet.years, key=lambda c: sheet.years[c])
    asked = [y for y in reading.years if y in sheet.years.values()]
    if len(asked) == 2 and re.search(r"20\d\d年?(?:[-—–~～]+|到|至)20\d\d", request.text):
        return [c for c in by_year if min(asked) <= sheet.years[c] <= max(asked)]
    if asked:
        return [c for c in by_year if sheet.years[c] in asked]
    planned = [c for c in by_year if c not in sheet.base_years]
    spoken = re.search("([两二三四五六七])年", request.text)
    count = " 一二三四五六七".find(spoken.group(1).replace("两", "二")) if spoken else 0
    return next((columns for columns in (planned, by_year) if len(columns) == count), planned if not spoken else [])


def mean(query: Query, reading: Reading, request: Request, gathered: Gathered) -> Draft | None:
    """The mean of a column over the rows meant; shares have no common base, so theirs is refused."""
    sheet = reading.sheet
    rows = rows_of(reading, request)
    column = measured_column(query, reading, request)
    if not rows or column is None or len(rows) < 2 or request.each or "平均" in sheet.table.headings[column].label:
        return None
    amounts = [amount_in(sheet, r, column) for r in rows]
    known = [a for a in amounts if a]
    label = sheet.table.headings[column].printed
    if any(a.share for a in known):
        return refusal(query, f"“{label}”是比例,各行基数不同,不能直接平均")
    if len(known) < len(rows) or not of_one_unit(known):
        return refusal(query, f"表中“{label}”一栏有空缺或单位不同,不能平均")
    value = sum((a.value for a in known), Decimal(0)) / len(known)
    about = "" if round(value, 2) == value else "约"
    return draft_of(query, reading, f"{about}{bare(Decimal(round(value, 2)), 2) if not known[0].printed else said(round(value, 2), known[0])}:{len(rows)}行平均,{_shown(sheet, rows, column)}{RECKONED}", rows, [sheet.key, column])
