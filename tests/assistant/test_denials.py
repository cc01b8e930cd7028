"""Yes or no by a sentence that denies the very act or says that all stays; lettered sorts and payment times in English questions."""

from __future__ import annotations

import pytest

from tests.conftest import AssistantOf

SUBSIDY = """南陵县农机补贴办法
一、购置拖拉机的,在基准额上上浮15%;购置插秧机的,上浮5%。两项条件同时具备的,就高执行,不叠加。
二、原则同意居民用水价格维持每吨3元不变,非居民用水价格由每吨4元调整为5元。
三、针对机手反“三超”管理,制定反“三超”规定,建立“三超”行为清单。
四、B类机手每月补贴700元,C类机手每月补贴400元。
五、机手意外险集中缴费期为2024年3月1日至2024年5月20日。
"""


@pytest.mark.parametrize(
    ("question", "start", "told"),
    [
        ("南陵县拖拉机上浮15%和插秧机上浮5%可以叠加享受吗?", "不可以", "不叠加"),
        ("南陵县居民用水价格是不是也跟着涨?", "没有变", "3元"),
    ],
)
def test_the_verdict_is_read_from_the_denial(assistant_of: AssistantOf, question: str, start: str, told: str) -> None:
    answer = assistant_of(SUBSIDY).ask(question).answer
    assert answer.startswith(start) and told in answer, answer


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("南陵县办法对加强机手反“三超”管理作了哪些安排?", "行为清单"),
        ("What is the monthly subsidy for Category B machine operators (机手) in 南陵县?", "700"),
    ],
)
def test_what_is_arranged_and_what_a_letter_names_is_told(assistant_of: AssistantOf, question: str, told: str) -> None:
    answer = assistant_of(SUBSIDY).ask(question)
    assert told in answer.answer, answer.reason


LEAFLET = """# 《楠溪市住宅服务办法》问答

## 一、收费

物业费实行政府指导价。

## 二、问答

（一）业主拖欠物业费能否停水停电？不能。物业服务企业可以书面催告,催告满30日仍不缴纳的,可以申请仲裁。

（二）空置房如何认定？连续6个月以上未入住的,按80%收取。

## 三、补贴

应急救援的服务时间按3倍折算;夜间按2倍折算;两者重合的,按3倍折算,不重复累计。

| 对象 | 每餐补贴 |
|---|---|
| 80周岁以上 | 3元 |
| 低保对象 | 6元 |

同时符合两类的,就高享受,不叠加。
"""


@pytest.mark.parametrize(
    ("question", "verdict", "held"),
    [
        ("欠物业费物业能给我停电不?", "不能", "书面催告"),
        ("欠了物业费会申请仲裁吗?", "", "可以申请仲裁"),
        ("夜间参加应急救援能不能3倍2倍叠加算?", "不可以", "不重复累计"),
        ("又是低保又80多岁,两份补贴能一起拿吗?", "不可以", "就高享受,不叠加"),
    ],
)
def test_what_a_leaflet_denies_outright_is_denied(assistant_of: AssistantOf, question: str, verdict: str, held: str) -> None:
    answer = assistant_of(**{"问答.md": LEAFLET}).ask(question)
    assert answer.answer.startswith(verdict)
    assert held in answer.answer
    assert verdict or not answer.answer.startswith("不能")


RIDING = """楠溪市骑行管理规定

第一条 驾驶电动自行车应当年满16周岁。
第二条 成年人驾驶电动自行车可以搭载1名12周岁以下儿童。16周岁以上不满18周岁的驾驶人不得载人。
"""


@pytest.mark.parametrize("question", ["17岁骑电动车能带人吗?", "17岁的孩子骑电动车能带同学吗?"])
def test_what_is_denied_to_one_age_is_denied_to_it(assistant_of: AssistantOf, question: str) -> None:
    assert assistant_of(RIDING).ask(question).answer == "不可以。原文:16周岁以上不满18周岁的驾驶人不得载人"


def test_what_is_denied_to_one_age_is_not_denied_to_another(assistant_of: AssistantOf) -> None:
    assert "16周岁以上不满18周岁" not in assistant_of(RIDING).ask("19岁骑电动车能带朋友吗?").answer
    assert assistant_of(RIDING).ask("17岁能骑电动车吗?").answer.startswith("可以")
