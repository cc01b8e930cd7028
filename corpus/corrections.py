"""What people correct in the facts of a document: found again by the words of the clause, and applied after every parse.

A correction names its clause by words of the document, not by a number that another parser would give to another fact. While the
words stand in the document exactly once, the correction holds, also for a new version; when they do not, it rests and says so. The
text itself is never changed: quotes stay what the document says, the fact beside them is the corrected one.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from corpus.dates import deadlines_in
from corpus.errors import InputError
from corpus.text import find_folded, fold, squeeze
from corpus.types import Deadline, Document, Duty, Field, Mention, Note, Span

SHAPE = '例: {"corrections": [{"clause": "原文中的一句", "lead": ["区消防救援大队"], "reason": "清单录入有误"}, {"issued": "2024-03-21"}]}'
_CARD = ("title", "issuer", "number", "issued")
_FACT = ("lead", "support", "deadline")
_LONGEST = 2000
NAMES = {"lead": "牵头单位", "support": "责任(配合)单位", "deadline": "时限", "title": "标题", "issuer": "发文单位", "number": "文号", "issued": "成文日期"}


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction; what is None stays as it was read.

    clause: words of the document that stand in the wrong fact's clause and nowhere else; "" for data of the document itself.
    task: words of the task, where one clause holds several.  lead, support: names of units, () for none.  deadline: as it should read.
    title, issuer, number, issued: data of the document.  reason: why, shown beside answers.
    """

    clause: str = ""
    task: str = ""
    lead: tuple[str, ...] | None = None
    support: tuple[str, ...] | None = None
    deadline: str | None = None
    title: str | None = None
    issuer: str | None = None
    number: str | None = None
    issued: date | None = None
    reason: str = ""

    def says(self) -> dict[str, str]:
        """Give what it sets, by field, as text."""
        found: dict[str, str] = {}
        for name in (*_FACT, *_CARD):
            value = getattr(self, name)
            if value is not None:
                found[name] = "、".join(value) or "(无)" if isinstance(value, tuple) else str(value)
        return found


@dataclass(frozen=True, slots=True)
class Made:
    """A correction in the catalog. at, undone_at: ISO 8601, UTC; undone_at is "" while it holds.  applied: its clause was found."""

    id: int
    document_id: str
    correction: Correction
    at: str
    by: str
    undone_at: str = ""
    undone_by: str = ""
    applied: bool = False


# ---------------------------------------------------------------- from a file


def corrections_in(data: bytes, name: str) -> tuple[Correction, ...]:
    """Read a correction file, TOML when it is called so, else JSON: a list, or an object with `corrections`.

    Raises InputError ("bad_corrections_file") that says which entry is wrong and how it should look.
    """
    try:
        text = data.decode("utf-8-sig")
        value: Any = tomllib.loads(text) if name.lower().endswith(".toml") else json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _bad(f"{name} 读不懂: {error}") from None
    entries = value.get("corrections") if isinstance(value, dict) else value
    if not isinstance(entries, list) or not entries:
        raise _bad(f"{name} 里没有更正")
    return tuple(_correction(entry, f"{name} 第 {position} 项") for position, entry in enumerate(entries, 1))


def _correction(entry: Any, where: str) -> Correction:
    known = {field.name for field in fields(Correction)}
    if not isinstance(entry, dict) or not set(entry) <= known:
        unknown = "、".join(sorted(set(entry) - known)) if isinstance(entry, dict) else ""
        raise _bad(f"{where} 里有不认识的内容: {unknown or entry!r:.60}")
    values = {name: _value(name, value, where) for name, value in entry.items()}
    correction = Correction(**values)
    facts = [name for name in _FACT if getattr(correction, name) is not None]
    if not correction.says():
        raise _bad(f"{where} 没有写改成什么")
    if facts and not correction.clause.strip():
        raise _bad(f"{where} 要用 clause 写明是原文的哪一句")
    return correction


def _value(name: str, value: Any, where: str) -> Any:
    if name in ("lead", "support"):
        units = [value] if isinstance(value, str) else value
        if isinstance(units, list) and all(isinstance(unit, str) and 0 < len(unit) <= _LONGEST for unit in units):
            return tuple(squeeze(unit) for unit in units)
    elif name == "issued":
        try:
            return value if type(value) is date else date.fromisoformat(value)
        except (TypeError, ValueError):
            pass
    elif isinstance(value, str) and len(value) <= _LONGEST and (value.strip() or name in ("reason", "task", "clause")):
        return value.strip()
    raise _bad(f"{where} 的 {name} 不可用: {value!r:.60}")


def _bad(message: str) -> InputError:
    return InputError("bad_corrections_file", message, SHAPE)


# ---------------------------------------------------------------- onto a document


def corrected(document: Document, made: Iterable[Made]) -> Document:
    """Apply corrections in the order they were made; one whose clause is not there leaves a note instead."""
    for one in made:
        try:
            document = apply(document, one.correction, f"{one.by},{one.at[:10]}")
        except InputError as unmet:
            note = Note("correction_rests", f"更正 {one.id} 未生效:{unmet.message}", Span(0, 0))
            document = replace(document, notes=(*document.notes, note))
    return document


def is_applied(document: Document, correction: Correction) -> bool:
    """Does the clause of a correction stand in the document, so that it can be applied?"""
    try:
        apply(document, correction, "")
    except InputError:
        return False
    return True


def apply(document: Document, correction: Correction, by: str) -> Document:
    """Give the document with the correction. by: who made it and when, for the note.

    Raises InputError: "clause_not_found", "ambiguous_clause", "no_fact_there".
    """
    if any(getattr(correction, name) is not None for name in _FACT):
        document = _on_fact(document, correction, by)
    for name in _CARD:
        if getattr(correction, name) is not None:
            document = _on_card(document, name, correction, by)
    return document


def _on_fact(document: Document, correction: Correction, by: str) -> Document:
    clause = _find(document, correction.clause)
    duty = _duty_at(document, clause, correction)
    if duty is not None:
        return _on_duty(document, duty, correction, by)
    if correction.deadline is None or correction.lead is not None or correction.support is not None:
        raise InputError("no_fact_there", f"“{_cut(correction.clause)}”里没有读出任务", "请引用写明任务的那一句")
    stated = [deadline for deadline in document.facts.deadlines if clause.overlaps(deadline.span)]
    if len(stated) != 1:
        code = "ambiguous_clause" if stated else "no_fact_there"
        raise InputError(code, f"“{_cut(correction.clause)}”里读出 {len(stated)} 个时限", "请只引用要更正的那个时限所在的几个字")
    note = _note(stated[0].span, "deadline", stated[0].value, correction.deadline, correction, by)
    deadlines = _exchanged(document.facts.deadlines, stated[0], _deadline(correction.deadline, stated[0].span, document))
    return replace(document, facts=replace(document.facts, deadlines=deadlines), notes=(*document.notes, note))


def _find(document: Document, words: str) -> Span:
    """Find the only place of the words, whatever their width and white space."""
    found = find_folded(words, document.text)
    if found is None:
        raise InputError("clause_not_found", f"文中找不到“{_cut(words)}”", "请从原文中照抄一句")
    if find_folded(words, document.text, Span(found.start + 1, len(document.text))) is not None:
        raise InputError("ambiguous_clause", f"“{_cut(words)}”在文中不止一处", "请多引几个字")
    return found


def _duty_at(document: Document, clause: Span, correction: Correction) -> Duty | None:
    """Find the duty that is stated there: the one with the shortest clause that holds the words."""
    duties = document.facts.duties
    fitting = [duty for duty in duties if duty.clause.covers(clause)] or [duty for duty in duties if clause.covers(duty.clause)]
    if correction.task:
        fitting = [duty for duty in fitting if fold(correction.task) in fold(duty.task.value + duty.heading)]
    else:
        fitting = [duty for duty in fitting if len(duty.clause) == min(len(other.clause) for other in fitting)]
    if len(fitting) > 1:
        tasks = "、".join(f"“{_cut(duty.task.value)}”" for duty in fitting[:4])
        raise InputError("ambiguous_clause", f"“{_cut(correction.clause)}”里有 {len(fitting)} 项任务:{tasks}", "请用 task 写明是哪一项")
    return fitting[0] if fitting else None


def _on_duty(document: Document, duty: Duty, correction: Correction, by: str) -> Document:
    notes: list[Note] = []
    changed, deadlines = duty, document.facts.deadlines
    if correction.lead is not None:
        notes.append(_units_note(duty.lead, "lead", correction.lead, duty, correction, by))
        changed = replace(changed, lead=_units(document, duty, correction.lead), lead_text=None, topics=())
    if correction.support is not None:
        notes.append(_units_note(duty.support, "support", correction.support, duty, correction, by))
        changed = replace(changed, support=_units(document, duty, correction.support), assisting=(), support_text=None, open_list=False)
    if correction.deadline is not None:
        before = duty.deadline
        at = before.span if before else duty.statement
        after = _deadline(correction.deadline, at, document)
        notes.append(_note(at if before else duty.clause, "deadline", before.value if before else "", correction.deadline, correction, by))
        changed = replace(changed, deadline=after)
        same = next((one for one in deadlines if before and one.span == before.span), None)
        deadlines = _exchanged(deadlines, same, after) if same else deadlines
    changed = replace(changed, notes=(*duty.notes, *(replace(note, reading="") for note in notes)))
    facts = replace(document.facts, duties=_exchanged(document.facts.duties, duty, changed), deadlines=deadlines)
    return replace(document, facts=facts, notes=(*document.notes, *notes))


def _units(document: Document, duty: Duty, names: Sequence[str]) -> tuple[Mention, ...]:
    """Point to the name where the clause has it, else to the words that named the wrong ones."""
    return tuple(Mention(name, find_folded(name, document.text, duty.clause) or duty.statement) for name in names)


def _units_note(before: Sequence[Mention], name: str, after: Sequence[str], duty: Duty, correction: Correction, by: str) -> Note:
    return _note(duty.clause, name, "、".join(mention.value for mention in before), "、".join(after) or "(无)", correction, by)


def _deadline(words: str, at: Span, document: Document) -> Deadline:
    """Read the corrected words like those of the document; words that bound nothing stay words."""
    issued = document.card.issued or document.card.published
    found = deadlines_in(words, Span(0, len(words)), issued=issued)
    read = found[0] if found else Deadline(words, at, "relative")
    return replace(read, value=squeeze(words), span=at, reading="")


def _on_card(document: Document, name: str, correction: Correction, by: str) -> Document:
    card = document.card
    stated = card.all(name)
    named = stated or card.all("title")
    value = correction.says()[name]
    before = str(getattr(card, name) or "")
    at = named[0].span if named else _first_line(document.text)
    note = _note(at, name, before, value, correction, by)
    field = Field(name, f"{NAMES[name]}(人工更正)", value, at, note.message)
    kept = tuple(one for one in card.fields if one.name != name)
    set_to: dict[str, Any] = {name: getattr(correction, name), "fields": tuple(sorted((*kept, field), key=lambda one: one.span))}
    return replace(document, card=replace(card, **set_to), notes=(*document.notes, note))


def _first_line(text: str) -> Span:
    start = len(text) - len(text.lstrip())
    end = text.find("\n", start)
    return Span(start, end if end > start else len(text))


def _note(span: Span, name: str, before: str, after: str, correction: Correction, by: str) -> Note:
    """Say what was corrected; `reading` is the corrected value where the span is the very words it stands for."""
    said = f"已人工更正:{NAMES[name]}“{before or '未读出'}”改为“{after}”"
    why = ";".join(part for part in (correction.reason, by) if part)
    return Note("corrected", said + (f"({why})" if why else ""), span, after if name == "deadline" and before else "")


def _exchanged(values: tuple[Any, ...], old: Any, new: Any) -> tuple[Any, ...]:
    return tuple(new if value is old else value for value in values)


def _cut(words: str) -> str:
    words = squeeze(words)
    return words if len(words) <= 30 else words[:30] + "…"
