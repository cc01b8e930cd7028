"""Sections of server-written pages: which handler answers, who may enter, which ways are shown, what a fault looks like."""

from __future__ import annotations

from starlette.requests import Request
from starlette.testclient import TestClient

from app import OUR_PATHS
from assistant.config import Config
from assistant.web.forms import Refused
from assistant.web.frame import Page, button, form, text_input
from assistant.web.guard import GuardedApp
from assistant.web.sections import Section, Visit, above, add_sections, go
from assistant.web.texts import TEXTS
from assistant.web.words import Words

WORDS = {"zh": Words(TEXTS["zh"], {"greet": "你好,{name}"}, {}), "en": Words(TEXTS["en"], {"greet": "Hello {name}"}, {})}
Greeting = Visit[Words]


def show(desk: str, visit: Greeting) -> Page:
    return Page("<任务>", form(f"{desk}/done", text_input("name", "") + button("go")))


def greet(desk: str, visit: Greeting) -> Page:
    return Page("x", visit.words("greet", name=visit.parts["name"]))


def keep(desk: str, visit: Greeting) -> object:
    return go(f"{desk}/people/{visit.form.text('name')}")


def with_key(request: Request) -> None:
    if request.headers.get("x-key") != "1":
        raise Refused(403, "forbidden", "没有权限", "请登录")


def client() -> TestClient:
    table = {("GET", "/tasks"): show, ("GET", "/tasks/people/{name}"): greet, ("POST", "/tasks/done"): keep}
    tasks = Section(name="tasks", root="/tasks", desk="/tasks", words=WORDS, table=table, parts={"name": "[a-z]+"}, largest=20, kind="work")  # type: ignore[arg-type]
    closed = Section(name="evaluation", root="/evaluation", desk="", words=WORDS, table={("GET", "/evaluation"): show}, enter=with_key)
    alone = Section(name="", root="/alone", desk="", words=WORDS, table={("GET", "/alone"): show}, bare=True)
    sections = (closed, alone, tasks)
    app = GuardedApp(paths=(*OUR_PATHS, *(s.root for s in sections)), hosts=(), large={}, page_title="x", config=Config)
    add_sections(app, sections, Config())
    return TestClient(app, follow_redirects=False)


def ways_in(html: str) -> list[str]:
    return [word for word in ("提问", "任务", "文件", "测评") if f">{word}</a>" in html]


def test_a_page_is_put_into_the_shell_with_the_ways_its_visitor_may_go() -> None:
    page = client().get("/tasks")
    assert page.status_code == 200 and "<title>&lt;任务&gt; - 政策问答助手</title>" in page.text
    assert ways_in(page.text) == ["提问", "任务"] and 'href="/tasks" aria-current="page"' in page.text
    assert '<body class="shell work">' in page.text and "content-security-policy" in page.headers
    assert ways_in(client().get("/tasks", headers={"x-key": "1"}).text) == ["提问", "任务", "测评"]
    assert ways_in(client().get("/alone").text) == []


def test_an_address_finds_its_handler_by_method_and_path() -> None:
    assert "你好,anna" in client().get("/tasks/people/anna").text
    assert "Hello anna" in client().get("/tasks/people/anna", headers={"accept-language": "en"}).text
    assert client().head("/tasks").status_code == 200
    kept = client().post("/tasks/done", data={"name": "anna"})
    assert (kept.status_code, kept.headers["location"]) == (303, "/tasks/people/anna")


def test_what_cannot_be_answered_is_a_page_with_a_code_and_a_way_back() -> None:
    for method, path, status, code in (
        ("GET", "/tasks/people/9", 404, "not_found"), ("GET", "/tasksx", 404, None), ("DELETE", "/tasks", 405, "wrong_method"),
        ("POST", "/tasks/done", 415, "bad_form"), ("GET", "/evaluation", 403, "forbidden"), ("GET", "/evaluation/no", 403, "forbidden"),
    ):  # fmt: skip
        reply = client().request(method, path)
        assert (reply.status_code, reply.headers.get("x-error-code")) == (status, code), path
    large = client().post("/tasks/done", data={"name": "a" * 30})
    assert large.status_code == 413 and '<a class="button" href="/tasks">' in large.text
    assert "Your role does not allow this." in client().get("/evaluation", headers={"accept-language": "en"}).text


def test_a_fault_leads_to_the_page_above() -> None:
    assert [above(path, "/quiz") for path in ("/quiz", "/quiz/papers", "/quiz/papers/3", "/quiz/papers/3/items/q1/lock")] == [
        "/", "/quiz", "/quiz", "/quiz/papers/3",
    ]  # fmt: skip
