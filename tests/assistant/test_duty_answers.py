"""Who leads and who supports, from task lists, brackets and sentences."""

from collections.abc import Iterator

import pytest

from assistant import Assistant
from tests.assistant.asking import asking, assert_citations_hold, marked

LIST = """青岭区消防安全整治任务清单

序号

主要任务

具体任务

完成时限

牵头单位

责任(配合)单位

1

畅通生命通道

1.完成老旧小区消防车通道划线。

2025年底

区消防救援大队

区住建局、区城管局

2

整治充电隐患

2.新建电动自行车集中充电桩1200个。

2024年9月底

区住建局

区消防救援大队、区供电公司

3

改造自建房

3.完成经营性自建房电气线路改造。

2026年底

区住建局、区市场监管局

各镇(街道)
"""
BRACKETS = """泽安县平安畅通工作方案

一、重点任务

(一)推进农村公路防护栏建设。完成临水临崖路段防护栏安装86公里。(牵头单位:县交通运输局;配合单位:县公安局、县财政局)

(二)整治餐饮场所燃气隐患。餐饮场所全部安装燃气泄漏报警器。(责任单位:县住建局、县商务局)

(三)改造农贸市场。完成农贸市场升级改造。(牵头单位:县商务局)
"""
REGIONS = """云台县液化气瓶整治方案

一、主要任务

(一)整治液化气瓶。完成液化气瓶登记赋码。(牵头单位:县住建局)
"""
OTHER_REGION = """清河区液化气瓶整治方案

一、主要任务

(一)整治液化气瓶。完成液化气瓶登记赋码。(牵头单位:区城管局)
"""
SENTENCES = """松坪镇防汛工作会议纪要

一、水库巡查由县水利局牵头,县应急管理局配合。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    texts = {"清单.txt": LIST, "方案.txt": BRACKETS, "云台.txt": REGIONS, "清河.txt": OTHER_REGION, "纪要.txt": SENTENCES}
    with asking(tmp_path_factory.mktemp("duties"), texts) as opened:
        yield opened


@pytest.mark.parametrize(
    "question",
    ["充电桩由谁牵头?", "新建充电桩的牵头单位是哪个部门", "充电桩谁来牵头", "集中充电桩建设是哪个局主抓的", "电瓶车充电桩归谁管"],
)
def test_the_lead_of_a_task_is_named_however_it_is_asked(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert (answer.kind, answer.answer) == ("lead", "区住建局")


def test_the_row_is_cited_with_the_unit_highlighted(assistant: Assistant) -> None:
    answer = assistant.ask("充电桩由谁牵头?")
    (citation,) = answer.citations
    assert citation.doc == "清单.txt"
    assert "2.新建电动自行车集中充电桩1200个。" in citation.quote and "2024年9月底" in citation.quote
    assert marked(answer) == ["区住建局"]
    assert citation.highlight[0][0] == LIST.index("区住建局\n\n区消防救援大队、区供电公司")


def test_the_heading_path_of_a_row_names_its_measure(assistant: Assistant) -> None:
    (citation,) = assistant.ask("充电桩由谁牵头?").citations
    assert citation.path[-1] == "整治充电隐患"


def test_joint_leads_are_all_named(assistant: Assistant) -> None:
    answer = assistant.ask("经营性自建房电气线路改造由谁牵头")
    assert answer.answer == "区住建局、区市场监管局"
    assert marked(answer) == ["区住建局", "区市场监管局"]


def test_a_supporting_unit_is_not_given_for_the_lead(assistant: Assistant) -> None:
    assert assistant.ask("老旧小区消防车通道划线由谁牵头").answer == "区消防救援大队"


@pytest.mark.parametrize("question", ["充电桩的配合单位有哪些", "充电桩由哪些部门协助", "建充电桩谁配合"])
def test_all_supporting_units_are_named(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert (answer.kind, answer.answer) == ("support", "区消防救援大队、区供电公司")


def test_support_is_answered_without_the_unit_named_in_the_question(assistant: Assistant) -> None:
    answer = assistant.ask("充电桩除了区供电公司,还有哪些单位配合?")
    assert answer.answer == "区消防救援大队"


def test_the_lead_named_in_the_question_is_not_its_own_support(assistant: Assistant) -> None:
    answer = assistant.ask("区住建局牵头建充电桩,谁配合?")
    assert (answer.kind, answer.answer) == ("support", "区消防救援大队、区供电公司")


def test_a_bracket_names_lead_and_support_apart(assistant: Assistant) -> None:
    assert assistant.ask("农村公路防护栏由谁牵头").answer == "县交通运输局"
    assert assistant.ask("农村公路防护栏谁配合").answer == "县公安局、县财政局"


def test_the_item_is_cited_with_its_bracket(assistant: Assistant) -> None:
    answer = assistant.ask("农村公路防护栏由谁牵头")
    assert answer.citations[0].quote.startswith("(一)推进农村公路防护栏建设")
    assert answer.citations[0].quote.endswith("县财政局)")
    assert marked(answer) == ["县交通运输局"]


def test_a_bracket_without_a_lead_is_never_reported_as_one(assistant: Assistant) -> None:
    answer = assistant.ask("燃气泄漏报警器由谁牵头安装?")
    assert answer.abstained
    assert "未标明牵头单位" in answer.reason


def test_the_refusal_of_a_lead_still_says_who_is_responsible(assistant: Assistant) -> None:
    assert "责任单位:县住建局、县商务局" in assistant.ask("燃气泄漏报警器由谁牵头安装?").reason


def test_responsible_units_are_given_when_they_are_asked_for(assistant: Assistant) -> None:
    answer = assistant.ask("安装燃气泄漏报警器的责任单位是哪些")
    assert answer.answer == "县住建局、县商务局"


def test_a_task_with_a_lead_alone_has_no_supporting_unit(assistant: Assistant) -> None:
    answer = assistant.ask("农贸市场升级改造的配合单位是谁")
    assert answer.abstained and "未写明配合单位" in answer.reason


def test_a_sentence_names_lead_and_support(assistant: Assistant) -> None:
    assert assistant.ask("水库巡查由谁牵头").answer == "县水利局"
    assert assistant.ask("水库巡查由谁配合").answer == "县应急管理局"


def test_two_documents_that_differ_are_both_given_each_with_its_document(assistant: Assistant) -> None:
    answer = assistant.ask("液化气瓶登记赋码由谁牵头")
    assert "《云台县液化气瓶整治方案》:县住建局" in answer.answer
    assert "《清河区液化气瓶整治方案》:区城管局" in answer.answer
    assert {c.doc for c in answer.citations} == {"云台.txt", "清河.txt"}


def test_the_place_named_picks_its_document(assistant: Assistant) -> None:
    answer = assistant.ask("清河区液化气瓶登记赋码由谁牵头")
    assert answer.answer == "区城管局"
    assert [c.doc for c in answer.citations] == ["清河.txt"]


def test_a_place_is_understood_without_its_level(assistant: Assistant) -> None:
    assert assistant.ask("云台的液化气瓶登记赋码谁牵头").answer == "县住建局"


def test_the_chosen_document_is_the_only_one_used(assistant: Assistant) -> None:
    answer = assistant.ask("液化气瓶登记赋码由谁牵头", documents=["云台.txt"])
    assert answer.answer == "县住建局"
    assert [c.doc for c in answer.citations] == ["云台.txt"]


@pytest.mark.parametrize(
    "question",
    ["充电桩由谁牵头", "农村公路防护栏谁配合", "液化气瓶登记赋码由谁牵头", "水库巡查由谁牵头", "燃气泄漏报警器由谁牵头安装?"],
)
def test_citations_are_the_stored_words(assistant: Assistant, question: str) -> None:
    assert_citations_hold(assistant, assistant.ask(question))
