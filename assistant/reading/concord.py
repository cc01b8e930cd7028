"""Two rankings of one mind: free text where the rules refuse for want of evidence, and both ways to look for it name the same passage first.

A question in everyday words covers little of the clause that answers it, so that the clause looks far away by itself. The ranking by all characters
of the question goes another way: it knows no words, no synonyms and no weights of clauses. Among 61 such refusals of free text, in sets some of which had
been worked on, both named the same passage first in 31, which held the answer in 23; of the 30 others in three. The bounds below were chosen on them.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.answering.draft import Draft
from assistant.answering.evidence import Gathered, Scored
from assistant.answering.guards import missing_from
from assistant.compose.texts import text_answer
from assistant.library.library import Library
from assistant.question.query import Query
from corpus.types import Document, Passage
from corpus.windows import window_of
from index.types import Strength

FREE = frozenset(("measure", "list", "other"))
"""Kinds that a clause answers as it stands."""

COVERED = 0.35
"""Share of the question that the clause and its surroundings have to cover. Below, no more is right than wrong."""

RIGHT = 0.6
"""The confidence of what is given: the share of it that was right."""

STRANGE = 0.45
"""Share of the question's weight that things may have which no document names. Above, both rankings name what merely sounds like the matter."""

_VALUE = re.compile("叫什么|名字|姓名|姓啥|姓什么|地址|发我|在哪|哪儿|几何|多少|人数|数量|数目|几点|电话|号码|几岁|哪天|何时|啥时候|什么时候")
"""Asks for a name, a place, a figure or a time, which a clause about the matter mostly does not hold."""
_LOOKED_AT = 16
"""Passages of the ranking by characters that are looked through for one that is no heading."""


def agreed(query: Query, gathered: Gathered, strength: Strength, library: Library) -> Draft | None:
    """Give the free text of the passage that both rankings name first; None where they do not, or the question wants something else than text."""
    if query.language == "en" or query.follow_up or query.kind not in FREE or _VALUE.search(query.folded):
        return None
    best = next((scored for scored in gathered.clauses if scored.clause.passage.kind != "heading"), None)
    if best is None or best.score < COVERED or _strange(query) > STRANGE or not _first_by_characters(best, strength, library):
        return None
    draft = text_answer(query, replace(gathered, clauses=(best, *(s for s in gathered.clauses if s is not best))))
    return draft if draft and draft.text and not missing_from(query, draft) else None


def _strange(query: Query) -> float:
    total = sum(term.weight for term in query.terms) or 1.0
    return sum(term.weight for term in query.terms if term.required and not term.known) / total


def _first_by_characters(best: Scored, strength: Strength, library: Library) -> bool:
    """Is the best clause in the stretch that the ranking by characters names first?"""
    first = next((place for place in library.passages(strength.keys[:_LOOKED_AT]) if place[1].kind != "heading"), None)
    return first is not None and _stretch(*first) == _stretch(best.clause.document, best.clause.passage)


def _stretch(document: Document, passage: Passage) -> tuple[str, int, int]:
    window = window_of(document, passage)
    return document.id, window.span.start, window.span.end
