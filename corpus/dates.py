"""Words of time to calendar bounds: 2024年6月底前, 每年12月底前, 批准后30日内, and damaged ones such as 32日前.

Each form is a row of `_FORMS`; they are tried in that order and a later form never claims characters of an earlier one.
Bounds are inclusive. A date that the text does not determine (a month without any year) keeps `until` None.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from corpus.numbers import CN, value_of
from corpus.types import Deadline, Span
from corpus.width import narrow

_DIGITS = "零〇○一二三四五六七八九"
_YEAR = rf"(?:(?P<year>(?:19|20)\d\d|[二][{_DIGITS}]{{3}})[ ]?年度?|(?P<near>今年|本年度?|明年|后年|当年|(?<![\d一二两三四五六七八九十半])年(?=[内底末])))"
_PART = r"年?(?P<part>[上下]半年|[前第]?[一二三四1-4]个?季度|[内底末终初]|中期)"
_MONTH = r"(?P<month>1[ ]?[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])[ ]?月份?(?:(?P<third>[上中下]旬|[底末初内])|[ ]?(?P<day>3[ ]?[01]|[12][ ]?\d|0?[1-9]|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])[ ]?(?:[日号]|(?=前)))?"
_POINT = rf"(?:{_YEAR}[ ]?(?:{_PART}|{_MONTH})?|{_MONTH}|(?P<part>[上下]半年|第?[一二三四1-4]季度(?!度)))"
_CLOCK = r"(?:[ ]?(?:上午|下午|中午|晚上|晚)?[ ]?(?:[01]?\d|2[0-4])(?::[0-5]\d|[时点](?:[0-5]?\d分|整|半)?(?!间|段)))?"
"""The hour of a day (3月26日17:00), part of the words that set the limit; its bounds are days."""
_AFTER = _CLOCK + r"(?P<after>[ ]?(?:之前|以前|前|结束前|之后|以后|后|起|开始|以来|版|修订|修正))?"
_BEFORE = r"(?P<before>(?:截至|截止到?|到|至|自|从)[ ]?)?"
_DASH = r"[ ]?(?:至|到|[-~\u2013\u2014\u2015]{1,2})[ ]?"


def _named(pattern: str, mark: str) -> str:
    """Give every group of `pattern` a name of its own, so that a form may use it more than once."""
    counted = iter(range(1, 100))
    return re.sub(r"\(\?P<(\w+)>", lambda m: f"(?P<{m.group(1)}_{mark}{next(counted)}>", pattern)


@dataclass(frozen=True, slots=True)
class _When:
    """Where a deadline is being read: the year known from the sentence and the date the document was issued."""

    year: int | None
    issued: date | None

    def near(self, word: str) -> int | None:
        if word.startswith(("当年", "年")) and self.year:
            return self.year
        base = self.issued.year if self.issued else None
        return None if base is None else base + {"明年": 1, "后年": 2}.get(word, 0)


@dataclass(frozen=True, slots=True)
class _Point:
    """A stretch of the calendar that words name; None when no year is known for it."""

    first: date | None
    last: date | None
    year: int | None
    exact: bool


_Groups = dict[str, str]


def _groups(match: re.Match[str], mark: str = "") -> _Groups:
    found = {}
    for name, value in match.groupdict().items():
        stem, _, suffix = name.partition("_")
        if value is not None and suffix.startswith(mark):
            found[stem] = value
    return found


def _point(groups: _Groups, when: _When) -> _Point:
    year = _year_of(groups, when)
    stated = year is not None
    if year is None:
        year = when.year
    month = value_of(groups["month"].replace(" ", "")) if "month" in groups else None
    if year is None and when.issued is not None:
        # A plan of November that says 2月 means next year's February.
        year = when.issued.year + (1 if month and month < when.issued.month - 6 else 0)
    if year is None:
        return _Point(None, None, None, False)
    bounds = _month_bounds(year, month, groups) if month else _part_bounds(year, groups.get("part", ""))
    if bounds is None:
        return _Point(None, None, year if stated else None, False)
    return _Point(*bounds, year if stated else None, bool(month) or "part" in groups)


def _year_of(groups: _Groups, when: _When) -> int | None:
    if "year" in groups:
        return value_of(groups["year"])
    return when.near(groups["near"]) if "near" in groups else None


def _month_bounds(year: int, month: int, groups: _Groups) -> tuple[date, date] | None:
    last = monthrange(year, month)[1]
    if "day" in groups:
        day = value_of(groups["day"].replace(" ", "")) or 0
        return (date(year, month, day), date(year, month, day)) if 0 < day <= last else None
    first_day, last_day = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, last), "初": (1, 10)}.get(
        groups.get("third", ""), (1, last)
    )
    return date(year, month, first_day), date(year, month, last_day)


def _part_bounds(year: int, part: str) -> tuple[date, date]:
    if part.endswith("半年"):
        return (date(year, 1, 1), date(year, 6, 30)) if part[0] == "上" else (date(year, 7, 1), date(year, 12, 31))
    if part.endswith("季度"):
        quarter = value_of(part.strip("前第个季度")) or 1
        first = 1 if part[0] == "前" else quarter * 3 - 2
        return date(year, first, 1), date(year, quarter * 3, monthrange(year, quarter * 3)[1])
    if part == "初":
        return date(year, 1, 1), date(year, 3, 31)
    return date(year, 1, 1), date(year, 12, 31)


_Reading = tuple[Deadline, int | None] | None
_Reader = Callable[[re.Match[str], Span, _When], _Reading]


def _deadline(match: re.Match[str], kind: str, **more: object) -> Deadline:
    value = "".join(match.group().split())
    return replace(Deadline(value, Span(match.start(), match.end()), kind), **more)  # type: ignore[arg-type]


def _read_single(match: re.Match[str], _: Span, when: _When) -> _Reading:
    groups = _groups(match)
    after, before = groups.get("after", "").strip(), groups.get("before", "").strip()
    if after in ("以来", "版", "修订", "修正"):
        return None
    point = _point(groups, when)
    if point.last is None and "year" in groups:
        return None
    kind, since, until = "during", point.first, point.last
    if after in ("起", "开始", "之后", "以后", "后"):
        kind, until = "from", None
    elif after:
        kind, since, until = "by", None, _before(groups, point)
    elif before[:1] in ("截", "到", "至") or groups.get("part") in tuple("底末终内") or groups.get("third") in tuple("底末"):
        kind, since = "by", None
    elif before in ("自", "从"):
        kind, until = "from", None
    return _deadline(match, kind, since=since, until=until), point.year


def _before(groups: _Groups, point: _Point) -> date | None:
    # 8月前 and 2022年前 end before the month or year begins; 8月底前 and 8月15日前 include the day they name.
    bare = not groups.keys() & {"day", "third", "part"}
    if bare and point.first is not None:
        return point.first - timedelta(days=1)
    return point.last


def _read_range(match: re.Match[str], _: Span, when: _When) -> _Reading:
    left, right = _groups(match, "a"), _groups(match, "b")
    if "y" in (g := match.groupdict()) and g["y"]:
        left["year"] = g["y"]
    first = _point(left, when)
    within = _When(first.year or when.year, when.issued)
    if not right.keys() & {"year", "near"} and "month" in left and "day" in left and "only" in right:
        right["month"], right["day"] = left["month"], right["only"]
    last = _point(right, within)
    if first.first and last.last and last.last < first.first:
        return None
    return _deadline(match, "during", since=first.first, until=last.last), last.year or first.year


def _read_years(match: re.Match[str], _: Span, when: _When) -> _Reading:
    first, last = int(match.group("y")), int(match.group("z"))
    if last < first or match.group("tail"):
        return None
    return _deadline(match, "during", since=date(first, 1, 1), until=date(last, 12, 31)), None


def _read_numeric(match: re.Match[str], _: Span, when: _When) -> _Reading:
    year, month, day = int(match.group("y")), int(match.group("m")), int(match.group("d"))
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
        return None
    at = date(year, month, day)
    by = bool(match.group("tail"))
    return _deadline(match, "by" if by else "during", since=None if by else at, until=at), year


def _read_recurring(match: re.Match[str], _: Span, when: _When) -> _Reading:
    return _deadline(match, "recurring"), None


def _read_relative(match: re.Match[str], _: Span, when: _When) -> _Reading:
    return _deadline(match, "relative"), None


def _read_damaged(match: re.Match[str], _: Span, when: _When) -> _Reading:
    """`32日前` is 3月2日前, `610日前` 6月10日前; `112日` may be 1月12日 or 11月2日 and gets no reading."""
    parts = [match.group("p"), match.group("q")] if match.group("q") else [match.group("p")]
    year = int(match.group("y")) if match.group("y") else None
    if not year and len(parts) == 1 and not _is_damaged(parts[0]):
        return None
    pairs = [_month_and_day(part) for part in parts]
    tail = (match.group("tail") or "").strip()
    kind = "during" if len(parts) == 2 or not tail else "by"
    if any(pair is None for pair in pairs):
        return _deadline(match, kind), year
    known = year or when.year or (when.issued.year if when.issued else None)
    names = [f"{m}月{d}日" for m, d in filter(None, pairs)]
    days = [date(known, m, d) if known else None for m, d in filter(None, pairs)]
    reading = (f"{year}年" if year else "") + "至".join(names) + tail
    return _deadline(match, kind, since=days[0] if kind == "during" else None, until=days[-1], reading=reading), year


def _is_damaged(digits: str) -> bool:
    return int(digits) > 31


def _month_and_day(digits: str) -> tuple[int, int] | None:
    pairs = []
    for cut in range(1, len(digits)):
        month, day = digits[:cut], digits[cut:]
        if month[0] != "0" and day[0] != "0" and int(month) <= 12 and int(day) <= monthrange(2024, int(month))[1]:
            pairs.append((int(month), int(day)))
    return pairs[0] if len(pairs) == 1 else None


_COUNT = rf"(?:\d{{1,3}}|[{CN}半]{{1,3}})"
_EVENT = r"(?:[^,。;:、\s]{0,20}(?:后|之日起|日起|起))?"
_EVERY = (
    rf"每{_COUNT}?个?(?:年度?|季度?|月份?|周|星期|旬|工作日|日|天)"
    rf"(?:[ ]?(?:\d{{1,2}}月(?:\d{{1,2}}[日号]|[底末初])?|\d{{1,2}}[日号]|[底末初]|第?[一二三四]季度))?(?:之前|以前|前)?"
)
_FORMS: tuple[tuple[str, re.Pattern[str], _Reader], ...] = tuple(
    (needed, re.compile(pattern), reader)
    for needed, pattern, reader in (
        ("每", _EVERY, _read_recurring),
        ("年", r"(?<!\d)(?:从|自)?(?P<y>20\d\d)年?[ ]?(?:至|到|[-~\u2013\u2014\u2015]{1,2})[ ]?(?P<z>20\d\d)[ ]?年(?!\d?\d月|[底末初])(?P<tail>度?版|修订)?", _read_years),
        (
            "",
            rf"(?:从|自)?[ ]?{_named(_POINT, 'a')}{_CLOCK}(?:起|开始|启动)?{_DASH}"
            rf"(?:{_named(_POINT, 'b')}|(?P<only_b>3[01]|[12]\d|0?[1-9])[日号]){_CLOCK}(?:结束|止)?",
            _read_range,
        ),
        ("20", r"(?<![\d.])(?P<y>20\d\d)[./-](?P<m>\d{1,2})[./-](?P<d>\d{1,2})(?![\d.])日?(?P<tail>之?前)?", _read_numeric),
        ("日", r"(?<![\d年月第])(?P<y>20\d\d)?(?P<p>\d{2,4})日(?:[至到-](?P<q>\d{2,4})日)?(?P<tail>之前|以前|前)?(?!内)", _read_damaged),
        ("", rf"{_BEFORE}{_named(_POINT, '')}{_AFTER}", _read_single),
        ("内", rf"{_EVENT}[的在]?{_COUNT}个?(?:工作日|日|天|月|年|小时|分钟|周)(?:以|之)?内", _read_relative),
    )
)
"""What a sentence has to hold for a form of a time limit, the form, and what reads it."""
_SENTENCE_END = re.compile(r"[。;!?\n]")
_QUOTED = re.compile(r"《[^》\n]{1,120}》|[〔﹝\[][^〕﹞\]\n]{1,8}[〕﹞\]]\s?第?\d{0,4}号")


def deadlines_in(text: str, span: Span, *, issued: date | None = None) -> tuple[Deadline, ...]:
    """Give all time limits stated in `span`, in text order; titles in 《》 and document numbers are no time limits.

    A year carries on to later dates of the same sentence; `issued` stands in for 今年 and for a year not stated at all.
    """
    piece = narrow(text[span.start : span.end])
    masked = _QUOTED.sub(lambda m: "\x00" * len(m.group()), piece)
    found: list[Deadline] = []
    start = 0
    for stop in _SENTENCE_END.finditer(masked):
        found += _in_sentence(masked, Span(start, stop.end()), issued)
        start = stop.end()
    found += _in_sentence(masked, Span(start, len(masked)), issued)
    return tuple(replace(d, span=Span(d.span.start + span.start, d.span.end + span.start)) for d in found)


_MAY_STATE = re.compile(r"[年月日季天时周旬]|\d{4}[./-]")


def _in_sentence(text: str, sentence: Span, issued: date | None) -> list[Deadline]:
    if not _MAY_STATE.search(text, sentence.start, sentence.end):
        return []
    taken = bytearray(len(sentence))
    claims: list[tuple[re.Match[str], _Reader]] = []
    for needed, pattern, reader in _FORMS:
        if text.find(needed, sentence.start, sentence.end) < 0:
            continue
        for match in pattern.finditer(text, sentence.start, sentence.end):
            lo, hi = match.start() - sentence.start, match.end() - sentence.start
            if match.group().strip() and not any(taken[lo:hi]):
                claims.append((match, reader))
                # A form that is refused on reading (2019年版) must still not be read by a looser one.
                taken[lo:hi] = b"\x01" * (hi - lo) if reader is not _read_damaged or _claims(match) else bytes(hi - lo)
    return list(_read_in_order(claims, sentence, issued))


def _claims(match: re.Match[str]) -> bool:
    return bool(match.group("y") or match.group("q") or _is_damaged(match.group("p")))


def _read_in_order(claims: list[tuple[re.Match[str], _Reader]], sentence: Span, issued: date | None) -> Iterator[Deadline]:
    year: int | None = None
    for match, reader in sorted(claims, key=lambda claim: claim[0].start()):
        reading = reader(match, sentence, _When(year, issued))
        if reading is None:
            continue
        deadline, stated = reading
        year = stated or year
        yield deadline


_ONGOING = re.compile(r"常态|长期|持续|一直|全程|日常|贯穿|始终|经常性|不间断|永久")
_CELL_MONTH = re.compile(r"(?<!\d)(?P<y>20\d\d)[./-](?P<m>1[0-2]|0?[1-9])(?![\d./-])")


def parse_cell(text: str, span: Span, issued: date | None = None) -> Deadline | None:
    """Read a whole 完成时限 cell: None when it is empty, kind "relative" when it names no date.

    A bare date, month or year in such a cell is the day by which the work is done. Of several limits the last one counts.
    """
    value = "".join(text[span.start : span.end].split())
    if not value:
        return None
    found = deadlines_in(text, span, issued=issued)
    dated = [deadline for deadline in found if deadline.until is not None]
    if dated:
        last = max(dated, key=lambda deadline: deadline.until or date.min)
        ranged = last.since not in (None, last.until) and (re.search(_DASH, last.value) is not None)
        kind, since = (last.kind, last.since) if ranged else ("by", None)
        return replace(last, value=value, span=span, kind=kind, since=since)
    if month := _CELL_MONTH.search(narrow(value)):
        year, number = int(month.group("y")), int(month.group("m"))
        return Deadline(value, span, "by", until=date(year, number, monthrange(year, number)[1]))
    if bare := re.fullmatch(r"(20\d\d)年?度?", narrow(value)):
        return Deadline(value, span, "by", until=date(int(bare.group(1)), 12, 31))
    if _ONGOING.search(value):
        return Deadline(value, span, "ongoing")
    if found:
        return replace(found[0], value=value, span=span)
    return Deadline(value, span, "relative")
