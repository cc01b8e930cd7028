"""The best span of a passage and how likely it and "not here" are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from index.reading.network import Logits

LONGEST = 200
"""Characters of an answer at most."""

TRIED = 20
"""Starts that are looked at."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Fitted on questions kept out of training. heat: logits are divided by it; absent: added to "not here"."""

    heat: float = 1.0
    absent: float = 0.0


def best_span(logits: Logits, scale: Scale) -> tuple[int, int, float, float]:
    """Give (start, end, probability of the span, probability that the passage does not answer).

    The probabilities are over all spans of up to LONGEST characters and "not here".
    """
    starts = (logits.starts / scale.heat).astype(np.float64)
    ends = (logits.ends / scale.heat).astype(np.float64)
    none = sum(logits.absent) / scale.heat + scale.absent
    top = max(float(starts.max() + ends.max()), none)
    # All ends within reach of a start, from sums over prefixes.
    weights = np.exp(ends - ends.max())
    sums = np.concatenate([[0.0], np.cumsum(weights)])
    at = np.arange(len(starts))
    within = np.maximum(sums[np.minimum(at + LONGEST, len(ends))] - sums[at], 1e-300)
    total = float(np.exp(starts + ends.max() - top) @ within)
    absent = float(np.exp(none - top))
    best = (-np.inf, 0, 1)
    for start in np.argsort(-starts, kind="stable")[:TRIED].tolist():
        reach = ends[start : start + LONGEST]
        end = int(np.argmax(reach))
        best = max(best, (float(starts[start] + reach[end]), start, start + end + 1))
    share = float(np.exp(best[0] - top)) / (total + absent)
    return best[1], best[2], min(share, 1.0), absent / (total + absent)
