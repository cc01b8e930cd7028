"""Figures in running text: a number, its unit, and the words that compare it.

The tables are genre knowledge: which units policy texts count in, and which words set a lower or an upper bound.
`figures_in` works on a levelled clause (`corpus.clauses.level`); all quantifiers are bounded, matching is linear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.numbers import CN, value_of
from corpus.text import SPREAD
from corpus.types import Span

_MEASURES = (
    "个百分点", "百分点", "%", "‰", "℃", "摄氏度",
    "万亿元", "亿元", "万元", "千元", "百元", "元", "亿美元", "万美元", "美元", "港元",
    "万吨/年", "吨/年", "吨/日", "万吨", "亿吨", "吨", "公斤", "千克", "克", "亿斤", "万斤", "斤",
    "公里/小时", "平方公里", "公里", "千米", "厘米", "毫米", "万平方米", "平方米", "亿立方米", "万立方米", "立方米", "海里", "米", "里",
    "万亩", "亩", "万公顷", "公顷", "升",
    "亿千瓦时", "万千瓦时", "千瓦时", "万千瓦", "千瓦", "兆瓦", "吉瓦",
    "kV", "kW", "MW", "GW", "km", "cm", "mm", "kg", "mg", "MPa", "dB", "GB", "TB", "Mbps", "折",
)
_TIMES = ("个工作日", "工作日", "个小时", "小时", "分钟", "秒", "个月", "个季度", "周岁", "学时", "课时", "周", "天", "年", "岁")
_COUNTS = (
    "人次", "户次", "家次", "车次", "人", "名", "位", "家", "个", "处", "座", "艘", "辆", "架", "台", "套", "件", "项", "条", "户", "支", "所",
    "间", "栋", "幢", "部", "份", "篇", "场", "期", "批", "次", "起", "例", "类", "种", "层", "倍", "对", "组", "册", "片", "块", "盏", "根",
    "口", "头", "只", "株", "棵", "把", "具", "顶", "双", "桶", "箱", "瓶", "袋", "枚", "剂", "针", "轮", "遍", "步", "张", "段", "班", "道", "门", "宗", "笔", "队", "羽", "尾",
)
_CUED = ("级", "分", "成", "度", "日", "时", "点")
"""Units that make a figure only beside a bound (`3级以上`, `30日内`, `90分以上`) or in a range (`2时至5时`)."""


def _alternatives(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_UNIT = _alternatives(_MEASURES + _TIMES + _COUNTS + _CUED)
_ARABIC = rf"(?<![\dA-Za-z.〔/二〇○])(?:{SPREAD.pattern}|\d{{1,9}}(?:,\d{{3}}){{0,4}}(?:\.\d{{1,6}})?)(?!\d)"
_CHINESE = rf"(?<![{CN}第万亿统唯逐之])[{CN}]{{1,8}}(?:点[{CN}]{{1,4}})?"
_SCALE = r"(?:[余多来]?(?:[十百千]?万亿?|亿|百|千)[余多]?|[余多几])?"
_JOINT = r"(?:至(?:次日|翌日)?|到|~|-|—|–|或)"
_FIGURE = re.compile(
    rf"(?:(?P<low>{_ARABIC}|{_CHINESE})(?P<low_scale>{_SCALE})\s?(?P<low_unit>{_UNIT})?(?P<joint>(?:以上)?{_JOINT}|以上|、))?"
    rf"(?P<share>百分之|千分之)?(?P<number>{_ARABIC}|(?<=百分之|千分之)[{CN}]{{1,8}}(?:点[{CN}]{{1,4}})?|{_CHINESE})(?P<scale>{_SCALE})\s?(?P<unit>{_UNIT})?"
)
_NUMERAL = re.compile(rf"[\d{CN}]")
_FRACTION = re.compile(rf"(?P<below>[{CN}]{{1,3}})分之(?P<above>[{CN}]{{1,3}})(?!。)")

_AFTER = re.compile(
    r"\s?(?:(?P<least>(?:及|或者?)?以上|之上)|(?P<most>以内|之内|(?:及|或者?)?以下|内(?![容部外的]))|左右|上下|[余多])"
)


@dataclass(frozen=True, slots=True)
class Bound:
    """Words before a figure that compare it. loose: up to ten characters may stand between (`不低于在职人员的75%`)."""

    comparator: str
    words: str
    loose: bool = False


BOUNDS = (
    Bound("<=", "不超过|不得超过|不高于|不得高于|不多于|不得多于|不大于|不得大于|不突破|控制在|限制在|稳定在|最多|至多|最长|最高", loose=True),
    Bound("<=", "降至|降到|降低到|降低至|减少到|减少至|下降到|下降至|压减到|压减至|压降至|缩短至|缩短到|压缩至|压缩到"),
    Bound(">=", "不低于|不得低于|不少于|不得少于|不小于|不得小于|至少|最少|最低|达到|应达|保持在|力争达", loose=True),
    Bound(">=", "提升至|提升到|提高到|提高至|增加到|增加至|增长到|增长至|扩大到|扩大至|上升到|升至|达"),
    Bound(">=", "年满|已满|(?<![不未])满"),
    Bound(">", "超过|突破|高于|大于|多于|超|逾"),
    Bound("<", "低于|小于|少于|不足|不满|未满"),
    Bound("-", "下降|降低|减少|压减|压降|下浮|缩短|减排|缩减|回落|下调"),
    Bound("+", "提高|提升|增长|增加|新增|上升|扩大|上涨|上调|递增|增"),
)
_FILLER = r"(?:了|约|近|各|其中|的|到|为|率|比例|比重|开展|组织|集中|配备|培训|进行|有|一|年均|同比|\s)"
_TIGHT = tuple((bound.comparator, re.compile(rf"(?:{bound.words}){_FILLER}{{0,3}}$")) for bound in BOUNDS)
_LOOSE = tuple((bound.comparator, re.compile(rf"(?:{bound.words})[^,;:。()\d]{{1,10}}的$")) for bound in BOUNDS if bound.loose)

_GROWN = re.compile(rf"(?:增加|新增|增长|增){_FILLER}{{0,3}}$")
"""`改造提升3个以上小区` names three or more, `新增3个` three more."""

_NAMED = re.compile(r"行动|计划|规划|攻坚|整治|战略|方案|级|度|底|末|初|期间|代|第|年|来|目标任务|报告|会|期$")
_ONE_CUE = re.compile(r"(?:至少|不少于|不得少于|不低于|不超过|不得超过|超过|每[^,;。]{0,30}|配备|设立|设置|建成|建立|确定|明确|增加|新增|减少|关闭|力争|各|达到|满|为期|不足|不满)[^,;。]{0,6}$")
_ONE_AFTER = re.compile(r"(?:及?以上|以内|之内|内|以下|次)")
_NOT_ONE = re.compile(r"次性|部分|方面|起(?![,。;])|项一策|件事|家之|人一|户一|企一|步(?!法)|批|种|个(?:个|都)|道|条龙|场所")
_MEETING = re.compile(r"、?[一二三四五六七八九十]?次?(?:会议|全会|全体|代表大会|党代会|全国|中央)")
_YEAR_CUE = re.compile(r"(?:每|隔|超过|至少|不少于|满|为期|不足|不满|近|期限|有效期|任期|从业|年限|工作|时间|周期|期为)[^,;。]{0,4}$")
_YEAR_AFTER = re.compile(r"(?:及?以上|以内|之内|内|以下|一次|后|的|有期|期满|不得|、|,|$)")
_DAY_AFTER = re.compile(r"(?:以内|之内|内|后|以上)")
_DAY_BEFORE = re.compile(r"(?:提前|不少于|不超过|不得超过|满|连续|超过|少于|至少)$")
_CLOCK = re.compile(r"(?:凌晨|上午|下午|夜间|晚上?|每日|每天|早上?|中午)$")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with unit. value: ASCII digits (`3-5` for a range). span: number, unit and adjacent bound."""

    value: str
    unit: str
    comparator: str
    core: Span
    span: Span


def figures_in(plain: str, clause: Span) -> Iterator[Figure]:
    """Give the figures of a comma clause in order; dates, document numbers and names with numerals are none."""
    at = clause.start
    # Every figure begins with a numeral, and one look for any is much quicker than trying all forms at every character.
    while (numeral := _NUMERAL.search(plain, at, clause.end)) and (match := _FIGURE.search(plain, numeral.start(), clause.end)):
        figure, at = _fraction(plain, match, clause) or _figure(plain, match, clause)
        if figure:
            yield figure


def _figure(plain: str, match: re.Match[str], clause: Span) -> tuple[Figure | None, int]:
    """Judge a match; a range whose halves do not belong together is read again from its second half."""
    if match.group("low") and not _is_range(match):
        single = _FIGURE.fullmatch(plain, match.start(), match.start("joint"))
        if single and not single.group("low"):
            return _bounded(plain, single, clause), match.start("joint")
        return None, match.end("low")
    return _bounded(plain, match, clause), match.end()


def _is_range(match: re.Match[str]) -> bool:
    low_unit, unit, joint = match.group("low_unit"), match.group("unit"), match.group("joint")
    low, high = _value(match.group("low")), _value(match.group("number"))
    if unit is None or low is None or high is None or joint == "、":
        return False
    if joint == "以上":
        return low_unit == unit or low_unit in ("元", "万元", "倍", "年")
    if low_unit and low_unit != unit and not unit.endswith(low_unit) and not low_unit.endswith(unit):
        return False
    return not (len(match.group("low")) == 4 and unit == "年") and (joint != "-" or low_unit is None or low_unit == unit)


def _bounded(plain: str, match: re.Match[str], clause: Span) -> Figure | None:
    comparator, start, end = _compare(plain, match, clause)
    unit = match.group("unit") or ""
    if not _is_figure(plain, match, clause, comparator):
        return None
    value = _printed(match.group("number"))
    scale = _scale(match.group("scale"))
    if match.group("share"):
        unit = "%" if match.group("share") == "百分之" else "‰"
    if match.group("low"):
        low_unit = _scale(match.group("low_scale")) + (match.group("low_unit") or scale + unit)
        high_unit = scale + unit
        low = _printed(match.group("low"))
        value = f"{low}-{value}" if low_unit == high_unit else f"{low}{low_unit}-{value}"
        comparator = comparator if comparator in "+-" else "="
    return Figure(value, scale + unit, comparator, Span(match.start(), match.end()), Span(start, end))


def _compare(plain: str, match: re.Match[str], clause: Span) -> tuple[str, int, int]:
    before = plain[max(clause.start, match.start() - 24) : match.start()]
    start, end, comparator = match.start(), match.end(), ""
    for sign, pattern in _TIGHT:
        if found := pattern.search(before):
            comparator, start = sign, match.start() - len(before) + found.start()
            break
    else:
        comparator = next((sign for sign, pattern in _LOOSE if pattern.search(before)), "")
    if comparator == "+" and match.re is _FIGURE and match.group("unit") in _COUNTS and not _GROWN.search(before):
        comparator, start = "", match.start()
    if after := _AFTER.match(plain, match.end(), min(clause.end, match.end() + 8)):
        end = after.end()
        if comparator not in ("+", "-", "<=", "<"):
            comparator = ">=" if after.group("least") else "<=" if after.group("most") else comparator
    return comparator or "=", start, end


def _is_figure(plain: str, match: re.Match[str], clause: Span, comparator: str) -> bool:
    number, unit = match.group("number"), match.group("unit")
    before = plain[max(clause.start, match.start() - 40) : match.start()]
    after = plain[match.end() : min(len(plain), match.end() + 20)]
    if match.group("share"):
        return True
    if unit is None:
        return number[0].isdigit() and "." in number and comparator != "=" and not match.group("low")
    if unit in ("年", "周岁", "岁") and not _is_span_of_years(number, unit, before, after, ranged=bool(match.group("low"))):
        return False
    if unit in _CUED and not _is_cued(match, unit, before, after, comparator):
        return False
    if number[0].isdigit() or match.group("low"):
        return not before.endswith(("第", "附件", "表", "图"))
    return _is_counted(number, unit, before, after)


def _is_span_of_years(number: str, unit: str, before: str, after: str, *, ranged: bool) -> bool:
    if unit != "年" or ranged:
        return True
    value = _value(number)
    if value is None or value > 200 or _NAMED.match(after) or before.endswith(("〔", "(", "’", "'", "“")):
        return False
    if number[0].isdigit():
        return True
    return bool(_YEAR_CUE.search(before) or _YEAR_AFTER.match(after) and after[:1] not in ("的", ""))


def _is_cued(match: re.Match[str], unit: str, before: str, after: str, comparator: str) -> bool:
    if unit == "日":
        dated = before.endswith(("月", "每月", "年"))
        return not dated and bool(_DAY_AFTER.match(after) or _DAY_BEFORE.search(before))
    if unit in ("时", "点"):
        return match.group("low_unit") == unit or bool(match.group("number")[0].isdigit() and _CLOCK.search(before))
    if unit == "度":
        return match.group("number")[0].isdigit() and len(match.group("number")) < 4 and comparator != "="
    if unit == "分" and match.group("number")[0].isdigit() and _POINTS_BEFORE.search(before) is not None:
        return True
    if unit == "分" and match.group("number")[0].isdigit() and _POINTS_AFTER.match(after) and not before.endswith(("时", "点", ":")):
        return True
    return comparator != "=" or (unit == "级" and match.group("low") is not None) or before.endswith(("扣", "加", "得", "计", "记", "减")) or (unit == "分" and "." in match.group("number"))


_POINTS_BEFORE = re.compile(r"(?:总分|满分|分值|占|百分制)[^,;。\d]{0,4}$|(?<!时)(?<!\d)\d{1,3}分[、,][^、,;。\d]{1,12}$")
_POINTS_AFTER = re.compile(r"[、,][^、,;。\d时]{1,12}\d{1,3}分(?!钟)")
"""Points dealt out to one thing after another: 产业发展30分、生态宜居20分."""


def _is_counted(number: str, unit: str, before: str, after: str) -> bool:
    """Judge a figure written in Chinese numerals: `一次` counts, `一批`, `一起`, `三位一体` do not."""
    if unit in ("把", "具", "顶", "双", "剂", "针", "箱", "袋", "桶", "瓶", "枚", "位", "道", "口", "头", "门", "段", "对", "部", "片", "班", "里", "步", "克", "升", "点", "期", "轮") and not _ONE_CUE.search(before):
        return False
    if unit == "次" and _MEETING.match(after):
        return False
    if number in ("零", "〇", "千", "百", "十"):
        return number == "十" and unit in ("个", "家", "条", "项", "名", "人", "天")
    if after.startswith("一") and unit != "次":
        return False
    if number == "二" and unit == "次":
        return bool(_ONE_CUE.search(before))
    if number != "一":
        return True
    if _NOT_ONE.match(unit + after) or _NOT_ONE.match(after) and unit in ("个",):
        return False
    if unit == "次" and not after.startswith(("性", "又")):
        return not before.endswith(("又", "再", "另", "首", "第"))
    return bool(_ONE_CUE.search(before) or _ONE_AFTER.match(after))


def _fraction(plain: str, match: re.Match[str], clause: Span) -> tuple[Figure, int] | None:
    found = _FRACTION.match(plain, match.start(), min(clause.end, match.start() + 12))
    if not found:
        return None
    below, above = value_of(found.group("below")), value_of(found.group("above"))
    if not below or not above or below in (100, 1000):
        return None
    span = Span(found.start(), found.end())
    comparator, start, end = _compare(plain, found, clause)
    return Figure(f"{above}/{below}", "", comparator, span, Span(start, end)), found.end()


def _value(number: str) -> float | None:
    if number[0].isdigit():
        return float(re.sub("[, ]", "", number))
    return value_of(number.partition("点")[0])


def _printed(number: str) -> str:
    if number[0].isdigit():
        return re.sub("[, ]", "", number)
    whole, point, rest = number.partition("点")
    value = value_of(whole)
    decimals = "".join(str(value_of(digit) or 0) for digit in rest)
    return number if value is None else f"{value}{point and '.'}{decimals}"


def _scale(scale: str | None) -> str:
    return (scale or "").strip("余多来几")
