"""A value belongs to the member, the attribute and the year it stands beside; what stands next to it is not answered with it."""

from __future__ import annotations

import pytest

from tests.conftest import AssistantOf

RULES = """桐屿市2025年渡口安全管理办法

一、监控。一级渡口视频监控覆盖率达到100%,二级渡口视频监控覆盖率达到90%。国有渡口每周开放不少于48小时。

二、收费。候船室寄存柜押金每个20元。渡船票价每人3元。

三、人员。博士每月补助生活费3000元,本科毕业生每月补助生活费800元。每年对渡工培训1次。

四、名称。推行“一船一档”制度,全市渡口安装监控。本办法所称渡工,是指在渡船上驾驶的人员。

五、禁止。任何人不得在渡船上吸烟。

六、处理。船员酒后驾驶的,取消驾驶资格。

七、改造。年度投资260万元,改造渡船12艘。

4.1 启动条件

风力达到7级时停航,停航后2小时内告知乘客。
"""


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("非国有渡口每周开放不少于多少小时", "非国有"),
        ("寄存柜的租金是多少", "租金"),
        ("硕士每月补助多少生活费", "博士"),
        ("渡船上要配多少个救生筏", "救生筏"),
        ("“一船一档”是什么意思", "含义"),
        ("在渡船上吸烟会有什么后果", "后果"),
        ("桐屿2027年渡船改造投资多少", "2027|这一年"),
        ("渡工培训这项任务的完成时限是哪天", "时间"),
    ],
)
def test_the_neighbour_of_what_is_asked_for_is_no_answer(assistant_of: AssistantOf, question: str, reason: str) -> None:
    answer = assistant_of(RULES).ask(question)
    assert answer.abstained, answer.answer
    assert any(word in answer.reason for word in reason.split("|")), answer.reason


REPORT = """桐屿市2025年政府工作报告

一、2024年工作回顾

全市改造老旧渡口23个,城镇新增就业8600人。

二、2025年主要任务

实施危桥改造8座。新增年处理渡船污水能力160万吨。候船室温度保持在20摄氏度至24摄氏度,相对湿度保持在50%至60%。办公室设在市航运管理服务中心,联系电话:0455-3320077。
"""


@pytest.mark.parametrize(
    ("question", "reason"),
    [("去年完成危桥改造几座", "去年"), ("今年计划改造多少个老旧渡口", "今年"), ("渡船污水年处理能力还差多少", "还差")],
)
def test_what_is_planned_is_not_what_was_done(assistant_of: AssistantOf, question: str, reason: str) -> None:
    answer = assistant_of(REPORT).ask(question)
    assert answer.abstained, answer.answer
    assert reason in answer.reason


@pytest.mark.parametrize(
    ("question", "answered"),
    [("今年计划改造危桥几座", "8座"), ("去年改造了多少个老旧渡口", "23个"), ("候船室的温度应当保持在多少度", "20摄氏度至24摄氏度"), ("航运工作专班办公室的联系电话是多少", "0455-3320077")],
)
def test_each_half_of_a_report_answers_its_own(assistant_of: AssistantOf, question: str, answered: str) -> None:
    answer = assistant_of(REPORT).ask(question)
    assert answered in answer.answer, answer.reason


@pytest.mark.parametrize(
    ("question", "answered"),
    [
        ("国有渡口每周开放不少于多少小时", "48"),
        ("二级渡口视频监控覆盖率要达到多少", "90%"),
        ("寄存柜的押金是多少", "20元"),
        ("博士每月补助多少生活费", "3000元"),
        ("渡工是什么意思", "驾驶的人员"),
        ("船员酒后驾驶会有什么后果", "取消驾驶资格"),
        ("桐屿2025年渡船改造投资多少", "260万元"),
    ],
)
def test_what_is_asked_for_is_answered_beside_its_neighbour(assistant_of: AssistantOf, question: str, answered: str) -> None:
    answer = assistant_of(RULES).ask(question)
    assert answered in answer.answer
