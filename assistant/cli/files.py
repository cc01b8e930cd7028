"""The files that the command line reads: conversations and many questions at once (JSONL)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.programs import verbs
from assistant.types import Answer, Turn
from corpus.errors import BadQuestion

if TYPE_CHECKING:
    from assistant import Assistant
    from assistant.reading.types import PassageReader

SHAPE = '每行一个 JSON 对象: {"id": "q1", "question": "…", "history": [{"question": "…", "answer": "…"}]}'
HISTORY_SHAPE = '历史是一个 JSON 数组: [{"question": "…", "answer": "…"}]'


@dataclass(frozen=True, slots=True)
class Asked:
    """One line of a question file. id: as the file gives it, whatever its type."""

    id: Any
    question: str
    history: tuple[Turn, ...] = ()


def json_lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Read a JSONL file: line number (from 1) and object. Raises BadQuestion that names the line."""
    for number, line in enumerate(_read(path, "bad_questions_file", SHAPE).split("\n"), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise BadQuestion("bad_questions_file", f"{path} 第 {number} 行不是 JSON: {error}", SHAPE) from None
        if not isinstance(value, dict) or not isinstance(value.get("question"), str):
            raise BadQuestion("bad_questions_file", f"{path} 第 {number} 行没有文字的 question", SHAPE)
        yield number, value


def lines_in(path: Path) -> tuple[Asked, ...]:
    """Read the questions of `batch`, all of them before the first is asked; other keys are ignored."""
    return tuple(
        Asked(row.get("id", str(number)), row["question"], turns_of(row.get("history"), where=f"{path} 第 {number} 行"))
        for number, row in json_lines(path)
    )


ITEM_SHAPE = '每行一个 JSON 对象: {"id": "r1", "question": "…", "context": "…"}'


@dataclass(frozen=True, slots=True)
class Item:
    """One line for the reader alone. id: as the file gives it, whatever its type."""

    id: Any
    question: str
    context: str


def items_in(path: Path) -> tuple[Item, ...]:
    """Read the questions and passages of `read`; other keys are ignored. Raises BadQuestion that names the line."""
    found = []
    for number, row in json_lines(path):
        if not isinstance(row.get("context"), str):
            raise BadQuestion("bad_questions_file", f"{path} 第 {number} 行没有文字的 context", ITEM_SHAPE)
        found.append(Item(row.get("id", str(number)), row["question"], row["context"]))
    return tuple(found)


def reading_line(reader: PassageReader, item: Item) -> dict[str, Any]:
    """Read one passage: the line of `read`, whose answer equals context[start:end]."""
    (found,) = reader.read(item.question, (item.context,))
    answer = item.context[found.start : found.end]
    sure = {"score": round(found.score, 6), "no_answer": round(found.no_answer, 6)}
    return {"id": item.id, "answer": answer, "start": found.start, "end": found.end} | sure


def history_in(path: Path) -> tuple[Turn, ...]:
    """Read the earlier turns of a conversation, oldest first."""
    try:
        value = json.loads(_read(path, "bad_history", HISTORY_SHAPE))
    except (ValueError, RecursionError) as error:
        raise BadQuestion("bad_history", f"{path} 不是 JSON: {error}", HISTORY_SHAPE) from None
    return turns_of(value, where=str(path))


def turns_of(value: Any, *, where: str) -> tuple[Turn, ...]:
    """Read the turns of a conversation from JSON. Raises BadQuestion with code "bad_history"."""
    if value is None:
        return ()
    if not isinstance(value, list):
        raise BadQuestion("bad_history", f"{where} 的 history 不是数组", HISTORY_SHAPE)
    turns = []
    for turn in value:
        texts = (turn.get("question"), turn.get("answer", "")) if isinstance(turn, dict) else (None, None)
        if not all(isinstance(text, str) for text in texts):
            raise BadQuestion("bad_history", f"{where} 的 history 里有一项不是一问一答: {turn!r:.60}", HISTORY_SHAPE)
        turns.append(Turn(str(texts[0]), str(texts[1])))
    return tuple(turns)


def _read(path: Path, code: str, remedy: str) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadQuestion(code, f"无法读取 {path}: {error}", remedy) from None


def answer_line(assistant: Assistant, asked: Asked, documents: Sequence[str] = ()) -> tuple[dict[str, Any], bool]:
    """Ask one question of a batch; gives its line and whether the question could be used at all.

    A question that is empty or too long does not stop the others: its line is a refusal that says so.
    """
    try:
        answer = assistant.ask(asked.question, history=asked.history, documents=documents)
    except BadQuestion as error:
        answer = Answer(asked.question, "refused", "other", "", 0.0, reason=error.message)
        return answer.as_json() | {"id": asked.id}, False
    return answer.as_json() | {"id": asked.id}, True


def hits_line(assistant: Assistant, asked: Asked, k: int) -> tuple[dict[str, Any], bool]:
    """Search for one line of a batch; an unusable query gives no hits instead of stopping the others."""
    try:
        return verbs.search(assistant, asked.question, k) | {"id": asked.id}, True
    except BadQuestion:
        return {"id": asked.id, "query": asked.question, "hits": [], "latency_ms": 0.0}, False
