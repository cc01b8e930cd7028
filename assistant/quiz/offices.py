"""Points from duties: who leads, who cooperates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.answering.clauses import segments, sentences
from assistant.question.tagging import words
from assistant.quiz.points import Point, plain
from assistant.quiz.wording import BLANK, inner, pretty, source_name, unnumbered, whole
from corpus.types import Document, Duty, Mention, Span
from corpus.units import is_open_list, is_unit_name

_GROUP = re.compile(r"各|有关|相关|其他|等|级|成员单位|部门$|单位$|企业$|^(?:镇|乡|街道|园区)(?:[（(、]|$)")
_HALF = re.compile(r"(?:基础上|前提下|时|后|下|中|为重点|为主线|为目标|为抓手|等|的)$|(?:^|，)(?:根据|按照|对照|结合|针对|通过|围绕|聚焦)[^，]*$")
"""A condition or an occasion does not name a task."""
_HARMLESS = frozenset(("rule_inherited",))
LONGEST_LABEL = 46


def label_of(document: Document, duty: Duty) -> str:
    """The words a question calls a task by: its own heading, else the first part of its text; "" when none can stand alone."""
    if duty.source == "bracket" and len(duty.heading) >= 6:
        return pretty(duty.heading) if _says_to_do(duty.heading) else ""
    text = document.text
    first = next(iter(sentences(text, duty.task.span)), None)
    if first is None:
        return ""
    label = ""
    for piece in segments(text, first):
        grown = pretty(unnumbered(text[first.start : piece.end])).strip("，。；：、")
        if len(grown) > LONGEST_LABEL and label:
            break
        label = grown
        if len(plain(label)) >= 14 and whole(label) and not _HALF.search(label):
            break
    fit = 8 <= len(label) <= 2 * LONGEST_LABEL and whole(label) and not re.match("(?:其|该|此|并|以上|上述)", label) and not _HALF.search(label)
    return label if fit else ""


def _says_to_do(heading: str) -> bool:
    """Has it a verb? 大型商业综合体 is a thing, not a task."""
    return any(tag.startswith("v") for _, tag in words().tag(heading))


def offices(document: Document) -> Iterator[Point]:
    """Give a point for each task with named units: those that lead, those that cooperate."""
    labels = [plain(label_of(document, duty)) for duty in document.facts.duties]
    for duty, label in zip(document.facts.duties, labels, strict=True):
        if not label or labels.count(label) > 1 or not _sound(duty):
            continue
        task = inner(label_of(document, duty))
        if _named(duty.lead) and not _open_after(document, duty.lead):
            yield _point(document, duty, task, "lead", duty.lead, "牵头单位")
        label_printed = pretty(re.sub(r"[:：]", "", duty.support_label))
        if duty.lead and duty.support and _named(duty.support) and not duty.open_list and not duty.support_text and not _open_after(document, duty.support):
            yield _point(document, duty, task, "support", duty.support, label_printed if "配合" in label_printed else "配合单位")


def _sound(duty: Duty) -> bool:
    return duty.scope == "item" and not duty.topics and {note.code for note in duty.notes} <= _HARMLESS and duty.source in ("row", "bracket")


def _named(units: tuple[Mention, ...]) -> bool:
    """Are all of them single offices by name, stated here, and not too many to ask for?"""
    return 1 <= len(units) <= 6 and not any(m.inherited or _GROUP.search(m.value) or not is_unit_name(m.value) for m in units)


def _open_after(document: Document, units: tuple[Mention, ...]) -> bool:
    end = max(m.span.end for m in units)
    printed = document.text[min(m.span.start for m in units) : end + 24].split("\n")[0]
    after = document.text[end : end + 3].strip()
    return after.startswith("等") or is_open_list(re.split("牵头|[。;；]", printed)[0]) and "等" in printed


def _point(document: Document, duty: Duty, task: str, family: str, units: tuple[Mention, ...], called: str) -> Point:
    values = tuple(dict.fromkeys(pretty(m.value) for m in units))
    asked = "由哪些单位牵头？" if family == "lead" else f"的{called}有哪些？"
    return Point(
        "lead" if family == "lead" else "support", document, duty.section, duty.path, source_name(document, duty.path),
        f"“{task}”这项任务的{called}是{BLANK}", values, quotes_of(document, duty), tuple(m.span for m in units),
        prompt=task, question=f"“{task}”这项任务{asked}" if len(values) > 1 else "", duty=duty.ordinal,
    )  # fmt: skip


def quotes_of(document: Document, duty: Duty) -> tuple[Span, ...]:
    """The clause that proves it; of a long one the sentence that says the task and the words that name the units."""
    if len(duty.clause) <= 400:
        return (duty.clause,)
    head = next(iter(sentences(document.text, duty.task.span)), duty.task.span)
    return (head, duty.statement) if not head.overlaps(duty.statement) else (duty.clause,)
