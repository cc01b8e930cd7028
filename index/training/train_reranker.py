"""Train the reranker of `index/reranker.py`: `make train-reranker`.

    python -m index.training.train_reranker --data FOLDER --out FOLDER [--genre FILE] [--work FOLDER] [--set NAME=VALUE ...]

data, genre: as for the reader.  work: what the search found, and checkpoints; a run that was stopped goes on from the last one.
Prints losses and, on held-out questions, the mean reciprocal rank of the search alone and with the reranker at every weight.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch.nn import functional

from index.reading.files import write_parts
from index.reading.shape import Shape
from index.reranker import NetworkReranker
from index.static import MODEL
from index.training.curves import draw
from index.training.precision import autocast
from index.training.reader_material import kept_start, stacked
from index.training.reader_network import ReaderNetwork, tensors
from index.training.reader_start import start_of
from index.training.rerank_material import Drills, Kind, Ranked, kinds_of
from index.training.run_state import PROGRESS, RunState
from index.training.settings import changed

CHECKPOINT, WARM_UP, AHEAD = 100, 100, 4
NEEDLESS = ("inside.", "point.", "starts.", "ends.")
"""Parts of the reader's network that point at spans."""

WEIGHTS = (0.0, 0.01, 0.02, 0.03, 0.05, 0.07, 0.1, 0.14, 0.2, 0.3)
CANDIDATES = 30
JUDGED = 400
"""Held-out questions of a kind that the weight is fitted on."""


@dataclass(frozen=True, slots=True)
class RerankRecipe:
    """The settings of a run.

    steps: of training.  questions, rivals: in a step, and passages beside the right one for each.  rate: Adam's highest, falling in a
    line.  dropout: of the layers.  average: how much of the averaged weights a step keeps.  width: of the layers.
    """

    seed: int = 0
    steps: int = 3000
    questions: int = 12
    rivals: int = 7
    rate: float = 1.5e-3
    dropout: float = 0.1
    average: float = 0.998
    decay: float = 0.01
    width: int = 96
    words: int = 64


def train(data: Path, genre: Path | None, out: Path, work: Path, recipe: RerankRecipe) -> Mapping[str, Any]:
    """Run a recipe to its end, write the network into `out` and give its figures."""
    torch.manual_seed(recipe.seed)
    work.mkdir(parents=True, exist_ok=True)
    kinds = kinds_of(data, genre, work)
    texts = [text for kind in kinds for text in kind.passages]
    lexicon, vectors, _ = kept_start(work / "start.npz", lambda: start_of(MODEL, texts, size=recipe.words))
    shape = Shape(
        characters=2 + len(lexicon.characters), words=vectors.shape[1], width=recipe.width, below=(1,), above=(1, 3), head=8
    )
    table = torch.from_numpy(vectors)
    network = ReaderNetwork(shape, table)
    state = RunState(network, ReaderNetwork(shape, table), recipe.decay)
    state.resume(work, asdict(recipe))
    _descend(state, network, Drills(kinds, lexicon.analyser()), recipe, work)
    weights = {name: tensor.numpy() for name, tensor in state.average.state_dict().items() if not name.startswith(NEEDLESS)}
    write_parts(out, kind="reranker", shape=shape, scale={"weight": 0.0}, lexicon=lexicon, weights=weights)
    figures, weight = fitted(NetworkReranker.open(out), kinds)
    write_parts(out, kind="reranker", shape=shape, scale={"weight": weight}, lexicon=lexicon, weights=weights)
    (work / "figures.json").write_text(json.dumps(figures, indent=1), encoding="utf-8")
    draw(work / PROGRESS, work / "curves.png")
    return figures


def _descend(state: RunState, network: ReaderNetwork, drills: Drills, recipe: RerankRecipe, work: Path) -> None:
    began, losses, hits = time.monotonic(), [], []
    with ThreadPoolExecutor(1) as pool:

        def prepared(at: int) -> Any:
            chance = np.random.default_rng([recipe.seed, at])
            return pool.submit(lambda: stacked(drills.lists(chance, recipe.questions, recipe.rivals)))

        waiting = [prepared(state.step + ahead) for ahead in range(AHEAD)]
        while state.step < recipe.steps:
            question, passage, _ = waiting.pop(0).result()
            waiting.append(prepared(state.step + AHEAD))
            with autocast():
                scores = network.relevance(tensors(question), tensors(passage), recipe.dropout)
            lists = scores.view(recipe.questions, recipe.rivals + 1)
            loss = functional.cross_entropy(lists, torch.zeros(len(lists), dtype=torch.int64))
            rate = recipe.rate * min(1.0, (state.step + 1) / WARM_UP) * (1 - 0.97 * state.step / recipe.steps)
            losses.append(state.descend(loss, rate=rate, keep=recipe.average))
            hits.append(float((lists.argmax(1) == 0).float().mean()))
            if state.step % CHECKPOINT == 0 or state.step == recipe.steps:
                line = {
                    "step": state.step, "loss": round(float(np.mean(losses)), 4), "first": round(float(np.mean(hits)), 4),
                    "seconds": round(time.monotonic() - began),
                }  # fmt: skip
                losses.clear()
                hits.clear()
                print(json.dumps(line), flush=True)
                state.save(work, asdict(recipe), line)


def fitted(reranker: NetworkReranker, kinds: Sequence[Kind]) -> tuple[dict[str, Any], float]:
    """Measure held-out questions at every weight: figures by kind, and the weight best in their mean."""
    figures: dict[str, Any] = {}
    for kind in kinds:
        judged = [one for one in kind.questions if one.held_out and one.found][:JUDGED]
        if judged:
            scored = [scores_of(reranker, kind, one) for one in judged]
            figures[kind.name] = {str(weight): round(mean_rank(judged, scored, weight), 4) for weight in WEIGHTS}
            print(json.dumps({kind.name: figures[kind.name]}), flush=True)
    weight = max(WEIGHTS, key=lambda one: (sum(figures[name][str(one)] for name in figures), -one))
    return {**figures, "weight": weight}, weight


def scores_of(reranker: NetworkReranker, kind: Kind, one: Ranked) -> list[float]:
    return [float(score) for score in reranker.score(one.question, [kind.passages[key] for key, _ in one.found[:CANDIDATES]])]


def mean_rank(judged: Sequence[Ranked], scored: Sequence[Sequence[float]], weight: float) -> float:
    """Give the mean reciprocal rank of the first ten when scores count `weight` beside the search's."""
    ranks = []
    for one, scores in zip(judged, scored, strict=True):
        sums = [score + weight * more for (_, score), more in zip(one.found, scores, strict=False)]
        order = [one.found[at][0] for at in np.argsort([-value for value in sums], kind="stable")][:10]
        ranks.append(next((1 / place for place, key in enumerate(order, 1) if key in one.right), 0.0))
    return float(np.mean(ranks))


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m index.training.train_reranker", description="Train the reranker.")
    parser.add_argument("--data", type=Path, required=True, help="folder with train/")
    parser.add_argument("--out", type=Path, required=True, help="folder the network is written into")
    parser.add_argument("--genre", type=Path, help="questions made of the genre, gzip JSON lines")
    parser.add_argument("--work", type=Path, default=Path("build/train-reranker"), help="folder for checkpoints")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="change the recipe")
    options = parser.parse_args(arguments)
    torch.set_num_threads(options.threads)
    recipe = changed(RerankRecipe(), options.set)
    print(recipe, flush=True)
    train(options.data, options.genre, options.out, options.work, recipe)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
