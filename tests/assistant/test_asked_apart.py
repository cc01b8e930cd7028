"""What a question says itself is not asked for: those few, the year, who leads, and the post beside a body."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant import Assistant
from assistant.question.bounds import amounts_in
from tests.assistant.asking import asking

NOTES = """苇塘县供水改造会议纪要

发文日期:2025年3月2日

一、2025年实施老旧管网改造。干管4月20日前开工、8月15日前完工。

二、船厂宿舍等3个片区120户的供水移交工作,由河西镇政府负责,县水务集团配合。

三、县民政局牵头起草公办敬老院运营办法,2025年9月底前出台。

四、启动二级响应由县防汛指挥部总指挥批准。

五、室温不达标的退还热费:低于18℃但不低于16℃的退50%,低于16℃的全额退还。

六、75周岁以上老年人每次理发补贴6元,85周岁以上每次补贴9元,低保老年人每次补贴12元。

七、对制氢项目,投资4000万元以上不足1亿元的,按投资额的6%奖励;1亿元以上不足4亿元的,按9%奖励。对零件项目,投资2000万元以上的,按3%奖励。

八、设计变更增加投资5%以内的,由业主单位审批;超过5%不足10%的,报主管部门审批。
"""
CODE = """苇塘县犬只管理条例

第一章 总则

第一条 为了规范养犬,制定本条例。

第二章 附则

第二条 本条例自2025年1月1日起施行。《苇塘县养犬办法》(苇政发〔2016〕8号)同时废止。
"""
DUTIES = """苇塘县反诈骗任务清单

| 序号 | 任务 | 牵头单位 | 配合单位 |
|---|---|---|---|
| 1 | 打击冒充客服诈骗行为 | 县公安局 | 县通信办、县金融办 |
| 2 | 开展进校园宣讲 | 县教育局 | 县公安局 |
"""


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with asking(tmp_path_factory.mktemp("apart"), {"notes.txt": NOTES, "code.txt": CODE, "duties.md": DUTIES}) as assistant:
        yield assistant


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("船厂宿舍那几个片区的供水移交,归谁负责?", "河西镇政府"),
        ("2025年老旧管网改造的干管应在什么时间前完工?", "8月15日前"),
        ("公办敬老院运营办法应在什么时候出台?", "2025年9月底前"),
        ("启动二级响应由谁批准?", "县防汛指挥部总指挥"),
        ("打击冒充客服诈骗,公安局牵头,还有谁一块儿干?", "县通信办、县金融办"),
        ("犬只管理条例施行后,废止的旧办法文号是什么?", "苇政发〔2016〕8号"),
        ("犬只管理条例一共几章?", "共2章"),
        ("屋里只有15度,热费能退多少?", "低于16℃的全额退还"),
        ("八十多岁的老人理发一次补几块?", "6元"),
        ("九十多岁的老人理发一次补几块?", "9元"),
        ("投2个亿搞制氢项目,能奖投资额的百分之几?", "按9%奖励"),
        ("设计变更多花了8%,找谁批?", "报主管部门审批"),
    ],
)
def test_the_attribute_asked_for_is_given(asked: Assistant, question: str, held: str) -> None:
    answer = asked.ask(question)
    assert held in answer.answer and len(answer.answer) < 70, answer.answer


@pytest.mark.parametrize(
    ("question", "scale", "value"),
    [("投3个亿能补多少", "元", 3e8), ("改动两成要报谁批", "%", 20.0), ("屋里只有15°c能退多少", "度", 15.0), ("八十多岁的老人补多少", "岁", 80.001), ("三成立项了", "", 0)],
)
def test_amounts_are_read_as_they_are_spoken(question: str, scale: str, value: float) -> None:
    found = [(a.scale, a.value) for a in amounts_in(question)]
    assert found == ([(scale, pytest.approx(value))] if scale else [])
