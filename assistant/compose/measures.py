"""How well a figure fits the measure that a question asks in."""

from __future__ import annotations

import re

from assistant.question.measured import COUNT_FAMILIES, HOW_OFTEN, IN_WHAT_TIME, TIME_UNITS
from assistant.question.query import Query
from assistant.question.terms import coverage
from corpus.text import fold
from corpus.types import Target

_FREQUENCY = re.compile(r"每|次/|/年|/月|/季|一次|1次")
NOUN_UNITS: tuple[tuple[str, frozenset[str]], ...] = tuple(
    (noun, frozenset(units.split()))
    for noun, units in (
        ("事故", "起 次"), ("企业", "家 户"), ("商户", "家 户"), ("人员", "人 名"), ("教师", "人 名"), ("学生", "人 名"), ("渔船", "艘"), ("船", "艘 条"),
        ("车", "辆 台"), ("床位", "张"), ("隐患", "项 处 条 个"), ("行政村", "个"), ("村", "个"), ("水库", "座"), ("煤矿", "处 座 个"), ("矿山", "座 处"), ("桥", "座"),
        ("演练", "次 场"), ("培训", "次 期 场"), ("检查", "次"), ("学校", "所"), ("幼儿园", "所"), ("医院", "家 所"), ("机构", "家 个 所"), ("户", "户"), ("报警器", "只 个 台"),
        ("装置", "套 台 个"), ("队伍", "支"), ("站", "个 座 处"), ("管道", "公里 米"), ("道路", "公里 米"), ("端口", "个"), ("资金", "元 万元 亿元"), ("面积", "平方米 亩"),
    )
)  # fmt: skip
"""Which measure words go with a thing, for questions that do not say one (English ones, 多少)."""


_LACKING = re.compile("缺口|缺编|紧缺|短缺|尚缺|还缺|仍缺|尚有|尚需|仍有|还有|剩余|不足")
_LACKS = re.compile("[还尚][差缺欠]|缺口|[缺欠](?:了)?(?:多少|几)")
"""Asks for what is missing."""
_BY_LACK = 0.3


_LIMIT = re.compile("(?P<upper>上限|封顶|最多|最高|最长|至多)|下限|至少|最少|最低|最短|起码")


def _limit_bonus(query: Query, target: Target) -> float:
    """Asked for an upper or a lower limit, a figure with such a bound comes first."""
    bounds = None if query.measure_word == "%" else _LIMIT.search(query.folded)
    return 0.2 if bounds and target.comparator in (("<=", "<") if bounds["upper"] else (">=", ">")) else 0.0


_AGAIN = re.compile("[一1][次回遍轮换评审届版]")
_INSIDE = re.compile("(?:之|以)?内(?!容|部)")


def _time_bonus(query: Query, target: Target, text: str) -> float:
    """How well a figure says how long, how often or within what time, whichever is asked for."""
    printed = target.span.of(text)
    if "元" in target.unit:
        return -0.3  # 每月2500元 is an amount
    comes_again = "/" in target.unit or "每" in printed
    bonus = 0.12 if _FREQUENCY.search(printed + target.unit) or target.unit in TIME_UNITS else -0.1
    if HOW_OFTEN.search(query.folded):
        return bonus + (0.25 if comes_again or _AGAIN.match(text, target.span.end) else -0.1)
    if IN_WHAT_TIME.search(query.folded):
        return bonus + (0.15 if target.comparator in ("<=", "<") or _INSIDE.match(text, target.span.end) else -0.3 if comes_again else 0.0)
    return bonus


def figure_bonus(query: Query, target: Target, text: str) -> float:
    asked, unit = query.measure_word, target.unit
    counted = unit.partition("/")[0]  # 场/年 counts 场
    near = 0.12 * coverage(query.terms, ((fold(target.subject), 1.0),))
    if _LACKS.search(query.folded) and _LACKING.search(text[max(target.span.start - 12, 0) : target.span.end]):
        near += _BY_LACK
    now = re.search("现在|现有|目前", query.folded)
    near += _limit_bonus(query, target)
    bonus = near + 0.15 if now and re.search("现有|共有|目前|已有", text[max(target.span.start - 12, 0) : target.span.start]) else near
    if asked == "元":
        bonus += 0.1 if unit in ("元", "万元", "亿元") else -0.5
    elif asked in ("%", "折"):
        bonus += 0.12 if unit in ("%", "‰", "成", "倍") or ("." in target.value and not unit) else -0.12
    elif asked == "久":
        bonus += _time_bonus(query, target, text)
    elif not asked:
        bonus += 0.08 if any(noun in t.text and unit in units for t in query.terms for noun, units in NOUN_UNITS) else 0.0
    elif asked:
        bonus += 0.18 if unit == asked else 0.15 if any(asked in f and counted in f for f in COUNT_FAMILIES) or (unit.startswith(asked) and (asked, unit) != ("分", "分钟") and not (asked == "个" and unit in TIME_UNITS)) else (-0.1 if asked == "个" else -0.2)
    if unit == "级" and asked != "级":
        bonus -= 0.15  # 二级以上医院 names which, it counts nothing
    if target.comparator == "->" and re.search("(?:由|从)多少", query.folded):
        bonus += 0.2
    if query.scope.years and target.period:
        bonus += 0.15 if any(str(y) in target.period for y in query.scope.years) else -0.25
    return bonus
