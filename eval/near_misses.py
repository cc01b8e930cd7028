"""Near misses: questions whose evidence was taken out of the documents, so that only its neighbours are left to answer from.

    python -m eval.near_misses QUESTIONS.jsonl=FOLDER [QUESTIONS.jsonl=FOLDER …]

prints how many of them are answered all the same, and wrongly. Every sentence (or row of a Markdown table) that an evidence quote stands in is cut out of its
file; a third of the questions lose theirs at a time, so that the documents stay what they are. A question is left aside when its quotes are not
printed in the file as they are in the text that is read, or when it counts or lists, which the documents as they are left may answer rightly.
An answer that still passes the rule found the same fact elsewhere and is right.
"""

from __future__ import annotations

import argparse
import random
import re
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from assistant import Assistant
from assistant.config import Config
from assistant.types import Answer
from corpus.errors import PolicyAssistantError
from eval.metrics import fault_of
from eval.run import read_questions
from eval.types import Question

OF_ONE_PLACE = frozenset(("lead", "support", "deadline", "number", "definition", "contact", "measure", "meta", "yesno"))
"""Kinds of question that one place answers."""
PARTS = 3
SEED = 5
FORMS = (".txt", ".md", ".html")


def cut_out(text: str, quotes: Sequence[str]) -> str | None:
    """Take the sentences that hold any of `quotes` out of a file's text; None when one does not stand in it."""
    spans: list[tuple[int, int]] = []
    for quote in quotes:
        printed = list(re.finditer(r"\s*".join(map(re.escape, re.sub(r"\s", "", quote))), text))
        if not quote.strip() or not printed:
            return None
        spans += [_around(text, match.start(), match.end()) for match in printed]
    kept: list[str] = []
    done = 0
    for start, end in sorted(spans):
        kept.append(text[done : max(start, done)])
        done = max(done, end)
    return "".join(kept) + text[done:]


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentences that a stretch lies in, within their lines; the whole line of a Markdown table."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    if text[first:last].lstrip().startswith("|"):
        return first, min(last + 1, len(text))
    opens = max(first, *(text.rfind(mark, first, start) + 1 for mark in "。;；"))
    closes = [at + 1 for mark in "。;；" if (at := text.find(mark, end - 1, last)) >= 0]
    return opens, min(closes, default=last)


def near_misses(questions: Path, folder: Path, config: Config | None = None) -> Iterator[tuple[Question, Answer]]:
    """Ask the questions over libraries without their evidence; give each with its reply."""
    files = {p.name: p.read_bytes() for p in sorted(folder.iterdir()) if p.suffix in FORMS and p.name != "README.md"}
    texts = {name: _decoded(content) for name, content in files.items()}
    asked = [q for q in read_questions(questions) if q.answerable and q.kind in OF_ONE_PLACE and _can_be_cut(q, texts)]
    random.Random(SEED).shuffle(asked)
    for part in range(PARTS):
        chosen = asked[part::PARTS]
        with tempfile.TemporaryDirectory() as place:
            _write(Path(place, "documents"), texts, chosen)
            with Assistant.open(Path(place, "library"), config) as assistant:
                assistant.add([Path(place, "documents")])
                for question in chosen:
                    yield question, assistant.ask(question.question, history=question.history)


def _can_be_cut(question: Question, texts: dict[str, str]) -> bool:
    quotes = question.evidence
    return bool(quotes) and all(q.doc in texts and cut_out(texts[q.doc], [q.quote]) is not None for q in quotes)


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("gb18030")


def _write(folder: Path, texts: dict[str, str], without: Sequence[Question]) -> None:
    folder.mkdir()
    for name, text in texts.items():
        quotes = [quote.quote for question in without for quote in question.evidence if quote.doc == name]
        folder.joinpath(name).write_text(cut_out(text, quotes) or "", encoding="utf-8")


def answered_wrongly(question: Question, answer: Answer) -> bool:
    """Is a near miss given as the answer?"""
    return not answer.abstained and bool(fault_of(question, answer.answer))


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.near_misses", description="Ask for what was taken out of the documents.")
    parser.add_argument("sets", nargs="+", metavar="QUESTIONS=FOLDER")
    for pair in parser.parse_args().sets:
        questions, _, folder = pair.partition("=")
        try:
            found = list(near_misses(Path(questions), Path(folder)))
        except PolicyAssistantError as error:
            parser.error(error.message)
        wrong = sum(answered_wrongly(question, answer) for question, answer in found)
        still = sum(not answer.abstained for _, answer in found) - wrong
        print(f"{questions}: {len(found)} without their evidence, {wrong} answered wrongly ({wrong / max(len(found), 1):.3f}), {still} rightly from elsewhere")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
