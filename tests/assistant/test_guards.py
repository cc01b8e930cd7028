"""What a text must hold to be an answer, and which of several members beside each other is meant."""

from __future__ import annotations

import pytest

from tests.conftest import AssistantOf

MINUTES = """松岚市政府关于体育中心建设的会议纪要

一、建设内容。体育中心总建筑面积3万平方米,设置看台座位800张,一期2024年10月底前开放,二期2026年3月底前开放,由市体育局负责。

二、收费。停车服务费每小时不得高于五元。

三、扶持政策。对健身门诊病种由32种增加到41种,方便群众。

四、预警。预警由低到高分为三级、二级、一级。

五、申请。申请场地补贴应当提交下列材料:

(一)申请表;

(二)身份证;

(三)场地租赁合同。
"""

REPORT = """松岚市政府工作报告

一、2024年工作回顾

过去一年,全市地区生产总值达到286.4亿元,改造老旧小区23个。

二、2025年目标任务

今年的目标是:地区生产总值达到305亿元,改造老旧小区18个。
"""


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("体育中心的施工单位是哪家公司", "哪家"),
        ("体育中心建在哪条路上", "地点"),
        ("停车电费一小时多少钱", "费"),
        ("41种门诊病种都是哪些", "逐项"),
        ("体育中心为什么要建", "原因"),
        ("五级预警由谁发布", "五级"),
    ],
)
def test_a_text_without_what_is_asked_for_is_no_answer(assistant_of: AssistantOf, question: str, reason: str) -> None:
    answer = assistant_of(MINUTES).ask(question)
    assert answer.abstained
    assert reason in answer.reason


@pytest.mark.parametrize(
    ("question", "answered"),
    [
        ("体育中心二期哪天前开放", "2026年3月底前"),
        ("体育中心一期什么时候开放", "2024年10月底前"),
        ("体育中心有几张座位", "800张"),
        ("停车服务费一小时多少钱", "五元"),
        ("申请场地补贴要交几样材料", "共3样"),
    ],
)
def test_the_member_that_is_asked_for_answers(assistant_of: AssistantOf, question: str, answered: str) -> None:
    assert answered in assistant_of(MINUTES).ask(question).answer


@pytest.mark.parametrize(("question", "figure"), [("去年改造了多少个老旧小区", "23个"), ("今年要改造多少个老旧小区", "18个"), ("去年地区生产总值是多少", "286.4亿元")])
def test_last_year_is_the_review_and_this_year_the_plan(assistant_of: AssistantOf, question: str, figure: str) -> None:
    assert figure in assistant_of(REPORT).ask(question).answer


def test_a_word_is_cut_as_the_library_uses_it(assistant_of: AssistantOf) -> None:
    answer = assistant_of("松岚市电动车管理规定\n\n第一条 楼梯间、安全出口不准停放电动车。").ask("哪里不准停电动车")
    assert "楼梯间" in answer.answer


def test_a_question_that_turns_a_figure_round_is_corrected(assistant_of: AssistantOf) -> None:
    answer = assistant_of("松岚市政府工作报告\n\n过去一年,全市地区生产总值增长6.1%。").ask("松岚市地区生产总值下降了6.1%,原因是什么")
    assert answer.abstained
    assert "增长6.1%" in answer.reason


def test_at_what_hour_is_answered_with_the_times_of_day(assistant_of: AssistantOf) -> None:
    answer = assistant_of("松岚市灯会交通管制通告\n\n2月11日至13日每日17时至22时30分,人民路实行交通管制。").ask("灯会几点到几点封路")
    assert "17时至22时30分" in answer.answer


def test_the_other_tasks_of_the_unit_just_named(assistant_of: AssistantOf) -> None:
    from assistant.types import Turn

    assistant = assistant_of("松岚市民生实事\n\n一、新增停车位300个。(责任单位:市城管局)\n\n二、改造背街小巷12条。(牵头单位:市城管局)\n\n三、新增车位导引屏。(牵头单位:市城管局)\n")
    answer = assistant.ask("他们还牵头别的吗", history=[Turn("背街小巷改造谁牵头", "市城管局")])
    assert answer.kind == "reverse"
    assert "背街小巷" in answer.answer and "导引屏" in answer.answer


def test_two_years_are_answered_each(assistant_of: AssistantOf) -> None:
    answer = assistant_of(REPORT).ask("老旧小区改造去年完成和今年计划各多少个").answer
    assert "23个" in answer and "18个" in answer


BULLETIN = """松岚市供水管理通报

一、上半年水质合格率98.2%,全年目标99%。三季度投诉量比二季度下降12%。

二、城区停电抢修4小时内恢复供电。对私接水管的,处五百元以上二千元以下罚款。

三、节水示范单位的具体评选条件由市水务局会同市发改委另行制定。

四、连续两次排名末位的,由市水务局局长约谈其负责人。管委会主任:林一舟。

五、全体值守人员取消休假,接到通知后2小时内到岗。

六、建设“水务大脑”。整合各部门数据。

七、报名人员应当为在岗不满5年的人员。

八、什么是阶梯水价?

九、推行“叫应”机制。

十、青溪水库被列为省级水源地。

联系电话:0599-6620118。
"""


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("二季度水管投诉量是多少", ""),
        ("松岚市乱倒垃圾罚多少钱", ""),
        ("节水示范单位的评选条件有哪些", "由谁确定"),
        ("市水务局局长叫什么名字", "姓名"),
        ("值守人员休假有几天", ""),
        ("自来水一吨多少钱", ""),
        ("水务大脑整合了多少个部门的数据", ""),
        ("报名人员一共招多少人", ""),
        ("阶梯水价是什么意思", ""),
        ("“叫应”机制是什么意思", ""),
    ],
)
def test_a_neighbours_value_is_no_answer(assistant_of: AssistantOf, question: str, reason: str) -> None:
    answer = assistant_of(BULLETIN).ask(question)
    assert answer.abstained, answer.answer
    assert reason in answer.reason


@pytest.mark.parametrize(
    ("question", "held"),
    [("上半年水质合格率是多少", "98.2%"), ("私接水管罚多少钱", "二千元"), ("管委会主任叫什么名字", "林一舟"), ("停电后几小时恢复供电", "4小时"), ("接到通知后多久到岗", "2小时"), ("青溪水库被列为什么", "水源地")],
)
def test_the_value_that_is_asked_for_still_answers(assistant_of: AssistantOf, question: str, held: str) -> None:
    answer = assistant_of(BULLETIN).ask(question)
    assert held in answer.answer


APART = """泽安县公租房管理办法

第一条 租金标准按照同地段市场租金的 ６ ０ ％确定。逾期不交的，处 １ ０００ 元罚款。

第二条 每个服务站配备管理员 1 2 人。

第三条 咨询电话 ０ ５ ９ ８－２ ３ ０ ６ ６ ７ ８。
"""


@pytest.mark.parametrize(
    ("question", "value"),
    [("公租房租金是市场租金的百分之几", "６０％"), ("每个服务站配几名管理员", "12"), ("公租房咨询电话是多少", "0598-2306678"), ("逾期不交罚多少钱", "１０００")],
)
def test_a_figure_whose_digits_stand_apart_is_read_and_said_in_one(assistant_of: AssistantOf, question: str, value: str) -> None:
    answer = assistant_of(APART).ask(question)
    assert answer.status == "answered" and value in answer.answer
    assert all(citation.quote in APART for citation in answer.citations)


NIGHTS = """青山县养老院规定

第一条 全县27家养老机构夜间值班护理人员与失能人员比例不低于1:15。

第二条 实行“一案双查”。凡发生事故的,既查企业责任,也查监管责任。
"""


@pytest.mark.parametrize(("question", "said"), [("夜间护理人员与失能人员最低按什么比例配?", "1:15"), ("“一案双查”是什么意思", "既查企业责任")])
def test_a_ratio_is_a_share_and_what_is_looked_into_a_meaning(assistant_of: AssistantOf, question: str, said: str) -> None:
    assert said in assistant_of(NIGHTS).ask(question).answer


ROADS = """青山市乡村建设要点

一、补助。市级补助标准为:县道每公里45万元,乡道每公里28万元,村道每公里16万元。值班补助按照每人每班白班80元、夜班120元的标准执行。
"""


@pytest.mark.parametrize(("question", "said", "silent"), [("修乡道市里一公里补多少", "28万元", "45万元"), ("修村道市里一公里补多少", "16万元", "45万元")])
def test_the_value_is_told_by_its_characters_where_words_are_cut_otherwise(assistant_of: AssistantOf, question: str, said: str, silent: str) -> None:
    answer = assistant_of(ROADS).ask(question).answer
    assert said in answer and silent not in answer
