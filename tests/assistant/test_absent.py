"""What a question names and no document has: an office, a day, a code, a meeting, a part, a place, who leads; and reasons that must be true."""

from __future__ import annotations

import pytest

from assistant.types import Answer
from tests.conftest import AssistantOf

ROSTER = """松岚市2026年春节值班安排

一、值班电话。市水务局供水调度科电话:0455-3320011。市政府总值班室电话:0455-3320000。政策咨询:市人社局就业科 0455-3320022。

二、值班领导。2月15日至2月17日由市长韩川带班,2月18日由副市长陆远带班。

三、机构。市防汛指挥部下设3个工作组:

(一)综合组,由市应急局牵头;

(二)抢险组,由市消防救援支队牵头;

(三)宣传组,由市委宣传部牵头。

四、供水。新建城东水厂,铺设供水管网52公里,由市水务局牵头,2026年6月底前完成。推进“三排两查一清”,落实“五必到”要求。
"""


def refused_for(answer: Answer, reason: str) -> None:
    """Check that an answer is a refusal whose reason holds one of the words, parted by |."""
    assert answer.abstained, answer.answer
    assert any(word in answer.reason for word in reason.split("|")), answer.reason


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("市残联的办公电话是多少", "残联"),
        ("举报电话是多少", "举报"),
        ("2月24日谁带班", "2月24日|这个人"),
        ("请逐条解释“三排两查一清”", "解释"),
        ("市公安局牵头的那个城东水厂,什么时候完成", "牵头"),
        ("望浦区(松岚市)的值班电话是多少", "望浦区"),
    ],
)
def test_what_is_not_there_is_named(assistant_of: AssistantOf, question: str, reason: str) -> None:
    refused_for(assistant_of(ROSTER).ask(question), reason)


@pytest.mark.parametrize(
    ("question", "answered"),
    [
        ("水务局的值班电话是多少", "0455-3320011"),
        ("2月15日谁带班", "韩川"),
        ("防汛指挥部下面设了几个工作组", "3"),
        ("城东水厂要铺多长的管子", "52公里"),
        ("市水务局牵头的那个城东水厂,什么时候完成", "2026年6月底前"),
    ],
)
def test_what_is_there_is_answered(assistant_of: AssistantOf, question: str, answered: str) -> None:
    answer = assistant_of(ROSTER).ask(question)
    assert answered in answer.answer, answer.reason


HILLS = """东崖县茶园补贴办法
县政府副县长韩川分管茶叶工作,由副县长韩川召集会议。
一、对新建有机茶园每亩补贴600元,列入重点品种目录的上浮20%。
二、茶农个人参保缴费标准为每人每年260元,自2024年3月1日起执行。
三、逾期缴纳的,不享受财政补助,个人须按520元全额缴纳。
"""
VALLEY = """西崖县茶园补贴办法
一、对新建有机茶园每亩补贴500元。
二、高山茶叶烘焙示范点一次性建设补助8万元。
三、重点品种目录包括云尖、雪芽、翠针。
"""
FAULTS = """附表 东崖县茶厂整改清单

编号\t所在地\t问题描述\t整改措施\t责任单位\t督办单位\t整改时限
1\t青岭茶厂\t锅炉未年检\t申请检验\t青岭镇人民政府\t县市场监管局、县应急局\t2024年5月31日
2\t白溪茶厂\t污水直排\t接入管网\t白溪镇人民政府\t县生态环境局\t2024年6月30日
"""


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("东崖县对高山茶叶烘焙示范点的一次性建设补助是多少?", "高山茶叶烘焙示范点"),
        ("东崖县重点品种目录包含哪些品种?", "没有列出"),
        ("东崖县茶农个人参保缴费提高到300元是从几号开始的?", "260元"),
        ("东崖县县长是谁?", "副职"),
        ("Who is the county mayor of 东崖县?", "副职|"),
    ],
)
def test_what_only_looks_like_the_thing_is_no_answer(assistant_of: AssistantOf, question: str, reason: str) -> None:
    refused_for(assistant_of(HILLS, VALLEY).ask(question), reason)


@pytest.mark.parametrize(
    ("question", "answered"),
    [
        ("西崖县高山茶叶烘焙示范点的一次性建设补助是多少?", "8万元"),
        ("西崖县重点品种目录包含哪些品种?", "雪芽"),
        ("东崖县新建有机茶园每亩补贴多少钱?", "600元"),
        ("东崖县茶农个人参保缴费260元是从几号开始的?", "2024年3月1日"),
        ("东崖县茶农参保逾期缴纳会咋样?", "520元全额"),
        ("东崖县青岭茶厂锅炉的问题由哪些单位督办?", "县市场监管局、县应急局"),
    ],
)
def test_the_thing_itself_is_answered(assistant_of: AssistantOf, question: str, answered: str) -> None:
    answer = assistant_of(HILLS, VALLEY, FAULTS).ask(question)
    assert answered in answer.answer, answer.reason
