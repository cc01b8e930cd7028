"""Reading a passage for the answer: by rules, and as a command."""

import json
from pathlib import Path

import pytest

from assistant.cli.main import main
from assistant.reading.rules import RuleReader
from assistant.reading.types import RULES, open_reader
from corpus.errors import ConfigError

PASSAGE = (
    "云泊区养犬管理办法 › 第二章 登记\n第五条 养犬人应当自取得犬只之日起十五日内到区城市管理局办理登记。登记费每只每年50元,由区财政局统一收取。"
    "\n第六条 烈性犬,是指体重超过三十公斤的犬只。携带犬只外出应当使用不超过一点五米的牵引绳。"
)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("登记费归谁收?", "区财政局"),
        ("登记费每年多少元?", "50元"),
        ("取得犬只后多久之内要登记?", "自取得犬只之日起十五日内"),
        ("什么是烈性犬?", "体重超过三十公斤的犬只"),
        ("携带犬只外出要怎么办", "携带犬只外出应当使用不超过一点五米的牵引绳"),
    ],
)
def test_the_words_that_answer_are_found(question: str, answer: str) -> None:
    (found,) = RuleReader().read(question, (PASSAGE,))
    assert answer in PASSAGE[found.start : found.end] or PASSAGE[found.start : found.end] in answer
    assert found.score > 0.5 > found.no_answer


def test_a_passage_about_something_else_has_no_answer() -> None:
    here, elsewhere = RuleReader().read("登记费归谁收?", (PASSAGE, "第九条 河道管理单位应当定期巡查堤防,发现险情立即报告。"))
    assert elsewhere.score < 0.5 < elsewhere.no_answer
    assert here.score > elsewhere.score


@pytest.mark.parametrize(("question", "passage"), [("", PASSAGE), ("登记费归谁收?", ""), ("登记费归谁收?", " \n"), ("??", PASSAGE)])
def test_nothing_is_read_in_nothing(question: str, passage: str) -> None:
    (found,) = RuleReader().read(question, (passage,))
    assert (found.start, found.end, found.score, found.no_answer) == (0, 0, 0.0, 1.0)


def test_the_rules_can_be_asked_for() -> None:
    assert open_reader(RULES).name.startswith("rules")


def test_a_folder_without_weights_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="nothing"):
        open_reader(str(tmp_path / "nothing"))


def test_the_command_writes_a_line_for_each_item(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    items, out = tmp_path / "items.jsonl", tmp_path / "out.jsonl"
    asked = [{"id": 7, "question": "登记费归谁收?", "context": PASSAGE, "answers": ["ignored"]}, {"id": "b", "question": "", "context": ""}]
    items.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in asked), encoding="utf-8")
    assert main(["read", str(items), str(out), "--json", "--library", str(tmp_path / "library")]) == 0
    assert json.loads(capsys.readouterr().out)["items"] == 2
    first, second = (json.loads(line) for line in out.read_text(encoding="utf-8").splitlines())
    assert list(first) == ["id", "answer", "start", "end", "score", "no_answer"]
    assert first["id"] == 7 and first["answer"] == PASSAGE[first["start"] : first["end"]] != ""
    assert (second["answer"], second["no_answer"]) == ("", 1.0)


@pytest.mark.parametrize("line", ['{"question": "谁管?"}', '{"question": "谁管?", "context": 3}', "no json"])
def test_a_line_without_a_passage_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str) -> None:
    items = tmp_path / "items.jsonl"
    items.write_text(line + "\n", encoding="utf-8")
    assert main(["read", str(items), str(tmp_path / "out.jsonl"), "--json"]) == 2
    assert "第 1 行" in json.loads(capsys.readouterr().out)["error"]["message"]
    assert not (tmp_path / "out.jsonl").exists()
