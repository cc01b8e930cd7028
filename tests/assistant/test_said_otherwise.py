"""What people say in other words than the text: another measure word, amounts said short, who pays, whether the old rule still holds, who was there."""

from __future__ import annotations

import pytest

from tests.conftest import AssistantOf

RULES = """云岭市图书馆服务管理办法

第一条 每张读者证一次最多可借图书10册,借期30天。
第二条 图书馆每年举办读书讲座不少于12场,送书下乡不少于6次。
第三条 本办法所需经费由市财政局统筹安排。
第四条 老旧小区充电设施建设由市住房和城乡建设局牵头,国网云岭供电公司配合。
第五条 投资5000万元以下的项目由县级发展改革部门审批,投资5000万元以上2亿元以下的项目由市发展改革委审批,投资2亿元以上的项目由省发展改革委审批。
第六条 本办法自2025年1月1日起施行,有效期5年。《云岭市图书借阅规定》同时废止。
"""
MINUTES = """云岭市安全生产专题会议纪要

时间:2025年3月5日上午9:00
主持人:李明 副市长
出席:王强(市应急管理局局长)、赵敏(市住房和城乡建设局局长)
列席:陈红(市财政局副局长)
记录人:孙亮

会议议定:由市应急管理局牵头,对全市加油站开展检查,4月底前完成。
"""


@pytest.mark.parametrize(
    ("question", "held", "left_out"),
    [
        ("一张证能借几本?", "10册", "可续借"),
        ("讲座一年几次?", "12场", "6次"),
        ("送书下乡一年几场?", "6次", "12场"),
        ("钱从哪来?", "市财政局", ""),
        ("哪个部门出钱?", "市财政局", ""),
        ("投资3亿的项目谁审批?", "省发展改革委", "市发展改革委"),
        ("1.2亿的项目谁来批?", "市发展改革委", "省发展改革委"),
        ("原来的规定还用吗?", "《云岭市图书借阅规定》同时废止", ""),
        ("这个办法管几年,以前的规定还有效吗?", "《云岭市图书借阅规定》同时废止", ""),
    ],
)
def test_other_words_than_those_of_the_text_find_what_it_says(assistant_of: AssistantOf, question: str, held: str, left_out: str) -> None:
    answer = assistant_of(RULES).ask(question)
    assert held in answer.answer
    assert not left_out or left_out not in answer.answer


@pytest.mark.parametrize(
    ("question", "answered"),
    [
        ("会议谁主持?", "李明(副市长)"),
        ("谁列席了会议?", "列席:陈红(市财政局副局长)"),
        ("哪些人出席?", "出席:王强(市应急管理局局长)、赵敏(市住房和城乡建设局局长)"),
    ],
)
def test_minutes_say_who_chaired_and_who_was_there(assistant_of: AssistantOf, question: str, answered: str) -> None:
    assert assistant_of(MINUTES).ask(question).answer == answered


def test_a_task_that_shares_only_where_it_is_done_is_not_the_nearest(assistant_of: AssistantOf) -> None:
    library = assistant_of(RULES)
    assert library.ask("云岭市老旧小区充电设施由谁牵头?").answer == "市住房和城乡建设局"
    other = library.ask("云岭市老旧小区消防车通道由谁牵头?")
    assert other.abstained and "消防车通道" in other.reason
