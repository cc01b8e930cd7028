"""The nouns of known questions: the question with its answer, what came of asking it, and the run over many of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from assistant.types import Citation, Turn
from corpus.errors import InputError

if TYPE_CHECKING:
    from assistant.session import Assistant

KINDS = (
    "lead", "support", "deadline", "number", "list", "definition", "measure", "contact", "meta", "yesno", "compare", "count", "reverse",
    "follow_up", "unanswerable", "other",
)  # fmt: skip

Progress = Callable[[int, int], None]


class BadKnown(InputError):
    """codes: "bad_known_question", "quote_not_found", "gold_fails", "unknown_known_question", "unknown_run", "run_going_on", "no_known_questions"."""

    def __init__(self, code: str, message: str, remedy: str, status: int = 422) -> None:
        super().__init__(code, message, remedy)
        self.status = status


@dataclass(frozen=True, slots=True)
class Quote:
    """A verbatim part of the file `doc` that supports the gold answer."""

    doc: str
    quote: str


@dataclass(frozen=True, slots=True)
class Question:
    """One line of a question file.

    must: groups; every group needs one of its strings in the answer.  must_not: none of these may occur in it.
    accept: groups that let a reply to an unanswerable question pass when it corrects the false premise.
    docs: files a right citation may come from.  evidence: quotes that together support the answer.
    """

    id: str
    question: str
    lang: str = "zh"
    kind: str = "other"
    docs: tuple[str, ...] = ()
    answer: str = ""
    must: tuple[tuple[str, ...], ...] = ()
    must_not: tuple[str, ...] = ()
    evidence: tuple[Quote, ...] = ()
    history: tuple[Turn, ...] = ()
    answerable: bool = True
    accept: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of asking one question. why: what is wrong with the reply, "" when it passes.  citations: places, without their quotes."""

    id: str
    kind: str
    passed: bool
    why: str = ""
    question: Question | None = None
    status: str = ""
    answer: str = ""
    confidence: float = 0.0
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Scored:
    """figures: the report as an object for programs.  outcomes: one for each question, in order; those that pass say no more than that."""

    figures: Mapping[str, Any]
    outcomes: tuple[Outcome, ...]


class Score(Protocol):
    """Asks questions and judges the replies. progress: called with (done, total) after each; what it raises ends the run."""

    def __call__(self, assistant: Assistant, questions: Sequence[Question], *, progress: Progress) -> Scored: ...


@dataclass(frozen=True, slots=True)
class Examiner:
    """What the pages need of the program that judges, which stands above this package and is handed in by the composition root.

    fault_of: what is wrong with a reply to a question, "" when nothing is.  shipped: the questions over the sample documents.
    """

    score: Score
    fault_of: Callable[[Question, str], str]
    shipped: Callable[[], tuple[Question, ...]]


@dataclass(frozen=True, slots=True)
class Known:
    """A question of the library's own. key: its number in the catalog.  judgement: the thumb it was made from, 0 for none."""

    key: int
    question: Question
    judgement: int
    made_at: str
    made_by: str


@dataclass(frozen=True, slots=True)
class Run:
    """A run that was kept. questions: "own", "shipped" or "all".  outcomes: empty where only the figures were asked for."""

    key: int
    questions: str
    started_at: str
    finished_at: str
    by: str
    generation: int
    figures: Mapping[str, Any]
    outcomes: tuple[Outcome, ...] = ()
