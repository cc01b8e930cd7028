"""What stands between the network and everything else: an ASGI wrapper that refuses what cannot be meant for this program
and puts the security headers on every answer.

It looks at `scope["path"]`, never at a URL built from the Host header. Gradio brings some seventy routes, among them uploads,
file serving and proxies; only those the page needs are let through.
"""

from __future__ import annotations

import ipaddress
import re
import secrets
import socket
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from typing import Any
from urllib.parse import urlsplit

from fastapi import FastAPI

from assistant.accounts.types import LOCAL
from assistant.config import Config
from assistant.web.admission import Admission
from assistant.web.principal import set_principal
from assistant.web.refusal import refuse

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

LARGEST_BODY = 256 * 1024
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
GRADIO_PATHS = (
    re.compile(r"/(config|theme\.css|robots\.txt|favicon\.ico|manifest\.json)"),
    re.compile(r"/(assets|static|svelte)/[\w./-]+"),
    re.compile(r"/gradio_api/(queue/join|queue/data|heartbeat/\w+|startup-events|app_id|cancel|reset|info)"),
)

_SCRIPT = re.compile(rb"<script(?=[\s>])")
_OUTWARD_META = re.compile(rb'<meta\s+(?:property|name)="(?:og|twitter):[^>]*>')
_PAGE_HEAD = (
    b'<title>%s</title><meta name="color-scheme" content="light dark"><link rel="stylesheet" href="/page/page.css">'
    b'<link rel="stylesheet" href="/page/chat.css"><script type="module" src="/page/page.js"></script></head>'
)


class Guard:
    """Wrap `application`. paths: prefixes of our own routes; hosts: host names we answer to, () for any name or address.

    large: paths whose body may be larger than others, with the number of bytes.  title: title of the page until its own words are in.
    """

    def __init__(
        self, application: Application, *, paths: Iterable[str], hosts: Iterable[str], large: Mapping[str, int], title: str
    ) -> None:
        self.application = application
        self.paths = tuple(paths)
        self.hosts = frozenset(hosts)
        self.large = dict(large)
        self.title = title

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.application(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        nonce = secrets.token_urlsafe(16)
        headers = _headers(scope)
        fault = self._fault(scope, headers)
        if fault is not None:
            await refuse(_with_headers(send, scope["path"], nonce), scope["path"], *fault)
            return
        scope = dict(scope)
        set_principal(scope, LOCAL)
        if scope["path"] == "/":
            # The page is rewritten below, which needs it uncompressed.
            scope["headers"] = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]
            send = _dressing(send, nonce, self.title.encode())
        await self.application(scope, _limited(receive, self._largest(scope)), _with_headers(send, scope["path"], nonce))

    def _fault(self, scope: Scope, headers: dict[str, list[str]]) -> tuple[int, str, str] | None:
        host = headers.get("host", [])
        if len(host) != 1 or not self._known(host[0]):
            return 400, "unknown_host", "地址中的主机名不是本服务的"
        if scope["method"] not in SAFE_METHODS and _foreign(headers, host[0]):
            return 403, "foreign_origin", "请求来自别的网站"
        if not 0 <= _length(headers) <= self._largest(scope):
            return 413, "too_large", "请求内容过大"
        if not self._open(scope["path"]):
            return 404, "not_found", "没有这个地址"
        return None

    def _largest(self, scope: Scope) -> int:
        return self.large.get(scope["path"], LARGEST_BODY)

    def _known(self, host: str) -> bool:
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return False
        return not self.hosts and re.fullmatch(r"[\w.:-]+", name) is not None or name in self.hosts

    def _open(self, path: str) -> bool:
        own = path == "/" or any(path == prefix or path.startswith(prefix + "/") for prefix in self.paths)
        return own or any(pattern.fullmatch(path) and ".." not in path for pattern in GRADIO_PATHS)


class GuardedApp(FastAPI):
    """A FastAPI whose guard is the outermost layer, so that answers to faults carry the headers too."""

    def __init__(
        self,
        *,
        paths: Iterable[str],
        hosts: Iterable[str],
        large: Mapping[str, int],
        page_title: str,
        config: Callable[[], Config],
        **settings: Any,
    ) -> None:
        super().__init__(**settings)
        self._config = config
        self._guard: dict[str, Any] = {"paths": tuple(paths), "hosts": frozenset(hosts), "large": dict(large), "title": page_title}

    def build_middleware_stack(self) -> Application:
        return Guard(Admission(super().build_middleware_stack(), self._config), **self._guard)


def hosts_for(address: str) -> frozenset[str]:
    """Give the host names a server that listens on `address` answers to.

    On loopback only loopback names: a page elsewhere whose name was rebound to 127.0.0.1 must not reach us. On another
    address also that address and this machine's names; on all addresses any name, as a proxy or the network decides it.
    """
    loopback = {"localhost", "127.0.0.1", "::1"}
    if address in loopback:
        return frozenset(loopback)
    try:
        if ipaddress.ip_address(address).is_unspecified:
            return frozenset()
    except ValueError:
        pass
    return frozenset({*loopback, address.lower(), socket.gethostname().lower()})


def _headers(scope: Scope) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in scope["headers"]:
        found.setdefault(name.decode("latin-1").lower(), []).append(value.decode("latin-1"))
    return found


def _foreign(headers: dict[str, list[str]], host: str) -> bool:
    """Say whether a browser sent this for another site. Programs send neither header and are let through."""
    if headers.get("sec-fetch-site", ["none"])[0] not in ("same-origin", "none"):
        return True
    return any(urlsplit(origin).netloc.lower() != host.lower() for origin in headers.get("origin", []))


def _length(headers: dict[str, list[str]]) -> int:
    """Give the length that the body is said to have, 0 when nothing is said, -1 for what is no length."""
    value = headers.get("content-length", ["0"])[0]
    return int(value) if value.isascii() and value.isdigit() and len(value) < 16 else -1


def _limited(receive: Receive, largest: int) -> Receive:
    received = 0

    async def limited() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > largest:
            # A body without a length: what came so far cannot be used, so the client is treated as gone.
            return {"type": "http.disconnect"}
        return message

    return limited


def policy(path: str, nonce: str) -> str:
    """Give the content policy of an answer: everything from here, scripts only from files of ours or with the nonce."""
    scripts = f"'self' 'nonce-{nonce}'" if path == "/" else "'self'"
    return (
        f"default-src 'none'; script-src {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; manifest-src 'self'; frame-ancestors 'none'; base-uri 'self'; form-action 'self'; object-src 'none'"
    )


def _with_headers(send: Send, path: str, nonce: str) -> Send:
    ours = {
        b"content-security-policy": policy(path, nonce).encode(),
        b"x-content-type-options": b"nosniff",
        b"x-frame-options": b"DENY",
        b"referrer-policy": b"no-referrer",
        b"cross-origin-opener-policy": b"same-origin",
        b"permissions-policy": b"camera=(), microphone=(), geolocation=()",
    }

    async def with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            dropped = {*ours, b"access-control-allow-origin", b"access-control-allow-credentials", b"server"}
            kept = [(name, value) for name, value in message["headers"] if name.lower() not in dropped]
            if not any(name.lower() == b"cache-control" for name, _ in kept):
                kept.append((b"cache-control", b"no-store"))
            message = {**message, "headers": [*kept, *ours.items()]}
        await send(message)

    return with_headers


def _dressing(send: Send, nonce: str, title: bytes) -> Send:
    start: Message = {}
    body = bytearray()

    async def dressing(message: Message) -> None:
        nonlocal start
        if message["type"] == "http.response.start":
            start = message
            return
        body.extend(message.get("body", b""))
        if message.get("more_body"):
            return
        page = dress(bytes(body), nonce, title) if _is_page(start) else bytes(body)
        length = [(b"content-length", str(len(page)).encode())]
        headers = [pair for pair in start["headers"] if pair[0].lower() != b"content-length"]
        await send({**start, "headers": headers + length})
        await send({"type": "http.response.body", "body": page})

    return dressing


def _is_page(start: Message) -> bool:
    return any(name.lower() == b"content-type" and value.startswith(b"text/html") for name, value in start["headers"])


def dress(page: bytes, nonce: str, title: bytes) -> bytes:
    """Prepare Gradio's page: allow its scripts by nonce, add our style and script, drop the references to other sites.

    Gradio writes its configuration with `<` as an escape, so that no text of a document can look like a script tag here.
    """
    page = _OUTWARD_META.sub(b"", page)
    page = page.replace(b"</head>", _PAGE_HEAD % title, 1)
    return _SCRIPT.sub(b'<script nonce="%s"' % nonce.encode(), page)
