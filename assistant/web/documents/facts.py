"""The facts of a document by kind, each with the way to its clause."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from assistant.cli.shown import COMPARATORS, FACT_NAMES
from assistant.tasks.matrix import task_of
from assistant.web.frame import details
from assistant.web.markup import element, escape
from assistant.web.source import document_address
from assistant.web.words import Words
from corpus.text import squeeze
from corpus.types import Document, Duty, Span

MOST = 200
"""Facts of one kind that are listed; the others are in the text."""
LONGEST = 160


@dataclass(frozen=True, slots=True)
class Line:
    """One fact. label: what it is about.  values: (name, value).  duty: number of the duty it is, None for others."""

    label: str
    values: tuple[tuple[str, str], ...]
    clause: Span
    words: Span | None = None
    duty: int | None = None


def facts_of(document: Document, w: Words, *, correcting: bool) -> str:
    """Write all facts, a part that can be opened for each kind. correcting: with the way to correct a duty."""
    parts = ""
    for kind in FACT_NAMES:
        lines = list(_LINES[kind](document, w))
        if not lines:
            continue
        rows = "".join(_row(document, line, w, correcting=correcting) for line in lines[:MOST])
        more = element("p", escape(w("more_facts", count=len(lines) - MOST)), class_="quiet") if len(lines) > MOST else ""
        summary = f"{w(f'kind_{kind}')} {len(lines)}"
        parts += details(summary, element("ul", rows, class_="fact-lines") + more, class_="fact-kind", open="" if not parts else None)
    return parts or element("p", escape(w("nothing")), class_="quiet")


def clause_address(document: Document, clause: Span, words: Span | None = None) -> str:
    """Give the address of the document, opened at a clause, with the words in it marked."""
    query = {"start": clause.start, "end": clause.end} | ({"words": f"{words.start}-{words.end}"} if words else {})
    return f"{document_address(document.id)}?{urlencode(query)}#cited"


def _row(document: Document, line: Line, w: Words, *, correcting: bool) -> str:
    link = element("a", escape(_cut(line.label)), class_="cite", href=clause_address(document, line.clause, line.words), lang="zh-CN")
    values = "".join(element("div", element("dt", escape(name)) + element("dd", escape(value), lang="zh-CN")) for name, value in line.values if value)
    correct = ""
    if correcting and line.duty is not None:
        address = f"/documents/{document.id}/correct?{urlencode({'duty': line.duty})}"
        correct = element("a", escape(w("correct")), class_="tool", href=address, aria_label=f"{w('correct')}: {_cut(line.label)[:40]}")
    return element("li", element("div", link + (element("dl", values) if values else ""), class_="fact-words") + correct)


def units_of(duty: Duty, part: str) -> str:
    """Name the units that lead or support, as a person would write them. part: "lead" or "support"."""
    if part == "lead":
        return "、".join(m.value for m in duty.lead)
    return "、".join(m.value for m in duty.support) or (duty.support_text.value if duty.support_text else "")


def _duties(document: Document, w: Words) -> Iterator[Line]:
    for duty in document.facts.duties:
        values = ((w("lead"), units_of(duty, "lead")), (w("support"), units_of(duty, "support")), (w("deadline"), task_of(document, duty).deadline))
        yield Line(duty.task.value, values, duty.clause, None, duty.ordinal)


def _targets(document: Document, w: Words) -> Iterator[Line]:
    for one in document.facts.targets:
        said = f"{COMPARATORS.get(one.comparator, one.comparator)}{one.value}{one.unit}" + (f"({one.period})" if one.period else "")
        yield Line(one.subject or said, (("", said),), one.clause, one.span)


def _deadlines(document: Document, w: Words) -> Iterator[Line]:
    for one in document.facts.deadlines:
        days = " – ".join(day.isoformat() for day in dict.fromkeys((one.since, one.until)) if day)
        yield Line(one.reading or one.value, (("", days),), one.span)


def _definitions(document: Document, w: Words) -> Iterator[Line]:
    for one in document.facts.definitions:
        yield Line(one.term.value, (("", _cut(one.meaning.value)),), one.clause, one.term.span)


def _enumerations(document: Document, w: Words) -> Iterator[Line]:
    for one in document.facts.enumerations:
        yield Line(one.head.value or "—", (("", _cut("、".join(m.value for m in one.members))),), one.clause)


def _members(document: Document, w: Words) -> Iterator[Line]:
    for one in document.facts.members:
        yield Line(f"{one.role}:{one.name.value}", (("", " ".join((one.body, one.post)).strip()),), one.clause, one.name.span)


def _contacts(document: Document, w: Words) -> Iterator[Line]:
    for one in document.facts.contacts:
        yield Line(one.value.value, (("", w(f"contact_{one.kind}") if one.kind in _CONTACTS else one.kind),), one.clause, one.value.span)


_CONTACTS = ("person", "phone", "email", "address", "fax", "website")


def _repeals(document: Document, w: Words) -> Iterator[Line]:
    for one in document.facts.repeals:
        yield Line(f"《{one.title}》{one.number}" if one.title else one.number, (("", w(f"ends_{one.kind}")),), one.clause, one.span)


_LINES: Mapping[str, Callable[[Document, Words], Iterator[Line]]] = {
    "duties": _duties, "targets": _targets, "deadlines": _deadlines, "definitions": _definitions, "enumerations": _enumerations,
    "members": _members, "contacts": _contacts, "repeals": _repeals,
}  # fmt: skip


def _cut(text: str) -> str:
    text = squeeze(text)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
