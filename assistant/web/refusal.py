"""Refusals made before any route is reached: the error object for programs, a small page for a browser that follows a link."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from assistant.web.markup import element, escape

Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Headers = tuple[tuple[bytes, bytes], ...]

_HEAD = (
    '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    '<meta name="color-scheme" content="light dark"><title>政策问答助手</title><link rel="stylesheet" href="/page/page.css"></head><body><main class="source-page">'
)
_BACK = '<p><a href="/">回到首页 · <span lang="en">Back to the start</span></a></p>'


async def refuse(send: Send, path: str, status: int, code: str, message: str, remedy: str = "", headers: Headers = ()) -> None:
    """Answer with the error object; under /v1 in the shape that OpenAI's clients read."""
    error: dict[str, str | None] = {"code": code, "message": message, "remedy": remedy}
    if path.startswith("/v1/"):
        kind = "invalid_request_error" if status < 500 and status != 429 else "rate_limit_error" if status == 429 else "server_error"
        error = {"message": message + (f";{remedy}" if remedy else ""), "type": kind, "param": None, "code": code}
    body = json.dumps({"error": error}, ensure_ascii=False).encode()
    await _answer(send, status, b"application/json; charset=utf-8", body, headers)


def wants_page(scope: MutableMapping[str, Any], headers: dict[str, list[str]]) -> bool:
    """Say whether a person follows a link there, not a program or a script of ours."""
    return scope["method"] in ("GET", "HEAD") and headers.get("accept", [""])[0].startswith("text/html")


async def refuse_page(send: Send, status: int, chinese: str, english: str, headers: Headers = ()) -> None:
    """Answer a browser in both languages, with nothing that would cost time to make."""
    body = _HEAD + element("h1", escape(chinese)) + element("p", escape(english), class_="quiet", lang="en") + _BACK + "</main></body></html>"
    await _answer(send, status, b"text/html; charset=utf-8", body.encode(), headers)


async def send_page(send: Send, status: int, page: str) -> None:
    """Answer a browser with a whole page."""
    await _answer(send, status, b"text/html; charset=utf-8", page.encode(), ())


async def _answer(send: Send, status: int, kind: bytes, body: bytes, headers: Headers) -> None:
    fixed = [(b"content-type", kind), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": [*fixed, *headers]})
    await send({"type": "http.response.body", "body": body})
