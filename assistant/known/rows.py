"""Known questions as rows of a question file, and back. A file may come from anywhere, so the type of every value is checked."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from assistant.known.types import Question, Quote
from assistant.types import Turn
from corpus.errors import BadQuestion

SHAPE = "见 README 的题目格式"
MOST_ROWS = 5000
LONGEST_ROW = 50_000


def question_of(row: Mapping[str, Any], *, where: str, id: str = "") -> Question:
    """Read one object of a question file; unknown keys are ignored. where: said in errors.  id: for one without. Raises BadQuestion."""
    try:
        return Question(
            id=str(row.get("id", id)),
            question=_text(row["question"]),
            lang=str(row.get("lang", "zh")),
            kind=str(row.get("kind", "other")),
            docs=_texts(row.get("docs", ())),
            answer=str(row.get("answer", "")),
            must=_groups(row.get("must", ())),
            must_not=_texts(row.get("must_not", ())),
            evidence=tuple(Quote(_text(quote["doc"]), _text(quote["quote"])) for quote in row.get("evidence", ())),
            history=tuple(Turn(_text(turn["question"]), _text(turn["answer"])) for turn in row.get("history", ())),
            answerable=bool(row.get("answerable", True)),
            accept=_groups(row.get("accept", ())),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise BadQuestion("bad_questions_file", f"{where}的格式不对: {error!r}", SHAPE) from None


def row_of(question: Question) -> dict[str, Any]:
    """Give a question as an object of a question file, without what is empty."""
    row: dict[str, Any] = {
        "id": question.id, "question": question.question, "lang": question.lang, "kind": question.kind, "docs": list(question.docs),
        "answer": question.answer, "must": [list(group) for group in question.must], "must_not": list(question.must_not),
        "evidence": [{"doc": quote.doc, "quote": quote.quote} for quote in question.evidence],
        "history": [{"question": turn.question, "answer": turn.answer} for turn in question.history],
        "accept": [list(group) for group in question.accept],
    }  # fmt: skip
    always = ("id", "question", "lang", "kind", "docs", "answer", "must", "evidence")
    return {key: value for key, value in row.items() if value or key in always} | {"answerable": question.answerable}


def lines_of(questions: Iterable[Question]) -> str:
    """Write a question file."""
    return "".join(json.dumps(row_of(question), ensure_ascii=False) + "\n" for question in questions)


def questions_in(text: str) -> tuple[Question, ...]:
    """Read a question file that somebody sent. Raises BadQuestion that names the line."""
    found: list[Question] = []
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        if not line.strip():
            continue
        where = f"第 {number} 行"
        if len(found) == MOST_ROWS or len(line) > LONGEST_ROW:
            raise BadQuestion("bad_questions_file", f"{where}过长,或题目超过 {MOST_ROWS} 道", "请分开导入")
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            raise BadQuestion("bad_questions_file", f"{where}不是 JSON", SHAPE) from None
        if not isinstance(row, dict):
            raise BadQuestion("bad_questions_file", f"{where}不是一个对象", SHAPE)
        found.append(question_of(row, where=where, id=str(number)))
    if not found:
        raise BadQuestion("bad_questions_file", "文件里没有问题", SHAPE)
    return tuple(found)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r:.60} is no text")
    return value


def _texts(values: Any) -> tuple[str, ...]:
    if not isinstance(values, list | tuple):
        raise TypeError(f"{values!r:.60} is no list")
    return tuple(_text(value) for value in values)


def _groups(values: Any) -> tuple[tuple[str, ...], ...]:
    if not isinstance(values, list | tuple):
        raise TypeError(f"{values!r:.60} is no list")
    return tuple(_texts(group) for group in values)
