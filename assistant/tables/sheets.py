"""Tables made ready to be asked: which words of a question name a row, a day or a column of a table."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.lexicon.headers import AFTER_PART, ASPECTS, BASE, COUNTED, FIGURE_ASKED, PLAIN, TOTAL, WHICH_ROW, Aspect
from assistant.lexicon.spoken import SPOKEN_NAMES
from assistant.tables.cell_days import cell_days, days_in
from corpus.columns import role_of
from corpus.grids import UNITS, DataTable
from corpus.numbers import CN
from corpus.text import fold
from corpus.types import Document, Span

Place = tuple[int, int]
"""Row and column of a cell."""

_YEAR_LABEL = re.compile(r"[(]?(20\d\d)年?度?(?:目标值?|计划|基期|预期|完成|指标|现状)?[)]?(?:[(][^()]{1,6}[)])?")
_YEAR_CELL = re.compile(r"20\d\d年?度?")
_SUMMED = re.compile("[^,、]{0,6}(?:合计|总计|共计|小计)|总数|合计数")
_CODE = re.compile(r"[a-z]{0,4}[-—]?\d+(?:[-—.]\d+)*")
_TABLE_UNIT = re.compile(r"单位:([^()。:;]{1,24}?)(?:[);]|$)")
_COUNTED = re.compile(r"(?<![床泊车岗点席学])([户栋台人个处件条所家名张辆套座项次组孔口支艘亩盏])数(?:量)?$")
_COUNTED_LIKE = re.compile("人口|人数|数$|数量|率|占比|比例")
_OF_UNIT = {
    "元": re.compile("投资|资金|金额|经费|预算|计划|补助|补贴|奖|产值|收入|支出|费|价|造价"),
    "人": re.compile("人口|人数|人员|职工|劳动力"),
    "亩": re.compile("面积"), "顷": re.compile("面积"), "户": re.compile("户"), "米": re.compile("长|里程|宽|高|面积"), "里": re.compile("长|里程"),
}  # fmt: skip
"""What the headings of figures in a unit are about, where a table states several units at once (单位:万元、万人)."""

_SCHOOL = re.compile("第([一二三四五六七八九十]+)(?:([中小])学|(幼)儿园)$")
"""市第一中学 is called 市一中."""
_ROW_ASKED = re.compile("[哪各每][㐀-鿿]{1,3}$")
_TELLING = 3
"""A longer piece of a heading (中央资金) tells its column better than a word for what kind of column it is (资金)."""
_ROW_TAIL = re.compile(r"(?:数量|总量|规模|总数|总额|个数|数)$")
_DAY = re.compile(rf"(?<![\d月第{CN}])(\d{{1,2}})[号日](?![楼线文公仓库水泵门院井站㐀-鿿]?[楼线仓库泵门院井站])")
_LEVEL = re.compile(r"(?<![a-z])(iv|i{1,3}|[1-4])级")
_LEVELS = {"i": "一", "ii": "二", "iii": "三", "iv": "四", "1": "一", "2": "二", "3": "三", "4": "四"}
_SPLIT = re.compile(r"[、,;/\s]+|及其|以及")
_BRACKET = re.compile(r"\(([^()]*)\)")
_FIGURE = re.compile(r"[约≥≤<>]?[+-]?\d[\d,]*(?:\.\d+)?(?:%|‰|[㐀-鿿]{1,3})?")
_BEFORE = frozenset("么的是在有和与及由谁哪几个些家座各其问查这那该每去找有请于为;:?!,、()“”")


def plain(text: str) -> str:
    """Fold text and give the days of the week and grades one spelling: 周六 → 星期六, Ⅱ级 → 二级."""
    folded = re.sub(r"[*`]", "", fold(text))
    folded = re.sub(r"(?:周|礼拜)(?=[一二三四五六日天几](?!年))", "星期", folded).replace("星期天", "星期日")
    return _LEVEL.sub(lambda m: _LEVELS[m.group(1)] + "级", folded)


@dataclass(frozen=True, slots=True)
class Hit:
    """Words of the question that are (part of) cells. whole: they are a name as it stands, not only its stem."""

    text: str
    span: Span
    places: tuple[Place, ...]
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Mention:
    """A column that the question names, by which of its words, and how surely (0..1)."""

    column: int
    span: Span
    score: float


@dataclass(frozen=True)
class Sheet:
    """A table of a document with its cells as matching copies."""

    document: Document
    table: DataTable

    @cached_property
    def values(self) -> tuple[tuple[str, ...], ...]:
        text = self.document.text
        return tuple(tuple(plain(c.span.of(text)) if c else "" for c in row.cells) for row in self.table.rows)

    def column(self, at: int) -> list[str]:
        return [row[at] for row in self.values]

    @cached_property
    def serial(self) -> frozenset[int]:
        """Columns that only number the rows."""
        return frozenset(at for at, h in enumerate(self.table.headings) if role_of(h.label) == "number" and h.label != "编号")

    @cached_property
    def numeric(self) -> frozenset[int]:
        found = set()
        for at, heading in enumerate(self.table.headings):
            filled = [v for v in self.column(at) if v]
            figures = sum(bool(_FIGURE.fullmatch(v)) for v in filled)
            if at not in self.serial and at != self.year_column and filled and figures >= 0.7 * len(filled) and not re.search("电话|手机|号码|编号|代码|日期|时间", heading.label):
                found.add(at)
        return frozenset(found)

    @cached_property
    def totals(self) -> frozenset[int]:
        """Rows that add up others (合计, 小计)."""
        return frozenset(r for r, row in enumerate(self.values) if any(map(_SUMMED.fullmatch, row)))

    @cached_property
    def body(self) -> tuple[int, ...]:
        """Rows that stand for a thing each."""
        return tuple(r for r in range(len(self.table.rows)) if r not in self.totals)

    def unit(self, at: int) -> str:
        """Give the unit of a column of figures: of its heading, of its name (户数), or of the table (单位:万元); "" when none is stated."""
        heading = self.table.headings[at]
        if heading.unit or at not in self.numeric:
            return heading.unit
        if counted := _COUNTED.search(heading.label):
            return counted.group(1)
        stated = _TABLE_UNIT.search(f"{fold(self.table.caption)};{fold(self.table.context[-40:])}")
        units = [u for u in re.split("[、,;/]", stated.group(1)) if u in UNITS] if stated else []
        fitting = [u for u in units if (kind := _OF_UNIT.get(u.lstrip("万亿千百")[-1:])) and kind.search(heading.label)]
        return (fitting[:1] or (units if len(units) == 1 and not _COUNTED_LIKE.search(heading.label) else [""]))[0]

    @cached_property
    def year_column(self) -> int:
        """The column whose cells are years (年度: 2022, 2023), by which rows are named; -1 when there is none."""
        return next((at for at, h in enumerate(self.table.headings) if "年" in h.label and self.body and all(_YEAR_CELL.fullmatch(self.values[r][at]) for r in self.body)), -1)

    @cached_property
    def key(self) -> int:
        """The column whose cells name the rows: the first that repeats nothing, words before codes (A01)."""
        candidates = [at for at in range(len(self.table.headings)) if at not in self.serial and at not in self.numeric]
        for at in sorted(candidates, key=lambda at: at in self.codes):
            values = [self.values[r][at] for r in self.body]
            if all(values) and len(set(values)) == len(values):
                return at
        return candidates[0] if candidates else 0

    @cached_property
    def codes(self) -> frozenset[int]:
        """Columns of codes, which tell the rows apart but do not name them."""
        return frozenset(at for at in range(len(self.table.headings)) if at not in self.serial and self.body and all(_CODE.fullmatch(self.values[r][at]) for r in self.body))

    @cached_property
    def measure(self) -> int:
        """The column that holds the unit of the figures in each row (单位: 条, 件), -1 when there is none."""
        for at, heading in enumerate(self.table.headings):
            values = [v for v in self.column(at) if v]
            known = sum(v in UNITS or len(v) == 1 for v in values)
            short = all(len(v) <= 8 and v[-1] not in "局委办院厅部" for v in values)
            if heading.label in ("单位", "计量单位") and values and short and known >= 0.6 * len(values):
                return at
        return -1

    @cached_property
    def forms(self) -> dict[str, tuple[Place, ...]]:
        found: dict[str, dict[Place, None]] = defaultdict(dict)
        text = self.document.text
        for r, row in enumerate(self.table.rows):
            for c, cell in enumerate(row.cells):
                if cell is None or c in self.numeric or c in self.serial or c == self.measure or c in self.dated:
                    continue
                for form in _forms(cell.span.of(text)):
                    found[form][r, c] = None
        return {form: tuple(places) for form, places in found.items()}

    @cached_property
    def suffix(self) -> str:
        """What all names of the key column end in: 青石水库, 花坪水库 → 水库; "" when they share nothing."""
        values = [_BRACKET.sub("", self.values[r][self.key]) for r in self.body]
        if len(values) < 2 or self.key in self.dated:
            return ""
        shortest = min(map(len, values))
        size = 0
        while size < shortest and len({v[-size - 1 :] for v in values}) == 1:
            size += 1
        return values[0][-size:] if size and shortest - size >= 2 else ""

    @cached_property
    def stems(self) -> dict[str, tuple[Place, ...]]:
        """Names of rows without what all share (青石)."""
        if len(self.suffix) < 2:
            return {}
        found: dict[str, list[Place]] = defaultdict(list)
        for r in self.body:
            stem = _BRACKET.sub("", self.values[r][self.key])[: -len(self.suffix)]
            if stem not in self.forms:
                found[stem].append((r, self.key))
        return {stem: tuple(places) for stem, places in found.items()}

    @cached_property
    def dated(self) -> dict[int, dict[tuple[int, int], tuple[int, ...]]]:
        """For each column of dates the rows of each day."""
        found: dict[int, dict[tuple[int, int], tuple[int, ...]]] = {}
        for at in range(len(self.table.headings)):
            days = [cell_days(v) if len(v) <= 24 else [] for v in self.column(at)]
            if days and sum(map(bool, days)) >= 0.6 * len(days):
                rows: dict[tuple[int, int], list[int]] = defaultdict(list)
                for row, of_row in enumerate(days):
                    for day in of_row:
                        rows[day].append(row)
                found[at] = {day: tuple(r) for day, r in rows.items()}
        return found

    @cached_property
    def years(self) -> dict[int, int]:
        """The year of each column that stands for one (2025年, 支付比例(2025年)), in a table with at least two of them."""
        labels = ((at, set(re.findall(r"20\d\d(?=年|\D|$)", h.label))) for at, h in enumerate(self.table.headings))
        found = {at: int(min(years)) for at, years in labels if len(years) == 1 and at in self.numeric}
        return found if len(set(found.values())) > 1 else {}

    @cached_property
    def base_years(self) -> frozenset[int]:
        """Columns by year that say what was, before the years that are planned; none when all of them are such."""
        found = frozenset(c for c in self.years if BASE.search(self.table.headings[c].label))
        return found if len(found) < len(self.years) else frozenset()

    def words(self, at: int) -> str:
        """The words of a heading without the year that its column stands for."""
        label = self.table.headings[at].label
        return _YEAR_LABEL.sub("", label) if at in self.years else label

    @cached_property
    def months(self) -> frozenset[int]:
        return frozenset(month for days in self.dated.values() for month, _ in days)

    # ------------------------------------------------------------ reading a question

    def hits(self, text: str) -> list[Hit]:
        """Find what in folded `text` names cells, longest names first, none within another."""
        found = [Hit(form, Span(m.start(), m.end()), places) for form, places in self.forms.items() for m in re.finditer(re.escape(form), text)]
        for stem, places in self.stems.items():
            found += [Hit(stem, Span(m.start(), m.end()), places, False) for m in re.finditer(re.escape(stem) + r"(?![省市区县镇乡村局])", text)]
        found += [*self._days(text), *self._in_years(text)]
        found.sort(key=lambda hit: (-len(hit.span), hit.span.start))
        kept: list[Hit] = []
        for hit in found:
            if not any(hit.span.overlaps(other.span) for other in kept):
                kept.append(hit)
        return sorted(kept, key=lambda hit: hit.span.start)

    def near_hits(self, text: str) -> list[Hit]:
        """Find rows that are named by the front or the telling part of their name alone: 5G基站 for 5G基站数量."""
        names = [_BRACKET.sub("", v) for v in self.column(self.key)]
        if len(names) < 2 or self.key in self.dated or self.table.tasks:
            return []
        around = self.wording + fold(self.document.title)
        found: list[Hit] = []
        for row, name in enumerate(names):
            piece = self._row_piece(name, text)
            if piece and piece not in PLAIN and piece not in around and sum(piece in other for other in names) == 1:
                at = text.find(piece)
                found.append(Hit(piece, Span(at, at + len(piece)), ((row, self.key),), False))
        found.sort(key=lambda hit: -len(hit.span))
        return [h for at, h in enumerate(found) if not any(h.span.overlaps(o.span) for o in found[:at])]

    def _row_piece(self, name: str, text: str) -> str:
        core = _ROW_TAIL.sub("", name)
        for size in range(len(name), 1, -1):
            for start in range(len(name) - size + 1):
                piece = name[start : start + size]
                telling = start == 0 or size >= 0.5 * len(core) or (size > 2 and start + size == len(name))
                if telling and piece in text and not re.fullmatch(r"[\d.a-z]+", piece):
                    return piece
        return ""

    def _days(self, text: str) -> list[Hit]:
        asked = days_in(text)
        if len(self.months) == 1 and not asked:
            asked = [((min(self.months), int(m.group(1))), Span(m.start(), m.end())) for m in _DAY.finditer(text)]
        found = []
        for day, span in asked:
            places = tuple((row, at) for at, days in self.dated.items() for row in days.get(day, ()))
            if places:
                found.append(Hit(span.of(text), span, places))
        return found

    def _in_years(self, text: str) -> list[Hit]:
        """The rows of the years that the text names, in a table with a row a year."""
        if self.year_column < 0:
            return []
        rows: dict[str, list[Place]] = defaultdict(list)
        for row in self.body:
            rows[self.values[row][self.year_column][:4]].append((row, self.year_column))
        named = re.finditer(r"(?<!\d)(20\d\d)(?:年度?|(?!\d))", text)
        return [Hit(m.group(), Span(m.start(), m.end()), tuple(rows[m.group(1)])) for m in named if m.group(1) in rows]

    def measured(self, measure: str) -> list[int]:
        """Columns of figures in the measure asked for: 几台 means 完工台数, 多少钱 what is stated in 万元; one alone is meant."""
        found = [at for at in self.numeric if measure in self.table.headings[at].unit or measure in self.table.headings[at].label]
        return found if measure and len(found) == 1 else []

    @cached_property
    def wording(self) -> str:
        """Headings and caption in matching form."""
        return ",".join([*(h.label for h in self.table.headings), fold(self.table.caption)])

    def mentions(self, text: str) -> list[Mention]:
        """Find the columns that folded `text` names; of several named by the same words the best, or all that are equally good."""
        found = [m for at in range(len(self.table.headings)) if at not in self.serial and (m := self._mention(at, text))]
        found.sort(key=lambda m: -m.score)
        kept: list[Mention] = []
        for mention in found:
            better = [k for k in kept if k.score > mention.score + 0.02]
            if not any(mention.span.overlaps(k.span) or mention.span.end == k.span.start for k in better):
                kept.append(mention)
        return kept

    def _mention(self, at: int, text: str) -> Mention | None:
        label = self.words(at)
        label = bare if len(bare := _BRACKET.sub("", label)) > 1 else label
        if len(label) < 2:
            return None
        for place in re.finditer(re.escape(label), text):
            whole = Span(place.start(), place.end())
            if len(label) > 2 or not self._stopped(text, whole, label):
                return Mention(at, whole, 1.0 + len(label) / 100)
        part = self._piece(label, text)
        best = Mention(at, part, max(0.5 + 0.4 * len(part) / len(label), 0.76 * (len(part) > _TELLING))) if part else None
        for aspect in ASPECTS:
            if aspect.named and aspect.label.search(label) and (match := aspect.asked.search(text)):
                named = Mention(at, Span(match.start(), match.end()), 0.72)
                best = named if best is None or named.score > best.score else best
        return best

    def _piece(self, label: str, text: str) -> Span | None:
        """The longest piece of a heading that stands in the text and is not part of another word there."""
        for size in range(len(label) - 1, 1, -1):
            if size < 0.4 * len(label):
                break
            for start in range(len(label) - size + 1):
                piece = label[start : start + size]
                for match in re.finditer(re.escape(piece), text) if piece not in PLAIN else ():
                    if not self._stopped(text, Span(match.start(), match.end()), label):
                        return Span(match.start(), match.end())
        return None

    def _stopped(self, text: str, span: Span, label: str) -> bool:
        """Is it part of a longer word that the table does not have (死水位 for 汛限水位, 值班电话 for 值班人员)?"""
        before, after = text[: span.start][-2:], text[span.end :]
        known = not before or before[-1] in _BEFORE or before == "多少" or before[-1] in label or (len(before) == 2 and before in self.wording)
        if not known and re.match("[㐀-鿿a-z]", before[-1]) and not _ROW_ASKED.search(text[: span.start]):
            return True
        return not AFTER_PART.match(after) and not (after and after[0] in label) and (len(after) < 2 or after[:2] not in self.wording)

    def implied(self, text: str, *, without: Iterable[int] = ()) -> list[int]:
        """Give the columns that a bare question word asks for (谁, 几号, 多少)."""
        left = [at for at in range(len(self.table.headings)) if at not in self.serial and at not in set(without)]
        for aspect in ASPECTS:
            columns = self._of_aspect(aspect, left, text) if aspect.asked.search(text) else []
            if columns:
                return columns
        return []

    def _of_aspect(self, aspect: Aspect, left: Sequence[int], text: str) -> list[int]:
        columns = [at for at in left if aspect.label.search(self.table.headings[at].label)]
        if not columns and aspect.name == "date":
            return [at for at in left if at in self.dated]
        if not columns and aspect.name == "quantity":
            figures = [at for at in left if at in self.numeric]
            counted = [at for at in figures if self.table.headings[at].label in {f"{word}数" for word in COUNTED.findall(text)}]
            told = [[at for at in figures if label.search(self.table.headings[at].label)] for asked, label in FIGURE_ASKED if asked.search(text)]
            if len(told) == 1 and len(told[0]) == 1:
                return told[0]
            return counted[:1] or (figures if len(figures) == 1 else [at for at in figures if TOTAL.fullmatch(self.table.headings[at].label)][:1])
        return columns

    def asks_figure(self, at: int, text: str) -> bool:
        """Is a column of figures meant by 多少 when a piece of its heading is named?"""
        return at in self.numeric and bool(re.search("多少|几", text))

    def row_asked(self, text: str) -> bool:
        """Does the question ask which rows: 哪些河, 什么物资 where the names of the rows or their heading have that word?"""
        label, values = self.table.headings[self.key].label, self.column(self.key)
        for match in WHICH_ROW.finditer(text):
            noun = match.group(1)
            if any(label.startswith(noun[:size]) for size in (3, 2) if len(noun) >= size):
                return True
            if len(values) > 1 and sum(v.endswith(noun[0]) for v in values) >= 0.6 * len(values):
                return True
        return False


def _forms(cell: str) -> set[str]:
    """The names by which a question may call a cell: whole, without brackets, each of several, as people say them, without the level of an office."""
    cell = re.sub(r"[*`]", "", cell).replace("（", "(").replace("）", ")")
    parts = [plain(cell), plain(_BRACKET.sub("", cell))]
    parts += [plain(p) for p in _SPLIT.split(_BRACKET.sub(" ", cell))] + [plain(p) for p in _BRACKET.findall(cell)]
    parts += [short for p in parts if (short := _SCHOOL.sub(lambda m: "".join(filter(None, m.groups())), p)) != p]
    parts += [p.replace(printed, said) for p in parts for printed, said in SPOKEN_NAMES if printed in p]
    parts += [p[1:] for p in parts if len(p) >= 4 and p[0] in "省市县区镇乡" and p[-1] in "局委办会队中心"]
    return {p for p in parts if 2 <= len(p) <= 24 and re.search(r"[㐀-鿿a-z]", p) and p not in UNITS and p not in PLAIN}
