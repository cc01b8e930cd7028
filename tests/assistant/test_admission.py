"""Work taken on: so much at once, a bounded queue behind it, and a quick no beyond; health and other lanes do not notice."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import pytest

from assistant.accounts.types import LOCAL, Principal
from assistant.config import Config
from assistant.web import admission
from assistant.web.admission import QUESTIONS, RULES, STREAMS, Admission, rule_for
from assistant.web.principal import set_principal

Message = MutableMapping[str, Any]
READER = Principal("p1", "王五", "reader", None)
ASK = ("POST", "/api/v1/ask")


class Server:
    """An application that answers only when it is let, behind the real admission."""

    def __init__(self, **settings: Any) -> None:
        self.let = asyncio.Event()
        self.running = self.most = 0
        self.admission = Admission(self.application, lambda: Config(**settings))

    async def application(self, scope: Message, receive: Callable[[], Awaitable[Message]], send: Callable[[Message], Awaitable[None]]) -> None:
        self.running += 1
        self.most = max(self.most, self.running)
        while (await receive()).get("more_body"):
            pass
        await self.let.wait()
        self.running -= 1
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    async def call(self, method: str, path: str, who: Principal = LOCAL, accept: bytes = b"*/*", address: str = "10.0.0.1") -> tuple[int, dict[bytes, bytes], bytes]:
        said: list[Message] = []
        scope: Message = {"type": "http", "method": method, "path": path, "headers": [(b"accept", accept)], "client": (address, 1)}
        set_principal(scope, who)

        async def receive() -> Message:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Message) -> None:
            said.append(message)

        await self.admission(scope, receive, send)
        return said[0]["status"], dict(said[0]["headers"]), said[1]["body"]


def test_d02_what_is_too_much_is_refused_at_once_and_the_rest_is_answered() -> None:
    async def run() -> None:
        server = Server()
        taken = QUESTIONS.running + QUESTIONS.waiting
        held = [asyncio.create_task(server.call(*ASK)) for _ in range(taken)]
        await asyncio.sleep(0.05)
        started = time.monotonic()
        refused = [await server.call(*ASK) for _ in range(500)]
        assert (time.monotonic() - started) / 500 < 0.05
        assert {status for status, _, _ in refused} == {503}
        assert refused[0][1][b"retry-after"] == b"3" and json.loads(refused[0][2])["error"]["code"] == "server_busy"
        server.let.set()
        assert [status for status, _, _ in await asyncio.gather(*held)] == [200] * taken
        assert server.most == QUESTIONS.running
        assert (await server.call(*ASK))[0] == 200

    asyncio.run(run())


def test_health_and_pages_are_answered_while_all_places_for_questions_are_taken() -> None:
    async def run() -> None:
        server = Server()
        held = [asyncio.create_task(server.call(*ASK)) for _ in range(QUESTIONS.running + QUESTIONS.waiting)]
        await asyncio.sleep(0.05)
        others = [asyncio.create_task(server.call("GET", path)) for path in ("/livez", "/healthz", "/", "/page/page.css")]
        await asyncio.sleep(0.05)
        assert server.running == QUESTIONS.running + len(others)
        server.let.set()
        assert {status for status, _, _ in await asyncio.gather(*held, *others)} == {200}

    asyncio.run(run())


def test_who_waits_too_long_for_a_place_is_told_to_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    hasty = admission.Lane("hasty", running=1, waiting=5, patience=0.1)
    monkeypatch.setattr(admission, "RULES", (admission._rule("POST", "/api/v1/ask", hasty),))

    async def run() -> None:
        server = Server()
        first = asyncio.create_task(server.call(*ASK))
        await asyncio.sleep(0.02)
        assert (await server.call(*ASK))[0] == 503
        server.let.set()
        assert (await first)[0] == 200 and (await server.call(*ASK))[0] == 200

    asyncio.run(run())


def test_a_person_who_follows_a_link_is_told_in_words() -> None:
    async def run() -> None:
        server = Server(exports_per_minute=1)
        server.let.set()
        assert (await server.call("GET", "/tasks/export.csv", READER))[0] == 200
        status, headers, body = await server.call("GET", "/tasks/export.csv", READER, b"text/html,*/*")
        assert status == 429 and headers[b"content-type"].startswith(b"text/html") and "请求太频繁" in body.decode()

    asyncio.run(run())


def test_each_person_and_each_address_of_visitors_has_a_rate_of_its_own() -> None:
    async def run() -> None:
        server = Server(questions_per_minute=2)
        server.let.set()
        visitor = Principal("visitor", "访客", "visitor", frozenset())
        assert [(await server.call(*ASK, READER))[0] for _ in range(3)] == [200, 200, 429]
        assert [(await server.call(*ASK, visitor))[0] for _ in range(3)] == [200, 200, 429]
        assert (await server.call(*ASK, visitor, address="10.0.0.2"))[0] == 200
        assert [(await server.call(*ASK, LOCAL))[0] for _ in range(50)] == [200] * 50
        error = json.loads((await server.call("POST", "/v1/chat/completions", READER))[2])["error"]
        assert error["type"] == "rate_limit_error" and error["code"] == "too_many_requests"
        assert (await server.call("GET", "/api/v1/documents", READER))[0] == 200

    asyncio.run(run())


def test_d09_the_chat_page_takes_no_question_when_too_many_replies_are_open() -> None:
    async def run() -> None:
        server = Server()
        lane, most = admission.JOINS.behind or ("", 0)
        streams = [asyncio.create_task(server.call("GET", "/gradio_api/queue/data")) for _ in range(most)]
        await asyncio.sleep(0.05)
        assert lane == STREAMS.name and (await server.call("POST", "/gradio_api/queue/join"))[0] == 503
        server.let.set()
        await asyncio.gather(*streams)
        assert (await server.call("POST", "/gradio_api/queue/join"))[0] == 200

    asyncio.run(run())


@pytest.mark.parametrize(
    ("method", "path", "lane", "rate"),
    [
        ("GET", "/livez", None, None),
        ("HEAD", "/healthz", None, None),
        ("GET", "/page/page.css", None, None),
        ("POST", "/api/v1/search", "questions", "ask"),
        ("POST", "/mcp", "questions", "ask"),
        ("POST", "/api/v1/documents", "uploads", "upload"),
        ("GET", "/api/v1/documents", "pages", None),
        ("GET", "/api/v1/tasks", "exports", "export"),
        ("GET", "/quiz/paper/3/file.docx", "exports", "export"),
        ("GET", "/source/abc", "pages", None),
        ("POST", "/api/v1/askx", "pages", None),
    ],
)
def test_which_lane_a_request_goes_through(method: str, path: str, lane: str | None, rate: str | None) -> None:
    rule = rule_for(method, path)
    assert ((rule.lane.name if rule.lane else None), rule.rate) == (lane, rate)
    assert len(RULES) < 30
