"""What kind of value a question demands, and where a text states values of that kind."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from assistant.answering.clauses import segments
from assistant.lexicon.cues import LEADS
from assistant.question.measured import TIME_UNITS, states_unit
from assistant.question.query import Query
from corpus.dates import deadlines_in
from corpus.numbers import CN
from corpus.text import fold
from corpus.types import Document, Span
from corpus.units import units_in

_MONEY = re.compile(rf"(?:\d[\d,.]*|[{CN}]+)[余多]?[万亿]?元(?:以上(?:\d[\d,.]*|[{CN}]+)[万亿]?元以下)?")
_SHARE = re.compile(rf"\d[\d.]*[%％‰]|百分之[{CN}]+|[{CN}]+分之[{CN}]+|(?<![{CN}])[{CN}]成(?!效|为|立|员|果|长|熟)|\d成(?!效)|一半|各半|半数|全额")
_STRETCH = "(?:个)?(?:工作日|自然日|小时|分钟|季度|学期|[日天周季年]|(?<=[个每])月)(?:之?内|以上|以下)?"
_TIME = re.compile(
    rf"每(?:隔)?(?:[{CN}半两]{{0,2}}|\d{{0,2}}){_STRETCH}(?!度|级|满)"
    rf"|(?:(?<![\d月])\d{{1,3}}|半|(?<![月{CN}])[{CN}两]+){_STRETCH}(?!度|份|底|初|末|级|龄|号|满|行动|计划|以前|之前)"
)
_FIGURE = re.compile(rf"\d[\d,.]*(?:%|(?!年)[㐀-鿿]{{1,2}})|(?<![第{CN}])[{CN}]{{1,6}}(?:个|名|人|次|家|台|份|张|处|座|株|户|所|支|条|项|倍|成|本|只|件)")
_COUNT = re.compile(f"{_SHARE.pattern}|{_FIGURE.pattern}")
"""How many of a number may be said as a share of it: 三分之二以上的业主."""

_OF_UNIT = 0.2
TELLING = "telling"
"""The kind of what no typed value answers."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A kind of value. spans: where a sentence of a document states such values, in order.  held: does a text hold one?

    bonus: what the printed value is worth more because its unit is the one asked for.
    """

    name: str
    spans: Callable[[Document, Span], list[Span]]
    held: Callable[[str], bool]
    bonus: Callable[[str], float] = lambda printed: 0.0


def _runs(document: Document, sentence: Span) -> list[Span]:
    """The comma segments of a sentence and the runs of neighbouring ones, each without what only opens it (制度:)."""
    cut = segments(document.text, sentence)[:_MOST_SEGMENTS]
    return [Span(cut[i].start, cut[j].end) for i in range(len(cut)) for j in range(i, min(i + _LONGEST_RUN, len(cut)))]


_MOST_SEGMENTS, _LONGEST_RUN = 8, 3
TOLD = Wanted(TELLING, _runs, bool)
"""What has no form of its own: the words of a sentence between its commas."""


def wanted(query: Query) -> Wanted:
    """Give the kind of value that a question demands; without a typed one what a segment of a sentence says."""
    # 谁牵头出台 reads like a question for who issued it; who holds a post is no office.
    kind = query.wants[0] if query.kind == "meta" and query.wants and re.search(LEADS, query.folded) else query.kind
    if kind in ("lead", "support"):
        return Wanted("body", _bodies, lambda text: bool(units_in(text, Span(0, len(text)))))
    if kind == "deadline":
        return Wanted("date", _dates, lambda text: bool(deadlines_in(text, Span(0, len(text)))))
    if kind not in ("number", "count"):
        return TOLD
    asked = query.measure_word
    if asked == "元":
        return _figures("money", _MONEY, lambda printed: "元" in printed)
    if asked in ("%", "折"):
        return _figures("share", _SHARE, lambda printed: bool(_SHARE.search(printed)))
    if asked == "久" or asked in TIME_UNITS:
        fits_unit = _OF_UNIT if asked in TIME_UNITS else 0.0
        return replace(_figures("time", _TIME, lambda printed: bool(_TIME.search(printed))), bonus=lambda printed: fits_unit * (asked[-1] in printed))
    if asked:
        part = f"几{asked}" not in query.folded  # 几处 is never said as a share
        return _figures("count", _COUNT, lambda printed: (part and bool(_SHARE.search(printed))) or states_unit(fold(printed), asked))
    return _figures("figure", _COUNT, lambda printed: bool(re.search(rf"[\d{CN}]|全额", printed)))


def _figures(name: str, pattern: re.Pattern[str], fits: Callable[[str], bool]) -> Wanted:
    def spans(document: Document, sentence: Span) -> list[Span]:
        text = document.text
        found = [t.span for t in document.facts.targets if sentence.covers(t.span) and fits(t.span.of(text))]
        for match in pattern.finditer(text, sentence.start, sentence.end):
            span = Span(match.start(), match.end())
            if fits(match.group()) and not any(span.overlaps(other) for other in found):
                found.append(span)
        return sorted(found, key=lambda s: s.start)

    return Wanted(name, spans, lambda text: bool(pattern.search(fold(text))) and fits(fold(text)))


def _bodies(document: Document, sentence: Span) -> list[Span]:
    return [mention.span for mention in units_in(document.text, sentence)]


def _dates(document: Document, sentence: Span) -> list[Span]:
    return sorted((limit.span for limit in document.facts.deadlines if sentence.covers(limit.span)), key=lambda s: s.start)
