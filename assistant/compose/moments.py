"""Times in the cells of a table: read so that rows can be put in order and held against a month."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.tables.sheets import Sheet
from corpus.types import Span

Moment = tuple[int, int, int]
"""Year (0 when none is stated), month and day by which it is over."""

_CELL = re.compile(r"(?:(20\d\d)[年./-])?(\d{1,2})(?:月|[./-](?=\d))(?:份)?(?:(\d{1,2})[日号]?|(上旬|中旬|下旬|初|底|末))?")
_YEAR = re.compile(r"(20\d\d)(?:年|$)(?:底|末|内)?")
_PARTS = {"初": 5, "上旬": 10, "中旬": 20}
_ASKED = re.compile(r"(?:(20\d\d)年)?(?<![\d.])(\d{1,2})月(?!\d|个)(?:份|底|末|初|[上中下]旬)?(?P<side>[之以]?[前后])?")
_MOST = 0.7


@dataclass(frozen=True, slots=True)
class Month:
    """A month that a question names. year: 0 when it names none.  side: "前", "后" or "" for the month itself."""

    year: int
    month: int
    side: str
    span: Span

    def holds(self, found: Moment) -> bool:
        year = self.year or found[0]
        here, there = (found[0] or year, found[1]), (year, self.month)
        return here <= there if self.side == "前" else here > there if self.side == "后" else here == there


def month_in(text: str) -> Month | None:
    """Find the one month that a question names; None when it names none or several, or a day."""
    found = list(_ASKED.finditer(text))
    if len(found) != 1 or not 1 <= int(found[0].group(2)) <= _DECEMBER:
        return None
    match = found[0]
    return Month(int(match.group(1) or 0), int(match.group(2)), (match.group("side") or "")[-1:], Span(match.start(), match.end()))


_DECEMBER = 12


def moment_in(value: str) -> Moment | None:
    """Read a cell; of a range its end. value: in matching form."""
    matches = list(_CELL.finditer(value))
    if matches and 1 <= int(matches[-1].group(2)) <= _DECEMBER:
        last = matches[-1]
        year = last.group(1) or next((m.group(1) for m in reversed(matches) if m.group(1)), "0")
        return int(year), int(last.group(2)), int(last.group(3)) if last.group(3) else _PARTS.get(last.group(4) or "", 31)
    years = _YEAR.findall(value)
    return (int(years[-1]), _DECEMBER, 31) if years else None


def time_column(sheet: Sheet) -> int | None:
    """The one column whose cells are times; None when no column or several are."""
    found = []
    for at in range(len(sheet.table.headings)):
        values = [v for r in sheet.body if (v := sheet.values[r][at])]
        if at not in sheet.numeric and values and sum(len(v) <= _LONGEST and moment_in(v) is not None for v in values) >= _MOST * len(values):
            found.append(at)
    return found[0] if len(found) == 1 else None


_LONGEST = 24
