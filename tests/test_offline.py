"""The whole web application, started and used, reaches for nothing outside this machine: neither the server nor the browser."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path
from shutil import which
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from tests.offline_server import leaves

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = which("chromium") or which("chromium-browser") or which("google-chrome")


def use(client: httpx.Client) -> None:
    """What programs do."""
    notice = "白云镇防汛工作方案\n\n一、主要任务\n1.清理河道。2024年5月底前完成。(牵头单位:镇水利站)\nhttp://evil.example/a.png\n"
    assert client.post("/api/v1/documents", params={"name": "防汛.txt"}, content=notice.encode()).status_code == 201
    assert "镇水利站" in client.post("/api/v1/ask", json={"question": "白云镇清理河道由谁牵头?"}).json()["answer"]
    assert client.post("/api/v1/quiz", json={"count": 3}).json()["items"]
    assert client.get("/api/v1/tasks", params={"format": "xlsx"}).status_code == 200


def browse(address: str) -> list[str]:
    """What a person does; gives what the browser asked for."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    asked: list[str] = []
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"])
        page: Any = browser.new_page(locale="zh-CN")
        page.on("request", lambda request: asked.append(request.url))
        page.goto(address + "/")
        page.locator(".welcome").wait_for()
        page.locator("#question textarea").fill("白云镇清理河道由谁牵头?")
        page.locator("#question textarea").press("Enter")
        page.locator(".exchange.latest .reply.answered a.chip").first.click()
        page.locator("#source mark").first.wait_for()
        for way in ("/quiz", "/tasks", "/documents", "/evaluation", "/admin"):
            page.goto(address + way)
        browser.close()
    return asked


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")
def test_s07_g14_nothing_leaves_this_machine(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address, log = f"http://127.0.0.1:{port}", tmp_path / "left.txt"
    command = [sys.executable, "-m", "tests.offline_server", str(tmp_path / "library"), str(port), str(log)]
    with subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, text=True) as program:
        try:
            assert program.stdout is not None and address in program.stdout.readline()
            with httpx.Client(base_url=address, trust_env=False, timeout=60) as client:
                use(client)
            asked = browse(address)
        finally:
            program.terminate()
    assert not log.exists(), log.read_text(encoding="utf-8")
    assert len(asked) > 20 and {urlsplit(url).netloc for url in asked if not url.startswith(("data:", "blob:"))} == {f"127.0.0.1:{port}"}


def test_the_guard_sees_what_leaves(tmp_path: Path) -> None:
    log = tmp_path / "left.txt"
    code = (
        f"from tests.offline_server import guard; guard({str(log)!r}); import socket, contextlib\n"
        "for address in (('127.0.0.1', 9), ('192.0.2.1', 9)):\n"
        "    with contextlib.suppress(OSError), socket.socket() as one:\n        one.setblocking(False); one.connect(address)\n"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
    assert log.read_text(encoding="utf-8") == "socket.connect ('192.0.2.1', 9)\n"
    assert leaves(("2001:db8::1", 80, 0, 0)) and leaves("evil.example") and not leaves(("::1", 1)) and not leaves("/run/x")
