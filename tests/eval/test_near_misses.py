"""Taking the evidence out of the documents."""

import json
from pathlib import Path

from eval.near_misses import answered_wrongly, cut_out, main, near_misses


def test_the_sentence_of_a_quote_goes_and_its_neighbours_stay() -> None:
    assert cut_out("一、要求。甲局牵头,3月完成;乙局配合。丙。", ["3月完成"]) == "一、要求。乙局配合。丙。"


def test_a_sentence_ends_with_its_line() -> None:
    assert cut_out("标题\n甲局牵头\n乙局配合\n", ["甲局"]) == "标题\n\n乙局配合\n"


def test_the_row_of_a_table_goes_whole() -> None:
    assert cut_out("| 任务 | 单位 |\n|---|---|\n| 修路 | 甲局。 |\n| 架桥 | 乙局 |\n", ["修路"]) == "| 任务 | 单位 |\n|---|---|\n| 架桥 | 乙局 |\n"


def test_white_space_within_a_quote_does_not_matter() -> None:
    assert cut_out("前。甲局\n  牵头修路。后。", ["甲局牵头"]) == "前。后。"


def test_a_quote_that_stands_nowhere_is_reported() -> None:
    assert cut_out("甲。", ["乙"]) is None
    assert cut_out("甲。", [" "]) is None


def test_overlapping_stretches_are_cut_once() -> None:
    assert cut_out("前。甲乙丙。后。", ["甲乙", "乙丙", "甲乙丙"]) == "前。后。"


QUESTIONS = [
    {"id": "a", "question": "充电桩由谁牵头", "kind": "lead", "must": [["区住建局"]], "evidence": [{"doc": "方案.txt", "quote": "(一)新建充电桩。(牵头单位:区住建局)"}]},
    {"id": "b", "question": "有哪些任务", "kind": "list", "must": [["充电桩"]], "evidence": [{"doc": "方案.txt", "quote": "新建充电桩"}]},
    {"id": "c", "question": "公租房怎么申请", "kind": "unanswerable", "answerable": False},
]


def made(folder: Path) -> tuple[Path, Path]:
    documents = folder / "documents"
    documents.mkdir()
    (documents / "方案.txt").write_text("青岭区方案\n\n一、任务\n\n(一)新建充电桩。(牵头单位:区住建局)\n\n(二)改造公厕。(牵头单位:区城管局)\n", encoding="utf-8")
    questions = folder / "q.jsonl"
    questions.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in QUESTIONS), encoding="utf-8")
    return questions, documents


def test_only_questions_of_one_place_are_asked_and_what_is_gone_is_not_answered(tmp_path: Path) -> None:
    ((question, answer),) = near_misses(*made(tmp_path))
    assert question.id == "a"
    assert "区住建局" not in answer.answer
    assert answered_wrongly(question, answer) == (not answer.abstained)


def test_the_command_counts_them(tmp_path: Path, monkeypatch, capsys) -> None:  # type: ignore[no-untyped-def]
    questions, documents = made(tmp_path)
    monkeypatch.setattr("sys.argv", ["near_misses", f"{questions}={documents}"])
    assert main() == 0
    assert "1 without their evidence" in capsys.readouterr().out
