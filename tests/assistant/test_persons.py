"""Who answers for a matter in person, and what a person answers for, where an item names him itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant import Assistant
from tests.assistant.asking import asking

MINUTES = """青栎县水利局局务会议纪要

一、水库加固
会议听取规划股汇报,今年实施3座水库除险加固:
1. 石桥水库,投资620万元,责任人林舟,8月20日前完工;
2. 柳湾水库,投资485万元,责任人为林舟,9月15日前完工;
3. 松冈水库,投资390万元,责任人陶然,10月20日前完工。

二、农村供水
(一)8月底前完成管道铺设38公里。责任股室:供水股;配合单位:县水务公司;责任人:梁小禾。
(二)由河湖股牵头,县执法大队配合,7月31日前完成采砂排查。责任人:贺兰。
"""
LIST = """青栎县包保责任清单

一、包保名单
东片责任人:苏木、谷雨;西片责任人:罗松、尤佳。

二、巡查
各水库每周巡查两次。
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with asking(tmp_path_factory.mktemp("persons"), {"minutes.txt": MINUTES, "list.txt": LIST}) as assistant:
        yield assistant


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("松冈水库的责任人是谁?", "陶然"), ("柳湾水库加固谁负责?", "林舟"), ("石桥水库除险加固由谁抓?", "林舟"),
        ("管道铺设的责任人叫什么?", "梁小禾"), ("采砂排查责任人是谁?", "贺兰"),
    ],
)  # fmt: skip
def test_the_person_whom_the_item_holds_responsible_is_named(library: Assistant, question: str, name: str) -> None:
    answer = library.ask(question)
    assert answer.status == "answered" and answer.answer == name, answer.answer
    assert name in answer.citations[0].quote


def test_who_leads_is_the_office_that_the_item_names(library: Assistant) -> None:
    assert library.ask("采砂排查谁牵头?").answer.startswith("河湖股")
    assert "供水股" in library.ask("管道铺设是哪个股室负责?").answer


@pytest.mark.parametrize(("question", "held", "others"), [("林舟负责哪几座水库?", ("石桥", "柳湾"), "松冈"), ("陶然手上有哪些活?", ("松冈",), "石桥")])
def test_what_a_person_answers_for_is_listed_and_counted(library: Assistant, question: str, held: tuple[str, ...], others: str) -> None:
    answer = library.ask(question)
    assert answer.status == "answered" and all(name in answer.answer for name in held) and others not in answer.answer
    assert len(answer.citations) == len(held) and (len(held) == 1 or f"共{len(held)}项" in answer.answer)


@pytest.mark.parametrize("question", ["白鸥水库的责任人是谁?", "徐来负责哪些水库?", "水库巡查由谁验收?"])
def test_a_matter_or_a_person_that_nothing_names_is_refused(library: Assistant, question: str) -> None:
    assert library.ask(question).status == "refused"
