"""An open library: what it answers while documents come, change and go."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.config import Config
from assistant.types import Answer
from corpus.errors import BadQuestion, UnknownDocument
from tests.assistant.asking import assert_citations_hold

AssistantOf = Callable[..., Assistant]
FilesOf = Callable[..., tuple[Path, ...]]

PLAN = """青岭区消防整治方案

一、主要任务

(一)建设集中充电桩。2024年9月底前新建电动自行车集中充电桩1200个。(牵头单位:区住建局;配合单位:区供电公司)
"""
OTHER = """桂河镇消防整治方案

一、主要任务

(一)建设集中充电桩。2025年11月底前新建电动自行车集中充电桩90个。(牵头单位:镇村建办;配合单位:镇供电所)
"""
QUESTION = "充电桩由谁牵头"


@pytest.mark.parametrize("question", ["", "   ", "\n\t", " "])
def test_an_empty_question_is_no_question(assistant_of: AssistantOf, question: str) -> None:
    with pytest.raises(BadQuestion) as raised:
        assistant_of(PLAN).ask(question)
    assert raised.value.code == "empty_question"


def test_a_question_over_the_limit_is_refused_with_the_limit(assistant_of: AssistantOf) -> None:
    assistant = assistant_of(PLAN, config=Config(max_question_length=20))
    assert assistant.ask("充" * 20).question == "充" * 20
    with pytest.raises(BadQuestion) as raised:
        assistant.ask("充" * 21)
    assert raised.value.code == "question_too_long" and "20" in raised.value.message


def test_an_unknown_document_filter_is_named(assistant_of: AssistantOf) -> None:
    with pytest.raises(UnknownDocument, match="没有这份.txt"):
        assistant_of(PLAN).ask(QUESTION, documents=["没有这份.txt"])


def test_a_document_is_chosen_by_name_by_title_or_by_id(assistant_of: AssistantOf) -> None:
    assistant = assistant_of(**{"区.txt": PLAN, "镇.txt": OTHER})
    identity = next(listing.id for listing in assistant.store.documents() if listing.name == "镇.txt")
    for chosen in ("镇.txt", "桂河镇消防整治方案", identity):
        assert assistant.ask(QUESTION, documents=[chosen]).answer == "镇村建办"


def test_the_threshold_of_the_configuration_holds(assistant_of: AssistantOf) -> None:
    assert assistant_of(PLAN, config=Config(confidence_threshold=1.0)).ask(QUESTION).abstained
    assert assistant_of(PLAN, config=Config(confidence_threshold=0.0)).ask("新建公租房怎么申请").status == "answered"


def test_a_document_added_is_asked_at_once(assistant_of: AssistantOf, files_of: FilesOf) -> None:
    assistant = assistant_of(PLAN)
    assert assistant.ask("桂河镇充电桩由谁牵头").answer != "镇村建办"
    assistant.add(files_of(**{"镇.txt": OTHER}))
    assert assistant.ask("桂河镇充电桩由谁牵头").answer == "镇村建办"


def test_a_removed_document_is_no_longer_cited(assistant_of: AssistantOf) -> None:
    assistant = assistant_of(**{"区.txt": PLAN, "镇.txt": OTHER})
    assert {c.doc for c in assistant.ask(QUESTION).citations} == {"区.txt", "镇.txt"}
    assistant.remove("镇.txt")
    answer = assistant.ask(QUESTION)
    assert answer.answer == "区住建局" and {c.doc for c in answer.citations} == {"区.txt"}
    assert all(hit.doc == "区.txt" for hit in assistant.search("充电桩"))


def test_a_place_whose_last_document_is_removed_is_unknown_again(assistant_of: AssistantOf) -> None:
    assistant = assistant_of(**{"区.txt": PLAN, "镇.txt": OTHER})
    assistant.remove("镇.txt")
    answer = assistant.ask("桂河镇充电桩由谁牵头")
    assert answer.abstained and "桂河镇" in answer.reason


def test_a_changed_file_answers_from_its_new_version_only(assistant_of: AssistantOf, files_of: FilesOf) -> None:
    assistant = assistant_of(OTHER)
    (path,) = files_of(**{"区.txt": PLAN})
    assistant.add([path])
    assert assistant.ask("青岭区充电桩由谁牵头").answer == "区住建局"
    path.write_text(PLAN.replace("区住建局", "区城管局").replace("1200个", "1500个"), encoding="utf-8")
    report = assistant.add([path])
    assert [file.status for file in report.files] == ["new_version"]
    assert assistant.ask("青岭区充电桩由谁牵头").answer == "区城管局"
    assert "1500个" in assistant.ask("青岭区充电桩建多少个").answer
    assert all("区住建局" not in hit.quote for hit in assistant.search("充电桩 区住建局"))


def test_the_same_file_twice_changes_nothing(assistant_of: AssistantOf, files_of: FilesOf) -> None:
    (path,) = files_of(**{"区.txt": PLAN})
    assistant = assistant_of(OTHER)
    assistant.add([path])
    before = assistant.ask(QUESTION)
    assert [file.status for file in assistant.add([path]).files] == ["unchanged"]
    assert assistant.ask(QUESTION).citations == before.citations


def test_a_library_opened_again_gives_the_same_answers(tmp_path: Path, files_of: FilesOf) -> None:
    with Assistant.open(tmp_path / "library", Config()) as assistant:
        assistant.add(files_of(**{"区.txt": PLAN}))
        first = assistant.ask(QUESTION)
    with Assistant.open(tmp_path / "library", Config()) as again:
        second = again.ask(QUESTION)
    assert (first.answer, first.citations, first.confidence) == (second.answer, second.citations, second.confidence)


def test_a_damaged_index_is_built_again_from_the_catalog(tmp_path: Path, files_of: FilesOf) -> None:
    with Assistant.open(tmp_path / "library", Config()) as assistant:
        assistant.add(files_of(**{"区.txt": PLAN}))
    for path in (tmp_path / "library" / "index").rglob("*"):
        if path.is_file():
            path.write_bytes(b"damaged")
    with Assistant.open(tmp_path / "library", Config()) as again:
        assert again.ask(QUESTION).answer == "区住建局"


def test_rebuilding_the_index_changes_no_answer(assistant_of: AssistantOf) -> None:
    assistant = assistant_of(PLAN, OTHER)
    before = assistant.ask(QUESTION)
    assert assistant.reindex() > 0
    after = assistant.ask(QUESTION)
    assert (before.answer, before.citations) == (after.answer, after.citations)


def test_a_search_gives_the_stored_words(assistant_of: AssistantOf) -> None:
    assistant = assistant_of(PLAN, OTHER)
    hits = assistant.search("充电桩", k=3)
    assert hits and len(hits) <= 3
    for hit in hits:
        assert assistant.store.document(hit.document_id).text[hit.start : hit.end] == hit.quote
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_a_sound_library_has_no_problems(assistant_of: AssistantOf) -> None:
    assert assistant_of(PLAN).verify() == ()


def test_questions_asked_while_another_adds_get_whole_answers(assistant_of: AssistantOf, files_of: FilesOf) -> None:
    assistant = assistant_of(**{"区.txt": PLAN})
    added = [files_of(**{f"镇{n}.txt": OTHER.replace("桂河镇", f"{name}镇")}) for n, name in enumerate(("东坪", "西坪", "南坪", "北坪"))]
    done = threading.Event()

    def ask() -> list[Answer]:
        answers = []
        while not done.is_set():
            answers.append(assistant.ask("青岭区充电桩由谁牵头"))
        return answers

    with ThreadPoolExecutor(2) as pool:
        asking = [pool.submit(ask) for _ in range(2)]
        try:
            for paths in added:
                assistant.add(paths)
        finally:
            done.set()
        answers = [answer for one in asking for answer in one.result(timeout=30)]
    assert len(answers) >= 2
    assert {answer.answer for answer in answers} == {"区住建局"}
    for answer in answers[:20]:
        assert_citations_hold(assistant, answer)
    assert len(assistant.store.documents()) == 5
