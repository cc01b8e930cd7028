"""A list ends with its last item; what follows it is said of all of it, or of something else."""

from collections.abc import Iterator

import pytest

from assistant import Assistant
from assistant.types import Turn
from tests.assistant.asking import asking

GUIDE = """云台县入户评估补贴指南

一、申请材料

(一)申请表一份;

(二)房屋产权证明;租住的,还需提供租赁合同;

(三)银行卡复印件。

委托他人办理的,另需委托书。

二、补贴标准

(一)低保家庭:全额补贴,最高12000元;

(二)其他家庭:补贴七成,最高8000元。

三、取消补贴

有下列情形之一的,取消补贴:提供虚假材料的;擅自变更方案的;拒绝验收的。

四、常见问题

问:什么叫低保边缘家庭?

答:指人均月收入不超过低保标准1.5倍的家庭。

问:改造以后坏了怎么办?

答:质保期内由施工单位维修。
"""
PLAN = """云台县燃气应急预案

一、指挥部办公室

承担日常工作,主要职责:修订预案;接收、核实、上报险情;管理专家库。

二、预警行动

发布黄色预警后,燃气公司应当采取以下措施:一是加密巡线;二是全员在岗;三是停止动火作业。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with asking(tmp_path_factory.mktemp("ends"), {"指南.txt": GUIDE, "预案.txt": PLAN}) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "items"),
    [
        ("申请入户评估补贴要什么材料", ["1. 申请表一份", "2. 房屋产权证明;租住的,还需提供租赁合同", "3. 银行卡复印件", "委托他人办理的,另需委托书。"]),
        ("补贴标准分几档,各多少", ["1. 低保家庭:全额补贴,最高12000元", "2. 其他家庭:补贴七成,最高8000元"]),
        ("哪些情形取消补贴", ["1. 提供虚假材料的", "2. 擅自变更方案的", "3. 拒绝验收的"]),
        ("指挥部办公室有哪些职责", ["1. 修订预案", "2. 接收、核实、上报险情", "3. 管理专家库"]),
        ("发了黄色预警后燃气公司要采取哪些措施", ["1. 加密巡线", "2. 全员在岗", "3. 停止动火作业"]),
    ],
)
def test_a_list_is_complete_and_holds_nothing_else(assistant: Assistant, question: str, items: list[str]) -> None:
    assert assistant.ask(question).answer.split("\n") == items


@pytest.mark.parametrize(
    ("question", "said"), [("低保边缘家庭指的是哪种", "1.5倍"), ("改造以后坏了谁修", "质保期内由施工单位维修")]
)
def test_a_question_of_the_document_is_answered_with_its_answer(assistant: Assistant, question: str, said: str) -> None:
    assert said in assistant.ask(question).answer


def test_an_item_is_found_in_an_answer_of_clauses_between_semicolons(assistant: Assistant) -> None:
    before = Turn("哪些情形取消补贴", "提供虚假材料的;擅自变更方案的;拒绝验收的。")
    assert assistant.ask("第三项呢?", history=[before]).answer == "拒绝验收的"
