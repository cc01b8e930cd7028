"""Sentences, clauses, quoted terms and brackets: how the fact finders see running text.

`Reading` levels a text once (equal length, ASCII punctuation, paired quotes), so that every grammar works on one form
and every match is a span of the canonical text. All look-ups are bounded or bisected: reading is linear in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache, lru_cache

from corpus.text import squeeze
from corpus.types import Section, Source, Span
from corpus.width import narrow

HAN = r"\u4e00-\u9fff"
TERMINALS = "。!?;:"
_QUOTES = str.maketrans({"「": "“", "」": "”", "『": "“", "』": "”", "＂": '"', "〝": "“", "〞": "”"})
_STRAIGHT = re.compile(r'"([^"\n“”]{1,80})"')
_STOP = re.compile(r"[。!?]+[”’)]*|\n[ \n]*")
_MARK = re.compile(r"[ ]{0,8}(?:[一二三四五六七八九十]{1,3}[、.]|[(]?[一二三四五六七八九十\d]{1,3}[)]|\d{1,2}[.、]|第[一二三四五六七八九十百\d]{1,5}[章节条编]|附件|[#>|*-])")
_OPEN, _CLOSE = "(“《〔[", ")”》〕]"
_GROUPED = re.compile(r"\d,\d{3}(?!\d)")
MAX_BRACKET = 700
MAX_QUOTED = 120


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as the fact finders read it.

    plain: levelled copy of equal length.  sentences: they cover the text in order, white space between them excepted.
    quotes: insides of “…”, in order.  brackets: offset of `(` -> offset of its `)`.
    """

    text: str
    plain: str
    sentences: tuple[Span, ...]
    quotes: tuple[Span, ...]
    brackets: dict[int, int]
    sections: tuple[Section, ...] = ()

    def sentence(self, at: int) -> Span:
        """Give the sentence that holds the offset `at`."""
        index = bisect_right(self.sentences, at, key=lambda span: span.start) - 1
        return self.sentences[index] if index >= 0 else Span(at, at)

    def section(self, at: int) -> Section | None:
        """Give the innermost section that holds the offset `at`, None before the first one."""
        index = bisect_right(self.sections, at, key=lambda section: section.span.start) - 1
        while index >= 0:
            section = self.sections[index]
            if at < section.span.end:
                return section
            index = section.parent
        return None

    def place(self, at: int) -> tuple[int, tuple[str, ...]]:
        """Give section index and heading path for the offset `at`; (-1, ()) before the first section."""
        section = self.section(at)
        return (section.index, section.path) if section else (-1, ())

    def value(self, span: Span) -> str:
        """Give the normalised words of `span`: white space inside removed, width kept."""
        return squeeze(span.of(self.text))


def read(source: Source, sections: tuple[Section, ...] = ()) -> Reading:
    """Level and segment the text of `source`."""
    plain, sentences, quotes, brackets = _segmented(source.text)
    return Reading(source.text, plain, sentences, quotes, brackets, sections)


def level(text: str) -> str:
    """Give a copy of equal length with ASCII punctuation and blanks and with paired quotes “ ”."""
    return _STRAIGHT.sub(lambda match: f"“{match.group(1)}”", narrow(text).translate(_QUOTES))


@lru_cache(maxsize=4)
def _segmented(text: str) -> tuple[str, tuple[Span, ...], tuple[Span, ...], dict[int, int]]:
    plain = level(text)
    return plain, tuple(_sentences(plain)), tuple(_quotes(plain)), _brackets(plain)


def _sentences(plain: str) -> list[Span]:
    spans: list[Span] = []
    start = 0
    wrap = wrap_width(plain)
    for stop in _STOP.finditer(plain):
        if plain[stop.start()] == "\n":
            if _continues(plain, start, stop, wrap):
                continue
            end = stop.start()
        else:
            end = stop.end()
        _append(spans, plain, start, end)
        start = stop.end()
    _append(spans, plain, start, len(plain))
    return spans


def _append(spans: list[Span], plain: str, start: int, end: int) -> None:
    while start < end and plain[start].isspace():
        start += 1
    while end > start and plain[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append(Span(start, end))


def _continues(plain: str, start: int, stop: re.Match[str], wrap: int) -> bool:
    """Tell whether the sentence that began at `start` runs on over the line break `stop`."""
    last = plain[max(start, stop.start() - 1) : stop.start()]
    if _MARK.match(plain, stop.end(), stop.end() + 12) or not last:
        return False
    if last in ";,、" or plain.startswith("、", stop.end()):
        return True
    if not wrap or last in TERMINALS or "\n" in stop.group()[1:]:
        return False
    return stop.start() - plain.rfind("\n", 0, stop.start()) - 1 >= wrap - 4


def wrap_width(plain: str) -> int:
    """Give the line width of a text whose lines were broken by a converter, 0 when its lines are paragraphs."""
    widths = sorted(len(line) for line in plain.splitlines() if len(line) > 8)
    if len(widths) < 12:
        return 0
    widest = widths[int(len(widths) * 0.95)]
    full = sum(width >= widest - 4 for width in widths)
    return widest if 15 <= widest <= 90 and full * 3 > len(widths) else 0


def _quotes(plain: str) -> list[Span]:
    """Pair the quotes; a wrong closing mark (“四线“) closes a short term."""
    spans: list[Span] = []
    opened = -1
    for match in re.finditer("[“”\n]", plain):
        at = match.start()
        if match.group() == "\n":
            opened = opened if plain[at - 1 : at] in (";", ",", "、") else -1
        elif match.group() == "”" or (opened >= 0 and 0 < at - opened - 1 <= 10):
            if opened >= 0 and at - opened <= MAX_QUOTED:
                spans.append(Span(opened + 1, at))
            opened = -1
        else:
            opened = at
    return spans


def _brackets(plain: str) -> dict[int, int]:
    pairs: dict[int, int] = {}
    stack: list[int] = []
    for match in re.finditer(r"[()]|\n\s*\n", plain):
        if match.group() == "(":
            stack.append(match.start())
        elif match.group() == ")":
            if stack:
                opened = stack.pop()
                if match.start() - opened <= MAX_BRACKET:
                    pairs[opened] = match.start()
        else:
            stack.clear()
    return pairs


_QUOTED_RULE = re.compile("“[^“”]*[,;。][^“”]*”")


@cache
def _telling(marks: str) -> re.Pattern[str]:
    """Find the characters that a split looks at."""
    return re.compile(f"[{re.escape(_OPEN + _CLOSE + marks)}]")


def split(plain: str, span: Span, marks: str) -> list[Span]:
    """Split `span` at the characters `marks` outside of brackets, quotes and book titles; empty parts are left out.

    A quotation that is the text of a rule (修改为:“新建…不低于35%,改建…不低于25%”) is split like any other text.
    """
    parts: list[Span] = []
    depth, start, rule_ends = 0, span.start, -1
    for found in _telling(marks).finditer(plain, span.start, span.end):
        at, character = found.start(), found.group()
        if character == "“" and plain[at - 1 : at] == ":" and (rule := _QUOTED_RULE.match(plain, at, span.end)):
            rule_ends = rule.end() - 1
        elif character in _OPEN:
            depth += 1
        elif character in _CLOSE:
            depth = max(0, depth - (at != rule_ends))
        elif depth == 0 and not (character == "," and _GROUPED.match(plain, at - 1)):
            _append(parts, plain, start, at)
            start = at + 1
    _append(parts, plain, start, span.end)
    return parts

