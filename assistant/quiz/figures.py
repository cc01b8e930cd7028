"""Points from figures: a share, a count, an amount that the text sets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.quiz.points import Point, cut_around, plain
from assistant.quiz.wording import BLANK, pretty, source_name
from corpus.numbers import value_of
from corpus.types import Document, Span, Target

_FIGURE = re.compile(r"\d+(?:\.\d+)?|[一二两三四五六七八九十]+")
_UNFIT = frozenset(("年", "月", "日", "天", "级", "种", "大", "项", "类", "条", "支", "批", "轮"))
_TRIVIAL = re.compile(r"▁(?:清单|方面|阶段|部门|环节|步骤|体系|层面|时段|专题|附件|行动)")
"""How many parts the text's own list has is not worth a question."""
_FREQUENCY = re.compile(r"每[年季月周日旬半两三五\d]")
"""Where one says 每年一次, how often is worth a question, the one time is not."""


def figures(document: Document) -> Iterator[Point]:
    """Give a point for each figure that stands in a sentence which can be asked on its own."""
    for target in document.facts.targets:
        if target.comparator in ("=", ">=", "<=", "+", "-", ">", "<") and (point := _point(document, target)):
            yield point


def _point(document: Document, target: Target) -> Point | None:
    place = _place(document.text, target)
    if place is None or target.unit.split("/")[0] in _UNFIT:
        return None
    cut = cut_around(document, place, period=target.period)
    if cut is None:
        return None
    value = pretty(place.of(document.text))
    number = number_in(value)
    text = document.text
    if re.match(r"[至到~—–-]", text[place.start - 1 : place.start]) or re.match(r"\s*[至到~—–-]\s*\d", text[place.end : place.end + 3]):
        return None
    if number == 1 and target.unit.startswith("次") and _FREQUENCY.search(cut.statement):
        return None
    if len(plain(cut.statement.replace(BLANK, ""))) < 12 or number is None or _TRIVIAL.search(cut.statement) or plain(value) in plain(cut.statement.replace(BLANK, "")):
        return None
    return Point(
        "figure", document, cut.passage.section, cut.passage.path, source_name(document, cut.passage.path),
        cut.statement, (value,), (cut.sentence,), (place,),
        prompt=_subject(cut.statement), number=number, unit=target.unit, comparator=target.comparator,
    )  # fmt: skip


def number_in(value: str) -> float | None:
    """Read the number a value begins with; None when it begins with none."""
    match = _FIGURE.match(value)
    if match is None:
        return None
    return float(match.group()) if "." in match.group() else value_of(match.group())


def _place(text: str, target: Target) -> Span | None:
    """Where the number stands with its unit (95%, 3艘), without 达 and 以上; None when the unit is printed elsewhere."""
    printed = target.span.of(text)
    found = [m for m in _FIGURE.finditer(printed) if not _FREQUENCY.match(printed[max(0, m.start() - 1) :])]
    for match in found:
        rest = printed[match.end() :].lstrip(" ")
        gap = len(printed) - match.end() - len(rest)
        for unit in (target.unit, target.unit.split("/")[0]):
            for written in (unit, "％" if unit == "%" else unit):
                if written and rest.startswith(written):
                    return Span(target.span.start + match.start(), target.span.start + match.end() + gap + len(written))
    return None


_TAIL = re.compile(r"(?:应|要|均|应当|必须)?(?:达到?|实现|控制在|不低于|不少于|提升[至到]|提高[至到]|不得少于|不得低于|占比|完成|超过|为)?$")


def _subject(statement: str) -> str:
    """The words the figure is about, for a case: 检查对象分层分级分类纳管率; "" when they are not a plain noun phrase."""
    left = statement.split(BLANK)[0]
    subject = _TAIL.sub("", re.split("[，：]", left)[-1])
    return subject if re.search("率$|比例$|覆盖面$|占比$", subject) and 4 <= len(subject) <= 40 else ""
