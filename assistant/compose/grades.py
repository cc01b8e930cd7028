"""Which grade something takes: 几星可以免费乘车 → 三星级以上, with the sentence that grants it and none of its neighbours."""

from __future__ import annotations

import re

from assistant.answering.draft import Draft, Quote, shortened
from assistant.answering.evidence import Gathered
from assistant.compose.contrast import shown
from assistant.question.query import Query
from assistant.question.terms import coverage
from corpus.numbers import CN
from corpus.text import fold
from corpus.types import Span

_ASKED = re.compile("(?<![分共设])(?<!多少)(?:(?<![有第哪分])几|哪一?个?|什么|啥)(?:信用|风险|评价|考核)?(?P<word>星级?|级别?|档次?|等级)(?!似|型|化|子|市|部门|政府|财政|标准的?是|响应)")
_GRADES = {
    "星": re.compile(rf"(?:[{CN}]|\d)星级?(?:及?以[上下])?"),
    "级": re.compile(rf"(?:[A-Ea-e]+|[{CN}]|\d{{1,2}}|[甲乙丙丁ⅠⅡⅢⅣⅤ])级(?:及?以[上下])?(?!市|财政|政府|部门)"),
    "档": re.compile(rf"(?:第?[{CN}]|\d|[A-E])档(?:及?以[上下])?"),
}
_LOOKED_AT, _NEAR, _LEAST = 8, 0.35, 0.3


def grade_asked(query: Query, gathered: Gathered) -> Draft | None:
    """Give the grade that the sentence about the matter names, where it names one alone."""
    asked = _ASKED.search(query.folded)
    if asked is None or not gathered.clauses:
        return None
    word = asked["word"][0] if asked["word"] != "等级" else "级"
    terms = query.focus if query.follow_up and query.focus else query.terms
    top = gathered.clauses[0].score
    near = [s for s in gathered.clauses[:_LOOKED_AT] if s.score >= top - _NEAR and s.clause.passage.kind == "text"]
    best = max(near, key=lambda s: (round(coverage(terms, ((s.clause.own, 1.0),)), 2), s.score), default=None)
    if best is None or coverage(terms, ((best.clause.own, 1.0),)) < _LEAST:
        return None
    clause = best.clause
    named = list(_GRADES[word].finditer(clause.text))
    if len({fold(match.group()) for match in named}) != 1:
        return None
    grade = named[0]
    at = Span(clause.span.start + grade.start(), clause.span.start + grade.end())
    text = f"{grade.group()}。原文:{shortened(shown(clause.document.text, clause.span).rstrip('；;'), 160)}"
    quote = Quote(clause.document, clause.span, clause.passage.path, (at,))
    return Draft(query.kind, text, (quote,), best.score, True, (), "", "text", (("own", best.own),))
