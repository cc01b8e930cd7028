"""At the door: requests that a browser was made to send by another site, what those are told who may not enter, and open requests of
people whose rights change meanwhile.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

from assistant.accounts.types import Principal
from assistant.web.door import BELIEVED, Door
from assistant.web.embed.framing import EMBED
from assistant.web.embed.page import closed_page
from assistant.web.embed.words import WORDS
from assistant.web.refusal import Headers, refuse, refuse_page, send_page, wants_page
from assistant.web.texts import Language, choose_language

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

_SAFE = ("GET", "HEAD", "OPTIONS")
_BEFORE_LOGIN = ("/login", "/setup")
_AGAIN = '<!doctype html><html><head><meta charset="utf-8"><meta http-equiv="refresh" content="0"><title>…</title></head><body></body></html>'


def unproven(scope: Scope, headers: dict[str, list[str]], door: Door) -> bool:
    """Say whether this would change something in the name of a cookie without proof that a page of ours sent it.

    Browsers give that proof with `Origin` or `Sec-Fetch-Site`. Logging in needs it too: nobody is to be logged in as somebody else.
    """
    if scope["method"] in _SAFE or (headers.get("authorization") and not headers.get("cookie")):
        return False
    if not door.token_in(headers) and scope["path"] not in _BEFORE_LOGIN:
        return False
    if headers.get("sec-fetch-site") == ["same-origin"]:
        return False
    host, origins = headers["host"][0].lower(), headers.get("origin", [])
    return len(origins) != 1 or urlsplit(origins[0]).netloc.lower() != host


async def turned_away(scope: Scope, headers: dict[str, list[str]], send: Send, door: Door, principal: Principal | None) -> None:
    """Answer somebody who may not enter: a browser is led to the login, a program gets the error object."""
    page = wants_page(scope, headers)
    known = principal is not None and principal.id != "visitor"
    if known and principal is not None and principal.must_change:
        if page:
            await _led(send, "/account")
        else:
            await refuse(send, scope["path"], 403, "password_change_needed", "请先把别人给的初始密码改成自己的", "请在“我的账号”里修改密码")
    elif known and page:
        await refuse_page(send, 403, "您的角色不能打开这个页面", "Your role does not allow you to open this page.")
    elif known:
        await refuse(send, scope["path"], 403, "forbidden", "没有做这件事的权限", "请联系管理员")
    elif page and scope["path"] == EMBED:
        # It stands in a frame of another site, where the login may not be shown.
        await send_page(send, 403, closed_page(WORDS[_language(scope, headers)]))
    elif page and headers.get("sec-fetch-site") == ["cross-site"]:
        # A strict cookie does not come along a link from another site; asked for again by this page it does.
        await send_page(send, 200, _AGAIN)
    elif page:
        await _led(send, _login_for(scope, door))
    else:
        challenge: Headers = ((b"www-authenticate", b'Bearer realm="policy-assistant"'),)
        await refuse(send, scope["path"], 401, "login_needed", "需要登录", "请登录;程序请在 Authorization 中给出密钥", challenge)


def _language(scope: Scope, headers: dict[str, list[str]]) -> Language:
    chosen = parse_qs(scope["query_string"].decode("ascii", "replace")).get("lang", [""])[0]
    return choose_language("auto", chosen, headers.get("accept-language", [""])[0])


def _login_for(scope: Scope, door: Door) -> str:
    if not door.has_users():
        return "/setup"
    query = scope["query_string"].decode("ascii", "replace")
    wanted = scope["path"] + (f"?{query}" if query else "")
    return "/login" if wanted == "/" else f"/login?next={quote(wanted, safe='')}"


async def _led(send: Send, address: str) -> None:
    await send({"type": "http.response.start", "status": 303, "headers": [(b"location", address.encode()), (b"content-length", b"0")]})
    await send({"type": "http.response.body", "body": b""})


async def watched(application: Application, scope: Scope, receive: Receive, send: Send, still: Callable[[], Awaitable[bool]]) -> None:
    """Run a request, and end it where its sender loses his rights while it runs. still: tells whether he has them."""
    begun = ended = False

    async def sending(message: Message) -> None:
        nonlocal begun
        if not ended:
            begun = True
            await send(message)

    task = asyncio.ensure_future(application(scope, receive, sending))
    try:
        while not (await asyncio.wait({task}, timeout=BELIEVED))[0]:
            if not await still():
                # What is left of the answer does not go out; the connection is closed if it had begun.
                ended = True
                break
    finally:
        if not task.done():
            task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        if not ended:
            raise
    if ended and not begun:
        await refuse(send, scope["path"], 401, "login_needed", "需要登录", "请重新登录")
