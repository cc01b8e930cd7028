"""How well an encoder finds the passages of held-out questions by itself: exhaustive search, reciprocal ranks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.training.pairs import Pair

QUESTIONS = 600
DISTRACTORS = 8_000
DEPTH = 10
JUDGED = ("heading_policy", "qa_cmrc2018_train", "heading_law_article", "lead_law_article")
"""Sources whose held-out groups are asked; the others are too easy to tell encoders apart."""


@dataclass(frozen=True, slots=True)
class Exam:
    """Questions over passages. right: for each question the places of the passages that answer it."""

    questions: tuple[str, ...]
    passages: tuple[str, ...]
    right: tuple[frozenset[int], ...]


def exams(held_out: Sequence[Pair], others: Sequence[Pair]) -> dict[str, Exam]:
    """Make one exam a source: at most QUESTIONS held-out questions over their own and up to DISTRACTORS other passages."""
    made = {}
    for source in JUDGED:
        asked = [pair for pair in held_out if pair.source == source]
        near = dict.fromkeys(pair.positive for pair in asked)
        more = dict.fromkeys(pair.positive for pair in others if pair.source == source)
        passages = tuple(dict.fromkeys((*near, *list(more)[: max(0, DISTRACTORS - len(near))])))
        place = {text: at for at, text in enumerate(passages)}
        right: dict[str, set[int]] = {}
        for pair in asked:
            right.setdefault(pair.query, set()).add(place[pair.positive])
        every = sorted(right)
        chosen = every[:: max(1, len(every) // QUESTIONS)][:QUESTIONS]
        made[source] = Exam(tuple(chosen), passages, tuple(frozenset(right[query]) for query in chosen))
    return made


def mean_reciprocal_rank(questions: NDArray[np.float32], passages: NDArray[np.float32], exam: Exam) -> float:
    """MRR@10 by inner product of unit vectors."""
    total = 0.0
    for row, right in zip(questions @ passages.T, exam.right, strict=True):
        best = np.argpartition(-row, min(DEPTH, len(row) - 1))[:DEPTH]
        best = best[np.argsort(-row[best])]
        total += next((1 / rank for rank, place in enumerate(best.tolist(), 1) if place in right), 0.0)
    return total / max(len(exam.right), 1)


def mean_of(figures: Mapping[str, float]) -> float:
    return sum(figures.values()) / max(len(figures), 1)
