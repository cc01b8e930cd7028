"""A paper as workbook: one tidy sheet, or the columns that an exam or survey platform imports. Every cell is a string or a number."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from assistant.quiz.export.words import DIFFICULTIES, key_of, letters_of, printable, sources_of, whole_stem, written_key
from assistant.quiz.types import KIND_NAMES, LETTERS, POINTS, Item, Kind, Quiz
from assistant.quiz.wording import WRITTEN_BLANK
from corpus.errors import BadQuiz

LONGEST_CELL = 32_767
INERT = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a sheet: (heading, what stands below), see VALUES. kinds: what the platform calls each kind."""

    name: str
    columns: tuple[tuple[str, str], ...]
    kinds: tuple[tuple[Kind, str], ...] = tuple(KIND_NAMES.items())
    options: int = 6


_LETTERED = tuple((f"选项{letter}", f"option_{letter.lower()}") for letter in LETTERS[:6])
_BASIC: tuple[tuple[Kind, str], ...] = (
    ("single", "单选题"), ("multiple", "多选题"), ("true_false", "判断题"), ("fill", "填空题"),
    ("short", "简答题"), ("match", "简答题"), ("order", "简答题"), ("case", "单选题"),
)  # fmt: skip

LAYOUTS: dict[str, Layout] = {
    layout.name: layout
    for layout in (
        Layout("整洁", (
            ("题号", "number"), ("题型", "kind"), ("题干", "stem"), *_LETTERED, ("答案", "key"), ("答案文字", "answer"), ("解析", "explanation"),
            ("难度", "difficulty"), ("分值", "points"), ("依据", "source"), ("原文", "quote"), ("文件", "doc"), ("页码", "page"),
            ("起始", "start"), ("结束", "end"), ("编号", "id"),
        )),
        Layout("考试星", (("题型", "kind"), ("题干", "stem"), *_LETTERED, ("正确答案", "key"), ("解析", "explanation"), ("难度", "level"), ("分数", "points")), _BASIC),
        Layout("问卷星", (("题型", "kind"), ("题目", "stem"), *_LETTERED, ("正确答案", "key"), ("分值", "points"), ("答案解析", "explanation")), _BASIC),
        Layout("雨课堂", (("题型", "kind"), ("题干", "stem"), *_LETTERED, ("答案", "key"), ("分值", "points"), ("答案解析", "explanation")), _BASIC),
        Layout("学习通", (
            ("目录", "source"), ("题目类型", "kind"), ("大题题干", "stem"), ("正确答案", "key"), ("答案解析", "explanation"), ("难易度", "level"),
            ("知识点", "heading"), ("选项数", "count"), *((heading.replace("选项", ""), value) for heading, value in _LETTERED),
        ), _BASIC),
    )
}  # fmt: skip
"""Columns by the platforms' names. Their templates change; `columns_in` makes any other layout."""

KAHOOT = "Kahoot"
KAHOOT_HEAD = (
    "Question - max 120 characters", "Answer 1 - max 75 characters", "Answer 2 - max 75 characters", "Answer 3 - max 75 characters",
    "Answer 4 - max 75 characters", "Time limit (sec) – 5, 10, 20, 30, 60, 90, 120, or 240 secs", "Correct answer(s) - choose at least one",
)  # fmt: skip


def value_of(layout: Layout, item: Item, number: int, name: str) -> str | int:
    """Give what stands in one cell. Options of true or false are left to the platform; order and match stand in the stem."""
    first = item.citations[0]
    shown = () if item.kind in ("match", "order", "true_false") and layout.name != "整洁" else item.options
    values: dict[str, str | int] = {
        "number": number, "kind": dict(layout.kinds)[item.kind], "stem": whole_stem(item) if not shown else item.stem, "key": key_of(item),
        "letters": letters_of(item), "words": written_key(item) if not item.options else item.answer, "answer": item.answer,
        "explanation": item.explanation, "difficulty": item.difficulty, "level": DIFFICULTIES[item.difficulty - 1], "points": POINTS[item.kind],
        "source": sources_of(item), "quote": "\n".join(c.quote for c in item.citations), "doc": first.doc, "title": first.title,
        "heading": first.path[-1] if first.path else "", "page": first.page or "", "start": first.start, "end": first.end,
        "id": item.id, "count": len(shown), "options": "\n".join(f"{LETTERS[n]}. {o}" for n, o in enumerate(item.options)),
    }  # fmt: skip
    if name.startswith("option_"):
        at = LETTERS.lower().index(name[-1])
        return shown[at] if at < len(shown) else ""
    return values[name]


VALUES = (
    "number", "kind", "stem", "key", "letters", "words", "answer", "explanation", "difficulty", "level", "points", "source", "quote", "doc",
    "title", "heading", "page", "start", "end", "id", "count", "options", *(f"option_{letter}" for letter in LETTERS[:8].lower()),
)  # fmt: skip


def columns_in(text: str) -> Layout:
    """Read columns as a person writes them: 题目=stem,选项A=option_a,答案=key. Raises BadQuiz for a value there is not."""
    columns = []
    for word in filter(None, (w.strip() for w in re.split(r"[,，;；\n]", text))):
        heading, _, name = word.partition("=")
        if name.strip() not in VALUES or not heading.strip():
            raise BadQuiz("bad_columns", f"不认识的列 {word!r}", "写成 列名=内容,内容可为: " + "、".join(VALUES))
        columns.append((heading.strip(), name.strip()))
    if not columns:
        raise BadQuiz("bad_columns", "没有写列", "例: 题目=stem,选项A=option_a,选项B=option_b,答案=key")
    return Layout("自定义", tuple(columns), _BASIC)


def layout_of(name: str, columns: str = "") -> Layout:
    """Give a layout by name, or the one that `columns` writes out. Raises BadQuiz for a name there is not."""
    if columns:
        return columns_in(columns)
    if name not in LAYOUTS:
        raise BadQuiz("bad_columns", f"没有表格样式 {name!r}", f"可用的样式: {'、'.join((*LAYOUTS, KAHOOT))},或用 --columns 自定义")
    return LAYOUTS[name]


def xlsx_bytes(quizzes: Sequence[Quiz], layout: Layout) -> bytes:
    """Give a workbook with a sheet for each paper."""
    import xlsxwriter

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, INERT) as workbook:
        head = workbook.add_format({"bold": True, "bg_color": "#E7ECF3", "text_wrap": True, "valign": "top", "border": 1})
        body = workbook.add_format({"text_wrap": True, "valign": "top"})
        for quiz in quizzes:
            sheet = workbook.add_worksheet(f"试题{quiz.version}")
            _fill(sheet, quiz, layout, head, body)
    return target.getvalue()


def _fill(sheet: Any, quiz: Quiz, layout: Layout, head: Any, body: Any) -> None:
    wide = {"stem": 60, "explanation": 60, "quote": 60, "source": 40, "answer": 30, "key": 14, "options": 40}
    for column, (heading, name) in enumerate(layout.columns):
        sheet.write_string(0, column, heading, head)
        sheet.set_column(column, column, wide.get(name, 20 if name.startswith("option_") else 10))
        for row, item in enumerate(_ordered(quiz), 1):
            value = value_of(layout, item, row, name)
            if isinstance(value, int):
                sheet.write_number(row, column, value, body)
            else:
                sheet.write_string(row, column, printable(value)[:LONGEST_CELL], body)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(quiz.items), 1), len(layout.columns) - 1)


def _ordered(quiz: Quiz) -> tuple[Item, ...]:
    return tuple(item for _, items in quiz.grouped() for item in items)


def kahoot_bytes(quiz: Quiz) -> tuple[bytes, int]:
    """Give the sheet that Kahoot's spreadsheet import reads, and how many questions it cannot hold.

    It takes questions to choose from with up to four options, 120 characters a question, 75 an option.
    """
    import xlsxwriter

    fitting = [i for i in _ordered(quiz) if i.kind in ("single", "multiple", "true_false", "case")]
    fitting = [i for i in fitting if len(i.options) <= 4 and len(i.stem) <= 120 and all(len(o) <= 75 for o in i.options)]
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, INERT) as workbook:
        sheet = workbook.add_worksheet("Sheet1")
        sheet.write_string(1, 1, "Quiz template")
        for column, heading in enumerate(KAHOOT_HEAD, 1):
            sheet.write_string(7, column, heading)
        sheet.set_column(1, 1, 60)
        for at, item in enumerate(fitting, 1):
            sheet.write_number(7 + at, 0, at)
            sheet.write_string(7 + at, 1, printable(item.stem.replace(WRITTEN_BLANK, "____")))
            for column, option in enumerate(item.options, 2):
                sheet.write_string(7 + at, column, printable(option))
            sheet.write_number(7 + at, 6, 30 if item.kind in ("single", "true_false") else 60)
            sheet.write_string(7 + at, 7, ",".join(str(k + 1) for k in item.right))
    return target.getvalue(), len(quiz.items) - len(fitting)


