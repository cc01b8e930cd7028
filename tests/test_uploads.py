"""Files sent to a real server: taken, refused with the reason, and never more than a label made of their names."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from assistant.config import Config
from assistant.web.uploads import MOST_AT_ONCE, UPLOAD_PATH, uploads_allowed
from corpus.errors import InputError, UnsupportedFormat
from corpus.readers import MAX_BYTES
from corpus.uploads import LONGEST_NAME, label_of
from tests.web_server import served

NOTICE = "白云镇防汛工作方案\n\n一、主要任务\n1.清理河道。2024年5月底前完成。(牵头单位:镇水利站)\n"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("uploads")) as address:
        yield address


@pytest.fixture
def client(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address, trust_env=False, timeout=60) as client:
        yield client


def send(client: httpx.Client, name: str, data: bytes | str, **headers: str) -> httpx.Response:
    return client.post(UPLOAD_PATH, params={"name": name}, content=data.encode() if isinstance(data, str) else data, headers=headers)


def code_of(reply: httpx.Response) -> str:
    return str(reply.json()["error"]["code"])


def test_a_file_that_was_sent_is_answered_from(client: httpx.Client) -> None:
    reply = send(client, "防汛.txt", NOTICE)
    assert (reply.status_code, reply.json()["status"], reply.json()["path"]) == (201, "added", "防汛.txt")
    answer = client.post("/api/v1/ask", json={"question": "白云镇清理河道由谁牵头?"}).json()
    assert "镇水利站" in answer["answer"]
    assert send(client, "防汛.txt", NOTICE).json()["status"] == "unchanged"
    assert send(client, "防汛.txt", NOTICE + "二、要求\n抓好落实。\n").json()["status"] == "new_version"


@pytest.mark.parametrize(
    ("name", "data", "status", "code"),
    [
        ("空.txt", b"", 422, "empty_file"),
        ("程序.txt", b"MZ\x90\x00\x03", 422, "binary_file"),
        ("程序.exe", b"MZ\x90\x00\x03", 415, "unsupported_format"),
        ("没有扩展名", NOTICE.encode(), 400, "bad_name"),
        ("", NOTICE.encode(), 400, "bad_name"),
        (".txt", NOTICE.encode(), 400, "bad_name"),
        ("../", NOTICE.encode(), 400, "bad_name"),
        ("长" * 2000 + ".txt", NOTICE.encode(), 422, "bad_request"),
        ("坏.docx", b"PK\x03\x04" + bytes(100), 422, "binary_file"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_its_code(client: httpx.Client, name: str, data: bytes, status: int, code: str) -> None:
    reply = send(client, name, data)
    assert (reply.status_code, code_of(reply)) == (status, code)


def test_an_archive_is_refused_with_what_to_do_instead(client: httpx.Client) -> None:
    reply = client.post(UPLOAD_PATH, params={"name": "全部通知.ZIP"}, content=b"PK\x03\x04")
    assert reply.status_code == 415 and "解压" in reply.json()["error"]["remedy"] and "policy-assistant add" in reply.json()["error"]["remedy"]


def test_a_form_is_told_how_to_send_a_file(client: httpx.Client) -> None:
    reply = client.post(UPLOAD_PATH, params={"name": "a.txt"}, files={"file": ("a.txt", NOTICE.encode())})
    assert (reply.status_code, code_of(reply)) == (415, "form_upload")


def test_another_site_cannot_send_files(client: httpx.Client) -> None:
    for headers in ({"origin": "https://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}):
        assert code_of(send(client, "a.txt", NOTICE, **headers)) == "foreign_origin"


def test_u06_a_body_over_the_limit_is_refused_whatever_it_says_of_its_length(client: httpx.Client, address: str) -> None:
    assert (reply := send(client, "大.txt", b"a" * (MAX_BYTES + 1))).status_code == 413 and code_of(reply) == "too_large"

    def pieces() -> Iterator[bytes]:
        for _ in range(MAX_BYTES // 1_000_000 + 1):
            yield b"a" * 1_000_000

    assert client.post(UPLOAD_PATH, params={"name": "大.txt"}, content=pieces()).status_code == 413
    host, port = address.removeprefix("http://").split(":")
    for length in ("99999999999", "-1", "1e3", "9" * 40):
        with socket.create_connection((host, int(port)), timeout=10) as raw:
            raw.sendall(f"POST {UPLOAD_PATH}?name=a.txt HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Length: {length}\r\n\r\n".encode())
            assert raw.recv(100).split()[1] in (b"413", b"400")


def test_u07_an_upload_that_breaks_off_leaves_nothing(client: httpx.Client, address: str) -> None:
    host, port = address.removeprefix("http://").split(":")
    before = client.get("/healthz").json()["documents"]
    for _ in range(20):
        with socket.create_connection((host, int(port)), timeout=10) as raw:
            raw.sendall(f"POST {UPLOAD_PATH}?name=half.txt HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Length: 9999\r\n\r\n".encode())
            raw.sendall(NOTICE.encode())
    assert client.get("/healthz").json()["documents"] == before
    assert send(client, "又一份.txt", NOTICE + "又").status_code == 201


def test_more_uploads_than_there_are_places_are_asked_to_wait(client: httpx.Client, address: str) -> None:
    host, port = address.removeprefix("http://").split(":")
    held = []
    try:
        for number in range(MOST_AT_ONCE):
            held.append(raw := socket.create_connection((host, int(port)), timeout=10))
            head = f"POST {UPLOAD_PATH}?name={number}.txt HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Length: 9999\r\n"
            raw.sendall(f"{head}Expect: 100-continue\r\n\r\n".encode())
            assert raw.recv(100).split()[1] == b"100"  # the body is asked for once the upload has its place
        reply = send(client, "等.txt", b"")
        assert (reply.status_code, code_of(reply)) == (429, "too_many_uploads")
    finally:
        for raw in held:
            raw.close()


def test_questions_are_answered_while_a_file_is_read(client: httpx.Client, address: str) -> None:
    replies: list[httpx.Response] = []

    def upload_file() -> None:
        with httpx.Client(base_url=address, trust_env=False, timeout=60) as other:
            replies.append(send(other, "长.txt", NOTICE * 300))

    upload = threading.Thread(target=upload_file)
    upload.start()
    answered = 0
    while upload.is_alive():
        client.get("/healthz").raise_for_status()
        answered += 1
    upload.join()
    assert replies[0].status_code == 201 and answered > 3


# ---------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("given", "label"),
    [
        ("../../etc/通知.txt", "通知.txt"),
        ("C:\\Users\\x\\通知.txt", "通知.txt"),
        ("\\\\server\\share\\通知.txt", "通知.txt"),
        ("通\x00知\r\n.txt", "通知.txt"),
        ("通知\u202etxt.docx", "通知txt.docx"),
        ("通\u200b知.txt", "通知.txt"),
        ("通\ud800知.txt", "通知.txt"),
        ("a:b*c?.txt", "a_b_c_.txt"),
        ("  通知.txt. ", "通知.txt"),
        ("%2e%2e%2f通知.txt", "%2e%2e%2f通知.txt"),
        ("‥／通知.txt", "‥／通知.txt"),
        ("CON.txt", "CON.txt"),
    ],
)
def test_u01_a_name_becomes_a_label(given: str, label: str) -> None:
    assert label_of(given) == label


@pytest.mark.parametrize("given", ["", ".", "..", "/", "a/", ".txt", "\x00", "\u202e.txt", "a.txt::$DATA"])
def test_u01_a_name_of_which_nothing_is_left_is_refused(given: str) -> None:
    with pytest.raises((InputError, UnsupportedFormat)):
        label_of(given)


def test_u12_a_long_name_keeps_its_suffix() -> None:
    assert label_of("长" * 5000 + ".docx").endswith("长.docx") and len(label_of("长" * 5000 + ".docx")) == LONGEST_NAME + 1


# ---------------------------------------------------------------- who may send


@pytest.mark.parametrize(
    ("host", "setting", "allowed"),
    [
        ("127.0.0.1", "auto", True),
        ("::1", "auto", True),
        ("localhost", "auto", True),
        ("0.0.0.0", "auto", False),
        ("10.0.0.7", "auto", False),
        ("server.example", "auto", False),
        ("0.0.0.0", "on", True),
        ("127.0.0.1", "off", False),
    ],
)
def test_files_are_taken_on_loopback_or_where_that_is_set(host: str, setting: str, allowed: bool) -> None:
    assert uploads_allowed(Config(host=host, uploads=setting)) is allowed


def test_a_server_that_takes_no_files_says_so(tmp_path: Path) -> None:
    with served(tmp_path, uploads="off") as address:
        reply = httpx.post(address + UPLOAD_PATH, params={"name": "a.txt"}, content=NOTICE.encode())
    assert (reply.status_code, code_of(reply)) == (403, "uploads_off")
