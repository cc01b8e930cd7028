"""How, yes or no, and what differs: answers of sentences."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.answering.evidence import gather
from assistant.compose import texts
from assistant.question.understand import understand
from tests.assistant.asking import TOWN, asking, assert_citations_hold

DISTRICT = """青岭区消防整治方案

一、主要任务

(一)划设通道。2025年6月底前完成老旧小区消防车通道划线,占用消防车通道的车辆由公安机关依法拖离。

(二)建设集中充电桩。新建住宅小区不得将电动自行车停放在楼梯间。

附件:消防整治任务清单

附件

消防整治任务清单

序号

主要任务

具体任务

完成时限

牵头单位

责任单位

1

畅通生命通道

1.完成老旧小区消防车通道划线。

2025年底

区消防救援大队

区住建局

2

整治充电隐患

2.新建电动自行车集中充电桩1200个。

2024年9月底

区住建局

区供电公司
"""
COUNTY = """泽安县消防整治方案

一、主要任务

(一)2026年3月底前完成老旧小区消防车通道划线。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    texts = {"区方案.txt": DISTRICT, "县方案.txt": COUNTY, "通告.txt": TOWN}
    with asking(tmp_path_factory.mktemp("texts"), texts) as opened:
        yield opened


@pytest.mark.parametrize("question", ["占用消防车通道的车怎么处理", "车辆占用消防车通道会被怎么样"])
def test_how_something_is_handled_is_answered_with_its_sentence(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.kind == "measure" and "由公安机关依法拖离" in answer.answer


@pytest.mark.parametrize("question", ["充电桩是区住建局牵头吗", "充电桩是不是由区住建局牵头", "区住建局牵头建充电桩,对吗?"])
def test_a_true_claim_about_the_lead_is_confirmed(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.kind == "yesno" and answer.answer.startswith("是,") and "区住建局" in answer.answer


@pytest.mark.parametrize("question", ["充电桩是区供电公司牵头吗", "充电桩是不是由区城管局牵头"])
def test_a_false_claim_about_the_lead_is_corrected(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.kind == "yesno" and answer.answer.startswith("不是,") and "区住建局" in answer.answer


def test_a_false_claim_about_an_end_is_corrected(assistant: Assistant) -> None:
    answer = assistant.ask("清水河段禁渔期是不是5月底就结束了")
    assert answer.answer.startswith("不是,") and "6月30日" in answer.answer


def test_what_is_forbidden_is_not_permitted(assistant: Assistant) -> None:
    answer = assistant.ask("新建小区可以把电动自行车停在楼梯间吗")
    assert answer.answer.startswith("不可以") and "不得将电动自行车停放在楼梯间" in answer.answer


def test_two_places_are_set_side_by_side(assistant: Assistant) -> None:
    answer = assistant.ask("青岭区和泽安县的老旧小区消防车通道划线完成时间有什么不同")
    first, second = answer.answer.split("\n")
    assert answer.kind == "compare"
    assert {first[:3], second[:3]} == {"青岭区", "泽安县"}
    assert "2026年3月底" in answer.answer and "2025年" in answer.answer
    assert {c.doc for c in answer.citations} == {"区方案.txt", "县方案.txt"}


def test_two_attachments_are_set_side_by_side(assistant: Assistant) -> None:
    answer = assistant.ask("附件1和附件2关于清水河段的规定有什么不同")
    assert [line[:4] for line in answer.answer.split("\n")] == ["附件1:", "附件2:"]
    assert "6月30日" in answer.answer and "每周2次" in answer.answer


def test_the_body_is_set_against_the_list(assistant: Assistant) -> None:
    answer = assistant.ask("青岭区方案正文和任务清单中老旧小区消防车通道划线的时限是否一致")
    body, row, verdict = answer.answer.split("\n")
    assert body.startswith("正文") and "2025年6月底" in body
    assert row.startswith("表中") and "2025年底" in row
    assert verdict == "两处不一致"


@pytest.mark.parametrize(
    "question", ["占用消防车通道的车怎么处理", "充电桩是区城管局牵头吗", "附件1和附件2关于清水河段的规定有什么不同", "清水河段禁渔期是不是5月底就结束了"]
)
def test_citations_are_the_stored_words(assistant: Assistant, question: str) -> None:
    assert_citations_hold(assistant, assistant.ask(question))


MARKET = """柳浦镇农贸市场改造工作纪要

一、议定事项
(一)关于过渡安置。改造期间在文化广场东侧设临时市场,设摊位150个,优先安置本镇户籍的自产自销户。过渡期免收摊位费,水电费由经营户自理。
(二)关于消防安全。市场内禁止设置员工宿舍,打通东、西两条消防车通道。
"""


def test_the_sentence_that_says_the_thing_asked_about_comes_before_its_neighbours(tmp_path_factory: pytest.TempPathFactory) -> None:
    with asking(tmp_path_factory.mktemp("market"), {"纪要.txt": MARKET}) as market:
        assert "自理" in market.ask("临时市场摆摊的水电费也免吗?").answer


BYLAW = """青岭区餐厨垃圾管理办法

第五条 从事餐厨垃圾收运的,应当取得许可证。

第八条 违反本办法第五条规定,逾期不延续许可证的,处二千元罚款。

第九条 未取得许可证从事餐厨垃圾收运的,处三万元罚款。
"""


def test_a_clause_that_states_the_fine_itself_is_not_passed_over_for_one_that_is_referred_to(tmp_path: Path) -> None:
    with asking(tmp_path, {"办法.txt": BYLAW}) as assistant:
        library = assistant.library()
        query = understand("未取得许可证从事收运罚多少钱", library.knowledge)
        gathered = gather(query, library)
        level = replace(gathered, clauses=tuple(replace(scored, score=0.8) for scored in gathered.clauses))
        assert "罚款" in level.clauses[0].clause.own
        assert texts.penalty(query, level) is None
