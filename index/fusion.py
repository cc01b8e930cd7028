"""Several rankings of the same passages to one.

Each ranker's scores are divided by its best and added with the weights below. A passage beyond the end of a ranking is not
worthless to that ranker, only worse than the last it lists, so it gets most of that one's score: with nothing instead, chance
decided at the cut.
"""

from __future__ import annotations

from collections.abc import Mapping

from index.lexical import Ranking

WEIGHTS: Mapping[str, float] = {"words": 0.5, "characters": 1.0, "dense": 0.4}
"""Fitted on held-out headings of policies and questions on the encyclopaedia (`eval.bench.weights`): MRR@10 .309 and .910, against
.293 and .907 without vectors. Other weights near these change both by chance alone (0.3 and 0.5: .313 and .909, p = .11 and .72), and
to let the vectors take part only where the lexical best is hardly ahead of the second gave no more. What this gives on sets that
nothing was fitted on: `index/model/README.md`.
"""

UNLISTED = 0.8
"""Share of the last listed score that a passage beyond a full ranking gets."""

Fused = list[tuple[int, float, dict[str, int]]]
"""(key, score, 1-based rank per ranker that lists it), best first, equal scores by key."""


def fuse(rankings: Mapping[str, Ranking], *, depth: int, weights: Mapping[str, float] = WEIGHTS) -> Fused:
    """Add rankings, each at most `depth` long. Returns every passage listed, scores in (0, sum of the weights]."""
    scores: dict[int, float] = {}
    ranks: dict[int, dict[str, int]] = {}
    beyond = 0.0
    for ranker, ranking in rankings.items():
        if not ranking or ranking[0][1] <= 0:
            continue
        share = weights[ranker] / ranking[0][1]
        floor = UNLISTED * share * max(ranking[-1][1], 0.0) if len(ranking) >= depth else 0.0
        beyond += floor
        for rank, (key, score) in enumerate(ranking, 1):
            if score > 0:
                scores[key] = scores.get(key, 0.0) + share * score - floor
                ranks.setdefault(key, {})[ranker] = rank
    order = sorted(scores, key=lambda key: (-scores[key], key))
    return [(key, scores[key] + beyond, ranks[key]) for key in order]
