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

from corpus.attachments import find_attachments
from corpus.boilerplate import footer_start
from corpus.columns import Column, columns_of, is_task_header, likely_role, role_of
from corpus.list_cells import GROUP_MARK, NUMBER, NUMBERED, ListCell, cells_in, kind_of
from corpus.marks import LINE, RANKS, Mark
from corpus.numbers import value_of
from corpus.types import Span

_HEADER_CELL = 14
_UNKNOWN_LABELS = 2
_FIRST_NUMBER = 12
_UNNUMBERED_TASK, _PERSON, _GROUP = 300, 20, 30
_UNITS = ("lead", "support", "assist")
_TYPED = ("deadline", *_UNITS)
_STOPS = ("。", ";", ":", ",", "!", "?")
_GROUP_RANK = 55


@dataclass(frozen=True, slots=True)
class Row:
    """One task of a list; every cell is a span of the text, None when it is empty or the list has no such column."""

    number: str
    span: Span
    task: Span
    deadline: Span | None = None
    lead: Span | None = None
    support: Span | None = None
    assist: Span | None = None
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


def find_lists(text: str) -> tuple[TaskList, ...]:
    """Find the flattened task lists of a narrow text; linear in its length."""
    cells = list(cells_in(text))
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


def _header(text: str, cells: list[ListCell], at: int) -> tuple[tuple[Column, ...], int] | None:
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
    numbered = index < len(cells) and bool(NUMBER.fullmatch(cells[index].span.of(text)))
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
    return len(label) <= 8 and not NUMBER.match(label) and not GROUP_MARK.match(label) and not re.search(r"[。;:,“]|\d", label)


def _is_broken(label: str, following: str) -> bool:
    if not following or len(label) + len(following) > _HEADER_CELL:
        return False
    return likely_role(label + following) is not None and (likely_role(label) is None or following in ("单位", "部门", "时限"))


# ---------------------------------------------------------------- rows


@dataclass(frozen=True, slots=True)
class _Layout:
    """How the rows are printed. roles: of the columns, in order. own_number: numbers stand on lines of their own.

    numbered: rows have numbers at all. blanks: the usual number of empty lines between cells.
    """

    roles: tuple[str, ...]
    own_number: bool
    numbered: bool
    blanks: int

    @property
    def groups(self) -> tuple[str, ...]:
        return tuple(role for role in ("system", "measure") if role in self.roles)

    @property
    def typed_before_task(self) -> int:
        return sum(role in _TYPED for role in self.roles[: self.roles.index("task")])

    @property
    def untyped_after_task(self) -> int:
        """Columns of free text (a person) between the task and the first time limit or units after it."""
        after = self.roles[self.roles.index("task") + 1 :]
        return next((at for at, role in enumerate(after) if role in _TYPED), 0)

    @property
    def trailing(self) -> tuple[str, ...]:
        """Columns after the last time limit or units."""
        last = max(at for at, role in enumerate(self.roles) if role in _TYPED)
        return self.roles[last + 1 :]


def _task_list(text: str, columns: tuple[Column, ...], header: Span, body: list[ListCell]) -> TaskList | None:
    labels = {column.label for column in columns}
    body = [cell for cell in body if cell.span.of(text) not in labels]
    own_number = _numbers_stand_alone(text, columns, body)
    typed = [replace(cell, kind=kind_of(text, cell.span, own_number)) for cell in body]
    blanks = Counter(cell.blanks for cell in typed).most_common(1)[0][0] if typed else 0
    numbered = any(cell.kind == "number" for cell in typed[:_FIRST_NUMBER])
    layout = _Layout(tuple(column.role for column in columns), own_number, numbered, blanks)
    rows = _rows(text, list(_blocks(text, typed, layout)), layout)
    if len(rows) < 2:
        return None
    return TaskList(Span(header.start, rows[-1].span.end), header, columns, tuple(rows), tuple(_group_marks(text, rows)))


def _numbers_stand_alone(text: str, columns: tuple[Column, ...], body: list[ListCell]) -> bool:
    if not any(column.role == "number" for column in columns):
        return False
    alone = sum(bool(NUMBER.fullmatch(cell.span.of(text))) for cell in body[:60])
    inline = sum(bool(NUMBERED.match(cell.span.of(text))) for cell in body[:60])
    return alone >= 2 and alone * 2 >= inline


@dataclass(frozen=True, slots=True)
class _Block:
    """The cells from one row number to the next."""

    number: str
    cells: tuple[ListCell, ...]


def _blocks(text: str, cells: list[ListCell], layout: _Layout) -> Iterator[_Block]:
    """Cut the cells at row numbers; in front of the first number stand groups (number "")."""
    number, block = "", list[ListCell]()
    for cell in cells:
        if not layout.numbered and block and cell.kind in ("text", "group") and block[-1].kind in ("units", "deadline"):
            yield _Block("", tuple(block))
            block = []
        if cell.kind != "number" or not layout.numbered:
            block.append(cell)
            continue
        yield _Block(number, tuple(block))
        printed = (NUMBER if layout.own_number else NUMBERED).match(cell.span.of(text))
        number = printed.group(1) if printed else ""
        block = [] if layout.own_number else [replace(cell, kind="text")]
    yield _Block(number, tuple(block))


def _rows(text: str, blocks: list[_Block], layout: _Layout) -> list[Row]:
    rows: list[Row] = []
    groups: dict[str, Span] = {}
    idle = 0
    for block in blocks:
        is_row = bool(block.number) or not layout.numbered
        cells = _text_first(list(block.cells), layout) if is_row else list(block.cells)
        used = _row_length(cells, layout)
        row, leading = _row(text, block.number, cells[:used], layout) if is_row else (None, cells[:used])
        groups = _regrouped(groups, _named_groups(text, leading, layout, groups))
        if row is not None:
            rows.append(replace(row, measure=groups.get("measure"), system=groups.get("system")))
            idle = 0
        else:
            idle += is_row
        if idle > (3 if layout.numbered else 0):
            break
        groups = _regrouped(groups, _named_groups(text, cells[used:], layout, groups))
    return rows


def _text_first(cells: list[ListCell], layout: _Layout) -> list[ListCell]:
    """Where the header puts the task first, the first cell is text even if it reads like an office (检查加油站)."""
    order = [role for role in layout.roles if role not in ("number", "other", "person", "remark")]
    if cells and order and order[0] in ("system", "measure", "task") and cells[0].kind in ("units", "deadline"):
        return [replace(cells[0], kind="text"), *cells[1:]]
    return cells


def _regrouped(groups: dict[str, Span], named: dict[str, Span]) -> dict[str, Span]:
    # A new 主要任务 ends the 落实举措 of the one before.
    kept = {} if "system" in named else groups
    return {**kept, **named}


def _row_length(cells: list[ListCell], layout: _Layout) -> int:
    """How many cells belong to the row itself; what follows its last column are groups of the next row."""
    last = max((at for at, cell in enumerate(cells) if cell.kind in ("deadline", "units")), default=-1)
    if last < 0:
        return 0 if any(cell.kind == "group" for cell in cells) else len(cells)
    end = last + 1
    for role in layout.trailing:
        if end < len(cells) and cells[end].kind == "text" and (role == "task" or cells[end].blanks <= layout.blanks):
            end += 1
    return end


def _row(text: str, number: str, cells: list[ListCell], layout: _Layout) -> tuple[Row | None, list[ListCell]]:
    """Put the cells of a row into its columns: (row, group cells that stand in front of its task)."""
    deadlines = [cell for cell in cells if cell.kind == "deadline"]
    units = [cell for cell in cells if cell.kind == "units"]
    leading, task = _task_cells(cells, layout)
    if not task or not (deadlines or units) or (not layout.numbered and _is_prose(text, task, layout)):
        return None, [cell for cell in cells if cell.kind in ("text", "group")]
    if not deadlines and "deadline" in layout.roles and len(task) + len(leading) > 1 and _is_next(layout.roles, "task", "deadline"):
        # An unknown wording stands where the time limit has to be.
        deadlines, task = [task[-1]], task[:-1] or leading[-1:]
        leading = [cell for cell in leading if cell not in task]
    task_span = Span(task[0].span.start, task[-1].span.end)
    front = leading if layout.own_number else []
    placed = _placed_units(text, units, [role for role in layout.roles if role in _UNITS])
    row = Row(
        number,
        Span(min(cell.span.start for cell in (*front, *task, *deadlines, *units)), max(cell.span.end for cell in cells)),
        task_span,
        deadline=deadlines[0].span if deadlines else None,
        lead=placed.get("lead"),
        support=placed.get("support"),
        assist=placed.get("assist"),
    )
    return row, leading


def _is_prose(text: str, task: list[ListCell], layout: _Layout) -> bool:
    """Without numbers, a paragraph set off below the list is no row of it."""
    words = text[task[0].span.start : task[-1].span.end]
    return len(words) > _UNNUMBERED_TASK or (task[0].blanks > layout.blanks and "," in words and words.endswith("。"))


def _task_cells(cells: list[ListCell], layout: _Layout) -> tuple[list[ListCell], list[ListCell]]:
    """Give the group cells and the task cells of a row: the text between its time limits and units where the header puts it."""
    typed = [cell.span.start for cell in cells if cell.kind in ("deadline", "units")]
    texts = [cell for cell in cells if cell.kind in ("text", "group")]
    before = layout.typed_before_task
    first = typed[before - 1] if 0 < before <= len(typed) else -1
    stop = typed[before] if before < len(typed) else max((cell.span.end for cell in cells), default=0)
    inside = [cell for cell in texts if first < cell.span.start < stop]
    early = [cell for cell in texts if before and typed and cell.span.start < typed[0]]
    if before and not typed[before:]:
        inside = inside[:1]
    persons = layout.untyped_after_task
    if persons and len(inside) > persons and all(len(cell.span) <= _PERSON for cell in inside[-persons:]):
        inside = inside[:-persons]
    others = sum(role == "other" for role in layout.roles[: layout.roles.index("task")])
    split = 0 if before else min(len(inside) - 1, len(layout.groups) or others)
    return [*early, *inside[: max(split, 0)]], inside[max(split, 0) :]


def _placed_units(text: str, units: list[ListCell], roles: list[str]) -> dict[str, Span]:
    """Put the cells of units into the columns of units; a cell that was broken over lines is joined where the gap is smallest."""
    spans, gaps = [cell.span for cell in units], [cell.blanks for cell in units]
    while roles and len(spans) > len(roles):
        near = [index for index in range(1, len(spans)) if not text[spans[index - 1].end : spans[index].start].strip()]
        if not near:
            break
        at = min(near, key=lambda index: gaps[index])
        spans[at - 1 : at + 1] = [Span(spans[at - 1].start, spans[at].end)]
        del gaps[at]
    placed: dict[str, Span] = {}
    for role, span in zip(roles, spans, strict=False):
        placed[role] = Span(placed[role].start, span.end) if role in placed else span
    return placed


def _is_next(roles: Sequence[str], role: str, following: str) -> bool:
    return following in roles and list(roles).index(following) == list(roles).index(role) + 1


def _named_groups(text: str, cells: list[ListCell], layout: _Layout, known: dict[str, Span]) -> dict[str, Span]:
    """Read group cells into 主要任务 (system) and 落实举措 (measure): a numbered one is the finer of the two."""
    marked = [cell for cell in cells if cell.kind == "group"]
    plain = [cell for cell in cells if cell.kind == "text"]
    fine = [cell for cell in marked if text[cell.span.start] == "("]
    if fine and len(fine) < len(marked):
        marked, plain = fine, [*(cell for cell in marked if cell not in fine), *plain]
    if not layout.groups:
        return _groups_by_form(text, marked, plain)
    named: dict[str, Span] = {}
    if "system" in layout.groups and (marked or len(plain) > 1):
        if plain:
            named["system"] = plain[0].span
        finer = marked[-1:] or plain[1:2]
        if finer:
            named["measure"] = finer[0].span
    elif plain or marked:
        role = "system" if "system" in layout.groups and "measure" in known else layout.groups[-1]
        named[role] = (plain or marked)[-1].span
    return named


def _groups_by_form(text: str, marked: list[ListCell], plain: list[ListCell]) -> dict[str, Span]:
    """Under a header that has no column of groups, a short line that ends in no stop, or a numbered one, is a group."""
    wide = [cell for cell in plain if len(cell.span) <= _GROUP and not cell.span.of(text).endswith(_STOPS)]
    if len(wide) < len(plain):
        return {}
    return {**({"system": wide[-1].span} if wide else {}), **({"measure": marked[-1].span} if marked else {})}


def _group_marks(text: str, rows: list[Row]) -> Iterator[Mark]:
    seen: set[Span] = set()
    for row in rows:
        for span, rank in ((row.system, _GROUP_RANK), (row.measure, RANKS["cn_paren"])):
            if span is None or span in seen:
                continue
            seen.add(span)
            printed = GROUP_MARK.match(text, span.start, span.end)
            after = printed.end() if printed else span.start
            number = value_of(printed.group(1) or printed.group(2)) if printed else None
            family = "cn_paren" if printed else "cell"
            numbers = (number,) if number is not None else ()
            yield Mark(family, rank, numbers, span.start, after, LINE, title=Span(after, span.end))
