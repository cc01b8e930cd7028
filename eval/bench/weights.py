"""Fits the weights of `index.fusion` on held-out pairs, none of which trained the encoder or stands in a set that is reported.

    python -m eval.bench.weights FOLDER [--encoder SETTING]

FOLDER holds the training pairs. Headings of policies and questions on the encyclopaedia count, each as far as it gains over the words
and characters alone; prints every combination tried, the best last.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from itertools import product
from pathlib import Path

import numpy as np

from eval.bench.retrieval import DEPTH, Questions, ranked, reciprocal_rank
from index.encoder import setting_of
from index.engine import POOL
from index.fusion import fuse
from index.lexical import Ranking
from index.training.pairs import FITTED, Pair, is_held_out, read_pairs
from index.types import Unit

WORDS = (0.3, 0.5, 0.7)
DENSE = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8)


def development_set(pairs: Sequence[Pair], source: str) -> Questions:
    """Ask the held-out questions of a source over all its passages."""
    chosen = [pair for pair in pairs if pair.source == source]
    place = {text: at for at, text in enumerate(dict.fromkeys(pair.positive for pair in chosen))}
    units = tuple(Unit(at, str(at), "", "", text) for text, at in place.items())
    right: dict[str, set[int]] = {}
    for pair in chosen:
        if is_held_out(pair.group):
            right.setdefault(pair.query, set()).add(place[pair.positive])
    return Questions(source, units, tuple(right), tuple(frozenset(places) for places in right.values()))


def figure_of(rankings: Sequence[Mapping[str, Ranking]], questions: Questions, weights: Mapping[str, float]) -> float:
    """Mean reciprocal rank of the first ten with these weights."""
    ranks = []
    for found, right in zip(rankings, questions.right, strict=True):
        fused = fuse(found, depth=POOL, weights=weights)[:DEPTH]
        ranks.append(reciprocal_rank([key for key, _, _ in fused], right))
    return float(np.mean(ranks))


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.bench.weights", description="Fit the weights of the fusion.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--encoder", default="", help="as in the settings; empty: the shipped one")
    options = parser.parse_args(arguments)
    pairs = list(read_pairs(options.folder, FITTED))
    sets = [development_set(pairs, source) for source in FITTED]
    rankings = [ranked(questions, setting_of(options.encoder)) for questions in sets]
    tried = []
    for words, dense in product(WORDS, DENSE):
        weights = {"words": words, "characters": 1.0, "dense": dense}
        figures = [figure_of(found, questions, weights) for found, questions in zip(rankings, sets, strict=True)]
        tried.append((sum(figures), weights, figures))
    for total, weights, figures in sorted(tried, key=lambda entry: entry[0]):
        print(f"{total / len(sets):.4f} {weights} {' '.join(f'{figure:.4f}' for figure in figures)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
