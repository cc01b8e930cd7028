"""Fit the weights of the confidence on questions with known answers.

    python -m eval.calibrate QUESTIONS.jsonl=FOLDER [QUESTIONS.jsonl=FOLDER …] [--withheld SET …] [-o confidence.json]

Everything is asked twice, with the network that reads passages and without it, as the same weights serve both. A withheld SET is a
retrieval set whose passages are partly taken out (`eval.withheld`); an answer to it is right when it cites a relevant passage.

Logistic regression with an L2 penalty (Newton's method); figures are from five-fold cross-validation with whole question sets
shuffled by id, so that none is judged by weights that saw it. Answers refused for a stated reason (no such place, attribute not
written) carry no features and are left out.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from assistant.confidence import FREE_TEXT, WEIGHTS_FILE
from assistant.reading.types import RULES, SHIPPED
from eval.metrics import expected_calibration_error
from eval.run import read_questions, run
from eval.types import Judged

NAMES = ("coverage", "known", "strange", "missing", "top_missing", "own", "exact", "thing_missing", "margin", "matched", "worded", "ahead", "scoped", "record", "bare", "follow_up", *FREE_TEXT)
PRESENCE = ("matched", "worded", "ahead")
"""What tells whether the library answers at all; fitted on withheld sets, whose questions are alike with and without their passages."""

PENALTY = 1.0
SEED = 11
"""Draws other splits of the withheld sets than the one that is measured with."""

READERS = (SHIPPED, RULES)
FOLDS = 5

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sample:
    """features: in the order of NAMES.  right: 1.0 when the answer given is right.  answerable: the documents do answer.

    refused: for a stated reason, so that there is no answer to judge; such samples tell of presence only.
    """

    key: str
    features: tuple[float, ...]
    right: float
    answerable: bool
    refused: bool = False


def samples_of(judged: Sequence[Judged], right: Sequence[bool]) -> list[Sample]:
    """Make training samples of judged answers. right: does the answer given (not a refusal) pass the rule?"""
    found = []
    for one, passed in zip(judged, right, strict=True):
        trace = dict(one.answer.trace)
        if "coverage" in trace and "problem" not in trace:
            found.append(Sample(one.question.id, _values(trace), float(passed), one.question.answerable))
    return found


def _values(trace: Mapping[str, str]) -> tuple[float, ...]:
    return tuple(float(trace[name]) for name in NAMES)


def fit(x: Floats, y: Floats, *, penalty: float = PENALTY) -> Floats:
    """Fit a logistic regression. x: (n, d), a column of ones last; y: (n,) of 0 and 1. Returns weights (d,); the last is not penalised."""
    w = np.zeros(x.shape[1])
    ridge = np.full(x.shape[1], penalty)
    ridge[-1] = 1e-6
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ w))
        gradient = x.T @ (p - y) + ridge * w
        hessian = (x * (p * (1 - p))[:, None]).T @ x + np.diag(ridge)
        step = np.linalg.solve(hessian, gradient)
        w -= step
        if np.abs(step).max() < 1e-8:
            break
    return w


def matrix(samples: Sequence[Sample]) -> tuple[Floats, Floats]:
    x = np.array([[*s.features, 1.0] for s in samples])
    return x, np.array([s.right for s in samples])


def of_presence(samples: Sequence[Sample]) -> tuple[Floats, Floats]:
    """What `fit` takes, for the probability that the library answers at all."""
    at = [NAMES.index(name) for name in PRESENCE]
    return np.array([[*(s.features[i] for i in at), 1.0] for s in samples]), np.array([float(s.answerable) for s in samples])


def _as_json(names: Sequence[str], w: Floats) -> dict[str, Any]:
    return {"bias": round(float(w[-1]), 4), "weights": {n: round(float(v), 4) for n, v in zip(names, w, strict=False)}}


def cross_validated(samples: Sequence[Sample]) -> Floats:
    """Give each sample the probability from weights fitted on the other folds."""
    fold = np.array([crc32(s.key.encode()) % FOLDS for s in samples])
    x, y = matrix(samples)
    out = np.zeros(len(samples))
    for held in range(FOLDS):
        w = fit(x[fold != held], y[fold != held])
        out[fold == held] = 1 / (1 + np.exp(-x[fold == held] @ w))
    return out


def report(samples: Sequence[Sample], p: Floats) -> None:
    right = np.array([s.right for s in samples])
    answerable = np.array([s.answerable for s in samples])
    print(f"samples {len(samples)}, right {int(right.sum())}, answered unanswerable {int((~answerable).sum())}")
    print(f"expected calibration error {expected_calibration_error(p.tolist(), right.astype(bool).tolist()):.3f}")
    for threshold in (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6):
        lost = int(((p < threshold) & (right == 1)).sum())
        let = int(((p >= threshold) & ~answerable).sum())
        print(f"threshold {threshold:.2f}: right answers refused {lost}, unanswerable answered {let}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0], epilog="example: python -m eval.calibrate eval/questions/samples.jsonl=corpus/samples")
    parser.add_argument("sets", nargs="+", metavar="QUESTIONS=FOLDER")
    parser.add_argument("--withheld", nargs="*", type=Path, default=[], metavar="SET", help="folders of retrieval sets")
    parser.add_argument("--sample", type=int, default=200, help="questions of a withheld set")
    parser.add_argument("-o", "--out", type=Path, default=WEIGHTS_FILE)
    arguments = parser.parse_args()
    samples: list[Sample] = []
    for pair in arguments.sets:
        questions, _, folder = pair.partition("=")
        for reader in READERS:
            samples += asked(Path(questions), Path(folder), reader=reader)
    taken_out = [one for folder in arguments.withheld for reader in READERS for one in withheld(folder, reader=reader, sample=arguments.sample)]
    samples += [one for one in taken_out if not one.refused]
    report(samples, cross_validated(samples))
    stored = {"version": f"fit-{len(samples)}", **_as_json(NAMES, fit(*matrix(samples)))}
    stored["presence"] = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))["presence"]
    if taken_out:
        stored["presence"] |= _as_json(PRESENCE, fit(*of_presence(taken_out)))
    arguments.out.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(stored))
    return 0


def withheld(folder: Path, *, reader: str, sample: int) -> list[Sample]:
    """Ask some questions of a retrieval set of which half of the passages are taken out."""
    from assistant.config import Config
    from eval.withheld import relevant_of, replies, split_of

    config = Config(confidence_threshold=0.0, reader=reader)
    found = replies(folder, split_of(relevant_of(folder), SEED), sample=sample, seed=SEED, config=config)
    given = [(one, dict(one.answer.trace)) for one in found]
    return [Sample(one.question, _values(trace), float(one.right), one.present, "problem" in trace) for one, trace in given if "coverage" in trace]


def asked(questions: Path, folder: Path, *, reader: str = RULES) -> list[Sample]:
    """Ask everything without refusing by confidence, in a throw-away library."""
    from assistant import Assistant
    from assistant.config import Config

    with tempfile.TemporaryDirectory() as place, Assistant.open(place, Config(confidence_threshold=0.0, reader=reader)) as assistant:
        assistant.add(sorted(p for p in folder.iterdir() if p.suffix in (".txt", ".md", ".html") and p.name != "README.md"))
        judged = run(assistant, read_questions(questions))
    return samples_of(judged, [one.passed and not one.answer.abstained for one in judged])


if __name__ == "__main__":
    raise SystemExit(main())
