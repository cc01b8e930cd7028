"""The answer as a whole: its shape, its citations, and any question at all."""

import json
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant import Assistant
from assistant.answer import THRESHOLD, answer
from assistant.answering.draft import Quote, citations, lines, names, shortened
from assistant.answering.evidence import gather
from assistant.compose.composers import compose
from assistant.question.understand import understand
from assistant.types import Turn
from corpus.types import Span
from tests.assistant.asking import asking, assert_citations_hold

PLAN = """青岭区消防整治方案

青政办发〔2024〕17号

一、工作目标

到2024年底,微型消防站建成率达到60%,2025年底达到80%。

二、主要任务

(一)建设集中充电桩。2024年9月底前新建电动自行车集中充电桩1200个。(牵头单位:区住建局;配合单位:区供电公司)

(二)落实“三同步”要求,即同步部署、同步检查、同步考核。

联系人:潘子轩,联系电话:0000-6123456
"""
LIST = """泽安县消防整治任务清单

序号

主要任务

具体任务

完成时限

牵头单位

责任单位

1

畅通生命通道

1.完成老旧小区消防车通道划线。

2025年底

县消防救援大队

县住建局

2

强化宣传培训

2.组织网格员消防培训,每季度至少1次。

常态化

县应急管理局

各乡镇
"""
ASKED = (
    "充电桩由谁牵头", "充电桩谁配合", "充电桩什么时候建完", "充电桩建多少个", "县消防救援大队牵头哪些任务", "任务清单有几项任务",
    "“三同步”是什么意思", "青岭区方案的文号", "联系电话是多少", "充电桩是区城管局牵头吗", "有哪些任务要在2025年底前完成", "云岭市怎么办",
    "青岭区和泽安县的任务有什么不同", "网格员多久培训一次", "怎么培训网格员", "你好", "Who leads the charging pile task?",
)  # fmt: skip


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with asking(tmp_path_factory.mktemp("answer"), {"方案.txt": PLAN, "清单.txt": LIST}) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "lines_said"),
    [
        # A line that says both already is not followed by half of itself.
        ("集中充电桩要建多少个?什么时候建完?", ["2024年9月底前新建电动自行车集中充电桩1200个"]),
        ("集中充电桩由谁牵头,什么时候建成?", ["区住建局", "2024年9月底前"]),
        ("集中充电桩由谁牵头、谁配合?", ["区住建局", "配合:区供电公司"]),
        ("集中充电桩由谁牵头?", ["区住建局"]),
        ("集中充电桩几月前要建完?", ["2024年9月底前"]),
    ],
)
def test_two_things_asked_of_one_clause_are_both_answered(assistant: Assistant, question: str, lines_said: list[str]) -> None:
    reply = assistant.ask(question)
    given = reply.answer.split("\n")
    assert len(given) == len(lines_said) and all(said in line for said, line in zip(lines_said, given, strict=True))
    assert_citations_hold(assistant, reply)


KEYS = ["id", "question", "status", "abstained", "kind", "answer", "confidence", "reason", "notes", "latency_ms", "citations"]
CITATION_KEYS = ["n", "document_id", "doc", "title", "path", "start", "end", "quote", "highlight", "page"]


@pytest.mark.parametrize("question", ASKED)
def test_the_answer_as_data_has_the_agreed_shape(assistant: Assistant, question: str) -> None:
    shown = json.loads(json.dumps(assistant.ask(question).as_json(), ensure_ascii=False))
    assert list(shown) == KEYS
    assert shown["status"] in ("answered", "refused", "clarify")
    assert shown["abstained"] is (shown["status"] == "refused")
    assert all(list(citation) == CITATION_KEYS for citation in shown["citations"])
    assert all(isinstance(citation["path"], list) and all(len(pair) == 2 for pair in citation["highlight"]) for citation in shown["citations"])


@pytest.mark.parametrize("question", ASKED)
def test_every_citation_is_the_stored_text(assistant: Assistant, question: str) -> None:
    assert_citations_hold(assistant, assistant.ask(question))


@pytest.mark.parametrize("question", ASKED)
def test_the_same_question_gets_the_same_answer(assistant: Assistant, question: str) -> None:
    first, second = assistant.ask(question).as_json(), assistant.ask(question).as_json()
    assert first | {"latency_ms": 0} == second | {"latency_ms": 0}


def test_the_question_comes_back_as_it_was_asked(assistant: Assistant) -> None:
    assert assistant.ask("充电桩,由谁牵头?").question == "充电桩,由谁牵头?"


def test_width_and_white_space_do_not_change_the_answer(assistant: Assistant) -> None:
    plain = assistant.ask("充电桩2024年9月底前建多少个?").answer
    assert assistant.ask(" 充电桩 2024年 9月底前 建多少个? ").answer == plain


def test_a_short_answer_carries_no_page_of_context(assistant: Assistant) -> None:
    for question in ASKED[:4]:
        assert len(assistant.ask(question).answer) <= 60


def test_the_trace_says_what_was_understood_and_used(assistant: Assistant) -> None:
    trace = dict(assistant.ask("充电桩由谁牵头").trace)
    assert trace["kind"] == "lead" and trace["basis"] == "duty" and 0 <= float(trace["coverage"]) <= 1


def test_the_answer_takes_time_and_says_how_much(assistant: Assistant) -> None:
    assert 0 < assistant.ask("充电桩由谁牵头").latency_ms < 5000


def test_a_higher_threshold_only_turns_answers_into_refusals(assistant: Assistant) -> None:
    library = assistant.library()
    for question in ASKED:
        usual, strict = answer(question, library), answer(question, library, threshold=1.0)
        assert strict.abstained
        assert 0 <= strict.confidence < 1
        assert not usual.abstained or usual.confidence < THRESHOLD


def test_no_threshold_answers_what_was_too_unlikely(assistant: Assistant) -> None:
    library = assistant.library()
    refused = answer("新建公租房怎么申请", library)
    assert refused.abstained and refused.confidence < 0.5
    assert answer("新建公租房怎么申请", library, threshold=0.0).status == "answered"


def test_a_task_taken_for_another_word_is_said_in_a_note(assistant: Assistant) -> None:
    found = assistant.ask("电动自行车换电柜建设由谁牵头")
    assert found.abstained or any("换电" in note for note in found.notes)


def test_an_english_question_gets_the_chinese_term_in_an_english_frame(assistant: Assistant) -> None:
    found = assistant.ask("Who leads the construction of charging piles?")
    assert found.answer.startswith("Lead unit:") and "区住建局" in found.answer


def test_an_english_refusal_is_in_english(assistant: Assistant) -> None:
    found = assistant.ask("How do I apply for a passport?")
    assert found.abstained and found.answer[:1].isascii() and found.answer != found.reason


def test_composing_needs_only_the_query_and_what_was_found(assistant: Assistant) -> None:
    library = assistant.library()
    query = understand("充电桩由谁牵头", library.knowledge)
    draft = compose(query, gather(query, library), library)
    assert draft is not None and draft.exact and draft.text == "区住建局"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=300))
def test_any_text_gets_an_answer_with_valid_citations(assistant: Assistant, question: str) -> None:
    assert_citations_hold(assistant, answer(question, assistant.library()))


WORDS = ["充电桩", "青岭区", "泽安县", "附件", "第九条", "(三)", "2025年", "底前", "谁", "牵头", "配合", "什么时候", "多少", "几项", "哪些", "任务",
         "“三同步”", "是什么", "吗", "一样", "为什么", "既然", "区住建局", "那", "呢", "?", "《", "》", "(", "第", "二", "年"]  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(lambda chosen: "请问" + "".join(chosen)), st.sampled_from(["", "充电桩由谁牵头", "青岭区2024年建成率是多少"]))
def test_any_words_of_the_genre_get_an_answer_with_valid_citations(assistant: Assistant, question: str, before: str) -> None:
    history = (Turn(before, "……"),) if before else ()
    assert_citations_hold(assistant, answer(question, assistant.library(), history=history))


# ---------------------------------------------------------------- the parts of an answer


def test_one_clause_is_cited_once_with_all_its_highlights(assistant: Assistant) -> None:
    document = assistant.library().documents[0]
    span = Span(0, 12)
    merged = citations([Quote(document, span, (), (Span(2, 4),)), Quote(document, span, (), (Span(6, 8), Span(2, 4)))])
    assert [(c.n, c.highlight) for c in merged] == [(1, ((2, 4), (6, 8)))]


def test_a_highlight_outside_its_clause_is_dropped(assistant: Assistant) -> None:
    document = assistant.library().documents[0]
    assert citations([Quote(document, Span(0, 5), (), (Span(3, 9), Span(2, 2)))])[0].highlight == ()


def test_names_are_joined_for_reading_aloud() -> None:
    assert names(["甲", "乙", "甲"]) == "甲、乙"
    assert names(["甲"], etc=True) == "甲等"


def test_items_are_numbered_one_a_line_and_one_alone_is_not() -> None:
    assert lines(["甲", "乙"]) == "1. 甲\n2. 乙"
    assert lines(["甲"]) == "甲"


@given(st.text(alphabet="甲乙,。;、", max_size=60), st.integers(2, 40))
def test_a_shortened_text_is_a_beginning_of_the_text(text: str, limit: int) -> None:
    cut = shortened(text, limit)
    assert len(cut) <= limit + 1
    assert text.strip().startswith(cut.removesuffix("…"))
