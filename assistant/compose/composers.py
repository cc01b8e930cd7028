"""A draft of the answer: the first that a composer of the question's kind finds, else the best passage."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from assistant.answering.draft import Draft
from assistant.answering.evidence import Gathered
from assistant.answering.guards import missing_from
from assistant.compose import acts, duties, texts
from assistant.compose.chosen import chosen_items
from assistant.compose.excluding import without
from assistant.compose.order import NEAR_ENOUGH, composers_of
from assistant.library.library import Library
from assistant.question.query import Query


def compose(query: Query, gathered: Gathered, library: Library) -> Draft | None:
    """Draft an answer of the kind asked for: the first composer of the kind that finds one, else the best passage."""
    if (query.items or query.beyond) and (draft := chosen_items(query, gathered, library)):
        return draft
    for composer in composers_of(query.kind):
        if draft := composer(query, gathered, library):
            break
    else:
        draft = texts.text_answer(query, gathered, kind=query.kind)
        if draft and query.kind in FACTUAL and not (query.kind == "number" and _FIGURE.search(draft.text)):
            # The question wants a value that no fact gives: a sentence about the subject is a weaker answer.
            draft = replace(draft, coverage=draft.coverage - 0.15)
    if draft and query.excluded:
        draft = without(draft, query.excluded)
    if draft and draft.text and (missing := missing_from(query, draft)):
        # A sentence that covers more of the question names nobody: then the nearest task does, and its coverage says how sure that is.
        nearest = DISTANT[query.kind](query, gathered) if query.kind in DISTANT else None
        if nearest and nearest.text and nearest.coverage >= NEAR_ENOUGH and not missing_from(query, nearest):
            return nearest
        return replace(draft, text="", missing=missing)
    return draft


DISTANT: dict[str, Callable[[Query, Gathered], Draft | None]] = {
    "lead": partial(duties.lead, far=1.0),
    "support": partial(duties.support, far=1.0),
}
_FIGURE = re.compile(r"\d|[一二两三四五六七八九十百千]+(?:个|次|天|日|年|月|家|人|名|元|周|小时)")
FACTUAL = frozenset(("lead", "support", "deadline", "number"))


def with_the_other_kinds(draft: Draft, query: Query, gathered: Gathered, library: Library) -> Draft:
    """Add what else the question asks of the same thing (建多少个,什么时候建成): only a fact of the same passage counts.

    What the documents do not state is said in a note.
    """
    text, quotes = draft.text, draft.quotes
    notes: list[str] = []
    if not draft.exact or query.kind not in SINGLE:
        return draft
    for kind in query.wants:
        if kind == query.kind or kind not in SINGLE:
            continue
        other = compose(replace(query, kind=kind), gathered, library)
        if other and other.exact and other.text and not other.missing and _same_passage(draft, other):
            if other.text not in text:
                act = acts.act_asked(replace(query, kind=kind))
                label = SINGLE[kind] if act is None else f"{act.name}给:" if act.receives else f"{act.name}:"
                text, quotes = f"{text}\n{label}{other.text}", quotes + other.quotes
        elif other is None or other.missing or not other.text:
            notes.append(f"{_ASKED[kind]}没有写明:{other.missing if other and other.missing else '文件中没有找到依据'}")
    return replace(draft, text=text, quotes=quotes, notes=(*draft.notes, *notes))


_ASKED = {"lead": "牵头单位", "support": "配合单位", "deadline": "时间", "number": "数量"}

SINGLE = {"lead": "牵头:", "support": "配合:", "deadline": "", "number": ""}
"""Kinds that are answered by one fact, of which one question may ask several; with the label of a second answer that needs one."""


def _same_passage(one: Draft, other: Draft) -> bool:
    return bool(one.quotes and other.quotes) and all(
        other.quotes[0].document.id == q.document.id and other.quotes[0].path == q.path for q in one.quotes
    )
