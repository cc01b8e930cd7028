"""Two documents of the same title for two counties or years: each answers where the question names neither."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant import Assistant
from tests.assistant.asking import asking, assert_citations_hold, continued

RIVERS = """{place}河道整治行动方案

{number}

一、开展河道清淤。{month}月底前完成河道清淤{length}公里。(牵头单位:{office})
二、加强领导。领导小组组长由县长{head}担任。{more}

{place}人民政府办公室
2024年{issued}日
"""
SUPPLIES = "临浦县{year}年防汛工作要点\n\n一、备足物资。储备编织袋{bags}万条、冲锋舟{boats}艘。\n二、强化值守。汛期实行24小时值班。\n"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    texts = {
        "临浦.txt": RIVERS.format(place="临浦县", number="临政办〔2024〕21号", month=10, length=12, office="县水务局", head="周砚秋", issued="3月12", more="建成巡河步道25公里。"),
        "望洲.txt": RIVERS.format(place="望洲县", number="望政办〔2024〕35号", month=11, length=9, office="县水利局", head="冯启云", issued="4月2", more=""),
        "2024.txt": SUPPLIES.format(year=2024, bags=2, boats=6),
        "2025.txt": SUPPLIES.format(year=2025, bags=3, boats=9),
    }
    with asking(tmp_path_factory.mktemp("twins"), texts) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("河道整治方案文号是多少", ["临政办〔2024〕21号", "望政办〔2024〕35号"]),
        ("河道整治领导小组组长是谁", ["周砚秋", "冯启云"]),
        ("河道清淤由谁牵头", ["县水务局", "县水利局"]),
        ("河道清淤由谁牵头,多少公里", ["县水务局", "12公里", "县水利局", "9公里"]),
        ("防汛冲锋舟储备几艘", ["6艘", "9艘"]),
    ],
)
def test_each_twin_answers_a_question_that_names_none(assistant: Assistant, question: str, values: list[str]) -> None:
    answer = assistant.ask(question)
    assert [value for value in values if value not in answer.answer] == []
    assert answer.answer.count("《") == 2
    assert_citations_hold(assistant, answer)


@pytest.mark.parametrize(
    ("question", "said", "other"),
    [
        ("望洲县河道整治方案文号是多少", "望政办〔2024〕35号", "临政办"),
        ("2025年防汛冲锋舟储备几艘", "9艘", "6艘"),
        ("巡河步道建多少公里", "25公里", "望洲县"),
    ],
)
def test_the_one_that_is_meant_answers_alone(assistant: Assistant, question: str, said: str, other: str) -> None:
    answer = assistant.ask(question).answer
    assert said in answer
    assert other not in answer


def test_what_all_twins_say_alike_is_said_once(assistant: Assistant) -> None:
    assert assistant.ask("防汛汛期实行多少小时值班").answer.count("24小时") == 1


def test_a_follow_up_of_both_is_answered_for_both(assistant: Assistant) -> None:
    answer = continued(assistant, "河道整治方案文号是多少", "哪天发的").answer
    assert "3月12日" in answer
    assert "4月2日" in answer


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    places = ("临浦县", "望洲县", "泽安县", "东沛县", "西沛县", "南沛县")
    offices = ("县水务局", "县水利局", "县农业农村局", "县城管局", "县住建局", "县交通局")
    texts = {f"{n}.txt": f"{place}河道整治行动方案\n\n一、开展河道清淤。10月底前完成河道清淤。(牵头单位:{offices[n]})\n二、加强领导。\n" for n, place in enumerate(places)}
    with asking(tmp_path_factory.mktemp("many-twins"), texts) as opened:
        yield opened


def test_among_many_twins_the_reply_asks_back_with_choices_that_are_answered(many: Assistant) -> None:
    asked = many.ask("河道清淤由谁牵头")
    assert asked.status == "clarify" and "6份" in asked.answer and not asked.citations
    assert len(asked.suggestions) == len(set(asked.suggestions)) == 5
    for choice in asked.suggestions:
        answer = many.ask(choice)
        assert answer.status == "answered" and answer.answer.count("县") == 1
    assert many.ask("泽安县河道清淤由谁牵头").answer == "县农业农村局"
