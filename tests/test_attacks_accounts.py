"""A-05, A-06, A-10, U-09, W-13: what is done in somebody's name, what a form may change, what a file is, and names that were rebound."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.accounts import collections, people
from assistant.programs import api, mcp_server, verbs
from assistant.web import chat_completions, page
from assistant.web.uploads import UPLOAD_PATH
from corpus.store import Store
from tests.people import browser, settle, soon
from tests.web_server import served


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("accounts")


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    settle(folder, "administrator", "editor", "reader")
    with served(folder) as address:
        yield address


@pytest.fixture
def catalog(folder: Path, address: str) -> Iterator[Store]:
    with closing(Store.open(folder / "library")) as store:
        yield store


@pytest.fixture(scope="module")
def reader(address: str) -> Iterator[httpx.Client]:
    with browser(address, "reader") as client:
        yield client


def test_a05_a_paper_and_its_link_live_by_the_rights_its_maker_has_today(address: str, catalog: Store) -> None:
    with browser(address, "editor") as editor, browser(address) as participant:
        made = editor.post("/quiz/papers", data={"title": "消防测试", "count": "3", "seed": "1", "kind": "fill"}).headers["location"]
        paper = made.partition("?")[0].partition("#")[0]
        editor.post(f"{paper}/share", data={"mode": "practice", "days": "3", "minutes": "0"})
        link = "/q/" + editor.get(paper).text.split("/q/")[1].split('"')[0]
        assert participant.get(link).status_code == 200 and editor.get(f"{paper}/export?format=docx").status_code == 200
        collections.revoke(catalog.database, "default", role="reader", by="test")
        try:
            soon(lambda: editor.get(paper).status_code == 404)
            for path in (paper, f"{paper}/export?format=docx", f"{paper}/results.csv"):
                reply = editor.get(path)
                assert reply.status_code == 404 and "消防测试" not in reply.text, path
            assert "消防测试" not in editor.get("/quiz").text
            gone = participant.get(link)
            assert gone.status_code in (404, 410) and "消防测试" not in gone.text
            assert editor.get("/tasks/export?format=csv").content.count(b"\n") <= 1
        finally:
            collections.grant(catalog.database, "default", role="reader", by="test")


def test_a06_every_face_calls_the_same_verbs() -> None:
    """Rights are settled behind the verbs; a face that searched or answered by itself would have to settle them once more."""
    for face in (api, mcp_server, chat_completions, page):
        source = inspect.getsource(face)
        assert face.__dict__.get("verbs") is verbs or "from assistant import verbs" in source or "verbs." in source, face.__name__
        assert "Index" not in face.__dict__ and "Engine" not in face.__dict__ and ".index." not in source, face.__name__


FIELDS = st.dictionaries(
    st.sampled_from(["role", "is_admin", "administrator", "disabled", "stamp", "id", "first", "must_change", "collections", "user_id", "name", "scopes"]) | st.text(min_size=1, max_size=8),
    st.sampled_from(["administrator", "1", "true", "*", ""]), max_size=5,
)  # fmt: skip


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(FIELDS)
def test_a10_no_field_of_ones_own_forms_changes_who_one_is(reader: httpx.Client, catalog: Store, fields: dict[str, str]) -> None:
    before = people.user(catalog.database, "reader")
    for path in ("/account/keys", "/account/password"):
        # Neither form is complete, so nothing of it may happen; what is beside its own fields is nothing to it.
        sent = {key: value for key, value in fields.items() if key not in ("current", "new", "again", "scope", "days")}
        assert reader.post(path, data={"x": "", **sent}).status_code in (400, 401, 403, 422, 429)
    assert reader.post("/admin/people/reader/role", data=fields or {"role": "administrator"}).status_code in (403, 404)
    assert people.user(catalog.database, "reader") == before
    assert reader.get("/admin").status_code == 403


@pytest.mark.parametrize(
    ("name", "content", "named"),
    [
        ("表.docx", b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF", "PDF"),
        ("文.pdf", b"PK\x03\x04" + bytes(90), "ZIP"),
        ("通知.txt", b"%PDF-1.7\n\xe2\xe3\xcf\xd3\n", "PDF"),
        ("页.html", b"\x7fELF" + bytes(80), "ELF"),
        ("通知.md", b"MZ\x90\x00\x03" + bytes(80), "程序"),
    ],
)
def test_u09_what_is_not_what_its_name_says_is_refused_with_what_it_is(address: str, name: str, content: bytes, named: str) -> None:
    with browser(address, "editor") as client:
        reply = client.post(UPLOAD_PATH, params={"name": name}, content=content)
        assert reply.status_code == 422 and named in reply.json()["error"]["message"], reply.text


@pytest.mark.parametrize("path", ["/", "/api/v1/documents", "/v1/models", "/mcp", "/api/v1/ask", "/livez"])
def test_w13_a_name_that_was_rebound_to_this_machine_reaches_nothing(address: str, path: str) -> None:
    port = address.rpartition(":")[2]
    with browser(address) as client:
        for host in (f"rebound.example:{port}", f"127.0.0.1.nip.io:{port}", f"[::ffff:7f00:1%25x]:{port}"):
            reply = client.request("POST" if path in ("/mcp", "/api/v1/ask") else "GET", path, headers={"host": host, "origin": f"http://{host}"})
            assert (reply.status_code, reply.json()["error"]["code"]) == (400, "unknown_host")
