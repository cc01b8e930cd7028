"""The objects that programs get, as OpenAPI and MCP describe them. What fills them is `as_json` of the values themselves."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field


class CitationObject(BaseModel):
    """A verbatim part of a document: quote equals its text from start to end; highlight: [start, end] pairs of the words that answer."""

    n: int
    document_id: str
    doc: str
    title: str
    path: list[str]
    start: int
    end: int
    quote: str
    highlight: list[list[int]]
    page: int | None


class AnswerObject(BaseModel):
    """An answer with its citations, or a refusal with its reason."""

    id: str
    question: str
    status: Literal["answered", "refused", "clarify"]
    abstained: bool
    kind: str
    answer: str
    confidence: float = Field(ge=0, le=1)
    reason: str
    notes: list[str]
    latency_ms: float
    citations: list[CitationObject]


class HitObject(BaseModel):
    """A passage: quote equals the document's text from start to end."""

    document_id: str
    doc: str
    path: list[str]
    start: int
    end: int
    quote: str
    score: float


class HitsObject(BaseModel):
    """Passages, the best first."""

    id: str
    query: str
    hits: list[HitObject]
    latency_ms: float


class DeadlineObject(BaseModel):
    """A time limit as printed, and its first and last day."""

    text: str
    since: str | None = Field(alias="from")
    until: str | None = Field(alias="to")


class TaskObject(BaseModel):
    """A row of the task matrix; start and end: its clause or table row."""

    task: str
    lead: list[str]
    support: list[str]
    deadline: DeadlineObject
    path: list[str]
    document_id: str
    doc: str
    start: int
    end: int
    notes: list[str]


class TasksObject(BaseModel):
    """Rows of the task matrix. total: how many there are, of which `tasks` may be the first."""

    tasks: list[TaskObject]
    total: int


class ListedObject(BaseModel):
    """A document of the list."""

    id: str
    name: str
    title: str
    issuer: str
    number: str
    issued: str
    version: int
    added_at: str
    counts: dict[str, int]


class DocumentsObject(BaseModel):
    """All documents."""

    documents: list[ListedObject]


class ShownObject(BaseModel):
    """One part of a document beside what identifies it: card, notes and remarks; or sections, facts, text."""

    id: str
    name: str
    title: str
    issuer: str | None
    number: str | None
    issued: str | None
    published: str | None
    version: int
    characters: int
    sections: int | list[dict[str, Any]]
    passages: int
    facts: dict[str, Any]


class TakenObject(BaseModel):
    """What became of a file that was sent; supersedes, superseded_by: links between editions."""

    path: str
    status: Literal["added", "unchanged", "new_version", "duplicate"]
    document_id: str
    code: str
    reason: str
    supersedes: list[dict[str, Any]]
    superseded_by: list[dict[str, Any]]


class RemovedObject(BaseModel):
    """The id of the document that was removed."""

    removed: str


class FaultObject(BaseModel):
    """What went wrong: code for programs; message and remedy, in Chinese, for people."""

    code: str
    message: str
    remedy: str


class ErrorObject(BaseModel):
    """The reply to every request that could not be met."""

    error: FaultObject


class OpenAIFault(BaseModel):
    """What went wrong, in the words of OpenAI's interface; param: the part of the request that is meant."""

    message: str
    type: str
    param: str | None
    code: str


class OpenAIError(BaseModel):
    """The reply of OpenAI's interface to a request that could not be met."""

    error: OpenAIFault


def _refusals(model: type[BaseModel]) -> dict[int | str, dict[str, Any]]:
    return {
        "4XX": {"model": model, "description": "Not as it has to be, not allowed, or not there"},
        422: {"model": model, "description": "Not as it has to be"},
        503: {"model": model, "description": "The library cannot be used now"},
    }


REFUSALS = _refusals(ErrorObject)
"""The replies to requests that cannot be met, as OpenAPI describes them."""
OPENAI_REFUSALS = _refusals(OpenAIError)
