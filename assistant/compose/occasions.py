"""When something begins or ends that depends on a case and on no date: 连续三日无新增的,终止响应."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.answering.clauses import sentences
from assistant.answering.draft import Draft, Quote
from assistant.answering.evidence import Gathered
from assistant.compose.lists import enumerate_members
from assistant.compose.texts import clean
from assistant.lexicon.cues import WHEN
from assistant.lexicon.synonyms import ALTERNATIVES
from assistant.library.library import Library
from assistant.question.query import Query
from assistant.question.terms import Term
from corpus.dates import deadlines_in
from corpus.text import fold

_EVENTS = "启动|解除|终止|结束|撤销|取消|升级|降级|停课|停工|停产|停运|停业|复课|复工|复产|恢复|转移|撤离|疏散|关闭|封闭|暂停|中止"
_ENDED = ("终止", "解除", "结束", "撤销")
"""Words for one thing when a response, a warning or a ban ends."""
_ASKED = re.compile(rf"{WHEN}(?:才|就|能够?|可以|要|应该?|会|需要|得){{0,3}}(?P<event>{_EVENTS})|(?P<before>{_EVENTS}).{{0,6}}(?:的条件|要什么条件)")
_LEVEL = re.compile("[一二三四五]级|[1-5]级|i{1,3}v?级|iv级|[红橙黄蓝]色")
_CASE = re.compile("(?:的|后|时|之一|情况下)[,:]")
_MOST, _ABOUT = 12, 0.4
"""Clauses that are looked at, and the share of the question that one has to cover."""


def condition(query: Query, gathered: Gathered, library: Library) -> Draft | None:
    """Give the sentence that names the case in which what is asked about begins or ends; None where a date says when, or no sentence does."""
    match = _ASKED.search(query.folded)
    if match is None:
        return None
    event = match["event"] or match["before"]
    term = Term(event, 1.0, _ENDED if event in _ENDED else ALTERNATIVES.get(event, ()))
    levels = set(_LEVEL.findall(query.folded))
    for scored in gathered.clauses[:_MOST]:
        clause, text = scored.clause, scored.clause.document.text
        if scored.score < _ABOUT or clause.passage.kind != "text":
            continue
        for span in sentences(text, clause.passage.span):
            own = fold(span.of(text))
            case = _CASE.search(own)
            named = set(_LEVEL.findall(own)) or set(_LEVEL.findall(fold(clause.path)))
            if case is None or term.cover(own[case.end() :]) < _SAID or (levels and named and not levels & named) or any(deadlines_in(text, span)):
                continue
            if own.endswith(":"):
                listed = enumerate_members(replace(query, kind="list"), gathered, library)
                return replace(listed, kind=query.kind) if listed and listed.exact and listed.text else None
            return Draft(query.kind, clean(span.of(text)), (Quote(clause.document, span, clause.passage.path, (span,)),), scored.score, True, (), "", "text", (("own", scored.own),))
    return None


_SAID = 0.9
"""Cover of a word that stands there itself or as a synonym."""
