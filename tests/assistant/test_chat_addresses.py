"""The addresses under /chat: each person's own conversations, and nothing of anybody else's."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from assistant.accounts.types import LOCAL
from assistant.config import Config
from assistant.conversations.types import Conversation
from assistant.programs.verbs import EVERYWHERE, Where
from assistant.web.chat.desk import ChatDesk, chat_desk
from assistant.web.chat.filters import MOST_DOCUMENTS, parse_where, written_where
from assistant.web.chat.routes import chat_section
from assistant.web.guard import GuardedApp
from assistant.web.sections import add_sections
from tests.assistant.test_why import NOTICE

QUESTION = "防盗窗动态清零由谁牵头?"


@pytest.fixture
def desk(assistant_of) -> ChatDesk:
    return chat_desk(assistant_of(**{"青山区<b>方案.txt": NOTICE}))


@pytest.fixture
def client(desk: ChatDesk) -> Iterator[TestClient]:
    section = chat_section(desk)
    app = GuardedApp(paths=(section.root,), hosts=(), large={}, page_title="x", config=Config)
    add_sections(app, (section,), Config())
    with TestClient(app) as client:
        yield client


def asked(desk: ChatDesk, question: str = QUESTION, by: Any = LOCAL) -> Conversation:
    """Ask as the page does."""
    conversation = desk.shelf.begin().asked(question, at="2024-05-01T08:00:00+00:00")
    done = replace(conversation.exchanges[-1], answer=desk.assistant.seen_by(by).ask(question))
    conversation = conversation.with_last(done)
    desk.shelf.keep(conversation, done, by)
    return conversation


def test_a_conversation_is_listed_found_renamed_and_deleted(client, desk):
    token = asked(desk).token
    assert f"/?c={token}" in client.get("/chat/history").text
    assert QUESTION in client.get("/chat/history", params={"words": "救援大队"}).text
    assert "没有找到" in client.get("/chat/history", params={"words": "月球"}).text
    assert client.post(f"/chat/{token}/rename", data={"title": "防<火>"}).status_code == 204
    assert "防&lt;火&gt;" in client.get("/chat/history").text
    assert client.post(f"/chat/{token}/rename", data={"title": " "}).status_code == 400
    assert client.post(f"/chat/{token}/delete", data={"x": ""}).status_code == 204
    assert client.post(f"/chat/{token}/delete", data={"x": ""}).status_code == 404
    asked(desk)
    assert client.post("/chat/history/delete", data={"x": ""}).status_code == 204
    assert "还没有历史对话" in client.get("/chat/history").text


def test_who_wants_no_history_keeps_none(client, desk):
    assert client.post("/chat/history/keep", data={"keep": ""}).status_code == 204
    conversation = asked(desk)
    assert "现在不保存" in client.get("/chat/history").text and conversation.token not in client.get("/chat/history").text
    assert "为什么这样回答" in client.get(f"/chat/{conversation.token}/1/why").text


def test_why_is_told_for_an_own_answer_only(client, desk):
    token = asked(desk).token
    told = client.get(f"/chat/{token}/1/why", headers={"accept-language": "en"}).text
    assert "How your question was read" in told and "区消防救援大队" not in re.sub("<[^>]*>", "", told)
    theirs = asked(desk, by=replace(LOCAL, id="u2"))
    for address in (f"/chat/{token}/2/why", f"/chat/{theirs.token}/1/why", f"/chat/{'x' * 22}/1/why", f"/chat/{theirs.token}/conversation.md"):
        assert client.get(address).status_code == 404, address


def test_a_thumb_is_kept_changed_and_taken_back(client, desk):
    token = asked(desk).token
    form = client.get(f"/chat/{token}/1/judgement").text
    assert "答案不对" in form and "文件写了,应该回答" not in form
    address = f"/chat/{token}/1/judgement"
    assert client.post(address, data={"helpful": "no", "reason": "wrong_source", "comment": "应是第二条"}).status_code == 204
    (one,) = desk.judgements.listing(LOCAL, cut=desk.cut_for(LOCAL))
    assert (one.reason, one.comment, one.exchange.question) == ("wrong_source", "应是第二条", QUESTION) and one.exchange.answer.citations[0].quote
    assert client.post(address, data={"helpful": "yes"}).status_code == 204 and desk.judgements.of(token, LOCAL) == {1: True}
    assert client.post(address, data={"helpful": ""}).status_code == 204 and desk.judgements.of(token, LOCAL) == {}
    for wrong in ({"helpful": "perhaps"}, {"helpful": "no", "reason": "boring"}, {"helpful": "no", "reason": "other", "comment": "长" * 1001}):
        assert client.post(address, data=wrong).status_code == 400


@pytest.mark.parametrize(("ending", "kind"), [("docx", "application/vnd.openxmlformats"), ("md", "text/markdown")])
def test_an_export_is_saved_never_shown(client, desk, ending, kind):
    reply = client.get(f"/chat/{asked(desk).token}/conversation.{ending}")
    assert reply.status_code == 200 and reply.headers["content-type"].startswith(kind)
    assert reply.headers["content-disposition"].startswith("attachment;") and reply.headers["x-content-type-options"] == "nosniff"


def test_nothing_of_a_removed_document_is_left_anywhere(client, desk):
    """A-04: also for a page that is still open."""
    conversation = asked(desk)
    desk.assistant.remove("青山区<b>方案.txt")
    for what in ("1/why", "conversation.md"):
        text = client.get(f"/chat/{conversation.token}/{what}").text
        assert "救援大队" not in text and "主要任务" not in text and "不再显示" in text


def test_the_drawer_offers_what_is_in_sight_and_names_stay_text(client, desk):
    drawer = client.get("/chat/filters").text
    assert "青山区" in drawer and "<b>" not in drawer and "Alt + L" in client.get("/chat/keys").text


def test_a_form_from_another_site_is_refused(client, desk):
    token = asked(desk).token
    assert client.post(f"/chat/{token}/delete", data={"x": ""}, headers={"origin": "https://evil.example"}).status_code == 403


# ---------------------------------------------------------------- the limits of the search, as the page sends them


def test_limits_come_back_as_they_were_sent():
    where = Where(("d1",), "区安委会", "青山区", "2023", "2024", "2024-06-30")
    assert parse_where(written_where(where)) == where and written_where(EVERYWHERE) == "" and parse_where("") == EVERYWHERE


@given(st.one_of(st.text(), st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["documents", "issuer", "as_of", "x"]), inner)).map(json.dumps)))
def test_whatever_is_sent_as_limits_is_read(sent: str):
    where = parse_where(sent)
    assert len(where.documents) <= MOST_DOCUMENTS and all(isinstance(part, str) for part in (where.issuer, where.as_of, *where.documents))
