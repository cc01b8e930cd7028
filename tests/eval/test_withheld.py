"""Refusing where passages were taken out: what is removed, what is asked, and when an answer is right."""

import gzip
import json
from pathlib import Path

import pytest

from assistant.config import Config
from eval.withheld import Split, measure, read_split, relevant_of, replies, split_of

PASSAGES = {
    "a": ("青岭县河道管理办法第一条", "青岭县水务局负责全县河道的巡查和清淤,每年汛前对主要河道开展一次全面清淤,并公布清淤结果。"),
    "b": ("青岭县河道管理办法第二条", "在河道管理范围内采砂的,应当取得采砂许可证,许可证有效期为一年,期满需要继续采砂的重新申请。"),
    "c": ("青岭县犬只管理办法第一条", "养犬人应当为犬只接种狂犬病疫苗,疫苗由县农业农村局指定的接种点提供,首次接种不收取费用。"),
}
QUESTIONS = {"q1": "河道清淤归谁负责?", "q2": "采砂许可证有效期多久?", "q3": "狂犬病疫苗首次接种收费吗?"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with gzip.open(tmp_path / "corpus.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps({"id": k, "title": t, "text": x}, ensure_ascii=False) + "\n" for k, (t, x) in PASSAGES.items())
    with gzip.open(tmp_path / "queries.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps({"id": k, "text": x}, ensure_ascii=False) + "\n" for k, x in QUESTIONS.items())
    (tmp_path / "qrels.tsv").write_text("q1\ta\t1\nq2\tb\t1\nq3\tc\t1\n", encoding="utf-8")
    return tmp_path


def test_a_question_with_half_of_its_passages_left_is_not_asked() -> None:
    relevant = {"q1": {"a", "b"}, "q2": {"b"}, "q3": {"c"}, "q4": {"d"}}
    for seed in range(8):
        split = split_of(relevant, seed)
        for question in split.answerable:
            assert not relevant[question] & split.removed
        for question in split.unanswerable:
            assert relevant[question] <= split.removed


def test_answers_cite_their_passage_or_find_none(folder: Path) -> None:
    assert relevant_of(folder) == {"q1": {"a"}, "q2": {"b"}, "q3": {"c"}}
    split = Split(frozenset("c"), ("q1", "q2"), ("q3",))
    found = {one.question: one for one in replies(folder, split, config=Config(confidence_threshold=0.0))}
    assert found["q1"].present and found["q1"].right
    assert not found["q3"].present and not found["q3"].right
    assert found["q2"].answer.confidence > found["q3"].answer.confidence
    figures = measure(folder, split)
    assert (figures["auroc"], figures["questions"]) == (1.0, 3.0)


def test_a_split_made_before_is_read(tmp_path: Path) -> None:
    file = tmp_path / "split.json"
    file.write_text(json.dumps({"removed_docs": ["c"], "answerable": ["q1"], "unanswerable": ["q3"], "note": "…"}), encoding="utf-8")
    assert read_split(file) == Split(frozenset("c"), ("q1",), ("q3",))
