"""Where attachments begin: `附件3:` alone on a line, or the line that repeats a title announced as an attachment."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.boilerplate import contents_spans
from corpus.marks import LINE, Mark
from corpus.numbers import CN, value_of
from corpus.text import fold
from corpus.types import Span

RANK = -20
_NUMBER = rf"\d{{1,2}}(?:[-.]\d{{1,2}})?|[{CN}]{{1,3}}|[A-Z](?![A-Za-z])"
_LINE = re.compile(
    rf"^[ #*]{{0,12}}(?P<label>附[ ]?(?:件|录|表|图)[ ]?(?P<number>{_NUMBER})?)"
    r"[ ]{0,4}(?P<colon>[:.]?)[ *]{0,8}(?P<rest>.*)$",
    re.M,
)
_LISTED = re.compile(r"[ ]{0,12}(?P<number>\d{1,2})[.、](?P<title>[^\n。;]{2,80})$", re.M)
_GENRES = ("方案", "办法", "清单", "名单", "计划", "规定", "细则", "意见", "目录", "预案", "标准", "要点", "台账", "表", "通知", "制度", "指南", "规范", "规则", "条例", "分工", "职责", "标准)", "试行)")
_TITLED = re.compile(rf"附[ ]?(?:件|录|表|图)[ ]?(?:{_NUMBER})")
_TITLE_LIMIT = 90
_LEAST_TEXT = 60


@dataclass(frozen=True, slots=True)
class Announcement:
    """`附件:1.任务清单` at the end of a notice: names what follows, is no attachment itself."""

    number: int | None
    title: str
    span: Span


@dataclass(frozen=True, slots=True)
class Attachments:
    marks: tuple[Mark, ...]
    announcements: tuple[Announcement, ...]


def find_attachments(text: str) -> Attachments:
    """Find the attachments of a document and the lines that only announce them."""
    announced: list[Announcement] = []
    starts: list[Mark] = []
    blocked = 0
    contents = sorted(contents_spans(text), reverse=True)
    for match in _LINE.finditer(text):
        while contents and contents[-1].start <= match.start():
            blocked = max(blocked, contents.pop().end)
        if match.start() < blocked:
            continue
        rest = match.group("rest").strip()
        listed = _listed(text, match)
        if listed:
            announced += listed
            blocked = listed[-1].span.end
        elif not rest:
            starts.append(_start(text, match, announced))
        elif _is_announcement(match, rest):
            announced.append(Announcement(_number(match), rest, Span(match.start("label"), match.end())))
    starts += _repeated_titles(text, announced, starts)
    starts += _titled_lines(text, announced, starts)
    starts.sort(key=lambda mark: mark.start)
    return Attachments(tuple(_numbered(starts)), tuple(announced))


def _is_announcement(match: re.Match[str], rest: str) -> bool:
    # 附件中的… is a sentence; a colon, a number or a short line makes it an announcement.
    return len(rest) <= _TITLE_LIMIT and not rest.endswith(("。", ";")) and rest[0] not in ",、)的中所和与"


def _number(match: re.Match[str]) -> int | None:
    printed = match.group("number")
    if printed and printed.isascii() and printed.isalpha():
        return ord(printed) - ord("A") + 1
    return value_of(re.split("[-.]", printed)[0]) if printed else None


def _listed(text: str, match: re.Match[str]) -> list[Announcement]:
    """Read `附件:1.…` with its further lines `2.…`; [] when the line opens no such list."""
    if match.group("number"):
        return []
    found: list[Announcement] = []
    at = match.start("rest")
    while (line := _LISTED.match(text, at)) and int(line.group("number")) == len(found) + 1:
        found.append(Announcement(len(found) + 1, line.group("title").strip(), Span(line.start(), line.end())))
        at = line.end()
        while at < len(text) and text[at] in "\n ":
            at += 1
    if not match.group("rest").strip() and len(found) < 2:
        return []
    return found


def _start(text: str, match: re.Match[str], announced: list[Announcement]) -> Mark:
    at = match.end()
    while at < len(text) and text[at].isspace():
        at += 1
    number = _number(match)
    titles = [fold(a.title) for a in announced if a.number == number or number is None]
    title = _title(text, at, titles)
    after = match.end("number") if match.group("number") else match.end("label")
    return Mark("attachment", RANK, (number,) if number is not None else (), match.start("label"), after, LINE, title)


def _title(text: str, at: int, announced: list[str]) -> Span:
    """Give the line at `at`, joined with the next one when the title breaks there (`…三年行动` / `实施方案(2024—2026年)`)."""
    end = _line_end(text, at)
    following = _line_end(text, end + 1) if end < len(text) else end
    first, second = text[at:end].strip(), text[end:following].strip()
    both = fold(first + second)
    breaks = (
        second and len(first) <= 40 and len(second) <= 40 and not _ends_title(first) and _ends_title(second)
        and not re.match(rf"[(]?[{CN}\d]+[)、.]|第[{CN}]+[章条]", second)
    )
    if both in announced or (breaks and not first.endswith(("。", ":"))):
        return Span(at, following)
    return Span(at, end)


def _ends_title(line: str) -> bool:
    bare = re.sub(r"[(][^()]{1,30}[)]$", "", line.rstrip())
    return bare.endswith(_GENRES)


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _repeated_titles(text: str, announced: list[Announcement], starts: list[Mark]) -> list[Mark]:
    """Open an attachment where a line repeats an announced title; at the announcement itself when it is the line before."""
    found: list[Mark] = []
    if not announced:
        return found
    known = {fold(a.title): a for a in announced}
    titled = {fold(mark.title.of(text)) for mark in starts if mark.title}
    at = 0
    for line in text.split("\n"):
        span = Span(at, at + len(line))
        at = span.end + 1
        key = fold(line) if 4 <= len(line) <= _TITLE_LIMIT + 20 else ""
        announcement = known.get(key) if key else None
        if announcement is None or key in titled or span.start <= announcement.span.start:
            continue
        titled.add(key)
        adjacent = not text[announcement.span.end : span.start].strip()
        start = announcement.span.start if adjacent else span.start
        after = start + (text.find("件", start, start + 8) + 1 - start if adjacent else 0)
        numbers = (announcement.number,) if announcement.number is not None else ()
        found.append(Mark("attachment", RANK, numbers, start, max(after, start), LINE, span))
    return found


def _titled_lines(text: str, announced: list[Announcement], starts: list[Mark]) -> list[Mark]:
    """Open `附件2 任务清单` where the text itself follows and no other line opens that attachment."""
    found: list[Mark] = []
    opened = {mark.number for mark in starts}
    for index, announcement in enumerate(announced):
        following = announced[index + 1].span.start if index + 1 < len(announced) else len(text)
        label = _TITLED.match(text, announcement.span.start)
        if label is None or announcement.number in opened:
            continue
        between = text[announcement.span.end : following].strip()
        # A date and a signature may follow the last of a list of announcements, but no sentence.
        # Where an attachment before it has its text below, a short one after it (a list of routes) has, too.
        if len(between) < (_LEAST_TEXT // 4 if found else _LEAST_TEXT) and "。" not in between:
            continue
        start = announcement.span.start
        title_start = text.find(announcement.title, start)
        title = Span(title_start, title_start + len(announcement.title))
        found.append(
            Mark("attachment", RANK, (announcement.number or 1,), start, label.end(), LINE, title)
        )
    return found


def _numbered(starts: list[Mark]) -> list[Mark]:
    numbered: list[Mark] = []
    for mark in starts:
        if mark.numbers:
            numbered.append(mark)
            continue
        previous = numbered[-1].number if numbered else 0
        numbered.append(
            Mark("attachment", RANK, ((previous or 0) + 1,), mark.start, mark.after, LINE, mark.title)
        )
    return numbered
