"""Duties that brackets, sentences, labelled lines and rosters state, and what becomes of units that are parts of others."""

from __future__ import annotations

import time
from datetime import date

import pytest

from corpus.duties import duties
from corpus.outline import outline
from corpus.types import Source
from tests.conftest import DocumentOf
from tests.corpus.duty_texts import duties_of, lead, support, table_of

# ---------------------------------------------------------------- brackets


def test_labelled_brackets_over_several_lines() -> None:
    text = "(一)甲\n1.观看学习。组织观看。(责任单位:各镇(街道);\n区级牵头部门:区委宣传部;\n区级责任单位:区应急管理局等按职责分工负责)\n2.乙。文。"
    (duty,) = duties_of(text)
    assert (lead(duty), support(duty), duty.heading, duty.number) == (["区委宣传部"], ["各镇(街道)", "区应急管理局"], "观看学习", "1")
    assert duty.clause.of(text).startswith("1.观看学习") and duty.clause.of(text).endswith("负责)")
    assert duty.statement.of(text).startswith("(责任单位")


@pytest.mark.parametrize(
    ("bracket", "leads", "supports"),
    [
        ("(区发改局、区工信局牵头,区应急局、区住建局等部门按职责分工负责)", ["区发改局", "区工信局"], ["区应急局", "区住建局"]),
        ("(责任单位:某区人民政府;责任部门:区能源局)", [], ["某区人民政府", "区能源局"]),
        ("(区级牵头部门:区安委办,区级责任部门:区公安局)", ["区安委办"], ["区公安局"]),
        ("(牵头部门:区邮政局牵头,各有关部门按职责分工负责)", ["区邮政局"], ["各有关部门"]),
        ("(牵头部门:区交通局、市公安局甲分局,甲车务段分别牵头,各有关部门负责)", ["区交通局", "市公安局甲分局", "甲车务段"], ["各有关部门"]),
        ("(责任部门:区交通局、水务局牵头,各有关部门按职责分工负责)", ["区交通局", "水务局"], ["各有关部门"]),
        ("(责任单位:责任部门:区交通局、邮政局)", [], ["区交通局", "邮政局"]),
        ("（市教育局负责，市公安局配合）", ["市教育局"], ["市公安局"]),
        ("（省教育厅、省财政厅负责）", [], ["省教育厅", "省财政厅"]),
        ("【牵头单位：市科技局；配合单位：市财政局】", ["市科技局"], ["市财政局"]),
        ("(市教育局、市卫生健康委)", [], ["市教育局", "市卫生健康委"]),
        ("(体改科牵头,财务科、医政科配合)", ["体改科"], ["财务科", "医政科"]),
    ],
)
def test_every_form_of_bracket_is_read(bracket: str, leads: list[str], supports: list[str]) -> None:
    (duty,) = duties_of(f"一、任务\n1.工作。做好工作。{bracket}\n2.其他。文。")
    assert (lead(duty), support(duty)) == (leads, supports)


def test_a_lead_per_topic_keeps_its_topic() -> None:
    (duty,) = duties_of("1.建设。文。(牵头部门:石化建设由区应急局牵头,园区整治由区工信局牵头;责任部门:区公安局)\n2.乙。文。")
    assert duty.topics == (("区应急局", "石化建设"), ("区工信局", "园区整治"))


def test_a_bracket_may_state_the_time_limit() -> None:
    (duty,) = duties_of("1.建设。文。（牵头单位：区住建局；完成时限：2024年9月底）\n2.乙。文。")
    assert duty.deadline is not None and duty.deadline.until == date(2024, 9, 30)


@pytest.mark.parametrize("bracket", ["(包括主要负责人、安全管理人员)", "(以下简称联席会议)", "(试行)", "(见附件1)", "(到处落实)"])
def test_other_brackets_are_no_duties(bracket: str) -> None:
    assert duties_of(f"1.甲。加强培训{bracket}。\n2.乙。文。") == ()


def test_also_below_extends_to_the_attachment_and_a_last_bracket_to_its_section() -> None:
    text = "附件1:\n甲方案\n一、任务\n(一)甲\n1.子。文。(各有关部门负责,下同)\n2.丑。文。\n附件2:\n乙方案\n一、任务\n(一)甲\n1.子。文。\n2.丑。文。\n(责任部门:区能源局)"
    first, second = duties_of(text)
    assert (first.scope, first.attachment) == ("attachment", 1)
    assert (second.scope, second.heading, second.attachment) == ("section", "甲", 2)


# ---------------------------------------------------------------- running text


@pytest.mark.parametrize(
    ("sentence", "leads", "supports"),
    [
        ("由市应急管理局牵头制定实施方案,市公安局、市消防救援支队配合。", ["市应急管理局"], ["市公安局", "市消防救援支队"]),
        ("区安委办将牵头成立工作专班。", ["区安委办"], []),
        ("由校医室牵头,负责现场急救。", ["校医室"], []),
        ("市发展改革委会同市财政局制定资金管理办法。", ["市发展改革委"], ["市财政局"]),
        ("市市场监管局负责特种设备的监督检查。", [], ["市市场监管局"]),
        ("应急管理、公安、住房城乡建设等部门联合制定意见。", [], ["应急管理", "公安", "住房城乡建设"]),
        ("由全市安全生产治本攻坚领导小组办公室牵头负责。", ["全市安全生产治本攻坚领导小组办公室"], []),
        ("由区应急管理局负责，区经信局、区农业农村局配合，12月底前建立台账。", ["区应急管理局"], ["区经信局", "区农业农村局"]),
        ("会议要求，区住建局要在2025年3月底前完成排查。", [], ["区住建局"]),
        ("责成市城管局、市交通运输局分别负责，市公安局协助。", ["市城管局", "市交通运输局"], ["市公安局"]),
        ("请区教育局牵头，10月底前完成校车检查。", ["区教育局"], []),
        ("会议明确，由区经信局牵头、区发改局配合，尽快出台办法。", ["区经信局"], ["区发改局"]),
        ("请区资规分局会同区住建局研究提出意见。", ["区资规分局"], ["区住建局"]),
        ("区经信局、区商务局配合区应急管理局做好相关工作。", ["区应急管理局"], ["区经信局", "区商务局"]),
        ("区安委办负责制定考核细则。", [], ["区安委办"]),
        ("市住房和城乡建设主管部门应当会同应急管理、消防救援等部门编制预案。", ["市住房和城乡建设主管部门"], ["应急管理", "消防救援"]),
    ],
)
def test_running_text_names_who_leads(sentence: str, leads: list[str], supports: list[str]) -> None:
    (duty,) = duties_of(f"一、组织\n{sentence}\n二、其他\n文。")
    assert (lead(duty), support(duty), duty.source) == (leads, supports, "sentence")


@pytest.mark.parametrize(
    ("sentence", "supports", "label"),
    [
        ("市住房和城乡建设主管部门负责本市燃气安全监督管理工作。", ["市住房和城乡建设主管部门"], "负责"),
        ("市、县（区）人民政府燃气主管部门负责燃气管理工作。", ["市、县（区）人民政府燃气主管部门"], "负责"),
        ("应急管理、公安等部门和机构，按照各自职责做好燃气安全管理工作。", ["应急管理", "公安"], "职责分工"),
        ("国务院应急管理部门对全国安全生产工作实施综合监督管理。", ["国务院应急管理部门"], "监督管理"),
        ("消防救援机构依法对经营场所实施监督检查。", ["消防救援机构"], "监督检查"),
        ("县级以上人民政府应当将经费列入预算。", ["县级以上人民政府"], "要求"),
        ("燃气行业的监督管理工作由市住房城乡建设部门负责。", ["市住房城乡建设部门"], "负责"),
    ],
)
def test_a_regulation_names_bodies_by_what_they_are_in_charge_of(sentence: str, supports: list[str], label: str) -> None:
    (duty,) = duties_of(f"条例\n第一条 {sentence}\n第二条 其他。")
    assert (lead(duty), support(duty), duty.support_label) == ([], supports, label)


@pytest.mark.parametrize(
    ("sentence", "limit"),
    [
        ("由区交通局会同区公安分局于10月底前落实资金。", date(2024, 10, 31)),
        ("区住建局要在2025年3月底前完成排查。", date(2025, 3, 31)),
        ("各镇（街道）要在2024年5月底前制定方案。", date(2024, 5, 31)),
    ],
)
def test_a_time_limit_in_the_sentence_is_the_duty_s(sentence: str, limit: date) -> None:
    (duty,) = duties_of(f"会议纪要\n{sentence}\n", issued=date(2024, 4, 1))
    assert duty.deadline is not None and duty.deadline.until == limit


@pytest.mark.parametrize("sentence", ["各有关部门要高度重视。", "企业要落实主体责任。", "由市场监督管理部门责令改正，处一万元罚款。", "会议强调，要提高认识，落实责任。", "充分发挥牵头部门作用。", "主要负责人要亲自抓。", "鼓励企业加强专利布局,牵头或参与标准制定。", "实行负责制。"])
def test_running_text_without_an_office_names_nobody(sentence: str) -> None:
    assert duties_of(f"一、组织\n{sentence}\n二、其他\n文。") == ()


def test_labelled_lines_after_an_item_belong_to_it() -> None:
    text = "会议纪要\n一、修订预案。本月启动修订工作。\n牵头单位：市应急局\n配合单位：市公安局、市水利局\n完成时限：2025年3月底\n二、开展检查。全面检查。\n责任单位：市住建局\n"
    first, second = duties_of(text)
    assert (lead(first), support(first), first.heading) == (["市应急局"], ["市公安局", "市水利局"], "修订预案")
    assert first.deadline is not None and first.deadline.until == date(2025, 3, 31)
    assert (lead(second), support(second), second.support_label) == ([], ["市住建局"], "责任单位")


def test_a_roster_of_offices_gives_each_its_duty() -> None:
    text = "成员单位职责\n市教育局：负责学校安全教育。\n市公安局：负责道路交通管控。\n"
    assert [(support(d), d.task.value) for d in duties_of(text)] == [
        (["市教育局"], "负责学校安全教育。"), (["市公安局"], "负责道路交通管控。"),
    ]


@pytest.mark.parametrize("unit", ["（", "责任单位:", "牵头", "由市局牵头", "、\n", "序号\n", "会同", "(一)\n"])
def test_hostile_repetition_takes_linear_time(unit: str) -> None:
    started = time.process_time()
    source = Source(unit * (50_000 // len(unit)), "txt")
    duties(source, outline(source))
    assert time.process_time() - started < 8


INSIDE = """任务分解表

序号

重点任务

具体举措

完成时限

牵头科室

配合单位

1

食堂改造

完成22所学校食堂改造。

2027年8月底

计划财务科

后勤中心

2

收支公示

按期公示食堂收支。

每学期末

督导室

3

满意度测评

每学期组织一次测评。

每年6月、12月

基础教育科

体卫艺科、各小学
"""


def test_parts_of_an_office_are_units_in_a_list(document_of: DocumentOf) -> None:
    rows = document_of(INSIDE).facts.duties
    assert [[m.value for m in row.lead] for row in rows] == [["计划财务科"], ["督导室"], ["基础教育科"]]
    assert [[m.value for m in row.support] for row in rows] == [["后勤中心"], [], ["体卫艺科", "各小学"]]


def test_the_first_responsible_unit_leads_where_the_document_says_so(document_of: DocumentOf) -> None:
    text = "整改清单\n\n说明:“责任单位”第一个为牵头单位,其余为配合单位。\n\n| 序号 | 整改措施 | 责任单位 | 完成时限 |\n|---|---|---|---|\n| 1 | 封堵排口8个 | 区水务局、区住建局 | 2025年9月 |\n| 2 | 修复矿山 | 区林业局 | 2025年10月 |\n"
    rows = document_of(text).facts.duties
    assert [[m.value for m in row.lead] for row in rows] == [["区水务局"], ["区林业局"]]
    assert [[m.value for m in row.support] for row in rows] == [["区住建局"], []]
    assert rows[0].notes[-1].code == "first_leads"


def test_a_bracket_that_speaks_for_those_below_it_is_inherited(document_of: DocumentOf) -> None:
    text = (
        "关于循环利用的通知\n\n(一)布设设施。每个小区设置1处。(商务部、住房城乡建设部牵头,供销合作总社负责,地方各级人民政府负责落实。以下任务均需地方各级人民政府落实,不再列出)\n\n"
        "(二)培育企业。培育骨干企业30家。(商务部牵头,国家邮政局负责)\n"
    )
    first, second = document_of(text).facts.duties
    assert [m.value for m in first.lead] == ["商务部", "住房城乡建设部"]
    assert [m.value for m in first.support] == ["供销合作总社", "地方各级人民政府"]
    assert [(m.value, m.inherited) for m in second.support] == [("国家邮政局", False), ("地方各级人民政府", True)]


def test_short_labels_tell_who_leads_and_who_supports() -> None:
    (duty,) = duties_of("通知\n\n一、重点任务\n(一)设临时市场,设摊位150个。(牵头:镇市场服务中心;配合:镇城管中队、岚溪供电所)\n")
    assert lead(duty) == ["镇市场服务中心"]
    assert support(duty) == ["镇城管中队", "岚溪供电所"]


def test_a_part_of_an_office_leads_under_its_whole_name() -> None:
    (duty,) = duties_of("通知\n\n一、重点任务\n(一)申报工作由市教育局基建科、市卫健局牵头,2025年5月9日前完成。\n")
    assert lead(duty) == ["市教育局基建科", "市卫健局"]


def test_where_only_a_person_is_named_the_person_is_responsible() -> None:
    rows = [["序号", "事项", "责任人", "办结时间"], ["1", "报送专项资金申请", "苏以宁", "3月28日"]]
    text, table = table_of(rows)
    (duty,) = duties_of(text, tables=(table,), issued=date(2025, 3, 21))
    assert (duty.task.value, support(duty), duty.support_label) == ("报送专项资金申请", ["苏以宁"], "责任人")
