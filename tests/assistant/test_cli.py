"""The command line: exit codes, the shapes that programs read, and what people see."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from assistant.cli.main import COMMANDS, main
from tests.assistant.command_line import PLAN, Run, write_lines

# ---------------------------------------------------------------- documents


def test_adding_reports_every_file_once(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "方案.txt").write_text(PLAN, encoding="utf-8")
    (folder / "空.txt").write_bytes(b"")
    done = run("add", folder, "--json")
    files = {Path(file["path"]).name: file for file in done.json["files"]}
    assert done.code == 3
    assert list(files["方案.txt"])[:5] == ["path", "status", "document_id", "code", "reason"]
    assert files["方案.txt"]["status"] == "added"
    assert (files["空.txt"]["status"], files["空.txt"]["code"]) == ("rejected", "empty_file")
    assert done.json["seconds"] >= 0


def test_adding_the_same_file_again_changes_nothing(filled: Run, built: Path) -> None:
    done = filled("add", built / "方案.txt", "--json")
    assert (done.code, done.json["files"][0]["status"]) == (0, "unchanged")


def test_documents_are_listed_with_their_titles(filled: Run) -> None:
    (document,) = filled("documents", "--json").json["documents"]
    assert document["name"] == "方案.txt"
    assert document["title"] == "某某区安全生产治本攻坚实施方案"
    assert "方案.txt" in filled("documents").out


@pytest.mark.parametrize(
    ("part", "key", "shown"),
    [
        ("--outline", "sections", "推进生命保障工程"),
        ("--facts", "facts", "区消防救援大队"),
        ("--text", "text", "动态清零"),
    ],
)
def test_each_part_of_a_document_can_be_shown(filled: Run, part: str, key: str, shown: str) -> None:
    assert shown in filled("show", "方案.txt", part).out
    done = filled("show", "方案.txt", part, "--json")
    assert key in done.json
    assert shown in json.dumps(done.json[key], ensure_ascii=False)


def test_the_card_of_a_document_is_shown_by_default(filled: Run) -> None:
    assert "某某区安全生产治本攻坚实施方案" in filled("show", "方案.txt").out
    assert "card" in filled("show", "方案.txt", "--json").json


def test_a_removed_document_is_gone(filled: Run) -> None:
    assert filled("remove", "方案.txt").code == 0
    assert filled("documents", "--json").json == {"documents": []}


def test_an_unknown_document_is_wrong_use(filled: Run) -> None:
    done = filled("remove", "别的.txt", "--json")
    assert (done.code, done.json["error"]["code"]) == (2, "unknown_document")


# ---------------------------------------------------------------- tasks


def test_tasks_can_be_filtered_and_printed_in_every_format(filled: Run, tmp_path: Path) -> None:
    (row,) = filled(
        "tasks", "--unit", "消防救援大队", "--role", "lead", "--before", "2025-12-31", "--format", "json"
    ).json
    assert list(row) == ["task", "lead", "support", "deadline", "path", "document_id", "doc", "start", "end", "notes"]
    assert (row["lead"], row["support"]) == (["区消防救援大队"], ["区住建局"])
    assert row["deadline"]["to"] == "2025-12-31"
    assert "区消防救援大队" in filled("tasks").out
    for form in ("csv", "xlsx", "ics", "json", "table"):
        path = tmp_path / f"tasks.{form}"
        assert filled("tasks", "--format", form, "-o", path).code == 0
        assert path.stat().st_size > 100
    assert [path.name for path in tmp_path.glob("*.part")] == []


def test_a_day_that_is_none_is_wrong_use(filled: Run) -> None:
    assert filled("tasks", "--before", "明天", "--json").json["error"]["code"] == "bad_date"


# ---------------------------------------------------------------- care


def test_a_sound_library_verifies_and_can_be_indexed_anew(filled: Run) -> None:
    assert filled("verify", "--json").json == {"sound": True, "problems": []}
    assert filled("reindex", "--json").json["passages"] > 0
    assert filled("verify").code == 0


def test_a_damaged_catalog_is_reported_with_its_own_exit_code(filled: Run, tmp_path: Path) -> None:
    for path in (tmp_path / "library").glob("*.sqlite*"):
        path.write_bytes(b"no database at all" * 100)
    done = filled("verify", "--json")
    assert done.code == 4
    assert "error" in done.json or not done.json["sound"]


def test_a_backup_brings_back_what_was_removed(filled: Run, tmp_path: Path) -> None:
    assert filled("backup", tmp_path / "backup.db").code == 0
    filled("remove", "方案.txt")
    assert filled("restore", tmp_path / "backup.db", "--json").json["passages"] > 0
    assert len(filled("documents", "--json").json["documents"]) == 1
    assert filled("ask", "防盗窗动态清零由谁牵头?").code == 0


def test_a_backup_that_is_not_there_cannot_be_restored(run: Run, tmp_path: Path) -> None:
    assert run("restore", tmp_path / "no.db").code == 2


def test_the_doctor_names_versions_and_places(run: Run, tmp_path: Path) -> None:
    findings = {finding["name"]: finding["value"] for finding in run("doctor", "--json").json["findings"]}
    assert str(tmp_path / "library") in findings["文件库"]
    assert findings["policy-assistant"]


def test_evaluation_reports_accuracy_and_writes_its_files(filled: Run, tmp_path: Path) -> None:
    lead = {
        "id": "q1",
        "question": "防盗窗动态清零由谁牵头?",
        "kind": "lead",
        "must": [["消防救援大队"]],
        "docs": ["方案.txt"],
    }
    other = {"id": "q2", "question": "食堂今天吃什么?", "kind": "unanswerable", "answerable": False}
    questions = write_lines(tmp_path / "q.jsonl", lead, other)
    report = filled("eval", questions, "--report", tmp_path / "report", "--json").json
    assert report["mean_by_kind"] == 1.0
    assert {path.name for path in (tmp_path / "report").iterdir()} == {"report.json", "report.md", "failures.jsonl"}


# ---------------------------------------------------------------- wrong use


@pytest.mark.parametrize(
    "words", [["ask"], ["frobnicate"], ["search", "x", "-k", "0"], ["ask", "a", "b"], ["tasks", "--role", "x"]]
)
def test_wrong_use_is_said_once_and_in_the_form_asked_for(run: Run, words: list[str]) -> None:
    done = run(*words, "--json")
    assert done.code == 2
    assert list(done.json) == ["error"]
    assert list(done.json["error"]) == ["code", "message", "remedy"]
    plain = run(*words)
    assert (plain.code, plain.out) == (2, "")
    assert plain.err.startswith("错误")


def test_a_setting_that_cannot_be_is_wrong_use(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICY_ASSISTANT_PORT", "http")
    done = run("documents", "--json")
    assert (done.code, done.json["error"]["code"]) == (2, "bad_setting")


def test_a_path_that_is_not_there_is_wrong_use(run: Run, tmp_path: Path) -> None:
    done = run("add", tmp_path / "no", "--json")
    assert (done.code, done.json["error"]["code"]) == (2, "path_not_found")


def test_a_library_that_is_a_file_is_wrong_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    assert main(["documents", "--library", str(tmp_path / "file"), "--json"]) == 2
    assert str(tmp_path / "file") in json.loads(capsys.readouterr().out)["error"]["message"]


def test_the_library_can_be_named_before_the_command(filled: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--library", str(tmp_path / "library"), "documents"]) == 0
    assert "方案.txt" in capsys.readouterr().out


def test_the_library_can_be_named_in_the_environment(
    filled: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLICY_ASSISTANT_LIBRARY", str(tmp_path / "library"))
    assert main(["documents"]) == 0
    assert "方案.txt" in capsys.readouterr().out


def test_a_reader_that_goes_away_is_no_fault_of_ours(filled: Run, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "assistant", "show", "方案.txt", "--text", "--library", str(tmp_path / "library")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout and process.stderr
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_help_ends_with_an_example(command: Any, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exited:
        main([command.name, "--help"])
    assert exited.value.code == 0
    assert capsys.readouterr().out.rstrip().endswith(command.example)
    assert command.example.startswith(f"policy-assistant {command.name}")


def test_the_command_line_starts_at_once() -> None:
    code = "import time; t = time.process_time(); import assistant.cli.main; print(time.process_time() - t)"
    fastest = min(
        float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)
        for _ in range(3)
    )
    assert fastest < 0.15


def test_chinese_is_printed_whatever_the_locale(filled: Run, tmp_path: Path) -> None:
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "assistant", "ask", "防盗窗动态清零由谁牵头?", "--library", str(tmp_path / "library")],
        capture_output=True,
        env={"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "HOME": str(tmp_path)},
        cwd=Path(__file__).resolve().parents[2],
        check=False,
    )
    assert "区消防救援大队" in done.stdout.decode("utf-8"), done.stderr
    assert time.perf_counter() - started < 10


def test_the_formats_of_the_command_line_are_those_there_are() -> None:
    from assistant.cli.main import QUIZ_FORMATS
    from assistant.quiz.export.files import FORMATS

    assert QUIZ_FORMATS == FORMATS


def test_a_quiz_is_printed_written_and_given_as_json(filled: Run, tmp_path: Path) -> None:
    printed = filled("quiz", "--count", "3", "--kinds", "single:1,true_false:2")
    assert printed.code in (0, 3) and "答案与依据" in printed.out
    shown = filled("quiz", "--count", "2", "--json").json
    assert {"seed", "items"} <= shown.keys() and shown["items"][0]["citations"]
    target = tmp_path / "卷.docx"
    assert filled("quiz", "--count", "2", "--format", "docx", "-o", str(target)).code in (0, 3)
    assert {p.name for p in tmp_path.glob("卷*")} == {"卷.docx", "卷-答题卡.docx", "卷-答案.docx"}


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--count", "0"], "bad_count"),
        (["--kinds", "riddle"], "unknown_kind"),
        (["--kinds", "single:x"], "bad_count"),
        (["--difficulty", "9"], "bad_difficulty"),
        (["--difficulty", "x"], "bad_difficulty"),
        (["--document", "没有.txt"], "unknown_document"),
        (["--section", "没有这一节"], "unknown_section"),
        (["--versions", "0"], "bad_versions"),
        (["--layout", "没有"], "bad_columns"),
        (["--format", "docx"], "wrong_use"),
        (["--format", "odt"], "wrong_use"),
    ],
)
def test_a_quiz_that_cannot_be_meant_is_wrong_use(filled: Run, words: list[str], code: str) -> None:
    as_json = [] if "docx" in words else ["--json"]
    done = filled("quiz", *words, *as_json)
    assert done.code == 2
    assert not as_json or done.json["error"]["code"] == code
