"""What could have been answered, and whether the right draft was there."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from eval.drafts import Drafted, Sample, main, samples, table

PLAN = """青岭区安居方案

一、任务

(一)新建充电桩。2025年底前新建充电桩120个。(牵头单位:区住建局)

(二)改造公厕。2026年6月底前改造公厕35座。(牵头单位:区城管局)
"""
QUESTIONS = [
    {"id": "a", "question": "新建充电桩由谁牵头?", "kind": "lead", "docs": ["方案.txt"], "must": [["区住建局"]]},
    {"id": "b", "question": "新建充电桩要建多少个?", "kind": "number", "docs": ["方案.txt"], "must": [["120"]]},
    {"id": "c", "question": "公租房的租金是多少?", "kind": "unanswerable", "answerable": False},
]


@pytest.fixture
def made(tmp_path: Path) -> tuple[Path, Path]:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "方案.txt").write_text(PLAN, encoding="utf-8")
    questions = tmp_path / "q.jsonl"
    questions.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in QUESTIONS), encoding="utf-8")
    return questions, folder


def test_every_kind_is_drafted_once_and_judged_with_the_places_it_rests_on(made: tuple[Path, Path]) -> None:
    lead, number, nothing = samples(*made)
    assert lead.passed and lead.answerable and lead.group.endswith("方案.txt")
    given = next(draft for draft in lead.drafts if draft.given)
    assert given.right and given.source == "lead:duty" and given.features["exact"] == 1
    place = given.places[0]
    assert [place.context[start:end] for start, end in place.answering] == ["区住建局"] and place.context.startswith("青岭区安居方案")
    assert len({draft.text for draft in lead.drafts}) == len(lead.drafts) > 1
    assert any(draft.source.startswith("deadline:") and not draft.right for draft in lead.drafts)
    assert any(draft.source.startswith("number:") and draft.right for draft in number.drafts)
    assert nothing.passed and nothing.refused and not any(draft.right for draft in nothing.drafts)


def sample(*, passed: bool, refused: bool = False, rights: tuple[bool, ...] = (), answerable: bool = True) -> Sample:
    drafts = tuple(Drafted(f"kind{at}:text", str(at), False, right, {}, ()) for at, right in enumerate(rights))
    return Sample("id", "group", "?", "lead", "set", True, 0.5, answerable, refused, passed, drafts)


def test_the_table_tells_wrong_choices_from_what_was_not_drafted() -> None:
    said = table([
        sample(passed=True), sample(passed=False, rights=(False, True)), sample(passed=False), sample(passed=False, refused=True, rights=(True, True)),
        sample(passed=False, answerable=False, rights=(False,)),
    ])  # fmt: skip
    assert "answerable 4: right 1, right with the best choice 3" in said
    assert "answered wrongly 2, with a right draft 1" in said and "refused 1, with a right draft 1" in said
    assert "drafts a question 1.0" in said and "1 kind1:text" in said and "1 kind0:text" in said


def test_nothing_asked_gives_a_table_too() -> None:
    assert "answerable 0: right 0" in table([])


def test_the_command_prints_the_table_and_writes_the_drafts(made: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "drafts.jsonl.gz"
    assert main([f"{made[0]}={made[1]}", "-o", str(out)]) == 0
    assert "answerable 2: right 2, right with the best choice 2" in capsys.readouterr().out
    with gzip.open(out, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    assert [row["question"] for row in rows] == [row["question"] for row in QUESTIONS] and rows[0]["drafts"][0]["places"]
