"""Which of all that could be said to a question is said: the answer of the rules, unless another candidate is clearly likelier to be right.

How likely a candidate is right is told by boosted trees (Friedman, Greedy function approximation, 2001) and a logistic function over its
features, by the mean of both, as they go wrong in different ways. `choice.json` holds what `eval.choosing` fitted on candidates of questions
whose answer is known.

It has a say with the setting "shipped" only. On documents nobody had worked on it makes more answers right; but it likes whole sentences, also where the
rules give the one value of them that was asked for, which the judge of the evaluation does not mind and a reader does.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from assistant.answering.problems import NOT_NEAR, NOTHING
from assistant.question.query import Query
from assistant.reading.candidates import Candidate
from assistant.types import Answer

WEIGHTS_FILE = Path(__file__).with_name("choice.json")

MARGIN = 0.1
"""By how much a candidate has to be likelier than the answer of the rules."""
SURE = 0.95
"""The confidence from which an answer stands."""
UNREFUSED = 0.75
"""The probability from which a candidate is said where the rules refuse for want of evidence."""


@dataclass(frozen=True, slots=True)
class Tree:
    """One entry a node. feature: that a node looks at, -1 for a leaf.  threshold: up to which it goes left.  value: of a leaf, in log odds."""

    feature: tuple[int, ...]
    threshold: tuple[float, ...]
    left: tuple[int, ...]
    right: tuple[int, ...]
    value: tuple[float, ...]

    def __call__(self, row: Sequence[float]) -> float:
        node = 0
        while (at := self.feature[node]) >= 0:
            node = self.left[node] if row[at] <= self.threshold[node] else self.right[node]
        return self.value[node]


@dataclass(frozen=True, slots=True)
class Weights:
    """names: the features in the order of the trees.  bias: log odds before the first tree.  linear, linear_bias: of the logistic function."""

    version: str
    names: tuple[str, ...]
    bias: float
    trees: tuple[Tree, ...]
    linear: tuple[float, ...]
    linear_bias: float


@lru_cache(maxsize=1)
def weights() -> Weights:
    """Read what is shipped."""
    return read_weights(WEIGHTS_FILE)


def read_weights(file: Path) -> Weights:
    """Read what `eval.choosing` wrote."""
    stored = json.loads(file.read_text(encoding="utf-8"))
    trees = tuple(Tree(*(tuple(tree[name]) for name in ("feature", "threshold", "left", "right", "value"))) for tree in stored["trees"])
    return Weights(stored["version"], tuple(stored["names"]), stored["bias"], trees, tuple(stored["linear"]), stored["linear_bias"])


def likely(features: Mapping[str, float], fitted: Weights | None = None) -> float:
    """Estimate the probability that a candidate is right. fitted: the shipped weights when None."""
    fitted = fitted or weights()
    row = [features[name] for name in fitted.names]
    grown = fitted.bias + sum(tree(row) for tree in fitted.trees)
    straight = fitted.linear_bias + sum(weight * value for weight, value in zip(fitted.linear, row, strict=True))
    return (_logistic(grown) + _logistic(straight)) / 2


def _logistic(z: float) -> float:
    return 1 / (1 + math.exp(-z))


def open_to_doubt(query: Query, given: Answer) -> bool:
    """May another candidate be said? Not for questions in English and those that go on from another, which are of other words than the passages.

    An answer that is very sure stands, and a refusal with a reason of its own.
    """
    if query.language == "en" or query.follow_up:
        return False
    return given.confidence < SURE if given.status == "answered" else given.reason in (NOTHING, NOT_NEAR)


def chosen(given: Answer, found: Sequence[Candidate], fitted: Weights | None = None) -> tuple[Candidate, float] | None:
    """Give the candidate that is to be said instead of the answer of the rules, with its probability; None where that stands."""
    rated = [(likely(one.features, fitted), one) for one in found]
    if not rated:
        return None
    probability, best = max(rated, key=lambda pair: pair[0])
    if best.features["given"]:
        return None
    said = [p for p, one in rated if one.features["given"]]
    if given.status != "answered":
        return (best, probability) if probability >= UNREFUSED else None
    return (best, probability) if said and probability >= said[0] + MARGIN else None
