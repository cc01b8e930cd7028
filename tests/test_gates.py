"""The table of addresses and rights: complete, and kept to by the running program for every role, key and kind of stranger."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import insert, update
from starlette.routing import Mount

from app import create_app
from assistant import Assistant
from assistant.accounts import keys
from assistant.accounts.passwords import hashed
from assistant.accounts.sessions import IDLE, begin
from assistant.accounts.types import ROLES
from assistant.config import Config
from assistant.web.gates import GATES, MOST_PUBLIC, PUBLIC, Gate, gate_for
from corpus.account_tables import sessions, users
from corpus.store import Store
from tests.web_server import served

LOWEST = {
    "ask": "visitor", "history": "reader", "take_quizzes": "reader", "export": "reader", "upload": "editor", "correct": "editor",
    "make_quizzes": "editor", "evaluate": "editor", "administer": "administrator",
}  # fmt: skip
"""Who may do what, said here once more: the table is checked against this and not against itself."""

LEFT_OUT = ("/evaluation/run", "/evaluation/cancel", "/admin/backup", "/admin/health", "/chat/history/delete")
"""Addresses that work for long or change much: asked only by those who must be turned away."""


# ---------------------------------------------------------------- complete


def registered(app: Any) -> Iterator[tuple[str, str]]:
    """Give (method, address as the program has it) of every route of ours."""
    for section in app.state.sections:
        yield from section.table
    grouped = {section.root for section in app.state.sections}
    for route in app.routes:
        inner = getattr(route, "original_router", None)
        for one in inner.routes if inner is not None else [route]:
            path = getattr(one, "path", "")
            if isinstance(one, Mount):
                if path:
                    yield "GET", f"{path}/{{rest:path}}"
                continue  # without a path: Gradio, whose addresses are closed but for those with a row
            if path.removesuffix("/{rest:path}") not in grouped:
                yield from ((method, path) for method in (one.methods or {"POST"}) if method not in ("HEAD", "OPTIONS"))


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    config = Config(library=str(tmp_path_factory.mktemp("gates") / "library"))
    with Assistant.open(config.library_folder, config) as assistant:
        yield create_app(config, assistant)


def test_g11_every_address_has_a_row_of_its_own(app: Any) -> None:
    rows = {(method, gate.path) for gate in GATES for method in gate.methods.split(",")}
    missing = sorted(set(registered(app)) - rows)
    assert not missing, f"add a row to assistant/web/gates.py for {missing}"


def test_w01_at_most_six_first_parts_are_open_to_everybody() -> None:
    assert len({gate.path.split("/")[1] for gate in GATES if gate.right == PUBLIC}) <= MOST_PUBLIC


def test_rows_are_found_by_address_and_method_and_nothing_else_is() -> None:
    found = gate_for("HEAD", "/source/d1")
    assert found is not None and found.path == "/source/{document_id}"
    assert gate_for("POST", "/source/d1") == found and gate_for("GET", "/source/d1/panel") != found
    for path in ("/gradio_api/upload", "/gradio_api/file=/etc/passwd", "/monitoring", "/docs", "/login/x", "/LOGIN", "//login", "/gradio_api/queue/join/x"):
        assert gate_for("GET", path) is None, path


# ---------------------------------------------------------------- kept to


@dataclass(frozen=True)
class Caller:
    """Somebody who tries every address. role: "" for a stranger.  scopes: of a key, None for a cookie.  first: with a password given by somebody else."""

    name: str
    role: str
    headers: dict[str, str]
    scopes: tuple[str, ...] | None = None
    first: bool = False

    def should_enter(self, gate: Gate) -> bool:
        if gate.right == PUBLIC:
            return True
        if self.first and gate.path not in ("/account", "/account/password", "/logout"):
            return False
        if not self.role or (self.scopes is not None and not set(self.scopes) & set(gate.scopes)):
            return False
        return ROLES.index(self.role) >= ROLES.index(LOWEST[gate.right])  # type: ignore[arg-type]


def callers_of(store: Store, address: str) -> list[Caller]:
    """Make an account for each role and one that is disabled, a session that is over, and keys of each scope."""
    proof = {"origin": address}
    stored = hashed("湖边三棵老柳树 lake willow")
    made = [(role, role, 0) for role in ROLES] + [("disabled", "administrator", 1), ("late", "administrator", 0), ("new", "administrator", 0)]
    found = [Caller("stranger", "", proof), Caller("made up", "", {**proof, "cookie": "sid=" + "x" * 43})]
    with store.database.writing() as connection:
        for name, role, disabled in made:
            row = {"id": name, "name": name, "folded": name, "password": stored, "role": role, "disabled": disabled, "stamp": "1", "made_at": "2024", "first": int(name == "new")}
            connection.execute(insert(users).values(row))
            cookie = {**proof, "cookie": f"sid={begin(connection, name, '1')}"}
            found.append(Caller(name, "" if name in ("disabled", "late") else role, cookie, first=name == "new"))
        connection.execute(update(sessions).where(sessions.c.user_id == "late").values(seen_at=int(time.time()) - IDLE))
    for scope in ("read", "ask", "upload"):
        _, whole = keys.issue_key(store.database, "editor", scope, [scope], 1, by="test")
        found.append(Caller(f"key to {scope}", "editor", {"authorization": f"Bearer {whole}"}, (scope,)))
    _, whole = keys.issue_key(store.database, "disabled", "x", ["read", "ask", "upload"], 1, by="test")
    return [*found, Caller("key of a disabled account", "", {"authorization": f"Bearer {whole}"})]


def tried(client: httpx.Client, caller: Caller, method: str, path: str) -> tuple[int, str]:
    """Give the status of an answer and the code of its error, "" for none. What goes on for ever is not waited for."""
    with client.stream(method, path, headers=caller.headers) as reply:
        if reply.status_code < 400 or "json" not in reply.headers.get("content-type", ""):
            return reply.status_code, ""
        reply.read()
        error = reply.json().get("error", {})
        return reply.status_code, error.get("code", "") if isinstance(error, dict) else ""


def test_g11_w01_w15_every_address_for_every_caller(tmp_path: Path) -> None:
    with served(tmp_path, accounts="on") as address, closing(Store.open(tmp_path / "library")) as store:
        callers = callers_of(store, address)
        wrong = []
        with httpx.Client(base_url=address, trust_env=False, timeout=30) as client:
            for gate in GATES:
                path = re.sub(r"\{[\w:]+\}", "x1", gate.path)
                for method in gate.methods.split(","):
                    for caller in callers:
                        enters = caller.should_enter(gate)
                        if enters and (gate.path.startswith(LEFT_OUT) or gate.path == "/logout"):
                            continue
                        status, code = tried(client, caller, method, path)
                        turned_away = code in ("login_needed", "forbidden", "foreign_origin", "password_change_needed")
                        # Pages that are still to come are absent for everybody.
                        if turned_away == enters and not (status == 404 and not enters):
                            wrong.append(f"{method} {path} by {caller.name}: {status} {code}")
                        assert enters or status in (401, 403, 404), (method, path, caller.name, status)
        assert not wrong, wrong[:20]
