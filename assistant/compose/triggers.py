"""When a level of response begins: the conditions an emergency plan gives for that level, one a line.

Plans write them below a line of their own (启动条件:) within the part of the level, or behind 下列情形之一的,启动Ⅱ级响应.
"""

from __future__ import annotations

import re
import unicodedata

from assistant.answering.draft import Draft, Quote, lines
from assistant.answering.evidence import Gathered
from assistant.compose.texts import clean
from assistant.library.library import Library
from assistant.question.query import Query
from corpus.text import trim
from corpus.types import Document, Span

_LEVEL = r"(?P<level>[一二三四1-4]|[ⅠⅡⅢⅣ]|(?:III|II|IV|I)|(?:iii|ii|iv|i))级"
_BEGINS = r"(?:启动|触发|进入|达到|响应)"
_WHEN = "(?:什么|啥|哪些|哪几[种个]|怎样的?|何种)(?:样的?)?(?:情况|情形|条件|程度|地步|标准|状况)|(?:启动|触发)(?:的)?(?:条件|标准|情形|门槛)"
_ASKED = re.compile(rf"(?:{_WHEN})(?![^,]*(?:由谁|谁来)).*?{_LEVEL}|{_LEVEL.replace('level', 'before')}(?:应急)?(?:响应|预警)?.*?(?:{_WHEN})")
_ABOUT = re.compile(_BEGINS)
_OPENING = re.compile(
    rf"启动(?:条件|标准|情形)(?:[(（][^()（）\n]{{1,12}}[)）])?[:：]?[ \t　]*(?=\n)|(?:下列|以下|如下)(?:情形|情况|条件)[^\n。;；:：]{{0,24}}启动[^\n。;；:：]{{0,12}}{_LEVEL}(?:应急)?响应[:：]"
)
_HEADED = re.compile(rf"(?m)^[^\n。;；,，]{{0,12}}?{_LEVEL}(?:应急)?响应[^\n。;；]{{0,8}}$")
_ITEM = re.compile(r"[ \t　]*(?:[(（]?\d{1,2}[)）.、．](?!\d)|[①-⑳]|[(（][一二三四五六七八九十]{1,2}[)）]|[一二三四五六七八九十]是)")
_MOST = 1200
"""Characters within which the conditions of one level stand."""
_DOCUMENTS = 5
_GRADES = {"一": 1, "二": 2, "三": 3, "四": 4, "I": 1, "II": 2, "III": 3, "IV": 4}


def conditions_of_level(query: Query, gathered: Gathered, library: Library) -> Draft | None:
    """Answer 什么情况启动二级响应 with the conditions of that level; None where no plan found states them."""
    asked = _ASKED.search(query.folded)
    if asked is None or not _ABOUT.search(query.folded):
        return None
    level = _grade(asked["level"] or asked["before"])
    near = {s.clause.document.id: s.clause.document for s in gathered.clauses}
    for document in list(near.values())[:_DOCUMENTS]:
        if draft := _stated(document, level):
            return draft
    return None


def _grade(text: str) -> int:
    plain = unicodedata.normalize("NFKC", text).upper()
    return _GRADES.get(plain) or int(plain)


def _stated(document: Document, level: int) -> Draft | None:
    text = document.text
    for opening in _OPENING.finditer(text):
        own = opening["level"] or next((m["level"] for m in reversed(list(_HEADED.finditer(text, 0, opening.start())))), "")
        items = _items(text, opening.end()) if own and _grade(own) == level else []
        if items:
            home = next((s for s in reversed(document.sections) if s.span.covers(Span(opening.start(), opening.end()))), None)
            whole = Span(text.rfind("\n", 0, opening.start()) + 1, items[-1].end)
            quote = Quote(document, trim(text, whole), home.path if home else (), tuple(items))
            return Draft("list", lines([clean(item.of(text)).rstrip("。;；") for item in items]), (quote,), 1.0, True, (), "", "outline", (("own", 0.95),))
    return None


def _items(text: str, start: int) -> list[Span]:
    """The items behind an opening: numbered lines, or marks within one line, up to what is none."""
    end = start
    first = _ITEM.match(text, start) or _ITEM.match(text, min(start + 1, len(text)))
    if first is None:
        return []
    marks = [first.start()]
    for line in re.finditer(r"[^\n]+", text[start : start + _MOST]):
        at = start + line.start()
        if line.start() > 1 and not _ITEM.match(text, at) and text[end - 1] in "。;；":
            break  # the item before is closed and this begins no other
        if not line.group().strip():
            break
        end = start + line.end()
        inner = [at + m.start() for m in _ITEM.finditer(line.group()) if m.start() == 0 or line.group()[m.start() - 1] in "；;:："]
        marks += [mark for mark in inner if mark not in marks]
    marks = [m for m in sorted(marks) if m < end]
    bounds = [*marks[1:], end]
    return [trim(text, Span((_ITEM.match(text, a) or first).end(), b)) for a, b in zip(marks, bounds, strict=True)]
