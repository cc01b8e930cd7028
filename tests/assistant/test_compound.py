"""Several questions asked in one breath: told apart, answered one by one, and what has no answer is named."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant import Assistant
from assistant.question.compound import parts_of
from assistant.question.subjects import subjects_of
from assistant.question.tagging import words
from tests.assistant.asking import asking, assert_citations_hold

NOTICE = """岚川市教育局关于开展示范食堂创建工作的通知

一、申报
(一)申报表一式三份,附照片不少于8张,其中后厨不少于4张。
(二)申报工作由市教育局基建科牵头,2025年5月9日前完成。

二、标准
(一)食材留样每个品种不少于125克,留样48小时以上。
(二)一期改造2025年9月20日前完成,二期改造2026年3月15日前完成。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with asking(tmp_path_factory.mktemp("compound"), {"食堂.txt": NOTICE}) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("每样留多少克、要留多久?", ("每样留多少克", "要留多久")),
        ("照片最少几张?后厨的要多少", ("照片最少几张", "后厨的要多少")),
        ("岚川的方案,谁牵头,啥时候完成", ("岚川的方案,谁牵头", "啥时候完成")),
        ("一个给多少奖补?山区学校呢", ("一个给多少奖补", "山区学校呢")),
        ("在哪儿办以及要多少钱", ("在哪儿办", "以及要多少钱")),
    ],
)
def test_each_question_of_several_stands_alone(question: str, parts: tuple[str, ...]) -> None:
    assert tuple(part.text for part in parts_of(question)) == parts


@pytest.mark.parametrize(
    "question",
    ["岚川市的食堂,由谁牵头?", "分几个阶段,分别叫什么?", "养老金一律上调,对吗?", "两市的目标一样吗?分别多少", "第几条规定了罚款?", "甲、乙、丙三局谁牵头"],
)
def test_one_question_stays_one(question: str) -> None:
    assert [part.text for part in parts_of(question)] == [question]


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("食堂一期、二期什么时候完工", ["一期", "二期"]),
        ("改造前后摊位各有多少个", ["改造前", "改造后"]),
        ("季度进展和年度总结,各是什么时间报", ["季度进展", "年度总结"]),
        ("指挥部组长和办公室主任是谁", ["指挥部组长", "办公室主任"]),
    ],
)
def test_what_is_asked_of_two_things_is_asked_of_each(question: str, labels: list[str]) -> None:
    assert [part.label for part in parts_of(question, subjects_of(question, words()))] == labels


def test_both_parts_are_answered_and_cited(assistant: Assistant) -> None:
    answer = assistant.ask("食材留样每样多少克、要留多久?")
    assert "125克" in answer.answer
    assert "48小时" in answer.answer
    assert_citations_hold(assistant, answer)


def test_the_second_question_goes_on_from_the_first(assistant: Assistant) -> None:
    answer = assistant.ask("申报附照片最少几张?后厨的要多少")
    assert [line for line in answer.answer.split("\n") if "8张" in line or "4张" in line]
    assert "8张" in answer.answer
    assert "4张" in answer.answer


def test_the_same_question_of_two_members_names_each(assistant: Assistant) -> None:
    assert assistant.ask("岚川食堂一期、二期改造什么时候完成").answer == "一期:2025年9月20日前\n二期:2026年3月15日前"


def test_a_name_is_given_though_the_other_answer_holds_it(assistant: Assistant) -> None:
    answer = assistant.ask("申报工作谁牵头,什么时候完成?")
    assert "市教育局基建科" in answer.answer.split("\n")[0]
    assert "5月9日" in answer.answer


def test_a_part_without_an_answer_is_named(assistant: Assistant) -> None:
    answer = assistant.ask("申报工作由谁牵头,经费多少万元?")
    assert answer.status == "answered"
    assert "市教育局基建科" in answer.answer
    assert any("经费多少万元" in note for note in answer.notes)


def test_nothing_answered_is_one_refusal(assistant: Assistant) -> None:
    answer = assistant.ask("高铁站什么时候通车,票价多少?")
    assert answer.status == "refused"
    assert answer.citations == ()


def test_the_number_and_the_day_of_a_notice_are_both_given(tmp_path_factory: pytest.TempPathFactory) -> None:
    text = "岚川县教育局关于做好食堂工作的通知\n岚教〔2026〕12号\n\n各学校:\n\n一、(一)落实陪餐制度。陪餐记录保存一年。\n\n岚川县教育局\n2026年2月20日\n"
    with asking(tmp_path_factory.mktemp("number"), {"通知.txt": text}) as notice:
        assert notice.ask("这个通知文号是什么,哪天发的").answer == "发文字号:岚教〔2026〕12号\n印发日期:2026年2月20日"


def test_who_and_how_much_compare_nothing(assistant: Assistant) -> None:
    assert assistant.ask("申报工作谁牵头,照片要多少?").kind == "lead"
