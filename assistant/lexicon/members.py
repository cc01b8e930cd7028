"""Members of small families that texts state side by side with a value each: 个人 beside 单位, 夜班 beside 白班, 二级 beside 三级.

A value that is said of one member is not that of another. Opposites: school, shift, season, level of office and the like, as rules and
tables of the genre set them against each other; members of one row are told apart, words joined by | are one member. Numbered: what
is counted off by a number or a letter. Add a row with a test.
"""

from __future__ import annotations

from corpus.numbers import CN

OPPOSITES: tuple[tuple[str, ...], ...] = (
    ("单位", rf"(?<![几每多各另数整这那{CN}\d])个人"),
    ("城镇|城市|城区", "农村|乡村"),
    ("男", "女"),
    ("首次|初次|头一次|头一回", "再次|又一次"),
    ("特别重大|特大", "重大(?!及?以上)", "较大(?!及?以上)", "一般(?!及?以上)"),
    ("博士", "硕士", "本科", "大专|专科", "中专"),
    ("幼儿园", "小学", "初中", "高中", "中学"),
    ("上半年", "下半年"),
    ("改扩建", "新建", "改建", "扩建"),
    ("夏", "冬"),
    ("上午", "下午"),
    ("法定", "承诺"),
    ("白天|白班|日班|昼间|日间", "夜间|夜里|晚上|夜班|晚班|半夜"),
    (rf"(?<![{CN}\d个])工作日|平日", "周末|双休日", "节假日|法定节日"),
    tuple(rf"多{of}|{of}度?(?=[为约达不是多共\d])" for of in "长宽高深厚"),
    ("省级", "市级", "县级|区级", "乡镇|镇级|镇街", "村级|行政村"),
)
_N = rf"[{CN}\d]"
NUMBERED: tuple[str, ...] = (
    rf"({_N}|(?<![a-z])[ivx]+|(?<![a-z])[a-e])级(?!以上)",
    rf"({_N})等(?:奖|功)",
    rf"({_N}|(?<![a-z])[a-e])类",
    rf"({_N}|(?<![a-z])[a-e])档",
    rf"(?<!第)({_N})期(?![间限末初货])",
    rf"(?:第|排名?(?:在|到)?第?)({_N}{{1,3}})(?:名|位|批|次|季度|阶段|轮|产业|档|类|(?=的))",
    rf"({_N})(?:孩|胎)",
    rf"({_N})(?:人户|口之?家|口人)",
    rf"({_N})星",
    rf"第?({_N})(?:标段|标包|包(?![括含装扎干揽保裹容机子饺]))",
    rf"({_N})(?:号线|居室)",
)
"""Patterns with one group: the number or letter of the member. No two of them speak of the same family."""
