"""The pages of tasks and documents with accounts: what each role is shown and may do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from corpus.store import Store
from tests.people import browser, settle
from tests.web_server import served

ROLES = ("reader", "editor", "administrator")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("roles")


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    settle(folder, *ROLES)
    with served(folder) as address:
        yield address


def links(page: str) -> list[str]:
    return re.findall(r'href="(/documents/d\w+)"', page)


def test_only_those_who_may_change_are_shown_how(address: str) -> None:
    shown = {}
    for role in ROLES:
        with browser(address, role) as client:
            listed = client.get("/documents").text
            page = client.get(links(listed)[0]).text
            shown[role] = ('id="drop"' in listed, "/correct" in page, "/remove" in page, "/documents" in listed)
    assert shown == {"reader": (False, False, False, True), "editor": (True, True, True, True), "administrator": (True, True, True, True)}


def test_a_reader_is_refused_what_changes_a_document(address: str) -> None:
    with browser(address, "reader") as client:
        page = links(client.get("/documents").text)[0]
        changes = ("correct", "supersede", "reparse", "remove", "corrections/1/undo")
        assert {client.post(f"{page}/{change}", data={"sure": "1"}).status_code for change in changes} == {403}
        assert client.get(f"{page}/correct").status_code == 403
        assert client.get("/tasks/export", params={"format": "csv"}).status_code == 200


def test_an_editor_corrects_and_removes_and_it_is_recorded(address: str, folder: Path) -> None:
    with browser(address, "editor") as client:
        pages = links(client.get("/documents?q=白石").text)
        reply = client.post(f"{pages[0]}/correct", data={"issuer": "白石镇人民政府办公室", "reason": "落款"})
        assert reply.headers["location"].endswith("?done=corrected")
        assert "白石镇人民政府办公室" in client.get(pages[0]).text
        assert client.post(f"{pages[0]}/correct", data={"duty": "0", "start": "99999"}).status_code == 409
        assert client.post(f"{pages[0]}/remove", data={}).status_code in (400, 415)
        assert client.post(f"{pages[0]}/remove", data={"sure": "1"}).headers["location"] == "/documents?done=removed"
        assert client.get(pages[0]).status_code == 404
    with closing(Store.open(folder / "library")) as store:
        done = [(one.by, one.action) for one in store.trail() if one.by == "editor"]
    assert ("editor", "correct") in done and ("editor", "delete") in done


def test_a_task_exported_to_a_spreadsheet_is_no_formula(address: str) -> None:
    with browser(address, "editor") as client:
        text = "=cmd方案\n\n某区政府\n2024年1月1日\n\n一、任务\n1.=HYPERLINK(\"http://x\",\"清零\")。2024年6月底前,完成清零。(牵头单位:区教育局)\n"
        assert client.post("/api/v1/documents", params={"name": "公式.txt"}, content=text.encode()).status_code == 201
        found = client.get("/tasks/export", params={"format": "csv", "q": "HYPERLINK"}).content.decode("utf-8-sig")
        cells = [cell.strip('"') for line in found.splitlines()[1:] for cell in line.split(",")]
        assert cells and not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)
