"""What each stage of an answer adds: the same questions over the same library, one stage more each time.

    python -m eval.stages QUESTIONS.jsonl=FOLDER [QUESTIONS.jsonl=FOLDER …]

The stages, each with all that come before it (the reranker with what is on by default):

    rules       facts, rules and search alone (`reader=rules`)
    check       the network tells how sure an answer is, and whether a large library answers at all (`reader=check`)
    rescue      it answers where the rules find nothing: the default
    arbiter     it may overrule the rules (`reader=shipped`)
    reranker    our own network puts the best passages in order (`reranker=shipped`)

Printed for every set: questions right, wrongly refused, of those that must be refused how many are, and processor milliseconds of an answer (median
and 95th percentile), which depend less than the wall clock on what else the machine does.
"""

from __future__ import annotations

import argparse
import gc
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant import Assistant
from assistant.config import Config
from eval.metrics import percentile
from eval.run import read_questions, run
from eval.types import Judged, Question

STAGES: Mapping[str, Config] = {
    "rules": Config(reader="rules"),
    "check": Config(reader="check"),
    "rescue": Config(),
    "arbiter": Config(reader="shipped"),
    "reranker": Config(reranker="shipped"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """Counts of one stage over one set. right: of `asked`.  wrongly: answerable ones refused, of `answerable`.  refused: of the others.  Processor milliseconds: p50, p95."""

    stage: str
    right: int
    asked: int
    wrongly: int
    answerable: int
    refused: int
    p50: float
    p95: float


def row_of(stage: str, judged: Sequence[Judged], times: Sequence[float]) -> Row:
    """Sum up what one stage answers. times: processor milliseconds of each."""
    answerable = [one for one in judged if one.question.answerable]
    return Row(
        stage,
        sum(one.passed for one in judged),
        len(judged),
        sum(one.answer.abstained for one in answerable),
        len(answerable),
        sum(one.answer.abstained for one in judged if not one.question.answerable),
        percentile(times, 0.5),
        percentile(times, 0.95),
    )


def stages(questions: Path, folder: Path) -> Iterator[Row]:
    """Ask a set once for each stage, over one throw-away library."""
    asked = read_questions(questions)
    with tempfile.TemporaryDirectory() as place:
        with Assistant.open(place) as assistant:
            assistant.add([folder])
        for stage, config in STAGES.items():
            with Assistant.open(place, config) as assistant:
                assistant.ask(asked[0].question)  # weights and dictionaries are read once, for nobody's account
                gc.collect()
                judged, times = zip(*(_timed(assistant, question) for question in asked), strict=True)
                yield row_of(stage, judged, times)


def _timed(assistant: Assistant, question: Question) -> tuple[Judged, float]:
    started = time.process_time()
    (judged,) = run(assistant, [question], texts={})
    return judged, (time.process_time() - started) * 1000


def together(rows: Sequence[Row]) -> Row:
    """Sum up one stage over several sets; times are means of those of the sets, by their questions."""
    asked = sum(row.asked for row in rows)
    p50, p95 = (sum(row.asked * value for row, value in zip(rows, values, strict=True)) / asked for values in ([r.p50 for r in rows], [r.p95 for r in rows]))
    return Row(rows[0].stage, sum(r.right for r in rows), asked, sum(r.wrongly for r in rows), sum(r.answerable for r in rows), sum(r.refused for r in rows), p50, p95)


def line_of(name: str, row: Row) -> str:
    """One line of the Markdown table."""
    cells = (name, row.stage, f"{row.right}/{row.asked}", f"{row.wrongly}/{row.answerable}", f"{row.refused}/{row.asked - row.answerable}", f"{row.p50:.0f}", f"{row.p95:.0f}")
    return f"| {' | '.join(cells)} |"


HEAD = "| set | with | right | wrongly refused | refused when it must | cpu ms p50 | p95 |\n|---|---|---|---|---|---|---|"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print one Markdown table: every stage of every set, then of all together."""
    parser = argparse.ArgumentParser(prog="python -m eval.stages", description="What each stage of an answer adds.")
    parser.add_argument("sets", nargs="+", metavar="QUESTIONS=FOLDER")
    parser.epilog = "example: python -m eval.stages eval/questions/samples.jsonl=corpus/samples"
    found: dict[str, list[Row]] = {stage: [] for stage in STAGES}
    print(HEAD)
    for pair in parser.parse_args(arguments).sets:
        questions, _, folder = pair.partition("=")
        for row in stages(Path(questions), Path(folder)):
            found[row.stage].append(row)
            print(line_of(_name(Path(questions)), row), flush=True)
    for rows in found.values():
        if len(rows) > 1:
            print(line_of("all", together(rows)))
    return 0


def _name(questions: Path) -> str:
    """questions.jsonl is called by its folder."""
    return questions.parent.name if questions.stem == "questions" else questions.stem


if __name__ == "__main__":
    raise SystemExit(main())
