"""Terms that a question of the document asks about and its answer explains: `问:什么叫低保边缘家庭?` / `答:指…`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.clauses import Reading
from corpus.types import Span

_ASKS = re.compile(r"(?:^|[:、. ])(?:请问)?(?:什么(?:叫做?|是)|何[为谓]|怎[么样](?:算|理解))[“\"《]?(?P<after>[^“”\"?,。]{2,16}?)[”\"》]?\?|[“\"]?(?P<before>[^“”\"?,。:]{2,16}?)[”\"]?(?:是什么(?:意思)?|指什么|指的是什么|是指什么|怎么理解)\?")
_ANSWER = re.compile(r"\s*(?:答复?|回答)?[:：]?\s*")
_LONGEST = 300


def asked_terms(reading: Reading) -> Iterator[tuple[Span, Span, Span]]:
    """Give each such term with the first sentence of the answer and the whole of both."""
    for section in reading.sections:
        if section.family != "question" or not len(section.body):
            continue
        asked = _ASKS.search(reading.plain, section.heading.start, section.heading.end)
        answer = _ANSWER.match(reading.plain, section.body.start)
        if asked is None or answer is None:
            continue
        group = "after" if asked.group("after") else "before"
        end = min(reading.sentence(answer.end()).end, section.body.end, answer.end() + _LONGEST)
        if answer.end() < end:
            yield Span(asked.start(group), asked.end(group)), Span(answer.end(), end), Span(section.heading.start, section.body.end)
