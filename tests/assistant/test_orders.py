"""Tables that say which in the order a row is, with headings and rows that people call otherwise than they are printed."""

from __future__ import annotations

import pytest

from tests.assistant.asking import continued
from tests.conftest import AssistantOf

RANKING = """# 梧江市2025年度秸秆禁烧考核通报

## 一、结果

| 名次 | 县（区） | 得分 | 等次 | 火点数 |
|---|---|---|---|---|
| 1 | 青岚县 | 95.2 | 优秀 | 0 |
| 2 | 白坪区 | 91.7 | 优秀 | 1 |
| 3 | 双溪县 | 84.0 | 良好 | 3 |
| 4 | 石桥区 | 61.5 | 不合格 | 9 |

## 二、供餐补助

| 对象 | 每餐补助 | 每月次数 |
|---|---|---|
| 70周岁以上老年人 | 2元 | 20次 |
| 特困、低保老年人 | 5元 | 50次 |
"""


@pytest.mark.parametrize(
    ("question", "held", "left_out"),
    [
        ("梧江禁烧第一是谁?", "青岚县", "石桥区"),
        ("梧江秸秆禁烧考核垫底的是谁?", "石桥区", "青岚县"),
        ("梧江禁烧考核第二名是哪个县区?", "白坪区", "青岚县"),
        ("梧江哪几个县区禁烧得了优秀?", "青岚县、白坪区", "双溪县"),
        ("低保老人每月最多补助几次?", "50次", "20次"),
    ],
)
def test_the_order_of_a_table_and_its_rows_are_read(assistant_of: AssistantOf, question: str, held: str, left_out: str) -> None:
    answer = assistant_of(**{"通报.md": RANKING}).ask(question).answer
    assert held in answer
    assert left_out not in answer


def test_kinds_that_a_table_tells_apart_and_pieces_of_one_place(assistant_of: AssistantOf) -> None:
    assistant = assistant_of(**{"通报.md": RANKING})
    kinds = assistant.ask("梧江供餐补助分哪几类人?").answer
    assert "70周岁以上老年人" in kinds
    assert "特困、低保老年人" in kinds
    text = "梧江市水务通报\n\n一、丰禾县老旧管网占比达41%,更换进度为年度计划的52%。\n二、新建小区具备充电条件的车位不少于百分之四十,每户零点八个车位。\n"
    notice = assistant_of(text)
    assert notice.ask("丰禾县老管子换了计划的百分之多少?").answer == "更换进度为年度计划的52%"
    assert "百分之四十" in notice.ask("新建小区能充电的车位占多少比例?").answer


def test_the_last_in_the_order_is_asked_for_after_the_first(assistant_of: AssistantOf) -> None:
    assert "石桥区" in continued(assistant_of(**{"通报.md": RANKING}), "梧江禁烧第一是谁?", "那倒数第一呢?").answer
