"""The nouns of a conversation: an exchange, a conversation, a line of the history, a judgement of an answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, get_args

from assistant.programs.verbs import EVERYWHERE, Where
from assistant.types import Answer, Turn

LONGEST_CONVERSATION = 40
_REMEMBERED_TURNS = 8

Reason = Literal["", "wrong_answer", "incomplete", "wrong_source", "should_refuse", "should_answer", "other"]
REASONS: tuple[Reason, ...] = get_args(Reason)
"""Why an answer did not help; "" for one that did."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question and its reply. answer: None while it is looked up.  shown: characters streamed so far, None: all of them.

    fault: what a person is told when asking failed.  number: from 1 on within its conversation.  where: what the asker limited the
    search to.  asked_at: ISO 8601, UTC.  hidden: it rests on documents that do not exist for the one who looks; the answer is left
    out.  changed: a document was changed since, so that a quote is no longer where it was.
    """

    question: str
    answer: Answer | None = None
    shown: int | None = None
    fault: str = ""
    number: int = 1
    where: Where = EVERYWHERE
    asked_at: str = ""
    hidden: bool = False
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Conversation:
    """What one person asked in one go. token: 128 random bits as text, "" for one that cannot be found again."""

    exchanges: tuple[Exchange, ...] = ()
    token: str = ""
    title: str = ""

    def asked(self, question: str, where: Where = EVERYWHERE, at: str = "") -> Conversation:
        """Add a question that waits for its answer; the oldest exchange goes when there are too many."""
        number = self.exchanges[-1].number + 1 if self.exchanges else 1
        waiting = Exchange(question, number=number, where=where, asked_at=at)
        return replace(self, exchanges=(*self.exchanges, waiting)[-LONGEST_CONVERSATION:])

    def with_last(self, exchange: Exchange) -> Conversation:
        return replace(self, exchanges=(*self.exchanges[:-1], exchange))

    def turns(self) -> tuple[Turn, ...]:
        """Give the latest answered exchanges as history for the next question, the oldest first."""
        return turns_of(self.exchanges)

    def before(self, number: int) -> tuple[Turn, ...]:
        """Give the history that the question of this number was read with."""
        return turns_of(tuple(e for e in self.exchanges if e.number < number))

    def exchange(self, number: int) -> Exchange | None:
        return next((e for e in self.exchanges if e.number == number), None)


def turns_of(exchanges: tuple[Exchange, ...]) -> tuple[Turn, ...]:
    told = [Turn(e.question, e.answer.answer) for e in exchanges if e.answer is not None and not _led_nowhere(e.answer)]
    return tuple(told[-_REMEMBERED_TURNS:])


def _led_nowhere(answer: Answer) -> bool:
    """Was this asked about something that no document has? Carried over, it would spoil every question after it."""
    return answer.status == "refused" and answer.understood is not None and bool(answer.understood.unknown)


@dataclass(frozen=True, slots=True)
class Line:
    """A conversation in the list of a person's history. changed_at: ISO 8601, UTC."""

    token: str
    title: str
    changed_at: str
    exchanges: int


@dataclass(frozen=True, slots=True)
class Judgement:
    """What somebody thought of an answer. helpful: thumb up or down.  by: id of the principal.

    exchange: question, scope, answer and citations as they were.  history: the turns before it.
    state: "open" until an editor made a known question of it ("made") or laid it aside ("dismissed").
    """

    id: int
    at: str
    by: str
    by_name: str
    helpful: bool
    reason: Reason
    comment: str
    exchange: Exchange
    history: tuple[Turn, ...]
    state: str = "open"
    handled_at: str = ""
    handled_by: str = ""
