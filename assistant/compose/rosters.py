"""Who is on duty on a day, on which days somebody is, and who stands in: answers from the rows of a duty roster."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.clauses import sentences
from assistant.answering.draft import Draft, Quote, names
from assistant.answering.evidence import Gathered, in_scope
from assistant.library.library import Library
from assistant.question.query import Query
from assistant.question.terms import coverage
from corpus.people import DUTY_ROLES
from corpus.text import fold
from corpus.types import Document, Member, Span

_DUTY = re.compile("值班|值(?:几|多少|哪)[^,]{0,3}班|带班|值守|当班|轮班|轮值|值日|备勤|主班|副班|排班|换成|改成|顶班|替班")
_DAY = re.compile(r"(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]?|(?P<bare>(?<!\d)\d{1,2})[日号]|除夕|年三十|(?:正月|大年)?初[一二三四五六七八九十]|元宵|元旦|(?:星期|周|礼拜)[一二三四五六日天]")
_WHICH_DAYS = re.compile("哪几?[天日]|哪些(?:天|日子|时候)|几号|什么时[候间]|啥时候|何时|哪个?(?:班次|日子)|[几多]少?天|第几天")
_HOW_MANY = re.compile("(?<!哪)几天|多少天")
_WHO = re.compile("谁|哪[位个]|什么人|啥人|叫(?:什么|啥)|名字|换成|改成")
_CHANGED = re.compile("由(?P<old>[㐀-鿿]{2,4}?)(?:同志)?(?:调整|变更|更换|改|换)(?:为|成|由)(?P<new>[㐀-鿿]{2,4}?)(?:同志)?(?=[,。;、]|值班|带班|担任|$)")
_STANDS_IN = re.compile("换成|改成|调整|变更|顶替|替班|顶班|代替|改由")
_EITHER = {"带班": ("带班", "领导"), "领导": ("领导", "带班"), "干部": ("干部",), "司机": ("司机",)}


@dataclass(frozen=True, slots=True)
class _Row:
    """A day of a roster with the people who are on duty."""

    document: Document
    clause: Span
    members: tuple[Member, ...]
    day: str


def on_duty(query: Query, gathered: Gathered, library: Library) -> Draft | None:
    """Answer from a roster that has the day or the person the question names; None for any other question."""
    if query.language == "en" or not _DUTY.search(query.folded):
        return None
    rows = _rows(query, library)
    person = next((m.name.value for row in rows for m in row.members if m.name.value in query.folded), "")
    if person and _WHICH_DAYS.search(query.folded):
        return _days_of(query, person, rows)
    asked = _DAY.search(query.folded)
    if asked is None or person or not _WHO.search(query.folded):
        return None
    fitting = [row for row in rows if _same_day(asked, row.day)]
    if len({row.document.id for row in fitting}) > 1:
        best = max(coverage(query.terms, ((fold(row.document.title), 1.0),)) for row in fitting)
        fitting = [row for row in fitting if coverage(query.terms, ((fold(row.document.title), 1.0),)) >= best - 0.01]
    return _people_of(query, fitting[0]) if len(fitting) == 1 else None


def _rows(query: Query, library: Library) -> list[_Row]:
    """The rows of all rosters that name a day, in text order."""
    found: dict[tuple[str, Span], list[Member]] = {}
    at: dict[str, Document] = {}
    for document, members in library.stated(library.stating(query.scope.documents, library.factbook.people((query.folded,), ("值班", "带班"))), "members"):
        at[document.id] = document
        for member in members:
            if member.role in DUTY_ROLES and in_scope(document, member.section, query):
                found.setdefault((document.id, member.clause), []).append(member)
    rows = []
    for (identity, clause), members in found.items():
        document = at[identity]
        first = min(member.name.span.start for member in members)
        day = document.text[clause.start : first].strip(" |\t\n　")
        if _DAY.search(fold(day)):
            rows.append(_Row(document, clause, tuple(members), day))
    return rows


def _same_day(asked: re.Match[str], printed: str) -> bool:
    """Is it the day that a row begins with? 30日 is any month's, 大年初二 is 初二."""
    for match in _DAY.finditer(fold(printed)):
        if asked["day"] and match["day"]:
            if (int(asked["month"]), int(asked["day"])) == (int(match["month"]), int(match["day"])):
                return True
        elif asked["bare"] and (day := match["day"] or match["bare"]):
            if int(asked["bare"]) == int(day):
                return True
        elif not (asked["day"] or asked["bare"] or match["day"] or match["bare"]) and match.group()[-2:] == asked.group()[-2:]:
            return not re.search("前一[日天]|前夕", fold(printed)[match.end() :])
    return False


def _asked_roles(query: Query, members: Sequence[Member]) -> tuple[Member, ...]:
    """Those whose role the question names; all where it names none."""
    exact = tuple(m for m in members if m.role in query.folded)
    if exact:
        longest = max(len(m.role) for m in exact)
        return tuple(m for m in exact if len(m.role) == longest)
    words = [word for said, either in _EITHER.items() if said in query.folded for word in either]
    return tuple(m for m in members if any(word in m.role for word in words)) or tuple(members)


def _days_of(query: Query, person: str, rows: Sequence[_Row]) -> Draft | None:
    here = [row for row in rows if any(m.name.value == person for m in _asked_roles(query, row.members))]
    if not here:
        return None
    quotes = tuple(Quote(row.document, row.clause, row.members[0].path, tuple(m.name.span for m in row.members if m.name.value == person)) for row in here)
    text = names([row.day for row in here])
    notes = tuple(note for row in here if (note := _note(row, person)))
    return Draft(query.kind, f"共{len(here)}天:{text}" if _HOW_MANY.search(query.folded) else text, quotes, 1.0, True, notes, "", "people")


def _people_of(query: Query, row: _Row) -> Draft:
    chosen = _asked_roles(query, row.members)
    texts: list[str] = []
    quotes = [Quote(row.document, row.clause, chosen[0].path, tuple(m.name.span for m in chosen))]
    changed = _change(row)
    for member in chosen:
        name = member.name.value
        if changed and changed[0] == name:
            name = changed[1] if _STANDS_IN.search(query.folded) else f"{changed[1]}(原为{name},已调整)"
            quotes.append(Quote(row.document, changed[2], chosen[0].path, (changed[2],)))
        texts.append(name if len({m.role for m in chosen}) == 1 else f"{member.role}:{name}")
    text = "、".join(texts) if len({m.role for m in chosen}) == 1 else "\n".join(texts)
    return Draft(query.kind, text, tuple(quotes), 1.0, True, (), "", "people")


def _change(row: _Row) -> tuple[str, str, Span] | None:
    """The sentence that puts another in the place of somebody on that day: old name, new name, place."""
    for passage in row.document.passages:
        if passage.kind != "text" or not _CHANGED.search(passage.span.of(row.document.text)):
            continue
        for span in sentences(row.document.text, passage.span):
            said = span.of(row.document.text)
            match = _CHANGED.search(said)
            day = _DAY.search(fold(said[: match.start()])) if match else None
            if match and day and _same_day(day, row.day) and not span.overlaps(row.clause):
                return match["old"], match["new"], span
    return None


def _note(row: _Row, person: str) -> str:
    changed = _change(row)
    return f"{row.day}已由{person}调整为{changed[1]}" if changed and changed[0] == person else ""


__all__ = ["on_duty"]
