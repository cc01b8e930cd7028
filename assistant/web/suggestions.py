"""Questions a library can answer, made from its own facts: a task's heading gives 「…由谁牵头?」, a term 「什么是…?」.

A suggestion is shown only after it was asked and answered, so that nobody's first click ends in a refusal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, zip_longest

from assistant.types import Answer
from assistant.web.texts import Texts
from corpus.text import squeeze
from corpus.types import Document

SHORTEST_TOPIC, LONGEST_TOPIC = 3, 18
_CLOSING = "。.:;,、\uff1a\uff1b\uff0c "
# A topic that only makes sense next to the words before it, or that is a sentence, makes no question.
_UNFIT = tuple('。;:,!?“”"()《》\uff1a\uff1b\uff0c\uff01\uff1f\uff08\uff090123456789') + (
    "本",
    "其中",
    "上述",
    "以上",
    "该",
)


def candidate_questions(document: Document, texts: Texts, *, first: int = 0) -> Iterator[str]:
    """Give questions made from one document's facts, the kinds taking turns, each kind in text order.

    first: number of the kind that begins, so that documents side by side do not all begin alike.
    """
    duties = document.facts.duties
    kinds = (
        _phrased(texts.ask_lead, (d.heading or d.task.value for d in duties if d.lead)),
        _phrased(texts.ask_deadline, (d.heading or d.task.value for d in reversed(duties) if d.deadline)),
        _phrased(texts.ask_definition, (d.term.value for d in document.facts.definitions)),
        _phrased(texts.ask_target, (t.subject for t in document.facts.targets)),
    )
    begin = first % len(kinds)
    return (question for turn in zip_longest(*kinds[begin:], *kinds[:begin]) for question in turn if question)


def suggest(
    documents: Sequence[Document], ask: Callable[[str], Answer], texts: Texts, *, count: int, tries: int
) -> tuple[str, ...]:
    """Choose up to `count` questions that `ask` answers, from as many different documents as possible; at most `tries` are asked."""
    in_turn = zip_longest(*(candidate_questions(d, texts, first=i) for i, d in enumerate(documents)))
    candidates = dict.fromkeys(question for question in chain.from_iterable(in_turn) if question)
    chosen: list[str] = []
    for question, _ in zip(candidates, range(tries), strict=False):
        if ask(question).status == "answered":
            chosen.append(question)
        if len(chosen) == count:
            break
    return tuple(chosen)


def follow_ups(answer: Answer, ask: Callable[[str], Answer], texts: Texts) -> tuple[str, ...]:
    """Choose what to ask next about the same task, as far as `ask`, which knows the conversation, answers it."""
    if answer.status != "answered" or len(answer.citations) != 1:
        return ()
    questions = dict(texts.follow_ups).get(answer.kind, ())
    if (
        answer.kind == "lead"
        and len(answer.answer) <= LONGEST_TOPIC
        and not any(sign in answer.answer for sign in _UNFIT + ("、",))
    ):
        questions += (texts.ask_tasks.format(topic=answer.answer),)
    return tuple(question for question in questions if ask(question).status == "answered")


def _phrased(template: str, topics: Iterable[str]) -> Iterator[str]:
    for topic in topics:
        short = squeeze(topic).strip(_CLOSING)
        if SHORTEST_TOPIC <= len(short) <= LONGEST_TOPIC and not any(sign in short for sign in _UNFIT):
            yield template.format(topic=short)
