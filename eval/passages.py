"""How well a reader finds the answer in a passage that is given, and tells the passages that have none.

    python -m eval.passages [--reader SETTING] [--set FOLDER]... [--hand | --made FILE.jsonl.gz] [--failures]

asks the questions of sets of other families, the fourth and the fifth unless others are named: the shipped network was not trained on
those two. Each is read on the window around its evidence, and on the window of the same document that is most like it and does not
answer; what nobody can answer on the most alike of all windows. Left out are yes and no, and what no single sentence answers. An answer is
right when it holds one string of every group; `told` judges the sentences around it, which is what answers give. With --hand it asks
`eval/questions/passages.jsonl`, written over single passages of the first three sets, on which the network was trained. With --made it
reads lines of {question, context, answers}, where an answer is right when it holds the one expected or is held by it and is at least
half as long.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from assistant.answering.clauses import sentences
from assistant.reading.types import PassageReader, open_reader
from corpus.parse import parse
from corpus.text import find_folded, fold
from corpus.types import Document, Span
from corpus.windows import Window, window_of
from eval.metrics import auroc

QUESTIONS = Path(__file__).with_name("questions") / "passages.jsonl"
FAMILIES = Path(__file__).with_name("families")
EXAM = (FAMILIES / "fourth", FAMILIES / "fifth")
"""Sets kept out of training."""
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


def exam(folder: Path) -> Iterator[Asked]:
    """Give the questions of a set on given passages: Chinese ones without a history, of whose evidence one sentence holds all that is wanted."""
    documents = {path.name: parse(path.read_bytes(), path.name) for path in sorted((folder / "documents").iterdir())}
    windows = {name: _windows(document) for name, document in documents.items()}
    names = {document.id: name for name, document in documents.items()}
    for line in (folder / "questions.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row.get("lang", "zh") != "zh" or row.get("history") or row["kind"] == "yesno":
            continue
        must = tuple(map(tuple, row.get("must") or ()))
        name = f"{folder.name}/{row['id']}"
        around = _around(row, documents, windows)
        if not row["answerable"]:
            everywhere = [window for held in windows.values() for window in held]
            yield Asked(f"{name}-not", row["question"], most_alike(row["question"], everywhere).context, ())
        elif must and (window := next((w for w in around if in_one_sentence(w, must)), None)):
            yield Asked(name, row["question"], window.context, must)
            others = [w for w in windows[names[window.document.id]] if w.span not in {one.span for one in around}]
            others = [w for w in others if not holds(w.context, must)]
            if others:
                yield Asked(f"{name}-not", row["question"], most_alike(row["question"], others).context, ())


def in_one_sentence(window: Window, must: Sequence[Sequence[str]]) -> bool:
    """Does one sentence of a window hold all that is wanted?"""
    text = window.document.text
    return any(holds(sentence.of(text), must) for sentence in sentences(text, window.span))


def _windows(document: Document) -> list[Window]:
    kept = [window_of(document, passage) for passage in document.passages if passage.kind != "heading"]
    return list({window.span: window for window in kept}.values())


def _around(row: Mapping[str, Any], documents: Mapping[str, Document], windows: Mapping[str, Sequence[Window]]) -> list[Window]:
    """All windows that the evidence of a question reaches into."""
    found: list[Window] = []
    for piece in row.get("evidence") or ():
        document = documents.get(piece["doc"])
        if document and (quote := find_folded(piece["quote"], document.text)):
            found.extend(window for window in windows[piece["doc"]] if window.span.overlaps(quote))
    return found


def most_alike(question: str, windows: Sequence[Window]) -> Window:
    """The window that shares most pairs of characters with a question, rare ones counting more."""
    pairs = _pairs(question)
    held = [_pairs(window.context) & pairs for window in windows]
    often = {pair: 1 + sum(pair in one for one in held) for pair in pairs}
    return windows[max(range(len(windows)), key=lambda at: (sum(1 / often[pair] for pair in held[at]), -at))]


def _pairs(text: str) -> set[str]:
    folded = fold(text)
    return {folded[at : at + 2] for at in range(len(folded) - 1)}


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
    """Read everything. Gives {"questions", "answerable", "right", "told", "auroc"} and the wrong answers. exact: hand-written rule or that for made ones."""
    right = 0
    told = 0
    present: list[float] = []
    wrong: list[tuple[Asked, str]] = []
    for one in asked:
        (found,) = reader.read(one.question, (one.context,))
        present.append(1 - found.no_answer)
        answer = one.context[found.start : found.end]
        told += bool(one.must) and holds(told_of(one.context, Span(found.start, found.end)), one.must)
        if one.must and (holds(answer, one.must) if exact else near(answer, one.must[0][0])):
            right += 1
        elif one.must:
            wrong.append((one, answer))
    answerable = sum(bool(one.must) for one in asked)
    area = auroc(present, [bool(one.must) for one in asked]) or 0.0
    return {"questions": len(asked), "answerable": answerable, "right": right / max(answerable, 1), "told": told / max(answerable, 1), "auroc": area}, wrong


def told_of(text: str, span: Span) -> str:
    """The sentences a span stands in."""
    return "".join(one.of(text) for one in sentences(text, Span(0, len(text))) if one.overlaps(span))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures as JSON, and the failures when asked for."""
    parser = argparse.ArgumentParser(prog="python -m eval.passages", description="Measure a reader on passages that are given.")
    parser.add_argument("--reader", default="", help="as the setting: rules or a folder; empty for the shipped network")
    parser.add_argument("--set", type=Path, action="append", metavar="FOLDER", help="a set with questions.jsonl and documents/")
    parser.add_argument("--hand", action="store_true", help="the questions written over single passages of the first three sets")
    parser.add_argument("--made", type=Path, metavar="FILE.jsonl.gz")
    parser.add_argument("--failures", action="store_true")
    wanted = parser.parse_args(arguments)
    asked = list(made(wanted.made) if wanted.made else written() if wanted.hand else chain.from_iterable(map(exam, wanted.set or EXAM)))
    reader = open_reader(wanted.reader)
    figures, wrong = measure(asked, reader, exact=wanted.made is None)
    print(json.dumps({"reader": reader.name, **figures}))
    if wanted.failures:
        for one, answer in wrong:
            print(one.id, one.question, "|", answer.replace("\n", "/"), "|", one.must)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
