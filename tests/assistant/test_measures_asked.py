"""In what measure a figure is wanted, and which of the members that a text tells apart: pay, length, rhythm, time limit, second place."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant import Assistant
from assistant.question.measured import measure_word
from assistant.question.members import held_against
from tests.assistant.asking import asking

DEPOT = """青桥县公共自行车管理办法

第一条 网点分为一级、二级、三级。一级网点停车桩不少于60个,二级网点停车桩不少于40个,三级网点停车桩不少于20个。
第二条 车辆每两年更新一次,轮胎每季度检查一次。发现刹车失灵的,2小时内贴出停用标志,24小时内修好。
第三条 调度员共12名,每人每月补贴1500元。夜班调度每班补助80元,白班调度每班补助50元。
第四条 专用车道长度不少于3公里、宽度不小于2.5米。
第五条 年度考评第一名的网点奖励9000元,第二名奖励6000元。
第六条 运营单位应当于每月8日前将上月骑行数据报送县交通运输局,县交通运输局应当于每月12日前汇总报县政府办公室。
第七条 县级维修队不少于30人,每个乡镇不少于6人。

附表 2026年网点建设计划

序号 网点名称 地点 建设内容 总投资(万元) 2026年投资(万元)

一、新建网点
1
东门网点
东门街道
停车桩40个,雨棚120平方米
36
20
2
柳溪公园网点
柳溪镇
停车桩60个,专用车道0.8公里
75
48

二、改建网点
3
河湾小区网点
河湾街道
停车桩30个
12
9
"""


@pytest.fixture(scope="module")
def depot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with asking(tmp_path_factory.mktemp("depot"), {"办法.txt": DEPOT}) as assistant:
        yield assistant


@pytest.mark.parametrize(
    ("question", "measure"),
    [
        ("管理员一个月给多少", "元"),
        ("铺多长的管子", "米"),
        ("施工要多长时间", "久"),
        ("办法几年改一版", "久"),
        ("星级几年评一回", "久"),
        ("频次是一年几次", "次"),
        ("管子多粗", "米"),
        ("包裹最重多重", "公斤"),
        ("合格率要做到多高", "%"),
        ("一年给几套", "套"),
    ],
)
def test_the_measure_follows_from_how_it_is_asked(question: str, measure: str) -> None:
    assert measure_word(question) == measure


@pytest.mark.parametrize(
    ("asked", "around", "said"),
    [
        ("二级响应多久报一次", ("每3小时报告一次", "(三)iii级响应"), ["other"]),
        ("个人罚多少", ("对个人处200元",), ["same"]),
        ("这里有几个人", ("单位负责人1人",), []),
        ("重大事件多久报告", ("较大以上事件30分钟内报告",), []),
        ("个人和单位各罚多少", ("对单位处1万元",), []),
    ],
)
def test_members_are_told_apart(asked: str, around: tuple[str, ...], said: list[str]) -> None:
    assert [verdict for _, verdict, _ in held_against(asked, around)] == said


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        ("调度员一个月给多少", "1500元", "12名"),
        ("自行车几年换新一批,多久更新一次", "两年", "季度"),
        ("刹车失灵多久之内要修好", "24小时内修好", "两年"),
        ("晚上调度每班补多少", "80元", "50元"),
        ("二级网点要有几个停车桩", "40个", "60个"),
        ("乡镇的维修队最少几个人", "6人", "30人"),
        ("考评排第二的网点奖多少", "6000元", "9000元"),
        ("专用车道要多宽", "2.5米", "3公里"),
        ("东门网点今年投多少钱", "20万元", "36"),
        ("柳溪公园网点的车道有多长", "0.8公里", "3公里"),
        ("上月骑行数据几号前交给谁", "县交通运输局", "县政府办公室"),
    ],
)
def test_the_figure_of_the_kind_and_the_member_asked_for(depot: Assistant, question: str, told: str, untold: str) -> None:
    answer = depot.ask(question).answer
    assert told in answer
    assert untold not in answer
