"""People for tests of the web application with accounts: made in the catalog before the server opens it, logged in over HTTP."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx

from assistant.accounts import people
from assistant.accounts.types import Role
from corpus.store import Store

PASSWORD = "湖边三棵老柳树 lake willow"


def settle(folder: Path, *roles: Role) -> None:
    """Make one account for each role, called as the role, in the library of `served(folder)`."""
    with closing(Store.open(folder / "library")) as store:
        for role in roles:
            people.create_user(store.database, role, PASSWORD, role, by="test")


@contextmanager
def browser(address: str, name: str = "", password: str = PASSWORD) -> Iterator[httpx.Client]:
    """Give a client that sends what a browser on our own pages sends, logged in unless `name` is empty."""
    headers = {"origin": address, "sec-fetch-site": "same-origin", "accept": "text/html"}
    with httpx.Client(base_url=address, trust_env=False, timeout=30, headers=headers) as client:
        if name:
            reply = client.post("/login", data={"name": name, "password": password})
            assert reply.status_code == 303, reply.text
        yield client


def soon(holds: Callable[[], bool]) -> None:
    """Wait until a change counts: half a second, several times that where the machine is busy."""
    until = time.monotonic() + 5
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.02)
