"""Responsibility brackets: `(责任单位:各镇、街道;牵头部门:区委宣传部)` at the end of an item, in whatever form it is written.

Brackets nest and run over lines; they are matched by depth in one pass, an unmatched one pairs with nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from corpus.list_cells import looks_like_deadline
from corpus.statements import LABEL
from corpus.text import trim
from corpus.types import Span
from corpus.unit_names import COLLECTIVE, INSIDE, NOT_UNITS, SUFFIXES
from corpus.units import split_units

_OPENING = {"(": ")", "【": "】", "[": "]"}
_BRACKET = re.compile(r"[()【】\[\]]")
_MAX_LENGTH = 1200
_DUTY = re.compile(r"牵头|负责(?!人)|配合|落实")
_DUTY_END = re.compile(r"(?:牵头|负责|配合|落实|参与|协助|推进|实施|下同|责)[。;,]?\s*$")
_RULE_BELOW = re.compile(r"[。;,](?:以下|下列|其余)[^。;]{2,40}(?:,|。|;)?(?:不再(?:一一)?(?:列出|重复|列明))?[。;]?\s*$")
_REMARK = re.compile(r"\s*(?:注|备注|说明)\s?[:1-9]")
_AFTER = re.compile(r"[ 。;,]{0,3}(?:\n|$| |[(]?[一二三四五六七八九十\d])")


def responsibility_brackets(text: str) -> tuple[Span, ...]:
    """Find the brackets of a narrow text that say who is responsible, outer brackets included; linear in its length."""
    pairs = sorted(_pairs(text))
    found: list[Span] = []
    for pair in pairs:
        if found and found[-1].covers(pair):
            continue
        if len(pair) <= _MAX_LENGTH and _is_responsibility(text, pair):
            found.append(pair)
    return tuple(found)


def _pairs(text: str) -> Iterator[Span]:
    stack: list[tuple[str, int]] = []
    for match in _BRACKET.finditer(text):
        character = match.group()
        if character in _OPENING:
            stack.append((_OPENING[character], match.start()))
        elif stack and stack[-1][0] == character:
            yield Span(stack.pop()[1], match.end())
        elif len(stack) > 1 and stack[-2][0] == character:
            # One stray opening bracket inside must not hide the pair around it.
            stack.pop()
            yield Span(stack.pop()[1], match.end())


def _is_responsibility(text: str, pair: Span) -> bool:
    inner = _without_limit(text, Span(pair.start + 1, pair.end - 1))
    words = inner.of(text)
    if _REMARK.match(words):
        return False
    if LABEL.search(text, inner.start, inner.end):
        return True
    if _DUTY.search(words):
        return bool(_DUTY_END.search(_RULE_BELOW.sub("", words))) and any(map(_is_unit, _names(text, inner)))
    names = _names(text, inner)
    # One office says who is responsible where a time limit stands beside it: (县教育局,8月底前).
    listed = len(names) >= (1 if inner.end < pair.end - 1 else 2) and all(map(_is_unit, names)) and any(name.endswith(("局", "委", "厅", "部", "办")) for name in names)
    return listed and bool(_AFTER.match(text, pair.end))


def _without_limit(text: str, inner: Span) -> Span:
    """Leave out a closing 2025年6月底前完成 or 长期坚持."""
    cut = max(text.rfind(mark, inner.start, inner.end) for mark in ",;")
    return Span(inner.start, cut) if cut > 0 and looks_like_deadline(text, trim(text, Span(cut + 1, inner.end))) else inner


def _names(text: str, span: Span) -> list[str]:
    return [mention.value for mention in split_units(text, span)]


def _is_unit(name: str) -> bool:
    return len(name) <= 40 and (name.endswith((*SUFFIXES, *COLLECTIVE, ")")) or "牵头" in name or (name.endswith(INSIDE) and not name.endswith(NOT_UNITS)))


def within(spans: tuple[Span, ...], offset: int) -> bool:
    """Tell whether `offset` lies in one of the ordered, disjoint `spans`."""
    at = bisect_left(spans, Span(offset + 1, 0)) - 1
    return at >= 0 and spans[at].start <= offset < spans[at].end
