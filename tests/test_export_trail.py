"""Every file that leaves the house is a line of the audit trail, whoever takes it and by whichever way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from app import create_app
from assistant import Assistant
from assistant.accounts.types import LOCAL
from assistant.config import Config
from assistant.web.admin.words import EXPORTED
from assistant.web.chat.desk import chat_desk
from tests.web_server import NOTICE

PROOF = {"origin": "http://127.0.0.1"}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("exported")
    (folder / "方案.txt").write_text(NOTICE, encoding="utf-8")
    with Assistant.open(folder / "library", Config(library=str(folder / "library"))) as assistant:
        assistant.add([folder / "方案.txt"])
        yield assistant


@pytest.fixture(scope="module")
def client(assistant: Assistant) -> Iterator[TestClient]:
    with TestClient(create_app(assistant.config, assistant), base_url="http://127.0.0.1", headers=PROOF) as client:
        yield client


def kept_conversation(assistant: Assistant) -> str:
    desk = chat_desk(assistant)
    conversation = desk.shelf.begin().asked("某人私下问的事由谁牵头?", at="2024-05-01T08:00:00+00:00")
    done = replace(conversation.exchanges[-1], answer=assistant.ask("防盗窗动态清零由谁牵头?"))
    desk.shelf.keep(conversation.with_last(done), done, LOCAL)
    return conversation.token


def test_every_export_is_in_the_trail(client: TestClient, assistant: Assistant) -> None:
    made = client.post("/quiz/papers", data={"title": "消防测试", "count": "3", "seed": "1", "kind": "fill"}, follow_redirects=False).headers["location"]
    paper = made.partition("?")[0].partition("#")[0]
    ways = [
        ("tasks", "xlsx", client.get("/tasks/export", params={"format": "xlsx"})),
        ("tasks", "ics", client.get("/api/v1/tasks", params={"format": "ics"})),
        ("conversation", "docx", client.get(f"/chat/{kept_conversation(assistant)}/conversation.docx")),
        ("quiz", "docx", client.get(f"{paper}/export", params={"format": "docx"})),
        ("quiz", "gift", client.post("/api/v1/quiz/export", json={"format": "gift", "count": 2, "kinds": ["single"]})),
        ("results", "csv", client.get(f"{paper}/results.csv")),
        ("questions", "jsonl", client.get("/evaluation/questions/file")),
        ("trail", "csv", client.get("/admin/log.csv")),
    ]
    for what, form, reply in ways:
        assert reply.status_code == 200 and "attachment" in reply.headers["content-disposition"], (what, form, reply.text[:200])
    noted = [entry for entry in assistant.store.trail() if entry.action == "export"]
    assert [entry.by for entry in noted] == [LOCAL.name] * len(ways)
    for (what, form, _), entry in zip(ways, noted, strict=True):
        assert f'"about": "{what}"' in entry.detail and f'"format": "{form}"' in entry.detail and "私下" not in entry.detail
    assert {what for what, _, _ in ways} == set(EXPORTED)
    shown = client.get("/admin/log", params={"action": "export"}).text
    assert all(chinese in shown for chinese, _ in EXPORTED.values())


def test_what_is_only_read_or_refused_is_no_export(client: TestClient, assistant: Assistant) -> None:
    before = len(assistant.store.trail())
    assert client.get("/api/v1/tasks").status_code == 200
    assert client.get("/tasks/export", params={"format": "exe"}).status_code == 400
    assert len(assistant.store.trail()) == before
