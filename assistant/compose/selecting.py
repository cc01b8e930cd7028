"""Which rows and which column of a table a question reckons with: the operation its words ask for, bounds on figures, the measure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.compose.amounts import Amount, amount, amount_in
from assistant.compose.moments import Month, moment_in, month_in, time_column
from assistant.lexicon.headers import FIGURES, TOTAL
from assistant.lexicon.reckoning import (
    BOUND,
    DONE,
    EXCEEDED,
    HOW_MANY_ROWS,
    LEADING,
    MEAN,
    MOST,
    NOT_REACHED,
    PLACE_ASKED,
    PLACED,
    PLANNED,
    RATE,
    REACHED,
    SHARE_OF_ALL,
    SMALL,
    SUM,
    TIMES_AS_MUCH,
    WHICH_ROWS,
)
from assistant.question.query import Query
from assistant.question.scope import short_place
from assistant.tables.cell_names import plain
from assistant.tables.readings import Reading, masked
from assistant.tables.sheets import Sheet
from corpus.numbers import value_of
from corpus.types import Span

MOST_NAMED = 20
"""Rows named in an answer; of more the first are named, all are cited."""

RECKONED = "(计算得出)"
"""What is said of a figure that no document states."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A bound on a figure. sign: ">", ">=", "<", "<=" or "=="."""

    sign: str
    limit: Amount
    span: Span

    def holds(self, found: Amount) -> bool:
        return {">": found.value > self.limit.value, ">=": found.value >= self.limit.value, "<": found.value < self.limit.value, "<=": found.value <= self.limit.value, "==": found.value == self.limit.value}[self.sign]


@dataclass(frozen=True, slots=True)
class Request:
    """What a question wants reckoned.

    operation: "sum", "mean", "times", "share", "rank", "place" (which in the order) or "rows" (which or how many).
    text: the question, in matching form, without the words that say so.
    way: 多 of 最多, "" when no adjective is there.  places: first and last place asked for, from 1.  back: counted from the end.
    each: what a mean is for each of.  month: in, before or after which the rows meant fall.
    goal: "missed", "met" or "beaten" where rows are told by whether they reached what was planned, else "".
    """

    operation: str
    text: str
    bounds: tuple[Bound, ...] = ()
    way: str = ""
    places: tuple[int, int] = (1, 1)
    back: bool = False
    goal: str = ""
    each: str = ""
    month: Month | None = None

    @property
    def restricts(self) -> bool:
        """Are not all rows meant?"""
        return bool(self.bounds or self.goal or self.month)


def request_of(text: str) -> Request | None:
    """Read what is to be reckoned off the words of a question; None when it wants no such thing."""
    bounds = _bounds(text)
    month = month_in(text)
    left = masked(text, [b.span for b in bounds])
    request = _operation(masked(left, [month.span]) if month else left)
    return replace(request, bounds=bounds, month=month) if request else None


def _operation(left: str) -> Request | None:
    """Tell the operation by its words. left: the question without its bounds and month."""
    goal = next((name for name, words in _GOALS if words.search(left)), "")
    for operation, words in (("times", TIMES_AS_MUCH), ("share", SHARE_OF_ALL), ("mean", MEAN)):
        if match := words.search(left):
            each = match.groupdict().get("each") or ""
            return Request(operation, masked(left, [Span(match.start(), match.end())]), each=each)
    if ranked := _ranked(left):
        return ranked
    summing = [Span(m.start(), m.end()) for m in SUM.finditer(left)]
    if summing and re.search("几|多少|多[大长高宽]|howm", left):
        return Request("sum", masked(left, summing), goal=goal)
    if HOW_MANY_ROWS.search(left) or WHICH_ROWS.search(left) or summing:
        return Request("rows", masked(left, summing), goal=goal)
    return None


_GOALS = (("missed", NOT_REACHED), ("beaten", EXCEEDED), ("met", REACHED))


def _bounds(text: str) -> tuple[Bound, ...]:
    found = []
    for match in BOUND.finditer(text):
        after = match.group("after") or ""
        if match.group("over"):
            sign = ">"
        elif match.group("least") or "上" in after:
            sign = ">="
        elif match.group("under"):
            sign = "<"
        elif match.group("most") or after:
            sign = "<="
        elif match.group("same"):
            sign = "=="
        else:
            continue
        limit = amount(match.group("number"), match.group("unit") or "")
        if limit:
            found.append(Bound(sign, limit, Span(match.start(), match.end())))
    return tuple(found)


def _ranked(text: str) -> Request | None:
    """最多, 排第二, 倒数第一, 前三名, 最大的两个."""
    if match := LEADING.search(text):
        count = value_of(match.group("count") or match.group("number")) or 1
        way = match.group("way") or ""
        return Request("rank", masked(text, [Span(match.start(), match.end())]), way=way, places=(1, count), back=match.group("end") == "后")
    if match := PLACE_ASKED.search(text):
        return Request("place", masked(text, [Span(match.start(), match.end())]))
    if match := PLACED.search(text):
        nth = value_of(match.group("nth") or match.group("also") or match.group("bare")) or 1
        way = match.group("way") or match.group("by") or ""
        return Request("rank", masked(text, [Span(match.start(), match.end())]), way=way, places=(nth, nth), back=bool(match.group("back")))
    if match := MOST.search(text):
        back = bool(match.group("last") or match.group("least")) or (match.group("when") or "") in ("早", "先", "旧", "老")
        way = match.group("way") or ("晚" if match.group("when") else "")
        return Request("rank", masked(text, [Span(match.start(), match.end())]), way=way, back=back)
    return None


def smallest_first(request: Request) -> bool:
    return (request.way in SMALL and bool(request.way)) != request.back


def without_names(query: Query, text: str, sheet: Sheet) -> str:
    """Take the names of the place and of the table out of a question, whose words are not those of cells: 泊阳户数, 投资计划里投资最大的."""
    places = sorted({form for p in query.scope.places for form in (plain(p), plain(short_place(p)))} - set(sheet.forms), key=len, reverse=True)
    spans = [Span(m.start(), m.end()) for p in places for m in re.finditer(re.escape(p), text)]
    text = masked(text, [s for s in spans if not any(s.overlaps(h.span) for h in sheet.hits(text))])
    caption = re.sub(r"[(].*?[)]|^附[件表录]?[\d一二三四五六七八九十]*[:]?", "", plain(sheet.table.caption))
    pieces = (m for m in _TABLE_NAMED.finditer(text))
    spans = []
    for match in pieces:
        start = match.start()
        for end in (match.end("name"), match.end("name") - 1):  # 投资计划表 for what is called 投资计划
            while start and (text[start - 1 : end] in caption):
                start -= 1
        if match.group("kind") or match.end("name") - start >= _NAMED:
            spans.append(Span(start, match.end()))
    return masked(text, spans)


_TABLE_NAMED = re.compile("(?P<name>(?P<kind>清单|名单|台账|目录|[^代发图]表)|[㐀-鿿](?=[里中内上](?![㐀-鿿]*[里中内上]的)))(?:[里中内上]面?)?(?:的)?")
_NAMED = 3
"""Characters that the words before 里 need to share with a caption to name the table."""


# ---------------------------------------------------------------- rows and columns


def rows_of(reading: Reading, request: Request) -> tuple[int, ...] | None:
    """Rows the question restricts itself to, without those that add up others; None when a restriction cannot be checked."""
    sheet = reading.sheet
    if (reading.hits and not reading.rows) or any(_UNTIL.match(reading.text, h.span.end) for h in reading.hits if {c for _, c in h.places} & set(sheet.dated)):
        return None
    rows = [r for r in (reading.rows if reading.hits else sheet.body) if r not in sheet.totals]
    for bound in request.bounds:
        column = bounded_column(reading, bound)
        if column is None:
            return None
        amounts = {r: amount_in(sheet, r, column) for r in rows}
        rows = [r for r in rows if (a := amounts[r]) is not None and bound.holds(_like(a, bound))]
    if request.month:
        column = time_column(sheet)
        if column is None:
            return None
        rows = [r for r in rows if (m := moment_in(sheet.values[r][column])) and request.month.holds(m)]
    if request.goal:
        kept = by_goal(sheet, rows, request.goal)
        if kept is None and not reading.hits:
            return None
        rows = rows if kept is None else kept
    return tuple(rows)


_UNTIL = re.compile("[之以]?[前后]|底|起")
"""After a day: what is meant is a time up to it or from it on, not the day."""


def _like(found: Amount, bound: Bound) -> Amount:
    """A bare cell is in the unit of the bound."""
    return found if found.unit else Amount(found.value, bound.limit.unit, "")


def bounded_column(reading: Reading, bound: Bound) -> int | None:
    """The column a bound is on: of the figures in its unit the one named last before it, else the only one."""
    sheet = reading.sheet
    unit = bound.limit.unit
    fitting = [c for c in sorted(sheet.numeric) if _fits(sheet, c, bound.limit)]
    named = [m for m in sorted(reading.mentions, key=lambda m: m.span.start) if m.column in fitting]
    before = [m for m in named if m.span.end <= bound.span.start] or named
    if before:
        return before[-1].column
    exact = [c for c in fitting if unit and _unit_of(sheet, c) == unit]
    for columns in (exact, [c for c in fitting if TOTAL.fullmatch(sheet.table.headings[c].label)], fitting):
        if len(columns) == 1:
            return columns[0]
    return None


def _unit_of(sheet: Sheet, column: int) -> str | None:
    """The one unit, in its smallest form, that the cells of a column have; None when they have several."""
    units = {a.unit for r in sheet.body if (a := amount_in(sheet, r, column))}
    return units.pop() if len(units) == 1 else None


def _fits(sheet: Sheet, column: int, limit: Amount) -> bool:
    """Can a figure of the column be held against the bound: 5000万元 against 万元, 100 or 100个 against what has no unit?"""
    unit = _unit_of(sheet, column)
    if unit is None:
        return False
    return unit == limit.unit or limit.unit in ("", "个") or (not unit and limit.unit == limit.printed)


def by_goal(sheet: Sheet, rows: Sequence[int], goal: str) -> list[int] | None:
    """Rows that missed, met or beat what was planned: by the rate of completion, else planned against done; None when no columns say so."""
    pair = planned_and_done(sheet)
    rate = next((c for c in sorted(sheet.numeric) if RATE.search(sheet.table.headings[c].label)), None)
    if pair is None and rate is None:
        return None
    kept = []
    for row in rows:
        found = amount_in(sheet, row, rate) if rate is not None else None
        apart = found.value - 100 if found else _apart(sheet, row, pair)
        if apart is not None and {"missed": apart < 0, "met": apart >= 0, "beaten": apart > 0}[goal]:
            kept.append(row)
    return kept


def _apart(sheet: Sheet, row: int, pair: tuple[int, int] | None) -> float | None:
    planned, done = (amount_in(sheet, row, c) for c in pair) if pair else (None, None)
    return float(done.value - planned.value) if planned and done and planned.unit == done.unit else None


def planned_and_done(sheet: Sheet) -> tuple[int, int] | None:
    """The columns of what was planned and of what was done, where a table has one of each."""
    labels = {c: sheet.table.headings[c].label for c in sorted(sheet.numeric) if not RATE.search(sheet.table.headings[c].label)}
    planned = [c for c, label in labels.items() if PLANNED.search(label) and not re.search("实际|实绩", label)]
    done = [c for c, label in labels.items() if DONE.search(label) and c not in planned]
    if len(done) == 1 and not planned and labels[done[0]].startswith("已"):  # 监测户数 beside 已消除风险户数
        planned = [c for c in labels if c < done[0] and c not in done and _unit_of(sheet, c) == _unit_of(sheet, done[0])]
    return (planned[0], done[0]) if len(planned) == 1 and len(done) == 1 else None


def measured_column(query: Query, reading: Reading, request: Request) -> int | None:
    """The column of figures that is added up or ranked: named, in the measure asked for, fitting the adjective, the total, or the only one."""
    sheet = reading.sheet
    figures = [c for c in sorted(sheet.numeric) if c not in sheet.years]
    best = max((m.score for m in reading.mentions if m.column in figures), default=0.0)
    named = list(dict.fromkeys(m.column for m in reading.mentions if m.column in figures and m.score > best - _CLOSE))
    measure = _measure(query, request)
    fitting = [c for c in figures if measure and _is_in(sheet, c, measure)]
    adjective = [c for c in figures for words, label in FIGURES if request.way and request.way in words and label.search(sheet.table.headings[c].label)]
    total = [c for c in figures if TOTAL.fullmatch(sheet.table.headings[c].label)]
    for columns in ([c for c in named if c in fitting], named, fitting, total, [c for c in dict.fromkeys(adjective) if c in figures], figures):
        if len(columns) == 1:
            return columns[0] if columns is not figures or not _speaks_against(sheet, columns[0], measure) else None
    return None


_CLOSE = 0.03
"""Difference of scores below which two columns are named equally well."""


def of_another_thing(reading: Reading, request: Request, column: int) -> bool:
    """Is something counted (几个单位) that neither the column nor the table speaks of?"""
    match = HOW_MANY_ROWS.search(request.text)
    noun = (match.group("noun") or "") if match else ""
    sheet = reading.sheet
    if len(noun) < _A_NOUN or column in {m.column for m in reading.mentions}:
        return False
    if (unit := _unit_of(sheet, column)) and unit in noun:
        return False
    return noun[:_A_NOUN] not in plain(sheet.table.headings[column].label + sheet.table.caption) + sheet.suffix


_A_NOUN = 2


def _measure(query: Query, request: Request) -> str:
    """The measure word asked for; 人 of 几个人."""
    match = HOW_MANY_ROWS.search(request.text)
    if match and match.group("noun"):
        word = match.group("measure") or ""
        noun = match.group("noun")[0]
        return noun if (word in ("", "个") and noun in _MEASURES) else word or query.measure_word
    return (match.group("measure") if match and match.group("measure") else "") or query.measure_word


_MEASURES = frozenset("人户栋台吨亩米张辆套元名位公平立")


def _is_in(sheet: Sheet, column: int, measure: str) -> bool:
    unit = _unit_of(sheet, column) or ""
    asked = amount("1", measure)
    return bool(unit) and asked is not None and (asked.unit == unit or (measure == "公" and unit == "米") or unit.startswith(measure))


def _speaks_against(sheet: Sheet, column: int, measure: str) -> bool:
    """Is a measure asked for in which the column is not?"""
    unit = _unit_of(sheet, column)
    return measure not in ("", "个", "项") and unit not in ("", None) and not _is_in(sheet, column, measure)


def counts_rows(reading: Reading, request: Request) -> bool:
    """Is what is counted what the rows are: the noun heads the column of their names, or ends them?"""
    sheet = reading.sheet
    match = HOW_MANY_ROWS.search(request.text)
    noun = (match.group("noun") or "") if match else ""
    label = re.sub("名称?$", "", sheet.table.headings[sheet.key].label)
    if label and (any(label.endswith(noun[:size]) for size in range(1, len(noun) + 1)) or (len(label) > 1 and label in noun)):
        return True
    if len(sheet.suffix) < 2:
        return False
    return noun.startswith(sheet.suffix[-2:]) or (not noun and sheet.suffix in request.text)


def in_measure_of(query: Query, reading: Reading, request: Request) -> list[int]:
    """Columns of figures in the measure that is asked for: then the figures are meant and not the number of rows."""
    measure = _measure(query, request)
    return [c for c in sorted(reading.sheet.numeric) if measure not in ("", "个", "项") and _is_in(reading.sheet, c, measure)]
