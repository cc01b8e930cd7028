"""Clients that keep the server waiting, as raw sockets: each is let go at its deadline, and nobody else waits for them."""

from __future__ import annotations

import socket
import statistics
import time
from collections.abc import Iterator
from contextlib import ExitStack

import httpx
import pytest

from assistant.web.deadlines import Patience
from tests.web_server import served

PATIENCE = Patience(request=1.0, body=1.5, large_body=1.5, reader=1.0, connections=40)
SLACK = 3.0
"""Seconds a busy machine may be late."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("slow"), PATIENCE) as address:
        yield address


def connected(address: str) -> socket.socket:
    host, port = address.removeprefix("http://").split(":")
    return socket.create_connection((host, int(port)), timeout=10)


def seconds_until_closed(raw: socket.socket, drip: bytes = b"") -> float:
    """Send a byte of `drip` every tenth of a second until the other side closes; give how long that took."""
    started = time.monotonic()
    raw.settimeout(0.1)
    while time.monotonic() - started < 10:
        try:
            if drip:
                raw.send(drip[:1])
                drip = drip[1:]
            if raw.recv(1) == b"":
                break
        except TimeoutError:
            continue
        except OSError:
            break
    return time.monotonic() - started


def test_g23_a_silent_connection_is_closed_at_its_deadline(address: str) -> None:
    with connected(address) as raw:
        assert 0.8 < seconds_until_closed(raw) < PATIENCE.request + SLACK


def test_d03_a_byte_now_and_then_does_not_put_the_deadline_off(address: str) -> None:
    with connected(address) as raw:
        raw.sendall(b"GET / HTTP/1.1\r\n")
        assert 0.8 < seconds_until_closed(raw, b"Host: 127.0.0.1\r\nX-Slow: " + b"a" * 200) < PATIENCE.request + SLACK


@pytest.mark.parametrize("length", [b"500", b"9000000"])
def test_d03_a_slow_body_is_closed_at_its_deadline(address: str, length: bytes) -> None:
    with connected(address) as raw:
        raw.sendall(b"POST /api/v1/documents?name=a.txt HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: " + length + b"\r\n\r\n{")
        assert 1.2 < seconds_until_closed(raw, b" " * 200) < PATIENCE.body + SLACK


def test_d03_who_does_not_take_his_reply_is_let_go(address: str) -> None:
    with socket.socket() as raw:
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        host, port = address.removeprefix("http://").split(":")
        raw.connect((host, int(port)))
        # Far more than the buffers between us hold, asked for at once and never read.
        raw.sendall(b"GET /page/page.css HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" * 400)
        time.sleep(PATIENCE.reader + 1.0)
        with pytest.raises(OSError):
            for _ in range(100):
                raw.send(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" * 100)
                time.sleep(0.02)


def test_a_connection_in_use_outlives_the_deadline(address: str) -> None:
    with httpx.Client(base_url=address, trust_env=False) as client:
        for _ in range(4):
            assert client.get("/healthz").status_code == 200
            time.sleep(0.4)
    with connected(address) as raw:
        raw.sendall(b"GET /gradio_api/heartbeat/abc HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        time.sleep(PATIENCE.request + 0.5)
        assert raw.recv(100).startswith(b"HTTP/1.1 200")
        raw.setblocking(False)
        with pytest.raises(BlockingIOError):
            while raw.recv(10_000):
                pass


def test_no_reply_waits_for_the_receipt_of_its_own_head(address: str) -> None:
    """A receipt comes after 40 ms; on a connection in use every reply would wait for one."""
    taken = []
    with httpx.Client(base_url=address, trust_env=False) as client:
        for _ in range(60):
            started = time.monotonic()
            assert client.get("/livez").status_code == 200
            taken.append(time.monotonic() - started)
    # The quickest quarter: a busy machine delays many of them, the receipt would delay all but the first few.
    assert statistics.quantiles(taken, n=4)[0] < 0.03, taken


def test_g23_many_silent_connections_do_not_keep_a_new_visitor_out(address: str) -> None:
    with ExitStack() as held:
        for _ in range(3 * PATIENCE.connections):
            held.enter_context(connected(address))
        for _ in range(3):
            started = time.monotonic()
            assert httpx.get(address + "/healthz", trust_env=False).status_code == 200
            assert time.monotonic() - started < 2.0


@pytest.mark.parametrize("sent", [b"GET /?" + b"a" * 3_000_000 + b" HTTP/1.1\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00", b"GET / HTTP/9.9\r\n\r\n"])
def test_w11_what_is_no_request_is_told_so_and_closed(address: str, sent: bytes) -> None:
    with connected(address) as raw:
        raw.sendall(sent)
        assert raw.recv(1000).startswith(b"HTTP/1.1 400")
        assert seconds_until_closed(raw) < SLACK
