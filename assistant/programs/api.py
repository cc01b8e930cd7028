"""The REST face of the assistant: each verb one address, the objects the same as on the command line."""

from __future__ import annotations

import re
from functools import cache
from typing import Annotated, Any, Literal

from fastapi import APIRouter, FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from assistant.accounts.exports import note_export
from assistant.accounts.types import NOBODY
from assistant.config import Config
from assistant.programs import verbs
from assistant.programs.replies import (
    REFUSALS,
    AnswerObject,
    DocumentsObject,
    HitsObject,
    RemovedObject,
    ShownObject,
    TaskObject,
)
from assistant.programs.requests import AskRequest, SearchRequest, TasksRequest, bad_request, unreadable
from assistant.session import Assistant
from assistant.web.admission import RETRY_SECONDS
from assistant.web.principal import Person
from assistant.web.throttle import TooMany
from assistant.web.uploads import UPLOAD_PATH, check_changes
from corpus.errors import InputError, PolicyAssistantError

FORMATS = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ics": "text/calendar; charset=utf-8",
}
_METHODS = ["GET", "PUT", "PATCH", "DELETE", "POST", "TRACE", "OPTIONS", "HEAD", "QUERY"]


class TasksQuery(TasksRequest):
    """What `tasks` on the command line takes, in the address."""

    format: Literal["json", "csv", "xlsx", "ics"] = "json"


class NoSuchAddress(InputError):
    """codes: "not_found", "wrong_method"."""

    def __init__(self, status: int, code: str, message: str, allow: tuple[str, ...] = ()) -> None:
        super().__init__(code, message, "接口说明在 /api/v1/openapi.json")
        self.status = status
        self.allow = allow


def add_api_routes(app: FastAPI, assistant: Assistant, config: Config) -> None:
    """Add /api/v1/… and /healthz, and let every error leave as `{"error": {code, message, remedy}}`."""
    router = APIRouter(responses=REFUSALS)
    _add_questions(router, assistant)
    _add_documents(router, assistant, config)
    app.include_router(router)
    app.add_exception_handler(PolicyAssistantError, _own_error)
    app.add_exception_handler(RequestValidationError, _bad_request)
    app.add_exception_handler(HTTPException, _refused_by_framework)


def _add_questions(router: APIRouter, assistant: Assistant) -> None:
    @router.post("/api/v1/ask", response_model=AnswerObject)
    def ask(request: AskRequest, person: Person) -> JSONResponse:
        """Answer one question from the documents, with the clauses the answer comes from."""
        answer = verbs.ask(assistant.seen_by(person), request.question, request.where(request.as_of), request.turns())
        return JSONResponse({**answer.as_json(), "id": request.id or answer.id})

    @router.post("/api/v1/search", response_model=HitsObject)
    def search(request: SearchRequest, person: Person) -> JSONResponse:
        """Find passages; no answer is made of them."""
        return JSONResponse(verbs.search(assistant.seen_by(person), request.query, request.k, request.where()) | {"id": request.id})

    files: dict[str, Any] = {FORMATS[form]: {"schema": {"type": "string"}} for form in ("csv", "xlsx", "ics")}

    @router.get("/api/v1/tasks", response_model=list[TaskObject], responses={200: {"content": files}})
    def tasks(query: Annotated[TasksQuery, Query()], person: Person) -> Response:
        """Give the task matrix: who does what by when; with `format` as a file."""
        from assistant.export.matrix_file import matrix_file

        if query.format != "json":
            person.check("export")
        rows = verbs.tasks(assistant.seen_by(person), query.unit, query.role, query.before, query.documents)
        content, headers = matrix_file(rows, query.format), {}
        if query.format != "json":
            headers["content-disposition"] = f'attachment; filename="tasks.{query.format}"'
            note_export(assistant.store.database, person, "tasks", query.format, count=len(rows))
        return Response(content, media_type=FORMATS[query.format], headers=headers)

    @router.get("/livez")
    async def alive() -> dict[str, str]:
        """Say that the server answers."""
        return {"status": "ok"}

    @router.get("/healthz")
    def health(person: Person) -> dict[str, object]:
        """Say that the server answers, and how many documents there are for whoever asks; strangers are not told."""
        known = {} if person == NOBODY else {"documents": len(assistant.seen_by(person).store.documents())}
        return {"status": "ok", **known}


def _add_documents(router: APIRouter, assistant: Assistant, config: Config) -> None:
    @router.get(UPLOAD_PATH, response_model=DocumentsObject)
    def documents(person: Person) -> JSONResponse:
        """List the documents."""
        return JSONResponse(verbs.documents(assistant.seen_by(person)))

    @router.get(UPLOAD_PATH + "/{document:path}", response_model=ShownObject)
    def show(document: str, person: Person, part: Literal["card", "outline", "facts", "text"] = "card") -> JSONResponse:
        """Give one part of a document, by its id or name."""
        return JSONResponse(verbs.show(assistant.seen_by(person), document, part))

    @router.delete(UPLOAD_PATH + "/{document:path}", response_model=RemovedObject)
    def remove(document: str, person: Person) -> JSONResponse:
        """Take a document out of the library, where files may be sent as well."""
        check_changes(config, person)
        return JSONResponse({"removed": assistant.seen_by(person).remove(document, by=person.name)})


def add_api_end(app: FastAPI) -> None:
    """Answer what no route before takes; without this the web page would be asked. Comes after all other routes for programs."""

    @cache
    def known() -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
        # Describing everything takes a fifth of a second: not at the start, when nobody has asked for an address that is not there.
        described = app.openapi()["paths"].items()
        return tuple((_template(path), tuple(sorted(name.upper() for name in operations))) for path, operations in described)

    def otherwise(request: Request) -> Response:
        path = request.scope["path"]
        allow = tuple(sorted({method for template, methods in known() if template.fullmatch(path) for method in methods}))
        if allow:
            raise NoSuchAddress(405, "wrong_method", f"这个地址只接受 {'、'.join(allow)}", allow)
        raise NoSuchAddress(404, "not_found", f"没有这个地址: {path[:60]}")

    for path in ("/api/v1/{rest:path}", "/livez", "/healthz"):
        app.add_api_route(path, otherwise, methods=_METHODS, include_in_schema=False)


def _template(path: str) -> re.Pattern[str]:
    return re.compile("/".join(".+" if part.startswith("{") else re.escape(part) for part in path.split("/")))


def _own_error(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, PolicyAssistantError)
    headers = {}
    if error.status in (429, 503):
        headers["retry-after"] = str(error.wait if isinstance(error, TooMany) else RETRY_SECONDS)
    if isinstance(error, NoSuchAddress) and error.allow:
        headers["allow"] = ", ".join(error.allow)
    return JSONResponse(error.as_json(), status_code=error.status, headers=headers)


def _refused_by_framework(_: Request, error: Exception) -> JSONResponse:
    """What is no text, or no file of ours, never comes to a route."""
    assert isinstance(error, HTTPException)
    fault = {404: NoSuchAddress(404, "not_found", "没有这个地址"), 405: NoSuchAddress(405, "wrong_method", "这个地址不接受这种请求")}
    status = error.status_code
    return JSONResponse(fault.get(status, unreadable()).as_json(), status_code=status, headers=dict(error.headers or {}))


def _bad_request(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    fault = bad_request([(tuple(map(str, one["loc"][1:])), one["msg"]) for one in error.errors()])
    return JSONResponse(fault.as_json(), status_code=fault.status)
