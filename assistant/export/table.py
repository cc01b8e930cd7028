"""The task matrix as a table in the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.tasks.matrix import COLUMNS, Task, cells_of

if TYPE_CHECKING:
    from rich.table import Table

SHOWN = (0, 1, 2, 3, 6)
"""The columns a terminal has room for."""


def table_of(rows: Sequence[Task]) -> Table:
    """Make a printable table; document text is shown as it is, never read as markup."""
    from rich.table import Table
    from rich.text import Text

    table = Table(show_lines=True)
    for number in SHOWN:
        table.add_column(COLUMNS[number].heading, ratio=COLUMNS[number].width, overflow="fold")
    for row in rows:
        cells = cells_of(row)
        table.add_row(*(Text(cells[number]) for number in SHOWN))
    return table


def text_of(rows: Sequence[Task], *, width: int = 160) -> bytes:
    """Write the table as text of `width` columns, UTF-8."""
    import io

    from rich.console import Console

    buffer = io.StringIO()
    Console(file=buffer, width=width, color_system=None).print(table_of(rows))
    return buffer.getvalue().encode("utf-8", "replace")
