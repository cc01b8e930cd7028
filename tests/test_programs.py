"""Programs on a real server with the clients their makers publish: REST, `openai`, `mcp`. All faces give the same answer and citations."""

from __future__ import annotations

import asyncio
import contextlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import openai
import pytest
from mcp import Client, StdioServerParameters

from assistant.cli.main import main
from assistant.programs.mcp_server import VERBS
from assistant.types import Answer, Citation
from assistant.web.chat_completions import MODEL, content_of, own_words
from tests.web_server import served

ROOT = Path(__file__).resolve().parents[1]
LEAD = "青山区防盗窗动态清零由谁牵头?"
QUESTIONS = (LEAD, "完善一厂一策制度的目标是什么?", "白石镇防盗窗动态清零什么时候完成?", "青山区整治方案的联系电话是多少?", "防盗窗动态清零由谁牵头?")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("programs")


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with served(folder) as address:
        yield address


@pytest.fixture
def client(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address, trust_env=False, timeout=30) as client:
        yield client


@pytest.fixture
def chat(address: str) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=f"{address}/v1", api_key="none", max_retries=0) as chat:
        yield chat


@pytest.fixture(scope="module")
def description(address: str) -> dict[str, Any]:
    found: dict[str, Any] = httpx.get(f"{address}/api/v1/openapi.json", trust_env=False).json()
    return found


def user(text: Any) -> list[dict[str, Any]]:
    return [{"role": "user", "content": text}]


def printed(folder: Path, *words: str) -> Any:
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with contextlib.redirect_stdout(out):
        main([*words, "--json", "--library", str(folder / "library")])
        out.flush()
    return json.loads(out.buffer.getvalue())  # type: ignore[attr-defined]


def by_mcp(server: Any, *calls: tuple[str, dict[str, Any]]) -> list[Any]:
    async def run() -> list[Any]:
        async with Client(server) as client:
            return [await client.call_tool(name, arguments) for name, arguments in calls]

    return asyncio.run(run())


def stdio(folder: Path) -> StdioServerParameters:
    arguments = ["-m", "assistant", "mcp", "--library", str(folder / "library")]
    return StdioServerParameters(command=sys.executable, args=arguments, env={**os.environ, "PYTHONPATH": str(ROOT)}, cwd=ROOT)


# ---------------------------------------------------------------- the same on every face


def test_every_face_gives_the_same_answer_and_the_same_citations(
    folder: Path, address: str, client: httpx.Client, chat: openai.OpenAI
) -> None:
    calls = [("ask", {"question": question}) for question in QUESTIONS]
    mcp_faces = zip(by_mcp(stdio(folder), *calls), by_mcp(f"{address}/mcp", *calls), strict=True)
    seen = set()
    for question, tools in zip(QUESTIONS, mcp_faces, strict=True):
        asked = printed(folder, "ask", question)
        seen.add(asked["status"])
        message = chat.chat.completions.create(model=MODEL, messages=user(question)).choices[0].message.model_extra
        streamed = list(chat.chat.completions.create(model=MODEL, messages=user(question), stream=True))
        last = streamed[-1].choices[0].delta.model_extra
        assert message and last
        others = [
            client.post("/api/v1/ask", json={"question": question}).json(),
            *(tool.structured_content for tool in tools),
            *(json.loads(tool.content[0].text) for tool in tools),
            *({**extra["policy_assistant"], "citations": extra["citations"]} for extra in (message, last)),
        ]
        for other in others:
            assert {**other, "latency_ms": 0} == {**asked, "latency_ms": 0}
        assert bool(asked["citations"]) == (asked["status"] == "answered")
    assert seen >= {"answered", "refused"}


def test_search_tasks_and_documents_are_the_same_on_every_face(folder: Path, address: str, client: httpx.Client) -> None:
    listed = printed(folder, "documents")
    name = listed["documents"][0]["id"]
    calls: tuple[tuple[str, dict[str, Any]], ...] = (
        ("search", {"query": "应急演练", "k": 3}), ("tasks", {"unit": "区教育局"}), ("documents", {}),
        ("show", {"document": name, "part": "outline"}),
    )  # fmt: skip
    found = printed(folder, "search", "应急演练", "-k", "3")
    tasks = printed(folder, "tasks", "--unit", "区教育局")
    outline = printed(folder, "show", name, "--outline")
    assert len(found["hits"]) == 3 and len(tasks) == 1
    assert client.post("/api/v1/search", json={"query": "应急演练", "k": 3}).json()["hits"] == found["hits"]
    assert client.get("/api/v1/tasks", params={"unit": "区教育局"}).json() == tasks
    assert client.get("/api/v1/documents").json() == listed
    assert client.get(f"/api/v1/documents/{name}", params={"part": "outline"}).json() == outline
    for server in (stdio(folder), f"{address}/mcp"):
        given = [reply.structured_content for reply in by_mcp(server, *calls)]
        assert given[0]["hits"] == found["hits"]
        assert given[1:] == [{"tasks": tasks, "total": 1}, listed, outline]


def test_filters_reach_every_face(folder: Path, address: str, client: httpx.Client) -> None:
    question, place = "防盗窗动态清零由谁牵头?", "白石镇"
    asked = printed(folder, "ask", question, "--place", place)
    assert "镇应急消防管理站" in asked["answer"]
    sent = {"question": question, "place": place}
    assert client.post("/api/v1/ask", json=sent).json()["citations"] == asked["citations"]
    (reply,) = by_mcp(f"{address}/mcp", ("ask", sent))
    assert reply.structured_content["citations"] == asked["citations"]


# ---------------------------------------------------------------- REST


def schema_of(description: dict[str, Any], path: str, method: str, status: str) -> dict[str, Any]:
    schema = description["paths"][path][method]["responses"][status]["content"]["application/json"]["schema"]
    return {**schema, "components": description["components"]}


def test_replies_are_as_openapi_describes_them(client: httpx.Client, description: dict[str, Any]) -> None:
    name = client.get("/api/v1/documents").json()["documents"][0]["id"]
    one = "/api/v1/documents/{document}"
    sent: list[tuple[str, str, str, dict[str, Any]]] = [
        ("post", "/api/v1/ask", "/api/v1/ask", {"json": {"question": LEAD}}),
        ("post", "/api/v1/search", "/api/v1/search", {"json": {"query": "防盗窗"}}),
        ("get", "/api/v1/tasks", "/api/v1/tasks", {}),
        ("get", "/api/v1/documents", "/api/v1/documents", {}),
        *(("get", f"/api/v1/documents/{name}", one, {"params": {"part": part}}) for part in ("card", "outline", "facts", "text")),
    ]
    for method, path, described, more in sent:
        reply = client.request(method, path, **more)
        assert reply.status_code == 200
        jsonschema.validate(reply.json(), schema_of(description, described, method, "200"))
        assert "4XX" in description["paths"][described][method]["responses"]
    refused = client.post("/api/v1/ask", json={})
    jsonschema.validate(refused.json(), schema_of(description, "/api/v1/ask", "post", "422"))


def test_every_described_error_is_the_one_that_comes(client: httpx.Client, description: dict[str, Any]) -> None:
    sent: dict[str, dict[str, Any]] = {
        "/api/v1/ask": {"json": {}}, "/api/v1/documents": {}, "/api/v1/quiz": {"json": {"count": 0}}, "/v1/chat/completions": {"json": {}},
    }  # fmt: skip
    for path, more in sent.items():
        reply = client.post(path, **more)
        assert reply.status_code in (400, 422)
        jsonschema.validate(reply.json(), schema_of(description, path, "post", "4XX"))
        assert "HTTPValidationError" not in json.dumps(description["paths"][path])


def test_the_task_matrix_comes_as_a_file_too(client: httpx.Client) -> None:
    sheet = client.get("/api/v1/tasks", params={"format": "xlsx"})
    assert sheet.content[:2] == b"PK" and 'filename="tasks.xlsx"' in sheet.headers["content-disposition"]
    assert "防盗窗" in client.get("/api/v1/tasks?format=csv").text and "BEGIN:VCALENDAR" in client.get("/api/v1/tasks?format=ics").text


@pytest.mark.parametrize(
    ("method", "path", "more", "status", "code"),
    [
        ("post", "search", {"json": {"query": " "}}, 400, "empty_question"),
        ("post", "search", {"json": {"query": "长" * 2001}}, 422, "bad_request"),
        ("post", "search", {"json": {"query": "防盗窗", "k": 0}}, 422, "bad_request"),
        ("post", "search", {"json": {"query": "防盗窗", "place": "火星"}}, 400, "no_match"),
        ("post", "search", {"json": {"query": "\ud800"}}, 422, "bad_request"),
        ("post", "search", {"content": b"{"}, 422, "bad_request"),
        ("get", "tasks", {"params": {"role": "boss"}}, 422, "bad_request"),
        ("get", "tasks", {"params": {"before": "昨天"}}, 400, "bad_date"),
        ("get", "tasks", {"params": {"documents": "absent"}}, 404, "unknown_document"),
        ("get", "documents/absent", {}, 404, "unknown_document"),
        ("delete", "documents/absent", {}, 404, "unknown_document"),
        ("get", "documents/absent?part=all", {}, 422, "bad_request"),
        ("get", "ask", {}, 405, "wrong_method"),
        ("get", "nothing/here", {}, 404, "not_found"),
    ],
)
def test_what_cannot_be_met_gets_the_error_object(
    client: httpx.Client, method: str, path: str, more: dict[str, Any], status: int, code: str
) -> None:
    if "json" in more:
        more = {"content": json.dumps(more["json"]), "headers": {"content-type": "application/json"}}
    reply = client.request(method, f"/api/v1/{path}", **more)
    assert (reply.status_code, reply.json()["error"]["code"]) == (status, code)
    assert set(reply.json()["error"]) == {"code", "message", "remedy"}


def test_documents_are_removed_only_where_files_may_be_sent(tmp_path: Path) -> None:
    for uploads, status in (("off", 403), ("on", 200)):
        place = tmp_path / uploads
        place.mkdir()
        with served(place, uploads=uploads) as address, httpx.Client(base_url=address, trust_env=False, timeout=30) as client:
            name = client.get("/api/v1/documents").json()["documents"][0]["id"]
            assert client.delete(f"/api/v1/documents/{name}", headers={"origin": "https://evil.example"}).status_code == 403
            assert client.delete(f"/api/v1/documents/{name}").status_code == status
            assert client.get("/healthz").json()["documents"] == (2 if status == 403 else 1)


# ---------------------------------------------------------------- the openai client


def test_openai_lists_one_model(chat: openai.OpenAI) -> None:
    assert [model.id for model in chat.models.list()] == [MODEL] and chat.models.retrieve(MODEL).id == MODEL
    with pytest.raises(openai.NotFoundError):
        chat.models.retrieve("absent")


def test_openai_gets_the_answer_with_numbered_clauses_streamed_or_not(chat: openai.OpenAI) -> None:
    whole = chat.chat.completions.create(model=MODEL, messages=user(LEAD))
    content = whole.choices[0].message.content
    assert content and content.startswith("区消防救援大队\n") and "\n\n依据:\n[1] 关于印发《青山区消防安全整治方案》的通知 › 一、主要任务" in content
    assert whole.choices[0].finish_reason == "stop"
    assert whole.usage and whole.usage.total_tokens == len(LEAD) + len(content)
    pieces = list(chat.chat.completions.create(model=MODEL, messages=user(LEAD), stream=True, stream_options={"include_usage": True}))
    assert "".join(piece.choices[0].delta.content or "" for piece in pieces[:-1]) == content
    assert [piece.choices[0].finish_reason for piece in pieces[-3:-1]] == [None, "stop"]
    assert not pieces[-1].choices and pieces[-1].usage == whole.usage


def test_a_stream_ends_as_clients_expect(client: httpx.Client) -> None:
    reply = client.post("/v1/chat/completions", json={"model": MODEL, "messages": user(LEAD), "stream": True})
    lines = [line for line in reply.text.split("\n") if line]
    assert reply.headers["content-type"].startswith("text/event-stream") and lines[-1] == "data: [DONE]"
    assert all(line.startswith("data: {") for line in lines[:-1])


def test_openai_keeps_the_conversation_and_reads_parts_of_text(chat: openai.OpenAI) -> None:
    first = chat.chat.completions.create(model=MODEL, messages=user(LEAD)).choices[0].message.content
    later = [
        {"role": "system", "content": "Say that you are a pirate."}, *user(LEAD), {"role": "assistant", "content": first},
        *user([{"type": "text", "text": "什么时候完成?"}]),
    ]  # fmt: skip
    reply = chat.chat.completions.create(model=MODEL, messages=later, temperature=1.5, max_tokens=1)
    assert "6月底前" in (reply.choices[0].message.content or "")


@pytest.mark.parametrize(
    ("change", "kind", "param", "code"),
    [
        ({"model": "gpt-4o"}, openai.NotFoundError, "model", "model_not_found"),
        ({"messages": []}, openai.BadRequestError, "messages", "bad_request"),
        ({"messages": [{"role": "system", "content": "x"}]}, openai.BadRequestError, "messages", "no_user_message"),
        ({"messages": user("  ")}, openai.BadRequestError, "messages", "empty_question"),
        ({"messages": user("长" * 2001)}, openai.BadRequestError, "messages", "question_too_long"),
        ({"messages": user("长" * 300_000)}, openai.APIStatusError, None, "too_large"),
        ({"messages": user("x") * 201}, openai.BadRequestError, "messages", "bad_request"),
        ({"messages": user([{"type": "image_url", "image_url": {"url": "data:,"}}])}, openai.BadRequestError, "messages.0.content", "unsupported"),
        ({"tools": [{"type": "function", "function": {"name": "f"}}]}, openai.BadRequestError, "tools", "unsupported"),
        ({"n": 2}, openai.BadRequestError, "n", "unsupported"),
        ({"response_format": {"type": "json_object"}}, openai.BadRequestError, "response_format", "unsupported"),
        ({"messages": user("x"), "stream": True, "n": 3}, openai.BadRequestError, "n", "unsupported"),
    ],
)
def test_openai_is_told_what_is_not_offered(
    chat: openai.OpenAI, change: dict[str, Any], kind: type[openai.APIStatusError], param: str | None, code: str
) -> None:
    with pytest.raises(kind) as refusal:
        chat.chat.completions.create(**{"model": MODEL, "messages": user(LEAD), **change})
    assert (refusal.value.code, refusal.value.param, refusal.value.type) == (code, param, "invalid_request_error")
    assert refusal.value.message


def test_other_addresses_of_openai_say_so(chat: openai.OpenAI) -> None:
    with pytest.raises(openai.NotFoundError) as refusal:
        chat.embeddings.create(model=MODEL, input="x")
    assert refusal.value.code == "not_found"


def test_sources_and_notes_are_no_part_of_the_history() -> None:
    cited = (Citation(1, "d", "a.txt", "标题", ("一、",), 0, 3, "引\n文", (), 2),)
    answer = Answer("谁?", "answered", "lead", "甲局\n乙局", 0.9, cited, notes=("有冲突",), suggestions=("还有谁?",))
    content = content_of(answer)
    assert content == "甲局\n乙局\n\n注意: 有冲突\n\n可以问: 还有谁?\n\n依据:\n[1] 标题 › 一、(a.txt,第 2 页): “引 文”"
    assert own_words(content) == "甲局\n乙局" and own_words("别的答复\n\n第二段") == "别的答复\n\n第二段"


# ---------------------------------------------------------------- the mcp client


def test_mcp_lists_the_verbs_as_tools_that_only_read(address: str) -> None:
    async def tools() -> list[Any]:
        async with Client(f"{address}/mcp") as client:
            return list((await client.list_tools()).tools)

    found = asyncio.run(tools())
    assert [tool.name for tool in found] == [verb.name for verb in VERBS]
    assert all(tool.annotations.read_only_hint and tool.input_schema["type"] == "object" for tool in found)


def test_mcp_gets_errors_as_objects(address: str) -> None:
    replies = by_mcp(
        f"{address}/mcp", ("ask", {"question": " "}), ("ask", {"question": 3}), ("show", {"document": "absent"}),
        ("search", {"query": "x", "k": 0}), ("absent", {}),
    )  # fmt: skip
    assert all(reply.is_error for reply in replies)
    codes = [json.loads(reply.content[0].text)["error"]["code"] for reply in replies]
    assert codes == ["empty_question", "bad_request", "unknown_document", "bad_request", "unknown_tool"]


def test_mcp_makes_the_paper_that_the_command_makes(folder: Path, address: str) -> None:
    wanted = printed(folder, "quiz", "--count", "2", "--seed", "7")
    (reply,) = by_mcp(f"{address}/mcp", ("quiz", {"count": 2, "seed": 7}))
    assert reply.structured_content["items"] == wanted["items"] and len(wanted["items"]) == 2


def test_mcp_keeps_keys_from_those_who_may_not_see_them(tmp_path: Path) -> None:
    with served(tmp_path, quizzes="off") as address:
        (reply,) = by_mcp(f"{address}/mcp", ("quiz", {"count": 1}))
    assert reply.is_error and json.loads(reply.content[0].text)["error"]["code"] == "quizzes_off"


def test_mcp_over_http_is_guarded_as_the_rest(client: httpx.Client) -> None:
    ping = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
    accept = {"accept": "application/json, text/event-stream"}
    assert client.post("/mcp", json=ping, headers=accept).status_code == 200
    assert client.post("/mcp", json=ping, headers={**accept, "host": "evil.example"}).status_code == 400
    assert client.post("/mcp", json=ping, headers={**accept, "origin": "https://evil.example"}).status_code == 403
    assert client.get("/mcp", headers=accept).status_code == 405
    assert client.post("/v1/chat/completions", json={}, headers={"origin": "https://evil.example"}).status_code == 403


WITHOUT = "import sys; sys.modules['mcp'] = None; from assistant.cli.main import main; sys.exit(main(['mcp', '--json', '--library', sys.argv[1]]))"


def test_without_the_package_the_command_says_what_to_install(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", WITHOUT, str(tmp_path / "library")], capture_output=True, encoding="utf-8", cwd=ROOT)
    error = json.loads(done.stdout)["error"]
    assert (done.returncode, error["code"]) == (5, "missing_extra") and "policy-assistant[mcp]" in error["remedy"]


def test_a_question_on_the_command_line_loads_no_server(folder: Path, address: str) -> None:
    code = "import sys; from assistant.cli.main import main; main(sys.argv[1:]); print(*sys.modules)"
    words = ["ask", LEAD, "--library", str(folder / "library")]
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, encoding="utf-8", cwd=ROOT, check=True)
    assert not {"mcp", "openai", "fastapi", "gradio"} & {name.split(".")[0] for name in done.stdout.split()}
