"""The document's own data, rosters and contacts."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant
from tests.assistant.asking import asking, assert_citations_hold, marked

NOTICE = """桂河镇人民政府关于做好秸秆禁烧工作的通知

桂政发〔2025〕8号

各村民委员会,镇直各单位:

为做好2025年秸秆禁烧工作,现将有关事项通知如下:

一、组织领导

成立桂河镇秸秆禁烧工作领导小组。

组长:方启明  镇党委副书记、镇长

副组长:沈若兰  副镇长

成员:各村党支部书记

联系人:潘子轩,联系电话:0000-6123456,邮箱:jinshao@example.cn

桂河镇人民政府

2025年8月20日
"""
RULES = """泽安县养犬管理办法

第一条 县公安局负责养犬登记。

第二条 本办法自2024年7月1日起施行。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with asking(tmp_path_factory.mktemp("records"), {"通知.txt": NOTICE, "办法.txt": RULES}) as opened:
        yield opened


@pytest.mark.parametrize("question", ["秸秆禁烧通知的文号是什么", "桂河镇通知的发文字号", "桂河镇秸秆禁烧文件是什么文号"])
def test_the_document_number_is_given_as_printed(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert (answer.kind, answer.answer) == ("meta", "桂政发〔2025〕8号")
    assert marked(answer) == ["桂政发〔2025〕8号"]


@pytest.mark.parametrize("question", ["桂河镇的通知什么时候印发", "秸秆禁烧通知的印发日期", "秸秆禁烧通知的成文日期是哪一天"])
def test_the_date_of_issue_is_given(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.answer in ("2025-08-20", "2025年8月20日")
    assert marked(answer) == ["2025年8月20日"]


@pytest.mark.parametrize("question", ["秸秆禁烧通知是哪个单位印发的", "桂河镇秸秆禁烧通知的发文机关"])
def test_the_issuer_is_given(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).answer == "桂河镇人民政府"


def test_number_and_date_are_given_together_when_both_are_asked(assistant: Assistant) -> None:
    answer = assistant.ask("桂河镇通知的文号和印发日期").answer
    assert "桂政发〔2025〕8号" in answer and "2025" in answer.split("\n")[1]


def test_the_addressees_are_given(assistant: Assistant) -> None:
    assert "各村民委员会" in assistant.ask("桂河镇通知的主送单位是哪些").answer


@pytest.mark.parametrize("question", ["养犬管理办法什么时候施行", "养犬管理办法从哪天开始实施", "养犬管理办法何时生效"])
def test_the_date_a_rule_takes_effect_is_given(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question).answer
    assert answer in ("2024-07-01", "2024年7月1日")


def test_a_datum_that_is_not_printed_is_refused(assistant: Assistant) -> None:
    answer = assistant.ask("养犬管理办法的文号是多少")
    assert answer.abstained and "发文字号" in answer.reason


@pytest.mark.parametrize(
    ("question", "name"),
    [("秸秆禁烧领导小组组长是谁", "方启明"), ("桂河镇秸秆禁烧领导小组的副组长是谁", "沈若兰"), ("谁担任禁烧领导小组组长", "方启明")],
)
def test_a_post_is_answered_with_the_person(assistant: Assistant, question: str, name: str) -> None:
    answer = assistant.ask(question)
    assert [n for n in ("方启明", "沈若兰") if n in answer.answer] == [name]
    assert marked(answer) == [name]


def test_the_leader_is_given_with_the_own_post(assistant: Assistant) -> None:
    assert "镇长" in assistant.ask("秸秆禁烧领导小组组长是谁").answer


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("秸秆禁烧的联系电话是多少", "0000-6123456"),
        ("秸秆禁烧有问题打什么电话", "0000-6123456"),
        ("秸秆禁烧的邮箱", "jinshao@example.cn"),
        ("秸秆禁烧联系人是谁", "潘子轩"),
    ],
)
def test_contact_data_are_given_as_printed(assistant: Assistant, question: str, said: str) -> None:
    answer = assistant.ask(question)
    assert answer.kind == "contact" and said in answer.answer and said in marked(answer)


def test_a_fax_number_nobody_printed_is_refused(assistant: Assistant) -> None:
    assert assistant.ask("秸秆禁烧办公室传真是多少").abstained


@pytest.mark.parametrize("question", ["秸秆禁烧通知的文号是什么", "秸秆禁烧领导小组组长是谁", "秸秆禁烧的邮箱", "养犬管理办法什么时候施行"])
def test_citations_are_the_stored_words(assistant: Assistant, question: str) -> None:
    assert_citations_hold(assistant, assistant.ask(question))


def test_the_seat_of_an_office_is_said_once(tmp_path: Path) -> None:
    plan = "青岭区阅读推广方案\n\n一、保障措施\n\n成立区阅读推广工作专班,由分管副区长任组长,办公室设在区文广旅局。\n"
    with asking(tmp_path, {"方案.txt": plan}) as assistant:
        assert assistant.ask("专班办公室设在哪里").answer == "办公室设在区文广旅局"


OFFICE = """青山区消防整治方案

一、组织领导

成立青山区消防整治领导小组。组长:田周明 区长

领导小组办公室设在区应急管理局,由副局长向阳兼任办公室主任,科长李亚、站长王勇任办公室副主任。
"""


@pytest.mark.parametrize(
    ("question", "said", "silent"),
    [
        ("领导小组是谁挂帅?啥职务?", ("田周明", "区长"), ("向阳",)),
        ("办公室主任由谁兼?副主任都有谁?", ("向阳", "李亚", "王勇"), ("田周明",)),
        ("那办公室的副主任是哪个", ("李亚", "王勇"), ("向阳", "区应急管理局")),
    ],
)
def test_all_roles_asked_for_are_read_from_the_roster(tmp_path: Path, question: str, said: tuple[str, ...], silent: tuple[str, ...]) -> None:
    with asking(tmp_path, {"a.txt": OFFICE}) as assistant:
        answer = assistant.ask(question).answer
    assert all(word in answer for word in said) and not any(word in answer for word in silent)
