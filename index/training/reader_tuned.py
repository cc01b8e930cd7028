"""The last stage of the reader: go on from trained weights with questions people wrote on policies.

    python -m index.training.reader_tuned --data FOLDER --start FOLDER --policy QUESTIONS=DOCUMENTS... --out FOLDER [--genre FILE] [--passages FILE]

start: the folder of a reader as `train_reader` wrote it.  policy: sets, files of questions with the folders of their documents.
The old material stays in the mixture, so that nothing is forgotten. Seeded, resumable from `--work`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch

from index.reading.files import Parts, read_parts
from index.training.policy_questions import policy_questions
from index.training.reader_material import Asked, Item, Material, Written
from index.training.reader_network import ReaderNetwork
from index.training.reader_recipe import SIZES, ReaderRecipe
from index.training.settings import changed
from index.training.train_reader import train

TUNED = ReaderRecipe(made=0, written=2500, rate=4e-4, second_dropout=0.2, absent=0.2, second_written=0.35, second_genre=0.2)
"""The recipe of this stage."""

POLICY, UNANSWERED = 0.4, 0.4
"""Share of a step's questions that are people's on policies; of them the share whose window does not answer."""


@dataclass
class Tuned(Material):
    """The material of the first stages, over a lexicon that is kept, with people's questions on policies."""

    answered: Written | None = None
    unanswered: Written | None = None
    start: Parts | None = None

    @classmethod
    def over(cls, data: Path, genre: Path | None, recipe: ReaderRecipe, work: Path, parts: Parts, asked: Sequence[Asked]) -> Tuned:
        """Read it. parts: the trained network, whose lexicon and word vectors stay as they are."""
        vectors = parts.weights["vectors"].astype(np.float32) * parts.weights["scales"].astype(np.float32)
        material = Material.of(data, genre, recipe, work, known=(parts.lexicon, vectors))
        answered = Written([one for one in asked if one.spans], material.analyse, {})
        unanswered = Written([one for one in asked if not one.spans], material.analyse, {})
        return cls(**{name: getattr(material, name) for name in Material.__dataclass_fields__}, answered=answered, unanswered=unanswered, start=parts)

    def network(self, recipe: ReaderRecipe) -> ReaderNetwork:
        """Make the network with the trained weights; what was left out of the file, the marks of answers inside, learns anew."""
        assert self.start is not None
        network = ReaderNetwork(self.start.shape, torch.from_numpy(self.vectors))
        kept = {name: torch.from_numpy(array.astype(np.float32)) for name, array in self.start.weights.items() if name not in ("vectors", "scales")}
        missing, unknown = network.load_state_dict(kept, strict=False)
        assert not unknown and set(missing) <= {"vectors", "inside.weight", "inside.bias"}, (missing, unknown)
        return network

    def batch(self, step: int, recipe: ReaderRecipe) -> list[Item]:
        """Draw the questions of a step: the first of them people's on policies, the rest as in the stage before."""
        assert self.answered and self.unanswered
        chance = np.random.default_rng([recipe.seed, step, 1])
        own = round(recipe.batch * POLICY)
        size = SIZES[int(chance.integers(len(SIZES)))]
        sides = [self.unanswered if draw < UNANSWERED else self.answered for draw in chance.random(own)]
        items = [side.item(chance, max(size, max(SIZES)), 0.0) for side in sides]
        return items + Material.batch(self, step, replace(recipe, batch=recipe.batch - own))


def tune(
    data: Path, genre: Path | None, start: Path, asked: Sequence[Asked], out: Path, work: Path, recipe: ReaderRecipe = TUNED
) -> Mapping[str, Any]:
    """Run the stage to its end, write the network into `out` and give its figures."""
    parts = read_parts(start, "reader")
    return train(data, genre, out, work, recipe, material=Tuned.over(data, genre, recipe, work, parts, asked))


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m index.training.reader_tuned", description="Train the reader on with people's questions.")
    parser.add_argument("--data", type=Path, required=True, help="folder with train/, reader/ and scale/")
    parser.add_argument("--start", type=Path, required=True, help="folder of a trained reader")
    parser.add_argument("--policy", nargs="+", required=True, metavar="QUESTIONS=DOCUMENTS", help="sets of questions and folders of documents")
    parser.add_argument("--passages", type=Path, help="questions on single passages of those documents")
    parser.add_argument("--genre", type=Path, help="questions made of the genre, gzip JSON lines")
    parser.add_argument("--out", type=Path, required=True, help="folder the network is written into")
    parser.add_argument("--work", type=Path, default=Path("build/tune-reader"), help="folder for checkpoints")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="change the recipe")
    options = parser.parse_args(arguments)
    torch.set_num_threads(options.threads)
    recipe = changed(TUNED, options.set)
    sets = [named.partition("=") for named in options.policy]
    asked = [one for questions, _, folder in sets for one in policy_questions(Path(questions), Path(folder), options.passages)]
    answered = sum(bool(one.spans) for one in asked)
    print(recipe, json.dumps({"answered": answered, "unanswered": len(asked) - answered}), flush=True)
    tune(options.data, options.genre, options.start, asked, options.out, options.work, recipe)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
