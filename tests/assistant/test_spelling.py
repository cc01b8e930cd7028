"""Traditional characters and slips of the input method: what is put right, what is left alone."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.question.spelling import corrected, homophones, simplified
from assistant.question.tagging import words
from tests.conftest import AssistantOf

LIBRARY = "人员密集场所防盗窗动态清零由区消防救援大队牵头,2025年底前完成。企业员工知晓率达到95%以上。城乡居民医保。出水水质达标率79%。"


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("防盜窗動態清零由誰牽頭?什麼時候完成", "防盗窗动态清零由谁牵头?什么时候完成"),
        ("防盗窗动态清零由谁牵头?", "防盗窗动态清零由谁牵头?"),
        ("乾坤、着力、余下", "乾坤、着力、余下"),
        ("Who leads it?", "Who leads it?"),
    ],
)
def test_only_traditional_script_is_converted(question: str, meant: str) -> None:
    assert simplified(question) == meant


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("房盗窗清零谁牵头", "防盗窗清零谁牵头"),
        ("防盗窗清零由谁迁头", "防盗窗清零由谁牵头"),
        ("知小率是多少", "知晓率是多少"),
        ("居民医宝怎么交", "居民医保怎么交"),
        ("业员工知小率", "业员工知晓率"),
        ("水质达表率是多少", "水质达标率是多少"),
    ],
)
def test_a_slip_is_put_right_by_a_homophone_the_library_uses(question: str, meant: str) -> None:
    assert corrected(question, words(), lambda piece: piece in LIBRARY)[0] == meant


@pytest.mark.parametrize("question", ["煤矿瓦斯治理谁牵头", "防火门清零谁牵头", "企业职工满意率是多少", "风险高的企业怎么办", "场隐患整治"])
def test_a_word_that_is_only_unknown_stays(question: str) -> None:
    assert corrected(question, words(), lambda piece: piece in LIBRARY) == (question, ())


def test_similar_sounds_come_after_equal_ones() -> None:
    found = homophones("房")
    assert found.index("防") < found.index("翻")


def test_the_answer_says_what_it_took_the_slip_for(assistant_of: AssistantOf) -> None:
    answer = assistant_of(LIBRARY).ask("人员密集场所房盗窗清零由谁牵头")
    assert answer.answer.startswith("区消防救援大队")
    assert any("房盗窗" in note and "防盗窗" in note for note in answer.notes)
    assert answer.question == "人员密集场所房盗窗清零由谁牵头"


def test_a_question_in_traditional_script_gets_the_same_answer(assistant_of: AssistantOf) -> None:
    assistant = assistant_of(LIBRARY)
    assert assistant.ask("人員密集場所防盜窗清零由誰牽頭").answer == assistant.ask("人员密集场所防盗窗清零由谁牵头").answer


def test_sounds_are_read_without_the_dictionary_of_phrases() -> None:
    code = "import sys; from assistant.question.spelling import homophones; assert '防' in homophones('房') and '率' in homophones('律'); sys.exit('pypinyin' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}).returncode == 0
