"""The REST face of the assistant: one question in, the answer object out, the same object as on the command line."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from assistant.matrix import last_day
from assistant.session import Assistant
from assistant.types import Turn
from corpus.errors import PolicyAssistantError

_LONGEST_HISTORY = 50
_LONGEST_TEXT = 100_000


class PastTurn(BaseModel):
    """An earlier question and its answer."""

    question: Annotated[str, Field(max_length=_LONGEST_TEXT)]
    answer: Annotated[str, Field(max_length=_LONGEST_TEXT)] = ""


class AskRequest(BaseModel):
    """A question. history: earlier turns, the oldest first; documents: ids to look in, all when empty; as_of: the day whose editions
    count (2022-12-31), today when empty. Other keys are ignored."""

    model_config = ConfigDict(extra="ignore", strict=True)

    question: Annotated[str, Field(max_length=_LONGEST_TEXT)]
    id: Annotated[str, Field(max_length=200)] = ""
    history: Annotated[list[PastTurn], Field(max_length=_LONGEST_HISTORY)] = []
    documents: Annotated[list[str], Field(max_length=1000)] = []
    as_of: Annotated[str, Field(max_length=20)] = ""


def add_api_routes(app: FastAPI, assistant: Assistant) -> None:
    """Add /api/v1/ask and /healthz, and let every error leave as `{"error": {code, message, remedy}}`."""
    router = APIRouter()

    @router.post("/api/v1/ask")
    def ask(request: AskRequest) -> JSONResponse:
        """Answer one question from the documents, with the clauses the answer comes from."""
        history = tuple(Turn(turn.question, turn.answer) for turn in request.history)
        as_of = last_day(request.as_of) if request.as_of else None
        answer = assistant.ask(request.question, history=history, documents=tuple(request.documents), as_of=as_of)
        return JSONResponse({**answer.as_json(), "id": request.id or answer.id})

    @router.get("/healthz")
    def health() -> dict[str, object]:
        """Say that the server answers and how many documents it holds."""
        return {"status": "ok", "documents": len(assistant.store.documents())}

    app.include_router(router)
    app.add_exception_handler(PolicyAssistantError, _own_error)
    app.add_exception_handler(RequestValidationError, _bad_request)


def _own_error(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, PolicyAssistantError)
    return _error(error.status, error.code, error.message, error.remedy)


def _bad_request(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    # Only where and what is wrong: the value itself is not sent back.
    wrong = "; ".join(f"{'.'.join(map(str, e['loc'][1:])) or 'body'}: {e['msg']}" for e in error.errors()[:5])
    return _error(
        422, "bad_request", f"请求内容不符合格式: {wrong}", '请按接口说明发送 JSON,例如 {"question": "由谁牵头?"}'
    )


def _error(status: int, code: str, message: str, remedy: str) -> JSONResponse:
    return JSONResponse({"error": {"code": code, "message": message, "remedy": remedy}}, status_code=status)
