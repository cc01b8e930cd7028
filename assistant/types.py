"""The nouns of the assistant: a question understood, the evidence for it, and the answer with its citations."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from corpus.types import Span

Status = Literal["answered", "refused", "clarify"]


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier exchange of a conversation."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim part of a stored document. `quote` equals the document's text from `start` to `end`.

    path: heading path.  highlight: absolute (start, end) pairs inside the quote that mark the words that answer.
    """

    n: int
    document_id: str
    doc: str
    title: str
    path: tuple[str, ...]
    start: int
    end: int
    quote: str
    highlight: tuple[tuple[int, int], ...] = ()
    page: int | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "n": self.n,
            "document_id": self.document_id,
            "doc": self.doc,
            "title": self.title,
            "path": list(self.path),
            "start": self.start,
            "end": self.end,
            "quote": self.quote,
            "highlight": [list(pair) for pair in self.highlight],
            "page": self.page,
        }


@dataclass(frozen=True, slots=True)
class Understood:
    """How a question was read, for people who ask why.

    kind, wants: what is asked for, as `Answer.kind`.  about: the words it is about.  unknown: those of them that no document asked about has.
    before: the question before, of which a follow-up took over the words `taken`.  places, absent: places it names that documents are
    from, or none is.  years, attachment, references: of the documents.  units: organisations it names.  since, until: days that tasks
    are asked for, ISO 8601.  limited: number of documents the wording or the asker limits it to, 0 for all.  chosen: the asker did.
    corrections: (as written, as meant) of slips of the pen.
    """

    kind: str = "other"
    wants: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    before: str = ""
    taken: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    attachment: int | None = None
    references: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    limited: int = 0
    chosen: bool = False
    corrections: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """The reply to one question. kind: "lead", "support", "deadline", "number", "list", "definition", "measure",
    "contact", "meta", "yesno", "compare", "count", "reverse", "other".

    answer: plain text fit to read aloud.  confidence: in [0, 1].  reason: why refused, or what is asked back.
    citations: what an answer rests on.  nearest: what a refusal shows for reference instead, for people only.
    notes: damage, inherited rules, conflicts; shown beside the answer.  trace: what was
    used and how it was judged, understood: how the question was read, for people who ask why.
    """

    question: str
    status: Status
    kind: str
    answer: str
    confidence: float
    citations: tuple[Citation, ...] = ()
    reason: str = ""
    notes: tuple[str, ...] = ()
    latency_ms: float = 0.0
    id: str = ""
    trace: tuple[tuple[str, str], ...] = field(default=())
    suggestions: tuple[str, ...] = ()
    understood: Understood | None = None
    nearest: tuple[Citation, ...] = ()

    @property
    def shown(self) -> tuple[Citation, ...]:
        """What is shown beside the reply."""
        return self.citations or self.nearest

    @property
    def abstained(self) -> bool:
        return self.status == "refused"

    def as_json(self) -> dict[str, Any]:
        """Give the object of the command line, the REST reply and `batch` (one shape everywhere)."""
        return {
            "id": self.id,
            "question": self.question,
            "status": self.status,
            "abstained": self.abstained,
            "kind": self.kind,
            "answer": self.answer,
            "confidence": round(self.confidence, 4),
            "reason": self.reason,
            "notes": list(self.notes),
            "latency_ms": round(self.latency_ms, 2),
            "citations": [citation.as_json() for citation in self.citations],
        }


__all__ = ["Answer", "Citation", "Span", "Status", "Turn", "Understood"]


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A passage found by a plain search. `quote` equals the document's text from start to end."""

    document_id: str
    doc: str
    path: tuple[str, ...]
    start: int
    end: int
    quote: str
    score: float

    def as_json(self) -> dict[str, Any]:
        return {
            "document_id": self.document_id, "doc": self.doc, "path": list(self.path),
            "start": self.start, "end": self.end, "quote": self.quote, "score": round(self.score, 6),
        }  # fmt: skip
