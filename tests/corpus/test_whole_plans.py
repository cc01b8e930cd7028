"""Three small documents of kinds that the samples lack, parsed whole: who, with whom, until when, under which heading."""

from __future__ import annotations

from datetime import date

from corpus.duties import duties
from corpus.outline import outline
from corpus.types import Duty, Source

REPORT = """2025年政府工作报告重点任务分解表

一、全力稳增长
1.地区生产总值增长6%左右。
责任单位：县发改局、县统计局
2.新增规上工业企业20家。（责任单位：县经信局；完成时限：2025年12月底）
3.建成标准厂房10万平方米。
牵头单位：县经信局
配合单位：县财政局、县自然资源和规划局
完成时限：2025年10月底前
二、着力惠民生
4.新建幼儿园2所。
责任领导：王某某
责任单位：县教体局
完成时限：2025年8月底
5.改造老旧小区12个。责任单位：县住建局、城关镇人民政府。完成时限：2025年11月底
"""

RECTIFICATION = """安全生产督导反馈问题整改清单
序号
问题
整改措施
责任单位
整改时限
1
应急预案未及时修订。
组织修订,报县应急管理局备案。
县水利局
2025年3月底
2
隐患台账不完整。
逐项核对,补齐台账。
县住建局、县综合执法局
立行立改
3
消防设施损坏。
更换灭火器和应急灯。
县消防救援大队
2025年6月30日前
附注:整改情况按月报送。
"""

PLAN = """行动方案
一、主要任务
(一)开展排查。全面排查隐患。【牵头单位：市应急局；配合单位：市住建局、市公安局；完成时限：2025年3月底前】
(二)健全机制。建立会商机制。（市应急局牵头，市财政局、市气象局配合，2025年6月底前完成）
(三)强化保障。配齐装备。（市消防救援支队负责，长期坚持）
(四)抓好宣传。开展宣传。（牵头单位：市委宣传部，配合单位：各县（市、区），2025年底前）
(五)压实责任。签订责任书。[责任单位：市安委会各成员单位]
(六)加强督查。开展督查。（市政府督查室、市应急局，持续推进）
(七)定期评估。组织评估。（2025年6月底前完成）
"""


def read(text: str) -> list[Duty]:
    source = Source(text, "txt")
    return list(duties(source, outline(source)))


def parsed(duty: Duty) -> tuple[list[str], list[str], date | str | None]:
    limit = duty.deadline
    return [m.value for m in duty.lead], [m.value for m in duty.support], (limit.until or limit.kind) if limit else None


def test_a_work_report_split_into_tasks_by_labelled_lines() -> None:
    found = read(REPORT)
    assert [(d.number, *parsed(d)) for d in found] == [
        ("1", [], ["县发改局", "县统计局"], None),
        ("2", [], ["县经信局"], date(2025, 12, 31)),
        ("3", ["县经信局"], ["县财政局", "县自然资源和规划局"], date(2025, 10, 31)),
        ("4", [], ["县教体局"], date(2025, 8, 31)),
        ("5", [], ["县住建局", "城关镇人民政府"], date(2025, 11, 30)),
    ]
    assert [d.path[0] for d in found] == ["一、全力稳增长"] * 3 + ["二、着力惠民生"] * 2
    assert "王某某" in found[3].clause.of(REPORT)


def test_a_rectification_list_with_its_problems() -> None:
    found = read(RECTIFICATION)
    assert [(d.number, d.task.value, *parsed(d)) for d in found] == [
        ("1", "组织修订,报县应急管理局备案。", [], ["县水利局"], date(2025, 3, 31)),
        ("2", "逐项核对,补齐台账。", [], ["县住建局", "县综合执法局"], "relative"),
        ("3", "更换灭火器和应急灯。", [], ["县消防救援大队"], date(2025, 6, 30)),
    ]
    assert [d.measure and d.measure.value for d in found] == ["应急预案未及时修订。", "隐患台账不完整。", "消防设施损坏。"]
    assert all(d.support_label == "责任单位" for d in found)


def test_an_action_plan_with_brackets_of_every_form() -> None:
    found = read(PLAN)
    assert [(d.heading, *parsed(d)) for d in found] == [
        ("开展排查", ["市应急局"], ["市住建局", "市公安局"], date(2025, 3, 31)),
        ("健全机制", ["市应急局"], ["市财政局", "市气象局"], date(2025, 6, 30)),
        ("强化保障", [], ["市消防救援支队"], "ongoing"),
        ("抓好宣传", ["市委宣传部"], ["各县（市、区）"], date(2025, 12, 31)),
        ("压实责任", [], ["市安委会各成员单位"], None),
        ("加强督查", [], ["市政府督查室", "市应急局"], "ongoing"),
    ]
