"""Retrieval quality: each ranker, what fusing them adds, and the lexical baselines a user would take instead, on one set of questions.

    python -m eval.bench.retrieval FOLDER [--set NAME ...] [--out FOLDER] [--encoder SETTING]

FOLDER holds sets: `NAME/corpus.jsonl.gz` of {id, title, text}, `NAME/queries.jsonl.gz` of {id, text}, `NAME/qrels.tsv` of
query, document, 1. Prints a table a set, writes `retrieval.json` and, with matplotlib, `retrieval.png`. Every stage is compared with
the one before by a paired randomisation test.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.encoder import setting_of
from index.engine import POOL, RANKERS, Index
from index.fusion import fuse
from index.lexical import Ranking, full_text
from index.types import Unit

DEPTH = 10
TRIALS = 10_000
STAGES: Mapping[str, tuple[str, ...]] = {
    "words": ("words",),
    "characters": ("characters",),
    "dense": ("dense",),
    "lexical": ("words", "characters"),
    "hybrid": RANKERS,
}
"""Stages of the shipped search by the rankers that take part."""

BASELINES = ("bm25s jieba", "bm25s characters")
_RUN = re.compile(r"[a-z0-9]+|[^\W\x00-\x7f]+")
COMPARED = (
    ("lexical", "words"), ("lexical", "characters"), ("hybrid", "lexical"), ("hybrid", "dense"),
    *(("hybrid", baseline) for baseline in BASELINES),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Questions:
    """A set. right: for each question the keys of the passages that answer it; a passage's key is its place in `units`."""

    name: str
    units: tuple[Unit, ...]
    texts: tuple[str, ...]
    right: tuple[frozenset[int], ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """Means over the questions: a right passage comes first, share of the right passages among the first ten, reciprocal rank."""

    hit_1: float
    recall_10: float
    mrr_10: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Difference of two stages' MRR@10, with the share of random swaps that give at least as large a one."""

    better: str
    worse: str
    gain: float
    p: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was measured on one set."""

    name: str
    passages: int
    questions: int
    figures: dict[str, Figures]
    comparisons: tuple[Comparison, ...]


def read_set(folder: Path) -> Questions:
    """Read a set; passages whose titles agree count as one document."""
    rows = list(_lines(folder / "corpus.jsonl.gz"))
    units = tuple(Unit(at, row["title"] or row["id"], row["title"], "", row["text"]) for at, row in enumerate(rows))
    place = {row["id"]: at for at, row in enumerate(rows)}
    right: dict[str, set[int]] = {}
    for line in (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines():
        question, document, _ = line.split("\t")
        right.setdefault(question, set()).add(place[document])
    asked = [row for row in _lines(folder / "queries.jsonl.gz") if row["id"] in right]
    return Questions(
        folder.name, units, tuple(row["text"] for row in asked), tuple(frozenset(right[row["id"]]) for row in asked)
    )


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def measure(questions: Questions, *, encoder: str, baselines: bool = True) -> Outcome:
    """Rank every question with every stage and compare them."""
    found = stage_rankings(questions, encoder)
    if baselines:
        found |= baseline_rankings(questions)
    ranks = {
        stage: np.array([reciprocal_rank(keys, right) for keys, right in zip(lists, questions.right, strict=True)])
        for stage, lists in found.items()
    }
    figures = {stage: figures_of(lists, questions.right) for stage, lists in found.items()}
    compared = tuple(
        Comparison(better, worse, float((ranks[better] - ranks[worse]).mean()), randomisation(ranks[better], ranks[worse]))
        for better, worse in COMPARED
        if better in ranks and worse in ranks
    )
    return Outcome(questions.name, len(questions.units), len(questions.texts), figures, compared)


def stage_rankings(questions: Questions, encoder: str) -> dict[str, list[list[int]]]:
    """Build the index of a set and give, for every stage and question, the first ten keys."""
    found: dict[str, list[list[int]]] = {stage: [] for stage in STAGES}
    for rankings in ranked(questions, encoder):
        for stage, rankers in STAGES.items():
            chosen = {ranker: rankings[ranker] for ranker in rankers}
            found[stage].append([key for key, _, _ in fuse(chosen, depth=POOL)[:DEPTH]])
    return found


def ranked(questions: Questions, encoder: str) -> list[dict[str, Ranking]]:
    """Build the index of a set in a folder that is thrown away, and give what every ranker says to every question."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Index.build(Path(folder), questions.units, encoder=encoder, generation=1) as index,
    ):
        return [index.rankings(text, depth=POOL) for text in questions.texts]


def baseline_rankings(questions: Questions) -> dict[str, list[list[int]]]:
    """Rank with bm25s at its defaults (k1 = 1.5, b = 0.75), over plain words of jieba and over characters with their bigrams."""
    import bm25s

    found = {}
    for name, cut in zip(BASELINES, (plain_words(), plain_characters), strict=True):
        retriever = bm25s.BM25(k1=1.5, b=0.75)
        retriever.index([cut(full_text(unit)) for unit in questions.units], show_progress=False)
        known = retriever.vocab_dict
        asked = [[token for token in cut(text) if token in known] for text in questions.texts]
        found[name] = [_best(retriever, tokens) for tokens in asked]
    return found


def plain_words() -> Callable[[str], list[str]]:
    """Give jieba's words (by rjieba, which cuts the same) without blanks and marks: none of our dictionary, none of our rewriting."""
    import rjieba

    cut = rjieba.Jieba().cut
    return lambda text: [word for word in cut(text.lower()) if any(map(str.isalnum, word))]


def plain_characters(text: str) -> list[str]:
    """Give the characters and bigrams of Chinese runs, and other words whole."""
    found: list[str] = []
    for run in _RUN.findall(text.lower()):
        if run.isascii():
            found.append(run)
        else:
            found += [*run, *map(str.__add__, run, run[1:])]
    return found


def _best(retriever: Any, tokens: list[str]) -> list[int]:
    if not tokens:
        return []
    scores = retriever.get_scores(tokens)
    first = np.argpartition(-scores, min(DEPTH, len(scores) - 1))[:DEPTH]
    return [int(key) for key in first[np.lexsort((first, -scores[first]))] if scores[key] > 0]


def reciprocal_rank(keys: Sequence[int], right: frozenset[int]) -> float:
    return next((1 / rank for rank, key in enumerate(keys[:DEPTH], 1) if key in right), 0.0)


def figures_of(lists: Sequence[Sequence[int]], rights: Sequence[frozenset[int]]) -> Figures:
    """Average the three measures."""
    pairs = list(zip(lists, rights, strict=True))
    return Figures(
        float(np.mean([bool(keys) and keys[0] in right for keys, right in pairs])),
        float(np.mean([len(right & set(keys[:DEPTH])) / len(right) for keys, right in pairs])),
        float(np.mean([reciprocal_rank(keys, right) for keys, right in pairs])),
    )


def randomisation(first: NDArray[np.float64], second: NDArray[np.float64], *, seed: int = 0) -> float:
    """Two-sided paired randomisation test (Smucker et al., "A comparison of statistical significance tests", 2007)."""
    differences = (first - second)[first != second]
    if not len(differences):
        return 1.0
    generator = np.random.default_rng(seed)
    seen = abs(differences.sum())
    beyond = 0
    for start in range(0, TRIALS, 500):
        signs = generator.choice([-1.0, 1.0], size=(min(500, TRIALS - start), len(differences)))
        beyond += int((np.abs(signs @ differences) >= seen - 1e-12).sum())
    return (beyond + 1) / (TRIALS + 1)


# ---------------------------------------------------------------- showing


def table_of(outcome: Outcome) -> str:
    """Lay an outcome out in lines."""
    lines = [f"{outcome.name}: {outcome.passages} passages, {outcome.questions} questions"]
    lines.append(f"  {'':18s} {'hit@1':>7s} {'R@10':>7s} {'MRR@10':>7s}")
    for stage, found in outcome.figures.items():
        lines.append(f"  {stage:18s} {found.hit_1:7.4f} {found.recall_10:7.4f} {found.mrr_10:7.4f}")
    lines += [f"  {c.better} - {c.worse}: {c.gain:+.4f} MRR@10, p = {c.p:.4f}" for c in outcome.comparisons]
    return "\n".join(lines)


def plot(outcomes: Sequence[Outcome], path: Path) -> bool:
    """Draw MRR@10 by stage and set; False when matplotlib is not installed."""
    try:
        import matplotlib
    except ImportError:
        return False
    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(1, len(outcomes), figsize=(4 * len(outcomes), 3.6), squeeze=False)
    for axis, outcome in zip(axes[0], outcomes, strict=True):
        stages = list(outcome.figures)
        values = [outcome.figures[stage].mrr_10 for stage in stages]
        axis.barh(stages, values, color=["#2b6cb0" if stage in STAGES else "#a0aec0" for stage in stages])
        axis.set_xlim(0.9 * min(values), 1.02 * max(values))
        axis.invert_yaxis()
        axis.set_title(f"{outcome.name}, MRR@10")
    figure.tight_layout()
    figure.savefig(path, dpi=120)
    pyplot.close(figure)
    return True


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.bench.retrieval", description="Measure retrieval quality.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--set", action="append", help="only this set")
    parser.add_argument("--encoder", default="", help="as in the settings; empty: the shipped one")
    parser.add_argument("--out", type=Path, default=Path("build/bench"))
    options = parser.parse_args(arguments)
    names = options.set or sorted(path.parent.name for path in options.folder.glob("*/qrels.tsv"))
    outcomes = []
    for name in names:
        outcomes.append(measure(read_set(options.folder / name), encoder=setting_of(options.encoder)))
        print(table_of(outcomes[-1]), flush=True)
    options.out.mkdir(parents=True, exist_ok=True)
    content = json.dumps([asdict(outcome) for outcome in outcomes], ensure_ascii=False, indent=1)
    (options.out / "retrieval.json").write_text(content + "\n", encoding="utf-8")
    if outcomes and not plot(outcomes, options.out / "retrieval.png"):
        print("no plot: matplotlib is not installed")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
