"""How many of a thing there are, where a sentence has the number beside the very noun: 20名先进个人 of 10个先进集体、20名先进个人."""

from __future__ import annotations

import re

from assistant.answering.draft import Draft, Quote
from assistant.answering.evidence import Gathered
from assistant.question.measured import COUNT_FAMILIES
from assistant.question.query import Query
from corpus.numbers import CN
from corpus.text import fold_with_offsets
from corpus.types import Span

_ASKED = re.compile(r"(?:几|多少)(?P<measure>[个名家处座所项条件起人位户台辆张艘套批])(?P<noun>[㐀-鿿]{2,12})?[?]?$")
_BEFORE = re.compile(r"(?P<noun>[㐀-鿿]{2,8}?)(?:总共|一共|共|都|现在|目前)?(?:有|是|出了|发生了?|设了?|建了?)?(?:几|多少)[㐀-鿿][?]?$")
_ENDS = re.compile(r"[呢啊呀了吗的]+$")
_NOT_COUNTED = re.compile("分(?:为|成)?几|分之|百分|多少钱|哪|第|每|平均|最[多少高低]|至少|不[得少超]|超过|以[上下内]")
"""Wordings for a share, a bound or a rate, which are figures of another kind."""
_OVER_SEVERAL = re.compile(rf"(?:[\d两几{CN}]+|各)[个批年类次家届期][^,。]{{0,8}}(?:一共|总共|合计|共)|加起来|合计")
"""三批检查一共…: what several come to, where one sentence states the figure of one."""
_NEAR, _LEAST, SURE = 0.25, 0.45, 0.85


def beside_its_noun(query: Query, gathered: Gathered, *, least: float = _LEAST) -> Draft | None:
    """Give the number beside the noun counted, from the best sentence with one; None where it has several, or another measure.

    least: share of the question that the sentence has to cover.
    """
    asked = _ASKED.search(query.folded)
    if asked is None or _NOT_COUNTED.search(query.folded) or _OVER_SEVERAL.search(query.folded) or not gathered.clauses or query.scope.years or query.follow_up:
        return None
    before = _BEFORE.search(query.folded)
    noun = _ENDS.sub("", asked["noun"] or (before["noun"] if before else ""))
    if len(noun) < _A_NOUN:
        return None
    family = "".join(sorted({word for words in COUNT_FAMILIES if asked["measure"] in words for word in words if len(word) == 1} | {asked["measure"]}))
    stated = re.compile(rf"(?:(?<![\d.第{CN}])(?P<front>\d+|[{CN}]{{1,3}})(?:余|多)?[{family}](?:的)?[㐀-鿿]{{0,4}}?{re.escape(noun)}|{re.escape(noun)}(?P<back>\d+)[{family}])")
    for scored in gathered.clauses:
        if scored.score < max(gathered.clauses[0].score - _NEAR, least):
            return None
        clause = scored.clause
        if clause.passage.kind in ("row", "table"):
            return None  # one row's figure: what all of them come to is reckoned by those who read tables
        folded, offsets = fold_with_offsets(clause.span.of(clause.document.text))
        found = list(stated.finditer(folded))
        if found:
            if len({m.group("front") or m.group("back") for m in found}) > 1:
                return None
            at = Span(clause.span.start + offsets[found[0].start()], clause.span.start + offsets[found[0].end() - 1] + 1)
            quote = Quote(clause.document, clause.span, clause.passage.path, (at,))
            return Draft(query.kind, at.of(clause.document.text), (quote,), min(scored.score + _BESIDE, 1.0), True, (), "", "value", (("own", scored.own),))
    return None


_A_NOUN = 2
_BESIDE = 0.1
"""What it adds to a sentence's score that the number stands beside the noun."""
