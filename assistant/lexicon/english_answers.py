"""English words around Chinese answers, as data: labels by kind, units of measure, levels, reasons for refusing."""

from __future__ import annotations

import re

LABELS: dict[str, tuple[str, str]] = {
    "lead": ("Lead unit", "Lead units"),
    "support": ("Supporting unit", "Supporting units"),
    "deadline": ("Deadline", "Deadlines"),
    "number": ("Figure", "Figures"),
    "list": ("Listed", "Listed"),
    "definition": ("Meaning", "Meaning"),
    "measure": ("The document says", "The document says"),
    "contact": ("Contact", "Contacts"),
    "meta": ("Document data", "Document data"),
    "yesno": ("The document says", "The document says"),
    "compare": ("Side by side", "Side by side"),
    "count": ("Total", "Total"),
    "reverse": ("Tasks", "Tasks"),
    "clarify": ("Please say which one is meant", "Please say which one is meant"),
    "refused": ("The documents do not answer this", "The documents do not answer this"),
    "other": ("The document says", "The document says"),
}
"""Label of one and of several values, by the kind of answer."""

BODY_LEVELS: dict[str, str] = {
    "国家": "National", "省": "Provincial", "市": "Municipal", "州": "Prefecture", "区": "District", "县": "County", "旗": "Banner",
    "镇": "Town", "乡": "Township", "街道": "Subdistrict", "村": "Village",
}  # fmt: skip
PLACE_LEVELS: dict[str, str] = BODY_LEVELS | {"省": "Province", "市": "City"}

COLLECTIVES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), english)
    for pattern, english in (
        (r"各?镇、?(?:\()?街道\)?|各?镇街|各乡镇、?\(?街道\)?|各镇\(街道\)", "all towns and subdistricts"),
        (r"各乡镇|各镇", "all towns"),
        (r"各县\(市、区\)|各县市区|各县\(区\)|各区县", "all counties, cities and districts"),
        (r"(?:区|市|县)?安委会(?:有?相关|各)?成员单位|各成员单位", "member units of the Work Safety Committee"),
        (r"(?:区|市|县)级?(?:各?相?有?关)(?:部门|单位)|各?(?:有关|相关)(?:部门|单位)", "the departments concerned"),
        (r"各(?:行业)?主管部门|行业主管部门", "the competent departments of each industry"),
        *((rf"(?:共青)?团{level}委", f"{english} Committee of the Youth League") for level, english in BODY_LEVELS.items()),
    )
)
"""How the genre names many units at once."""

FIGURE_UNITS: dict[str, str] = {
    "%": "%", "艘": " vessels", "公里": " km", "千米": " km", "平方公里": " km²", "米": " m", "平方米": " m²", "亩": " mu", "吨": " tonnes",
    "元": " yuan", "人": " people", "名": " people", "天": " days", "日": " days", "小时": " hours", "学时": " class hours", "分钟": " minutes",
    "年": " years", "个月": " months", "次": " times", "户": " households", "辆": " vehicles", "周岁": " years of age", "岁": " years of age",
    "家": "", "个": "", "处": "", "座": "", "套": "", "台": "", "只": "", "张": "", "起": "", "项": "", "条": "", "件": "", "场": "", "所": "", "支": "", "块": "",
}  # fmt: skip
"""Unit of measure -> English, with its blank; "" where the thing counted is not known from the unit."""

MONTH_NAMES: tuple[str, ...] = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip

SCALES: dict[str, int] = {"": 1, "万": 10_000, "亿": 100_000_000}

BOUNDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), english)
    for pattern, english in (
        (r"不少于|不低于|至少|不小于|以上|达?到?不少于", "at least "),
        (r"不超过|不高于|不大于|不得超过|以内|之内|以下|控制在", "no more than "),
        (r"超过|大于|高于", "more than "),
        (r"低于|少于|小于", "less than "),
        (r"约|左右", "about "),
    )
)
"""Comparators, the longest wording first."""

RECURRENCES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), english)
    for pattern, english in (
        (r"每年(\d{1,2})月底前?", "every year by the end of {month}"),
        (r"每年(\d{1,2})月(\d{1,2})日前?", "every year by {day} {month}"),
        (r"每月(\d{1,2})[日号]前?", "every month by day {number}"),
        (r"每月底前?", "by the end of every month"),
        (r"每季度末?前?", "every quarter"),
        (r"每半年", "every six months"),
        (r"每年底?前?", "every year"),
        (r"常态化|持续推进|长期坚持|长期", "ongoing"),
        (r"立即", "immediately"),
        (r"(\d{1,2})月(\d{1,2})日前", "by {day} {month}"),
        (r"(\d{1,2})月底前?", "by the end of {month}"),
        (r"(\d+)个工作日[内前]", "within {number} working days"),
        (r"(\d+)[日天][内前]", "within {number} days"),
        (r"(\d+)小时[内前]", "within {number} hours"),
        (r"(\d+)个月[内前]", "within {number} months"),
    )
)
"""Time limits without a calendar date."""

REASONS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), english)
    for pattern, english in (
        (r"文件库中没有“(.+?)”的文件", "the library has no document from {0}"),
        (r"文件库中没有《(.+?)》的原文", "the library does not hold the text of 《{0}》"),
        (r"文件中没有(.+?)年的内容", "the documents say nothing about {0}"),
        (r"没有附件(\d+),共(\d+)个附件", "there is no attachment {0}; there are {1}"),
        (r"没有(.+?),只有(.+)", "there is no {0}, only {1}"),
        (r"前提不成立:该任务的牵头单位不是(.+?),而是(.+)", "not so: the task is not led by {0} but by {1}"),
        (r"没有这样写:该任务的完成时限是(.+)", "the documents say otherwise: the deadline of the task is {0}"),
        (r"没有写明原因", "the documents give no reason"),
        (r"没有写明金额", "no amount of money is stated"),
        (r"(?:没有|未)(?:写明|标明)牵头单位", "no lead unit is stated"),
        (r"没有写明责任或配合单位", "no responsible or supporting unit is stated"),
        (r"没有写明(?:完成)?时限", "no deadline is stated"),
        (r"没有找到(.+?)的任务", "no such task was found ({0})"),
        (r"没有写明", "the documents do not state it"),
        (r"不是关于文件内容的问题", "this is not a question about the documents; ask who leads, by when, how many or what a term means"),
        (r"没有找到", "nothing close enough was found"),
    )
)
"""Reasons for refusing, most particular first; {0}, {1} are what the Chinese names."""
