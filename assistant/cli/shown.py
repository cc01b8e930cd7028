"""A document as a person looks it over: what it is, how it is built, what was read in it, each with the place it stands at."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from corpus.text import squeeze
from corpus.types import Deadline, Document, Duty, Field, Mention, Note, Section, Span, Target

FACT_NAMES = {
    "duties": "任务",
    "targets": "指标",
    "deadlines": "时限",
    "definitions": "定义",
    "enumerations": "列举",
    "members": "人员",
    "contacts": "联系方式",
    "repeals": "废止和修改",
}
FIELD_NAMES = {
    "title": "标题",
    "issuer": "发文单位",
    "number": "文号",
    "index_number": "索引号",
    "issued": "成文日期",
    "published": "发布日期",
    "source": "来源",
    "addressees": "主送",
    "category": "分类",
    "genre": "文种",
    "disclosure": "公开方式",
    "audience": "公开范围",
    "place": "地区",
    "basis": "依据",
    "effective": "施行日期",
    "expires": "有效期",
    "attachment": "附件",
    "printed_by": "印发机关",
    "period": "时段",
    "validity": "有效性",
    "keywords": "主题词",
    "copies": "抄送",
    "meeting_time": "会议时间",
    "meeting_place": "会议地点",
}
CONTACT_NAMES = {"person": "联系人", "phone": "电话", "email": "邮箱", "address": "地址", "fax": "传真", "website": "网址"}
COMPARATORS = {"=": "", ">=": "不低于 ", "<=": "不超过 ", ">": "高于 ", "<": "低于 ", "+": "增加 ", "-": "下降 ", "->": ""}
ENDINGS = {"repealed": "废止", "replaced": "代替", "amended": "修改"}
_OWN_NUMBER = re.compile(r"^\d{1,3}[.、.]\s*")
WIDTH = 100
"""Characters of a long sentence that are shown."""


def lines_of(document: Document, part: str, remarks: Sequence[str] = ()) -> Iterator[str]:
    """Give one part of a document as lines. part: "card", "outline", "facts" or "text".  remarks: on the edition, beside the card."""
    if part == "outline":
        return _outline(document)
    if part == "facts":
        return _facts(document)
    if part == "text":
        return iter((document.text,))
    return _card(document, remarks)


# ---------------------------------------------------------------- card


def _card(document: Document, remarks: Sequence[str]) -> Iterator[str]:
    yield document.title
    yield f"编号: {document.id}  文件: {document.name}  第 {document.version} 版  {len(document.text)} 字"
    yield from (f"注意: {remark}" for remark in remarks)
    order = {name: at for at, name in enumerate(FIELD_NAMES)}
    fields = sorted(document.card.fields, key=lambda field: order.get(field.name, len(order)))
    for name, same in groupby(fields, key=lambda field: field.name):
        if name != "title":
            yield from _field_lines(name, list(same))
    yield "读出: " + ("、".join(f"{FACT_NAMES[name]} {count}" for name, count in document.facts.counts() if count) or "没有事项")
    yield from (f"注意: {_noted(note)}" for note in document.notes)


def _field_lines(name: str, fields: Sequence[Field]) -> Iterator[str]:
    """Say each value once; where several are stated, with the label under which each is printed."""
    label = FIELD_NAMES.get(name, name)
    values = {field.value: field for field in reversed(fields)}
    told = [field for field in fields if values[field.value] is field]
    if all(not field.note for field in told) and name in ("place", "attachment", "basis", "addressees"):
        yield f"{label}: " + "、".join(_cut(field.value) for field in told)
        return
    for field in told:
        printed = f" [{field.label}]" if field.label and field.label != label and len(told) > 1 else ""
        yield f"{label}: {_cut(field.value)}{printed}" + (f" ({field.note})" if field.note else "")


# ---------------------------------------------------------------- outline


def _outline(document: Document) -> Iterator[str]:
    counts = _facts_by_section(document)
    for section in document.sections:
        depth = max(len(section.path) - 1, 0)
        found = "、".join(f"{FACT_NAMES[kind]} {count}" for kind, count in sorted(counts[section.index].items(), key=_by_kind))
        heading = _cut(section.path[-1] if section.path else section.title, 60)
        yield "  " * depth + heading + (f"  〔{found}〕" if found else "")
        yield from ("  " * depth + f"  注意: {_noted(note)}" for note in section.notes)
    if not document.sections:
        yield "没有读出章节"


def _by_kind(item: tuple[str, int]) -> int:
    return list(FACT_NAMES).index(item[0])


def _facts_by_section(document: Document) -> dict[int, Counter[str]]:
    counts: dict[int, Counter[str]] = {section.index: Counter() for section in document.sections}
    for kind in ("duties", "targets", "definitions", "enumerations", "members"):
        for fact in getattr(document.facts, kind):
            if fact.section in counts:
                counts[fact.section][kind] += 1
    return counts


# ---------------------------------------------------------------- facts


def _facts(document: Document) -> Iterator[str]:
    text, facts = document.text, document.facts
    listed: tuple[tuple[str, Iterable[str]], ...] = (
        ("duties", _duty_lines(document.sections, facts.duties)),
        ("targets", (line for t in facts.targets for line in _numbered(t.ordinal, _target_line(t), _place(t.path)))),
        ("deadlines", (f"  {_deadline_line(d)}  …{_around(text, d.span)}…" for d in facts.deadlines)),
        ("definitions", (f"  {d.term.value}: {_cut(d.meaning.value)}" for d in facts.definitions)),
        ("enumerations", (f"  {_cut(e.head.value, 40)}({len(e.members)} 项): {_cut(_names(e.members))}" for e in facts.enumerations)),
        ("members", (f"  {m.body} {m.role}: {m.name.value}" + (f"({m.post})" if m.post else "") for m in facts.members)),
        ("contacts", (f"  {CONTACT_NAMES.get(c.kind, c.kind)}: {c.value.value}" for c in facts.contacts)),
        ("repeals", (f"  {ENDINGS[r.kind]}{f'《{r.title}》' if r.title else ''}{r.number}" + (f",自 {r.since} 起" if r.since else "") for r in facts.repeals)),
    )
    for kind, lines in listed:
        if count := len(getattr(facts, kind)):
            yield f"【{FACT_NAMES[kind]}】{count} 项"
            yield from lines
            yield ""
    if not any(count for _, count in facts.counts()):
        yield "没有读出事项"


def _duty_lines(sections: Sequence[Section], duties: Sequence[Duty]) -> Iterator[str]:
    """Give every duty below the heading it stands under."""
    for path, below in groupby(duties, key=lambda duty: duty.path):
        if path:
            yield f"  {' › '.join(_cut(part, 40) for part in path)}"
        said: list[tuple[str, str]] = []
        for duty in below:
            yield from _numbered(duty.ordinal, _cut(_OWN_NUMBER.sub("", duty.task.value)), "")
            parts = list(_duty_parts(duty))
            # A remark that holds for all of a list is said at the first of them.
            yield from (f"       {label}: {value}" for label, value in parts if label != "注意" or (label, value) not in said)
            said = parts


def _duty_parts(duty: Duty) -> Iterator[tuple[str, str]]:
    etc = "等" if duty.open_list else ""
    if duty.lead:
        yield "牵头", _names(duty.lead) + ("" if duty.support else etc)
    if duty.support:
        others = [mention for mention in duty.support if mention not in duty.assisting]
        yield duty.support_label or "责任(配合)", _names(others) + etc
        if duty.assisting:
            yield "配合", _names(duty.assisting)
    elif duty.support_text:
        yield duty.support_label or "责任(配合)", duty.support_text.value
    if not duty.lead and not duty.support and not duty.support_text:
        yield "单位", "没有写明"
    if duty.deadline:
        yield "时限", _deadline_line(duty.deadline)
    for note in duty.notes:
        yield "注意", _noted(note)


def _names(mentions: Sequence[Mention]) -> str:
    return "、".join(mention.value + ("(沿用上文)" if mention.inherited else "") for mention in mentions)


def _target_line(target: Target) -> str:
    period = f"({target.period})" if target.period else ""
    return f"{_cut(target.subject, 50)}: {COMPARATORS.get(target.comparator, target.comparator)}{target.value}{target.unit}{period}"


def _deadline_line(deadline: Deadline) -> str:
    """Give the words and the days that they were read as."""
    said = deadline.value + (f"(应为{deadline.reading})" if deadline.reading else "")
    read = {
        "by": _day(deadline.until, "不晚于 "),
        "from": _day(deadline.since, "自 ", " 起"),
        "during": f"{_day(deadline.since)} 至 {_day(deadline.until)}" if deadline.since and deadline.until else "",
        "ongoing": "长期",
        "recurring": "每年(每月)",
        "relative": "没有具体日期",
    }.get(deadline.kind, "")
    if deadline.since is not None and deadline.since == deadline.until:
        read = _day(deadline.until)
    return f"{said} = {read}" if read and read != said else said


def _day(day: date | None, before: str = "", after: str = "") -> str:
    return f"{before}{day.isoformat()}{after}" if day else ""


def _numbered(ordinal: int, words: str, place: str) -> Iterator[str]:
    yield f"  {ordinal + 1:>3}. {words}" + (f"  〔{place}〕" if place else "")


def _place(path: Sequence[str]) -> str:
    return _cut(path[-1], 30) if path else ""


def _around(text: str, span: Span) -> str:
    """Give the words before and after a place, on one line."""
    return squeeze(text[max(span.start - 14, 0) : span.end + 14].replace("\n", " "))


def _noted(note: Note) -> str:
    shown: Any = note.reading if note.code != "corrected" else ""
    return note.message + (f" (应为:{shown})" if shown else "")


def _cut(words: str, limit: int = WIDTH) -> str:
    words = squeeze(words)
    return words if len(words) <= limit else words[: limit - 1] + "…"
