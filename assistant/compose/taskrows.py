"""Answers from the columns of task lists that no duty holds: who leads in person, subsidies, a named column, the month of completion."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.draft import Draft, Quote
from assistant.compose import acts
from assistant.compose.rows import cell_value, draft_of, quotes_of
from assistant.lexicon.headers import IN_COLUMN, IN_MONTH, MARKED, SUBSIDY, SUBSIDY_STATED, TASK_LIST_ASKED
from assistant.question.query import Query
from assistant.question.terms import Term
from assistant.tables.readings import Reading
from assistant.tables.sheets import Sheet
from corpus.columns import likely_role, role_of
from corpus.text import fold
from corpus.types import Span

_UNEXPLAINED = 0.3
_PERSON = re.compile(r"[㐀-鿿·]{2,6}")


Picked = tuple[Reading, Sequence[int], Sequence[int]]
"""Rows of a list and the columns they were picked by."""


def task_answer(query: Query, readings: Sequence[Reading]) -> Draft | None:
    """Answer from a task list; None when no column of the lists of one document has it. readings: the question held against each list."""
    paid = [draft for reading in readings if (draft := _subsidy(query, reading))]
    if len(paid) == 1:
        return paid[0]
    done = [draft for reading in readings if (draft := _doer(query, reading))]
    if len(done) == 1:
        return done[0]
    if not any(TASK_LIST_ASKED.search(reading.text) for reading in readings):
        return None
    for pick in (_rows_of_name, _rows_marked, _rows_of_month):
        picked = [(reading, rows, columns) for reading in readings for rows, columns in [pick(query, reading)] if rows]
        if picked and len({reading.sheet.document.id for reading, _, _ in picked}) == 1:
            return _listed(query, picked)
    return None


def role_in(sheet: Sheet, column: int) -> str:
    label = sheet.table.headings[column].label
    return role_of(label) or likely_role(label) or ""


def _rows_of_name(query: Query, reading: Reading) -> tuple[Sequence[int], Sequence[int]]:
    """All rows that hold a person, or a unit in the column named beside it (市场监管局当责任单位的有哪些)."""
    sheet = reading.sheet
    if _left_over(query, reading) > _UNEXPLAINED:
        return (), ()
    for hit in reading.hits:
        columns = {c for _, c in hit.places if _PERSON.fullmatch(hit.text) and role_in(sheet, c) == "person"} or _column_of(reading, hit.span)
        rows = sorted({r for r, c in hit.places if c in columns} & set(reading.rows))
        if rows:
            return rows, sorted(columns)
    return (), ()


def _rows_marked(query: Query, reading: Reading) -> tuple[Sequence[int], Sequence[int]]:
    """All rows with a mark that the question says they bear: 标了双牵头的是哪几项."""
    if query.units or 1 - reading.explained > _UNEXPLAINED or len(reading.hits) != 1:
        return (), ()
    hit = reading.hits[0]
    columns = {c for _, c in hit.places} - {reading.sheet.key}
    return (reading.rows, sorted(columns)) if columns and MARKED.search(reading.text[: hit.span.start]) else ((), ())


def _left_over(query: Query, reading: Reading) -> float:
    """The share of the question's weight that the table does not account for; the words that tie tasks to a person say nothing of them."""
    idle = sum(t.weight for t in reading.unknown if _TIES.fullmatch(t.text))
    return 1 - reading.explained - idle / (sum(t.weight for t in query.terms) or 1.0)


_TIES = re.compile("名下|手[里上头]|分管|包保|牵头|负责|挂帅?|领衔?")


def _column_of(reading: Reading, name: Span) -> set[int]:
    """The column whose heading the question says the name stands in."""
    text = reading.text[name.end :]
    headings = reading.sheet.table.headings
    return {c for c, h in enumerate(headings) if len(h.label) > 2 and re.search(rf"(?:当|作为|担任|列为|做){IN_COLUMN}{re.escape(h.label)}", text)}


def _rows_of_month(query: Query, reading: Reading) -> tuple[Sequence[int], Sequence[int]]:
    """The rows to be completed in a month: 12月完成的有几项."""
    sheet = reading.sheet
    asked = IN_MONTH.search(reading.text)
    if not asked or reading.hits or 1 - reading.explained > _UNEXPLAINED:
        return (), ()
    month = re.compile(rf"(?<!\d){int(asked.group(1))}月")
    for column in range(len(sheet.table.headings)):
        if role_in(sheet, column) != "deadline":
            continue
        rows = [r for r, value in enumerate(sheet.column(column)) if month.search(value) and year_fits(value, query.scope.years)]
        if rows:
            return rows, [column]
    return (), ()


def year_fits(value: str, years: Sequence[int]) -> bool:
    """May a cell that states a day be of one of the years asked for? One that states no year may be of any."""
    stated = re.search(r"20\d\d", value)
    return not years or stated is None or int(stated.group()) in years


def _listed(query: Query, picked: Sequence[Picked]) -> Draft:
    """The names of the rows, one a line, of all the lists they stand in, by their own numbers where they have any."""
    lines: list[str] = []
    quotes: list[Quote] = []
    for reading, rows, columns in picked:
        sheet = reading.sheet
        number = min(sheet.serial, default=-1)
        for row in rows:
            mark = cell_value(sheet, row, number) if number >= 0 else str(len(lines) + 1)
            lines.append(f"{mark}. {cell_value(sheet, row, sheet.key)}")
        quotes.extend(quotes_of(sheet, rows, [sheet.key, *columns]))
    first = draft_of(query, picked[0][0], f"共{len(lines)}项:\n" + "\n".join(lines), (), ())
    return replace(first, quotes=tuple(quotes))


def _subsidy(query: Query, reading: Reading) -> Draft | None:
    """The clause of the one row meant that states what is paid for each: 装一部电梯补多少 → 每部补贴22万元."""
    sheet = reading.sheet
    if not SUBSIDY.search(reading.text):
        return None
    best = _row_meant(sheet, [t for t in query.terms if not SUBSIDY_STATED.search(t.text) and t.text != "补"])
    if best is None:
        return None
    for column, cell in enumerate(sheet.table.rows[best].cells):
        clauses = re.split("[,，;；。]", cell.span.of(sheet.document.text)) if cell else []
        stated = [c.strip() for c in clauses if SUBSIDY_STATED.search(c) and re.search(r"\d[^,]*元", fold(c))]
        if stated:
            return draft_of(query, reading, ";".join(stated), [best], [column])
    return None


def _doer(query: Query, reading: Reading) -> Draft | None:
    """The cell of a column that says who does an act of procedure (督办单位), in the one row meant: 甲村的问题由哪些单位督办."""
    sheet, act = reading.sheet, acts.act_asked(query)
    if act is None:
        return None
    columns = [c for c, h in enumerate(sheet.table.headings) if act.said.search(fold(h.label)) and _DOES.search(h.label)]
    terms = [t for t in query.terms if not act.said.search(t.text) and t.cover(fold(sheet.document.title + sheet.table.caption)) < 1]
    row = reading.rows[0] if len(reading.rows) == 1 and 1 - reading.explained <= _UNEXPLAINED else _row_meant(sheet, terms)
    if len(columns) != 1 or row is None or not (value := cell_value(sheet, row, columns[0])):
        return None
    draft = draft_of(query, reading, value, [row], [sheet.key, columns[0]])
    # The heading says what the offices below it do.
    return replace(draft, quotes=(*draft.quotes, Quote(sheet.document, sheet.table.header, sheet.table.path, (sheet.table.headings[columns[0]].span,))))


_DOES = re.compile("(?:单位|部门|机关|机构|人|领导)$")


def _row_meant(sheet: Sheet, terms: Sequence[Term]) -> int | None:
    """The one row that holds most of the words; None where none does, or several do."""
    total = sum(t.weight for t in terms)
    scores = [sum(t.weight * t.cover("".join(row)) for t in terms) for row in sheet.values]
    best = max(range(len(scores)), key=scores.__getitem__, default=-1)
    if best < 0 or not total or scores[best] < 0.7 * total or sum(s > 0.7 * scores[best] for s in scores) > 1:
        return None
    return best
