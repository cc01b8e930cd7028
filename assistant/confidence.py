"""Judge a draft: how likely it is right, and whether to answer at all.

The probability is a logistic function of few features of the evidence. Its weights are data with a version, fitted by
`eval.calibrate`; until an answer reaches the threshold the reply is a refusal with its reason.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from assistant.draft import Draft
from assistant.query import Query

VERSION = "hand-1"
WEIGHTS = {"bias": -6.5, "coverage": 11.0, "exact": 0.9, "own": 1.2, "required_missing": -1.5}
"""Hand-set; coverage in 0..1 carries nearly all of the decision."""


@dataclass(frozen=True, slots=True)
class Verdict:
    probability: float
    features: tuple[tuple[str, float], ...]


def judge(query: Query, draft: Draft, covered: str) -> Verdict:
    """Estimate the probability that the draft is right. covered: folded text of the evidence with heading paths and titles."""
    missing = [t for t in query.terms if t.required and t.weight > 0.35 and t.cover(covered) < 0.5]
    total = sum(t.weight for t in query.terms if t.required) or 1.0
    features = {
        "coverage": min(max(draft.coverage, 0.0), 1.0),
        "exact": float(draft.exact),
        "own": dict(draft.features).get("own", draft.coverage),
        "required_missing": sum(t.weight for t in missing) / total,
    }
    z = WEIGHTS["bias"] + sum(WEIGHTS[name] * value for name, value in features.items())
    return Verdict(1 / (1 + math.exp(-z)), tuple(features.items()))
