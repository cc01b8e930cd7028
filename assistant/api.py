"""The REST face of the assistant: each verb one address, the objects the same as on the command line."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response

from assistant import verbs
from assistant.config import Config
from assistant.replies import (
    REFUSALS,
    AnswerObject,
    DocumentsObject,
    HitsObject,
    RemovedObject,
    ShownObject,
    TaskObject,
)
from assistant.requests import AskRequest, SearchRequest, TasksRequest, bad_request
from assistant.session import Assistant
from assistant.web.throttle import TooMany
from assistant.web.uploads import UPLOAD_PATH, check_changes
from corpus.errors import InputError, PolicyAssistantError

FORMATS = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ics": "text/calendar; charset=utf-8",
}
_METHODS = ["GET", "PUT", "PATCH", "DELETE", "POST"]


class TasksQuery(TasksRequest):
    """What `tasks` on the command line takes, in the address."""

    format: Literal["json", "csv", "xlsx", "ics"] = "json"


class NoSuchAddress(InputError):
    """codes: "not_found", "wrong_method"."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(code, message, "接口说明在 /api/v1/openapi.json")
        self.status = status


def add_api_routes(app: FastAPI, assistant: Assistant, config: Config) -> None:
    """Add /api/v1/… and /healthz, and let every error leave as `{"error": {code, message, remedy}}`."""
    router = APIRouter(responses=REFUSALS)
    _add_questions(router, assistant)
    _add_documents(router, assistant, config)
    app.include_router(router)
    app.add_exception_handler(PolicyAssistantError, _own_error)
    app.add_exception_handler(RequestValidationError, _bad_request)


def _add_questions(router: APIRouter, assistant: Assistant) -> None:
    @router.post("/api/v1/ask", response_model=AnswerObject)
    def ask(request: AskRequest) -> JSONResponse:
        """Answer one question from the documents, with the clauses the answer comes from."""
        answer = verbs.ask(assistant, request.question, request.where(request.as_of), request.turns())
        return JSONResponse({**answer.as_json(), "id": request.id or answer.id})

    @router.post("/api/v1/search", response_model=HitsObject)
    def search(request: SearchRequest) -> JSONResponse:
        """Find passages; no answer is made of them."""
        return JSONResponse(verbs.search(assistant, request.query, request.k, request.where()) | {"id": request.id})

    files: dict[str, Any] = {FORMATS[form]: {"schema": {"type": "string"}} for form in ("csv", "xlsx", "ics")}

    @router.get("/api/v1/tasks", response_model=list[TaskObject], responses={200: {"content": files}})
    def tasks(query: Annotated[TasksQuery, Query()]) -> Response:
        """Give the task matrix: who does what by when; with `format` as a file."""
        from assistant.export.matrix_file import matrix_file

        rows = verbs.tasks(assistant, query.unit, query.role, query.before, query.documents)
        headers = {} if query.format == "json" else {"content-disposition": f'attachment; filename="tasks.{query.format}"'}
        return Response(matrix_file(rows, query.format), media_type=FORMATS[query.format], headers=headers)

    @router.get("/livez")
    async def alive() -> dict[str, str]:
        """Say that the server answers."""
        return {"status": "ok"}

    @router.get("/healthz")
    def health() -> dict[str, object]:
        """Say that the server answers and how many documents it holds."""
        return {"status": "ok", "documents": len(assistant.store.documents())}


def _add_documents(router: APIRouter, assistant: Assistant, config: Config) -> None:
    @router.get(UPLOAD_PATH, response_model=DocumentsObject)
    def documents() -> JSONResponse:
        """List the documents."""
        return JSONResponse(verbs.documents(assistant))

    @router.get(UPLOAD_PATH + "/{document:path}", response_model=ShownObject)
    def show(document: str, part: Literal["card", "outline", "facts", "text"] = "card") -> JSONResponse:
        """Give one part of a document, by its id or name."""
        return JSONResponse(verbs.show(assistant, document, part))

    @router.delete(UPLOAD_PATH + "/{document:path}", response_model=RemovedObject)
    def remove(document: str) -> JSONResponse:
        """Take a document out of the library, where files may be sent as well."""
        check_changes(config)
        return JSONResponse({"removed": assistant.remove(document)})


def add_api_end(app: FastAPI) -> None:
    """Answer what no route before takes; without this the web page would be asked. Comes after all other routes of /api/v1."""
    known: dict[str, set[str]] = {}
    for path, operations in app.openapi()["paths"].items():
        known.setdefault(path, set()).update(operations)
    app.openapi_schema = None

    def otherwise(rest: str) -> Response:
        if f"/api/v1/{rest}" in known:
            takes = "、".join(sorted(known[f"/api/v1/{rest}"])).upper()
            raise NoSuchAddress(405, "wrong_method", f"这个地址只接受 {takes}")
        raise NoSuchAddress(404, "not_found", f"没有这个地址: /api/v1/{rest[:40]}")

    app.add_api_route("/api/v1/{rest:path}", otherwise, methods=_METHODS, include_in_schema=False)


def _own_error(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, PolicyAssistantError)
    headers = {"retry-after": str(error.wait)} if isinstance(error, TooMany) else None
    return JSONResponse(error.as_json(), status_code=error.status, headers=headers)


def _bad_request(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    fault = bad_request([(tuple(map(str, one["loc"][1:])), one["msg"]) for one in error.errors()])
    return JSONResponse(fault.as_json(), status_code=fault.status)
