"""Turn the duties of the stored documents into the task matrix: one row a task, with units, time limit and place."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from corpus.errors import InputError
from corpus.types import Deadline, Document, Duty
from corpus.units import unit_matches

Role = Literal["lead", "support", "any"]
ROLES: tuple[Role, ...] = ("lead", "support", "any")

OPEN_LIST = "名单以“等”结尾,没有列全"
_DATE = re.compile(r"(\d{4})(?:\D+(\d{1,2})(?:\D+(\d{1,2}))?)?\D*")


@dataclass(frozen=True, slots=True)
class Task:
    """One row of the task matrix. deadline: the words as printed, "" when there is none; since, until: inclusive dates.

    start, end: the whole clause or table row in the document's text.
    """

    task: str
    lead: tuple[str, ...]
    support: tuple[str, ...]
    deadline: str
    since: date | None
    until: date | None
    path: tuple[str, ...]
    document_id: str
    doc: str
    title: str
    start: int
    end: int
    notes: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Give the object of `tasks --format json`; dates are ISO 8601 or null."""
        return {
            "task": self.task,
            "lead": list(self.lead),
            "support": list(self.support),
            "deadline": {
                "text": self.deadline,
                "from": self.since.isoformat() if self.since else None,
                "to": self.until.isoformat() if self.until else None,
            },
            "path": list(self.path),
            "document_id": self.document_id,
            "doc": self.doc,
            "start": self.start,
            "end": self.end,
            "notes": list(self.notes),
        }


def task_of(document: Document, duty: Duty) -> Task:
    """Make one row of a duty."""
    text, since, until = _time_limit(document, duty)
    support = tuple(mention.value for mention in duty.support)
    if not support and duty.support_text:
        support = (duty.support_text.value,)
    return Task(
        task=duty.task.value,
        lead=tuple(mention.value for mention in duty.lead),
        support=support,
        deadline=text,
        since=since,
        until=until,
        path=duty.path,
        document_id=document.id,
        doc=document.name,
        title=document.title,
        start=duty.clause.start,
        end=duty.clause.end,
        notes=_notes(duty),
    )


def _time_limit(document: Document, duty: Duty) -> tuple[str, date | None, date | None]:
    """Give the duty's own time limit, else what its clause says: all limits as printed, the first day and the last.

    A clause that stands for a whole section has limits of single items, which are not its own.
    """
    limits: tuple[Deadline, ...] = (duty.deadline,) if duty.deadline else ()
    if not limits and duty.scope == "item":
        limits = tuple(limit for limit in document.facts.deadlines if duty.clause.covers(limit.span))
    since = [limit.since for limit in limits if limit.since]
    until = [limit.until for limit in limits if limit.until]
    text = "、".join(dict.fromkeys(limit.value for limit in limits))
    return text, min(since, default=None), max(until, default=None)


def _notes(duty: Duty) -> tuple[str, ...]:
    notes = [note.message + (f"(应为:{note.reading})" if note.reading else "") for note in duty.notes]
    if duty.deadline and duty.deadline.reading:
        notes.append(f"时限原文“{duty.deadline.value}”,应为“{duty.deadline.reading}”")
    if duty.open_list:
        notes.append(OPEN_LIST)
    return tuple(dict.fromkeys(notes))


def matrix_of(
    duties: Iterable[tuple[Document, Duty]], *, unit: str = "", role: Role = "any", before: date | None = None
) -> tuple[Task, ...]:
    """Make the task matrix, in the order given.

    unit: only tasks of this unit, by any of its names.  role: how the unit takes part.
    before: only tasks whose last day is on or before this day.
    """
    rows = (task_of(document, duty) for document, duty in duties)
    return tuple(row for row in rows if _takes_part(row, unit, role) and _is_due(row, before))


def _takes_part(row: Task, unit: str, role: Role) -> bool:
    units = {"lead": row.lead, "support": row.support, "any": row.lead + row.support}[role]
    return any(unit_matches(unit, name) for name in units) if unit else role == "any" or bool(units)


def _is_due(row: Task, before: date | None) -> bool:
    return before is None or (row.until is not None and row.until <= before)


def last_day(text: str) -> date:
    """Read a day as people type it: `2024-06-30`, `2024年6月底`, `2024-06`, `2024`; its last day where it is a span.

    Raises InputError when it is no date.
    """
    found = _DATE.fullmatch(text.strip())
    try:
        year, month, day = (int(part) if part else None for part in found.groups()) if found else (None, None, None)
        if year:
            month = month or 12
            return date(year, month, day or calendar.monthrange(year, month)[1])
    except ValueError:
        pass
    raise InputError("bad_date", f"{text!r} 不是日期", "请写成 2024-06-30、2024年6月 或 2024")


def first_day(text: str) -> date:
    """Read a day like `last_day`, but give the first day of a span. Raises InputError when it is no date."""
    last = last_day(text)
    found = _DATE.fullmatch(text.strip())
    _, month, day = found.groups() if found else (None, None, None)
    return date(last.year, last.month if month else 1, last.day if day else 1)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the exported matrix. width: in characters of a spreadsheet."""

    heading: str
    width: int


COLUMNS = (
    Column("任务", 60),
    Column("牵头单位", 24),
    Column("责任(配合)单位", 30),
    Column("完成时限", 16),
    Column("截止日期", 12),
    Column("所在章节", 40),
    Column("文件", 30),
    Column("备注", 30),
)


def cells_of(row: Task) -> tuple[str, ...]:
    """Give the row as text, one string for each of COLUMNS."""
    return (
        row.task,
        "、".join(row.lead),
        "、".join(row.support),
        row.deadline,
        row.until.isoformat() if row.until else "",
        " › ".join(row.path),
        row.title,
        ";".join(row.notes),
    )


def json_of(rows: Sequence[Task]) -> list[dict[str, Any]]:
    """Give the rows as objects for programs."""
    return [row.as_json() for row in rows]
