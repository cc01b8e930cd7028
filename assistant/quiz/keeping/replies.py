"""What a person sent for a question: read from the fields of a page, judged, and put into words."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.quiz.grading import grade
from assistant.quiz.types import CHOICES, LETTERS, Item
from corpus.errors import BadQuiz

Reply = list[int] | str
LONGEST_REPLY = 500
UNSET = -1
"""A place of an order or a match that was left open."""


def read_reply(item: Item, values: Sequence[str]) -> Reply | None:
    """Read the fields of one question; None where nothing was chosen or written. Raises BadQuiz ("bad_response")."""
    if item.kind in CHOICES:
        chosen = sorted({_index(item, value) for value in values if value})
        if len(chosen) > 1 and item.kind != "multiple":
            raise BadQuiz("bad_response", "这道题只能选一项", "请只选一个选项")
        return chosen or None
    if item.kind in ("order", "match"):
        places = len(item.accepted)
        given = [_index(item, value) if value else UNSET for value in values[:places]]
        given += [UNSET] * (places - len(given))
        return given if any(g != UNSET for g in given) else None
    text = " ".join((values[0] if values else "").split())
    if len(text) > LONGEST_REPLY:
        raise BadQuiz("bad_response", f"答案有 {len(text)} 个字,超过上限 {LONGEST_REPLY} 个字", "请缩短")
    return text or None


def score_of(item: Item, reply: Reply | None) -> float:
    """Give the share of the marks, 0 to 1; nothing sent is 0."""
    return grade(item, reply).score if reply else 0.0


def words_of(item: Item, reply: Reply | None) -> str:
    """Say a reply as a person reads it: B. 区住建局; C→A→B; 1—B;2—A."""
    if not reply:
        return ""
    if isinstance(reply, str):
        return reply
    letters = [LETTERS[i] if i != UNSET else "…" for i in reply]
    if item.kind == "order":
        return "→".join(letters)
    if item.kind == "match":
        return "；".join(f"{n}—{letter}" for n, letter in enumerate(letters, 1))
    if item.kind == "true_false":
        return item.options[reply[0]]
    return "；".join(f"{LETTERS[i]}. {item.options[i]}" for i in reply)


def _index(item: Item, value: str) -> int:
    if value.isascii() and value.isdigit() and len(value) < 4 and int(value) < len(item.options):
        return int(value)
    raise BadQuiz("bad_response", f"没有选项 {value[:20]!r}", "请从列出的选项中选择")
