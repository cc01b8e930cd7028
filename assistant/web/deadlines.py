"""Connections that cost nothing: uvicorn's protocol with a deadline for everything a client can keep us waiting for.

uvicorn alone waits for ever for the rest of a header, of a body, or for a reader that does not read. Here each of them has an absolute
deadline, which a byte now and then does not put off, and when all places are taken the connection that has kept us waiting
longest for a request makes room for the newest one.
"""

from __future__ import annotations

import asyncio
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

if TYPE_CHECKING:
    from fastapi import FastAPI

GRACE_SECONDS = 5
"""How long open replies may go on after the server was told to stop."""
_KEPT_FOR_OTHER_FILES = 200
_LARGE_BODY = 1_000_000
_TO_TAKE_A_REFUSAL = 2.0


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds. request: for a whole header, from the connection or the last reply.  body: for a whole body; large_body: for one that
    says it is larger than a megabyte.  reader: for a client that takes nothing of its reply.  connections: open at the same time.
    """

    request: float = 10.0
    body: float = 60.0
    large_body: float = 130.0
    reader: float = 30.0
    connections: int = 1000


def server_of(application: FastAPI, patience: Patience | None = None) -> uvicorn.Server:
    """Make the server of an application; the caller runs it on sockets of its own."""
    settings = uvicorn.Config(
        application,
        http=protocol_with(patience or Patience(connections=_connections_possible(Patience().connections))),
        ws="none",
        log_level="error",
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    return uvicorn.Server(settings)


def _connections_possible(wanted: int) -> int:
    """Ask the system for as many open files as that takes, and give how many connections it allows."""
    try:
        import resource
    except ModuleNotFoundError:  # Windows has no such limit
        return wanted
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    needed = wanted + _KEPT_FOR_OTHER_FILES
    if soft != resource.RLIM_INFINITY and soft < needed:
        soft = needed if hard == resource.RLIM_INFINITY else min(needed, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        return max(1, soft - _KEPT_FOR_OTHER_FILES)
    return wanted


def protocol_with(patience: Patience) -> type[H11Protocol]:
    """Make the protocol class of one server, as uvicorn wants a class."""
    return type("Deadlines", (DeadlineProtocol,), {"patience": patience, "awaited": {}})


def _send_at_once(transport: asyncio.Transport) -> None:
    """Let no packet wait for the receipt of the one before: head and body go out one by one, and the receipt may take 40 ms.

    asyncio does so itself only for sockets that were made with the protocol's number; ours, from `socket.create_server`, are not.
    """
    connection = transport.get_extra_info("socket")
    if connection is not None and connection.family in (socket.AF_INET, socket.AF_INET6):
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


class DeadlineProtocol(H11Protocol):
    """One connection. awaited: those of this server that owe us a request, the longest first."""

    patience: Patience
    awaited: dict[DeadlineProtocol, None]

    _owes = ""
    _wrong = False
    _timer: asyncio.TimerHandle | None = None
    _reader_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        _send_at_once(transport)
        if len(self.connections) > self.patience.connections:
            self._make_room()
        self._expect()

    def connection_lost(self, exc: Exception | None) -> None:
        self._owe("")
        self._forget_reader()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if not self._wrong:
            super().data_received(data)
            self._expect()

    def eof_received(self) -> None:
        if self._wrong:
            self.transport.abort()

    def send_400_response(self, msg: str) -> None:
        """Answer what is no request, and take in the rest of it for a moment: closed at once, the client would see no answer."""
        self._wrong = True
        body = b'{"error": {"code": "bad_request", "message": "%s", "remedy": ""}}' % msg.encode()
        head = b"HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\nX-Content-Type-Options: nosniff\r\nCache-Control: no-store\r\n"
        self.transport.write(head + b"Connection: close\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
        if self.transport.can_write_eof():
            self.transport.write_eof()
        self._owe("end", _TO_TAKE_A_REFUSAL)

    def on_response_complete(self) -> None:
        self._owe("")
        super().on_response_complete()
        self._expect()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._forget_reader()
        self._reader_timer = self.loop.call_later(self.patience.reader, self.transport.abort)

    def resume_writing(self) -> None:
        super().resume_writing()
        self._forget_reader()

    def _make_room(self) -> None:
        late = next(iter(self.awaited), self)
        late._owe("")
        late.transport.abort()

    def _expect(self) -> None:
        """See what the client owes us now; a deadline that runs for the same thing goes on."""
        if self._wrong:
            return
        if self.transport.is_closing():
            self._owe("")
        elif self.cycle is None or self.cycle.response_complete:
            self._owe("request", self.patience.request)
        elif self.cycle.more_body:
            self._owe("body", self.patience.large_body if self._says_large() else self.patience.body)
        else:
            self._owe("")

    def _says_large(self) -> bool:
        length = dict(self.headers).get(b"content-length", b"0")
        return length.isdigit() and int(length) > _LARGE_BODY

    def _owe(self, what: str, seconds: float = 0.0) -> None:
        if what == self._owes:
            return
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._owes = what
        self.awaited.pop(self, None)
        if what:
            self._timer = self.loop.call_later(seconds, self.transport.abort)
        if what == "request":
            self.awaited[self] = None

    def _forget_reader(self) -> None:
        if self._reader_timer is not None:
            self._reader_timer.cancel()
            self._reader_timer = None
