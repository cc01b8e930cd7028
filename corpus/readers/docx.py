"""Word files (.docx): one paragraph or line of a cell a line, with the numbers that Word prints by itself.

Left out: headers and footers, deleted text, tables of contents, comments. Text that is not shown (hidden, white, tiny) is no
evidence and is reported. Macros and linked files are never touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from corpus.errors import UnreadableDocument
from corpus.marks import find_marks
from corpus.readers.assemble import Piece, assemble
from corpus.readers.joining import rejoined
from corpus.readers.package import Element, Package, number_in, open_package
from corpus.readers.word_numbering import Numbering, numbering_of
from corpus.readers.word_runs import RunReader, Tally
from corpus.readers.word_styles import Style, Styles, is_shaded, paragraph_of, styles_of
from corpus.readers.word_xml import child, children, is_on, local, value_of
from corpus.types import Cell, Note, Source, Span
from corpus.width import narrow

SUFFIXES: tuple[str, ...] = (".docx", ".docm")
PRELOAD = ("lxml.etree",)

MAX_COLUMNS = 1000
_LONG_CELL = 3000
_HEADING_LIMIT = 60
_WORDS_A_PICTURE = 200
_BLANKS = re.compile(r"[ \t\u00a0\u3000]+")
_CONTENTS = re.compile(r"目\s*[录次]")
_AROUND = frozenset(("sdtContent", "customXml", "ins", "moveTo", "smartTag"))


@dataclass(frozen=True, slots=True)
class Reading:
    """The lines of a Word file before they become text. title: of the title style, "" for none."""

    pieces: tuple[Piece, ...]
    title: str
    notes: tuple[Note, ...]


def read(data: bytes, name: str) -> Source:
    """Read a Word file: paragraphs, headings, tables with merged cells, text boxes, notes."""
    found = read_package(open_package(data))
    return assemble(found.pieces, "docx", title=found.title, notes=found.notes)


def read_package(package: Package) -> Reading:
    """Read the main part of an open container; raise UnreadableDocument ("malformed", "no_text")."""
    main = main_part(package)
    root = package.xml(main)
    body = child(root, "body") if root is not None else None
    if body is None:
        raise UnreadableDocument("malformed", "文件中没有 Word 正文", "请用 Word 或 WPS 打开后另存为 .docx 再添加")
    parts = {kind: path for kind, path in package.related(main).values()}
    document = _Walk(styles_of(package.xml(parts.get("styles", ""))), numbering_of(package.xml(parts.get("numbering", ""))))
    pieces = document.blocks(body)
    pieces += document.notes_of({kind: package.xml(parts.get(f"{kind}s", "")) for kind in ("footnote", "endnote")})
    pieces = _without_contents_heading(pieces, document.contents)
    if not any(c.isalnum() for piece in pieces for c in piece.text):
        raise _without_text(document.tally)
    if not document.tally.pages_known:
        pieces = [replace(piece, page=None) for piece in pieces]
    title = document.title if len(document.title) >= 4 else ""
    size = sum(len(piece.text) for piece in pieces)
    return Reading(tuple(rejoined(_consistent(pieces))), title, tuple(_remarks(document.tally, size)))


def main_part(package: Package) -> str:
    """Find the part that holds the text: by its relationship, else by its usual name."""
    for kind, path in package.related("").values():
        if kind == "officeDocument" and package.has(path):
            return path
    return "word/document.xml"


def _without_text(tally: Tally) -> UnreadableDocument:
    if tally.pictures:
        return UnreadableDocument("no_text", f"Word 文件中没有文字,只有 {tally.pictures} 张图片", "请把图片另存为图片文件或扫描成 PDF 后再添加")
    hidden = ",只有隐藏文字" if tally.unseen else ""
    return UnreadableDocument("no_text", f"Word 文件中没有文字{hidden}", "请检查文件是否保存完整")


def _remarks(tally: Tally, size: int) -> list[Note]:
    notes = []
    if tally.unseen:
        notes.append(Note("hidden_text", f"文件中有 {tally.unseen} 处隐藏、白色或极小的文字,没有作为依据", Span(0, 0)))
    if tally.changed:
        notes.append(Note("tracked_changes", f"文件带有尚未接受的修订:{tally.changed} 处删除的文字没有作为依据,插入的文字按已接受读取", Span(0, 0)))
    if tally.foreign:
        notes.append(Note("embedded_unread", f"文件中嵌有 {tally.foreign} 个其他文件,其中的文字没有读取", Span(0, 0)))
    if tally.pictures and size < _WORDS_A_PICTURE * tally.pictures:
        notes.append(Note("pictures_unread", f"文件中有 {tally.pictures} 张图片,图片里的文字没有读取", Span(0, 0)))
    return notes


# ---------------------------------------------------------------- the walk


@dataclass(frozen=True, slots=True)
class _Format:
    """What a paragraph is: heading level, whether it stands in the middle, its list, the look of its text."""

    level: int
    centred: bool
    list_id: str
    list_level: int
    style: Style


@dataclass(slots=True)
class _Walk:
    """One pass through the blocks in document order: automatic numbers depend on all that came before.

    contents: numbers of the pieces before which a table of contents was left out.
    """

    styles: Styles
    numbering: Numbering
    tally: Tally = field(default_factory=Tally)
    title: str = ""
    contents: set[int] = field(default_factory=set)
    _runs: RunReader = field(init=False)
    _boxes: list[Piece] = field(default_factory=list)
    _carried: str = ""
    _line: int = 0
    _tables: int = 0
    _in_cell: int = 0
    _shaded: bool = False

    def __post_init__(self) -> None:
        self._runs = RunReader(self.styles, self.tally, self._box)

    def blocks(self, parent: Iterable[Element]) -> list[Piece]:
        """Read the paragraphs and tables below an element."""
        pieces: list[Piece] = []
        for node in parent:
            name = local(node)
            if name == "p":
                pieces += self._paragraph(node)
            elif name == "tbl":
                pieces += self._table(node)
            elif name == "sdt":
                if not _is_contents(node):
                    for content in children(node, "sdtContent"):
                        pieces += self.blocks(content)
                else:
                    self.contents.add(self._line)
            elif name in _AROUND:
                pieces += self.blocks(node)
            elif name == "AlternateContent":
                chosen = child(node, "Choice")
                pieces += self.blocks(chosen if chosen is not None else child(node, "Fallback") or ())
            elif name == "altChunk":
                self.tally.foreign += 1
        return pieces

    # ------------------------------------------------------------ paragraphs

    def _paragraph(self, node: Element) -> list[Piece]:
        self._line += 1
        line = self._line
        form = self._format(node)
        outer, self._boxes = self._boxes, []
        begun = self._runs.in_contents()
        look = form.style.look.over(self.styles.defaults)
        text = self._runs.text(node, replace(look, shaded=True) if self._shaded else look)
        beside, self._boxes = self._boxes, outer
        if form.style.toc or begun or self._runs.in_contents():
            self.contents.add(line)
            return beside
        if _mark_deleted(node):
            # The paragraph's end was deleted: it goes on in the next.
            self._carried += text
            return beside
        text, self._carried = self._carried + text, ""
        shown = bool(text.strip())
        label = self.numbering.label(form.list_id, form.list_level) if form.list_id and (shown or self._in_cell) else ""
        if not shown and not label:
            return beside
        return [*beside, *self._pieces(label + text.lstrip() if label else text, form, line)]

    def _pieces(self, text: str, form: _Format, line: int) -> list[Piece]:
        lines = [_BLANKS.sub(" ", part).strip() for part in text.split("\n")]
        lines = [part for part in lines if part]
        # A title in the middle is broken where it looks well, not where it ends.
        if len(lines) > 1 and (form.centred or form.level > 0 or form.style.title) and not self._in_cell:
            lines = [_joined(lines)] if sum(map(len, lines)) <= 2 * _HEADING_LIMIT else lines
        if form.style.title and not self.title and lines and not self._in_cell:
            self.title = lines[0]
        page = self.tally.page
        whole = len(lines) == 1 and len(lines[0]) <= _HEADING_LIMIT and not form.style.title
        return [Piece(part, heading=max(form.level, 0) if whole else 0, line=line, page=page) for part in lines]

    def _format(self, node: Element) -> _Format:
        properties = child(node, "pPr")
        named = child(properties, "pStyle") if properties is not None else None
        identity = value_of(named) if named is not None else self.styles.default
        style = self.styles.style(identity)
        level, centred, listed = paragraph_of(properties) if properties is not None else (-1, None, None)
        list_id, list_level = style.list_id, style.list_level
        if list_id and (tied := self.numbering.of_style(identity)) and tied[0] == list_id:
            list_level = tied[1]
        if listed is not None:
            list_id = listed[0] if listed[0] is not None else list_id
            list_level = listed[1] if listed[1] >= 0 else list_level
        if properties is not None and (shade := child(properties, "shd")) is not None and is_shaded(shade):
            style = replace(style, look=replace(style.look, shaded=True))
        middle = style.centred if centred is None else centred
        return _Format(style.level if level < 0 else level, bool(middle), list_id or "", list_level, style)

    def _box(self, content: Element, filled: bool) -> None:
        """Read a text box into lines of their own before the paragraph that holds it."""
        if local(content) == "textpath":
            words = _BLANKS.sub(" ", value_of(content, "string")).strip()
            self._boxes += [Piece(words, line=self._line, page=self.tally.page)] if words else []
            return
        shaded, carried = self._shaded, self._carried
        self._shaded, self._carried = filled, ""
        self._boxes += self.blocks(content)
        self._shaded, self._carried = shaded, carried

    # ------------------------------------------------------------ tables

    def _table(self, table: Element) -> list[Piece]:
        number = self._tables
        self._tables += 1
        shaded, self._shaded = self._shaded, self._shaded or self._is_shaded(table)
        self._in_cell += 1
        cells: list[tuple[Cell, list[Piece]]] = []
        open_cells: dict[int, int] = {}
        row = 0
        for tr in _inside(table, "tr"):
            properties = child(tr, "trPr")
            if properties is not None and is_on(child(properties, "del")):
                self.tally.changed += 1
                continue
            self._row(tr, row, cells, open_cells)
            row += 1
        self._in_cell -= 1
        self._shaded = shaded
        inner = sum(len(piece.text) for _, pieces in cells for piece in pieces if piece.table >= 0)
        if not _is_data([cell for cell, _ in cells], [pieces for _, pieces in cells], inner):
            return [piece for _, pieces in cells for piece in pieces]
        return [
            replace(piece, table=number, cell=cell, heading=0)
            for cell, pieces in cells
            for piece in (pieces or [Piece("", line=self._line)])
        ]

    def _row(self, tr: Element, row: int, cells: list[tuple[Cell, list[Piece]]], open_cells: dict[int, int]) -> None:
        """Read one row. open_cells: column → number of the cell that a vertical merge may go on in."""
        properties = child(tr, "trPr")
        header = properties is not None and is_on(child(properties, "tblHeader"))
        before = child(properties, "gridBefore") if properties is not None else None
        column = min(number_in(value_of(before)), MAX_COLUMNS) if before is not None else 0
        seen: set[int] = set()
        for tc in _inside(tr, "tc"):
            if column >= MAX_COLUMNS:
                break
            own = child(tc, "tcPr")
            width = child(own, "gridSpan") if own is not None else None
            across = max(1, min(number_in(value_of(width), 1), MAX_COLUMNS - column)) if width is not None else 1
            pieces = self._cell(tc, own)
            if _goes_on(own, "hMerge") and cells and cells[-1][0].row == row:
                last, text = cells[-1]
                cells[-1] = replace(last, column_span=last.column_span + across), text + pieces
            elif _goes_on(own, "vMerge") and column in open_cells:
                at = open_cells[column]
                above, text = cells[at]
                cells[at] = replace(above, row_span=row - above.row + 1), text
                seen.add(column)
            else:
                open_cells[column] = len(cells)
                seen.add(column)
                cells.append((Cell(row, column, Span(0, 0), 1, across, header), pieces))
            column += across
        for gone in open_cells.keys() - seen:
            del open_cells[gone]

    def _cell(self, tc: Element, properties: Element | None) -> list[Piece]:
        shade = child(properties, "shd") if properties is not None else None
        shaded, self._shaded = self._shaded, self._shaded or (shade is not None and is_shaded(shade))
        pieces = self.blocks(tc)
        self._shaded = shaded
        return pieces

    def _is_shaded(self, table: Element) -> bool:
        properties = child(table, "tblPr")
        style = child(properties, "tblStyle") if properties is not None else None
        return style is not None and bool(self.styles.style(value_of(style)).look.shaded)

    # ------------------------------------------------------------ notes

    def notes_of(self, roots: dict[str, Element | None]) -> list[Piece]:
        """Give foot- and endnotes in the order in which the text refers to them."""
        pieces: list[Piece] = []
        for kind, identity in list(dict.fromkeys(self.tally.notes)):
            root = roots.get(kind)
            for note in children(root, kind) if root is not None else ():
                if value_of(note, "id") == identity:
                    pieces += self.blocks(note)
        return pieces


def _inside(node: Element, name: str) -> Iterable[Element]:
    """Give rows of a table or cells of a row, also those inside content controls."""
    for found in node:
        kind = local(found)
        if kind == name:
            yield found
        elif kind in _AROUND or kind == "sdt":
            yield from _inside(found, name)


def _goes_on(properties: Element | None, name: str) -> bool:
    merged = child(properties, name) if properties is not None else None
    return merged is not None and value_of(merged) in ("", "continue")


def _is_data(cells: list[Cell], texts: list[list[Piece]], inner: int) -> bool:
    """Tell a table of data from one that only lays out the page."""
    columns, rows = {cell.column for cell in cells}, {cell.row for cell in cells}
    if len(columns) < 2 or (len(rows) < 2 and len(columns) < 3):
        return False
    sizes = [sum(len(piece.text) for piece in pieces) for pieces in texts]
    return max(sizes) <= _LONG_CELL and inner * 2 <= sum(sizes)


def _is_contents(node: Element) -> bool:
    return any(value_of(found) == "Table of Contents" for found in node.iterfind("{*}sdtPr//{*}docPartGallery"))


def _mark_deleted(node: Element) -> bool:
    properties = child(node, "pPr")
    run = child(properties, "rPr") if properties is not None else None
    return run is not None and (child(run, "del") is not None or child(run, "moveFrom") is not None)


def _joined(lines: list[str]) -> str:
    joined = lines[0]
    for line in lines[1:]:
        joined += ("" if max(joined[-1], line[0]) > "\u2e80" else " ") + line
    return joined


def _without_contents_heading(pieces: list[Piece], contents: set[int]) -> list[Piece]:
    """Drop 目录 over a table of contents that was left out."""
    return [
        piece for piece in pieces
        if not (piece.table < 0 and _CONTENTS.fullmatch(piece.text) and piece.line and {piece.line + 1, piece.line + 2} & contents)
    ]  # fmt: skip


def _consistent(pieces: list[Piece]) -> list[Piece]:
    """Leave headings with printed numbers to their numbers where only some of a kind carry a heading style.

    A level is worth something when all of a kind have it: one styled （一） among unstyled ones would rank above its 一、.
    """
    kinds = {at: _kind(piece.text) for at, piece in enumerate(pieces) if piece.table < 0}
    levels: dict[str, set[int]] = {}
    for at, kind in kinds.items():
        if kind:
            levels.setdefault(kind, set()).add(pieces[at].heading)
    mixed = {kind for kind, found in levels.items() if len(found) > 1}
    return [replace(piece, heading=0) if piece.heading and kinds.get(at) in mixed else piece for at, piece in enumerate(pieces)]


def _kind(text: str) -> str:
    marks = find_marks(narrow(text[:20]))
    return marks[0].family if marks and marks[0].start == 0 else ""
