"""Follow-up questions: what they leave out is taken from the turns before."""

from collections.abc import Iterator

import pytest

from assistant import Assistant
from assistant.types import Turn
from tests.assistant.asking import asking, continued

DISTRICT = """青岭区消防整治方案

一、工作目标

到2024年底,微型消防站建成率达到60%,2025年底达到80%,2026年底达到95%。

规模以上企业安全生产标准化达标率达到70%;规模以下企业达标率达到40%。

二、主要任务

(一)建设集中充电桩。2024年9月底前新建电动自行车集中充电桩1200个。(牵头单位:区住建局;配合单位:区供电公司、区城管局)

(二)划设消防车通道。2025年底前完成老旧小区消防车通道划线。(牵头单位:区消防救援大队;配合单位:区公安分局)
"""
TOWN = """桂河镇消防整治方案

一、主要任务

(一)建设集中充电桩。2025年11月底前新建电动自行车集中充电桩90个。(牵头单位:镇村建办;配合单位:镇供电所)

二、组织领导

成立消防整治工作领导小组。

组长:方启明  镇长

副组长:沈若兰  副镇长

联系人:潘子轩,联系电话:0000-6123456
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with asking(tmp_path_factory.mktemp("talk"), {"区方案.txt": DISTRICT, "镇方案.txt": TOWN}) as opened:
        yield opened


LEAD = "青岭区集中充电桩由谁牵头?"


@pytest.mark.parametrize(
    ("follow_up", "said"),
    [
        ("那配合单位呢?", "区供电公司、区城管局"),
        ("谁配合?", "区供电公司、区城管局"),
        ("那完成时限呢", "2024年9月底前"),
        ("什么时候完成?", "2024年9月底前"),
        ("要建多少个?", "1200个"),
    ],
)
def test_another_attribute_is_asked_of_the_same_task(assistant: Assistant, follow_up: str, said: str) -> None:
    assert said in continued(assistant, LEAD, follow_up).answer


@pytest.mark.parametrize("follow_up", ["消防车通道划线呢?", "那老旧小区消防车通道划线呢"])
def test_the_same_attribute_is_asked_of_another_task(assistant: Assistant, follow_up: str) -> None:
    assert continued(assistant, LEAD, follow_up).answer == "区消防救援大队"


@pytest.mark.parametrize("follow_up", ["换成桂河镇呢?", "桂河镇呢", "那桂河镇的呢?", "我问的是桂河镇"])
def test_the_same_question_is_asked_of_another_place(assistant: Assistant, follow_up: str) -> None:
    answer = continued(assistant, LEAD, follow_up)
    assert answer.answer == "镇村建办"
    assert {c.doc for c in answer.citations} == {"镇方案.txt"}


def test_another_place_that_has_no_document_is_refused_with_its_name(assistant: Assistant) -> None:
    answer = continued(assistant, LEAD, "换成云岭市呢?")
    assert answer.abstained and "云岭市" in answer.reason


def test_the_place_of_the_first_turn_still_holds_in_the_third(assistant: Assistant) -> None:
    answer = continued(assistant, "桂河镇充电桩由谁牵头?", "那配合单位呢?", "什么时候完成?")
    assert "2025年11月底前" in answer.answer


YEAR = "青岭区2024年微型消防站建成率是多少?"


@pytest.mark.parametrize(("follow_up", "share"), [("第二年呢?", "80%"), ("2026年呢", "95%"), ("那第三年呢", "95%"), ("下一年呢?", "80%")])
def test_another_year_is_asked_of_the_same_figure(assistant: Assistant, follow_up: str, share: str) -> None:
    answer = continued(assistant, YEAR, follow_up)
    assert [s for s in ("60%", "80%", "95%") if s in answer.answer] == [share]


@pytest.mark.parametrize(
    ("first", "second", "share"),
    [
        ("规模以下企业安全生产标准化达标率是多少", "那规模以上企业呢?", "70%"),
        ("规模以上企业安全生产标准化达标率是多少", "规模以下企业呢?", "40%"),
    ],
)
def test_another_subject_is_asked_of_the_same_figure(assistant: Assistant, first: str, second: str, share: str) -> None:
    answer = continued(assistant, first, second).answer
    assert [s for s in ("70%", "40%") if s in answer] == [share]


def test_another_post_is_asked_of_the_same_group(assistant: Assistant) -> None:
    assert "沈若兰" in continued(assistant, "消防整治领导小组组长是谁", "副组长呢?").answer


def test_a_full_question_does_not_take_over_the_place_before(assistant: Assistant) -> None:
    answer = continued(assistant, LEAD, "桂河镇电动自行车集中充电桩什么时候建完?")
    assert "2025年11月底前" in answer.answer


def test_a_follow_up_without_a_turn_before_is_not_answered_with_something(assistant: Assistant) -> None:
    answer = assistant.ask("那配合单位呢?")
    assert answer.status != "answered" or answer.confidence < 0.9


def test_earlier_answers_are_no_source_of_facts(assistant: Assistant) -> None:
    answer = assistant.ask("那牵头单位呢?", [Turn("青岭区集中充电桩什么时候建完", "由区教育局牵头")])
    assert answer.answer == "区住建局"


def test_the_last_turn_counts_in_a_long_conversation(assistant: Assistant) -> None:
    turns = [Turn("桂河镇充电桩由谁牵头?", "镇村建办")] * 200 + [Turn(LEAD, "区住建局")]
    assert "2024年9月底" in assistant.ask("什么时候完成?", turns).answer
