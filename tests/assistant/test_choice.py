"""Which of all that could be said is said."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.answering.confidence import NOTHING_FOUND
from assistant.answering.draft import Draft
from assistant.answering.evidence import gather
from assistant.answering.problems import NOTHING
from assistant.question.understand import understand
from assistant.reading.candidates import READING, Candidate, candidates
from assistant.reading.choice import MARGIN, SURE, UNREFUSED, Tree, Weights, chosen, likely, open_to_doubt, weights
from assistant.types import Answer

PLAN = """青岭区安居方案

一、任务

(一)新建充电桩。2025年底前新建充电桩120个。(牵头单位:区住建局)

(二)改造公厕。2026年6月底前改造公厕35座。(牵头单位:区城管局)
"""


def given(text: str = "甲", *, status: str = "answered", confidence: float = 0.6, reason: str = "") -> Answer:
    return Answer("问", status, "lead", text, confidence, (), reason)  # type: ignore[arg-type]


def candidate(text: str, value: float, *, said: bool = False) -> Candidate:
    return Candidate(Draft("lead", text, (), 0.0), ("lead",), {"right": value, "given": float(said)})


STEP = Weights("test", ("right",), 0.0, (Tree((0, -1, -1), (0.5, 0, 0), (1, 0, 0), (2, 0, 0), (0.0, -4.0, 4.0)),), (8.0,), -4.0)
"""Likely where `right` is above a half: by a tree, and by a logistic function that meets it at a half."""


def test_trees_and_the_logistic_function_are_asked_and_the_mean_is_taken() -> None:
    assert likely({"right": 0.5}, STEP) == pytest.approx((0.018 + 0.5) / 2, abs=1e-3)
    assert likely({"right": 1.0}, STEP) == pytest.approx(0.982, abs=1e-3)


def test_the_answer_stands_unless_another_is_clearly_likelier() -> None:
    answer, likelier = candidate("甲", 0.52, said=True), candidate("乙", 1.0)
    assert chosen(given(), (answer, candidate("丙", 0.54)), STEP) is None
    found = chosen(given(), (answer, likelier), STEP)
    assert found and found[0] is likelier and found[1] >= likely(answer.features, STEP) + MARGIN
    assert chosen(given(), (candidate("甲", 1.0, said=True), candidate("乙", 0.9)), STEP) is None


def test_an_answer_that_is_no_candidate_stands() -> None:
    assert chosen(given(), (candidate("乙", 1.0),), STEP) is None and chosen(given(), (), STEP) is None


def test_a_refusal_for_want_of_evidence_gives_way_to_what_is_likely_only() -> None:
    refusal = given(status="refused", reason=NOTHING, confidence=0.1)
    found = chosen(refusal, (candidate("乙", 1.0), candidate("丙", 0.6)), STEP)
    assert found and found[0].draft.text == "乙" and found[1] >= UNREFUSED
    assert chosen(refusal, (candidate("乙", 0.5),), STEP) is None


@pytest.fixture
def library(assistant_of: Callable[..., object]) -> object:
    return assistant_of(PLAN).library()  # type: ignore[attr-defined]


def test_what_is_sure_or_refused_with_a_reason_of_its_own_is_not_doubted(library: object) -> None:
    query = understand("新建充电桩由谁牵头?", library.knowledge)  # type: ignore[attr-defined]
    assert open_to_doubt(query, given()) and not open_to_doubt(query, given(confidence=SURE))
    assert open_to_doubt(query, given(status="refused", reason=NOTHING))
    assert not open_to_doubt(query, given(status="refused", reason="没有这个地方"))
    assert not open_to_doubt(understand("Who leads the charging task?", library.knowledge), given())  # type: ignore[attr-defined]


def test_every_kind_is_drafted_a_text_once_and_what_was_given_is_among_them(library: object) -> None:
    from assistant.answer import answer

    reply = answer("新建充电桩由谁牵头?", library)  # type: ignore[arg-type]
    query = understand(reply.question, library.knowledge)  # type: ignore[attr-defined]
    found = candidates(query, reply, gather(query, library), NOTHING_FOUND, library, library.rescuer)  # type: ignore[arg-type, attr-defined]
    said = [one for one in found if one.features["given"]]
    assert [one.draft.text for one in said] == ["区住建局"] and said[0].kinds[0] == "lead" and said[0].features["office"] == 1
    assert len({one.draft.text for one in found}) == len(found) and any(READING in one.kinds for one in found)
    assert all(set(weights().names) <= set(one.features) for one in found)
    assert max(found, key=lambda one: likely(one.features)) is said[0]


def test_only_the_setting_shipped_lets_another_candidate_be_said(assistant_of: Callable[..., object], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from assistant.config import Config

    asked: list[str] = []
    monkeypatch.setattr("assistant.answer.candidates", lambda query, *_: asked.append(query.text) or ())
    question = "公厕的事是不是归区里哪个单位管着?"
    for reader in ("rules", "check", "", "shipped"):
        assistant_of(PLAN, config=Config(reader=reader)).ask(question)  # type: ignore[attr-defined]
        assert bool(asked) == (reader == "shipped"), reader
