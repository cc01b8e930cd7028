"""Fitting the confidence: known weights are found again, folds judge only what they have not seen."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from assistant.answering.confidence import WEIGHTS_FILE
from assistant.types import Answer
from eval.calibrate import (
    NAMES,
    READ,
    Sample,
    asked,
    cross_validated,
    fit,
    fitted,
    large,
    matrix,
    report,
    samples_of,
    seconded,
)
from eval.types import Judged, Question


def drawn(weights: list[float], n: int = 4000, seed: int = 7) -> tuple[np.ndarray, np.ndarray]:
    """Draw x in [0, 1] with a column of ones last, and y from the logistic of known weights."""
    random = np.random.default_rng(seed)
    x = np.hstack([random.random((n, len(weights) - 1)), np.ones((n, 1))])
    y = (random.random(n) < 1 / (1 + np.exp(-x @ np.array(weights)))).astype(float)
    return x, y


def test_known_weights_are_found_again() -> None:
    true = [4.0, -3.0, 0.0, -0.5]
    assert np.abs(fit(*drawn(true, 20000), penalty=0.01) - true).max() < 0.25


def test_the_fit_is_the_most_likely_one() -> None:
    x, y = drawn([2.0, -1.0, 0.3])
    w = fit(x, y, penalty=0.0)

    def loss(at: np.ndarray) -> float:
        z = x @ at
        return float(np.sum(np.log1p(np.exp(z)) - y * z))

    for step in np.vstack([np.eye(3), -np.eye(3)]) * 0.05:
        assert loss(w) <= loss(w + step)


def test_a_larger_penalty_pulls_weights_to_zero_but_not_the_bias() -> None:
    x, y = drawn([3.0, -2.0, 1.0], 500)
    mild, strong = fit(x, y, penalty=0.1), fit(x, y, penalty=1e5)
    assert np.abs(strong[:-1]).max() < 0.05 < np.abs(mild[:-1]).max()
    assert strong[-1] == pytest.approx(np.log(y.mean() / (1 - y.mean())), abs=0.05)


def test_separable_samples_still_have_finite_weights() -> None:
    x = np.array([[0.0, 1.0], [0.1, 1.0], [0.9, 1.0], [1.0, 1.0]])
    w = fit(x, np.array([0.0, 0.0, 1.0, 1.0]))
    assert np.isfinite(w).all() and w[0] > 0


def samples(n: int = 300) -> list[Sample]:
    x, y = drawn([5.0] + [0.0] * (len(NAMES) - 1) + [-2.5], n)
    return [Sample(f"q{i}", tuple(row[:-1]), float(right), True) for i, (row, right) in enumerate(zip(x, y, strict=True))]


def test_probabilities_of_held_out_samples_tell_right_from_wrong() -> None:
    known = samples(1500)
    p = cross_validated(known)
    right = np.array([s.right for s in known]) == 1
    assert ((p > 0) & (p < 1)).all()
    assert p[right].mean() > p[~right].mean() + 0.15


def test_no_sample_is_judged_by_weights_that_saw_it() -> None:
    known = samples()
    turned = [Sample(s.key, s.features, 1 - s.right, True) if s.key == "q3" else s for s in known]
    assert cross_validated(known)[3] == pytest.approx(cross_validated(turned)[3])


def test_questions_on_one_document_never_stand_on_both_sides() -> None:
    known = [replace(s, group=f"document {int(s.key[1:]) % 20}") for s in samples()]
    turned = [replace(s, right=1 - s.right) if s.group == "document 3" else s for s in known]
    before, after = cross_validated(known), cross_validated(turned)
    assert all(before[i] == pytest.approx(after[i]) for i, s in enumerate(known) if s.group == "document 3")


def test_near_misses_shape_the_weights_but_not_the_scale() -> None:
    known = samples(1500)
    made = [replace(s, key=f"m{s.key}", right=0.0, made=True) for s in known[:600] if not s.right]
    x, y = matrix(known)
    p = 1 / (1 + np.exp(-x @ fitted([*known, *made])))
    assert p.mean() == pytest.approx(y.mean(), abs=0.02)


def test_what_tells_of_presence_has_no_share_in_the_probability_of_an_answer() -> None:
    w = dict(zip(NAMES, fitted(samples()), strict=False))
    assert all(w[name] == 0 for name in READ)


def test_an_answer_needs_its_passage_in_a_large_library() -> None:
    at, own = NAMES.index("matched"), NAMES.index("coverage")
    random = np.random.default_rng(3)
    taken_out = []
    for i in range(400):
        features = np.full(len(NAMES), 0.5)
        features[at], features[own] = (share := random.random()), random.random()
        taken_out.append(Sample(f"q{i}", tuple(features), float(share > 0.5), bool(share > 0.5)))
    parts = large(taken_out, np.array([1.0 if i == own else 0.0 for i in range(len(NAMES) + 1)]))
    assert parts["presence"]["weights"]["matched"] > 2 and parts["read"]["weights"]["matched"] > 2
    assert parts["large"]["weights"]["present"] > abs(parts["large"]["weights"]["right"])


def test_a_second_reading_raises_what_is_right_and_lets_no_more_near_misses_through() -> None:
    at, own = NAMES.index("second"), NAMES.index("own")
    random = np.random.default_rng(5)
    read = []
    for i in range(600):
        features = np.zeros(len(NAMES))
        right = random.random() < 0.6
        features[own] = random.normal(1.0 if right else 0.2, 1.0)
        features[at] = np.clip(random.normal(0.8 if right else 0.3, 0.2), 0.04, 1.0)
        read.append(Sample(f"q{i}", tuple(features), float(right), True, group=f"{'new' if i % 2 else 'old'} {i}", made=not right))
    rules = np.array([1.0 if i == own else 0.0 for i in range(len(NAMES) + 1)])
    for untaught in ((), ("new",)):
        fitted_on = seconded(read, rules, untaught)["seconded"]
        assert fitted_on["weights"]["right"] > 0 and fitted_on["weights"]["second"] > 2
        least = np.log(0.4 / 0.6)
        z = [(s.features[own], fitted_on["weights"]["right"] * s.features[own] + fitted_on["weights"]["second"] * s.features[at] + fitted_on["bias"]) for s in read]
        given, kept = (sum(pair[which] >= least for s, pair in zip(read, z, strict=True) if not s.right) for which in (0, 1))
        before, after = (sum(pair[which] >= least for s, pair in zip(read, z, strict=True) if s.right) for which in (0, 1))
        assert kept <= given and after > before


def test_the_matrix_ends_with_a_column_of_ones() -> None:
    x, y = matrix(samples(5))
    assert x.shape == (5, len(NAMES) + 1) and (x[:, -1] == 1).all() and y.shape == (5,)


def test_answers_refused_for_a_stated_reason_carry_no_features() -> None:
    trace = tuple((name, "0.500") for name in NAMES)
    judged = [
        Judged(Question("a", "问"), Answer("问", "answered", "lead", "甲", 0.9, trace=trace), True, ""),
        Judged(Question("b", "问", answerable=False), Answer("问", "refused", "lead", "", 0.0), True, ""),
    ]
    assert samples_of(judged, [True, True]) == [Sample("a", (0.5,) * len(NAMES), 1.0, True, group="a")]


def test_the_report_counts_what_a_threshold_loses(capsys: pytest.CaptureFixture[str]) -> None:
    known = [Sample("a", (), 1.0, True), Sample("b", (), 0.0, False)]
    report(known, np.array([0.42, 0.58]))
    said = capsys.readouterr().out
    assert "threshold 0.40: right answers refused 0, unanswerable answered 1" in said
    assert "threshold 0.60: right answers refused 1, unanswerable answered 0" in said


def test_questions_are_asked_without_refusing_by_confidence(tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "方案.txt").write_text("青岭区方案\n\n一、任务\n\n(一)新建充电桩。(牵头单位:区住建局)\n", encoding="utf-8")
    rows = [
        {"id": "a", "question": "充电桩由谁牵头", "kind": "lead", "must": [["区住建局"]]},
        {"id": "b", "question": "新建公租房怎么申请", "kind": "unanswerable", "answerable": False},
    ]
    (tmp_path / "q.jsonl").write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    first, second = asked(tmp_path / "q.jsonl", folder)
    assert (first.right, first.answerable) == (1.0, True)
    assert (second.right, second.answerable) == (0.0, False)
    assert len(first.features) == len(NAMES)


def test_the_shipped_weights_are_what_a_fit_writes() -> None:
    stored = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))
    assert set(stored) == {"version", "bias", "weights", "presence", "read", "large", "seconded"}
    assert {*stored["presence"]["weights"], "here"} == set(stored["read"]["weights"]) == set(READ)
    assert list(stored["weights"]) == list(NAMES)
