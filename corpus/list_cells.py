"""The cells of a flattened list: one a line, told apart by what they hold (number, group, time limit, units, text)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from corpus.dates import parse_cell
from corpus.numbers import CN
from corpus.types import Span
from corpus.unit_names import COLLECTIVE, LEVELS, NOT_FIRST, SUFFIXES
from corpus.units import split_units

NUMBER = re.compile(r"(\d{1,3})[.、]?$")
NUMBERED = re.compile(r"(\d{1,3})[.、](?!\d(?!\d{3}年))\s?(?=\S)")
GROUP_MARK = re.compile(rf"[(]([{CN}]{{1,3}})[)]|([{CN}]{{1,3}})、")
_AT_ONCE = re.compile(r"(?:立行立改|即知即改|立查立改|立即整改|立即|即时|即行整改|每(?:个)?(?:学期|学年|季度?|半年|月|周|旬|年)(?:初|末|底|中)?|已(?:经)?(?:完成|整改)(?:完毕|到位|到位并长期坚持)?)[。]?")
_DUTY_WORDS = re.compile(r"(?:负责|配合|牵头|落实)(?:$|[,。;])")
_CUT_NAME = re.compile(rf"[、,][{LEVELS}]$")
"""A name broken after its level by the width of its column."""


@dataclass(frozen=True, slots=True)
class ListCell:
    """kind: "number", "text", "deadline", "units", "group". blanks: empty lines in front of it."""

    span: Span
    blanks: int
    kind: str = "text"


def cells_in(text: str) -> Iterator[ListCell]:
    """Give the non-empty lines; a line that begins or follows with `、`, or goes on with the name whose level ends the line above (县财政局、市), continues the cell before it."""
    at = blanks = 0
    pending: ListCell | None = None
    for line in text.split("\n"):
        start = at + len(line) - len(line.lstrip())
        span = Span(start, at + len(line.rstrip()))
        at += len(line) + 1
        if not line.strip():
            blanks += 1
            continue
        if pending is not None and len(span) < 120 and (text[start] in "、," or text[pending.span.end - 1] in "、," or (not blanks and _CUT_NAME.search(pending.span.of(text)))):
            pending = replace(pending, span=Span(pending.span.start, span.end))
        else:
            if pending is not None:
                yield pending
            pending = ListCell(span, blanks)
        blanks = 0
    if pending is not None:
        yield pending


def kind_of(text: str, span: Span, own_number: bool) -> str:
    cell = span.of(text)
    if own_number and NUMBER.fullmatch(cell):
        return "number"
    if not own_number and NUMBERED.match(cell):
        return "number"
    if GROUP_MARK.match(cell):
        return "group"
    if looks_like_deadline(text, span):
        return "deadline"
    return "units" if looks_like_units(text, span) else "text"


def looks_like_deadline(text: str, span: Span, issued: date | None = None) -> bool:
    """Tell whether a short cell states when: a date, 常态化, 根据上级…时间节点确定."""
    if not 0 < len(span) <= 30 or span.of(text).endswith("。"):
        return False
    if _AT_ONCE.fullmatch(span.of(text)):
        return True
    deadline = parse_cell(text, span, issued)
    if deadline is None:
        return False
    rest = re.sub(r"[\d年月日底前末到至起\-—~.,、/之以持续长期常态化坚持推进完成每季度半上下旬中初内并始终]", "", deadline.value)
    dated = deadline.kind != "relative" and len(rest) <= 4
    return dated or (len(span) <= 24 and bool(re.search(r"时间|节点|时限|期限", deadline.value)))


def looks_like_units(text: str, span: Span) -> bool:
    """Tell whether a cell names units, or says who is responsible by a rule (区各相关部门按职责分工负责,…)."""
    cell = span.of(text)
    if len(span) > 400:
        return False
    names = [mention.value for mention in split_units(text, span)]
    named = [name for name in names if len(name) <= 24 and _is_unit_name(name)]
    if names and len(named) * 3 >= len(names) * 2:
        return True
    return bool(_DUTY_WORDS.search(cell)) and len(named) > 0 and not NUMBERED.match(cell)


def _is_unit_name(name: str) -> bool:
    bare = re.sub(r"[(][^()]*[)]", "", name)
    if bare.startswith("各") and len(bare) <= 12 and "要" not in bare:
        return True
    return not bare.startswith(NOT_FIRST) and (bare.endswith((*SUFFIXES, *COLLECTIVE, *_INSIDE)) or name.endswith(COLLECTIVE))


_INSIDE = ("科", "室", "处", "股", "组", "中学", "小学", "幼儿园", "馆")
"""How parts of an office and schools end; in running text too many other words do."""
