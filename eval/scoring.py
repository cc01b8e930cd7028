"""The judge of the Evaluation page: known questions asked of a library, with the figures and outcomes that the page shows and keeps.

The web application stands below this package, so the composition root hands `EXAMINER` in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.known.types import Examiner, Outcome, Progress, Scored
from eval.metrics import fault_of
from eval.report import json_of, report_of
from eval.run import read_questions, run
from eval.types import Judged, Question

if TYPE_CHECKING:
    from assistant import Assistant

SHIPPED = Path(__file__).parent / "questions" / "samples.jsonl"


def score(assistant: Assistant, questions: Sequence[Question], *, progress: Progress) -> Scored:
    """Ask every question and judge the reply."""
    judged = run(assistant, questions, progress=progress)
    return Scored(json_of(report_of(judged)), tuple(_outcome(one) for one in judged))


def _outcome(one: Judged) -> Outcome:
    question = one.question
    if one.passed:
        return Outcome(question.id, question.kind, True)
    places = tuple(replace(citation, quote="") for citation in one.answer.citations)
    said = one.answer.answer or one.answer.reason
    return Outcome(question.id, question.kind, False, one.why, question, one.answer.status, said, one.answer.confidence, places)


def _shipped() -> tuple[Question, ...]:
    return read_questions(SHIPPED)


EXAMINER = Examiner(score, fault_of, _shipped)
