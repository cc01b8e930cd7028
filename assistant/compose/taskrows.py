"""Answers from the columns of task lists that no duty holds: who leads in person, subsidies, a named column, the month of completion."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.compose.rows import cell_value, draft_of
from assistant.draft import Draft
from assistant.lexicon.headers import IN_COLUMN, IN_MONTH, SUBSIDY, SUBSIDY_STATED, TASK_LIST_ASKED
from assistant.query import Query
from assistant.readings import Reading
from assistant.sheets import Sheet
from corpus.columns import likely_role, role_of
from corpus.text import fold
from corpus.types import Span

_UNEXPLAINED = 0.3
_PERSON = re.compile(r"[㐀-鿿·]{2,6}")


def task_answer(query: Query, readings: Sequence[Reading]) -> Draft | None:
    """Answer from a task list; None when no column of the one list meant has it. readings: the question held against each list."""
    for compose in (_subsidy, _rows_of_name, _rows_of_month):
        drafts = [draft for reading in readings if (draft := compose(query, reading))]
        if len(drafts) == 1:
            return drafts[0]
    return None


def _role(sheet: Sheet, column: int) -> str:
    label = sheet.table.headings[column].label
    return role_of(label) or likely_role(label) or ""


def _rows_of_name(query: Query, reading: Reading) -> Draft | None:
    """All rows that hold a person, or a unit in the column named beside it (市场监管局当责任单位的有哪些)."""
    sheet = reading.sheet
    if not TASK_LIST_ASKED.search(reading.text) or 1 - reading.explained > _UNEXPLAINED:
        return None
    for hit in reading.hits:
        columns = {c for _, c in hit.places if _PERSON.fullmatch(hit.text) and _role(sheet, c) == "person"} or _column_of(reading, hit.span)
        rows = sorted({r for r, c in hit.places if c in columns} & set(reading.rows))
        if rows:
            return _listed(query, reading, rows, sorted(columns))
    return None


def _column_of(reading: Reading, name: Span) -> set[int]:
    """The column whose heading the question says the name stands in."""
    text = reading.text[name.end :]
    headings = reading.sheet.table.headings
    return {c for c, h in enumerate(headings) if len(h.label) > 2 and re.search(rf"(?:当|作为|担任|列为|做){IN_COLUMN}{re.escape(h.label)}", text)}


def _rows_of_month(query: Query, reading: Reading) -> Draft | None:
    """The rows to be completed in a month: 12月完成的有几项."""
    sheet = reading.sheet
    asked = IN_MONTH.search(reading.text)
    if not asked or not TASK_LIST_ASKED.search(reading.text) or reading.hits or 1 - reading.explained > _UNEXPLAINED:
        return None
    month = re.compile(rf"(?<!\d){int(asked.group(1))}月")
    for column in range(len(sheet.table.headings)):
        if _role(sheet, column) != "deadline":
            continue
        rows = [r for r, value in enumerate(sheet.column(column)) if month.search(value) and _year_fits(value, query.scope.years)]
        if rows:
            return _listed(query, reading, rows, [column])
    return None


def _year_fits(value: str, years: Sequence[int]) -> bool:
    stated = re.search(r"20\d\d", value)
    return not years or stated is None or int(stated.group()) in years


def _listed(query: Query, reading: Reading, rows: Sequence[int], columns: Sequence[int]) -> Draft:
    sheet = reading.sheet
    number = min(sheet.serial, default=-1)
    marks = [cell_value(sheet, r, number) if number >= 0 else str(at) for at, r in enumerate(rows, 1)]
    lines = [f"{mark}. {cell_value(sheet, r, sheet.key)}" for mark, r in zip(marks, rows, strict=True)]
    return draft_of(query, reading, f"共{len(rows)}项:\n" + "\n".join(lines), rows, [sheet.key, *columns])


def _subsidy(query: Query, reading: Reading) -> Draft | None:
    """The clause of the one row meant that states what is paid for each: 装一部电梯补多少 → 每部补贴22万元."""
    sheet = reading.sheet
    if not SUBSIDY.search(reading.text):
        return None
    terms = [t for t in query.terms if not SUBSIDY_STATED.search(t.text) and t.text != "补"]
    total = sum(t.weight for t in terms)
    scores = [sum(t.weight * t.cover("".join(row)) for t in terms) for row in sheet.values]
    best = max(range(len(scores)), key=scores.__getitem__, default=-1)
    if best < 0 or not total or scores[best] < 0.7 * total or sum(s > 0.7 * scores[best] for s in scores) > 1:
        return None
    for column, cell in enumerate(sheet.table.rows[best].cells):
        clauses = re.split("[,，;；。]", cell.span.of(sheet.document.text)) if cell else []
        stated = [c.strip() for c in clauses if SUBSIDY_STATED.search(c) and re.search(r"\d[^,]*元", fold(c))]
        if stated:
            return draft_of(query, reading, ";".join(stated), [best], [column])
    return None
