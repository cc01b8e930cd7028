"""The days that a text or the cell of a table names, as month and day."""

from __future__ import annotations

import re

from corpus.numbers import CN, value_of
from corpus.types import Span

_DATE = re.compile(rf"(?:20\d\d[-/.])(\d{{1,2}})[-/.](\d{{1,2}})(?!\d)|(\d{{1,2}}|[{CN}]{{1,3}})月(\d{{1,2}}|[{CN}]{{1,3}})(?:日|号)?(?![\d月个])")
_RANGE = re.compile(r"[-—–~至到]")
_UNTIL = re.compile(r"[-—–~至到](\d{1,2})[日号]")


def days_in(folded: str) -> list[tuple[tuple[int, int], Span]]:
    """Find month and day of each date in folded text."""
    found = []
    for match in _DATE.finditer(folded):
        month, day = value_of(match.group(1) or match.group(3)), value_of(match.group(2) or match.group(4))
        if month and day and month <= 12 and day <= 31:
            found.append(((month, day), Span(match.start(), match.end())))
    return found


def cell_days(folded: str) -> list[tuple[int, int]]:
    """The days a cell stands for; 6月1日至5日 and 6月1日-6月5日 stand for all five."""
    found = days_in(folded)
    days = [day for day, _ in found]
    if len(found) == 1 and (until := _UNTIL.match(folded, found[0][1].end)):
        days.append((days[0][0], int(until.group(1))))
    ranged = len(days) == 2 and _RANGE.search(folded[found[0][1].end :])
    if ranged and days[0][0] == days[1][0]:
        return [(days[0][0], day) for day in range(days[0][1], days[1][1] + 1)]
    return days
