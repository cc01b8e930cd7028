"""What is cited for an answer: its paragraph, and the other place that says the same; nothing that says something else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant import Assistant
from tests.assistant.asking import asking, assert_citations_hold

PLAN = """桦川区水利局关于印发桦川区小型水库管护方案的通知

桦水发〔2024〕12号

各乡镇人民政府:

为做好水库管护,形成3条措施,现印发给你们。

一、主要措施

1.建立巡查制度。巡查员每日巡查大坝一次,汛期每日巡查两次。2024年9月底前健全完善区级水库管护专家库。

2.落实管护经费。区财政局每年安排管护经费80万元。

3.开展安全鉴定。小型水库每十年鉴定一次,中型水库每五年鉴定一次。

桦川区水利局

2024年3月1日

附件1 桦川区小型水库管护任务清单

| 序号 | 任务 | 完成时限 | 牵头单位 |
|---|---|---|---|
| 1 | 健全完善区级水库管护专家库 | 2024年9月底前 | 区水利局 |
| 2 | 完成大坝白蚁普查 | 2024年10月底 | 区林业局 |
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with asking(tmp_path_factory.mktemp("citing"), {"方案.txt": PLAN}) as opened:
        yield opened


def _quotes(assistant: Assistant, question: str) -> list[str]:
    answer = assistant.ask(question)
    assert answer.status == "answered"
    assert_citations_hold(assistant, answer)
    return [citation.quote for citation in answer.citations]


def test_a_value_is_cited_with_its_paragraph_and_marked_in_it(assistant: Assistant) -> None:
    answer = assistant.ask("管护经费每年多少钱")
    cited = answer.citations[0]
    assert cited.quote.startswith("2.落实管护经费。")
    assert [PLAN[start:end] for start, end in cited.highlight] == ["80万元"]


def test_what_body_and_task_list_both_say_is_cited_from_both(assistant: Assistant) -> None:
    quotes = _quotes(assistant, "水库管护专家库什么时候健全完善")
    assert any("巡查制度" in quote for quote in quotes)
    assert any("区水利局" in quote for quote in quotes)


def test_a_place_that_gives_another_figure_is_not_cited_as_the_same(assistant: Assistant) -> None:
    assert not any("经费" in quote or "巡查" in quote for quote in _quotes(assistant, "小型水库几年鉴定一次"))


def test_a_document_number_is_cited_with_the_lines_beside_it(assistant: Assistant) -> None:
    assert _quotes(assistant, "水库管护方案的文号是多少") == ["桦川区水利局关于印发桦川区小型水库管护方案的通知\n\n桦水发〔2024〕12号\n\n各乡镇人民政府:"]


def test_an_issuer_is_cited_from_the_title_too(assistant: Assistant) -> None:
    assert any("关于印发" in quote for quote in _quotes(assistant, "水库管护方案的落款单位是哪家"))


def test_a_count_is_cited_with_the_sentence_that_states_it_and_items_with_their_first_sentence(assistant: Assistant) -> None:
    quotes = _quotes(assistant, "水库管护方案一共几条措施")
    assert "形成3条措施" in quotes[0]
    assert "2.落实管护经费。区财政局每年安排管护经费80万元。" in quotes


def test_rows_that_are_counted_are_cited_with_the_heading_of_their_list(assistant: Assistant) -> None:
    quotes = _quotes(assistant, "水库管护任务清单一共几项任务")
    assert quotes[0] == "附件1 桦川区小型水库管护任务清单" and len(quotes) == 3
