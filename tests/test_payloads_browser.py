"""R-01, R-04, G13: every payload in every place of the chat page and the lists, while it streams and when it is done.

`make test` sends some of each way of wrapping; `make attacks` sends all of them, some twenty minutes.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser import needs_browser
from tests.hostile.scripts import PAYLOADS
from tests.test_browser import Visit
from tests.test_chat_hostile import WATCH
from tests.web_server import served

pytestmark = needs_browser

WHOLE = bool(os.environ.get("ATTACKS_WHOLE"))
SENT = PAYLOADS if WHOLE else PAYLOADS[::30]
LISTS = ("/documents", "/tasks", "/tasks?charts=1", "/quiz", "/evaluation", "/admin/collections", "/admin/log", "/embedding")


def notice(number: int, payload: str) -> str:
    """Write a document with the payload as title, issuer, heading, task, unit and definition."""
    return (
        f"关于印发《{payload}方案》的通知\n\n青山区{payload}委员会\n2024年3月5日\n\n一、任务{payload}\n1.清理第{number}号{payload}杂物。2024年6月底前,完成{payload}。"
        f"(牵头单位:区{payload}局)\n二、定义\n本方案所称第{number}类词语,是指{payload}和纸箱。\n"
    )


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("payloads")
    files: list[Path] = []
    for number, payload in enumerate(SENT, 1):
        # A name may hold nearly everything here but what parts a path.
        files.append(folder / f"{number}{payload.replace('/', '')[:60]}.txt")
        files[-1].write_text(notice(number, payload), encoding="utf-8")
    with served(folder, files=files, questions_per_minute=100_000) as address:
        yield address


@pytest.fixture
def visit(browser: Any, address: str) -> Iterator[Visit]:
    context = browser.new_context(locale="zh-CN", viewport={"width": 1440, "height": 900})
    context.add_init_script(WATCH)
    page = context.new_page()
    page.on("dialog", lambda dialog: (opened.complaints.append(f"dialog {dialog.message}"), dialog.dismiss()))
    opened = Visit(page, address)
    yield opened
    assert opened.complaints == []
    assert [url for url in opened.requests if not url.startswith((address, "data:", "blob:"))] == []
    context.close()


def check(visit: Visit, payload: str) -> None:
    assert visit.page.evaluate("seen") == [], payload
    assert visit.complaints == [], payload


def test_r01_r04_every_payload_is_text_in_question_answer_stream_clause_and_history(visit: Visit) -> None:
    met = 0
    for number, payload in enumerate(SENT, 1):
        met += "纸箱" in visit.ask(f"什么是第{number}类词语?").inner_text()
        check(visit, payload)
        visit.ask(f"清理{payload}杂物由谁牵头?")
        assert payload.split()[0] in visit.page.locator(".exchange.latest .question p").inner_text()
        check(visit, payload)
        # A new conversation: here the question before would be part of the next one.
        visit.settled().locator("#new-conversation").click()
        visit.page.locator(".welcome").wait_for()
    # The answers hold the payloads: what was never shown could not do harm.
    assert met > len(SENT) * 0.9
    visit.page.locator(".open-filters").click()
    visit.page.locator("#dialog .pick").first.wait_for()
    check(visit, "filters")


def test_r01_every_payload_is_text_in_lists_and_on_pages_of_its_own(visit: Visit, address: str) -> None:
    page = visit.settled()
    listed = page.evaluate("fetch('/api/v1/documents').then((reply) => reply.json())")["documents"]
    pages = range(2, len(SENT) // 20 + 2)
    paths = [*LISTS, *(f"/documents?page={n}" for n in pages), *(f"/tasks?page={n}" for n in pages)]
    for path in (*paths, *(f"/{kind}/{one['id']}" for one in listed for kind in ("documents", "source"))):
        page.goto(address + path, wait_until="load")
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        check(visit, path)
        hostile = "main :is(script, iframe:not(.preview), object, embed, base, meta, math, form[action*=evil], img[src*=evil], [onerror], [onload], [onmouseover], [ontoggle])"
        assert page.evaluate(f"document.querySelectorAll({hostile!r}).length") == 0, path
