"""The MCP server at /mcp of the web server: streamable HTTP, each request by itself, so that nothing of a client is kept.

Who may connect is decided by the guard, as for every other address.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from assistant.accounts.types import Denied
from assistant.config import Config
from assistant.programs.mcp_server import Verb, server_of
from assistant.session import Assistant
from assistant.web.principal import principal_of
from assistant.web.quiz.access import check_trainer
from corpus.errors import MissingExtra, PolicyAssistantError

if TYPE_CHECKING:
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

PATH = "/mcp"


class McpEndpoint:
    """An ASGI application; `lifespan` has to run around it. Without the package `mcp` it says so."""

    def __init__(self, assistant: Assistant, config: Config) -> None:
        self.assistant = assistant
        self.config = config
        self._manager: StreamableHTTPSessionManager | None = None

    @asynccontextmanager
    async def lifespan(self, app: FastAPI) -> AsyncIterator[None]:
        try:
            server = server_of(self.assistant, self._admit)
        except MissingExtra:
            yield
            return
        from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

        manager = StreamableHTTPSessionManager(server, json_response=True, stateless=True)
        async with manager.run():
            self._manager = manager
            try:
                yield
            finally:
                self._manager = None

    def add_to(self, app: FastAPI) -> None:
        app.router.routes.append(Route(PATH, endpoint=self))

    def _admit(self, request: Any, verb: Verb) -> Assistant:
        if not isinstance(request, Request):
            raise PolicyAssistantError("unexpected", "请求没有来源")
        principal = principal_of(request)
        if principal.scopes is not None and verb.scope not in principal.scopes:
            raise Denied("forbidden", f"这个密钥不能用于 {verb.name}", "请用范围合适的密钥")
        if verb.keys:
            check_trainer(self.config, request)
        return self.assistant.seen_by(principal)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] != "POST":
            reply = JSONResponse(
                PolicyAssistantError("wrong_method", "这个地址只接受 POST", "请用支持 MCP 的程序连接").as_json(), 405, {"allow": "POST"}
            )
            await reply(scope, receive, send)
        elif self._manager is None:
            missing = MissingExtra("missing_extra", "没有安装 MCP 部件", 'pip install "policy-assistant[mcp]"')
            await JSONResponse(missing.as_json(), 501)(scope, receive, send)
        else:
            await self._manager.handle_request(scope, receive, send)
