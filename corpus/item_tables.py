"""Items that say the same of one thing after another, read as a table: 1.甲敬老院:床位42张,在院9人;2.乙敬老院:床位24张,在院6人.

A row is an item, its first column the name before the first comma or colon; a column of figures is the words before a figure with
its unit, where every item has them. The last column is the item as a whole, so that the rest of its words can be asked for, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from corpus.grids import UNITS, DataRow, DataTable, Heading
from corpus.tables import GridCell
from corpus.text import fold, squeeze, trim
from corpus.types import Section, Source, Span

_MARK = re.compile(r"(?:(?<=^)|(?<=[;；。::：\n])|(?<=、))[ \u3000]*(?:[(（]\d{1,2}[)）]|\d{1,2}[.、.．](?!\d)|[①-⑳]|[一二三四五六七八九十]是|[-—·•*]|(?=第[一二三四五六七八九十]{1,2}(?:批|期|轮|组|季度|片区)))[ \u3000]*", re.MULTILINE)
_GIVES = "安排|配套|自筹|补助|投入|拨付|筹集|解决|承担|支持|争取|申请"
"""Verbs between who gives and how much."""
_NAME = re.compile(r"[^,，:：。;；(（\d\n]{2,16}?(?=[,，:：(（]|(?:" + _GIVES + r"|预计|约|共|为)*\d)")
_LINE = re.compile(r"[^\n]+")
_NAMED_LINE = re.compile(r"[^,，:：。;；\d\n]{2,14}[:：][^\n]")
_UNITS = "|".join(sorted((re.escape(u) for u in UNITS), key=len, reverse=True))
_FIGURE = re.compile(rf"(?P<label>[㐀-鿿]{{0,10}}?)(?P<number>\d[\d,]*(?:\.\d+)?)(?P<unit>[万亿]?(?:{_UNITS}))(?![㐀-鿿]{{0,2}}以[上下内])")
_SEGMENT = re.compile(r"[^,，;；。:：]+")
_FILLER = re.compile(rf"(?:{_GIVES})$|(?:其中)?(?:现|共|核|设|总|约|已|计|预计|计划)*(?:有|为|达|是|计)?$|^(?:其中|共有|现有|共|约|设有|设|计划)")
_NOT_ADDED = frozenset(("年", "月", "日", "岁", "级", "度", "分", "周", "%", "‰"))
"""Units of days, ages and grades, and shares: nothing is reckoned with them."""
_FEWEST, _LONGEST = 2, 260


@dataclass(frozen=True, slots=True)
class _Item:
    """An item with its name and its figures by what they say and their unit. span: without its mark."""

    span: Span
    name: Span
    figures: dict[tuple[str, str], tuple[Span, Span]]


def item_tables(source: Source, sections: Sequence[Section]) -> tuple[DataTable, ...]:
    """Read every run of two items or more that have a figure of the same kind each."""
    found: list[DataTable] = []
    for lead, run in (r for r in _runs(source.text) if len(r[1]) >= _FEWEST):
        items = [item for span in run if (item := _item(source.text, span))]
        shared = [kind for kind in items[0].figures if all(kind in i.figures for i in items)] if len(items) == len(run) else []
        if shared:
            found.append(_table(source, sections, lead, items, shared))
    return tuple(found)


def _runs(text: str) -> Iterator[tuple[str, list[Span]]]:
    """Give the items that follow each other, in one paragraph or one a line, with the words that lead up to them."""
    marks = list(_MARK.finditer(text))
    run: list[Span] = []
    lead = ""
    for at, mark in enumerate(marks):
        end = min(marks[at + 1].start() if at + 1 < len(marks) else len(text), mark.end() + _LONGEST)
        line = text.find("\n", mark.end(), end)
        item = _bare(text, Span(mark.end(), line if line >= 0 else end))
        if run and text[run[-1].end : mark.start()].strip(" \u3000\n;；。、"):
            yield lead, run
            run = []
        if not run:
            lead = _lead(text, mark.start())
        run.append(item)
    if run:
        yield lead, run
    yield from _lines(text)


def _bare(text: str, span: Span) -> Span:
    """Leave out blanks and the stop at the end."""
    span = trim(text, span)
    end = span.end
    while end > span.start and text[end - 1] in ";；。、":
        end -= 1
    return Span(span.start, end)


def _lines(text: str) -> Iterator[tuple[str, list[Span]]]:
    """Lines without marks that follow each other, each with its name before a colon: 一类区域:…,共有泊位1860个."""

    def named(line: Span) -> bool:
        return bool(_NAMED_LINE.match(text, line.start, line.end)) and len(line) <= _LONGEST and not _MARK.search(text, line.start, line.end)

    for paragraph in re.finditer(r"[^\n]+(?:\n[^\n]+)*", text):
        lines = [_bare(text, Span(m.start(), m.end())) for m in _LINE.finditer(text, paragraph.start(), paragraph.end())]
        for together, run in groupby(lines, named):
            if together and len(items := list(run)) >= _FEWEST:
                yield _lead(text, items[0].start), items


def _lead(text: str, start: int) -> str:
    """The words before the first item: of its own sentence, else the line above."""
    own = text[text.rfind("\n", 0, start) + 1 : start]
    sentence = re.split("[。;；]", own)[-1].strip().rstrip(":：")
    if sentence:
        return sentence[-60:]
    above = text[:start].rstrip().rsplit("\n", 1)[-1]
    return above.strip()[-60:]


def _item(text: str, span: Span) -> _Item | None:
    named = _NAME.match(text, span.start, span.end)
    if not named:
        return None
    figures: dict[tuple[str, str], tuple[Span, Span]] = {}
    for segment in _SEGMENT.finditer(text, named.end(), span.end):
        match = _FIGURE.search(text, segment.start(), segment.end())
        if match is None or match.group("unit") in _NOT_ADDED:
            continue
        label = _FILLER.sub("", _FILLER.sub("", match.group("label")))
        words = Span(match.end("label") - len(match.group("label")), match.end("label"))
        figures.setdefault((label, match.group("unit")), (words, Span(match.start("number"), match.end("unit"))))
    return _Item(span, Span(named.start(), named.end()), figures) if figures else None


def _table(source: Source, sections: Sequence[Section], lead: str, items: Sequence[_Item], shared: Sequence[tuple[str, str]]) -> DataTable:
    whole = Span(items[0].span.start, items[-1].span.end)
    headings = [Heading("", "", "", items[0].name)]
    for label, unit in shared:
        words = items[0].figures[label, unit][0]
        headings.append(Heading(fold(label), unit, label or unit, words))
    headings.append(Heading("", "", "", items[0].span))
    rows = tuple(
        DataRow((GridCell(i.name), *(GridCell(i.figures[kind][1]) for kind in shared), GridCell(i.span)), i.span) for i in items
    )
    around = next((s for s in reversed(sections) if s.span.covers(whole)), None)
    return DataTable(whole, items[0].name, squeeze(lead), "", around.index if around else -1, around.path if around else (), tuple(headings), rows)
