from __future__ import annotations

import json
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from corpus.duties import duties
from corpus.outline import outline
from corpus.readers import read
from corpus.task_lists import find_lists
from corpus.width import narrow
from tests.corpus.duty_texts import duties_of, lead, support, table_of

SHARED = Path(__file__).resolve().parents[2].parent / "shared"


# ---------------------------------------------------------------- task lists

FLAT = """任务清单

序号

主要任务

落实举措

具体任务

完成时限

牵头单位

责任(配合)

单位

落实“甲防”举措

(一)强化管控。

1.有效衔接规划,保障用地。

常态化

区规划分局

区各部门按职责分工负责。以下均需要镇(街道、园区)配合,不再列出

2.建立会商机制。

2024年6月底

区发改局、区商务局

、区应急管理局等按职责分工负责


落实“乙防”举措

(二)强化培训。

1.组织培训。

根据上级推广时间节点确定

区安委办

区安委会相关成员单位
"""


def test_a_flattened_list_gives_its_rows_with_groups_and_broken_cells() -> None:
    first, second, third = duties_of(FLAT)
    assert (first.number, first.task.value, lead(first), first.deadline and first.deadline.kind) == (
        "1", "1.有效衔接规划,保障用地。", ["区规划分局"], "ongoing",
    )
    assert lead(second) == ["区发改局", "区商务局", "区应急管理局"]
    assert second.open_list
    assert second.deadline is not None and second.deadline.until == date(2024, 6, 30)
    assert (third.system and third.system.value, third.measure and third.measure.value) == ("落实“乙防”举措", "(二)强化培训。")
    assert third.deadline is not None and third.deadline.kind == "relative"
    assert third.path[-2:] == ("落实“乙防”举措", "(二)强化培训")


def test_a_cell_that_speaks_for_the_rows_below_is_inherited() -> None:
    first, second, third = duties_of(FLAT)
    assert first.support_text is not None and "不再列出" in first.support_text.value
    assert support(first) == ["区各部门"]
    assert [(m.value, m.inherited) for m in second.support] == [("镇(街道、园区)", True)]
    assert [(m.value, m.inherited) for m in third.support] == [("区安委会相关成员单位", False), ("镇(街道、园区)", True)]


def test_a_flattened_list_parses_alike_when_blank_lines_are_collapsed() -> None:
    collapsed = "\n".join(line for line in FLAT.split("\n") if line)
    assert [(d.task.value, lead(d), support(d)) for d in duties_of(collapsed)] == [
        (d.task.value, lead(d), support(d)) for d in duties_of(FLAT)
    ]


def test_columns_in_another_order_with_numbers_on_their_own_lines() -> None:
    text = (
        "重点工作责任分工表\n序号\n任务\n牵头单位\n配合单位\n完成时限\n1\n修订应急预案\n市应急管理局\n市公安局、市消防救援支队\n2025年3月底前\n"
        "2\n开展汛前检查\n市水利局\n各县（市、区）\n2025年5月\n3\n组织演练\n市教育局\n市卫健委\n每年9月\n"
    )
    found = duties_of(text)
    assert [(d.number, d.task.value, lead(d), support(d)) for d in found] == [
        ("1", "修订应急预案", ["市应急管理局"], ["市公安局", "市消防救援支队"]),
        ("2", "开展汛前检查", ["市水利局"], ["各县（市、区）"]),
        ("3", "组织演练", ["市教育局"], ["市卫健委"]),
    ]
    assert [d.deadline.kind for d in found if d.deadline] == ["by", "by", "recurring"]


def test_a_list_without_a_lead_column_names_responsible_units_only() -> None:
    text = "序号\n整治内容\n责任单位\n完成时限\n1\n排查燃气管道\n区住建局\n2024年底\n2\n检查加油站\n区商务局\n2024年底\n"
    found = duties_of(text)
    assert [(lead(d), support(d), d.support_label) for d in found] == [([], ["区住建局"], "责任单位"), ([], ["区商务局"], "责任单位")]

GROUPED = """工作分工表
{header}
抓基层
(一)建强队伍
1.组建队伍。
市应急局
2025年底
2.配齐装备。
市财政局
2025年6月底
(二)练好本领
1.开展演练。
市消防救援支队
长期
抓基础
(三)完善设施
1.改造管网。
市住建局
2026年底
"""


@pytest.mark.parametrize(
    "header",
    ["工作体系\n重点举措\n具体任务\n责任单位\n完成时限", "序号\n抓手\n细目\n具体任务\n责任单位\n完成时限", "具体任务\n责任单位\n完成时限"],
)
def test_group_cells_are_known_by_their_form_whatever_the_header_calls_them(header: str) -> None:
    found = duties_of(GROUPED.format(header=header))
    groups = [(d.system and d.system.value, d.measure and d.measure.value) for d in found]
    assert groups == [("抓基层", "(一)建强队伍")] * 2 + [("抓基层", "(二)练好本领"), ("抓基础", "(三)完善设施")]
    assert [d.system and d.system.inherited for d in found] == [False, True, True, False]
    assert [d.measure and d.measure.inherited for d in found] == [False, True, False, False]
    assert [d.path for d in found][2:] == [("抓基层", "(二)练好本领"), ("抓基础", "(三)完善设施")]


@pytest.mark.parametrize(
    "body",
    [
        "序号\n完成时限\n工作任务\n责任单位\n1\n2025年3月底\n修订预案\n市应急局\n2\n2025年6月底\n开展检查\n市住建局\n",
        "序号\n责任单位\n完成时限\n工作任务\n1\n市应急局\n2025年3月底\n修订预案\n2\n市住建局\n2025年6月底\n开展检查\n",
        "工作任务\n责任单位\n完成时限\n修订预案\n市应急局\n2025年3月底\n开展检查\n市住建局\n2025年6月底\n\n各单位要高度重视,抓好落实。\n市应急局\n2024年3月1日\n",
    ],
)
def test_a_flattened_list_is_read_in_any_order_and_without_numbers(body: str) -> None:
    found = duties_of("任务表\n" + body)
    assert [(d.task.value, support(d), d.support_label, d.deadline and d.deadline.value) for d in found if d.source == "row"] == [
        ("修订预案", ["市应急局"], "责任单位", "2025年3月底"), ("开展检查", ["市住建局"], "责任单位", "2025年6月底"),
    ]


def test_a_person_is_kept_in_the_clause_and_is_no_unit() -> None:
    text = (
        "问题整改清单\n序号\n存在问题\n整改措施\n责任领导\n责任单位\n整改时限\n1\n台账不清\n重新建账,逐项核对。\n副县长王某某\n县水利局\n2025年3月底\n"
        "2\n巡查不到位\n加密巡查频次。\n李某\n县应急局\n县住建局\n立行立改\n"
    )
    first, second = duties_of(text)
    assert (first.task.value, first.measure and first.measure.value, support(first)) == ("重新建账,逐项核对。", "台账不清", ["县水利局"])
    assert "王某某" in first.clause.of(text) and first.clause.of(text).startswith("台账不清")
    assert support(second) == ["县应急局", "县住建局"]
    assert second.deadline is not None and (second.deadline.value, second.deadline.kind) == ("立行立改", "relative")


def test_an_empty_form_is_no_task_list() -> None:
    assert duties_of("序号\n\n重点隐患\n\n整改措施\n\n责任单位\n\n整改时限\n\n1\n\n\n\n2\n\n\n\n......\n") == ()


# ---------------------------------------------------------------- real tables


def test_a_real_table_gives_its_rows_in_any_column_order() -> None:
    text, table = table_of([
        ["序号", "完成时限", "工作任务", "牵头部门", "配合部门"],
        ["1", "2024年9月底", "修订办法。", "市司法局", "市财政局、市审计局"],
        ["2", "长期坚持", "开展普法。", "市委宣传部", ""],
    ])
    first, second = duties_of(text, tables=(table,))
    assert (first.number, lead(first), support(first), first.task.value) == ("1", ["市司法局"], ["市财政局", "市审计局"], "修订办法。")
    assert first.deadline is not None and first.deadline.until == date(2024, 9, 30)
    assert (support(second), second.deadline and second.deadline.kind) == ([], "ongoing")


def test_merged_cells_are_inherited_and_marked_so() -> None:
    text, table = table_of(
        [["重点任务", "具体措施", "责任单位"], ["夯实基础", "建台账", "区应急局"], ["", "抓培训", ""]],
        r1c0=2, r1c2=2, hidden_r2c0=1, hidden_r2c2=1,
    )
    first, second = duties_of(text, tables=(table,))
    assert [(m.value, m.inherited) for m in second.support] == [("区应急局", True)]
    assert second.measure is not None and (second.measure.value, second.measure.inherited) == ("夯实基础", True)
    assert not first.support[0].inherited
    assert second.path[-1] == "夯实基础"


def test_a_header_of_two_rows_and_a_merged_category() -> None:
    html = (
        "<table><tr><th rowspan=2>序号</th><th rowspan=2>类别</th><th rowspan=2>重点任务</th><th colspan=2>责任分工</th><th rowspan=2>完成时限</th></tr>"
        "<tr><th>牵头</th><th>配合</th></tr><tr><td>1</td><td rowspan=2>责任落实</td><td>公布名单</td><td>县水利局</td><td>县应急局</td><td>4月底前</td></tr>"
        "<tr><td>2</td><td>签订责任书</td><td>县应急局</td><td>—</td><td>长期</td></tr></table>"
    )
    source = read(f"<html><body><h2>任务表</h2>{html}</body></html>".encode(), "a.html")
    first, second = duties(source, outline(source))
    assert (lead(first), support(first), support(second)) == (["县水利局"], ["县应急局"], [])
    assert [(d.system and (d.system.value, d.system.inherited)) for d in (first, second)] == [("责任落实", False), ("责任落实", True)]
    assert [d.path for d in (first, second)] == [("任务表", "责任落实")] * 2


def test_a_cell_across_the_table_groups_the_rows_below_it() -> None:
    html = (
        "<table><tr><th>主要任务</th><th>责任单位</th><th>时限</th></tr><tr><td colspan=3>一、生态建设</td></tr>"
        "<tr><td>植树</td><td>县林业局牵头,县财政局配合</td><td>5月底前</td></tr></table>"
    )
    source = read(f"<html><body>{html}</body></html>".encode(), "a.html")
    (duty,) = duties(source, outline(source))
    assert (duty.path, duty.system and duty.system.value) == (("一、生态建设",), "一、生态建设")
    assert (lead(duty), support(duty)) == (["县林业局"], ["县财政局"])


def test_a_markdown_table_without_a_lead_column_gives_responsible_units() -> None:
    source = read("| 序号 | 任务 | 责任单位 | 责任人 | 完成时限 |\n|---|---|---|---|---|\n| 1 | 修订预案 | 市应急局 | 李某 | 2025年3月底 |\n".encode(), "a.md")
    (duty,) = duties(source, outline(source))
    assert (lead(duty), support(duty), duty.support_label) == ([], ["市应急局"], "责任单位")
    assert "李某" in duty.clause.of(source.text)


# ---------------------------------------------------------------- reference documents


def gold(name: str, short: str) -> tuple[str, list[dict[str, Any]]]:
    found = sorted((SHARED / "corpus").glob(f"{short}_*.txt"))
    if not found:
        pytest.skip("the reference documents are not here")
    rows = [json.loads(line) for line in (SHARED / "eval" / name).read_text(encoding="utf-8").splitlines()]
    return found[0].read_text(encoding="utf-8"), rows


def test_every_row_of_the_reference_list_is_exact() -> None:
    text, wanted = gold("yinzhou_tasks.jsonl", "001")
    rows = find_lists(narrow(text))[0].rows
    found = [d for d in duties_of(text) if d.source == "row"]
    assert len(found) == len(rows) == len(wanted)
    for row, duty, want in zip(rows, found, wanted, strict=True):
        assert duty.measure is not None and duty.measure.value.rstrip("。") == want["measure"]
        assert duty.system is not None and duty.system.value == want["system"]
        assert (int(duty.number), duty.task.value) == (want["item_no"], want["task"])
        assert duty.deadline is not None and duty.deadline.value == want["deadline"]
        assert set(lead(duty)) == set(want["lead"])
        assert (row.support.of(text) if row.support else "") == want["support"]


def test_every_bracket_of_the_reference_bundle_is_found() -> None:
    text, wanted = gold("qilin_responsibility.jsonl", "002")
    found = [d for d in duties_of(text) if d.source == "bracket"]
    squeezed = ["".join(d.statement.of(text).split()) for d in found]
    assert squeezed == ["".join(want["raw"].split()) for want in wanted]
    assert [d.attachment for d in found] == [want["attachment"] for want in wanted]
    assert [d.scope for d in found] == [want["scope"] for want in wanted]
    assert sum(set(lead(d)) == set(w["lead"]) for d, w in zip(found, wanted, strict=True)) >= 147
    assert sum(set(support(d)) == set(w["support"]) for d, w in zip(found, wanted, strict=True)) >= 145
    assert all("".join(d.clause.of(text).split()).startswith(w["item"][:12]) for d, w in zip(found, wanted, strict=True))


def test_the_largest_reference_document_is_parsed_within_a_second() -> None:
    text, _ = gold("qilin_responsibility.jsonl", "002")
    started = time.process_time()
    duties_of(text)
    assert time.process_time() - started < 1


def test_offices_within_an_office_are_named_by_labels_of_their_own() -> None:
    (duty,) = duties_of("一、任务\n(一)8月底前完成管道铺设38公里。责任股室:供水股;配合单位:县水务公司;责任人:梁小禾。")
    assert (support(duty), duty.support_label, [m.value for m in duty.assisting]) == (["供水股", "县水务公司"], "责任股室", ["县水务公司"])
    (duty,) = duties_of("一、任务\n(一)完成采砂排查。牵头股室:河湖股。")
    assert lead(duty) == ["河湖股"]
