"""Fit the weights of the confidence on questions with known answers.

    python -m eval.calibrate QUESTIONS.jsonl=FOLDER [QUESTIONS.jsonl=FOLDER …] [--untaught FOLDER …] [--withheld SET …] [-o confidence.json]

Everything is asked twice, with the network that reads passages and without it, as the same weights serve both; then again without its
evidence in the documents (`eval.near_misses`), because few question files hold near misses and users ask many. A withheld SET is a
retrieval set whose passages are partly taken out (`eval.withheld`); an answer to it is right when it cites a relevant passage.
What it says that a network reads the same is fitted on the questions over each FOLDER that it was not trained on.

Logistic regression with an L2 penalty (Newton's method); near misses count less than questions, and slope and bias are then fitted
again on the questions alone. Figures are from cross-validation by document: questions on one document never stand on both sides.
Answers refused for a stated reason (no such place, attribute not written) carry no features and are left out.
"""

from __future__ import annotations

import argparse
import json
import math
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from assistant.answer import THRESHOLD
from assistant.answering.confidence import FREE_TEXT, WEIGHTS_FILE
from assistant.reading.types import CHECK, RULES
from eval.metrics import auroc, expected_calibration_error, fault_of, risk_coverage
from eval.run import read_questions, run
from eval.types import Judged, Question

NAMES = ("coverage", "known", "strange", "missing", "top_missing", "own", "exact", "thing_missing", "margin", "matched", "worded", "ahead", "here", "scoped", "record", "value", "listed", "said", "near", "least", "beyond", "unheard", "strangers", "words", "bare", "follow_up", "second", *FREE_TEXT)
FITTING = ("matched", "worded", "ahead")
READ = (*FITTING, "here")
"""What tells whether the library answers at all, where no network has read the best passages and where one has; fitted on withheld
sets, whose questions are alike with and without their passages."""

PENALTY = 6.0
NEAR_MISS = 0.3
"""What a near miss counts beside a question that was asked by somebody."""
SEED = 11
"""Draws other splits of the withheld sets than the one that is measured with."""

READERS = (CHECK, RULES)
FOLDS = 10

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sample:
    """features: in the order of NAMES.  right: 1.0 when the answer given is right.  answerable: the documents do answer.

    refused: for a stated reason, so that there is no answer to judge; such samples tell of presence only.
    group: samples of one group are judged by weights that saw none of them; the key where there is none.  made: a near miss made by rule.
    """

    key: str
    features: tuple[float, ...]
    right: float
    answerable: bool
    refused: bool = False
    group: str = ""
    made: bool = False


def samples_of(judged: Sequence[Judged], right: Sequence[bool], *, of: str = "") -> list[Sample]:
    """Make training samples of judged answers. right: does the answer given (not a refusal) pass the rule?  of: name of the question set."""
    found = []
    for one, passed in zip(judged, right, strict=True):
        trace = dict(one.answer.trace)
        if "coverage" in trace and "problem" not in trace:
            found.append(Sample(one.question.id, _values(trace), float(passed), one.question.answerable, group=_group(one.question, of)))
    return found


def _group(question: Question, of: str) -> str:
    """Questions on one document, first named; those on none stand alone."""
    return f"{of} {question.docs[0]}" if question.docs else f"{of} {question.id}".strip()


def _values(trace: Mapping[str, str]) -> tuple[float, ...]:
    return tuple(float(trace[name]) for name in NAMES)


def fit(x: Floats, y: Floats, *, penalty: float = PENALTY, counts: Floats | None = None) -> Floats:
    """Fit a logistic regression. x: (n, d), a column of ones last; y: (n,) of 0 and 1; counts: (n,) what each sample counts, 1 when None.

    Returns weights (d,); the last is not penalised.
    """
    counts = np.ones(len(y)) if counts is None else counts
    w = np.zeros(x.shape[1])
    ridge = np.full(x.shape[1], penalty)
    ridge[-1] = 1e-6
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ w))
        gradient = x.T @ (counts * (p - y)) + ridge * w
        hessian = (x * (counts * p * (1 - p))[:, None]).T @ x + np.diag(ridge)
        step = np.linalg.solve(hessian, gradient)
        w -= step
        if np.abs(step).max() < 1e-8:
            break
    return w


def matrix(samples: Sequence[Sample]) -> tuple[Floats, Floats]:
    """What `fit` takes, for the probability of being right by the rules alone. What tells of presence serves large libraries and is left out."""
    x = np.array([[*s.features, 1.0] for s in samples])
    x[:, [NAMES.index(name) for name in (*READ, "second")]] = 0.0
    return x, np.array([s.right for s in samples])


def of_presence(samples: Sequence[Sample], names: Sequence[str]) -> tuple[Floats, Floats]:
    """What `fit` takes, for the probability that the library answers at all. names: what it is told by."""
    at = [NAMES.index(name) for name in names]
    return np.array([[*(s.features[i] for i in at), 1.0] for s in samples]), np.array([float(s.answerable) for s in samples])


def of_both(samples: Sequence[Sample], right: Floats, present: Floats) -> tuple[Floats, Floats]:
    """What `fit` takes, for the probability of being right in a large library. right, present: weights of the two that it is made of."""
    x, y = matrix(samples)
    there, _ = of_presence(samples, FITTING if len(present) == len(FITTING) + 1 else READ)
    return np.stack([x @ right, there @ present, np.ones(len(y))], axis=1), y


def large(taken_out: Sequence[Sample], right: Floats) -> dict[str, Any]:
    """Fit on questions of which half have their passages: whether the answer is there, and how that bears on the answer.

    right: the weights of the probability of being right among few passages.
    """
    read = [s for s in taken_out if s.features[NAMES.index("here")]]
    there, seen = (fit(*of_presence(of, names), penalty=1.0) for of, names in ((taken_out, FITTING), (read, READ)))
    x, y = of_both([s for s in read if not s.refused], right, seen)
    return {"presence": _as_json(FITTING, there), "read": _as_json(READ, seen), "large": _as_json(("right", "present"), fit(x, y, penalty=0.1))}


def seconded(samples: Sequence[Sample], right: Floats, untaught: Sequence[str] = ()) -> dict[str, Any]:
    """Fit what it says that a network reads the same, for drafts that one has read. right: the weights of the rules alone.

    untaught: the folders whose questions are taken, all when empty. The weights are fitted; the bias spends what they tell on answers that would be
    refused: it is the highest at which no more wrong answers are given to near misses, and to what nothing answers, than by the rules alone.
    """
    read = [s for s in samples if s.features[NAMES.index("second")]]
    taught = [s for s in read if not untaught or s.group.startswith(tuple(f"{folder} " for folder in untaught))]
    w = fit(*_of_seconded(taught, right), penalty=1.0, counts=np.where([s.made for s in taught], NEAR_MISS, 1.0))
    x, y = _of_seconded(read, right)
    wrong = (y == 0) & np.array([s.made or not s.answerable for s in read])
    z, least = x[:, :-1] @ w[:-1], math.log(THRESHOLD / (1 - THRESHOLD))
    given = int(np.sum(wrong & (x[:, 0] >= least)))
    w[-1] = max((bias for step in range(-40, 20) if np.sum(wrong & (z + (bias := step / 10) >= least)) <= given), default=w[-1])
    return {"seconded": _as_json(("right", "second"), w)}


def _of_seconded(samples: Sequence[Sample], right: Floats) -> tuple[Floats, Floats]:
    x, y = matrix(samples)
    return np.stack([x @ right, [s.features[NAMES.index("second")] for s in samples], np.ones(len(y))], axis=1), y


def _as_json(names: Sequence[str], w: Floats) -> dict[str, Any]:
    return {"bias": round(float(w[-1]), 4), "weights": {n: round(float(v), 4) for n, v in zip(names, w, strict=False)}}


def fitted(samples: Sequence[Sample]) -> Floats:
    """Fit on questions and near misses, then bring the scale to what it is among the questions alone."""
    x, y = matrix(samples)
    made = np.array([s.made for s in samples])
    w: Floats = fit(x, y, counts=np.where(made, NEAR_MISS, 1.0))
    if not made.any() or made.all():
        return w
    z = (x @ w)[~made]
    slope, bias = fit(np.stack([z, np.ones_like(z)], axis=1), y[~made], penalty=1e-3)
    scaled: Floats = w * slope
    scaled[-1] += bias
    return scaled


def cross_validated(samples: Sequence[Sample]) -> Floats:
    """Give each sample the probability from weights fitted on the other folds."""
    fold = np.array([crc32((s.group or s.key).encode()) % FOLDS for s in samples])
    x, _ = matrix(samples)
    out = np.zeros(len(samples))
    for held in sorted(set(fold.tolist())):
        w = fitted([s for s, at in zip(samples, fold, strict=True) if at != held])
        out[fold == held] = 1 / (1 + np.exp(-x[fold == held] @ w))
    return out


def report(samples: Sequence[Sample], p: Floats) -> None:
    """Print how well the probabilities tell right from wrong answers, and what each threshold refuses of both."""
    asked = [(s, q) for s, q in zip(samples, p.tolist(), strict=True) if not s.made]
    right = [s.right == 1 for s, _ in asked]
    sure = [q for _, q in asked]
    risk = sum(wrong for _, wrong in risk_coverage(sure, right))
    made = [q for s, q in zip(samples, p.tolist(), strict=True) if s.made and not s.right]
    print(f"samples {len(asked)}, right {sum(right)}, answered unanswerable {sum(not s.answerable for s, _ in asked)}, near misses {len(made)}")
    print(f"area under the ROC curve {auroc(sure, right) or 0.0:.3f}, under the risk-coverage curve {risk / len(asked):.4f}")
    print(f"expected calibration error {expected_calibration_error(sure, right):.3f}")
    for threshold in (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6):
        lost = sum(q < threshold and s.right == 1 for s, q in asked)
        let = sum(q >= threshold and not s.answerable for s, q in asked)
        missed = sum(q >= threshold for q in made) / max(len(made), 1)
        print(f"threshold {threshold:.2f}: right answers refused {lost}, unanswerable answered {let}, near misses answered {missed:.3f}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0], epilog="example: python -m eval.calibrate eval/questions/samples.jsonl=corpus/samples")
    parser.add_argument("sets", nargs="+", metavar="QUESTIONS=FOLDER")
    parser.add_argument("--untaught", nargs="*", default=[], metavar="FOLDER", help="folders whose questions the network was not trained on")
    parser.add_argument("--withheld", nargs="*", type=Path, default=[], metavar="SET", help="folders of retrieval sets")
    parser.add_argument("--sample", type=int, default=200, help="questions of a withheld set")
    parser.add_argument("-o", "--out", type=Path, default=WEIGHTS_FILE)
    arguments = parser.parse_args()
    samples: list[Sample] = []
    for pair in arguments.sets:
        questions, _, folder = pair.partition("=")
        for reader in READERS:
            samples += asked(Path(questions), Path(folder), reader=reader)
        samples += missed(Path(questions), Path(folder))
    report(samples, cross_validated(samples))
    w = fitted(samples)
    kept = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))
    stored = {"version": f"fit-{len(samples)}", **_as_json(NAMES, w), **{part: kept[part] for part in ("presence", "read", "large")}, **seconded(samples, w, arguments.untaught)}
    if arguments.withheld:
        stored |= large([one for folder in arguments.withheld for one in withheld(folder, sample=arguments.sample)], w)
    arguments.out.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(stored))
    return 0


def withheld(folder: Path, *, sample: int) -> list[Sample]:
    """Ask some questions of a retrieval set of which half of the passages are taken out."""
    from assistant.config import Config
    from eval.withheld import halved, relevant_of, replies

    found = replies(folder, halved(relevant_of(folder), SEED), sample=sample, seed=SEED, config=Config(confidence_threshold=0.0))
    given = [(one, dict(one.answer.trace)) for one in found]
    return [Sample(one.question, _values(trace), float(one.right), one.present, "problem" in trace) for one, trace in given if "coverage" in trace]


def asked(questions: Path, folder: Path, *, reader: str = RULES) -> list[Sample]:
    """Ask everything without refusing by confidence, in a throw-away library."""
    from assistant import Assistant
    from assistant.config import Config

    with tempfile.TemporaryDirectory() as place, Assistant.open(place, Config(confidence_threshold=0.0, reader=reader)) as assistant:
        assistant.add(sorted(p for p in folder.iterdir() if p.suffix in (".txt", ".md", ".html") and p.name != "README.md"))
        judged = run(assistant, read_questions(questions))
    return samples_of(judged, [one.passed and not one.answer.abstained for one in judged], of=str(folder))


def missed(questions: Path, folder: Path) -> list[Sample]:
    """Ask what can be asked of the documents without its evidence."""
    from assistant.config import Config
    from eval.near_misses import near_misses

    judged = []
    for question, answer in near_misses(questions, folder, Config(confidence_threshold=0.0)):
        fault = fault_of(question, answer.answer, refused=answer.abstained)
        judged.append(Judged(question, answer, not fault, fault))
    return [replace(one, made=True) for one in samples_of(judged, [one.passed for one in judged], of=str(folder))]


if __name__ == "__main__":
    raise SystemExit(main())
