"""The web application as a program meets it: addresses, the REST contract, what is refused, the headers on every answer."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from app import serve
from assistant.config import Config
from corpus.errors import ConfigError
from tests.web_server import served

ASK = "/api/v1/ask"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("web")) as address:
        yield address


@pytest.fixture
def client(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address, trust_env=False, timeout=30) as client:
        yield client


# ---------------------------------------------------------------- programs


def test_a_question_is_answered_with_a_verbatim_citation(client: httpx.Client, address: str) -> None:
    reply = client.post(ASK, json={"id": "q1", "question": "青山区防盗窗动态清零由谁牵头?"}).json()
    assert (reply["id"], reply["status"], reply["abstained"]) == ("q1", "answered", False)
    assert "区消防救援大队" in reply["answer"]
    first = reply["citations"][0]
    assert set(first) == {"n", "document_id", "doc", "title", "path", "start", "end", "quote", "highlight", "page"}
    assert "防盗窗动态清零" in first["quote"] and len(first["quote"]) == first["end"] - first["start"]


def test_a_follow_up_is_understood_from_its_history(client: httpx.Client) -> None:
    history = [{"question": "青山区防盗窗动态清零由谁牵头?", "answer": "区消防救援大队"}]
    reply = client.post(ASK, json={"question": "什么时候完成?", "history": history, "unknown": 1}).json()
    assert "6月底前" in reply["answer"]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"question": "  "}, 400, "empty_question"),
        ({"question": "长" * 2001}, 400, "question_too_long"),
        ({"question": "谁牵头?", "documents": ["absent"]}, 404, "unknown_document"),
        ({"question": 3}, 422, "bad_request"),
        ({}, 422, "bad_request"),
        ([], 422, "bad_request"),
    ],
    ids=["empty", "too long", "unknown document", "not text", "no question", "a list"],
)
def test_a_bad_request_gets_the_error_object(client: httpx.Client, body: object, status: int, code: str) -> None:
    reply = client.post(ASK, json=body)
    assert reply.status_code == status
    error = reply.json()["error"]
    assert error["code"] == code and error["message"] and set(error) == {"code", "message", "remedy"}


@pytest.mark.parametrize(
    "question", ["a", "😀" * 50, "' OR 1=1 --", "NEAR(a b)", "*" * 300, "{{7*7}}", "\u202e谁牵头", "%s\x00"]
)
def test_no_question_brings_the_server_down(client: httpx.Client, question: str) -> None:
    assert client.post(ASK, json={"question": question}).status_code == 200


def test_health_is_reported(client: httpx.Client) -> None:
    assert client.get("/healthz").json() == {"status": "ok", "documents": 2}


# ---------------------------------------------------------------- pages


def test_the_root_address_is_the_page_and_names_no_other_site(client: httpx.Client) -> None:
    reply = client.get("/")
    assert reply.status_code == 200 and "<title>政策问答助手</title>" in reply.text
    outside = set(re.findall(r"""(?:src|href|content)=["'](?:https?:)?//([^/"']+)""", reply.text))
    assert outside == set()


def test_a_source_page_shows_the_document_with_the_clause_marked(client: httpx.Client) -> None:
    cited = client.post(ASK, json={"question": "青山区防盗窗动态清零由谁牵头?"}).json()["citations"][0]
    place = {"start": cited["start"], "end": cited["end"], "words": ".".join(f"{a}-{b}" for a, b in cited["highlight"])}
    page = client.get(f"/source/{cited['document_id']}", params=place).text
    assert '<mark><strong class="words">区消防救援大队</strong></mark>' in page and 'id="cited"' in page
    assert "&lt;b onmouseover=&quot;alert(1)&quot;&gt;" in page and "<b onmouseover" not in page


def test_the_source_panel_is_the_content_of_that_page(client: httpx.Client) -> None:
    document = client.post(ASK, json={"question": "青山区防盗窗动态清零由谁牵头?"}).json()["citations"][0][
        "document_id"
    ]
    panel, page = client.get(f"/source/{document}/panel"), client.get(f"/source/{document}")
    assert panel.text.startswith("<header") and panel.text.split("/panel")[0][:200] in page.text


def test_an_unknown_document_is_not_found_in_the_visitors_language(client: httpx.Client) -> None:
    reply = client.get("/source/%3Cscript%3E/panel", headers={"accept-language": "en"})
    assert reply.status_code == 404 and "No such document" in reply.text and "<script" not in reply.text


def test_who_follows_a_link_that_leads_nowhere_meets_a_page_with_the_way_back(client: httpx.Client) -> None:
    reply = client.get("/nothing-here", headers={"accept": "text/html,application/xhtml+xml"})
    assert reply.status_code == 404 and "没有这个页面" in reply.text and "There is no such page" in reply.text and 'href="/"' in reply.text
    assert client.get("/nothing-here").json()["error"]["code"] == "not_found"


# ---------------------------------------------------------------- the guard


@pytest.mark.parametrize(
    "path", ["/", "/healthz", "/absent", "/source/absent", "/page/page.css", "/config", "/gradio_api/info"]
)
def test_every_answer_carries_the_security_headers(client: httpx.Client, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "unsafe-eval" not in policy
    assert headers["x-content-type-options"] == "nosniff" and headers["referrer-policy"] == "no-referrer"
    assert "access-control-allow-origin" not in headers and "cache-control" in headers


def test_w11_w13_a_name_that_is_not_ours_is_refused(client: httpx.Client) -> None:
    for host in ("evil.example", "127.0.0.1.evil.example", "evil.example:80", "a/b?x=", ""):
        reply = client.get("/", headers={"host": host})
        assert (reply.status_code, reply.json()["error"]["code"]) == (400, "unknown_host"), host


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "file://", "http://127.0.0.1:1"])
def test_a_request_sent_by_another_site_is_refused(client: httpx.Client, origin: str) -> None:
    reply = client.post(ASK, json={"question": "谁牵头?"}, headers={"origin": origin})
    assert (reply.status_code, reply.json()["error"]["code"]) == (403, "foreign_origin")
    assert client.post(ASK, json={"question": "谁牵头?"}, headers={"sec-fetch-site": "cross-site"}).status_code == 403


def test_our_own_page_may_send(client: httpx.Client, address: str) -> None:
    headers = {"origin": address, "sec-fetch-site": "same-origin"}
    assert client.post(ASK, json={"question": "谁牵头?"}, headers=headers).status_code == 200


def test_a_large_body_is_refused_with_or_without_its_length(client: httpx.Client) -> None:
    assert client.post(ASK, content=b" " * 300_000).status_code == 413
    with pytest.raises(httpx.HTTPError):
        client.post(ASK, content=(b" " * 100_000 for _ in range(5))).raise_for_status()


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/upload",
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/proxy=http://127.0.0.1/",
        "/monitoring",
        "/gradio_api/run/predict",
        "/gradio_api/call/reply",
        "/page/../app.py",
        "/page/%2e%2e/page.py",
        "/static/%2e%2e/%2e%2e/routes.py",
        "/docs",
    ],
)
def test_what_the_page_does_not_need_is_closed(client: httpx.Client, path: str) -> None:
    assert client.get(path).status_code == 404
    assert client.post(path).status_code in (404, 405)


def test_gradio_keeps_its_files_in_a_private_folder(address: str) -> None:
    folder = Path(os.environ["GRADIO_TEMP_DIR"])
    assert folder.stat().st_mode & 0o077 == 0


# ---------------------------------------------------------------- the program


ROOT = Path(__file__).resolve().parents[1]


def test_the_program_adds_the_samples_says_its_address_and_stops_cleanly(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings = {"POLICY_ASSISTANT_LIBRARY": str(tmp_path / "library"), "POLICY_ASSISTANT_PORT": str(port)}
    (tmp_path / "temporary").mkdir()
    environment = {**os.environ, **settings, "TMPDIR": str(tmp_path / "temporary")}
    environment.pop("GRADIO_TEMP_DIR", None)
    command = [sys.executable, str(ROOT / "app.py")]
    with subprocess.Popen(command, env=environment, cwd=tmp_path, stdout=subprocess.PIPE, encoding="utf-8") as program:
        assert program.stdout is not None
        assert f"http://127.0.0.1:{port}/" in program.stdout.readline()
        assert httpx.get(f"http://127.0.0.1:{port}/healthz", trust_env=False).json()["documents"] > 5
        program.send_signal(signal.SIGTERM)
        assert program.wait(timeout=20) == 0
    assert [path.name for path in (tmp_path / "temporary").iterdir() if path.name.startswith("policy-assistant-")] == []


def test_a_port_that_is_taken_is_named_with_what_to_do() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        config = Config(library=tempfile.gettempdir() + "/never-made", port=taken.getsockname()[1])
        with pytest.raises(ConfigError, match="--port") as failure:
            serve(config)
    assert str(config.port) in failure.value.message and not config.library_folder.exists()


@pytest.mark.parametrize("path", [ASK, "/v1/chat/completions", "/api/v1/quiz"])
def test_a_body_that_is_no_text_gets_the_error_object(client: httpx.Client, path: str) -> None:
    reply = client.post(path, content=b"8\xf3", headers={"content-type": "application/json"})
    assert (reply.status_code, reply.json()["error"]["code"]) == (400, "bad_request")


def test_a_method_that_an_address_does_not_take_is_told_which_it_takes(client: httpx.Client) -> None:
    for method, path, allow in (("PUT", ASK, "POST"), ("TRACE", "/livez", "GET"), ("QUERY", "/api/v1/quiz", "POST"), ("QUERY", "/v1/models", "GET"), ("PUT", "/api/v1/documents/a.txt", "DELETE, GET"), ("GET", "/v1/chat/completions", "POST")):
        reply = client.request(method, path)
        assert (reply.status_code, reply.headers["allow"]) == (405, allow), path
    assert client.get("/api/v1/absent").json()["error"]["code"] == "not_found"
