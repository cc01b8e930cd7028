"""The commands about accounts, collections, keys and the audit trail."""

from __future__ import annotations

import io
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from assistant.cli.main import main


def run(capsys: pytest.CaptureFixture[str], folder: Path, *words: str) -> tuple[int, dict[str, object]]:
    code = main([*words, "--library", str(folder), "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_accounts_collections_keys_and_the_trail(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "library"
    monkeypatch.setattr("sys.stdin", io.StringIO("湖边三棵老柳树 lake willow\n"))
    code, made = run(capsys, folder, "user", "add", "张三", "--role", "editor")
    assert code == 0 and made["users"][0]["role"] == "editor"  # type: ignore[index]
    assert run(capsys, folder, "user", "role", "张三", "--role", "reader")[1]["users"][0]["role"] == "reader"  # type: ignore[index]
    assert run(capsys, folder, "user", "disable", "张三")[1]["users"][0]["disabled"] is True  # type: ignore[index]
    assert run(capsys, folder, "user", "add", "")[1]["error"]["code"] == "wrong_use"  # type: ignore[index]
    notice = tmp_path / "通知.txt"
    notice.write_text("关于开展检查的通知\n\n一、任务\n1.检查消防设施。2024年6月底前完成。(牵头单位:区应急管理局)\n", encoding="utf-8")
    assert main(["add", str(notice), "--library", str(folder)]) == 0
    capsys.readouterr()
    assert run(capsys, folder, "collection", "add", "人事")[0] == 0
    run(capsys, folder, "collection", "move", "人事", "通知.txt")
    _, listed = run(capsys, folder, "collection", "grant", "人事", "--user", "张三")
    counts = {one["name"]: (one["documents"], [g["name"] for g in one["grants"]]) for one in listed["collections"]}  # type: ignore[attr-defined, index]
    assert counts == {"人事": (1, ["张三"]), "默认文件集": (0, ["reader"])}
    code, issued = run(capsys, folder, "key", "add", "张三", "--about", "报表", "--scopes", "read", "--days", "3")
    assert code == 0 and str(issued["key"]).startswith(str(issued["id"]))
    assert run(capsys, folder, "key", "revoke", str(issued["id"]))[1]["keys"][0]["revoked_at"]  # type: ignore[index]
    _, trail = run(capsys, folder, "audit", "list", "--limit", "3")
    assert [entry["action"] for entry in trail["entries"]] == ["granted", "key_issued", "key_revoked"]  # type: ignore[attr-defined]
    assert run(capsys, folder, "audit", "verify") == (0, {"entries": 8, "broken_at": None})
    with closing(sqlite3.connect(folder / "catalog.sqlite")) as raw, raw:
        raw.execute("DELETE FROM audit WHERE action = 'user_disabled'")
    assert run(capsys, folder, "audit", "verify") == (4, {"entries": 7, "broken_at": 3})


def test_files_are_added_to_a_collection_also_those_that_were_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, sent = tmp_path / "library", tmp_path / "来件"
    sent.mkdir()
    (sent / "一.txt").write_text("关于开展检查的通知\n\n一、任务\n1.检查消防设施。(牵头单位:区应急管理局)\n", encoding="utf-8")
    refused = run(capsys, folder, "add", str(sent), "--collection", "人事")
    assert (refused[0], refused[1]["error"]["code"]) == (2, "unknown_collection")  # type: ignore[index]
    assert run(capsys, folder, "documents")[1] == {"documents": []}
    assert run(capsys, folder, "add", str(sent))[0] == 0
    run(capsys, folder, "collection", "add", "人事")
    (sent / "二.txt").write_text("关于报送名单的通知\n\n一、任务\n1.报送名单。(牵头单位:区民政局)\n", encoding="utf-8")
    code, report = run(capsys, folder, "add", str(sent), "--collection", "人事")
    assert code == 0 and {file["status"] for file in report["files"]} == {"unchanged", "added"}  # type: ignore[attr-defined]
    counts = {one["name"]: one["documents"] for one in run(capsys, folder, "collection", "list")[1]["collections"]}  # type: ignore[attr-defined]
    assert counts == {"人事": 2, "默认文件集": 1}
