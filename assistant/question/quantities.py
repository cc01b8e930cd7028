"""Amounts as people say and as texts print them, on one scale: 两个月 and 60日, 一万块 and 10000元, 每季度 and 三个月一次.

For holding one against another; what a text sets as a target is read by `corpus.figures`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.numbers import CN, SCALES, value_of

_DAYS = {"年": 365.0, "个月": 30.4, "月": 30.4, "个季度": 91.2, "季度": 91.2, "周": 7.0, "星期": 7.0, "个星期": 7.0, "个礼拜": 7.0, "礼拜": 7.0, "天": 1.0, "日": 1.0, "个工作日": 1.0,
         "工作日": 1.0, "个小时": 1 / 24, "小时": 1 / 24, "个钟头": 1 / 24, "钟头": 1 / 24, "分钟": 1 / 1440, "秒": 1 / 86400, "秒钟": 1 / 86400}  # fmt: skip
_SCALED = {
    "time": _DAYS,
    "money": {"元": 1.0, "块钱": 1.0, "块": 1.0, "万元": 1e4, "亿元": 1e8, "千元": 1e3, "百元": 1e2},
    "share": {"%": 1.0, "个百分点": 1.0, "成": 10.0},
    "age": {"周岁": 1.0, "岁": 1.0},
    "length": {"米": 1.0, "厘米": 0.01, "毫米": 0.001, "公里": 1e3, "千米": 1e3, "里": 500.0},
    "area": {"平方米": 1.0, "平米": 1.0, "平方": 1.0, "亩": 666.7, "公顷": 1e4, "平方公里": 1e6},
    "weight": {"吨": 1e3, "公斤": 1.0, "千克": 1.0, "斤": 0.5, "克": 1e-3},
    "people": {"人": 1.0, "名": 1.0, "位": 1.0, "人次": 1.0},
    "places": {"家": 1.0, "处": 1.0, "座": 1.0, "所": 1.0, "户": 1.0, "个": 1.0},
    "acts": {"次": 1.0, "场": 1.0, "回": 1.0, "遍": 1.0},
    "points": {"分": 1.0},
    "items": {"条": 1.0, "项": 1.0, "件": 1.0},
}
"""Units of one nature, with what each counts in the first of its row."""
_COUNTED = ["台", "辆", "架", "艘", "套", "间", "栋", "幢", "张", "份", "只", "头", "株", "棵", "班", "支", "部", "把", "层", "门", "桶", "箱", "瓶", "袋", "枚", "针", "双", "倍", "床", "册", "口"]
_UNITS = {unit: (nature, scale) for nature, row in _SCALED.items() for unit, scale in row.items()} | {unit: (unit, 1.0) for unit in _COUNTED}
_UNIT = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
_NUMBER = rf"(?:\d[\d,]*(?:\.\d+)?[百千万亿]?|[{CN}]*[一二两三四五六七八九十百千][{CN}]*万?|半)"
_LEAST = "不少于|不得少于|不低于|不得低于|不小于|至少|最少|最低|达到|年满|(?<![不未])满"
_MOST = "不超过|不得超过|不高于|不得高于|不多于|不大于|最多|至多|最高|最长|上限|限购|限养|限"
_UNDER = "不足|不满|未满|低于|少于|不到|小于|未达到?"
_ABOVE = "超过|多于|高于|大于|超出|超"
_AMOUNT = re.compile(
    rf"(?:(?P<under>{_UNDER})|(?P<most>{_MOST})|(?P<least>{_LEAST})|(?P<above>(?<!不){_ABOVE}))?(?:为|是|约|近|达|了|[:]|(?:每[㐀-鿿]){{1,2}})?"
    rf"(?P<share>百分之)?(?<![第年\d{CN}.])(?P<number>{_NUMBER})(?P<half>个半)?(?P<unit>(?:{_UNIT})(?!钟|之|别|类|级|期))?(?P<after>(?:及|或)?以上(?:[(]不含[^()]{{0,6}}[)])?|(?:及|或)?以下|以内|之内|内(?![容部外])|后|之后|以后)?"
)
_EVERY = re.compile(
    rf"每(?:隔)?(?P<n>{_NUMBER})?个?(?P<unit>年度?|月|季度?|周|星期|礼拜|天|日|小时|学期|半年)(?!满|收费|缴费|租金)(?:[^,。;]{{0,14}}?(?<![第{CN}\d])(?P<times>[{CN}\d]{{1,3}})[次回遍场])?"
    rf"|(?P<on>{_NUMBER})个?(?P<once>年|月|季度?|周|星期|礼拜|天|日|小时|学期)(?:[^,。;]{{0,8}}?)(?<!第)(?P<often>[{CN}\d]{{1,3}})[次回遍]"
)
_PERIODS = {"年": 365.0, "年度": 365.0, "月": 30.4, "季": 91.2, "季度": 91.2, "周": 7.0, "星期": 7.0, "礼拜": 7.0, "天": 1.0, "日": 1.0, "小时": 1 / 24, "学期": 150.0, "半年": 182.5}


@dataclass(frozen=True, slots=True)
class Amount:
    """nature: what is counted ("time", "money", …, "rhythm" for how often).  number: in the first unit of its nature; days between two times of a rhythm.

    bound: "" for an amount itself, "most", "least", "under", "above".  start, end: where it stands in the folded text, bound included.
    """

    nature: str
    number: float
    unit: str
    bound: str
    start: int
    end: int

    def equals(self, other: Amount) -> bool:
        if self.unit == other.unit:
            return abs(self.number - other.number) < 1e-6 * max(self.number, 1.0)
        return abs(self.number - other.number) <= _NEAR * max(self.number, other.number)


_NEAR = 0.02
"""By how much amounts in different units may differ and still be the same: two months and 60 days."""


def amounts_in(folded: str) -> tuple[Amount, ...]:
    """Give the amounts of a folded text in order."""
    rhythms = [r for m in _EVERY.finditer(folded) if (r := _rhythm(m))]
    taken = [(r.start, r.end) for r in rhythms]
    amounts = [a for a in _amounts(folded) if not any(s < a.end and a.start < e for s, e in taken)]
    return tuple(sorted((*rhythms, *amounts), key=lambda a: a.start))


def _rhythm(match: re.Match[str]) -> Amount | None:
    count = _number(match["n"] or match["on"] or "一")
    period = _PERIODS.get(match["unit"] or match["once"])
    times = value_of(match["times"] or match["often"] or "一")
    if count is None or period is None or not times:
        return None
    return Amount("rhythm", count * period / times, "", "", match.start(), match.end())


def _amounts(folded: str) -> Iterator[Amount]:
    for match in _AMOUNT.finditer(folded):
        number = _number(match["number"])
        nature, scale = _UNITS.get(match["unit"] or "", ("share", 1.0) if match["share"] else ("", 1.0))
        if not nature and match["number"][-1] in "万亿" and match["number"][0].isdigit() and not re.match("[㐀-鿿]", folded[match.end() :]):
            nature, scale = "money", 1.0  # 补50万?
        if number is None or not nature or _names_a_day(match, folded):
            continue
        if match["number"] == "半" and folded[match.end() : match.end() + 1] == "年":
            continue
        number = (number + (0.5 if match["half"] else 0.0)) * scale
        yield Amount(nature, number, match["unit"] or "%", _bound(match), match.start(), match.end())


def _names_a_day(match: re.Match[str], folded: str) -> bool:
    """Is it a point of the calendar (2024年, 11月, 3日) and no span of time?"""
    unit, after = match["unit"] or "", match["after"] or ""
    if unit == "年" and len(match["number"]) == 4 and match["number"].isdigit():
        return True
    if unit == "月":
        return match["number"] not in ("两", "半")
    return unit == "日" and folded[max(match.start("number") - 1, 0) : match.start("number")] == "月" and not after


def _bound(match: re.Match[str]) -> str:
    after = match["after"] or ""
    if after.endswith(")"):
        return "above"
    if after.endswith("上"):
        return "least"
    if after.endswith(("下", "内")):
        return "most"
    return next((name for name in ("under", "most", "least", "above") if match[name]), "")


def _number(text: str) -> float | None:
    if text == "半":
        return 0.5
    scale = 1.0
    while text and text[-1] in "百千万亿" and (text[0].isdigit() or text[-1] in "万亿"):
        scale *= SCALES[text[-1]]
        text = text[:-1]
    if text and text[0].isdigit():
        return float(text.replace(",", "")) * scale
    value = value_of(text)
    return None if value is None else value * scale


def alike(one: Amount, other: Amount) -> bool:
    """Are two amounts of one nature? 个 is said of people too."""
    return one.nature == other.nature or ({one.nature, other.nature} <= {"people", "places"} and "个" in (one.unit, other.unit))


def holds(claimed: Amount, stated: Amount, *, limits: bool) -> bool | None:
    """Does the amount claimed agree with the one stated? None where neither follows.

    limits: the claim is a case to be held against a bound (能收12个吗), not the bound itself (上限是12个吗).
    """
    if not alike(claimed, stated):
        return None
    if stated.nature == "rhythm":
        return claimed.equals(stated) or (claimed.number < stated.number if limits else False)
    same = claimed.equals(stated)
    if not limits or not stated.bound:
        if stated.bound in ("above", "under") and not claimed.bound:
            return False if same else None
        return same if claimed.bound in ("", stated.bound) or not stated.bound else None
    less, more = claimed.number < stated.number and not same, claimed.number > stated.number and not same
    upper, lower = stated.bound in ("most", "under"), stated.bound in ("least", "above")
    if claimed.bound in ("above", "least") and upper:
        return False if more or (same and (claimed.bound, stated.bound) != ("least", "most")) else None
    if claimed.bound in ("under", "most") and lower:
        return False if less or (same and (claimed.bound, stated.bound) != ("most", "least")) else None
    return {"most": not more, "under": less, "least": not less, "above": more}[stated.bound]
