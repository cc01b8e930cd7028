"""The embedded chat page: who may frame it, what visitors get, how often they may ask."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app import create_app
from assistant import Assistant
from assistant.accounts.collections import create_collection, grant, put_documents
from assistant.config import Config
from assistant.web.embed.framing import ancestors, frame_options, sites_in
from assistant.web.embed.routes import Asked, Visitors
from assistant.web.forms import Refused
from tests.web_server import NOTICE, OTHER

SITE = "https://www.example.gov.cn"
QUESTION = "防盗窗动态清零由谁牵头?"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("embed")
    for name, text in {"青山区方案.txt": NOTICE, "白石镇方案.txt": OTHER}.items():
        (folder / name).write_text(text, encoding="utf-8")
    config = Config(library=str(folder / "library"), embed_sites=SITE, embed_questions_per_minute=6)
    with Assistant.open(folder / "library", config) as assistant:
        assistant.add([folder / "青山区方案.txt", folder / "白石镇方案.txt"])
        yield assistant


@pytest.fixture
def web(assistant: Assistant) -> Iterator[TestClient]:
    with TestClient(create_app(assistant.config, assistant), base_url="http://127.0.0.1") as client:
        yield client


def events(text: str) -> list[tuple[str, dict[str, str]]]:
    blocks = (block.split("\n") for block in text.strip().split("\n\n"))
    return [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in blocks]


def test_w05_only_the_named_sites_may_frame_it_and_nobody_any_other_page(web: TestClient) -> None:
    page = web.get("/embed")
    assert f"frame-ancestors 'self' {SITE};" in page.headers["content-security-policy"] and "x-frame-options" not in page.headers
    for path in ("/theme.css", "/embedding", "/evaluation", "/embed/ask", "/embed/", "/source/x", "/page/embed.js", "/nothing"):
        reply = web.get(path)
        assert "frame-ancestors 'none'" in reply.headers["content-security-policy"] and reply.headers["x-frame-options"] == "DENY", path
    assert "access-control-allow-origin" not in web.get("/embed", headers={"origin": SITE}).headers
    assert web.post("/embed/ask", json={"question": QUESTION}, headers={"origin": SITE}).status_code == 403


@pytest.mark.parametrize("wrong", ["*", "https://*", "'unsafe-inline'", "a.example;script-src *", "javascript:x", "https://a.example/path", "https://a\r\nx: y", "https://[::1]"])
def test_what_is_no_site_never_reaches_the_header(wrong: str) -> None:
    assert ancestors("/embed", f"{wrong} {SITE}") in (f"'self' {SITE}", f"'self' https://a {SITE}")
    assert sites_in("https://*.example.cn, http://10.0.0.1:8080") == ("https://*.example.cn", "http://10.0.0.1:8080")
    assert frame_options("/embed", "") == "SAMEORIGIN" and ancestors("/embed", "") == "'self'"


def test_a_question_is_streamed_and_ends_with_the_answer_and_its_clauses(web: TestClient) -> None:
    reply = web.post("/embed/ask", json={"question": "青山区" + QUESTION})
    assert reply.headers["content-type"].startswith("text/event-stream")
    told = events(reply.text)
    assert [name for name, _ in told][-1] == "done" and any(name == "piece" for name, _ in told)
    done = told[-1][1]
    assert done["answer"] == "区消防救援大队" and "<mark>区消防救援大队</mark>" in done["html"] and 'data-n="1"' in done["html"]
    follow_up = web.post("/embed/ask", json={"question": "什么时候完成?", "history": [{"question": "青山区" + QUESTION, "answer": done["answer"]}]})
    assert "6月底前" in events(follow_up.text)[-1][1]["answer"]
    assert events(web.post("/embed/ask", json={"question": "月球基地谁建?", "language": "en"}).text)[-1][1]["status"] == "refused"
    assert events(web.post("/embed/ask", json={"question": " ", "language": "en"}).text) == [("fault", {"message": "Please type a question."})]


def test_without_the_script_the_form_answers(web: TestClient) -> None:
    page = web.post("/embed", data={"question": "青山区" + QUESTION})
    assert page.status_code == 200 and "区消防救援大队" in page.text and "<details" in page.text


def test_it_has_a_limit_of_its_own_for_each_address(web: TestClient) -> None:
    codes = [web.post("/embed/ask", json={"question": QUESTION}).status_code for _ in range(8)]
    assert codes == [200] * 6 + [429] * 2
    assert web.post("/api/v1/ask", json={"question": QUESTION}).status_code == 200


def test_r09_r13_what_is_no_question_is_422(web: TestClient) -> None:
    for body in ('{"question": 1}', '{"question": "a", "x": 1}', '{"question": "a", "history": [{"question": "a"}]}', "[]", "NaN", '{"question": "a", "language": "fr"}'):
        assert web.post("/embed/ask", content=body, headers={"content-type": "application/json"}).status_code in (422, 429)


def test_a01_visitors_ask_only_what_is_granted_to_them(assistant: Assistant) -> None:
    """Where people log in, whoever opens the page is a visitor, and sees what visitors were granted, nothing else."""
    visitors = Visitors(assistant, lambda: assistant.config, lambda: True)
    assert visitors.library() is None
    with pytest.raises(Refused):
        visitors.ask(Asked(question=QUESTION))
    database = assistant.store.database
    public = create_collection(database, "公开", by="t")
    town = next(d.id for d in assistant.store.documents() if d.name == "白石镇方案.txt")
    put_documents(database, public, [town], by="t")
    grant(database, public, role="visitor", by="t")
    library = visitors.library()
    assert library is not None and [d.name for d in library.store.documents()] == ["白石镇方案.txt"]
    answer = visitors.ask(Asked(question=QUESTION))
    assert answer.answer == "镇应急消防管理站" and {c.document_id for c in answer.citations} == {town}
    assert visitors.ask(Asked(question="青山区应急演练由谁牵头?")).status == "refused"


def test_the_snippets_name_our_address_and_say_what_is_missing(web: TestClient, assistant: Assistant) -> None:
    page = web.get("/embedding")
    assert "/page/embed.js&quot; data-lang=&quot;zh&quot;" in page.text and SITE in page.text and "frame-src 'self'" in page.headers["content-security-policy"]
    assert "只在这台电脑上可用" in page.text
    assert "Copy" in web.get("/embedding", headers={"accept-language": "en"}).text
    assert web.get("/page/embed.js").status_code == 200


def test_the_small_page_is_small(web: TestClient) -> None:
    page = web.get("/embed").text
    assert "gradio" not in page.lower() and "<script>" not in page and "style=" not in page
    static = Path(__file__).parent.parent / "assistant" / "web" / "static"
    assert sum((static / name).stat().st_size for name in ("embed.css", "embed-page.js", "logo.svg")) + len(page) < 24_000
