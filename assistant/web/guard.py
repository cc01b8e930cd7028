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

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from fastapi import FastAPI

from assistant.accounts.types import LOCAL, NOBODY, Principal
from assistant.config import Config
from assistant.web.admission import Admission
from assistant.web.door import Door
from assistant.web.embed.framing import SNIPPETS, ancestors, frame_options
from assistant.web.entry import turned_away, unproven, watched
from assistant.web.gates import gate_for
from assistant.web.principal import set_principal
from assistant.web.proxies import Proxies
from assistant.web.refusal import refuse, refuse_page, wants_page
from assistant.web.tabs import OwnTabs
from corpus.errors import LibraryProblem

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

LARGEST_BODY = 256 * 1024
NOWHERE = 404, "not_found", "没有这个地址"
_LOOKUPS = 4
"""Threads of their own for finding out who somebody is, so that questions being answered do not keep others at the door."""

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
    door: settles who somebody is; without one everybody is the person at this machine.
    sites: gives the web sites that may show the embedded chat page in a frame.  proxies: those whose word about the client counts.
    """

    def __init__(
        self, application: Application, *, paths: Iterable[str], hosts: Iterable[str], large: Mapping[str, int], title: str, door: Door | None = None,
        sites: Callable[[], str] = str, proxies: Proxies | None = None,
    ) -> None:
        self.application = application
        self.paths = tuple(paths)
        self.hosts = frozenset(hosts)
        self.large = dict(large)
        self.title = title
        self.door = door
        self.sites = sites
        self.proxies = proxies
        self._looking = CapacityLimiter(_LOOKUPS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.application(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        nonce = secrets.token_urlsafe(16)
        headers = _headers(scope)
        if self.proxies and scope.get("client"):
            client = self.proxies.client_of(scope["client"][0], headers.get("x-forwarded-for", []))
            scope = {**scope, "client": (client, 0)}
        bare, send = send, _with_headers(send, scope["path"], nonce, self.sites(), secure=self.door is not None and self.door.secure)
        fault = self._fault(scope, headers)
        if fault is not None:
            await _refused(scope, headers, send, fault)
            return
        scope = dict(scope)
        principal = await self._admitted(scope, headers, send)
        if principal is None:
            return
        set_principal(scope, principal)
        if scope["path"] == "/":
            # The page is rewritten below, which needs it uncompressed.
            scope["headers"] = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]
            send = _with_headers(_dressing(bare, nonce, self.title.encode()), scope["path"], nonce, self.sites(), secure=self.door is not None and self.door.secure)
        receive = _limited(receive, self._largest(scope))
        # Whoever changes his own password or logs out ends the session by which he does.
        own = scope["path"].startswith(("/account", "/log"))
        if principal is LOCAL or self.door is None or own:
            await self.application(scope, receive, send)
        else:
            await watched(self.application, scope, receive, send, lambda: self._still(headers, principal))

    async def _admitted(self, scope: Scope, headers: dict[str, list[str]], send: Send) -> Principal | None:
        """Give who may come in; None for others, who have been answered."""
        if self.door is None:
            return LOCAL
        try:
            principal = await self._who(headers)
        except LibraryProblem as error:
            await refuse(send, scope["path"], error.status, error.code, error.message, error.remedy)
            return None
        if principal is LOCAL:
            return LOCAL
        gate = gate_for(scope["method"], scope["path"])
        if gate is None:
            # Nobody said who may go there.
            await _refused(scope, headers, send, NOWHERE)
        elif unproven(scope, headers, self.door):
            await refuse(send, scope["path"], 403, "foreign_origin", "请求没有证明它来自本站的页面", "请在本站的页面上操作;程序请使用密钥")
        elif gate.admits(principal):
            return principal or NOBODY
        else:
            await turned_away(scope, headers, send, self.door, principal)
        return None

    async def _who(self, headers: dict[str, list[str]]) -> Principal | None:
        assert self.door is not None
        fresh, principal = self.door.remembered(headers)
        if fresh:
            return principal
        return await run_sync(self.door.who, headers, limiter=self._looking)

    async def _still(self, headers: dict[str, list[str]], principal: Principal) -> bool:
        """Is it still the same who is behind an open request, with the same rights?"""
        try:
            return (await self._who(headers) or NOBODY) == principal
        except LibraryProblem:
            return False

    def _fault(self, scope: Scope, headers: dict[str, list[str]]) -> tuple[int, str, str] | None:
        host = headers.get("host", [])
        if len(host) != 1 or not self._known(host[0]):
            return 400, "unknown_host", "地址中的主机名不是本服务的"
        if scope["method"] not in SAFE_METHODS and _foreign(headers, host[0]):
            return 403, "foreign_origin", "请求来自别的网站"
        if not 0 <= _length(headers) <= self._largest(scope):
            return 413, "too_large", "请求内容过大"
        if not self._open(scope["path"]):
            return NOWHERE
        return None

    def _largest(self, scope: Scope) -> int:
        return self.large.get(scope["path"], LARGEST_BODY)

    def _known(self, host: str) -> bool:
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return False
        ours = not self.hosts and re.fullmatch(r"[\w.:-]+", name) is not None or name in self.hosts
        # Behind a proxy on this machine people use another name, and log in.
        return ours or (self.door is not None and name != "" and name == self.door.public_host and self.door.accounts_on())

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
        door: Door | None = None,
        **settings: Any,
    ) -> None:
        super().__init__(**settings)
        self._config = config
        self._guard: dict[str, Any] = {
            "paths": tuple(paths), "hosts": frozenset(hosts), "large": dict(large), "title": page_title, "door": door,
            "sites": lambda: config().embed_sites, "proxies": Proxies(config().trusted_proxies),
        }  # fmt: skip

    def build_middleware_stack(self) -> Application:
        return Guard(Admission(OwnTabs(super().build_middleware_stack()), self._config), **self._guard)


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


async def _refused(scope: Scope, headers: dict[str, list[str]], send: Send, fault: tuple[int, str, str]) -> None:
    if fault is NOWHERE and wants_page(scope, headers):
        await refuse_page(send, 404, "没有这个页面", "There is no such page.")
    else:
        await refuse(send, scope["path"], *fault)


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


def policy(path: str, nonce: str, sites: str = "") -> str:
    """Give the content policy of an answer: everything from here, scripts only from files of ours or with the nonce.

    sites: those that may show the embedded chat page in a frame; every other page nobody may.
    """
    scripts = f"'self' 'nonce-{nonce}'" if path == "/" else "'self'"
    return (
        f"default-src 'none'; script-src {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; manifest-src 'self'; frame-ancestors " + ancestors(path, sites) + "; base-uri 'self'; form-action 'self'; object-src 'none'"
        + ("; frame-src 'self'" if path == SNIPPETS else "")
    )


def _with_headers(send: Send, path: str, nonce: str, sites: str, *, secure: bool = False) -> Send:
    ours = {
        b"content-security-policy": policy(path, nonce, sites).encode(),
        b"x-content-type-options": b"nosniff",
        b"referrer-policy": b"no-referrer",
        b"cross-origin-opener-policy": b"same-origin",
        b"permissions-policy": b"camera=(), microphone=(), geolocation=()",
    }
    if options := frame_options(path, sites):
        ours[b"x-frame-options"] = options.encode()
    if secure:
        ours[b"strict-transport-security"] = b"max-age=31536000"

    async def with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            dropped = {*ours, b"x-frame-options", b"access-control-allow-origin", b"access-control-allow-credentials", b"server"}
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
