"""HTML: the canonical text is what a reader of the page sees of the document, one paragraph, list item or table cell a line.

Site furniture is left out by three signs: the tag or class of an element, lines that consist of links, lines that say what they
are (打印本页). Where the page has a known content element, what stands outside it is left out too, except for title and document data.
"""

from __future__ import annotations

import re
from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from corpus.boilerplate import is_footer, is_navigation
from corpus.encodings import decode
from corpus.errors import DocumentTooLarge, UnreadableDocument
from corpus.readers import plain
from corpus.readers.blocks import Line, PageWalk
from corpus.readers.page import (
    ABOVE,
    BELOW,
    CARD_LABELS,
    CONTENT_SELECTORS,
    SHALLOW_TAGS,
    STYLING,
    is_linked_file,
    without_buttons,
    without_site_name,
)
from corpus.types import Anchor, Cell, HeadingMark, Note, Source, Span, Table
from corpus.width import narrow

SUFFIXES: tuple[str, ...] = (".html", ".htm", ".xhtml", ".shtml")

# Browsers give up at a depth of 512; the parser's time grows with depth × tags.
MAX_DEPTH = 512
MAX_TAGS = 2_000_000

_CHARSET = re.compile(rb"<(?:meta|\?xml)[^<>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,20})", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:-]*)")
_SHARE_IN_LINKS = 0.8
_PROBE = 12
_PROBE_WINDOW = 100_000


def read(data: bytes, name: str) -> Source:
    """Read a web page: title, headings, tables with merged cells, document data and text."""
    declared = _CHARSET.search(data[:4096])
    html, encoding = decode(data, declared=declared[1].decode("ascii") if declared else "")
    if not _TAG.search(html):
        return plain.read(data, name)
    _refuse_bombs(html)
    tree = LexborHTMLParser(STYLING.sub("", html))
    walk, lines = _document_lines(tree)
    if not _has_words(lines):
        raise UnreadableDocument("no_text", "网页中没有正文文字(可能由脚本载入)", "请在浏览器中打开网页,把正文复制到文本文件后再添加")
    source = _assemble(lines, html)
    return replace(source, encoding=encoding, title=_title(tree), notes=_notes(walk))


def _document_lines(tree: LexborHTMLParser) -> tuple[PageWalk, list[Line]]:
    """Read the content element with title and document data; the whole page where that gives no words."""
    walk, lines = PageWalk(), list[Line]()
    if tree.body is not None:
        content = _content_element(tree.body)
        for chosen in (content, None) if content is not None else (None,):
            walk = PageWalk()
            walk.read(tree.body, content=chosen)
            lines = _without_furniture(walk.lines)
            if _has_words(lines):
                break
    return walk, lines


def _has_words(lines: list[Line]) -> bool:
    return any(character.isalnum() for line in lines for character in line.text)


def _refuse_bombs(html: str) -> None:
    """Refuse pages whose nesting or number of tags would take the parser minutes."""
    depth = skip_until = count = 0
    for tag in _TAG.finditer(html):
        if tag.start() < skip_until:
            continue
        count += 1
        name = tag[2].lower()
        if name in ("script", "style") and not tag[1]:
            end = html.find(f"</{tag[2]}", tag.end())
            skip_until = len(html) if end < 0 else end
        elif name not in SHALLOW_TAGS:
            depth = max(0, depth - 1) if tag[1] else depth + 1
        if depth > MAX_DEPTH:
            raise UnreadableDocument("malformed", f"网页的标签嵌套超过 {MAX_DEPTH} 层", "请在浏览器中打开网页,另存为文本文件后再添加")
    if count > MAX_TAGS:
        raise DocumentTooLarge("too_large", f"网页有 {count} 个标签,上限为 {MAX_TAGS} 个", "请拆分成几个文件后再添加")


def _content_element(body: LexborNode) -> LexborNode | None:
    """Find the element that holds the document: the first known one with at least two fifths of the page's text."""
    enough = 0.4 * _size(body)
    for selector in CONTENT_SELECTORS:
        for node in body.css(selector)[:20]:
            if _size(node) >= enough:
                return node
    return None


def _size(node: LexborNode) -> int:
    return len("".join(node.text().split()))


# ---------------------------------------------------------------- lines


def _without_furniture(lines: list[Line]) -> list[Line]:
    """Drop lists of links, print buttons and the like; cells of data tables and document data always stay."""
    kept: list[Line] = []
    run: list[Line] = []
    for line in lines:
        if _is_link(line) and not is_linked_file(line.text):
            run.append(line)
            continue
        kept += _short_run(run, first=not kept)
        run = []
        line.text = line.text if line.table >= 0 else without_buttons(line.text)
        if _stays(line) or (line.text and not is_navigation(line.text)):
            kept.append(line)
    kept += _short_run(run, first=not kept)
    # Between these two nothing is taken for the site's that only looks like it: 主办单位:… stands in documents as well.
    while kept and not _stays(kept[0]) and ABOVE.fullmatch(narrow(kept[0].text)):
        del kept[0]
    while kept and not _stays(kept[-1]) and _is_below(narrow(kept[-1].text)):
        del kept[-1]
    return kept


def _stays(line: Line) -> bool:
    return line.table >= 0 or bool(CARD_LABELS.search(line.text))


def _is_below(line: str) -> bool:
    return is_footer(line) or bool(BELOW.fullmatch(line))


def _is_link(line: Line) -> bool:
    return line.table < 0 and line.links > 0 and line.linked >= _SHARE_IN_LINKS * len(line.text.replace(" ", ""))


def _short_run(run: list[Line], *, first: bool) -> list[Line]:
    """Keep one or two linked lines (a reference to another document), drop navigation: four links and more in a row.

    first: nothing stands above them; there two short ones are navigation.
    """
    links = sum(line.links for line in run)
    return [] if links >= 4 or (first and links >= 2 and all(len(line.text) <= 8 * line.links for line in run)) else run


def _assemble(lines: list[Line], html: str) -> Source:
    """Join the lines to the canonical text and turn their marks into spans."""
    texts: list[str] = []
    headings: list[HeadingMark] = []
    cells: dict[int, list[Cell]] = {}
    anchors: list[Anchor] = []
    at = probed = 0
    line_number = 1
    for line in lines:
        # An empty cell has no line of its own: it stands at the end of the line before.
        span = Span(at, at + len(line.text)) if line.text else Span(max(0, at - 1), max(0, at - 1))
        if line.table >= 0:
            _add_cell(cells.setdefault(line.table, []), line, span)
        if line.heading:
            headings.append(HeadingMark(span, line.heading))
        found = html.find(line.probe[:_PROBE], probed, probed + _PROBE_WINDOW) if line.probe else -1
        if found >= 0:
            line_number += html.count("\n", probed, found)
            probed = found
            anchors.append(Anchor(at, line=line_number))
        if line.text:
            texts.append(line.text)
            at = span.end + 1
    captions = {line.caption: line.text for line in lines}
    tables = tuple(Table(_table_span(c), tuple(c), captions.get(number, "")) for number, c in sorted(cells.items()))
    return Source("\n".join(texts), "html", tables=tables, headings=tuple(headings), anchors=tuple(anchors))


def _add_cell(cells: list[Cell], line: Line, span: Span) -> None:
    """Add the cell of a line; the further lines of a cell extend it."""
    if cells and (cells[-1].row, cells[-1].column) == (line.cell.row, line.cell.column):
        cells[-1] = replace(cells[-1], span=Span(cells[-1].span.start, span.end))
    else:
        cells.append(replace(line.cell, span=span))


def _table_span(cells: list[Cell]) -> Span:
    filled = [cell.span for cell in cells if len(cell.span)] or [cells[0].span]
    return Span(min(span.start for span in filled), max(span.end for span in filled))


# ---------------------------------------------------------------- what the page says about itself


def _title(tree: LexborHTMLParser) -> str:
    """Give the document's title: the meta tag that government sites must set, else the only `<h1>`, else `<title>`."""
    for selector in ('meta[name="ArticleTitle" i]', 'meta[property="og:title"]'):
        meta = tree.css_first(selector)
        title = " ".join((meta.attributes.get("content") or "").split()) if meta is not None else ""
        if title:
            return without_site_name(title)
    headings = [" ".join(node.text().split()) for node in tree.css("h1")[:2]]
    if len(headings) == 1 and len(headings[0]) >= 6:
        return headings[0]
    title_node = tree.css_first("title")
    return without_site_name(" ".join(title_node.text().split())) if title_node is not None else ""


def _notes(walk: PageWalk) -> tuple[Note, ...]:
    if not walk.hidden:
        return ()
    return (Note("hidden_text", f"网页中有 {walk.hidden} 处隐藏或划去的文字,没有作为依据", Span(0, 0)),)
