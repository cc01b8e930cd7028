"""Whole-library questions: all tasks of a unit or date, and how many there are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.draft import Draft, Quote, lines, names, shortened
from assistant.answering.evidence import LISTED, ScoredDuty, document_meant, in_scope
from assistant.compose.duties import quote_of
from assistant.compose.texts import clean
from assistant.library.library import Library
from assistant.question.kinds import JOINTLY, SEVERAL_LEAD
from assistant.question.query import Query
from assistant.question.terms import coverage
from corpus.numbers import CN, value_of
from corpus.text import fold
from corpus.types import Deadline, Document, Duty, Section, Span
from corpus.units import unit_matches

TOTAL = 1400
"""Characters a list of tasks may take; the tasks are cut evenly to fit, their clauses are all cited."""

MANY = 60
"""Documents whose duties are read for one question, in a large library."""

ONGOING = re.compile("常态化|长期(?!护理|照护|居住|合同|趋势|规划)")
"""Tasks without an end are asked for."""

Row = tuple[Document, Duty]


def tasks_of(query: Query, library: Library) -> list[Row]:
    """Find every duty that fits the units, role, dates and scope of the question, in document order."""
    documents, _ = _looked_through(query, library)
    rows = [(d, f) for d in library.reading(documents, "duties", "deadlines") for f in d.facts.duties if in_scope(d, f.section, query)]
    if LISTED.search(query.folded + query.text.lower()) and any(f.source == "row" for _, f in rows):
        rows = [(d, f) for d, f in rows if f.source == "row"]
    persons = persons_asked(query, rows)
    if persons:
        rows = [(d, f) for d, f in rows if any(name in fold(f.clause.of(d.text)) for name in persons)]
    elif query.units:
        rows = [(d, f) for d, f in rows if _has_unit(query, f)]
    if query.until:
        rows = [(d, f) for d, f in rows if any(_due(query, limit) for limit in _limits(d, f))]
    # 2025年实事里9月底前的: the year and the day are said apart.
    if (not query.until or _a_year(query)) and (day := _day_asked(query)):
        rows = [(d, f) for d, f in rows if any(limit.until and day in ((limit.until.month, limit.until.day), (limit.until.month, 0)) for limit in _limits(d, f))]
    if ONGOING.search(query.folded) and not query.until:
        rows = [(d, f) for d, f in rows if f.deadline and f.deadline.kind == "ongoing"]
    if (several := _leads_asked(query)) and not query.units:
        rows = [(d, f) for d, f in rows if len(f.lead) >= several]
        marked = [(d, f) for d, f in rows if any(mark.group() in fold(f.clause.of(d.text)) for mark in JOINTLY.finditer(query.folded))]
        rows = marked or rows
    return rows


def _limits(document: Document, duty: Duty) -> Sequence[Deadline]:
    """The limit of a task, else those that its own sentences state: 2026年6月底前开放。(牵头单位:…)."""
    if duty.deadline or duty.source == "row":
        return (duty.deadline,) if duty.deadline else ()
    return [limit for limit in document.facts.deadlines if duty.clause.covers(limit.span)]


def _looked_through(query: Query, library: Library) -> tuple[Sequence[Document], int]:
    """Give the documents whose duties are looked through, and how many more state something of the kind: more than anybody would read
    through are not read to be counted either, the closest are."""
    every = library.stating(query.scope.documents, *stating_of(query, library))
    documents = every if library.small else library.closest(every, query.topic or query.folded, MANY)
    return documents, len(every) - len(documents)


def _partial(query: Query, library: Library) -> tuple[str, ...]:
    """Say so where only some of the documents were looked through."""
    documents, more = _looked_through(query, library)
    return (f"写到所问单位或时间的文件有{len(documents) + more}份,这里只数了最相近的{len(documents)}份",) if more else ()


def stating_of(query: Query, library: Library) -> list[frozenset[str]]:
    """Give the documents that can hold what `tasks_of` keeps, a set for each of its conditions; none in a small library."""
    if library.small:
        return []
    book = library.factbook
    sets = [book.with_units(query.units)] if query.units else []
    if query.until:
        sets.append(book.due(None if _by_any_day(query) else min(query.since or query.until, query.until), query.until))
    elif day := _day_asked(query):
        sets.append(book.due_on(*day))
    if not query.until and ONGOING.search(query.folded):
        sets.append(book.due_kind("ongoing"))
    if (several := _leads_asked(query)) and not query.units:
        sets.append(frozenset(row.id for row in book.rows if row.leads >= several))
    return sets


_OFFICE_HOLDER = re.compile(r"(副?(?:省|市|区|县|镇|乡)长|主任|副主任|书记|副书记|局长|副局长|常委)[\s:]*([㐀-鿿]{2,4})(?=\s*(?:[|;,]|$))", re.MULTILINE)
_TITLED = re.compile("([㐀-鿿])(副?(?:省|市|区|县|镇|乡)长|副?主任|副?书记|副?局长|常委)")


def persons_asked(query: Query, rows: Sequence[Row]) -> tuple[str, ...]:
    """Names in the rows (a column 责任领导) that the question asks about, whole (季云帆) or by surname and title (温副区长)."""
    holders = {match.groups() for d, f in rows if f.source == "row" for match in _OFFICE_HOLDER.finditer(f.clause.of(d.text))}
    titled = set(_TITLED.findall(query.folded))
    return tuple(sorted({name for title, name in holders if name in query.folded or (name[0], title) in titled}))


OF_SOMEBODY = re.compile("负责|分管|包保|挂|管|领|牵头|责任|名下|手[里上头]")
"""Words that may tie tasks to a person."""


def by_person(query: Query, library: Library) -> Draft | None:
    """List the rows of the person a question names."""
    if not re.search(f"{OF_SOMEBODY.pattern}|哪些|几", query.folded) or query.units:
        return None
    listed = [row.id for row in library.rows if row.listed]
    documents = library.closest(library.stating(query.scope.documents, listed), query.folded, MANY)
    rows = [(d, f) for d in library.reading(documents, "duties") for f in d.facts.duties if in_scope(d, f.section, query)]
    return reverse(query, library) if persons_asked(query, rows) else None


def _leads_asked(query: Query) -> int:
    """How many leads at least: 两个以上部门牵头 → 2, 共同牵头 → 2; 0 when not asked."""
    match = SEVERAL_LEAD.search(query.folded)
    if match:
        return max(value_of(match.group("number")) or 2, 2)
    return 2 if JOINTLY.search(query.folded) else 0


def _day_asked(query: Query) -> tuple[int, int] | None:
    """Month and day of a limit asked for without a year (4月15号前); day 0 for the month as a whole (12月完成的)."""
    match = re.search(r"(?<!\d)(\d{1,2})月(?:(\d{1,2})[日号]|底)", query.folded)
    whole = re.search(r"(?<!\d)(\d{1,2})月份?(?:前|内|要|完成|到期)", query.folded)
    if not match:
        return (int(whole.group(1)), 0) if whole and 1 <= int(whole.group(1)) <= 12 else None
    month = int(match.group(1))
    if not 1 <= month <= 12:
        return None
    last = 29 if month == 2 else 30 if month in (4, 6, 9, 11) else 31
    return month, int(match.group(2) or (28 if last == 29 else last))


def _has_unit(query: Query, duty: Duty) -> bool:
    mentions = {"lead": duty.lead, "support": duty.support}.get(query.role, duty.lead + duty.support)
    return any(unit_matches(unit, m.value) for unit in query.units for m in mentions)


def _by_any_day(query: Query) -> bool:
    """Is every limit up to the day meant, not only that day's?"""
    return bool(re.search(r"(?:之前|以前|前完成|前要|前必须|内)(?!期限)", query.folded)) and not re.search(r"底前|日前", query.folded)


def _a_year(query: Query) -> bool:
    return query.since is not None and query.until is not None and (query.since.month, query.since.day, query.until.month, query.until.day) == (1, 1, 12, 31)


def _due(query: Query, limit: Deadline) -> bool:
    if limit.until is None or query.until is None:
        return False
    if _by_any_day(query):
        return limit.until <= query.until
    if query.since and query.since != query.until and limit.since is None:
        return query.since <= limit.until <= query.until
    return limit.until == query.until


def reverse(query: Query, library: Library) -> Draft | None:
    """List the tasks of a unit or of a date, complete and counted; alone and joint leads told apart."""
    every = tasks_of(query, library)
    named = bool(query.units or query.until or persons_asked(query, every))
    if not named and not _day_asked(query) and not _leads_asked(query) and not ONGOING.search(query.folded):
        return None
    rows = _narrowed(query, every)
    if not rows:
        return Draft("reverse", "", (), 0.9, False, (), _nothing(query), "duties")
    joint = sum(len(f.lead) > 1 for _, f in rows)
    head = f"共{len(rows)}项"
    if query.role == "lead" and joint and joint < len(rows):
        head += f"(单独牵头{len(rows) - joint}项,共同牵头{joint}项)"
    elif query.role == "lead" and joint == len(rows) and query.units:
        head += "(均为共同牵头)"
    several = len({d.id for d, _ in rows}) > 1
    limit = max(24, TOTAL // len(rows) - (28 if several else 4))
    items = [_task_line(query, d, f, limit, several) for d, f in rows]
    text = head + ":\n" + "\n".join(f"{n}. {item}" for n, item in enumerate(items, 1))
    notes = (*_partial(query, library), *(("条目较多,各项文字有删节,全文见引文",) if any("…" in item for item in items) else ()))
    quotes = tuple(quote_of(scored_alone(d, f), [m for m in f.lead + f.support if _matches(query, m.value)]) for d, f in rows)
    return Draft("reverse", text, quotes, 0.95, True, notes, "", "duties")


def _matches(query: Query, unit: str) -> bool:
    return any(unit_matches(u, unit) for u in query.units)


def scored_alone(document: Document, duty: Duty) -> ScoredDuty:
    return ScoredDuty(document, duty, 1.0, 1.0)


_MARK = re.compile(rf"^\s*(?:[(（][\d{CN}]+[)）][.、．]?|[\d{CN}]+(?:[、)）]|[.．](?!\d)))\s*")
"""The number an item starts with; a year it starts with (2024年底前完成…) is no mark."""


def _task_line(query: Query, document: Document, duty: Duty, limit: int, several: bool) -> str:
    task = clean(duty.task.value)
    task = _MARK.sub("", task)
    if duty.heading and duty.source != "row":
        rest = task.removeprefix(duty.heading).lstrip("。.:")
        task = f"{duty.heading}。{rest}" if limit - len(duty.heading) > 40 and not duty.heading.startswith(rest) else duty.heading
    group = duty.system or duty.measure
    if duty.source == "row" and group and duty.clause.covers(group.span) and len(group.value) <= 40 and limit > 60:
        task = f"{clean(group.value)}:{task}"  # the row's own problem or topic, not a heading over several rows
    line = shortened(task, limit)
    if "deadline" in query.wants and duty.deadline:
        line += f"({duty.deadline.value})"
    return f"《{shortened(document.title, 18)}》{line}" if several else line


def _nothing(query: Query) -> str:
    who = names(query.units)
    if query.units:
        return f"没有找到{who}{'牵头' if query.role == 'lead' else '负责或配合'}的任务"
    return "没有找到这一时限的任务"


def _narrowed(query: Query, rows: Sequence[Row]) -> list[Row]:
    """Keep to the topic when the question names one beyond unit and date (…牵头的消防任务)."""
    generic = re.compile(r"任务|工作|事项|清单|行动|安全|整治|方案|列|领|名下|完成|前|年|月|底|具体")
    units = "".join((*query.units, *persons_asked(query, rows)))
    terms = [t for t in query.terms if t.required and t.weight > 0.3 and not generic.search(t.text) and t.text not in units and not any(t.text in u or u in t.text for u in query.units)]
    if not terms or not rows:
        return list(rows)
    about = {d.id: fold(d.title + _subject(d)) for d, _ in rows}
    scores = [coverage(terms, ((about[d.id] + fold(" ".join(f.path) + f.clause.of(d.text)), 1.0),)) for d, f in rows]
    best = max(scores)
    if best < 0.5:
        return list(rows)
    return [row for row, score in zip(rows, scores, strict=True) if score >= best - 0.15]


def _subject(document: Document) -> str:
    """What the whole document is about, by the line that says so above its text (关于研究…问题的会议纪要), which need not be its title."""
    return " ".join(_SUBJECT_LINE.findall(document.text[:_HEAD]))


_SUBJECT_LINE = re.compile("(?m)^[ \u3000]*关于[^。;\n]{4,80}的(?:会议)?(?:纪要|通知|通报|报告|意见|决定|公告|通告|函|方案)[ \u3000]*$")
_HEAD = 800


def count(query: Query, library: Library) -> Draft | None:
    """Count tasks of a unit, date, measure or document; attachments; parts and items of a document."""
    if "附件" in query.folded:
        return attachments(query, library)
    told = bool(query.units or query.until or _day_asked(query) or _leads_asked(query) or ONGOING.search(query.folded))
    rows = tasks_of(query, library) if told or OF_SOMEBODY.search(query.folded) else []
    asked = bool(query.until or (query.units and not _OF_A_BODY.search(query.folded)))
    if (told and (rows or asked)) or persons_asked(query, rows):
        return replace(_counted(query, rows), notes=_partial(query, library))
    plain = query
    query = replace(query, terms=tuple(t for t in query.terms if not _COUNTED.search(t.text)))
    documents = library.likely(query)
    titles = fold("".join(d.title + "".join(d.card.places) for d in documents))
    specific = [t for t in query.terms if t.cover(titles) < 0.7 and t.weight > 0.2 and library.occurs(t.text)]
    specific += [t for t in query.terms if t.text in query.quoted and t not in specific]
    whole = _of_document(plain, library)
    if not specific and whole:
        return whole
    if below := _under_heading(replace(query, terms=tuple(specific)), library):
        return below
    weight = sum(t.weight for t in query.terms)
    return whole if sum(t.weight for t in specific) <= _TOLD_APART * weight else None


_OF_A_BODY = re.compile("(?:几|多少)(?:个|家|名|位|支)?(?:工作组|小组|专班|成员|科室|股室|队伍|专家|人员|副|下属|委员)|(?:成员|委员)单位.{0,4}(?:几|多少)")
"""Asks what a body is made of, not what it has to do."""
_TOLD_APART = 0.3
"""Share of a question's weight by which it tells what it counts from all that a document holds."""

_COUNTED = re.compile("^(?:(?:任务|分工|分解|项目|责任|问题|整改|工作|事项)?(?:清单|表|台账)|(?:具体|重点|主要)?(?:任务|事项)|举措|措施|条|项|部分|章|条款|内容|具体|列|编|拆|材料|工作|分工|分解)$")


def _counted(query: Query, rows: Sequence[Row]) -> Draft:
    if not rows:
        return Draft("count", "", (), 0.9, False, (), _nothing(query), "duties")
    limit = max(16, 1000 // len(rows))
    items = [_task_line(query, d, f, limit, False) for d, f in rows]
    text = f"共{len(rows)}项:\n{lines(items)}" if len(rows) <= 30 else f"共{len(rows)}项"
    shown = rows if len(rows) <= _MOST_CITED else (*rows[: _MOST_CITED - 1], rows[-1])
    quotes = tuple(quote_of(scored_alone(d, f), [m for m in f.lead if _matches(query, m.value)]) for d, f in shown)
    return Draft("count", text, (*_head_of(rows), *quotes), 0.95, True, (), "", "duties")


_MOST_CITED = 60
"""Rows of a count that are cited; of more the last is, too, which shows that none is left out."""


def _head_of(rows: Sequence[Row]) -> tuple[Quote, ...]:
    """The heading of the list whose rows are counted, all of them."""
    document, first = rows[0]
    last = rows[-1][1].clause
    if len({d.id for d, _ in rows}) > 1 or not (inside := [s for s in document.sections if s.span.covers(first.clause) and s.span.covers(last)]):
        return ()
    home = inside[-1]
    whole = len(rows) == sum(f.source == "row" and home.span.covers(f.clause) for f in document.facts.duties)
    return (Quote(document, home.heading, home.path),) if whole else ()


ATTACHED = re.compile("附(?:了|带|有|着)?(?:的)?(?:哪|什么|啥|几)|附件(?:都|分别)?(?:有|是)?(?:哪|什么|啥|几)|(?:哪[些几]|几|什么|啥)个?附件(?!里|中|[一二三四五六七八九十\\d])")
"""Which attachments there are is asked for."""


def attachments(query: Query, library: Library) -> Draft | None:
    """Count the attachments of the document meant, and name them."""
    documents = [d for d in library.likely(query) if d.card.attachments]
    if not documents:
        return Draft("count", "", (), 0.9, False, (), "文件没有附件", "card")
    document = documents[0] if len(documents) == 1 or query.scope.documents else max(documents, key=lambda d: coverage(query.terms, ((fold(d.title), 1.0),)))
    tops = [s for s in document.sections if s.family == "attachment"]
    items = [f"附件{n} {title}" if n else f"附件 {title}" for n, title in document.card.attachments]
    quotes = tuple(Quote(document, s.heading, s.path, ()) for s in tops) or tuple(Quote(document, f.span, (), (f.span,)) for f in document.card.all("attachment"))
    return Draft("count", f"共{len(items)}个附件:\n" + "\n".join(shortened(i, 60) for i in items), quotes, 0.95, True, (), "", "card")


def _under_heading(query: Query, library: Library) -> Draft | None:
    """Count the task rows, else the numbered items, under the system, measure or heading that the question names."""
    best: tuple[float, int, Document, tuple[str, ...]] | None = None
    # Like documents have like headings.
    fitting: dict[str, float] = {}
    for document in library.likely(query):
        listed = {f.path[: n + 1] for f in document.facts.duties if f.source == "row" for n in range(len(f.path))}
        for path in filter(None, dict.fromkeys([*listed, *(s.path for s in document.sections)])):
            if path[-1] not in fitting:
                fitting[path[-1]] = _fitting(query, path[-1])
            own = fitting[path[-1]]
            if own <= 0.25:
                continue
            wants_rows = "任务" in query.folded or "清单" in query.folded
            rank = (own + 0.1 * (path in listed and wants_rows), -len(path))
            if best is None or rank > best[:2]:
                best = (*rank, document, path)
    if best is None or best[0] < 0.5:
        return None
    score, _, document, path = best
    rows = [f for f in document.facts.duties if f.source == "row" and f.path[: len(path)] == path]
    if rows:
        return _counted(query, [(document, f) for f in rows])
    node = next((s for s in document.sections if s.path == path), None)
    items = _items(document, node) if node else []
    return _listed(document, items, score, "条") if items else None


def _fitting(query: Query, heading: str) -> float:
    """How well a heading fits a question, above 1 where the question says it."""
    title = re.sub(r"^[^、.)）]{0,4}[、.)）]", "", fold(heading)).rstrip("。")
    return 1 + len(title) / 100 if len(title) > 2 and title in query.folded else coverage(query.terms, ((fold(heading), 1.0),))


def _items(document: Document, node: Section) -> list[Section]:
    """The numbered items below a heading: its arabic descendants when there are any, else its children."""
    inside = [s for s in document.sections if node.span.covers(s.span) and s.index != node.index]
    arabic = [s for s in inside if s.family in ("arabic", "article")]
    return arabic or [s for s in inside if s.parent == node.index]


def _listed(document: Document, items: Sequence[Section], score: float, word: str) -> Draft:
    titles = [shortened(s.title, 30) for s in items]
    text = f"共{len(items)}{word}:\n{lines(titles)}"
    quotes = tuple(Quote(document, s.heading, s.path, ()) for s in items[:60])
    return Draft("count", text, quotes, score, True, (), "", "outline")


def _of_document(query: Query, library: Library) -> Draft | None:
    """Count what a whole document holds: rows of its task list, parts, items, articles."""
    inside = library.likely(query)
    listing = [d for d in inside if any(f.source == "row" for f in d.facts.duties)]
    document = document_meant(query, inside)
    if re.search("任务|清单|事项|实事|件", query.folded) and len(listing) == 1 and (library.small or query.scope.documents):
        document = listing[0]
    if document is None:
        return None
    rows = [f for f in document.facts.duties if f.source == "row"]
    if rows and re.search("任务|事项|实事|(?:几|多少)件", query.folded):
        return _counted(query, [(document, f) for f in rows])
    tops = [s for s in document.sections if s.family == "chapter"] or [s for s in document.sections if s.family == "cn" and s.attachment is None]
    tops = tops or [s for s in document.sections if s.family == "decimal" and s.level == 1]
    items = [s for s in document.sections if s.family in ("arabic", "article")]
    texts: list[str] = []
    quotes: list[Quote] = []
    if re.search("条(?!例)|项|措施|举措", query.folded) and items:
        texts.append(f"共{len(items)}条")
        quotes.extend(Quote(document, s.heading, s.path, ()) for s in items[:60])
    if re.search("部分|方面|章|块|大", query.folded) and tops:
        texts.append(f"{f'共{len(tops)}章' if tops[0].family == 'chapter' else f'分{len(tops)}个部分(章)'}:{names([shortened(s.title, 24) for s in tops])}")
        quotes.extend(Quote(document, s.heading, s.path, ()) for s in tops)
    if not texts:
        return None
    return Draft("count", ",".join(texts), tuple(quotes), 0.9, True, (), "", "outline")


__all__ = ["count", "reverse", "tasks_of", "Span"]
