"""The talks and English questions over documents of the later sets can be scored, and their gold stands in the documents."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

import corpus.samples
from corpus.readers import read
from eval.metrics import score_answer
from eval.run import read_questions
from eval.types import Question

EVAL = Path(__file__).resolve().parents[2] / "eval"
SAMPLES = Path(corpus.samples.__file__).parent
QUESTIONS = read_questions(EVAL / "questions" / "talks.jsonl")


@cache
def text_of(document: str) -> str:
    (path,) = (*(EVAL / "families").rglob(document), *SAMPLES.glob(document))
    return read(path.read_bytes(), path.name).text


def test_ids_are_unique() -> None:
    assert len({question.id for question in QUESTIONS}) == len(QUESTIONS) == 218


@pytest.mark.parametrize("question", [q for q in QUESTIONS if q.answerable], ids=lambda question: question.id)
def test_the_gold_passes_and_stands_in_the_documents(question: Question) -> None:
    assert score_answer(question, question.answer)
    assert question.evidence
    assert all(evidence.quote in text_of(evidence.doc) for evidence in question.evidence)
