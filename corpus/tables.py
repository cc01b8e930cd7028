"""Tables: real grids with merged cells filled, and task lists that a web page flattened to one cell per line."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.marks import Mark
from corpus.types import Span


@dataclass(frozen=True, slots=True)
class TaskList:
    """A flattened task list. marks: the group headings inside it, for the outline."""

    span: Span
    marks: tuple[Mark, ...] = ()


def find_lists(text: str) -> tuple[TaskList, ...]:
    """Find the flattened task lists of a narrow text."""
    return ()
