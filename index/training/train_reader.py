"""Train the reader that is shipped in `index/model/reader`: `make train-reader`.

    python -m index.training.train_reader --data FOLDER --out FOLDER [--genre FILE] [--work FOLDER] [--set NAME=VALUE ...]

data: the folder with `train/`, `reader/` and `scale/`.  genre: made questions of the genre, {question, context, answers, start}.
work: checkpoints; a run that was stopped goes on from the last one. Prints losses and the figures on held-out questions, writes
them with a picture of their course into `work`.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import torch

from index.training.curves import draw
from index.training.precision import autocast
from index.training.reader_exam import calibrated, examine, figures_of
from index.training.reader_export import export_reader
from index.training.reader_material import Material, stacked
from index.training.reader_network import ReaderNetwork, loss_of, tensors
from index.training.reader_recipe import ReaderRecipe
from index.training.run_state import PROGRESS, RunState
from index.training.settings import changed

CHECKPOINT = 100
"""Steps between two checkpoints."""

EXAM = 1000
"""Steps between two measurements on held-out questions."""

WARM_UP = 200
AHEAD = 4
"""Batches made ready while the network learns."""


def rate_at(step: int, recipe: ReaderRecipe) -> float:
    """Give the rate: warm, level while questions are made, then falling in a line."""
    level = recipe.rate * min(1.0, (step + 1) / WARM_UP)
    done = (step - recipe.made) / max(1, recipe.written)
    return level if done <= 0 else level * (1 - (1 - recipe.last_rate) * done)


def train(
    data: Path, genre: Path | None, out: Path, work: Path, recipe: ReaderRecipe, start: Path | None = None, *, material: Material | None = None
) -> Mapping[str, Any]:
    """Run a recipe to its end, write the network into `out` and give its figures.

    start: a checkpoint of another run to go on from.  material: what to train on, read from `data` and `genre` when None.
    """
    torch.manual_seed(recipe.seed)
    material = material or Material.of(data, genre, recipe, work)
    state = RunState(material.network(recipe), material.network(recipe), recipe.decay)
    if not state.resume(work, asdict(recipe)) and start is not None:
        state.load(start, None)
        state.step = recipe.made
    print(f"{sum(one.numel() for one in state.parameters)} parameters, at step {state.step}", flush=True)
    _descend(state, material, recipe, work)
    network = state.average
    assert isinstance(network, ReaderNetwork)
    scale = calibrated(network, material)
    export_reader(out, network, material, scale)
    figures = figures_of(out, material)
    (work / "figures.json").write_text(json.dumps(figures, indent=1), encoding="utf-8")
    draw(work / PROGRESS, work / "curves.png")
    print(json.dumps(figures), flush=True)
    return figures


def _descend(state: RunState, material: Material, recipe: ReaderRecipe, work: Path) -> None:
    steps = recipe.made + recipe.written
    began, losses = time.monotonic(), []
    with ThreadPoolExecutor(1) as pool:

        def prepared(at: int) -> Any:
            return pool.submit(lambda: stacked(material.batch(at, recipe)))

        waiting = [prepared(state.step + ahead) for ahead in range(AHEAD)]
        while state.step < steps:
            question, passage, targets = waiting.pop(0).result()
            waiting.append(prepared(state.step + AHEAD))
            with autocast():
                dropout = recipe.dropout if state.step < recipe.made else recipe.second_dropout
                logits = state.network(tensors(question), tensors(passage), dropout)
            loss = loss_of(logits, tensors(targets), recipe.smoothing)
            losses.append(state.descend(loss, rate=rate_at(state.step, recipe), keep=recipe.average))
            if state.step % CHECKPOINT == 0 or state.step == steps:
                line = {"step": state.step, "loss": round(float(np.mean(losses)), 4), "seconds": round(time.monotonic() - began)}
                losses.clear()
                if state.step % EXAM == 0 or state.step == steps:
                    line |= examine(state.average, material, material.held_out)
                print(json.dumps(line), flush=True)
                state.save(work, asdict(recipe), line)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m index.training.train_reader", description="Train the shipped reader.")
    parser.add_argument("--data", type=Path, required=True, help="folder with train/, reader/ and scale/")
    parser.add_argument("--out", type=Path, required=True, help="folder the network is written into")
    parser.add_argument("--genre", type=Path, help="questions made of the genre, gzip JSON lines")
    parser.add_argument("--work", type=Path, default=Path("build/train-reader"), help="folder for checkpoints")
    parser.add_argument("--start", type=Path, help="a checkpoint whose first part of the training is taken over")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="change the recipe")
    options = parser.parse_args(arguments)
    torch.set_num_threads(options.threads)
    recipe = changed(ReaderRecipe(), options.set)
    print(recipe, flush=True)
    train(options.data, options.genre, options.out, options.work, recipe, options.start)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
