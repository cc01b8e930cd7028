"""The later sets of documents of other families: their questions can be scored and their gold stands in the documents."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from corpus.readers import read
from eval.metrics import score_answer
from eval.run import read_questions
from eval.types import Question

FOLDER = Path(__file__).resolve().parents[2] / "eval" / "families"
SETS = {"second": 200, "third": 162, "fourth": 200, "fifth": 160, "sixth": 100, "seventh": 100, "eighth": 167, "tenth": 120, "ninth": 157, "eleventh": 130, "twelfth": 130, "thirteenth": 130, "fourteenth": 130, "fifteenth": 120, "sixteenth": 200, "seventeenth": 142, "eighteenth": 136, "nineteenth": 217}


@cache
def questions(name: str) -> tuple[Question, ...]:
    return read_questions(FOLDER / name / "questions.jsonl")


@cache
def texts(name: str) -> dict[str, str]:
    return {path.name: read(path.read_bytes(), path.name).text for path in (FOLDER / name / "documents").iterdir()}


@pytest.mark.parametrize("name", SETS)
def test_ids_are_unique_and_every_document_is_asked_about(name: str) -> None:
    assert len({question.id for question in questions(name)}) == len(questions(name)) == SETS[name]
    assert {document for question in questions(name) for document in question.docs} == set(texts(name))


@pytest.mark.parametrize(
    ("name", "question"), [(name, q) for name in SETS for q in questions(name) if q.answerable], ids=lambda part: getattr(part, "id", part)
)
def test_the_gold_stands_in_the_documents(name: str, question: Question) -> None:
    assert question.evidence
    assert all(evidence.quote in texts(name)[evidence.doc] for evidence in question.evidence)
    assert score_answer(question, question.answer)
    assert not score_answer(question, question.answer, refused=True)
