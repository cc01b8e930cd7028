"""What is left to be done where a text states the whole and what was done: 排查隐患1286处,已整改1214处."""

from __future__ import annotations

import re

from assistant.answering.draft import Draft, Quote
from assistant.answering.evidence import Gathered
from assistant.compose.amounts import amount, bare
from assistant.lexicon.reckoning import NOT_REACHED
from assistant.question.query import Query
from assistant.question.terms import coverage
from corpus.text import fold

_ASKED = re.compile(r"(?:还|尚)[有剩差]?(?:多少|几)|还剩|剩下?(?:多少|几)|(?:多少|几)[㐀-鿿]{0,6}(?:没|未)")
_WHOLE = re.compile(r"(?:排查|发现|受理|接到|收到|交办|反馈|检查|下达|计划|应|共|其中)[^,;。\d]{0,12}$")
_DONE = re.compile(r"(?:已|完成)[^,;。\d]{0,6}$")
_NEAR = 5


def left_over(query: Query, gathered: Gathered) -> Draft | None:
    """Answer how many are not done yet with the difference of two figures that stand side by side; None where no clause has both."""
    if not _ASKED.search(query.folded) or not NOT_REACHED.search(query.folded):
        return None
    for scored in gathered.clauses[:_NEAR]:
        document, text = scored.clause.document, scored.clause.document.text
        stated = [t for t in document.facts.targets if scored.clause.span.covers(t.span)]
        pairs = []
        for whole, done in zip(stated, stated[1:], strict=False):
            before = fold(text[scored.clause.span.start : whole.span.start])
            between = fold(text[whole.span.start : done.span.end]).removesuffix(fold(done.span.of(text)))
            own = re.split("[,;]", before)[-1]
            if whole.unit == done.unit != "%" and whole.value[0].isdigit() and _DONE.search(between) and _WHOLE.search(own):
                pairs.append((coverage(query.terms, ((own, 1.0),)) - 0.1 * ("其中" in own), whole, done))
        if not pairs or scored.score < gathered.clauses[0].score - 0.2:
            continue
        _, whole, done = max(pairs, key=lambda pair: pair[0])
        one, two = amount(whole.value, whole.unit), amount(done.value, done.unit)
        if one is None or two is None or one.value < two.value:
            continue
        left = bare(one.value - two.value) if one.printed == one.unit else ""
        if not left:
            continue
        told = f"还有{left}{whole.unit}:共{whole.value}{whole.unit},已完成{done.value}{done.unit}(计算得出)"
        quote = Quote(document, scored.clause.span, scored.clause.passage.path, (whole.span, done.span))
        return Draft("number", told, (quote,), min(scored.score, 1.0), True, (), "", "value")
    return None
