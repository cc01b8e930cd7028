"""Train the encoder that is shipped in `index/model`: `make train-encoder`.

    python -m index.training.train --data FOLDER --out FOLDER [--work FOLDER] [--set NAME=VALUE ...]

data: the folder with `train/` and `scale/`.  work: checkpoints; a run that was stopped goes on from the last one.
Prints the loss, and at the end the mean reciprocal rank on held-out groups by kind of pair.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from index.static import StaticEncoder
from index.tokens import LEXICON, read_dictionary
from index.training.batches import Material
from index.training.clauses import clause_pairs
from index.training.evaluate import exams, mean_of, mean_reciprocal_rank
from index.training.export import write_model
from index.training.meaning import starting_vectors
from index.training.network import Network
from index.training.pairs import Pair, document_of, read_pairs, read_texts, split
from index.training.recipe import Recipe
from index.training.vocabulary import UNKNOWN, build_tokenizer, choose_pieces, count_words
from index.types import FloatArray

CHECKPOINT = 100
"""Steps between two checkpoints."""

WARM_UP = 50
SIF = 1e-4
"""Weight of a token at the start: the root of a / (a + its share of all tokens) (Arora et al., 2017)."""


def material_of(data: Path, recipe: Recipe) -> tuple[list[Pair], list[Pair]]:
    """Read what is trained on and what is held out."""
    trained, held_out = split(list(read_pairs(data / "train")))
    laws = read_texts(data / "scale" / "laws.jsonl.gz", {document_of(pair.group) for pair in trained})
    more = clause_pairs(laws, seed=recipe.seed)
    return [*trained, *islice(more, recipe.clauses)], held_out


def texts_of(data: Path, trained: Sequence[Pair]) -> Iterator[str]:
    """Give what words are learnt from before any pair: the encyclopaedia's questions and paragraphs, and the whole text of the laws
    and policies that pairs are drawn from; no held-out one, and none of a set that is only measured.
    """
    among = {document_of(pair.group) for pair in trained}
    for name in ("laws", "policies"):
        for title, text in read_texts(data / "scale" / f"{name}.jsonl.gz", among):
            yield f"{title}\n{text}"
    asked = [pair for pair in trained if pair.source == "qa_cmrc2018_train"]
    yield from (pair.query for pair in asked)
    yield from dict.fromkeys(pair.positive for pair in asked)


def prepared(data: Path, trained: Sequence[Pair], recipe: Recipe, work: Path) -> tuple[list[tuple[str, float]], FloatArray, FloatArray]:
    """Choose the tokens: (piece, log-probability) pairs, weights (tokens,) and starting vectors (tokens, dimension) by id.

    What was made is kept in `work` for a run that goes on.
    """
    kept = work / f"start-{recipe.vocabulary}-{recipe.dimension}-{recipe.meaning > 0}-{recipe.seed}.npz"
    if kept.is_file():
        with np.load(kept, allow_pickle=False) as made:
            pieces = list(zip(made["pieces"].tolist(), made["scores"].tolist(), strict=True))
            return pieces, made["weights"], made["vectors"]
    counts = count_words(texts_of(data, trained), read_dictionary(LEXICON))
    pieces = choose_pieces(counts, recipe.vocabulary)
    print(f"{len(pieces)} pieces", flush=True)
    total = sum(counts.values())
    shares = np.array([1 / total, *(counts.get(piece, 1) / total for piece, _ in pieces)])
    weights = np.sqrt(SIF / (SIF + shares)).astype(np.float32)
    weights[0] = SIF
    vectors = np.zeros((len(weights), recipe.dimension), dtype=np.float32)
    if recipe.meaning:
        vectors = starting_vectors(
            texts_of(data, trained), build_tokenizer(pieces), recipe.dimension, seed=recipe.seed
        )
    work.mkdir(parents=True, exist_ok=True)
    with kept.open("wb") as file:
        np.savez(file, pieces=[p for p, _ in pieces], scores=[s for _, s in pieces], weights=weights, vectors=vectors)
    return pieces, weights, vectors


def train(data: Path, out: Path, work: Path, recipe: Recipe, *, threads: int) -> Mapping[str, float]:
    """Run a recipe to its end, write the model into `out` and give its figures."""
    import torch

    torch.set_num_threads(threads)
    trained, held_out = material_of(data, recipe)
    pieces, weights, vectors = prepared(data, trained, recipe, work)
    tokenizer = build_tokenizer(pieces)
    names = [UNKNOWN, *(piece for piece, _ in pieces)]
    weights = weights if recipe.weighted else np.ones_like(weights)
    network = Network(names, weights, vectors, seed=recipe.seed, composed=recipe.composed, share=recipe.meaning)
    material = Material.of(trained, tokenizer, recipe)
    print(f"{len(trained)} pairs, {len(held_out)} held out, {material.steps(recipe)} steps", flush=True)
    _run(network, material, recipe, work)
    write_model(out, tokenizer, network.table())
    encoder = StaticEncoder(out)
    figures = {
        source: mean_reciprocal_rank(encoder.encode(exam.questions), encoder.encode(exam.passages), exam)
        for source, exam in exams(held_out, trained).items()
    }
    for source, figure in [*figures.items(), ("mean", mean_of(figures))]:
        print(f"MRR@10 {source:24s} {figure:.4f}")
    return figures


def _run(network: Network, material: Material, recipe: Recipe, work: Path) -> None:
    steps = material.steps(recipe)
    step = _resume(network, work, recipe)
    sizes = [recipe.dimension, recipe.dimension // 2, recipe.dimension // 4]
    began, losses = time.monotonic(), []
    while step < steps:
        rate = recipe.rate * min(1.0, (step + 1) / WARM_UP) * (1 - 0.95 * step / steps)
        losses.append(network.step(material.batch(step, recipe), rate=rate, scale=recipe.scale, sizes=sizes))
        step += 1
        if step % CHECKPOINT == 0 or step == steps:
            print(f"{step}/{steps} loss {np.mean(losses):.4f} {time.monotonic() - began:.0f} s", flush=True)
            losses.clear()
            _save(network, work, recipe, step)


def _resume(network: Network, work: Path, recipe: Recipe) -> int:
    """Load the last checkpoint of this recipe, if there is one; gives the number of steps done."""
    from safetensors.torch import load_file

    progress = work / "progress.json"
    if not progress.is_file():
        return 0
    noted = json.loads(progress.read_text(encoding="utf-8"))
    if noted["recipe"] != asdict(recipe):
        return 0
    network.load(load_file(work / noted["file"]))
    return int(noted["step"])


def _save(network: Network, work: Path, recipe: Recipe, step: int) -> None:
    """Write a checkpoint beside the last one, then point at it: a kill in between loses nothing."""
    from safetensors.torch import save_file

    work.mkdir(parents=True, exist_ok=True)
    file = f"step-{step}.safetensors"
    save_file(network.state(), work / file)
    draft = work / "progress.json.new"
    draft.write_text(json.dumps({"recipe": asdict(recipe), "step": step, "file": file}), encoding="utf-8")
    draft.replace(work / "progress.json")
    for old in work.glob("step-*.safetensors"):
        if old.name != file:
            old.unlink()


def recipe_of(settings: Sequence[str]) -> Recipe:
    """Change the recipe by NAME=VALUE. Raises ValueError for a name or value it does not have."""
    kinds: dict[str, type] = {name: type(value) for name, value in asdict(Recipe()).items()}
    changed: dict[str, Any] = {}
    for setting in settings:
        name, _, value = setting.partition("=")
        if name not in kinds:
            raise ValueError(f"{name} is not one of {', '.join(kinds)}")
        changed[name] = value == "true" if kinds[name] is bool else kinds[name](value)
    return replace(Recipe(), **changed)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m index.training.train", description="Train the shipped encoder.")
    parser.add_argument("--data", type=Path, required=True, help="folder with train/ and scale/")
    parser.add_argument("--out", type=Path, required=True, help="folder the model is written into")
    parser.add_argument("--work", type=Path, default=Path("build/train-encoder"), help="folder for checkpoints")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="change the recipe")
    options = parser.parse_args(arguments)
    recipe = recipe_of(options.set)
    print(recipe)
    train(options.data, options.out, options.work, recipe, threads=options.threads)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
