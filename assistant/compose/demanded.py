"""The demands of a question made ready for `compose.joint`, which deals the values of one place out among them: the words that are each one's own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.draft import Draft
from assistant.compose.joint import Demand
from assistant.library.library import Library
from assistant.question.demands import Part, Subjects
from assistant.question.query import Query
from assistant.question.terms import Term, terms_of
from corpus.text import fold

_SILENT = re.compile(
    r"什么时候|啥时候|多长时间|多长|多久|多少|多大|什么|怎么样?|怎样|如何|是否|可以|需要|要求|应当|分别|各自|几[个次天日月年号]|百分之|哪[个些里]?|[的了要几谁是在有和与能吗呢里个一各就才还也都又会被把给从到得着过这那咋啥多少,?。、“”《》()]"
)
"""Words that say nothing of what a demand is about."""


def of_parts(queries: Sequence[Query], parts: Sequence[Part], drafts: Sequence[Draft | None], library: Library) -> tuple[Demand, ...]:
    """Make the demands of several questions. parts: as they were asked.  drafts: what answers each alone."""
    known = library.knowledge
    labelled = [terms_of(part.label, known.words, known.frequency, known.count) for part in parts]
    own = [terms if part.label else q.focus if q.follow_up and q.focus else q.terms for q, terms, part in zip(queries, labelled, parts, strict=True)]
    signs = [frozenset(part.label or _SILENT.sub("", fold(part.text))) for part in parts]
    nearest = [frozenset("" if part.label else _SILENT.sub("", _beside(fold(part.text)))) for part in parts]
    return tuple(
        Demand(query, _alone(own, at), _rest(signs, at), draft, parts[at].label, _rest(nearest, at))
        for at, (query, draft) in enumerate(zip(queries, drafts, strict=True))
    )


_ASKS = re.compile("多少|多久|多[长大高远宽]|几|什么|啥|谁|哪|怎么|怎样|如何|何时")
_REACH = 5
"""Characters before and after the question word that say most closely what it asks: 投资里省里补多少."""


def _beside(text: str) -> str:
    asked = _ASKS.search(text)
    return text[max(asked.start() - _REACH, 0) : asked.end() + _REACH] if asked else ""


def of_subjects(query: Query, subjects: Subjects, library: Library) -> tuple[Demand, ...]:
    """Make the demands of one question for each of its subjects."""
    known = library.knowledge
    own = [terms_of(label, known.words, known.frequency, known.count) for label in subjects.labels]
    signs = [frozenset(label) for label in subjects.labels]
    return tuple(Demand(query, _alone(own, at), _rest(signs, at), None, label) for at, label in enumerate(subjects.labels))


def _alone(own: Sequence[tuple[Term, ...]], at: int) -> tuple[Term, ...]:
    others = {t.text for n, terms in enumerate(own) if n != at for t in terms}
    return tuple(t for t in own[at] if t.text not in others)


def _rest(signs: Sequence[frozenset[str]], at: int) -> frozenset[str]:
    return signs[at] - frozenset().union(*(s for n, s in enumerate(signs) if n != at))
