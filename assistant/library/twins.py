"""Documents of the same title for another place or year: where a question names neither, each of them answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.answering.replied import Replied, numbered
from assistant.library.library import Library
from assistant.question.query import Query
from assistant.question.scope import Known
from assistant.types import Answer
from corpus.text import fold

_MOST = 3
"""Twins that are answered for beside the document found; of further ones a note says that they are there."""
_AS_SURE = 0.12
"""By how much less sure the answer of another document may be and still be meant as well."""
_OVER_ALL = frozenset(("reverse", "count", "mentions", "compare", "definition"))
"""Kinds that are read over all documents as it is, or whose answer is the same everywhere."""


def of_each_twin(whole: Replied, answer: Answer, library: Library, ask: Callable[[Query], Answer]) -> Answer:
    """Give the answer of each of several twin documents; `answer` as it is where there is one document, or the question says which.

    whole: the question read as one.  answer: what it is answered with.  ask: answers it again within the documents of a query's scope.
    """
    scope, kind = whole.query.scope, whole.query.kind
    said = scope.documents or scope.places or scope.unknown
    if answer.status != "answered" or said or kind in _OVER_ALL or whole.query.language == "en":
        return answer
    if _told_apart(answer):
        return _asked_back(whole, answer, library)
    cited = tuple(dict.fromkeys(citation.document_id for citation in answer.citations))
    twins = library.known.twins(cited[0]) if cited else ()
    if scope.years:
        # 2026年 tells the plans of 2024 from those of 2026, not two plans that both run over it.
        twins = tuple(t for t in twins if _both_run(library.known.by_id[cited[0]], t, scope.years))
    if not twins or set(cited[1:]) - {twin.id for twin in twins}:
        return answer
    within = [replace(whole.query, scope=replace(scope, documents=frozenset((id,)))) for id in (cited[0], *(t.id for t in twins[:_MOST]))]
    own, *others = [ask(query) for query in within]
    missing = _unanswered(own)
    told = [a for a in others if a.status == "answered" and a.confidence >= own.confidence - _AS_SURE and _unanswered(a) <= missing]
    if own.status != "answered" or all(fold(a.answer) == fold(own.answer) for a in told):
        return answer
    answers = [own, *told]
    further = len(twins) - len(others)
    notes = [note for a in answers for note in a.notes] + ([f"另有{further}份同名文件,请写明地区或年份"] if further else [])
    return replace(
        answer,
        answer="\n".join(f"《{a.citations[0].title}》:{_below(a.answer)}" for a in answers),
        confidence=min(a.confidence for a in answers),
        notes=tuple(dict.fromkeys(notes)),
        citations=numbered(citation for a in answers for citation in a.citations),
    )


def _asked_back(whole: Replied, answer: Answer, library: Library) -> Answer:
    """Ask which document is meant where more of them answer differently than one wants to hear; `answer` where their places or years do not tell them apart."""
    lines = answer.answer.split("\n")
    cited = dict.fromkeys(citation.document_id for citation in answer.citations)
    meant = [library.known.by_id[id] for id in cited if id in library.known.by_id]
    if whole.query.kind not in _ONE_VALUE or not _FEW < len(lines) == len(meant):
        return answer
    for labels in ([d.places[0] if d.places else "" for d in meant], [next(iter(_TITLE_YEAR.findall(d.title)), "") for d in meant]):
        if all(labels) and len(set(labels)) == len(labels):
            reason = f"有{len(meant)}份文件都写到这一点,写的不一样,请说明问的是哪一份" + (f"(这里列出{_CHOICES}份)" if len(meant) > _CHOICES else "")
            choices = tuple(f"{label}{whole.query.text}" for label in labels[:_CHOICES])
            return replace(answer, status="clarify", answer=f"{reason}。", reason=reason, citations=(), notes=(), suggestions=choices)
    return answer


_ONE_VALUE = frozenset(("lead", "support", "deadline", "number"))
_FEW, _CHOICES = 4, 5
"""Documents whose values are read out one after another; choices that are offered where there are more."""
_TITLE_YEAR = re.compile(r"20\d\d年")


def _both_run(one: Known, other: Known, years: Sequence[int]) -> bool:
    return all(d.years is not None and d.years[0] < d.years[1] and all(d.years[0] <= y <= d.years[1] for y in years) for d in (one, other))


def _told_apart(answer: Answer) -> bool:
    """Does every line say which document it is from already?"""
    return all(line.startswith("《") for line in answer.answer.split("\n"))


def _below(text: str) -> str:
    """Begin a text of several lines on a line of its own."""
    return f"\n{text}" if "\n" in text else text


def _unanswered(answer: Answer) -> int:
    return sum("这一问" in note for note in answer.notes)
