"""A token bucket: so many at once, then at its pace, each key by itself, and never more memory than was said."""

from __future__ import annotations

import pytest

from assistant.web.throttle import Throttle, TooMany, address_key


def test_a_key_has_its_calls_at_once_and_gets_them_back_with_time() -> None:
    now = 100.0
    throttle = Throttle(2, 60, clock=lambda: now)
    throttle.check("a")
    throttle.check("a")
    with pytest.raises(TooMany) as caught:
        throttle.check("a")
    assert caught.value.wait == 30 and caught.value.status == 429
    throttle.check("b")
    now = 131.0
    throttle.check("a")
    with pytest.raises(TooMany):
        throttle.look("a")
    now = 1000.0
    for _ in range(2):
        throttle.look("a")
        throttle.check("a")
    with pytest.raises(TooMany):
        throttle.check("a")


def test_it_remembers_no_more_keys_than_it_may() -> None:
    throttle = Throttle(2, 60, kept=3, clock=lambda: 0.0)
    for key in "abcdefg":
        throttle.check(key)
    assert len(throttle._buckets) == 3


def test_w07_an_ipv6_network_is_one_key() -> None:
    assert address_key("2001:db8::1") == address_key("2001:db8::ffff:1") != address_key("2001:db8:0:1::1")
    assert address_key("::ffff:10.0.0.1") == address_key("10.0.0.1") != address_key("10.0.0.2")
