"""The formats a paper can be written in: name → parts, each with the ending of its file name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.quiz.export.anki import apkg
from assistant.quiz.export.data import json_bytes
from assistant.quiz.export.moodle import gift, moodle_xml
from assistant.quiz.export.page import html_page
from assistant.quiz.export.paper import key_docx, paper_docx, sheet_docx
from assistant.quiz.export.qti import qti_zip
from assistant.quiz.export.sheet import KAHOOT, kahoot_bytes, layout_of, xlsx_bytes
from assistant.quiz.export.text import text_of
from assistant.quiz.types import Quiz
from corpus.errors import BadQuiz

TITLE = "政策文件知识测试"


@dataclass(frozen=True, slots=True)
class Look:
    """How a paper is written. title: printed on it.  layout, columns: of the workbook, see `assistant.quiz.export.sheet`."""

    title: str = TITLE
    layout: str = "整洁"
    columns: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One file of an export. ending: what its name has after the stem.  left_out: questions the format cannot hold."""

    ending: str
    content: bytes
    left_out: int = 0


def _docx(quizzes: Sequence[Quiz], look: Look) -> tuple[Part, ...]:
    """Paper, answer sheet and key of each version."""
    parts: list[Part] = []
    for quiz in quizzes:
        version = f"-{quiz.version}卷" if quiz.version else ""
        parts += [
            Part(version, paper_docx(quiz, look.title)),
            Part(f"{version}-答题卡", sheet_docx(quiz, look.title)),
            Part(f"{version}-答案", key_docx(quiz, look.title)),
        ]
    return tuple(parts)


def _xlsx(quizzes: Sequence[Quiz], look: Look) -> tuple[Part, ...]:
    if look.layout != KAHOOT or look.columns:
        return (Part("", xlsx_bytes(quizzes, layout_of(look.layout, look.columns))),)
    written = [(quiz, *kahoot_bytes(quiz)) for quiz in quizzes]
    return tuple(Part(f"-{quiz.version}卷" if quiz.version else "", content, left) for quiz, content, left in written)


WRITERS: dict[str, Callable[[Sequence[Quiz], Look], tuple[Part, ...]]] = {
    "text": lambda quizzes, look: (Part("", ("\n\n".join(map(text_of, quizzes)) + "\n").encode()),),
    "json": lambda quizzes, look: (Part("", json_bytes(quizzes)),),
    "docx": _docx,
    "xlsx": _xlsx,
    "gift": lambda quizzes, look: (Part("", gift(quizzes, look.title)),),
    "moodle": lambda quizzes, look: (Part("", moodle_xml(quizzes, look.title)),),
    "qti": lambda quizzes, look: (Part("", qti_zip(quizzes, look.title)),),
    "anki": lambda quizzes, look: (Part("", apkg(quizzes, look.title)),),
    "html": lambda quizzes, look: (Part("", html_page(quizzes, look.title)),),
}
FORMATS = tuple(WRITERS)
EXTENSIONS = {"text": ".txt", "json": ".json", "docx": ".docx", "xlsx": ".xlsx", "gift": ".txt", "moodle": ".xml", "qti": ".zip", "anki": ".apkg", "html": ".html"}


def quiz_files(quizzes: Sequence[Quiz], form: str, look: Look = Look()) -> tuple[Part, ...]:  # noqa: B008
    """Write papers (versions of one quiz) in a format of `FORMATS`. Raises BadQuiz for an unknown format or a paper without questions."""
    if form not in WRITERS:
        raise BadQuiz("unknown_format", f"没有格式 {form!r}", f"可用的格式: {'、'.join(FORMATS)}")
    if not any(quiz.items for quiz in quizzes):
        raise BadQuiz("no_items", "试卷里没有题目", "请放宽范围、题型或难度")
    return WRITERS[form](quizzes, look)
