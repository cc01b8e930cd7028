"""Charts of the tasks: what plotly draws in the browser as data in an attribute, and the same figures as a table for those who see none."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from assistant.tasks.tasklist import Tallies
from assistant.web.frame import details
from assistant.web.markup import element, escape
from assistant.web.words import Words

MOST_BARS = 15
MOST_MONTHS = 36
LONGEST_NAME = 24


def charts_of(tallies: Tallies, w: Words) -> str:
    """Write the charts of units, months, fields and documents."""
    units = [(unit, (leads, supports)) for unit, leads, supports in tallies.units]
    figures = (
        _figure("units_chart", "unit", units, (w("leads"), w("supports")), w),
        _figure("months_chart", "month", [(m, (n,)) for m, n in tallies.months], (w("tasks_number"),), w, upright=True),
        _figure("fields_chart", "field", [(f, (n,)) for f, n in tallies.fields], (w("tasks_number"),), w),
        _figure("documents_chart", "document", [(d, (n,)) for d, n in tallies.documents], (w("tasks_number"),), w),
    )
    return element("section", "".join(figures), class_="charts", id="charts", aria_label=w("charts"))


def _figure(title: str, head: str, values: Sequence[tuple[str, tuple[int, ...]]], series: tuple[str, ...], w: Words, *, upright: bool = False) -> str:
    """Write one chart. values: (name, a number for each of the series).  upright: bars stand, in the order given."""
    caption = element("figcaption", escape(w(title)))
    if not values:
        return element("figure", caption + element("p", escape(w("no_chart")), class_="quiet"), class_="card chart")
    drawn = values[-MOST_MONTHS:] if upright else values[:MOST_BARS]
    data: dict[str, Any] = {
        "kind": "counts",
        "names": [name for name, _ in drawn],
        "labels": [name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…" for name, _ in drawn],
        "series": [{"name": name, "values": [numbers[at] for _, numbers in drawn]} for at, name in enumerate(series)],
        "upright": upright,
    }
    plot = element("div", "", class_="plot", data_chart=json.dumps(data, ensure_ascii=False), aria_hidden="true")
    rest = len(values) - len(drawn)
    more = element("p", escape(w("and_more", count=rest)), class_="quiet") if rest else ""
    table = details(w("as_table"), element("div", _table(head, values, series, w), class_="chart-table", tabindex="0"), class_="inline", open="")
    return element("figure", caption + plot + more + table, class_="card chart")


def _table(head: str, values: Sequence[tuple[str, tuple[int, ...]]], series: tuple[str, ...], w: Words) -> str:
    heads = element("th", escape(w(head)), scope="col") + "".join(element("th", escape(name), scope="col", class_="number-cell") for name in series)
    rows = "".join(
        element("tr", element("th", escape(name), scope="row", lang="zh-CN") + "".join(element("td", str(number), class_="number-cell") for number in numbers))
        for name, numbers in values
    )
    return element("table", element("thead", element("tr", heads)) + element("tbody", rows))
