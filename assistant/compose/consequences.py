"""What follows on what a list forbids: the sentence behind its last item (一经查实,取消资格), which holds for all of them."""

from __future__ import annotations

import re

from assistant.answering.belonging import asks_consequence, states_consequence
from assistant.answering.draft import Draft, Quote
from assistant.answering.evidence import Gathered
from assistant.compose.contrast import shown
from assistant.compose.ends import ended_alike
from assistant.compose.texts import clean
from assistant.question.query import Query
from corpus.types import Span

_ASKED = re.compile("罚|处理|后果|会怎|怎么办|咋办|追究|责任|怎样")
_FOLLOWS = re.compile("一经(?:查实|发现|核实)|违反|有(?:上述|前款|以上)|取消(?:其)?[^,，。]{0,8}资格|追回|罚款|责令|移送|追究|停办|约谈|通报批评|列入")
_BANS = re.compile("不得|禁止|严禁|不准|不许|(?:下列|以下)(?:行为|情形)")
_NEAR = 0.1


def consequence(query: Query, gathered: Gathered) -> Draft | None:
    """Answer what becomes of one who does what an item of a list says with the sentence that stands behind the list."""
    if beside := _beside_the_rule(query, gathered):
        return beside
    if not _ASKED.search(query.folded):
        return None
    for scored in gathered.clauses[:3]:
        document, at = scored.clause.document, scored.clause.passage.section
        if at < 0 or scored.score < gathered.clauses[0].score - _NEAR or document.sections[at].parent < 0:
            continue
        home = document.sections[at]
        items = [s for s in document.sections if s.parent == home.parent and s.family == home.family]
        if len(items) < 2 or home.family in ("cn", "chapter", "article", "attachment", "question"):
            continue
        spans, _ = ended_alike(document.text, [s.span for s in items])
        parent = document.sections[home.parent]
        if not _BANS.search(Span(parent.heading.start, items[0].span.start).of(document.text)):
            continue
        behind = Span(spans[-1].end, items[-1].span.end)
        if not any(scored.clause.span.overlaps(span) for span in spans) or not _FOLLOWS.search(behind.of(document.text)):
            continue
        whole = Span(items[0].span.start, behind.end)
        quote = Quote(document, whole if len(whole) <= 700 else behind, home.path, (behind,))
        return Draft(query.kind, clean(behind.of(document.text)), (quote,), scored.score, True, (), "", "text", (("own", scored.own),))
    return None


def _beside_the_rule(query: Query, gathered: Gathered) -> Draft | None:
    """The sentence on the case asked about (逾期缴纳的,不享受补助), where the best clause states the rule alone (每人每年260元)."""
    if not asks_consequence(query) or not gathered.clauses or states_consequence((best := gathered.clauses[0]).clause.own):
        return None
    lacking = [t for t in query.terms if t.cover(best.clause.own) < _SAID]
    for scored in gathered.clauses[1:_LOOKED_AT]:
        clause = scored.clause
        case = _CASE.match(clause.own)
        if clause.document.id != best.clause.document.id or case is None or not states_consequence(clause.own[case.end() :]):
            continue
        if any(t.cover(case.group()) >= _SAID for t in lacking):
            quote = Quote(clause.document, clause.span, clause.passage.path, (clause.span,))
            return Draft(query.kind, shown(clause.document.text, clause.span), (quote,), best.score, False, (), "", "text", (("own", best.own),))
    return None


_CASE = re.compile("[^。;]{2,40}?(?:的|后|时),")
_LOOKED_AT, _SAID = 8, 0.8
