"""Addresses of this machine, and the addresses within this program that somebody may be led to."""

from __future__ import annotations

import ipaddress
import re

from assistant.web.gates import PUBLIC, gate_for

_OWN = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")


def is_loopback(host: str) -> bool:
    """Can nobody but this machine reach this address?"""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def own_page(wanted: str) -> str:
    """Give an address within this program that somebody asked to be led to, "/" for any other and for what is no page of ours."""
    if not _OWN.fullmatch(wanted) or len(wanted) > 2000:
        return "/"
    gate = gate_for("GET", wanted.partition("?")[0].partition("#")[0])
    known = gate is not None and "GET" in gate.methods.split(",") and gate.right != PUBLIC and not wanted.startswith(("/api/", "/v1/", "/mcp", "/gradio_api/"))
    return wanted if known else "/"
