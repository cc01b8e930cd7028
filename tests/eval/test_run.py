"""Reading a question file, running it through an assistant, and the report."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant.types import Answer
from corpus.errors import BadQuestion
from eval.report import Share, markdown_of, report_of, write_report
from eval.run import files_in, main, question_of, read_questions, run
from eval.types import CitationScore, Judged, Question

if TYPE_CHECKING:
    from assistant import Assistant

AssistantOf = Callable[..., "Assistant"]

PLAN = """某某区安全生产方案

一、主要任务
1.防盗窗治理。2025年底前实现防盗窗动态清零。(牵头单位:区消防救援大队)
2.关闭小散企业。2026年底前有序关闭小散企业。(牵头单位:区应急管理局)
"""
LEAD = {
    "id": "q1",
    "question": "防盗窗动态清零由谁牵头?",
    "kind": "lead",
    "docs": ["方案.txt"],
    "must": [["消防救援大队"]],
    "evidence": [{"doc": "方案.txt", "quote": "2025年底前实现防盗窗动态清零。(牵头单位:区消防救援大队)"}],
}
OFF_TOPIC = {"id": "q2", "question": "今天食堂吃什么?", "kind": "unanswerable", "answerable": False}


def write(path: Path, *rows: object) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def test_a_question_file_is_read_with_its_groups_and_evidence(tmp_path: Path) -> None:
    first, second = read_questions(write(tmp_path / "q.jsonl", LEAD | {"unknown": 1}, OFF_TOPIC))
    assert first.must == (("消防救援大队",),)
    assert first.evidence[0].doc == "方案.txt"
    assert not second.answerable


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "没有问题"), ("{}\n", "第 1 行"), ('{"question": "a", "must": 3}', "第 1 行"), ("nonsense", "第 1 行")],
)
def test_a_broken_question_file_is_named_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "q.jsonl").write_text(text, encoding="utf-8")
    with pytest.raises(BadQuestion, match=said):
        read_questions(tmp_path / "q.jsonl")


def test_every_reply_is_judged_against_the_stored_text(assistant_of: AssistantOf, tmp_path: Path) -> None:
    assistant = assistant_of(**{"方案.txt": PLAN})
    seen: list[tuple[int, int]] = []
    questions = read_questions(write(tmp_path / "q.jsonl", LEAD, OFF_TOPIC))
    lead, off_topic = run(assistant, questions, progress=lambda done, total: seen.append((done, total)))
    assert lead.passed and off_topic.passed
    assert (lead.citations.recall, lead.citations.precision) == (1.0, 1.0)
    assert lead.citations.valid == lead.citations.cited > 0
    assert seen == [(1, 2), (2, 2)]


def test_citations_can_be_checked_against_the_files_themselves(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "方案.txt").write_text(PLAN, encoding="utf-8")
    assert files_in(tmp_path) == {"方案.txt": PLAN}


def test_the_loop_prints_what_failed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "方案.txt").write_text(PLAN, encoding="utf-8")
    wrong = LEAD | {"id": "q3", "must": [["区教育局"]]}
    questions = write(tmp_path / "q.jsonl", LEAD, wrong)
    report = tmp_path / "report"
    assert main([str(questions), "--documents", str(tmp_path / "documents"), "--report", str(report)]) == 0
    out = capsys.readouterr().out
    assert "WRONG q3 lead [missing: 区教育局]" in out
    assert "q1" not in out
    assert [json.loads(line)["id"] for line in (report / "failures.jsonl").read_text("utf-8").splitlines()] == ["q3"]


# ---------------------------------------------------------------- the report


def judged(
    kind: str, *, passed: bool = True, refused: bool = False, answerable: bool = True, lang: str = "zh"
) -> Judged:
    asked = Question("q", "?", kind=kind, answerable=answerable, lang=lang)
    answer = Answer("?", "refused" if refused else "answered", kind, "甲局", 0.8, latency_ms=10)
    return Judged(asked, answer, passed, "" if passed else "missing: 甲", CitationScore(1, 1, 1.0, 0.5))


RUN = (
    judged("lead"),
    judged("lead", passed=False, refused=True),
    judged("number", lang="en"),
    judged("unanswerable", refused=True, answerable=False),
    judged("unanswerable", passed=False, answerable=False),
)


def test_the_one_number_is_the_mean_of_the_accuracies_by_kind() -> None:
    report = report_of(RUN)
    assert {kind: share.value for kind, share in report.by_kind.items()} == {
        "lead": 0.5,
        "number": 1.0,
        "unanswerable": 0.5,
    }
    assert report.mean_by_kind == pytest.approx(2 / 3)
    assert report.by_language["en"] == Share(1, 1)


def test_refusals_are_counted_on_both_sides() -> None:
    report = report_of(RUN)
    assert report.wrongly_refused == Share(1, 3)
    assert report.refused_unanswerable == Share(1, 2)
    assert report.answered_unanswerable == Share(1, 2)
    assert report.answered_without_citation == 3


def test_the_report_of_nothing_is_still_a_report() -> None:
    report = report_of(())
    assert report.mean_by_kind == 0.0
    assert report.auroc is None
    assert "–" in markdown_of(report)


def test_the_report_is_written_for_programs_and_for_people(tmp_path: Path) -> None:
    write_report(report_of(RUN), RUN, tmp_path / "new" / "report")
    written = json.loads((tmp_path / "new" / "report" / "report.json").read_text(encoding="utf-8"))
    assert written["by_kind"]["lead"] == {"right": 1, "n": 2, "value": 0.5}
    assert "| lead | 50.0% (1/2) |" in (tmp_path / "new" / "report" / "report.md").read_text(encoding="utf-8")
    failures = (tmp_path / "new" / "report" / "failures.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["why"] for line in failures] == ["missing: 甲", "missing: 甲"]


def test_a_missing_group_is_read_as_none(tmp_path: Path) -> None:
    assert question_of({"question": "谁?"}, path=tmp_path, line=3) == Question("3", "谁?")
