"""The second set of documents of other families: its questions can be scored and its gold stands in the documents."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from corpus.readers import read
from eval.metrics import score_answer
from eval.run import read_questions
from eval.types import Question

FOLDER = Path(__file__).resolve().parents[2] / "eval" / "families" / "second"


@cache
def questions() -> tuple[Question, ...]:
    return read_questions(FOLDER / "questions.jsonl")


@cache
def texts() -> dict[str, str]:
    return {path.name: read(path.read_bytes(), path.name).text for path in (FOLDER / "documents").iterdir()}


def test_ids_are_unique_and_every_document_is_asked_about() -> None:
    assert len({question.id for question in questions()}) == len(questions()) == 200
    assert {name for question in questions() for name in question.docs} == set(texts())


@pytest.mark.parametrize("question", [q for q in questions() if q.answerable], ids=lambda question: question.id)
def test_the_gold_stands_in_the_documents(question: Question) -> None:
    assert question.evidence
    assert all(evidence.quote in texts()[evidence.doc] for evidence in question.evidence)
    assert score_answer(question, question.answer)
    assert not score_answer(question, question.answer, refused=True)
