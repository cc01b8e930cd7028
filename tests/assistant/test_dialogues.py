"""Whole small conversations: corrections, negations, items of a list, years, pronouns, a change of subject."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant import Assistant
from assistant.question.listed import items_meant
from assistant.types import Turn
from tests.assistant.asking import asking, assert_citations_hold, continued

LINPU = """临浦县河道整治三年行动方案(2024—2026年)

临政办〔2024〕21号

一、工作目标

水质达标率2024年达到80%,2025年达到85%,2026年达到92%。

二、主要任务

(一)开展河道清淤。2024年10月底前完成河道清淤12公里。(牵头单位:县水务局;配合单位:县住建局、县交通局)

(二)整治入河排口。2025年6月底前完成入河排口整治86个。(牵头单位:县生态环境分局;配合单位:县水务局)

(三)拆除涉河违建。2025年底前拆除涉河违建34处。(牵头单位:县城管局;配合单位:县公安局)

临浦县人民政府办公室
2024年3月12日
"""
WANGZHOU = """望洲县河道整治三年行动方案(2024—2026年)

望政办〔2024〕35号

一、主要任务

(一)开展河道清淤。2024年11月底前完成河道清淤9公里。(牵头单位:县水利局;配合单位:县建设局)

望洲县人民政府办公室
2024年4月2日
"""
HOUSING = """江越市人才安居补贴办法

第一条 双一流高校毕业的本科生,租房补贴每月1200元;其他高校毕业的本科生,租房补贴每月800元。
第二条 博士研究生租房补贴每月2500元。
第三条 申请补贴应当提交以下材料:
(一)身份证;
(二)毕业证书;
(三)劳动合同;
(四)社保缴纳证明。
第四条 补贴由市人社局受理,市财政局拨付。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with asking(tmp_path_factory.mktemp("dialogues"), {"临浦.txt": LINPU, "望洲.txt": WANGZHOU, "安居.txt": HOUSING}) as opened:
        yield opened


TASKS = "临浦县河道整治有哪些主要任务"
MATERIAL = "申请租房补贴要什么材料"


@pytest.mark.parametrize(
    ("questions", "said"),
    [
        (("临浦县入河排口整治谁配合?", "我问的不是配合,是牵头"), "县生态环境分局"),
        (("临浦县河道清淤由谁牵头?", "我问的是配合,不是牵头"), "县住建局、县交通局"),
        (("临浦县河道清淤由谁牵头?", "那配合单位呢?", "望洲县呢"), "县建设局"),
        (("临浦县河道清淤由谁牵头?", "我问的不是临浦县,是望洲县"), "县水利局"),
        (("临浦县河道整治方案文号是多少", "哪天发的", "望洲县的"), "2024年4月2日"),
        (("双一流高校毕业的本科生租房补贴多少钱?", "不是双一流的呢?"), "800元"),
        (("临浦县水质达标率2024年多少", "最后一年呢"), "92%"),
        (("临浦县水质达标率2024年多少", "最后一年呢", "第二年呢"), "85%"),
        (("临浦县水质达标率2025年多少", "上一年呢"), "80%"),
        ((TASKS, "第二项由谁牵头"), "县生态环境分局"),
        ((TASKS, "第二项由谁牵头", "第三项呢"), "县城管局"),
        ((TASKS, "最后一项什么时候完成"), "2025年底前"),
        ((TASKS, "前两项分别由谁牵头"), "第1项:县水务局\n第2项:县生态环境分局"),
        (("临浦县水务局牵头哪些任务?", "那县生态环境分局呢"), "共1项"),
        ((MATERIAL, "第二项呢"), "毕业证书"),
        ((MATERIAL, "最后一个是什么"), "社保缴纳证明"),
        ((MATERIAL, "前两项"), "1. 身份证\n2. 毕业证书"),
        ((MATERIAL, "除了身份证还要什么"), "1. 毕业证书\n2. 劳动合同\n3. 社保缴纳证明"),
        (("临浦县水务局牵头哪些任务?", "它还配合哪些任务"), "排口"),
        (("临浦县河道清淤由谁牵头?", "租房补贴博士每月多少", "材料要哪些"), "劳动合同"),
        (("临浦县高铁站什么时候通车", "那河道清淤呢"), "2024年10月底前"),
    ],
)
def test_the_last_answer_says(assistant: Assistant, questions: tuple[str, ...], said: str) -> None:
    answer = continued(assistant, *questions)
    assert said in answer.answer
    assert_citations_hold(assistant, answer)


def test_a_short_text_need_not_name_its_matter_again(assistant: Assistant) -> None:
    assert assistant.ask("租房补贴由谁受理").answer == "市人社局"


def test_an_item_beyond_the_list_is_not_made_up(assistant: Assistant) -> None:
    answer = continued(assistant, MATERIAL, "第六项呢")
    assert answer.abstained
    assert "只列出4项" in answer.reason


def test_a_new_subject_ends_what_was_spoken_of_before(assistant: Assistant) -> None:
    answer = continued(assistant, "望洲县河道清淤由谁牵头?", "租房补贴由谁受理", "谁拨付")
    assert answer.answer == "市财政局"


@pytest.mark.parametrize(
    ("question", "items"),
    [("第二项呢", ["乙"]), ("倒数第二个是什么", ["乙"]), ("后两项呢", ["乙", "丙"]), ("第四项呢", []), ("第二年呢", None)],
)
def test_items_are_taken_from_the_last_list(question: str, items: list[str] | None) -> None:
    meant = items_meant(question, [Turn("有哪些", "1. 甲\n2. 乙\n3. 丙")])
    assert (list(meant.items) if meant else None) == items


def test_no_items_are_meant_once_something_else_was_asked() -> None:
    assert items_meant("第二项呢", [Turn("有哪些", "1. 甲\n2. 乙"), Turn("谁牵头", "县水务局")]) is None
