"""The task matrix in each of its formats."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence

from assistant.export.agenda import ics_of
from assistant.export.delimited import csv_of
from assistant.export.table import text_of
from assistant.export.workbook import xlsx_of
from assistant.tasks.matrix import Task, json_of


def _json(rows: Sequence[Task]) -> bytes:
    return (json.dumps(json_of(rows), ensure_ascii=False) + "\n").encode("utf-8", "replace")


WRITERS: Mapping[str, Callable[[Sequence[Task]], bytes]] = {
    "table": text_of,
    "json": _json,
    "csv": csv_of,
    "xlsx": xlsx_of,
    "ics": ics_of,
}


def matrix_file(rows: Sequence[Task], form: str) -> bytes:
    """Write the task matrix. form: one of WRITERS."""
    return WRITERS[form](rows)
