"""The addresses of the quiz pages: which handler answers, who may call it, and what a person sees when it cannot be done."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from assistant.config import Config
from assistant.quiz.keeping.papers import Papers
from assistant.quiz.keeping.sittings import Sittings
from assistant.session import Assistant
from assistant.web.guard import LARGEST_BODY
from assistant.web.quiz import participants, trainers
from assistant.web.quiz.access import (
    LARGEST_REPLY,
    Limits,
    Refused,
    address_of,
    check_trainer,
    fields_of,
    form_of,
    usual_limits,
)
from assistant.web.quiz.desk import Desk, Handler, Visit
from assistant.web.quiz.frame import fault
from assistant.web.quiz.words import WORDS, Words
from assistant.web.texts import LANGUAGE_COOKIE, choose_language
from assistant.web.throttle import TooMany
from corpus.errors import PolicyAssistantError, UnknownQuiz

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
_PART = {"paper": r"[0-9]{1,9}", "template": r"[0-9]{1,9}", "sitting": r"[0-9]{1,9}", "item": r"q[0-9a-f]{1,20}", "token": r"[\w-]{1,64}"}


@dataclass(frozen=True, slots=True)
class Address:
    """One address. pattern: of the whole path."""

    method: str
    pattern: re.Pattern[str]
    handler: Handler


def _addresses(table: dict[tuple[str, str], Handler]) -> tuple[Address, ...]:
    return tuple(Address(method, _pattern(path), handler) for (method, path), handler in table.items())


def _pattern(path: str) -> re.Pattern[str]:
    """Read a path with its parts in braces: /q/{token}/paper."""
    written = path.replace(".", r"\.")
    for name, part in _PART.items():
        written = written.replace(f"{{{name}}}", f"(?P<{name}>{part})")
    return re.compile(written, re.ASCII)


TRAINERS = _addresses(trainers.TABLE)
PARTICIPANTS = _addresses(participants.TABLE)


def add_quiz_routes(app: FastAPI, assistant: Assistant, config: Config, limits: Limits | None = None) -> None:
    """Add /quiz… for trainers and /q/… for participants; has to come before Gradio is mounted at the root."""
    papers = Papers(assistant.store)
    desk = Desk(assistant, config, papers, Sittings(papers), limits or usual_limits())
    for path, addresses in (("/quiz", TRAINERS), ("/quiz/{rest:path}", TRAINERS), ("/q/{rest:path}", PARTICIPANTS)):
        app.add_route(path, _endpoint(desk, addresses), methods=list(METHODS), include_in_schema=False)


def _endpoint(desk: Desk, addresses: tuple[Address, ...]) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        words = _words(desk.config, request)
        try:
            return await _answer(desk, addresses, request, words)
        except PolicyAssistantError as error:
            return _fault(error, request, words, trainer=addresses is TRAINERS)

    return endpoint


async def _answer(desk: Desk, addresses: tuple[Address, ...], request: Request, words: Words) -> Response:
    trainer = addresses is TRAINERS
    if trainer:
        check_trainer(desk.config, request)
    else:
        desk.limits.requests.check(address_of(request))
        desk.limits.strangers.look(address_of(request))
    handler, parts = _find(addresses, request)
    largest = LARGEST_BODY if trainer or handler is participants.finish else LARGEST_REPLY
    form = await form_of(request, largest) if request.method == "POST" else fields_of(request.scope["query_string"])
    try:
        return await run_in_threadpool(handler, desk, Visit(request, words, form, parts))
    except UnknownQuiz as error:
        if error.code == "unknown_share":
            desk.limits.strangers.check(address_of(request))
        raise


def _find(addresses: tuple[Address, ...], request: Request) -> tuple[Handler, dict[str, str]]:
    path, method = request.scope["path"], "GET" if request.method == "HEAD" else request.method
    known = [(address, match) for address in addresses if (match := address.pattern.fullmatch(path))]
    for address, match in known:
        if address.method == method:
            return address.handler, match.groupdict()
    if known:
        raise Refused(405, "wrong_method", "这个地址不接受这种请求", "请使用页面上的按钮")
    raise Refused(404, "not_found", "没有这个页面", "请检查地址")


def _words(config: Config, request: Request) -> Words:
    chosen = request.cookies.get(LANGUAGE_COOKIE)
    return WORDS[choose_language(config.language, chosen, request.headers.get("accept-language"))]


def _fault(error: PolicyAssistantError, request: Request, words: Words, *, trainer: bool) -> Response:
    parts = request.scope["path"].split("/")
    inner = 4 if trainer else 3
    back = "/".join(parts[:inner]) if len(parts) > inner else "/quiz" if trainer and request.scope["path"] != "/quiz" else "/"
    if not trainer and error.code in ("unknown_share", "not_found"):
        back = ""
    remedy = error.remedy if words.language == "zh" else ""
    html = fault(words.error(error.code, error.message), remedy, back, words, trainer=trainer)
    headers = {"retry-after": str(error.wait)} if isinstance(error, TooMany) else {"x-error-code": error.code}
    return HTMLResponse(html, status_code=error.status, headers=headers)
