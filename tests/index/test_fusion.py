from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.fusion import UNLISTED, WEIGHTS, fuse
from index.lexical import Ranking

SCORES = st.dictionaries(st.integers(0, 9), st.floats(0.01, 50), max_size=6)
RANKINGS = st.dictionaries(st.sampled_from(sorted(WEIGHTS)), SCORES)


def ranked(scores: dict[int, float]) -> Ranking:
    return sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))


def test_scores_are_scaled_by_the_best_weighted_and_added() -> None:
    fused = fuse(
        {"words": [(1, 8.0), (2, 4.0)], "characters": [(2, 3.0), (3, 1.5)], "dense": [(4, -0.1)]},
        depth=5,
        weights={"words": 0.5, "characters": 1.0, "dense": 0.4},
    )
    assert fused == [
        (2, pytest.approx(0.5 * 0.5 + 1.0), {"words": 2, "characters": 1}),
        (1, pytest.approx(0.5), {"words": 1}),
        (3, pytest.approx(0.5), {"characters": 2}),
    ]


def test_a_passage_beyond_a_full_ranking_gets_most_of_its_last_score() -> None:
    rankings = {"words": [(1, 8.0), (2, 4.0)], "dense": [(3, 0.9)]}
    scores = {key: score for key, score, _ in fuse(rankings, depth=2, weights={"words": 1.0, "dense": 0.3})}
    assert scores[3] == pytest.approx(0.3 + UNLISTED * 0.5)
    assert scores[2] == pytest.approx(0.5)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(RANKINGS, st.integers(1, 6))
def test_the_fused_order_is_that_of_the_sum_spelled_out(scores: dict[str, dict[int, float]], depth: int) -> None:
    rankings = {ranker: ranked(found)[:depth] for ranker, found in scores.items()}
    expected: dict[int, float] = {}
    for key in {key for ranking in rankings.values() for key, _ in ranking}:
        for ranker, ranking in rankings.items():
            if ranking:
                beyond = UNLISTED * ranking[-1][1] if len(ranking) == depth else 0.0
                expected[key] = expected.get(key, 0) + WEIGHTS[ranker] * dict(ranking).get(key, beyond) / ranking[0][1]
    fused = fuse(rankings, depth=depth)
    assert {key: pytest.approx(score) for key, score, _ in fused} == expected
    assert [score for _, score, _ in fused] == sorted((score for _, score, _ in fused), reverse=True)
    for key, _, ranks in fused:
        assert all(rankings[ranker][rank - 1][0] == key for ranker, rank in ranks.items())


def test_one_ranker_alone_keeps_its_order() -> None:
    ranking = [(5, 3.0), (2, 2.0), (9, 1.0)]
    assert [key for key, _, _ in fuse({"words": ranking}, depth=3)] == [5, 2, 9]
