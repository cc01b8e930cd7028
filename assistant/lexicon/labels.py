"""Words that tell members of a row apart, by family: 2024年…2025年…, A级…B级…, 小学…初中…, 轻度…中度….

A question that names one member of a family means that member's value and no other's. Sources: grades of schools, levels of
government, degrees and seasons as regulations list them; extend by adding a family and a test. Matched on folded text.
"""

from __future__ import annotations

import re

from corpus.numbers import CN

YEAR = re.compile(r"(?<!\d)(20\d\d)年")
FAMILIES: tuple[re.Pattern[str], ...] = (
    YEAR,
    re.compile(r"(?<![a-z])([a-f]{1,4})(?:级|类|档|等|(?=[?,的吗]|$))"),
    re.compile(rf"(?<![第\d{CN}])([\d{CN}])(?:等奖|档|类|星级?|期|等|胎|孩|人户|号线)"),
    re.compile(rf"第?([{CN}]|\d)(?:标段|标包|号?包(?![括含装扎干揽保裹容机子饺]))"),
    re.compile(rf"第([{CN}]|\d)(?:阶梯|档|类|期|批|阶段|季度|轮|名)"),
    re.compile("(托儿所|托班|幼儿园|小学|初中|高中|中职|高职|大学)"),
    re.compile("(大专|专科|本科|学士|硕士|博士)"),
    re.compile("(轻度|中度|重度)"),
    re.compile("(轻微|一般|较大|重大|特别重大|严重)(?=违法|失信|事故|隐患|情节|[的,，:]|级)"),
    re.compile("(国家|省|市|县|区|镇|乡|村|上级|中央)(?:级|里(?!面)|本级|财政)"),
    re.compile("(初级工|中级工|高级工|(?<!高级)技师|高级技师)"),
    re.compile("(春季?|秋季?)(?:学期|季)"),
    re.compile("(上半年|下半年)"),
    re.compile("(上午|下午|中午|夜间|晚上)"),
    re.compile("(高峰|平峰|低谷|谷段)"),
    re.compile("(金牌?|银牌?|铜牌?|金奖|银奖|铜奖)(?=[\\d为是几多的,、]|$)"),
    re.compile("(单人间|双人间|三人间|多人间)"),
    re.compile("(工作日|节假日|双休日|周末)(?!内|以)"),
    re.compile("(城镇|农村|城市)"),
    re.compile("(医生|护士|医师|护师)"),
    re.compile("(急诊|普通门诊|专家门诊|发热门诊)"),
    re.compile("(首次|再次|第二次|第三次)"),
    re.compile("(个人|单位|企业)(?=缴|承担|出资|负担|部分|自筹)"),
)
"""The first group of a match names the member."""

SAME = {"两": "二", **{str(n): c for n, c in enumerate("零一二三四五六七八九")}}
"""Figures of member names in one spelling."""
