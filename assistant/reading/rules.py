"""A reader without weights: the clause that covers most of the question, or the value in it that the question asks for.

A clause counts by how much of the question's words it covers, rare ones more, itself or by its neighbours and the lines above it;
the last clause asked about in a passage that names a unit, a time limit or a figure of the kind asked for counts more. The words are weighed
by how many clauses of the passages read together hold them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.clauses import segments, sentences
from assistant.question.query import Query
from assistant.question.tagging import words
from assistant.question.terms import Term, coverage
from assistant.question.understand import Knowledge, understand
from corpus.dates import deadlines_in
from corpus.text import fold, trim
from corpus.types import Span
from corpus.units import units_in
from index.reader import NOTHING, Reading

_FIGURE = re.compile(r"(?:不少于|不超过|不得超过|不低于|至少|最高|约)?\s*(?:百分之[一二三四五六七八九十百零]+|(?:\d[\d,.]*|[一二两三四五六七八九十百千万]+)(?:%|‰|[多余]?[万亿]?[㐀-鿿]{1,3}(?:以上|以下|以内|左右)?))")
_MEANING = re.compile(r"(?:是指|指的是|系指|指|是)[,，:：]?\s*")
_STEEP, _MIDDLE = 7.0, 0.62
"""The logistic that turns coverage into a probability, fitted by eye on made questions."""


@dataclass(frozen=True, slots=True)
class _Choice:
    span: Span
    score: float


class RuleReader:
    """Reads by rules. Holds nothing, may be shared between threads."""

    name = "rules-1"

    def read(self, question: str, passages: Sequence[str]) -> tuple[Reading, ...]:
        """Read each passage; words are weighed over all of them."""
        asked = question.strip()
        if not asked:
            return (NOTHING,) * len(passages)
        cut = [sentences(text, Span(0, len(text))) for text in passages]
        pieces = [fold(span.of(text)) for text, spans in zip(passages, cut, strict=True) for span in spans]
        known = Knowledge((), lambda word: sum(word in piece for piece in pieces), max(len(pieces), 1), words())
        query = understand(asked, known)
        return tuple(_reading(query, text, spans) for text, spans in zip(passages, cut, strict=True))


def _reading(query: Query, text: str, spans: Sequence[Span]) -> Reading:
    if not spans or not query.terms:
        return NOTHING
    best = max((_scored(query, text, spans, at) for at in range(len(spans))), key=lambda c: (c.score, -c.span.start))
    span = _value(query, text, best.span)
    sure = 1 / (1 + math.exp(-_STEEP * (best.score - _MIDDLE)))
    return Reading(span.start, span.end, sure, 1 - sure)


def _scored(query: Query, text: str, spans: Sequence[Span], at: int) -> _Choice:
    """Score one clause: its own words, those of its neighbours, of the first line, and whether it has what is asked for."""
    span = spans[at]
    own = fold(span.of(text))
    near = fold("".join(s.of(text) for s in spans[max(at - 1, 0) : at + 2]))
    whole = fold(text)
    score = coverage(query.terms, ((own, 1.0), (near, 0.85), (whole, 0.7)))
    return _Choice(span, score + (0.12 if _has_kind(query, text, span) else 0.0))


def _has_kind(query: Query, text: str, span: Span) -> bool:
    if query.kind in ("lead", "support"):
        return bool(units_in(text, span))
    if query.kind == "deadline":
        return bool(deadlines_in(text, span))
    if query.kind in ("number", "count"):
        return any(query.measure_word in m.group() for m in _FIGURE.finditer(text, span.start, span.end))
    if query.kind == "definition":
        return bool(_MEANING.search(text, span.start, span.end))
    return False


def _value(query: Query, text: str, span: Span) -> Span:
    """The words of a clause that answer: a unit, a time, a figure, a meaning; else the clause without its closing mark."""
    found: list[Span] = []
    if query.kind in ("lead", "support"):
        found = [mention.span for mention in units_in(text, span)]
    elif query.kind == "deadline":
        found = [limit.span for limit in deadlines_in(text, span)]
    elif query.kind in ("number", "count"):
        found = [Span(m.start(), m.end()) for m in _FIGURE.finditer(text, span.start, span.end) if query.measure_word in m.group()]
    elif query.kind == "definition" and (meaning := _MEANING.search(text, span.start, span.end)):
        found = [Span(meaning.end(), span.end)]
    if found:
        span = max(found, key=lambda one: (_around(query.terms, text, span, one), -one.start))
    bare = trim(text, Span(span.start, span.end - (text[span.end - 1 : span.end] in tuple("。；;，,"))))
    return bare if len(bare) else span


def _around(terms: Sequence[Term], text: str, clause: Span, value: Span) -> float:
    """How much of the question stands in the comma clause of a value."""
    home = next((s for s in segments(text, clause) if s.overlaps(value)), clause)
    return coverage(terms, ((fold(home.of(text)), 1.0), (fold(text[clause.start : value.start]), 0.9)))
