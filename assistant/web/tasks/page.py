"""The list of tasks as HTML: states to choose from, filters, the table, pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import get_args
from urllib.parse import urlencode

from assistant.tasks.matrix import Task
from assistant.tasks.tasklist import (
    MOST_ENTRIES,
    SOON_DAYS,
    STATES,
    Choices,
    Line,
    Order,
    Part,
    State,
    Tallies,
    state_of,
)
from assistant.web.frame import Page, button, details, field, form, select, text_input, void
from assistant.web.markup import element, escape
from assistant.web.source import document_address
from assistant.web.tasks.asked import Asked
from assistant.web.tasks.charts import charts_of
from assistant.web.words import Words

PER_PAGE = 50
MOST_CHOICES = 300
FORMATS = ("xlsx", "csv", "ics")


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows. lines: all that are wanted.  states: how many tasks are in each, whatever state is asked for.

    tallies: for charts, None where none are shown.  exporting: exports may be had.  known: tasks the library has.
    """

    lines: Sequence[Line]
    states: Mapping[State, int]
    choices: Choices
    known: int
    exporting: bool
    tallies: Tallies | None = None


def tasks_page(asked: Asked, shown: Shown, w: Words) -> Page:
    day = element("span", escape(w("today", day=asked.wanted.today.isoformat())), class_="hint")
    head = element("h1", escape(w("title"))) + element("p", escape(w("intro")) + day, class_="lead")
    if not shown.known:
        empty = element("p", element("b", escape(w("no_tasks")))) + element("p", escape(w("no_tasks_hint")), class_="quiet")
        return Page(w("title"), head + element("section", empty, class_="card empty"))
    most = element("p", escape(w("first_only", count=MOST_ENTRIES)), class_="notice warn") if shown.known >= MOST_ENTRIES else ""
    found = _results(asked, shown, w)
    return Page(w("title"), head + most + _filters(asked, shown.choices, w) + element("div", found, id="results", class_="results"))


def _results(asked: Asked, shown: Shown, w: Words) -> str:
    bar = element("div", _states(asked, shown.states, w) + _tools(asked, shown, w), class_="list-bar")
    if not shown.lines:
        empty = element("p", element("b", escape(w("empty")))) + element("p", escape(w("empty_hint")), class_="quiet")
        return bar + element("section", empty, class_="card empty", role="status")
    charts = charts_of(shown.tallies, w) if shown.tallies else ""
    pages = -(-len(shown.lines) // PER_PAGE)
    page = min(asked.page, pages)
    here = shown.lines[(page - 1) * PER_PAGE : page * PER_PAGE]
    return bar + charts + _table(asked, here, w) + _paging(asked, page, pages, w)


# ---------------------------------------------------------------- filters


def _filters(asked: Asked, choices: Choices, w: Words) -> str:
    wanted = asked.wanted
    units = element("datalist", "".join(void("option", value=unit) for unit in choices.units), id="units")
    parts = [("", w("any")), *((part, w(part)) for part in ("lead", *get_args(Part)))]
    words = field(w("search"), text_input("q", wanted.words, type="search", placeholder=w("search_hint"), maxlength="200"))
    unit = field(w("unit"), text_input("unit", wanted.unit, list="units", placeholder=w("any_unit"), maxlength="200") + units)
    first = (
        element("div", words, class_="wide")
        + unit
        + field(w("part"), select("part", parts, wanted.part))
        + field(w("since"), void("input", type="date", name="since", value=_day(wanted.since)))
        + field(w("until"), void("input", type="date", name="until", value=_day(wanted.until)))
    )
    more = _document_choice(asked, choices, w)
    more += field(w("issuer"), select("issuer", _offered(choices.issuers, wanted.issuer, w), wanted.issuer))
    more += field(w("place"), select("place", _offered(choices.places, wanted.place, w), wanted.place))
    set_already = bool(wanted.documents or wanted.issuer or wanted.place)
    first += details(w("more"), element("div", more, class_="filter-grid"), class_="inline wide", open="" if set_already else None)
    kept: list[tuple[str, str]] = [("state", wanted.state), ("order", wanted.order), ("desc", "1" if wanted.descending else "")]
    kept += (("view", "units" if wanted.by_unit else ""), ("charts", "1" if asked.charts else ""), ("today", wanted.today.isoformat() if asked.day else ""))
    hidden = "".join(void("input", type="hidden", name=name, value=value) for name, value in kept if value)
    clear = element("a", escape(w("clear")), class_="button plain", href=_cleared(asked).address()) if asked.narrowed else ""
    actions = element("div", button(w("apply"), look="primary") + clear, class_="row filter-actions")
    return form("/tasks", element("div", first + actions, class_="filter-grid") + hidden, method="get", class_="card filters", role="search", aria_label=w("filters"))


def _document_choice(asked: Asked, choices: Choices, w: Words) -> str:
    wanted = asked.wanted.documents
    listed = [("", w("all_documents")), *choices.documents]
    listed += [(identity, identity) for identity in wanted if identity not in dict(choices.documents)]
    return element("div", field(w("document"), select("document", listed, next(iter(wanted), ""))), class_="wide")


def _offered(values: Sequence[str], chosen: str, w: Words) -> list[tuple[str, str]]:
    others = [chosen] if chosen and chosen not in values else []
    return [("", w("any")), *((value, value) for value in (*others, *values))]


def _cleared(asked: Asked) -> Asked:
    return asked.but(words="", unit="", part="", documents=(), issuer="", place="", since=None, until=None, state="")


def _day(day: object) -> str:
    return str(day) if day else ""


def _states(asked: Asked, states: Mapping[State, int], w: Words) -> str:
    chips = [("", w("all"), sum(states.values()))]
    chips += [(state, w(state, days=SOON_DAYS), states.get(state, 0)) for state in STATES]
    links = "".join(
        element(
            "a",
            escape(name) + element("span", str(count), class_="count"),
            href=asked.but(state=state).address(), class_=f"state {state}".strip(), aria_current="true" if state == asked.wanted.state else None,
        )
        for state, name, count in chips
        if count or not state or state == asked.wanted.state
    )  # fmt: skip
    return element("nav", links, class_="states", aria_label=w("state"))


def _tools(asked: Asked, shown: Shown, w: Words) -> str:
    views = "".join(
        element("a", escape(w(name)), href=asked.but(by_unit=by_unit).address(), class_="button", aria_current="true" if asked.wanted.by_unit is by_unit else None)
        for name, by_unit in (("by_task", False), ("by_unit", True))
    )
    tools = element("div", views, class_="switch", role="group", aria_label=w("view"))
    charts = element("a", escape(w("hide_charts" if asked.charts else "charts")), class_="button", href=asked.but(charts=not asked.charts).address())
    tools += charts if shown.lines else ""
    if shown.exporting and shown.lines:
        links = "".join(
            element("a", escape(w(name)), class_="button", href=f"{asked.address('/tasks/export')}{'&' if asked.query() else '?'}{urlencode({'format': name})}", download="")
            for name in FORMATS
        )
        tools += element("div", element("span", escape(w("export")), class_="quiet") + links, class_="exports")
    return element("div", tools, class_="list-tools")


# ---------------------------------------------------------------- the table


def _table(asked: Asked, lines: Sequence[Line], w: Words) -> str:
    wanted = asked.wanted
    narrow = wanted.by_unit or bool(wanted.unit)
    columns: list[tuple[str, Order | None]] = [("task", "task"), ("lead_unit", "unit"), ("support_unit", None), ("deadline", "deadline"), ("document", "document")]
    if wanted.by_unit:
        columns = [("unit", "unit"), ("part", None), *columns[:1], *columns[3:]]
    elif narrow:
        columns.insert(1, ("part", None))
    heads = "".join(_head(asked, name, order, w) for name, order in columns)
    rows = "".join(_row(asked, line, [name for name, _ in columns], w) for line in lines)
    table = element("table", element("caption", escape(w("results")), class_="unseen") + element("thead", element("tr", heads)) + element("tbody", rows), class_="tasks")
    return element("div", table, class_="card table-frame list-frame")


def _head(asked: Asked, name: str, order: Order | None, w: Words) -> str:
    if order is None:
        return element("th", escape(w(name)), scope="col", class_=name)
    current, down = asked.wanted.order == order, asked.wanted.descending
    sign = element("span", "▼" if down else "▲", aria_hidden="true", class_="sign") if current else ""
    link = element("a", escape(w(name)) + sign, href=asked.but(order=order, descending=current and not down).address(), title=w("sort_by", column=w(name)))
    return element("th", link, scope="col", class_=name, aria_sort=("descending" if down else "ascending") if current else None)


def _row(asked: Asked, line: Line, columns: Sequence[str], w: Words) -> str:
    task = line.entry.task
    cells = {
        "task": lambda: _task(task, w),
        "unit": lambda: escape(line.unit),
        "part": lambda: element("span", escape(w(line.part)), class_=f"tag part {line.part}") if line.part else "",
        "lead_unit": lambda: _units(task.lead),
        "support_unit": lambda: _units(task.support),
        "deadline": lambda: _deadline(task, asked, w),
        "document": lambda: element("a", escape(task.title), href=asked.but(documents=(task.document_id,)).address(), class_="two-lines", title=task.title),
    }
    written = "".join(
        element("th" if name == columns[0] else "td", cells[name](), scope="row" if name == columns[0] else None, class_=name, data_label=w(name) if name != "task" else None)
        for name in columns
    )
    return element("tr", written, class_=state_of(task, asked.wanted.today))


def _task(task: Task, w: Words) -> str:
    link = element("a", escape(task.task), class_="cite clause-link", href=clause_address(task), lang="zh-CN")
    path = element("span", escape(" › ".join(task.path)), class_="path", lang="zh-CN") if task.path else ""
    notes = "".join(element("span", escape(note), class_="task-note", lang="zh-CN") for note in task.notes)
    return link + path + notes


def clause_address(task: Task) -> str:
    """Give the address of the task's document, opened at the clause."""
    return f"{document_address(task.document_id)}?{urlencode({'start': task.start, 'end': task.end})}#cited"


def _units(units: Sequence[str]) -> str:
    return element("ul", (element("li", escape(unit)) for unit in units), class_="units", lang="zh-CN") if units else element("span", "—", class_="quiet")


def _deadline(task: Task, asked: Asked, w: Words) -> str:
    if not task.deadline:
        return element("span", "—", class_="quiet")
    said = element("span", escape(task.deadline), lang="zh-CN")
    if task.until is None:
        return said
    days = (task.until - asked.wanted.today).days
    word = w("due_today") if not days else w("days_left", days=days) if days > 0 else w("days_over", days=-days)
    day = element("time", task.until.isoformat(), datetime=task.until.isoformat(), class_="until")
    return said + day + (element("span", escape(word), class_=f"due {state_of(task, asked.wanted.today)}") if days <= SOON_DAYS else "")


def _paging(asked: Asked, page: int, pages: int, w: Words) -> str:
    if pages < 2:
        return ""

    def way(to: int, word: str, rel: str) -> str:
        return element("a", escape(w(word)), class_="button", href=asked.but(page=to).address(), rel=rel) if 1 <= to <= pages else element("span")

    here = element("span", escape(w("page_of", page=page, pages=pages)), class_="quiet")
    return element("nav", way(page - 1, "previous", "prev") + here + way(page + 1, "next", "next"), class_="paging", aria_label=w("paging"))
