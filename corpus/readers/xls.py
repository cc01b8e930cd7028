"""Old workbooks (.xls, .et of WPS) and OpenDocument sheets (.ods), through calamine, which reads values and merged ranges.

It does not tell number formats: a percentage is shown as the number that is stored, a date as Excel prints dates by default.
"""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta
from types import TracebackType
from typing import Any

from corpus.errors import UnreadableDocument
from corpus.readers import xlsx
from corpus.readers.assemble import assemble
from corpus.readers.content import FLAT_SHEET, ZIP, kind_of
from corpus.readers.number_formats import plain, printed_day
from corpus.readers.office import converted
from corpus.readers.package import number_in, open_package
from corpus.readers.sheets import Area, Sheet, notes_of, pieces_of
from corpus.readers.word_xml import value_of
from corpus.types import Source

SUFFIXES: tuple[str, ...] = (".xls", ".et", ".ods")
PRELOAD = ("python_calamine", "lxml.etree")

_RESAVE = "请用 Excel 或 WPS 打开后另存为 .xlsx 再添加"


def read(data: bytes, name: str) -> Source:
    """Read a workbook: sheets in their order, with sheet and cell of every line."""
    if kind_of(data) == FLAT_SHEET:
        return xlsx.read(converted(data, ".xml", ".xlsx"), name)
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    merged = _merged(data) if data.startswith(ZIP) else {}
    sheets: list[Sheet] = []
    hidden = 0
    try:
        with _NoPanic():
            book = CalamineWorkbook.from_filelike(io.BytesIO(data))
            for about in book.sheets_metadata:
                if about.typ != SheetTypeEnum.WorkSheet:
                    continue
                sheet = _sheet(book.get_sheet_by_name(about.name), about.name, merged.get(about.name, ()))
                if about.visible != SheetVisibleEnum.Visible:
                    hidden += bool(sheet.cells)
                else:
                    sheets.append(sheet)
    except PasswordError as error:
        raise UnreadableDocument("encrypted", "文件设有打开密码", "请用 Office 或 WPS 打开,去掉密码后另存一份再添加") from error
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise UnreadableDocument("malformed", "文件不完整或已损坏:工作簿读不出来", _RESAVE) from error
    title, pieces = pieces_of(sheets)
    return assemble(pieces, "xls", title=title, notes=notes_of(sheets, hidden))


class _NoPanic:
    """Turns a panic of the Rust library into a refusal: it derives from BaseException and has no name to import."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if kind is not None and kind.__name__ == "PanicException":
            raise UnreadableDocument("malformed", "文件不完整或已损坏:工作簿读不出来", _RESAVE) from error


def _sheet(sheet: Any, name: str, merged: tuple[Area, ...]) -> Sheet:
    start = sheet.start or (0, 0)
    cells = {
        (start[0] + row, start[1] + column): text
        for row, values in enumerate(sheet.to_python(skip_empty_area=True))
        for column, value in enumerate(values)
        if (text := _shown(value)).strip()
    }
    areas = tuple(Area(top, left, bottom, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ())
    return Sheet(name, cells, areas or merged)


def _merged(data: bytes) -> dict[str, tuple[Area, ...]]:
    """Give the merged ranges of an OpenDocument sheet by the sheet's name; calamine tells those of the old format only."""
    root = open_package(data).xml("content.xml")
    found: dict[str, tuple[Area, ...]] = {}
    for table in root.iter("{*}table") if root is not None else ():
        areas = []
        row = 0
        for node in table.iter("{*}table-row"):
            column = 0
            for cell in node:
                down = number_in(value_of(cell, "number-rows-spanned"), 1)
                across = number_in(value_of(cell, "number-columns-spanned"), 1)
                if down > 1 or across > 1:
                    areas.append(Area(row, column, row + down - 1, column + across - 1))
                column += number_in(value_of(cell, "number-columns-repeated"), 1)
            row += number_in(value_of(node, "number-rows-repeated"), 1)
        found[value_of(table, "name")] = tuple(areas)
    return found


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return plain(value)
    if isinstance(value, datetime | date):
        return printed_day(value)
    if isinstance(value, time):
        return f"{value.hour}:{value.minute:02d}"
    if isinstance(value, timedelta):
        return str(value)
    return str(value).replace("\r\n", "\n").replace("\r", "\n")
