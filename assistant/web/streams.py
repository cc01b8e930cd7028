"""Streams of the chat page that would bring nothing.

Gradio's page opens a stream whenever it is told the name of an event and none is open. Where the event was told over the stream before, which
has ended by then, nothing is left to bring: Gradio would keep the new stream open until the page is closed, in one of the places for
people who wait for an answer.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qs

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

_STREAM = "/gradio_api/queue/data"
_HEADERS = [(b"content-type", b"text/event-stream; charset=utf-8"), (b"cache-control", b"no-store")]
_END = b'data: {"msg": "close_stream"}\n\n'


class EmptyStreams:
    """Wrap `application`; ends a stream at once whose tab waits for nothing. Stands where tabs have their own names already."""

    def __init__(self, application: Application, waits: Callable[[str], bool]) -> None:
        """waits: says whether anything is still to be told to the tab of this name, or the tab is not known."""
        self.application = application
        self.waits = waits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] != _STREAM or scope["method"] != "GET" or self.waits(_tab(scope)):
            await self.application(scope, receive, send)
            return
        await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
        await send({"type": "http.response.body", "body": _END})


def _tab(scope: Scope) -> str:
    asked: dict[str, list[str]] = parse_qs(scope["query_string"].decode("latin-1"))
    return asked.get("session_hash", [""])[-1]
