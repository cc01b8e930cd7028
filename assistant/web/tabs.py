"""Whose browser tab it is. Gradio knows a tab by a short name that the page makes up, and hands whoever sends that name the answers
that wait there and what the tab keeps.

Here every name is replaced on its way in by one that holds for its sender alone: the same name sent by somebody else is another tab.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

from assistant.web.principal import principal_in

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

_FIELD = "session_hash"
_IN_BODY = ("/gradio_api/queue/join", "/gradio_api/cancel", "/gradio_api/reset")
_HEARTBEAT = "/gradio_api/heartbeat/"


class OwnTabs:
    """Wrap `application`; stands inside the guard, which has settled whose request it is and how large its body may be."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self._key = secrets.token_bytes(32)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        if scope["type"] == "http" and path.startswith("/gradio_api/"):
            scope = {**scope, "query_string": self._query(scope)}
            if path.startswith(_HEARTBEAT):
                name = _HEARTBEAT + self._own(scope, path.removeprefix(_HEARTBEAT))
                scope |= {"path": name, "raw_path": name.encode()}
            elif path.rstrip("/") in _IN_BODY and scope["method"] == "POST":
                scope, receive = await self._body(scope, receive)
        await self.application(scope, receive, send)

    def _own(self, scope: Scope, name: str) -> str:
        who = principal_in(scope).id
        return hashlib.blake2b(f"{who}\0{name}".encode("utf-8", "surrogatepass"), key=self._key, digest_size=16).hexdigest()

    def _query(self, scope: Scope) -> bytes:
        pairs = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        return urlencode([(key, self._own(scope, value) if key == _FIELD else value) for key, value in pairs]).encode()

    async def _body(self, scope: Scope, receive: Receive) -> tuple[Scope, Receive]:
        content = bytearray()
        while True:
            message = await receive()
            if message["type"] != "http.request":
                return scope, _once(message, receive)
            content += message.get("body", b"")
            if not message.get("more_body"):
                break
        written = self._named(scope, bytes(content))
        kept = [pair for pair in scope["headers"] if pair[0].lower() != b"content-length"]
        scope = {**scope, "headers": [*kept, (b"content-length", str(len(written)).encode())]}
        return scope, _once({"type": "http.request", "body": written, "more_body": False}, receive)

    def _named(self, scope: Scope, content: bytes) -> bytes:
        """Put the sender's own name into a body; what is no object with a name is Gradio's to refuse."""
        try:
            sent = json.loads(content)
        except (ValueError, RecursionError):
            return content
        if not isinstance(sent, dict) or not isinstance(sent.get(_FIELD), str):
            return content
        return json.dumps({**sent, _FIELD: self._own(scope, sent[_FIELD])}).encode()


def _once(message: Message, receive: Receive) -> Receive:
    waiting = [message]

    async def given() -> Message:
        return waiting.pop() if waiting else await receive()

    return given
