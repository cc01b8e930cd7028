"""A paper as plain text, for the terminal and for pasting into a message."""

from __future__ import annotations

from assistant.quiz.types import KIND_NAMES, LETTERS, POINTS, Item, Quiz
from assistant.quiz.wording import CHOICE_BLANK

NUMBERS = "一二三四五六七八"


def heading_of(number: int, kind_items: tuple[Item, ...]) -> str:
    """Give the heading of a part of the paper: 一、单项选择题(共10题,每题2分,共20分)."""
    kind = kind_items[0].kind
    each = POINTS[kind]
    return f"{NUMBERS[number]}、{KIND_NAMES[kind]}（共{len(kind_items)}题，每题{each}分，共{each * len(kind_items)}分）"


def lines_of(item: Item, number: int) -> list[str]:
    """Give a question's own lines without its key."""
    stem = item.stem + (CHOICE_BLANK if item.kind == "true_false" else "")
    lines = [f"{number}. {stem}"]
    lines += [f"   {n}. {prompt}" for n, prompt in enumerate(item.prompts, 1)]
    if item.kind != "true_false":
        lines += [f"   {LETTERS[n]}. {option}" for n, option in enumerate(item.options)]
    return lines


def text_of(quiz: Quiz) -> str:
    """Give the whole paper, its key with sources below."""
    lines: list[str] = []
    if quiz.version:
        lines.append(f"【{quiz.version}卷】")
    number = 0
    key: list[str] = []
    for part, (_, items) in enumerate(quiz.grouped()):
        lines += ["", heading_of(part, items)]
        for item in items:
            number += 1
            lines += lines_of(item, number)
            key.append(f"{number}. [{item.id}] 难度{item.difficulty} {item.explanation}")
    return "\n".join([*lines, "", "答案与依据", *key]).strip()
