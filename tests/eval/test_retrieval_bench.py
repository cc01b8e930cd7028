from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest

from eval.bench.retrieval import (
    STAGES,
    Questions,
    figures_of,
    main,
    measure,
    plain_characters,
    plain_words,
    randomisation,
    read_set,
    table_of,
)
from eval.bench.weights import development_set, figure_of
from index.training.pairs import Pair, is_held_out

PASSAGES = {
    "p1": ("甲区方案", "防盗窗动态清零由区消防救援大队牵头。"),
    "p2": ("甲区方案", "电动自行车集中充电设施由区住建局建设。"),
    "p3": ("乙区办法", "水库大坝由区水利局巡查。"),
    "p4": ("乙区办法", "每季度开展一次应急演练。"),
}
ASKED = {"q1": ("谁负责防盗窗清零", ["p1"]), "q2": ("水库谁来巡查", ["p3", "p4"])}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    at = tmp_path / "sets" / "small"
    at.mkdir(parents=True)
    for name, rows in (
        ("corpus", [{"id": key, "title": title, "text": text} for key, (title, text) in PASSAGES.items()]),
        ("queries", [{"id": key, "text": text} for key, (text, _) in ASKED.items()]),
    ):
        with gzip.open(at / f"{name}.jsonl.gz", "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    lines = (f"{question}\t{passage}\t1\n" for question, (_, right) in ASKED.items() for passage in right)
    (at / "qrels.tsv").write_text("".join(lines), encoding="utf-8")
    return tmp_path / "sets"


def test_a_set_is_read_with_the_places_of_the_right_passages(folder: Path) -> None:
    questions = read_set(folder / "small")
    assert questions.right == (frozenset({0}), frozenset({2, 3}))
    assert {unit.document_id for unit in questions.units} == {"甲区方案", "乙区办法"}


def test_every_stage_and_baseline_is_measured_on_the_same_questions(folder: Path) -> None:
    outcome = measure(read_set(folder / "small"), encoder="corpus")
    assert set(outcome.figures) == {*STAGES, "bm25s jieba", "bm25s characters"}
    assert outcome.figures["hybrid"].hit_1 == 1
    assert {(c.better, c.worse) for c in outcome.comparisons} >= {("hybrid", "lexical"), ("hybrid", "bm25s jieba")}
    assert "hybrid" in table_of(outcome)


def test_the_command_writes_the_figures_as_json(folder: Path, tmp_path: Path) -> None:
    assert main([str(folder), "--encoder", "corpus", "--out", str(tmp_path / "out")]) == 0
    (outcome,) = json.loads((tmp_path / "out" / "retrieval.json").read_text(encoding="utf-8"))
    assert outcome["name"] == "small" and outcome["figures"]["hybrid"]["hit_1"] == 1


def test_the_three_measures() -> None:
    figures = figures_of([[5, 1], [2, 9, 4]], [frozenset({1}), frozenset({2, 3})])
    assert (figures.hit_1, figures.recall_10, figures.mrr_10) == (0.5, 0.75, 0.75)


def test_a_consistent_difference_is_significant_and_chance_is_not() -> None:
    chance = np.random.default_rng(0)
    first = chance.random(200)
    assert randomisation(first + 0.1, first) < 0.001
    assert randomisation(first, chance.random(200)) > 0.01
    assert randomisation(first, first) == 1.0


def test_the_baselines_cut_as_a_user_would() -> None:
    assert plain_characters("2025年防火 GB") == ["2025", "年", "防", "火", "年防", "防火", "gb"]
    assert plain_words()("消防安全,2025") == ["消防安全", "2025"]


def test_held_out_questions_are_asked_over_all_passages_of_their_source() -> None:
    groups = [str(n) for n in range(60)]
    pairs = [Pair(f"第{group}问", f"第{group}段", group, "heading_policy") for group in groups]
    questions = development_set(pairs, "heading_policy")
    assert len(questions.units) == 60
    assert questions.texts == tuple(f"第{group}问" for group in groups if is_held_out(group))
    assert [questions.units[min(right)].text for right in questions.right] == [t.replace("问", "段") for t in questions.texts]


def test_weights_decide_which_ranker_is_believed() -> None:
    questions = Questions("one", (), ("?",), (frozenset({2}),))
    rankings = [{"words": [(1, 1.0)], "characters": [(1, 0.5)], "dense": [(2, 0.9)]}]
    weights = {"words": 0.1, "characters": 0.1, "dense": 0.0}
    assert figure_of(rankings, questions, weights) == 0.5
    assert figure_of(rankings, questions, {**weights, "dense": 1.0}) == 1
