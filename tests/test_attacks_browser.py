"""R-01, R-03, R-06: hostile words in every place where a page shows words, in a real browser: no dialog, no report of the content policy, no
request to anybody else, nothing of it an element. And the embedded page on a foreign web site.
"""

from __future__ import annotations

import http.server
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from assistant.known.rows import lines_of
from assistant.known.types import Question, Quote
from tests.hostile.scripts import BASES, PAYLOADS, documents
from tests.web_server import NOTICE, served

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")]
SWITCHES = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync")
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
REPORTS = "window.__reports = []; addEventListener('securitypolicyviolation', (e) => window.__reports.push(e.violatedDirective + ' ' + e.blockedURI));"
HOSTILE_ELEMENTS = "document.querySelectorAll('main script, main iframe:not(.preview), main object, main embed, main base, main meta, main link, main svg a, main [onerror], main [onload], main math, #log script').length"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(SWITCHES))
        yield browser
        browser.close()


class Watched:
    """An open page that notes what must not happen. own: beginnings of the addresses it may load from."""

    def __init__(self, context: Any, own: tuple[str, ...]) -> None:
        self.page = context.new_page()
        self.page.set_default_timeout(20_000)
        self.events: list[str] = []
        self.page.add_init_script(REPORTS)
        self.page.on("dialog", lambda dialog: (self.events.append(f"dialog {dialog.message}"), dialog.dismiss()))
        self.page.on("pageerror", lambda error: self.events.append(f"error {error}"))
        self.page.on("console", lambda m: "Content Security Policy" in m.text and self.events.append(m.text))
        self.page.on("request", lambda r: r.url.startswith((*own, "data:", "blob:", "about:")) or self.events.append(f"request {r.url}"))

    def check(self, where: str) -> None:
        assert self.page.evaluate("window.__reports") == [], where
        assert self.page.evaluate(HOSTILE_ELEMENTS) == 0, where
        assert self.events == [], where


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("hostile")
    with served(folder) as address:
        with httpx.Client(base_url=address, trust_env=False, timeout=120, limits=httpx.Limits(max_keepalive_connections=0)) as client:
            for name, text in documents().items():
                # The name as a person on this machine could give it; over HTTP it becomes a label.
                assert client.post("/api/v1/documents", params={"name": name}, content=text.encode()).status_code in (200, 201)
            _wrong_answers(client)
        yield address


def _wrong_answers(client: httpx.Client) -> None:
    """Keep known questions made of payloads, ask them, and judge an answer of one."""
    hostile = [
        Question(f"x{n}<b>", f"清理{text}杂物由谁牵头?", kind="lead", docs=("青山区方案.txt",), answer=text, must=((text,),), evidence=(Quote("青山区方案.txt", "一、主要任务"),))
        for n, text in enumerate(BASES[:6])
    ]
    assert client.post("/evaluation/questions/import", content=lines_of(hostile).encode()).status_code == 200
    assert client.post("/evaluation/run", data={"questions": "own"}).status_code == 303
    for _ in range(600):
        if client.get("/evaluation/progress").json()["state"] != "running":
            return
        time.sleep(0.2)


def test_r01_r03_r06_no_page_runs_loads_or_shows_what_documents_say(browser: Any, address: str) -> None:
    with httpx.Client(base_url=address, trust_env=False, timeout=60) as client:
        listed = client.get("/api/v1/documents").json()["documents"]
        made = client.post("/quiz/papers", data={"title": PAYLOADS[0][:80], "count": "12", "seed": "1", "kind": "single"}, follow_redirects=False)
    hostile = [d["id"] for d in listed if "alert" in d["title"] + d["name"] or "清理" in d["title"]] or [d["id"] for d in listed]
    paths = [
        *(f"/source/{identity}" for identity in hostile[:3]), "/evaluation", "/evaluation/questions", "/evaluation/questions/1", "/evaluation/questions/new",
        "/evaluation/disliked", "/embedding", "/quiz", made.headers.get("location", "/quiz"), "/tasks", "/documents",
        f"/quiz/{quote(PAYLOADS[0], safe='')}", f"/evaluation/{quote(BASES[2], safe='')}", f"/source/{quote(BASES[2], safe='')}", f"/{quote(BASES[2], safe='')}",
        f"/tasks?unit={quote(BASES[2])}", f"/embed?lang={quote(BASES[0])}",
    ]  # fmt: skip
    context = browser.new_context(locale="zh-CN", viewport={"width": 1440, "height": 900})
    watched = Watched(context, (address,))
    for path in paths:
        watched.page.goto(address + path, wait_until="load")
        watched.page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
        watched.check(path)
    context.close()


def test_r01_the_embedded_page_shows_hostile_questions_and_clauses_as_text(browser: Any, address: str) -> None:
    context = browser.new_context(locale="zh-CN", **PHONE)
    watched = Watched(context, (address,))
    page = watched.page
    page.goto(address + "/embed")
    for text in (BASES[2], BASES[0]):
        page.locator("#question").fill(f"清理{text}杂物由谁牵头?")
        page.locator("#send").tap()
        page.locator(".reply:not(.pending):not(.streaming)").last.wait_for()
        assert text in page.locator(".question").last.inner_text()
        for marker in page.locator(".source > summary").all()[-1:]:
            marker.tap()
            page.locator("#clause:not([hidden])").wait_for()
            page.locator("#clause-close").tap()
        watched.check(text)
    context.close()


# ---------------------------------------------------------------- on a foreign web site


@contextmanager
def site(folder: Path) -> Iterator[str]:
    """Serve a folder as another web site does, on a port of its own."""
    handler = partial(http.server.SimpleHTTPRequestHandler, directory=str(folder))
    handler.log_message = lambda *_: None  # type: ignore[attr-defined]
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture(scope="module")
def foreign(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str, Path]]:
    """Give the address of our server, of a site that may frame it, and the folder of that site."""
    folder = tmp_path_factory.mktemp("site")
    with site(folder) as other, served(tmp_path_factory.mktemp("framed"), embed_sites=other) as ours:
        yield ours, other, folder


HEAD = "<!doctype html><html lang='zh'><meta charset='utf-8'><meta name='viewport' content='width=device-width, initial-scale=1'><title>区政府网站</title><h1>区政府网站</h1>"


@pytest.mark.parametrize("settings", [{"viewport": {"width": 1440, "height": 900}}, PHONE], ids=["desk", "phone"])
def test_the_button_opens_the_page_on_another_site(browser: Any, foreign: tuple[str, str, Path], settings: dict[str, Any]) -> None:
    ours, other, folder = foreign
    (folder / "button.html").write_text(f"{HEAD}<script src='{ours}/page/embed.js' data-lang='zh' defer></script>", encoding="utf-8")
    context = browser.new_context(locale="zh-CN", **settings)
    watched = Watched(context, (ours, other))
    page = watched.page
    page.goto(other + "/button.html")
    page.locator("#policy-assistant-button").click()
    frame = page.frame_locator("#policy-assistant-panel iframe")
    frame.locator("#question").fill("青山区防盗窗动态清零由谁牵头?")
    frame.locator("#send").click()
    assert "区消防救援大队" in frame.locator(".reply.answered .said").inner_text()
    frame.locator(".marker").first.click()
    assert frame.locator("#clause mark").inner_text() == "区消防救援大队" and frame.locator("#clause mark").inner_text() in NOTICE
    width = frame.locator("html").evaluate("e => [e.scrollWidth, innerWidth]")
    assert width[0] <= width[1] and page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    frame.locator("#clause-close").click()
    page.get_by_role("button", name="关闭").click()
    page.locator("#policy-assistant-panel").wait_for(state="hidden")
    assert watched.events == []
    context.close()


def test_w05_other_pages_and_other_sites_stay_empty(browser: Any, foreign: tuple[str, str, Path], tmp_path: Path) -> None:
    """A site that is not named cannot frame the page, and a site that is cannot frame any other page."""
    ours, other, folder = foreign
    (folder / "frames.html").write_text(f"{HEAD}<iframe id=a src='{ours}/'></iframe><iframe id=b src='{ours}/embed' width=320 height=500></iframe>", encoding="utf-8")
    shutil.copy(folder / "frames.html", tmp_path / "frames.html")
    context = browser.new_context(locale="zh-CN", viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto(other + "/frames.html")
    page.frame_locator("#b").locator("#question").wait_for()
    assert page.frame_locator("#b").locator("html").evaluate("e => e.scrollWidth <= 320")
    assert page.frame_locator("#a").locator("#question").count() == 0
    with site(tmp_path) as stranger:
        page.goto(stranger + "/frames.html")
        page.wait_for_timeout(800)
        assert page.frame_locator("#b").locator("#question").count() == 0
        blocked = page.evaluate("(address) => fetch(address).then(() => 'open', () => 'closed')", f"{ours}/api/v1/documents")
        assert blocked == "closed"
    context.close()


