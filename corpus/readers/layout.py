"""Pages → `Source`: the canonical text with one paragraph or table cell a line, and for every printed line its page and box."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from statistics import median

from corpus.readers.aligned import aligned
from corpus.readers.cells import JoinedTable, append, filled, goes_on, joined_table
from corpus.readers.flow import Item, PageTable, Placed, reading_order
from corpus.readers.margins import without_furniture
from corpus.readers.pages import Glyph, Page
from corpus.readers.paragraphs import Style, body_size, paragraphs, style_of
from corpus.readers.printed import Line, fragments, joined
from corpus.readers.ruled import grids
from corpus.types import Anchor, Cell, Note, Source, Span, Table

SURE = 0.88
"""Below this mean confidence the text of a recognised page is doubtful."""

_SURE_LINE = 0.7
_MOST_LINE_NOTES = 50
_FULL_LINES = 3
_SMALL = 0.85
_NOTE = re.compile(r"[①-⑳*※]|[\[［(（〔]?\d{1,2}[\]］)）〕]|注\s?[:：\d]")
_TITLE = 1.2


@dataclass(slots=True)
class _Writer:
    """The canonical text as it grows."""

    parts: list[str] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    at: int = 0

    def paragraph(self, lines: Sequence[Line]) -> Span:
        """Write one line of the text; an empty one is not written."""
        text = ""
        start = self.at
        for line in lines:
            longer = joined(text, line.text)
            box = tuple(round(value, 1) for value in line.box)
            sure = round(line.sure, 3) if line.sure < 1 else None
            self.anchors.append(Anchor(start + len(longer) - len(line.text), page=line.page, box=(box[0], box[1], box[2], box[3]), sure=sure))
            text = longer
        if not text:
            return Span(max(start - 1, 0), max(start - 1, 0))
        self.parts.append(text)
        self.at += len(text) + 1
        return Span(start, start + len(text))

    def table(self, table: JoinedTable) -> None:
        cells = []
        for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.column)):
            spans = [self.paragraph(part) for part in cell.parts] or [self.paragraph(())]
            cells.append(Cell(cell.row, cell.column, Span(spans[0].start, spans[-1].end), cell.row_span, cell.column_span, cell.header))
        written = [cell.span for cell in cells if len(cell.span)]
        if written:
            self.tables.append(Table(Span(written[0].start, written[-1].end), tuple(cells)))


def source_of(pages: Sequence[Page], format: str) -> Source:
    """Lay out the pages as one text. The source has no words where the pages have none."""
    tables = [_tables(page) for page in pages]
    rest = [fragments(_outside(page, own), page.number) for page, own in zip(pages, tables, strict=True)]
    body = body_size([line for part in rest for line in part] or [line for own in tables for t in own for c in t.cells for line in c.lines])
    rest = without_furniture(rest, [page.height for page in pages], body)
    for at, page in enumerate(pages):
        more, rest[at] = aligned(rest[at], page.rules, page.number)
        tables[at] += more
    flows = [reading_order(part, own) for part, own in zip(rest, tables, strict=True)]
    flows = [_with_notes(flow, page, body) for flow, page in zip(flows, pages, strict=True)]
    flows = _with_document_edges(flows, [page.width for page in pages], body)
    items = [item for flow in flows for item in flow]
    style = style_of([item for item in items if isinstance(item, Placed)])
    writer = _Writer()
    for block in _blocks(items, style):
        if isinstance(block, JoinedTable):
            writer.table(block)
        else:
            writer.paragraph([item.line for item in block])
    title = _title(flows[0], style) if flows else ""
    return Source("\n".join(writer.parts), format, "", title, tuple(writer.tables), (), tuple(writer.anchors))


def _tables(page: Page) -> list[PageTable]:
    found: list[PageTable] = []
    for grid in grids(page.rules):
        taken = [table.box for table in found]
        inside = [g for g in page.glyphs if grid.box.holds(g.x, g.y) and not any(box.holds(g.x, g.y) for box in taken)]
        table = filled(grid, inside, page.number)
        if table is not None and len({cell.place.column for cell in table.cells}) > 1:
            found.append(table)
    return found


def _outside(page: Page, tables: Sequence[PageTable]) -> Iterator[Glyph]:
    return (glyph for glyph in page.glyphs if not any(table.box.holds(glyph.x, glyph.y) for table in tables))


def _with_document_edges(flows: Sequence[list[Item]], widths: Sequence[float], body: float) -> list[list[Item]]:
    """Widen the edges of a page's text to those of the document: a page with few lines does not show where lines end."""
    lines = [item for flow in flows for item in flow if isinstance(item, Placed) and item.whole and abs(item.line.size - body) < 1]
    if not lines:
        return list(flows)
    left, right = median(item.left for item in lines), median(item.right for item in lines)
    full = sum(item.line.box.x1 > right - 1.5 * body for item in lines)
    if full < max(_FULL_LINES, 0.1 * len(lines)) or right - left < 0.5 * median(widths):
        # No line seems to reach the edge: then the margins are taken to be equal.
        right = max(right, median(widths) - min(item.left for item in lines) - body)

    def edged(item: Item) -> Item:
        if not isinstance(item, Placed) or not item.whole:
            return item
        return replace(item, left=left if left < item.left < left + 4 * body else item.left, right=max(item.right, right))

    return [[edged(item) for item in flow] for flow in flows]


def _with_notes(flow: list[Item], page: Page, body: float) -> list[Item]:
    """Mark the footnotes: small print at the foot of a page, under a short line or with a mark of their own."""
    at = len(flow)
    while at:
        item = flow[at - 1]
        if not isinstance(item, Placed) or item.line.size > _SMALL * body or item.line.box.top < page.height / 2:
            break
        at -= 1
    notes = [item for item in flow[at:] if isinstance(item, Placed)]
    if not notes or not flow[:at]:
        return flow
    top = notes[0].line.box.top
    above = any(r.horizontal and r.x1 - r.x0 < 0.5 * page.width and top - 3 * body < r.y0 <= top + 2 for r in page.rules)
    if not above and not _NOTE.match(notes[0].line.text):
        return flow
    return [*flow[:at], *(replace(note, note=True) for note in notes)]


_Block = JoinedTable | list[Placed]


def _blocks(items: Iterable[Item], style: Style) -> Iterator[_Block]:
    """Yield paragraphs and tables; the parts of a table on following pages are one."""
    lines: list[Placed] = []
    table: JoinedTable | None = None
    for item in items:
        if isinstance(item, Placed):
            if table is not None:
                yield table
                table = None
            lines.append(item)
            continue
        yield from _with_held_notes(lines, style)
        lines = []
        if table is not None and goes_on(table, item):
            append(table, item)
        else:
            if table is not None:
                yield table
            table = joined_table(item)
    if table is not None:
        yield table
    yield from _with_held_notes(lines, style)


def _with_held_notes(lines: Sequence[Placed], style: Style) -> Iterator[list[Placed]]:
    """Yield the paragraphs; a footnote comes after the paragraph that goes on over the page's end."""
    held = [(at - n, item) for n, (at, item) in enumerate((at, item) for at, item in enumerate(lines) if item.note)]
    done = 0
    for paragraph in paragraphs((item for item in lines if not item.note), style):
        yield paragraph
        done += len(paragraph)
        ready = [item for at, item in held if at <= done]
        held = held[len(ready) :]
        yield from paragraphs(ready, replace(style, indented=False))
    yield from paragraphs([item for _, item in held], replace(style, indented=False))


def _title(first: Sequence[Item], style: Style) -> str:
    """Give the first lines on the first page that are set much larger than the text."""
    placed = [item for item in first if isinstance(item, Placed)]
    for block in paragraphs(placed, style):
        if block[0].line.size >= _TITLE * style.size and len(block[0].line.text) > 3:
            text = ""
            for item in block:
                text = joined(text, item.line.text)
            return text
    return ""


# ---------------------------------------------------------------- how sure the text is


def doubtful(source: Source) -> tuple[Note, ...]:
    """Give the notes for pages that were recognised with low confidence, and for single lines of other pages."""
    ends = [anchor.start for anchor in source.anchors[1:]] + [len(source.text)]
    read = [(a, Span(a.start, end), a.sure) for a, end in zip(source.anchors, ends, strict=True) if a.sure is not None]
    notes: list[Note] = []
    poor: set[int | None] = set()
    for page in dict.fromkeys(anchor.page for anchor, _, _ in read):
        own = [(span, sure) for anchor, span, sure in read if anchor.page == page]
        mean = sum(len(span) * sure for span, sure in own) / max(sum(len(span) for span, _ in own), 1)
        if mean < SURE:
            poor.add(page)
            message = f"第 {page} 页由图像识别,把握较低(平均 {mean:.0%}),请对照原件核实"
            notes.append(Note("ocr_doubtful", message, Span(own[0][0].start, own[-1][0].end)))
    for anchor, span, sure in read:
        if sure < _SURE_LINE and anchor.page not in poor and len(notes) < _MOST_LINE_NOTES:
            notes.append(Note("ocr_doubtful", f"第 {anchor.page} 页的这一行识别把握较低({sure:.0%}),请对照原件核实", span))
    return tuple(notes)


def shown_pages(numbers: Iterable[int]) -> str:
    """Print page numbers: 第 1—3、7 页; a long list is cut."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    shown = "、".join(f"{run[0]}—{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs[:8])
    return f"第 {shown} {'等' if len(runs) > 8 else ''}页"
