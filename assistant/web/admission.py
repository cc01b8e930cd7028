"""How much work is taken on at once, and how much from one caller.

Work of a kind goes through a lane: so many at the same time, so many waiting, and whoever comes after them is told at once to come
again. A request is read to its end before it takes a place and gives it back when its reply begins, so that neither a slow sender
nor a slow reader holds one. Health is asked for outside all lanes.
"""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any, Literal

from assistant.accounts.types import Principal
from assistant.config import Config
from assistant.web.principal import principal_in
from assistant.web.refusal import Headers, refuse, refuse_page
from assistant.web.throttle import Throttle, TooMany, address_key

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

Rate = Literal["ask", "upload", "export", "embed"]
RETRY_SECONDS = 3
"""What a caller is told to wait when all places are taken."""
_LOCAL_FACTOR = 50
"""The person at this machine may do so many times what others may; the lanes bound him anyway."""


@dataclass(frozen=True, slots=True)
class Lane:
    """running: at the same time.  waiting: beyond those.  patience: seconds one waits at most.  whole: held until the reply has ended.
    behind: another lane, and from how many running there on this one takes nobody.
    """

    name: str
    running: int
    waiting: int
    patience: float = 10.0
    whole: bool = False
    behind: tuple[str, int] | None = None


_CORES = max(2, min(4, os.cpu_count() or 2))
QUESTIONS = Lane("questions", running=_CORES, waiting=24)
EXPORTS = Lane("exports", running=1, waiting=8, patience=20.0)
UPLOADS = Lane("uploads", running=8, waiting=0, whole=True)
"""The route itself takes two at a time and says so; this bounds what comes in beside them."""
PAGES = Lane("pages", running=8, waiting=64)
STREAMS = Lane("streams", running=64, waiting=0, whole=True)
"""Replies to questions of the chat page: one stream a visitor whose question is being answered."""
JOINS = Lane("joins", running=4, waiting=16, behind=("streams", 32))
"""Questions of the chat page, which Gradio puts in a queue of its own: as many as have their streams open."""
HEARTBEATS = Lane("heartbeats", running=500, waiting=0, whole=True)


@dataclass(frozen=True, slots=True)
class Rule:
    """What requests this is about, the lane they go through, and what they count as."""

    method: str
    path: re.Pattern[str]
    lane: Lane | None
    rate: Rate | None = None


def _rule(method: str, path: str, lane: Lane | None, rate: Rate | None = None) -> Rule:
    return Rule(method, re.compile(path), lane, rate)


RULES = (
    _rule("GET", r"/(livez|healthz)", None),
    _rule("GET", r"/(page|assets|static|svelte)/.*|/(theme\.css|robots\.txt|favicon\.ico|manifest\.json)", None),
    _rule("POST", r"/api/v1/(ask|search)|/v1/chat/completions|/mcp", QUESTIONS, "ask"),
    _rule("POST", r"/embed(/ask)?", QUESTIONS, "embed"),
    _rule("POST", r"/gradio_api/queue/join/?", JOINS, "ask"),
    _rule("GET", r"/gradio_api/queue/data", STREAMS),
    _rule("GET", r"/gradio_api/heartbeat/.*", HEARTBEATS),
    _rule("POST", r"/api/v1/documents|.*/uploads?", UPLOADS, "upload"),
    _rule("GET", r"/api/v1/tasks|.*\.(csv|xlsx|ics|docx|md|apkg|zip|xml|pdf|db)|.*/(export|file)(/.*)?", EXPORTS, "export"),
    _rule("POST", r"/api/v1/quiz(/.*)?", EXPORTS, "export"),
)  # fmt: skip
OTHERWISE = Rule("", re.compile(""), PAGES)


def rule_for(method: str, path: str) -> Rule:
    """Give the first rule that fits."""
    method = "GET" if method == "HEAD" else method
    return next((rule for rule in RULES if rule.method == method and rule.path.fullmatch(path)), OTHERWISE)


class Line:
    """One lane while the server runs."""

    def __init__(self, lane: Lane) -> None:
        self.lane = lane
        self.places = asyncio.Semaphore(lane.running)
        self.waiting = self.running = 0

    def full(self) -> bool:
        return self.places.locked() and self.waiting >= self.lane.waiting

    def leave(self) -> None:
        self.running -= 1
        self.places.release()

    async def enter(self) -> bool:
        """Wait for a place; False when there is none in time."""
        if self.full():
            return False
        self.waiting += 1
        try:
            async with asyncio.timeout(self.lane.patience):
                await self.places.acquire()
        except TimeoutError:
            return False
        finally:
            self.waiting -= 1
        self.running += 1
        return True


class Rates:
    """The buckets of each kind; a setting that was changed begins new ones."""

    def __init__(self, config: Callable[[], Config]) -> None:
        self.config = config
        self._throttles: dict[tuple[Rate, bool], Throttle] = {}

    def check(self, rate: Rate, principal: Principal, address: str) -> None:
        """Count a call. Raises TooMany."""
        config = self.config()
        most = {
            "ask": config.questions_per_minute, "upload": config.uploads_per_minute, "export": config.exports_per_minute,
            "embed": config.embed_questions_per_minute,
        }[rate]  # fmt: skip
        # On the embedded page everybody is a visitor, also who is logged in elsewhere.
        local = principal.id == "local" and rate != "embed"
        most *= _LOCAL_FACTOR if local else 1
        throttle = self._throttles.get((rate, local))
        if throttle is None or throttle.most != most:
            throttle = self._throttles[rate, local] = Throttle(most)
        throttle.check(address_key(address) if rate == "embed" or principal.id in ("visitor", "local") else principal.id)


class Admission:
    """Wrap `application`; stands inside the guard, which has settled whose request it is."""

    def __init__(self, application: Application, config: Callable[[], Config]) -> None:
        self.application = application
        self.rates = Rates(config)
        self.lines: dict[str, Line] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.application(scope, receive, send)
            return
        rule = rule_for(scope["method"], scope["path"])
        if rule.rate is not None:
            try:
                self.rates.check(rule.rate, principal_in(scope), (scope.get("client") or ("",))[0])
            except TooMany as error:
                await _turn_away(scope, send, error.status, error.code, error.message, error.remedy, error.wait)
                return
        if rule.lane is None:
            await self.application(scope, receive, send)
            return
        line = self._line(rule.lane)
        if line.full() or self._held_up(rule.lane):
            await _busy(scope, send)
            return
        if not rule.lane.whole:
            receive = await _received(receive)
        if not await line.enter():
            await _busy(scope, send)
            return
        await self._run(line, scope, receive, send)

    def _line(self, lane: Lane) -> Line:
        if lane.name not in self.lines:
            self.lines[lane.name] = Line(lane)
        return self.lines[lane.name]

    def _held_up(self, lane: Lane) -> bool:
        if lane.behind is None:
            return False
        name, most = lane.behind
        return name in self.lines and self.lines[name].running >= most

    async def _run(self, line: Line, scope: Scope, receive: Receive, send: Send) -> None:
        held = True

        async def send_and_leave(message: Message) -> None:
            nonlocal held
            if held and not line.lane.whole:
                held = False
                line.leave()
            await send(message)

        try:
            await self.application(scope, receive, send_and_leave)
        finally:
            if held:
                line.leave()


async def _received(receive: Receive) -> Receive:
    """Read a request to its end; what is given back gives it once more. The guard bounds its size, the protocol its time."""
    messages: list[Message] = []
    while True:
        message = await receive()
        messages.append(message)
        if message["type"] != "http.request" or not message.get("more_body"):
            break
    messages.reverse()

    async def again() -> Message:
        return messages.pop() if messages else await receive()

    return again


async def _busy(scope: Scope, send: Send) -> None:
    await _turn_away(scope, send, 503, "server_busy", "现在使用的人太多", f"请过 {RETRY_SECONDS} 秒再试", RETRY_SECONDS)


async def _turn_away(scope: Scope, send: Send, status: int, code: str, message: str, remedy: str, wait: int) -> None:
    headers: Headers = ((b"retry-after", str(wait).encode()),)
    accepts = next((value for name, value in scope["headers"] if name == b"accept"), b"")
    if scope["method"] == "GET" and accepts.startswith(b"text/html"):
        english = f"Too many people are using this just now; please try again in {wait} seconds."
        await refuse_page(send, status, f"{message},{remedy}", english, headers)
    else:
        await refuse(send, scope["path"], status, code, message, remedy, headers)
