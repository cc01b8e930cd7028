"""How well the reader reads: right spans, telling passages that do not answer, refusing, and what it costs.

    python -m eval.bench.reading DATA [--reader FOLDER] [--questions FILE] [--sample N] [--withheld]

DATA holds `reader/cmrc2018-dev.jsonl.gz`, lines of {question, context, answers}, and for --withheld `retrieval/cmrc2018-dev-big` with
`refusal/withheld-cmrc2018-dev-big.json`. questions: more lines of that form, `answers` empty where the passage does not answer.
Prints JSON: exact match and overlap by the rules of CMRC 2018's script, AUROC, processor time on one core.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from eval.bench.retrieval import read_set
from eval.metrics import auroc
from index.encoder import setting_of
from index.engine import POOL, Index
from index.fusion import fuse
from index.reader import READER, Reader
from index.reading.scoring import exact_match, overlap

READ = 3
"""Passages read when a whole collection is asked."""


@dataclass(frozen=True, slots=True)
class Exercise:
    """A question on one passage; no answers when the passage does not say."""

    question: str
    context: str
    answers: tuple[str, ...]


def read_exercises(path: Path, sample: int = 0) -> list[Exercise]:
    """Read lines of {question, context, answers}; sample: so many of them, drawn with a fixed seed, 0 for all."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    if sample and sample < len(rows):
        rows = random.Random(0).sample(rows, sample)
    return [Exercise(row["question"], row["context"], tuple(row["answers"])) for row in rows]


def measure(reader: Reader, exercises: Sequence[Exercise]) -> dict[str, float]:
    """Read every passage. Gives em and f1 over those that answer, holds (an answer stands in the span or the span in an answer, at
    least half as long), no_answer_auroc where some do not, and ms: processor time for 400 characters.
    """
    began = time.process_time()
    readings = [reader.read(one.question, [one.context])[0] for one in exercises]
    spent = time.process_time() - began
    here = [(one, one.context[found.start : found.end]) for one, found in zip(exercises, readings, strict=True) if one.answers]
    figures = {
        "questions": len(exercises),
        "em": _mean([exact_match(one.answers, given) for one, given in here]),
        "f1": _mean([overlap(one.answers, given) for one, given in here]),
        "holds": _mean([float(any(_holds(answer, given) for answer in one.answers)) for one, given in here]),
        "ms": 1000 * spent / max(1, sum(len(one.context) for one in exercises)) * 400,
    }
    if len(here) < len(exercises):
        told = auroc([1 - found.no_answer for found in readings], [bool(one.answers) for one in exercises])
        figures["no_answer_auroc"] = told or 0.0
    return {name: round(value, 4) for name, value in figures.items()}


def _holds(answer: str, given: str) -> bool:
    short, long = sorted((answer, given), key=len)
    return bool(short) and short in long and 2 * len(short) >= len(long)


def _mean(values: Sequence[float]) -> float:
    return float(np.mean(values)) if values else 0.0


def withheld(reader: Reader, data: Path, sample: int = 0) -> Mapping[str, float]:
    """Ask a collection without the passages of half of its questions. Gives AUROCs of telling them by the search's best score, and by the
    reader's surest of the first READ passages.
    """
    split = json.loads((data / "refusal" / "withheld-cmrc2018-dev-big.json").read_text(encoding="utf-8"))
    folder = data / "retrieval" / "cmrc2018-dev-big"
    questions = read_set(folder)
    removed = set(split["removed_docs"])
    with gzip.open(folder / "corpus.jsonl.gz", "rt", encoding="utf-8") as lines:
        ids = [json.loads(line)["id"] for line in lines]
    units = tuple(unit for unit, name in zip(questions.units, ids, strict=True) if name not in removed)
    text_of = {unit.key: unit.text for unit in units}
    gone = {ids.index(name) for name in removed}
    asked = list(zip(questions.texts, questions.right, strict=True))
    if sample and sample < len(asked):
        asked = random.Random(0).sample(asked, sample)
    best: list[float] = []
    sure: list[float] = []
    answerable: list[bool] = []
    with tempfile.TemporaryDirectory() as place, Index.build(Path(place), units, encoder=setting_of(""), generation=1) as index:
        for question, right in asked:
            rankings = index.rankings(question, depth=POOL)
            found = fuse(rankings, depth=POOL)[:READ]
            answerable.append(not right & gone)
            best.append(max((ranking[0][1] for ranking in rankings.values() if ranking), default=0.0))
            readings = reader.read(question, [text_of[key] for key, _, _ in found])
            sure.append(max((1 - one.no_answer for one in readings), default=0.0))
    return {"search": round(auroc(best, answerable) or 0.0, 4), "reader": round(auroc(sure, answerable) or 0.0, 4), "questions": len(asked)}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.bench.reading", description="Measure the reader.")
    parser.add_argument("data", type=Path)
    parser.add_argument("--reader", type=Path, default=READER)
    parser.add_argument("--questions", type=Path, action="append", default=[])
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--withheld", action="store_true", help="also ask a collection with passages taken out")
    options = parser.parse_args(arguments)
    began = time.process_time()
    reader = Reader.open(options.reader)
    figures: dict[str, Any] = {"name": reader.name, "opened_s": round(time.process_time() - began, 3)}
    for path in (options.data / "reader" / "cmrc2018-dev.jsonl.gz", *options.questions):
        figures[path.name.split(".")[0]] = measure(reader, read_exercises(path, options.sample))
    if options.withheld:
        figures["withheld"] = withheld(reader, options.data, options.sample)
    print(json.dumps(figures, ensure_ascii=False, indent=1))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
