"""Lists that the form of a text shows: conditions of a level, kinds something is divided into, so many promised things."""

import pytest

from tests.conftest import AssistantOf

PLAN = """云岗县防汛应急预案

四、应急响应
应急响应由低到高分为三级、二级、一级。二级响应由副指挥长批准启动,一级响应由指挥长批准启动。
4.1 三级响应
4.1.1 启动条件
(1)发布暴雨黄色预警;
(2)云岗站水位达到
警戒水位31米。
4.1.2 响应行动
派出工作组2个。
4.2 二级响应
4.2.1 启动条件
(1)发布暴雨橙色预警;
(2)小型水库出现险情;
(3)受旱面积占两成以上。
4.2.2 响应行动
派出工作组4个。
"""

SNOW = """云岗县冰雪应急预案

三、启动
出现下列情形之一的,启动Ⅲ级响应:①发布黄色预警;②停电用户2000户以上。
出现下列情形之一的,启动Ⅱ级响应:①发布橙色预警;②国道中断12小
时以上;③滞留旅客500人以上。
四、启动权
Ⅱ级响应由县长决定启动。
"""


@pytest.mark.parametrize(
    ("text", "question", "answer"),
    [
        (PLAN, "云岗要到什么程度才会启动二级响应?", "1. 发布暴雨橙色预警\n2. 小型水库出现险情\n3. 受旱面积占两成以上"),
        (PLAN, "三级响应的启动条件有哪些?", "1. 发布暴雨黄色预警\n2. 云岗站水位达到警戒水位31米"),
        (SNOW, "哪些情形要启动二级响应?", "1. 发布橙色预警\n2. 国道中断12小时以上\n3. 滞留旅客500人以上"),
    ],
)
def test_the_conditions_of_a_level_are_those_of_that_level(assistant_of: AssistantOf, text: str, question: str, answer: str) -> None:
    reply = assistant_of(text).ask(question)
    assert reply.answer == answer and "级响应" in reply.citations[0].quote + "".join(reply.citations[0].path)


def test_who_starts_a_level_is_another_question(assistant_of: AssistantOf) -> None:
    assert "副指挥长" in assistant_of(PLAN).ask("二级响应由谁批准启动?").answer


RULES = """云岗市图书馆章程

一、借阅。读者分为普通读者、少儿读者和集体读者三类。普通读者每次可借8册。
二、考核。考核由市文旅局组织,考核结果分为优秀、合格、不合格三个等次。考核不合格的,由市文旅局约谈。
三、费用。借阅、自习、讲座均不收费。
"""


@pytest.mark.parametrize(
    ("question", "said"), [("读者分哪几类?", "1. 普通读者\n2. 少儿读者\n3. 集体读者"), ("考核结果分几个等次?", "共3个等次:\n1. 优秀\n2. 合格\n3. 不合格"), ("考核分哪几等?", "1. 优秀\n2. 合格\n3. 不合格")]
)
def test_kinds_and_grades_are_those_of_the_sentence_that_divides(assistant_of: AssistantOf, question: str, said: str) -> None:
    assert assistant_of(RULES).ask(question).answer == said


REPORT = """云岗县2025年政府工作报告

一、2024年工作回顾
承诺的6件民生实事完成5件,其中污水厂延期至2025年6月底完成。

二、2025年重点工作
(一)办好民生实事。2025年民生实事共6件,包括:新增托位200个;新建食堂8个;改造管道30公里;新增车位600个;资助学生180名;改造敬老院11家。
"""


@pytest.mark.parametrize("question", ["云岗县2025年六件民生实事是哪些?", "云岗县2025年的六桩实事都有啥?"])
def test_so_many_promised_things_are_the_list_of_that_many(assistant_of: AssistantOf, question: str) -> None:
    answer = assistant_of(REPORT).ask(question).answer
    assert answer.count("\n") == 5 and "托位200个" in answer and "敬老院" in answer
