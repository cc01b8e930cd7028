"""The task matrix as CSV (RFC 4180) that Excel opens with the right characters and without running anything."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from assistant.tasks.matrix import COLUMNS, Task, cells_of

FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")


def inert(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet would read as a formula (OWASP, CSV injection)."""
    return "'" + text if text.lstrip(" \u3000\u00a0").startswith(FORMULA_STARTS) else text


def csv_of(rows: Sequence[Task]) -> bytes:
    """Write the rows as CSV in UTF-8 with a byte order mark, which Excel needs to see that it is UTF-8."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow([column.heading for column in COLUMNS])
    writer.writerows([[inert(cell) for cell in cells_of(row)] for row in rows])
    return buffer.getvalue().encode("utf-8-sig", "replace")
