"""Who issued it together, why it was made, shares, hours and prices asked on by a bare noun, rules for every later year."""

from __future__ import annotations

import pytest

from tests.assistant.asking import continued
from tests.conftest import AssistantOf

NOTICE = """关于印发《凤洲市义务植树办法》的通知
凤绿委〔2025〕7号

各区县绿委办:
现将《凤洲市义务植树办法》印发给你们。

凤洲市绿化委员会　凤洲市教育局　共青团凤洲市委员会
2025年3月12日
"""
LEAFLET = """# 《凤洲市住宅物业办法》政策解读

## 一、为什么修订

原办法执行9年。2024年全市受理投诉3120件,其中资金使用难占41%,收费争议占25%,停车管理占13%。为解决“动用难”问题,市住建局组织修订。

## 二、收费标准

物业费按月每平方米计:

| 等级 | 多层住宅 | 电梯住宅 |
|---|---|---|
| 一级 | 0.60元 | 0.99元 |
| 三级 | 1.20元 | 1.95元 |

## 三、经营时段

摊贩夜间经营不得晚于22时;河鲜夜市可以延长至次日2时。

## 四、违建处理

2020年以后新建的违法建筑一律拆除;2020年以前建成的,可以保留至使用期满。

## 五、名录

全市共有老宅1250处,其中国家级12处、省级86处、市级450处。
"""


@pytest.mark.parametrize(
    ("question", "held", "left_out"),
    [
        ("凤洲义务植树办法是哪几家一块发的?", "凤洲市绿化委员会、凤洲市教育局、共青团凤洲市委员会", "绿委办"),
        ("凤洲义务植树办法谁发的?", "凤洲市绿化委员会", "教育局"),
    ],
)
def test_those_who_issued_it_together_are_named(assistant_of: AssistantOf, question: str, held: str, left_out: str) -> None:
    answer = assistant_of(NOTICE).ask(question).answer
    assert held in answer
    assert left_out not in answer


@pytest.mark.parametrize(
    "line",
    [
        "近日,禾州市教育局、禾州市财政局联合印发《禾州市研学补贴办法》,现解读如下。",
        "(禾州市教育局 禾州市财政局 2025年9月1日联合印发 禾教规〔2025〕4号)",
    ],
)
def test_those_whom_only_the_text_names_together_are_given(assistant_of: AssistantOf, line: str) -> None:
    text = f"禾州市研学补贴办法\n{line}\n\n第一条 研学补贴每人100元,住宿补贴每人60元,上述补贴之间不叠加。\n"
    answer = assistant_of(text).ask("禾州研学补贴办法是哪两家一块发的?").answer
    assert answer == "禾州市教育局、禾州市财政局"
    assert assistant_of(text).ask("研学补贴和住宿补贴可以叠加吗?").answer.startswith("不可以")


@pytest.mark.parametrize(
    ("question", "held", "left_out"),
    [
        ("凤洲为啥要改物业这个办法?", "动用难", "0.60元"),
        ("投诉里资金使用难占多少?", "41%", "25%"),
        ("没电梯的楼三级物业费每平米多少钱?", "1.20元", "1.95元"),
        ("2023年建成的违法建筑能不能保留?", "一律拆除", "22时"),
        ("省级老宅有几处?", "86处", "450处"),
    ],
)
def test_what_a_leaflet_says_is_told(assistant_of: AssistantOf, question: str, held: str, left_out: str) -> None:
    answer = assistant_of(**{"解读.md": LEAFLET}).ask(question)
    assert held in answer.answer, answer.reason
    assert left_out not in answer.answer


@pytest.mark.parametrize(
    ("before", "question", "held"),
    [
        ("摊贩夜里摆到几点?", "河鲜夜市呢?", "次日2时"),
        ("投诉里资金使用难占多少?", "停车的呢", "13%"),
    ],
)
def test_a_bare_noun_asks_the_same_of_another(assistant_of: AssistantOf, before: str, question: str, held: str) -> None:
    assert held in continued(assistant_of(**{"解读.md": LEAFLET}), before, question).answer
