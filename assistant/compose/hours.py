"""At what hour, from when to when on a day."""

from __future__ import annotations

import re

from assistant.answering.draft import Draft, shortened
from assistant.answering.evidence import Gathered, local_score, segment_of
from assistant.compose.candidates import Candidate, draft_of
from assistant.compose.duties import FAR
from assistant.compose.values import WITHIN
from assistant.question.query import Query
from corpus.types import Span

_CLOCK_ASKED = re.compile("几点(?!意见|要求|建议|内容|措施)|什么钟点|(?:上班|营业|开放|办公|服务|受理|接听|作息)时间")
_CLOCK = re.compile(
    r"(?:上午|下午|每日|每天|当日|晚上|夜间|凌晨)?\d{1,2}(?:[:：]\d{2}|时(?:\d{1,2}分)?(?!间)|点(?:半|\d{1,2}分)?)"
    r"(?:\s*(?:[—\-–~～]+|至|到)\s*(?:次日|当日|翌日|下午|晚上)?\d{1,2}(?:[:：]\d{2}|时(?:\d{1,2}分)?|点(?:半|\d{1,2}分)?)?)?"
)


def clock(query: Query, gathered: Gathered) -> Draft | None:
    """Answer at what hour, from when to when on a day: the times of day of the best clause that states one."""
    goes_on = query.follow_up and query.measure_word == "点"
    if not (goes_on or _CLOCK_ASKED.search(query.folded)) or re.search("哪天|几号|几月|哪一天|什么日期", query.folded):
        return None
    wants_range = query.folded.count("几点") > 1 or "时间" in query.folded
    found: list[Candidate] = []
    for scored in gathered.clauses[:WITHIN]:
        document = scored.clause.document
        for match in _CLOCK.finditer(scored.clause.text):
            span = Span(scored.clause.span.start + match.start(), scored.clause.span.start + match.end())
            score = local_score(query, scored, span) + (0.1 if wants_range == bool(re.search("[—–~～至到-]", match.group())) else 0.0)
            segment = segment_of(document, scored.clause.span, span)
            found.append(Candidate(document, span, scored.clause.span, scored.clause.passage.path, score, shortened(segment.of(document.text), 90)))
    found.sort(key=lambda c: -c.score)
    if not found:
        return None
    top = gathered.clauses[0].score
    return draft_of("number", query, found, top) if found[0].score >= top - FAR else None
