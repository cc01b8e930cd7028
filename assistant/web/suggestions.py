"""Questions a library can answer, made from its own facts: a task's heading gives 「…由谁牵头?」, a term 「什么是…?」.

A suggestion is shown only after it was asked and answered, so that nobody's first click ends in a refusal.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest

from assistant.programs.verbs import Where, ask, chosen
from assistant.session import Assistant
from assistant.types import Answer, Turn
from assistant.web.texts import Texts
from corpus.text import squeeze
from corpus.types import Document, Span

SHORTEST_TOPIC, LONGEST_TOPIC = 3, 18
_CLOSING = "。.:;,、\uff1a\uff1b\uff0c "
# A topic that only makes sense next to the words before it, or that is a sentence, makes no question.
_UNFIT = (
    *'。;:,!?“”"()《》\uff1a\uff1b\uff0c\uff01\uff1f\uff08\uff090123456789',
    *("本", "其中", "上述", "以上", "该", "个方面", "组织领导"),
)
_MOST_OF_A_KIND = 2
_REACH = re.compile("(达到?|到|实现|保持在?|不低于|控制在)$")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question that could be suggested. kind: what it asks for."""

    kind: str
    question: str


def candidate_questions(document: Document, texts: Texts) -> Iterator[Candidate]:
    """Give questions made from one document's facts, the kinds taking turns, each kind in text order."""
    duties = document.facts.duties
    rates = (_REACH.sub("", squeeze(t.subject)) for t in document.facts.targets if t.unit == "%")
    rates = (subject for subject in rates if subject.endswith("率"))
    kinds = (
        _phrased("lead", texts.ask_lead, (d.heading or d.task.value for d in duties if d.lead)),
        _phrased("deadline", texts.ask_deadline, (d.heading or d.task.value for d in reversed(duties) if d.deadline)),
        _phrased("number", texts.ask_target, rates),
        _phrased("definition", texts.ask_definition, (d.term.value for d in document.facts.definitions)),
    )
    return (candidate for turn in zip_longest(*kinds) for candidate in turn if candidate)


def suggest(
    documents: Sequence[Document], reply: Callable[[str], Answer], texts: Texts, *, count: int, tries: int
) -> tuple[str, ...]:
    """Choose up to `count` questions that `reply` answers, of several kinds and from different documents; at most `tries` are asked."""
    in_turn = zip_longest(*(candidate_questions(document, texts) for document in documents))
    candidates = dict.fromkeys(candidate for candidate in chain.from_iterable(in_turn) if candidate)
    kept: list[Candidate] = []
    asked = 0
    for candidate in candidates:
        if len(kept) == count or asked == tries:
            break
        if sum(other.kind == candidate.kind for other in kept) < _MOST_OF_A_KIND:
            asked += 1
            kept += [candidate] if reply(candidate.question).status == "answered" else []
    return tuple(candidate.question for candidate in kept)


def nearest_questions(
    library: Assistant, refused: Answer, where: Where, history: Sequence[Turn], texts: Texts, *, count: int = 3, tries: int = 8
) -> tuple[str, ...]:
    """Choose up to `count` questions close to a refused one that are answered within the same scope; at most `tries` are asked.

    history: the turns they will be asked after. They are made from the facts around the passages that a search for the question finds; those that ask for the same come first.
    """
    wanted = refused.understood.kind if refused.understood else refused.kind
    documents = chosen(library, where)
    found: dict[Candidate, None] = {}
    for hit in library.search(refused.question, k=_PASSAGES_NEAR, documents=documents):
        document = library.store.document(hit.document_id)
        found.update(dict.fromkeys(_around(document, Span(hit.start, hit.end), texts)))
    near = sorted(found, key=lambda candidate: candidate.kind != wanted)
    offered: list[str] = []
    for candidate in near[:tries]:
        if len(offered) < count and candidate.question != refused.question and ask(library, candidate.question, where, history).status == "answered":
            offered.append(candidate.question)
    return tuple(offered)


_PASSAGES_NEAR = 8


def _around(document: Document, near: Span, texts: Texts) -> Iterator[Candidate]:
    """Give questions made from the facts of a passage."""
    facts = document.facts
    duties = [d for d in facts.duties if d.clause.overlaps(near)]
    terms = [d.term.value for d in facts.definitions if d.clause.overlaps(near)]
    yield from _phrased("lead", texts.ask_lead, (d.heading or d.task.value for d in duties if d.lead))
    yield from _phrased("deadline", texts.ask_deadline, (d.heading or d.task.value for d in duties if d.deadline))
    yield from _phrased("definition", texts.ask_definition, terms)


def follow_ups(answer: Answer, reply: Callable[[str], Answer], texts: Texts) -> tuple[str, ...]:
    """Choose what to ask next about the same task, as far as `reply`, which knows the conversation, answers it."""
    if answer.status != "answered" or len(answer.citations) != 1:
        return ()
    questions = dict(texts.follow_ups).get(answer.kind, ())
    if (
        answer.kind == "lead"
        and len(answer.answer) <= LONGEST_TOPIC
        and not any(sign in answer.answer for sign in _UNFIT + ("、",))
    ):
        questions += (texts.ask_tasks.format(topic=answer.answer),)
    return tuple(question for question in questions if reply(question).status == "answered")


def _phrased(kind: str, template: str, topics: Iterable[str]) -> Iterator[Candidate]:
    for topic in topics:
        short = squeeze(topic).strip(_CLOSING)
        if SHORTEST_TOPIC <= len(short) <= LONGEST_TOPIC and not any(sign in short for sign in _UNFIT):
            yield Candidate(kind, template.format(topic=short))
