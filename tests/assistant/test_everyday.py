"""Questions in everyday words about a text that only has the official ones."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant import Assistant
from tests.assistant.asking import asking

RULES = """柳川市城市生活若干规定

第一条 养犬人携犬外出的,应当使用长度不超过1.5米的束犬链,并即时清除犬粪;违反的,由城市管理部门处五十元以上二百元以下罚款。

第二条 犬只伤害他人的,养犬人应当先行垫付医疗费用,并在十二小时内向公安机关报告。

第三条 道路停车收费标准调整为首小时4元,自2025年3月1日起施行。

第四条 既有住宅增设电梯的补助资金,在竣工验收后三十日内拨付。

第五条 生活困难的失业人员可以向街道办事处申请临时救助,街道办事处应当在五个工作日内书面答复。
"""


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with asking(tmp_path_factory.mktemp("everyday"), {"rules.txt": RULES}) as assistant:
        yield assistant


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("遛狗的狗绳最长多少?", "1.5米"),
        ("遛狗不铲屎归哪个部门罚?", "城市管理部门"),
        ("我家狗咬了邻居该怎么办?", "垫付医疗费用"),
        ("停车新价哪天开始?", "2025年3月1日"),
        ("加梯的钱验收后多久打款?", "三十日"),
        ("下岗职工向谁申请救助?", "街道办事处"),
    ],
)
def test_everyday_words_find_what_the_official_ones_say(city: Assistant, question: str, expected: str) -> None:
    assert expected in city.ask(question).answer


def test_how_long_a_rule_stands_and_who_is_last_in_everyday_words(tmp_path_factory: pytest.TempPathFactory) -> None:
    text = "柳川市集市改造方案\n\n一、对进度排名后两位的县区,由市政府约谈。\n\n二、本方案自2025年4月1日起施行,有效期至2026年12月31日。\n"
    with asking(tmp_path_factory.mktemp("stands"), {"plan.txt": text}) as assistant:
        assert "2026年12月31日" in assistant.ask("这个方案管到什么时候?").answer
        last = assistant.ask("垫底的县区会怎样?").answer
        assert "约谈" in last and "有效期" not in last
