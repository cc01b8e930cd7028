"""Answers from the cells of tables: the row and the column that a question names, rows that hold a name, rows compared.

Nothing is answered unless the words that name row and column, with the table's caption, headings and title, leave hardly a word
of the question unexplained; else other composers go on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.draft import Draft, Quote, lines, names
from assistant.answering.evidence import Gathered, in_scope
from assistant.compose.reckoning import reckoned
from assistant.compose.rows import amount_of, cell_value, draft_of, measured, refusal, row_name
from assistant.compose.taskrows import task_answer
from assistant.compose.yearly import between_years, other_years, over_years, which_year
from assistant.lexicon.headers import (
    CLAIMED,
    COLUMNS_ASKED,
    COMPARED,
    DIFFERENCE,
    EACH,
    EMPTY_CELLS,
    FIGURES,
    HOW_MANY,
    LARGER,
    PERSONS,
    TABLE_WORD,
    TIMES,
    WHOLE_ROW,
)
from assistant.library.library import Library
from assistant.question.measured import HOW_OFTEN, IN_WHAT_TIME
from assistant.question.query import Query
from assistant.question.scope import short_place
from assistant.tables.cell_days import days_in
from assistant.tables.cell_names import plain
from assistant.tables.readings import MONTH, MOST_ROWS, Reading, masked, read, spoken_rows
from assistant.tables.sheetbook import items_of, sheets_of
from assistant.tables.sheets import Sheet
from corpus.grids import data_tables
from corpus.numbers import CN
from corpus.text import fold
from corpus.types import Document, Span

UNEXPLAINED = 0.26
"""Share of the question's weight that may stay unexplained by the table before another composer is asked."""

_MOST_SHEETS = 40
_MOST_LISTED = 4
NEAR = 30
"""Best clauses whose documents' tables are read in a large library."""
_QUANTITY = re.compile(r"的?((?:(?![哪谁最更比几多少])[㐀-鿿]){1,5}[高长宽深度量率数位积容龄价费额温压话址])(?:是|有|为|达)?(?:多少|几|什么|[?]|$)")
_VAGUE = re.compile(r"^(?:.*[个些座几某各全本该这那每两三四所有其]|大型|中型|小型|重点|主要|病险|中小|一般|其他|哪.*|什么)$")


def cell_answer(query: Query, gathered: Gathered, library: Library) -> Draft | None:
    """Answer from the cells of a table; None when no table clearly has it. Of a task list only columns that no duty has."""
    text = spoken_rows(_wording(query))
    sheets = _candidates(query, text, gathered, library)
    if COLUMNS_ASKED.search(text):
        return _column_names(query, sheets)
    readings = [read(query, text, sheet) for sheet in sheets if sheet.table.rows and not sheet.table.tasks]
    readings.sort(key=lambda r: -r.score)
    if draft := next((d for r in readings if 1 - r.explained <= UNEXPLAINED and (d := _all_counted(query, r))), None) or reckoned(query, text, gathered, sheets):
        return draft
    for reading in [r for r in readings if 1 - r.explained <= UNEXPLAINED][:3]:
        for compose in (other_years, which_year, over_years, between_years, _compared, _counted, _row_count, _of_a_year, _every_row, _rows_of_table, _cells, _whole_rows):
            if (draft := compose(query, reading)) and _tells_how_often(query, draft):
                return draft
    if draft := task_answer(query, [read(query, text, sheet) for sheet in sheets if sheet.table.tasks]):
        return draft
    if draft := reckoned(query, text, gathered, items_of(library, _documents_meant(query, gathered))):
        return draft
    if query.follow_up:
        return None
    missing = next((m for reading in readings[:3] if (m := _missing(query, reading, library))), "")
    return refusal(query, missing) if missing else None


def _tells_how_often(query: Query, draft: Draft) -> bool:
    """Where how often something is done is asked for, a share of those it is done for (探访率) is no answer."""
    return not HOW_OFTEN.search(query.folded) or not draft.text or bool(_RHYTHM.search(draft.text))


_RHYTHM = re.compile("次|每|隔|随时|定期|实时|常态|连续|逐|一[年月周天季]")


def _documents_meant(query: Query, gathered: Gathered) -> list[Document]:
    """The documents of the best clauses, whose items may say the same of one thing after another."""
    near = {s.clause.document.id: s.clause.document for s in gathered.clauses}
    return [d for d in near.values() if not query.scope.documents or d.id in query.scope.documents][:_MOST_LISTED]


def _wording(query: Query) -> str:
    """The question in matching form; an English one as put into Chinese, with its terms and its own words."""
    if query.language != "en":
        return plain(query.folded)
    own = re.sub(r"\s+", "", plain(query.text))
    return plain(",".join([query.folded, query.topic, *(t.text for t in query.terms)])) + "," + own


def _candidates(query: Query, text: str, gathered: Gathered, library: Library) -> list[Sheet]:
    """Tables with a cell that the question names, then those of the documents found."""
    near = {s.clause.document.id: s.clause.document for s in gathered.clauses[:NEAR]}
    sheets = sheets_of(library, near.values())
    found = {id(s): s for s in sheets.naming(f"{text},{plain(query.topic)}")}
    for document in dict.fromkeys(s.clause.document.id for s in gathered.clauses):
        found.update({id(s): s for s in sheets.by_document.get(document, ())})
    for document in query.scope.documents:
        found.update({id(s): s for s in sheets.by_document.get(document, ())})
    scope = query.scope.documents
    kept = [s for s in found.values() if (not scope or s.document.id in scope) and in_scope(s.document, s.table.section, query)]
    return kept[:_MOST_SHEETS]


# ---------------------------------------------------------------- answering


def _rows_of_table(query: Query, reading: Reading) -> Draft | None:
    """All rows of the table whose caption the question says, where it asks what there is of them: 新开工的项目有哪些."""
    sheet = reading.sheet
    caption = _NUMBERED.sub("", fold(sheet.table.caption))
    label = sheet.table.headings[sheet.key].label
    core = re.sub(f"{re.escape(label[:2])}|表$|清单$|名单$|一览|情况", "", caption)
    named = len(core) > 1 and core in reading.text
    if reading.hits or reading.columns not in ((), (sheet.key,)) or not sheet.row_asked(reading.left) or not named or reading.unknown or len(sheet.body) > MOST_ROWS:
        return None
    rows = sheet.body
    return draft_of(query, reading, lines([row_name(sheet, r) for r in rows]), rows, [sheet.key])


_NUMBERED = re.compile(r"^(?:附[件表录]?\d*:?|[(]?[一二三四五六七八九十\d]{1,3}[)、.]+)")


def _cells(query: Query, reading: Reading) -> Draft | None:
    """The cells of the rows named in the columns asked for."""
    sheet, rows, columns = reading.sheet, reading.rows, reading.columns
    if not rows or not columns or len(rows) > MOST_ROWS or not _row_is_meant(reading) or _other_quantity(reading):
        return None
    label = sheet.table.headings[columns[0]].printed
    if len(rows) == 1 and len(columns) == 1:
        value = cell_value(sheet, rows[0], columns[0])
        if value in EMPTY_CELLS:
            return refusal(query, f"表中“{label}”一栏没有填写")
        if IN_WHAT_TIME.search(query.folded) and not _FIGURED.search(value):
            return None
        people = [p for p in value.split("、") if p]
        if PERSONS.search(reading.text) and columns[0] not in sheet.numeric:
            value = f"{len(people)}人:{value}"
        return draft_of(query, reading, measured(query, value), rows, columns)
    if columns == (sheet.key,) or (len(columns) == 1 and columns[0] in sheet.dated):
        return draft_of(query, reading, names([cell_value(sheet, r, columns[0]) for r in rows]), rows, columns)
    lines = [f"{row_name(sheet, r)}:" + _pairs(sheet, r, columns) for r in rows] if len(rows) > 1 else [_pairs(sheet, rows[0], columns, ";")]
    if len(columns) == 1 and len({cell_value(sheet, r, columns[0]) for r in rows}) == 1:
        lines = [cell_value(sheet, rows[0], columns[0])]
    return draft_of(query, reading, "\n".join(lines), rows, columns)


_FIGURED = re.compile(rf"\d|[{CN}半当][个天日年月周小工场]|即时|随时|立即")
_LONG_PIECE = 5
"""Characters of a name that leave no doubt which row is meant: 污水治理率 of 生活污水治理率."""


def _row_is_meant(reading: Reading) -> bool:
    """A name of the key column or a whole name; a common word in some other column needs a column named beside it."""
    if any(c == reading.sheet.key or c in reading.sheet.codes or c in reading.sheet.dated for c in reading.named):
        by_year = any(c in reading.sheet.years for c in reading.columns)
        return by_year or all(h.whole or reading.mentions or len(h.text) >= _LONG_PIECE for h in reading.hits)
    return bool(reading.mentions) or all(len(h.text) >= 3 for h in reading.hits) or reading.columns == (reading.sheet.key,)


def _pairs(sheet: Sheet, row: int, columns: Sequence[int], joint: str = ",") -> str:
    if len(columns) == 1:
        return cell_value(sheet, row, columns[0])
    return joint.join(f"{sheet.table.headings[c].printed}{'' if joint == ',' else ':'}{cell_value(sheet, row, c) or '(空)'}" for c in columns)


def _compared(query: Query, reading: Reading) -> Draft | None:
    """Two or more rows in one column of figures: both values, the higher (or, when asked for, lower) first, their difference."""
    sheet, text = reading.sheet, query.folded
    asked = CLAIMED.search(text) or COMPARED.search(text)
    figures = _figures(reading, asked)
    if len(reading.rows) < 2 or len(figures) != 1 or sheet.key not in reading.named:
        return None
    different = DIFFERENCE.search(text)
    amounts = {r: a for r in reading.rows if (a := amount_of(sheet, r, figures[0])) is not None}
    if not (asked or different) or len(amounts) != len(reading.rows):
        return None
    word = next((g for g in asked.groups() if g), "高") if asked else "高"
    rows = sorted(amounts, key=lambda r: amounts[r], reverse=word in LARGER)
    parts = [f"{row_name(sheet, r)}{cell_value(sheet, r, figures[0])}" for r in rows]
    first, last = amounts[rows[0]], amounts[rows[-1]]
    verdict = "两者相同" if first == last else f"{row_name(sheet, rows[0])}更{word}"
    if CLAIMED.search(text) and not different and "哪" not in text and len(rows) == 2:
        verdict = ("是," if reading.rows[0] == rows[0] and first != last else "不是,") + verdict
    if different:
        verdict += f",相差{abs(first - last)}{sheet.unit(figures[0])}"
    return draft_of(query, reading, f"{verdict}:{';'.join(parts)}", rows, figures)


def _every_row(query: Query, reading: Reading) -> Draft | None:
    """Every row in the columns named, when each of what the rows are is asked about: 各乡镇成活率分别是多少."""
    sheet = reading.sheet
    columns = [c for c in reading.columns if c != sheet.key]
    if reading.hits or sheet.key not in reading.columns or not 0 < len(columns) < 3 or len(sheet.table.rows) > MOST_ROWS:
        return None
    if not EACH.search(reading.text):
        return None
    rows = range(len(sheet.table.rows))
    text = "\n".join(f"{row_name(sheet, r)}:{_pairs(sheet, r, columns)}" for r in rows)
    return draft_of(query, reading, text, rows, [sheet.key, *columns])


def _figures(reading: Reading, asked: re.Match[str] | None) -> list[int]:
    """Columns of figures that are compared: those named, else those whose heading the adjective fits, else the only one."""
    sheet = reading.sheet
    named = [m.column for m in reading.mentions if m.column in sheet.numeric]
    if named or asked is None:
        return named
    word = next((g for g in asked.groups() if g), "")
    fitting = [c for c in sorted(sheet.numeric) for words, label in FIGURES if word and word in words and label.search(sheet.table.headings[c].label)]
    return fitting or sorted(sheet.numeric)


def _counted(query: Query, reading: Reading) -> Draft | None:
    """In how many rows a name stands: 带几天班, 青石乡有几座水库."""
    sheet = reading.sheet
    if not reading.rows or sheet.key in reading.named or reading.named & frozenset(sheet.dated):
        return None
    often = TIMES.search(reading.text)
    many = HOW_MANY.search(reading.text)
    if often and sheet.dated and reading.mentions:
        word = often.group(1) or "次"
        listed = names([cell_value(sheet, r, min(sheet.dated)) for r in reading.rows])
        return draft_of(query, reading, f"{len(reading.rows)}{word.replace('班', '次').replace('晚', '天')}({listed})", reading.rows, sorted(reading.named))
    if many and sheet.suffix and sheet.suffix in reading.left and not [c for c in reading.columns if c in sheet.numeric]:
        listed = names([row_name(sheet, r) for r in reading.rows])
        return draft_of(query, reading, f"表中列有{len(reading.rows)}{many.group(1)}:{listed}", reading.rows, [sheet.key])
    return None


def _row_count(query: Query, reading: Reading) -> Draft | None:
    """How many rows a table has, when what its rows are is counted: 指标表有几个指标."""
    sheet = reading.sheet
    label = sheet.table.headings[sheet.key].label
    counted = re.search(rf"(?:几|多少)[个项条类家种]?{re.escape(label)}", reading.text)
    if reading.hits or len(label) < 2 or not (counted or (reading.columns == (sheet.key,) and "howmany" in reading.text)):
        return None
    rows = sheet.body
    return draft_of(query, reading, f"共{len(rows)}项:{names([row_name(sheet, r) for r in rows])}", rows, [sheet.key])


def _all_counted(query: Query, reading: Reading) -> Draft | None:
    """How many rows the document's only such table has, where what they are is counted (补贴 of 补贴项目) and no sentence states how many."""
    sheet = reading.sheet
    label = sheet.table.headings[sheet.key].label
    thing = re.sub("(?:名称|项目|事项|类别|内容)$", "", label)
    if reading.hits or len(thing) < _A_WORD or not re.search(rf"(?:一共|总共|共|都|全部)有?(?:几|多少)[个项条类家种]?{re.escape(thing)}", reading.text):
        return None
    alike = [t for t in data_tables(sheet.document.source, sheet.document.sections) if any(h.label == label for h in t.headings)]
    if len(alike) > 1 or re.search(rf"[\d{CN}]+[个项条类家种]{re.escape(thing)}", fold(sheet.document.text)):
        return None
    return draft_of(query, reading, f"共{len(sheet.body)}项:{names([row_name(sheet, r) for r in sheet.body])}", sheet.body, [sheet.key])


_A_WORD = 2


def _of_a_year(query: Query, reading: Reading) -> Draft | None:
    """Every row with its figure of the year, when what its rows are is asked for: 2027年要达到哪些指标."""
    sheet = reading.sheet
    columns = [c for c in sheet.years if sheet.years[c] in reading.years]
    if reading.hits or reading.columns != (sheet.key,) or len(columns) != 1 or len(sheet.table.rows) > MOST_ROWS:
        return None
    rows = range(len(sheet.table.rows))
    text = "\n".join(f"{row_name(sheet, r)}:{cell_value(sheet, r, columns[0])}" for r in rows)
    return draft_of(query, reading, text, rows, [sheet.key, *columns])


def _whole_rows(query: Query, reading: Reading) -> Draft | None:
    """All cells of a row when its arrangement or data as such are asked for."""
    sheet = reading.sheet
    if len(reading.rows) != 1 or reading.columns or not WHOLE_ROW.search(reading.text) or reading.unknown:
        return None
    if sheet.key not in reading.named and not reading.named & frozenset(sheet.dated):
        return None
    columns = [c for c in range(len(sheet.table.headings)) if c not in sheet.serial and cell_value(sheet, reading.rows[0], c) not in EMPTY_CELLS]
    return draft_of(query, reading, _pairs(sheet, reading.rows[0], columns, ";"), reading.rows, columns)


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
    month = MONTH.search(text)
    if month and int(month.group(1)) not in sheet.months and not library.occurs(f"{int(month.group(1))}月", own):
        return f"表中没有{month.group(1)}月的安排{listed}"
    return ""


def _day(day: tuple[int, int]) -> str:
    return f"{day[0]}月{day[1]}日"


def _missing_name(query: Query, reading: Reading, library: Library) -> str:
    """石门水库 when the table lists other 水库 and no document knows it; a person asked about whom no document names."""
    sheet = reading.sheet
    strangers = [t.text for t in reading.unknown]
    if sheet.dated and strangers and not any(map(library.occurs, strangers)) and (TIMES.search(reading.text) or set(sheet.dated) & set(sheet.implied(reading.left))):
        return f"表中没有“{'、'.join(strangers)}”"
    if len(sheet.suffix) < 2:
        return ""
    places = sorted((form for p in query.scope.places for form in (fold(p), fold(short_place(p)))), key=len, reverse=True)
    text = masked(reading.text, [Span(m.start(), m.end()) for p in places for m in re.finditer(re.escape(p), reading.text)])
    for match in re.finditer(rf"([㐀-鿿]{{2,4}}?){sheet.suffix}", text):
        stem = match.group(1)
        foreign = all(t.text in match.group() for t in reading.unknown)
        if foreign and not _VAGUE.match(stem) and not library.occurs(stem) and match.group() not in places:
            return f"表中没有“{match.group()}”(列有{names(sheet.column(sheet.key)[:12], etc=len(sheet.values) > 12)})"
    return ""


def _missing_column(reading: Reading, library: Library) -> str:
    """The row is there, but the quantity asked for (青石水库坝高多少) stands nowhere in its document."""
    found = _other_quantity(reading)
    if found is None or library.occurs(found[1], {reading.sheet.document.id}):
        return ""
    return f"表中有“{found[0]}”,但没有“{found[1]}”"


def _other_quantity(reading: Reading) -> tuple[str, str] | None:
    """The row named and the quantity asked of it, when the table has no such column."""
    for hit in reading.hits:
        asked = _QUANTITY.match(reading.text, hit.span.end)
        table = reading.sheet.table
        own = fold(table.caption + "".join(h.label + h.printed for h in table.headings) + "".join(table.path[-1:]))
        if asked and asked.group(1) in own:
            continue  # 名额 of a 名额分配表 is what its figures are
        if asked and hit.whole and not reading.mentions and reading.sheet.key in {c for _, c in hit.places}:
            return hit.text, asked.group(1)
    return None


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
