"""The dated tasks as a calendar (RFC 5545): one all-day event on the last day of each time limit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from assistant.tasks.matrix import Task

LONGEST_SUMMARY = 60


def ics_of(rows: Sequence[Task]) -> bytes:
    """Write the rows that have a last day; importing the file again updates the events instead of doubling them."""
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//Policy Assistant//Tasks//ZH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "任务时限")
    written = datetime.now(UTC).replace(microsecond=0)
    for row in rows:
        if row.until is None:
            continue
        event = Event()
        event.add("uid", f"{row.document_id}-{row.start}-{row.end}@policy-assistant")
        event.add("dtstamp", written)
        event.add("dtstart", row.until)
        event.add("dtend", row.until + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
        event.add("summary", summary_of(row))
        event.add("description", description_of(row))
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def summary_of(row: Task) -> str:
    """Give the title of the event: the task, cut to a line, and who leads it."""
    task = row.task if len(row.task) <= LONGEST_SUMMARY else row.task[:LONGEST_SUMMARY] + "…"
    return f"{task}({'、'.join(row.lead)}牵头)" if row.lead else task


def description_of(row: Task) -> str:
    """Give everything a person needs in order to judge the entry."""
    lines = (
        ("任务", row.task),
        ("时限", row.deadline),
        ("牵头单位", "、".join(row.lead)),
        ("责任(配合)单位", "、".join(row.support)),
        ("出处", " › ".join((row.title, *row.path))),
        ("备注", ";".join(row.notes)),
    )
    return "\n".join(f"{label}:{value}" for label, value in lines if value)
