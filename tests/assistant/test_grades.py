"""Which grade is asked for, all figures of a sentence, a fine whose case stands in another article, and the post of a person named as a contact."""

from __future__ import annotations

import pytest

from tests.assistant.asking import continued
from tests.conftest import AssistantOf

RULES = """澜溪市义工激励办法

第一条 二星级以上义工免费乘坐公共汽车;三星级以上义工免费游览公园;四星级义工子女入学给予就近协调。
第二条 甲级商户免缴保证金;乙级商户减半缴纳。
第三条 法定节假日和工作日午间,不得进行产生噪声的装修作业。
第四条 到2027年,国家级古树完好率达到96%,省级达到85%,尚未定级的达到70%。
第五条 违反第三条规定的,由公安机关处警告;拒不改正的,对个人处300元以上900元以下罚款,对装修企业处4000元以上1万元以下罚款。
联系人:市义工办 冯晓岚,0571-5550011。
"""


@pytest.mark.parametrize(
    ("question", "held", "left_out"),
    [
        ("义工要几星才能免费游览公园?", "三星级以上", "二星级"),
        ("义工几星可以免费坐公交?", "二星级以上", "三星级"),
        ("商户要哪一级才免缴保证金?", "甲级", "乙级"),
        ("到2027年三类古树完好率分别定多少?", "85%", "罚"),
        ("到2027年三类古树完好率分别定多少?", "70%", "罚"),
        ("装修公司节假日作业不听劝罚多少?", "4000元以上1万元以下", "900元"),
    ],
)
def test_the_one_asked_for_is_given_and_all_where_all_are_asked(assistant_of: AssistantOf, question: str, held: str, left_out: str) -> None:
    answer = assistant_of(RULES).ask(question)
    assert answer.status == "answered"
    assert held in answer.answer
    assert left_out not in answer.answer


def test_a_follow_up_asks_for_the_grade_of_something_else(assistant_of: AssistantOf) -> None:
    answer = continued(assistant_of(RULES), "义工几星可以免费坐公交?", "那孩子入学协调要几星?").answer
    assert answer.startswith("四星级")
    assert "三星级" not in answer


def test_a_contact_has_no_post(assistant_of: AssistantOf) -> None:
    answer = assistant_of(RULES).ask("冯晓岚是什么职务?")
    assert answer.status == "refused"
    assert "职务" in answer.reason
