"""The administration pages as a browser sends to them: accounts, collections, keys, audit trail, backups, settings; each change noted."""

from __future__ import annotations

import csv
import io
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest

from assistant.accounts.people import create_user, user, users_of
from assistant.accounts.sessions import principal_by_key, sign_in
from assistant.live import CHANGEABLE
from assistant.web.admin.routes import TABLE
from assistant.web.admin.words import _CHINESE, _ENGLISH
from corpus.store import Store
from tests.web_server import served

FORM = {"content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin"}
SECRET = re.compile(r'<code class="secret">([^<]+)</code>')


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def client(folder: Path) -> Iterator[httpx.Client]:
    """The person at this machine: accounts stay off, so that nobody has to log in here."""
    with served(folder, accounts="off") as address, httpx.Client(base_url=address, trust_env=False, timeout=60, headers={"accept-language": "zh-CN"}) as client:
        yield client


def test_without_accounts_the_page_of_ones_own_leads_home(client: httpx.Client) -> None:
    reply = client.get("/account", follow_redirects=True)
    assert reply.status_code == 200 and reply.url.path == "/"


def send(client: httpx.Client, path: str, *pairs: tuple[str, str]) -> httpx.Response:
    return client.post(path, content=urlencode(pairs), headers=FORM)


def store_in(folder: Path) -> Store:
    return Store.open(folder / "library")


def actions_in(folder: Path) -> list[str]:
    store = store_in(folder)
    found = [entry.action for entry in store.trail()]
    store.close()
    return found


def test_every_page_is_there_and_marks_its_tab(client: httpx.Client) -> None:
    for method, path in TABLE:
        if method == "GET" and "{" not in path and not path.endswith(".csv"):
            page = client.get(path)
            assert page.status_code == 200 and page.text.count('aria-current="page"') == 2, path


def test_the_first_account_is_an_administrator_and_its_password_opens_it(client: httpx.Client, folder: Path) -> None:
    assert "现在没有启用账号" in client.get("/admin/people").text
    page = send(client, "/admin/people", ("name", "王主任"), ("role", "reader"))
    password = SECRET.search(page.text)
    assert password is not None and "王主任" in page.text
    store = store_in(folder)
    assert [(one.name, one.role) for one in users_of(store.database)] == [("王主任", "administrator")]
    assert sign_in(store.database, "王主任", password[1], "127.0.0.1")
    store.close()
    assert password[1] not in client.get("/admin/people").text


def test_an_account_is_made_changed_disabled_and_removed(client: httpx.Client, folder: Path) -> None:
    send(client, "/admin/people", ("name", "王主任"))
    send(client, "/admin/people", ("name", "张三"), ("role", "reader"))
    store = store_in(folder)
    identity = user(store.database, "张三").id
    root = f"/admin/people/{identity}"
    assert send(client, f"{root}/role", ("role", "editor")).status_code == 303
    assert send(client, f"{root}/disable").headers["location"] == f"{root}?done=1"
    assert (user(store.database, identity).role, user(store.database, identity).disabled) == ("editor", True)
    send(client, f"{root}/enable")
    password = SECRET.search(send(client, f"{root}/password").text)
    assert password is not None
    token = sign_in(store.database, "张三", password[1], "127.0.0.1")
    assert "最近使用" in client.get(root).text and token
    send(client, f"{root}/end")
    assert "现在没有登录" in client.get(root).text
    assert "不能恢复" in client.get(f"{root}/remove").text
    send(client, f"{root}/remove")
    store.close()
    assert client.get(root).status_code == 404
    assert actions_in(folder)[1:] == ["user_added", "user_role", "user_disabled", "user_enabled", "user_password", "login", "sessions_ended", "user_removed"]


def test_what_cannot_be_done_is_said_where_it_was_tried(client: httpx.Client) -> None:
    send(client, "/admin/people", ("name", "王主任"))
    again = send(client, "/admin/people", ("name", "王主任"), ("role", "reader"))
    assert again.status_code == 409 or again.status_code == 400
    assert "已有账号“王主任”" in again.text and 'role="alert"' in again.text
    identity = re.search(r"/admin/people/(u[0-9a-f]+)", client.get("/admin/people").text)
    assert identity is not None
    last = send(client, f"/admin/people/{identity[1]}/disable")
    assert last.status_code in (400, 409) and "最后一个管理员" in last.text
    assert send(client, f"/admin/people/{identity[1]}/role", ("role", "visitor")).status_code == 400


def test_a_collection_is_made_filled_granted_and_removed(client: httpx.Client, folder: Path) -> None:
    documents = {d["name"]: d["id"] for d in client.get("/api/v1/documents").json()["documents"]}
    root = send(client, "/admin/collections", ("name", "消防专题")).headers["location"]
    one = documents["白石镇方案.txt"]
    moved = send(client, f"{root}/documents", *[("shown", d) for d in documents.values()], ("document", one))
    assert moved.headers["location"] == f"{root}?put=1&taken=0"
    send(client, f"{root}/grant", ("role", "visitor"))
    page = client.get(root).text
    assert f'value="{one}" checked=""' in page and "访客" in page
    send(client, f"{root}/rename", ("name", "消防<b>"))
    send(client, f"{root}/revoke", ("role", "visitor"))
    assert "消防&lt;b&gt;" in client.get(root).text or "消防专题" in client.get(root).text
    # A document that the filter hid keeps its place.
    assert send(client, f"{root}/documents", ("shown", documents["青山区方案.txt"])).headers["location"].endswith("put=0&taken=0")
    send(client, f"{root}/remove")
    assert client.get(root).status_code == 404
    assert client.get("/admin/collections/default").status_code == 200
    assert send(client, "/admin/collections/default/remove").status_code in (400, 409)
    assert {"collection_added", "collection_put", "granted", "revoked", "collection_removed"} <= set(actions_in(folder))


def test_a_key_is_shown_once_holds_and_is_revoked(client: httpx.Client, folder: Path) -> None:
    assert "有了账号以后" in client.get("/admin/keys").text
    send(client, "/admin/people", ("name", "王主任"))
    store = store_in(folder)
    owner = user(store.database, "王主任").id
    page = send(client, "/admin/keys", ("person", owner), ("name", "统计"), ("scope", "read"), ("scope", "ask"), ("days", "30"))
    whole = SECRET.search(page.text)
    assert whole is not None and whole[1] not in client.get("/admin/keys").text
    principal = principal_by_key(store.database, whole[1])
    assert principal is not None and principal.scopes == {"read", "ask"}
    identity = whole[1].rpartition("_")[0]
    assert "立即失效" in client.get(f"/admin/keys/{identity}/revoke").text
    send(client, f"/admin/keys/{identity}/revoke")
    assert principal_by_key(store.database, whole[1]) is None
    assert "可用的范围" in send(client, "/admin/keys", ("person", owner), ("name", "空"), ("days", "30")).text
    store.close()


def test_the_trail_is_filtered_checked_and_written_as_csv(client: httpx.Client, folder: Path) -> None:
    send(client, "/admin/people", ("name", "王主任"))
    send(client, "/admin/collections", ("name", "专题"))
    assert "王主任" in client.get("/admin/log").text
    filtered = client.get("/admin/log", params={"action": "collection_added"}).text
    assert "专题" in filtered and "1 行" in filtered
    assert client.get("/admin/log", params={"since": "2000"}).status_code == 400
    assert "链条完整" in client.get("/admin/log", params={"check": "1"}).text
    table = client.get("/admin/log.csv", params={"q": "王主任"})
    rows = list(csv.reader(io.StringIO(table.text.removeprefix("\ufeff"))))
    assert rows[0] == ["at", "by", "action", "about", "detail"] and [row[2:4] for row in rows[1:]] == [["user_added", "王主任"]]
    connection = sqlite3.connect(folder / "library" / "catalog.sqlite")
    with connection:
        connection.execute("update audit set by = '别人' where action = 'user_added'")
    connection.close()
    assert "链条断了" in client.get("/admin/log", params={"check": "1"}).text


def test_r14_no_cell_of_the_trail_is_a_formula(client: httpx.Client) -> None:
    send(client, "/admin/collections", ("name", "=1+1"))
    page = client.get("/admin/log.csv").text
    assert ",=1+1" not in page


def test_a_backup_is_made_in_the_library_taken_and_removed(client: httpx.Client, folder: Path) -> None:
    made = send(client, "/admin/backup").headers["location"]
    name = made.partition("=")[2]
    file = folder / "library" / "backups" / name
    assert file.stat().st_mode & 0o077 == 0 and file.parent.stat().st_mode & 0o077 == 0
    taken = client.get(f"/admin/backup/{name}")
    assert taken.content == file.read_bytes() and taken.headers["content-disposition"] == f'attachment; filename="{name}"'
    (folder / "library" / "backups" / "backup-20200101-000000.db").symlink_to(folder / "library" / "catalog.sqlite")
    for wrong in ("backup-20200101-000000.db", "backup-20990101-000000.db", "..%2fcatalog.sqlite", "catalog.sqlite", "../catalog.sqlite"):
        assert client.get(f"/admin/backup/{wrong}").status_code == 404
    send(client, f"/admin/backup/{name}/remove")
    assert not file.exists()
    assert actions_in(folder) == ["backup_made", "backup_taken", "backup_removed"]


def test_health_tells_what_there_is_and_finds_damage(client: httpx.Client, folder: Path) -> None:
    page = client.get("/admin/health").text
    assert "与资料库一致" in page and "policy-assistant" in page
    assert "没有发现问题" in send(client, "/admin/health").text
    connection = sqlite3.connect(folder / "library" / "catalog.sqlite")
    with connection:
        connection.execute("update texts set text = 'x' || text")
    connection.close()
    assert re.search(r"发现 \d+ 个问题", send(client, "/admin/health").text)


def test_a_setting_counts_at_once_and_a_wrong_value_is_refused(client: httpx.Client, folder: Path) -> None:
    assert send(client, "/admin/settings/uploads", ("value", "off")).status_code == 303
    refused = client.post("/api/v1/documents", params={"name": "a.txt"}, content=b"x")
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "uploads_off")
    wrong = send(client, "/admin/settings/confidence_threshold", ("value", "7"))
    assert wrong.status_code == 400 and "0 到 1" in wrong.text
    assert send(client, "/admin/settings/host", ("value", "0.0.0.0")).status_code == 400
    send(client, "/admin/settings/questions_per_minute", ("value", "1"))
    send(client, "/admin/settings/uploads/back")
    assert client.post("/api/v1/documents", params={"name": "a.txt"}, content=b"").json()["error"]["code"] == "empty_file"
    assert "恢复启动时的值" in client.get("/admin/settings").text
    assert actions_in(folder) == ["setting_changed", "setting_changed", "setting_given_back"]


def test_w02_another_site_cannot_send_here(client: httpx.Client) -> None:
    for headers in ({"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}):
        reply = client.post("/admin/backup", content="", headers={"content-type": FORM["content-type"], **headers})
        assert reply.status_code == 403


def test_g11_only_administrators_enter(folder: Path) -> None:
    with served(folder, accounts="on") as address:
        store = store_in(folder)
        codes = {}
        for role in ("reader", "editor", "administrator"):
            create_user(store.database, f"一位{role}", "correct horse battery", role, by="试验")  # type: ignore[arg-type]
            cookie = {"sid": sign_in(store.database, f"一位{role}", "correct horse battery", "127.0.0.1")}
            with httpx.Client(base_url=address, trust_env=False, cookies=cookie, timeout=30) as client:
                codes[role] = {client.get(path).status_code for path in ("/admin", "/admin/people", "/admin/log.csv")} | {send(client, "/admin/backup").status_code}
        with httpx.Client(base_url=address, trust_env=False) as client:
            assert client.get("/admin").status_code in (303, 401) and send(client, "/admin/backup").status_code in (303, 401)
        store.close()
    assert codes == {"reader": {403}, "editor": {403}, "administrator": {200, 303}}


def test_both_languages_have_the_same_words() -> None:
    assert _CHINESE.keys() == _ENGLISH.keys()
    for key in _CHINESE:
        assert set(re.findall(r"\{\w+\}", _CHINESE[key])) == set(re.findall(r"\{\w+\}", _ENGLISH[key])), key
    assert all(one.english and one.chinese for one in CHANGEABLE)
