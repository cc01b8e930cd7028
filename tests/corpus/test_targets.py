"""Figures with unit, bound, period and subject, in documents of several kinds."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.outline import outline
from corpus.targets import targets
from corpus.types import Source, Target


def targets_of(text: str) -> tuple[Target, ...]:
    source = Source(text, "txt")
    return targets(source, outline(source))


def figures(text: str) -> list[tuple[str, str, str]]:
    return [(target.comparator, target.value, target.unit) for target in targets_of(text)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("覆盖率达到98%以上。", (">=", "98", "%")),
        ("采购率不低于90%。", (">=", "90", "%")),
        ("网点控制在40家以内。", ("<=", "40", "家")),
        ("投诉量下降三成以上,事故起数下降20%。", ("-", "20", "%")),
        ("单位能耗降至0.35以下。", ("<=", "0.35", "")),
        ("由16处减少到8处。", ("->", "16-8", "处")),
        ("每年开展3至5个专项检查。", ("=", "3-5", "个/年")),
        ("每半年至少组织一次演练。", (">=", "1", "次/半年")),
        ("教师每3年以课堂教学为主要内容轮训一次。", ("=", "1", "次/3年")),
        ("凌晨2时至5时禁止通行。", ("=", "2-5", "时")),
        ("处五千元以上三万元以下罚款。", ("=", "5000元-3", "万元")),
        ("处二百元以上五百元以下罚款。", ("=", "200-500", "元")),
        ("储备钢叉8把。", ("=", "8", "把")),
        ("排名第二的镇(82.1分)。", ("=", "82.1", "分")),
        ("自收到申请之日起30日内答复。", ("<=", "30", "日")),
        ("培训不少于两周。", (">=", "2", "周")),
        ("产能达到1,200万吨/年。", (">=", "1200", "万吨/年")),
        ("具有学历的人员不低于在职人员的75%。", (">=", "75", "%")),
        ("超过三分之二的村已经达标。", (">", "2/3", "")),
        ("百分之九十以上的小区完成改造。", (">=", "90", "%")),
        ("贮存期限不得超过一年。", ("<=", "1", "年")),
        ("改造提升3个以上小区。", (">=", "3", "个")),
    ],
)
def test_a_figure_is_read_with_its_bound_and_unit(sentence: str, expected: tuple[str, str, str]) -> None:
    assert expected in figures(sentence)


@pytest.mark.parametrize(
    "text",
    [
        "2024年3月29日印发。",
        "云政发〔2024〕5号",
        "落实“三管三必须”和“3人以上岗位”要求。",
        "推进三年行动计划。",
        "违反本条例第三十五条规定的。",
        "32日前报送方案,每月28日前更新。",
        "坚持三位一体,一批一策,一次性告知。",
        "第十四届人大常委会第三次会议通过。",
        "防止二次事故。",
        "3.加强领导。",
        "依托“141”体系和12123平台。",
    ],
)
def test_dates_numbers_of_documents_and_names_are_no_figures(text: str) -> None:
    assert figures(text) == []


def test_the_year_that_governs_a_sentence_is_the_period_and_a_year_of_comparison_is_not() -> None:
    found = targets_of("到2025年,供餐单位覆盖率达到98%,集中采购率不低于90%;到2027年,投诉量较2023年下降30%。")
    assert [(target.value, target.period) for target in found] == [("98", "2025年"), ("90", "2025年"), ("30", "2027年")]


def test_listed_years_and_figures_are_matched_one_to_one() -> None:
    found = targets_of("2020、2021、2022年利用率分别达到80%、82%、85%。")
    assert [(target.period, target.value, target.comparator) for target in found] == [
        ("2020年", "80", ">="),
        ("2021年", "82", ">="),
        ("2022年", "85", ">="),
    ]


def test_a_bare_figure_borrows_its_subject_from_the_clause_before() -> None:
    found = targets_of("货车加装防撞报警系统,2020年完成30%,2021年完成80%。")
    assert all("防撞报警系统" in target.subject for target in found)
    assert [target.period for target in found] == ["2020年", "2021年"]


def test_the_field_before_a_colon_is_part_of_the_subject() -> None:
    found = targets_of("教育领域:新建幼儿园3所。养老领域:新增床位500张。")
    assert [target.subject for target in found] == ["教育领域:新建幼儿园", "养老领域:新增床位"]


def test_a_frequency_without_a_count_is_a_figure() -> None:
    (target,) = targets_of("防汛办每周通报一线巡查情况。")
    assert (target.value, target.span.start) == ("每周", 3)


def test_a_figure_in_brackets_has_a_subject_of_its_own() -> None:
    regular, special = targets_of("校长每学期带队检查1次(寄宿制学校每月至少检查1次)。")
    assert (regular.unit, special.unit) == ("次/学期", "次/月")
    assert "寄宿制学校" not in regular.subject and "寄宿制学校" in special.subject


def test_the_number_of_a_row_is_not_read_into_a_year() -> None:
    assert figures("2.2024年建成3座水库。") == [("=", "3", "座")]


@given(st.text(alphabet="每年2024十百万元%个次、。,至以上达到(“”)\n", max_size=200))
def test_spans_hold_the_figure_and_lie_in_the_clause(text: str) -> None:
    for target in targets(Source(text, "txt"), ()):
        assert 0 <= target.span.start < target.span.end <= len(text)
        assert target.clause.start <= target.span.end and target.clause.end <= len(text)


@pytest.mark.parametrize("seed", ["四个", "1,", "百分之", "每年", "\n", "达到80%、", "2024年"])
def test_a_long_monotonous_text_is_read_in_linear_time(seed: str) -> None:
    text = (seed * 20000)[:20000]
    started = time.process_time()
    targets(Source(text, "txt"), ())
    assert time.process_time() - started < 3
