"""Tables by years: a column or a row a year, the year of a figure, how far two years are apart."""

from __future__ import annotations

import re

from assistant.answering.draft import Draft, names
from assistant.compose.rows import amount_of, cell_value, draft_of, measured, refusal, row_name
from assistant.lexicon.headers import CHANGE
from assistant.question.query import Query
from assistant.tables.readings import Reading

_UNIT_AFTER = re.compile(r"^[约≥≤<>]?[+-]?[\d,.]+")


def other_years(query: Query, reading: Reading) -> Draft | None:
    """Refuse when the row is there but no column stands for the year asked for."""
    sheet = reading.sheet
    beside = [m for m in reading.mentions if m.column not in sheet.years and m.column != sheet.key]
    if not reading.rows or not reading.absent or reading.columns or beside or sheet.key not in reading.named:
        return None
    asked = names([f"{year}年" for year in reading.absent])
    listed = names([f"{year}年" for year in dict.fromkeys(sheet.years.values())])
    return refusal(query, f"表中“{row_name(sheet, reading.rows[0])}”没有{asked}的数(列有{listed})")


def which_year(query: Query, reading: Reading) -> Draft | None:
    """The year in which a row has the figure named: 哪年达到9500个."""
    sheet = reading.sheet
    if len(reading.rows) != 1 or not reading.columns or not sheet.years or not re.search("哪一?年|什么时候|何时|几几年", reading.text):
        return None
    row = reading.rows[0]
    asked = {m.replace(",", "") for m in re.findall(r"\d[\d,]*(?:\.\d+)?", reading.left)}
    columns = [c for c in reading.columns if c in sheet.years and str(amount_of(sheet, row, c)) in asked]
    text = names([f"{sheet.years[c]}年({cell_value(sheet, row, c)})" for c in columns])
    return draft_of(query, reading, text, (row,), columns) if columns else None


def over_years(query: Query, reading: Reading) -> Draft | None:
    """One row in two years: both figures and how far they are apart, rates in percentage points."""
    sheet = reading.sheet
    columns = sorted(reading.columns, key=lambda c: sheet.years.get(c, 0))
    if len(reading.rows) != 1 or len(columns) != 2 or any(c not in sheet.years for c in columns) or not CHANGE.search(reading.text):
        return None
    row = reading.rows[0]
    amounts = [a for c in columns if (a := amount_of(sheet, row, c)) is not None]
    if len(amounts) != 2:
        return None
    printed = [cell_value(sheet, row, c) for c in columns]
    unit = _UNIT_AFTER.sub("", printed[0])
    apart = abs(amounts[1] - amounts[0]) / (10000 if unit.startswith("万") and "万" in sheet.values[row][columns[0]] else 1)
    told = ";".join(f"{sheet.years[c]}年{value}" for c, value in zip(columns, printed, strict=True))
    return draft_of(query, reading, f"{told};相差{apart:f}{'个百分点' if unit == '%' else unit}", (row,), columns)


def between_years(query: Query, reading: Reading) -> Draft | None:
    """One column in two years that have a row each: both figures and how far they are apart, which no cell says."""
    sheet = reading.sheet
    figures = [c for c in reading.columns if c in sheet.numeric]
    if sheet.year_column < 0 or len(reading.rows) != 2 or len(figures) != 1 or not CHANGE.search(reading.text):
        return None
    rows = sorted(reading.rows, key=lambda r: sheet.values[r][sheet.year_column])
    amounts = [a for r in rows if (a := amount_of(sheet, r, figures[0])) is not None]
    if len(amounts) != 2:
        return None
    printed = [measured(query, cell_value(sheet, r, figures[0])) for r in rows]
    unit = _UNIT_AFTER.sub("", printed[0])
    told = ";".join(f"{sheet.values[r][sheet.year_column][:4]}年{value}" for r, value in zip(rows, printed, strict=True))
    rate, apart = unit == "%", amounts[1] - amounts[0]
    way = "相同" if not apart else ("高" if rate else "多") if apart > 0 else ("低" if rate else "少")
    by = f"{abs(apart):f}{'个百分点' if rate else unit}" if apart else ""
    return draft_of(query, reading, f"{told};后者{way}{by}(计算得出)", rows, figures)
