"""English questions that name things the documents write in Chinese: names in pinyin, sorts by number, everyday words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant import Assistant
from assistant.english.names import romanised
from tests.assistant.asking import asking

CAMPS = """关于做好暑期青少年营地服务保障工作的通知

各镇人民政府:

东湖营地:7月6日开营,共接收营员310名。
西岭营地:7月13日开营,共接收营员260名。
"""
ZONE = """云栎高新技术产业开发区停车收费办法

第一条 一类区域首小时5元,二类区域首小时3元。
第二条 公寓的轮候期不超过2年。
第三条 捐赠箱回收的衣物严禁未经消毒进入二手市场销售。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with asking(tmp_path_factory.mktemp("names"), {"营地.txt": CAMPS, "停车.txt": ZONE}) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("How many campers does the Xiling camp take?", "260", "310"),
        ("What is the parking fee for the first hour in a Class II area in Yunli?", "3元", "5元"),
        ("What is the parking fee for the first hour in a second-class area in Yunli?", "3元", "5元"),
        ("How long is the waiting period for an apartment in Yunli?", "2年", "3元"),
    ],
)
def test_the_answer_says(assistant: Assistant, question: str, said: str, unsaid: str) -> None:
    answer = assistant.ask(question).answer
    assert said in answer
    assert unsaid not in answer


def test_a_place_that_only_a_title_names_is_known_and_another_is_not(assistant: Assistant) -> None:
    assert "no document from Luoyang" in assistant.ask("What is the parking fee in Luoyang?").answer


@pytest.mark.parametrize(
    ("word", "text", "following", "names"),
    [
        ("yunfeng", "云峰营地7月开营", ("营地",), ("云峰",)),
        ("tongguan", "云岫至桐关高速公路", (), ("桐关",)),
        ("xi'an", "西安路改造", (), ("西安",)),
        ("yunfeng", "白云封闭", (), ()),
        ("budget", "预算", (), ()),
    ],
)
def test_a_name_is_found_where_the_text_writes_it_as_one(word: str, text: str, following: tuple[str, ...], names: tuple[str, ...]) -> None:
    assert romanised(word, lambda piece: piece in text, following) == names
