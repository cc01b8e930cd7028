"""A browser tab belongs to whoever opened it: its name in somebody else's hands gives nothing and stops nothing."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.accounts.types import Principal
from assistant.web.principal import set_principal
from assistant.web.tabs import OwnTabs
from eval.bench.load import Page
from tests.people import browser, settle
from tests.web_server import served

QUESTION = "青山区防盗窗动态清零由谁牵头?"
ANSWER = "区消防救援大队"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("tabs")
    settle(folder, "reader", "editor")
    with served(folder) as address:
        yield address


def join(client: httpx.Client, session: str, question: str = QUESTION) -> str:
    """Ask as the chat page of a tab does; give the name of the event."""
    page = Page(client.get("/config").json())
    data = [question if is_box else value for is_box, value in page.inputs]
    reply = client.post("/gradio_api/queue/join", json={"data": data, "fn_index": page.event, "session_hash": session, "event_data": None, "trigger_id": None})
    assert reply.status_code == 200, reply.text
    event: str = reply.json()["event_id"]
    return event


def heard(client: httpx.Client, query: str) -> str:
    """Give all that a stream brings until it ends; one for a tab that is not there ends with a fault of the transfer."""
    text = ""
    try:
        with client.stream("GET", f"/gradio_api/queue/data?{query}") as reply:
            for line in reply.iter_lines():
                text += line
                if "process_completed" in line or "session_not_found" in line:
                    break
    except httpx.RemoteProtocolError:
        pass
    return text


@pytest.mark.parametrize("query", ["session_hash=tab1", "session%5Fhash=tab1", "session_hash=&session_hash=tab1"])
def test_an_answer_goes_to_nobody_who_only_knows_the_name_of_the_tab(address: str, query: str) -> None:
    with browser(address, "reader") as mine, browser(address, "editor") as other:
        event = join(mine, "tab1")
        assert ANSWER not in heard(other, query)
        stopped = other.post("/gradio_api/cancel", json={"session_hash": "tab1", "fn_index": 0, "event_id": "0" * 32})
        assert stopped.status_code == 200
        assert ANSWER in heard(mine, "session_hash=tab1") and len(event) == 32


def test_two_people_may_use_one_name_and_each_gets_his_own(address: str) -> None:
    with browser(address, "reader") as mine, browser(address, "editor") as other:
        join(mine, "same")
        join(other, "same", "完善“一厂一策”制度由谁牵头?")
        theirs, ours = heard(other, "session_hash=same"), heard(mine, "session_hash=same")
        assert "区应急管理局" in theirs and ANSWER not in theirs and ANSWER in ours


# ---------------------------------------------------------------- whatever is sent


class Behind:
    """What stands behind the wrapper: keeps what reaches it."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.scope, self.content, more = scope, b"", True
        while more:
            message = await receive()
            self.content, more = self.content + message.get("body", b""), message.get("more_body", False)


BEHIND = Behind()
TABS = OwnTabs(BEHIND)


def passed(who: str, body: bytes) -> bytes:
    """Give the body that comes out behind `TABS`."""
    parts = [{"type": "http.request", "body": body[:7], "more_body": True}, {"type": "http.request", "body": body[7:], "more_body": False}]

    async def receive() -> dict[str, Any]:
        return parts.pop(0)

    headers = [(b"content-length", str(len(body)).encode())]
    scope: dict[str, Any] = {"type": "http", "method": "POST", "path": "/gradio_api/queue/join", "query_string": b"", "headers": headers}
    set_principal(scope, Principal(who, who, "reader", None))
    asyncio.run(TABS(scope, receive, None))  # type: ignore[arg-type]
    return BEHIND.content


@given(st.text(max_size=30), st.dictionaries(st.text(max_size=8), st.none() | st.integers() | st.text(max_size=8), max_size=3))
def test_the_same_name_of_another_person_is_another_name_and_all_else_stays(name: str, rest: dict[str, Any]) -> None:
    sent = json.dumps({**rest, "session_hash": name}).encode()
    theirs, mine, again = passed("乙", sent), passed("甲", sent), passed("甲", sent)
    assert mine == again and json.loads(mine)["session_hash"] not in (name, json.loads(theirs)["session_hash"])
    assert {**json.loads(mine), "session_hash": ""} == {**rest, "session_hash": ""}
    assert dict(BEHIND.scope["headers"])[b"content-length"] == str(len(mine)).encode()


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"session_hash": 3}', b"\xff\xfe", b"[" * 200_000])
def test_what_names_no_tab_is_passed_on_as_it_is(body: bytes) -> None:
    assert passed("甲", body) == body
