"""The command `quiz`: read the request off the command line, make the paper, print or write it."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import BadQuiz, InputError

if TYPE_CHECKING:
    from assistant.quiz.export.files import Look
    from assistant.quiz.types import Kind, Quiz, QuizRequest


def request_of(options: argparse.Namespace) -> QuizRequest:
    """Read the request. Raises BadQuiz for kinds, numbers or difficulties that cannot be read."""
    from assistant.quiz.types import KINDS, QuizRequest

    kinds, numbers = kinds_in(options.kinds)
    return QuizRequest(
        documents=tuple(options.document),
        sections=tuple(options.section),
        units=tuple(options.unit),
        topics=tuple(options.topic),
        count=options.count if options.count is not None else sum(n for _, n in numbers) or 20,
        kinds=kinds or KINDS,
        numbers=numbers,
        difficulty=difficulty_in(options.difficulty),
        seed=options.seed,
        keep=tuple(options.keep),
        avoid=tuple(options.avoid),
    )


def kinds_in(text: str) -> tuple[tuple[Kind, ...], tuple[tuple[Kind, int], ...]]:
    """Read `single,fill` or `single:10,fill:5` (also with the Chinese names): the kinds, and the numbers given."""
    from assistant.quiz.types import KIND_NAMES, KINDS

    by_name = {name: kind for kind, name in KIND_NAMES.items()} | {k: k for k in KINDS}
    kinds: list[Kind] = []
    numbers: list[tuple[Kind, int]] = []
    for word in filter(None, re.split(r"[,，、\s]+", text)):
        name, _, number = word.replace("：", ":").replace("=", ":").partition(":")
        if name not in by_name:
            raise BadQuiz("unknown_kind", f"没有题型 {name!r}", "可用的题型: " + "、".join(f"{k}({KIND_NAMES[k]})" for k in KINDS))
        if number and not number.isdecimal():
            raise BadQuiz("bad_count", f"题数应为整数: {word!r}", "例: single:10,fill:5")
        kinds.append(by_name[name])
        if number:
            numbers.append((by_name[name], int(number)))
    return tuple(dict.fromkeys(kinds)), tuple(numbers)


def difficulty_in(text: str) -> tuple[int, int]:
    """Read `3` or `2-4`."""
    match = re.fullmatch(r"(\d)(?:\s*[-—~至]\s*(\d))?", text.strip())
    if not match:
        raise BadQuiz("bad_difficulty", f"难度应为 1 到 5: {text!r}", "请写 1-5 或 2-4 或 3")
    return int(match[1]), int(match[2] or match[1])


def look_of(options: argparse.Namespace) -> Look:
    """Read how the paper is written; the columns are read now, so that a wrong one is said before the paper is made."""
    from assistant.quiz.export.files import TITLE, Look
    from assistant.quiz.export.sheet import KAHOOT, layout_of

    if options.columns or options.layout != KAHOOT:
        layout_of(options.layout, options.columns)
    return Look(options.title or TITLE, options.layout, options.columns)


def papers_of(quiz: Quiz, versions: int) -> tuple[Quiz, ...]:
    """Give the paper alone, or versions A, B, … Raises BadQuiz when there is not one question."""
    from assistant.quiz.service import versions as make_versions

    if not quiz.items:
        raise BadQuiz("no_items", quiz.shortfall, "请放宽范围、题型或难度")
    return make_versions(quiz, versions) if versions != 1 else (quiz,)


def target_of(path: Path | None, ending: str, several: bool) -> Path | None:
    """Where a part goes: 试卷.docx, 试卷-答案.docx. Raises InputError when several parts have no file to be named after."""
    if path is None:
        if several:
            raise InputError("wrong_use", "这种格式有几个文件,要写 -o", "例: policy-assistant quiz --format docx -o 试卷.docx")
        return None
    return path.with_name(f"{path.stem}{ending}{path.suffix}") if ending else path


def print_quiz(quizzes: tuple[Quiz, ...]) -> None:
    """Print papers to read on a screen: questions by kind, then key and source."""
    from assistant.quiz.export.text import text_of

    print("\n\n".join(text_of(quiz) for quiz in quizzes))
