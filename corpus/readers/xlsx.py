"""Excel workbooks (.xlsx): every visible sheet as tables, each cell as the program prints it.

Read from the XML itself, because what a cell shows lies in number formats, merged ranges and hidden rows, which fast readers
of values leave out. Formulas are read by their stored results; macros and linked files are never touched.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from corpus.errors import DocumentTooLarge, UnreadableDocument
from corpus.readers.assemble import assemble
from corpus.readers.number_formats import BUILT_IN, plain, printed, shows_nothing
from corpus.readers.package import Element, Package, number_in, open_package
from corpus.readers.sheets import MAX_CELLS, Area, Sheet, notes_of, pieces_of
from corpus.readers.word_xml import child, children, local, value_of
from corpus.types import Source

SUFFIXES: tuple[str, ...] = (".xlsx", ".xlsm")
PRELOAD = ("lxml.etree",)

MAX_COLUMNS = 16_384
"""Columns that Excel has; a row with more cells was not written by any program."""
_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_INCOMPLETE = "请用 Excel 或 WPS 打开后另存为 .xlsx 再添加"
_RETURN = re.compile(r"_x000[DdAa]_")
# Cells whose text is stored as it is shown: results of formulas, errors, logical values, dates in words.
_STORED: dict[str, Callable[[str], str]] = {
    "str": lambda stored: _RETURN.sub("\n", stored),
    "e": str,
    "b": lambda stored: "TRUE" if stored == "1" else "FALSE",
    "d": lambda stored: stored.removesuffix("T00:00:00"),
}
_SOLID = ("solid", "darkGray", "mediumGray")


@dataclass(frozen=True, slots=True)
class _Format:
    """Number format of a cell style; unseen: white letters on no colour, or a format that shows nothing."""

    form: str = ""
    unseen: bool = False


@dataclass(frozen=True, slots=True)
class _Book:
    strings: tuple[str, ...]
    formats: tuple[_Format, ...]
    epoch_1904: bool


def read(data: bytes, name: str) -> Source:
    """Read a workbook: sheets in their order, with sheet and cell of every line."""
    package = open_package(data)
    main = next((path for kind, path in package.related("").values() if kind == "officeDocument" and package.has(path)), "xl/workbook.xml")
    root = package.xml(main)
    if root is None or child(root, "sheets") is None:
        raise UnreadableDocument("malformed", "文件中没有工作簿", _INCOMPLETE)
    related = package.related(main)
    parts = {kind: path for kind, path in related.values()}
    properties = child(root, "workbookPr")
    book = _Book(
        _strings(package, parts.get("sharedStrings", "")),
        _formats(package.xml(parts.get("styles", ""))),
        properties is not None and value_of(properties, "date1904") in ("1", "true"),
    )
    sheets: list[Sheet] = []
    hidden = 0
    for node in children(child(root, "sheets"), "sheet"):
        kind, path = related.get(value_of(node, "id"), ("", ""))
        if kind != "worksheet" or not package.has(path):
            continue
        sheet = _sheet(package, path, value_of(node, "name"), book)
        if value_of(node, "state") in ("hidden", "veryHidden"):
            hidden += bool(sheet.cells)
        else:
            sheets.append(sheet)
    title, pieces = pieces_of(sheets)
    return assemble(pieces, "xlsx", title=title, notes=notes_of(sheets, hidden))


# ---------------------------------------------------------------- parts


def _elements(package: Package, name: str, *tags: str) -> Iterator[Element]:
    """Yield elements of a part as they end, and free them: a sheet may hold millions."""
    from lxml import etree

    data = package.read(name)
    if b"<!DOCTYPE" in data[:2000]:
        raise UnreadableDocument("malformed", "文件带有文档类型声明,Office 文件不应有", _INCOMPLETE)
    try:
        wanted = [f"{{*}}{tag}" for tag in tags]
        for _, node in etree.iterparse(io.BytesIO(data), tag=wanted, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False):
            yield node
            node.clear()
            while node.getprevious() is not None and local(node.getprevious()) == local(node):
                del node.getparent()[0]
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise UnreadableDocument("malformed", "文件不完整或已损坏:工作表不是有效的 XML", _INCOMPLETE) from error


def _strings(package: Package, name: str) -> tuple[str, ...]:
    return tuple(_text(node) for node in _elements(package, name, "si")) if package.has(name) else ()


def _text(node: Element) -> str:
    """Join the runs of a rich text; the reading aids over characters are left out."""
    parts = [found.text or "" for found in node.iter("{*}t") if local(found.getparent()) != "rPh"]
    return _RETURN.sub("\n", "".join(parts)).replace("\r\n", "\n").replace("\r", "\n")


def _formats(root: Element | None) -> tuple[_Format, ...]:
    if root is None:
        return ()
    own = {value_of(node, "numFmtId"): value_of(node, "formatCode") for node in root.iterfind("{*}numFmts/{*}numFmt")}
    white = [_is_white(font) for font in root.iterfind("{*}fonts/{*}font")]
    solid = [any(value_of(pattern, "patternType") in _SOLID for pattern in fill.iter("{*}patternFill")) or child(fill, "gradientFill") is not None
             for fill in root.iterfind("{*}fills/{*}fill")]  # fmt: skip
    formats = []
    for style in root.iterfind("{*}cellXfs/{*}xf"):
        number = value_of(style, "numFmtId")
        form = own.get(number) or BUILT_IN.get(number_in(number), "")
        font, fill = number_in(value_of(style, "fontId")), number_in(value_of(style, "fillId"))
        pale = 0 <= font < len(white) and white[font] and not (0 <= fill < len(solid) and solid[fill])
        formats.append(_Format(form, pale or shows_nothing(form)))
    return tuple(formats)


def _is_white(font: Element) -> bool:
    colour = child(font, "color")
    if colour is None:
        return False
    return value_of(colour, "rgb").upper() in ("FFFFFFFF", "00FFFFFF", "FFFFFF") or (value_of(colour, "theme") == "0" and not value_of(colour, "tint"))


# ---------------------------------------------------------------- a sheet


def _sheet(package: Package, path: str, name: str, book: _Book) -> Sheet:
    cells: dict[tuple[int, int], str] = {}
    areas: list[Area] = []
    hidden_columns: list[tuple[int, int]] = []
    unseen: set[tuple[int, int]] = set()
    styled = hidden = at_row = 0
    for node in _elements(package, path, "row", "col", "mergeCell", "tablePart"):
        kind = local(node)
        if kind == "row":
            at_row = number_in(value_of(node, "r"), at_row + 1)
            found = _row(node, at_row - 1, book, unseen)
            if value_of(node, "hidden") in ("1", "true"):
                hidden += len(found)
            else:
                cells.update(found)
            if len(cells) > MAX_CELLS:
                raise DocumentTooLarge("too_large", f"工作表有超过 {MAX_CELLS} 个单元格", "请拆分成几个文件后再添加")
        elif kind == "col" and value_of(node, "hidden") in ("1", "true"):
            hidden_columns.append((number_in(value_of(node, "min")) - 1, number_in(value_of(node, "max")) - 1))
        elif kind == "mergeCell" and (area := _area(value_of(node, "ref"))):
            areas.append(area)
        elif kind == "tablePart":
            styled += 1
    # The style of an Excel table puts colour behind white letters.
    gone = {at for at in cells if (at in unseen and not styled) or any(first <= at[1] <= last for first, last in hidden_columns)}
    return Sheet(name, {at: text for at, text in cells.items() if at not in gone}, tuple(areas), hidden + len(gone))


def _row(node: Element, row: int, book: _Book, unseen: set[tuple[int, int]]) -> dict[tuple[int, int], str]:
    found: dict[tuple[int, int], str] = {}
    column = -1
    for count, cell in enumerate(children(node, "c")):
        if count >= MAX_COLUMNS:
            raise UnreadableDocument("malformed", f"工作表的一行有超过 {MAX_COLUMNS} 个单元格", "请用 Excel 或 WPS 打开后另存一份再添加")
        place = _place(value_of(cell, "r"))
        column = place[1] if place else column + 1
        style = number_in(value_of(cell, "s"))
        form = book.formats[style] if 0 <= style < len(book.formats) else _Format()
        text = _value(cell, form.form, book)
        if text.strip():
            found[row, column] = text
            if form.unseen:
                unseen.add((row, column))
    return found


def _value(cell: Element, form: str, book: _Book) -> str:
    kind = value_of(cell, "t") or "n"
    if kind == "inlineStr":
        return _text(cell)
    value = child(cell, "v")
    stored = (value.text or "") if value is not None else ""
    if kind == "s":
        index = number_in(stored, -1)
        return book.strings[index] if 0 <= index < len(book.strings) else ""
    if kind in _STORED:
        return _STORED[kind](stored)
    return _number(stored, form, book)


def _number(stored: str, form: str, book: _Book) -> str:
    try:
        value = float(stored)
    except ValueError:
        return stored
    if not math.isfinite(value):
        return stored
    return printed(value, form, epoch_1904=book.epoch_1904) if form else plain(value)


def _place(address: str) -> tuple[int, int] | None:
    match = _ADDRESS.fullmatch(address)
    if match is None:
        return None
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1


def _area(reference: str) -> Area | None:
    first, _, last = reference.partition(":")
    top, bottom = _place(first), _place(last or first)
    if top is None or bottom is None or bottom[0] < top[0] or bottom[1] < top[1]:
        return None
    return Area(top[0], top[1], bottom[0], bottom[1])
