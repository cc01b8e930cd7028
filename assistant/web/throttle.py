"""How often somebody may do something: a token bucket for each key, kept in memory.

A key says who: an address, a person, an API key, a link. Nothing is stored, so that a restart forgives.
"""

from __future__ import annotations

import ipaddress
import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from corpus.errors import InputError


class TooMany(InputError):
    """code: "too_many_requests". wait: whole seconds until the next call is let through."""

    status = 429

    def __init__(self, wait: float) -> None:
        self.wait = max(1, math.ceil(wait))
        super().__init__("too_many_requests", "请求太频繁", f"请过 {self.wait} 秒再试")


class Throttle:
    """Let through `most` calls of a key at once, and as many again in each `seconds`. Remembers the `kept` keys used last."""

    def __init__(self, most: int, seconds: float = 60, *, kept: int = 10_000, clock: Callable[[], float] = time.monotonic) -> None:
        self.most, self.seconds, self.kept, self.clock = most, seconds, kept, clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def check(self, key: str) -> None:
        """Count a call. Raises TooMany when the key has used up its calls; such a call is not counted."""
        with self._lock:
            left = self._left(key)
            if left < 1:
                raise TooMany((1 - left) * self.seconds / self.most)
            self._buckets[key] = (self.clock(), left - 1)
            self._buckets.move_to_end(key)
            while len(self._buckets) > self.kept:
                self._buckets.popitem(last=False)

    def look(self, key: str) -> None:
        """Raise TooMany when the key has used up its calls; count nothing."""
        with self._lock:
            left = self._left(key)
        if left < 1:
            raise TooMany((1 - left) * self.seconds / self.most)

    def _left(self, key: str) -> float:
        if key not in self._buckets:
            return float(self.most)
        since, left = self._buckets[key]
        return min(float(self.most), left + (self.clock() - since) * self.most / self.seconds)


def address_key(host: str) -> str:
    """Give the key of an address: of IPv6 the network of 64 bits, as one customer has them all."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host[:100]
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return f"{ipaddress.IPv6Address(int(address) >> 64 << 64)}/64"
    return str(address)
