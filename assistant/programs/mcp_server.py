"""The library as an MCP server: the verbs of `assistant.programs.verbs` as tools, over standard input and output or at /mcp of the web server.

All tools only read. What cannot be done comes back as a result marked as an error, with the error object that every face gives.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, Field, ValidationError

from assistant.accounts.types import Scope
from assistant.programs import verbs
from assistant.programs.replies import AnswerObject, DocumentsObject, HitsObject, ShownObject, TasksObject
from assistant.programs.requests import (
    AskRequest,
    Paper,
    SearchRequest,
    Sent,
    ShowRequest,
    TasksRequest,
    fault_of,
    request_of,
)
from assistant.tasks.matrix import json_of
from corpus.errors import InputError, MissingExtra, PolicyAssistantError

if TYPE_CHECKING:
    from mcp.server.context import ServerRequestContext
    from mcp.server.lowlevel import Server
    from mcp.types import CallToolRequestParams, CallToolResult, ListToolsResult, PaginatedRequestParams

    from assistant.session import Assistant

INSTRUCTIONS = (
    "Answers from Chinese policy documents, each with the verbatim clause it comes from; refuses when the documents do not say. "
    "Keep answer and quotes as they are and name their source. 从政策文件中回答,逐字引用条款;文件没有写的会说明。"
)

class NoArguments(Sent):
    """Nothing."""


class TasksCall(TasksRequest):
    """What `tasks` takes. limit: at most so many rows; `total` says how many there are."""

    limit: Annotated[int, Field(ge=1, le=1000)] = 100


@dataclass(frozen=True, slots=True)
class Verb:
    """One tool. run: from the library and the arguments as they were sent to the object that comes back.

    keys: whether that object holds keys of questions, which not everybody may see.  scope: what a program's key has to be good for.
    """

    name: str
    about: str
    takes: type[BaseModel]
    gives: type[BaseModel] | None
    run: Callable[[Assistant, Any], dict[str, Any]]
    keys: bool = False
    scope: Scope = "read"


Admit = Callable[[Any, Verb], "Assistant"]
"""Gives the library as the sender of a request (of HTTP, else None) sees it. Raises InputError where he may not use the verb."""


def _ask(assistant: Assistant, sent: AskRequest) -> dict[str, Any]:
    answer = verbs.ask(assistant, sent.question, sent.where(sent.as_of), sent.turns())
    return answer.as_json() | {"id": sent.id}


def _search(assistant: Assistant, sent: SearchRequest) -> dict[str, Any]:
    return verbs.search(assistant, sent.query, sent.k, sent.where()) | {"id": sent.id}


def _tasks(assistant: Assistant, sent: TasksCall) -> dict[str, Any]:
    rows = verbs.tasks(assistant, sent.unit, sent.role, sent.before, sent.documents)
    return {"tasks": json_of(rows[: sent.limit]), "total": len(rows)}


def _quiz(assistant: Assistant, sent: Paper) -> dict[str, Any]:
    return assistant.quiz(request_of(sent)).as_json()


VERBS = (
    Verb("ask", "Answer a question from the documents, with verbatim citations, or refuse with the reason. 提问。", AskRequest, AnswerObject, _ask, scope="ask"),
    Verb("search", "Find the places that fit best, without an answer. 检索原文。", SearchRequest, HitsObject, _search, scope="ask"),
    Verb("tasks", "The task matrix: task, lead and supporting units, time limit, place. 任务清单。", TasksCall, TasksObject, _tasks),
    Verb("documents", "List the documents. 列出文件。", NoArguments, DocumentsObject, lambda assistant, _: verbs.documents(assistant)),
    Verb(
        "show", "One document: its card, outline, facts or text. 显示一份文件。", ShowRequest, ShownObject,
        lambda assistant, sent: verbs.show(assistant, sent.document, sent.part),
    ),
    Verb("quiz", "Make test questions whose keys cited clauses prove. 出题组卷。", Paper, None, _quiz, keys=True),
)  # fmt: skip
BY_NAME = {verb.name: verb for verb in VERBS}


def call(assistant: Assistant, name: str, arguments: dict[str, Any]) -> dict[str, Any]:
    """Run one verb on arguments as they were sent. Raises InputError for a verb or arguments that cannot be meant."""
    verb = BY_NAME.get(name)
    if verb is None:
        raise InputError("unknown_tool", f"没有工具 {name[:80]!r}", f"可用的工具: {'、'.join(BY_NAME)}")
    try:
        sent = verb.takes.model_validate(arguments)
    except ValidationError as error:
        raise fault_of(error) from None
    return verb.run(assistant, sent)


def server_of(assistant: Assistant, admit: Admit | None = None) -> Server[Any]:
    """Make the MCP server. admit: None lets everybody use everything. Raises MissingExtra when the package `mcp` is not installed."""
    try:
        from mcp import types
        from mcp.server.lowlevel import Server
    except ModuleNotFoundError as missing:
        if missing.name != "mcp":
            raise
        raise MissingExtra("missing_extra", "没有安装 MCP 部件", 'pip install "policy-assistant[mcp]"') from None
    from anyio.to_thread import run_sync

    tools = [
        types.Tool(
            name=verb.name,
            description=verb.about,
            input_schema=verb.takes.model_json_schema(),
            output_schema=verb.gives.model_json_schema() if verb.gives else None,
            annotations=types.ToolAnnotations(read_only_hint=True, open_world_hint=False),
        )
        for verb in VERBS
    ]

    async def list_tools(_: ServerRequestContext[Any], __: PaginatedRequestParams | None) -> ListToolsResult:
        return types.ListToolsResult(tools=tools)

    async def call_tool(context: ServerRequestContext[Any], sent: CallToolRequestParams) -> CallToolResult:
        try:
            verb = BY_NAME.get(sent.name)
            seen = admit(context.request, verb) if admit and verb else assistant
            found, wrong = await run_sync(partial(call, seen, sent.name, sent.arguments or {})), False
        except PolicyAssistantError as error:
            found, wrong = error.as_json(), True
        text = json.dumps(found, ensure_ascii=False)
        return types.CallToolResult(content=[types.TextContent(text=text)], structured_content=found, is_error=wrong)

    return Server(
        "policy-assistant",
        version=version("policy-assistant"),
        title="政策问答助手",
        instructions=INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


def serve_stdio(assistant: Assistant) -> None:
    """Serve the program that started this one until it closes standard input. Raises MissingExtra."""
    server = server_of(assistant)
    import anyio
    from mcp.server.stdio import stdio_server

    async def serve() -> None:
        async with stdio_server() as (received, sent):
            await server.run(received, sent, server.create_initialization_options())

    anyio.run(serve)
