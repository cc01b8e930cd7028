"""The nouns of a quiz: what is asked for, one question with its key and source, the paper, and a graded reply."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from assistant.types import Citation

Kind = Literal["single", "multiple", "true_false", "fill", "short", "match", "order", "case"]
KINDS: tuple[Kind, ...] = ("single", "multiple", "true_false", "fill", "short", "match", "order", "case")
KIND_NAMES: dict[Kind, str] = {
    "single": "单项选择题",
    "multiple": "多项选择题",
    "true_false": "判断题",
    "fill": "填空题",
    "short": "简答题",
    "match": "匹配题",
    "order": "排序题",
    "case": "案例题",
}
POINTS: dict[Kind, int] = {"single": 2, "multiple": 3, "true_false": 1, "fill": 2, "short": 5, "match": 4, "order": 3, "case": 4}
"""Marks for one question of each kind on a printed paper."""
CHOICES: frozenset[Kind] = frozenset(("single", "multiple", "true_false", "case"))
"""Kinds whose key holds indexes into the options."""
TRUE, FALSE = "正确", "错误"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class QuizRequest:
    """What a trainer asks for.

    documents: ids or names, all when empty.  sections: words of headings; a question comes from below one of them.
    units: offices; a question is about one of them.  topics: words of a field (消防, 燃气) that the clause or its headings have.
    count: how many questions.  numbers: how many of single kinds; the rest of `count` is spread over `kinds`.
    difficulty: lowest and highest, 1 to 5.  keep: ids of questions to have again (locked).  avoid: ids not to have.
    """

    documents: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    count: int = 20
    kinds: tuple[Kind, ...] = KINDS
    numbers: tuple[tuple[Kind, int], ...] = ()
    difficulty: tuple[int, int] = (1, 5)
    seed: int = 0
    keep: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One question.

    options: what can be chosen (choices), put in order, or matched to `prompts`; empty where the answer is written.
    key: for choices indexes into options; for order and match the options' texts in the right order (of `prompts`); for
        fill every accepted wording of the one blank; for short the points that all have to be named.
    answer: the key in words.  difficulty: 1 to 5.  facts: keys of the facts it asks; two questions of a paper share none.
    says: folded sentences that the right answer completes; no other question of a paper may show one.
    """

    id: str
    kind: Kind
    stem: str
    options: tuple[str, ...]
    key: tuple[int | str, ...]
    explanation: str
    difficulty: int
    citations: tuple[Citation, ...]
    prompts: tuple[str, ...] = ()
    answer: str = ""
    facts: tuple[str, ...] = ()
    says: tuple[str, ...] = ()

    @property
    def right(self) -> tuple[int, ...]:
        """Indexes of the right options of a choice."""
        return tuple(k for k in self.key if isinstance(k, int))

    @property
    def accepted(self) -> tuple[str, ...]:
        """The texts of the key of a question that is not a choice."""
        return tuple(k for k in self.key if isinstance(k, str))

    def as_json(self) -> dict[str, Any]:
        shown: dict[str, Any] = {
            "id": self.id,
            "kind": self.kind,
            "stem": self.stem,
            "options": list(self.options),
            "key": list(self.key),
            "answer": self.answer,
            "explanation": self.explanation,
            "difficulty": self.difficulty,
            "points": POINTS[self.kind],
            "citations": [citation.as_json() for citation in self.citations],
        }
        if self.prompts:
            shown["prompts"] = list(self.prompts)
        return shown


@dataclass(frozen=True, slots=True)
class Quiz:
    """A paper.

    available: how many questions of the pool fit the request.  shortfall: why there are fewer than asked for, "" when there are not.
    """

    seed: int
    items: tuple[Item, ...]
    request: QuizRequest
    available: int = 0
    shortfall: str = ""
    version: str = ""

    @property
    def total(self) -> int:
        """Marks of the whole paper."""
        return sum(POINTS[item.kind] for item in self.items)

    def grouped(self) -> tuple[tuple[Kind, tuple[Item, ...]], ...]:
        """The questions by kind in the order of a printed paper."""
        return tuple((kind, found) for kind in KINDS if (found := tuple(i for i in self.items if i.kind == kind)))

    def as_json(self) -> dict[str, Any]:
        shown: dict[str, Any] = {
            "seed": self.seed,
            "count": len(self.items),
            "available": self.available,
            "shortfall": self.shortfall,
            "items": [item.as_json() for item in self.items],
        }
        if self.version:
            shown["version"] = self.version
        return shown


@dataclass(frozen=True, slots=True)
class Grade:
    """A reply judged. score: share of the marks, 0 to 1.  answer: the right answer in words."""

    right: bool
    score: float
    answer: str
    explanation: str
    citations: tuple[Citation, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "right": self.right,
            "score": round(self.score, 4),
            "answer": self.answer,
            "explanation": self.explanation,
            "citations": [citation.as_json() for citation in self.citations],
        }
