"""What has to be reckoned from the rows of tables and from items that say the same of one thing after another."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Answer, Assistant

ROADS = """# 云川县农村道路建设计划

现将有关事项通知如下。

## 一、道路项目

2025年农村道路建设计划表(单位:万元)

| 片区 | 道路名称 | 里程(公里) | 投资 | 补助比例 | 状态 | 责任人 |
|---|---|---|---|---|---|---|
| 东片 | 石桥路 | 4.5 | 320 | 60% | 完工 | 方立新 |
| 东片 | 桃林路 | 7.2 | 510 | 50% | 未开工 | 方立新 |
| 东片小计 | | 11.7 | 830 | | | |
| 西片 | 河湾路 | 3 | 260 | 70% | 在建 | 庄文海 |
| 西片 | 云岭路 | 9.8 | 880 | 40% | 完工 | 庄文海 |
| 西片 | 马头路 | 2.1 | 150 | 60% | 完工 | 方立新 |
| 西片小计 | | 14.9 | 1290 | | | |
| 合计 | | 26.6 | 2120 | | | |

## 二、物资

应急物资一览表

| 物资 | 数量 | 存放点 |
|---|---|---|
| 编织袋 | 3000条 | 县仓库 |
| 水泵 | 12台 | 县仓库 |
| 抽水车 | 2辆 | 石桥站 |

## 三、桥梁

桥梁检测情况表

| 桥名 | 桥长(米) | 评定结果 | 维修费(万元) |
|---|---|---|---|
| 红旗桥 | 120 | 良好 | 12 |
| 东风桥 | 85 | 差 | |
| 新河桥 | 64 | 良好 | 8 |
| 老石桥 | 30 | 优秀 | 0 |

## 四、年度目标

年度指标表

| 指标 | 2024年(基数) | 2025年 | 2026年 | 2027年 |
|---|---|---|---|---|
| 新建农村公路(公里) | — | 30 | 40 | 50 |
| 公路优良率(%) | 80 | 84 | 88 | 92 |
| 通公交行政村(个,累计) | 60 | 70 | 85 | 96 |

## 五、护路站

护路站设置:(1)石桥站,护路员6人,巡查车2辆,由县公路局管理;(2)桃林站,护路员4人,巡查车1辆,由桃林镇管理;(3)河湾站,护路员9人,巡查车3辆,由县公路局管理。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder: Path = tmp_path_factory.mktemp("roads")
    (folder / "roads.md").write_text(ROADS, encoding="utf-8")
    with Assistant.open(folder / "library") as opened:
        opened.add([folder / "roads.md"])
        yield opened


def _cited(answer: Answer) -> str:
    return "\n".join(c.quote for c in answer.citations)


@pytest.mark.parametrize(
    ("question", "starts"),
    [
        ("云川县农村道路计划总投资一共多少", "2120万元"),  # the line of totals is read, subtotals are not added to it
        ("西片的道路加起来多少公里", "合计14.9公里:河湾路3公里、云岭路9.8公里、马头路2.1公里"),
        ("石桥路和河湾路一共投资多少", "合计580万元"),
        ("方立新负责的道路总共多少公里", "合计13.8公里"),
        ("方立新负责几条路", "共3条:石桥路、桃林路、马头路"),
        ("完工的道路有几条", "共3条:石桥路、云岭路、马头路"),
        ("计划表里还没开工的是哪条路", "桃林路"),
        ("投资超过300万元的道路有哪些", "石桥路(320万元)、桃林路(510万元)、云岭路(880万元)"),
        ("里程不到4公里的道路有几条", "共2条:河湾路(3公里)、马头路(2.1公里)"),
        ("哪条路投资最大", "云岭路(880万元)"),
        ("里程最短的是哪条路", "马头路(2.1公里)"),
        ("投资排第二的是哪条路", "桃林路(510万元)"),
        ("投资最少的两条路是哪些", "马头路(150万元)、河湾路(260万元)"),
        ("云岭路的投资是石桥路的几倍", "2.75倍"),
        ("云岭路的投资占全部的百分之几", "41.51%"),
        ("道路平均投资多少", "424万元"),
        ("哪座桥评定为优秀", "老石桥"),
        ("桥长超过80米的有几座桥", "共2座:红旗桥(120米)、东风桥(85米)"),
        ("2025年到2027年一共新建农村公路多少公里", "合计120公里:2025年30公里、2026年40公里、2027年50公里"),
        ("通公交的行政村三年一共多少个", "96个(到2027年的累计数)"),
        ("公路优良率最后一年要达到多少", "92%"),
        ("三个护路站一共多少名护路员", "合计19人:石桥站6人、桃林站4人、河湾站9人"),
        ("护路员最多的是哪个站", "河湾站(9人)"),
        ("由县公路局管理的护路站有几个", "共2个:石桥站、河湾站"),
        ("巡查车2辆以上的护路站有哪些", "石桥站(2辆)、河湾站(3辆)"),
    ],
)
def test_rows_are_reckoned_with(assistant: Assistant, question: str, starts: str) -> None:
    answer = assistant.ask(question)
    assert answer.status == "answered", answer.reason
    assert answer.answer.startswith(starts), answer.answer


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("各条道路的补助比例加起来是多少", "不能相加"),
        ("应急物资一览表里物资数量一共多少", "单位不同"),
        ("桥梁维修费一共多少万元", "没有填写"),
        ("北片的道路一共多少公里", ""),
    ],
)
def test_what_cannot_be_added_up_is_refused_with_the_reason(assistant: Assistant, question: str, reason: str) -> None:
    answer = assistant.ask(question)
    assert answer.status == "refused", answer.answer
    assert reason in answer.reason, answer.reason


def test_every_figure_that_is_added_is_cited(assistant: Assistant) -> None:
    answer = assistant.ask("西片的道路加起来多少公里")
    assert all(name in _cited(answer) for name in ("河湾路", "云岭路", "马头路", "里程"))
    assert "石桥路" not in _cited(answer) and "计算得出" in answer.answer


def test_a_line_of_totals_that_does_not_add_up_is_said(tmp_path: Path) -> None:
    path = tmp_path / "homes.txt"
    path.write_text("清河片区改造进度表\n\n小区 栋数 户数 状态\n青石里 12 438 完工\n新村 14 521 在建\n铁路小区 8 276 在建\n合计 34 1335\n", encoding="utf-8")
    with Assistant.open(tmp_path / "library") as assistant:
        assistant.add([path])
        answer = assistant.ask("清河片区改造进度表里一共多少户")
        assert answer.answer == "1335户"
        assert any("1235户" in note and "不一致" in note for note in answer.notes)
        assert assistant.ask("清河片区在建的小区一共多少户").answer.startswith("合计797户")


def test_the_text_comes_before_an_excerpt(tmp_path: Path) -> None:
    """A table may list some of many: what the text states as the whole is the answer, and what the rows add up to is said."""
    path = tmp_path / "posts.md"
    path.write_text(
        "# 安澜市事业单位公开招聘公告\n\n安澜市事业单位面向社会公开招聘工作人员76名。\n\n部分岗位表\n\n| 单位 | 岗位 | 人数 |\n|---|---|---|\n| 市第一中学 | 物理教师 | 4 |\n| 市第一中学 | 数学教师 | 2 |\n| 市医院 | 护士 | 12 |\n",
        encoding="utf-8",
    )
    with Assistant.open(tmp_path / "library") as assistant:
        assistant.add([path])
        answer = assistant.ask("安澜市事业单位一共公开招聘多少工作人员")
        assert "76" in answer.answer and any("18" in note for note in answer.notes)
        assert assistant.ask("市一中招几个人").answer.startswith("合计6人")
        assert assistant.ask("市一中有几个岗位").answer == "共2个:物理教师、数学教师"
