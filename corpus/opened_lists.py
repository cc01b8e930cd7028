"""Lists of clauses that a colon opens: `有下列情形之一的,不予补贴:甲;乙;丙`, `主要职责:甲;乙;丙`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.clauses import split
from corpus.types import Span

_OPENS = re.compile("下列|以下|如下|之一|条件|情形|情况|职责|内容|要求|任务|措施|材料|方式|步骤|程序|流程|标准|事项|范围|对象|项目|问题|原则|义务|行为|指标|增加|包括|分为")
_MARK = re.compile(r"[ ]*(?:第[一二三四五六七八九十百\d]{1,5}条[ ]?|[(]?[一二三四五六七八九十\d]{1,2}(?:[)]|[.、](?!\d))|[①-⑳])[ ]*")
_RUN = re.compile("(?:[一二三]是|其[一二][,是]|第一[,、]|首先)")
_ONLY_SIGN = re.compile("(?:即|包括|包含|分别(?:是|为)|主要有|主要是|主要包括|具体包括|指|是指|也就是|有|为)$")
_TELLING = re.compile("[:()“”《》]")
_LONGEST_HEAD, _LONGEST_MEMBER = 60, 160


def opened_lists(plain: str, sentence: Span) -> Iterator[tuple[Span, tuple[Span, ...]]]:
    """Give what a colon of the sentence opens, as the words that open it and the clauses between semicolons after it.

    Two clauses make a list only where the words before the colon announce one. Colons that stand in most of the clauses after a colon
    part each of them from its own label and open no list.
    """
    if plain.find(":", sentence.start, sentence.end) < 0:
        return
    depth = 0
    for found in _TELLING.finditer(plain, sentence.start, sentence.end):
        at, character = found.start(), found.group()
        depth += (character in "(“《") - (character in ")”》")
        if character != ":" or depth > 0 or _RUN.match(plain, at + 1):
            continue
        head = bare(plain, _head(plain, Span(sentence.start, at)))
        parts = [bare(plain, part) for part in split(plain, Span(at + 1, sentence.end), ";")]
        enough = len(parts) > 2 or (len(parts) == 2 and _OPENS.search(plain, head.start, head.end))
        labelled = sum(":" in plain[part.start : part.end] for part in parts[1:])
        if not enough or len(head) < 2 or labelled * 2 >= len(parts) or max(map(len, parts)) > _LONGEST_MEMBER:
            continue
        yield head, tuple(parts)
        return


DIVISION = "部门职责分工"
"""What a sentence lists that gives office after office with what it does, and says no word for it itself."""
_OFFICE_DOES = re.compile("[^,;:、。()]{2,16}?(?:部门|局|委|办|厅|会|公司|中心|大队|支队|机构|机关|政府|乡镇|街道|院|站|所|社区|单位)[^;。]{0,24}?(?:负责|牵头|承担|统筹|主管|承办|做好|配合)")


def duties_side_by_side(plain: str, sentence: Span) -> tuple[Span, ...]:
    """Give the clauses of a sentence that all say what an office does (甲局负责…;乙局负责…;丙局负责…); () for fewer than three."""
    if plain.count(";", sentence.start, sentence.end) < 2:
        return ()
    parts = [bare(plain, part) for part in split(plain, sentence, ";")]
    colon = plain.rfind(":", parts[0].start, parts[0].end)
    parts[0] = Span(colon + 1, parts[0].end) if colon >= 0 else parts[0]
    return tuple(parts) if len(parts) > 2 and all(_OFFICE_DOES.match(plain, part.start, part.end) for part in parts) else ()


def bare(plain: str, part: Span) -> Span:
    """Leave out the number that a member begins with and the stop it ends with."""
    start = mark.end() if (mark := _MARK.match(plain, part.start, part.end)) else part.start
    end = part.end
    while end > start and plain[end - 1] in " \n。;,、":
        end -= 1
    return Span(start, end) if start < end else part


def _head(plain: str, span: Span) -> Span:
    """The last clause before a colon, with as much of what stands before it in the sentence as is read at once."""
    clause = (split(plain, span, ";") or [span])[-1]
    if len(clause) <= _LONGEST_HEAD:
        return clause
    pieces = split(plain, clause, ",")
    start = pieces[-1].start
    for piece in reversed(pieces):
        if clause.end - piece.start > _LONGEST_HEAD:
            break
        start = piece.start
    return Span(start, clause.end)


def clause_before(plain: str, sentence: Span, part: Span, lead: Span) -> Span | None:
    """Give the clause before a list that says what it lists: 书面报告内容包括:…, 落实“四个一”措施,即…; None where the list has a lead of its own.

    part: the clause of the list.  lead: the words in front of its first member.
    """
    mark = plain[part.start - 1 : part.start]
    only_sign = _ONLY_SIGN.match(plain, lead.start, lead.end)
    if part.start - 1 <= sentence.start or (mark != ":" and not (mark == "," and only_sign)) or (len(lead) and not only_sign):
        return None
    before = split(plain, Span(sentence.start, part.start - 1), ",;:")
    return bare(plain, before[-1]) if before and 2 <= len(before[-1]) <= _LONGEST_HEAD else None
