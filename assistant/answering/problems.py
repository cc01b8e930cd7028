"""What a question asks for and the evidence of a draft is not about."""

from __future__ import annotations

import re

from assistant.answering.draft import Draft
from assistant.answering.premises import elsewhere_problem, level_problem, member_problem, place_problem
from assistant.library.library import Library
from assistant.question.query import Query
from corpus.text import fold

NOTHING, NOT_NEAR = "文件中没有找到相关内容", "文件中没有找到足够接近的内容"
"""Reasons that only say that the evidence is wanting."""
_LOOKED_AT = 8
"""Quotes of a draft that are looked at."""


def problem_of(query: Query, draft: Draft, library: Library) -> str:
    """Say what the question asks for and the evidence of a draft is not about; "" when nothing."""
    about = covered(draft)
    problem = place_problem(query, about, library.knowledge.words) or level_problem(query, about)
    problem = problem or member_problem(query, _cited(draft), library) or elsewhere_problem(query, about, library)
    return problem or _head_problem(query, draft)


def covered(draft: Draft) -> str:
    """What is cited with its headings, title and places, in matching form."""
    parts = [fold(q.span.of(q.document.text) + " ".join(q.path) + q.document.title + " ".join(q.document.card.places)) for q in draft.quotes[:_LOOKED_AT]]
    return "".join(parts)


def _cited(draft: Draft) -> str:
    """The answer and what is cited with its headings, in matching form."""
    return fold(draft.text + "".join(q.span.of(q.document.text) + " ".join(q.path) for q in draft.quotes[:_LOOKED_AT]))


def strangers(query: Query, near: str) -> list[str]:
    """Give the words of a question for its task that what is cited, folded, does not say."""
    return [t.text for t in query.terms if t.required and t.weight > 0.3 and t.cover(near) < 0.5]


_COMPOUND = 4
"""Characters of a noun that says a thing so exactly (消防车通道) that no other word is likely to mean it."""


def _head_problem(query: Query, draft: Draft) -> str:
    """A task is near only when it shares something of the head of what is asked about: 小区充电桩 and 小区消防车通道 share where they are, no more."""
    if draft.basis not in ("duty", "row") or not draft.quotes or query.language == "en" or query.follow_up:
        return ""
    near = covered(draft)
    named = [t for t in query.terms if t.required]
    if len(named) < 2 or len(named[-1].text) < _COMPOUND or named[-1].text not in strangers(query, near):
        return ""
    head = named[-1]
    asked_for = re.search(re.escape(head.text) + "(?:的|这(?:件事|块|项)|工作|建设|管理|整治|改造){0,2}(?:是|由|归|该|让|谁|哪)", query.folded)
    shared = any(c in near for form in (head.text, *head.alternatives) for c in form)
    return f"文件中没有关于“{head.text}”的任务" if asked_for and not shared else ""
