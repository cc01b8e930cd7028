"""Slides (.pptx): title, paragraphs and tables of every shown slide, anchored at its number.

Left out: slides that are hidden (reported), slide numbers, dates and footers, speaker's notes, pictures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from corpus.errors import UnreadableDocument
from corpus.readers.assemble import Piece, assemble
from corpus.readers.package import Element, Package, number_in, open_package
from corpus.readers.word_numbering import printed_number
from corpus.readers.word_xml import child, children, local, value_of
from corpus.types import Cell, Note, Source, Span

SUFFIXES: tuple[str, ...] = (".pptx", ".pptm")
PRELOAD = ("lxml.etree",)

MAX_SLIDES = 2000
MAX_COLUMNS = 1000
_FURNITURE = frozenset(("sldNum", "dt", "ftr", "hdr"))
_TITLES = frozenset(("title", "ctrTitle"))
_BLANKS = re.compile(r"[ \t\u00a0\u3000\x0b]+")
_NUMBERED = re.compile(r"[（(]?[0-9一二三四五六七八九十①-⑳]+[.、)）]?")
# Forms of automatic numbers: which counter, and what stands around it.
_COUNTERS = (("ea1Chs", "chineseCounting"), ("ea1Cht", "chineseCounting"), ("circleNum", "decimalEnclosedCircle"), ("alphaLc", "lowerLetter"),
             ("alphaUc", "upperLetter"), ("romanLc", "lowerRoman"), ("romanUc", "upperRoman"))  # fmt: skip
_AROUND = (("ParenBoth", "(", ")"), ("ParenR", "", ")"), ("Period", "", "."), ("Plain", "", " "))


@dataclass(slots=True)
class _Slides:
    """What is gathered from all slides."""

    pieces: list[Piece] = field(default_factory=list)
    tables: int = 0
    pictures: int = 0


def read(data: bytes, name: str) -> Source:
    """Read a presentation slide by slide."""
    package = open_package(data)
    main = next((path for kind, path in package.related("").values() if kind == "officeDocument" and package.has(path)), "ppt/presentation.xml")
    root = package.xml(main)
    if root is None:
        raise UnreadableDocument("malformed", "文件中没有幻灯片", "请用 PowerPoint 或 WPS 打开后另存为 .pptx 再添加")
    found = _Slides()
    hidden = 0
    for number, path in enumerate(_paths(package, main, root), start=1):
        slide = package.xml(path)
        if slide is None:
            continue
        if value_of(slide, "show") in ("0", "false"):
            hidden += 1
            continue
        _read_slide(slide, number, found)
    if not any(c.isalnum() for piece in found.pieces for c in piece.text):
        only = f",只有 {found.pictures} 张图片" if found.pictures else ""
        raise UnreadableDocument("no_text", f"幻灯片中没有文字{only}", "请另存为 PDF 后再添加")
    notes = [Note("hidden_text", f"文件中有 {hidden} 张隐藏的幻灯片,没有作为依据", Span(0, 0))] if hidden else []
    title = next((piece.text for piece in found.pieces if piece.heading), "")
    return assemble(found.pieces, "pptx", title=title, notes=notes)


def _paths(package: Package, main: str, root: Element) -> list[str]:
    related = package.related(main)
    listed = child(root, "sldIdLst")
    identities = [_relation(node) for node in children(listed, "sldId")] if listed is not None else []
    return [related[identity][1] for identity in identities if identity in related][:MAX_SLIDES]


def _relation(node: Element) -> str:
    """Give the relationship of a slide; its own number is called id as well."""
    return next((str(value) for key, value in node.attrib.items() if key.endswith("}id")), "")


# ---------------------------------------------------------------- a slide


def _read_slide(slide: Element, number: int, found: _Slides) -> None:
    tree = next(slide.iter("{*}spTree"), None)
    shapes = list(_shapes(tree, found)) if tree is not None else []
    titles = [shape for shape in shapes if _kind(shape) in _TITLES]
    others = [shape for shape in shapes if _kind(shape) not in _TITLES | _FURNITURE]
    places = [_place(shape) for shape in others]
    if all(place is not None for place in places):
        others = [shape for _, _, shape in sorted(((place, at, shape) for at, (place, shape) in enumerate(zip(places, others, strict=True))), key=lambda entry: entry[:2])]
    for shape in titles:
        text = "".join(piece.text for piece in _paragraphs(shape, number))
        found.pieces += [Piece(text, heading=1, page=number)] if text else []
    for shape in others:
        table = next(shape.iter("{*}tbl"), None)
        found.pieces += _table(table, number, found) if table is not None else _paragraphs(shape, number)


def _shapes(tree: Element, found: _Slides) -> Iterator[Element]:
    """Give shapes and frames, those inside groups as well."""
    for node in tree:
        name = local(node)
        if name == "grpSp":
            yield from _shapes(node, found)
        elif name == "pic":
            found.pictures += 1
        elif name == "AlternateContent":
            chosen = child(node, "Choice")
            yield from _shapes(chosen if chosen is not None else child(node, "Fallback") or (), found)
        elif name in ("sp", "graphicFrame"):
            yield node


def _kind(shape: Element) -> str:
    mark = next(shape.iter("{*}ph"), None)
    return value_of(mark, "type") if mark is not None else ""


def _place(shape: Element) -> tuple[int, int] | None:
    """Give where a shape stands, from above and in columns a fifth of an inch wide; None where its layout says it."""
    at = next(shape.iter("{*}off"), None)
    if at is None:
        return None
    return number_in(value_of(at, "y"), limit=10**9) // 180_000, number_in(value_of(at, "x"), limit=10**9)


def _paragraphs(shape: Element, number: int) -> list[Piece]:
    pieces: list[Piece] = []
    counts: dict[int, tuple[str, int]] = {}
    for paragraph in shape.iter("{*}p"):
        lines = [_BLANKS.sub(" ", line).strip() for line in _text(paragraph).split("\n")]
        lines = [line for line in lines if line]
        if lines:
            label = _label(child(paragraph, "pPr"), counts)
            lines[0] = label + lines[0] if label and not _NUMBERED.match(lines[0][:4]) else lines[0]
        pieces += [Piece(line, page=number) for line in lines]
    return pieces


def _text(paragraph: Element) -> str:
    parts = []
    for node in paragraph:
        name = local(node)
        if name == "br":
            parts.append("\n")
        elif name == "r" or (name == "fld" and not value_of(node, "type").startswith(("slidenum", "datetime"))):
            parts += [found.text or "" for found in children(node, "t")]
    return "".join(parts)


def _label(properties: Element | None, counts: dict[int, tuple[str, int]]) -> str:
    """Count on in an automatic list; a paragraph without number begins it anew."""
    level = number_in(value_of(properties, "lvl")) if properties is not None else 0
    for deeper in [at for at in counts if at > level]:
        del counts[deeper]
    numbered = child(properties, "buAutoNum") if properties is not None else None
    if numbered is None:
        counts.pop(level, None)
        return ""
    form, start = value_of(numbered, "type"), number_in(value_of(numbered, "startAt"), 1)
    before = counts.get(level)
    count = before[1] + 1 if before and before[0] == form else start
    counts[level] = form, count
    printed = printed_number(count, next((counter for prefix, counter in _COUNTERS if form.startswith(prefix)), "decimal"))
    opened, closed = next(((left, right) for suffix, left, right in _AROUND if form.endswith(suffix)), ("", " "))
    return f"{opened}{printed}{closed}"


def _table(table: Element, number: int, found: _Slides) -> list[Piece]:
    at = found.tables
    found.tables += 1
    pieces: list[Piece] = []
    first_is_header = (properties := child(table, "tblPr")) is not None and value_of(properties, "firstRow") in ("1", "true")
    for row, tr in enumerate(children(table, "tr")):
        for column, tc in enumerate(list(children(tr, "tc"))[:MAX_COLUMNS]):
            if value_of(tc, "hMerge") in ("1", "true") or value_of(tc, "vMerge") in ("1", "true"):
                continue
            across = max(1, min(number_in(value_of(tc, "gridSpan"), 1), MAX_COLUMNS - column))
            cell = Cell(row, column, Span(0, 0), max(1, number_in(value_of(tc, "rowSpan"), 1, 65_535)), across, first_is_header and row == 0)
            lines = _paragraphs(tc, number) or [Piece("", page=number)]
            pieces += [replace(piece, table=at, cell=cell) for piece in lines]
    return pieces
