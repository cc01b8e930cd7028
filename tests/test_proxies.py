"""W-06, W-07, W-10, W-14: whose word about a client's address counts, and that nobody else's does."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.web.proxies import Proxies
from corpus.errors import ConfigError
from corpus.store import Store
from tests.people import browser, settle
from tests.web_server import served

PROXIES = Proxies("127.0.0.1 10.1.0.0/16, fd00::/8")


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("127.0.0.1", ["203.0.113.9"], "203.0.113.9"),
        ("127.0.0.1", ["6.6.6.6, 203.0.113.9"], "203.0.113.9"),
        ("127.0.0.1", ["6.6.6.6", "203.0.113.9, 10.1.2.3"], "203.0.113.9"),
        ("::ffff:127.0.0.1", ["203.0.113.9:5555"], "203.0.113.9"),
        ("fd00::1", ["[2001:db8::7]:443"], "2001:db8::7"),
        ("127.0.0.1", ["::ffff:203.0.113.9"], "203.0.113.9"),
        # What is no address tells of nobody: the proxy itself stands for its client.
        ("127.0.0.1", ["203.0.113.9, unknown"], "127.0.0.1"),
        ("127.0.0.1", ["unknown, 10.1.2.3"], "10.1.2.3"),
        ("127.0.0.1", [""], "127.0.0.1"),
        ("127.0.0.1", [], "127.0.0.1"),
        # Not one of ours: the header is whatever the client likes to send.
        ("203.0.113.9", ["127.0.0.1"], "203.0.113.9"),
        ("10.2.0.1", ["127.0.0.1, 10.1.0.1"], "10.2.0.1"),
    ],
)
def test_w10_the_client_is_the_last_that_no_proxy_of_ours_is(peer: str, forwarded: list[str], client: str) -> None:
    assert PROXIES.client_of(peer, forwarded) == client


@given(st.lists(st.text(max_size=60) | st.sampled_from(["127.0.0.1", "10.1.0.1", "fd00::1", ",", "1.1.1.1, 127.0.0.1"]), max_size=6))
def test_w10_nothing_a_client_puts_before_counts(said: list[str]) -> None:
    assert PROXIES.client_of("127.0.0.1", [*said, "203.0.113.9"]) == "203.0.113.9"
    assert PROXIES.client_of("203.0.113.9", said) == "203.0.113.9"


def test_without_the_setting_nobody_is_believed() -> None:
    assert not Proxies("") and Proxies("").client_of("127.0.0.1", ["203.0.113.9"]) == "127.0.0.1"


@pytest.mark.parametrize("setting", ["proxy.example", "10.0.0.0/99", "*", "127.0.0.1;10.0.0.1"])
def test_a_setting_that_is_no_address_is_refused(setting: str) -> None:
    with pytest.raises(ConfigError, match="trusted_proxies"):
        Proxies(setting)


@pytest.mark.parametrize(("trusted", "noted"), [("", "127.0.0.1"), ("127.0.0.1", "203.0.113.9")])
def test_w06_w07_guesses_are_counted_for_the_address_behind_the_proxy(tmp_path: Path, trusted: str, noted: str) -> None:
    settle(tmp_path, "reader")
    with served(tmp_path, trusted_proxies=trusted) as address, browser(address) as client:
        header = {"x-forwarded-for": "127.0.0.1, 203.0.113.9", "x-forwarded-proto": "https", "x-forwarded-host": "evil.example"}
        reply = client.post("/login", data={"name": "reader", "password": "wrong"}, headers=header)
        assert reply.status_code == 401 and "evil" not in reply.text + str(reply.headers)
        with closing(Store.open(tmp_path / "library")) as store:
            failed = [entry for entry in store.trail() if entry.action == "login_failed"]
        assert len(failed) == 1 and f'"address": "{noted}"' in failed[0].detail
