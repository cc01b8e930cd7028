"""What one sentence says of each of several things, cut down to the one asked for: 教师岗位采取试讲,卫生岗位采取实践操作."""

from __future__ import annotations

import re

from assistant.answering.clauses import segments
from assistant.answering.draft import Draft, Quote
from assistant.answering.evidence import Gathered
from assistant.compose.contrast import contrasts
from assistant.compose.texts import clean
from assistant.question.query import Query
from corpus.text import fold
from corpus.types import Span

_LEAST_GAIN = 0.2
_SHARED = 2
"""Characters that neighbouring segments of one build have in common at least: 集合在, 采取."""


def one_of_several(query: Query, gathered: Gathered) -> Draft | None:
    """The segment of the best sentence that is about the member named, when its neighbours say the same of others."""
    if not gathered.clauses or re.search("分别|各|都有|哪[些几]", query.folded):
        return None
    best = gathered.clauses[0]
    document = best.clause.document
    cut = segments(document.text, best.clause.span)
    texts = [fold(s.of(document.text)).rstrip(",。;:") for s in cut]
    # What ends in a colon only opens what follows (建立…制度:).
    alike = [i for i in range(len(texts)) if not cut[i].of(document.text).endswith((":", "：")) and 4 <= len(texts[i]) <= 40 and any(_alike(texts[i], texts[j]) for j in (i - 1, i + 1) if 0 <= j < len(texts))]
    if len(alike) < 2:
        return None
    gains = contrasts(query, [texts[i] for i in alike])
    order = sorted(range(len(alike)), key=lambda i: -gains[i])
    if gains[order[0]] < _LEAST_GAIN or gains[order[0]] - gains[order[1]] < _LEAST_GAIN / 2:
        return None
    span: Span = cut[alike[order[0]]]
    passage = best.clause.passage
    cited = passage.span if len(passage.span) <= 420 else best.clause.span
    text = clean(span.of(document.text)).rstrip("。,，;；")
    return Draft(query.kind, text, (Quote(document, cited, passage.path, (span,)),), best.score, False, (), "", "text", (("own", best.own),))


def _alike(one: str, other: str) -> bool:
    """Do two segments share a run of characters that is not at the head of both (the subject)?"""
    runs = {one[i : i + _SHARED] for i in range(1, len(one) - 1)}
    common = [r for r in runs if r in other[1:] and re.fullmatch("[㐀-鿿]{2}", r)]
    return bool(common) and _balanced(one, other)


def _balanced(one: str, other: str) -> bool:
    return max(len(one), len(other)) <= 2.2 * min(len(one), len(other))

