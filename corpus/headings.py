"""Where a heading ends: a mark is nearly always a run-in heading plus body on one line."""

from __future__ import annotations

import re

from corpus.marks import LINE, Mark
from corpus.numbers import CN, numeral_of
from corpus.types import Span

_TITLE_LIMIT = 60
_COLON_LIMIT = 30
_RUN_LIMIT = 30
_SPACE_LIMIT = 40
_READINGS = {"cn": "{cn}、", "cn_paren": "({cn})", "arabic": "{n}.", "arabic_paren": "({n})", "arabic_half": "{n})",
             "part": "第{cn}编", "chapter": "第{cn}章", "section": "第{cn}节", "article": "第{cn}条", "run": "{cn}是", "step": "第{cn}步"}
_GENRE_END = re.compile(r"(?:方案|办法|清单|名单|计划|规定|细则|意见|目录|预案|标准|要点|台账|表|通知|制度|指南|规范|规则|条例)(?:[(][^()]{1,30}[)])?$")
_BREAK = re.compile(r"[。!?;:]|(?<![A-Za-z0-9 ]) +(?![A-Za-z0-9 ])")
# (二)部署实施阶段(2020年6月-2021年12月)按照…: the bracketed time ends the heading.
_PHASE = re.compile(r"[^。,;:()\n]{2,16}[(][^()\n]{0,12}\d{4}[ ]?年[^()\n]{0,24}[)]")
_ARTICLE_TITLE = re.compile(r"[ ]{0,4}(?:[【\[(][^】\])\n]{1,25}[】\])]|[^\s。;:,]{1,20}(?=\n|$))")
_NUMBERED = re.compile(rf"[ ]{{0,8}}(?:[{CN}]{{1,3}}[、.]|[(][{CN}\d]{{1,3}}[)]|\d{{1,3}}[.、)]|第[{CN}]{{1,4}}[条章])")


def reading_of(family: str, number: int) -> str:
    """Print the mark that `number` has in `family`: `(五)`."""
    return _READINGS.get(family, "{n}").format(n=number, cn=numeral_of(number) if number < 10_000 else number)


def heading_of(text: str, mark: Mark, limit: int) -> tuple[Span, Span]:
    """Give (heading, title) of a mark; the title is empty when the mark opens running text. limit: the next mark."""
    start = mark.after
    while start < limit and text[start] in " *:":
        start += 1
    if mark.family == "attachment":
        title = _attachment_title(text, mark, limit)
        return Span(mark.start, max(mark.after, title.end)), title
    if mark.title is not None:
        end = mark.title.end
        while end < limit and text[end] in " *":
            end += 1
        return Span(mark.start, end), _stripped(text, mark.title)
    if mark.family == "article":
        found = _ARTICLE_TITLE.match(text, mark.after, limit)
        title = _stripped(text, Span(found.start(), found.end())) if found else Span(mark.after, mark.after)
        return Span(mark.start, title.end if found else mark.after), title
    if start < limit and text[start] == "\n":
        start = _next_line(text, start, limit)
    title, end = _run_in(text, mark, start, limit)
    if len(title) == 0:
        return Span(mark.start, mark.after), Span(mark.after, mark.after)
    return Span(mark.start, end), title


def _stripped(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and text[start] in " *#":
        start += 1
    while end > start and text[end - 1] in " *#\n":
        end -= 1
    return Span(start, end)


def _next_line(text: str, at: int, limit: int) -> int:
    while at < limit and text[at].isspace():
        at += 1
    return at


def _run_in(text: str, mark: Mark, start: int, limit: int) -> tuple[Span, int]:
    """Read the title from `start`: (title, end of the heading including its closing stop)."""
    line = text.find("\n", start, limit)
    bound = line if line >= 0 else limit
    another = line < 0 and limit < len(text) and text[limit - 1] == " "
    allowed = _RUN_LIMIT if mark.family == "run" else _TITLE_LIMIT
    if another and "。" not in text[start:limit] and limit - start <= allowed + 10:
        return _stripped(text, Span(start, limit)), limit
    phase = _PHASE.match(text, start, bound)
    if phase and "。" not in phase.group() and text[phase.end() : phase.end() + 1] not in tuple("。:\n"):
        return _stripped(text, Span(start, phase.end())), phase.end()
    for match in _BREAK.finditer(text, start, min(bound, start + allowed + 2)):
        length = match.start() - start
        if match.group() == ":":
            if length > _COLON_LIMIT or "," in text[start : match.start()]:
                continue
        elif match.group()[0] == " " and not _ends_at_space(text, mark, start, match.start(), bound):
            continue
        elif match.group() == ";" and mark.family == "run":
            break
        stop = match.end() if match.group()[0] != " " else match.start()
        return _stripped(text, Span(start, match.start())), stop
    if bound - start <= allowed and mark.family != "run":
        return _stripped(text, Span(start, bound)), bound
    return Span(start, start), start


def _ends_at_space(text: str, mark: Mark, start: int, at: int, bound: int) -> bool:
    """`(三)完善…体系 建立健全…` ends at the blank; `2.落实 重点任务。` has a stray one inside."""
    if at - start < 4:
        return False
    stop = text.find("。", start, min(bound, start + _SPACE_LIMIT))
    return stop < 0 or mark.family in ("cn", "part", "chapter", "section")


def _attachment_title(text: str, mark: Mark, limit: int) -> Span:
    """The title line, cut where the first heading or the text begins on the same line."""
    assert mark.title is not None
    title = Span(mark.title.start, min(mark.title.end, max(limit, mark.title.start)))
    if len(title) <= _TITLE_LIMIT and title.end < limit:
        return _stripped(text, title)
    at = text.find(" ", title.start, title.end)
    while at >= 0:
        if _GENRE_END.search(text[title.start : at].rstrip()):
            return Span(title.start, at)
        at = text.find(" ", at + 1, title.end)
    if len(title) <= _TITLE_LIMIT * 2:
        return _stripped(text, title)
    return Span(title.start, title.start)


def unmarked_lines(text: str, region: Span, mark: Mark, missing: int) -> list[Mark]:
    """Find the headings in front of `mark` whose whole mark was lost; [] unless exactly `missing` lines qualify.

    `查思想,持续压实“三个责任”。` stands alone on a line, short and unnumbered, where (一) has to be.
    """
    found = []
    at = region.start
    for line in text[region.start : region.end].split("\n"):
        start = at + len(line) - len(line.lstrip())
        title = line.strip()
        at += len(line) + 1
        plain = 4 <= len(title) <= 40 and not title.endswith((":", ",", ";", "、", ")")) and not _NUMBERED.match(title)
        if plain and (start == 0 or text[start - 1] == "\n") and not title.startswith((")", "、")):
            found.append(start)
    if len(found) != missing:
        return []
    first = (mark.number or 0) - missing
    return [
        Mark(mark.family, mark.rank, (first + n,), start, start, LINE, reading=reading_of(mark.family, first + n))
        for n, start in enumerate(found)
    ]
