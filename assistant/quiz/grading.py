"""Judge a reply to one question: right or not, which share of the marks, with the explanation."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.quiz.points import plain
from assistant.quiz.types import CHOICES, LETTERS, Grade, Item
from corpus.errors import BadQuiz

Response = int | str | Sequence[int | str]


def grade(item: Item, response: Response) -> Grade:
    """Judge `response`: for choices indexes, letters ("AC") or option texts; else texts, in order for order and match.

    A short answer counts the points it names, a match the pairs that are right, a multiple choice half when it only lacks some.
    Raises BadQuiz when a choice names an option that does not exist.
    """
    score = _choice(item, response) if item.kind in CHOICES else _written(item, response)
    return Grade(score == 1.0, score, item.answer, item.explanation, item.citations)


def _choice(item: Item, response: Response) -> float:
    chosen = {_index(item, one) for one in _several(item, response)}
    right = set(item.right)
    if chosen == right:
        return 1.0
    return 0.5 if item.kind == "multiple" and chosen and chosen < right else 0.0


def _several(item: Item, response: Response) -> list[int | str]:
    if isinstance(response, int):
        return [response]
    if isinstance(response, str):
        if response in item.options:
            return [response]
        return list(re.sub(r"[\s,，、;；]", "", response.upper())) if re.fullmatch(r"[A-Za-z\s,，、;；]*", response) else [response]
    return list(response)


def _index(item: Item, one: int | str) -> int:
    if isinstance(one, int):
        at = one
    elif one in item.options:
        at = item.options.index(one)
    elif len(one) == 1 and one.upper() in LETTERS:
        at = LETTERS.index(one.upper())
    else:
        at = next((i for i, option in enumerate(item.options) if plain(option) == plain(one)), -1)
    if not 0 <= at < len(item.options):
        raise BadQuiz("bad_response", f"没有选项 {one!r}", f"请用 A 到 {LETTERS[len(item.options) - 1]}")
    return at


def _written(item: Item, response: Response) -> float:
    texts = [response] if isinstance(response, str | int) else list(response)
    if item.kind in ("order", "match"):
        given = [_option(item, one) for one in (_several(item, response) if isinstance(response, str) else texts)]
        hits = [plain(g) == plain(r) for g, r in zip(given, item.accepted, strict=False)]
        if item.kind == "order":
            return float(all(hits) and len(given) == len(item.accepted))
        return sum(hits) / len(item.accepted)
    said = plain("、".join(str(t) for t in texts))
    if item.kind == "fill":
        return float(said in {plain(a) for a in item.accepted})
    return sum(plain(part) in said for part in item.accepted) / len(item.accepted)


def _option(item: Item, one: int | str) -> str:
    if isinstance(one, int):
        return item.options[one] if 0 <= one < len(item.options) else ""
    if len(one) == 1 and one.upper() in LETTERS[: len(item.options)] and one not in item.options:
        return item.options[LETTERS.index(one.upper())]
    return one
