"""Several values asked in one breath, and the members of a series that a sentence counts by the word asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from assistant import Assistant
from tests.assistant.asking import asking

NOTES = """苇塘县民生工作通报

一、2025年4月底前,对列入名册的9处旧码头完成拆除工作,8月底前对合并经营的5处渡口完成协议签订。

二、2025年5月20日前报送整治方案,7月31日前报送整治结果报告。

三、夜校学员在学习期间给予交通补贴,每人每天15元,每年累计不超过40天。新学员应当自报名之日起一年内结业。

四、“一链办”是指将多个部门的关联事项合为一个主题办理的服务方式。开办民宿“一链办”将场地核验、消防查验、卫生许可、房客系统接入4个事项整合办理。

五、新开的医疗巡诊车覆盖上堰、柳湾、石桥3个村庄,每周到村一次。

六、(一)评价对象:教育、卫生、商务、林业4个主管部门。(二)主管部门的评价结果计入年度绩效。
"""

CARD = """索引号 112233445/2025-00017
公开方式 主动公开
公开范围 面向全社会
苇塘县桥梁检修方案

一、每年汛前检修全部桥梁。
"""


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with asking(tmp_path_factory.mktemp("together"), {"notes.txt": NOTES, "card.txt": CARD}) as assistant:
        yield assistant


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("列入名册的旧码头何时完成拆除?合并经营渡口的协议又应在何时签订完?", ("2025年4月底前", "8月底前")),
        ("整治方案哪天前报送,整治结果报告又是哪天前报送?", ("2025年5月20日前", "7月31日前")),
        ("夜校学员的交通补贴一天补多少,一年最多补几天?", ("每人每天15元", "每年累计不超过40天")),
    ],
)
def test_each_of_two_values_asked_in_one_breath_is_given(asked: Assistant, question: str, told: tuple[str, str]) -> None:
    lines = asked.ask(question).answer.split("\n")
    assert len(lines) == len(told) and all(value in line for value, line in zip(told, lines, strict=True)), lines


@pytest.mark.parametrize(
    ("question", "members"),
    [
        ("开办民宿“一链办”整合了哪几个事项?", ["场地核验", "消防查验", "卫生许可", "房客系统接入"]),
        ("医疗巡诊车新开到哪些村庄?", ["上堰", "柳湾", "石桥"]),
        ("被评价的四个主管部门管哪些口?", ["教育", "卫生", "商务", "林业"]),
    ],
)
def test_a_series_counted_by_the_word_asked_for_is_given_whole(asked: Assistant, question: str, members: list[str]) -> None:
    assert re.sub(r"\d\. ", "", asked.ask(question).answer).replace("\n", "、") == "、".join(members)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("桥梁检修方案的索引号是多少,公开给谁看?", "索引号:112233445/2025-00017\n公开范围:面向全社会"),
        ("桥梁检修方案公开的范围是什么、以何种方式公开?", "公开方式:主动公开\n公开范围:面向全社会"),
    ],
)
def test_what_one_card_holds_is_read_from_it_at_once(asked: Assistant, question: str, told: str) -> None:
    assert asked.ask(question).answer == told
