"""Members that texts of the genre tell apart, and the nouns of what has an amount: data for `answering.belonging`.

Each row names things of which exactly one is meant where one is named: what holds for the one says nothing of the others. They were read off
subsidy rules (degrees, town and country), contingency plans (levels, colours of warnings, levels of water) and rules on accidents.
"""

from __future__ import annotations

import re

SIBLINGS: tuple[re.Pattern[str], ...] = (
    re.compile("博士|硕士|本科|大专|中专"),
    re.compile("城镇(?=居民|职工|户|低保|困难)|农村(?=居民|户|低保|困难)"),
    re.compile("[一二三四五六](?=期(?!间|限|待|望|货|刊))"),
    re.compile("(?<![a-z])[a-f](?=类)"),
    re.compile("(?<![第\\d])[一二三四五](?=类(?!似|别|型))"),
    re.compile("第[一二三四五](?=批|轮|阶段)"),
    re.compile("[一二三四](?=季度)"),
    re.compile("[上下](?=半年)"),
    re.compile("[蓝黄橙红](?=色)"),
    re.compile("(?:警戒|保证|汛限|正常蓄)(?=水位)"),
    re.compile("(?:特别重大|重大|较大|一般)(?=事故|突发|灾害|干旱)"),
    re.compile("(?:新建|改建|扩建)(?=的|住宅|小区|项目|厂|学校)"),
    re.compile("(?:普通|高档|豪华)(?=炉|型|间|房)"),
)
"""One pattern a kind of members; what it finds is the member."""

AMOUNTS = re.compile(
    r"(?:[率租薪]|[^余名定份金]额|(?<!经)费|(?:[租押罚奖税定赔股本]|佣|公积|保证|违约|滞纳|赔偿|补偿)金|[^特评]价|库容|水位|面积|长度|宽度|高度|深度|温度|湿度|浓度|里程|学时|课时|寿命|间距|距离|半径|学制"
    r"|津贴|补贴|补助|奖补|奖励|补偿|工资|产值|产量|产能|人口|户数|床位|缺口)$"
)
"""What has an amount of its own: a figure of one of them is none of another. Words that any amount goes by (金额, 比例, 经费) are left out."""
