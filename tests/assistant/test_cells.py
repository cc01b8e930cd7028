"""Answers from the cells of tables in two small documents."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.answering.draft import Draft
from assistant.answering.evidence import gather
from assistant.compose.cells import cell_answer
from assistant.library.library import Library
from assistant.question.understand import understand
from assistant.types import Turn

STORES = """# 长坪县防火物资储备办法

一、管理

县林业局负责监督检查,每季度检查1次物资储备。

二、储备

长坪县防火物资储备表

| 序号 | 物资名称 | 单位 | 数量 | 存放地点 | 保管人 | 联系电话 |
|---|---|---|---|---|---|---|
| 1 | 风力灭火机 | 台 | 120 | 县林业局仓库 | 赵立新 | 0000-1112301 |
| 2 | 油锯 | 台 | 35 | 县林业局仓库 | 赵立新 | 0000-1112301 |
| 3 | 防火服 | 套 | 450 | 石桥镇仓库 | 孙大勇 |  |

三、响应

| 响应等级 | 启动条件 | 指挥长 |
|---|---|---|
| Ⅰ级（特别重大） | 面积1000公顷以上 | 县长 |
| Ⅱ级（重大） | 面积300公顷以上 | 分管副县长 |
"""
ROSTER = """<html><body><h1>大坝镇2025年6月值班安排表</h1><p>值班电话：0000-5550110。</p>
<table><tr><th>日期</th><th>星期</th><th>带班领导</th><th>值班人员</th><th>驾驶员</th></tr>
<tr><td>6月1日</td><td>星期日</td><td>高远（镇长）</td><td>何平、宋佳</td><td rowspan="3">老马（马有才）</td></tr>
<tr><td>6月2日</td><td>星期一</td><td>罗兰（副镇长）</td><td>宋佳、丁一凡</td></tr>
<tr><td>6月3日</td><td>星期二</td><td>高远（镇长）</td><td>何平、丁一凡</td></tr></table>
<p>水库情况</p>
<table><tr><th>水库名称</th><th>所在村</th><th>汛限水位（米）</th><th>巡查责任人</th></tr>
<tr><td>红星水库</td><td>红星村</td><td>86.50</td><td>白云飞</td></tr>
<tr><td>黄泥水库</td><td>黄泥村</td><td>112.30</td><td>康宁</td></tr>
<tr><td>上坪水库</td><td>红星村</td><td>98.00</td><td>白云飞</td></tr></table></body></html>"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder: Path = tmp_path_factory.mktemp("cells")
    (folder / "stores.md").write_text(STORES, encoding="utf-8")
    (folder / "roster.html").write_text(ROSTER, encoding="utf-8")
    with Assistant.open(folder / "library") as assistant:
        assistant.add([folder / "stores.md", folder / "roster.html"])
        yield assistant.library()


def _asked(question: str, library: Library, *history: str) -> Draft | None:
    query = understand(question, library.knowledge, history=tuple(Turn(h, "") for h in history))
    return cell_answer(query, gather(query, library), library)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("红星水库汛限水位多少", "86.50米"),
        ("红星水库的水位是多少", "86.50米"),
        ("黄泥水库巡查责任人是谁", "康宁"),
        ("黄泥水库谁负责", "康宁"),
        ("6月2号谁带班", "罗兰（副镇长）"),
        ("六月二日的值班人员是哪两个", "宋佳、丁一凡"),
        ("周二谁值班", "何平、丁一凡"),
        ("6月3日谁开车", "老马（马有才）"),
        ("风力灭火机有多少台", "120台"),
        ("防火服放在哪里", "石桥镇仓库"),
        ("油锯谁保管", "赵立新"),
        ("赵立新的电话是多少", "0000-1112301"),
        ("Ⅱ级响应谁当指挥长", "分管副县长"),
        ("一级响应启动条件是什么", "面积1000公顷以上"),
    ],
)
def test_a_row_and_a_column_give_the_cell(question: str, answer: str, library: Library) -> None:
    draft = _asked(question, library)
    assert draft is not None and draft.text == answer


def test_the_row_is_cited_with_the_cell_marked_under_its_heading_path(library: Library) -> None:
    draft = _asked("油锯有多少台", library)
    assert draft is not None
    (quote,) = draft.quotes
    text = quote.document.text
    assert quote.span.of(text) == "2 | 油锯 | 台 | 35 | 县林业局仓库 | 赵立新 | 0000-1112301"
    assert [h.of(text) for h in quote.highlights] == ["35"]
    assert quote.path[-1] == "二、储备"


def test_a_merged_cell_is_cited_where_it_stands(library: Library) -> None:
    draft = _asked("6月3日谁开车", library)
    assert draft is not None
    row, home = draft.quotes
    assert row.span.of(row.document.text).startswith("6月3日")
    assert [h.of(home.document.text) for h in home.highlights] == ["老马（马有才）"]


def test_a_name_gives_all_rows_that_hold_it(library: Library) -> None:
    draft = _asked("大坝镇高远6月几号带班", library)
    assert draft is not None and draft.text == "6月1日、6月3日" and len(draft.quotes) == 2
    which = _asked("哪些水库在红星村", library)
    assert which is not None and which.text == "红星水库、上坪水库"


def test_rows_that_hold_a_name_are_counted(library: Library) -> None:
    draft = _asked("高远镇长6月上旬带几天班", library)
    assert draft is not None and draft.text == "2天(6月1日、6月3日)"


def test_two_rows_are_compared_higher_first(library: Library) -> None:
    draft = _asked("红星水库和黄泥水库哪个汛限水位高?", library)
    assert draft is not None and draft.text == "黄泥水库更高:黄泥水库112.30米;红星水库86.50米"
    claim = _asked("汛限水位红星比上坪高?", library)
    assert claim is not None and claim.text.startswith("不是,上坪水库更高")
    apart = _asked("红星水库和黄泥水库汛限水位相差多少", library)
    assert apart is not None and "相差25.80米" in apart.text


def test_the_largest_of_a_column_is_named_with_its_figure(library: Library) -> None:
    draft = _asked("哪个水库汛限水位最高", library)
    assert draft is not None and draft.text == "黄泥水库(112.30米)"


def test_several_columns_are_told_in_the_order_asked(library: Library) -> None:
    draft = _asked("黄泥水库的责任人是谁,汛限水位多少", library)
    assert draft is not None and draft.text == "巡查责任人:康宁;汛限水位:112.30米"


def test_the_columns_of_a_table_are_its_headings(library: Library) -> None:
    draft = _asked("值班安排表有哪些列", library)
    assert draft is not None and draft.text == "共5列:日期、星期、带班领导、值班人员、驾驶员"


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("石门水库汛限水位是多少", "石门水库"),
        ("大坝镇6月15日谁值班", "6月15日"),
        ("大坝镇7月值班表", "7月"),
        ("红星水库坝高是多少", "坝高"),
        ("红星水库死水位多少", "死水位"),
        ("防火服的联系电话是多少", "没有填写"),
    ],
)
def test_what_the_table_does_not_have_is_said(question: str, reason: str, library: Library) -> None:
    draft = _asked(question, library)
    assert draft is not None and draft.text == "" and reason in draft.missing


@pytest.mark.parametrize(
    "question", ["谁负责监督检查物资储备", "多久检查一次物资储备", "大坝镇值班电话是多少", "6月2日值班电话是多少", "县林业局负责什么", "6月1日前要完成哪些任务"]
)
def test_a_question_about_the_text_is_left_to_others(question: str, library: Library) -> None:
    assert _asked(question, library) is None


def test_a_follow_up_takes_row_or_column_from_the_question_before(library: Library) -> None:
    other_row = _asked("黄泥水库呢?", library, "红星水库汛限水位多少")
    assert other_row is not None and other_row.text == "112.30米"
    other_column = _asked("责任人是谁", library, "红星水库汛限水位多少")
    assert other_column is not None and other_column.text == "白云飞"


YEARS = """# 青禾市制造业行动方案

一、目标

| 序号 | 指标 | 单位 | 2023年（基期） | 2024年 | 2025年 | 2026年 |
|---|---|---|---|---|---|---|
| 1 | 绿色工厂数量 | 家 | 40 | 55 | 70 | 90 |
| 2 | 算力规模 | PFLOPS | 20 | 35 | 60 | 100 |
| 3 | 设备数控化率 | % | 51.5 | 54 | 58 | 62 |
"""
BENEFITS = """# 白塔县居民医疗保险问答

一、住院待遇

| 医院级别 | 起付标准（元） | 支付比例（2025年） | 支付比例（2026年） |
|---|---|---|---|
| 二级医院 | 400 | 72% | 76% |
| 三级医院 | 800 | 58% | 63% |
| 市外转诊 | 1000 | 45% | 52% |
"""
TASKS = """# 云屏区2025年民生实事任务分解表

| 序号 | 重点任务 | 目标要求 | 牵头领导 | 牵头单位 | 责任单位 | 完成时限 |
|---|---|---|---|---|---|---|
| 1 | 老旧小区加装电梯 | 加装电梯30部，每部补贴18万元 | 路明远 | 区住建局 | 区财政局、区市场监管局 | 2025年12月 |
| 2 | 农贸市场提升 | 改造农贸市场3家 | 路明远 | 区商务局 | 区市场监管局 | 2025年9月 |
| 3 | 健康筛查 | 筛查8000人 | 苗青 | 区卫健局 | 区妇联 | 2025年12月 |
"""


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder: Path = tmp_path_factory.mktemp("plans")
    files = [folder / "years.md", folder / "benefits.md", folder / "tasks.md"]
    for file, text in zip(files, (YEARS, BENEFITS, TASKS), strict=True):
        file.write_text(text, encoding="utf-8")
    with Assistant.open(folder / "library") as assistant:
        assistant.add(files)
        yield assistant.library()


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("青禾市绿色工厂2025年要有多少家", "70家"),
        ("青禾到2026年算力达到多少", "100PFLOPS"),
        ("青禾市绿色工厂2024年和2026年目标差多少", "2024年55家;2026年90家;相差35家"),
        ("设备数控化率26年比25年提高多少", "2025年58%;2026年62%;相差4个百分点"),
        ("青禾市绿色工厂哪年达到70家", "2025年(70家)"),
        ("青禾市绿色工厂数量目标是多少", "2023年（基期）:40家;2024年:55家;2025年:70家;2026年:90家"),
        ("白塔县2026年三甲住院能报百分之几", "63%"),
        ("白塔二级医院2025年报销比例", "72%"),
        ("白塔县2026年三级医院起付线多少", "800元"),
        ("白塔县二级和三级医院起付线", "二级医院:400元\n三级医院:800元"),
    ],
)
def test_a_column_that_stands_for_a_year_is_taken_by_the_year_asked(question: str, answer: str, plans: Library) -> None:
    draft = _asked(question, plans)
    assert draft is not None and draft.text == answer


def test_a_year_without_a_column_is_refused_with_the_years_there_are(plans: Library) -> None:
    draft = _asked("青禾市绿色工厂2028年要多少家", plans)
    assert draft is not None and draft.text == "" and "2028年" in draft.missing and "2026年" in draft.missing


def test_a_follow_up_keeps_the_row_for_a_new_year_and_the_year_for_a_new_row(plans: Library) -> None:
    other_year = _asked("那2026年呢", plans, "青禾市2025年绿色工厂目标多少")
    assert other_year is not None and other_year.text == "90家"
    other_row = _asked("市外转诊的呢", plans, "白塔2026年三级医院住院报多少")
    assert other_row is not None and other_row.text == "52%"


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("云屏区装一部电梯补多少", "每部补贴18万元"),
        ("云屏路明远牵头了几项", "共2项:\n1. 老旧小区加装电梯\n2. 农贸市场提升"),
        ("云屏区苗青负责牵头哪些任务", "共1项:\n3. 健康筛查"),
        ("市场监管局在云屏民生实事里当责任单位的有哪些", "共2项:\n1. 老旧小区加装电梯\n2. 农贸市场提升"),
        ("云屏区12月完成的有几项", "共2项:\n1. 老旧小区加装电梯\n3. 健康筛查"),
    ],
)
def test_a_task_list_answers_from_the_columns_that_no_duty_holds(question: str, answer: str, plans: Library) -> None:
    draft = _asked(question, plans)
    assert draft is not None and draft.text == answer


@pytest.mark.parametrize("question", ["青禾市绿色工厂由谁负责", "云屏区农贸市场提升由谁牵头", "区住建局牵头哪些任务", "青禾市今年财政收入多少", "云屏区农贸市场每家补多少"])
def test_duties_and_other_figures_are_left_to_others(question: str, plans: Library) -> None:
    assert _asked(question, plans) is None


def test_the_rows_of_a_table_are_counted_by_their_heading(plans: Library) -> None:
    draft = _asked("青禾市制造业方案有几个指标", plans)
    assert draft is not None and draft.text.startswith("共3个:绿色工厂数量")
