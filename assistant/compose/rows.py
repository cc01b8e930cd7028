"""Cells and rows as an answer prints and cites them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from assistant.answering.draft import Draft, Quote
from assistant.question.query import Query
from assistant.tables.readings import Reading
from assistant.tables.sheets import Sheet
from corpus.grids import UNITS, heading_of
from corpus.text import squeeze

_AMOUNT = re.compile(r"[+-]?\d[\d,]*(?:\.\d+)?")


def cell_value(sheet: Sheet, row: int, column: int) -> str:
    """Give the cell as printed, with the unit that its heading or its row states."""
    cell = sheet.table.rows[row].cells[column]
    printed = squeeze(cell.span.of(sheet.document.text)).strip("*`") if cell else ""
    unit = sheet.unit(column)
    if column in sheet.numeric:
        if not unit and sheet.measure >= 0:
            stated = sheet.table.rows[row].cells[sheet.measure]
            unit = squeeze(stated.span.of(sheet.document.text)) if stated else ""
        if not unit and column != sheet.key and (name := sheet.table.rows[row].cells[sheet.key]):
            unit = heading_of(sheet.document.text, name.span).unit or _first_unit(sheet.values[row][sheet.key])  # 占比(%): rows of indicators have units of their own
        if unit and printed[-1:].isdigit():
            return printed + unit
    return printed


def _first_unit(name: str) -> str:
    """The unit in the bracket of a name that says more beside it: 助餐点(个,累计)."""
    inner = re.search(r"[(]([^(),、;]{1,6})[,、;][^()]*[)]$", name)
    return inner.group(1) if inner and inner.group(1) in UNITS else ""


def amount_of(sheet: Sheet, row: int, column: int) -> Decimal | None:
    """Give the figure of a cell (1.5万 → 15000), None when it has none."""
    match = _AMOUNT.search(sheet.values[row][column])
    if not match:
        return None
    scale = 10000 if "万" in sheet.values[row][column] else 1
    return Decimal(match.group().replace(",", "")) * scale


def quotes_of(sheet: Sheet, rows: Sequence[int], columns: Sequence[int]) -> tuple[Quote, ...]:
    """Cite each row with its cells; a merged cell also where it stands."""
    found: list[Quote] = []
    for row in rows:
        whole = sheet.table.rows[row].span
        cells = [c.span for column in columns if (c := sheet.table.rows[row].cells[column]) and len(c.span)]
        found.append(Quote(sheet.document, whole, sheet.table.path, tuple(s for s in cells if whole.covers(s))))
        for cell in cells:
            home = next((r.span for r in sheet.table.rows if r.span.covers(cell)), cell)
            if home != whole:
                found.append(Quote(sheet.document, home, sheet.table.path, (cell,)))
    return tuple(found)


def draft_of(query: Query, reading: Reading, text: str, rows: Sequence[int], columns: Sequence[int], notes: tuple[str, ...] = ()) -> Draft:
    """Make the answer from cells, each row cited with its cells marked."""
    quotes = quotes_of(reading.sheet, rows, columns)
    covered = max(reading.explained, 0.8)
    return Draft(query.kind, text, quotes, covered, True, notes, "", "cell", (("own", covered),))


def row_name(sheet: Sheet, row: int) -> str:
    """Give the cell that names the row."""
    name = cell_value(sheet, row, sheet.key)
    return f"{name}年" if sheet.key == sheet.year_column and name.isdigit() else name


def refusal(query: Query, missing: str) -> Draft:
    """Say what the table does not have."""
    return Draft(query.kind, "", (), 0.9, False, (), missing, "cell")


def measured(query: Query, value: str) -> str:
    """Say a bare figure with the measure word of the question: 有几个名额 → 3个."""
    bare = re.fullmatch(r"[\d,]+", value) and query.measure_word not in ("久", "%", "元", "")
    return value + query.measure_word if bare else value
