"""How well a reader finds the answer in a passage that is given, and tells the passages that have none.

    python -m eval.passages [--reader SETTING] [--made FILE.jsonl.gz] [--failures]

asks the questions of `eval/questions/passages.jsonl`, written by hand over the documents of other families, each on the window around
its passage. An answer is right when it holds one string of every group. With --made it reads lines of {question, context, answers} instead, where
an answer is right when it holds the one expected or is held by it and is at least half as long.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.reading.types import PassageReader, open_reader
from corpus.parse import parse
from corpus.text import fold
from corpus.types import Document
from corpus.windows import window_of
from eval.metrics import auroc

QUESTIONS = Path(__file__).with_name("questions") / "passages.jsonl"
FAMILIES = Path(__file__).with_name("families")
LONGEST = 4
"""An answer to a made question may be so many times longer than the one expected."""


@dataclass(frozen=True, slots=True)
class Asked:
    """must: groups of strings, one of each of which an answer holds; empty when the passage does not answer."""

    id: str
    question: str
    context: str
    must: tuple[tuple[str, ...], ...]


def written(questions: Path = QUESTIONS, families: Path = FAMILIES) -> Iterator[Asked]:
    """Give the questions written by hand with the windows around their anchors."""
    documents: dict[str, Document] = {}
    for line in questions.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        name = row["document"]
        if name not in documents:
            documents[name] = parse((families / name).read_bytes(), Path(name).name)
        document = documents[name]
        at = document.text.index(row["anchor"])
        passage = next(p for p in document.passages if p.span.start <= at < p.span.end)
        yield Asked(row["id"], row["question"], window_of(document, passage).context, tuple(map(tuple, row["must"])))


def made(file: Path) -> Iterator[Asked]:
    """Give questions made by rule, with their passages."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield Asked(row["id"], row["question"], row["context"], tuple((answer,) for answer in row["answers"][:1]))


def holds(answer: str, must: Sequence[Sequence[str]]) -> bool:
    """Does an answer hold one string of every group?"""
    folded = fold(answer)
    return all(any(fold(choice) in folded for choice in group) for group in must)


def near(answer: str, expected: str) -> bool:
    """Is an answer the one expected, give or take some words around it?"""
    given, wanted = fold(answer), fold(expected)
    if wanted in given:
        return len(given) <= max(LONGEST * len(wanted), 40)
    return bool(given) and given in wanted and 2 * len(given) >= len(wanted)


def measure(asked: Sequence[Asked], reader: PassageReader, *, exact: bool) -> tuple[dict[str, float], list[tuple[Asked, str]]]:
    """Read everything. Gives {"questions", "answerable", "right", "auroc"} and the wrong answers. exact: hand-written rule or that for made ones."""
    right = 0
    present: list[float] = []
    wrong: list[tuple[Asked, str]] = []
    for one in asked:
        (found,) = reader.read(one.question, (one.context,))
        present.append(1 - found.no_answer)
        answer = one.context[found.start : found.end]
        if one.must and (holds(answer, one.must) if exact else near(answer, one.must[0][0])):
            right += 1
        elif one.must:
            wrong.append((one, answer))
    answerable = sum(bool(one.must) for one in asked)
    area = auroc(present, [bool(one.must) for one in asked]) or 0.0
    return {"questions": len(asked), "answerable": answerable, "right": right / max(answerable, 1), "auroc": area}, wrong


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures as JSON, and the failures when asked for."""
    parser = argparse.ArgumentParser(prog="python -m eval.passages", description="Measure a reader on passages that are given.")
    parser.add_argument("--reader", default="", help="as the setting: rules or a folder; empty for the shipped network")
    parser.add_argument("--made", type=Path, metavar="FILE.jsonl.gz")
    parser.add_argument("--failures", action="store_true")
    wanted = parser.parse_args(arguments)
    asked = list(made(wanted.made) if wanted.made else written())
    reader = open_reader(wanted.reader)
    figures, wrong = measure(asked, reader, exact=wanted.made is None)
    print(json.dumps({"reader": reader.name, **figures}))
    if wanted.failures:
        for one, answer in wrong:
            print(one.id, one.question, "|", answer.replace("\n", "/"), "|", one.must)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
