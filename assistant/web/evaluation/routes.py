"""The Evaluation pages as a section, and the one route beside it that takes in a file of questions."""

from __future__ import annotations

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from assistant.conversations.judging import Judgements
from assistant.known.rows import questions_in
from assistant.known.running import Running
from assistant.known.types import BadKnown, Examiner
from assistant.session import Assistant
from assistant.web.evaluation.desk import Desk, sight_of
from assistant.web.evaluation.handlers import TABLE
from assistant.web.evaluation.words import WORDS
from assistant.web.principal import principal_of
from assistant.web.sections import NUMBER, Section
from assistant.web.words import Words

IMPORT_PATH = "/evaluation/questions/import"
LARGEST_IMPORT = 8_000_000
_PARTS = {"run": NUMBER, "question": NUMBER, "judgement": NUMBER}


def evaluation_section(assistant: Assistant, examiner: Examiner) -> Section[Desk, Words]:
    """Give /evaluation…; the judge is handed in, as it stands above this package."""
    desk = Desk(assistant, Running(assistant, examiner), Judgements(assistant.store))
    return Section(
        name="evaluation", root="/evaluation", desk=desk, words=WORDS, table=TABLE, parts=_PARTS, right="evaluate", kind="evaluation",
        styles=("evaluation.css",), scripts=("evaluation.js",),
    )  # fmt: skip


def add_import_route(app: FastAPI, desk: Desk) -> None:
    """Add the route that takes in a question file as the body of a request; it has to come before the sections."""
    router = APIRouter(include_in_schema=False)

    @router.post(IMPORT_PATH)
    async def take_in(request: Request) -> JSONResponse:
        principal = principal_of(request)
        principal.check("evaluate")
        body = bytearray()
        try:
            async for piece in request.stream():
                body += piece
                if len(body) > LARGEST_IMPORT:
                    raise BadKnown("bad_questions_file", "文件过大", "请分开导入", 413)
        except ClientDisconnect:
            raise BadKnown("bad_questions_file", "文件没有发完", "请再试一次") from None
        try:
            text = body.decode()
        except UnicodeDecodeError:
            raise BadKnown("bad_questions_file", "文件不是 UTF-8", "请另存为 UTF-8") from None
        questions = questions_in(text)

        def keep() -> tuple[int, int]:
            sight = sight_of(desk.assistant, principal)
            # Who sees all may bring questions along before their documents; for others what they do not see is as if it did not exist.
            if principal.collections is not None and not {doc for question in questions for doc in question.docs} <= sight.names:
                raise BadKnown("quote_not_found", "有题目引用了文件库里没有的文件", "请检查文件名")
            return desk.knowledge.take_in(questions, principal, sight.hidden)

        new, changed = await run_in_threadpool(keep)
        return JSONResponse({"new": new, "changed": changed})

    app.include_router(router)
