"""Walk an HTML tree and give its lines: one a block element, each with what is needed to judge it.

The walk keeps its own stack of open elements, so that depth is bounded by the document and not by Python.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from corpus.readers.page import (
    BACKGROUND,
    BLOCKS,
    CARD_LABELS,
    DROPPED_TAGS,
    HIDDEN_STYLE,
    STRUCK,
    WHITE_STYLE,
    is_furniture,
)
from corpus.types import Cell, Span

MAX_COLUMNS = 1000
_LONG_CELL = 3000
_LARGE_PART = 0.34
_NO_CELL = Cell(-1, -1, Span(0, 0))
_WIDE = r"[\u2018-\u201d\u2026\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]"
_WRAP_IN_CHINESE = re.compile(rf"(?<={_WIDE})[ \t\f\r]*\n[ \t\f\r\n]*(?={_WIDE})")
_BLANKS = re.compile(r"[ \t\f\r\n]+")
_NUMBERED = re.compile(r"\s*[((]?[0-9一二三四五六七八九十]+[.、))]")


@dataclass(slots=True)
class Line:
    """A line of the page. linked: characters inside its `links` links; probe: its first words as they stand in the file.

    table, cell: number of the data table and cell it belongs to, -1 outside; caption: number of the table it is the caption of.
    """

    text: str
    links: int = 0
    linked: int = 0
    heading: int = 0
    table: int = -1
    cell: Cell = _NO_CELL
    caption: int = -1
    probe: str = ""


@dataclass(slots=True)
class PageWalk:
    """The lines of a page, collected by `read`; hidden: number of elements with text that the page does not show."""

    lines: list[Line] = field(default_factory=list)
    hidden: int = 0
    n_tables: int = 0
    _parts: list[str] = field(default_factory=list)
    _line: Line = field(default_factory=lambda: Line(""))
    _heading: int = 0
    _link_depth: int = 0
    _preformatted: int = 0
    _outside: bool = False
    _cards: list[int] = field(default_factory=list)
    _size: int = 0
    _numbers: dict[int, int] = field(default_factory=dict)
    _layout: frozenset[int] = frozenset()

    def read(self, root: LexborNode, *, content: LexborNode | None = None) -> None:
        """Collect the lines below `root`; with `content`, from outside it only headings and document data."""
        self._size = max(1, len(root.text()))
        self._layout = _tables_with_tables(root)
        self._outside = content is not None
        self._walk(root, content)

    def _walk(self, root: LexborNode, content: LexborNode | None = None) -> None:
        for node, opens in _events(root, self._enters):
            if content is not None and node.mem_id == content.mem_id:
                self._break()
                self._outside = not opens
            if node.is_text_node:
                self._text(node.text_content or "")
            elif opens:
                self._open(node)
            else:
                self._close(node)
        self._break()

    # ------------------------------------------------------------ what to go into

    def _enters(self, node: LexborNode) -> bool:
        """Decide whether the walk goes into an element; data tables are read as a whole here."""
        tag = node.tag or ""
        if tag in DROPPED_TAGS or not node.is_element_node:
            self.hidden += tag == "del"
            return False
        attributes = node.attributes
        if tag in STRUCK or "hidden" in attributes or _is_unseen(node, attributes.get("style") or ""):
            self.hidden += bool(node.text().strip())
            return False
        names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
        if (tag == "header" or (names != " " and is_furniture(names))) and self._may_drop(node):
            return False
        if tag == "table" and node.mem_id not in self._layout:
            return not self._data_table(node)
        return True

    def _may_drop(self, node: LexborNode) -> bool:
        """A page that names its own content 'share' keeps it: large parts, titles and document data are no furniture."""
        text = node.text()
        large = len(text) > _LARGE_PART * self._size
        return not large and node.css_first("h1") is None and len(CARD_LABELS.findall(text[:3000])) < 2

    # ------------------------------------------------------------ elements

    def _open(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if tag == "br":
            self._break()
        elif tag == "a":
            self._link_depth += 1
            self._line.links += 1
        elif tag in BLOCKS:
            self._break()
            if tag[0] == "h" and tag[1:].isdigit():
                self._heading = int(tag[1:])
            elif tag == "pre":
                self._preformatted += 1
            elif tag == "li":
                self._number(node)
            if self._is_card(node):
                self._cards.append(node.mem_id)

    def _close(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if tag == "a":
            self._link_depth -= 1
        elif tag in BLOCKS:
            self._break()
            if tag[0] == "h" and tag[1:].isdigit():
                self._heading = 0
            elif tag == "pre":
                self._preformatted -= 1
            if self._cards and self._cards[-1] == node.mem_id:
                self._cards.pop()

    def _is_card(self, node: LexborNode) -> bool:
        """Tell the block of document data beside the content element."""
        if not self._outside or self._cards or node.tag not in ("div", "dl", "p", "section", "table", "ul"):
            return False
        text = node.text()
        return len(text) < _LONG_CELL and len(CARD_LABELS.findall(text)) >= 2

    def _number(self, node: LexborNode) -> None:
        """Print the number of an item of a numbered list, as the browser does."""
        parent = node.parent
        if parent is None or parent.tag != "ol":
            return
        start = parent.attributes.get("start") or "1"
        first = int(start) if start.isdecimal() and len(start) < 7 else 1
        number = self._numbers.get(parent.mem_id, first)
        self._numbers[parent.mem_id] = number + 1
        if not _NUMBERED.match(node.text()[:20]):
            self._parts.append(f"{number}.")

    def _text(self, text: str) -> None:
        if self._preformatted:
            first, *rest = text.split("\n")
            self._add(first)
            for line in rest:
                self._break()
                self._add(line)
        else:
            self._add(text)

    def _add(self, text: str) -> None:
        self._parts.append(text)
        if self._link_depth > 0:
            self._line.linked += len("".join(text.split()))
        if not self._line.probe:
            stripped = text.strip()
            self._line.probe = stripped[: stripped.find("\n")] if "\n" in stripped else stripped[:40]

    def _break(self) -> None:
        """End the current line."""
        text = "".join(self._parts)
        if "\n" in text:
            text = _WRAP_IN_CHINESE.sub("", text)
        line, line.text, line.heading = self._line, _BLANKS.sub(" ", text).strip(), self._heading
        self._parts = []
        self._line = Line("")
        if line.text and (not self._outside or self._cards or line.heading == 1):
            self.lines.append(line)

    # ------------------------------------------------------------ tables

    def _data_table(self, table: LexborNode) -> bool:
        """Read a table of data into lines, one a cell; False for a table that only lays out the page."""
        cells = _grid(table)
        if not _is_data(cells) or (self._outside and not self._cards and not self._is_card(table)):
            return False
        self._break()
        number = self.n_tables
        self.n_tables += 1
        caption = table.css_first("caption")
        for node, cell in [*([(caption, None)] if caption is not None else []), *cells]:
            inner = PageWalk(_size=self._size)
            inner._walk(node)
            self.hidden += inner.hidden
            for line in inner.lines or [Line("")]:
                line.table, line.cell, line.caption = (-1, _NO_CELL, number) if cell is None else (number, cell, -1)
                self.lines.append(line)
        return True


def _events(root: LexborNode, enters: Callable[[LexborNode], bool]) -> Iterator[tuple[LexborNode, bool]]:
    """Yield every node below `root` when it opens, and elements again when they close."""
    node = root.child
    stack: list[LexborNode] = []
    while node is not None or stack:
        if node is None:
            node = stack.pop()
            yield node, False
            node = node.next
            continue
        if node.is_text_node:
            yield node, True
        elif enters(node):
            yield node, True
            stack.append(node)
            node = node.child
            continue
        node = node.next


def _is_unseen(node: LexborNode, style: str) -> bool:
    """Tell what the page does not show: by its style, or white letters where no colour is set behind them.

    Inside tables white letters stay: the colour of a header comes from style sheets.
    """
    if HIDDEN_STYLE.search(style):
        return True
    if not WHITE_STYLE.search(style):
        return False
    around: LexborNode | None = node
    while around is not None and around.is_element_node:
        attributes = around.attributes
        if around.tag == "table" or "bgcolor" in attributes or BACKGROUND.search(attributes.get("style") or ""):
            return False
        around = around.parent
    return True


def _tables_with_tables(root: LexborNode) -> frozenset[int]:
    """Give the ids of tables that hold another table: those lay out the page."""
    layout: set[int] = set()
    for table in root.css("table table"):
        node = table.parent
        while node is not None and node.mem_id not in layout and node.mem_id != root.mem_id:
            if node.tag == "table":
                layout.add(node.mem_id)
            node = node.parent
    return frozenset(layout)


def _is_data(cells: list[tuple[LexborNode, Cell]]) -> bool:
    rows = {cell.row for _, cell in cells}
    columns = {cell.column for _, cell in cells}
    if len(columns) < 2 or (len(rows) < 2 and len(columns) < 4):
        return False
    return all(len(node.text()) <= _LONG_CELL for node, _ in cells)


def _grid(table: LexborNode) -> list[tuple[LexborNode, Cell]]:
    """Place the cells of a table in rows and columns as a browser does; merged areas are clamped to the table."""
    rows = table.css("tr")
    placed = []
    taken: dict[int, int] = {}
    for row, tr in enumerate(rows):
        column = 0
        for node in tr.iter():
            if node.tag not in ("td", "th"):
                continue
            while taken.get(column, 0) > row:
                column += 1
            if column >= MAX_COLUMNS:
                break
            down, across = min(_span(node, "rowspan"), len(rows) - row), min(_span(node, "colspan"), MAX_COLUMNS - column)
            header = node.tag == "th" or (tr.parent is not None and tr.parent.tag == "thead")
            placed.append((node, Cell(row, column, Span(0, 0), down, across, header)))
            if down > 1:
                taken.update(dict.fromkeys(range(column, column + across), row + down))
            column += across
    return placed


def _span(node: LexborNode, attribute: str) -> int:
    value = (node.attributes.get(attribute) or "").strip()
    # HTML caps rowspan at 65,534; rowspan=0 means to the end of the table.
    if value == "0" and attribute == "rowspan":
        return 65_534
    return max(1, min(int(value), 65_534)) if value.isdecimal() and len(value) < 12 else 1
