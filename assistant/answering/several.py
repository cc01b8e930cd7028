"""All that a question demands, answered: the question read as one, its parts in turn, or once for each of its subjects.

The steps from one query to its answer are ordered by `assistant.answer`; here they are taken several times and the answers put together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.answering.confidence import Found
from assistant.answering.draft import Draft
from assistant.answering.evidence import Gathered
from assistant.answering.guards import missing_from
from assistant.answering.replied import Replied, numbered
from assistant.compose import demanded, joint
from assistant.library.library import Library
from assistant.library.twins import of_each_twin
from assistant.question.compound import WHOLE
from assistant.question.demands import Part, Subjects
from assistant.question.query import Query
from assistant.question.understand import understand
from assistant.types import Answer, Turn
from corpus.text import fold


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps as the spine orders them. reply: from a query to its answer.  judge: the last ones, for a draft made otherwise.  refuse: with a reason."""

    library: Library
    reply: Callable[[Query], Replied]
    judge: Callable[[Query, Draft, Gathered, Found], Answer]
    refuse: Callable[[Query, str], Answer]


def answers_to_all(whole: Replied, steps: Steps, history: Sequence[Turn], documents: Sequence[str]) -> Answer:
    """Answer all demands of a question. whole: the answer to the question read as one; it stands where there is nothing more to answer."""
    demands = whole.query.demands
    # What is asked of two places is answered from the documents of each; there the places are no subjects.
    each_place = _each_document(whole)
    parts = demands.questions if each_place else demands.parts
    if len(parts) > 1 and not _on_one_card(whole, len(parts)):
        answer = _part_by_part(whole, parts, steps, history, documents)
        return of_each_twin(
            whole, answer, steps.library, lambda query: _part_by_part(steps.reply(query), parts, steps, history, tuple(query.scope.documents))
        )
    if demands.subjects and not each_place and (each := _of_subjects(whole, demands.subjects, steps)):
        return each
    return of_each_twin(whole, whole.answer, steps.library, lambda query: steps.reply(query).answer)


def _on_one_card(whole: Replied, parts: int) -> bool:
    """Does the card of one document give as many fields as the question has parts (索引号是多少,公开给谁看)? Then it was read for all of them."""
    draft = whole.draft
    if draft is None or draft.basis != "card" or whole.answer.status != "answered":
        return False
    return len(draft.text.split("\n")) == parts and len({quote.document.id for quote in draft.quotes}) == 1


def _each_document(replied: Replied) -> bool:
    """Is what is asked of two places answered from the documents of each?"""
    draft = replied.draft
    return draft is not None and len(replied.query.scope.places) > 1 and len({quote.document.id for quote in draft.quotes}) > 1


def _of_subjects(replied: Replied, subjects: Subjects, steps: Steps) -> Answer | None:
    """Answer one question for each of its subjects from one place; None where they cannot all be told apart there."""
    query = replied.query
    demands = demanded.of_subjects(query, subjects, steps.library)
    facts = replied.draft is not None and replied.draft.basis in joint.FACTS
    if facts or not joint.typed(query) or steps.library.occurs(subjects.seam, query.scope.documents):
        return None
    found = [draft for draft in joint.met(demands, query, (replied.gathered,), told=False) if draft is not None]
    if len(found) < len(demands) or len({d.quotes[0].highlights for d in found}) < len(found):
        return None
    texts = [d.text if label in d.text or len(found) < 2 else f"{label}:{d.text}" for label, d in zip(subjects.labels, found, strict=True)]
    draft = replace(found[0], text="\n".join(dict.fromkeys(texts)), quotes=tuple(q for d in found for q in d.quotes))
    answer = steps.judge(query, draft, replied.gathered, replied.found)
    return answer if answer.status == "answered" else None


def _part_by_part(
    whole: Replied, parts: Sequence[Part], steps: Steps, history: Sequence[Turn], documents: Sequence[str]
) -> Answer:
    """Answer the parts of a question in turn. A later part is a follow-up of the first, about the documents that answered it.

    What asked alone finds nothing, or what another part was answered with, is sought where the others stand.
    """
    library = steps.library
    found: list[Replied] = []
    turns = tuple(history)
    for part in parts:
        goes_on = bool(found) and not part.whole
        query = understand(part.text, library.knowledge, history=turns if goes_on else history, documents=documents, resumes=goes_on)
        cited = {citation.document_id for one in found for citation in one.answer.citations}
        if goes_on and cited and not documents and query.kind not in WHOLE and not understand(part.text, library.knowledge).scope.places:
            query = replace(query, scope=replace(query.scope, documents=frozenset(cited)))
        if goes_on and _OWN_KIND.search(query.folded):
            own = understand(part.text, library.knowledge)
            query = replace(query, kind=own.kind, demands=own.demands)
        found.append(steps.reply(query))
        turns = (*turns, Turn(part.text, found[-1].answer.answer))
    years = [_years_of(part) for part in parts]
    if all(len(named) == 1 for named in years) and len({*years}) == len(years) and all(one.draft for one in found):
        # A year is a scope: each question looks where that year stands, and nothing has to be dealt out.
        by_year = [replace(part, label=part.label or f"{year}年") for part, (year,) in zip(parts, years, strict=True)]
        return joined(whole.answer, by_year, [one.answer for one in found])
    demands = demanded.of_parts([one.query for one in found], parts, [one.draft for one in found], library)
    better = joint.met(demands, whole.query, (whole.gathered, *(one.gathered for one in found)))
    answers = [
        _bettered(replace(one, answer=steps.refuse(one.query, _NOT_ITS_OWN)) if joint.is_of_another(demands, at) else one, draft, whole, steps)
        for at, (one, draft) in enumerate(zip(found, better, strict=True))
    ]
    if {"lead", "support"} <= {answer.kind for answer in answers} and not any(part.head for part in parts):
        answers = [replace(a, answer="配合:" + a.answer) if a.kind == "support" and a.status == "answered" else a for a in answers]
    return joined(whole.answer, parts, answers)


def _years_of(part: Part) -> tuple[str, ...]:
    """The years that a part names: that of its label, where the parts ask the same of several."""
    return tuple(dict.fromkeys(re.findall(r"(?<!\d)(20\d\d)年", fold(part.label if part.whole and part.label else part.text))))


_NOT_ITS_OWN = "没有找到这一项的内容"
_OWN_KIND = re.compile("在哪|哪里|哪儿|怎么|怎样|如何|吗$|能不能|能否|可不可以")
"""Words by which a later part asks another kind of question than the one before it."""


def _bettered(one: Replied, draft: Draft | None, whole: Replied, steps: Steps) -> Answer:
    """The answer of a part, or that of the draft found for it beside the others; it is held against the part or the whole question."""
    if draft is None or missing_from(one.query, draft):
        return one.answer
    answers = [steps.judge(q.query, draft, q.gathered, q.found) for q in (one, whole)]
    best = max(answers, key=lambda a: (a.status == "answered", a.confidence))
    return best if best.status == "answered" else one.answer


def joined(whole: Answer, parts: Sequence[Part], answers: Sequence[Answer]) -> Answer:
    """Put the answers to the parts together and name the parts without one; `whole` is the answer to the question read as one.

    The confidence is that of the least certain part that is answered.
    """
    given = [(part, answer) for part, answer in zip(parts, answers, strict=True) if answer.status == "answered"]
    if not given:
        return whole
    texts: list[tuple[str, str]] = []
    for part, answer in given:
        said = answer.kind, _headed(part, answer.answer)
        if not any(_says(longer, said) for _, longer in texts):
            texts = [before for before in texts if not _says(said[1], before)] + [said]
    notes = [note for _, answer in given for note in answer.notes]
    notes += [f"“{part.head or part.text}”这一问,文件中没有找到依据" for part, answer in zip(parts, answers, strict=True) if answer.status != "answered"]
    return replace(
        given[0][1],
        question=whole.question,
        answer="\n".join(text for _, text in texts),
        confidence=min(answer.confidence for _, answer in given),
        notes=tuple(dict.fromkeys(notes)),
        citations=numbered(citation for _, answer in given for citation in answer.citations),
    )


def _headed(part: Part, text: str) -> str:
    """Say whose answer it is, unless its first line does."""
    head = part.head or part.label
    return f"{head}:{text}" if head and head.rstrip("底末前") not in text.split("\n")[0] else text


def _says(longer: str, said: tuple[str, str]) -> bool:
    """Is an answer (kind, text) said by another one? An office that merely stands in a sentence about something else is not said to lead."""
    kind, text = said
    return fold(text) == fold(longer) or (kind not in ("lead", "support") and fold(text) in fold(longer))
