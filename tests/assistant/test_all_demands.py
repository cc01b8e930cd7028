"""No demand of a question is dropped in silence: each is answered, or the answer says which the documents do not state."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant import Assistant
from assistant.question.compound import parts_of
from tests.assistant.asking import asking, assert_citations_hold

RIVERS = """临浦县河道整治行动方案

临政办〔2024〕21号

一、主要任务

(一)开展河道清淤。2024年10月底前完成河道清淤12公里。(牵头单位:县水务局;配合单位:县住建局、县交通局)

(二)整治入河排口。2025年6月底前完成入河排口整治86个。(牵头单位:县生态环境分局;配合单位:县水务局)

(三)建设巡河步道。2026年9月底前建成巡河步道25公里。(牵头单位:县住建局)

(四)加固堤防。2026年底前完成堤防加固7公里。(牵头单位:县应急局;配合单位:县水务局)

二、资金

补贴由县农业农村局受理,县财政局拨付,每季度发放一次,每户每月300元。工程完工后,由县发改局组织验收,结果报县河长办。

联系人:陆远帆,联系电话:0000-6611223

临浦县人民政府办公室
2024年3月12日
"""
SUPPLIES = """临浦县{year}年防汛工作要点

一、备足物资。储备编织袋{bags}万条、冲锋舟{boats}艘,5月15日前完成。
"""


@pytest.fixture(scope="module")
def rivers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with asking(tmp_path_factory.mktemp("rivers"), {"河道.txt": RIVERS}) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("排口整治什么时候完成,文号多少,哪天发的", ["2025年6月底前", "临政办〔2024〕21号", "2024年3月12日"]),
        ("排口整治的牵头单位和完成时限", ["县生态环境分局", "2025年6月底前"]),
        ("河道清淤牵头单位、配合单位、完成时限分别是什么", ["县水务局", "县住建局、县交通局", "2024年10月底前"]),
        ("排口整治谁牵头,联系电话多少", ["县生态环境分局", "0000-6611223"]),
        ("河道整治找谁、打哪个号", ["陆远帆", "0000-6611223"]),
        ("补贴谁受理、谁拨付", ["县农业农村局", "县财政局"]),
        ("补贴每户每月多少钱,多久发一次", ["300元", "每季度"]),
        ("工程由谁验收,结果报给谁", ["县发改局", "县河长办"]),
        ("水务局和县应急局分别牵头什么", ["水务局:", "清淤", "县应急局:", "堤防"]),
    ],
)
def test_every_demand_is_answered(rivers: Assistant, question: str, values: list[str]) -> None:
    answer = rivers.ask(question)
    assert [value for value in values if value not in answer.answer] == []
    assert_citations_hold(rivers, answer)


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("巡河步道谁牵头、谁配合、什么时候完成", "县住建局", "谁配合"),
        ("巡河步道牵头和配合单位分别是谁", "县住建局", "配合单位"),
        ("河道清淤谁牵头,由谁审批?", "县水务局", "审批"),
        ("河道清淤多少公里,谁牵头,花多少钱", "12公里", "花多少钱"),
    ],
)
def test_a_demand_that_no_document_states_is_named(rivers: Assistant, question: str, said: str, unsaid: str) -> None:
    answer = rivers.ask(question)
    assert said in answer.answer
    assert any(unsaid in note for note in answer.notes)


def test_who_leads_a_task_is_not_taken_for_who_approves_it(rivers: Assistant) -> None:
    answer = rivers.ask("河道清淤由谁审批?")
    assert answer.abstained
    assert "由谁审批" in answer.reason


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("排口整治的牵头单位和完成时限", ["排口整治的牵头单位是谁", "完成时限是什么时候"]),
        ("方案的文号和发布日期", ["方案的文号和发布日期"]),
        ("清淤的牵头和配合单位是谁", ["清淤的牵头和配合单位是谁"]),
    ],
)
def test_a_row_of_attributes_is_cut_where_they_are_of_different_kinds(question: str, parts: list[str]) -> None:
    assert [part.text for part in parts_of(question)] == parts


def test_a_figure_of_each_year_comes_from_the_document_of_that_year(tmp_path_factory: pytest.TempPathFactory) -> None:
    texts = {f"{year}.txt": SUPPLIES.format(year=year, bags=bags, boats=boats) for year, bags, boats in ((2024, 2, 6), (2025, 3, 9))}
    with asking(tmp_path_factory.mktemp("years"), texts) as plans:
        lines = plans.ask("临浦防汛冲锋舟2024年和2025年各几艘").answer.split("\n")
        assert [("2024年" in line, "6艘" in line, "9艘" in line) for line in lines] == [(True, True, False), (False, False, True)]
