"""Reasons not to answer that lie in the question itself."""

from collections.abc import Iterator

import pytest

from assistant.answering.evidence import gather
from assistant.answering.premises import level_problem, premise_problem, scope_problem
from assistant.library.library import Library
from assistant.question.understand import understand
from tests.assistant.asking import asking
from tests.conftest import AssistantOf

PLAN = """青岭区消防整治三年行动方案(2024—2026年)

一、主要任务

(一)建设集中充电桩。新建电动自行车集中充电桩1200个。(牵头单位:区住建局;完成时限:2025年9月底)

(二)整治燃气隐患。安装燃气泄漏报警器。(责任单位:区商务局)

附件1

重点单位名册

一、青岭大厦。
"""
RULES = """泽安县养犬管理办法

第一章 总则

第一条 依据《动物防疫法》制定本办法。

第二章 附则

第二条 本办法自2024年7月1日起施行。
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with asking(tmp_path_factory.mktemp("premises"), {"方案.txt": PLAN, "办法.txt": RULES}) as assistant:
        yield assistant.library()


def of_scope(question: str, library: Library) -> str:
    return scope_problem(understand(question, library.knowledge), library)


def of_premise(question: str, library: Library) -> str:
    query = understand(question, library.knowledge)
    return premise_problem(query, gather(query, library), library)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("云岭市充电桩由谁牵头", "云岭市"),
        ("2031年要建多少充电桩", "2031"),
        ("青岭区方案附件4讲什么", "附件4"),
        ("泽安县养犬管理办法第九条", "第九条"),
        ("《动物防疫法》第三条怎么规定", "动物防疫法"),
        ("《动物防疫法》的罚则有哪些", "动物防疫法"),
    ],
)
def test_what_the_library_does_not_have_is_named(library: Library, question: str, said: str) -> None:
    assert said in of_scope(question, library)


@pytest.mark.parametrize(
    "question",
    [
        "充电桩由谁牵头",
        "2025年要建多少充电桩",
        "2027年和2025年的目标",
        "青岭区方案附件1讲什么",
        "泽安县养犬管理办法第二条讲什么",
        "泽安县养犬管理办法依据什么制定",
    ],
)
def test_what_the_library_has_is_no_problem(library: Library, question: str) -> None:
    assert of_scope(question, library) == ""


def test_a_wrong_lead_taken_for_granted_is_corrected(library: Library) -> None:
    problem = of_premise("既然区城管局牵头充电桩,为什么没建完", library)
    assert "区城管局" in problem and "而是区住建局" in problem


def test_a_right_lead_taken_for_granted_is_not_corrected(library: Library) -> None:
    assert "前提不成立" not in of_premise("既然区住建局牵头充电桩,什么时候建完", library)


def test_a_reason_that_is_asked_for_is_said_to_be_missing(library: Library) -> None:
    assert "原因" in of_premise("为什么要新建充电桩", library)


def test_a_plain_question_presumes_nothing(library: Library) -> None:
    assert of_premise("充电桩由区城管局牵头吗", library) == ""


@pytest.mark.parametrize(
    ("question", "evidence", "said"),
    [
        ("乡镇充电桩每周巡查几次", "市充电桩每周巡查3次", "乡镇充电桩"),
        ("村级充电桩每周巡查几次", "县级充电桩每周巡查2次", "村级充电桩"),
        ("乡镇充电桩每周巡查几次", "各镇(街道)充电桩每周巡查1次", ""),
        ("县级充电桩每周巡查几次", "县(市、区)充电桩每周巡查2次", ""),
        ("充电桩每周巡查几次", "市充电桩每周巡查3次", ""),
    ],
)
def test_a_thing_of_another_level_is_not_the_thing_asked(question: str, evidence: str, said: str, library: Library) -> None:
    problem = level_problem(understand(question, library.knowledge), evidence)
    assert said in problem and bool(problem) == bool(said)


def test_the_articles_of_a_law_that_is_not_there_are_not_counted(assistant_of: AssistantOf) -> None:
    answer = assistant_of("泽安县办法\n\n第一条 依照《山南省安全责任追究办法》制定本办法。\n\n第二条 县应急局负责落实。\n").ask("《山南省安全责任追究办法》一共多少条?")
    assert answer.abstained and "山南省安全责任追究办法" in answer.reason
