"""Ranks that depend on the document: what `2.3` and `(一)` enclose is seen from the headings around them.

An emergency plan counts 1 / 1.1 / 1.1.1 above every `(一)` and `1.`; a notice counts `1.1` inside its `1.`; some count `(一)` there.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from corpus.marks import LINE, MEASURED, RANKS, Mark
from corpus.types import Span

_TOP_RANK = 42
_BELOW_CN_RANK = 51
_INNER_TOP_RANK = RANKS["decimal"] - 1
_INNER_PAREN_RANK = RANKS["arabic"] + 5
_LOOK_AHEAD = 60

# `1 总则` of an emergency plan: a bare number on a short line.
_BARE_NUMBER = re.compile(r"^[ #*>]{0,8}(\d{1,2})[ ]{0,4}(?=[\u4e00-\u9fff][^。;,:\n]{1,24}$)", re.M)
_DATED = re.compile(r"[ ]?[年月日时分号周岁届]")
_ENCLOSING = ("part", "chapter", "section", "article", "cn", "arabic", "decimal")


def bare_numbers(text: str, marks: list[Mark]) -> Iterator[Mark]:
    """Give the lines that open with a bare number as decimal marks of one part; none in a text without decimal marks."""
    if not any(mark.family == "decimal" for mark in marks):
        return
    for match in _BARE_NUMBER.finditer(text):
        if not MEASURED.match(text, match.end(1)) and not _DATED.match(text, match.end(1)):
            yield Mark("decimal", _TOP_RANK, (int(match.group(1)),), match.start(1), match.end(1), LINE)


def nested(marks: list[Mark], borders: Iterable[int]) -> list[Mark]:
    """Give the marks ranked as their document nests them, without the bare numbers that count nothing; linear.

    marks: in text order. borders: where attachments begin; each counts on its own.
    """
    found: list[Mark] = []
    start = 0
    starts = [mark.start for mark in marks]
    for border in [*sorted(borders), None]:
        end = bisect_right(starts, border - 1) if border is not None else len(marks)
        if end > start:
            found += _inner_parens(_decimals(marks[start:end]))
            start = end
    return found


# ---------------------------------------------------------------- 1 / 1.1 / 1.1.1


def _decimals(marks: list[Mark]) -> list[Mark]:
    first = next((i for i, mark in enumerate(marks) if mark.family == "decimal" and len(mark.numbers) > 1), None)
    if first is None:
        return [mark for mark in marks if mark.family != "decimal"]
    parent = _parent(marks, first)
    enclosing = marks[parent] if parent is not None else None
    if enclosing is not None and enclosing.family == "cn":
        return _ranked(marks, {}, _BELOW_CN_RANK)
    if enclosing is not None and enclosing.family in ("arabic", "decimal"):
        if _numbering_goes_on(marks, parent or 0):
            inner = [m for m in _tops(marks, parent or 0) if m.family == "decimal"]
            return _ranked(marks, {m.start: replace(m, rank=_INNER_TOP_RANK) for m in inner}, RANKS["decimal"])
        tops = {m.start: replace(m, family="decimal", rank=_TOP_RANK) for m in _tops(marks, parent or 0)}
        return _ranked(marks, tops, _TOP_RANK + 1)
    return _ranked(marks, {}, _TOP_RANK + 1 if enclosing is not None else RANKS["decimal"])


def _parent(marks: list[Mark], first: int) -> int | None:
    """The nearest heading before the first `n.1` that counts n."""
    number = marks[first].numbers[0]
    for index in range(first - 1, -1, -1):
        mark = marks[index]
        if mark.place == LINE and mark.number == number and mark.family in _ENCLOSING:
            return index
    return None


def _numbering_goes_on(marks: list[Mark], parent: int) -> bool:
    """Look whether a numbering that began before `parent` (一、 or (一)) continues after it, and so encloses it."""
    for family in ("cn", "cn_paren"):
        before = next((m.number for m in reversed(marks[:parent]) if m.family == family and m.place == LINE), None)
        after = next((m.number for m in marks[parent:] if m.family == family and m.place == LINE), None)
        if before is not None and after is not None and after > 1:
            return True
    return False


@dataclass(slots=True)
class _Tops:
    """The chapters met so far. listed: the last number of the same form that is no chapter."""

    found: list[Mark]
    listed: int = 0

    def take(self, mark: Mark, has_children: bool, opens_children: bool) -> None:
        last = self.found[-1].numbers[0] if self.found else mark.numbers[0] - 1
        number = mark.numbers[0]
        follows = number == last + 1 and self.listed != number - 1
        if (opens_children and number > last) or (follows and not has_children):
            self.found.append(mark)
            self.listed = 0
        else:
            self.listed = number


def _tops(marks: list[Mark], parent: int) -> list[Mark]:
    """Follow the chapters from `parent` on: each opens its own n.1, or counts on without any."""
    family = marks[parent].family
    children = {mark.numbers[0] for mark in marks[parent:] if len(mark.numbers) > 1}
    counted = [m for m in marks[parent:] if m.place == LINE and (m.family == family or len(m.numbers) > 1)]
    tops = _Tops([])
    for index, mark in enumerate(counted):
        if len(mark.numbers) == 1:
            following = counted[index + 1].numbers if index + 1 < len(counted) else ()
            tops.take(mark, mark.numbers[0] in children, following == (mark.numbers[0], 1))
    return tops.found


def _ranked(marks: list[Mark], tops: dict[int, Mark], rank: int) -> list[Mark]:
    ranked = []
    for mark in marks:
        if len(mark.numbers) > 1:
            ranked.append(replace(mark, rank=rank + len(mark.numbers) - 2))
        elif mark.start in tops and mark.family in ("arabic", "decimal"):
            ranked.append(tops[mark.start])
        elif mark.family != "decimal":
            ranked.append(mark)
    return ranked


# ---------------------------------------------------------------- 1. / (一)


def _inner_parens(marks: list[Mark]) -> list[Mark]:
    """Rank `(一)` below `1.` where every `1.` counts (一) anew."""
    ranked = []
    arabic: int | None = None
    above = inside = begun = False
    for index, mark in enumerate(marks):
        if mark.rank < RANKS["cn_paren"]:
            arabic, above, inside, begun = None, False, False, begun and mark.family != "attachment"
        elif mark.family == "arabic" and mark.place == LINE:
            arabic, inside = mark.number, False
        elif mark.family == "cn_paren" and mark.numbers:
            starts = mark.number == 1 and mark.place == LINE and arabic is not None and not above
            if starts and (begun or _comes_next(marks, index, (arabic or 0) + 1)):
                inside = begun = True
            above = above or not inside
            if inside:
                mark = replace(mark, rank=_INNER_PAREN_RANK)
        ranked.append(mark)
    return ranked


def _comes_next(marks: list[Mark], index: int, number: int) -> bool:
    for later in marks[index + 1 : index + 1 + _LOOK_AHEAD]:
        if later.rank < RANKS["cn_paren"]:
            return False
        if later.family == "arabic" and later.place == LINE:
            return later.number == number
    return False


def spans_of(marks: Iterable[Mark]) -> list[Span]:
    """Give what each mark takes of the text: its title, or the mark alone."""
    return [Span(mark.start, mark.title.end if mark.title else mark.after) for mark in marks]
