"""Rules that hold for a part of the year, and questions that name it by its months or its season."""

from __future__ import annotations

import pytest

from assistant.question.months import in_its_months, month_bonus, months_asked, months_stated
from tests.conftest import AssistantOf

RULES = """梅川市夜市管理办法

第一条 摊贩夜间经营不得晚于22时;5月1日至9月30日可以延长至23时30分。
第二条 餐饮垃圾存放时间不得超过18小时,6月至8月不得超过8小时。
第三条 市城市管理局应当于7月底前公布夜市名录。
"""


@pytest.mark.parametrize(
    ("question", "held", "left_out"),
    [
        ("夏天摊贩夜间经营最晚几点?", "23时30分", "22时"),
        ("摊贩夜间经营不得晚于几点?", "22时", "23时30分"),
        ("7月份摊贩可以经营到晚上几点?", "23时30分", "22时"),
        ("大热天餐饮垃圾最多放多久?", "8小时", "18小时"),
        ("餐饮垃圾最多存放多久?", "18小时", "6月至8月"),
    ],
)
def test_the_value_of_the_season_asked_about_is_given(assistant_of: AssistantOf, question: str, held: str, left_out: str) -> None:
    answer = assistant_of(RULES).ask(question).answer
    assert held in answer
    assert left_out not in answer


def test_a_day_that_something_is_due_is_no_part_of_the_year() -> None:
    assert not months_stated("7月底前公布,9月30日前完成")
    assert months_stated("11月1日至次年3月31日") == {11, 12, 1, 2, 3}
    assert months_stated("7月和8月延长至21时") == {7, 8}
    assert months_asked("暑假几点关门?") == {7, 8}
    assert in_its_months("夏天", "5月1日至9月30日可以延长")
    assert month_bonus("冬天呢?", "6月至8月不得超过8小时") < 0 == month_bonus("几点关门?", "6月至8月不得超过8小时")
