"""Who leads, who is responsible and who only helps, in tables, brackets and lists that are printed in unusual ways."""

from __future__ import annotations

from corpus.parse import parse
from corpus.types import Document, Duty
from corpus.wrapping import unwrapped


def document(text: str) -> Document:
    return parse(text.encode(), "plan.txt")


def who(duty: Duty) -> tuple[list[str], list[str], list[str]]:
    """Those that lead, those responsible, those that help."""
    others = [m.value for m in duty.support if m not in duty.assisting]
    return [m.value for m in duty.lead], others, [m.value for m in duty.assisting]


HEADER = "序号\n工作任务\n牵头单位\n责任单位\n配合单位\n完成时限\n\n"
ROWS = (
    "1\n更新老化管网\n县水利局\n各乡镇\n县财政局\n2025年6月底\n\n"
    "2\n核查退出水源\n县水利局\n各乡镇\n\n2025年9月底\n\n"
    "3\n开展水质抽检\n县卫健局\n县疾控中心、各乡镇\n县教育局\n每年11月底前\n"
)


def test_a_table_with_columns_for_those_responsible_and_for_helpers_keeps_them_apart_and_may_have_empty_cells() -> None:
    rows = document("柳川县供水任务分工表\n\n" + HEADER + ROWS).facts.duties
    assert [who(row) for row in rows] == [
        (["县水利局"], ["各乡镇"], ["县财政局"]),
        (["县水利局"], ["各乡镇"], []),
        (["县卫健局"], ["县疾控中心", "各乡镇"], ["县教育局"]),
    ]
    assert [row.deadline.value for row in rows if row.deadline] == ["2025年6月底", "2025年9月底", "每年11月底前"]


def test_an_empty_cell_does_not_take_in_what_follows_the_table() -> None:
    found = document("柳川县供水任务分工表\n\n" + HEADER + ROWS + "\n本表由县水利局\n\n负责解释\n").facts.duties
    assert [duty.number for duty in found if duty.source == "row"] == ["1", "2", "3"]


def test_a_bracket_may_name_all_three_roles() -> None:
    found = document("一、重点任务\n\n1.落实探访。每月探访一次。(牵头单位:县民政局;责任单位:各乡镇;配合单位:团县委、县妇联)\n").facts.duties
    assert [who(duty) for duty in found] == [(["县民政局"], ["各乡镇"], ["团县委", "县妇联"])]
    assert found[0].support_label == "责任单位"


def test_helpers_alone_are_those_that_support() -> None:
    found = document("一、重点任务\n\n1.落实探访。每月探访一次。(牵头单位:县民政局;配合单位:团县委)\n").facts.duties
    assert [(who(duty), duty.support_label) for duty in found] == [((["县民政局"], ["团县委"], []), "配合单位")]


def test_a_bracket_of_helpers_takes_its_lead_from_the_sentence_of_its_item() -> None:
    text = "一、重点任务\n\n1.做好准备。县医保局牵头完成测算,2026年6月底前提交报告。(配合单位:县财政局)\n\n2.其他。各单位抓好落实。\n"
    found = document(text).facts.duties
    assert [who(duty) for duty in found] == [(["县医保局"], ["县财政局"], [])]
    assert found[0].deadline and found[0].deadline.value == "2026年6月底前"


def test_who_takes_part_supports() -> None:
    found = document("一、组织体系\n\n(1)抢险组,由县消防救援大队牵头,武警中队、县人武部参加。\n").facts.duties
    assert [who(duty) for duty in found] == [(["县消防救援大队"], ["武警中队", "县人武部"], [])]


def test_a_remark_in_brackets_is_no_duty() -> None:
    assert document("四、任务分工表(注:表中牵头单位排第一位的为总牵头)\n\n正文。\n").facts.duties == ()


def test_actions_and_tasks_with_a_numeral_are_headings_and_a_bracket_below_them_speaks_for_all_their_items() -> None:
    text = "重点行动\n\n" + "".join(
        f"行动{numeral}:{name}行动\n1.第一件事要办好。\n2.第二件事要办实。\n(市{name}局牵头,市财政局配合)\n\n" for numeral, name in zip("一二三", ("教育", "交通", "民政"), strict=True)
    )
    found = document(text)
    assert [(s.family, s.label, s.title) for s in found.sections if s.family == "named"] == [
        ("named", "行动一:", "教育行动"), ("named", "行动二:", "交通行动"), ("named", "行动三:", "民政行动"),
    ]
    assert [(duty.scope, duty.heading, [m.value for m in duty.lead]) for duty in found.facts.duties] == [
        ("section", "教育行动", ["市教育局"]), ("section", "交通行动", ["市交通局"]), ("section", "民政行动", ["市民政局"]),
    ]


def test_lines_of_a_list_by_unit_are_duties_whatever_their_verb() -> None:
    text = "2.4 成员单位职责\n县气象局:发布预报预警,每3小时提供一次实况。\n县教育局:决定停课停学并通知家长。\n县文旅局:关闭涉险景区,疏导滞留游客。\n"
    found = document("应急预案\n\n" + text).facts.duties
    assert [[m.value for m in duty.support] for duty in found] == [["县气象局"], ["县教育局"], ["县文旅局"]]


def test_two_lines_of_units_are_no_list() -> None:
    assert document("联系方式\n\n县气象局:值班电话请见公告栏。\n县教育局:值班电话请见公告栏。\n").facts.duties == ()


WRAPPED = "为做好全县低温雨雪冰冻灾害的防范应对\n" * 12 + "(3)生活保障组,由县民政局牵头,县商务\n局、县财政局参加。\n"


def test_a_unit_cut_by_the_end_of_a_line_is_read_whole() -> None:
    found = document(WRAPPED).facts.duties
    assert [who(duty) for duty in found] == [(["县民政局"], ["县商务局", "县财政局"], [])]


def test_unwrapping_keeps_every_offset_and_leaves_other_texts_alone() -> None:
    assert len(unwrapped(WRAPPED)) == len(WRAPPED) and unwrapped(WRAPPED) != WRAPPED
    text = "第一条 为规范管理,制定本办法。\n" * 30 + "第二条 " + "内容" * 60 + "\n"
    assert unwrapped(text) == text
