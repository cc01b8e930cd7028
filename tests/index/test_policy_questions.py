"""People's questions on policies as training material: spans that answer, windows that do not, and the last stage of the reader over them."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from corpus.types import Span
from index.reader import Reader
from index.reading.files import read_parts
from index.training.policy_questions import covered, policy_questions
from index.training.reader_material import kept_start
from index.training.reader_recipe import ReaderRecipe
from index.training.reader_tuned import POLICY, Tuned, tune
from index.training.train_reader import train
from tests.index.test_reader_training import data, start, work_of, write_lines

__all__ = ("data",)

RULES = """云泊区便民菜场管理办法

第一条 区商务局负责便民菜场的规划和监督,区财政局配合。

第二条 菜场摊位由经营户抽签取得,摊位使用期为三年,期满重新抽签。

第三条 菜场摊位不得转租。转租的,由菜场收回摊位,两年内不再受理其申请。
"""

ROWS = [
    {"id": "1", "question": "摊位能用几年?", "lang": "zh", "kind": "number", "docs": ["菜场.txt"], "answer": "三年", "must": [["三年", "3年"]],
     "evidence": [{"doc": "菜场.txt", "quote": "摊位使用期为三年"}], "answerable": True},
    {"id": "2", "question": "转租摊位怎么处理?", "lang": "zh", "kind": "measure", "docs": ["菜场.txt"], "answer": "收回,两年不受理。", "must": [["收回"], ["两年"]],
     "evidence": [{"doc": "菜场.txt", "quote": "转租的,由菜场收回摊位,两年内不再受理其申请"}], "answerable": True},
    {"id": "3", "question": "摊位能转租吗?", "lang": "zh", "kind": "yesno", "docs": ["菜场.txt"], "answer": "不得", "must": [["不得", "不能"]],
     "evidence": [{"doc": "菜场.txt", "quote": "菜场摊位不得转租"}], "answerable": True},
    {"id": "4", "question": "摊位租金多少?", "lang": "zh", "kind": "unanswerable", "docs": ["菜场.txt"], "answer": "", "must": [], "evidence": [], "answerable": False},
    {"id": "5", "question": "Who plans the markets?", "lang": "en", "kind": "lead", "docs": ["菜场.txt"], "answer": "区商务局", "must": [["区商务局"]],
     "evidence": [{"doc": "菜场.txt", "quote": "区商务局负责"}], "answerable": True},
]  # fmt: skip


@pytest.fixture
def questions(tmp_path: Path) -> tuple[Path, Path]:
    """Write a set of questions over one document."""
    folder = tmp_path / "set" / "documents"
    folder.mkdir(parents=True)
    (folder / "菜场.txt").write_text(RULES, encoding="utf-8")
    file = tmp_path / "set" / "questions.jsonl"
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in ROWS), encoding="utf-8")
    return file, folder


def test_a_question_gets_the_span_that_answers(questions: tuple[Path, Path]) -> None:
    asked = policy_questions(*questions)
    spans = {one.question: one.context[slice(*one.spans[0])] for one in asked if one.spans}
    assert spans == {"摊位能用几年?": "三年", "转租摊位怎么处理?": "由菜场收回摊位,两年内不再受理其申请", "摊位能转租吗?": "菜场摊位不得转租"}


def test_windows_that_do_not_answer_are_asked_too(questions: tuple[Path, Path]) -> None:
    without = [one for one in policy_questions(*questions) if not one.spans]
    assert "摊位租金多少?" in {one.question for one in without}
    assert not [one for one in without if one.question == "摊位能用几年?" and "三年" in one.context]
    assert not [one for one in without if "markets" in one.question]


@pytest.mark.parametrize(("must", "answer"), [
    ([["三年", "3年"]], "三年"), ([["抽签"], ["三年"]], "菜场摊位由经营户抽签取得,摊位使用期为三年"), ([["五年"]], None), ([], None),
])  # fmt: skip
def test_a_stretch_holds_a_string_of_every_group(must: list[list[str]], answer: str | None) -> None:
    text = "菜场摊位由经营户抽签取得,摊位使用期为三年,期满重新。"
    span = covered(text, Span(0, len(text)), must)
    assert (span.of(text) if span else None) == answer


SMALL = ReaderRecipe(made=0, written=2, batch=5, width=16, passages=10, words=8, second_genre=0.0)


def test_the_last_stage_goes_on_from_trained_weights(data: Path, questions: tuple[Path, Path], tmp_path: Path) -> None:
    torch.set_num_threads(1)
    for name in ("work", "tuning"):
        kept_start(work_of(tmp_path / name) / "start.npz", start)
    genre = write_lines(tmp_path / "genre.jsonl.gz", [{"question": "谁负责?", "context": RULES, "answers": [], "start": None}])
    train(data, None, tmp_path / "first", tmp_path / "work", ReaderRecipe(made=1, written=1, batch=4, width=16, passages=10, words=8))
    asked = policy_questions(*questions)
    figures = tune(data, genre, tmp_path / "first", asked, tmp_path / "out", tmp_path / "tuning", SMALL)
    assert 0 <= figures["f1"] <= 1
    first, tuned = Reader.open(tmp_path / "first"), Reader.open(tmp_path / "out")
    assert first.name != tuned.name
    assert tuned.read("摊位能用几年?", [RULES])[0].end <= len(RULES)


def test_the_same_step_gives_the_same_questions_and_others_come_with_another_step(data: Path, questions: tuple[Path, Path], tmp_path: Path) -> None:
    kept_start(work_of(tmp_path / "work") / "start.npz", start)
    train(data, None, tmp_path / "first", tmp_path / "work", ReaderRecipe(made=1, written=0, batch=4, width=16, passages=10, words=8))
    recipe = ReaderRecipe(made=0, batch=20, width=16, passages=10, words=8, second_written=1.0, second_genre=0.0)
    material = Tuned.over(data, None, recipe, tmp_path / "work", read_parts(tmp_path / "first", "reader"), policy_questions(*questions))
    first, again, other = (material.batch(step, recipe) for step in (3, 3, 4))
    assert len(first) == 20
    assert all(np.array_equal(a.question.rows, b.question.rows) for a, b in zip(first, again, strict=True))
    assert not all(np.array_equal(a.question.rows, b.question.rows) for a, b in zip(first, other, strict=True))
    spoilt = {len(one.question) for one in first[: round(20 * POLICY)]}
    assert max(spoilt) <= max(len(row["question"]) for row in ROWS)
