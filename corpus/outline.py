"""Text to outline: the sequence logic that decides which heading marks open sections, and how sections nest.

A candidate mark opens a section when it is plausible where it stands: the first of its family under the current parent,
the successor of its previous sibling, or the continuation of a numbering that runs on through groups (`1.`…`14.` over
several `(一)`). What breaks the sequence at the start of a line is kept and flagged; in mid-line it is no heading.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

from corpus.attachments import find_attachments
from corpus.boilerplate import contents_spans, footer_start
from corpus.headings import heading_of, reading_of, unmarked_lines
from corpus.marks import FORMAL, LINE, SPACE, Mark, find_marks, marked_headings
from corpus.nesting import bare_numbers, nested, spans_of
from corpus.questions import find_questions
from corpus.task_lists import find_lists
from corpus.text import squeeze, trim
from corpus.types import Note, Section, Source, Span
from corpus.width import narrow

_MAX_GAP = 3
_LOOK_AHEAD = 60
_SIGNS = 12


_Series = tuple[str, tuple[int, ...]]
# Letters, 一是 and ① count from their first on; one that stands alone is text.
_ONLY_FROM_FIRST = ("run", "latin")
_NEVER_ALONE = ("run", "latin", "circled")


_SPACED = ("attachment", "part", "chapter", "section", "article", "decimal")


@dataclass(frozen=True, slots=True)
class Opened:
    """A mark that opens a section. number: read from the mark or, where it is lost, from the sequence."""

    mark: Mark
    number: int | None
    note: str = ""
    previous: int = 0


def _series(mark: Mark) -> _Series:
    """What a number counts in: 2.1, 2.2 are one series, 3.1 begins another."""
    return mark.family, mark.numbers[:-1]


@dataclass(slots=True)
class _Walk:
    """The state of one pass over the candidates: sections open now, and the last number of each family."""

    marks: list[Mark]
    stack: list[Opened] = field(default_factory=list)
    seen: dict[_Series, int] = field(default_factory=dict)
    suspended: dict[_Series, int] = field(default_factory=dict)
    opened: list[Opened] = field(default_factory=list)
    missing: list[tuple[int, Mark, int]] = field(default_factory=list)

    def sibling(self, mark: Mark) -> int | None:
        for entry in reversed(self.stack):
            if entry.mark.rank <= mark.rank:
                return entry.number if entry.mark.rank == mark.rank and _series(entry.mark) == _series(mark) else None
        return None

    def open(self, entry: Opened) -> None:
        mark = entry.mark
        if mark.family == "attachment":
            self.seen.clear()
            self.suspended.clear()
        while self.stack and self.stack[-1].mark.rank >= mark.rank:
            self.stack.pop()
        self.stack.append(entry)
        self.opened.append(entry)
        if entry.number is None:
            return
        series = _series(mark)
        if entry.number == 1 and series in self.seen:
            self.suspended[series] = self.seen[series]
        self.seen[series] = entry.number


def outline(source: Source) -> tuple[Section, ...]:
    """Give the sections of a document, flat and in text order; linear in the length of the text.

    Every section lies inside its parent, siblings do not overlap, and `body` ends where the first child begins.
    """
    text = narrow(source.text)
    end = footer_start(text)
    marks = _candidates(text, source, end)
    walk = _walk(text, marks)
    recovered = [m for start, mark, n in walk.missing for m in unmarked_lines(text, Span(start, mark.start), mark, n)]
    if recovered:
        walk = _walk(text, _in_order([*marks, *recovered]))
    return _sections(source.text, text, _without_idle_runs(walk.opened), end)


def _candidates(text: str, source: Source, end: int) -> list[Mark]:
    attachments = find_attachments(text)
    # The cells of a real table are no headings.
    lists = [found for found in find_lists(text) if not any(found.span.overlaps(table.span) for table in source.tables)]
    blocked = [table.span for table in source.tables] + contents_spans(text)
    blocked += [a.span for a in attachments.announcements] + [task_list.span for task_list in lists]
    plain = find_marks(text)
    plain = _in_order([*plain, *bare_numbers(text, plain)])
    questions = find_questions(text, plain)
    marked = marked_headings(text, source.headings, [*plain, *questions])
    asked = _outside(questions, [*blocked, *spans_of(marked)])
    fixed = [*marked, *asked, *attachments.marks]
    taken = [*spans_of(marked), *spans_of(asked), *(Span(mark.start, mark.after) for mark in attachments.marks)]
    grouped = [mark for task_list in lists for mark in task_list.marks]
    free = nested(_outside(plain, [*blocked, *taken]), [mark.start for mark in attachments.marks])
    return [mark for mark in _in_order([*free, *fixed, *grouped]) if mark.start < end]


def _in_order(marks: Iterable[Mark]) -> list[Mark]:
    return sorted(marks, key=lambda mark: (mark.start, mark.rank))


def _outside(marks: list[Mark], spans: list[Span]) -> list[Mark]:
    ordered = sorted(spans)
    starts = [span.start for span in ordered]
    furthest: list[int] = []
    for span in ordered:
        furthest.append(max(span.end, furthest[-1] if furthest else 0))
    free = []
    for mark in marks:
        at = bisect_right(starts, mark.start) - 1
        if at < 0 or furthest[at] <= mark.start:
            free.append(mark)
    return free


# ---------------------------------------------------------------- the sequence


def _walk(text: str, marks: list[Mark]) -> _Walk:
    walk = _Walk(marks)
    for index, mark in enumerate(marks):
        if mark.title is not None:
            walk.open(Opened(mark, mark.number))
        elif not mark.numbers:
            _open_lost(walk, mark)
        elif entry := _judge(walk, text, index, mark):
            walk.open(entry)
    return walk


def _open_lost(walk: _Walk, mark: Mark) -> None:
    previous = walk.sibling(mark)
    if previous is not None:
        walk.open(Opened(mark, previous + 1, "number_lost", previous))


def _judge(walk: _Walk, text: str, index: int, mark: Mark) -> Opened | None:
    """Decide whether the mark opens a section here; None when it does not."""
    number = mark.numbers[-1]
    if mark.reading:
        return Opened(mark, number, "number_lost", number - 1)
    if mark.family == "decimal" and not _continues_decimal(walk, mark):
        return None
    previous = walk.sibling(mark)
    if previous is None:
        return _judge_first(walk, text, index, mark, number)
    if number == previous + 1:
        return Opened(mark, number)
    if mark.family == "run":
        return Opened(mark, number, "number_skipped", previous) if previous < number <= previous + 2 else None
    if mark.place != LINE:
        return None
    # A box with a numbering of its own stood in between: the outer numbering goes on.
    if number == 1 or number == walk.suspended.get(_series(mark), -1) + 1:
        return Opened(mark, number)
    if number == previous:
        # 第十二条之一 follows 第十二条 and is no repetition.
        return Opened(mark, number, "" if "之" in text[mark.start : mark.after] else "number_repeated", previous)
    if mark.family in FORMAL and number > previous:
        return Opened(mark, number)
    if previous < number <= previous + _MAX_GAP:
        walk.missing.append((_last_start(walk, mark), mark, number - previous - 1))
        return Opened(mark, number, "number_skipped", previous)
    return None


def _judge_first(walk: _Walk, text: str, index: int, mark: Mark, number: int) -> Opened | None:
    before = walk.seen.get(_series(mark))
    if number == 1:
        return Opened(mark, 1) if _may_begin(walk, text, index, mark) else None
    if before is not None and number == before + 1 and mark.family not in _ONLY_FROM_FIRST:
        return Opened(mark, number)
    if mark.place == LINE and number == walk.suspended.get(_series(mark), -1) + 1:
        return Opened(mark, number)
    if mark.place != LINE or mark.family in _ONLY_FROM_FIRST:
        return None
    if mark.family in FORMAL or mark.family == "decimal":
        return Opened(mark, number)
    if before is not None and before < number <= before + _MAX_GAP:
        return Opened(mark, number, "number_skipped", before)
    if number <= _MAX_GAP and (number == 2 or _followed(walk, index, mark, number + 1)):
        parent = next((e for e in reversed(walk.stack) if e.mark.rank < mark.rank), None)
        walk.missing.append((parent.mark.after if parent else 0, mark, number - 1))
        return Opened(mark, number, "number_skipped", 0)
    return None


def _may_begin(walk: _Walk, text: str, index: int, mark: Mark) -> bool:
    if mark.family in _NEVER_ALONE:
        return _followed(walk, index, mark, 2)
    if mark.place <= LINE:
        return True
    following = text[mark.after : mark.after + 2].strip()
    if mark.place == SPACE:
        return bool(following) and (following[0] in "“《" or "\u4e00" <= following[0] <= "\u9fff")
    return _followed(walk, index, mark, 2)


def _followed(walk: _Walk, index: int, mark: Mark, number: int) -> bool:
    """Look whether `number` of the same family comes before anything that encloses it."""
    for later in walk.marks[index + 1 : index + 1 + _LOOK_AHEAD]:
        if later.family == mark.family and later.rank == mark.rank:
            return later.number == number
        if later.rank < mark.rank and later.place == LINE and mark.family in _NEVER_ALONE:
            return False
    return False


def _continues_decimal(walk: _Walk, mark: Mark) -> bool:
    """`4.2.1` counts under an open 4.2 (or a chapter-like 4), or when nothing of the kind is open yet."""
    prefix = mark.numbers[:-1]
    if not prefix:
        return True
    for entry in reversed(walk.stack):
        if entry.mark.family == "decimal":
            own = entry.mark.numbers
            return own[: len(prefix)] == prefix or (mark.numbers[-1] == 1 and own[0] <= prefix[0] <= own[0] + 1)
        if entry.mark.rank < mark.rank and entry.mark.family in ("arabic", "cn", "chapter", "part"):
            return entry.number in (prefix[0], None)
    return mark.numbers[-1] == 1


def _last_start(walk: _Walk, mark: Mark) -> int:
    return next(e.mark.after for e in reversed(walk.opened) if _series(e.mark) == _series(mark))


def _without_idle_runs(opened: list[Opened]) -> list[Opened]:
    """Drop a 一是 that no 二是 follows, and those of a preamble, which would stand beside the document's own headings."""
    first = next((index for index, entry in enumerate(opened) if entry.mark.family != "run"), len(opened))
    if first < len(opened) or any(entry.mark.place != LINE for entry in opened):
        opened = opened[first:]
    kept = []
    for index, entry in enumerate(opened):
        alone = entry.mark.family == "run" and entry.number == 1 and not (
            index + 1 < len(opened) and opened[index + 1].mark.family == "run" and opened[index + 1].number != 1
        )
        if not alone:
            kept.append(entry)
    return kept


# ---------------------------------------------------------------- the sections


def _sections(printed: str, text: str, opened: list[Opened], end: int) -> tuple[Section, ...]:
    sections: list[Section] = []
    stack: list[tuple[int, Opened]] = []
    ends = _ends(text, opened, end)
    for index, entry in enumerate(opened):
        while stack and stack[-1][1].mark.rank >= entry.mark.rank:
            stack.pop()
        parent = stack[-1][0] if stack else -1
        limit = opened[index + 1].mark.start if index + 1 < len(opened) else end
        sections.append(_section(printed, text, entry, Span(limit, ends[index]), sections, parent))
        stack.append((index, entry))
    return tuple(sections)


def _ends(text: str, opened: list[Opened], end: int) -> list[int]:
    """Where each section ends: at the next mark of its rank or wider; the last of a run already with its paragraph."""
    ends = [end] * len(opened)
    stack: list[int] = []
    for index, entry in enumerate(opened):
        while stack and opened[stack[-1]].mark.rank >= entry.mark.rank:
            closed = stack.pop()
            ends[closed] = entry.mark.start
        stack.append(index)
    for index, entry in enumerate(opened):
        if entry.mark.family == "run":
            ends[index] = min(ends[index], _paragraph_end(text, entry.mark.after, ends[index]))
    return ends


def _paragraph_end(text: str, start: int, end: int) -> int:
    at = text.find("\n", start, end)
    while 0 <= at < end:
        # A hard break after `;` does not end a paragraph; a bracket may be broken there too.
        if text[at - 1] not in ";,、":
            return at
        at = text.find("\n", at + 1, end)
    return end


def _section(printed: str, text: str, entry: Opened, bounds: Span, before: list[Section], parent: int) -> Section:
    mark = entry.mark
    limit = min(bounds.start, bounds.end)
    heading, title_span = heading_of(text, mark, limit)
    title = squeeze(printed[title_span.start : title_span.end]).strip("。:;,、*#\uff1a\uff1b\uff0c")
    label = "".join(printed[mark.start : mark.after].split()) if entry.note != "number_lost" else ""
    heading = trim(printed, heading)
    span = trim(printed, Span(mark.start, max(_before_signs(text, bounds.end, heading.end), heading.end)))
    body = trim(printed, Span(heading.end, max(heading.end, _before_signs(text, limit, heading.end))))
    body = body if len(body) else Span(heading.end, heading.end)
    above = before[parent] if parent >= 0 else None
    spaced = mark.family in _SPACED
    own = f"{label}{' ' if spaced and title and label else ''}{title}"
    return Section(
        index=len(before),
        parent=parent,
        family=mark.family,
        level=above.level + 1 if above else 1,
        label=label,
        number=entry.number,
        title=title,
        heading=heading,
        span=span,
        body=body,
        path=(*(above.path if above else ()), *((own,) if own else ())),
        attachment=entry.number if mark.family == "attachment" else above.attachment if above else None,
        notes=_notes(entry, heading, label),
    )


def _before_signs(text: str, end: int, start: int) -> int:
    """Step back over the `## ` or `**` of the next heading's line."""
    at = end
    while at > start and end - at < _SIGNS and text[at - 1] in "# *>":
        at -= 1
    return at if at > start and text[at - 1] == "\n" else end


def _notes(entry: Opened, heading: Span, label: str) -> tuple[Note, ...]:
    if not entry.note or entry.number is None:
        return ()
    mark = entry.mark
    span = Span(mark.start, mark.after) if mark.after > mark.start else heading
    reading = reading_of(mark.family, entry.number)
    if entry.note == "number_lost":
        return (Note("number_lost", f"原文此处编号缺失,按前后顺序应为“{reading}”", span, reading),)
    if entry.note == "number_repeated":
        return (Note("number_repeated", f"原文编号“{label}”重复出现", span),)
    missing = [reading_of(mark.family, n) for n in range(entry.previous + 1, entry.number)]
    return (Note("number_skipped", f"原文编号跳过了“{'”“'.join(missing)}”,此处为“{label}”", span),)


def section_at(sections: tuple[Section, ...], offset: int) -> int:
    """Give the index of the innermost section that contains `offset`, -1 before the first; O(log n + depth)."""
    at = bisect_right(sections, offset, key=lambda section: section.span.start) - 1
    while at >= 0 and sections[at].span.end <= offset:
        at = sections[at].parent
    return at
