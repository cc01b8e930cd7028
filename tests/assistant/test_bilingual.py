"""English words that only a general dictionary knows, rendered by the words that the library uses."""

from __future__ import annotations

import pytest

from assistant.english import bilingual
from assistant.english.bilingual import near_words, renderings
from tests.conftest import AssistantOf

PLAN = """松岚市河道整治工作方案

一、主要任务

1.大沙河总磷超标整治。推进沿线养殖场粪污还田,建设生态沟渠5公里。由市水务局牵头。

2.灾情核实上报。洪水退去后15日内完成灾害损失核实。由市应急局牵头。
"""


@pytest.mark.parametrize(
    ("wordings", "library", "words"),
    [
        (("ambulance",), "救护车和白车", ("白车", "救护车")),
        (("ambulance",), "救护车", ("救护车",)),
        (("bridge loan",), "过桥贷款", ("过桥贷款",)),
        (("phosphorus",), "总磷超标", ("磷",)),
        (("verified", "verify"), "核实损失", ("核实",)),
        (("centralised",), "集中充电", ("集中",)),
        (("disaster",), "自然灾害", ("灾害", "自然灾害")),
        (("quux",), "救护车", ()),
    ],
)
def test_only_words_of_the_library_are_taken(wordings: tuple[str, ...], library: str, words: tuple[str, ...]) -> None:
    assert renderings(wordings, lambda word: word in library) == words


def test_a_word_the_glossary_lacks_finds_its_clause(assistant_of: AssistantOf) -> None:
    answer = assistant_of(PLAN).ask("Who leads the work on phosphorus in the river?")
    assert answer.status == "answered"
    assert "市水务局" in answer.answer


def test_the_task_taken_is_named_by_its_heading_where_the_clause_only_names_the_unit(assistant_of: AssistantOf) -> None:
    answer = assistant_of(PLAN.replace("由市水务局牵头。", "\n\n由市水务局牵头。")).ask("Who leads the work on phosphorus in the river?")
    assert "总磷" in answer.answer.split("Task: ")[1]


@pytest.mark.parametrize(("word", "library", "near"), [("狗", "养犬登记", ("犬",)), ("警察", "民警和干警", ("干警",)), ("狗", "养猫登记", ())])
def test_a_word_of_like_meaning_is_one_the_library_uses(word: str, library: str, near: tuple[str, ...]) -> None:
    assert near_words(word, lambda other: other in library) == near


def test_a_citizens_word_finds_the_regulations_word(assistant_of: AssistantOf) -> None:
    rule = "岚浦市养犬管理条例\n\n第七条 重点管理区内个人养犬,每户限养一只。\n\n第八条 公共场所禁止吸烟。\n"
    assert "一只" in assistant_of(rule).ask("重点管理区里每户能养几条狗").answer


@pytest.mark.parametrize("word", ["狗", "犬", "构成", "砍伐", "没有这个词", "塑料"])
def test_the_index_of_the_dictionary_finds_what_reading_it_finds(word: str) -> None:
    glosses = bilingual._glosses(word)
    assert [at for at in bilingual._places_of(bilingual._begun().result().words, word)] == [
        bilingual._dictionary().rfind("\n", 0, at) + 1 for at in bilingual._scanned(bilingual._dictionary(), f" {word} [")
    ]
    bilingual._named.cache_clear()
    before, bilingual._SCANS = bilingual._SCANS, -1
    try:
        assert {gloss: bilingual._named(gloss) for gloss in glosses} == {gloss: bilingual._entries_for(gloss)[0] for gloss in glosses}
    finally:
        bilingual._SCANS = before
        bilingual._named.cache_clear()
