"""What each stage of an answer adds is counted on the same questions over one library."""

import json
from pathlib import Path

import pytest

from eval import stages
from eval.stages import STAGES, Row, together

RULES = "云泊区便民菜场管理办法\n\n第一条 区商务局负责便民菜场的规划和监督。便民菜场每季度公布一次检查结果。\n\n第二条 菜场摊位使用期为三年,期满重新抽签。\n"
QUESTIONS = (
    {"question": "菜场摊位的使用期是几年?", "kind": "number", "answerable": True, "must": [["三年"]]},
    {"question": "云泊区的公园几点关门?", "kind": "unanswerable", "answerable": False},
)


def test_every_stage_answers_every_question(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "菜场.txt").write_text(RULES, encoding="utf-8")
    asked = tmp_path / "market.jsonl"
    asked.write_text("".join(json.dumps({"id": f"q{n}", "lang": "zh"} | one, ensure_ascii=False) + "\n" for n, one in enumerate(QUESTIONS)), encoding="utf-8")
    assert stages.main([f"{asked}={tmp_path / 'texts'}"]) == 0
    lines = capsys.readouterr().out.splitlines()[2:]
    cells = [[cell.strip() for cell in line.strip("| ").split("|")] for line in lines]
    assert [cell[1] for cell in cells] == list(STAGES) and {cell[0] for cell in cells} == {"market"}
    assert all(cell[2:5] == ["2/2", "0/1", "1/1"] for cell in cells)


def test_sets_are_summed_and_times_weighed_by_questions() -> None:
    few, many = Row("rules", 1, 2, 1, 2, 0, 10.0, 20.0), Row("rules", 5, 8, 0, 4, 3, 20.0, 40.0)
    assert together([few, many]) == Row("rules", 6, 10, 1, 6, 3, 18.0, 36.0)
