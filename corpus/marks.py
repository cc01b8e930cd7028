"""Heading marks as data: which characters open a heading, where they may stand, and how the families nest.

A mark found here is only a candidate; whether it opens a section is decided by `corpus.outline` from the sequence it
stands in. All functions take the narrow copy of a text (`corpus.width`). Every quantifier is bounded, so finding the marks is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.numbers import CN, value_of
from corpus.types import HeadingMark, Span

LINE, SPACE, STOP, CLAUSE = range(4)
"""Where a mark stands: at the start of a line, after a space, after a stop, after a comma."""


@dataclass(frozen=True, slots=True)
class Family:
    """rank: smaller encloses larger. reach: the loosest place where a mark of the family counts.

    formal: numbers may jump (an excerpt of a regulation). untitled: the mark opens the text itself.
    """

    name: str
    rank: int
    pattern: str
    reach: int
    formal: bool = False


_NOT_REFERRED = r"(?!\s?(?:规定|所列|所称|第|、|和|及|至|或|款|项|的|之规定))"
FAMILIES = (
    Family("part", 10, rf"第[{CN}]{{1,5}}(?:编|篇|部分){_NOT_REFERRED}", SPACE, formal=True),
    Family("chapter", 20, rf"第(?:[{CN}]{{1,5}}|\d{{1,3}})章{_NOT_REFERRED}", SPACE, formal=True),
    Family("section", 30, rf"第(?:[{CN}]{{1,5}}|\d{{1,3}})节{_NOT_REFERRED}", SPACE, formal=True),
    Family("article", 40, rf"第(?:[{CN}]{{1,7}}|\d{{1,4}})条(?:之[{CN}]{{1,3}})?{_NOT_REFERRED}", STOP, formal=True),
    Family("cn", 50, rf"(?<![{CN}第])[{CN}]{{1,3}}[、.](?![{CN}]{{1,3}}[、级等类])", STOP),
    Family("named", 55, rf"(?:专项)?(?:行动|任务|工程|专项|举措|措施|步骤|环节|板块|专题|阶段)(?:[{CN}]{{1,3}}|\d{{1,2}})(?:[ ]?[:、.]|[ ]{{1,4}}(?=[\u4e00-\u9fff“]))", LINE),
    Family("cn_paren", 60, rf"[(][ ]?[{CN}]{{1,4}}[ ]?[)](?!\s?[、和至到或项]\s?[(第])", STOP),
    Family("step", 65, rf"第[{CN}]{{1,3}}(?:步骤?|阶段)[ ]?[,:、]", LINE),
    Family("decimal", 72, r"(?<![\d.])\d{1,2}(?:[.]\d{1,2}){1,3}[.、]?(?=[ ]{0,4}[\u4e00-\u9fff“《]|[ ]{1,4}[A-Za-zⅠ-Ⅻ\d])", LINE),
    Family("arabic", 70, r"(?<![\d./-])\d{1,3}[ ]?[.、](?!\d(?!\d{3}年))", STOP),
    Family("arabic_paren", 80, r"[(][ ]?\d{1,3}[ ]?[)](?!\s?[、和至到或项]\s?[(第])", STOP),
    Family("arabic_half", 85, r"(?<![\d(A-Za-z-])\d{1,2}[)]", LINE),
    Family("circled", 90, r"[①-⑳]", STOP),
    Family("latin", 92, r"(?<![A-Za-z\d])[A-Za-z][ ]?[.、)](?=[ ]{0,2}[\u4e00-\u9fff“《])", LINE),
    Family("run", 95, rf"(?<![{CN}第])[一二三四五六七八九十]{{1,3}}是", CLAUSE),
)
RANKS = {family.name: family.rank for family in FAMILIES}
FORMAL = frozenset(family.name for family in FAMILIES if family.formal)
_REACH = {family.name: family.reach for family in FAMILIES}
# Which characters a mark may begin with is told first: most of a text is none, and each would be tried fourteen times.
_MARK = re.compile(rf"(?=[第{CN}专行任工举措步环板阶(\dA-Za-z①-⑳])(?:" + "|".join(f"(?P<{family.name}>{family.pattern})" for family in FAMILIES) + ")")
_NUMERAL = re.compile(rf"[{CN}]+|\d+")
_CIRCLED = {chr(ord("①") + n): n + 1 for n in range(20)}

# `、工作要求` and `)依法惩`: a converter dropped the numeral; both need the sequence around them to count.
_LOST = re.compile(r"^[ ]{0,8}(?:(?P<cn>、)|(?P<cn_paren>[)]))(?=[\u4e00-\u9fff“])", re.M)
# `2.2 人员` is a heading, `2.2人` and `2.2 万元` are figures.
MEASURED = re.compile(r"[ ]{0,2}[%‰倍万亿元米吨克]|[个级项条人家次天余]")
_PREFIX = frozenset(" #*>")
_STOPS = frozenset("。;:!?”)")
_CLAUSE_STOPS = frozenset(",是、")


@dataclass(frozen=True, slots=True)
class Mark:
    """A candidate: text[start:after] is the mark. numbers: all parts of a decimal number, else one; () when lost."""

    family: str
    rank: int
    numbers: tuple[int, ...]
    start: int
    after: int
    place: int
    title: Span | None = None
    reading: str = ""

    @property
    def number(self) -> int | None:
        return self.numbers[-1] if self.numbers else None


def find_marks(text: str) -> list[Mark]:
    """Give all candidates in text order, but for bare numbers; a lost one only in front of a title."""
    marks = [mark for match in _MARK.finditer(text) if (mark := _mark_of(text, match))]
    marks += _lost_numbers(text)
    return sorted(marks, key=lambda mark: (mark.start, mark.rank))


def _mark_of(text: str, match: re.Match[str]) -> Mark | None:
    family = match.lastgroup or ""
    place = _place(text, match.start())
    if place is None or place > _REACH[family]:
        return None
    printed = match.group()
    if family == "decimal" and MEASURED.match(text, match.end()):
        return None
    if family == "arabic_half" and _closes_bracket(text, match.start()):
        return None
    numbers = _numbers(family, printed)
    if not numbers or numbers[0] > 999:
        return None
    rank = RANKS[family] + (len(numbers) - 2 if family == "decimal" else 0)
    return Mark(family, rank, numbers, match.start(), match.end(), place)


def _numbers(family: str, printed: str) -> tuple[int, ...]:
    if family == "circled":
        return (_CIRCLED[printed],)
    if family == "latin":
        return (ord(printed[0].lower()) - ord("a") + 1,)
    values = [value_of(numeral) for numeral in _NUMERAL.findall(printed)]
    # 第十二条之一 counts as 第十二条 for the sequence.
    values = values if family == "decimal" else values[:1]
    return tuple(value for value in values if value is not None)


def _place(text: str, start: int) -> int | None:
    at = start
    while at > 0 and text[at - 1] in _PREFIX and start - at < 20:
        at -= 1
    if at == 0 or text[at - 1] == "\n":
        return LINE
    before = text[start - 1]
    if before in _PREFIX:
        return SPACE
    if before in _STOPS:
        return STOP
    return CLAUSE if before in _CLAUSE_STOPS else None


def _lost_numbers(text: str) -> Iterator[Mark]:
    for match in _LOST.finditer(text):
        family = match.lastgroup or ""
        start = match.start(family)
        if not (_is_title_line(text, start) if family == "cn" else not _closes_bracket(text, start)):
            continue
        yield Mark(family, RANKS[family], (), start, match.end(), LINE)


def _closes_bracket(text: str, at: int) -> bool:
    """`(PM / 2.5 / )浓度`: a line that begins with the end of a bracket opened just before."""
    before = text[max(0, at - 160) : at]
    return before.rfind("(") > before.rfind(")")


def _is_title_line(text: str, start: int) -> bool:
    # `、区消防救援大队等按职责分工负责` continues a broken cell: a short line before it, or words of duty at its end.
    end = text.find("\n", start)
    line = text[start + 1 : end if end >= 0 else len(text)].strip()
    before = text[max(0, start - 400) : start].rstrip()
    previous = before[before.rfind("\n") + 1 :]
    closed = previous.endswith(("。", ":")) or len(previous) > 30
    return closed and len(line) <= 30 and not line.endswith(("负责", "配合", "单位", ";"))


def marked_headings(text: str, headings: tuple[HeadingMark, ...], marks: list[Mark]) -> list[Mark]:
    """Turn the headings that the format itself marks into marks that enclose every family of plain text.

    A numbered one (`## 二、主要任务`) keeps the family and number of its own mark.
    """
    own = {mark.start: mark for mark in marks}
    found = []
    for heading in headings:
        start, end = heading.span.start, heading.span.end
        while start < end and text[start] in _PREFIX:
            start += 1
        mark = own.get(start)
        rank = heading.level - 9
        if mark is not None and mark.family != "run" and mark.after <= end:
            found.append(replace(mark, rank=rank, place=LINE, title=Span(mark.after, end)))
        else:
            found.append(Mark("markup", rank, (), start, start, LINE, title=Span(start, end)))
    return found
