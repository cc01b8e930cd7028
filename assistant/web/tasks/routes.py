"""The tasks page as a section: /tasks and its export."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from starlette.responses import Response

from assistant.accounts.exports import note_export
from assistant.export.matrix_file import matrix_file
from assistant.session import Assistant
from assistant.tasks.tasklist import TaskList, choices_of, chosen, states_in, tallies_of, tasks_of
from assistant.web import sections
from assistant.web.downloads import TYPES, as_file
from assistant.web.forms import Refused
from assistant.web.frame import Page
from assistant.web.sections import Section
from assistant.web.tasks.asked import asked_of
from assistant.web.tasks.page import FORMATS, MOST_CHOICES, Shown, tasks_page
from assistant.web.tasks.words import WORDS
from assistant.web.words import Words


@dataclass(frozen=True, slots=True)
class Desk:
    """today: gives the server's day."""

    assistant: Assistant
    tasks: TaskList
    today: Callable[[], date]


Visit = sections.Visit[Words]


def tasks_section(assistant: Assistant, today: Callable[[], date] = date.today) -> Section[Desk, Words]:
    return Section(
        name="tasks", root="/tasks", desk=Desk(assistant, TaskList(), today), words=WORDS, table={("GET", "/tasks"): show, ("GET", "/tasks/export"): export},
        kind="wide", styles=("tasks.css",), scripts=("source.js", "tasks.js"),
    )  # fmt: skip


def show(desk: Desk, visit: Visit) -> Page:
    asked = asked_of(visit.form, desk.today())
    entries = desk.tasks.entries(desk.assistant.seen_by(visit.principal), desk.today())
    lines = chosen(entries, asked.wanted)
    shown = Shown(
        lines, states_in(entries, asked.wanted), choices_of(entries, MOST_CHOICES), len(entries), visit.principal.may("export"),
        tallies_of(lines) if asked.charts else None,
    )  # fmt: skip
    return tasks_page(asked, shown, visit.words)


def export(desk: Desk, visit: Visit) -> Response:
    """Give exactly the tasks that the page shows on all its pages, each once, as a file."""
    visit.principal.check("export")
    form = visit.form.text("format")
    if form not in FORMATS:
        raise Refused(400, "unknown_format", f"没有这种格式: {form[:20]!r}", f"可用: {'、'.join(FORMATS)}")
    asked = asked_of(visit.form, desk.today())
    entries = desk.tasks.entries(desk.assistant.seen_by(visit.principal), desk.today())
    rows = tasks_of(chosen(entries, asked.wanted))
    content = matrix_file(rows, form)
    note_export(desk.assistant.store.database, visit.principal, "tasks", form, count=len(rows))
    return as_file(content, TYPES[form], f"{visit.words('title')}-{desk.today().isoformat()}.{form}")
