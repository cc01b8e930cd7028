"""Questions and answers of an interpretation: `问:…` / `答:…`, `Q1:…`, `1.问:…`, `**问:**…`; each question is a heading."""

from __future__ import annotations

import re

from corpus.marks import LINE, RANKS, Mark
from corpus.numbers import CN
from corpus.types import Span

_ABOVE_CN_RANK = RANKS["cn"] - 5
_BELOW_CN_RANK = RANKS["cn"] + 5
_TITLE_LIMIT = 150
_STARS = r"[ #*>]{0,8}"
_QUESTION = re.compile(
    rf"^{_STARS}(?P<label>(?:(?:\d{{1,3}}[.、)]|[{CN}]{{1,3}}、|[(][{CN}\d]{{1,3}}[)])[ ]?)?[*]{{0,2}}"
    rf"(?:[【\[](?:问题?|Q)[ ]?(?P<boxed>\d{{1,3}}|[{CN}]{{1,3}})?[】\]][:.、]?"
    rf"|(?:问题?|提问|记者问?|Q(?:uestion)?)[ ]?(?P<number>\d{{1,3}}|[{CN}]{{1,3}})?[ ]?[:.、])){_STARS}",
    re.M,
)
_ANSWER = re.compile(r"[ *\[【]{0,6}(?:答复?|回答|解答|A(?:nswer)?)[ ]?(?:\d{1,3})?[】\]]?[ ]?[:.、]")
_ANSWER_LINE = re.compile(rf"^{_STARS}(?:(?:答复?|回答|解答|A(?:nswer)?)[ ]?\d{{0,3}}[ ]?[*]{{0,2}}[:.、]|[【\[][答A]\d{{0,3}}[】\]])", re.M)


def find_questions(text: str, marks: list[Mark]) -> list[Mark]:
    """Give the questions of a text that answers them, with their titles and counted from 1; [] for any other text.

    marks: the other candidates of the text, which tell whether the questions lie below 一、 or above.
    """
    found = [(match.span("label"), title) for match in _QUESTION.finditer(text) if (title := _title(text, match))]
    if not found or (len(found) < 2 and not _ANSWER_LINE.search(text, found[0][1].end)):
        return []
    grouped = any(mark.family == "cn" and mark.place == LINE and mark.start < found[0][0][0] for mark in marks)
    rank = _BELOW_CN_RANK if grouped else _ABOVE_CN_RANK
    return [
        Mark("question", rank, (number,), start, after, LINE, title=title)
        for number, ((start, after), title) in enumerate(found, 1)
    ]


def _title(text: str, match: re.Match[str]) -> Span | None:
    """The question itself: to the end of its line, or to the answer that begins there; None when it asks nothing."""
    start = match.end()
    while start < len(text) and text[start] in " \n*":
        start += 1
    if _QUESTION.match(text, start):
        return None  # an empty label does not ask what the next one does
    end = text.find("\n", start)
    end = len(text) if end < 0 else end
    limit = min(end, start + _TITLE_LIMIT)
    stop = text.find("?", start, limit)
    while 0 <= stop < limit and not _ends_question(text, stop + 1, end):
        stop = text.find("?", stop + 1, limit)
    if stop >= 0:
        return Span(start, stop + 1)
    # 问题: also labels the faults of a rectification list.
    asks = "问题" not in match.group("label")
    return Span(start, end) if asks and 0 < end - start <= _TITLE_LIMIT else None


def _ends_question(text: str, at: int, end: int) -> bool:
    """A second question on the line belongs to the first: 缴费多少?什么时候交?"""
    return not text[at:end].strip(" *") or _ANSWER.match(text, at, end) is not None or "?" not in text[at : min(end, at + _TITLE_LIMIT)]
