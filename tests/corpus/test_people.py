"""Rosters, appointments, duty tables and contacts."""

from __future__ import annotations

import time

import pytest

from corpus.names import is_name, split_names, titled_name
from corpus.outline import outline
from corpus.people import contacts, members
from corpus.types import Cell, Member, Source, Span, Table
from tests.conftest import DocumentOf


def members_of(text: str) -> list[tuple[str, str, str]]:
    source = Source(text, "txt")
    return [(member.role, member.name.value, member.post) for member in members(source, outline(source))]


def contacts_of(text: str) -> list[tuple[str, str]]:
    source = Source(text, "txt")
    return [(contact.kind, contact.value.value) for contact in contacts(source, outline(source))]


def test_names_spread_over_blanks_and_several_on_a_line_are_told_apart() -> None:
    text = "总 指 挥:高 峰  县委副书记、县长\n副总指挥:林小雨 副县长 向文华 县水利局局长\n成 员:各乡镇长"
    assert members_of(text) == [
        ("总指挥", "高峰", "县委副书记、县长"),
        ("副总指挥", "林小雨", "副县长"),
        ("副总指挥", "向文华", "县水利局局长"),
        ("成员", "各乡镇长", ""),
    ]


def test_people_on_the_following_lines_belong_to_the_label() -> None:
    text = "组长:\n周建国 镇党委书记\n成员:\n李 强 副镇长\n王海燕 派出所所长\n领导小组下设办公室在镇应急办。"
    assert members_of(text)[:3] == [("组长", "周建国", "镇党委书记"), ("成员", "李强", "副镇长"), ("成员", "王海燕", "派出所所长")]


def test_an_office_its_seat_and_those_appointed_in_a_sentence_are_found() -> None:
    text = "成立防汛指挥部,由周建国任指挥长,李强、王海燕任副指挥长。指挥部办公室设在镇应急办,由副镇长刘洋同志兼任办公室主任。"
    found = members_of(text)
    assert ("指挥长", "周建国", "") in found
    assert ("副指挥长", "李强", "") in found and ("副指挥长", "王海燕", "") in found
    assert ("办公室", "镇应急办", "") in found
    assert ("办公室主任", "刘洋", "副镇长") in found


def test_the_head_of_a_group_in_a_clause_of_a_sentence_is_found() -> None:
    assert ("组长", "陶砚", "副县长") in members_of("成立防汛专班,由副县长陶砚任组长,负责统筹。")


def test_the_group_is_named_and_each_clause_holds_the_name() -> None:
    text = "决定成立柳林镇防汛工作领导小组:\n组长:周建国 镇长\n"
    source = Source(text, "txt")
    (member,) = members(source, outline(source))
    assert member.body == "柳林镇防汛工作领导小组"
    assert member.clause.covers(member.name.span)


def test_minutes_name_those_present_absent_and_the_recorder() -> None:
    text = "主持：周建国\n出席：李强、王海燕 欧阳兰\n列席：应急办主任刘洋\n请假：吴昊（外出学习）\n记录：郑小敏\n会议研究了防汛工作。"
    assert members_of(text) == [
        ("主持", "周建国", ""),
        ("出席", "李强", ""),
        ("出席", "王海燕", ""),
        ("出席", "欧阳兰", ""),
        ("列席", "刘洋", "应急办主任"),
        ("请假", "吴昊", "外出学习"),
        ("记录", "郑小敏", ""),
    ]


def test_a_duty_roster_of_plain_columns_is_read() -> None:
    text = "国庆节值班表\n日期 带班领导 值班人员 值班电话\n10月1日 张伟民 李静、王磊 66778899\n10月2日 陈晓东 赵 倩、孙浩 66778899\n"
    assert members_of(text) == [
        ("带班领导", "张伟民", ""),
        ("值班人员", "李静", ""),
        ("值班人员", "王磊", ""),
        ("带班领导", "陈晓东", ""),
        ("值班人员", "赵倩", ""),
        ("值班人员", "孙浩", ""),
    ]


def test_a_duty_roster_in_a_real_table_is_read() -> None:
    text = "日期\t值班领导\n10月1日\t张伟民\n"
    cells = tuple(Cell(row, column, Span(start, start + len(word))) for row, column, word in [(0, 0, "日期"), (0, 1, "值班领导"), (1, 0, "10月1日"), (1, 1, "张伟民")] for start in [text.index(word)])
    source = Source(text, "txt", tables=(Table(Span(0, len(text)), cells, caption="国庆值班表"),))
    found: list[Member] = [member for member in members(source, ()) if member.body]
    assert [(member.role, member.name.value, member.body) for member in found] == [("值班领导", "张伟民", "国庆值班表")]


def test_a_post_that_takes_a_role_is_named_as_printed() -> None:
    assert members_of("各乡镇要成立领导小组,由主要负责人任组长,亲自部署。") == [("组长", "主要负责人", "")]


def test_running_text_without_a_roster_names_nobody() -> None:
    assert members_of("各乡镇要成立工作专班,成员单位要密切配合,值班人员不得脱岗。") == []


def test_contact_persons_run_together_are_parted() -> None:
    assert contacts_of("联系人:汪子涵何娟 周 源   联系电话：0531-82345678，传真：82345679") == [
        ("person", "汪子涵"),
        ("person", "何娟"),
        ("person", "周源"),
        ("phone", "0531-82345678"),
        ("fax", "82345679"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("邮箱：qsjd@example.gov.cn", ("email", "qsjd@example.gov.cn")),
        ("联系地址：青石街道人民路18号,邮编：250001", ("address", "青石街道人民路18号")),
        ("举报电话:12345", ("phone", "12345")),
        ("联 系 人：张维 010-63906992", ("phone", "010-63906992")),
        ("(联系人：何芳,手机13812345678)", ("phone", "13812345678")),
        ("网址：http://www.example.gov.cn/zwgk", ("website", "http://www.example.gov.cn/zwgk")),
        ("联系人：王科长", ("person", "王科长")),
        ("政策咨询：人事管理科 0576-8120 4417", ("phone", "0576-81204417")),
        ("市第四医院急诊科0553-7709 120", ("phone", "0553-7709120")),
    ],
)
def test_forms_of_contact_are_read(text: str, expected: tuple[str, str]) -> None:
    assert expected in contacts_of(text)


@pytest.mark.parametrize("text", ["配备手机200部", "12345热线办理2023件", "2024年完成12345678元", "加强电话会议"])
def test_numbers_in_running_text_are_no_telephone_numbers(text: str) -> None:
    assert contacts_of(text) == []


@pytest.mark.parametrize(("word", "names"), [("汪子涵何娟", ("汪子涵", "何娟")), ("王刚李明", ("王刚", "李明")), ("欧阳兰", ("欧阳兰",)), ("办公室主任", ())])
def test_a_run_of_characters_is_parted_into_names_only(word: str, names: tuple[str, ...]) -> None:
    assert split_names(word) == names


def test_a_post_is_no_name_and_is_parted_from_one() -> None:
    assert not is_name("副主任") and not is_name("教导员") and is_name("马路生")
    assert titled_name("区质安站站长张小才") == ("区质安站站长", "张小才")


@pytest.mark.parametrize("seed", ["兼任", "由张三任组长、", "组 长:", "办公室设在", "张"])
def test_a_long_monotonous_text_is_read_in_linear_time(seed: str) -> None:
    text = (seed * 20000)[:20000]
    started = time.process_time()
    members(Source(text, "txt"), ())
    contacts(Source(text, "txt"), ())
    assert time.process_time() - started < 4


def test_posts_stand_before_the_names_set_off_by_blanks(document_of: DocumentOf) -> None:
    text = "棠川县防汛预案\n\n2.1 指挥部\n总 指 挥:县委副书记、县长  殷怀川\n副总指挥:县人武部部长  雷正\n          县水利局局长  闻人杰\n\n2.2 办公室\n值班室电话:0839-7712 119\n"
    found = [(m.role, m.name.value, m.post) for m in document_of(text).facts.members]
    assert found == [("总指挥", "殷怀川", "县委副书记、县长"), ("副总指挥", "雷正", "县人武部部长"), ("副总指挥", "闻人杰", "县水利局局长")]


def test_the_head_of_a_group_may_be_told_by_what_the_group_is_set_up_with() -> None:
    assert ("组长", "陶景山", "县长") in members_of("成立以县长陶景山为组长的领导小组,办公室主任由祝青担任。")


def test_who_answers_for_an_item_is_read_without_a_colon() -> None:
    text = "一、水库\n1.石桥水库,投资620万元,责任人林舟,8月底前完工;\n2.柳湾水库(包保领导为陶然同志)。\n3.堤防由责任人负责到底,责任人员不到位的通报。\n"
    assert members_of(text) == [("责任人", "林舟", ""), ("包保领导", "陶然", "")]
