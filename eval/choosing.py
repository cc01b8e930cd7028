"""Fit which candidate is said (`assistant/reading/choice.json`), and say what choosing gains on questions that took no part in fitting.

    python -m eval.choosing DRAFTS.jsonl.gz… [-o choice.json]

Reads what `eval.drafts` wrote. Figures are from leaving out one set of documents at a time. Whether a candidate is the answer of the rules is
no feature: of questions that were worked on, the rules answer nearly all rightly, and trees that knew it would trust them everywhere.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from assistant.reading.choice import MARGIN, UNREFUSED, Tree, Weights, likely
from eval.calibrate import fit

UNSEEN = ("given", "refused")
"""Features that are no business of the trees."""
TREES, LEAVES, RATE, FEWEST, SHARE = 200, 12, 0.06, 40, 0.6
"""Trees, leaves of each, learning rate, candidates of a leaf, share of the candidates that a tree is grown on."""
PENALTY = 3.0
"""Ridge penalty of the logistic function, on features of unit variance."""
COUNTED = 3
"""What a question counts among the candidates, however many it has."""
SEED = 7
DIGITS = 4

Row = Mapping[str, Any]
"""A question as `eval.drafts` wrote it."""


def read(files: Sequence[Path]) -> list[Row]:
    """Read the questions that choosing is for: Chinese, asked in full, read as one question, with candidates."""
    rows: list[Row] = []
    for file in files:
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            rows += map(json.loads, lines)
    return [row for row in rows if row["open"] and row["drafts"]]


def fitted_on(rows: Sequence[Row], version: str = "") -> Weights:
    """Grow the trees and fit the logistic function."""
    from sklearn.ensemble import GradientBoostingClassifier

    names = tuple(name for name in rows[0]["drafts"][0]["features"] if name not in UNSEEN)
    x = np.array([[draft["features"][name] for name in names] for row in rows for draft in row["drafts"]])
    y = np.array([draft["right"] for row in rows for draft in row["drafts"]])
    counts = np.array([COUNTED / len(row["drafts"]) for row in rows for _ in row["drafts"]])
    model = GradientBoostingClassifier(
        n_estimators=TREES, max_leaf_nodes=LEAVES, learning_rate=RATE, min_samples_leaf=FEWEST, subsample=SHARE, max_features="sqrt", random_state=SEED
    )
    model.fit(x, y, sample_weight=counts)
    share = float(np.average(y, weights=counts))
    trees = tuple(_tree(one.tree_) for one in model.estimators_[:, 0])
    middle, spread = x.mean(axis=0), x.std(axis=0) + _LEAST_SPREAD
    *slopes, constant = fit(np.c_[(x - middle) / spread, np.ones(len(x))], y.astype(float), penalty=PENALTY, counts=counts)
    linear = slopes / spread
    return Weights(version, names, float(np.log(share / (1 - share))), trees, tuple(map(float, linear)), float(constant - linear @ middle))


_LEAST_SPREAD = 1e-6


def _tree(grown: Any) -> Tree:
    leaf = grown.children_left < 0
    return Tree(
        tuple(int(at) for at in np.where(leaf, -1, grown.feature)),
        tuple(round(float(value), DIGITS) for value in np.where(leaf, 0, grown.threshold)),
        tuple(int(at) for at in np.where(leaf, 0, grown.children_left)),
        tuple(int(at) for at in np.where(leaf, 0, grown.children_right)),
        tuple(round(RATE * float(value), DIGITS) for value in np.where(leaf, grown.value[:, 0, 0], 0)),
    )


def taken(row: Row, weights: Weights, *, margin: float = MARGIN, unrefused: float = UNREFUSED) -> Mapping[str, Any] | None:
    """Give the draft that is said instead of the reply; None where that stands."""
    rated = [(likely(draft["features"], weights), draft) for draft in row["drafts"]]
    probability, best = max(rated, key=lambda pair: pair[0])
    said = next((p for p, draft in rated if draft["given"]), None)
    if best["given"] or (not row["refused"] and said is None):
        return None
    bar = unrefused if row["refused"] else (said or 0.0) + margin
    return best if probability >= bar else None


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit, print and write."""
    parser = argparse.ArgumentParser(prog="python -m eval.choosing", description="Fit which candidate is said.")
    parser.add_argument("drafts", nargs="+", type=Path)
    parser.add_argument("-o", "--out", type=Path, help="write what was fitted")
    wanted = parser.parse_args(arguments)
    rows = read(wanted.drafts)
    report(rows)
    if wanted.out:
        write(fitted_on(rows, f"fit-{len(rows)}"), wanted.out)
    return 0


def report(rows: Sequence[Row]) -> None:
    """Print what choosing gains and loses in each set, by weights that saw none of its documents."""
    for name in sorted({row["set"] for row in rows}):
        weights = fitted_on([row for row in rows if row["set"] != name])
        asked = [row for row in rows if row["set"] == name]
        changed = [(row, draft) for row in asked if (draft := taken(row, weights)) is not None]
        gained = sum(draft["right"] and not row["passed"] for row, draft in changed)
        lost = sum(row["passed"] and not draft["right"] for row, draft in changed)
        print(f"{name}: questions {len(asked)}, right {sum(row['passed'] for row in asked)}, changed {len(changed)}, gained {gained}, lost {lost}", flush=True)


def write(weights: Weights, file: Path) -> None:
    trees = [{name: getattr(tree, name) for name in ("feature", "threshold", "left", "right", "value")} for tree in weights.trees]
    stored: dict[str, Any] = {"version": weights.version, "names": weights.names, "bias": round(weights.bias, DIGITS), "trees": trees}
    stored |= {"linear": [round(one, DIGITS) for one in weights.linear], "linear_bias": round(weights.linear_bias, DIGITS)}
    file.write_text(json.dumps(stored, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
