"""Groups of server-written pages: a table of addresses and what answers each, who may enter, in which words, in one shell.

A section is data: `SOMETHING = Section(name="tasks", root="/tasks", …, table={("GET", "/tasks"): show})`. Its handlers are plain functions
of a desk (what they work with) and a visit (what was asked); they give a `Page`, which is put into the shell here, or a whole response.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from assistant.accounts.sessions import VISITOR
from assistant.accounts.types import LOCAL, NOBODY, Principal, Right
from assistant.config import Config
from assistant.web.forms import Form, Refused, fields_of, form_of
from assistant.web.frame import Page, Shell, Way, fault, write
from assistant.web.guard import LARGEST_BODY
from assistant.web.principal import principal_of
from assistant.web.texts import LANGUAGE_COOKIE, Language, choose_language
from assistant.web.throttle import TooMany
from assistant.web.words import Words
from corpus.errors import InputError, PolicyAssistantError

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
ORDER = ("chat", "tasks", "documents", "quiz", "evaluation", "administration", "account", "login")
"""The ways of the header bar from left to right."""
NUMBER = r"[0-9]{1,9}"
IDENTITY = r"[\w.-]{1,64}"

Desk = TypeVar("Desk")
W = TypeVar("W", bound=Words)


@dataclass(frozen=True, slots=True)
class Visit(Generic[W]):
    """One request. principal: who sent it.  form: what was sent, or the fields of the address.  parts: of the path."""

    request: Request
    principal: Principal
    words: W
    form: Form
    parts: Mapping[str, str]


def _everybody(request: Request) -> None:
    return None


def _nothing(request: Request, error: PolicyAssistantError) -> None:
    return None


@dataclass(frozen=True, kw_only=True)
class Section(Generic[Desk, W]):
    """Pages that belong together.

    name: the key of its word in the header bar, one of ORDER; "" for pages that no way leads to.  root: address of its first page.
    table: (method, path) → handler; a path may hold {name}, which `parts` says the pattern of.  right: what somebody needs to
    enter, None: nothing.  enter: raises an InputError for those who may not for another reason; both are asked before anything is read, and
    to see whether the way is shown; a handler asks `visit.principal` for more.  largest: bytes of a form; larger: where more are taken.
    bare: visitors are shown no ways.  failed: told of every refusal; may raise another.  back: where a fault page leads to, "" nowhere;
    None: to the page above.
    """

    name: str
    root: str
    desk: Desk
    words: Mapping[Language, W]
    table: Mapping[tuple[str, str], Callable[[Desk, Visit[W]], Page | Response]]
    right: Right | None = "ask"
    enter: Callable[[Request], None] = _everybody
    parts: Mapping[str, str] = field(default_factory=dict)
    largest: int = LARGEST_BODY
    larger: Mapping[str, int] = field(default_factory=dict)
    kind: str = ""
    styles: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()
    bare: bool = False
    failed: Callable[[Request, PolicyAssistantError], None] = _nothing
    back: Callable[[Request, PolicyAssistantError], str] | None = None


def add_sections(app: FastAPI, sections: Sequence[Section[Any, Any]], config: Config) -> None:
    """Add the addresses of all sections; has to come before Gradio is mounted at the root."""
    for section in sections:
        endpoint = _endpoint(section, sections, config)
        for path in (section.root, section.root + "/{rest:path}"):
            app.add_route(path, endpoint, methods=list(METHODS), include_in_schema=False)


def ways_for(request: Request, sections: Sequence[Section[Any, Any]]) -> tuple[Way, ...]:
    """Give the ways that whoever sent the request may go, the chat page first."""
    if principal_of(request).must_change:
        return ()
    open_to = [Way("chat", "/"), *(Way(s.name, s.root) for s in sections if s.name and _may_enter(s, request))]
    who = principal_of(request).id
    if who == VISITOR:
        open_to.append(Way("login", "/login"))
    elif who not in (LOCAL.id, NOBODY.id):
        open_to.append(Way("account", "/account"))
    return tuple(sorted(open_to, key=lambda way: ORDER.index(way.name)))


def go(address: str) -> Response:
    """Lead to a page after something was changed."""
    return RedirectResponse(address, status_code=303)


def _enter(section: Section[Any, Any], request: Request) -> None:
    if section.right is not None:
        principal_of(request).check(section.right)
    section.enter(request)


def _may_enter(section: Section[Any, Any], request: Request) -> bool:
    try:
        _enter(section, request)
    except InputError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class _Address:
    method: str
    pattern: re.Pattern[str]
    path: str
    handler: Callable[[Any, Visit[Any]], Page | Response]


def _addresses(section: Section[Any, Any]) -> tuple[_Address, ...]:
    return tuple(
        _Address(method, _pattern(path, section.parts), path, handler) for (method, path), handler in section.table.items()
    )


def _pattern(path: str, parts: Mapping[str, str]) -> re.Pattern[str]:
    """Read a path with its parts in braces: /q/{token}/paper. Raises KeyError for a part without a pattern."""
    pieces = re.split(r"\{(\w+)\}", path)
    written = (f"(?P<{piece}>{parts[piece]})" if n % 2 else re.escape(piece) for n, piece in enumerate(pieces))
    return re.compile("".join(written), re.ASCII)


def _endpoint(
    section: Section[Any, Any], sections: Sequence[Section[Any, Any]], config: Config
) -> Callable[[Request], Awaitable[Response]]:
    addresses = _addresses(section)

    async def endpoint(request: Request) -> Response:
        chosen = request.cookies.get(LANGUAGE_COOKIE)
        words = section.words[choose_language(config.language, chosen, request.headers.get("accept-language"))]
        try:
            given = await _answer(section, addresses, request, words)
        except PolicyAssistantError as error:
            given = _fault(section, error, request, words)
        if isinstance(given, Response):
            return given
        ways = () if section.bare else ways_for(request, sections)
        shell = Shell(words, ways, section.name, section.styles, section.scripts)
        page = Page(given.title, given.content, f"{section.kind} {given.kind}".strip())
        return HTMLResponse(write(page, shell), status_code=given.status, headers=dict(given.headers))

    return endpoint


async def _answer(section: Section[Any, Any], addresses: Sequence[_Address], request: Request, words: Words) -> Page | Response:
    _enter(section, request)
    address, parts = _find(addresses, request)
    largest = section.larger.get(address.path, section.largest)
    form = await form_of(request, largest) if request.method == "POST" else fields_of(request.scope["query_string"])
    try:
        return await run_in_threadpool(address.handler, section.desk, Visit(request, principal_of(request), words, form, parts))
    except PolicyAssistantError as error:
        section.failed(request, error)
        raise


def _find(addresses: Sequence[_Address], request: Request) -> tuple[_Address, dict[str, str]]:
    path, method = request.scope["path"], "GET" if request.method == "HEAD" else request.method
    known = [(address, match) for address in addresses if (match := address.pattern.fullmatch(path))]
    for address, match in known:
        if address.method == method:
            return address, match.groupdict()
    if known:
        raise Refused(405, "wrong_method", "这个地址不接受这种请求", "请使用页面上的按钮")
    raise Refused(404, "not_found", "没有这个页面", "请检查地址")


def _fault(section: Section[Any, Any], error: PolicyAssistantError, request: Request, words: Words) -> Page:
    back = section.back(request, error) if section.back else above(request.scope["path"], section.root)
    remedy = error.remedy if words.language == "zh" else ""
    headers = (("retry-after", str(error.wait)),) if isinstance(error, TooMany) else (("x-error-code", error.code),)
    return fault(words.error(error.code, error.message), remedy, back, words, status=error.status, headers=headers)


def above(path: str, root: str) -> str:
    """Give the page of one thing for a page below it, else the section's first page, for that one the chat page."""
    if path == root:
        return "/"
    parts = path.removeprefix(root + "/").split("/")
    return f"{root}/{'/'.join(parts[:2])}" if len(parts) > 2 else root
