"""What programs send, with the limits of each value: the objects of REST and the arguments of MCP tools are the same ones."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.programs.verbs import Where
from assistant.quiz.types import KINDS, QuizRequest
from assistant.types import Turn
from corpus.errors import BadQuiz, InputError

MOST = 1000
_LONGEST_HISTORY = 50
_LONGEST_TEXT = 100_000

Name = Annotated[str, Field(max_length=300)]
Day = Annotated[str, Field(max_length=20)]
Words = Annotated[list[Name], Field(max_length=MOST)]


class BadRequest(InputError):
    """code: "bad_request"."""

    status = 422


class Sent(BaseModel):
    """Keys that are not known are ignored; values of another type are not converted."""

    model_config = ConfigDict(extra="ignore", strict=True)


class PastTurn(Sent):
    """An earlier question and its answer."""

    question: Annotated[str, Field(max_length=_LONGEST_TEXT)]
    answer: Annotated[str, Field(max_length=_LONGEST_TEXT)] = ""


class Filtered(Sent):
    """documents: ids or names to look in, all when empty.  issuer, place: part of the issuer's name, the place the document is from.
    since, until: first and last day of issue (2024-06-30, 2024-06, 2024)."""

    documents: Words = []
    issuer: Name = ""
    place: Name = ""
    since: Day = ""
    until: Day = ""

    def where(self, as_of: str = "") -> Where:
        return Where(tuple(self.documents), self.issuer, self.place, self.since, self.until, as_of)


class AskRequest(Filtered):
    """A question. history: earlier turns, the oldest first; as_of: the day whose editions count (2022-12-31), today when empty;
    id: comes back with the answer."""

    question: Annotated[str, Field(max_length=_LONGEST_TEXT)]
    id: Annotated[str, Field(max_length=200)] = ""
    history: Annotated[list[PastTurn], Field(max_length=_LONGEST_HISTORY)] = []
    as_of: Day = ""

    def turns(self) -> tuple[Turn, ...]:
        return tuple(Turn(turn.question, turn.answer) for turn in self.history)


class SearchRequest(Filtered):
    """Words to find passages for. k: how many passages."""

    query: Annotated[str, Field(max_length=2000)]
    id: Annotated[str, Field(max_length=200)] = ""
    k: Annotated[int, Field(ge=1, le=MOST)] = 10


class TasksRequest(Sent):
    """unit: only tasks of this unit, by any of its names.  role: how it takes part.  before: due on or before this day.
    documents: ids or names, all when empty."""

    unit: Name = ""
    role: Literal["lead", "support", "any"] = "any"
    before: Day = ""
    documents: Words = []


class ShowRequest(Sent):
    """document: id or name.  part: "card" (what identifies it), "outline", "facts" or "text"."""

    document: Annotated[str, Field(max_length=1000)]
    part: Literal["card", "outline", "facts", "text"] = "card"


class Paper(Sent):
    """What `quiz` on the command line takes. kinds: all when empty.  numbers: how many of a kind, {"single": 10}.
    difficulty: [lowest, highest].  keep, avoid: ids of questions. Other keys are ignored."""

    documents: Words = []
    sections: Words = []
    units: Words = []
    topics: Words = []
    count: Annotated[int, Field(ge=1, le=MOST)] = 20
    kinds: Words = []
    numbers: dict[str, Annotated[int, Field(ge=0, le=MOST)]] = {}
    difficulty: Annotated[list[int], Field(min_length=2, max_length=2)] = [1, 5]
    seed: Annotated[int, Field(ge=-(2**53), le=2**53)] = 0
    keep: Words = []
    avoid: Words = []


def request_of(paper: Paper) -> QuizRequest:
    """Turn the object into a request. Raises BadQuiz ("unknown_kind")."""
    named = [*paper.kinds, *paper.numbers]
    unknown = next((k for k in named if k not in KINDS), None)
    if unknown is not None:
        raise BadQuiz("unknown_kind", f"没有题型 {unknown!r}", f"可用的题型: {'、'.join(KINDS)}")
    numbers = tuple((kind, paper.numbers[kind]) for kind in KINDS if kind in paper.numbers)
    return QuizRequest(
        documents=tuple(paper.documents),
        sections=tuple(paper.sections),
        units=tuple(paper.units),
        topics=tuple(paper.topics),
        count=paper.count if "count" in paper.model_fields_set else sum(n for _, n in numbers) or paper.count,
        kinds=tuple(kind for kind in KINDS if kind in named) or KINDS,
        numbers=numbers,
        difficulty=(paper.difficulty[0], paper.difficulty[1]),
        seed=paper.seed,
        keep=tuple(paper.keep),
        avoid=tuple(paper.avoid),
    )


def fault_of(error: ValidationError) -> BadRequest:
    """Say what is wrong with what was sent. Only where and what: the value itself is not sent back."""
    return bad_request([(tuple(map(str, one["loc"])), one["msg"]) for one in error.errors()])


def bad_request(faults: list[tuple[tuple[str, ...], str]]) -> BadRequest:
    """Make the error of (place, what is wrong) pairs, of the first five."""
    wrong = "; ".join(f"{'.'.join(place)[:200] or 'body'}: {message}" for place, message in faults[:5])
    return BadRequest("bad_request", f"请求内容不符合格式: {wrong}", '请按接口说明发送 JSON,例如 {"question": "由谁牵头?"}')


def unreadable() -> BadRequest:
    """Make the error of a body that is no text at all."""
    return BadRequest("bad_request", "请求内容无法读取", "请发送 UTF-8 编码的 JSON")
