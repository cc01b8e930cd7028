"""Who is behind a reverse proxy: `X-Forwarded-For` is believed from proxies that the settings name, and from nobody else.

Anybody can send that header. Only what a trusted proxy wrote at its end counts: read from the right, past trusted addresses, the first
other one is the client; what stands further left was said by him. Scheme and host of a proxy are never believed, `public_address` tells them.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence

from corpus.errors import ConfigError

_MOST_HOPS = 20
"""Proxies in a row; a longer chain is nobody's real one."""

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Proxies:
    """The trusted ones. setting: addresses and networks with blanks or commas between. Raises ConfigError for what is neither."""

    def __init__(self, setting: str) -> None:
        try:
            self._networks = tuple(ipaddress.ip_network(one, strict=False) for one in setting.replace(",", " ").split())
        except ValueError:
            raise ConfigError("bad_setting", f"trusted_proxies 的值 {setting[:80]!r} 不可用", "应为 IP 地址或网段,以空格分隔,例如 127.0.0.1 10.0.0.0/8") from None

    def __bool__(self) -> bool:
        return bool(self._networks)

    def client_of(self, peer: str, forwarded: Sequence[str]) -> str:
        """Give the address of whoever sent a request. peer: the other end of the connection.  forwarded: the values of the header in order."""
        at = _address(peer)
        if at is None or not self._trusted(at):
            return peer
        said = [part for value in forwarded for part in value.split(",")]
        for part in reversed(said[-_MOST_HOPS:]):
            before = _address(part)
            if before is None:
                break
            at = before
            if not self._trusted(at):
                break
        return str(at)

    def _trusted(self, address: Address) -> bool:
        return any(address in network for network in self._networks if network.version == address.version)


def _address(text: str) -> Address | None:
    """Read an address as proxies write it, with a port or without; None for anything else."""
    plain = text.strip()
    if plain.startswith("["):
        plain = plain[1:].partition("]")[0]
    elif plain.count(":") == 1:
        plain = plain.partition(":")[0]
    try:
        address = ipaddress.ip_address(plain.partition("%")[0])
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address
