"""A whole document as HTML, with the cited clause marked and the words that answer marked stronger.

A line of the text becomes a paragraph or a heading. Marks may begin and end anywhere in a line, so a line is cut at every
boundary and each piece carries the classes of all spans that cover it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from assistant.types import Citation
from assistant.web.markup import element, escape
from assistant.web.pictures import has_pictures
from assistant.web.texts import Texts
from corpus.types import Deadline, Document, Mention, Section, Span, Table

_OUTLINE_LEVELS = 2
_MOST_MARKS = 200


@dataclass(frozen=True, slots=True)
class Place:
    """Which part of a document is cited: the clause, and the words inside it that answer. n: number of the citation, 0 for none."""

    clause: Span | None = None
    words: tuple[Span, ...] = ()
    n: int = 0


@dataclass(frozen=True, slots=True)
class _Cover:
    """A span that changes the look of the text under it. title: shown when it is pointed at."""

    span: Span
    kind: str
    title: str = ""


def source_address(citation: Citation) -> str:
    """Give the address of a citation's document, opened at the clause."""
    words = ".".join(f"{start}-{end}" for start, end in citation.highlight[:_MOST_MARKS])
    query = urlencode({"start": citation.start, "end": citation.end, "words": words, "n": citation.n})
    return f"{document_address(citation.document_id)}?{query}#cited"


def document_address(document_id: str) -> str:
    return f"/source/{quote(document_id, safe='')}"


def parse_place(document: Document, address: Mapping[str, str]) -> Place:
    """Read the place from the parameters of an address. What does not lie within the text is left out, not refused."""
    clause = _parse_span(f"{address.get('start', '')}-{address.get('end', '')}")
    if clause is None or clause.end > len(document.text):
        return Place()
    spans = (_parse_span(part) for part in address.get("words", "").split(".")[:_MOST_MARKS])
    n = address.get("n", "")
    number = int(n) if n.isascii() and n.isdigit() and len(n) < 4 else 0
    return Place(clause, tuple(span for span in spans if span and clause.covers(span)), number)


def _parse_span(part: str) -> Span | None:
    start, _, end = part.partition("-")
    if not (start.isascii() and start.isdigit() and end.isascii() and end.isdigit() and len(part) < 24):
        return None
    return Span(int(start), int(end)) if int(start) < int(end) else None


def render_panel(document: Document, place: Place, path: Sequence[str], texts: Texts, address: str) -> str:
    """Write the source panel: where we are, what the document is, then its whole text.

    path: heading path shown on top.  address: the page that shows the same in a window of its own.
    """
    number = element("span", str(place.n), class_="panel-number") if place.n else ""
    page = document.source.page_at(place.clause.start) if place.clause else None
    places = (*path, texts.page.format(n=page)) if page else path
    crumbs = "".join(element("li", escape(name)) for name in places)
    head = (
        element(
            "p", number + escape(texts.cited_clause if place.clause else texts.whole_document), class_="panel-kind"
        ),
        element("h2", escape(document.title), id="panel-title", tabindex="-1"),
        _card(document, texts),
        element("ol", crumbs, class_="panel-path") if crumbs else "",
        _picture(document, place, page, texts) if page and has_pictures(document) else "",
        element("div", _outline(document, texts) + _tools(document, place, texts, address), class_="panel-bar"),
    )
    text = element("div", render_text(document, place, texts), class_="document", lang="zh-CN", tabindex="0")
    return element("header", head, class_="panel-head") + text


def _picture(document: Document, place: Place, page: int, texts: Texts) -> str:
    """Write the page as it looks, fetched only when it is opened."""
    clause = place.clause or Span(0, 0)
    address = f"{document_address(document.id)}/pages/{page}?{urlencode({'start': clause.start, 'end': clause.end})}"
    shown = element("img", "", src=address, alt=texts.page_picture.format(n=page), loading="lazy").removesuffix("</img>")
    summary = element("summary", escape(texts.page_picture.format(n=page)))
    return element("details", summary + element("div", shown, class_="sheet", tabindex="0"), class_="panel-picture")


def path_at(document: Document, place: Place) -> tuple[str, ...]:
    """Give the heading path of the innermost section that holds the whole clause; () when there is none."""
    if place.clause is None:
        return ()
    holding = [section for section in document.sections if section.span.covers(place.clause)]
    return min(holding, key=lambda section: len(section.span)).path if holding else ()


def render_text(document: Document, place: Place, texts: Texts) -> str:
    """Write the whole text: tables of the format as tables, every other line as heading or paragraph."""
    return "".join(_blocks(document, place, texts))


def _card(document: Document, texts: Texts) -> str:
    card = document.card
    issued = card.issued or card.published
    stated = (
        (texts.issuer, card.issuer),
        (texts.number, card.number),
        (texts.issued, issued.isoformat() if issued else ""),
    )
    pairs = "".join(
        element("div", element("dt", escape(label)) + element("dd", escape(value))) for label, value in stated if value
    )
    return element("dl", pairs, class_="panel-card") if pairs else ""


def _tools(document: Document, place: Place, texts: Texts, address: str) -> str:
    window = element("a", escape(texts.new_window), class_="tool", href=address, target="_blank", rel="noopener")
    if place.clause is None:
        return element("p", window, class_="panel-tools")
    copied = f"“{place.clause.of(document.text)}”\n——{document.title}"
    button = element(
        "button", escape(texts.copy_quote), type="button", class_="tool copy", data_text=copied, data_done=texts.copied
    )
    return element("p", button + window, class_="panel-tools")


def _outline(document: Document, texts: Texts) -> str:
    levels = sorted({section.level for section in document.sections if section.title})[:_OUTLINE_LEVELS]
    shown = [section for section in document.sections if section.title and section.level in levels]
    if len(shown) < 2:
        return ""
    entries = "".join(
        element(
            "li",
            element("a", escape(_name(section)), href=f"#{_anchor(section)}"),
            class_=f"depth-{levels.index(section.level)}",
        )
        for section in shown
    )
    return element(
        "details", element("summary", escape(texts.outline)) + element("ol", entries), class_="panel-outline"
    )


def _name(section: Section) -> str:
    return section.path[-1] if section.path else section.title


def _anchor(section: Section) -> str:
    return f"section-{section.index}"


def _blocks(document: Document, place: Place, texts: Texts) -> Iterator[str]:
    headings = {section.heading.start: section for section in document.sections}
    waiting = deque(_covers(document, place, texts))
    covers: list[_Cover] = []
    begun = False
    for block in _lines_and_tables(document):
        span = block.span if isinstance(block, Table) else block
        while waiting and waiting[0].span.start < span.end:
            covers.append(waiting.popleft())
        covers = [cover for cover in covers if cover.span.end > span.start]
        cited = place.clause is not None and place.clause.overlaps(span)
        anchor = "cited" if cited and not begun else None
        begun = begun or cited
        if isinstance(block, Table):
            yield _table(document.text, block, covers, anchor)
        else:
            yield _line(document.text, block, covers, headings, anchor)


def _lines_and_tables(document: Document) -> Iterator[Span | Table]:
    tables = deque(sorted(document.source.tables, key=lambda table: table.span))
    shown: Table | None = None
    for line in _lines(document.text):
        while tables and tables[0].span.start < line.end:
            shown = tables.popleft()
            yield shown
        if shown is None or not shown.span.overlaps(line):
            yield line


def _lines(text: str) -> Iterator[Span]:
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield Span(start, start + len(line))
        start += len(line) + 1


def _covers(document: Document, place: Place, texts: Texts) -> list[_Cover]:
    covers = [_Cover(section.heading, "heading") for section in document.sections if len(section.heading)]
    notes = (*document.notes, *(note for section in document.sections for note in section.notes))
    covers += [_Cover(note.span, "flagged", note.message) for note in notes if len(note.span)]
    if place.clause is not None:
        covers.append(_Cover(place.clause, "cited"))
    covers += [_Cover(span, "words") for span in place.words]
    covers += _columns(document, texts)
    return sorted(covers, key=lambda cover: cover.span)


def _columns(document: Document, texts: Texts) -> Iterator[_Cover]:
    """Name the cells of task lists that were flattened to one cell per line, so that a date or a unit alone can be understood."""
    for duty in document.facts.duties:
        if duty.source != "row":
            continue
        deadline = (duty.deadline,) if duty.deadline else ()
        cells: tuple[tuple[str, Sequence[Mention | Deadline]], ...] = (
            (texts.column_deadline, deadline),
            (texts.column_lead, (duty.lead_text,) if duty.lead_text else duty.lead),
            (texts.column_support, (duty.support_text,) if duty.support_text else duty.support),
        )
        for name, mentions in cells:
            spans = [m.span for m in mentions if not m.inherited and not m.span.overlaps(duty.task.span)]
            if spans:
                yield _Cover(Span(min(spans).start, max(span.end for span in spans)), "column", name)


def _line(text: str, line: Span, covers: Sequence[_Cover], headings: Mapping[int, Section], anchor: str | None) -> str:
    section = next((headings[at] for at in range(line.start, line.end) if at in headings), None)
    content = _pieces(text, line, covers)
    cited = any(cover.kind == "cited" and cover.span.overlaps(line) for cover in covers)
    cell = next((c for c in covers if c.kind == "column" and not text[line.start : c.span.start].strip()), None)
    classes = (["cited-line"] if cited else []) + (["cell"] if cell else [])
    if section is not None:
        content = element("span", id=_anchor(section), class_="anchor") + content
    if section is not None and len(section.heading) >= len(line.of(text).strip()) - 1:
        level = max(3, min(6, section.level + 2))
        return element(f"h{level}", content, id=anchor, class_=" ".join([*classes, f"level-{section.level}"]))
    # A cell that a line break tore apart goes on without its name.
    column = cell.title if cell and cell.span.start >= line.start else None
    return element("p", content, id=anchor, class_=" ".join(classes) or None, data_column=column)


def _pieces(text: str, span: Span, covers: Sequence[_Cover]) -> str:
    here = [cover for cover in covers if cover.span.overlaps(span)]
    cuts = {span.start, span.end}
    for cover in here:
        cuts.update({max(cover.span.start, span.start), min(cover.span.end, span.end)})
    edges = sorted(cuts)
    return "".join(_piece(text, Span(start, end), here) for start, end in zip(edges, edges[1:], strict=False))


def _piece(text: str, span: Span, covers: Sequence[_Cover]) -> str:
    over = [cover for cover in covers if cover.span.covers(span)]
    kinds = {cover.kind for cover in over}
    content = escape(span.of(text))
    if "flagged" in kinds:
        content = element("span", content, class_="flagged", title=";".join(c.title for c in over if c.title))
    if "words" in kinds:
        content = element("strong", content, class_="words")
    if "heading" in kinds:
        content = element("b", content, class_="run-in")
    return element("mark", content) if "cited" in kinds else content


def _table(text: str, table: Table, covers: Sequence[_Cover], anchor: str | None) -> str:
    clause = next((cover.span for cover in covers if cover.kind == "cited"), Span(0, 0))
    first = next((cell for cell in table.cells if cell.span.overlaps(clause)), None)
    rows: dict[int, list[str]] = {}
    for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.column)):
        rows.setdefault(cell.row, []).append(
            element(
                "th" if cell.header else "td",
                _pieces(text, cell.span, covers) if len(cell.span) else "",
                id=anchor if cell is first else None,
                rowspan=str(min(cell.row_span, 1000)) if cell.row_span > 1 else None,
                colspan=str(min(cell.column_span, 100)) if cell.column_span > 1 else None,
            )
        )
    caption = element("caption", escape(table.caption)) if table.caption else ""
    body = "".join(element("tr", cells) for cells in rows.values())
    return element("div", element("table", caption + element("tbody", body)), class_="table-frame", tabindex="0")
