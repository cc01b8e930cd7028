from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from corpus.readers import read
from eval.metrics import contains, normalize, score_answer
from eval.run import read_questions
from eval.types import Question

FOLDER = Path(__file__).resolve().parents[2] / "eval" / "families"
FIELDS = {"id", "question", "lang", "kind", "docs", "answer", "must", "evidence", "answerable"}
OPTIONAL = {"must_not", "history", "accept", "polarity", "note"}
ENOUGH = {
    **dict.fromkeys(("lead", "support", "deadline", "number", "list", "definition", "measure", "meta"), 8),
    **dict.fromkeys(("yesno", "compare", "count", "reverse", "follow_up"), 8),
    "contact": 5,
    "unanswerable": 40,
}


@cache
def rows() -> tuple[dict[str, Any], ...]:
    lines = (FOLDER / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(json.loads(line) for line in lines)


@cache
def questions() -> tuple[Question, ...]:
    return read_questions(FOLDER / "questions.jsonl")


@cache
def texts() -> dict[str, str]:
    return {path.name: read(path.read_bytes(), path.name).text for path in (FOLDER / "documents").iterdir()}


def answerable() -> list[Question]:
    return [question for question in questions() if question.answerable]


def test_every_row_has_the_fields_of_the_schema_and_no_others() -> None:
    for row in rows():
        assert set(row) >= FIELDS, row["id"]
        assert set(row) <= FIELDS | OPTIONAL, row["id"]
        assert row["lang"] in ("zh", "en"), row["id"]
        assert ("history" in row) or row["kind"] != "follow_up", row["id"]
        assert row.get("polarity") in (("yes", "no") if row["kind"] == "yesno" else (None,)), row["id"]


def test_ids_and_questions_are_unique() -> None:
    ids = [question.id for question in questions()]
    assert ids == [f"f{n:03d}" for n in range(1, len(ids) + 1)]
    assert len({(question.question, question.history) for question in questions()}) == len(ids)


def test_every_kind_language_and_document_is_asked_often_enough() -> None:
    kinds = Counter(question.kind for question in questions())
    assert set(kinds) == set(ENOUGH)
    assert not {kind: kinds[kind] for kind, least in ENOUGH.items() if kinds[kind] < least}
    assert sum(question.lang == "en" for question in questions()) >= 20
    asked = Counter(name for question in questions() for name in question.docs)
    assert set(asked) == set(texts())
    assert min(asked.values()) >= 12


def test_only_unanswerable_questions_go_without_document_evidence_and_rule() -> None:
    for question in questions():
        assert question.answerable == (question.kind != "unanswerable"), question.id
        assert all(bool(part) == question.answerable for part in (question.docs, question.evidence, question.must))
        assert question.answerable or not question.must_not, question.id
        assert not (question.answerable and question.accept), question.id


@pytest.mark.parametrize("question", answerable(), ids=lambda question: question.id)
def test_evidence_is_verbatim_and_comes_from_a_named_document(question: Question) -> None:
    for evidence in question.evidence:
        assert evidence.doc in question.docs
        assert 15 <= len(evidence.quote) <= 120
        assert evidence.quote in texts()[evidence.doc]


@pytest.mark.parametrize("question", answerable(), ids=lambda question: question.id)
def test_the_gold_answer_passes_its_own_rule(question: Question) -> None:
    assert score_answer(question, question.answer)
    assert not score_answer(question, question.answer, refused=True)


def test_what_an_answer_must_say_stands_in_the_evidence_unless_it_was_counted() -> None:
    derived = {row["id"] for row in rows() if row.get("note") == "derived"}
    for question in answerable():
        quotes = "\n".join(evidence.quote for evidence in question.evidence)
        for group in question.must:
            assert question.id in derived or any(contains(quotes, text) for text in group), (question.id, group)


def test_every_string_of_a_rule_is_more_than_punctuation() -> None:
    for question in questions():
        for text in (*question.must_not, *(text for group in (*question.must, *question.accept) for text in group)):
            assert normalize(text), question.id


def test_unanswerable_questions_pass_on_refusal_only_unless_the_premise_is_corrected() -> None:
    for question in questions():
        if not question.answerable:
            assert score_answer(question, "", refused=True), question.id
            assert not score_answer(question, "是的。"), question.id
            corrected = "；".join(group[0] for group in question.accept)
            assert score_answer(question, corrected) == bool(question.accept), question.id
