"""What leaves the house as a file is a line of the audit trail: what kind of thing, in which format, how much, by whom."""

from __future__ import annotations

from typing import Literal

from assistant.accounts.people import note
from assistant.accounts.types import Principal
from corpus.database import Database

Exported = Literal["tasks", "conversation", "quiz", "results", "questions", "trail"]

ACTION = "export"


def note_export(database: Database, by: Principal, what: Exported, form: str, *, count: int, title: str = "") -> None:
    """Note an export before the file is handed out: what could not be noted is not handed out either.

    count: of tasks, exchanges, questions, sittings or lines.  title: of a paper; what somebody asked in private is not told.
    """
    named = {"title": title} if title else {}
    with database.writing() as connection:
        note(connection, by.name, ACTION, what, format=form, count=count, **named)
