"""Sections and duties to passages: the units of retrieval, cut at sentence ends, never through a section or a duty.

A passage of kind "heading" is the heading of a section whose text lies in its children only; "card" is the block of labels
a web page puts before the text. Site furniture, empty form rows and bare marks of Markdown are in no passage, everything else is in exactly
one.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus.boilerplate import footer_start, is_navigation
from corpus.outline import section_at
from corpus.text import trim
from corpus.types import Duty, Passage, Section, Source, Span
from corpus.width import narrow

LIMIT = 350
"""Characters a passage holds at most where sentence ends allow."""

_CARD_LINES = 24
_CARD_LABEL = re.compile(
    r"索引号|发布机构|发文机[构关]|生成日期|成文日期|发布日期|发布时间|公开方式|公开范围|主题分类|体裁分类|组配分类|信息来源|文号|发文字号|"
    r"撰写时间|来源|有效性|废止日期|公开日期|印发日期|主题词|点击|浏览"
)
_DATE_LINE = re.compile(r"\d{4}[年-]\d{1,2}[月-]\d{1,2}日?[ ]?[\d:]{0,8}")
_SENTENCE = re.compile(r"[^。;!?\n]*(?:[。;!?]+[”)]?|\n|$)")
# 道路交通领域:…消防领域:… on one long line: each field is a passage of its own.
_FIELD = re.compile(r"[\u4e00-\u9fffA-Za-z()、]{2,16}(?:领域|方面|行业)[:]")
_EMPTY_ROW = re.compile(r"\d{1,3}|[\s.…、·|_-]{0,12}")
_SIGNS = re.compile(r"[#*>|]+")
"""Marks of Markdown that stand before a heading or a table, which begin behind them."""


@dataclass(frozen=True, slots=True)
class _Piece:
    kind: str
    span: Span
    section: int
    path: tuple[str, ...]


def passages(source: Source, sections: tuple[Section, ...], duties: tuple[Duty, ...]) -> tuple[Passage, ...]:
    """Cut a document into passages, in text order and without overlap; O(n log n).

    Every character that is not white space, site furniture, an empty form row or a bare mark of Markdown lies in exactly one of them.
    """
    text = narrow(source.text)
    kept = [duty.statement for duty in duties if duty.source == "bracket"]
    fixed = _disjoint(_fixed_pieces(source, text, duties, sections))
    pieces = list(fixed)
    cuts = sorted({bound for section in sections for bound in (section.span.start, section.span.end)})
    for gap in _gaps(fixed, footer_start(text)):
        for stretch in _stretches(gap, cuts):
            pieces += _text_pieces(text, stretch, sections, kept)
    pieces.sort(key=lambda piece: piece.span.start)
    return tuple(Passage(n, p.kind, p.section, p.span, p.path) for n, p in enumerate(pieces))


def _piece(kind: str, span: Span, sections: tuple[Section, ...]) -> _Piece:
    at = section_at(sections, span.start)
    return _Piece(kind, span, at, sections[at].path if at >= 0 else ())


# ---------------------------------------------------------------- rows, tables, card


def _fixed_pieces(
    source: Source, text: str, duties: tuple[Duty, ...], sections: tuple[Section, ...]
) -> Iterator[_Piece]:
    for duty in duties:
        if duty.source == "row":
            at = section_at(sections, duty.clause.start)
            yield _Piece("row", duty.clause, at, duty.path)
    rows = sorted(duty.clause for duty in duties if duty.source == "row")
    for table in source.tables:
        yield from _table_pieces(text, [cell.span for cell in table.cells if len(cell.span)], rows, sections)
    first = sections[0].span.start if sections else len(text)
    if card := _card(text, first):
        yield _Piece("card", card, -1, ())


def _table_pieces(text: str, cells: list[Span], rows: list[Span], sections: tuple[Section, ...]) -> Iterator[_Piece]:
    current: Span | None = None
    for cell in sorted(cells):
        at = bisect_left(rows, Span(cell.start + 1, 0)) - 1
        in_row = at >= 0 and rows[at].covers(cell)
        if current is not None and (in_row or cell.end - current.start > LIMIT or _crosses(current.end, cell.start, rows)):
            yield _piece("table", current, sections)
            current = None
        if not in_row and text[cell.start : cell.end].strip():
            current = cell if current is None else Span(current.start, cell.end)
    if current is not None:
        yield _piece("table", current, sections)


def _crosses(start: int, end: int, rows: list[Span]) -> bool:
    at = bisect_left(rows, Span(start, 0))
    return at < len(rows) and rows[at].start < end


def _card(text: str, first: int) -> Span | None:
    """The block of labels and values in front of the text; None when there is none."""
    end, at, start = -1, 0, -1
    for number, line in enumerate(text.split("\n")):
        if number >= _CARD_LINES or at >= first or len(line) > 160:
            break
        bare = line.strip()
        labelled = bool(_CARD_LABEL.match(bare)) or (end >= 0 and bool(_DATE_LINE.fullmatch(bare)))
        if labelled and not is_navigation(bare):
            start = at if start < 0 else start
            end = at + len(line)
        elif end >= 0 and bare and _CARD_LABEL.fullmatch(text[:end].rsplit("\n", 1)[-1].strip(" :")):
            # The value of a label that stands on a line of its own.
            end = at + len(line)
        at += len(line) + 1
    return trim(text, Span(start, min(end, first))) if 0 <= start < min(end, first) else None


def _disjoint(pieces: Iterable[_Piece]) -> list[_Piece]:
    kept: list[_Piece] = []
    for piece in sorted(pieces, key=lambda piece: (piece.span.start, -piece.span.end)):
        if kept and piece.span.start < kept[-1].span.end:
            continue
        if len(piece.span):
            kept.append(piece)
    return kept


# ---------------------------------------------------------------- running text


def _gaps(pieces: list[_Piece], end: int) -> Iterator[Span]:
    at = 0
    for piece in pieces:
        if piece.span.start > at:
            yield Span(at, piece.span.start)
        at = piece.span.end
    if end > at:
        yield Span(at, end)


def _stretches(gap: Span, cuts: list[int]) -> Iterator[Span]:
    """Cut a gap where a section begins or ends."""
    inside = cuts[bisect_right(cuts, gap.start) : bisect_left(cuts, gap.end)]
    ordered = [gap.start, *inside, gap.end]
    for start, end in zip(ordered, ordered[1:], strict=False):
        yield Span(start, end)


def _text_pieces(text: str, stretch: Span, sections: tuple[Section, ...], kept: list[Span]) -> Iterator[_Piece]:
    span = trim(text, stretch)
    if not len(span):
        return
    at = section_at(sections, span.start)
    path = sections[at].path if at >= 0 else ()
    alone = at >= 0 and span.start == sections[at].span.start and span.end <= sections[at].heading.end
    parent = at + 1 < len(sections) and sections[at + 1].parent == at
    if alone and parent:
        yield _Piece("heading", span, at, path)
        return
    for part in _packed(text, span, kept):
        yield _Piece("text", part, at, path)


def _packed(text: str, span: Span, kept: list[Span]) -> Iterator[Span]:
    current: Span | None = None
    for unit in _units(text, span, kept):
        if current is not None and _ends_before(text, current, unit):
            yield trim(text, current)
            current = None
        current = unit if current is None else Span(current.start, unit.end)
    if current is not None and len(trim(text, current)):
        yield trim(text, current)


def _ends_before(text: str, current: Span, unit: Span) -> bool:
    left_out = bool(text[current.end : unit.start].strip())
    if left_out or unit.end - current.start > LIMIT:
        return True
    # A bare heading goes with the first field below it.
    return bool(_FIELD.match(text, unit.start)) and (len(current) > 40 or "。" in current.of(text))


def _units(text: str, span: Span, kept: list[Span]) -> Iterator[Span]:
    """Give the sentences of a stretch, those cut inside a statement joined again, lines without words left out."""
    at = span.start
    pending: int | None = None
    while at < span.end:
        match = _SENTENCE.match(text, at, span.end)
        end = max(match.end() if match else span.end, at + 1)
        start = at if pending is None else pending
        at = end
        if end < span.end and _inside(kept, end):
            pending = start
            continue
        pending = None
        unit = trim(text, Span(start, end))
        if len(unit) and not _is_left_out(text, unit, span):
            yield unit


def _inside(kept: list[Span], offset: int) -> bool:
    at = bisect_left(kept, Span(offset, 0)) - 1
    return at >= 0 and kept[at].start < offset < kept[at].end


def _is_left_out(text: str, unit: Span, span: Span) -> bool:
    if _SIGNS.fullmatch(text, unit.start, unit.end):
        return True
    line_start = text.rfind("\n", 0, unit.start) + 1
    line_end = text.find("\n", unit.end)
    line = text[line_start : line_end if line_end >= 0 else len(text)]
    if line.strip() != unit.of(text).strip():
        return False
    return bool(_EMPTY_ROW.fullmatch(line.strip())) or (unit.start < 600 and is_navigation(line))


