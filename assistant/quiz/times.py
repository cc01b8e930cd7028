"""Points from time limits: until when, and how often."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.quiz.offices import label_of
from assistant.quiz.points import Point, cut_around, passage_at, plain
from assistant.quiz.wording import BLANK, inner, pretty, source_name
from corpus.types import Deadline, Document, Duty, Span

_KEPT = re.compile(r"20\d\d年(?:(?:\d{1,2}月)?(?:\d{1,2}日)?(?:底|初|末|上半年|下半年)?(?:以?前|之前)?)")
_LEAD = re.compile(r"^(?:到|于|在|至|截至)")
OFTEN = ("每日", "每周", "每旬", "每月", "每两个月", "每季度", "每半年", "每年", "每两年", "每三年")


def times(document: Document) -> Iterator[Point]:
    """Give a point for each time limit of a task-list row and each one in running text that a sentence states."""
    for duty in document.facts.duties:
        if duty.source == "row" and (point := _of_row(document, duty)):
            yield point
    for deadline in document.facts.deadlines:
        if deadline.kind in ("by", "during") and (point := _in_text(document, deadline)):
            yield point


def _usable(deadline: Deadline) -> bool:
    return bool(not deadline.inherited and not deadline.reading and deadline.until and _KEPT.fullmatch(_LEAD.sub("", deadline.value)))


def _of_row(document: Document, duty: Duty) -> Point | None:
    limit = duty.deadline
    task = label_of(document, duty)
    if limit is None or limit.kind != "by" or not _usable(limit) or not task or re.search(r"20\d\d年", duty.task.value):
        return None
    value = pretty(_LEAD.sub("", limit.value))
    return Point(
        "time", document, duty.section, duty.path, source_name(document, duty.path),
        f"“{inner(task)}”这项任务的完成时限是{BLANK}", (value,), (duty.clause,), (limit.span,),
        prompt=task, question=f"“{inner(task)}”这项任务应在什么时间之前完成？", until=limit.until, duty=duty.ordinal,
    )  # fmt: skip


def _in_text(document: Document, limit: Deadline) -> Point | None:
    if not _usable(limit) or limit.until is None:
        return None
    text = document.text
    lead = _LEAD.match(limit.span.of(text))
    mark = Span(limit.span.start + (lead.end() if lead else 0), limit.span.end)
    cut = cut_around(document, mark)
    if cut is None or re.search(r"20\d\d年", cut.statement) or cut.passage.section < 0:
        return None
    left, right = cut.statement.split(BLANK)
    if left and not re.search(r"(?:，|到|于|在|至|要|将|确保|力争|争取|争取到|应|应在|前|：)$", left):
        return None
    if len(re.findall("[㐀-鿿]", right)) < (8 if len(plain(left)) > 4 else 10) or len(plain(left)) > 30 or re.match(r"[度（）—版-]|基础|以来|以后|同期", right):
        return None
    value = pretty(mark.of(text))
    if limit.kind == "during" and not re.fullmatch(r"20\d\d年", value):
        return None
    prompt = right.strip("，") if len(plain(left)) == 0 or re.fullmatch("(?:到|于|在|截至)", left) else ""
    return Point(
        "time", document, cut.passage.section, cut.passage.path, source_name(document, cut.passage.path),
        cut.statement, (value,), (cut.sentence,), (mark,), prompt=_task(prompt), until=limit.until,
    )  # fmt: skip


def _task(prompt: str) -> str:
    """The first part of what has to be done, when it can stand as the name of a task."""
    first = prompt.split("，")[0]
    return first if 8 <= len(first) <= 40 and not re.match("(?:通过|在|对|由|根据|结合|前|各|要|经|所有|未|不|仍)", first) and not re.search("将|仍|不得|必须|的要", first) and first[-1] != "、" else ""


def _bare(statement: str) -> bool:
    """Does it say too little of what is done that often, by whom?"""
    left, right = statement.split(BLANK)
    return len(plain(right)) < 7 or len(re.sub(r"\d+次|一次|至少", "", plain(left + right))) < 13


def frequencies(document: Document) -> Iterator[Point]:
    """Give a point for each 每季度, 每年 in a sentence that says what is done that often."""
    for limit in document.facts.deadlines:
        if limit.kind != "recurring" or limit.value not in OFTEN or passage_at(document, limit.span) is None:
            continue
        cut = cut_around(document, limit.span)
        if cut is None or any(other in cut.statement for other in OFTEN) or _bare(cut.statement) or f"{BLANK}、" in cut.statement:
            continue
        yield Point(
            "often", document, cut.passage.section, cut.passage.path, source_name(document, cut.passage.path),
            cut.statement, (limit.value,), (cut.sentence,), (limit.span,),
        )  # fmt: skip
