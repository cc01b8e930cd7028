"""How far two figures are apart, computed where a question asks for it and no text says it."""

from __future__ import annotations

import re

from assistant.answering.draft import Draft
from assistant.question.query import Query
from corpus.numbers import value_of

_DIFFERENCE = re.compile("差(?:多少|几)|相差|(?<!最)[多少高低](?:了|出)?多少|[多少][了出]?几|(?:增加|增长|提高|下降|减少|降低)了?(?:多少|几)")
_FIGURE = re.compile(r"(?P<number>\d[\d,]*(?:\.\d+)?|[一二三四五六七八九十百千]+)\s*(?P<unit>[㐀-鿿%]{1,4})")


def difference(query: Query, one: Draft, two: Draft) -> str:
    """How far two figures of one unit are apart, where that is asked."""
    if not _DIFFERENCE.search(query.folded):
        return ""
    far = apart(one, two)
    return f"\n相差{far}(计算得出)" if far else ""


def apart(one: Draft, two: Draft) -> str:
    """How far the figures of two drafts are apart, with their unit; "" where their units differ or one has none."""
    marked = [d.quotes[0].highlights[0].of(d.quotes[0].document.text) for d in (one, two) if d.quotes and d.quotes[0].highlights]
    found = [_FIGURE.search(text) for text in marked]
    if len(found) < 2 or found[0] is None or found[1] is None:
        found = [_FIGURE.search(d.text) for d in (one, two)]
    if found[0] is None or found[1] is None or _unit(found[0]) != _unit(found[1]):
        return ""
    amounts = [_amount(m.group("number")) for m in found if m]
    if None in amounts:
        return ""
    far = abs((amounts[0] or 0.0) - (amounts[1] or 0.0))
    unit = "个百分点" if _unit(found[0]) == "%" else _unit(found[0])
    return f"{far:.4f}".rstrip("0").rstrip(".") + unit


def _unit(figure: re.Match[str]) -> str:
    return re.sub("(?:以上|以下|以内|左右|之?内)$", "", figure.group("unit"))


def _amount(number: str) -> float | None:
    return float(number.replace(",", "")) if number[0].isdigit() else value_of(number)

