"""Yes or no leads the answer: by the value stated, by what a clause forbids or permits, by the part an office plays."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant import Assistant
from tests.assistant.asking import asking

HALL = """松屏县公共阅读管理办法

第一条 自习室每间不超过30人,每日开放时间不少于8小时。
第二条 监控录像保存期不少于90日。
第三条 自习室内禁止吸烟。读者可以携带饮用水。
第四条 不满12周岁的儿童应当由监护人陪同。
第五条 押金每人50元。学生免交押金。
第六条 座位保留30分钟,超时不予保留。
第七条 县文化局负责监督检查。供电公司配合做好照明检修。
第八条 有下列情形之一的,不予办理读者证:
(一)提供虚假材料的;
(二)欠费未缴清的。
第九条 第三条的规定不适用于消防演练人员。
第十条 管理员会议每季度召开一次。
第十一条 下列区域禁止停放自行车:
(一)大门两侧各20米以内;
(二)消防通道。
第十二条 货车不得驶入院内,图书配送车、救护车除外。
第十三条 阅览证不得转让、出租。
"""
PLAN = """松屏县书香工程任务清单

| 序号 | 重点任务 | 牵头单位 | 配合单位 | 完成时限 |
| --- | --- | --- | --- | --- |
| 1 | 建成自习室5间 | 县文化局 | 县教育局、县财政局 | 2025年11月底 |
| 2 | 开展图书漂流活动 | 县教育局 | 县文化局 | 2025年6月底 |
| 3 | 更新图书管理系统 | 县数据局 | 县文化局 | 2025年9月底 |
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with asking(tmp_path_factory.mktemp("verdicts"), {"办法.txt": HALL, "清单.md": PLAN}) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "verdict", "said"),
    [
        ("自习室一间能坐35个人吗", "不可以", "不超过30人"),
        ("自习室一间能坐20个人吗", "可以", "不超过30人"),
        ("自习室监控录像存两个月就够了吧", "不够", "不少于90日"),
        ("监控录像保存100天够不够", "够", "不少于90日"),
        ("松屏县的押金是80块吗", "不是", "50元"),
        ("松屏县的押金是不是50块钱", "是", "50元"),
        ("管理员会议是每个月开一次吗", "不是", "每季度"),
        ("自习室里能抽烟吗", "不可以", "禁止吸烟"),
        ("读者可以携带饮用水吗", "可以", "可以携带饮用水"),
        ("学生要不要交押金", "不需要", "免交押金"),
        ("离大门10米的地方能停自行车吗", "不可以", "20米以内"),
        ("离大门50米的地方能停自行车吗", "可以", "20米以内"),
        ("救护车能驶入院内吗", "可以", "除外"),
        ("货车能驶入院内吗", "原则上不可以", "不得驶入"),
        ("阅览证可以转让给别人吗", "不可以", "不得转让"),
        ("建成自习室是县教育局牵头的吧", "不是", "县文化局"),
        ("图书漂流活动是县教育局牵头吗", "是", "县教育局"),
        ("自习室是不是2025年10月底前建成", "不是", "2025年11月底"),
        ("县财政局在建成自习室这项任务里是牵头还是配合", "县财政局是配合单位", "县文化局"),
        ("供电公司在照明检修上是牵头还是配合", "供电公司是配合", "供电公司配合"),
    ],
)
def test_the_verdict_leads_and_the_value_follows(assistant: Assistant, question: str, verdict: str, said: str) -> None:
    answer = assistant.ask(question)
    assert answer.kind == "yesno" and answer.answer.startswith(verdict) and said in answer.answer, answer.answer
    assert answer.citations


@pytest.mark.parametrize("question", ["自习室所有座位都要保留30分钟吗?读者证也是?", "外地户口的读者可以携带饮用水吗"])
def test_what_adds_a_case_of_its_own_is_not_confirmed(assistant: Assistant, question: str) -> None:
    assert not assistant.ask(question).answer.startswith(("是", "可以"))


def test_a_wrong_consequence_in_the_next_segment_is_no_ban(assistant: Assistant) -> None:
    assert not assistant.ask("座位可以保留吗").answer.startswith("不可以")
