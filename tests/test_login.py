"""Logging in over HTTP: the first administrator, cookies, where one is led, what a request has to prove, what ends it all."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import httpx
import pytest

from app import create_app, serve
from assistant import Assistant
from assistant.accounts import collections, keys, people
from assistant.config import Config
from assistant.web.addresses import own_page
from corpus.errors import ConfigError
from corpus.store import Store
from tests.people import PASSWORD, browser, settle, soon
from tests.web_server import served

ASK = "/api/v1/ask"
QUESTION = {"question": "青山区防盗窗动态清零由谁牵头?"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("login")


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    settle(folder, "administrator", "reader")
    with served(folder) as address:
        yield address


@pytest.fixture
def catalog(folder: Path, address: str) -> Iterator[Store]:
    """The catalog as another process has it open, such as the command line."""
    with closing(Store.open(folder / "library")) as store:
        yield store


def test_with_an_account_everybody_has_to_log_in(address: str) -> None:
    with browser(address) as nobody:
        assert nobody.get("/").headers["location"] == "/login"
        assert nobody.get("/source/x?start=1").headers["location"] == "/login?next=%2Fsource%2Fx%3Fstart%3D1"
        reply = nobody.post(ASK, json=QUESTION)
        assert (reply.status_code, reply.json()["error"]["code"]) == (401, "login_needed")
        assert nobody.get("/healthz").json() == {"status": "ok"}
        page = nobody.get("/login")
        assert page.status_code == 200 and 'type="password"' in page.text and "登录" in page.text
        assert "Log in" in nobody.get("/login", headers={"accept-language": "en"}).text


def test_a_login_leads_to_where_one_was_going_and_is_remembered(address: str) -> None:
    with browser(address) as client:
        reply = client.post("/login", data={"name": "Reader", "password": PASSWORD, "next": "/account"})
        assert (reply.status_code, reply.headers["location"]) == (303, "/account")
        cookie = reply.headers["set-cookie"]
        assert cookie.startswith("sid=") and all(part in cookie for part in ("HttpOnly", "SameSite=Strict", "Path=/")) and "Secure" not in cookie
        assert client.post(ASK, json=QUESTION).json()["status"] == "answered"
        assert "reader" in client.get("/account").text and client.get("/login").headers["location"] == "/"
        assert client.post("/logout", data={"x": ""}).headers["location"] == "/login"
        assert client.post(ASK, json=QUESTION).status_code == 401


def test_w09_a_cookie_is_worth_nothing_after_logout_and_none_is_taken_from_outside(address: str) -> None:
    with browser(address) as client:
        fixed = {"cookie": "sid=fixed-by-somebody-else"}
        reply = client.post("/login", data={"name": "reader", "password": PASSWORD}, headers=fixed)
        token = reply.headers["set-cookie"].split(";")[0]
        assert "fixed" not in token and client.post(ASK, json=QUESTION, headers=fixed).status_code == 401
        client.post("/logout", data={"x": ""})
        assert client.post(ASK, json=QUESTION, headers={"cookie": token}).status_code == 401


@pytest.mark.parametrize(
    "proof",
    [
        {}, {"origin": "https://evil.example"}, {"origin": "null"}, {"origin": "file://"}, {"origin": "http://127.0.0.1:1"},
        {"origin": "http://sub.127.0.0.1"}, {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}, {"sec-fetch-site": "none"},
    ],
)  # fmt: skip
def test_w02_w03_w04_a_cookie_without_proof_of_our_own_page_changes_nothing(address: str, proof: dict[str, str]) -> None:
    with browser(address, "reader") as client:
        with httpx.Client(base_url=address, trust_env=False, cookies=dict(client.cookies), headers=proof) as forged:
            for path in (ASK, "/logout", "/account/password", "/gradio_api/queue/join", "/login"):
                reply = forged.post(path, json={})
                assert (reply.status_code, reply.json()["error"]["code"]) == (403, "foreign_origin"), path
                assert "access-control-allow-origin" not in reply.headers
            preflight = forged.options(ASK, headers={"access-control-request-method": "POST"})
            assert "access-control-allow-origin" not in preflight.headers
        assert client.post(ASK, json=QUESTION).status_code == 200


@pytest.mark.parametrize(
    "wanted", ["//evil.example", "\\\\evil.example", "/\\evil.example", "////x", "https://evil.example", "/%2f%2fx/..//", "javascript:1", "/login", "/logout", "", "/a\nb", "/api/v1/tasks", "/absent"]
)
def test_w12_nobody_is_led_elsewhere(address: str, wanted: str) -> None:
    assert own_page(wanted) == "/"
    with browser(address) as client:
        assert client.post("/login", data={"name": "reader", "password": PASSWORD, "next": wanted}).headers["location"] == "/"


def test_w12_pages_of_ours_are_found_again() -> None:
    assert own_page("/source/d1?start=1&end=2#cited") == "/source/d1?start=1&end=2#cited" and own_page("/quiz") == "/quiz"


def test_w10_w14_headers_of_proxies_that_nobody_set_up_mean_nothing(address: str) -> None:
    forged = {
        "x-forwarded-for": "127.0.0.1", "x-forwarded-host": "evil.example", "x-forwarded-proto": "https", "remote-user": "administrator",
        "x-remote-user": "administrator", "x-forwarded-user": "administrator", "forwarded": "for=127.0.0.1",
    }  # fmt: skip
    with browser(address) as client:
        assert client.post(ASK, json=QUESTION, headers=forged).status_code == 401
        reply = client.get("/", headers=forged)
        assert reply.headers["location"] == "/login" and "evil" not in str(reply.headers)


def test_a_strict_cookie_survives_a_link_from_another_site(address: str) -> None:
    with browser(address) as client:
        reply = client.get("/account", headers={"sec-fetch-site": "cross-site"})
        assert reply.status_code == 200 and 'http-equiv="refresh"' in reply.text and "Reader" not in reply.text
        assert client.get("/account").status_code == 303


def test_w06_guessing_over_http_is_stopped_and_told_when_to_come_again(folder: Path, address: str, catalog: Store) -> None:
    people.create_user(catalog.database, "victim", PASSWORD, "reader", by="test")
    with browser(address) as client:
        codes = [client.post("/login", data={"name": "victim", "password": f"wrong {n}"}, headers={"x-forwarded-for": f"10.0.0.{n}"}).status_code for n in range(12)]
        assert codes == [401] * 10 + [429] * 2
        late = client.post("/login", data={"name": "victim", "password": PASSWORD})
        assert late.status_code == 429 and "分钟" in late.text


def test_a09_whoever_is_disabled_is_out_within_a_second_by_cookie_key_and_mcp(folder: Path, address: str, catalog: Store) -> None:
    people.create_user(catalog.database, "leaver", PASSWORD, "reader", by="test")
    _, key = keys.issue_key(catalog.database, "leaver", "report", ["ask", "read"], 1, by="test")
    ping = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
    accept = {"accept": "application/json, text/event-stream", "authorization": f"Bearer {key}"}
    with browser(address, "leaver") as client, httpx.Client(base_url=address, trust_env=False, headers={"authorization": f"Bearer {key}"}) as program:
        assert client.post(ASK, json=QUESTION).status_code == program.post(ASK, json=QUESTION).status_code == 200
        assert program.post("/mcp", json=ping, headers=accept).status_code == 200
        people.set_disabled(catalog.database, "leaver", True, by="test")
        soon(lambda: [client.post(ASK, json=QUESTION).status_code, program.post(ASK, json=QUESTION).status_code] == [401, 401])
        assert client.post(ASK, json=QUESTION).status_code == program.post(ASK, json=QUESTION).status_code == 401
        assert program.post("/mcp", json=ping, headers=accept).status_code == 401
        people.set_disabled(catalog.database, "leaver", False, by="test")
        soon(lambda: program.post(ASK, json=QUESTION).status_code == 200)
        # The key holds again, the session does not come back.
        assert client.post(ASK, json=QUESTION).status_code == 401 and program.post(ASK, json=QUESTION).status_code == 200


def test_a09_an_open_stream_ends_with_the_rights_behind_it(folder: Path, address: str, catalog: Store) -> None:
    people.create_user(catalog.database, "streamer", PASSWORD, "reader", by="test")
    with browser(address, "streamer") as client, client.stream("GET", "/gradio_api/heartbeat/abc123") as stream:
        assert stream.status_code == 200
        people.change_role(catalog.database, "streamer", "editor", by="test")
        started = time.monotonic()
        with suppress(httpx.HTTPError):
            for _ in stream.iter_raw():
                assert time.monotonic() - started < 5
        assert time.monotonic() - started < 5


def test_a04_a_grant_taken_back_counts_within_a_second(address: str, catalog: Store) -> None:
    with browser(address, "reader") as client:
        assert len(client.get("/api/v1/documents").json()["documents"]) == 2
        document = client.get("/api/v1/documents").json()["documents"][0]["id"]
        collections.revoke(catalog.database, "default", role="reader", by="test")
        soon(lambda: client.get("/api/v1/documents").json()["documents"] == [])
        assert client.get("/api/v1/documents").json()["documents"] == []
        absent, hidden = client.get("/api/v1/documents/dffffffffffff"), client.get(f"/api/v1/documents/{document}")
        assert absent.status_code == hidden.status_code == 404
        assert absent.text.replace("dffffffffffff", document) == hidden.text
        assert client.get(f"/source/{document}").status_code == 404
        assert client.post(ASK, json=QUESTION).json()["status"] == "refused"
        collections.grant(catalog.database, "default", role="reader", by="test")
        soon(lambda: client.get("/api/v1/documents").json()["documents"] != [])
        assert client.post(ASK, json=QUESTION).json()["status"] == "answered"


def test_a_frame_on_another_site_says_that_nothing_is_open_to_visitors(address: str) -> None:
    with browser(address) as nobody:
        reply = nobody.get("/embed?lang=en", headers={"sec-fetch-site": "cross-site"})
        assert reply.status_code == 403 and "Not open yet" in reply.text and "location" not in reply.headers
        assert "这里暂未开放" in nobody.get("/embed").text


def test_visitors_come_in_only_where_something_is_granted_to_them(address: str, catalog: Store) -> None:
    with browser(address) as client:
        assert client.post(ASK, json=QUESTION).status_code == 401
        collections.grant(catalog.database, "default", role="visitor", by="test")
        soon(lambda: client.get("/api/v1/documents").status_code == 200)
        assert client.post(ASK, json=QUESTION).json()["status"] == "answered" and client.get("/").status_code == 200
        assert client.get("/api/v1/tasks").status_code == 200 and client.get("/api/v1/tasks?format=csv").status_code == 403
        assert client.get("/quiz").headers["location"].startswith("/login")
        collections.revoke(catalog.database, "default", role="visitor", by="test")
        soon(lambda: client.get("/api/v1/documents").status_code != 200)
        assert client.post(ASK, json=QUESTION).status_code == 401


def test_ones_own_password_and_keys(address: str, catalog: Store) -> None:
    people.create_user(catalog.database, "changer", PASSWORD, "reader", by="test")
    new = "seven quiet mountains 41"
    with browser(address, "changer") as client, browser(address, "changer") as elsewhere:
        wrong = client.post("/account/password", data={"current": "no", "new": new, "again": new})
        assert wrong.status_code == 401 and "不对" in wrong.text
        assert client.post("/account/password", data={"current": PASSWORD, "new": new, "again": new + "x"}).status_code == 400
        assert client.post("/account/password", data={"current": PASSWORD, "new": "short", "again": "short"}).status_code == 400
        assert client.post("/account/password", data={"current": PASSWORD, "new": new, "again": new}).headers["location"] == "/account?changed=1"
        assert "密码已修改" in client.get("/account?changed=1").text
        soon(lambda: elsewhere.get("/account").status_code == 303)
        page = client.post("/account/keys", data={"name": "报表", "scope": ["ask"], "days": "30"}).text
        key = page.split('class="whole-key">')[1].split("<")[0]
        assert key not in client.get("/account").text
        with httpx.Client(base_url=address, trust_env=False, headers={"authorization": f"Bearer {key}"}) as program:
            assert program.post(ASK, json=QUESTION).status_code == 200
            assert program.get("/api/v1/tasks").status_code == 403 and program.get("/account").status_code == 403
            assert client.post(f"/account/keys/{key.rpartition('_')[0]}/revoke", data={"x": ""}).status_code == 303
            assert program.post(ASK, json=QUESTION).status_code == 401


# ---------------------------------------------------------------- the first administrator


def test_the_first_administrator_comes_with_the_one_time_code(tmp_path: Path) -> None:
    config = Config(library=str(tmp_path / "library"), accounts="on")
    with Assistant.open(config.library_folder, config) as assistant:
        app = create_app(config, assistant)
        from starlette.testclient import TestClient

        headers = {"origin": "http://127.0.0.1", "accept": "text/html"}
        client = TestClient(app, base_url="http://127.0.0.1", headers=headers, follow_redirects=False)
        assert client.get("/").headers["location"] == "/setup" and "一次性代码" in client.get("/setup").text
        sent = {"code": "AAAA-AAAA-AAAA-AAAA-AAAA", "name": "站长", "password": PASSWORD, "again": PASSWORD}
        assert client.post("/setup", data=sent).status_code == 401 and not people.any_user(assistant.store.database)
        made = client.post("/setup", data={**sent, "code": app.state.door.code})
        assert made.headers["location"] == "/" and people.user(assistant.store.database, "站长").role == "administrator"
        assert client.get("/account").status_code == 200
        # The code is good for the first only.
        assert client.post("/setup", data={**sent, "code": app.state.door.code, "name": "二号"}).headers["location"] == "/login"
        assert len(people.users_of(assistant.store.database)) == 1


def test_behind_https_the_cookie_is_secure_and_the_public_name_is_ours(tmp_path: Path) -> None:
    settle(tmp_path, "reader")
    config = Config(library=str(tmp_path / "library"), public_address="https://policy.example")
    with Assistant.open(config.library_folder, config) as assistant:
        app = create_app(config, assistant)
        from starlette.testclient import TestClient

        client = TestClient(app, base_url="https://policy.example", headers={"origin": "https://policy.example"}, follow_redirects=False)
        reply = client.post("/login", data={"name": "reader", "password": PASSWORD})
        assert reply.headers["set-cookie"].startswith("__Host-sid=") and "; Secure" in reply.headers["set-cookie"]
        assert "max-age" in reply.headers["strict-transport-security"]
        assert client.get("/healthz", headers={"host": "other.example"}).status_code == 400


@pytest.mark.parametrize("accounts", ["auto", "off"])
def test_other_addresses_need_accounts(tmp_path: Path, accounts: str) -> None:
    with socket.create_server(("0.0.0.0", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(ConfigError) as refused:
        serve(Config(library=str(tmp_path / "library"), host="0.0.0.0", port=port, accounts=accounts))
    assert refused.value.code == "accounts_needed" and "user add" in refused.value.remedy


def test_a_first_password_opens_nothing_but_its_own_change(address: str, catalog: Store) -> None:
    """Who gave it knows it: until it is changed every page leads to the form, and programs are told so."""
    people.create_user(catalog.database, "新来的", PASSWORD, "editor", by="test", first=True)
    with browser(address, "新来的") as client:
        for path in ("/", "/documents", "/tasks", "/account?x=1"):
            reply = client.get(path)
            assert path.startswith("/account") or (reply.status_code, reply.headers["location"]) == (303, "/account"), path
        page = client.get("/account").text
        assert "请换成自己的密码" in page and "/account/keys" not in page and 'href="/documents"' not in page
        refused = client.post(ASK, json=QUESTION)
        assert (refused.status_code, refused.json()["error"]["code"]) == (403, "password_change_needed")
        assert client.post("/account/keys", data={"name": "x", "scope": "ask", "days": "3"}).status_code == 403
        same = client.post("/account/password", data={"current": PASSWORD, "new": PASSWORD, "again": PASSWORD})
        assert same.status_code == 400 and "相同" in same.text
        mine = "河对岸的白塔 white tower 42"
        changed = client.post("/account/password", data={"current": PASSWORD, "new": mine, "again": mine})
        assert (changed.status_code, changed.headers["location"]) == (303, "/")
        assert client.post(ASK, json=QUESTION).json()["status"] == "answered" and "/account/keys" in client.get("/account").text
    people.set_password(catalog.database, "新来的", PASSWORD, by="test", first=True)
    with browser(address, "新来的") as client:
        assert client.get("/").headers["location"] == "/account"
