"""The nouns of the evaluation: a question with its known answer, the reply that was given, and the judgement of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.known.types import Question, Quote
from assistant.types import Answer

__all__ = ["LIST_KINDS", "CitationScore", "Judged", "Question", "Quote"]

LIST_KINDS = frozenset({"list", "reverse", "count"})
"""Kinds whose answer may be long: one line per member."""


@dataclass(frozen=True, slots=True)
class CitationScore:
    """valid, cited: how many cited passages stand in their file, and of how many.  recall: share of the evidence
    quotes that are hit; precision: share of the cited passages that support the answer. Both are in [0, 1], None when
    the question has no evidence or the reply cites nothing."""

    valid: int
    cited: int
    recall: float | None
    precision: float | None


@dataclass(frozen=True, slots=True)
class Judged:
    """A question, the reply to it, whether the reply passes the answer rule, and how well it cites."""

    question: Question
    answer: Answer
    passed: bool
    why: str
    citations: CitationScore = field(default_factory=lambda: CitationScore(0, 0, None, None))
