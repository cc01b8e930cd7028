"""Data that a document prints with a label: 索引号, 发布机构, 成文日期, 文号 …, on one line, in columns, or label above value.

Labels are data (`LABELS`): a new site's wording is a new word in the table. Dates are read to ISO 8601 where the text
determines them; a damaged one (`2023223`) keeps its printed form and gets a note with the reading, if only one is possible.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from corpus.clauses import Reading
from corpus.numbers import CN, value_of
from corpus.types import Field, Span


@dataclass(frozen=True, slots=True)
class Label:
    """name: `Field.name`.  words: how documents print it; blanks may stand between the characters.  loose: works without a colon."""

    name: str
    words: tuple[str, ...]
    loose: bool = True


LABELS = (
    Label("index_number", ("索引号", "信息索引号", "索引编号", "信息索引")),
    Label("number", ("发文字号", "发文文号", "文件编号", "文件字号", "公文文号", "文号")),
    Label("issuer", ("发布机构", "发文机关", "发文机构", "发文单位", "发布单位", "发布机关", "制发机关", "制定机关", "公开责任部门", "公开主体", "发布部门", "印发机关", "颁布机构")),
    Label("issued", ("成文日期", "成文时间", "印发日期", "印发时间", "发文日期", "发文时间", "签发日期", "制发日期", "制定日期")),
    Label("published", ("发布日期", "发布时间", "公开日期", "公开时间", "生成日期", "生成时间", "撰写时间", "上传时间", "发表时间", "公布日期", "公布时间", "录入时间", "更新时间", "日期")),
    Label("effective", ("施行日期", "生效日期", "生效时间", "实施日期", "执行日期", "有效日期")),
    Label("expires", ("失效日期", "失效时间", "废止日期", "有效期至", "有效期限", "有效期")),
    Label("validity", ("有效性", "时效性", "时效状态", "效力状态", "是否有效")),
    Label("source", ("信息来源", "稿件来源", "文章来源", "内容来源", "来源")),
    Label("disclosure", ("公开方式", "公开形式", "公开属性", "公开类别")),
    Label("audience", ("公开范围", "公开对象")),
    Label("category", ("主题分类", "信息分类", "组配分类", "服务对象分类", "分类")),
    Label("genre", ("体裁分类", "公文种类", "文种", "体裁", "文件类型")),
    Label("keywords", ("主题词", "关键词", "关键字")),
    Label("title", ("公文标题", "文件标题", "信息名称", "文件名称", "标题", "名称")),
    Label("addressees", ("主送机关", "主送单位", "主送"), loose=False),
    Label("copies", ("抄送机关", "抄送单位", "抄送", "抄报"), loose=False),
    Label("meeting_time", ("会议时间", "时间"), loose=False),
    Label("meeting_place", ("会议地点", "地点"), loose=False),
    Label("", ("点击", "点击数", "点击次数", "点击量", "浏览次数", "浏览量", "阅读次数", "阅读量", "访问次数", "字号", "字体", "作者", "编辑", "责任编辑", "审核", "打印", "分享", "分享到", "保护视力色", "语音播报", "登记号", "统一编号", "统一登记号")),
)  # fmt: skip
_KINDS = {word: label for label in LABELS for word in label.words}
_WORDS = "|".join(r"[ ]{0,6}".join(word) for word in sorted(_KINDS, key=len, reverse=True))
_LABEL = re.compile(rf"(?:(?<![\s\S])|(?<=[\s|\]】)(>#*\[【]))[\[【]?(?P<word>{_WORDS})[\]】]?[ ]{{0,3}}(?P<colon>:)?(?=[\s|:]|$|(?<=:))")
_DATES = frozenset(("issued", "published", "effective", "expires", "meeting_time"))
_LINE_LIMIT = 300
_VALUE_LIMIT = 120

_DATE = re.compile(
    rf"(?P<year>(?:19|20)\d{{2}}|[二一][{CN}]{{3}})\s?[年./-]\s?(?P<month>\d{{1,2}}|[{CN}]{{1,2}})\s?[月./-]\s?(?P<day>\d{{1,2}}|[{CN}]{{1,3}})\s?日?"
    r"|(?<!\d)(?P<packed>(?:19|20)\d{2}[01]\d[0-3]\d)(?!\d)"
)
_DAMAGED = re.compile(r"(?<![\d.])(?P<year>(?:19|20)\d{2})(?P<rest>\d{2,3})(?![\d.])")


def date_in(plain: str, start: int, end: int) -> tuple[date | None, Span, str] | None:
    """Find the first date of a stretch: its value, its span, and a note when it is damaged; None without any."""
    match = _DATE.search(plain, start, end)
    if match:
        return _date_of(match), Span(match.start(), match.start() + len(match.group().rstrip())), ""
    damaged = _DAMAGED.search(plain, start, end)
    if damaged is None:
        return None
    readings = _readings(damaged.group("year"), damaged.group("rest"))
    reading = readings[0] if len(readings) == 1 else None
    note = "日期有缺字,按原文照录" + (f";应为{reading.year}年{reading.month}月{reading.day}日" if reading else "")
    return reading, Span(damaged.start(), damaged.end()), note


def _date_of(match: re.Match[str]) -> date | None:
    packed = match.group("packed")
    parts = (packed[:4], packed[4:6], packed[6:]) if packed else (match.group("year"), match.group("month"), match.group("day"))
    return _valid(*(value_of(part) or 0 for part in parts))


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _readings(year: str, digits: str) -> list[date]:
    """Give the dates a run of digits without marks can stand for: `223` is 2月23日 only, `111` is two dates."""
    found = (
        _valid(int(year), int(digits[:cut]), int(digits[cut:]))
        for cut in range(1, len(digits))
        if digits[0] != "0" and digits[cut] != "0"
    )
    return [value for value in found if value]


def labelled(reading: Reading, lines: Sequence[Span]) -> Iterator[Field]:
    """Read the labelled data of the given lines; a label without value on its line takes the next line."""
    plain = reading.plain
    for index, line in enumerate(lines):
        if len(line) > _LINE_LIMIT:
            continue
        labels = _labels(plain, line)
        for position, match in enumerate(labels):
            limit = labels[position + 1].start() if position + 1 < len(labels) else line.end
            value = _value(plain, match.end(), limit)
            if not len(value) and position + 1 == len(labels) and _name(match) not in ("", "keywords") and index + 1 < len(lines) and not _labels(plain, lines[index + 1]):
                value = lines[index + 1]
            found = _field(reading, match, value)
            if found:
                yield found


def _name(match: re.Match[str]) -> str:
    return _KINDS["".join(match.group("word").split())].name


def is_labelled(plain: str, line: Span) -> bool:
    """Tell whether a line begins with a known label."""
    labels = _labels(plain, line)
    return bool(labels) and plain[line.start : labels[0].start("word")].strip(" #*[【") == ""


def _labels(plain: str, line: Span) -> list[re.Match[str]]:
    """Find the labels of a line; without a colon only those that open it or follow another label's value."""
    found: list[re.Match[str]] = []
    for match in _LABEL.finditer(plain, line.start, line.end):
        label = _KINDS["".join(match.group("word").split())]
        opens = not plain[line.start : match.start("word")].strip(" #*[【|")
        if match.group("colon") or (label.loose and (opens or found) and not _is_prose(plain, match, line)):
            found.append(match)
    return found


def _is_prose(plain: str, match: re.Match[str], line: Span) -> bool:
    return "。" in plain[match.end() : line.end] or line.end - match.end() > _VALUE_LIMIT


def _value(plain: str, start: int, end: int) -> Span:
    while start < end and plain[start] in " :|\n*":
        start += 1
    while end > start and plain[end - 1] in " |\n[【(*":
        end -= 1
    return Span(start, end)


def _field(reading: Reading, match: re.Match[str], value: Span) -> Field | None:
    word = "".join(match.group("word").split())
    label = _KINDS[word]
    if not label.name or not 0 < len(value) <= _VALUE_LIMIT * 2:
        return None
    if label.name not in _DATES:
        return Field(label.name, word, reading.value(value), value)
    found = date_in(reading.plain, value.start, value.end)
    if found is None:
        return Field(label.name, word, reading.value(value), value) if label.name in ("expires", "meeting_time") else None
    day, span, note = found
    return Field(label.name, word, day.isoformat() if day and not note else reading.value(span), span, note)
