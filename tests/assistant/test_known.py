"""Known questions of a library: checked, kept, exchanged as files, asked in the background, and shown only to those who may see their documents."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace

import pytest

from assistant import Assistant
from assistant.accounts.types import LOCAL, Denied, Principal
from assistant.known.checking import check
from assistant.known.keeping import RUNS_KEPT, Knowledge
from assistant.known.rows import lines_of, questions_in
from assistant.known.running import Running
from assistant.known.types import BadKnown, Examiner, Outcome, Progress, Question, Quote, Scored
from corpus.errors import BadQuestion
from eval.metrics import fault_of
from eval.scoring import EXAMINER
from tests.conftest import AssistantOf, StoreOf

NOTICE = "白石镇消防方案\n\n一、任务\n1.清理防盗窗。2024年9月底前,完成清理。(牵头单位:镇应急站)\n"
LEAD = Question(
    "k1", "白石镇清理防盗窗由谁牵头?", kind="lead", docs=("文件1.txt",), answer="镇应急站", must=(("镇应急站", "应急站"),),
    evidence=(Quote("文件1.txt", "完成清理。(牵头单位:镇应急站)"),),
)  # fmt: skip
UNKNOWN = Question("k2", "月球基地由谁牵头?", kind="unanswerable", answerable=False)
WRONG = replace(LEAD, id="k3", must=(("区财政局",),), answer="区财政局")
EDITOR = Principal("u1", "编辑甲", "editor", frozenset({"c1"}))
READER = Principal("u2", "读者", "reader", None)


def test_a_run_keeps_figures_and_what_was_wrong_without_any_quote(assistant_of: AssistantOf) -> None:
    assistant = assistant_of(NOTICE)
    running = Running(assistant, EXAMINER)
    running.start("own", (LEAD, UNKNOWN, WRONG), LOCAL)
    ended = running.wait(30)
    assert (ended.state, ended.done, ended.total) == ("done", 3, 3)
    run = running.knowledge.run(ended.run, LOCAL)
    assert run.figures["answerable"] == {"right": 1, "n": 2, "value": 0.5} and run.figures["refused_unanswerable"]["right"] == 1
    assert [(o.id, o.passed) for o in run.outcomes] == [("k1", True), ("k2", True), ("k3", False)]
    wrong = run.outcomes[2]
    assert wrong.why == "missing: 区财政局" and "镇应急站" in wrong.answer and wrong.question == WRONG
    assert wrong.citations and all(c.quote == "" and c.end > c.start for c in wrong.citations)
    assert [r.key for r in running.knowledge.runs(LOCAL)] == [run.key] and running.knowledge.runs(LOCAL)[0].outcomes == ()


def held(opened: threading.Event, closed: threading.Event) -> Examiner:
    """Make an examiner that waits after its first question."""

    def score(assistant: Assistant, questions: Sequence[Question], *, progress: Progress) -> Scored:
        for done in range(1, len(questions) + 1):
            progress(done, len(questions))
            opened.set()
            assert closed.wait(10)
        return Scored({}, ())

    return Examiner(score, fault_of, tuple)


def test_one_run_at_a_time_and_a_cancelled_one_leaves_nothing(assistant_of: AssistantOf) -> None:
    opened, closed = threading.Event(), threading.Event()
    running = Running(assistant_of(NOTICE), held(opened, closed))
    running.start("own", (LEAD, UNKNOWN), LOCAL)
    assert opened.wait(10) and running.progress().state == "running"
    with pytest.raises(BadKnown) as caught:
        running.start("own", (LEAD,), LOCAL)
    assert caught.value.code == "run_going_on"
    running.cancel(LOCAL)
    closed.set()
    assert running.wait(10).state == "stopped" and running.knowledge.runs(LOCAL) == ()
    with pytest.raises(BadKnown) as caught:
        running.start("own", (), LOCAL)
    assert caught.value.code == "no_known_questions"


def test_questions_are_kept_changed_removed_and_named(store_of: StoreOf) -> None:
    knowledge = Knowledge(store_of(NOTICE))
    first = knowledge.keep(replace(LEAD, id=""), LOCAL, judgement=7)
    known = knowledge.known(first, LOCAL)
    assert (known.question.id, known.judgement, known.made_by) == ("k0001", 7, "本机用户")
    knowledge.change(first, replace(UNKNOWN, id="x"), LOCAL)
    assert knowledge.known(first, LOCAL).question == replace(UNKNOWN, id="k0001")
    knowledge.remove(first, LOCAL)
    with pytest.raises(BadKnown):
        knowledge.known(first, LOCAL)
    assert [entry.action for entry in knowledge.store.trail()] == ["add_known_question", "change_known_question", "remove_known_question"]


def test_a_file_that_was_written_is_read_again_and_taken_in_whole(store_of: StoreOf) -> None:
    text = lines_of((LEAD, UNKNOWN))
    assert questions_in(text) == (LEAD, UNKNOWN)
    knowledge = Knowledge(store_of(NOTICE))
    assert knowledge.take_in(questions_in(text), LOCAL) == (2, 0)
    assert knowledge.take_in((WRONG, UNKNOWN), LOCAL) == (1, 1)
    assert [k.question.id for k in knowledge.listing(LOCAL)] == ["k1", "k2", "k3"]


@pytest.mark.parametrize(
    "line", ["{", "[]", "1", '{"id": 1}', '{"question": 3}', '{"question": "a", "must": "abc"}', '{"question": "a", "must": [["a"], [1]]}', '{"question": "a", "evidence": ["x"]}', "[" * 5000, ""]
)  # fmt: skip
def test_what_is_no_question_file_is_refused_with_its_line(line: str) -> None:
    with pytest.raises(BadQuestion):
        questions_in(line)


@pytest.mark.parametrize(
    ("question", "code"),
    [
        (replace(LEAD, evidence=(Quote("文件1.txt", "完成清理(牵头单位:镇应急站)"),)), "quote_not_found"),
        (replace(LEAD, evidence=(Quote("别的.txt", "完成清理。"),)), "quote_not_found"),
        (replace(LEAD, docs=("别的.txt",)), "quote_not_found"),
        (replace(LEAD, answer="镇派出所"), "gold_fails"),
        (replace(LEAD, must=()), "bad_known_question"),
        (replace(LEAD, must=((" ",),)), "bad_known_question"),
        (replace(LEAD, evidence=()), "bad_known_question"),
        (replace(LEAD, question="  "), "bad_known_question"),
        (replace(LEAD, kind="谁"), "bad_known_question"),
        (replace(LEAD, answer="镇应急站" * 1000), "bad_known_question"),
        (replace(LEAD, kind="unanswerable"), "bad_known_question"),
        (replace(UNKNOWN, kind="lead"), "bad_known_question"),
    ],
)
def test_a_question_that_cannot_be_judged_by_is_not_kept(question: Question, code: str) -> None:
    check(LEAD, {"文件1.txt": NOTICE}, fault_of)
    check(UNKNOWN, {}, fault_of)
    with pytest.raises(BadKnown) as caught:
        check(question, {"文件1.txt": NOTICE}, fault_of)
    assert caught.value.code == code


def test_a02_who_does_not_see_a_document_sees_neither_its_questions_nor_runs_that_saw_more(store_of: StoreOf) -> None:
    knowledge = Knowledge(store_of(NOTICE))
    key = knowledge.keep(LEAD, LOCAL)
    knowledge.keep(UNKNOWN, LOCAL)
    assert [k.question.id for k in knowledge.listing(EDITOR, hidden={"文件1.txt"})] == ["k2"]
    with pytest.raises(BadKnown):
        knowledge.known(key, EDITOR, hidden={"文件1.txt"})
    scored = Scored({"x": 1}, (Outcome("k1", "lead", True),))
    whole = knowledge.keep_run("own", scored, LOCAL, started_at="2026-01-01T00:00:00+00:00")
    part = knowledge.keep_run("own", scored, EDITOR, started_at="2026-01-01T00:00:00+00:00")
    assert [r.key for r in knowledge.runs(EDITOR)] == [part] and [r.key for r in knowledge.runs(LOCAL)] == [part, whole]
    with pytest.raises(BadKnown):
        knowledge.run(whole, EDITOR)
    with pytest.raises(Denied):
        knowledge.listing(READER)


def test_only_the_latest_runs_are_kept(store_of: StoreOf) -> None:
    knowledge = Knowledge(store_of(NOTICE))
    keys = [knowledge.keep_run("own", Scored({}, ()), LOCAL, started_at="") for _ in range(RUNS_KEPT + 2)]
    assert [r.key for r in knowledge.runs(LOCAL)] == keys[:1:-1]


def test_the_shipped_questions_can_be_asked() -> None:
    assert len(EXAMINER.shipped()) > 300
