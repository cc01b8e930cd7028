"""The chat page over the sample documents, as the pictures in docs show it: what somebody sees who has just started the program."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from corpus.samples import sample_files
from tests.browser import PHONE, needs_browser, picture
from tests.test_browser import Visit
from tests.web_server import served

pytestmark = needs_browser

QUESTION = "人员密集场所防盗窗清零由谁牵头?"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("samples"), files=sample_files()) as address:
        yield address


def test_the_samples_answer_with_clause_explanation_and_on_a_phone(browser: Any, address: str) -> None:
    context = browser.new_context(locale="zh-CN", viewport={"width": 1440, "height": 900})
    opened = Visit(context.new_page(), address)
    reply = opened.ask(QUESTION)
    assert "区消防救援大队" in reply.locator(".answer").inner_text()
    opened.page.locator("#source mark .words").first.wait_for()
    opened.page.locator(".exchange.latest .suggested").wait_for()
    opened.settled().locator("#history .open-conversation").first.wait_for()
    picture(opened.page, "web-desktop")
    opened.page.locator(".exchange.latest a.why").click()
    opened.page.locator(".explanation").wait_for()
    picture(opened.page, "web-why")
    assert opened.complaints == []
    context.close()
    context = browser.new_context(locale="zh-CN", **PHONE)
    phone = Visit(context.new_page(), address)
    phone.ask(QUESTION)
    phone.page.locator(".exchange.latest .suggested").wait_for()
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= 390 and phone.complaints == []
    picture(phone.settled(), "web-phone")
    context.close()
