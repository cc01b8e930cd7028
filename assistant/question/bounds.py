"""Stretches of a scale that texts give values for (80周岁以上不满90周岁, 200至500平方米, 不足60分), and amounts that fall into them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from corpus.numbers import CN, value_of
from corpus.types import Span

_SCALES: dict[str, tuple[str, float]] = {
    "周岁": ("岁", 1), "岁": ("岁", 1), "平方米": ("平方米", 1), "平米": ("平方米", 1), "平方公里": ("平方公里", 1), "平方": ("平方米", 1), "平": ("平方米", 1), "㎡": ("平方米", 1), "m2": ("平方米", 1),
    "公里": ("米", 1000), "千米": ("米", 1000), "厘米": ("米", 0.01), "毫米": ("毫米", 1), "米": ("米", 1), "亩": ("亩", 1), "分钟": ("小时", 1 / 60), "小时": ("小时", 1), "个小时": ("小时", 1), "分": ("分", 1),
    "元": ("元", 1), "块钱": ("元", 1), "块": ("元", 1), "人": ("人", 1), "名": ("人", 1), "位": ("人", 1), "个人": ("人", 1), "户": ("户", 1), "家": ("家", 1), "张": ("张", 1), "床": ("张", 1),
    "年": ("年", 1), "个月": ("月", 1), "工作日": ("日", 1), "个工作日": ("日", 1), "天": ("日", 1), "日": ("日", 1), "吨": ("吨", 1), "公斤": ("公斤", 1), "千克": ("公斤", 1), "立方米": ("立方米", 1), "方": ("立方米", 1), "立方": ("立方米", 1),
    "度": ("度", 1), "°c": ("度", 1), "摄氏度": ("度", 1), "千瓦": ("千瓦", 1), "%": ("%", 1), "层": ("层", 1), "次": ("次", 1), "头": ("头", 1), "台": ("台", 1), "辆": ("辆", 1), "座": ("座", 1), "级": ("级", 1),
}  # fmt: skip
"""Measure words, colloquial ones too, with their scale and how many of its steps one of them is."""

_UNIT = "|".join(sorted(map(re.escape, _SCALES), key=len, reverse=True))
_NUMBER = rf"(?:\d+(?:\.\d+)?|(?<![第{CN}])[{CN}]{{1,5}})"
_BEFORE = {
    "<": "未满|不满|不足|低于|不到|小于|少于|未达到?|达不到", "<=": "不超过|不高于|不大于|不多于",
    ">": "超过|高于|大于|多于", ">=": "年满|已满|达到|不低于|不少于|不小于|达|满",
}  # fmt: skip
_AFTER = {">=": "(?:[及或]?者?)?以上|起", "<=": "(?:[及或]?者?)?以下|以内|之内|内(?![容部外的])", ">": "以外"}
_PRE = "|".join(_BEFORE.values())
_POST = "|".join(_AFTER.values())
_INCLUDED = r"(?:\((?:不?含)[^()]{0,8}\))?"
_BOUND = re.compile(rf"(?P<pre>(?:(?<![不未]){_BEFORE['>=']}|{_BEFORE['<']}|{_BEFORE['<=']}|(?<!不){_BEFORE['>']}))?(?P<number>{_NUMBER})(?P<much>[万亿])?(?P<unit>{_UNIT})(?P<note>{_INCLUDED})(?P<post>{_POST})?(?P<also>{_INCLUDED})")
_RANGE = re.compile(rf"(?P<low>{_NUMBER})(?P<low_much>[万亿])?(?P<low_unit>{_UNIT})?(?P<low_note>{_INCLUDED})(?:至|到|-|—|–|~|～)+(?P<high>{_NUMBER})(?P<much>[万亿])?(?P<unit>{_UNIT})(?P<note>{_INCLUDED})(?!以[上下])")
_JOINED = re.compile(r"[、,，且并但而至到\-—~]{0,2}")
_MUCH = {"万": 1e4, "亿": 1e8}
_LEAST_YEAR, _MOST_YEAR = 1900, 2100


@dataclass(frozen=True, slots=True)
class Stretch:
    """From low to high; whether it holds its ends. span: where it stands, in the text that was read."""

    scale: str
    low: float
    high: float
    holds_low: bool
    holds_high: bool
    span: Span

    def holds(self, value: float) -> bool:
        return (self.low < value or (self.holds_low and value == self.low)) and (value < self.high or (self.holds_high and value == self.high))


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount that a question names. text: as it is written.  of: the character behind it (350方水), which may say of what it is."""

    scale: str
    value: float
    text: str
    of: str = ""


def _valued(number: str, much: str | None, unit: str) -> tuple[str, float] | None:
    value = float(number) if number[0].isdigit() else value_of(number)
    if value is None or (unit == "年" and _LEAST_YEAR < value < _MOST_YEAR):
        return None
    scale, factor = _SCALES[unit]
    return scale, float(value) * _MUCH.get(much or "", 1) * factor


@lru_cache(maxsize=1024)
def stretches_in(folded: str) -> tuple[Stretch, ...]:
    """Give the stretches that folded text names, in order; a bare number is none."""
    found: list[Stretch] = []
    at = 0
    while at < len(folded):
        ranged, bound = _RANGE.search(folded, at), _BOUND.search(folded, at)
        if ranged and (bound is None or ranged.start() <= bound.start()):
            at = ranged.end()
            if (one := _range(ranged)) is not None:
                found.append(one)
        elif bound:
            at = bound.end()
            if (one := _bound(bound)) is not None:
                found.append(one)
        else:
            break
    return tuple(_joined(folded, found))


def _range(match: re.Match[str]) -> Stretch | None:
    low = _valued(match["low"], match["low_much"] or (match["much"] if not match["low_unit"] else None), match["low_unit"] or match["unit"])
    high = _valued(match["high"], match["much"], match["unit"])
    if low is None or high is None or low[0] != high[0] or low[1] >= high[1]:
        return None
    return Stretch(low[0], low[1], high[1], "不含" not in match["low_note"], "不含" not in match["note"], Span(match.start(), match.end()))


def _bound(match: re.Match[str]) -> Stretch | None:
    valued = _valued(match["number"], match["much"], match["unit"])
    sign = next((s for s, words in _AFTER.items() if match["post"] and re.fullmatch(words, match["post"])), "")
    sign = next((s for s, words in _BEFORE.items() if match["pre"] and re.fullmatch(words, match["pre"])), sign)
    if valued is None or not sign:
        return None
    scale, value = valued
    held = "=" in sign and "不含" not in match["note"] + match["also"]
    span = Span(match.start(), match.end())
    return Stretch(scale, value, _NO_END, held, False, span) if sign[0] == ">" else Stretch(scale, _NO_START, value, False, held, span)


_NO_START, _NO_END = float("-inf"), float("inf")


def _joined(folded: str, found: list[Stretch]) -> list[Stretch]:
    """Make one of two bounds right behind each other: 80周岁以上不满90周岁, 低于18℃但不低于16℃."""
    out: list[Stretch] = []
    for one in found:
        last = out[-1] if out else None
        gap = folded[last.span.end : one.span.start] if last else ""
        low, high = (one, last) if last and last.low == _NO_START else (last, one)
        if last and low and last.scale == one.scale and low.high == _NO_END and high.low == _NO_START and low.low < high.high and _JOINED.fullmatch(gap):
            out[-1] = Stretch(one.scale, low.low, high.high, low.holds_low, high.holds_high, Span(last.span.start, one.span.end))
        else:
            out.append(one)
    return out


_AGED = re.compile(r"(?:今年|都|已经?|快|奶奶|爷爷|老人|妈妈?|爸爸?|岁数|年纪|年龄)(?P<number>\d{1,3})了?(?=[,?的能有可就]|$|了)")
_SPOKEN: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(rf"({_NUMBER})个([万亿])(?!元)"), lambda m: f"{m[1]}{m[2]}元"),
    (re.compile(rf"(?<![{CN}\d])([{CN}\d])成(?![效为立员果长熟交本功])"), lambda m: f"{value_of(m[1]) or 0}0%"),
    (re.compile(rf"({_NUMBER})多(?={_UNIT})"), lambda m: f"超过{m[1]}"),
)
"""How amounts are spoken, as they are written: 3个亿, 两成, 八十多岁."""
_ONE = re.compile(rf"[每一1](?:{_UNIT})")
_EACH = re.compile("每[一个隔满]?$")


@lru_cache(maxsize=256)
def amounts_in(folded: str) -> tuple[Amount, ...]:
    """Give the amounts that a folded question names, by scale; 每月 and 一年 are none."""
    found: dict[str, list[Amount]] = {}
    for spoken, written in _SPOKEN:
        folded = spoken.sub(written, folded)
    for match in _BOUND.finditer(folded):
        valued = _valued(match["number"], match["much"], match["unit"])
        if valued is None or _ONE.fullmatch(match.group()) or folded.startswith("之", match.end()) or _EACH.search(folded, 0, match.start()):
            continue
        scale, value = valued
        side = next((s for s, words in _AFTER.items() if match["post"] and re.fullmatch(words, match["post"])), "")
        side = next((s for s, words in _BEFORE.items() if match["pre"] and re.fullmatch(words, match["pre"])), side)
        # 满80岁 is 80; 80岁以上 is whoever is older.
        inside = value + _A_BIT if side == ">" or (side == ">=" and match["post"]) else value - _A_BIT if side.startswith("<") else value
        found.setdefault(scale, []).append(Amount(scale, inside, match.group(), folded[match.end() : match.end() + 1]))
    if "岁" not in found and (aged := _AGED.search(folded)):
        found["岁"] = [Amount("岁", float(aged["number"]), aged["number"])]
    return tuple(amounts[0] for amounts in found.values() if len(amounts) == 1)


_A_BIT = 0.001
