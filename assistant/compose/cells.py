"""Answers from the cells of tables: the row and the column that a question names, rows that hold a name, rows compared.

Nothing is answered unless the words that name row and column, with the table's caption, headings and title, leave hardly a word
of the question unexplained; else other composers go on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.draft import Draft, Quote, names
from assistant.evidence import Gathered, in_scope
from assistant.lexicon.headers import (
    CLAIMED,
    COLUMNS_ASKED,
    COMPARED,
    DIFFERENCE,
    EMPTY_CELLS,
    FIGURES,
    HOW_MANY,
    LARGER,
    SUPERLATIVE,
    TABLE_WORD,
    TIMES,
    WHOLE_ROW,
)
from assistant.library import Library
from assistant.query import Query
from assistant.scope import short_place
from assistant.sheets import Hit, Mention, Sheet, days_in, plain, sheets_of
from assistant.terms import Term
from corpus.text import fold, squeeze
from corpus.types import Span

UNEXPLAINED = 0.26
"""Share of the question's weight that may stay unexplained by the table before another composer is asked."""

_MOST_ROWS, _MOST_SHEETS = 15, 40
_DATE_BITS = re.compile(r"[\d月日号年上中下旬]+")
_MONTH = re.compile(r"(?<!\d)(\d{1,2})月(?!\d|底|份?以?前|个)")
_LOST_DATE = re.compile(r"(?<!\d)(\d{1,2}),+(\d{1,2})(?!\d)")
"""A date in the topic of earlier turns, which keeps only its figures."""

_TEN_DAYS = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31)}
_QUANTITY = re.compile(r"的?((?:(?![哪谁最更比几多少])[㐀-鿿]){1,5}[高长宽深度量率数位积容龄价费额温压话址])(?:是|有|为|达)?(?:多少|几|什么|[?]|$)")
_AMOUNT = re.compile(r"[+-]?\d[\d,]*(?:\.\d+)?")
_VAGUE = re.compile(r"^(?:.*[个些座几某各全本该这那每两三四所有其]|大型|中型|小型|重点|主要|病险|中小|一般|其他|哪.*|什么)$")


@dataclass(frozen=True, slots=True)
class Reading:
    """A question held against one table. text: the question in matching form; left: it without the words that name cells.

    columns: what is asked for.  explained: share of the question's weight that the table accounts for.
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

    @property
    def named(self) -> frozenset[int]:
        """Columns in which the question names a cell."""
        return frozenset(column for hit in self.hits for _, column in hit.places)

    @property
    def score(self) -> float:
        best = max((m.score for m in self.mentions), default=0.0)
        return self.explained + 0.3 * best + 0.2 * bool(self.rows) + 0.1 * bool(self.columns)


def cell_answer(query: Query, gathered: Gathered, library: Library) -> Draft | None:
    """Answer from the cell of a table that is no task list; None when no table clearly has it."""
    text = plain(query.folded if query.language != "en" else query.folded + "," + query.topic + "," + ",".join(t.text for t in query.terms))
    sheets = _candidates(query, text, gathered, library)
    if COLUMNS_ASKED.search(text):
        return _column_names(query, sheets)
    readings = [_read(query, text, sheet) for sheet in sheets if sheet.table.rows and not sheet.table.tasks]
    readings.sort(key=lambda r: -r.score)
    for reading in [r for r in readings if 1 - r.explained <= UNEXPLAINED][:3]:
        for compose in (_compared, _extreme, _counted, _cells, _whole_rows):
            if draft := compose(query, reading):
                return draft
    if query.follow_up:
        return None
    missing = next((m for reading in readings[:3] if (m := _missing(query, reading, library))), "")
    return _refusal(query, missing) if missing else None


def _refusal(query: Query, missing: str) -> Draft:
    return Draft(query.kind, "", (), 0.9, False, (), missing, "cell")


def _candidates(query: Query, text: str, gathered: Gathered, library: Library) -> list[Sheet]:
    """Tables with a cell that the question names, then those of the documents found."""
    sheets = sheets_of(library)
    found = {id(s): s for s in sheets.naming(f"{text},{plain(query.topic)}")}
    for document in dict.fromkeys(s.clause.document.id for s in gathered.clauses):
        found.update({id(s): s for s in sheets.by_document.get(document, ())})
    for document in query.scope.documents:
        found.update({id(s): s for s in sheets.by_document.get(document, ())})
    scope = query.scope.documents
    kept = [s for s in found.values() if (not scope or s.document.id in scope) and in_scope(s.document, s.table.section, query)]
    return kept[:_MOST_SHEETS]


# ---------------------------------------------------------------- reading


def _read(query: Query, text: str, sheet: Sheet) -> Reading:
    hits = sheet.hits(text)
    left = _masked(text, [h.span for h in hits])
    mentions = sheet.mentions(_spoken(left))
    if query.follow_up:
        topic = plain(_LOST_DATE.sub(r"\1月\2日", query.topic))
        own = {c for h in hits for _, c in h.places}
        before = [h for h in sheet.hits(topic) if not own & {c for _, c in h.places}]
        hits += before
        mentions = mentions or sheet.mentions(_masked(topic, [h.span for h in before]))
    hits = [_narrowed(hit, mentions) for hit in hits]
    named = {c for h in hits for _, c in h.places}
    columns = _asked_columns(sheet, left, mentions, named) if hits else [m.column for m in mentions]
    explained, unknown = _explained(query, text, sheet, hits, mentions)
    rows = _rows(text, sheet, hits)
    return Reading(sheet, text, left, tuple(hits), rows, tuple(dict.fromkeys(columns)), tuple(mentions), explained, unknown)


def _asked_columns(sheet: Sheet, left: str, mentions: Sequence[Mention], named: set[int]) -> list[int]:
    """Columns asked for: those named beside the cells; a question word of another kind (教育局哪天体检) outweighs a piece of a heading."""
    if sheet.key not in named and sheet.row_asked(left):
        return [sheet.key]
    implied = sheet.implied(left, without=named)
    beside = [m for m in sorted(mentions, key=lambda m: m.span.start) if m.column not in named]
    if implied and not any(m.column in implied for m in beside):
        beside = [m for m in beside if m.score > 0.95]
    return [m.column for m in beside] or implied


def _masked(text: str, spans: Sequence[Span]) -> str:
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
    for hit in hits:
        of = by_column.setdefault(frozenset(c for _, c in hit.places), {})
        of.update(dict.fromkeys(r for r, _ in hit.places))
    if not by_column:
        return ()
    sets = list(by_column.values())
    rows = [r for r in sets[0] if all(r in other for other in sets[1:])]
    period = _period(text, sheet)
    return tuple(r for r in rows if period is None or r in period)


def _period(text: str, sheet: Sheet) -> set[int] | None:
    """Rows within the month or ten days that the question names, None when it names none."""
    month = _MONTH.search(text)
    tens = next((days for word, days in _TEN_DAYS.items() if word in text), None)
    if not sheet.dated or not (month or tens):
        return None
    low, high = tens or (1, 31)
    wanted = int(month.group(1)) if month else None
    return {r for days in sheet.dated.values() for (m, d), rows in days.items() for r in rows if low <= d <= high and wanted in (None, m)}


def _explained(query: Query, text: str, sheet: Sheet, hits: Sequence[Hit], mentions: Sequence[Mention]) -> tuple[float, tuple[Term, ...]]:
    """How much of the question's weight the table accounts for, and the words it does not."""
    table, document = sheet.table, sheet.document
    rows = {r for h in hits for r, _ in h.places}
    around = fold("".join(h.label for h in table.headings) + table.caption + "".join(table.path) + table.context + document.title + "".join(document.card.places))
    known = around + "".join("".join(sheet.values[r]) for r in sorted(rows)[:_MOST_ROWS]) + ",".join(h.text for h in hits) + "最大小高低相差"
    spoken = _masked(text, [h.span for h in hits])
    named = {spoken[m.span.start : m.span.end] for m in mentions}
    spoken = _spoken(spoken)
    total, lost = 0.0, []
    for term in query.terms:
        word = _DATE_BITS.sub("", plain(term.text)).strip("iv级")
        if not word or (query.language != "en" and not query.follow_up and word not in spoken and word in text and not any(word in h.text for h in hits)):
            continue
        total += term.weight
        if word not in known and not any(word in n for n in named) and Term(word, 1.0, term.alternatives).cover(known) < 0.6:
            lost.append(term)
    return (1 - sum(t.weight for t in lost) / total if total else 1.0), tuple(lost)


# ---------------------------------------------------------------- answering


def _value(sheet: Sheet, row: int, column: int) -> str:
    """The cell as printed, with the unit that its heading or its row states."""
    cell = sheet.table.rows[row].cells[column]
    printed = squeeze(cell.span.of(sheet.document.text)).strip("*`") if cell else ""
    unit = sheet.table.headings[column].unit
    if column in sheet.numeric:
        if not unit and sheet.measure >= 0:
            unit = sheet.values[row][sheet.measure]
        if unit and printed[-1:].isdigit():
            return printed + unit
    return printed


def _amount(sheet: Sheet, row: int, column: int) -> Decimal | None:
    match = _AMOUNT.search(sheet.values[row][column])
    if not match:
        return None
    scale = 10000 if "万" in sheet.values[row][column] else 1
    return Decimal(match.group().replace(",", "")) * scale


def _quotes(sheet: Sheet, rows: Sequence[int], columns: Sequence[int]) -> tuple[Quote, ...]:
    """Cite each row with its cells; a merged cell also where it stands."""
    found: list[Quote] = []
    for row in rows:
        whole = sheet.table.rows[row].span
        cells = [c.span for column in columns if (c := sheet.table.rows[row].cells[column]) and len(c.span)]
        found.append(Quote(sheet.document, whole, sheet.table.path, tuple(s for s in cells if whole.covers(s))))
        for cell in cells:
            home = next((r.span for r in sheet.table.rows if r.span.covers(cell)), cell)
            if home != whole:
                found.append(Quote(sheet.document, home, sheet.table.path, (cell,)))
    return tuple(found)


def _draft(query: Query, reading: Reading, text: str, rows: Sequence[int], columns: Sequence[int], notes: tuple[str, ...] = ()) -> Draft:
    quotes = _quotes(reading.sheet, rows, columns)
    covered = max(reading.explained, 0.8)
    return Draft(query.kind, text, quotes, covered, True, notes, "", "cell", (("own", covered),))


def _cells(query: Query, reading: Reading) -> Draft | None:
    """The cells of the rows named in the columns asked for."""
    sheet, rows, columns = reading.sheet, reading.rows, reading.columns
    if not rows or not columns or len(rows) > _MOST_ROWS or not _row_is_meant(reading):
        return None
    label = sheet.table.headings[columns[0]].printed
    if len(rows) == 1 and len(columns) == 1:
        value = _value(sheet, rows[0], columns[0])
        if value in EMPTY_CELLS:
            return _refusal(query, f"表中“{label}”一栏没有填写")
        return _draft(query, reading, value, rows, columns)
    if columns == (sheet.key,) or (len(columns) == 1 and columns[0] in sheet.dated):
        return _draft(query, reading, names([_value(sheet, r, columns[0]) for r in rows]), rows, columns)
    lines = [f"{_name(sheet, r)}:" + _pairs(sheet, r, columns) for r in rows] if len(rows) > 1 else [_pairs(sheet, rows[0], columns, ";")]
    if len(columns) == 1 and len({_value(sheet, r, columns[0]) for r in rows}) == 1:
        lines = [_value(sheet, rows[0], columns[0])]
    return _draft(query, reading, "\n".join(lines), rows, columns)


def _row_is_meant(reading: Reading) -> bool:
    """A name of the key column or a whole name; a common word in some other column needs a column named beside it."""
    if any(c == reading.sheet.key or c in reading.sheet.dated for c in reading.named):
        return all(h.whole or reading.mentions for h in reading.hits)
    return bool(reading.mentions) or all(len(h.text) >= 3 for h in reading.hits)


def _name(sheet: Sheet, row: int) -> str:
    return _value(sheet, row, sheet.key)


def _pairs(sheet: Sheet, row: int, columns: Sequence[int], joint: str = ",") -> str:
    if len(columns) == 1:
        return _value(sheet, row, columns[0])
    return joint.join(f"{sheet.table.headings[c].printed}{'' if joint == ',' else ':'}{_value(sheet, row, c) or '(空)'}" for c in columns)


def _compared(query: Query, reading: Reading) -> Draft | None:
    """Two or more rows in one column of figures: both values, the higher (or, when asked for, lower) first, their difference."""
    sheet, text = reading.sheet, query.folded
    asked = CLAIMED.search(text) or COMPARED.search(text)
    figures = _figures(reading, asked)
    if len(reading.rows) < 2 or len(figures) != 1 or sheet.key not in reading.named:
        return None
    different = DIFFERENCE.search(text)
    amounts = {r: a for r in reading.rows if (a := _amount(sheet, r, figures[0])) is not None}
    if not (asked or different) or len(amounts) != len(reading.rows):
        return None
    word = next((g for g in asked.groups() if g), "高") if asked else "高"
    rows = sorted(amounts, key=lambda r: amounts[r], reverse=word in LARGER)
    parts = [f"{_name(sheet, r)}{_value(sheet, r, figures[0])}" for r in rows]
    first, last = amounts[rows[0]], amounts[rows[-1]]
    verdict = "两者相同" if first == last else f"{_name(sheet, rows[0])}更{word}"
    if CLAIMED.search(text) and "哪" not in text and len(rows) == 2:
        verdict = ("是," if reading.rows[0] == rows[0] and first != last else "不是,") + verdict
    if different:
        verdict += f",相差{abs(first - last)}{sheet.table.headings[figures[0]].unit}"
    return _draft(query, reading, f"{verdict}:{';'.join(parts)}", rows, figures)


def _figures(reading: Reading, asked: re.Match[str] | None) -> list[int]:
    """Columns of figures that are compared: those named, else those whose heading the adjective fits, else the only one."""
    sheet = reading.sheet
    named = [m.column for m in reading.mentions if m.column in sheet.numeric]
    if named or asked is None:
        return named
    word = next((g for g in asked.groups() if g), "")
    fitting = [c for c in sorted(sheet.numeric) for words, label in FIGURES if word and word in words and label.search(sheet.table.headings[c].label)]
    return fitting or sorted(sheet.numeric)


def _extreme(query: Query, reading: Reading) -> Draft | None:
    """The row with the largest or smallest figure of a column."""
    sheet = reading.sheet
    asked = SUPERLATIVE.search(reading.text)
    figures = _figures(reading, asked)
    if not asked or len(figures) != 1 or (reading.rows and sheet.key in reading.named):
        return None
    rows = reading.rows or tuple(range(len(sheet.table.rows)))
    amounts = {r: a for r in rows if (a := _amount(sheet, r, figures[0])) is not None and not re.search("合计|总计|小计", _name(sheet, r))}
    if len(amounts) < 2:
        return None
    best = (max if asked.group(1) in LARGER else min)(amounts.values())
    chosen = [r for r, a in amounts.items() if a == best]
    text = names([f"{_name(sheet, r)}({_value(sheet, r, figures[0])})" for r in chosen])
    return _draft(query, reading, text, chosen, [sheet.key, *figures])


def _counted(query: Query, reading: Reading) -> Draft | None:
    """In how many rows a name stands: 带几天班, 青石乡有几座水库."""
    sheet = reading.sheet
    if not reading.rows or sheet.key in reading.named or reading.named & frozenset(sheet.dated):
        return None
    often = TIMES.search(reading.text)
    many = HOW_MANY.search(reading.text)
    if often and sheet.dated and reading.mentions:
        word = often.group(1) or "次"
        listed = names([_value(sheet, r, min(sheet.dated)) for r in reading.rows])
        return _draft(query, reading, f"{len(reading.rows)}{word.replace('班', '次').replace('晚', '天')}({listed})", reading.rows, sorted(reading.named))
    if many and sheet.suffix and sheet.suffix in reading.left and not [c for c in reading.columns if c in sheet.numeric]:
        listed = names([_name(sheet, r) for r in reading.rows])
        return _draft(query, reading, f"表中列有{len(reading.rows)}{many.group(1)}:{listed}", reading.rows, [sheet.key])
    return None


def _whole_rows(query: Query, reading: Reading) -> Draft | None:
    """All cells of a row when its arrangement or data as such are asked for."""
    sheet = reading.sheet
    if len(reading.rows) != 1 or reading.columns or not WHOLE_ROW.search(reading.text) or reading.unknown:
        return None
    if sheet.key not in reading.named and not reading.named & frozenset(sheet.dated):
        return None
    columns = [c for c in range(len(sheet.table.headings)) if c not in sheet.serial and _value(sheet, reading.rows[0], c) not in EMPTY_CELLS]
    return _draft(query, reading, _pairs(sheet, reading.rows[0], columns, ";"), reading.rows, columns)


# ---------------------------------------------------------------- what the table does not have


def _missing(query: Query, reading: Reading, library: Library) -> str:
    """Say that the table has no such day, name or column, "" when that is not what the question names."""
    if reading.rows:
        return _missing_column(reading, library)
    sheet = reading.sheet
    asked = bool(reading.mentions) or bool(sheet.implied(reading.left))
    if sheet.dated and 1 - reading.explained <= UNEXPLAINED and (asked or TABLE_WORD.search(reading.text)):
        return _missing_days(reading, library)
    return _missing_name(query, reading, library) if reading.mentions else ""


def _missing_days(reading: Reading, library: Library) -> str:
    sheet, text = reading.sheet, reading.text
    days = sheet.dated[min(sheet.dated)]
    listed = f"(列出{_day(min(days))}至{_day(max(days))})"
    own = {sheet.document.id}
    asked = [(day, span.of(text)) for day, span in days_in(text)]
    if asked:
        lacking = all(day not in days and not library.occurs(_day(day), own) for day, _ in asked)
        return f"表中没有{names([_day(day) for day, _ in asked])}的安排{listed}" if lacking else ""
    month = _MONTH.search(text)
    if month and int(month.group(1)) not in sheet.months and not library.occurs(f"{int(month.group(1))}月", own):
        return f"表中没有{month.group(1)}月的安排{listed}"
    return ""


def _day(day: tuple[int, int]) -> str:
    return f"{day[0]}月{day[1]}日"


def _missing_name(query: Query, reading: Reading, library: Library) -> str:
    """石门水库 when the table lists other 水库 and no document knows it."""
    sheet = reading.sheet
    if len(sheet.suffix) < 2:
        return ""
    places = sorted((form for p in query.scope.places for form in (fold(p), fold(short_place(p)))), key=len, reverse=True)
    text = _masked(reading.text, [Span(m.start(), m.end()) for p in places for m in re.finditer(re.escape(p), reading.text)])
    for match in re.finditer(rf"([㐀-鿿]{{2,4}}?){sheet.suffix}", text):
        stem = match.group(1)
        foreign = all(t.text in match.group() for t in reading.unknown)
        if foreign and not _VAGUE.match(stem) and not library.occurs(stem) and match.group() not in places:
            return f"表中没有“{match.group()}”(列有{names(sheet.column(sheet.key)[:12], etc=len(sheet.values) > 12)})"
    return ""


def _missing_column(reading: Reading, library: Library) -> str:
    """The row is there, but the quantity asked for (青石水库坝高多少) stands nowhere in its document."""
    sheet = reading.sheet
    for hit in reading.hits:
        asked = _QUANTITY.match(reading.text, hit.span.end)
        if asked and hit.whole and not reading.mentions and sheet.key in {c for _, c in hit.places} and not library.occurs(asked.group(1), {sheet.document.id}):
            return f"表中有“{hit.text}”,但没有“{asked.group(1)}”"
    return ""


# ---------------------------------------------------------------- headings


def _column_names(query: Query, sheets: Sequence[Sheet]) -> Draft | None:
    """The headings of the table whose caption, section or document the question names."""
    terms = [t for t in query.terms if not re.fullmatch(r".*(?:有|列|栏|字段|表头).*|.?表|表格", t.text)]
    best: tuple[float, Sheet] | None = None
    for sheet in sheets:
        near = fold(sheet.table.caption + sheet.table.context)
        far = fold("".join(sheet.table.path) + sheet.document.title + "".join(sheet.document.card.places))
        total = sum(t.weight for t in terms)
        gained = sum(t.weight * max(t.cover(near), 0.8 * t.cover(far)) for t in terms)
        score = gained / total if total else 1.0
        if best is None or score > best[0] + 0.01:
            best = (score, sheet)
    if best is None or best[0] < 0.35:
        return None
    table = best[1].table
    printed = [h.printed + (f"({h.unit})" if h.unit else "") for h in table.headings if h.label]
    quote = Quote(best[1].document, table.header, table.path, tuple(h.span for h in table.headings if len(h.span)))
    return Draft(query.kind, f"共{len(printed)}列:{names(printed)}", (quote,), max(best[0], 0.85), True, (), "", "cell", (("own", 0.9),))
