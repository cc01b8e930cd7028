"""Put the questions of a file to an Assistant and judge each reply.

    python -m eval.run QUESTIONS.jsonl --documents FOLDER [--reader SETTING] [--reranker SETTING]

builds a throw-away library from a folder, asks everything, and prints what failed: the loop for working on answers.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.cli.files import SHAPE, json_lines
from assistant.known import rows
from corpus.errors import BadQuestion
from eval.metrics import fault_of, score_citations
from eval.report import json_of, print_report, report_of, write_report
from eval.types import Judged, Question

if TYPE_CHECKING:
    from assistant import Assistant

Progress = Callable[[int, int], None]


def read_questions(path: Path) -> tuple[Question, ...]:
    """Read a question file (JSONL, UTF-8). Raises BadQuestion that names the line that is not a question."""
    questions = tuple(question_of(row, path=path, line=line) for line, row in json_lines(path))
    if not questions:
        raise BadQuestion("bad_questions_file", f"{path} 里没有问题", SHAPE)
    return questions


def question_of(row: Mapping[str, Any], *, path: Path, line: int) -> Question:
    """Read one object of a question file; unknown keys are ignored."""
    return rows.question_of(row, where=f"{path} 第 {line} 行", id=str(line))


def run(
    assistant: Assistant,
    questions: Sequence[Question],
    *,
    texts: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> tuple[Judged, ...]:
    """Ask every question and judge the reply.

    texts: document name -> text that citations are checked against; the stored texts when None.
    progress: called with (done, total).
    """
    texts = texts if texts is not None else stored_texts(assistant)
    judged: list[Judged] = []
    for done, question in enumerate(questions, 1):
        answer = assistant.ask(question.question, history=question.history)
        fault = fault_of(question, answer.answer, refused=answer.abstained)
        judged.append(Judged(question, answer, not fault, fault, score_citations(question, answer, texts)))
        if progress:
            progress(done, len(questions))
    return tuple(judged)


def stored_texts(assistant: Assistant) -> dict[str, str]:
    """Give the text of every stored document by its name."""
    store = assistant.store
    return {listing.name: store.document(listing.id).text for listing in store.documents()}


def files_in(folder: Path) -> dict[str, str]:
    """Give the plain text files of a folder by name: what a citation has to occur in, whatever the program stored."""
    paths = sorted(path for path in folder.rglob("*") if path.suffix.lower() in {".txt", ".md"})
    return {path.name: path.read_text(encoding="utf-8", errors="replace") for path in paths}


def publish(judged: Sequence[Judged], *, folder: Path | None, as_json: bool) -> None:
    """Print the report of a run, as tables or as one JSON object, and write it into `folder` when there is one."""
    report = report_of(judged)
    if folder:
        write_report(report, judged, folder)
    if as_json:
        print(json.dumps(json_of(report), ensure_ascii=False))
    else:
        print_report(report)


# ---------------------------------------------------------------- the loop for working on answers


def main(arguments: Sequence[str] | None = None) -> int:
    """Evaluate a question file over a folder of documents; 0 when it ran, whatever the score."""
    options = _parser().parse_args(arguments)
    questions = tuple(q for q in read_questions(options.questions) if _wanted(q, options))
    with tempfile.TemporaryDirectory() as folder:
        judged = _evaluate(questions, options, Path(options.library or folder))
    _print_failures(judged, show_right=options.all)
    publish(judged, folder=options.report, as_json=False)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval.run", description="Evaluate over a folder of documents.")
    parser.add_argument("questions", type=Path)
    parser.add_argument("--documents", type=Path, required=True, help="folder the throw-away library is built from")
    parser.add_argument(
        "--library", type=Path, help="keep the library here; documents already in it are not read again"
    )
    parser.add_argument("--reader", help="the setting `reader` for this run: shipped, rules or a folder")
    parser.add_argument("--reranker", help="the setting `reranker` for this run: shipped or a folder")
    parser.add_argument("--kind", action="append", help="only questions of this kind")
    parser.add_argument("--id", action="append", help="only the question with this id")
    parser.add_argument("--all", action="store_true", help="print right answers too")
    parser.add_argument("--report", type=Path, help="write report.json, report.md and failures.jsonl here")
    parser.epilog = "example: python -m eval.run eval/questions/samples.jsonl --documents corpus/samples"
    return parser


def _wanted(question: Question, options: argparse.Namespace) -> bool:
    return (not options.kind or question.kind in options.kind) and (not options.id or question.id in options.id)


def _evaluate(questions: Sequence[Question], options: argparse.Namespace, library: Path) -> tuple[Judged, ...]:
    from assistant import Assistant
    from assistant.config import Config

    config = Config.load(env=os.environ)
    given = {name: value for name in ("reader", "reranker") if (value := getattr(options, name)) is not None}
    with Assistant.open(library, replace(config, **given)) as assistant:
        report = assistant.add([options.documents])
        for taken in report.files:
            if taken.status == "rejected":
                print(f"not taken: {taken.path} ({taken.code})")
        texts = stored_texts(assistant) | files_in(options.documents)
        return run(assistant, questions, texts=texts)


def _print_failures(judged: Sequence[Judged], *, show_right: bool) -> None:
    for one in judged:
        if one.passed and not show_right:
            continue
        question, answer = one.question, one.answer
        history = "".join(f"  before {turn.question} -> {turn.answer}\n" for turn in question.history)
        wanted = " & ".join("|".join(group) for group in question.must or question.accept) or "(refuse)"
        print(
            f"{'right' if one.passed else 'WRONG'} {question.id} {question.kind} [{one.why}]\n{history}"
            f"  asked  {question.question}\n"
            f"  must   {wanted}\n"
            f"  got    {answer.status}/{answer.kind} {answer.confidence:.2f} {_one_line(answer.answer)}"
            f"{answer.reason and '  <' + answer.reason + '>'}\n"
            f"  cites  {'; '.join(f'{c.doc}[{c.start}:{c.end}]' for c in answer.citations) or '-'}"
            f"  recall {one.citations.recall}\n"
        )


def _one_line(text: str, limit: int = 300) -> str:
    text = " / ".join(text.split("\n"))
    return text if len(text) <= limit else text[:limit] + f"… ({len(text)})"


if __name__ == "__main__":
    raise SystemExit(main())
