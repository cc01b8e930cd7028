"""A question held against a table: the rows, days and columns its words name, and what the table leaves unexplained."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.lexicon.headers import FIRST_YEAR, IDLE, LAST_YEAR, SORTS, SPOKEN_ROWS, TIMES, WHOSE_PHONE
from assistant.lexicon.synonyms import ALTERNATIVES
from assistant.question.measured import states_unit
from assistant.question.query import Query
from assistant.question.terms import Term
from assistant.tables.cell_names import BRACKET, plain, short_forms
from assistant.tables.sheets import Hit, Mention, Sheet
from corpus.text import fold
from corpus.types import Span

MOST_ROWS = 15
"""Rows an answer may take; what more rows hold is too common a word."""

MONTH = re.compile(r"(?<!\d)(\d{1,2})月(?!\d|底|份?以?前|个)")
_DATE_BITS = re.compile(r"[\d月日号年上中下旬]+")
_LOST_DATE = re.compile(r"(?<!\d)(\d{1,2}),+(\d{1,2})(?!\d)")
"""A date in the topic of earlier turns, which keeps only its figures."""

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_SHORT_YEAR = re.compile(r"(?<!\d)(\d\d)年")
_NO_FIGURE = frozenset(("lead", "support", "contact", "meta", "reverse", "definition"))
_ASKS_OTHER = re.compile(r"谁|哪位|怎么(?!样)|怎样|如何|为什么|为何|哪里|哪个[单部]|牵头|(?:拿|带|交|准备|提供|提交|备齐?)(?:些|上)?(?:什么|啥|哪)|who|where|why|how(?!m)")
"""Kinds and words of questions that no figure by years answers."""

_JOINED_BY = re.compile(r"(?:[和与、跟及]|比|and|或)$")
_JOINED_TO = re.compile(r"[和与、跟及比或]|and")

_TEN_DAYS = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31)}


@dataclass(frozen=True, slots=True)
class Reading:
    """A question held against one table. text: the question in matching form; left: it without the words that name cells.

    columns: what is asked for.  years: calendar years asked for.  explained: share of the question's weight that the table accounts for.
    """

    sheet: Sheet
    text: str
    left: str
    hits: tuple[Hit, ...]
    rows: tuple[int, ...]
    columns: tuple[int, ...]
    mentions: tuple[Mention, ...]
    explained: float
    unknown: tuple[Term, ...]
    years: tuple[int, ...] = ()

    @property
    def absent(self) -> tuple[int, ...]:
        """Years asked for that no column of a table by years stands for."""
        return tuple(y for y in self.years if y not in self.sheet.years.values()) if self.sheet.years else ()

    @property
    def named(self) -> frozenset[int]:
        """Columns in which the question names a cell."""
        return frozenset(column for hit in self.hits for _, column in hit.places)

    @property
    def score(self) -> float:
        best = max((m.score for m in self.mentions), default=0.0)
        return self.explained + 0.3 * best + 0.2 * bool(self.rows) + 0.1 * bool(self.columns)


def read(query: Query, text: str, sheet: Sheet) -> Reading:
    """Hold a question against a table. text: the question as `assistant.tables.sheets.plain` gives it."""
    hits = _all_hits(sheet, text)
    left = masked(text, [h.span for h in hits])
    mentions = _mentions(sheet, _spoken(left))
    replaced = ""
    if query.follow_up:
        topic = plain(_LOST_DATE.sub(r"\1月\2日", query.topic))
        own = {c for h in hits for _, c in h.places}
        earlier = _all_hits(sheet, topic)
        hits += [h for h in earlier if not own & {c for _, c in h.places}]
        replaced = ",".join(h.text for h in earlier if h not in hits)
        mentions = mentions or sheet.mentions(masked(topic, [h.span for h in earlier]))
    hits = [_narrowed(hit, mentions) for hit in hits]
    named = {c for h in hits for _, c in h.places}
    columns = _asked_columns(sheet, left, mentions, named) if hits else [m.column for m in mentions]
    if query.follow_up and hits and not columns and query.kind == "number":
        columns = sheet.implied("多少", without=named)  # 市直学校呢 after 白渡县有几个
    rows = _rows(text, sheet, hits)
    if hits and not columns and query.kind == "number":
        columns = sheet.measured(query.measure_word) or _stating(sheet, rows, query.measure_word)
    columns = _of_its_sort(left, sheet, _of_the_year(query, text, sheet, columns), mentions)
    if len(rows) == 1 and len(columns) == 1 and query.kind == "number" and not states_unit(sheet.values[rows[0]][columns[0]] + sheet.unit(columns[0]), query.measure_word):
        columns = _stating(sheet, rows, query.measure_word) or columns
    years = _years(query, text, sheet)
    figure_meant = columns or (query.kind not in _NO_FIGURE and not _ASKS_OTHER.search(left))
    columns = _by_year(sheet, years, columns) if hits and figure_meant else columns
    explained, unknown = _explained(query, text, sheet, hits, mentions, replaced)
    return Reading(sheet, text, left, tuple(hits), rows, tuple(dict.fromkeys(columns)), tuple(mentions), explained, unknown, years)


def spoken_rows(text: str) -> str:
    """Put the names that tables have for what people say: 三甲 → 三级医院."""
    for pattern, meant in SPOKEN_ROWS:
        text = pattern.sub(meant, text)
    return text


def _all_hits(sheet: Sheet, text: str) -> list[Hit]:
    """Cells named whole, and rows named by part of their name: when no other is named, or joined to one (二级和三级医院)."""
    hits = sheet.hits(text)
    hits += _short_hits(sheet, masked(text, [h.span for h in hits]))
    near = sheet.near_hits(masked(text, [h.span for h in hits]))
    rows = [h for h in hits if sheet.key in {c for _, c in h.places}]
    if rows:
        near = [h for h in near if _JOINED_TO.match(text, h.span.end) or _JOINED_BY.search(text[: h.span.start])]
    elif not sheet.numeric.issuperset(sheet.years) or not sheet.years:
        near = [h for h in near if _names_enough(sheet, h) or _tells(sheet, h)]
    return sorted([*hits, *near], key=lambda hit: hit.span.start)


def _short_hits(sheet: Sheet, text: str) -> list[Hit]:
    """Rows that the question names in a short form."""
    if sheet.table.tasks or sheet.key in sheet.dated or sheet.key in sheet.numeric:
        return []
    names = [BRACKET.sub("", value) for value in sheet.column(sheet.key)]
    return [Hit(span.of(text), span, ((row, sheet.key),)) for span, row in short_forms(text, names)]


def _mentions(sheet: Sheet, text: str) -> list[Mention]:
    """Columns named by their words, and those named in a short form (社零总额)."""
    found = sheet.mentions(text)
    named = short_forms(masked(text, [m.span for m in found if m.score > _SHORT_NAME]), [h.label for h in sheet.table.headings])
    short = [Mention(column, span, _SHORT_NAME) for span, column in named if column not in sheet.serial]
    return [*(m for m in found if not any(m.span.overlaps(s.span) for s in short)), *short]


_SHORT_NAME = 0.85
"""How surely a short form names its column."""

_A_NAME, _MOST_OF_IT, _HALF = 4, 0.6, 0.5
"""Characters, and the share of its name, by which alone a row may be meant where no other is named: 卫生厕所普及率; less of its end does."""


def _names_enough(sheet: Sheet, hit: Hit) -> bool:
    """Is so much of a row's name said, or so much of its end (辅导员 of 专职辅导员), that it is meant?"""
    row, column = hit.places[0]
    name = sheet.values[row][column]
    if name.endswith(hit.text):
        return len(hit.text) >= max(_A_NAME - 1, _HALF * len(name))
    return len(hit.text) >= max(_A_NAME, _MOST_OF_IT * len(name))


def _tells(sheet: Sheet, hit: Hit) -> bool:
    """Is all that the question leaves out of a row's name what another name ends in too (龙背岭 of 龙背岭养护站, beside 鹰嘴垭养护站)?"""
    row, column = hit.places[0]
    name = sheet.values[row][column]
    left_out = name.removeprefix(hit.text)
    return len(hit.text) >= _A_PROPER_NAME and 1 < len(left_out) < len(name) and any(v.endswith(left_out) for r, v in enumerate(sheet.column(column)) if r != row)


_A_PROPER_NAME = 3


def _years(query: Query, text: str, sheet: Sheet) -> tuple[int, ...]:
    """Years asked for; 26年 counts where the table has a column of 2026."""
    if not sheet.years:
        return ()
    full = [(m.start(), int(m.group(1))) for m in _YEAR.finditer(text)]
    full += [(m.start(), max(sheet.years.values())) for m in LAST_YEAR.finditer(text)]
    full += [(m.start(), min(y for c, y in sheet.years.items() if c not in sheet.base_years)) for m in FIRST_YEAR.finditer(text)]
    short = [(m.start(), 2000 + int(m.group(1))) for m in _SHORT_YEAR.finditer(text)]
    found = sorted([*full, *((at, year) for at, year in short if year in sheet.years.values())])
    return tuple(dict.fromkeys(year for _, year in found)) or query.scope.years


_NEAR_YEARS = {"前年": -2, "去年": -1, "上年": -1, "今年": 0, "本年": 0, "明年": 1, "来年": 1}
_TITLED = re.compile(r"(20\d\d)年")


def _of_the_year(query: Query, text: str, sheet: Sheet, columns: Sequence[int]) -> list[int]:
    """Of several columns (总投资, 2026年计划投资) those that name the year asked for; 今年 is the year of the document's title."""
    own = _TITLED.search(fold(sheet.document.title))
    near = [by for word, by in _NEAR_YEARS.items() if word in text]
    asked = {str(year) for year in {*query.scope.years, *(int(own[1]) + by for by in near if own)}}
    dated = {c: set(_TITLED.findall(sheet.table.headings[c].label)) for c in columns}
    named = [c for c, years in dated.items() if (asked & years if own or not near else years)]
    return named or list(columns)


def _of_its_sort(left: str, sheet: Sheet, columns: Sequence[int], mentions: Sequence[Mention]) -> list[int]:
    """Of several columns of one measure that the same words ask for (总投资, 本年计划投资) the one that is meant."""
    unit = {sheet.unit(c) for c in columns}
    words = {m.span for m in mentions if m.column in columns}
    if len(columns) == 1 and columns[0] in sheet.numeric and sheet.unit(columns[0]) and SORTS[0][0].search(left):
        # 已完成多少投资: the words name what was planned, what was done has no such word in its heading.
        return [c for c in sorted(sheet.numeric) if SORTS[0][1].search(sheet.words(c)) and {sheet.unit(c)} == unit]
    if len(columns) < _SEVERAL or len(unit) > 1 or len(words) > 1 or not sheet.numeric.issuperset(columns):
        return list(columns)
    for asked, label in SORTS:
        fitting = [c for c in columns if label.search(sheet.table.headings[c].label)]
        if asked.search(left) and len(fitting) == 1:
            return fitting
    return list(columns)


def _stating(sheet: Sheet, rows: Sequence[int], measure: str) -> list[int]:
    """The one column whose cell, in the row asked about, states a figure in the measure asked for in words (新建水厂1座,管网52公里)."""
    if len(rows) != 1 or measure in _NO_MEASURE:
        return []
    cells = enumerate(sheet.values[rows[0]])
    found = [c for c, value in cells if c != sheet.key and c not in sheet.numeric and c not in sheet.dated and states_unit(value, measure)]
    return found if len(found) == 1 else []


_NO_MEASURE = frozenset(("", "个", "久", "%", "元"))
"""Measures that every other text states something in, or none."""


def _by_year(sheet: Sheet, years: Sequence[int], columns: Sequence[int]) -> list[int]:
    """Of the columns by year those of the years asked for; all of them when no other column is asked for."""
    if not sheet.years or any(c not in sheet.years for c in columns):
        return list(columns)
    series = columns or list(sheet.years)
    chosen = [c for c in series if sheet.years[c] in years] if years else list(series)
    return sorted(chosen, key=lambda c: years.index(sheet.years[c]) if years else c)


def _asked_columns(sheet: Sheet, left: str, mentions: Sequence[Mention], named: set[int]) -> list[int]:
    """Columns asked for: those named beside the cells; a question word of another kind (教育局哪天体检) outweighs a piece of a heading."""
    if sheet.key not in named and sheet.row_asked(left):
        return [sheet.key]
    implied = _told_apart(sheet, left, sheet.implied(left, without=named))
    beside = [m for m in sorted(mentions, key=lambda m: m.span.start) if m.column not in named]
    if implied:
        beside = [m for m in beside if m.score > 0.95 or m.column in implied or sheet.asks_figure(m.column, left)]
    asked = [m.column for m in beside] or implied
    if WHOSE_PHONE.search(left) and (people := sheet.implied("谁", without={*named, *asked})) and sheet.implied("电话") == asked:
        return [*people[:1], *asked]
    return asked


def _told_apart(sheet: Sheet, left: str, columns: list[int]) -> list[int]:
    """Of several columns of the kind asked for (开工时间, 完工时间) those whose own word the question says, or one that means the same."""
    if len(columns) < _SEVERAL:
        return columns
    stems = {c: _KIND_OF.sub("", sheet.table.headings[c].label) for c in columns}
    said = [c for c, stem in stems.items() if len(stem) >= _SEVERAL and stem in left]
    meant = [c for c, stem in stems.items() if len(stem) >= _SEVERAL and any(other in left for other in (*ALTERNATIVES.get(stem, ()), *_SAID_FOR.get(stem, ())))]
    return said or meant or columns


_SAID_FOR: dict[str, list[str]] = {}
"""Word -> the words that people say for it; the alternatives of most words stand in one direction only."""
for _word, _meant in ALTERNATIVES.items():
    for _other in _meant:
        _SAID_FOR.setdefault(_other, []).append(_word)

_SEVERAL = 2
_KIND_OF = re.compile("(?:时间|日期|时限|期限|节点|单位|部门|人|电话)$")


def masked(text: str, spans: Sequence[Span]) -> str:
    """Put commas in place of the spans, so that what stays keeps its place."""
    for span in spans:
        text = text[: span.start] + "," * len(span) + text[span.end :]
    return text


def _spoken(left: str) -> str:
    """Take out what stands between the words of a column: 带几天班 → 带班, 6月几号带班 → ,带班."""
    left = TIMES.sub("", re.sub(r"(?:几|哪)(?:几)?(?:个)?[号天日](?!班)|那[天日]|当[天日]", ",", left))
    return re.sub(r"\d{1,2}月(?:份|上旬|中旬|下旬)?|[上中下]旬|同志", ",", left)


def _narrowed(hit: Hit, mentions: Sequence[Mention]) -> Hit:
    """A name in several columns (带班 and 值班) counts in the one that the question names."""
    wanted = {m.column for m in mentions}
    places = tuple(p for p in hit.places if p[1] in wanted)
    return Hit(hit.text, hit.span, places, hit.whole) if places else hit


def _rows(text: str, sheet: Sheet, hits: Sequence[Hit]) -> tuple[int, ...]:
    """Rows that hold a name of each column named; names in the same column add their rows, in question order."""
    by_column: dict[frozenset[int], dict[int, None]] = {}
    end, last = -1, dict[int, None]()
    for hit in hits:
        of = by_column.setdefault(frozenset(c for _, c in hit.places), {})
        own = dict.fromkeys(r for r, _ in hit.places)
        if hit.span.start == end and any(r in own for r in last) and set(last) <= set(of):
            for row in [r for r in last if r not in own]:  # 宓知秋副县长 names whom both words fit
                del of[row]
            own = {r: None for r in own if r in last}
        of.update(own)
        end, last = hit.span.end, own
    if not by_column:
        return ()
    sets = list(by_column.values())
    rows = [r for r in sets[0] if all(r in other for other in sets[1:])]
    period = _period(text, sheet)
    return tuple(r for r in rows if period is None or r in period)


def _period(text: str, sheet: Sheet) -> set[int] | None:
    """Rows within the month or ten days that the question names, None when it names none."""
    month = MONTH.search(text)
    tens = next((days for word, days in _TEN_DAYS.items() if word in text), None)
    if not sheet.dated or not (month or tens):
        return None
    low, high = tens or (1, 31)
    wanted = int(month.group(1)) if month else None
    return {r for days in sheet.dated.values() for (m, d), rows in days.items() for r in rows if low <= d <= high and wanted in (None, m)}


_BRACKETS = re.compile("[()、]")
"""县(市、区) heads what people call 县区 or 县市区."""


def _explained(
    query: Query, text: str, sheet: Sheet, hits: Sequence[Hit], mentions: Sequence[Mention], replaced: str
) -> tuple[float, tuple[Term, ...]]:
    """How much of the question's weight the table accounts for, and the words it does not. replaced: names of the turn before that gave way."""
    table, document = sheet.table, sheet.document
    rows = {r for h in hits for r, _ in h.places}
    around = fold("".join(h.label + h.unit + _BRACKETS.sub("", h.label) for h in table.headings) + table.caption + "".join(table.path) + table.context + document.title + "".join(document.card.places)) + sheet.level_words
    known = around + "".join("".join(sheet.values[r]) for r in sorted(rows)[:MOST_ROWS]) + ",".join(h.text for h in hits) + replaced + "最大小高低相差"
    spoken = masked(text, [h.span for h in hits])
    named = {spoken[m.span.start : m.span.end] for m in mentions}
    spoken = _spoken(spoken)
    total, lost = 0.0, []
    for term in query.terms:
        word = spoken_rows(_DATE_BITS.sub("", plain(term.text)).strip("iv级"))
        if not word or word[0] == "最" or (sheet.years or query.language == "en") and IDLE.fullmatch(word) or (query.language != "en" and not query.follow_up and word not in spoken and word in text and not any(word in h.text for h in hits)):
            continue
        total += term.weight
        if word not in known and (word.strip("比") or word) not in known and not any(word in n for n in named) and Term(word, 1.0, term.alternatives).cover(known) < 0.6:
            lost.append(term)
    return (1 - sum(t.weight for t in lost) / total if total else 1.0), tuple(lost)
