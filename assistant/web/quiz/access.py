"""Who may do what on the quiz pages, and how often.

Trainers' pages are open to editors; without accounts as the setting says, and for "auto" only to the person at this machine. Participants have no
account: the token of a link opens its paper. Whoever tries tokens is stopped long before he can find one of 2^128.
"""

from __future__ import annotations

import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.requests import Request

from assistant.accounts.types import LOCAL
from assistant.config import Config
from assistant.web.addresses import is_loopback
from assistant.web.forms import Refused
from assistant.web.principal import principal_of
from assistant.web.throttle import Throttle, address_key

LARGEST_REPLY = 64 * 1024
"""Bytes of a participant's form; a trainer's, and all answers of an exam together, may be as large as any body."""

# ---------------------------------------------------------------- who


def trainers_welcome(config: Config) -> bool:
    """Tell whether every visitor of the chat page may make quizzes, so that it shows the way."""
    return config.quizzes == "on" or (config.quizzes == "auto" and is_loopback(config.host))


def check_trainer(config: Config, request: Request) -> None:
    """Raise Refused where trainers' pages are not open to this request; with accounts the role decides, unless the setting is "off".

    On a server that others can reach, "auto" means a browser on this machine that was given a name of this machine: a page elsewhere
    whose name was rebound to this machine sends its own name.
    """
    principal = principal_of(request)
    if principal.id != LOCAL.id and config.quizzes != "off":
        principal.check("make_quizzes")
        return
    if config.quizzes == "on":
        return
    here = is_loopback(config.host) or (
        request.client is not None and is_loopback(request.client.host) and is_loopback(_name(request.headers.get("host", "")))
    )
    if config.quizzes == "off" or not here:
        raise Refused(403, "quizzes_off", "出题页面不对外开放", "请在运行本服务的电脑上打开,或由管理员把设置项 quizzes 设为 on")


def _name(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def base_address(config: Config, request: Request) -> str:
    """Give the address under which participants reach the server, without a closing slash.

    It is the one the trainer uses, unless that is a name of this machine for itself although others can reach the server.
    """
    if config.public_address:
        return config.public_address.rstrip("/")
    host = request.headers.get("host", "")
    if is_loopback(_name(host)) and not is_loopback(config.host):
        outside = _own_address() if config.host in ("0.0.0.0", "::") else config.host
        name = f"[{outside}]" if ":" in outside else outside
        host = f"{name}:{config.port}"
    return f"{request.url.scheme}://{host}"


def _own_address() -> str:
    """Give the address of this machine on the network it would use; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.1"
        address: str = probe.getsockname()[0]
    return address


# ---------------------------------------------------------------- how often


@dataclass(frozen=True, slots=True)
class Limits:
    """What participants may do in a minute: requests an address, wrong tokens an address, beginnings a link, replies a sitting.

    A whole class may sit behind one address.
    """

    requests: Throttle
    strangers: Throttle
    beginnings: Throttle
    replies: Throttle


def usual_limits() -> Limits:
    return Limits(Throttle(3000, 60), Throttle(30, 60), Throttle(200, 60), Throttle(240, 60))


def address_of(request: Request) -> str:
    return address_key(request.client.host) if request.client else ""
