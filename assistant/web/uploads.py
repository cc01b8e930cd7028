"""Taking in files over HTTP: `POST /api/v1/documents?name=通知.docx` with the bytes of the file as the body.

One file a request and nothing around it, so that there is no second format to be parsed here. The body is counted while it comes in,
has to be complete within two minutes, and only two come in at a time: what is refused costs next to nothing.
"""

from __future__ import annotations

import asyncio
import ipaddress
from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, FastAPI, Query, Request
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from assistant.accounts.types import LOCAL, Principal
from assistant.config import Config
from assistant.programs.replies import REFUSALS, TakenObject
from assistant.session import Assistant
from assistant.web.principal import Person
from corpus.errors import InputError
from corpus.readers import check_size
from corpus.uploads import label_of

UPLOAD_PATH = "/api/v1/documents"
MOST_AT_ONCE = 2
SECONDS_TO_SEND = 120.0
_LONGEST_GIVEN_NAME = 1000
_NEW = ("added", "new_version")


class UploadRefused(InputError):
    """codes: "uploads_off", "too_many_uploads", "upload_incomplete", "form_upload"."""

    def __init__(self, status: int, code: str, message: str, remedy: str) -> None:
        super().__init__(code, message, remedy)
        self.status = status


def uploads_allowed(config: Config) -> bool:
    """Tell whether files may be sent: as the setting says, and for "auto" only where nobody but this machine can reach us."""
    if config.uploads != "auto":
        return config.uploads == "on"
    try:
        return ipaddress.ip_address(config.host).is_loopback
    except ValueError:
        return config.host == "localhost"


def check_changes(config: Config, person: Principal = LOCAL) -> None:
    """Raise UploadRefused where documents are neither taken in nor removed over HTTP, Denied for those who may not.

    With accounts the role decides, unless the setting is "off".
    """
    if person.id != LOCAL.id and config.uploads != "off":
        person.check("upload")
    elif not uploads_allowed(config):
        raise UploadRefused(403, "uploads_off", "本服务不接收上传的文件,也不移除文件", "请管理员用 add、remove 命令,或把设置项 uploads 设为 on")


def add_upload_routes(app: FastAPI, assistant: Assistant, config: Config) -> None:
    """Add the route; where uploads are off it answers with the reason."""
    router = APIRouter(responses=REFUSALS)
    places = asyncio.Semaphore(MOST_AT_ONCE)

    body = {"required": True, "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}

    @router.post(
        UPLOAD_PATH, response_model=TakenObject, responses={201: {"model": TakenObject, "description": "New in the library"}}, openapi_extra={"requestBody": body}
    )
    async def upload(
        request: Request,
        person: Person,
        name: Annotated[str, Query(max_length=_LONGEST_GIVEN_NAME)],
        collection: Annotated[str, Query(max_length=_LONGEST_GIVEN_NAME)] = "",
    ) -> JSONResponse:
        """Take in one file and give what became of it, as in the list of `add --json`. collection: its id or name; empty: the usual one."""
        check_changes(config, person)
        if request.headers.get("content-type", "").startswith("multipart/"):
            raise UploadRefused(415, "form_upload", "请求内容是表单,不是文件本身", "请直接把文件内容作为请求内容发送,文件名放在 ?name= 里")
        label = label_of(name)
        if places.locked():
            raise UploadRefused(429, "too_many_uploads", f"同时上传的文件已有 {MOST_AT_ONCE} 份", "请稍后再试")
        async with places:
            data = await _body(request)
            report = await run_in_threadpool(assistant.seen_by(person).add_upload, data, label, collection, by=person.name)
        return JSONResponse(asdict(report), status_code=201 if report.status in _NEW else 200)

    app.include_router(router)


async def _body(request: Request) -> bytes:
    """Read the body, never more of it than a document may have."""
    stated = request.headers.get("content-length", "")
    if stated.isascii() and stated.isdigit():
        check_size(int(stated[:18]))
    received = bytearray()
    try:
        async with asyncio.timeout(SECONDS_TO_SEND):
            async for piece in request.stream():
                received += piece
                check_size(len(received))
    except (TimeoutError, ClientDisconnect):
        reason = f"上传中断,或没有在 {SECONDS_TO_SEND:.0f} 秒内完成"
        raise UploadRefused(408, "upload_incomplete", reason, "请检查网络后重新上传") from None
    return bytes(received)
