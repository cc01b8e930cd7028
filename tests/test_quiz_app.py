"""Quizzes over HTTP: what each address does and refuses, who may, how often; what participants are never sent."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest
from starlette.requests import Request

from assistant import Assistant
from assistant.accounts.types import LOCAL
from assistant.cli.main import main
from assistant.config import Config
from assistant.quiz.export.files import FORMATS
from assistant.quiz.types import KINDS, Item
from assistant.web.principal import set_principal
from assistant.web.quiz.access import base_address, check_trainer
from corpus.errors import PolicyAssistantError
from tests.web_server import served

QUIZ = "/api/v1/quiz"
ITEM = re.compile(r'<article class="item[^"]*" id="(q\w+)"')
TOKEN = re.compile(r"/q/([\w-]{22})")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("quiz")


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with served(folder) as address:
        yield address


@pytest.fixture
def client(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address, trust_env=False, timeout=30, follow_redirects=True) as client:
        yield client


def sent(client: httpx.Client, path: str, *fields: tuple[str, object]) -> httpx.Response:
    return client.post(path, content=urlencode(fields), headers={"content-type": "application/x-www-form-urlencoded"})


def new_paper(client: httpx.Client, *fields: tuple[str, object]) -> str:
    """Make a paper; give its path."""
    reply = sent(client, "/quiz/papers", ("title", "消防<b>测试"), *(("kind", k) for k in KINDS), ("count", 6), ("seed", 3), *fields)
    assert reply.status_code == 200, reply.text
    return reply.url.path


def new_link(client: httpx.Client, paper: str, mode: str = "exam", **fields: object) -> str:
    shared = sent(client, f"{paper}/share", ("mode", mode), ("days", 1), *fields.items())
    return TOKEN.findall(shared.text)[0]


def items_of(folder: Path) -> dict[str, Item]:
    """The questions of the paper, as the library alone gives them."""
    with Assistant.open(folder / "library", Config()) as assistant:
        return {item.id: item for item in assistant.quiz(count=6, seed=3).items}


# ---------------------------------------------------------------- programs


def test_page_command_line_and_rest_give_the_same_paper_for_a_seed(
    client: httpx.Client, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = client.get(new_paper(client)).text
    rest = client.post(QUIZ, json={"count": 6, "seed": 3}).json()
    # Six were asked for and four can be made, hence 3, "partly done".
    assert main(["quiz", "--count", "6", "--seed", "3", "--format", "json", "--library", str(folder / "library")]) == 3
    assert json.loads(capsys.readouterr().out) == rest
    assert sorted(ITEM.findall(page)) == sorted(item["id"] for item in rest["items"])


def test_every_format_can_be_had(client: httpx.Client) -> None:
    paper = new_paper(client)
    for form in FORMATS:
        page = client.get(f"{paper}/export", params={"format": form, "versions": 2})
        rest = client.post(f"{QUIZ}/export", json={"count": 6, "seed": 3, "format": form})
        for reply in (page, rest):
            assert reply.status_code == 200 and reply.content, form
            assert reply.headers["content-disposition"].startswith("attachment; filename=")
    packed = zipfile.ZipFile(io.BytesIO(client.get(f"{paper}/export", params={"format": "docx"}).content))
    assert packed.namelist() == ["消防_b_测试.docx", "消防_b_测试-答题卡.docx", "消防_b_测试-答案.docx"]


def test_replies_are_judged_by_id(client: httpx.Client) -> None:
    items = client.post(QUIZ, json={"count": 4, "seed": 3, "kinds": ["single", "true_false"]}).json()["items"]
    replies = [{"id": i["id"], "response": i["key"]} for i in items[1:]] + [{"id": items[0]["id"], "response": [1 - min(items[0]["key"][0], 1)]}]
    judged = client.post(f"{QUIZ}/grade", json={"replies": replies}).json()
    assert [g["right"] for g in judged["grades"]] == [True] * (len(items) - 1) + [False]
    assert judged["total"] == sum(i["points"] for i in items) and judged["points"] == judged["total"] - items[0]["points"]


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("", {"count": 0}, 422, "bad_request"),
        ("", {"count": "3"}, 422, "bad_request"),
        ("", {"kinds": ["riddle"]}, 400, "unknown_kind"),
        ("", {"difficulty": [5, 1]}, 400, "bad_difficulty"),
        ("", {"documents": ["absent"]}, 404, "unknown_document"),
        ("", {"sections": ["没有的章节"]}, 400, "unknown_section"),
        ("", {"keep": ["q0"]}, 400, "unknown_item"),
        ("/export", {"format": "exe"}, 400, "unknown_format"),
        ("/export", {"versions": 99}, 422, "bad_request"),
        ("/grade", {"replies": []}, 422, "bad_request"),
        ("/grade", {"replies": [{"id": "q0", "response": "A"}]}, 400, "unknown_item"),
        ("/riddle", {}, 404, "not_found"),
    ],
)
def test_a_bad_request_gets_the_error_object(client: httpx.Client, path: str, body: object, status: int, code: str) -> None:
    reply = client.post(QUIZ + path, json=body)
    assert (reply.status_code, reply.json()["error"]["code"]) == (status, code)


# ---------------------------------------------------------------- trainers' pages


def test_a_question_is_locked_edited_and_kept_when_the_others_are_made_anew(client: httpx.Client) -> None:
    paper = new_paper(client, ("n_single", 2))
    first, *others = ITEM.findall(client.get(paper).text)
    options = [("option", "甲局"), ("option", "=1+1"), ("right", "1")]
    page = sent(client, f"{paper}/items/{first}/edit", ("stem", "<script>谁负责这项任务?"), *options).text
    assert "&lt;script&gt;谁负责" in page and "<script>谁" not in page and "已修改" in page
    assert "item locked" in sent(client, f"{paper}/items/{first}/lock").text
    page = sent(client, f"{paper}/regenerate").text
    assert "&lt;script&gt;谁负责" in page and ITEM.findall(page).count(first) == 1
    assert "item locked" not in sent(client, f"{paper}/items/{first}/lock").text
    sheet = client.get(f"{paper}/export", params={"format": "text"}).text
    assert "B. =1+1" in sheet


def test_a_template_fills_the_form_again(client: httpx.Client) -> None:
    sent(client, "/quiz/templates", ("template", "月考"), ("kind", "fill"), ("n_fill", 3), ("count", 3), ("sections", "主要任务"), ("low", 2))
    (key,) = re.findall(r'/quiz\?template=(\d+)" title="[^"]*">月考<', client.get("/quiz").text)
    page = client.get("/quiz", params={"template": key}).text
    assert 'data-sections="主要任务"' in page and re.search(r'name="n_fill" value="3"', page)
    assert 'value="fill" checked' in page and 'value="single" checked' not in page
    assert "月考" not in sent(client, f"/quiz/templates/{key}/delete").text


def test_sections_and_units_of_the_chosen_documents_are_offered(client: httpx.Client) -> None:
    offered = client.get("/quiz/choices").text
    assert "一、主要任务" in offered and "区消防救援大队" in offered and "镇应急消防管理站" in offered
    assert client.get("/quiz/choices", params={"document": "absent"}).status_code == 404


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/quiz/papers/999999", 404), ("GET", "/quiz/papers/x", 404), ("GET", "/quiz/papers/1/../../etc", 404), ("GET", "/quiz/nothing", 404),
        ("PUT", "/quiz", 405), ("DELETE", "/quiz/papers/1", 405), ("GET", "/quiz/papers/1/delete", 405), ("GET", "/quiz/templates", 405),
        ("GET", "/q/nothing", 404), ("GET", "/q/" + "a" * 22, 404), ("GET", "/q/" + "a" * 65, 404), ("DELETE", "/q/" + "a" * 22, 405), ("GET", "/q/x/save", 405),
        ("GET", "/api/v1/quiz", 405), ("DELETE", "/api/v1/quiz/grade", 405), ("GET", "/quizzes", 404),
    ],
)  # fmt: skip
def test_what_is_not_there_or_not_meant_is_refused(client: httpx.Client, method: str, path: str, status: int) -> None:
    assert client.request(method, path).status_code == status


def test_a_form_that_is_none_is_refused(client: httpx.Client) -> None:
    assert client.post("/quiz/papers", json={}).status_code == 415
    assert client.post("/quiz/papers", files={"a": b"x"}).status_code == 415
    assert sent(client, "/quiz/papers", ("count", "many"), ("kind", "fill")).status_code == 400
    assert sent(client, "/quiz/papers", ("title", "长" * 81), ("kind", "fill")).status_code == 400
    assert sent(client, "/quiz/papers", ("title", "长" * 6000)).status_code == 413
    assert sent(client, "/quiz/papers", ("title", "无题型")).status_code == 400
    assert sent(client, "/quiz/papers", *[("document", "x")] * 4000).status_code == 400
    assert client.post("/quiz/papers", content=b"a=" + b"x" * 300_000).status_code == 413
    headers = {"origin": "https://evil.example", "content-type": "application/x-www-form-urlencoded"}
    assert client.post("/quiz/papers", content="kind=fill", headers=headers).status_code == 403


def test_errors_are_pages_in_the_visitors_language(client: httpx.Client) -> None:
    reply = client.get("/quiz/papers/999999", headers={"accept-language": "en"})
    assert "There is no such paper" in reply.text and reply.headers["x-error-code"] == "unknown_paper"


# ---------------------------------------------------------------- participants


def test_nothing_tells_the_key_before_the_answer(client: httpx.Client, folder: Path, address: str) -> None:
    token = new_link(client, new_paper(client), minutes=30, review=1)
    with httpx.Client(base_url=address, trust_env=False, follow_redirects=True) as person:
        shown = person.get(f"/q/{token}").text + sent(person, f"/q/{token}/begin", ("person", "张三")).text
        shown += sent(person, f"/q/{token}/save", ("number", 1), ("r1", "0")).text
    for identity, item in items_of(folder).items():
        assert identity not in shown and item.explanation not in shown
        assert not any(c.document_id in shown or c.doc in shown for c in item.citations)
    assert "<blockquote" not in shown and "panel-path" not in shown and "✓" not in shown
    assert "/quiz" not in shown.replace("/page/quiz", "")


def test_an_exam_from_link_to_result_and_csv(client: httpx.Client, address: str) -> None:
    paper = new_paper(client)
    token = new_link(client, paper, minutes=30)
    with httpx.Client(base_url=address, trust_env=False, follow_redirects=True) as person:
        assert person.get(f"/q/{token}/paper").status_code == 404
        assert "开始考试" in person.get(f"/q/{token}").text
        begun = person.post(f"/q/{token}/begin", content=urlencode({"person": "=张三"}), headers={"content-type": "application/x-www-form-urlencoded"}, follow_redirects=False)
        cookie = begun.headers["set-cookie"].lower()
        assert "httponly" in cookie and "samesite=lax" in cookie and f"path=/q/{token}".lower() in cookie
        assert sent(person, f"/q/{token}/save", ("number", 1), ("r1", "77")).status_code in (204, 400)
        assert sent(person, f"/q/{token}/save", ("number", 99)).status_code == 400
        assert sent(person, f"/q/{token}/check", ("n", 1)).status_code == 404
        # All answers of a long exam come at once: 72,000 bytes here.
        result = sent(person, f"/q/{token}/finish", *[("r99", "长" * 400)] * 20)
        assert "不公布答案" in result.text and "正确答案" not in result.text
        assert sent(person, f"/q/{token}/again").status_code == 403
        assert sent(person, f"/q/{token}/save", ("number", 1), ("r1", "0")).status_code == 409
    table = client.get(f"{paper}/results.csv")
    assert table.headers["content-type"].startswith("text/csv") and ",'=张三," in table.content.decode("utf-8-sig")
    (key,) = re.findall(rf"{paper}/results/(\d+)", client.get(f"{paper}/results").text)
    assert "正确答案" in client.get(f"{paper}/results/{key}").text
    mistakes = sent(client, f"{paper}/results/{key}/mistakes")
    assert mistakes.url.path != paper and len(ITEM.findall(mistakes.text)) == len(ITEM.findall(client.get(paper).text))


def test_a_closed_link_and_a_deleted_paper_take_no_more(client: httpx.Client) -> None:
    paper = new_paper(client)
    token = new_link(client, paper, "practice")
    sent(client, f"{paper}/links/{token}/close")
    assert client.get(f"/q/{token}").status_code == 409
    assert sent(client, f"/q/{token}/begin", ("person", "张三")).status_code == 409
    other = new_link(client, paper)
    assert sent(client, f"{paper}/delete").url.path == "/quiz"
    assert client.get(f"/q/{other}").status_code == 404 and client.get(paper).status_code == 404


def test_a_participants_form_may_be_small_only(client: httpx.Client) -> None:
    token = new_link(client, new_paper(client))
    assert sent(client, f"/q/{token}/begin", *[("person", "长" * 400)] * 30).status_code == 413
    assert sent(client, f"/q/{token}/begin", ("person", "")).status_code == 400


def test_trying_tokens_is_stopped(folder: Path, tmp_path: Path) -> None:
    with served(tmp_path) as address, httpx.Client(base_url=address, trust_env=False) as client:
        replies = [client.get(f"/q/{n:022}") for n in range(35)]
    codes = [reply.status_code for reply in replies]
    refused = [reply for reply in replies[30:] if reply.status_code == 429]
    assert codes[:30] == [404] * 30 and len(refused) >= 3 and int(refused[0].headers["retry-after"]) >= 1


# ---------------------------------------------------------------- who is a trainer


def request_from(client: str, host: str) -> Request:
    scope = {"type": "http", "method": "GET", "path": "/quiz", "scheme": "http", "query_string": b"", "headers": [(b"host", host.encode())], "client": (client, 1)}
    set_principal(scope, LOCAL)
    return Request(scope)


@pytest.mark.parametrize(
    ("quizzes", "listens", "client", "host", "welcome"),
    [
        ("auto", "127.0.0.1", "127.0.0.1", "127.0.0.1:7860", True),
        ("auto", "0.0.0.0", "127.0.0.1", "localhost:7860", True),
        ("auto", "0.0.0.0", "127.0.0.1", "evil.example", False),
        ("auto", "0.0.0.0", "192.168.1.9", "127.0.0.1", False),
        ("auto", "192.168.1.2", "192.168.1.9", "192.168.1.2", False),
        ("on", "0.0.0.0", "192.168.1.9", "192.168.1.2", True),
        ("off", "127.0.0.1", "127.0.0.1", "127.0.0.1", False),
    ],
)
def test_who_is_a_trainer(quizzes: str, listens: str, client: str, host: str, welcome: bool) -> None:
    config, request = Config(quizzes=quizzes, host=listens), request_from(client, host)
    if welcome:
        check_trainer(config, request)
    else:
        with pytest.raises(PolicyAssistantError, match="不对外开放"):
            check_trainer(config, request)


def test_links_lead_to_where_participants_can_reach_us() -> None:
    here = request_from("127.0.0.1", "127.0.0.1:7860")
    assert base_address(Config(), here) == "http://127.0.0.1:7860"
    assert base_address(Config(host="192.168.1.2", port=80), here) == "http://192.168.1.2:80"
    assert base_address(Config(public_address="https://quiz.example/"), here) == "https://quiz.example"
    assert base_address(Config(host="0.0.0.0"), request_from("10.0.0.1", "pc.lan:7860")) == "http://pc.lan:7860"


def test_where_trainers_pages_are_off_participants_go_on(tmp_path: Path) -> None:
    with served(tmp_path, quizzes="off") as address, httpx.Client(base_url=address, trust_env=False) as client:
        assert client.get("/quiz").status_code == 403
        assert client.post(QUIZ, json={}).json()["error"]["code"] == "quizzes_off"
        assert client.get("/q/" + "a" * 22).status_code == 404
