"""Task lists that a web page flattened to one cell per line: the printed header tells the columns, the cells their kind.

Merged group cells are printed once, empty cells leave an extra blank line or nothing at all, a cell may be broken over
lines. So a cell is first recognised by what it is (number, text, time limit, units) and then put into the next column of
that kind.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from corpus.attachments import find_attachments
from corpus.boilerplate import footer_start
from corpus.columns import Column, columns_of, is_task_header, likely_role, role_of
from corpus.dates import parse_cell
from corpus.marks import LINE, RANKS, Mark
from corpus.numbers import CN, value_of
from corpus.types import Span
from corpus.unit_names import COLLECTIVE, NOT_FIRST, SUFFIXES
from corpus.units import split_units

_HEADER_CELL = 14
_UNKNOWN_LABELS = 2
_GROUP_RANK = 55
_NUMBER = re.compile(r"(\d{1,3})[.、]?$")
_NUMBERED = re.compile(r"(\d{1,3})[.、](?!\d(?!\d{3}年))\s?(?=\S)")
_GROUP_MARK = re.compile(rf"[(]([{CN}]{{1,3}})[)]|([{CN}]{{1,3}})、")
_TIME_WORDS = re.compile(r"时间|节点|时限|期限|进度|要求确定|即时|立即|全年|适时|按期|按时|年|月|长期|常态")
_DUTY_WORDS = re.compile(r"(?:负责|配合|牵头|落实)(?:$|[,。;])")


@dataclass(frozen=True, slots=True)
class Row:
    """One task of a list; every cell is a span of the text, None when it is empty or the list has no such column."""

    number: str
    span: Span
    task: Span
    deadline: Span | None = None
    lead: Span | None = None
    support: Span | None = None
    measure: Span | None = None
    system: Span | None = None


@dataclass(frozen=True, slots=True)
class TaskList:
    """A flattened list. header: its label cells. marks: the group headings inside it, for the outline."""

    span: Span
    header: Span
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class _Cell:
    """kind: "number", "text", "deadline", "units", "group". blanks: empty lines in front of it."""

    span: Span
    blanks: int
    kind: str = "text"


def find_lists(text: str) -> tuple[TaskList, ...]:
    """Find the flattened task lists of a narrow text; linear in its length."""
    cells = list(_cells(text))
    stops = sorted([mark.start for mark in find_attachments(text).marks] + [footer_start(text), len(text)])
    lists = []
    at = 0
    while at < len(cells):
        header = _header(text, cells, at)
        if header is None:
            at += 1
            continue
        columns, first = header
        stop = next(stop for stop in stops if stop > cells[at].span.start)
        body = [cell for cell in cells[first:] if cell.span.start < stop]
        found = _task_list(text, columns, Span(cells[at].span.start, cells[first - 1].span.end), body)
        if found is not None:
            lists.append(found)
        at = first if found is None else first + sum(cell.span.end <= found.span.end for cell in body)
    return tuple(lists)


def _cells(text: str) -> Iterator[_Cell]:
    """Give the non-empty lines; a line that begins or follows with `、` continues the cell before it."""
    at = blanks = 0
    pending: _Cell | None = None
    for line in text.split("\n"):
        start = at + len(line) - len(line.lstrip())
        span = Span(start, at + len(line.rstrip()))
        at += len(line) + 1
        if not line.strip():
            blanks += 1
            continue
        if pending is not None and (text[start] in "、," or text[pending.span.end - 1] in "、,") and len(span) < 120:
            pending = replace(pending, span=Span(pending.span.start, span.end))
        else:
            if pending is not None:
                yield pending
            pending = _Cell(span, blanks)
        blanks = 0
    if pending is not None:
        yield pending


def _header(text: str, cells: list[_Cell], at: int) -> tuple[tuple[Column, ...], int] | None:
    """Read the columns printed one label a line from `at` on: (columns, index of the first cell after them).

    Labels that no table knows are taken between known ones, and at the end where a row number follows them.
    """
    if len(cells[at].span) > _HEADER_CELL or likely_role(cells[at].span.of(text)) is None:
        return None
    labels: list[str] = []
    index, known = at, (0, at)
    while index < len(cells) and index < at + 24 and len(labels) - known[0] <= _UNKNOWN_LABELS:
        label = cells[index].span.of(text)
        following = cells[index + 1].span.of(text) if index + 1 < len(cells) else ""
        broken = _is_broken(label, following)
        role = _label_role(label + following if broken else label, labels)
        if role is None and not _may_be_label(label):
            break
        labels.append(label + following if broken else label)
        index += 2 if broken else 1
        if role is not None:
            known = len(labels), index
    numbered = index < len(cells) and bool(_NUMBER.fullmatch(cells[index].span.of(text)))
    if not numbered or len(labels) - known[0] > _UNKNOWN_LABELS:
        labels, index = labels[: known[0]], known[1]
    columns = columns_of(labels)
    return (columns, index) if len(labels) >= 3 and is_task_header(columns) else None


def _label_role(label: str, before: Sequence[str]) -> str | None:
    # Once the units are named, 压实工作措施 is a group of tasks and no column of them.
    role = likely_role(label)
    late = role == "text" and any(likely_role(known) in ("lead", "support") for known in before)
    return role_of(label) if late else role


def _may_be_label(label: str) -> bool:
    return len(label) <= 8 and not _NUMBER.match(label) and not _GROUP_MARK.match(label) and not re.search(r"[。;:,“]|\d", label)


def _is_broken(label: str, following: str) -> bool:
    if not following or len(label) + len(following) > _HEADER_CELL:
        return False
    return likely_role(label + following) is not None and (likely_role(label) is None or following in ("单位", "部门", "时限"))


# ---------------------------------------------------------------- rows


def _task_list(text: str, columns: tuple[Column, ...], header: Span, body: list[_Cell]) -> TaskList | None:
    labels = {column.label for column in columns}
    body = [cell for cell in body if cell.span.of(text) not in labels]
    own_number = _numbers_stand_alone(text, columns, body)
    typed = [replace(cell, kind=_kind(text, cell.span, own_number)) for cell in body]
    blanks = Counter(cell.blanks for cell in typed).most_common(1)[0][0] if typed else 0
    rows = _rows(text, columns, list(_blocks(text, typed, own_number)), blanks)
    if len(rows) < 2:
        return None
    return TaskList(Span(header.start, rows[-1].span.end), header, columns, tuple(rows), tuple(_group_marks(text, rows)))


def _numbers_stand_alone(text: str, columns: tuple[Column, ...], body: list[_Cell]) -> bool:
    if not any(column.role == "number" for column in columns):
        return False
    alone = sum(bool(_NUMBER.fullmatch(cell.span.of(text))) for cell in body[:60])
    inline = sum(bool(_NUMBERED.match(cell.span.of(text))) for cell in body[:60])
    return alone >= 2 and alone * 2 >= inline


def _kind(text: str, span: Span, own_number: bool) -> str:
    cell = span.of(text)
    if own_number and _NUMBER.fullmatch(cell):
        return "number"
    if not own_number and _NUMBERED.match(cell):
        return "number"
    if _GROUP_MARK.match(cell):
        return "group"
    if looks_like_deadline(text, span):
        return "deadline"
    return "units" if looks_like_units(text, span) else "text"


def looks_like_deadline(text: str, span: Span, issued: date | None = None) -> bool:
    """Tell whether a short cell states when: a date, 常态化, 根据上级…时间节点确定."""
    if len(span) > 30 or span.of(text).endswith("。"):
        return False
    deadline = parse_cell(text, span, issued)
    if deadline is None:
        return False
    rest = re.sub(r"[\d年月日底前末到至起\-—~.,、/之以持续长期常态化坚持推进完成每季度半上下旬中初内并始终]", "", deadline.value)
    dated = deadline.kind != "relative" and len(rest) <= 4
    return dated or (len(span) <= 24 and bool(re.search(r"时间|节点|时限|期限", deadline.value)))


def looks_like_units(text: str, span: Span) -> bool:
    """Tell whether a cell names units, or says who is responsible by a rule (区各相关部门按职责分工负责,…)."""
    cell = span.of(text)
    if len(span) > 400:
        return False
    names = [mention.value for mention in split_units(text, span)]
    named = [name for name in names if len(name) <= 24 and _is_unit_name(name)]
    if names and len(named) * 3 >= len(names) * 2:
        return True
    return bool(_DUTY_WORDS.search(cell)) and len(named) > 0 and not _NUMBERED.match(cell)


def _is_unit_name(name: str) -> bool:
    bare = re.sub(r"[(][^()]*[)]", "", name)
    if bare.startswith("各") and len(bare) <= 12:
        return True
    return not bare.startswith(NOT_FIRST) and (bare.endswith((*SUFFIXES, *COLLECTIVE)) or name.endswith(COLLECTIVE))


@dataclass(frozen=True, slots=True)
class _Block:
    """The cells from one row number to the next."""

    number: str
    cells: tuple[_Cell, ...]


def _blocks(text: str, cells: list[_Cell], own_number: bool) -> Iterator[_Block]:
    """Cut the cells at row numbers; in front of the first number stand groups (number "")."""
    number, block = "", list[_Cell]()
    for cell in cells:
        if cell.kind != "number":
            block.append(cell)
            continue
        yield _Block(number, tuple(block))
        printed = (_NUMBER if own_number else _NUMBERED).match(cell.span.of(text))
        number = printed.group(1) if printed else ""
        block = [] if own_number else [replace(cell, kind="text")]
    yield _Block(number, tuple(block))


def _rows(text: str, columns: tuple[Column, ...], blocks: list[_Block], blanks: int) -> list[Row]:
    rows: list[Row] = []
    roles = [column.role for column in columns]
    grouped = [role for role in ("system", "measure") if role in roles]
    groups: dict[str, Span] = {}
    idle = 0
    for block in blocks:
        cells = _text_first(list(block.cells), roles) if block.number else list(block.cells)
        used = _row_length(cells, blanks, roles)
        row, leading = _row(text, block.number, cells[:used], roles, grouped)
        groups = _regrouped(groups, _named_groups(text, leading, grouped, groups))
        if row is not None:
            rows.append(replace(row, measure=groups.get("measure"), system=groups.get("system")))
            idle = 0
        else:
            idle += bool(block.number)
        if idle > 3:
            break
        groups = _regrouped(groups, _named_groups(text, cells[used:], grouped, groups))
    return rows


def _text_first(cells: list[_Cell], roles: Sequence[str]) -> list[_Cell]:
    """Where the header puts the task first, the first cell is text even if it reads like an office (检查加油站)."""
    order = [role for role in roles if role not in ("number", "other", "person", "remark")]
    if cells and order and order[0] in ("system", "measure", "task") and cells[0].kind in ("units", "deadline"):
        return [replace(cells[0], kind="text"), *cells[1:]]
    return cells


def _regrouped(groups: dict[str, Span], named: dict[str, Span]) -> dict[str, Span]:
    # A new 主要任务 ends the 落实举措 of the one before.
    kept = {} if "system" in named else groups
    return {**kept, **named}


def _row_length(cells: list[_Cell], blanks: int, roles: Sequence[str]) -> int:
    """How many cells belong to the row itself; what follows its last time limit or units are groups of the next row."""
    last = max((at for at, cell in enumerate(cells) if cell.kind in ("deadline", "units")), default=-1)
    if last < 0:
        return 0 if any(cell.kind == "group" for cell in cells) else len(cells)
    remark = "remark" in roles and roles.index("remark") > max(roles.index(r) for r in roles if r in ("lead", "support", "deadline"))
    if remark and last + 1 < len(cells) and cells[last + 1].kind == "text" and cells[last + 1].blanks <= blanks:
        return last + 2
    return last + 1


def _row(
    text: str, number: str, cells: list[_Cell], roles: Sequence[str], grouped: list[str]
) -> tuple[Row | None, list[_Cell]]:
    """Put the cells of a row into its columns: (row, group cells that stand in front of its task)."""
    deadlines = [cell for cell in cells if cell.kind == "deadline"]
    units = [cell for cell in cells if cell.kind == "units"]
    first = min((cell.span.start for cell in (*deadlines, *units)), default=None)
    texts = [cell for cell in cells if cell.kind in ("text", "group") and (first is None or cell.span.start < first)]
    if not texts or first is None or not number:
        return None, [cell for cell in cells if cell.kind in ("text", "group")]
    if not deadlines and "deadline" in roles and len(texts) > 1 and _is_next(roles, "task", "deadline"):
        # An unknown wording stands where the time limit has to be.
        deadlines, texts = [texts[-1]], texts[:-1]
    split = min(len(texts) - 1, len(grouped))
    leading, task = texts[:split], texts[split:]
    task_span = Span(task[0].span.start, task[-1].span.end)
    unit_roles = [role for role in roles if role in ("lead", "support")]
    placed = dict(zip(unit_roles, [cell.span for cell in units], strict=False))
    row = Row(
        number,
        Span(task_span.start, max(cell.span.end for cell in cells)),
        task_span,
        deadline=deadlines[0].span if deadlines else None,
        lead=placed.get("lead"),
        support=placed.get("support"),
    )
    return row, leading


def _is_next(roles: Sequence[str], role: str, following: str) -> bool:
    return following in roles and list(roles).index(following) == list(roles).index(role) + 1


def _named_groups(text: str, cells: list[_Cell], grouped: list[str], known: dict[str, Span]) -> dict[str, Span]:
    """Read group cells into 主要任务 (system) and 落实举措 (measure): a numbered one is the finer of the two."""
    named: dict[str, Span] = {}
    if not grouped:
        return named
    marked = [cell for cell in cells if cell.kind == "group"]
    plain = [cell for cell in cells if cell.kind == "text"]
    if "system" in grouped and (marked or len(plain) > 1):
        if plain:
            named["system"] = plain[0].span
        finer = marked[-1:] or plain[1:2]
        if finer:
            named["measure"] = finer[0].span
    elif plain or marked:
        role = "system" if "system" in grouped and "measure" in known else grouped[-1]
        named[role] = (plain or marked)[-1].span
    return named


def _group_marks(text: str, rows: list[Row]) -> Iterator[Mark]:
    seen: set[Span] = set()
    for row in rows:
        for span, rank in ((row.system, _GROUP_RANK), (row.measure, RANKS["cn_paren"])):
            if span is None or span in seen:
                continue
            seen.add(span)
            printed = _GROUP_MARK.match(text, span.start, span.end)
            after = printed.end() if printed else span.start
            number = value_of(printed.group(1) or printed.group(2)) if printed else None
            family = "cn_paren" if printed else "cell"
            numbers = (number,) if number is not None else ()
            yield Mark(family, rank, numbers, span.start, after, LINE, title=Span(after, span.end))
