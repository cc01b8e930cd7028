"""Values and rules that a text states side by side: the one asked for, both where both are asked, none where the member is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import Assistant

GUIDE = """清溪县人才公寓申请办事指南

承诺办结时限:12个工作日
法定办结时限:30个工作日
是否收费:否

一、受理对象
(一)在本县工作的教师;
(二)在本县工作的医生。

二、申请条件
申请人应当同时符合下列条件:
1.年龄不超过45周岁;
2.在县城没有住房。

三、申请材料
1.申请表;
2.身份证;
3.劳动合同。

四、租金
一人户每月300元,两人户每月420元。全县共有公寓120套,其中新建80套、改建40套。
教师岗位由学校审核,医生岗位由医院审核。

五、办理时间
时间:周一至周五9:00至17:00
地点:清溪县政务服务中心3楼8号窗口
咨询电话0571-6620 118    投诉电话0571-6620 119

六、管理
申请人应当每年申报收入。残疾人家庭可以不申报收入。
转租的,取消资格。申请时间为2025年3月20日9:00至3月26日17:00。
"""

RULES = """石浦市广告牌管理办法

第一章 总则
第一条 设置广告牌的单位和个人应当遵守下列规定:
(一)保持广告牌整洁;
(二)每年检测一次广告牌的牢固程度。
第二条 禁止下列行为:
(一)在树木上挂广告牌;
(二)遮挡交通标志。

第二章 法律责任
第三条 违反本办法第二条第一项规定的,对单位处以二千元罚款,对个人处以二百元罚款。
第四条 违反本办法第二条第二项规定的,对单位处以五千元罚款,对个人处以五百元罚款。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("side")
    (folder / "guide.txt").write_text(GUIDE, encoding="utf-8")
    (folder / "rules.txt").write_text(RULES, encoding="utf-8")
    made = Assistant.open(folder / "library")
    made.add([folder / "guide.txt", folder / "rules.txt"])
    return made


@pytest.mark.parametrize(
    ("question", "held", "absent"),
    [
        ("清溪人才公寓两人户每月租金多少?", "420元", "300"),
        ("清溪人才公寓新建多少套?", "80套", "120"),
        ("清溪人才公寓哪些人可以申请?", "医生", "申请表"),
        ("清溪人才公寓要带些什么?", "劳动合同", "教师"),
        ("清溪人才公寓要满足哪些条件?", "45周岁", "申请表"),
        ("清溪人才公寓去哪个窗口办?", "8号窗口", ""),
        ("清溪人才公寓星期六上不上班?", "周一至周五", ""),
        ("清溪人才公寓申请要交手续费吗?", "否", ""),
        ("问清溪人才公寓的事打哪个电话?", "6620118", "6620119"),
        ("清溪人才公寓要投诉打哪个电话?", "6620119", "6620118"),
        ("清溪人才公寓法定办结和承诺办结差几天?", "18", ""),
        ("清溪人才公寓申请几号到几号?", "3月26日17:00", ""),
        ("清溪残疾人家庭也要申报收入吗?", "可以不申报", ""),
        ("石浦市在树木上挂广告牌,个人罚多少?", "二百元", "五百元"),
        ("石浦市遮挡交通标志单位罚多少?", "五千元", "二千元"),
        ("石浦市哪些行为是禁止的?", "遮挡交通标志", "整洁"),
    ],
)
def test_the_value_or_part_asked_for_is_given_alone(assistant: Assistant, question: str, held: str, absent: str) -> None:
    answer = assistant.ask(question)
    assert answer.status == "answered", answer.reason
    assert held in answer.answer
    assert not absent or absent not in answer.answer
    assert answer.citations


def test_a_question_of_two_halves_gets_both(assistant: Assistant) -> None:
    answer = assistant.ask("清溪人才公寓一人户每月多少钱,共有多少套?")
    assert "300元" in answer.answer
    assert "120套" in answer.answer


def test_the_member_that_a_follow_up_names_is_meant(assistant: Assistant) -> None:
    from assistant.types import Turn

    first = assistant.ask("清溪人才公寓一人户每月租金多少?")
    answer = assistant.ask("那两人户呢?", history=[Turn("清溪人才公寓一人户每月租金多少?", first.answer)])
    assert "420元" in answer.answer
