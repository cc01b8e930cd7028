"""Tasks picked by what a question says stands below a heading of their list, by year and day said apart, and by the subject of a meeting."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant import Assistant
from tests.assistant.asking import asking

LIST = """澄川县渡口整改通报

附表 渡口整改问题清单

编号\t所在地\t问题描述\t整改措施\t责任单位\t督办单位\t整改时限\t状态
DK-01\t柳滩镇\t救生衣缺少20件\t补齐器材\t柳滩镇人民政府\t县交通运输局\t2024年5月31日\t整改中
DK-02\t柳滩镇北渡\t码头护栏锈断\t更换护栏\t柳滩镇人民政府\t县水利局\t2024年6月30日\t已完成
DK-03\t石矶镇\t救生衣缺少8件\t补齐器材\t石矶镇人民政府\t县交通运输局\t2024年6月30日\t整改中
DK-04\t枣林镇\t渡船未年检\t申请检验\t枣林镇人民政府\t县交通运输局\t2025年6月30日\t整改中
"""
MINUTES = """澄川县人民政府专题会议纪要
〔2024〕3号
关于研究渡口改桥有关问题的会议纪要

一、关于改建任务。由县交通运输局牵头,县水利局配合,10月底前开工。
二、关于资金筹措。由县财政局、县交通运输局共同负责争取补助资金。
三、关于渡口值守。县交通运输局负责在改桥前安排专人值守。
"""
DEEDS = """澄川县政府工作报告
——2024年1月12日在澄川县第十届人民代表大会第三次会议上

一、2024年民生实事
1.新建口袋公园3处(县城市管理局,9月底前)。
2.改造农贸市场2个(县商务局,11月底前)。
3.新增公交线路4条(县交通运输局、县公安局,9月底前)。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with asking(tmp_path_factory.mktemp("columns"), {"清单.txt": LIST, "纪要.txt": MINUTES, "报告.txt": DEEDS}) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "told", "left_out"),
    [
        ("澄川县渡口整改问题清单中,责任单位为柳滩镇人民政府的问题有几个?", ("共2个", "DK-01", "DK-02 柳滩镇北渡 码头护栏锈断"), ("DK-03",)),
        ("澄川县渡口整改问题清单中,整改时限为2024年6月30日的有哪几项?", ("共2项", "DK-02", "DK-03"), ("DK-04",)),
        ("澄川县渡口整改清单里状态是已完成的有哪些?", ("共1个", "DK-02"), ("DK-01",)),
    ],
)
def test_items_are_picked_by_a_heading_and_what_stands_below_it(assistant: Assistant, question: str, told: tuple[str, ...], left_out: tuple[str, ...]) -> None:
    answer = assistant.ask(question).answer
    assert all(part in answer for part in told) and not any(part in answer for part in left_out), answer


def test_what_the_meeting_was_about_narrows_nothing(assistant: Assistant) -> None:
    answer = assistant.ask("澄川县交通运输局在渡口改桥这次会上领了哪些任务?").answer
    assert all(part in answer for part in ("改建任务", "补助资金", "专人值守")), answer


def test_one_office_beside_a_time_limit_closes_an_item_and_a_year_said_apart_keeps_to_the_day(assistant: Assistant) -> None:
    answer = assistant.ask("澄川县2024年民生实事里9月底前要办完的是哪几件?").answer
    assert all(part in answer for part in ("口袋公园", "公交线路")) and "农贸市场" not in answer, answer
    assert "县商务局" in assistant.ask("澄川县改造农贸市场由哪个部门负责?").answer
