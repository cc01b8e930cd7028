"""A stream of the chat page that has nothing to bring ends at once, and one that has something brings it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.browser import needs_browser
from tests.test_browser import Visit
from tests.test_tabs import ANSWER, QUESTION, heard, join
from tests.web_server import served

STREAM = "/gradio_api/queue/data?session_hash="
END = 'data: {"msg": "close_stream"}\n\n'


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("streams")) as address:
        yield address


def test_a_stream_brings_what_waits_and_another_one_ends_at_once(address: str) -> None:
    with httpx.Client(base_url=address, timeout=20, headers={"origin": address}) as client:
        join(client, "tab")
        with client.stream("GET", STREAM + "tab") as reply:
            text = "".join(reply.iter_text())
        assert ANSWER in text and "close_stream" in text
        again = client.get(STREAM + "tab")
        assert again.text == END and again.headers["content-type"].startswith("text/event-stream")
        join(client, "tab")
        assert ANSWER in heard(client, "session_hash=tab")


def test_a_tab_that_is_not_known_is_told_so(address: str) -> None:
    with httpx.Client(base_url=address, timeout=20) as client:
        assert "session_not_found" in heard(client, "session_hash=nobody")


@pytest.mark.browser
@needs_browser[1]
def test_no_stream_stays_open_where_a_change_was_shown_before_the_page_heard_of_it(browser: Any, address: str) -> None:
    """The name of the event comes to the page after all that the event brought, over the stream of the answer."""
    context = browser.new_context(locale="zh-CN")
    opened = Visit(context.new_page(), address)

    joined: list[str] = []

    def late(route: Any) -> None:
        joined.append(route.request.url)
        reply = route.fetch()
        if len(joined) > 1:
            time.sleep(2)
        route.fulfill(response=reply)

    opened.page.locator("#question textarea").fill(QUESTION)
    opened.page.route("**/queue/join*", late)
    opened.page.evaluate("() => { document.querySelector('#send').click(); document.querySelector('#switch-language').click(); }")
    opened.page.get_by_role("button", name="Ask", exact=True).wait_for()
    opened.settled()
    assert len(joined) == 2
    opened.page.unroute("**/queue/join*")
    assert opened.ask(QUESTION).locator(".answer").inner_text()
    opened.settled()
    assert opened.complaints == []
    context.close()
