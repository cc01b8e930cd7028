"""The command line: questions one by one and in batches, and searches."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.assistant.command_line import PLAN, Run, write_lines

CITATION_KEYS = ["n", "document_id", "doc", "title", "path", "start", "end", "quote", "highlight", "page"]
ANSWER_KEYS = [
    "id", "question", "status", "abstained", "kind", "answer", "confidence", "reason", "notes", "latency_ms", "citations",
]  # fmt: skip



def test_an_answer_has_the_shape_of_the_contract(filled: Run) -> None:
    done = filled("ask", "防盗窗动态清零由谁牵头?", "--json")
    assert done.code == 0
    assert list(done.json) == ANSWER_KEYS
    assert "区消防救援大队" in done.json["answer"]
    (citation,) = done.json["citations"][:1]
    assert list(citation) == CITATION_KEYS
    assert citation["quote"] == PLAN[citation["start"] : citation["end"]]


def test_an_answer_for_people_names_the_clause(filled: Run) -> None:
    out = filled("ask", "防盗窗动态清零由谁牵头?").out
    assert "区消防救援大队" in out
    assert "推进生命保障工程" in out


def test_a_refusal_has_its_own_exit_code(filled: Run) -> None:
    done = filled("ask", "食堂今天中午吃什么?", "--json")
    assert done.code == 3
    assert (done.json["status"], done.json["abstained"], done.json["citations"]) == ("refused", True, [])
    assert done.json["reason"]


def test_a_question_can_follow_an_earlier_one(filled: Run, tmp_path: Path) -> None:
    history = tmp_path / "history.json"
    turns = [{"question": "防盗窗动态清零由谁牵头?", "answer": "区消防救援大队", "extra": 1}]
    history.write_text(json.dumps(turns), encoding="utf-8")
    assert "2025年底" in filled("ask", "什么时候完成?", "--history", history, "--json").json["answer"]


@pytest.mark.parametrize("text", ["{", '{"question": "a"}', '["a"]', '[{"question": 1, "answer": ""}]'])
def test_a_broken_history_is_wrong_use(filled: Run, tmp_path: Path, text: str) -> None:
    (tmp_path / "history.json").write_text(text, encoding="utf-8")
    done = filled("ask", "谁牵头?", "--history", tmp_path / "history.json", "--json")
    assert (done.code, done.json["error"]["code"]) == (2, "bad_history")


@pytest.mark.parametrize(
    ("question", "code"), [(" ", "empty_question"), ("防" * 2001, "question_too_long")], ids=["empty", "long"]
)
def test_an_unusable_question_is_wrong_use(filled: Run, question: str, code: str) -> None:
    done = filled("ask", question, "--json")
    assert (done.code, done.json["error"]["code"]) == (2, code)


def test_a_question_can_be_kept_to_one_document(filled: Run) -> None:
    assert filled("ask", "防盗窗动态清零由谁牵头?", "--document", "方案.txt").code == 0
    done = filled("ask", "防盗窗动态清零由谁牵头?", "--document", "别的.txt", "--json")
    assert (done.code, done.json["error"]["code"]) == (2, "unknown_document")


def read_lines(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_batch_answers_every_line_in_order(filled: Run, tmp_path: Path) -> None:
    asked = {"id": "a", "question": "防盗窗动态清零由谁牵头?", "must": "ignored"}
    follow = {
        "id": 7,
        "question": "什么时候完成?",
        "history": [{"question": asked["question"], "answer": "区消防救援大队"}],
    }
    questions = write_lines(tmp_path / "q.jsonl", asked, follow)
    assert filled("batch", questions, tmp_path / "a.jsonl").code == 0
    first, second = read_lines(tmp_path / "a.jsonl")
    assert list(first) == ANSWER_KEYS
    assert (first["id"], second["id"]) == ("a", 7)
    assert "2025年底" in second["answer"]


def test_an_unusable_question_does_not_stop_a_batch(filled: Run, tmp_path: Path) -> None:
    questions = write_lines(
        tmp_path / "q.jsonl", {"id": "a", "question": ""}, {"id": "b", "question": "谁牵头小散企业关闭?"}
    )
    assert filled("batch", questions, tmp_path / "a.jsonl").code == 3
    first, second = read_lines(tmp_path / "a.jsonl")
    assert list(first) == ANSWER_KEYS
    assert (first["abstained"], second["abstained"]) == (True, False)


@pytest.mark.parametrize(
    "line", ["not json", "[1]", '{"id": "a"}', '{"question": 3}', '{"question": "a", "history": {}}']
)
def test_a_broken_line_is_named_before_anything_is_asked(filled: Run, tmp_path: Path, line: str) -> None:
    (tmp_path / "q.jsonl").write_text(f'{{"id": "a", "question": "谁牵头?"}}\n{line}\n', encoding="utf-8")
    done = filled("batch", tmp_path / "q.jsonl", tmp_path / "a.jsonl", "--json")
    assert done.code == 2
    assert "第 2 行" in done.json["error"]["message"]
    assert not (tmp_path / "a.jsonl").exists()


def test_a_batch_can_search_instead(filled: Run, tmp_path: Path) -> None:
    questions = write_lines(tmp_path / "q.jsonl", {"id": "a", "question": "防盗窗动态清零"})
    assert filled("batch", questions, tmp_path / "a.jsonl", "--search", "2").code == 0
    (line,) = read_lines(tmp_path / "a.jsonl")
    assert list(line) == ["id", "query", "hits", "latency_ms"]
    assert 1 <= len(line["hits"]) <= 2


def test_a_folder_that_is_not_there_cannot_be_written_to(filled: Run, tmp_path: Path) -> None:
    questions = write_lines(tmp_path / "q.jsonl", {"id": "a", "question": "防盗窗"})
    done = filled("batch", questions, tmp_path / "no" / "a.jsonl", "--json")
    assert (done.code, done.json["error"]["code"]) == (2, "not_writable")


def test_search_gives_ranked_verbatim_passages(filled: Run) -> None:
    found = filled("search", "防盗窗动态清零", "-k", "3", "--json").json
    assert list(found) == ["id", "query", "hits", "latency_ms"]
    best = found["hits"][0]
    assert list(best) == ["document_id", "doc", "path", "start", "end", "quote", "score"]
    assert "防盗窗" in best["quote"]
    assert best["quote"] == PLAN[best["start"] : best["end"]]
    assert "防盗窗" in filled("search", "防盗窗动态清零").out
