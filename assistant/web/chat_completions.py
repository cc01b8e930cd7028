"""The interface of OpenAI's chat completions over the library, so that other chat programs can ask it unchanged.

The last user message is the question, earlier ones with their replies are its history. The reply is plain text with numbered
clauses under it; beside the text stand `citations`, the objects of `ask --json`, and `policy_assistant`, the rest of that object. What
asks for another kind of reply than an answer (pictures, tools, several choices, JSON) is refused; what only tunes a language model
(temperature, max_tokens, system messages, …) has nothing to act on here and is ignored.
"""

from __future__ import annotations

import json
import re
import time
import uuid
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from typing import Annotated, Any, Literal

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, StreamingResponse
from fastapi.routing import APIRoute
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from assistant.programs import verbs
from assistant.programs.replies import OPENAI_REFUSALS
from assistant.programs.requests import bad_request, unreadable
from assistant.session import Assistant
from assistant.types import Answer, Turn
from assistant.web.principal import Person
from corpus.errors import InputError, PolicyAssistantError

MODEL = "policy-assistant"
MOST_MESSAGES = 200
PIECE = 24
"""Characters of one streamed piece."""
SOURCES, NEAREST, NOTE, SUGGESTION = "依据:", "最接近的条款,供参考:", "注意: ", "可以问: "
_OURS = re.compile(rf"\n\n(?:{SOURCES}\n|{NEAREST}\n|{NOTE}|{SUGGESTION})")
_LONGEST_TEXT = 100_000
_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "OPTIONS", "HEAD", "QUERY"]
_ALLOWED = {"models": "GET", "chat/completions": "POST"}


class NotOffered(InputError):
    """codes: "model_not_found", "unsupported", "no_user_message", "not_found", "wrong_method"."""

    def __init__(self, code: str, message: str, param: str | None = None, status: int = 400, allow: str = "") -> None:
        super().__init__(code, message)
        self.allow = allow
        self.param = param
        self.status = status


class Part(BaseModel):
    """One part of a message; only those of type "text" can be read."""

    model_config = ConfigDict(extra="ignore")

    type: Annotated[str, Field(max_length=100)]
    text: Annotated[str, Field(max_length=_LONGEST_TEXT)] = ""


class Message(BaseModel):
    """One message of the conversation."""

    model_config = ConfigDict(extra="ignore")

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: Annotated[str, Field(max_length=_LONGEST_TEXT)] | Annotated[list[Part], Field(max_length=100)] | None = None

    def words(self) -> str:
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content)
        return self.content or ""


class StreamOptions(BaseModel):
    """include_usage: send the usage in a piece of its own, after the last one."""

    include_usage: bool | None = None


class Completion(BaseModel):
    """A request for a completion; keys that are not here are ignored."""

    model_config = ConfigDict(extra="ignore")

    model: Annotated[str, Field(max_length=200)]
    messages: Annotated[list[Message], Field(min_length=1, max_length=MOST_MESSAGES)]
    stream: bool | None = None
    stream_options: StreamOptions | None = None
    n: int | None = None
    tools: list[Any] | None = None
    functions: list[Any] | None = None
    tool_choice: Any = None
    response_format: dict[str, Any] | None = None
    modalities: list[str] | None = None
    logprobs: bool | None = None


class OpenAIRoute(APIRoute):
    """A route whose errors have the shape that OpenAI's clients read."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def handler(request: Request) -> Response:
            try:
                return await handle(request)
            except RequestValidationError as error:
                faults = [(tuple(map(str, one["loc"][1:])), one["msg"]) for one in error.errors()]
                return fault(bad_request(faults), 400, ".".join(faults[0][0]) or None)
            except HTTPException as error:
                return fault(unreadable(), error.status_code, None)
            except NotOffered as error:
                return fault(error, error.status, error.param)
            except PolicyAssistantError as error:
                return fault(error, error.status, "messages" if isinstance(error, InputError) else None)

        return handler


def fault(error: PolicyAssistantError, status: int, param: str | None) -> JSONResponse:
    kind = "invalid_request_error" if status < 500 else "server_error"
    message = error.message + (f";{error.remedy}" if error.remedy else "")
    headers = {"allow": error.allow} if isinstance(error, NotOffered) and error.allow else None
    return JSONResponse({"error": {"message": message, "type": kind, "param": param, "code": error.code}}, status, headers)


def add_openai_routes(app: FastAPI, assistant: Assistant) -> None:
    """Add /v1/chat/completions and /v1/models."""
    router = APIRouter(prefix="/v1", route_class=OpenAIRoute, responses=OPENAI_REFUSALS)
    model = {"id": MODEL, "object": "model", "created": 0, "owned_by": MODEL}

    @router.get("/models")
    def models() -> dict[str, Any]:
        """List the one model there is: the library."""
        return {"object": "list", "data": [model]}

    @router.get("/models/{name}")
    def one_model(name: str) -> dict[str, Any]:
        """Describe a model."""
        _check_model(name)
        return model

    @router.post("/chat/completions")
    def complete(request: Completion, person: Person) -> Response:
        """Answer the last user message, with the clauses the answer comes from."""
        question, history = conversation(request)
        answer = verbs.ask(assistant.seen_by(person), question, history=history)
        if not request.stream:
            return JSONResponse(completion(answer, request))
        return StreamingResponse(_events(answer, request), media_type="text/event-stream; charset=utf-8")

    @router.api_route("/{rest:path}", methods=_METHODS, include_in_schema=False)
    def otherwise(rest: str) -> Response:
        allow = "GET" if rest.startswith("models/") else _ALLOWED.get(rest, "")
        code, status = ("wrong_method", 405) if allow else ("not_found", 404)
        raise NotOffered(code, f"这里没有 {rest[:40]},只有 GET /v1/models 和 POST /v1/chat/completions", status=status, allow=allow)

    app.include_router(router)


# ---------------------------------------------------------------- what was sent


def conversation(request: Completion) -> tuple[str, tuple[Turn, ...]]:
    """Give the question and the turns before it. Raises NotOffered for what cannot be answered as asked."""
    _check_model(request.model)
    _check_offered(request)
    asked = [at for at, message in enumerate(request.messages) if message.role == "user"]
    if not asked:
        raise NotOffered("no_user_message", "messages 里没有 role 为 user 的消息", "messages")
    turns: list[Turn] = []
    for message in request.messages[: asked[-1]]:
        if message.role == "user":
            turns.append(Turn(message.words(), ""))
        elif message.role == "assistant" and turns:
            turns[-1] = Turn(turns[-1].question, own_words(message.words()))
    return request.messages[asked[-1]].words(), tuple(turns)


def _check_model(name: str) -> None:
    if name != MODEL:
        raise NotOffered("model_not_found", f"没有模型 {name[:80]!r},只有 {MODEL}", "model", 404)


def _check_offered(request: Completion) -> None:
    for at, message in enumerate(request.messages):
        for part in message.content if isinstance(message.content, list) else ():
            if part.type != "text":
                raise NotOffered("unsupported", f"只能读文字,不能读 {part.type[:40]!r}", f"messages.{at}.content")
    form = (request.response_format or {}).get("type", "text")
    asked = {
        "n": request.n is not None and request.n != 1,
        "tools": bool(request.tools) and request.tool_choice != "none",
        "functions": bool(request.functions),
        "response_format": form != "text",
        "modalities": request.modalities not in (None, ["text"]),
        "logprobs": bool(request.logprobs),
    }
    for param, is_asked in asked.items():
        if is_asked:
            raise NotOffered("unsupported", f"不提供 {param}: 每个问题只有一个有出处的文字答案", param)


def own_words(reply: str) -> str:
    """Give the answer alone out of a reply of ours: without notes, suggestions and sources."""
    ours = _OURS.search(reply)
    return reply[: ours.start()] if ours else reply


# ---------------------------------------------------------------- what is sent back


def content_of(answer: Answer) -> str:
    """Give the answer as a person reads it in a program that shows nothing but text: notes, then numbered clauses."""
    said = answer.answer
    if answer.reason and answer.reason not in said:
        said = f"{said}\n{answer.reason}".strip()
    blocks = [said]
    if answer.notes:
        blocks.append("\n".join(f"{NOTE}{note}" for note in answer.notes))
    if answer.suggestions:
        blocks.append("\n".join(f"{SUGGESTION}{suggestion}" for suggestion in answer.suggestions))
    if answer.shown:
        blocks.append("\n".join([SOURCES if answer.citations else NEAREST, *(_source(citation.as_json()) for citation in answer.shown)]))
    return "\n\n".join(blocks)


def _source(citation: dict[str, Any]) -> str:
    place = " › ".join((citation["title"] or citation["doc"], *citation["path"]))
    page = f",第 {citation['page']} 页" if citation["page"] else ""
    return f"[{citation['n']}] {place}({citation['doc']}{page}): “{' '.join(citation['quote'].split())}”"


def _extra(answer: Answer) -> dict[str, Any]:
    whole = answer.as_json()
    return {"citations": whole.pop("citations"), "policy_assistant": whole}


def completion(answer: Answer, request: Completion) -> dict[str, Any]:
    """Make the object of a reply that is not streamed."""
    content = content_of(answer)
    message = {"role": "assistant", "content": content, "refusal": None, **_extra(answer)}
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
    return {**_head("chat.completion"), "choices": [choice], "usage": usage(request, content)}


def usage(request: Completion, content: str) -> dict[str, int]:
    """Count characters, as there is no model whose tokens could be counted."""
    sent = sum(len(message.words()) for message in request.messages)
    return {"prompt_tokens": sent, "completion_tokens": len(content), "total_tokens": sent + len(content)}


def _head(kind: str) -> dict[str, Any]:
    return {"id": f"chatcmpl-{uuid.uuid4().hex}", "object": kind, "created": int(time.time()), "model": MODEL}


def chunks(answer: Answer, request: Completion) -> Iterator[dict[str, Any]]:
    """Make the pieces of a streamed reply; the last with a choice carries the citations."""
    head = _head("chat.completion.chunk")
    content = content_of(answer)
    wants_usage = request.stream_options is not None and bool(request.stream_options.include_usage)
    empty: dict[str, Any] = {"usage": None} if wants_usage else {}

    def piece(delta: dict[str, Any], finish: str | None = None) -> dict[str, Any]:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        return {**head, "choices": [choice], **empty}

    yield piece({"role": "assistant", "content": ""})
    for at in range(0, len(content), PIECE):
        yield piece({"content": content[at : at + PIECE]})
    yield piece(_extra(answer), "stop")
    if wants_usage:
        yield {**head, "choices": [], "usage": usage(request, content)}


async def _events(answer: Answer, request: Completion) -> AsyncIterator[bytes]:
    for chunk in chunks(answer, request):
        yield f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n".encode()
    yield b"data: [DONE]\n\n"
