"""The task matrix as an Excel workbook: header frozen, every column filterable, dates as dates, no formulas."""

from __future__ import annotations

import io
from collections.abc import Sequence

from assistant.tasks.matrix import COLUMNS, Task, cells_of

LONGEST_CELL = 32_767
INERT = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
DATE_COLUMN = 4


def xlsx_of(rows: Sequence[Task]) -> bytes:
    """Write the rows as one sheet of an .xlsx file."""
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, INERT) as workbook:
        sheet = workbook.add_worksheet("任务清单")
        head = workbook.add_format({"bold": True, "bg_color": "#DCE6F1", "border": 1, "text_wrap": True})
        text = workbook.add_format({"text_wrap": True, "valign": "top"})
        day = workbook.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"})
        for number, column in enumerate(COLUMNS):
            sheet.set_column(number, number, column.width)
            sheet.write_string(0, number, column.heading, head)
        for line, row in enumerate(rows, 1):
            for number, cell in enumerate(cells_of(row)):
                if number == DATE_COLUMN and row.until:
                    sheet.write_datetime(line, number, row.until, day)
                elif cell:
                    sheet.write_string(line, number, cell[:LONGEST_CELL], text)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(rows), 1), len(COLUMNS) - 1)
    return buffer.getvalue()
