"""The figure spoken of held against another one of the same thing: of another year, another place, or what the text says it was before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.draft import Draft, shortened
from assistant.answering.replied import Replied, numbered
from assistant.answering.several import Steps
from assistant.answering.stated import stated_amount, stated_day
from assistant.compose.differences import apart
from assistant.compose.texts import clean
from assistant.question.compared import MORE, Against, held_against
from assistant.question.query import Query
from assistant.question.understand import understand
from assistant.types import Answer, Turn
from corpus.text import fold


def after(question: str, steps: Steps, history: Sequence[Turn]) -> Answer | None:
    """Answer 比前一年多还是少, 和乙县差多少, 涨了多少 after a question for a figure; None for other questions, or where a side has no figure."""
    against = held_against(question) if history else None
    if against is None:
        return None
    turns = list(history)
    while turns and held_against(turns[-1].question):
        turns.pop()
    if not turns:
        return None
    knowledge = steps.library.knowledge
    before = understand(turns[-1].question, knowledge, history=turns[:-1])
    own = steps.reply(before)
    if own.answer.status != "answered" or own.draft is None:
        return None
    if told := _told(question, against, own):
        return told
    if not against.other:
        return None
    others = turns[:-1] if against.other == "二" else [*turns, Turn(f"{against.other}呢", "")]
    if not others:
        return None
    other = steps.reply(understand(others[-1].question, knowledge, history=others[:-1]))
    if other.answer.status != "answered" or other.draft is None or fold(other.query.text) == fold(own.query.text):
        return None
    return _held(question, against, (own, other))


# ---------------------------------------------------------------- said by the text

_SAID = re.compile("(?:同?比|较)(?P<to>[^,;。()]{0,10}?)(?:同期)?(?:增加|增长|提高|上升|上涨|扩大|多|高|减少|下降|降低|压减|少|低)了?(?P<by>\\d[^,;。()]{0,10})")
_TURNED = re.compile("[由从](?P<then>[^,;。]{0,10}?\\d[^,;。]{0,12}?)(?:调整|提高|提升|增加|扩大|上升|下降|降低|降|减少|压缩|上调|下调)(?:为|到|至)(?P<now>[^,;。]{0,4}\\d[^,;。]{0,10})")
_EARLIER = re.compile("[上前去]一?年|原来|以前|之前|过去|原先|同期")


def _told(question: str, against: Against, own: Replied) -> Answer | None:
    """Read off what the sentence itself says of how the figure has changed (比2024年增加20元, 由33元调整为35元)."""
    assert own.draft is not None
    other = against.other
    sentence = clean(stated_amount(own.draft).sentence)
    value = sentence.find(clean(own.draft.quotes[0].highlights[0].of(own.draft.quotes[0].document.text))) if own.draft.quotes and own.draft.quotes[0].highlights else -1
    near = sentence[max(value, 0) :][:_NEAR]
    earlier = not other or bool(_EARLIER.search(other))
    turned = _TURNED.search(sentence) if earlier else None
    said = _SAID.search(near)
    if said and said["to"] and not earlier and other.rstrip("年的") not in said["to"]:
        said = None
    text = said.group() if said else turned.group() if turned else ""
    if not text or "二" in other:
        return None
    return replace(own.answer, question=question, answer=text, kind="compare")


_NEAR = 60
"""Characters from the figure on in which its change is told."""


# ---------------------------------------------------------------- held by value


def _held(question: str, against: Against, replies: tuple[Replied, Replied]) -> Answer | None:
    drafts = [reply.draft for reply in replies]
    one, two = drafts
    assert one is not None and two is not None
    order = _order(one, two)
    if order is None:
        return None
    labels = (_label(replies[0].query, "前者"), _label(replies[1].query, "后者" if against.other == "二" else against.other))
    far = "" if one.kind == "deadline" else apart(one, two)
    way = MORE.get(against.degree, 0)
    if order == 0:
        word = "两者一样"
    elif way or far:
        word = _word(question, against, labels, order) + (f",相差{far}(计算得出)" if far else "")
    else:
        word = "不一样"
    lines = "\n".join(f"{label}:{shortened(reply.answer.answer.replace(chr(10), ';'), 160)}" for label, reply in zip(labels, replies, strict=True))
    citations = numbered(c for reply in replies for c in reply.answer.citations)
    notes = tuple(dict.fromkeys(n for r in replies for n in r.answer.notes))
    sure = min(r.answer.confidence for r in replies)
    return replace(replies[0].answer, question=question, kind="compare", answer=f"{word}\n{lines}", citations=citations, notes=notes, confidence=sure)


_OPPOSITE = {"早": "晚", "快": "慢", "高": "低", "多": "少", "长": "短", "久": "短", "大": "小", "贵": "便宜", "重": "轻", "远": "近"}


def _word(question: str, against: Against, labels: tuple[str, str], order: int) -> str:
    """Say how the first figure stands to the second, with yes or no where that is asked."""
    up = next((w for w in _OPPOSITE if against.degree in (w, _OPPOSITE[w])), "多")
    stands = up if order * MORE[up] > 0 else _OPPOSITE[up]
    asked = bool(re.search("(?:吗|么|不)[?]?$", fold(question))) and against.degree
    return (("是," if stands == against.degree else "不是,") if asked else "") + f"{labels[0]}比{labels[1]}{stands}"


def _label(query: Query, otherwise: str) -> str:
    years = query.scope.years or tuple(int(y) for y in re.findall(r"(?<!\d)20\d\d(?!\d)", query.text))
    if len(years) == 1:
        return f"{years[0]}年"
    return query.scope.places[0] if query.scope.places else otherwise


def _order(one: Draft, two: Draft) -> int | None:
    """1 where the first value is the greater (the later), -1 the smaller, 0 the same; None where they are of different natures."""
    first, second = stated_day(one), stated_day(two)
    if one.kind == two.kind == "deadline" and first and second and first.until and second.until:
        return (first.until > second.until) - (first.until < second.until)
    a = stated_amount(one).amount
    b = stated_amount(two, a).amount if a else None
    if a is not None and b is not None:
        return 0 if a.equals(b) else 1 if a.number > b.number else -1
    figures = [re.findall(r"\d+(?:\.\d+)?", fold(d.text).replace(",", "")) for d in (one, two)]
    if all(len(f) == 1 for f in figures):
        x, y = (float(f[0]) for f in figures)
        return (x > y) - (x < y)
    return None
