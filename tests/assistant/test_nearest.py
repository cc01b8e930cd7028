"""The nearest task where a better sentence names nobody; the rule in force beside the former one; what an office has to do; the next year."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant import Assistant
from tests.assistant.asking import asking, continued

PLAN = """柳川县养老服务实施方案

一、重点任务

1.改造县中心敬老院。对县中心敬老院实施整体改造,新增床位180张。(牵头单位:县民政局;责任单位:县财政局)

2.建设区域中心。2025年底前护理型床位占比达到60%,2026年底前达到68%。(牵头单位:县卫健局)

二、资金保障

县财政安排专项资金3170万元(不含县中心敬老院改造项目资金)。
"""
RULES = """柳川市停车收费通告

一、一类区域原规定首小时6元,现降为首小时5元。

二、成员单位职责

市城管局:负责停车秩序巡查和乱停整治。
市公安局:施划停车泊位,查处违法停车。
市发改委:制定停车收费标准,开展监测。
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with asking(tmp_path_factory.mktemp("nearest"), {"plan.txt": PLAN, "rules.txt": RULES}) as assistant:
        yield assistant


def test_a_sentence_that_names_nobody_gives_way_to_the_task_it_speaks_of(library: Assistant) -> None:
    assert library.ask("县中心敬老院改造这个项目由谁牵头?").answer == "县民政局"


def test_a_task_that_is_not_there_has_no_lead(library: Assistant) -> None:
    assert library.ask("县中心医院改造由谁牵头?").status == "refused"


def test_what_once_held_is_not_given_for_what_holds(library: Assistant) -> None:
    answer = library.ask("一类区域停车首小时多少钱?").answer
    assert "5元" in answer and "6元" not in answer


def test_the_former_rule_is_given_when_it_is_asked_for(library: Assistant) -> None:
    assert "6元" in library.ask("一类区域停车原规定首小时多少钱?").answer


def test_what_an_office_has_to_see_to_are_its_tasks(library: Assistant) -> None:
    answer = library.ask("停车这块,市公安局都要管些什么?")
    assert answer.kind == "reverse" and "施划停车泊位" in answer.answer and "收费标准" not in answer.answer


def test_the_year_after_is_that_after_the_one_asked_about(library: Assistant) -> None:
    assert "68%" in continued(library, "2025年底护理型床位占比要到多少?", "那后一年呢?").answer


GRANTS = """澜川市冷链物流若干措施

一、合作社自建预冷点的,按设备投资额的40%给予补助,单个最高30万元。

二、所称“断链”,是指食品在运输环节脱离规定温度连续超过30分钟的情形。

三、小型工程实行“并网一批、改造一批、退出一批”。

四、枫岭集配中心因用地调整,开工时间推迟到2026年。枫岭集配中心总投资1.9亿元,由枫岭县政府建设。

五、乡镇接到灾情后30分钟内电话报市指挥部办公室。

解读人:郗婉宁    咨询电话:0598-61240337
"""


@pytest.fixture(scope="module")
def grants(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with asking(tmp_path_factory.mktemp("grants"), {"grants.txt": GRANTS}) as assistant:
        yield assistant


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("合作社自己建一个预冷点能补多少?", ("40%", "30万元")),
        ("什么情况算“断链”?", ("脱离规定温度", "30分钟")),
        ("小型工程的“三个一批”是哪几批?", ("并网一批", "退出一批")),
        ("枫岭集配中心为啥推到2026年才开工?", ("用地调整",)),
        ("乡镇接到灾情,电话多久内要打到指挥部?", ("30分钟",)),
        ("政策解读打哪个电话,找谁?", ("0598-61240337", "郗婉宁")),
    ],
)
def test_an_answer_is_whole(grants: Assistant, question: str, said: tuple[str, ...]) -> None:
    answer = grants.ask(question).answer
    assert all(part in answer for part in said), answer
