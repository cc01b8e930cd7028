"""Terms that a document explains, in the ways it explains them; terms it only quotes get nothing."""

from __future__ import annotations

import time

import pytest

from corpus.definitions import definitions
from corpus.lists import count_term
from corpus.outline import outline
from corpus.types import Definition, Source


def definitions_of(text: str) -> tuple[Definition, ...]:
    source = Source(text, "txt")
    return definitions(source, outline(source))


def meanings(text: str) -> dict[str, str]:
    return {definition.term.value: definition.meaning.value for definition in definitions_of(text)}


@pytest.mark.parametrize(
    ("text", "term", "meaning"),
    [
        ("整治“三乱”(乱停车、乱堆放、乱搭建)现象。", "三乱", "乱停车、乱堆放、乱搭建"),
        ("整治乱停车、乱堆放、乱搭建(“三乱”)。", "三乱", "乱停车、乱堆放、乱搭建"),
        ("做到人员、物资、预案、演练“四落实”。", "四落实", "人员、物资、预案、演练"),
        ("推行“看、问、查、记”四步法。", "四步法", "看、问、查、记"),
        ("分别用红、橙、黄、蓝四种颜色标示。", "四种颜色", "红、橙、黄、蓝"),
        ("宿舍区、教学区、运动区和食堂实行四区分离。", "四区分离", "宿舍区、教学区、运动区和食堂"),
        ("以有场所、有人员、有制度的“三有”为标准。", "三有", "有场所、有人员、有制度"),
        ("全面开展查堤防,查涵闸,查物资3项检查。", "3项检查", "查堤防,查涵闸,查物资"),
        ("围绕“三个聚焦”,即聚焦课堂、聚焦教师、聚焦质量,深化改革。", "三个聚焦", "聚焦课堂、聚焦教师、聚焦质量"),
        ("本条例所称电动自行车，是指以蓄电池为能源的两轮自行车。", "电动自行车", "以蓄电池为能源的两轮自行车"),
        ("危险区是指受山洪威胁的区域。", "危险区", "受山洪威胁的区域"),
        ("市公安机关交通管理部门(以下简称“交管部门”)负责登记。", "交管部门", "市公安机关交通管理部门"),
        ("执行《云溪市物业管理条例》(以下简称《条例》)。", "《条例》", "《云溪市物业管理条例》"),
        ("1级为重大风险,2级为较大风险。", "1级", "重大风险"),
        ("评估为A级(高安全风险)的不予批准。", "A级", "高安全风险"),
        ("探索推进结对教研(城区学校、乡村学校共同备课、听课,共享课件)。", "结对教研", "城区学校、乡村学校共同备课、听课,共享课件"),
        ("学习“一法一条例”(《防洪法》《江南省防汛条例》)。", "一法一条例", "《防洪法》《江南省防汛条例》"),
    ],
)
def test_a_term_is_explained(text: str, term: str, meaning: str) -> None:
    assert meanings(text).get(term) == meaning


@pytest.mark.parametrize(
    "text",
    [
        "落实“十有两禁”要求,推进“4353”体系建设。",
        "按照“四个一律”要求,严厉打击违法行为,切实维护秩序。",
        "坚持“1+2+N”模式,开展检查、巡查、督查。",
        "完成学校、医院、“两客一危”企业排查。",
        "实现“两个维护”,增强责任意识、法治意识、风险意识。",
        "落实“三同时”(责任单位:县教育局、县住建局)。",
        "实行“一校一策”、“一班一案”。",
    ],
)
def test_a_term_that_is_only_quoted_has_no_definition(text: str) -> None:
    assert definitions_of(text) == ()


def test_the_count_in_a_term_chooses_the_list_of_as_many_members() -> None:
    (definition,) = definitions_of("强化宣传引导,落实责任、措施、资金、时限和预案“五到位”,实现闭环。")
    assert [member.value for member in definition.members] == ["责任", "措施", "资金", "时限", "预案"]


def test_a_term_is_explained_by_clauses_that_name_each_part_as_often_as_it_counts() -> None:
    text = "建立“两检查一报告”制度,校长每月检查1次,分管校长每周检查1次,食堂每日报告情况。"
    (definition,) = definitions_of(text)
    assert [member.value[:4] for member in definition.members] == ["校长每月", "分管校长", "食堂每日"]


def test_a_term_of_a_heading_is_explained_by_a_list_of_its_section_that_repeats_the_key() -> None:
    text = "一、执法\n1.坚持“三铁”执法。坚持铁手腕、铁面孔、铁心肠严格查处。\n2.公开结果。"
    assert meanings(text)["三铁"] == "铁手腕、铁面孔、铁心肠"


def test_every_meaning_is_verbatim() -> None:
    text = "企业“三违”（违章指挥、违章操作、 违反劳动纪律）下降。"
    (definition,) = definitions_of(text)
    assert definition.meaning.span.of(text) == "违章指挥、违章操作、 违反劳动纪律"
    assert definition.meaning.value == "违章指挥、违章操作、违反劳动纪律"


@pytest.mark.parametrize(("term", "total"), [("三违", 3), ("一优三减", 4), ("两述职一报告", 3), ("三位一体", 3), ("五个一", 5), ("九小场所", 9)])
def test_a_counting_term_is_read(term: str, total: int) -> None:
    counted = count_term(term)
    assert counted is not None and counted.total == total


@pytest.mark.parametrize("term", ["4353", "一企一清单", "第一", "回头看", "零增长"])
def test_other_terms_do_not_count(term: str) -> None:
    assert count_term(term) is None


@pytest.mark.parametrize("seed", ["“三违”", "“三违”(", "是指", "A、", "四个"])
def test_a_long_monotonous_text_is_read_in_linear_time(seed: str) -> None:
    text = (seed * 20000)[:20000]
    started = time.process_time()
    definitions(Source(text, "txt"), ())
    assert time.process_time() - started < 4


def test_a_quoted_term_may_be_explained_by_指_alone() -> None:
    assert [(d.term.value, d.meaning.value) for d in definitions_of("“一车一充”指交旧时车辆、充电器一并交回。")] == [("一车一充", "交旧时车辆、充电器一并交回")]
