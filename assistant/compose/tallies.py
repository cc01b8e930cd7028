"""Whole-library questions: all tasks of a unit or date, and how many there are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.compose.duties import quote_of
from assistant.compose.texts import clean
from assistant.draft import Draft, Quote, lines, names, shortened
from assistant.evidence import LISTED, ScoredDuty, document_meant, in_scope
from assistant.library import Library
from assistant.query import Query
from assistant.terms import coverage
from corpus.numbers import CN, value_of
from corpus.text import fold
from corpus.types import Document, Duty, Section, Span
from corpus.units import unit_matches

TOTAL = 1400
"""Characters a list of tasks may take; the tasks are cut evenly to fit, their clauses are all cited."""

MANY = 60
"""Documents whose duties are read for one question, in a large library."""

Row = tuple[Document, Duty]


def tasks_of(query: Query, library: Library) -> list[Row]:
    """Find every duty that fits the units, role, dates and scope of the question, in document order."""
    documents, _ = _looked_through(query, library)
    rows = [(d, f) for d in library.reading(documents, "duties") for f in d.facts.duties if in_scope(d, f.section, query)]
    if LISTED.search(query.folded + query.text.lower()) and any(f.source == "row" for _, f in rows):
        rows = [(d, f) for d, f in rows if f.source == "row"]
    persons = persons_asked(query, rows)
    if persons:
        rows = [(d, f) for d, f in rows if any(name in fold(f.clause.of(d.text)) for name in persons)]
    elif query.units:
        rows = [(d, f) for d, f in rows if _has_unit(query, f)]
    if query.until:
        rows = [(d, f) for d, f in rows if _due(query, f)]
    if not query.until and (day := _day_asked(query)):
        rows = [(d, f) for d, f in rows if f.deadline and f.deadline.until and day in ((f.deadline.until.month, f.deadline.until.day), (f.deadline.until.month, 0))]
    for word in ("常态化", "长期"):
        if word in query.folded and not query.until:
            rows = [(d, f) for d, f in rows if f.deadline and f.deadline.kind == "ongoing"]
    if (several := _leads_asked(query)) and not query.units:
        rows = [(d, f) for d, f in rows if len(f.lead) >= several]
    return rows


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
    if not query.until and re.search("常态化|长期", query.folded):
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


def by_person(query: Query, library: Library) -> Draft | None:
    """List the rows of the person a question names."""
    if not re.search("负责|分管|包保|挂|管|领|牵头|责任|哪些|几", query.folded) or query.units:
        return None
    listed = [row.id for row in library.rows if row.listed]
    documents = library.closest(library.stating(query.scope.documents, listed), query.folded, MANY)
    rows = [(d, f) for d in library.reading(documents, "duties") for f in d.facts.duties if in_scope(d, f.section, query)]
    return reverse(query, library) if persons_asked(query, rows) else None


def _leads_asked(query: Query) -> int:
    """How many leads at least: 两个以上部门牵头 → 2, 共同牵头 → 2; 0 when not asked."""
    match = re.search(rf"([{CN}]|\d)(?:个|家)?(?:以上)?(?:的)?(?:部门|单位)(?:以上)?.{{0,3}}牵头", query.folded)
    if match:
        return max(value_of(match.group(1)) or 2, 2)
    return 2 if re.search("共同牵头|联合牵头|多个(?:部门|单位).{0,2}牵头|多家.{0,3}牵头", query.folded) else 0


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


def _due(query: Query, duty: Duty) -> bool:
    limit = duty.deadline
    if limit is None or limit.until is None or query.until is None:
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
    if not named and not _day_asked(query) and not _leads_asked(query) and "常态化" not in query.folded:
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
    quotes = tuple(quote_of(_as_scored(d, f), [m for m in f.lead + f.support if _matches(query, m.value)]) for d, f in rows)
    return Draft("reverse", text, quotes, 0.95, True, notes, "", "duties")


def _matches(query: Query, unit: str) -> bool:
    return any(unit_matches(u, unit) for u in query.units)


def _as_scored(document: Document, duty: Duty) -> ScoredDuty:
    return ScoredDuty(document, duty, 1.0, 1.0)


def _task_line(query: Query, document: Document, duty: Duty, limit: int, several: bool) -> str:
    task = clean(duty.task.value)
    task = re.sub(r"^\s*(?:[((]?[\d一二三四五六七八九十]+[))]?[.、.)]?)\s*", "", task)
    if duty.heading and duty.source != "row":
        rest = task.removeprefix(duty.heading).lstrip("。.:")
        task = f"{duty.heading}。{rest}" if limit - len(duty.heading) > 40 else duty.heading
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
    scores = [coverage(terms, ((fold(d.title + " ".join(f.path) + f.clause.of(d.text)), 1.0),)) for d, f in rows]
    best = max(scores)
    if best < 0.5:
        return list(rows)
    return [row for row, score in zip(rows, scores, strict=True) if score >= best - 0.15]


def count(query: Query, library: Library) -> Draft | None:
    """Count tasks of a unit, date, measure or document; attachments; parts and items of a document."""
    if "附件" in query.folded:
        return _attachments(query, library)
    if query.units or query.until or _day_asked(query) or _leads_asked(query) or "常态化" in query.folded:
        rows = tasks_of(query, library)
        if rows or query.units or query.until:
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
    return _under_heading(replace(query, terms=tuple(specific)), library) or whole


_COUNTED = re.compile("^(?:任务|举措|措施|条|项|部分|章|条款|内容|具体|列|编|拆|材料|事项|工作)$")


def _counted(query: Query, rows: Sequence[Row]) -> Draft:
    if not rows:
        return Draft("count", "", (), 0.9, False, (), _nothing(query), "duties")
    limit = max(16, 1000 // len(rows))
    items = [_task_line(query, d, f, limit, False) for d, f in rows]
    text = f"共{len(rows)}项:\n{lines(items)}" if len(rows) <= 30 else f"共{len(rows)}项"
    quotes = tuple(quote_of(_as_scored(d, f), [m for m in f.lead if _matches(query, m.value)]) for d, f in rows[:60])
    return Draft("count", text, quotes, 0.95, True, (), "", "duties")


def _attachments(query: Query, library: Library) -> Draft | None:
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
    for document in library.likely(query):
        listed = {f.path[: n + 1] for f in document.facts.duties if f.source == "row" for n in range(len(f.path))}
        for path in filter(None, dict.fromkeys([*listed, *(s.path for s in document.sections)])):
            own = coverage(query.terms, ((fold(path[-1]), 1.0),))
            title = re.sub(r"^[^、.)）]{0,4}[、.)）]", "", fold(path[-1])).rstrip("。")
            if len(title) > 2 and title in query.folded:
                own = 1 + len(title) / 100
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
        texts.append(f"分{len(tops)}个部分(章):{names([shortened(s.title, 24) for s in tops])}")
        quotes.extend(Quote(document, s.heading, s.path, ()) for s in tops)
    if not texts:
        return None
    return Draft("count", ",".join(texts), tuple(quotes), 0.9, True, (), "", "outline")


__all__ = ["count", "reverse", "tasks_of", "Span"]
