"""How well the confidence tells questions whose passage is in the library from those whose passage was taken out.

A retrieval set (corpus, queries, relevant documents) becomes a library without the passages of about half of its questions; every
question is asked end to end. The measure is the area under the ROC curve (AUROC) of the answer's confidence: the probability that
a question with its passage gets the higher one. Passages of one title (articles of a law) become one document, as in real life.

    python -m eval.withheld FOLDER [--split FILE.json] [--seed N] [--sample N] [--reader SETTING]

FOLDER holds `corpus.jsonl.gz`, `queries.jsonl.gz` and `qrels.tsv`; FILE.json names `removed_docs`, `answerable` and `unanswerable`.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant import Assistant
from assistant.config import Config
from assistant.types import Answer
from eval.metrics import auroc

_ARTICLE = re.compile(r"^(.+?)(第[一二三四五六七八九十百千零〇\d]+条(?:之[一二三四五六七八九十]+)?)$")


@dataclass(frozen=True, slots=True)
class Split:
    """removed: ids of passages left out.  answerable, unanswerable: ids of questions with and without their passages."""

    removed: frozenset[str]
    answerable: tuple[str, ...]
    unanswerable: tuple[str, ...]


def split_of(relevant: dict[str, set[str]], seed: int) -> Split:
    """Take the passages of half of the questions out; a question that keeps some of its passages is left aside."""
    questions = sorted(relevant)
    random.Random(seed).shuffle(questions)
    chosen = questions[: len(questions) // 2]
    removed = frozenset().union(*(relevant[q] for q in chosen))
    return Split(
        removed,
        tuple(q for q in sorted(relevant) if not relevant[q] & removed),
        tuple(q for q in sorted(relevant) if relevant[q] <= removed),
    )


def halved(relevant: dict[str, set[str]], seed: int) -> Split:
    """Take half of the passages that any question is about out: the same where each has one question, fairer where each has many."""
    passages = sorted(set().union(*relevant.values()))
    random.Random(seed).shuffle(passages)
    removed = frozenset(passages[: len(passages) // 2])
    return Split(
        removed,
        tuple(q for q in sorted(relevant) if not relevant[q] & removed),
        tuple(q for q in sorted(relevant) if relevant[q] <= removed),
    )


@dataclass(frozen=True, slots=True)
class Reply:
    """The reply to a question.  present: its passage is in the library.  right: the answer cites one of its passages."""

    question: str
    present: bool
    right: bool
    answer: Answer


def replies(folder: Path, split: Split, *, sample: int = 0, seed: int = 7, config: Config | None = None) -> list[Reply]:
    """Ask the questions of the split, or some drawn at random, over a library without the removed passages."""
    questions = {row["id"]: row["text"] for row in _rows(folder / "queries.jsonl.gz")}
    texts = {row["id"]: row["text"] for row in _rows(folder / "corpus.jsonl.gz")}
    asked = [(q, True) for q in split.answerable] + [(q, False) for q in split.unanswerable]
    if sample:
        asked = random.Random(seed).sample(asked, min(sample, len(asked)))
    wanted = relevant_of(folder)
    found: list[Reply] = []
    with tempfile.TemporaryDirectory() as place:
        _write(folder, split.removed, Path(place, "documents"))
        with Assistant.open(Path(place, "library"), config) as assistant:
            assistant.add([Path(place, "documents")])
            for q, present in asked:
                answer = assistant.ask(questions[q])
                gold = [texts[passage] for passage in wanted[q]]
                right = present and any(_shares(citation.quote, text) for citation in answer.citations for text in gold)
                found.append(Reply(q, present, right, answer))
    return found


def _shares(quote: str, text: str) -> bool:
    """Are a quote and a passage about the same stretch? 30 characters in common do not come by chance."""
    return quote[5:35] in text or text[5:35] in quote


def relevant_of(folder: Path) -> dict[str, set[str]]:
    """Give the ids of the relevant passages of each question."""
    relevant: dict[str, set[str]] = defaultdict(set)
    for line in (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines():
        query, document = line.split("\t")[:2]
        relevant[query].add(document)
    return relevant


def measure(folder: Path, split: Split, *, sample: int = 0, seed: int = 7, config: Config | None = None) -> dict[str, float]:
    """Ask the questions of the split over a library without the removed passages.

    Gives "auroc" (confidence), "questions", and the shares "answered" and "refused" that answerable and unanswerable questions get.
    """
    answers = [(one.answer, one.present) for one in replies(folder, split, sample=sample, seed=seed, config=config)]
    there = [a for a, present in answers if present]
    gone = [a for a, present in answers if not present]
    return {
        "auroc": auroc([a.confidence for a, _ in answers], [present for _, present in answers]) or 0.0,
        "questions": float(len(answers)),
        "answered": sum(not a.abstained for a in there) / max(len(there), 1),
        "refused": sum(a.abstained for a in gone) / max(len(gone), 1),
    }


def read_split(file: Path) -> Split:
    """Read a split that was made before."""
    given = json.loads(file.read_text(encoding="utf-8"))
    return Split(frozenset(given["removed_docs"]), tuple(given["answerable"]), tuple(given["unanswerable"]))


def _write(folder: Path, removed: frozenset[str], documents: Path) -> None:
    documents.mkdir()
    grouped: dict[str, list[str]] = defaultdict(list)
    for row in _rows(folder / "corpus.jsonl.gz"):
        if row["id"] not in removed:
            article = _ARTICLE.match(row["title"])
            grouped[article[1] if article else row["title"]].append(f"{article[2]} {row['text']}" if article else row["text"])
    for number, (title, texts) in enumerate(grouped.items()):
        Path(documents, f"{number:05d}.txt").write_text(f"{title}\n\n" + "\n\n".join(texts) + "\n", encoding="utf-8")


def _rows(file: Path) -> list[dict[str, str]]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def main(argv: Sequence[str] | None = None) -> int:
    """Print the figures of one set, as JSON."""
    parser = argparse.ArgumentParser(prog="python -m eval.withheld", description=__doc__.split("\n", 1)[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--split", type=Path)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--sample", type=int, default=0, help="ask only so many questions, drawn at random")
    parser.add_argument("--reader", default="", help="as the setting: shipped, rules, or a folder; empty for the rules")
    wanted = parser.parse_args(argv)
    split = read_split(wanted.split) if wanted.split else split_of(relevant_of(wanted.folder), wanted.seed)
    print(json.dumps(measure(wanted.folder, split, sample=wanted.sample, seed=wanted.seed, config=Config(reader=wanted.reader))))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
