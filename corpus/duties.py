"""Who has to do what until when: the rows of task lists and tables, responsibility brackets, and running text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date

from corpus.boilerplate import footer_start
from corpus.brackets import responsibility_brackets, within
from corpus.columns import is_assisting
from corpus.dates import deadlines_in, parse_cell
from corpus.groups import closes_group, of_group
from corpus.outline import section_at
from corpus.sentences import Found, find_labelled, find_sentences
from corpus.standing_rules import under_rules
from corpus.statements import ALSO_BELOW, Statement, read_statement
from corpus.tables import GridCell, TaskTable, cells_of, task_table
from corpus.task_lists import Row, TaskList, find_lists
from corpus.text import squeeze, trim
from corpus.types import Deadline, Duty, Mention, Note, Section, Source, Span
from corpus.units import is_open_list, split_units
from corpus.width import narrow
from corpus.wrapping import unwrapped

_NUMBER = re.compile(r"\s*[(]?(\d{1,3})[)]?[.、)]?\s*")
_HEADING = re.compile(r"(?P<heading>[^。\n]{2,40})。(?=\s*\S)")
# 以下均需要镇(街道、园区)配合,不再列出: a cell that speaks for the rows below it.
_RULE = re.compile(r"以下(?:任务|各项|工作|事项)?(?:均|都)?(?:需要?|须|应)?由?(?P<units>[^,。;]{2,40}?)(?P<role>配合|参与|负责)")
_PARTED = re.compile(r"牵头|(?:配合|协助)$|单位:|部门:")
_WORDS = re.compile(r"[\u4e00-\u9fff]{2}")
_ITEM_LIMIT = 4000


def duties(source: Source, sections: tuple[Section, ...], issued: date | None = None) -> tuple[Duty, ...]:
    """Give all duties a document states, in text order. issued: stands in where a time limit names no year.

    Every span lies in the text; a duty found in a list or bracket is not reported again as a sentence.
    """
    text = narrow(source.text)
    text = text[: footer_start(text)]
    # The cells of a real table stand one a line in the text: it is read as a table only.
    lists = [found for found in find_lists(text) if not any(found.span.overlaps(table.span) for table in source.tables)]
    tables = [found_table for table in source.tables if (found_table := task_table(table, text)) is not None]
    taken = tuple(sorted([task_list.span for task_list in lists] + [table.span for table in source.tables]))
    brackets = tuple(b for b in responsibility_brackets(text) if not within(taken, b.start))
    found: list[Duty] = []
    for task_list in lists:
        found += _list_duties(text, task_list, sections, issued)
    for table in tables:
        found += _table_duties(text, table, sections, issued)
    blocked = tuple(sorted([*taken, *brackets]))
    labelled = tuple(find_labelled(text, lambda offset: within(blocked, offset), issued=issued))
    marks = tuple(sorted([*brackets, *(at for at, statement in labelled if statement.names_units)]))
    found += _bracket_duties(text, brackets, marks, sections, issued)
    found += _labelled_duties(text, labelled, marks, sections)
    found += _running_duties(text, taken, [*brackets, *(at for at, _ in labelled)], sections, issued)
    found = [_in_print(source.text, duty) for duty in under_rules(text, _completed(found))]
    found.sort(key=lambda duty: (duty.clause.start, duty.statement.start))
    return tuple(replace(duty, ordinal=ordinal) for ordinal, duty in enumerate(found))


def _completed(found: list[Duty]) -> list[Duty]:
    """A bracket that names helpers only leaves the lead to a sentence of its item (A牵头完成…。(配合单位:B)): one duty says both."""
    taken: dict[int, Duty] = {}
    used: set[int] = set()
    for at, duty in enumerate(found):
        if duty.source != "bracket" or duty.lead or not is_assisting(duty.support_label):
            continue
        inside = [i for i, other in enumerate(found) if other.source == "sentence" and other.lead and duty.clause.covers(other.clause)]
        if len(inside) == 1:
            said = found[inside[0]]
            taken[at] = replace(duty, lead=said.lead, deadline=duty.deadline or said.deadline)
            used.update(inside)
    return [taken.get(at, duty) for at, duty in enumerate(found) if at not in used]


def _in_print(printed: str, duty: Duty) -> Duty:
    """Values are read on the narrow copy; show them with the punctuation of the document."""
    return replace(
        duty,
        task=_printed(printed, duty.task),
        system=_printed(printed, duty.system) if duty.system else None,
        measure=_printed(printed, duty.measure) if duty.measure else None,
        lead=tuple(_printed(printed, mention) for mention in duty.lead),
        support=tuple(_printed(printed, mention) for mention in duty.support),
        assisting=tuple(_printed(printed, mention) for mention in duty.assisting),
        lead_text=_printed(printed, duty.lead_text) if duty.lead_text else None,
        support_text=_printed(printed, duty.support_text) if duty.support_text else None,
    )


def _printed(printed: str, mention: Mention) -> Mention:
    return replace(mention, value=squeeze(mention.span.of(printed)))


def _mention(text: str, span: Span, *, inherited: bool = False) -> Mention:
    at = trim(text, span)
    return Mention(squeeze(at.of(text)), at, inherited)


def _placed(sections: tuple[Section, ...], index: int) -> tuple[int, tuple[str, ...], int | None]:
    if index < 0:
        return -1, (), None
    return index, sections[index].path, sections[index].attachment


def _who(text: str, lead: Span | None, support: Span | None) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
    """Read the cells of units: (lead, support); a 责任单位 cell may tell them apart itself (A牵头,B配合; 牵头单位:A)."""
    leads = _printed_units(text, lead)
    if lead is None and support is not None and _PARTED.search(text, support.start, support.end):
        statement = read_statement(text, support)
        return tuple(statement.lead), tuple(statement.support)
    return leads, _printed_units(text, support)


def _printed_units(text: str, span: Span | None) -> tuple[Mention, ...]:
    """The units of a cell; a dash that fills an empty cell is none."""
    return split_units(text, span) if span is not None and _WORDS.search(text, span.start, span.end) else ()


def _limit(text: str, span: Span, issued: date | None) -> Deadline | None:
    """Read a cell of time limits; a wording without a date (立行立改) is kept as it is printed."""
    value = squeeze(span.of(text))
    worded = Deadline(value, span, "relative") if re.search(r"[\u4e00-\u9fff]{2}", value) else None
    return parse_cell(text, span, issued) or worded


def _run_in(text: str, span: Span) -> str:
    start = span.start
    if number := _NUMBER.match(text, start, span.end):
        start = number.end()
    found = _HEADING.match(text, start, span.end)
    return squeeze(found.group("heading")) if found else ""


# ---------------------------------------------------------------- rows


def _list_duties(text: str, task_list: TaskList, sections: tuple[Section, ...], issued: date | None) -> Iterator[Duty]:
    label = next((column.label for column in task_list.columns if column.role == "support"), "")
    rule: Mention | None = None
    above: set[Span] = set()
    for row in task_list.rows:
        duty = _row_duty(text, row, label, above, sections, issued)
        above |= {span for span in (row.system, row.measure) if span}
        if rule is not None and duty.support_text is None:
            note = Note("rule_inherited", f"上方单元格载明:{rule.value}对以下各项均有配合责任", rule.span)
            duty = replace(duty, support=(*duty.support, rule), notes=(*duty.notes, note))
        yield duty
        stated = _RULE.search(text, row.support.start, row.support.end) if row.support else None
        if stated:
            rule = _mention(text, Span(stated.start("units"), stated.end("units")), inherited=True)


def _row_duty(
    text: str, row: Row, label: str, above: Collection[Span], sections: tuple[Section, ...], issued: date | None
) -> Duty:
    """above: group cells that a row above began; here they are inherited."""
    section, path, attachment = _placed(sections, section_at(sections, row.task.start))
    rule = _RULE.search(text, row.support.start, row.support.end) if row.support else None
    lead, support = _who(text, row.lead, Span(row.support.start, rule.start()) if row.support and rule else row.support)
    assisting = _printed_units(text, row.assist)
    cells = [cell for cell in (row.deadline, row.lead, row.support, row.assist) if cell is not None]
    return Duty(
        0, "row", section, path, attachment,
        clause=row.span,
        statement=Span(min(c.start for c in cells), max(c.end for c in cells)) if cells else row.span,
        task=_mention(text, row.task),
        number=row.number,
        heading=_run_in(text, row.task),
        system=_mention(text, row.system, inherited=row.system in above) if row.system else None,
        measure=_mention(text, row.measure, inherited=row.measure in above) if row.measure else None,
        lead=lead,
        support=(*support, *assisting),
        support_label=label if row.support else "",
        assisting=assisting,
        support_text=_mention(text, row.support) if row.support and rule else None,
        lead_text=_mention(text, row.lead) if row.lead else None,
        deadline=_limit(text, row.deadline, issued) if row.deadline else None,
        open_list=bool(row.lead and is_open_list(row.lead.of(text))),
    )


def _table_duties(text: str, table: TaskTable, sections: tuple[Section, ...], issued: date | None) -> Iterator[Duty]:
    label = next((column.label for column in table.columns if column.role == "support"), "")
    band: Mention | None = None
    for cells in table.rows:
        if (across := _band(text, cells)) is not None:
            band = across
            continue
        found = {role: cell for role, cell in cells_of(table, cells).items() if len(trim(text, cell.span))}
        own = [cell.span for cell in cells if cell is not None and not cell.merged and len(cell.span)]
        task = found.get("task") or found.get("measure")
        if task is None or not own or not found.keys() & {"lead", "support", "assist", "deadline"}:
            continue
        yield _under(band, _table_duty(text, found, task, own, label, sections, issued))


def _band(text: str, cells: Sequence[GridCell | None]) -> Mention | None:
    """A cell that runs across the whole table groups the rows below it."""
    spans = {cell.span for cell in cells if cell is not None and len(trim(text, cell.span))}
    wide = len(spans) == 1 and sum(cell is not None and cell.span in spans for cell in cells) > 1
    return _mention(text, spans.pop(), inherited=True) if wide else None


def _under(band: Mention | None, duty: Duty) -> Duty:
    if band is None:
        return duty
    above = (*duty.path[: len(duty.path) - sum(group is not None for group in (duty.system, duty.measure))], band.value)
    return replace(duty, path=(*above, *duty.path[len(above) - 1 :]), system=duty.system or band)


def _table_duty(
    text: str, found: dict[str, GridCell], task: GridCell, own: list[Span], label: str, sections: tuple[Section, ...],
    issued: date | None,
) -> Duty:
    section, path, attachment = _placed(sections, section_at(sections, own[0].start))
    groups = {
        role: _mention(text, found[role].span, inherited=found[role].merged)
        for role in ("system", "measure") if role in found and found[role] is not task
    }
    lead, support, assist, limit = found.get("lead"), found.get("support"), found.get("assist"), found.get("deadline")
    leads, supports = _who(text, lead.span if lead else None, support.span if support else None)
    assisting = tuple(replace(m, inherited=assist.merged) for m in _printed_units(text, assist.span)) if assist else ()
    lent = support is not None and support.merged
    stated = [cell.span for cell in (limit, lead, support, assist) if cell is not None and not cell.merged]
    clause = Span(min(s.start for s in own), max(s.end for s in own))
    deadline = _limit(text, trim(text, limit.span), issued) if limit else None
    printed = _NUMBER.fullmatch(text, found["number"].span.start, found["number"].span.end) if "number" in found else None
    inline = _NUMBER.match(text, task.span.start, task.span.end)
    return Duty(
        0, "row", section, (*path, *(group.value for group in groups.values())), attachment,
        clause=clause,
        statement=Span(min(s.start for s in stated), max(s.end for s in stated)) if stated else clause,
        task=_mention(text, task.span, inherited=task.merged),
        number=printed.group(1) if printed else inline.group(1) if inline else "",
        heading=_run_in(text, task.span),
        system=groups.get("system"),
        measure=groups.get("measure"),
        lead=tuple(replace(mention, inherited=lead.merged if lead and lead.span.covers(mention.span) else lent) for mention in leads),
        support=(*(replace(mention, inherited=lent) for mention in supports), *assisting),
        support_label=label if support else "",
        assisting=assisting,
        lead_text=_mention(text, lead.span, inherited=lead.merged) if lead else None,
        deadline=replace(deadline, inherited=limit.merged) if deadline and limit else None,
        open_list=bool(lead and is_open_list(lead.span.of(text))),
    )


# ---------------------------------------------------------------- brackets


def _bracket_duties(
    text: str, brackets: tuple[Span, ...], marks: tuple[Span, ...], sections: tuple[Section, ...], issued: date | None
) -> Iterator[Duty]:
    """marks: all places of the text that say who is responsible, brackets and labelled lines."""
    ends: dict[int, int] = {}
    for bracket in brackets:
        inner = Span(bracket.start + 1, bracket.end - 1)
        statement = read_statement(text, inner, issued=issued)
        if not (statement.names_units or statement.lead_text or statement.support_text or statement.deadline):
            continue
        home = _item_section(sections, bracket.start)
        start = _item_start(text, sections, home, bracket.start, ends.get(home, 0))
        ends[home] = bracket.end
        duty = _statement_duty(text, "bracket", statement, Span(start, bracket.end), bracket, sections, home)
        if ALSO_BELOW.search(text, inner.start, inner.end):
            scope = "attachment" if duty.attachment is not None else "document"
            yield replace(duty, scope=scope, notes=(*duty.notes, Note("also_below", "原文注明“下同”,以下各项均适用", bracket)))
        elif closes_group(sections, home, marks):
            yield of_group(text, duty, sections, bracket)
        else:
            yield duty


def _item_section(sections: tuple[Section, ...], offset: int) -> int:
    """The section whose item a statement closes: 一是…二是… are parts of an item, not items."""
    at = section_at(sections, offset)
    while at >= 0 and sections[at].family == "run":
        at = sections[at].parent
    return at


def _item_start(text: str, sections: tuple[Section, ...], home: int, at: int, previous: int) -> int:
    if home >= 0 and previous <= sections[home].span.start:
        start = sections[home].span.start
    elif previous > (sections[home].span.start if home >= 0 else 0):
        start = previous
    else:
        start = text.rfind("\n\n", 0, at) + 1
    start = max(start, at - _ITEM_LIMIT)
    while start < at and text[start] in " \n。;,、":
        start += 1
    return start


def _statement_duty(
    text: str, kind: str, statement: Statement, clause: Span, at: Span, sections: tuple[Section, ...], home: int
) -> Duty:
    section, path, attachment = _placed(sections, home)
    whole = home >= 0 and clause.start == sections[home].span.start
    return Duty(
        0, kind, section, path, attachment,
        clause=clause,
        statement=at,
        task=_mention(text, Span(clause.start, max(at.start, clause.start))),
        number=sections[home].label.strip("()（）.、．。") if whole else "",
        heading=sections[home].title if whole else _run_in(text, Span(clause.start, at.start)),
        lead=tuple(statement.lead),
        support=tuple(statement.support),
        support_label=statement.label,
        assisting=statement.assisting,
        support_text=statement.support_text,
        lead_text=statement.lead_text,
        deadline=statement.deadline,
        topics=tuple(statement.topics),
        open_list=statement.open_list,
    )


# ---------------------------------------------------------------- running text


def _labelled_duties(
    text: str, labelled: Sequence[tuple[Span, Statement]], marks: tuple[Span, ...], sections: tuple[Section, ...]
) -> Iterator[Duty]:
    ends: dict[int, int] = {}
    for at, statement in labelled:
        home = _item_section(sections, at.start)
        start = _item_start(text, sections, home, at.start, ends.get(home, 0))
        ends[home] = at.end
        if not statement.names_units:
            continue
        duty = _statement_duty(text, "sentence", statement, trim(text, Span(start, at.end)), at, sections, home)
        # 责任单位:A on a line of its own below the last item; within the item it is the item's.
        below = text[max(at.start - 1, 0) : at.start] == "\n"
        yield of_group(text, duty, sections, at) if below and closes_group(sections, home, marks) else duty


def _running_duties(
    text: str, taken: tuple[Span, ...], read: list[Span], sections: tuple[Section, ...], issued: date | None
) -> Iterator[Duty]:
    """read: what is read already, as a bracket or a labelled line."""
    plain = _blanked(unwrapped(text), read)
    for found in find_sentences(plain, lambda offset: within(taken, offset)):
        yield _sentence_duty(text, found, sections, issued)


def _blanked(text: str, spans: list[Span]) -> str:
    """Blank out what is read already, so that a sentence that holds a bracket is not read by it a second time."""
    parts, at = [], 0
    for span in sorted(spans):
        parts += [text[at : span.start], " " * (span.end - max(at, span.start))]
        at = max(at, span.end)
    return "".join([*parts, text[at:]])


def _own_limit(text: str, clause: Span, issued: date | None) -> Deadline | None:
    """The time limit that a sentence of duty sets: the first one to keep, not a date it mentions."""
    limits = deadlines_in(text, clause, issued=issued)
    return next((limit for limit in limits if limit.kind in ("by", "during") or limit.value.endswith("前")), None)


def _sentence_duty(text: str, found: Found, sections: tuple[Section, ...], issued: date | None) -> Duty:
    home = section_at(sections, found.clause.start)
    section, path, attachment = _placed(sections, home)
    return Duty(
        0, "sentence", section, path, attachment,
        clause=found.clause,
        statement=found.statement,
        task=_mention(text, found.task),
        heading=sections[home].title if home >= 0 else "",
        lead=found.lead,
        support=found.support,
        support_label=found.label,
        deadline=_own_limit(text, found.clause, issued),
        open_list=found.open_list,
    )
