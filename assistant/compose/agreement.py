"""What the body says beside what a table of the same document says, and whether the two agree."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.answering.draft import Draft
from assistant.answering.evidence import Gathered, gather
from assistant.compose import values
from assistant.compose.cells import cell_answer
from assistant.compose.duties import quote_of
from assistant.library.library import Library
from assistant.question.demands import Demands
from assistant.question.query import Query
from corpus.numbers import CN, value_of
from corpus.types import Document

_BODY = r"(?:正文|文中|方案里|文件里|条文|文字部分)"
_TABLE = rf"(?:附[件表录](?:\d+|[{CN}]+)?|[^,?]{{0,6}}(?:清单|[^代发]表))"
_ASKED = re.compile(rf"{_BODY}.{{0,14}}{_TABLE}|{_TABLE}.{{0,14}}{_BODY}")
_SAID_OF_BOTH = re.compile(rf"{_BODY}|附[件表录](?:\d+|[{CN}]+)?|(?:任务|指标|责任|分工)?(?:清单|表)|说法|数字|(?<=[个的])数(?!量)|一致|一样|对得上|吻合|相符|矛盾|出入|打架")
_FIGURE = re.compile(rf"\d+(?:\.\d+)?|[{CN}]+(?=[日天次个年月人小分])")
_WHEN = re.compile("时限|期限|什么时候|啥时候|几月|何时|哪天|截止|完成时间|最晚|最迟")


def agreement(query: Query, gathered: Gathered, library: Library) -> Draft | None:
    """Answer 正文和附表的数一致吗: the value of each, and whether they are the same. None when either states none."""
    if not _ASKED.search(query.folded):
        return None
    kind = "deadline" if _WHEN.search(query.folded) else "number"
    terms = tuple(t for t in query.terms if not _SAID_OF_BOTH.fullmatch(t.text))
    scope = replace(query.scope, attachment=None, references=())
    plain = replace(query, kind=kind, demands=Demands((kind,)), terms=terms, folded=_SAID_OF_BOTH.sub("", query.folded), scope=scope)
    found = gather(plain, library)
    # The row of a table is a thing; what is done with it (新增, 建成) stands in the body only.
    things = tuple(t for t in terms if t.required) or terms
    table = _of_tasks(found) if kind == "deadline" else _figure_of_table(replace(plain, terms=things), found, library)
    if table is None or not table.text or not table.quotes:
        return None
    body = _of_body(plain, found, table.quotes[0].document)
    if body is None or not body.text or not body.exact:
        return None
    text = f"正文:{body.text}\n表中:{table.text}\n两处{'一致' if _agree(body.text, table.text) else '不一致'}"
    return Draft("compare", text, body.quotes[:1] + table.quotes[:1], min(body.coverage, table.coverage), True, (), "", "value", body.features)


def _figure_of_table(query: Query, gathered: Gathered, library: Library) -> Draft | None:
    """The cell that is named, else the total of a column, else the one figure of the row of a task list that fits best."""
    whole = replace(query, folded=f"{query.folded.rstrip('?')},一共多少")
    if (draft := cell_answer(query, gathered, library) or cell_answer(whole, gathered, library)) and draft.text:
        return draft
    best = next((d for d in gathered.duties if d.duty.source == "row"), None)
    stated = [t for t in best.document.facts.targets if best.duty.task.span.covers(t.span)] if best else []
    if best is None or len(stated) != 1 or best.own < _FITS:
        return None
    return Draft("number", best.duty.task.value, (quote_of(best),), best.score, True, (), "", "row")


_FITS = 0.5


def _of_tasks(gathered: Gathered) -> Draft | None:
    """The time limit of the row of a task list that fits best."""
    best = next((d for d in gathered.duties if d.duty.source == "row" and d.duty.deadline), None)
    if best is None or best.duty.deadline is None:
        return None
    return Draft("deadline", best.duty.deadline.value, (quote_of(best),), best.score, True, (), "", "row")


def _of_body(query: Query, gathered: Gathered, document: Document) -> Draft | None:
    """The value that the document states outside its tables."""
    tables = [table.span for table in document.source.tables]
    clauses = tuple(
        s for s in gathered.clauses
        if s.clause.document.id == document.id and s.clause.passage.kind != "row" and not any(table.covers(s.clause.span) for table in tables)
    )
    plain = replace(gathered, clauses=clauses, duties=tuple(d for d in gathered.duties if d.duty.source != "row"))
    return values.deadline(query, plain) if query.kind == "deadline" else values.number(query, plain)


def _agree(one: str, other: str) -> bool:
    """The same figures, or those of the shorter wording among the longer's. A year that only one names is no difference: 9月底 and 2025年9月底."""
    first, second = _figures(one), _figures(other)
    years = {year for year in first ^ second if _FIRST_YEAR <= year < _LAST_YEAR}
    first, second = first - years, second - years
    if "月" in one + other:
        return first == second
    return bool(first and second) and (first <= second or second <= first)


_FIRST_YEAR, _LAST_YEAR = 1990, 2100


def _figures(text: str) -> set[float]:
    return {float(m) if m[0].isdigit() else float(value_of(m) or 0) for m in _FIGURE.findall(text)}
