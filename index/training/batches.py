"""Pairs to batches of token ids: shuffled, thinned and framed, each step from a seed of its own so that a run can go on anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.training.network import Batch
from index.training.pairs import Pair
from index.training.recipe import FRAMES, Recipe

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Ids = NDArray[np.int64]
ASKED = "qa_"
"""Sources whose questions people wrote need no frame."""


def ids_of(tokenizer: Tokenizer, texts: Sequence[str], limit: int | None = None) -> list[Ids]:
    """Tokenise; a text without tokens gets the unknown one."""
    found = tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
    return [np.array(encoding.ids[:limit] or [0], dtype=np.int64) for encoding in found]


@dataclass(frozen=True, slots=True, eq=False)
class Material:
    """Everything a run learns from, tokenised. groups: int64 (pairs,); plain: bool (pairs,), questions that stay unframed."""

    questions: list[Ids]
    passages: list[Ids]
    groups: Ids
    plain: NDArray[np.bool_]
    frames: list[Ids]

    @classmethod
    def of(cls, pairs: Sequence[Pair], tokenizer: Tokenizer, recipe: Recipe) -> Material:
        numbers: dict[str, int] = {}
        return cls(
            ids_of(tokenizer, [pair.query for pair in pairs], recipe.tokens),
            # A token has two characters or so; tokenising the rest would be half of the work of a run.
            ids_of(tokenizer, [pair.positive[: 4 * recipe.tokens] for pair in pairs], recipe.tokens),
            np.array([numbers.setdefault(pair.group, len(numbers)) for pair in pairs], dtype=np.int64),
            np.array([pair.source.startswith(ASKED) for pair in pairs]),
            ids_of(tokenizer, FRAMES),
        )

    def steps(self, recipe: Recipe) -> int:
        return int(recipe.epochs * len(self.questions) / recipe.batch)

    def batch(self, step: int, recipe: Recipe) -> Batch:
        """Make the batch of `step`, counted from 0."""
        rng = np.random.default_rng([recipe.seed, step])
        chosen = self._chosen(step, recipe)
        questions, passages = [], []
        for at in chosen:
            question = self.questions[at]
            questions.append(self._framed(thinned(question, recipe.dropped / 2, rng), at, recipe, rng))
            passages.append(without(thinned(self.passages[at], recipe.dropped, rng), question, recipe.hidden, rng))
        return Batch(questions, passages, self.groups[chosen])

    def _chosen(self, step: int, recipe: Recipe) -> Ids:
        """Give the pairs of a step: every pass is its own permutation, and a step may reach into the next pass."""
        count = len(self.questions)
        first = step * recipe.batch
        places = np.arange(first, first + recipe.batch)
        passes = {
            number: np.random.default_rng([recipe.seed, 1 << 30, number]).permutation(count)
            for number in set((places // count).tolist())
        }
        return np.array([passes[place // count][place % count] for place in places.tolist()], dtype=np.int64)

    def _framed(self, question: Ids, at: int, recipe: Recipe, rng: np.random.Generator) -> Ids:
        if self.plain[at] or rng.random() >= recipe.framed:
            return question
        before, after = (self.frames[rng.integers(len(self.frames))] for _ in range(2))
        kind = rng.random()
        parts = [before, question] if kind < 0.3 else [question, after] if kind < 0.7 else [before, question, after]
        return np.concatenate(parts)


def thinned(ids: Ids, share: float, rng: np.random.Generator) -> Ids:
    """Leave out that share of the tokens; short texts stay whole."""
    if share <= 0 or len(ids) < 4:
        return ids
    kept = rng.random(len(ids)) >= share
    return ids[kept] if kept.any() else ids


def without(passage: Ids, question: Ids, share: float, rng: np.random.Generator) -> Ids:
    """In every second case leave out that share of the passage's tokens that the question has too."""
    if share <= 0 or rng.random() < 0.5:
        return passage
    kept = ~np.isin(passage, question) | (rng.random(len(passage)) >= share)
    return passage[kept] if kept.sum() > 3 else passage
