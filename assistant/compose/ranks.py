"""Rows and years set against each other: the first and last in order, so many times as much, what part of all, how far from what was planned."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from assistant.answering.draft import Draft, names
from assistant.answering.evidence import Gathered
from assistant.compose.amounts import Amount, amount_in, bare, of_one_unit, said
from assistant.compose.moments import moment_in, time_column
from assistant.compose.rows import cell_value, draft_of, measured, refusal, row_name
from assistant.compose.selecting import (
    MOST_NAMED,
    RECKONED,
    Request,
    measured_column,
    planned_and_done,
    rows_of,
    smallest_first,
)
from assistant.compose.sums import grand_total
from assistant.lexicon.reckoning import TO_GO
from assistant.question.query import Query
from assistant.tables.readings import Reading


def ranked(query: Query, reading: Reading, request: Request, gathered: Gathered) -> Draft | None:
    """The row with the largest or smallest figure, or that of a place in the order."""
    sheet = reading.sheet
    if sheet.key in reading.named and not sheet.years:
        return None
    if sheet.years:
        return _ranked_years(query, reading, request)
    rows = rows_of(reading, request)
    if request.way == "晚":
        return _ordered_in_time(query, reading, request, rows or ())
    column = measured_column(query, reading, request)
    if column is None and rows and not request.way and (place := _column_of_places(reading)) is not None:
        return _placed(query, reading, request, rows, place)
    if column is None or not rows:
        return None
    amounts = {r: a for r in rows if (a := amount_in(sheet, r, column))}
    if len(amounts) < 2 or not of_one_unit(list(amounts.values())):
        return None
    order = sorted({a.value for a in amounts.values()}, reverse=not smallest_first(request))
    first, last = request.places
    chosen = [r for value in order[first - 1 : last] for r, a in amounts.items() if a.value == value]
    if not chosen:
        return refusal(query, f"表中只有{len(order)}个不同的数,没有第{first}位")
    told = names([f"{row_name(sheet, r)}({cell_value(sheet, r, column)})" for r in chosen[:MOST_NAMED]])
    return draft_of(query, reading, told, chosen, [sheet.key, column])


_PLACES = re.compile("名次|排名|位次|排序|[综总]合?排[名序]")


def _column_of_places(reading: Reading) -> int | None:
    """The column that says which in the order a row is, where no figure is named."""
    sheet = reading.sheet
    if any(m.column in sheet.numeric for m in reading.mentions):
        return None
    return next((c for c in sorted(sheet.numeric) if _PLACES.fullmatch(sheet.table.headings[c].label)), None)


def _placed(query: Query, reading: Reading, request: Request, rows: Sequence[int], column: int) -> Draft | None:
    """The rows at the places asked for, counted from the other end where the last are meant."""
    sheet = reading.sheet
    order = sorted({int(sheet.values[r][column]) for r in rows if sheet.values[r][column].isdigit()}, reverse=request.back)
    first, last = request.places
    chosen = [r for place in order[first - 1 : last] for r in rows if sheet.values[r][column] == str(place)]
    return draft_of(query, reading, names([row_name(sheet, r) for r in chosen[:MOST_NAMED]]), chosen, [sheet.key, column]) if chosen else None


def _ordered_in_time(query: Query, reading: Reading, request: Request, rows: Sequence[int]) -> Draft | None:
    """The row whose time is the last, or the first."""
    sheet = reading.sheet
    column = time_column(sheet)
    moments = {r: m for r in rows if column is not None and (m := moment_in(sheet.values[r][column]))}
    if column is None or len(moments) < 2 or len({bool(m[0]) for m in moments.values()}) > 1 or not re.search("哪|谁|which", request.text):
        return None
    best = (min if request.back else max)(moments.values())
    chosen = [r for r in moments if moments[r] == best]
    return draft_of(query, reading, names([f"{row_name(sheet, r)}({cell_value(sheet, r, column)})" for r in chosen[:MOST_NAMED]]), chosen, [sheet.key, column])


def place_of(query: Query, reading: Reading, request: Request, gathered: Gathered) -> Draft | None:
    """Which in the order of all a row is, the largest figure first."""
    sheet = reading.sheet
    column = measured_column(query, reading, request)
    if len(reading.rows) != 1 or sheet.key not in reading.named or column is None:
        return None
    amounts = {r: a for r in sheet.body if (a := amount_in(sheet, r, column))}
    own = amounts.get(reading.rows[0])
    if own is None or len(amounts) < len(sheet.body) or not of_one_unit(list(amounts.values())):
        return None
    place = 1 + sum(a.value > own.value for a in amounts.values())
    told = f"第{place}(共{len(amounts)}个):{sheet.table.headings[column].printed}{cell_value(sheet, reading.rows[0], column)}{RECKONED}"
    return draft_of(query, reading, told, list(amounts), [sheet.key, column])


def _ranked_years(query: Query, reading: Reading, request: Request) -> Draft | None:
    """In which year a row of a table by years has its largest or smallest figure; which row has it in a year."""
    sheet = reading.sheet
    columns = [c for c in sheet.years if not reading.years or sheet.years[c] in reading.years]
    if len(reading.rows) != 1 or len(columns) < 2 or not re.search("哪(?:一|个)?年", request.text):
        return None
    row = reading.rows[0]
    amounts = {c: a for c in columns if (a := amount_in(sheet, row, c))}
    if len(amounts) < 2 or not of_one_unit(list(amounts.values())):
        return None
    best = (min if smallest_first(request) else max)(a.value for a in amounts.values())
    chosen = [c for c in amounts if amounts[c].value == best]
    return draft_of(query, reading, names([f"{sheet.years[c]}年({cell_value(sheet, row, c)})" for c in chosen]), (row,), chosen)


def times(query: Query, reading: Reading, request: Request, gathered: Gathered) -> Draft | None:
    """How many times as much one row is as another, or one year as another."""
    pair = _pair(query, reading, request)
    if pair is None:
        return None
    (one, two), rows, columns, labels = pair
    if one.unit != two.unit or not two.value:
        return refusal(query, "两个数的单位不同,不能相比") if one.unit != two.unit else None
    ratio = one.value / two.value
    about = "" if round(ratio, 2) == ratio else "约"
    shown = ";".join(f"{label}{value}" for label, value in labels)
    return draft_of(query, reading, f"{about}{bare(ratio, 2)}倍:{shown}{RECKONED}", rows, columns)


_Pair = tuple[tuple[Amount, Amount], Sequence[int], Sequence[int], list[tuple[str, str]]]


def _pair(query: Query, reading: Reading, request: Request) -> _Pair | None:
    """The two figures that a question sets against each other: of two rows, or of two years of a row."""
    sheet = reading.sheet
    if sheet.years and len(reading.rows) == 1:
        columns = [c for y in reading.years for c in sheet.years if sheet.years[c] == y]
        row = reading.rows[0]
        found = [amount_in(sheet, row, c) for c in columns]
        labels = [(f"{sheet.years[c]}年", cell_value(sheet, row, c)) for c in columns]
        rows: Sequence[int] = (row,)
    else:
        column = measured_column(query, reading, request)
        if column is None or len(reading.rows) != 2:
            return None
        rows, columns = reading.rows, [column]
        found = [amount_in(sheet, r, column) for r in rows]
        labels = [(row_name(sheet, r), cell_value(sheet, r, column)) for r in rows]
    if len(found) != 2 or found[0] is None or found[1] is None:
        return None
    return (found[0], found[1]), rows, columns, labels


def share(query: Query, reading: Reading, request: Request, gathered: Gathered) -> Draft | None:
    """What part of all a row is."""
    sheet = reading.sheet
    column = measured_column(query, reading, request)
    if column is None or len(reading.rows) != 1:
        return None
    one = amount_in(sheet, reading.rows[0], column)
    total = grand_total(sheet, column)
    every = [a for r in sheet.body if (a := amount_in(sheet, r, column))]
    whole = amount_in(sheet, total, column) if total is not None else None
    if one is None or one.share or len(every) < len(sheet.body) or not of_one_unit([one, *every]):
        return None
    value = whole.value if whole else sum((a.value for a in every), Decimal(0))
    if not value:
        return None
    told = f"{bare(100 * one.value / value, 2)}%:{row_name(sheet, reading.rows[0])}{cell_value(sheet, reading.rows[0], column)},合计{said(value, one)}{RECKONED}"
    rows = [*reading.rows, total] if total is not None else list(sheet.body)
    return draft_of(query, reading, told, rows, [sheet.key, column])


def gap(query: Query, reading: Reading, request: Request, gathered: Gathered) -> Draft | None:
    """How far what was done is from what was planned, of one row or of all together."""
    sheet = reading.sheet
    pair = planned_and_done(sheet)
    whole = not reading.hits and request.goal == "missed"
    if pair is None or not (len(reading.rows) == 1 or whole) or not re.search("几|多少", request.text) or not TO_GO.search(query.folded):
        return None
    rows = sheet.body if whole else reading.rows
    planned, done = ([a for r in rows if (a := amount_in(sheet, r, c))] for c in pair)
    if len(planned) != len(rows) or len(done) != len(rows) or not of_one_unit([*planned, *done]) or (whole and planned[0].share):
        return None
    apart = sum((a.value for a in done), Decimal(0)) - sum((a.value for a in planned), Decimal(0))
    by = f"{bare(abs(apart))}个百分点" if planned[0].share else said(abs(apart), planned[0]) if planned[0].printed else measured(query, bare(abs(apart)))
    verdict = f"{'超出' if apart > 0 else '差'}{by}" if apart else "没有差额"
    told = ";".join((f"{row_name(sheet, r)}:" if whole else "") + ",".join(f"{sheet.table.headings[c].printed}{cell_value(sheet, r, c)}" for c in pair) for r in rows[:MOST_NAMED])
    return draft_of(query, reading, f"{verdict}:{told}{RECKONED}", rows, [sheet.key, *pair])
