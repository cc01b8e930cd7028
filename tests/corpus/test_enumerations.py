"""Lists of a document: runs, headings, inline lists, lists with a number."""

from __future__ import annotations

import time

import pytest

from corpus.enumerations import enumerations
from corpus.outline import outline
from corpus.types import Enumeration, Source


def enumerations_of(text: str) -> tuple[Enumeration, ...]:
    source = Source(text, "txt")
    return enumerations(source, outline(source))


def find(text: str, kind: str) -> Enumeration:
    return next(found for found in enumerations_of(text) if found.kind == kind)


def values(found: Enumeration) -> list[str]:
    return [member.value for member in found.members]


REPORT = """政府工作报告
一、工作回顾
过去一年成绩来之不易。
二、工作安排
(一)抓项目促投资。实施重点项目120个。
(二)抓民生办实事。今年重点办好三件实事:一是新建幼儿园3所;二是改造农村公路80公里;三是新增床位500张。(牵头单位:县发改局)
三、自身建设
"""


def test_a_run_is_listed_without_the_bracket_that_names_units() -> None:
    found = find(REPORT, "run")
    assert values(found) == ["新建幼儿园3所", "改造农村公路80公里", "新增床位500张"]
    assert found.head.value == "今年重点办好三件实事"
    assert found.count == 3


def test_headings_are_listed_under_their_parent() -> None:
    heads = {found.head.value: values(found) for found in enumerations_of(REPORT) if found.kind == "headings"}
    assert heads[""] == ["工作回顾", "工作安排", "自身建设"]
    assert heads["工作安排"] == ["抓项目促投资", "抓民生办实事"]


def test_stages_carry_their_periods() -> None:
    text = "三、实施步骤\n分两个阶段进行。\n(一)动员阶段(2023年3月)。印发方案。\n(二)实施阶段(2023年4月至10月)。开展检查。\n四、要求\n抓好落实。"
    found = next(item for item in enumerations_of(text) if item.head.value == "实施步骤")
    assert values(found) == ["动员阶段(2023年3月)", "实施阶段(2023年4月至10月)"]
    assert found.count == 2


@pytest.mark.parametrize(
    ("text", "head", "members"),
    [
        ("重点检查学校、医院、商场等人员密集场所。", "人员密集场所", ["学校", "医院", "商场"]),
        ("县教育局、县卫健局、县市场监管局等三个部门联合执法。", "部门", ["县教育局", "县卫健局", "县市场监管局"]),
        ("依法采取责令整改、罚款、停业等手段。", "手段", ["责令整改", "罚款", "停业"]),
        ("宣传贯彻《防洪法》《水法》《江南省防汛条例》等法律法规。", "法律法规", ["《防洪法》", "《水法》", "《江南省防汛条例》"]),
        ("预警分为蓝色、黄色、橙色、红色四级。", "预警分为", ["蓝色", "黄色", "橙色", "红色"]),
    ],
)
def test_an_inline_list_has_a_head_and_clean_members(text: str, head: str, members: list[str]) -> None:
    found = find(text, "inline")
    assert values(found) == members
    assert head in found.head.value


def test_a_quoted_list_takes_the_counting_term_behind_it_as_head() -> None:
    found = find("推行“看、问、查、记”四步法。", "quoted")
    assert (found.head.value, found.count, values(found)) == ("四步法", 4, ["看", "问", "查", "记"])


def test_items_of_an_article_take_its_sentence_as_head() -> None:
    text = "第一条 为了规范登记,制定本条例。\n第二条 申请登记应当提交下列材料：\n（一）身份证明；\n（二）购车凭证；\n（三）合格证明。\n第三条 本条例自公布之日起施行。"
    found = next(item for item in enumerations_of(text) if "身份证明" in values(item))
    assert values(found) == ["身份证明", "购车凭证", "合格证明"]
    assert "下列材料" in found.head.value


def test_members_of_a_colon_list_with_a_stated_number_need_no_enumeration_comma() -> None:
    found = find("做到三个坚持:坚持预防为主,坚持标本兼治,坚持依法治理。", "inline")
    assert found.count == 3 and len(found.members) == 3


def test_no_list_is_made_of_two_words() -> None:
    assert enumerations_of("加强学校、医院管理。") == ()


@pytest.mark.parametrize("seed", ["一是二是", "第一,第二,", "包括、", "、", "红、橙、黄、蓝四种颜色"])
def test_a_long_monotonous_text_is_read_in_linear_time(seed: str) -> None:
    text = (seed * 20000)[:20000]
    started = time.process_time()
    enumerations(Source(text, "txt"), ())
    assert time.process_time() - started < 4


CASES = """某县无障碍改造补贴指南
一、有下列情形之一的,不予补贴:住房已列入拆迁范围的;近五年内享受过同类改造的;房主不同意的。取消后三年内不得再申请。
二、书面报告内容包括:时间、地点、人员情况、已采取的措施。
三、重点学生,包括留守儿童、孤儿、残疾学生三类。
四、城管、公安、消防三个部门的执法事项进小区,建立联动机制。
五、补贴将被取消:一是提供虚假材料的;二是拒绝验收的。取消补贴的,三年内不得再次申请。
六、办公室承担日常工作,主要职责:修订预案;接收、核实、上报险情;管理专家库。
"""


@pytest.mark.parametrize(
    ("head", "members"),
    [
        ("有下列情形之一的,不予补贴", ["住房已列入拆迁范围的", "近五年内享受过同类改造的", "房主不同意的"]),
        ("书面报告内容包括", ["时间", "地点", "人员情况", "已采取的措施"]),
        ("重点学生", ["留守儿童", "孤儿", "残疾学生"]),
        ("部门", ["城管", "公安", "消防"]),
        ("补贴将被取消", ["提供虚假材料的", "拒绝验收的"]),
        ("办公室承担日常工作,主要职责", ["修订预案", "接收、核实、上报险情", "管理专家库"]),
    ],
)
def test_a_list_has_its_own_head_and_ends_with_its_last_member(head: str, members: list[str]) -> None:
    assert members in [values(found) for found in enumerations_of(CASES) if found.head.value == head]


def test_what_one_member_of_a_list_names_is_no_list_of_its_own() -> None:
    assert ["接收", "核实", "上报险情"] not in [values(found) for found in enumerations_of(CASES)]


@pytest.mark.parametrize(
    ("line", "members"),
    [
        ("结果分为优秀、良好、合格、末等四个等次。", ["优秀", "良好", "合格", "末等"]),
        ("考评遵循公开透明、随机抽查、末位约谈的原则。", ["公开透明", "随机抽查", "末位约谈"]),
        ("奖励资金只能用于设施维护、保洁员报酬、积分兑换,不得用于接待。", ["设施维护", "保洁员报酬", "积分兑换"]),
        ("县甲局负责审核;县乙局负责注销;县丙局负责拨付。", ["县甲局负责审核", "县乙局负责注销", "县丙局负责拨付"]),
    ],
)
def test_members_stand_without_the_words_around_them(line: str, members: list[str]) -> None:
    assert members in [values(found) for found in enumerations_of(f"某县办法\n一、考评\n{line}\n")]
